"""What is wrong with a page: too few pixels, blurred, glaring, dark, cut off, lying on its side, or nothing on it.

All is measured on the document within the page, not on the file: a card in the corner of a large scan is small. Bounds
are measured by `python -m bench.documents` (docs/documents.md). Some 0.1 seconds of one core a page.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from domain.document import Verdict

Grey = NDArray[np.float32]

#: Longer side of the page, in pixels, in which the document is looked for, and of the document when it is judged.
_SMALL: Final = 400
_WORK: Final = 1000
#: Longer side of the page, and of the document on it, in pixels: a passport's zone then has 13 pixels a character.
LOW_RESOLUTION: Final = 800
_SMALL_DOCUMENT: Final = 450
#: Longer side in pixels from which a page is a sheet that a document lies on.
_SHEET: Final = 1400
#: Standard deviation of grey values (0..255) of the page made small; a blank scanned sheet has about 1, with a text 8.
BLANK: Final = 2.5
#: Widening of edges in pixels (sigma) where the document is 1,000 pixels long: a zone's letters are 22 to 32 high.
BLURRED: Final = 3.4
#: Per cent of a document that is no edge.
_STEEPEST: Final = 99.0
#: Grey value that nine tenths of the page stay below: paper is light, however dark the table.
DARK: Final = 95.0
#: Grey value from which nothing is left of what was there, and radius of such a spot in parts of the document's length.
_BURNT: Final = 250.0
_SPOT: Final = 0.032
#: A page that is light all over was scanned: white is its paper.
_SCANNED: Final = 238.0
#: The page made so small that its outermost pixels are its edges; the corners of each side are not looked at.
_RING: Final = 64
_CORNER: Final = 4
#: Places of a side over which the grain of a table is evened out.
_GRAIN: Final = 7
#: Share of the picture that is not the table, and how much of the rectangle around it that must fill: a document does.
_LEAST_SEEN: Final = 0.06
_FILLED: Final = 0.5
_OUTLIERS: Final = (2, 98)
#: Distance of two colours, and shares of a side that are paper: of one where the document leaves, of one beside it, of
#: one where the document ends.
_ANOTHER_COLOUR: Final = 45.0
_CUT: Final = 0.25
_CORNER_SHARE: Final = 0.25
_WHOLE: Final = 0.12
#: How much closer strokes follow one another down the page than across, where text runs from top to bottom: upright
#: documents have at most 0.7, those on their side at least 1.4. In runs of so many pixels of a document 1,000 long.
_ON_ITS_SIDE: Final = 1.2
_RUN: Final = 40
#: A stroke longer than any letter is of a ruled line, in pixels of the same; so much of it must be there.
_RULE: Final = 48
_UNBROKEN: Final = 0.95
#: A step of grey that is a stroke's, in parts of the page's steepest.
_STROKE: Final = 0.35
#: Share of the rows, and of the columns, that have strokes in them: less than this is no document.
_WRITTEN: Final = 0.5
#: Share of the pixels that are strokes: where there are more, it is a pattern and no text.
_CROWDED: Final = 0.065


def judge(image: Image.Image) -> tuple[Verdict, tuple[str, ...]]:
    """The verdict and its reasons (`lowResolution`, `blurred`, …); `poor` warns, never blocks. `image` is RGB or L."""
    grey = image.convert("L")
    small = grey.copy()
    small.thumbnail((_SMALL, _SMALL), reducing_gap=2.0)
    page = np.asarray(small, np.float32)
    if float(page.std()) < BLANK:
        low = ("lowResolution",) if max(image.size) < LOW_RESOLUTION else ()
        return Verdict.POOR, (*low, "blank")
    box = document_box(page)
    scale = max(image.size) / max(small.size)
    left, top, right, bottom = (round(edge * scale) for edge in box)
    right, bottom = min(right, grey.width), min(bottom, grey.height)
    long_side = max(right - left, bottom - top)
    shrink = min(1.0, _WORK / long_side)
    size = (max(8, round((right - left) * shrink)), max(8, round((bottom - top) * shrink)))
    document = grey.resize(size, Image.Resampling.BOX, box=(left, top, right, bottom))
    found = {
        "lowResolution": max(image.size) < LOW_RESOLUTION
        or (long_side < _SMALL_DOCUMENT and max(image.size) >= _SHEET),
        "blurred": edge_width(document) * _WORK / (long_side * shrink) > BLURRED,
        "glare": _glares(page, box),
        "dark": float(np.percentile(page, 90)) < DARK,
        "cutOff": _is_cut_off(image),
        "rotated": _on_its_side(np.asarray(document)),
    }
    if found["blurred"]:
        found["rotated"] = found["cutOff"] = False  # of what cannot be seen nothing more is said
    reasons = tuple(reason for reason, true in found.items() if true)
    return (Verdict.POOR if reasons else Verdict.GOOD), reasons


def document_box(page: Grey) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of what is not background: where paper around it is even, else the whole page."""
    across, down = np.abs(np.diff(page, axis=1)), np.abs(np.diff(page, axis=0))
    busy = np.zeros_like(page)
    busy[:, 1:] += across
    busy[1:, :] += down
    strong = busy > max(12.0, 0.12 * float(np.percentile(busy, 99.5)))
    edges = []
    for share in (strong.mean(axis=0), strong.mean(axis=1)):
        there = np.flatnonzero(share > 0.012)
        edges.append((int(there[0]), int(there[-1]) + 1) if len(there) else (0, len(share)))
    (left, right), (top, bottom) = edges
    if right - left < 8 or bottom - top < 8:
        return 0, 0, page.shape[1], page.shape[0]
    return left, top, right, bottom


def edge_width(document: Image.Image) -> float:
    """By how many pixels (sigma of a Gaussian) the sharpest edges are widened.

    An edge widened by s and smoothed by a has a slope of 1 / sqrt(s² + a²): two smoothings of the same edge tell s.
    Neither size, contrast nor number of the letters matters.
    """
    fine, coarse = 1.0, 2.5
    sharp, soft = (_slopes(document, sigma) for sigma in (fine, coarse))
    steepness = np.hypot(*soft)
    if steepness.size == 0:
        return 0.0
    steep = steepness >= max(1.0, float(np.percentile(steepness, _STEEPEST)))
    if not steep.any():
        return float(_WORK)
    # Along the soft slope, summed over all edges: what noise adds to the sharp one cancels out.
    along = sum(float((one[steep] * other[steep]).sum()) for one, other in zip(sharp, soft, strict=True))
    ratio = along / float(np.square(steepness[steep]).sum())
    if ratio <= 1.02:
        return float(_WORK)
    return float(np.sqrt(max(0.0, (coarse**2 - ratio**2 * fine**2) / (ratio**2 - 1))))


def _slopes(document: Image.Image, sigma: float) -> tuple[Grey, Grey]:
    """Slopes across and down, without the outermost pixels."""
    seen = np.asarray(document.filter(ImageFilter.GaussianBlur(sigma)), np.float32)
    across, down = np.zeros_like(seen), np.zeros_like(seen)
    across[:, 1:-1] = (seen[:, 2:] - seen[:, :-2]) / 2
    down[1:-1, :] = (seen[2:, :] - seen[:-2, :]) / 2
    return across[3:-3, 3:-3], down[3:-3, 3:-3]


def _glares(page: Grey, box: tuple[int, int, int, int]) -> bool:
    """A burnt spot on the document that is wider than any gap between its lines."""
    left, top, right, bottom = box
    inside = page[top:bottom, left:right]
    if float(np.median(inside)) > _SCANNED:
        return False
    radius = max(3, round(_SPOT * max(inside.shape)))
    side = 2 * radius + 1
    if min(inside.shape) <= side:
        return False
    sums = np.pad((inside >= _BURNT).astype(np.float32).cumsum(0).cumsum(1), ((1, 0), (1, 0)))
    spots = sums[side:, side:] - sums[:-side, side:] - sums[side:, :-side] + sums[:-side, :-side]
    return bool((spots >= 0.97 * side * side).any())


def _is_cut_off(image: Image.Image) -> bool:
    """Whether the document leaves the picture on one side and not on all: there its paper is where the table should be.

    A scan that is the document from edge to edge has no table, and a scanned sheet no other paper: neither is cut off.
    """
    coloured = image if image.mode == "RGB" else image.convert("RGB")
    seen = np.asarray(coloured.resize((_RING, _RING), Image.Resampling.BOX, reducing_gap=4.0), np.float32)
    edges = (seen[:2].mean(axis=0), seen[-2:].mean(axis=0), seen[:, :2].mean(axis=1), seen[:, -2:].mean(axis=1))
    sides = [_smoothed(edge[_CORNER:-_CORNER]) for edge in edges]
    # What most sides show: one that the document leaves by is another's colour.
    table = np.median(np.stack([np.median(side, axis=0) for side in sides]), axis=0)
    there = np.linalg.norm(_evened(seen) - table, axis=2) > _ANOTHER_COLOUR
    if float(there.mean()) < _LEAST_SEEN or _scattered(there):
        return False
    paper = np.median(seen[there], axis=0)
    shares = sorted(
        float((np.linalg.norm(side - paper, axis=1) < np.linalg.norm(side - table, axis=1)).mean()) for side in sides
    )
    # The table must show on the three other sides, on one of them perhaps less: a document askew reaches a corner.
    return shares[3] > _CUT and shares[2] < min(_CORNER_SHARE, shares[3] / 2) and shares[1] < _WHOLE


def _evened(seen: Grey) -> Grey:
    """Each pixel as the mean of the nine around it."""
    padded = np.pad(seen, ((1, 1), (1, 1), (0, 0)), mode="edge")
    rows = padded[:-2] + padded[1:-1] + padded[2:]
    return np.asarray((rows[:, :-2] + rows[:, 1:-1] + rows[:, 2:]) / 9, np.float32)


def _scattered(there: NDArray[np.bool_]) -> bool:
    """Whether what is not the table is no document: one from edge to edge has bar, portrait and text apart."""
    spots = np.nonzero(there)
    (top, bottom), (left, right) = (np.percentile(spot, _OUTLIERS).astype(int) for spot in spots)
    return float(there[top : bottom + 1, left : right + 1].mean()) < _FILLED


def _smoothed(side: Grey) -> Grey:
    """A side of the ring with the grain of wood and cloth evened out."""
    padded = np.pad(side, ((_GRAIN // 2, _GRAIN // 2), (0, 0)), mode="edge").cumsum(axis=0)
    sums = np.pad(padded, ((1, 0), (0, 0)))
    return np.asarray((sums[_GRAIN:] - sums[:-_GRAIN]) / _GRAIN, np.float32)


def _on_its_side(seen: NDArray[np.uint8]) -> bool:
    """Whether lines of text run from top to bottom: strokes then follow one another down the page, not across it."""
    together = []
    for turned in (seen, seen.T):
        before, after = turned[:, :-1], turned[:, 1:]
        steps = np.maximum(before, after) - np.minimum(before, after)
        strokes = (steps > _STROKE * _steepest(steps)).astype(np.float32)
        if strokes.shape[1] <= _RUN or float(strokes.any(axis=1).mean()) < _WRITTEN:
            return False
        if float(strokes.mean()) > _CROWDED:
            return False
        sums = _without_rules(strokes).cumsum(axis=1)
        together.append(float(np.square(sums[:, _RUN:] - sums[:, :-_RUN]).mean()))
    across, down = together
    return down > _ON_ITS_SIDE * across


def _steepest(steps: NDArray[np.uint8]) -> float:
    """The value that 99.5 per cent of the steps do not exceed: counted, as there are but 256 of them."""
    counted = np.bincount(steps.ravel(), minlength=256).cumsum()
    return float(np.searchsorted(counted, 0.995 * steps.size))


def _without_rules(strokes: Grey) -> Grey:
    """`strokes` (0 or 1) without those down the page that are longer than letters: lines of tables, edges of photos."""
    if strokes.shape[0] <= _RULE:
        return strokes
    wide = strokes.copy()
    wide[:, 1:] = np.maximum(wide[:, 1:], strokes[:, :-1])  # a line slightly askew goes on one pixel beside
    unbroken = _sums(wide) >= _UNBROKEN * _RULE
    ruled = _sums(np.pad(unbroken.astype(np.float32), ((_RULE - 1, _RULE - 1), (0, 0)))) > 0
    left = strokes * ~ruled
    left[:, 1:] *= ~ruled[:, :-1]
    left[:, :-1] *= ~ruled[:, 1:]
    return np.asarray(left, np.float32)


def _sums(values: Grey) -> Grey:
    """Sums of `_RULE` values one below the other."""
    down = np.pad(values.cumsum(axis=0), ((1, 0), (0, 0)))
    return np.asarray(down[_RULE:] - down[:-_RULE], np.float32)
