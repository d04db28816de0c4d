"""Where pages are kept, and the keys that open them: made of the settings."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from sqlalchemy import make_url

from documents.blobs import ObjectBlobs
from documents.keyring import KeyRing, new_line
from documents.keystore import KeyStore
from documents.sealed import SealedBlobs
from domain.errors import KeyStoreUnavailable
from runtime.keys import kept_file
from runtime.settings import Settings, WrongSetting
from runtime.usable import open_engine

_MOST_CONNECTIONS = 5
_CACHE_KIB = 2_000


def kek_file(settings: Settings) -> Path:
    """The file of key-encryption keys; in development made where there is none. Raises WrongSetting."""
    if settings.kek_file is not None:
        return settings.kek_file
    if not settings.development:
        raise WrongSetting(
            "NISS_KEK_FILE: is required in production: name the file of the key that encrypts the keys of requests "
            "(niss keys new makes one)"
        )
    return kept_file(settings.home, "kek", lambda: f"{new_line()}\n".encode("ascii"))


def read_ring(settings: Settings) -> KeyRing:
    """The key-encryption keys. Raises WrongSetting."""
    path = kek_file(settings)
    try:
        return KeyRing.read(path)
    except OSError as error:
        raise WrongSetting(f"NISS_KEK_FILE: {path} cannot be read: {error.strerror}") from None
    except ValueError as error:
        raise WrongSetting(f"NISS_KEK_FILE: {path}: {error}") from None


def check_keys(settings: Settings) -> None:
    """Raise WrongSetting where keys of requests could not be made, or would lie where they must not."""
    read_ring(settings)
    _check_apart(settings)


def open_keystore(settings: Settings) -> KeyStore:
    """The store of request keys. Raises WrongSetting."""
    _check_apart(settings)
    settings.make_home()
    engine = open_engine(
        settings,
        url=settings.keystore_url,
        name="NISS_KEYSTORE_URL",
        pool=min(settings.database_pool, _MOST_CONNECTIONS),
        cache_kib=_CACHE_KIB,
    )
    return KeyStore(engine, _ring(settings))


def make_blobs(settings: Settings) -> SealedBlobs:
    """The store of encrypted pages. Raises WrongSetting."""
    return SealedBlobs(ObjectBlobs(settings.blob_url), open_keystore(settings))


def _ring(settings: Settings) -> Callable[[], KeyRing]:
    """Read when it is first needed: most commands never do, and may run where the file is not."""

    @cache
    def ring() -> KeyRing:
        try:
            return read_ring(settings)
        except WrongSetting as wrong:
            raise KeyStoreUnavailable(str(wrong)) from None

    return ring


def _check_apart(settings: Settings) -> None:
    if make_url(settings.keystore_url) == make_url(settings.database_url):
        raise WrongSetting(
            "NISS_KEYSTORE_URL: must not be the database of requests: a backup of it would bring erased pages back"
        )
