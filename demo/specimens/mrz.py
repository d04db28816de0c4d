# ruff: noqa: RUF001, RUF002 - letters that look like others are what this is about
"""Machine-readable zones of ICAO 9303: written for drawn documents. Reading them is another story.

Sources: ICAO Doc 9303, part 3 (transliteration, truncation, check digits), part 4 (TD3), part 5 (TD1).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Final

from anyascii import anyascii

from domain.people import PartialDate, Sex

FILLER: Final = "<"
#: Part 3, section 6: what accent-stripping would get wrong.
_TRANSLITERATION: Final = str.maketrans(
    {
        "Ä": "AE",
        "Ö": "OE",
        "Ü": "UE",
        "ß": "SS",
        "Æ": "AE",
        "Œ": "OE",
        "Ø": "OE",
        "Å": "AA",
        "Þ": "TH",
        "Ð": "D",
        "Đ": "D",
    }
    | {"Ł": "L", "Ħ": "H", "Ĳ": "IJ", "ı": "I", "Ŋ": "N", "Ŧ": "T"}
    # Apostrophes and commas are left out, hyphens become fillers.
    | dict.fromkeys("'’`´,.", "")
    | dict.fromkeys("-‐‑–", " ")
)


def check_digit(field: str) -> str:
    """Weights 7, 3, 1 modulo 10; A..Z are 10..35, the filler 0.

    >>> check_digit("L898902C3"), check_digit("740812")
    ('6', '2')
    """
    values = (0 if c == FILLER else int(c, 36) for c in field)
    return str(sum(value * (7, 3, 1)[i % 3] for i, value in enumerate(values)) % 10)


def letters(text: str) -> str:
    """A name in A..Z and fillers between its parts.

    >>> letters("Van den Broeck"), letters("Müller-O’Neill"), letters("Łukasiński")
    ('VAN<DEN<BROECK', 'MUELLER<ONEILL', 'LUKASINSKI')
    """
    upper = unicodedata.normalize("NFC", text).upper().translate(_TRANSLITERATION)
    stripped = "".join(c for c in unicodedata.normalize("NFD", upper) if not unicodedata.combining(c))
    plain = anyascii(stripped).upper()
    kept = "".join(c if "A" <= c <= "Z" else " " if c == " " else "" for c in plain)
    return FILLER.join(kept.split())


def names(surname: str, given_names: str | None, width: int) -> str:
    """Primary and secondary identifier, cut to `width` so that at least one letter of each is left.

    >>> names("Eriksson", "Anna Maria", 30)
    'ERIKSSON<<ANNA<MARIA<<<<<<<<<<'
    """
    primary, secondary = letters(surname), letters(given_names or "")
    if not secondary:
        return primary[:width].ljust(width, FILLER)
    primary = primary[: width - 3].rstrip(FILLER)
    return f"{primary}{FILLER * 2}{secondary}"[:width].ljust(width, FILLER)


def day(value: PartialDate | date) -> str:
    """YYMMDD; unknown parts are fillers.

    >>> day(PartialDate(1953, 11)), day(date(2031, 4, 9))
    ('5311<<', '310409')
    """
    parts = (value.year % 100, value.month, value.day)
    return f"{parts[0]:02d}" + "".join(f"{part:02d}" if part else FILLER * 2 for part in parts[1:])


@dataclass(frozen=True, slots=True)
class Holder:
    """What a zone says. Codes are those of ICAO (alpha-3, `D` for Germany)."""

    issuer: str
    surname: str
    given_names: str | None
    document_number: str
    nationality: str
    birth_date: PartialDate | date
    sex: Sex | None
    expiry: date
    optional: str = ""


def td3(holder: Holder) -> tuple[str, str]:
    """The two lines of 44 characters of a passport."""
    number = _field(holder.document_number, 9)
    born, ends, extra = day(holder.birth_date), day(holder.expiry), _field(holder.optional, 14)
    personal = number + check_digit(number)
    dates = (born + check_digit(born), ends + check_digit(ends))
    last = extra + check_digit(extra)
    composite = check_digit(personal + "".join(dates) + last)
    middle = _field(holder.nationality, 3) + dates[0] + (holder.sex or FILLER) + dates[1]
    first = "P<" + _field(holder.issuer, 3) + names(holder.surname, holder.given_names, 39)
    return first, personal + middle + last + composite


def td1(holder: Holder) -> tuple[str, str, str]:
    """The three lines of 30 characters of an identity card. A number of more than 9 characters runs on."""
    code = letters_and_digits(holder.document_number)
    if len(code) > 9:
        number = code[:9] + FILLER + code[9:] + check_digit(code) + FILLER
    else:
        number = _field(code, 9) + check_digit(_field(code, 9))
    first = "I<" + _field(holder.issuer, 3) + (number + letters_and_digits(holder.optional))[:25].ljust(25, FILLER)
    born, ends = day(holder.birth_date), day(holder.expiry)
    dates = (born + check_digit(born), ends + check_digit(ends))
    rest = FILLER * 11
    composite = check_digit(first[5:] + "".join(dates) + rest)
    second = dates[0] + (holder.sex or FILLER) + dates[1] + _field(holder.nationality, 3) + rest + composite
    return first, second, names(holder.surname, holder.given_names, 30)


def letters_and_digits(text: str) -> str:
    """A number as it stands in a zone: upper case, nothing but A..Z and 0..9."""
    return "".join(c for c in text.upper() if c.isascii() and c.isalnum())


def _field(text: str, width: int) -> str:
    return letters_and_digits(text)[:width].ljust(width, FILLER)
