"""By what a page is known again: its pixels, however the file around them was made."""

from __future__ import annotations

import hashlib
import io

from PIL import Image


def of_pixels(page: bytes) -> bytes | None:
    """SHA-256 of a page's size and pixels; None where they are all of one colour: blank pages are all alike.

    Args:
        page: an image of our own making (JPEG or PNG).
    """
    with Image.open(io.BytesIO(page), formats=("JPEG", "PNG")) as opened:
        image = opened.convert("RGB")
    extrema = image.getextrema()
    if all(low == high for low, high in extrema):  # type: ignore[misc]  # three bands: a pair each
        return None
    return hashlib.sha256(f"{image.width}x{image.height} ".encode() + image.tobytes()).digest()
