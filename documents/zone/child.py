"""`python -m documents.zone.child`: reads zones for the process that started it, page by page, until its input ends.

In: eight bytes with the length of a page (JPEG or PNG), then the page. Out: `ready`, then for each page one line of
JSON, the reading or `null`. Nothing else is ever written: what was read belongs into no log.
"""

from __future__ import annotations

import io
import json
import os
import resource
import sys
from datetime import UTC, datetime
from typing import BinaryIO, Final
from zoneinfo import ZoneInfo

import cv2
import numpy as np
from cv2.typing import MatLike
from PIL import Image

from documents.zone.models import Networks
from documents.zone.reading import read_page
from documents.zone.wire import LENGTH, READY, written

_BRUSSELS: Final = ZoneInfo("Europe/Brussels")
#: Address space; a page of 50 megapixels needs half of it.
_MEMORY: Final = 3 * 1024**3
#: Above this a page is decoded at half its size: more shows no more of a zone.
_MANY_PIXELS: Final = 24_000_000
_NICER: Final = 5


def main() -> None:
    """Read until the input ends."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    os.nice(_NICER)
    cv2.setNumThreads(1)
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # whatever a library prints is not for the reader
    networks = Networks()
    networks.load()
    _tell(out, READY)
    while (page := _next(sys.stdin.buffer)) is not None:
        _tell(out, _read(networks, page))


def _next(source: BinaryIO) -> bytes | None:
    head = source.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    page = source.read(length)
    return page if len(page) == length else None


def _read(networks: Networks, content: bytes) -> str:
    try:
        page = _decoded(content)
        reading = None if page is None else read_page(networks, page, datetime.now(UTC).astimezone(_BRUSSELS).date())
    except Exception:  # noqa: BLE001 - of whatever kind: this page has no zone that can be read, the next one may
        reading = None
    return json.dumps(written(reading))


def _decoded(content: bytes) -> MatLike | None:
    with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as opened:
        pixels = opened.width * opened.height
    how = cv2.IMREAD_REDUCED_COLOR_2 if pixels > _MANY_PIXELS else cv2.IMREAD_COLOR
    return cv2.imdecode(np.frombuffer(content, np.uint8), how | cv2.IMREAD_IGNORE_ORIENTATION)


def _tell(out: BinaryIO, line: str) -> None:
    out.write(line.encode() + b"\n")
    out.flush()


if __name__ == "__main__":
    main()
