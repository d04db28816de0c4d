"""Key-encryption keys: they lie in a file, wrap the keys of requests, and encrypt nothing else.

The file has one key a line: 32 random bytes in base64. New keys of requests are wrapped by the first; the others still
open what they once wrapped. Lines that begin with `#` are comments.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES: Final = 32
_NONCE: Final = 12
_ASSOCIATED: Final = b"niss request key\0"


def new_line() -> str:
    """A new key as a line of the file."""
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode("ascii")


class KeyRing:
    """The keys of a file, the first of which wraps."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        """Raises ValueError where there is none, or one is not 32 bytes."""
        if not keys:
            raise ValueError("holds no key")
        if any(len(key) != KEY_BYTES for key in keys):
            raise ValueError("a key is 32 bytes in base64, one a line")
        self._keys = {fingerprint(key): key for key in keys}
        self.current = fingerprint(keys[0])

    @classmethod
    def read(cls, path: Path) -> KeyRing:
        """The keys of a file. Raises OSError; ValueError whose text ends the sentence "this file …"."""
        try:
            lines = [line.strip() for line in path.read_text("ascii").splitlines()]
            return cls([base64.b64decode(line, validate=True) for line in lines if line and not line.startswith("#")])
        except (UnicodeDecodeError, binascii.Error):
            raise ValueError("a key is 32 bytes in base64, one a line") from None

    @property
    def names(self) -> frozenset[str]:
        """The fingerprints of all."""
        return frozenset(self._keys)

    def wrap(self, key: bytes, request_id: str) -> bytes:
        """A request's key, to be opened by the current key, for this request only."""
        nonce = secrets.token_bytes(_NONCE)
        return nonce + AESGCM(self._keys[self.current]).encrypt(nonce, key, _ASSOCIATED + request_id.encode())

    def unwrap(self, name: str, wrapped: bytes, request_id: str) -> bytes:
        """The key of a request. Raises KeyError where `name` is of none of ours, ValueError where it does not open."""
        try:
            return AESGCM(self._keys[name]).decrypt(
                wrapped[:_NONCE], wrapped[_NONCE:], _ASSOCIATED + request_id.encode()
            )
        except InvalidTag:
            raise ValueError("does not open") from None


def fingerprint(key: bytes) -> str:
    """A key's name: 16 hexadecimal digits that tell nothing of it."""
    return hashlib.sha256(b"niss key-encryption key\0" + key).hexdigest()[:16]
