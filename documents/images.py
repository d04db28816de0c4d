"""One image: hostile bytes in, a page that was decoded, turned upright, stripped and encoded again out."""

from __future__ import annotations

import io
from typing import Final

from PIL import Image, ImageOps

from documents.quality import judge
from domain.document import MAX_PIXELS, CheckedPage, Side
from domain.errors import InvalidInput, Issue

# Pillow's own guard only warns between its limit and twice that. Ours (MAX_PIXELS) refuses, and is asked right after
# the header is read and before anything is decoded, so Pillow's would only add a warning that says the same.
Image.MAX_IMAGE_PIXELS = None

JPEG_QUALITY: Final = 90
#: A PNG with at most so many colours is line art (a screenshot, a drawn form): PNG keeps it sharp and small.
FEW_COLOURS: Final = 256
#: The JPEG format cannot say more; a "page" with such a side is none.
MAX_SIDE: Final = 16_000


def refuse(name: str, detail: str) -> InvalidInput:
    """The refusal of one part (`pages[0]`), to be raised."""
    return InvalidInput("The document is not accepted.", issues=[Issue(name, detail)])


def check_size(width: int, height: int, name: str) -> None:
    """Refuse (InvalidInput) what would not be a page or would not fit, in pixels, before it is decoded."""
    if width < 1 or height < 1:
        raise refuse(name, "cannot be read")
    if width * height > MAX_PIXELS:
        raise refuse(name, "has more than 50 megapixels")
    if max(width, height) > MAX_SIDE:
        raise refuse(name, "is too long or too wide")


def check_image(content: bytes, kind: str, *, name: str, side: Side) -> CheckedPage:
    """Decode one JPEG or PNG and encode it again; of several pictures in one file the first.

    Args:
        content: the bytes as sent.
        kind: Pillow's name of the format that the content showed: `JPEG` or `PNG`.
        name: the part, for the refusal.
        side: which side of the document it shows.

    Raises:
        InvalidInput: it cannot be decoded whole, or has more pixels than allowed.
    """
    try:
        with Image.open(io.BytesIO(content), formats=(kind,)) as opened:
            check_size(*opened.size, name)
            opened.load()
            page = _plain(_upright(opened))
            few = kind == "PNG" and page.getcolors(FEW_COLOURS) is not None
            return encode(page, side=side, few_colours=few)
    except InvalidInput:
        raise
    except Exception:  # noqa: BLE001 - what decoders raise on hostile bytes is an open set; each of them means: cannot be read
        raise refuse(name, "cannot be read") from None


def encode(image: Image.Image, *, side: Side, few_colours: bool = False) -> CheckedPage:
    """The page as it will be served: pixels only, no metadata. `image` is RGB or L."""
    verdict, reasons = judge(image)
    out = io.BytesIO()
    if few_colours:
        media_type = "image/png"
        image.save(out, "PNG")
    else:
        media_type = "image/jpeg"
        image.save(out, "JPEG", quality=JPEG_QUALITY)
    return CheckedPage(side, media_type, image.width, image.height, out.getvalue(), verdict, reasons)


def _upright(image: Image.Image) -> Image.Image:
    """Turned as the camera says; a camera that says nonsense is not listened to."""
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # noqa: BLE001 - see check_image; the picture itself is fine
        return image


def _plain(image: Image.Image) -> Image.Image:
    """RGB or grey, on white paper where it was transparent, without profile, comment or EXIF."""
    if image.mode.startswith("I;16"):
        # Pillow cuts 16-bit grey off at 255 instead of scaling it.
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.has_transparency_data:
        layer = image.convert("RGBA")
        paper = Image.new("RGBA", layer.size, "white")
        image = Image.alpha_composite(paper, layer)
    plain = image.convert("L" if image.mode in ("1", "L", "LA") else "RGB")
    fresh = Image.new(plain.mode, plain.size)
    fresh.paste(plain)
    return fresh
