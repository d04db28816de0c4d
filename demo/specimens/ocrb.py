"""Letters of a machine-readable zone, drawn in strokes after the shapes of OCR-B (ISO 1073-2).

Each glyph is a list of strokes on a grid of 10 by 14: `L x y x y …` a line through points, `A cx cy rx ry from to` an
arc in degrees, 0 at the right, 90 at the bottom.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Final

from PIL import Image, ImageDraw

_WIDTH: Final = 10.0
_HEIGHT: Final = 14.0
_STROKE: Final = 1.55
_FINE: Final = 4
_O: Final = "L 1 4.5 1 9.5; A 5 9.5 4 4.5 0 180; L 9 9.5 9 4.5; A 5 4.5 4 4.5 180 360"
_P: Final = "L 1.5 14 1.5 0 5 0; A 5 3.9 4 3.9 270 450; L 5 7.8 1.5 7.8"

_GLYPHS: Final[dict[str, str]] = {
    "0": "A 5 7 3.7 7 0 360",
    "1": "L 2 3 5.5 0 5.5 14; L 2.5 14 8.5 14",
    "2": "A 5 4 4 4 190 385; L 8.63 5.69 1 14 9 14",
    "3": "A 4.6 3.7 4 3.7 200 450; A 4.6 10.7 4.3 3.3 270 520",
    "4": "L 6.5 14 6.5 0 1 9.5 9.5 9.5",
    "5": "L 8.5 0 2.5 0 2.2 6.1; A 4.7 9.6 4 4.4 235 510",
    "6": "A 5 9.7 4 4.3 0 360; L 7 0 3.4 4.6 1.3 8.6",
    "7": "L 1 0 9 0 4 14",
    "8": "A 5 3.6 3.4 3.6 0 360; A 5 10.6 4 3.4 0 360",
    "9": "A 5 4.3 4 4.3 0 360; L 8.7 5.4 6.6 9.4 3 14",
    "A": "L 0.5 14 5 0 9.5 14; L 2 9.5 8 9.5",
    "B": "L 5 0 1.5 0 1.5 14 5 14; L 1.5 7 5 7; A 5 3.5 3.4 3.5 270 450; A 5 10.5 4 3.5 270 450",
    "C": "A 6 7 5 7 50 310",
    "D": "L 4 0 1.5 0 1.5 14 4 14; A 4 7 5 7 270 450",
    "E": "L 9 0 1.5 0 1.5 14 9 14; L 1.5 7 7.5 7",
    "F": "L 9 0 1.5 0 1.5 14; L 1.5 7 7.5 7",
    "G": "A 6 7 5 7 60 310; L 6 7.6 9 7.6 9 12.7",
    "H": "L 1 0 1 14; L 9 0 9 14; L 1 7 9 7",
    "I": "L 2 0 8 0; L 5 0 5 14; L 2 14 8 14",
    "J": "L 3.5 0 8 0 8 10; A 4.5 10 3.5 4 0 160",
    "K": "L 1.5 0 1.5 14; L 9 0 1.5 8; L 4 6 9.2 14",
    "L": "L 1.5 0 1.5 14 9 14",
    "M": "L 0.7 14 0.7 0 5 8 9.3 0 9.3 14",
    "N": "L 1 14 1 0 9 14 9 0",
    "O": _O,
    "P": _P,
    "Q": _O + "; L 6 10.5 9.5 15",
    "R": _P + "; L 5 7.8 9.3 14",
    "S": "A 5 3.6 3.8 3.6 90 330; A 5 10.6 4 3.4 270 510",
    "T": "L 0.5 0 9.5 0; L 5 0 5 14",
    "U": "L 1 0 1 10; A 5 10 4 4 0 180; L 9 10 9 0",
    "V": "L 0.7 0 5 14 9.3 0",
    "W": "L 0.3 0 2.5 14 5 4 7.5 14 9.7 0",
    "X": "L 1 0 9 14; L 9 0 1 14",
    "Y": "L 0.7 0 5 7 9.3 0; L 5 7 5 14",
    "Z": "L 1 0 9 0 1 14 9 14",
    "<": "L 9 2.5 1.5 7.5 9 12.5",
}


def write(image: Image.Image, x: float, y: float, line: str, *, pitch: float, height: float) -> None:
    """Write one line in black; (x, y) is the top left of its first cell; `pitch` and `height` of a letter in pixels."""
    for index, char in enumerate(line):
        mask = _glyph(char, round(height), round(height * _WIDTH / _HEIGHT))
        left = round(x + index * pitch + (pitch - mask.width) / 2)
        image.paste((24, 24, 28), (left, round(y)), mask)


@lru_cache(maxsize=512)
def _glyph(char: str, height: int, width: int) -> Image.Image:
    """A mask of one letter with a margin of a stroke around it."""
    unit = height / _HEIGHT * _FINE
    margin = _STROKE * unit
    size = (round(width * _FINE + 2 * margin), round(height * _FINE + 2 * margin))
    mask = Image.new("L", size)
    draw = ImageDraw.Draw(mask)
    for stroke in _GLYPHS[char].split("; "):
        points = [(margin + x * unit, margin + y * unit) for x, y in _points(stroke)]
        draw.line(points, fill=255, width=round(margin), joint="curve")
        for px, py in points:
            draw.ellipse((px - margin / 2, py - margin / 2, px + margin / 2, py + margin / 2), fill=255)
    return mask.resize((size[0] // _FINE, size[1] // _FINE), Image.Resampling.LANCZOS)


def _points(stroke: str) -> list[tuple[float, float]]:
    kind, *rest = stroke.split()
    numbers = [float(number) for number in rest]
    if kind == "L":
        return list(zip(numbers[::2], numbers[1::2], strict=True))
    cx, cy, rx, ry, start, end = numbers
    steps = max(2, round((end - start) / 10))
    turns = (math.radians(start + (end - start) * step / steps) for step in range(steps + 1))
    return [(cx + rx * math.cos(turn), cy + ry * math.sin(turn)) for turn in turns]
