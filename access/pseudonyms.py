"""A person of the register under a name that tells nothing: a keyed hash of the number."""

from __future__ import annotations

import hashlib
import hmac

#: 128 bits: two people under one name are not to be expected among all who ever lived.
_BYTES = 16
LEAST_KEY_BYTES = 32


class Pseudonyms:
    """Pseudonyms under one key. Without the key a pseudonym leads to nobody; with it, all numbers could be tried.

    The key therefore stands outside the database (`NISS_PSEUDONYM_KEY`, or a file of the data folder).
    """

    def __init__(self, key: bytes) -> None:
        if len(key) < LEAST_KEY_BYTES:
            raise ValueError("a key has at least 32 bytes")
        self._key = key

    def of(self, digits: str) -> str:
        """The pseudonym of a number of eleven digits: 32 hexadecimal characters."""
        return hmac.new(self._key, digits.encode("ascii"), hashlib.sha256).hexdigest()[: 2 * _BYTES]
