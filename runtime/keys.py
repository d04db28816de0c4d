"""Keys of the data folder: made once, for all its processes."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

_BYTES = 32


def kept_key(home: Path, name: str) -> bytes:
    """The 32 bytes of `home`/keys/`name`, made where there are none (file mode 0600)."""
    return kept_file(home, name, lambda: secrets.token_bytes(_BYTES)).read_bytes()


def kept_file(home: Path, name: str, content: Callable[[], bytes]) -> Path:
    """The file `home`/keys/`name`, made with this content where there is none (file mode 0600)."""
    path = home / "keys" / name
    if not path.exists():
        _make(path, content())
    return path


def _make(path: Path, content: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{secrets.token_hex(8)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    # A link never replaces: of two processes that start together, one key wins for both.
    with suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
