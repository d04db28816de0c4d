"""How a document reaches the desk: photographed on a table, scanned into a PDF, clean, or blurred beyond reading."""

from __future__ import annotations

import io
import math
import time
from collections.abc import Sequence
from random import Random
from typing import Final

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

_SCAN_DPI: Final = 250
_A4: Final = (round(8.27 * _SCAN_DPI), round(11.69 * _SCAN_DPI))
_MM_PER_INCH: Final = 25.4
#: Long and short side of a photograph in pixels (4.3 megapixels: what messengers leave of a phone's twelve).
_PHOTO: Final = (2400, 1800)
_ORIENTATION: Final = 0x0112
#: A fixed day in what Pillow writes into a PDF, so that the same seed gives the same bytes.
_WHEN: Final = time.gmtime(1_735_689_600)


def photograph(document: Image.Image, luck: Random, *, blur: float = 0.8, quality: int = 70) -> bytes:
    """A JPEG as phones make them: in perspective, unevenly lit, with noise, stored lying with an orientation tag."""
    tall = document.height > document.width
    size = (_PHOTO[1], _PHOTO[0]) if tall else _PHOTO
    placed, mask = _in_perspective(document, size, luck)
    table = _table(size, luck)
    shadow = ImageChops.offset(mask, 10, 16).filter(ImageFilter.GaussianBlur(22)).point(lambda value: value * 0.55)
    table.paste((18, 14, 12), (0, 0), shadow)
    table.paste(placed, (0, 0), mask)
    lit = _grain(_light(table, luck).filter(ImageFilter.GaussianBlur(blur)), luck, strength=0.09)
    exif = Image.Exif()
    if tall:
        # The sensor of a phone lies: an upright picture is stored turned, with a tag that says so.
        lit = lit.transpose(Image.Transpose.ROTATE_90)
        exif[_ORIENTATION] = 6
    out = io.BytesIO()
    lit.save(out, "JPEG", quality=quality, exif=exif)
    return out.getvalue()


def scan(sheets: Sequence[tuple[Image.Image, float]], luck: Random, *, colour: bool) -> bytes:
    """A PDF of A4 pages, one for each (document, its width in millimetres), slightly askew, as flatbeds give."""
    first, *rest = [_sheet(document, width, luck, colour=colour) for document, width in sheets]
    out = io.BytesIO()
    first.save(
        out,
        "PDF",
        save_all=True,
        append_images=rest,
        resolution=_SCAN_DPI,
        quality=80,
        creationDate=_WHEN,
        modDate=_WHEN,
        producer="Flatbed",
    )
    return out.getvalue()


def clean(document: Image.Image) -> bytes:
    """A PNG of the document alone."""
    out = io.BytesIO()
    document.save(out, "PNG")
    return out.getvalue()


def _sheet(document: Image.Image, width_mm: float, luck: Random, *, colour: bool) -> Image.Image:
    width = round(width_mm / _MM_PER_INCH * _SCAN_DPI)
    height = round(document.height * width / document.width)
    small = document.resize((width, height), Image.Resampling.LANCZOS)
    angle = luck.uniform(-1.6, 1.6)
    turned = small.rotate(angle, expand=True, resample=Image.Resampling.BICUBIC)
    mask = Image.new("L", small.size, 255).rotate(angle, expand=True, resample=Image.Resampling.BICUBIC)
    page = Image.new("RGB", _A4, (247, 247, 244))
    place = (luck.randrange(160, max(161, _A4[0] - turned.width - 160)), luck.randrange(220, 700))
    edge = mask.filter(ImageFilter.GaussianBlur(4)).point(lambda value: value * 0.5)
    page.paste((90, 90, 90), (place[0] + 6, place[1] + 7), edge)
    page.paste(turned, place, mask)
    page = _grain(page.filter(ImageFilter.GaussianBlur(0.5)), luck, strength=0.03)
    return page if colour else ImageOps.grayscale(page)


def _in_perspective(document: Image.Image, size: tuple[int, int], luck: Random) -> tuple[Image.Image, Image.Image]:
    """The document as a camera slightly off its axis sees it, and where it is (255) or not (0)."""
    width, height = size
    scale = min(width * 0.84 / document.width, height * 0.84 / document.height)
    half = (document.width * scale / 2, document.height * scale / 2)
    turn = math.radians(luck.uniform(-3.5, 3.5))
    corners = []
    for sign_x, sign_y in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
        x = sign_x * half[0] * luck.uniform(0.955, 1.0)
        y = sign_y * half[1] * luck.uniform(0.955, 1.0)
        corners.append(
            (width / 2 + x * math.cos(turn) - y * math.sin(turn), height / 2 + x * math.sin(turn) + y * math.cos(turn))
        )
    source = [(0.0, 0.0), (document.width, 0.0), (document.width, document.height), (0.0, document.height)]
    coefficients = _projection(corners, source)
    sheet = Image.new("L", document.size)
    ImageDraw.Draw(sheet).rounded_rectangle((0, 0, document.width - 1, document.height - 1), 42, fill=255)
    how = (Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BICUBIC)
    return document.transform(size, *how), sheet.transform(size, *how)


def _projection(to: Sequence[tuple[float, float]], source: Sequence[tuple[float, float]]) -> list[float]:
    """The eight coefficients that lead each point of `to` back to its point of `source` (Gauss on 8 equations)."""
    rows = []
    for (x, y), (u, v) in zip(to, source, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    for column in range(8):
        best = max(range(column, 8), key=lambda row: abs(rows[row][column]))
        rows[column], rows[best] = rows[best], rows[column]
        pivot = rows[column][column]
        rows[column] = [value / pivot for value in rows[column]]
        for row in range(8):
            if row != column:
                factor = rows[row][column]
                rows[row] = [a - factor * b for a, b in zip(rows[row], rows[column], strict=True)]
    return [row[8] for row in rows]


def _table(size: tuple[int, int], luck: Random) -> Image.Image:
    """Wood: noise drawn out along the grain."""
    dark, light = luck.choice(
        (((74, 48, 30), (156, 112, 74)), ((96, 90, 84), (168, 160, 150)), ((52, 40, 34), (112, 84, 62)))
    )
    grain = Image.frombytes("L", (14, 300), luck.randbytes(14 * 300)).resize(size, Image.Resampling.BICUBIC)
    fibres = Image.frombytes("L", (60, 900), luck.randbytes(60 * 900)).resize(size, Image.Resampling.BICUBIC)
    wood = Image.blend(grain, fibres, 0.45).filter(ImageFilter.GaussianBlur(1.5))
    return ImageOps.colorize(wood, dark, light)


def _light(image: Image.Image, luck: Random) -> Image.Image:
    """A window on one side, corners that fall off, warm or cold lamps."""
    size = image.size
    window = Image.linear_gradient("L").rotate(luck.choice((0, 90, 180, 270))).resize(size)
    corners = ImageOps.invert(Image.radial_gradient("L")).resize(size)
    weight = Image.blend(window, corners, 0.5).point(lambda value: 150 + value * 0.46)
    warm = luck.uniform(-1.0, 1.0)
    channels = [
        weight.point(lambda value, gain=gain: min(255, value * gain))
        for gain in (1 + 0.05 * warm, 1.0, 1 - 0.07 * warm)
    ]
    return ImageChops.multiply(image, Image.merge("RGB", channels))


def _grain(image: Image.Image, luck: Random, *, strength: float) -> Image.Image:
    """Sensor noise: even, the same for one seed."""
    noise = Image.frombytes("L", image.size, luck.randbytes(image.width * image.height))
    soft = noise.filter(ImageFilter.GaussianBlur(0.6)).point(lambda value: 128 + (value - 128) * strength * 2.2)
    return ImageChops.add(image, Image.merge("RGB", (soft, soft, soft)), 1, -128)
