"""One image: hostile bytes in, a page that was decoded, turned upright, stripped and encoded again out."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Final

import pillow_heif
from PIL import ExifTags, Image, ImageCms

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
#: What EXIF's orientation asks for; 1 is upright.
_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
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


def check_image(content: bytes, kind: str, *, name: str, side: Side, ours: bool = False) -> CheckedPage:
    """Decode one picture and encode it again; of several in one file (a film, an animation) the first.

    One of ours (a JPEG or PNG that this has made) stays as it is: each encoding would take some of its sharpness.

    Args:
        content: the bytes as sent.
        kind: Pillow's name of the format that the content showed: `JPEG`, `PNG`, `TIFF`, `WEBP` or `HEIF`.
        name: the part, for the refusal.
        side: which side of the document it shows.
        ours: it was checked before.

    Raises:
        InvalidInput: it cannot be decoded whole, or has more pixels than allowed.
    """
    try:
        with _opened(content, kind, name) as picture:
            page = _decoded(picture, name)
            if ours:
                return _found(page, side, f"image/{kind.lower()}", content)
            return encode(page, side=side, few_colours=_has_few_colours(page, kind))
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
                page = _decoded(picture, name)
                yield encode(page, side=side, few_colours=_has_few_colours(page, TIFF))
    except InvalidInput:
        raise
    except Exception:  # noqa: BLE001 - as above
        raise refuse(name, "cannot be read") from None


def encode(image: Image.Image, *, side: Side, few_colours: bool = False) -> CheckedPage:
    """The page as it will be served: pixels only, no metadata, at most 6 MB. `image` is RGB or L."""
    judged = image
    media_type, content = "image/png", _saved(image, "PNG") if few_colours else b""
    if not content or len(content) > MAX_PAGE_BYTES:
        media_type, content = "image/jpeg", _jpeg(image)
        while len(content) > MAX_PAGE_BYTES:
            # Noise over a huge area, which no document is.
            image = image.reduce(2)
            content = _jpeg(image)
    return _found(image, side, media_type, content, judged=judged)


def _found(
    image: Image.Image, side: Side, media_type: str, content: bytes, *, judged: Image.Image | None = None
) -> CheckedPage:
    """`content` shows `image`; the verdict is of `judged`, where that is another one."""
    verdict, reasons = judge(judged or image)
    return CheckedPage(side, media_type, image.width, image.height, content, verdict, reasons, of_page(content))


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


def _decoded(picture: Image.Image, name: str) -> Image.Image:
    """The page in RGB or grey, upright, of at most MANY_PIXELS."""
    check_size(*picture.size, name)
    if picture.width * picture.height > MANY_PIXELS:
        # A JPEG is decoded at half its size, in a third of the time; others have no such way.
        picture.draft(None, (picture.width // 2, picture.height // 2))
    picture.load()
    turn = _turn(picture)  # what loading has turned already is said no more
    image: Image.Image = picture
    large = image.width * image.height > MANY_PIXELS
    if large and image.mode in ("L", "RGB", "RGBA"):
        # Before anything else: each copy of 50 megapixels takes 200 MB.
        image = image.reduce(2)
        image.info = {"icc_profile": picture.info.get("icc_profile")}
        large = False
    page = _plain(_in_srgb(image if turn is None else image.transpose(turn)))
    return page.reduce(2) if large else page


def _turn(picture: Image.Image) -> Image.Transpose | None:
    """How to turn it upright, as the camera says; a camera that says nonsense is not listened to."""
    try:
        return _TURNS.get(int(picture.getexif().get(ExifTags.Base.Orientation) or 1))
    except Exception:  # noqa: BLE001 - see check_image; the picture itself is fine
        return None


def _has_few_colours(page: Image.Image, kind: str) -> bool:
    return kind in ("PNG", TIFF) and page.getcolors(FEW_COLOURS) is not None


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
