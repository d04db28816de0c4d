"""Scanned pages by key: a folder, or a bucket, through obstore."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar
from urllib.parse import unquote, urlsplit

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore, from_url

from domain.errors import BlobStoreUnavailable, NotFound

PROBE = "probe"
_PAGES = "requests"
_T = TypeVar("_T")


class ObjectBlobs:
    """domain.ports.BlobStore on a folder (`file:///path`) or a bucket (`s3://bucket/prefix`, AWS's own environment).

    Keys are made by the caller (`requests/<request id>/<random page id>`) and hold nothing personal; yet no
    error text of the store is passed on, since it tells paths and endpoints.
    """

    def __init__(self, url: str | ObjectStore) -> None:
        """`url` as in NISS_BLOB_URL, or a store of obstore's. Makes the folder; ValueError where it is no URL."""
        self._store = url if not isinstance(url, str) else _store(url)

    def put(self, key: str, content: bytes) -> None:
        """Store, whole or not at all; the same key again replaces."""
        self._try(lambda: obstore.put(self._store, key, content))

    def get(self, key: str) -> bytes:
        """The bytes of one page. Raises NotFound, BlobStoreUnavailable."""
        return self._try(lambda: bytes(obstore.get(self._store, key).bytes()))

    def delete(self, keys: Iterable[str]) -> None:
        """Forget each; one that is not there is no error. Raises BlobStoreUnavailable."""
        for key in keys:
            try:
                self._try(lambda key=key: obstore.delete(self._store, key))  # type: ignore[misc]
            except NotFound:
                continue

    def erase(self, request_id: str) -> None:
        """Forget every page of a request, named by a row or not. Raises BlobStoreUnavailable."""
        self.delete(list(self.listed(request_id)))

    def listed(self, request_id: str | None = None) -> Iterator[str]:
        """The keys of all pages, or of one request's. Raises BlobStoreUnavailable."""
        found = iter(obstore.list(self._store, prefix=f"{_PAGES}/{request_id}" if request_id else _PAGES))
        while (some := self._try(lambda: next(found, None))) is not None:
            yield from (str(one["path"]) for one in some)

    def check(self) -> None:
        """Write and forget one byte. Raises BlobStoreUnavailable."""
        self.put(PROBE, b"1")
        self.delete([PROBE])

    @staticmethod
    def _try(call: Callable[[], _T]) -> _T:
        try:
            return call()
        except FileNotFoundError:
            raise NotFound("This page is not there.") from None
        except (BaseError, OSError, ValueError):
            raise BlobStoreUnavailable("The store of pages does not answer.") from None


def request_of(key: str) -> str:
    """The request that a page belongs to, by its key."""
    pages, request_id, _page = key.split("/", 2)
    if pages != _PAGES or not request_id:
        raise ValueError("not the key of a page")
    return request_id


def _store(url: str) -> ObjectStore:
    parts = urlsplit(url)
    if parts.scheme == "file":
        return LocalStore(prefix=Path(unquote(parts.path)), mkdir=True)
    if not parts.scheme:
        raise ValueError("a blob URL starts with file:// or s3://")
    return from_url(url)
