"""Where files lie while they are uploaded and looked at."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path


def emptied(folder: Path) -> Path:
    """The folder for files of uploads, made where there is none and empty.

    Where the file system knows no files without a name, one had a name for a moment: a crash may have left it. Taking
    the name away from a file that another process works with does not disturb it.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for left in folder.iterdir():
        with suppress(OSError):
            left.unlink()
    return folder
