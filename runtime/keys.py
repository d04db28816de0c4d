"""Keys of the data folder: made once, for all its processes."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

_BYTES = 32


def kept_key(home: Path, name: str) -> bytes:
    """The 32 bytes of `home`/keys/`name`, made where there are none (file mode 0600)."""
    path = home / "keys" / name
    if not path.exists():
        _make(path)
    return path.read_bytes()


def _make(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{secrets.token_hex(8)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(secrets.token_bytes(_BYTES))
        file.flush()
        os.fsync(file.fileno())
    # A link never replaces: of two processes that start together, one key wins for both.
    with suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
