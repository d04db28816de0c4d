"""Which document number the lines of a zone mean, where a reader may have taken a sign for another one.

A check digit does not see everything: two Z taken for 2 cancel each other out (33 times 7 + 3), two O taken for 0 do
too, and 6 and G count the same. So a number counts only where nothing that could as well stand there holds too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from heapq import heappop, heappush
from itertools import product
from typing import Final

from domain.zone_lines import (
    FILLER,
    Layout,
    Span,
    check_digit,
    dates_hold,
    digits_hold,
    extra_holds,
    number_field,
)

#: For each line, each place: what else may stand there, and at what price: how many powers of ten less likely it is
#: than the sign that was read, the reader's habits taken into account; below 0 where it is likelier.
Doubts = Sequence[Sequence[Mapping[str, float]]]

#: What another number costs at least beyond the one that is believed, for each letter that it has more or less (at most
#: three are counted): in one reading, and in the mean of several, which is less a matter of chance. How much a page's
#: face looks like digits is the same for all its signs: it cancels out where one letter takes another's place.
MARGIN: Final = 1.0
MARGIN_OF_MANY: Final = 0.8
_COUNTED: Final = 3
#: What all signs taken for others may cost together.
DEAREST: Final = 4.0
#: Ways that are tried; a line of which more are left says nothing.
_MOST_WAYS: Final = 3000
#: What readers take for one another where it is not known how sure they were.
_SWAPS: Final = {sign: sign + pair.strip(sign) for pair in ("0O", "1I", "5S", "8B", "2Z") for sign in pair}
#: More such characters in one field than this explain anything.
_MOST_SWAPPED: Final = 9


def weighed(
    layout: Layout, lines: Sequence[str], doubts: Doubts, *, dearest: float = DEAREST, margin: float = MARGIN
) -> tuple[str, ...] | None:
    """The lines with the cheapest signs that let all check digits hold.

    None where they cost more than `dearest`, or where another number holds that costs less than `margin` more for each
    letter that it has more or less: whoever takes one O for a 0 takes two.

    >>> from domain.zone_lines import LAYOUTS, ZoneFormat
    >>> names = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
    >>> def doubts(prices):
    ...     return [[{}] * 44, [prices.get(place, {}) for place in range(44)]]
    >>> second = "K47093XC40UTO7408122F1204159<<<<<<<<<<<<<<<0"
    >>> passport = LAYOUTS[ZoneFormat.TD3]
    >>> weighed(passport, [names, second.replace("K470", "K47O")], doubts({3: {"0": 0.4}}))[1][:10]
    'K47093XC40'
    >>> cancelling = "007093XC48UTO7408122F1204159<<<<<<<<<<<<<<<4"
    >>> weighed(passport, [names, cancelling], doubts({0: {"O": 0.4}, 1: {"O": 0.5}})) is None
    True
    """
    if not dates_hold(layout, lines):
        return None
    places = [
        (line, place) for line, kinds in enumerate(layout.places) for place, kind in enumerate(kinds) if kind == "M"
    ]
    likeliest, dearer = [list(line) for line in lines], list[tuple[float, int, int, str]]()
    for line, place in places:
        prices = {lines[line][place]: 0.0, **doubts[line][place]}
        sign = min(prices, key=lambda one: prices[one])
        likeliest[line][place] = sign
        dearer += [(price - prices[sign], line, place, other) for other, price in prices.items() if other != sign]
    found: tuple[str, ...] | None = None
    cheapest, until = 0.0, dearest
    for ways, (price, changes) in enumerate(_cheapest_first(sorted(dearer))):
        if price > until:
            break
        if ways == _MOST_WAYS:
            return None
        tried = _changed(likeliest, changes)
        if not digits_hold(layout, tried):
            continue
        if found is None:
            found, cheapest, until = tried, price, price + _COUNTED * margin
        elif number_field(layout, tried) == number_field(layout, found):
            continue
        elif price < cheapest + margin * min(_COUNTED, _differing(layout, found, tried)):
            return None
    return found


def _differing(layout: Layout, one: Sequence[str], other: Sequence[str]) -> int:
    """How many letters one of two numbers has more than the other; at least 1."""
    few, many = sorted(
        sum(sign.isalpha() for sign in (number_field(layout, lines) or ("",))[0]) for lines in (one, other)
    )
    return max(1, many - few)


_Choice = tuple[float, int, int, str]


def _cheapest_first(choices: Sequence[_Choice]) -> Iterator[tuple[float, tuple[_Choice, ...]]]:
    """Every set of choices, at most one a place, with its price, from the cheapest on; `choices` by price."""
    yield 0.0, ()
    waiting: list[tuple[float, tuple[int, ...]]] = [(choices[0][0], (0,))] if choices else []
    while waiting:
        price, indices = heappop(waiting)
        chosen = tuple(choices[index] for index in indices)
        if len({choice[1:3] for choice in chosen}) == len(chosen):
            yield price, chosen
        last = indices[-1] + 1
        if last < len(choices):
            # One more, or the next one in the place of the last: so each set comes once.
            heappush(waiting, (price + choices[last][0], (*indices, last)))
            heappush(waiting, (price + choices[last][0] - choices[last - 1][0], (*indices[:-1], last)))


def _changed(lines: Sequence[Sequence[str]], changes: Sequence[_Choice]) -> tuple[str, ...]:
    changed = [list(line) for line in lines]
    for _, line, place, sign in changes:
        changed[line][place] = sign
    return tuple("".join(line) for line in changed)


def repaired(layout: Layout, lines: Sequence[str]) -> tuple[str, ...] | None:
    """The lines with 0/O, 1/I, 5/S, 8/B, 2/Z swapped so that all check digits hold, where just one way does that.

    For lines of which it is not known how sure their reader was.
    Only the number and a passport's optional field are touched: they have digits of their own beside the composite one.
    Every set of swaps counts, not only the smallest: whoever took one O for a 0 may have taken two.

    >>> from domain.zone_lines import LAYOUTS, ZoneFormat
    >>> names = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
    >>> repaired(LAYOUTS[ZoneFormat.TD3], [names, "K47O93XC40UTO7408122F1204159<<<<<<<<<<<<<<<0"])[1][:10]
    'K47093XC40'
    >>> card = ["I<ESP344133434<106<<<<<<<<<<<<", "9905186F2609278ESP<<<<<<<<<<<8", "TRAN<<THI<LINH<<<<<<<<<<<<<<<<"]
    >>> number_field(LAYOUTS[ZoneFormat.TD1], repaired(LAYOUTS[ZoneFormat.TD1], card))
    ('3441334341O', '6')
    """
    if digits_hold(layout, lines):
        return tuple(lines)
    found = [tried for tried in _tries(layout, lines) if digits_hold(layout, tried)]
    return found[0] if len(found) == 1 else None


def _tries(layout: Layout, lines: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Every way to swap characters of one field that does not hold, where that is at most 512 ways."""
    number = number_field(layout, lines)
    wrong_number = number is None or check_digit(number[0]) != number[1]
    wrong_extra = not extra_holds(layout, lines)
    if wrong_number == wrong_extra:
        return  # neither explains what is wrong, or both are: then too much is
    spans = _number_spans(layout, lines) if wrong_number else (layout.extra,)
    places = [(span.line, place) for span in spans if span is not None for place in range(span.start, span.end)]
    choices = [_SWAPS.get(lines[line][place], lines[line][place]) for line, place in places]
    if sum(len(choice) > 1 for choice in choices) > _MOST_SWAPPED:
        return
    for chosen in product(*choices):
        changed = [list(line) for line in lines]
        for (line, place), sign in zip(places, chosen, strict=True):
            changed[line][place] = sign
        yield tuple("".join(line) for line in changed)


def _number_spans(layout: Layout, lines: Sequence[str]) -> tuple[Span, ...]:
    """Where the number stands: a long one's rest too, without the check digit behind it."""
    if layout.number_check.of(lines) != FILLER or number_field(layout, lines) is None:
        return (layout.number,)
    rest = layout.more.of(lines).split(FILLER, 1)[0]
    return layout.number, Span(layout.more.line, layout.more.start, layout.more.start + len(rest) - 1)
