"""Each kind that a page may be: what is made of it, and what several pictures in one file mean."""

import io
from collections.abc import Sequence

import pillow_heif
import pytest
from PIL import Image, ImageCms, ImageDraw

from domain.document import CheckedPage, Side, UploadedFile, Verdict
from domain.errors import InvalidInput
from tests.intake import INTAKE

pillow_heif.register_heif_opener()
ORANGE = (230, 120, 20)


def picture(colour: str | tuple[int, ...] = ORANGE, size: tuple[int, int] = (900, 640)) -> Image.Image:
    image = Image.new("RGB", size, colour)
    ImageDraw.Draw(image).rectangle((40, 40, 300, 200), fill="navy")
    return image


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def tiff(pages: int, compression: str = "tiff_lzw") -> bytes:
    others = [picture(size=(900 + 10 * number, 640)) for number in range(1, pages)]
    return saved(picture(), "TIFF", save_all=True, append_images=others, compression=compression)


def check(pages: Sequence[bytes], backs: Sequence[bytes] = (), *, duplex: bool = False) -> tuple[CheckedPage, ...]:
    return INTAKE.check(
        [UploadedFile(f"pages[{i}]", content) for i, content in enumerate(pages)],
        [UploadedFile(f"backs[{i}]", content) for i, content in enumerate(backs)],
        duplex=duplex,
    )


def refused(pages: Sequence[bytes], backs: Sequence[bytes] = (), *, duplex: bool = False) -> list[tuple[str, str]]:
    with pytest.raises(InvalidInput) as caught:
        check(pages, backs, duplex=duplex)
    assert type(caught.value) is InvalidInput
    return [(issue.name, issue.detail) for issue in caught.value.issues]


def colour(page: CheckedPage, at: tuple[int, int] = (700, 500)) -> tuple[int, ...]:
    found = Image.open(io.BytesIO(page.content)).convert("RGB").getpixel(at)
    assert isinstance(found, tuple)
    return tuple(int(part) for part in found)


def alike(one: tuple[int, ...], other: tuple[int, ...], by: int = 8) -> bool:
    return all(abs(a - b) <= by for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("kind", ["HEIF", "WEBP", "TIFF"])
def test_the_kinds_beside_jpeg_and_png(kind: str) -> None:
    (page,) = check([saved(picture(), kind)])
    assert (page.side, page.width, page.height, page.verdict) == (Side.FRONT, 900, 640, Verdict.GOOD)
    assert page.media_type == ("image/png" if kind == "TIFF" else "image/jpeg")
    assert alike(colour(page), ORANGE)


@pytest.mark.parametrize("kind", ["HEIF", "WEBP", "JPEG", "PNG", "TIFF"])
def test_a_phone_held_upright_and_where_it_was(kind: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[2] = (50.0, 51.0, 1.0)
    exif[0x010F] = "Uniquemaker"
    (page,) = check([saved(picture(), kind, exif=exif.tobytes() if kind != "TIFF" else exif)])
    assert (page.width, page.height) == (640, 900)
    again = Image.open(io.BytesIO(page.content))
    assert not again.getexif()
    assert not set(again.info) & {"exif", "icc_profile", "comment", "xmp", "photoshop"}
    assert b"Uniquemaker" not in page.content
    # The blue corner at the top left has come to the top right.
    assert alike(colour(page, (640 - 100, 100)), (0, 0, 128), 14)


def test_wider_colours_are_shown_as_they_were_meant() -> None:
    """Adobe RGB by its own definition: the same numbers stand for stronger colours than in sRGB."""
    wide = adobe_rgb()
    muted, strong = (120, 180, 90), colour_in_srgb((120, 180, 90), wide)
    assert not alike(muted, strong, 12)
    (page,) = check([saved(picture(muted), "JPEG", icc_profile=wide, quality=95)])
    assert alike(colour(page), strong)
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert alike(colour(check([saved(picture(muted), "JPEG", icc_profile=srgb, quality=95)])[0]), muted)
    assert alike(colour(check([saved(picture(muted), "JPEG", icc_profile=b"nonsense", quality=95)])[0]), muted)


def adobe_rgb() -> bytes:
    """A matrix profile with wide primaries, written by hand: header, three primaries, white point, one gamma."""

    def number(value: float) -> bytes:
        return round(value * 65536).to_bytes(4, "big", signed=True)

    def xyz(*values: float) -> bytes:
        return b"XYZ \0\0\0\0" + b"".join(map(number, values))

    gamma = b"curv\0\0\0\0\0\0\0\x01" + round(2.2 * 256).to_bytes(2, "big") + b"\0\0"
    named = b"desc\0\0\0\0\0\0\0\x05wide\0" + b"\0" * 79
    entries = [
        (b"desc", named),
        (b"wtpt", xyz(0.9642, 1.0, 0.8249)),
        (b"rXYZ", xyz(0.6097, 0.3111, 0.0195)),
        (b"gXYZ", xyz(0.2053, 0.6257, 0.0609)),
        (b"bXYZ", xyz(0.1492, 0.0632, 0.7446)),
        *((name, gamma) for name in (b"rTRC", b"gTRC", b"bTRC")),
    ]
    table, body, at = b"", b"", 128 + 4 + 12 * len(entries)
    for name, content in entries:
        padded = content + b"\0" * (-len(content) % 4)
        table += name + (at + len(body)).to_bytes(4, "big") + len(content).to_bytes(4, "big")
        body += padded
    size = at + len(body)
    header = size.to_bytes(4, "big") + b"\0" * 4 + b"\x02\x10\0\0mntrRGB XYZ " + b"\0" * 12 + b"acsp" + b"\0" * 28
    header += number(0.9642) + number(1.0) + number(0.8249) + b"\0" * 48
    return header[:128] + len(entries).to_bytes(4, "big") + table + body


def colour_in_srgb(stated: tuple[int, int, int], profile: bytes) -> tuple[int, ...]:
    turned = ImageCms.profileToProfile(
        Image.new("RGB", (4, 4), stated), ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
    )
    assert turned is not None
    found = turned.getpixel((0, 0))
    assert isinstance(found, tuple)
    return tuple(int(part) for part in found)


@pytest.mark.parametrize("kind", ["WEBP", "PNG"])
def test_of_an_animation_the_first_picture(kind: str) -> None:
    moving = saved(picture(), kind, save_all=True, append_images=[picture("green"), picture("red")], duration=50)
    (page,) = check([moving])
    assert alike(colour(page), ORANGE)


def test_transparent_webp_lies_on_white_paper() -> None:
    (page,) = check([saved(Image.new("RGBA", (900, 600), (0, 0, 0, 0)), "WEBP")])
    assert alike(colour(page), (255, 255, 255), 1)


def test_a_burst_of_a_phone_gives_its_main_picture() -> None:
    heif = pillow_heif.from_pillow(picture())
    heif.add_from_pillow(picture("green", (400, 300)))
    out = io.BytesIO()
    heif.save(out)
    (page,) = check([out.getvalue()])
    assert (page.width, page.height) == (900, 640)


# TIFF: sheets of paper, as a scanner's feeder gives them


@pytest.mark.parametrize("compression", ["raw", "tiff_lzw", "tiff_adobe_deflate", "jpeg", "packbits"])
def test_every_picture_of_a_tiff_is_a_page(compression: str) -> None:
    found = check([tiff(3, compression=compression)])
    assert [page.width for page in found] == [900, 910, 920]
    assert all(alike(colour(page), ORANGE, 12) for page in found)


def test_a_fax_is_black_and_white() -> None:
    (page,) = check([saved(picture("white").convert("1"), "TIFF", compression="group4")])
    assert (page.media_type, page.width) == ("image/png", 900)


def test_smaller_copies_in_a_tiff_are_no_pages() -> None:
    out = io.BytesIO()
    with Image.new("RGB", (90, 64)) as small:
        small.encoderinfo = {"tiffinfo": {254: 1}}
        picture().save(out, "TIFF", save_all=True, append_images=[small])
    assert [page.width for page in check([out.getvalue()])] == [900]


def sides(found: Sequence[CheckedPage]) -> str:
    return "".join(page.side[0] for page in found)


def test_a_tiff_of_several_pages_counts_as_a_pdf_does() -> None:
    jpeg = saved(picture(), "JPEG")
    assert sides(check([tiff(4)])) == "ffff"
    assert sides(check([tiff(8)], duplex=True)) == "fbfbfbfb"
    assert sides(check([jpeg, tiff(2)], duplex=True)) == "ffb"
    assert refused([tiff(5)]) == [("pages", "has more than 4 pages")]
    assert refused([tiff(9)], duplex=True) == [("pages", "has more than 8 pages, fronts and backs")]
    assert refused([tiff(2)], [jpeg]) == [("backs[0]", "backs do not go with a TIFF of several pages")]
    assert refused([jpeg], [tiff(2)]) == [("backs[0]", "a back is one image, not several")]


def test_a_tiff_of_one_page_counts_as_an_image_does() -> None:
    assert sides(check([tiff(1)], [saved(picture(), "HEIF")])) == "fb"
    assert sides(check([saved(picture(), "WEBP")], [tiff(1)])) == "fb"
    assert sides(check([tiff(1), tiff(1)], duplex=True)) == "ff"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_huge_page_is_kept_at_half_its_length(kind: str) -> None:
    upside_down = Image.Exif()
    upside_down[0x0112] = 3
    (page,) = check([saved(picture(size=(8000, 6200)), kind, exif=upside_down)])
    assert (page.width, page.height) == (4000, 3100)
    assert alike(colour(page, (3915, 3040)), (0, 0, 128), 14)
    (page,) = check([saved(picture(size=(5000, 3200)), kind)])
    assert (page.width, page.height) == (5000, 3200)


def test_a_heavy_page_keeps_its_bounds() -> None:
    noise = Image.effect_noise((2000, 2000), 80).resize((6000, 6000), Image.Resampling.NEAREST)
    (page,) = check([saved(noise, "JPEG", quality=20)])
    assert len(page.content) <= 6_000_000
    assert page.width == page.height > 2_000
