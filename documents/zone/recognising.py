"""From a line on a page to the characters that stand in it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from cv2.typing import MatLike

from documents.zone.finding import Line
from documents.zone.models import ALPHABET, ROWS, STEP, FloatArray, Networks

#: How far a strip reaches beyond a line's ends, in heights: a detector often stops before the last filler.
_MARGIN: Final = 1.0
_NEIGHBOURS: Final = 4
#: A hole in a line is filled with what is likeliest in it, unless that is as good as nothing.
_FAINTEST: Final = 0.02
#: Among digits the network prefers digits: by how many powers of ten a letter must be likelier than it says. Measured:
#: a true digit is seldom less than these ahead of any letter, and a true letter seldom as far behind one.
_HABIT: Final = dict.fromkeys("ABCDEFGHIJKLMNPQRSTUVWXYZ", 3.0) | {"O": 3.5}
#: What else may stand at a place is told up to this price (domain/zone_doubts.py).
_TOLD: Final = 6.0
#: So many looks must have as many characters before their mean is taken.
_LOOKS: Final = 4
#: A chance as good as none.
_NOTHING: Final = 1e-8


@dataclass(frozen=True, slots=True)
class View:
    """One way to look at a line: rows shown, in heights of the line; how far drawn out; how made clearer."""

    rows: float
    stretch: float
    clearer: str = ""


#: Looked at one after the other until two agree. They differ in size, in shape and in what was done to the pixels, so
#: that a mistake of one is seldom the mistake of the next.
VIEWS: Final = (
    View(1.1, 1.15),
    View(1.4, 1.25, "contrast"),
    View(0.95, 1.0, "sharp"),
    View(1.25, 1.1, "dark"),
    View(1.05, 1.35, "smooth"),
)


def strips(page: MatLike, lines: Sequence[Line], view: View) -> list[MatLike]:
    """Each line upright and straight, 48 rows high, all as wide as the widest; BGR.

    Args:
        page: the whole image, BGR.
        lines: of one zone, from its first to its last, read from left to right. All are cut between the outermost ends.
        view: how.
    """
    cut = [_strip(page, line, *_reach(line, lines), view) for line in lines]
    width = max(strip.shape[1] for strip in cut)
    return [_clearer(cv2.resize(strip, (width, ROWS), interpolation=cv2.INTER_LINEAR), view.clearer) for strip in cut]


def _reach(line: Line, lines: Sequence[Line]) -> tuple[float, float]:
    ends = [line.along(end)[0] for other in lines for end in (other.left, other.right)]
    return min(ends) - _MARGIN * line.height, max(ends) + _MARGIN * line.height


def _strip(page: MatLike, line: Line, start: float, end: float, view: View) -> MatLike:
    tall = line.height * view.rows
    scale = ROWS / tall
    width = max(STEP, round((end - start) * scale * view.stretch / STEP) * STEP)
    cos, sin = math.cos(line.angle), math.sin(line.angle)
    corners = [
        (line.left[0] + along * cos - below * sin, line.left[1] + along * sin + below * cos)
        for along, below in ((start, -tall / 2), (end, -tall / 2), (start, tall / 2))
    ]
    turn = cv2.getAffineTransform(np.array(corners, np.float32), np.array([(0, 0), (width, 0), (0, ROWS)], np.float32))
    source = page
    if scale < 0.5:
        # Pixels between the sampled ones would be lost: made smaller first, by whole numbers.
        shrink = int(1 / scale)
        source, turn = _smaller(page, turn, shrink)
    how = cv2.INTER_CUBIC if scale > 1 else cv2.INTER_LINEAR
    return cv2.warpAffine(source, turn, (width, ROWS), flags=how, borderMode=cv2.BORDER_REPLICATE)


def _smaller(page: MatLike, turn: MatLike, shrink: int) -> tuple[MatLike, MatLike]:
    height, width = page.shape[0] // shrink, page.shape[1] // shrink
    small = cv2.resize(page[: height * shrink, : width * shrink], (width, height), interpolation=cv2.INTER_AREA)
    turn = turn.copy()
    turn[:, :2] *= shrink
    return small, turn


def _clearer(strip: MatLike, how: str) -> MatLike:
    if not how:
        return strip
    grey = cv2.cvtColor(strip, cv2.COLOR_BGR2GRAY)
    if how == "contrast":
        # Light is evened out by what is brightest around, then stretched over the whole range.
        paper = cv2.GaussianBlur(cv2.dilate(grey, np.ones((15, 15), np.uint8)), (0, 0), 9)
        grey = cv2.divide(grey, np.maximum(paper, 1), scale=255)
        grey = cv2.normalize(grey, np.empty_like(grey), 0, 255, cv2.NORM_MINMAX)
    elif how == "sharp":
        grey = cv2.addWeighted(grey, 1.9, cv2.GaussianBlur(grey, (0, 0), 2.0), -0.9, 0)
    elif how == "dark":
        grey = np.asarray(strip.min(axis=2))  # coloured patterns of the paper stay, black becomes blacker beside them
        grey = cv2.createCLAHE(clipLimit=2.0, tileGridSize=(1, 16)).apply(grey)
    else:
        grey = cv2.GaussianBlur(grey, (0, 0), 0.9)
    return cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR)


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """What one look at a line shows, or the mean of several.

    `signs` is a character a place, `?` where nothing could be told; `sure` how sure the recogniser was on average
    (0..1); `seen` says for each place and sign of ALPHABET how likely it is, as a power of ten.
    """

    signs: str = ""
    sure: float = 0.0
    seen: tuple[FloatArray, ...] = ()

    @property
    def doubts(self) -> list[dict[str, float]]:
        """For each place what else may stand there, with its price (domain.zone_doubts.Doubts)."""
        return [_doubts(sign, row) for sign, row in zip(self.signs, self.seen, strict=True)]


def texts(networks: Networks, page: MatLike, lines: Sequence[Line], view: View) -> list[Text]:
    """What stands in each line."""
    return [_text(chances) for chances in networks.chances(strips(page, lines, view))]


def together(looks: Sequence[Sequence[Text]]) -> list[Text] | None:
    """What all looks at the same lines show on average; None where they do not even agree on how many characters."""
    lines = []
    for same_line in zip(*looks, strict=True):
        width, times = Counter(len(text.signs) for text in same_line).most_common(1)[0]
        if times < _LOOKS:
            return None
        alike = [text for text in same_line if len(text.signs) == width]
        seen = np.mean([text.seen for text in alike], axis=0)
        lines.append(_told(list(seen), float(np.mean([text.sure for text in alike]))))
    return lines


def _text(chances: FloatArray) -> Text:
    best = chances.argmax(axis=1)
    spots: list[int] = []
    for step, sign in enumerate(best):
        if sign and (step == 0 or best[step - 1] != sign):
            spots.append(step)
        elif sign and chances[step, sign] > chances[spots[-1], sign]:
            spots[-1] = step  # where within its run a sign is likeliest
    if len(spots) < 2:
        return Text()
    sure = float(np.mean([chances[spot].max() for spot in spots]))
    return _told([np.log10(row + _NOTHING) for row in _evenly_set(chances, spots)], sure)


def _told(seen: Sequence[FloatArray], sure: float) -> Text:
    signs = "".join(ALPHABET[int(row.argmax())] if np.ptp(row) > 0 else "?" for row in seen)
    return Text(signs, sure, tuple(seen))


def _doubts(sign: str, row: FloatArray) -> dict[str, float]:
    if sign == "?":
        return {}
    ahead = row[ALPHABET.index(sign)] - row
    prices = {other: float(ahead[at]) - _habit(sign, other) for at, other in enumerate(ALPHABET) if other != sign}
    return {other: price for other, price in prices.items() if price <= _TOLD}


def _habit(sign: str, other: str) -> float:
    if sign.isdigit():
        return _HABIT.get(other, 0.0)
    return -_HABIT.get(sign, 0.0) if other.isdigit() else 0.0


def _evenly_set(chances: FloatArray, spots: list[int]) -> list[FloatArray]:
    """How likely each sign is, at every place: a zone is set in one pitch, so two in one, or none, is a misreading."""
    gaps = np.diff(spots)
    kept = [spots[0]]
    rows = [chances[spots[0], 1:]]
    for index, spot in enumerate(spots[1:]):
        around = gaps[max(0, index - _NEIGHBOURS) : index + _NEIGHBOURS + 1]
        usual = float(np.median(around))
        alike = around[(around >= 0.5 * usual) & (around <= 1.7 * usual)]
        pitch = float(np.mean(alike)) if len(alike) else usual
        places = round((spot - kept[-1]) / pitch)
        if places == 0:
            if chances[spot, 1:].max() > chances[kept[-1], 1:].max():
                kept[-1], rows[-1] = spot, chances[spot, 1:]
            continue
        rows.extend(_in_hole(chances, kept[-1], spot, places))
        kept.append(spot)
        rows.append(chances[spot, 1:])
    return rows


def _in_hole(chances: FloatArray, start: int, end: int, places: int) -> list[FloatArray]:
    """The same for the places between two characters; nothing where nothing is likely."""
    found = []
    for place in range(1, places):
        middle = start + (end - start) * place / places
        window = chances[max(start + 1, round(middle - 0.8)) : min(end, round(middle + 0.8) + 1), 1:]
        peak = window.max(axis=0) if len(window) else np.zeros(len(ALPHABET), np.float32)
        found.append(peak if peak.max() > _FAINTEST else np.zeros_like(peak))
    return found
