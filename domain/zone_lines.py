"""Lines of a machine-readable zone (ICAO Doc 9303): what each place may hold, and what its check digits say.

Parts 3 (check digits, dates, names), 4 (TD3), 5 (TD1) and 6 (TD2). What a line says in words is in domain.zone_reading.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from domain.zone import ZoneFormat

FILLER: Final = "<"
#: Stands for a character of which a reader can say nothing.
UNREADABLE: Final = "?"
#: Digits that stand for a letter where only letters may be, and the other way round. No repair: nothing else can be so.
_AS_LETTER: Final = str.maketrans("0125678", "OIZSGTB")
_AS_DIGIT: Final = str.maketrans("OQDILZSGTB", "0001125678")


@dataclass(frozen=True, slots=True)
class Span:
    """A part of one line: `line` from 0, places `start` up to `end`."""

    line: int
    start: int
    end: int

    def of(self, lines: Sequence[str]) -> str:
        """What stands there."""
        return lines[self.line][self.start : self.end]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where what is. `places` has a letter a place: A a letter, N a digit, M both, S the sex, C an optional digit.

    A filler may be anywhere. `composite` is what the last check digit is made of, in order; `extra` is the optional
    field with a check digit of its own, which only passports have.
    """

    format: ZoneFormat
    places: tuple[str, ...]
    issuer: Span
    names: Span
    number: Span
    number_check: Span
    more: Span
    nationality: Span
    birth: Span
    sex: Span
    expiry: Span
    composite: tuple[Span, ...]
    composite_check: Span
    extra: Span | None = None

    @property
    def width(self) -> int:
        """Characters in a line."""
        return len(self.places[0])


def _second_line(optional: int, *, own_check: bool) -> str:
    return "M" * 9 + "N" + "AAA" + "N" * 7 + "S" + "N" * 7 + "M" * optional + ("C" if own_check else "") + "N"


def _on_two_lines(form: ZoneFormat, width: int) -> Layout:
    passport = form is ZoneFormat.TD3
    more = Span(1, 28, 42 if passport else 35)
    return Layout(
        format=form,
        places=("A" * width, _second_line(more.end - more.start, own_check=passport)),
        issuer=Span(0, 2, 5),
        names=Span(0, 5, width),
        number=Span(1, 0, 9),
        number_check=Span(1, 9, 10),
        more=more,
        nationality=Span(1, 10, 13),
        birth=Span(1, 13, 19),
        sex=Span(1, 20, 21),
        expiry=Span(1, 21, 27),
        composite=(Span(1, 0, 10), Span(1, 13, 20), Span(1, 21, width - 1)),
        composite_check=Span(1, width - 1, width),
        extra=more if passport else None,
    )


LAYOUTS: Final = {
    ZoneFormat.TD3: _on_two_lines(ZoneFormat.TD3, 44),
    ZoneFormat.TD2: _on_two_lines(ZoneFormat.TD2, 36),
    ZoneFormat.TD1: Layout(
        format=ZoneFormat.TD1,
        places=("AAAAA" + "M" * 9 + "C" + "M" * 15, "N" * 7 + "S" + "N" * 7 + "AAA" + "M" * 11 + "N", "A" * 30),
        issuer=Span(0, 2, 5),
        names=Span(2, 0, 30),
        number=Span(0, 5, 14),
        number_check=Span(0, 14, 15),
        more=Span(0, 15, 30),
        nationality=Span(1, 15, 18),
        birth=Span(1, 0, 6),
        sex=Span(1, 7, 8),
        expiry=Span(1, 8, 14),
        composite=(Span(0, 5, 30), Span(1, 0, 7), Span(1, 8, 15), Span(1, 18, 29)),
        composite_check=Span(1, 29, 30),
    ),
}


def check_digit(field: str) -> str:
    """Weights 7, 3, 1 modulo 10; A..Z are 10..35, the filler 0 (part 3, section 4.9). "" where one is unreadable.

    >>> check_digit("L898902C3"), check_digit("740812"), check_digit("520727"), check_digit("52?727")
    ('6', '2', '3', '')
    """
    if UNREADABLE in field:
        return ""
    values = (0 if c == FILLER else int(c, 36) for c in field)
    return str(sum(value * (7, 3, 1)[i % 3] for i, value in enumerate(values)) % 10)


def layout_of(lines: Sequence[str]) -> Layout | None:
    """The layout with as many lines of that width, or None.

    >>> layout_of(["<" * 30] * 3).format, layout_of(["<" * 30] * 2)
    (<ZoneFormat.TD1: 'TD1'>, None)
    """
    for layout in LAYOUTS.values():
        if len(lines) == len(layout.places) and all(len(line) == layout.width for line in lines):
            return layout
    return None


def settled(layout: Layout, lines: Sequence[str]) -> tuple[str, ...]:
    """The lines with a letter for a digit where only letters may be, a digit for a letter where only digits may be.

    >>> lines = ["1<UT0D23I458907<<<<<<<<<<<<<<<", "74O8I22F12O4159UTO<<<<<<<<<<<6", "ER1KSS0N<<ANNA<MAR1A<<<<<<<<<<"]
    >>> settled(LAYOUTS[ZoneFormat.TD1], lines)
    ('I<UTOD23I458907<<<<<<<<<<<<<<<', '7408122F1204159UTO<<<<<<<<<<<6', 'ERIKSSON<<ANNA<MARIA<<<<<<<<<<')
    """
    return tuple(
        "".join(_settle(kind, char) for kind, char in zip(kinds, line, strict=True))
        for kinds, line in zip(layout.places, lines, strict=True)
    )


def _settle(kind: str, char: str) -> str:
    if kind in "AS":
        return char.translate(_AS_LETTER)
    return char.translate(_AS_DIGIT) if kind in "NC" else char


def number_field(layout: Layout, lines: Sequence[str]) -> tuple[str, str] | None:
    """The document number with its fillers and its check digit; None where a long one has no end.

    A number of more than nine characters runs on in the optional field of a card: a filler stands in the check digit's
    place, and the digit after the rest (parts 5 and 6, note j).

    >>> number_field(LAYOUTS[ZoneFormat.TD1], ["I<UTOD23145890<7349<<<<<<<<<<<", "<" * 30, "<" * 30])
    ('D23145890734', '9')
    """
    number, check = layout.number.of(lines), layout.number_check.of(lines)
    if check != FILLER:
        return number, check
    rest = layout.more.of(lines).split(FILLER, 1)[0]
    if layout.format is ZoneFormat.TD3 or FILLER in number or len(rest) < 2:
        return None
    return number + rest[:-1], rest[-1]


def digits_hold(layout: Layout, lines: Sequence[str]) -> bool:
    """Whether all check digits are right: number, birth date, expiry, a passport's optional field, and composite."""
    number = number_field(layout, lines)
    if number is None or check_digit(number[0]) != number[1]:
        return False
    if not dates_hold(layout, lines) or not extra_holds(layout, lines):
        return False
    return check_digit("".join(span.of(lines) for span in layout.composite)) == layout.composite_check.of(lines)


def dates_hold(layout: Layout, lines: Sequence[str]) -> bool:
    """Whether the check digits of birth date and expiry are right."""
    dates = (layout.birth, layout.expiry)
    return all(check_digit(date.of(lines)) == lines[date.line][date.end] for date in dates)


def extra_holds(layout: Layout, lines: Sequence[str]) -> bool:
    """Whether that of a passport's optional field is; others have none."""
    if layout.extra is None:
        return True
    field, check = layout.extra.of(lines), lines[layout.extra.line][layout.extra.end]
    # An empty field may have a filler for its digit (part 4, section 4.2.2).
    return check == check_digit(field) or (check == FILLER and not field.strip(FILLER))
