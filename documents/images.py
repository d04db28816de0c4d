"""One image: hostile bytes in, a page that was decoded, turned upright, stripped and encoded again out."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import pillow_heif
from PIL import Image, ImageCms, ImageOps

from documents.fingerprints import of_page
from documents.kinds import TIFF, WEBP, webp_size
from documents.quality import judge
from domain.document import MAX_PIXELS, CheckedPage, Side
from domain.errors import InvalidInput, Issue

# Pillow's own guard only warns between its limit and twice that. Ours (MAX_PIXELS) refuses, and is asked right after
# the header is read and before anything is decoded, so Pillow's would only add a warning that says the same.
Image.MAX_IMAGE_PIXELS = None
# A still picture is decoded in some tenths of a second: more threads would only take the cores from others.
pillow_heif.options.DECODE_THREADS = 1
pillow_heif.options.THUMBNAILS = pillow_heif.options.DEPTH_IMAGES = pillow_heif.options.AUX_IMAGES = False
pillow_heif.register_heif_opener()

#: Qualities tried in turn, until a page has at most MAX_PAGE_BYTES. A page of text is well below it with the first.
JPEG_QUALITIES: Final = (90, 75, 50)
MAX_PAGE_BYTES: Final = 6_000_000
#: A PNG or TIFF with at most so many colours is line art (a fax, a drawn form): PNG keeps it sharp and small. A grey
#: scan has more, and as a PNG it would be large.
FEW_COLOURS: Final = 64
#: Somewhat more than a phone's picture: a page of more pixels is kept at half its length and width, as no reader of
#: zones and no eye has any use for them. An A4 scanned at 600 dots an inch then has 300.
MANY_PIXELS: Final = 16_000_000
#: The JPEG format cannot say more; a "page" with such a side is none.
MAX_SIDE: Final = 16_000
#: Bit of TIFF's NewSubfileType (tag 254): a smaller copy of another picture of the file.
_SUBFILE_TYPE: Final = 254
_REDUCED: Final = 1
#: Pictures of one TIFF that are looked at, smaller copies included.
_MOST_FRAMES: Final = 40


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
    """Decode one picture and encode it again; of several in one file (a film, an animation) the first.

    Args:
        content: the bytes as sent.
        kind: Pillow's name of the format that the content showed: `JPEG`, `PNG`, `TIFF`, `WEBP` or `HEIF`.
        name: the part, for the refusal.
        side: which side of the document it shows.

    Raises:
        InvalidInput: it cannot be decoded whole, or has more pixels than allowed.
    """
    try:
        with _opened(content, kind, name) as picture:
            return _page(picture, kind, name, side)
    except InvalidInput:
        raise
    except Exception:  # noqa: BLE001 - what decoders raise on hostile bytes is an open set; each of them means: cannot be read
        raise refuse(name, "cannot be read") from None


def count_pictures(content: bytes, name: str, most: int) -> int:
    """Pictures of a TIFF, its smaller copies not counted; `most` + 1 where there are more. Raises InvalidInput."""
    try:
        with _opened(content, TIFF, name) as picture:
            return sum(1 for _ in _pictures(picture, most + 1))
    except InvalidInput:
        raise
    except Exception:  # noqa: BLE001 - as above
        raise refuse(name, "cannot be read") from None


def check_pictures(content: bytes, name: str, sides: tuple[Side, ...]) -> Iterator[CheckedPage]:
    """The pages of a TIFF, one in memory at a time; `sides` says what each shows, and how many there are."""
    try:
        with _opened(content, TIFF, name) as picture:
            for _, side in zip(_pictures(picture, len(sides)), sides, strict=True):
                yield _page(picture, TIFF, name, side)
    except InvalidInput:
        raise
    except Exception:  # noqa: BLE001 - as above
        raise refuse(name, "cannot be read") from None


def encode(image: Image.Image, *, side: Side, few_colours: bool = False) -> CheckedPage:
    """The page as it will be served: pixels only, no metadata, at most 6 MB. `image` is RGB or L."""
    verdict, reasons = judge(image)
    media_type, content = "image/png", _saved(image, "PNG") if few_colours else b""
    if not content or len(content) > MAX_PAGE_BYTES:
        media_type, content = "image/jpeg", _jpeg(image)
        while len(content) > MAX_PAGE_BYTES:
            # Noise over a huge area, which no document is.
            image = image.reduce(2)
            content = _jpeg(image)
    return CheckedPage(side, media_type, image.width, image.height, content, verdict, reasons, of_page(content))


def unchanged(page: CheckedPage, content: bytes) -> CheckedPage:
    """`page` with the bytes that it was made of, which are a JPEG or PNG that `encode` has made before."""
    with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as opened:
        media_type, (width, height) = f"image/{str(opened.format).lower()}", opened.size
    return replace(page, media_type=media_type, width=width, height=height, content=content, pixels=of_page(content))


def _jpeg(image: Image.Image) -> bytes:
    content = b""
    for quality in JPEG_QUALITIES:
        content = _saved(image, "JPEG", quality=quality)
        if len(content) <= MAX_PAGE_BYTES:
            break
    return content


def _saved(image: Image.Image, kind: str, **options: int) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def _opened(content: bytes, kind: str, name: str) -> Image.Image:
    """The picture with its header read: its size is known and allowed, nothing is decoded."""
    if kind == WEBP:
        check_size(*(webp_size(content) or (0, 0)), name)
    opened = Image.open(io.BytesIO(content), formats=(kind,))
    check_size(*opened.size, name)
    return opened


def _pictures(picture: Image.Image, most: int) -> Iterator[None]:
    """Go to each picture of a TIFF in turn, `most` at most."""
    found = 0
    for index in range(_MOST_FRAMES):
        try:
            picture.seek(index)
        except EOFError:
            return
        if picture.tag_v2.get(_SUBFILE_TYPE, 0) & _REDUCED and index:  # type: ignore[attr-defined]
            continue
        found += 1
        yield
        if found == most:
            return


def _page(picture: Image.Image, kind: str, name: str, side: Side) -> CheckedPage:
    check_size(*picture.size, name)
    if picture.width * picture.height > MANY_PIXELS:
        # A JPEG is decoded at half its size, in a third of the time; others have no such way.
        picture.draft(None, (picture.width // 2, picture.height // 2))
    picture.load()
    page = _plain(_in_srgb(_upright(picture)))
    if page.width * page.height > MANY_PIXELS:
        page = page.reduce(2)
    few = kind in ("PNG", TIFF) and page.getcolors(FEW_COLOURS) is not None
    return encode(page, side=side, few_colours=few)


def _upright(image: Image.Image) -> Image.Image:
    """Turned as the camera says; a camera that says nonsense is not listened to."""
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # noqa: BLE001 - see check_image; the picture itself is fine
        return image


def _in_srgb(image: Image.Image) -> Image.Image:
    """The colours as they were meant: a phone's wider ones in those that every screen shows, its profile gone."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode != "RGB":
        return image
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if "sRGB" in ImageCms.getProfileDescription(source):
            return image
        turned = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except Exception:  # noqa: BLE001 - see check_image; without its profile the picture is still a picture
        return image
    return turned or image


def _plain(image: Image.Image) -> Image.Image:
    """RGB or grey, on white paper where it was transparent, without profile, comment or EXIF."""
    if image.mode.startswith("I;16"):
        # Pillow cuts 16-bit grey off at 255 instead of scaling it.
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.has_transparency_data:
        layer = image.convert("RGBA")
        image = Image.new("RGB", layer.size, "white")
        image.paste(layer, mask=layer.getchannel("A"))
    # A new picture of the plain class: what its format knew of it is left behind with the old one.
    plain = image.convert("L" if image.mode in ("1", "L", "LA") else "RGB")
    plain.info = {}
    return plain
