"""Where on a page a zone may be: two or three long lines of text, one below the other, in any direction."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import cv2
import numpy as np
from cv2.typing import MatLike

from documents.zone.models import FloatArray

#: How likely a pixel must be text; and how far a line reaches beyond such pixels, in (area / perimeter) of its core.
_TEXT: Final = 0.3
_REACH: Final = 1.6
#: A piece of a line is so many times as long as high; a line of a zone is (30 letters of a card: 19; 44: 28).
_PIECE: Final = 1.5
_LINE: Final = 9.0
_LONGEST: Final = 60.0
#: Pieces of one line: at most so far apart and aside, in heights.
_GAP: Final = 8.0
_ASIDE: Final = 0.45
_ALIKE: Final = 1.7
_ANGLE: Final = math.radians(7.0)
#: From one line of a zone to the next, in heights of a line as found: small letters are found too high.
_NEXT: Final = (0.6, 3.4)
_SAME_LENGTH: Final = 0.6
_MOST: Final = 6


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line of text in pixels of the page: middle of its left and right end, and its height."""

    left: tuple[float, float]
    right: tuple[float, float]
    height: float

    @property
    def length(self) -> float:
        """From end to end, in pixels."""
        return math.dist(self.left, self.right)

    @property
    def angle(self) -> float:
        """Its direction in radians; 0 to the right, positive clockwise."""
        return math.atan2(self.right[1] - self.left[1], self.right[0] - self.left[0])

    @property
    def middle(self) -> tuple[float, float]:
        """The point between its ends."""
        return (self.left[0] + self.right[0]) / 2, (self.left[1] + self.right[1]) / 2

    def turned(self) -> Line:
        """The same line, read from its other end."""
        return Line(self.right, self.left, self.height)

    def along(self, point: tuple[float, float]) -> tuple[float, float]:
        """How far along the line (from its left end) and how far below it a point is, in pixels."""
        x, y = point[0] - self.left[0], point[1] - self.left[1]
        cos, sin = math.cos(self.angle), math.sin(self.angle)
        return x * cos + y * sin, y * cos - x * sin


def lines_of(textness: FloatArray, scale: float) -> list[Line]:
    """The lines of text of a page, longest first; `scale` is the page's size in that of `textness`."""
    contours, _ = cv2.findContours((textness > _TEXT).astype(np.uint8), cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    pieces = [piece for contour in contours if (piece := _piece(contour, scale)) is not None]
    pieces.sort(key=lambda piece: -piece.length)
    lines: list[Line] = []
    while pieces:
        seed, *pieces = pieces
        line, pieces = _grown(seed, pieces)
        if _LINE <= line.length / line.height <= _LONGEST:
            lines.append(line)
    return sorted(lines, key=lambda line: -line.length)


def _piece(contour: MatLike, scale: float) -> Line | None:
    (x, y), (width, height), angle = cv2.minAreaRect(contour)
    if min(width, height) < 2:
        return None
    if width < height:
        width, height, angle = height, width, angle + 90
    reach = _REACH * width * height / (width + height)
    if width + reach < _PIECE * (height + reach):
        return None
    turn = math.radians(angle)
    half = (width + reach) / 2
    dx, dy = half * math.cos(turn), half * math.sin(turn)
    if dx + dy < 0:
        # One way or the other, but the same for all lines of a page that lies or stands: from -45 to 135 degrees.
        dx, dy = -dx, -dy
    ends = ((x - dx) * scale, (y - dy) * scale), ((x + dx) * scale, (y + dy) * scale)
    return Line(*ends, (height + reach) * scale)


def _grown(line: Line, pieces: Sequence[Line]) -> tuple[Line, list[Line]]:
    """A line with all pieces that lie on it, and what is left: fillers often fall apart."""
    left = list(pieces)
    grown = True
    while grown:
        grown = False
        for piece in left:
            if _continues(line, piece):
                line = _joined(line, piece)
                left.remove(piece)
                grown = True
                break
    return line, left


def _continues(line: Line, piece: Line) -> bool:
    if not 1 / _ALIKE < piece.height / line.height < _ALIKE:
        return False
    spots = [line.along(end) for end in (piece.left, piece.right)]
    if any(abs(aside) > _ASIDE * line.height for _, aside in spots):
        return False
    near, far = sorted(distance for distance, _ in spots)
    return near - line.length < _GAP * line.height and -far < _GAP * line.height


def _joined(line: Line, piece: Line) -> Line:
    ends = sorted((line.left, line.right, piece.left, piece.right), key=lambda end: line.along(end)[0])
    return Line(ends[0], ends[-1], max(line.height, piece.height))


def candidates(lines: Sequence[Line]) -> list[tuple[Line, ...]]:
    """Sets of two or three lines that may be a zone, likeliest first; each from the upper to the lower as the page is.

    Whether a set is upside down its lines do not tell.
    """
    below = {line: _next(line, lines) for line in lines}
    threes: list[tuple[Line, ...]] = []
    twos: list[tuple[Line, ...]] = []
    for first in lines:
        for second in below[first]:
            twos.append((first, second))
            threes.extend((first, second, third) for third in below[second])
    found = sorted(threes, key=_unlike) + sorted(twos, key=_unlike)
    found.sort(key=lambda group: -max(line.length for line in group))
    return found[:_MOST]


def with_a_third(first: Line, second: Line) -> list[tuple[Line, Line, Line]]:
    """Two lines with a third one where it may have been overlooked: between them, below, above."""
    return [
        (first, _between(first, second, 0.5), second),
        (first, second, _between(first, second, 2.0)),
        (_between(first, second, -1.0), first, second),
    ]


def _between(first: Line, second: Line, share: float) -> Line:
    """The line at `share` of the way from one to another; 2 is as far again beyond the second."""

    def at(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
        return one[0] + share * (other[0] - one[0]), one[1] + share * (other[1] - one[1])

    return Line(at(first.left, second.left), at(first.right, second.right), min(first.height, second.height))


def _unlike(group: tuple[Line, ...]) -> float:
    return sum(abs(a.length - b.length) / a.length for a, b in pairwise(group))


def _next(line: Line, lines: Sequence[Line]) -> list[Line]:
    """Lines that follow below, with nearly the same ends."""
    found = []
    for other in lines:
        if other is line or abs(other.angle - line.angle) > _ANGLE:
            continue
        shorter, longer = sorted((line.length, other.length))
        if shorter < _SAME_LENGTH * longer or not 1 / _ALIKE < other.height / line.height < _ALIKE:
            continue
        distance = line.along(other.middle)[1] / max(line.height, other.height)
        if not _NEXT[0] < distance < _NEXT[1]:
            continue
        starts, ends = line.along(other.left)[0], line.along(other.right)[0]
        if min(ends, line.length) - max(starts, 0.0) > 0.8 * shorter:
            found.append(other)
    return found
