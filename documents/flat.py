"""A page made easier to look at: turned until its lines are level, and cut down to the document in it.

For eyes alone: what is stored, read and compared is the page as it came. Perspective is left as it is.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from documents.quality import document_box

Grey = NDArray[np.float32]
Box = tuple[int, int, int, int]
#: Longer side, in pixels, of the page when it is measured.
_SMALL: Final = 640
#: Degrees looked through, coarsely and then around the best; less than the last is level enough.
_MOST: Final = 15.0
_COARSE: Final = 1.0
_FINE: Final = 0.2
_LEVEL: Final = 0.3
#: The best direction must stand out so much from level, or the page has no lines to go by.
_CLEARER: Final = 1.04
#: Share of the steps of grey that are strokes and edges.
_STROKES: Final = 94.0
#: Distance of two colours from which paper is told from the table; shares of a row or column that must be paper.
_ANOTHER_COLOUR: Final = 40.0
_PAPER: Final = 0.3
#: What is left around the document, and how small it may be, in parts of the page's side.
_MARGIN: Final = 0.02
_SMALLEST: Final = 0.25


def straightened(image: Image.Image) -> Image.Image:
    """The document level and without most of what lies around it. `image` is RGB or L; its own size at most."""
    small = image.convert("RGB")
    small.thumbnail((_SMALL, _SMALL), reducing_gap=2.0)
    angle = askew(small)
    if angle:
        table = _colours(small)[1]
        small, image = (_turned(one, angle, table) for one in (small, image.convert("RGB")))
    left, top, right, bottom = _document(small)
    scale = image.width / small.width, image.height / small.height
    return image.crop(
        (round(left * scale[0]), round(top * scale[1]), round(right * scale[0]), round(bottom * scale[1]))
    )


def askew(image: Image.Image) -> float:
    """By how many degrees a page must be turned counterclockwise until its lines are level or upright; 0 where it is.

    Strokes of text, ruled lines and edges fall into few rows and columns when they are level.
    """
    grey = np.asarray(image.convert("L"), np.float32)
    steps = np.zeros_like(grey)
    steps[1:, :] += np.abs(np.diff(grey, axis=0))
    steps[:, 1:] += np.abs(np.diff(grey, axis=1))
    strong = steps > max(12.0, float(np.percentile(steps, _STROKES)))
    # Smoothed, so that a page that is not turned has no sharper strokes than one that is.
    strokes = Image.fromarray((strong * 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(1.0))
    best = max(np.arange(-_MOST, _MOST + _COARSE, _COARSE), key=lambda angle: _order(strokes, float(angle)))
    near = np.arange(best - _COARSE, best + _COARSE + _FINE, _FINE)
    found = float(max(near, key=lambda angle: _order(strokes, float(angle))))
    if abs(found) < _LEVEL or _order(strokes, found) <= _CLEARER * _order(strokes, 0.0):
        return 0.0
    return found


def _order(strokes: Image.Image, angle: float) -> float:
    """How unevenly strokes are spread over rows and columns of the page turned by `angle`, its middle part alone."""
    turned = np.asarray(strokes.rotate(angle, Image.Resampling.BILINEAR), np.float32) / 255
    height, width = turned.shape
    middle = turned[height // 12 : -(height // 12) or None, width // 12 : -(width // 12) or None]
    return float(sum(np.square(np.diff(middle.mean(axis=axis))).sum() for axis in (0, 1)))


def _turned(image: Image.Image, angle: float, table: tuple[int, int, int]) -> Image.Image:
    return image.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=table)


def _colours(small: Image.Image) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    """The colour of the paper, from the page's middle, and that of what it lies on, from its edges."""
    seen = np.asarray(small)
    height, width = seen.shape[:2]
    paper = np.median(seen[height // 3 : -height // 3, width // 3 : -width // 3].reshape(-1, 3), axis=0)
    rim = max(2, min(height, width) // 40)
    edges = (seen[:rim], seen[-rim:], seen[:, :rim], seen[:, -rim:])
    table = np.median(np.concatenate([edge.reshape(-1, 3) for edge in edges]), axis=0)
    return _colour(paper), _colour(table)


def _colour(given: NDArray[np.float64]) -> tuple[int, int, int]:
    red, green, blue = (int(part) for part in given)
    return red, green, blue


def _document(small: Image.Image) -> Box:
    """Left, top, right, bottom of the document; the whole page where it is not told from what is around it."""
    paper, table = _colours(small)
    seen = np.asarray(small, np.float32)
    if float(np.linalg.norm(np.subtract(paper, table))) < _ANOTHER_COLOUR:
        box = document_box(np.asarray(small.convert("L"), np.float32))
    else:
        nearer = np.linalg.norm(seen - paper, axis=2) < np.linalg.norm(seen - table, axis=2)
        across, down = (_run(nearer.mean(axis=axis) > _PAPER) for axis in (0, 1))
        box = across[0], down[0], across[1], down[1]
    width, height = small.size
    margin = round(_MARGIN * max(width, height))
    left, top = max(0, box[0] - margin), max(0, box[1] - margin)
    right, bottom = min(width, box[2] + margin), min(height, box[3] + margin)
    if right - left < _SMALLEST * width or bottom - top < _SMALLEST * height:
        return 0, 0, width, height
    return left, top, right, bottom


def _run(there: NDArray[np.bool_]) -> tuple[int, int]:
    """From the first to behind the last that is there."""
    found = np.flatnonzero(there)
    return (int(found[0]), int(found[-1]) + 1) if len(found) else (0, len(there))
