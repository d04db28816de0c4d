"""What it costs to check and encode a page, by kind and size of the file: photographs that a service has to accept."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from random import Random
from typing import Final

import pillow_heif
from PIL import Image

from bench.documents import spoiled
from bench.documents.drawn import drawn
from documents.images import check_image
from domain.document import MAX_FILE_BYTES, Side

#: Kinds as Pillow names them, with how they are written; quality is lowered where a file would be too large to be sent.
_KINDS: Final = {"JPEG": 90, "PNG": 0, "WEBP": 85, "HEIF": 60}
_WIDTHS: Final = {"12 MP": 4000, "48 MP": 8000}
#: A PNG of a photograph of 12 megapixels is larger than what may be sent: it is one of a scan's size.
_PNG_WIDTH: Final = 2900
_LOWER: Final = 15


def costs(seed: int, count: int) -> Iterator[tuple[str, list[float]]]:
    """For each kind and size its name and the CPU seconds of `count` pages."""
    pillow_heif.register_heif_opener()
    for size, width in _WIDTHS.items():
        for kind, quality in _KINDS.items():
            if kind == "PNG" and size != "12 MP":
                continue
            name = f"{kind} {'6 MP' if kind == 'PNG' else size}"
            pages = (_page(seed, index, _PNG_WIDTH if kind == "PNG" else width) for index in range(count))
            yield name, [_cost(_written(page, kind, quality), kind) for page in pages]


def _page(seed: int, index: int, width: int) -> Image.Image:
    """A photograph as of a phone, with its noise; one of 48 megapixels is one of 12 made larger."""
    luck = Random(f"{seed} kinds {index}")
    shot = spoiled.Shot(
        width=min(width, 4000), fill=0.85, tilt=(4, -5), turn=3, blur=0.8, quality=92, noise=3, light=0.3
    )
    with Image.open(io.BytesIO(spoiled.taken(drawn(luck), shot, luck))) as taken:
        page = taken.convert("RGB")
    return page if page.width == width else page.resize((width, width * 3 // 4), Image.Resampling.BICUBIC)


def _written(page: Image.Image, kind: str, quality: int) -> bytes:
    while True:
        out = io.BytesIO()
        page.save(
            out, kind, quality=quality, method=0
        )  # method: of WebP alone, the quickest; others have no such thing
        if out.tell() <= MAX_FILE_BYTES:
            return out.getvalue()
        if kind == "PNG":
            page = page.reduce(2)
        quality -= _LOWER


def _cost(content: bytes, kind: str) -> float:
    started = time.process_time()
    check_image(content, kind, name="pages[0]", side=Side.FRONT)
    return time.process_time() - started
