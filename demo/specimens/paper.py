"""What documents are printed on and with: security paper, a portrait that is nobody, type, the word SPECIMEN."""

from __future__ import annotations

import math
from functools import lru_cache
from importlib.resources import files
from random import Random
from typing import Final

from PIL import Image, ImageColor, ImageDraw, ImageFilter, ImageFont

Colour = tuple[int, int, int]
INK: Final[Colour] = (34, 34, 44)
PALE_INK: Final[Colour] = (92, 96, 118)


@lru_cache(maxsize=64)
def font(size: int, weight: str = "Regular") -> ImageFont.FreeTypeFont:
    """Roboto (Apache licence, package font-roboto): it has the accents that Pillow's own font lacks. Size in pixels."""
    return ImageFont.truetype(str(files("font_roboto") / "files" / f"Roboto-{weight}.ttf"), size)


def tint(hue: int, saturation: int, lightness: int) -> Colour:
    """A colour by hue (degrees), saturation and lightness (percent)."""
    red, green, blue = ImageColor.getrgb(f"hsl({hue % 360}, {saturation}%, {lightness}%)")[:3]
    return red, green, blue


def security_paper(size: tuple[int, int], hues: tuple[int, int], luck: Random) -> Image.Image:
    """Pale paper that runs from one hue into the other, covered with guilloche lines."""
    width, height = size
    left, right = tint(hues[0], 45, 90), tint(hues[1], 45, 91)
    ramp = Image.linear_gradient("L").rotate(90).resize(size)
    paper = Image.composite(Image.new("RGB", size, left), Image.new("RGB", size, right), ramp)
    fine = Image.new("RGB", (width * 2, height * 2))
    fine.paste(paper.resize(fine.size))
    draw = ImageDraw.Draw(fine)
    for hue, tilt in ((hues[0], 0.18), (hues[1], -0.14)):
        _waves(draw, fine.size, tint(hue, 38, 80), tilt, luck)
    for centre_x, centre_y, radius in ((0.76, 0.42, 0.32), (0.17, 0.62, 0.2)):
        centre = (fine.width * centre_x, fine.height * centre_y)
        _rosette(draw, centre, fine.height * radius, tint(hues[1], 42, 76), luck.randrange(9, 15))
    return fine.resize(size, Image.Resampling.BOX)


def _waves(draw: ImageDraw.ImageDraw, size: tuple[int, int], colour: Colour, tilt: float, luck: Random) -> None:
    width, height = size
    period, swing, phase = width / luck.uniform(2.2, 3.4), height / luck.uniform(9, 14), luck.uniform(0, 6)
    for base in range(-height // 3, height + height // 3, max(16, height // 64)):
        points = [
            (x, base + tilt * x + swing * math.sin(x / period * math.tau + phase + base / height * 2.4))
            for x in range(0, width + 24, 24)
        ]
        draw.line(points, fill=colour, width=2)


def _rosette(
    draw: ImageDraw.ImageDraw, centre: tuple[float, float], radius: float, colour: Colour, petals: int
) -> None:
    for ring in range(12):
        points = []
        for step in range(361):
            turn = math.radians(step)
            reach = radius * (0.28 + 0.06 * ring) * (1 + 0.13 * math.sin(petals * turn + ring * 0.55))
            points.append((centre[0] + reach * math.cos(turn), centre[1] + reach * math.sin(turn)))
        draw.line(points, fill=colour, width=2)


def portrait(size: tuple[int, int], luck: Random, *, long_hair: bool) -> Image.Image:
    """A head and shoulders without a face: nobody is on a specimen."""
    width, height = size[0] * 2, size[1] * 2
    image = Image.new("RGB", (width, height), tint(210, 12, luck.randrange(80, 87)))
    draw = ImageDraw.Draw(image)
    coat, skin, hair = tint(luck.randrange(360), 22, 36), tint(24, 30, luck.randrange(52, 74)), tint(28, 35, 20)
    middle = width / 2
    if long_hair:
        draw.rounded_rectangle(
            (middle - width * 0.29, height * 0.2, middle + width * 0.29, height * 0.74), 90, fill=hair
        )
    draw.ellipse((middle - width * 0.46, height * 0.7, middle + width * 0.46, height * 1.4), fill=coat)
    draw.rectangle((middle - width * 0.1, height * 0.55, middle + width * 0.1, height * 0.77), fill=skin)
    draw.polygon(
        [(middle - width * 0.13, height * 0.74), (middle + width * 0.13, height * 0.74), (middle, height * 0.86)],
        fill=skin,
    )
    draw.ellipse((middle - width * 0.24, height * 0.15, middle + width * 0.24, height * 0.64), fill=skin)
    draw.pieslice((middle - width * 0.27, height * 0.1, middle + width * 0.27, height * 0.56), 180, 360, fill=hair)
    shade = Image.linear_gradient("L").rotate(90).resize(image.size).point(lambda value: 255 - value * 0.22)
    shaded = Image.composite(image, Image.new("RGB", image.size, (20, 24, 36)), shade)
    return shaded.filter(ImageFilter.GaussianBlur(width / 150)).resize(size, Image.Resampling.LANCZOS)


def stamp_specimen(image: Image.Image, *, size: int, angle: float = 24.0) -> None:
    """The word over the whole document, in red that lets everything below be read."""
    letters = font(size, "Black")
    word = "SPECIMEN"
    left, top, right, bottom = letters.getbbox(word)
    mask = Image.new("L", (round(right - left) + 20, round(bottom - top) + 20))
    ImageDraw.Draw(mask).text((10 - left, 10 - top), word, font=letters, fill=58)
    turned = mask.rotate(angle, expand=True, resample=Image.Resampling.BICUBIC)
    place = ((image.width - turned.width) // 2, (image.height - turned.height) // 2)
    image.paste((196, 30, 58), place, turned)


def fit(draw: ImageDraw.ImageDraw, place: tuple[float, float], text: str, *, size: int, width: float) -> None:
    """Text in bold ink, made smaller until it fits `width` pixels."""
    while size > 12 and draw.textlength(text, font=font(size, "Medium")) > width:
        size -= 1
    draw.text(place, text, font=font(size, "Medium"), fill=INK)


def signature(image: Image.Image, place: tuple[int, int], size: tuple[int, int], luck: Random) -> None:
    """A hand's quick line, drawn four times as large and made small."""
    width, height = size[0] * 4, size[1] * 4
    mask = Image.new("L", (width, height))
    speed, lean = luck.uniform(38, 52), luck.uniform(0.5, 1.4)
    points = []
    for step in range(600):
        part = step / 599
        fade = (1 - part * 0.7) * (0.55 + 0.45 * math.sin(part * 9 + lean))
        x = width * (0.05 + 0.9 * part) + height * 0.16 * math.sin(part * speed + lean)
        points.append((x, height * (0.5 - 0.42 * fade * math.sin(part * speed))))
    ImageDraw.Draw(mask).line(points, fill=255, width=11, joint="curve")
    image.paste((36, 48, 112), place, mask.resize(size, Image.Resampling.LANCZOS))
