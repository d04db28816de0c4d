"""Hostile files, each made here: name, parts of the call, and how it must end. docs/security.md has the same table."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import pikepdf
import pillow_heif
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from tests.documents.test_enclosure import endless
from tests.documents.test_formats import picture, saved, tiff
from tests.documents.test_intake import bomb
from tests.documents.test_intake import pdf as scanned

pillow_heif.register_heif_opener()
UNREADABLE = "400, cannot be read"
SCRIPT = b"<html><script>alert(document.cookie)</script></html>"


@dataclass(frozen=True)
class Attack:
    """`ends` begins with the status; after the comma the detail of its first issue, or that it is disarmed."""

    name: str
    made: Callable[[], bytes]
    ends: str
    filename: str = "scan.jpg"


def zeros(size: int) -> bytes:
    """So many bytes of nothing, deflated."""
    packer = zlib.compressobj(9)
    piece = bytes(1 << 20)
    return b"".join(packer.compress(piece) for _ in range(size >> 20)) + packer.flush()


def png_of(width: int, height: int, packed: bytes, extra: tuple[bytes, bytes] | None = None) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    more = chunk(*extra) if extra else b""
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + more + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def pdf(change: str = "", pages: int = 1) -> bytes:
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page(page_size=(595, 842))
        if change == "script":
            document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        elif change == "file":
            document.attachments["x.exe"] = b"MZ"
        elif change == "bomb":
            twice = zlib.compress(zeros(2_000_000_000), 9)
            stream = document.make_stream(b"")
            stream.write(twice, filter=[pikepdf.Name.FlateDecode] * 2)
            document.pages[0].Contents = stream
        out = io.BytesIO()
        if change == "encrypted":
            document.save(out, encryption=pikepdf.Encryption(owner="o", user="u"))
        else:
            document.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return out.getvalue()


def located(kind: str) -> bytes:
    exif = Image.Exif()
    exif.get_ifd(0x8825)[2] = (50.0, 51.0, 1.0)
    exif[0x010F] = "Uniquemaker"
    return saved(picture(), kind, exif=exif.tobytes())


def circular() -> bytes:
    """A TIFF whose list of pictures has no end: the last leads to the first."""
    content = bytearray(tiff(1))
    (first,) = struct.unpack_from("<I", content, 4)
    (entries,) = struct.unpack_from("<H", content, first)
    struct.pack_into("<I", content, first + 2 + 12 * entries, first)
    return bytes(content)


def huge_tiff() -> bytes:
    content = bytearray(tiff(1))
    (first,) = struct.unpack_from("<I", content, 4)
    for place in range(first + 2, first + 26, 12):  # width and height come first
        struct.pack_into("<HHII", content, place, *struct.unpack_from("<H", content, place), 4, 1, 100_000)
    return bytes(content)


def huge_heic() -> bytes:
    content = bytearray(saved(picture(), "HEIF"))
    at = content.index(b"ispe") + 8
    struct.pack_into(">II", content, at, 60_000, 60_000)
    return bytes(content)


def huge_webp() -> bytes:
    header = b"VP8X" + struct.pack("<I", 10) + b"\0\0\0\0" + (16_382).to_bytes(3, "little") * 2
    return b"RIFF" + struct.pack("<I", len(header) + 4 + 8) + b"WEBP" + header + b"ANMF\0\0\0\0"


def text_bomb() -> bytes:
    return png_of(900, 640, zlib.compress(bytes(640 * (1 + 900 * 3))), (b"zTXt", b"k\0\0" + zeros(3_000_000_000)))


def attacks() -> Iterator[Attack]:
    """Every attack; its file is made when it is asked for."""
    large = "400, has more than 50 megapixels"
    other = "415, is not a JPEG, PNG, TIFF, WebP, HEIC or PDF"
    disarmed = "200, disarmed"
    yield Attack("pixel flood: a PNG that promises 900 megapixels", flood, large)
    yield Attack("pixel flood: a PNG of 2³¹ by 2³¹", lambda: bomb(2**31 - 1, 2**31 - 1), large)
    yield Attack("pixel flood: a TIFF of 100,000 by 100,000", huge_tiff, large)
    yield Attack("pixel flood: a WebP animation of 16,383 by 16,383", huge_webp, large)
    yield Attack("pixel flood: a HEIC of 60,000 by 60,000", huge_heic, "400")
    yield Attack("deflate bomb: 3 GB of text in a PNG", text_bomb, UNREADABLE)
    yield Attack("deflate bomb: 2 GB on a PDF's page, deflated twice", lambda: pdf("bomb"), "400")
    yield Attack("a PDF of 10,000 pages", lambda: pdf(pages=10_000), "400, has more than 4 pages")
    yield Attack("work without end: a PDF's page painted half a million times", endless, "400, takes too long to read")
    yield Attack("a TIFF whose list of pictures goes in a circle", circular, disarmed)
    yield Attack("polyglot: HTML before a PDF", lambda: SCRIPT + b"\n" + scanned(), disarmed)
    yield Attack("polyglot: HTML in a JPEG's comment", lambda: jpeg(comment=SCRIPT), disarmed)
    yield Attack("polyglot: a ZIP behind a JPEG", lambda: jpeg() + b"PK\x03\x04" + SCRIPT, disarmed)
    yield Attack("a ZIP named .jpg", lambda: b"PK\x03\x04" + bytes(500), other)
    yield Attack("SVG", lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", other, "scan.png")
    yield Attack(
        "an encrypted PDF",
        lambda: pdf("encrypted"),
        "400, is protected by a password: print it to a new PDF, or send pictures of it",
    )
    yield Attack("a PDF with a script", lambda: pdf("script"), "400, has scripts or actions in it")
    yield Attack("a PDF with a program in it", lambda: pdf("file"), "400, has files embedded in it")
    for kind, shown in (("JPEG", "JPEG"), ("PNG", "PNG"), ("TIFF", "TIFF"), ("WEBP", "WebP"), ("HEIF", "HEIC")):
        yield Attack(f"half a {shown}", partial(half, kind), UNREADABLE)
    yield Attack("half a PDF", lambda: scanned()[:2_000], "400")
    yield Attack("EXIF with the place and the camera, in a JPEG", lambda: located("JPEG"), disarmed)
    yield Attack("EXIF with the place and the camera, in a HEIC", lambda: located("HEIF"), disarmed)
    yield Attack("the author's name in a PNG", signed, disarmed)
    yield Attack("a file named ../../../../tmp/niss-owned.jpg", jpeg, disarmed, "../../../../tmp/niss-owned.jpg")
    yield Attack("a null byte in the file's name", jpeg, disarmed, "scan.php\0.jpg")
    yield Attack("nothing but null bytes", lambda: bytes(5_000), other)
    heavy = "413, has more than 10,000,000 bytes"
    yield Attack("a file of more than 10,000,000 bytes", lambda: jpeg() + bytes(10_000_000), heavy)


def jpeg(**options: bytes) -> bytes:
    return saved(picture(), "JPEG", **options)


def half(kind: str) -> bytes:
    whole = saved(picture(), kind)
    return whole[: len(whole) // 2]


def flood() -> bytes:
    return png_of(30_000, 30_000, zeros(9_000_000))


def signed() -> bytes:
    told = PngInfo()
    told.add_text("Author", "Uniquemaker")
    return saved(picture(), "PNG", pnginfo=told)
