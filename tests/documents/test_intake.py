"""What an uploaded page may be, and what comes out of it: real files, made here, read by the real decoders."""

import contextlib
import io
import random
import struct
import zlib
from collections.abc import Sequence

import pytest
from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo

from documents.kinds import kind_of
from domain.document import CheckedPage, Side, UploadedFile, Verdict
from domain.errors import InvalidInput, NissDeskError, TooLarge, UnsupportedMedia
from tests.intake import INTAKE

LUCK = random.Random(3)  # noqa: S311 - seeded, so that a failure comes again


def picture(size: tuple[int, int] = (1000, 700), colour: str = "white") -> Image.Image:
    image = Image.new("RGB", size, colour)
    draw = ImageDraw.Draw(image)
    for step in range(0, size[1], 20):
        draw.line((0, step, size[0], size[1] - step), fill=(step % 256, 40, 90), width=5)
    return image


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


JPEG = saved(picture(), "JPEG")
PNG = saved(picture(), "PNG")


def pdf(pages: int = 1) -> bytes:
    first, *rest = (picture((600, 800), colour) for colour in ("white", "beige", "ivory", "snow") * 3)
    return saved(first, "PDF", save_all=True, append_images=rest[: pages - 1], resolution=100)


def check(pages: Sequence[bytes], backs: Sequence[bytes] = (), *, duplex: bool = False) -> tuple[CheckedPage, ...]:
    return INTAKE.check(
        [UploadedFile(f"pages[{i}]", content) for i, content in enumerate(pages)],
        [UploadedFile(f"backs[{i}]", content) for i, content in enumerate(backs)],
        duplex=duplex,
    )


def refused(
    kind: type[NissDeskError], pages: Sequence[bytes], backs: Sequence[bytes] = (), *, duplex: bool = False
) -> list[str]:
    with pytest.raises(kind) as caught:
        check(pages, backs, duplex=duplex)
    assert type(caught.value) is kind
    return [issue.name for issue in caught.value.issues]


def sides(found: Sequence[CheckedPage]) -> str:
    return "".join(page.side[0] for page in found)


# What is read


def test_a_jpeg_comes_out_as_a_jpeg_of_the_same_size() -> None:
    (page,) = check([JPEG])
    assert (page.side, page.media_type, page.width, page.height) == (Side.FRONT, "image/jpeg", 1000, 700)
    assert Image.open(io.BytesIO(page.content)).size == (1000, 700)
    assert (page.verdict, page.reasons) == (Verdict.GOOD, ())


def test_a_png_of_many_colours_becomes_a_jpeg_and_line_art_stays_a_png() -> None:
    noise = Image.frombytes("RGB", (900, 600), LUCK.randbytes(900 * 600 * 3))
    assert check([saved(noise, "PNG")])[0].media_type == "image/jpeg"
    assert check([PNG])[0].media_type == "image/png"


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_mode_of_png_is_read(mode: str) -> None:
    (page,) = check([saved(picture().convert("L" if mode == "I;16" else mode).convert(mode), "PNG")])
    assert Image.open(io.BytesIO(page.content)).mode in ("L", "RGB")


def test_sixteen_bit_grey_keeps_its_shades() -> None:
    grey = Image.new("I;16", (900, 900), 0x8000)
    (page,) = check([saved(grey, "PNG")])
    assert Image.open(io.BytesIO(page.content)).convert("L").getpixel((5, 5)) == 128


def test_transparency_lies_on_white_paper() -> None:
    (page,) = check([saved(Image.new("RGBA", (900, 600), (0, 0, 0, 0)), "PNG")])
    assert Image.open(io.BytesIO(page.content)).convert("RGB").getpixel((0, 0)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_grey_and_print_jpegs_are_read(mode: str) -> None:
    assert check([saved(picture().convert(mode), "JPEG")])[0].media_type == "image/jpeg"


def test_a_phone_that_stores_several_pictures_in_one_jpeg_gives_the_first() -> None:
    content = saved(picture(), "MPO", save_all=True, append_images=[picture((300, 200))])
    assert check([content])[0].width == 1000


def test_the_camera_says_which_way_is_up_and_nothing_else_survives() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Cameramaker Unique"
    exif.get_ifd(0x8825)[2] = (50.0, 51.0, 1.0)
    (page,) = check([saved(picture(), "JPEG", exif=exif, comment=b"Unique comment")])
    assert (page.width, page.height) == (700, 1000)
    again = Image.open(io.BytesIO(page.content))
    assert not again.getexif()
    assert b"Unique" not in page.content
    assert "exif" not in again.info
    assert "comment" not in again.info


def test_text_in_a_png_does_not_survive() -> None:
    told = PngInfo()
    told.add_text("Author", "Unique Person")
    assert b"Unique" not in check([saved(picture(), "PNG", pnginfo=told)])[0].content


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
def test_broken_exif_is_no_reason_to_refuse_the_picture() -> None:
    assert check([saved(picture(), "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\x7f")])[0].width == 1000


def test_every_page_of_a_pdf_is_a_page() -> None:
    found = check([pdf(3)])
    assert sides(found) == "fff"
    assert {page.media_type for page in found} == {"image/jpeg"}
    assert found[0].width == 600


def test_a_pdf_of_a_drawn_text_is_rendered() -> None:
    (page,) = check([pdf(1)])
    assert page.verdict is Verdict.GOOD


# Fronts and backs


def test_backs_belong_to_their_page_and_an_empty_one_skips() -> None:
    assert sides(check([JPEG, PNG, JPEG], [b"", PNG])) == "ffbf"
    assert sides(check([JPEG] * 4, [JPEG] * 4)) == "fbfbfbfb"


def test_duplex_turns_a_pdf_into_fronts_and_backs() -> None:
    assert sides(check([pdf(8)], duplex=True)) == "fbfbfbfb"
    assert sides(check([pdf(3)], duplex=True)) == "fbf"
    assert sides(check([JPEG, pdf(2)], duplex=True)) == "ffb"
    assert sides(check([JPEG, JPEG], [JPEG], duplex=True)) == "fbf"


def test_backs_that_belong_to_nothing() -> None:
    assert refused(InvalidInput, [JPEG], [JPEG, JPEG]) == ["backs[1]"]
    assert refused(InvalidInput, [pdf()], [JPEG]) == ["backs[0]"]
    assert refused(InvalidInput, [JPEG], [pdf()]) == ["backs[0]"]
    assert refused(InvalidInput, [], [JPEG]) == ["pages"]


# Limits


def test_no_page_and_empty_pages() -> None:
    assert refused(InvalidInput, []) == ["pages"]
    assert refused(InvalidInput, [JPEG, b""]) == ["pages[1]"]


def test_at_most_four_pages() -> None:
    assert len(check([JPEG] * 4)) == 4
    assert refused(InvalidInput, [JPEG] * 5) == ["pages"]
    assert refused(InvalidInput, [pdf(5)]) == ["pages"]
    assert refused(InvalidInput, [pdf(3), JPEG, JPEG]) == ["pages"]
    assert refused(InvalidInput, [pdf(9)], duplex=True) == ["pages"]
    with pytest.raises(InvalidInput) as told:
        check([pdf(9)], duplex=True)
    assert told.value.issues[0].detail == "has more than 8 pages, fronts and backs"


def test_bytes_of_a_file_and_of_a_call() -> None:
    large = JPEG + b"\0" * 10_000_000
    assert refused(TooLarge, [JPEG, large]) == ["pages[1]"]
    exact = JPEG + b"\0" * (10_000_000 - len(JPEG))
    assert len(check([exact])) == 1
    assert refused(TooLarge, [exact] * 4, [JPEG]) == ["pages"]


def bomb(width: int, height: int) -> bytes:
    """A PNG whose header promises more pixels than there are bytes for."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(8000, 8000), (2**31 - 1, 2**31 - 1), (100_000, 1), (0, 0)])
def test_pixels_are_counted_before_decoding(size: tuple[int, int]) -> None:
    assert refused(InvalidInput, [bomb(*size)]) == ["pages[0]"]


# What is not read


@pytest.mark.parametrize(
    "content",
    [
        b"hello, I am a passport",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"PK\x03\x04" + b"\0" * 100,
        saved(picture(), "GIF"),
        saved(picture(), "BMP"),
        saved(picture(), "JPEG2000"),
        b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf" + b"\0" * 100,
        b"\0\0\0\x18ftypmp42\0\0\0\0isommp42" + b"\0" * 100,
        b"\0" * 50,
        b"x",
    ],
)
def test_other_kinds_by_content(content: bytes) -> None:
    assert refused(UnsupportedMedia, [JPEG, content]) == ["pages[1]"]
    assert refused(UnsupportedMedia, [JPEG], [content]) == ["backs[0]"]


def test_bytes_come_before_kind_and_kind_before_the_rest() -> None:
    assert refused(TooLarge, [b"no picture", JPEG + b"\0" * 10_000_000]) == ["pages[1]"]
    assert refused(UnsupportedMedia, [b"", b"no picture"]) == ["pages[1]"]


@pytest.mark.parametrize(
    "content",
    [
        JPEG[:200],
        JPEG[: len(JPEG) // 2],
        PNG[: len(PNG) // 2],
        PNG[:40],
        b"\xff\xd8\xff\xe0" + b"x" * 500,
        b"\x89PNG\r\n\x1a\n" + b"x" * 500,
        b"%PDF-1.7\nnothing",
        b"%PDF-1.7\n%%EOF",
    ],
)
def test_what_begins_well_and_cannot_be_read(content: bytes) -> None:
    assert refused(InvalidInput, [content]) == ["pages[0]"]


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
def test_any_damage_is_a_refusal_or_a_page() -> None:
    for whole in (JPEG, PNG, pdf(2)):
        for _ in range(40):
            broken = bytearray(whole)
            for _ in range(LUCK.choice((1, 5, 60))):
                broken[LUCK.randrange(len(broken))] = LUCK.randrange(256)
            with contextlib.suppress(InvalidInput, UnsupportedMedia):
                check([bytes(broken)])


def test_a_pdf_header_may_come_late() -> None:
    assert kind_of(b"\r\n\r\n" + pdf()) == "PDF"


# Verdicts


def test_small_and_blank_pages_are_poor_and_still_accepted() -> None:
    (small,) = check([saved(picture((300, 200)), "JPEG")])
    assert (small.verdict, small.reasons) == (Verdict.POOR, ("lowResolution",))
    (blank,) = check([saved(Image.new("RGB", (1000, 700), "white"), "JPEG")])
    assert (blank.verdict, blank.reasons) == (Verdict.POOR, ("blank",))


# By what a page is known again


def test_a_page_is_known_by_its_pixels_and_a_blank_one_not() -> None:
    (one,), (other,) = check([saved(picture(), "PNG")]), check([saved(picture(), "PNG", optimize=True)])
    assert one.pixels == other.pixels
    assert one.pixels is not None
    assert len(one.pixels) == 32
    assert check([saved(picture((1000, 701)), "PNG")])[0].pixels != one.pixels
    assert check([saved(Image.new("RGB", (1000, 700), "white"), "JPEG")])[0].pixels is None


@pytest.mark.parametrize("content", [JPEG, PNG], ids=["JPEG", "PNG"])
def test_a_page_that_comes_again_stays_as_it_is(content: bytes) -> None:
    (page,) = check([content])
    (again,) = INTAKE.check([UploadedFile("kept[0]", page.content, ours=True)])
    assert again == page
    (encoded,) = check([page.content])
    assert page.media_type == "image/png" or encoded.content != page.content
