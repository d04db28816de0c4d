"""Pages as agents look at them: made to size, turned, and with who looked and when drawn into the pixels."""

from __future__ import annotations

import io
from functools import lru_cache
from importlib.resources import files
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from documents.flat import straightened

_JPEG_QUALITY: Final = 85
#: How much of the page's ink the watermark takes, of 255: it must not hide what it lies on.
_STRENGTH: Final = 60
_ANGLE: Final = 24


def view(page: bytes, *, width: int, turn: int, words: str, straight: bool = False) -> bytes:
    """A page as a JPEG of its own.

    Args:
        page: an image of our own making (JPEG or PNG), as stored.
        width: pixels at most, of the page as it is turned; it is never made larger than it is.
        turn: degrees clockwise: 0, 90, 180 or 270.
        words: what is drawn across it again and again.
        straight: whether the document is made level and cut out (documents/flat.py), before it is turned.
    """
    with Image.open(io.BytesIO(page), formats=("JPEG", "PNG")) as opened:
        # Decoded no larger than it is wanted, where the format can do so.
        opened.draft("RGB", (width * 2, width * 2))
        image = opened.convert("RGB")
    if straight:
        image = straightened(image)
    if turn:
        image = image.transpose(_TURNED[turn])
    if image.width > width:
        height = max(1, round(image.height * width / image.width))
        image = image.resize((width, height), Image.Resampling.LANCZOS)
    marked = _marked(image, words)
    out = io.BytesIO()
    marked.save(out, "JPEG", quality=_JPEG_QUALITY)
    return out.getvalue()


_TURNED: Final = {
    90: Image.Transpose.ROTATE_270,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}


def _marked(image: Image.Image, words: str) -> Image.Image:
    """The words over the whole page, dark on light and light on dark, so that no part of it is without."""
    size = max(12, image.width // 36)
    tile = _tile(words, size)
    mask = Image.new("L", image.size)
    for row, top in enumerate(range(-tile.height // 2, image.height, tile.height)):
        for left in range(-(row % 2) * tile.width // 2, image.width, tile.width):
            mask.paste(tile, (left, top))
    light = image.convert("L").resize((1, 1)).getpixel((0, 0))
    dark_page = isinstance(light, int | float) and light < 96
    ink = Image.new("RGB", image.size, (255, 255, 255) if dark_page else (20, 30, 90))
    return Image.composite(ink, image, mask)


def _tile(words: str, size: int) -> Image.Image:
    letters = _font(size)
    left, top, right, bottom = letters.getbbox(words)
    text = Image.new("L", (round(right - left) + size, round(bottom - top) + size))
    ImageDraw.Draw(text).text((size / 2 - left, size / 2 - top), words, font=letters, fill=_STRENGTH)
    return text.rotate(_ANGLE, expand=True, resample=Image.Resampling.BICUBIC)


@lru_cache(maxsize=16)
def _font(size: int) -> ImageFont.FreeTypeFont:
    """Roboto (package font-roboto): Pillow's own font lacks the accents that names have."""
    return ImageFont.truetype(str(files("font_roboto") / "files" / "Roboto-Medium.ttf"), size)
