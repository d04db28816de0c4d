"""A page in, what its zone says out: found, read in one way after another, believed when two readings agree."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from typing import Final

import cv2
import numpy as np
from cv2.typing import MatLike

from documents.zone.finding import Line, candidates, lines_of, with_a_third
from documents.zone.models import Networks
from documents.zone.recognising import VIEWS, Text, View, texts, together
from domain.zone import ZoneFormat, ZoneReading
from domain.zone_doubts import MARGIN, MARGIN_OF_MANY
from domain.zone_lines import FILLER, LAYOUTS
from domain.zone_reading import OneReading, believed, complete, one_reading

#: Longer side of the page, in pixels, when lines are looked for; the second one where the first shows no zone.
_SIZES: Final = (960, 1600)
_GRAIN: Final = 32
#: Characters more or less than a layout's that a line may have been read as.
_MORE: Final = 4
_LESS: Final = 3
#: How sure the recogniser must be of two lines before a third one is looked for beside them.
_SURE: Final = 0.8
#: So many sets of lines are looked at before a page counts as one without a zone.
_SETS: Final = 4


def read_page(networks: Networks, page: MatLike, today: date) -> ZoneReading | None:
    """The zone of one page (BGR), or None. Some 0.4 seconds of one core, 1.5 where there is no zone."""
    tried: set[tuple[int, ...]] = set()
    card = False  # all three lines of one were looked at: two of them lack none
    for size in _SIZES:
        for group in candidates(_lines(networks, page, size))[:_SETS]:
            key = tuple(round(value / 40) for line in group for value in line.middle)
            if key in tried:
                continue
            tried.add(key)
            for lines in _ways(networks, page, group, today, lacking=not card):
                card = card or len(lines[0]) == 3
                reading = _read_lines(networks, page, lines, today)
                if reading is not None:
                    return replace(reading, turn=_turn(lines[0]))
        if max(page.shape[:2]) <= size:
            break
    return None


def _turn(lines: Sequence[Line]) -> int:
    """Degrees clockwise, 0 to 270 in quarters, that bring lines upright which were read from left to right."""
    return round(-math.degrees(lines[0].angle) / 90) % 4 * 90


def _lines(networks: Networks, page: MatLike, size: int) -> list[Line]:
    height, width = page.shape[:2]
    scale = min(1.0, size / max(height, width))
    # Both sides become multiples of 32; the rest is filled, so that directions and ratios stay what they are.
    small = cv2.resize(
        page, (max(1, round(width * scale)), max(1, round(height * scale))), interpolation=cv2.INTER_AREA
    )
    below, right = -small.shape[0] % _GRAIN, -small.shape[1] % _GRAIN
    small = cv2.copyMakeBorder(small, 0, below, 0, right, cv2.BORDER_REPLICATE)
    return lines_of(networks.textness(small), 1 / scale)


@dataclass(frozen=True, slots=True)
class _Look:
    """One look at lines: what stands in them, how sure the recogniser was, and what it can mean, best first."""

    texts: Sequence[Text]
    sure: float
    readings: list[OneReading]

    @property
    def promising(self) -> bool:
        """Whether one meaning has check digits that hold."""
        return any(one.core is not None for one in self.readings)

    @property
    def lacks_a_line(self) -> bool:
        """Whether these are two lines of a card, which has three."""
        width = LAYOUTS[ZoneFormat.TD1].width
        alike = all(width - _LESS <= len(text.signs) <= width + _MORE and FILLER in text.signs for text in self.texts)
        return len(self.texts) == 2 and alike and self.sure > _SURE


def _ways(
    networks: Networks, page: MatLike, group: tuple[Line, ...], today: date, *, lacking: bool
) -> Iterator[tuple[tuple[Line, ...], _Look]]:
    """Lines that may be a zone, with a first look: the group, either way up; a third added where one is `lacking`."""
    upside_down = tuple(line.turned() for line in reversed(group))
    way, look = group, _look(networks, page, group, VIEWS[0], today)
    if not look.promising:
        other = _look(networks, page, upside_down, VIEWS[0], today)
        if other.promising or (other.readings and not look.readings) or other.sure > look.sure:
            way, look = upside_down, other
    if look.readings:
        yield way, look
    elif lacking and look.lacks_a_line:
        threes = [(three, _look(networks, page, three, VIEWS[0], today)) for three in with_a_third(way[0], way[1])]
        yield from sorted((one for one in threes if one[1].readings), key=_doubtful)[:1]


def _doubtful(seen: tuple[tuple[Line, ...], _Look]) -> tuple[bool, bool]:
    """Of lines with a third one added: whether their check digits fail, whether the names are none."""
    return not seen[1].promising, all(one.names is None for one in seen[1].readings)


def _read_lines(
    networks: Networks, page: MatLike, seen: tuple[tuple[Line, ...], _Look], today: date
) -> ZoneReading | None:
    """What further looks at lines say together with the first one."""
    lines, first = seen
    looks = [first]
    best: ZoneReading | None = None
    for view in VIEWS[1:]:
        looks.append(_look(networks, page, lines, view, today))
        best = believed(one for look in looks for one in look.readings[:1])
        if best is not None and complete(best):
            return best
    return best or _all_together(looks, today)


def _all_together(looks: Sequence[_Look], today: date) -> ZoneReading | None:
    """What the mean of all looks says of the number where none of them says it alone; of the rest what each says."""
    mean = together([look.texts for look in looks])
    meant = _meanings(mean, today, margin=MARGIN_OF_MANY)[:1] if mean is not None else []
    readings = [look.readings[0] for look in looks if look.readings]
    if not meant or meant[0].core is None or any(one.core not in (None, meant[0].core) for one in readings):
        return None
    return believed(replace(one, core=meant[0].core) for one in readings if one.format is meant[0].format)


def _look(networks: Networks, page: MatLike, lines: Sequence[Line], view: View, today: date) -> _Look:
    read = texts(networks, page, lines, view)
    return _Look(read, float(np.mean([text.sure for text in read])), _meanings(read, today))


def _meanings(lines: Sequence[Text], today: date, *, margin: float = MARGIN) -> list[OneReading]:
    """What lines can mean, best first."""
    cuts = list(_cuts(lines))
    said = [said for cut in cuts if (said := _said(cut, today, mend=len(cuts) == 1, margin=margin)) is not None]
    said.sort(key=lambda one: one.core is None)
    return said


_Cut = tuple[str, Sequence[Mapping[str, float]]]


def _said(cut: Sequence[_Cut], today: date, *, mend: bool, margin: float) -> OneReading | None:
    return one_reading([signs for signs, _ in cut], today, [doubts for _, doubts in cut], mend=mend, margin=margin)


def _cuts(lines: Sequence[Text]) -> Iterator[tuple[_Cut, ...]]:
    """The lines as each layout has them: what stands beside a line is cut off, fillers lost at its end are put back."""
    for layout in LAYOUTS.values():
        if len(layout.places) == len(lines):
            yield from product(*(_of_width(line, layout.width) for line in lines))


def _of_width(line: Text, width: int) -> list[_Cut]:
    signs, doubts = line.signs, line.doubts
    if len(signs) < width:
        short = width - len(signs)
        lost = short <= _LESS and signs.endswith(FILLER * 2)
        return [(signs + FILLER * short, [*doubts, *[{}] * short])] if lost else []
    starts = range(len(signs) - width + 1) if len(signs) <= width + _MORE else range(0)
    return [(signs[start : start + width], doubts[start : start + width]) for start in starts]
