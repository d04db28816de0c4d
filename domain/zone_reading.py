"""What the lines of a machine-readable zone mean, and when readings of one zone are believed.

Number, birth date and expiry count when all check digits hold and two readings say the same; names, nationality, sex
and issuer have no check digit and count when two readings say the same. Source: ICAO Doc 9303, parts 3 to 6.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, TypeVar

from domain.people import PartialDate, Sex
from domain.zone import ZoneFormat, ZoneReading
from domain.zone_doubts import DEAREST, MARGIN, Doubts, repaired, weighed
from domain.zone_lines import FILLER, Layout, digits_hold, layout_of, number_field, settled

_T = TypeVar("_T")
#: No document is valid for longer; a year beyond that belongs to the century before.
_LONGEST_YEARS: Final = 45
#: Written for "does not expire".
_NEVER: Final = frozenset({"991231", "990101"})
_EARLIEST_BIRTH: Final = 1880
_NUMBER: Final = re.compile(r"[A-Z0-9]+<*")
#: Surname, perhaps given names, then fillers to the end; parts are set apart by one filler.
_NAMES: Final = re.compile(r"([A-Z]+(?:<[A-Z]+)*)(?:<<([A-Z]+(?:<[A-Z]+)*))?<*")
_CODE: Final = re.compile(r"[A-Z]{1,3}<*")
#: First letters of the codes of part 4 (P) and parts 5 and 6 (A, C, I); others are some states' own.
_FIRST: Final = {ZoneFormat.TD3: "P", ZoneFormat.TD2: "ACIPRD", ZoneFormat.TD1: "ACIPRD"}


@dataclass(frozen=True, slots=True)
class OneReading:
    """What one reading of the lines says. `None` stands for what cannot be so, "" for what is not stated.

    `core` is the number, birth date and expiry, there only when all check digits hold.
    """

    format: ZoneFormat
    core: tuple[str, PartialDate, date] | None
    code: str | None
    issuer: str | None
    names: tuple[str, str] | None
    nationality: str | None
    sex: Sex | str | None


def birth_date(text: str, today: date) -> PartialDate | None:
    """Six places YYMMDD; day, or month and day, may be unknown (`<<`, by some states `00`). Never in the future.

    The century is not written: it is the latest one that has passed. None where no such day exists, or where the year
    is unknown too.

    >>> today = date(2026, 11, 25)
    >>> [str(birth_date(text, today)) for text in ("740812", "2612<<", "261125", "53<<<<", "530230", "<<<<<<")]
    ['1974-08-12', '1926-12', '2026-11-25', '1953', 'None', 'None']
    """
    if not re.fullmatch(r"\d\d(\d\d|<<)(\d\d|<<)", text):
        return None
    year, month, day = (int(text[at : at + 2].replace(FILLER, "0")) for at in (0, 2, 4))
    for century in (today.year // 100 * 100, today.year // 100 * 100 - 100):
        try:
            born = PartialDate.parse(f"{century + year:04d}-{month:02d}-{day:02d}")
        except ValueError:
            continue  # 29 February is in one century and not in the other
        if born.earliest() <= today and born.year >= _EARLIEST_BIRTH:
            return born
    return None


def expiry_date(text: str, today: date) -> date | None:
    """Six digits YYMMDD, in the latest century that a document now in somebody's hands may be valid into.

    >>> today = date(2026, 11, 25)
    >>> [str(expiry_date(text, today)) for text in ("120415", "360101", "940623", "991231", "261301")]
    ['2012-04-15', '2036-01-01', '1994-06-23', '2099-12-31', 'None']
    """
    if not (text.isascii() and text.isdigit()):
        return None
    year, month, day = (int(text[at : at + 2]) for at in (0, 2, 4))
    century = today.year // 100 * 100
    while text not in _NEVER and century + year > today.year + _LONGEST_YEARS:
        century -= 100
    try:
        return date(century + year, month, day)
    except ValueError:
        return None


def names_of(field: str) -> tuple[str, str] | None:
    """Surname and given names, "" where there is one name only; None where the field cannot be a name.

    Parts are set apart by a space: whether a hyphen or a space was on the document a zone does not say. Whatever stands
    after the padding has begun was misread.

    >>> names_of("ERIKSSON<<ANNA<MARIA<<<<<<<<<<"), names_of("VAN<DER<BERG<<<<")
    (('ERIKSSON', 'ANNA MARIA'), ('VAN DER BERG', ''))
    >>> names_of("ERIKSSON<<ANNA<<<K<<"), names_of("<<ANNA<<<<")
    (None, None)
    """
    found = _NAMES.fullmatch(field)
    return (found[1].replace(FILLER, " "), (found[2] or "").replace(FILLER, " ")) if found else None


def one_reading(
    lines: Sequence[str], today: date, doubts: Doubts | None = None, *, mend: bool = True, margin: float = MARGIN
) -> OneReading | None:
    """What lines of 30, 36 or 44 characters say (A..Z, 0..9, `<`, `?`); None where they are laid out as no zone is.

    `doubts` says what else may stand at each place, `margin` how much dearer any other number must be. Without them,
    and with `mend`, a number whose check digits do not hold is repaired where one repair alone is possible. Without
    `mend` what is likeliest must hold.

    >>> lines = ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UT07408122F1204159ZE184226B<<<<<10"]
    >>> said = one_reading(lines, date(2026, 11, 25))
    >>> said.names, said.nationality, said.core[0], str(said.core[1])
    (('ERIKSSON', 'ANNA MARIA'), 'UTO', 'L898902C3', '1974-08-12')
    """
    layout = layout_of(lines)
    if layout is None:
        return None
    lines = settled(layout, lines)
    code = lines[0][:2].rstrip(FILLER)
    sex = layout.sex.of(lines)
    return OneReading(
        format=layout.format,
        core=_core(_held(layout, lines, doubts, mend=mend, margin=margin), layout, today),
        code=code if code.isalpha() and code[0] in _FIRST[layout.format] else None,
        issuer=_letters(layout.issuer.of(lines)),
        names=names_of(layout.names.of(lines)),
        nationality=_letters(layout.nationality.of(lines)),
        sex=Sex(sex) if sex in ("M", "F") else "" if sex in (FILLER, "X") else None,
    )


def _letters(field: str) -> str | None:
    return field.rstrip(FILLER) if _CODE.fullmatch(field) else None


def _held(
    layout: Layout, lines: Sequence[str], doubts: Doubts | None, *, mend: bool, margin: float
) -> tuple[str, ...] | None:
    if doubts is not None:
        return weighed(layout, lines, doubts, dearest=DEAREST if mend else 0.0, margin=margin)
    if mend:
        return repaired(layout, lines)
    return tuple(lines) if digits_hold(layout, lines) else None


def _core(held: tuple[str, ...] | None, layout: Layout, today: date) -> tuple[str, PartialDate, date] | None:
    if held is None:
        return None
    lines = held
    number = number_field(layout, lines)
    born, ends = birth_date(layout.birth.of(lines), today), expiry_date(layout.expiry.of(lines), today)
    if number is None or born is None or ends is None or born.earliest() >= ends:
        return None
    return (number[0].rstrip(FILLER), born, ends) if _NUMBER.fullmatch(number[0]) else None


def believed(readings: Iterable[OneReading]) -> ZoneReading | None:
    """What independent readings of one zone establish together, or None where they do not.

    The core is believed when two readings say the same one and no reading whose check digits hold says another.
    """
    readings = list(readings)
    cores = Counter((one.format, *one.core) for one in readings if one.core is not None)
    if len(cores) != 1:
        return None
    (form, number, born, ends), times = next(iter(cores.items()))
    if times < 2:
        return None
    readings = [one for one in readings if one.format is form]
    reading = ZoneReading(
        format=form,
        code=_agreed(one.code for one in readings) or "",
        document_number=number,
        birth_date=born,
        document_expiry=ends,
        issuer=_agreed(one.issuer for one in readings) or "",
        nationality=_agreed(one.nationality for one in readings) or "",
    )
    sex = _agreed(one.sex for one in readings)
    surname, given_names = _agreed(one.names for one in readings) or ("", "")
    return replace(reading, surname=surname, given_names=given_names, sex=sex if isinstance(sex, Sex) else None)


def complete(reading: ZoneReading) -> bool:
    """Whether nothing is left that another reading could add. A sex may be unstated, so it is not asked for."""
    return bool(reading.code and reading.issuer and reading.surname and reading.nationality)


def _agreed(values: Iterable[_T | None]) -> _T | None:
    """What at least two say and more than anything else; None where there is no such value."""
    ranked = Counter(value for value in values if value is not None).most_common(2)
    if not ranked or ranked[0][1] < 2 or (len(ranked) > 1 and ranked[1][1] == ranked[0][1]):
        return None
    return ranked[0][0]
