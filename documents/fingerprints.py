"""By what a page is known again: its pixels, however the file around them was made.

Made in the process apart, which has them decoded anyway: to decode a page again would take the service 100 MB.
"""

from __future__ import annotations

import hashlib
import io
from typing import Final

from PIL import Image

#: Bytes of a fingerprint.
SIZE: Final = hashlib.sha256().digest_size
#: Bytes of a pixel, and rows that are looked at together.
_PIXEL: Final = 3
_ROWS: Final = 16


def of_page(page: bytes) -> bytes | None:
    """SHA-256 of a page's size and pixels; None where they are all of one colour: blank pages are all alike.

    Args:
        page: an image of our own making (JPEG or PNG), as it will be served. What it was made of does not count: a
            page that is there already and comes once more with another one is the same page.
    """
    with Image.open(io.BytesIO(page), formats=("JPEG", "PNG")) as opened:
        opened.load()
        image: Image.Image = opened if opened.mode == "RGB" else opened.convert("RGB")
        digest = hashlib.sha256(f"{image.width}x{image.height} ".encode())
        first, blank = b"", True
        for top in range(0, image.height, _ROWS):
            # A few rows at a time stay in the processor's cache: a third of the time that all at once take.
            rows = image.crop((0, top, image.width, min(top + _ROWS, image.height))).tobytes()
            first = first or rows[:_PIXEL]
            blank = blank and rows == first * (len(rows) // _PIXEL)
            digest.update(rows)
        return None if blank else digest.digest()
