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
#: Bytes of a pixel.
_PIXEL: Final = 3


def of_page(page: bytes) -> bytes | None:
    """SHA-256 of a page's size and pixels; None where they are all of one colour: blank pages are all alike.

    Args:
        page: an image of our own making (JPEG or PNG), as it will be served. What it was made of does not count: a
            page that is there already and comes once more with another one is the same page.
    """
    with Image.open(io.BytesIO(page), formats=("JPEG", "PNG")) as opened:
        opened.load()
        image: Image.Image = opened if opened.mode == "RGB" else opened.convert("RGB")
        pixels = memoryview(image.tobytes())
        if pixels[_PIXEL:] == pixels[:-_PIXEL]:  # every pixel is as the one before it
            return None
        digest = hashlib.sha256(f"{image.width}x{image.height} ".encode())
        digest.update(pixels)
        return digest.digest()
