"""Pages as they are kept: encrypted by a key of their request (AES-256-GCM), bound to their place."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from documents.blobs import ObjectBlobs, request_of
from documents.keystore import KeyStore
from domain.errors import BlobStoreUnavailable, KeyStoreUnavailable, NotFound

#: First bytes of an encrypted page; a JPEG or PNG begins otherwise.
MARK: Final = b"NISSPAGE1\0"
_NONCE: Final = 12
_ASSOCIATED: Final = b"niss page\0"
#: What is noted in the key store when no page is left from before there was encryption.
ALL_SEALED: Final = "all pages encrypted"


class SealedBlobs:
    """domain.ports.BlobStore over another one; every blob belongs to a request, as its key says."""

    def __init__(self, kept: ObjectBlobs, keys: KeyStore) -> None:
        """`kept` sees nothing but encrypted pages; `keys` holds what opens them."""
        self.kept = kept
        self.keys = keys

    def put(self, key: str, content: bytes) -> None:
        """Encrypt and store. Raises BlobStoreUnavailable, KeyStoreUnavailable."""
        self.kept.put(key, self._sealed(key, content))

    def get(self, key: str) -> bytes:
        """One page. Raises NotFound, also where its request was erased; BlobStoreUnavailable, KeyStoreUnavailable."""
        request_key = self.keys.key(request_of(key))
        content = self.kept.get(key)
        if not content.startswith(MARK):
            if self.keys.done(ALL_SEALED):
                raise BlobStoreUnavailable("The store of pages gives something that was not put there.")
            return content
        if request_key is None:
            raise KeyStoreUnavailable("the key of a request is not in the key store")
        nonce, sealed = content[len(MARK) :][:_NONCE], content[len(MARK) + _NONCE :]
        try:
            return AESGCM(request_key).decrypt(nonce, sealed, _ASSOCIATED + key.encode())
        except (InvalidTag, ValueError):
            raise BlobStoreUnavailable("The store of pages gives something that was not put there.") from None

    def delete(self, keys: Iterable[str]) -> None:
        """Forget each; the request keeps its key."""
        self.kept.delete(keys)

    def erase(self, request_id: str) -> None:
        """Forget a request's key, and with it every page, wherever copies are; then the pages that are here."""
        self.keys.erase(request_id)
        self.kept.erase(request_id)

    def check(self) -> None:
        """Raise BlobStoreUnavailable or KeyStoreUnavailable where a page could not be stored now."""
        self.kept.check()
        self.keys.check()

    def close(self) -> None:
        """Let go of the key store's connections."""
        self.keys.close()

    def seal_all(self) -> int:
        """Encrypt the pages from before there was encryption, once for each store; how many there were.

        May be broken off and repeated; until it has come to its end, pages are read as they are.
        """
        if self.keys.done(ALL_SEALED):
            return 0
        found = 0
        for key in self.kept.listed():
            try:
                content = self.kept.get(key)
                if not content.startswith(MARK):
                    self.kept.put(key, self._sealed(key, content))
                    found += 1
            except NotFound:
                continue  # taken out meanwhile, or of a request that was erased
        self.keys.note_done(ALL_SEALED)
        return found

    def _sealed(self, key: str, content: bytes) -> bytes:
        nonce = secrets.token_bytes(_NONCE)
        cipher = AESGCM(self.keys.made_key(request_of(key)))
        return MARK + nonce + cipher.encrypt(nonce, content, _ASSOCIATED + key.encode())
