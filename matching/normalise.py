"""Names and places as sequences of plain parts, so that writing habits do not look like different people.

A text becomes upper-case ASCII parts. Where two transliterations are in use (Ü as U or UE, Я as YA or IA) it has more
than one form, and two texts agree when any form of the one agrees with any form of the other. Source of the second
forms: ICAO Doc 9303-3, section 6 (transliteration in machine-readable zones); of the first: the package anyascii.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import permutations

from anyascii import anyascii

Parts = tuple[str, ...]

#: ICAO 9303 where it differs from dropping the mark, or from anyascii.
_ICAO_TABLE = """
Ä=AE Ö=OE Ü=UE Å=AA Ø=OE Đ=DJ Ĳ=IJ
Ж=ZH Й=I Х=KH Ц=TS Ч=CH Ш=SH Щ=SHCH Ъ=IE Ь= Ю=IU Я=IA Ё=E Э=E Ы=Y Є=IE Ї=I Ђ=D Ћ=C Џ=DZ
"""  # noqa: RUF001 - Cyrillic is meant
_ICAO = str.maketrans(dict(pair.split("=") for pair in _ICAO_TABLE.split()))
_APOSTROPHES = re.compile(r"['`´‘’ʼʹʻʿʾ′]")  # noqa: RUF001 - the look-alikes are the point
_NOT_LETTERS = re.compile(r"[^A-Z0-9]+")
#: Words of a surname that say little alone; a part shared must not be only these.
_PARTICLES = """
VAN VON DEN DER DE DES DU LA LE LES EL AL BEN BIN IBN ABU ABD AS DI DA DO DOS DAS DEL DELLA TER TEN TE T D L O MC
MAC AP SAN SANTA ZU ZUM ZUR AF AV Y E I OF THE JR SR JUNIOR SENIOR II III
"""
PARTICLES = frozenset(_PARTICLES.split())
_OCR = str.maketrans("01568", "OISGB")
_MIXED = re.compile(r"[A-Z]{2}[01568]|[01568][A-Z]{2}|[A-Z][01568][A-Z]")
#: Above this the order of parts is compared sorted instead of tried out (5! = 120).
_MOST_ORDERS = 5


@lru_cache(maxsize=100_000)
def forms(text: str) -> tuple[Parts, ...]:
    """The forms of a text, each a tuple of upper-case ASCII parts; () for a text without letters or digits.

    >>> forms("Müller-Łoś")
    (('MULLER', 'LOS'), ('MUELLER', 'LOS'))
    >>> forms("d'Hondt"), forms("Straße"), forms("J0nssen")
    ((('DHONDT',),), (('STRASSE',),), (('JONSSEN',),))
    """
    upper = _APOSTROPHES.sub("", unicodedata.normalize("NFKC", text)).upper()
    if upper.isascii():
        return _some(_parts(upper))
    return _some(_parts(anyascii(upper)), _parts(anyascii(upper.translate(_ICAO))))


def _parts(ascii_text: str) -> Parts:
    parts = _NOT_LETTERS.sub(" ", _APOSTROPHES.sub("", ascii_text).upper()).split()
    return tuple(_read_as_letters(part) if _MIXED.search(part) else part for part in parts)


def _read_as_letters(part: str) -> str:
    """A digit among letters was read wrongly by a machine: names have none."""
    return part.translate(_OCR)


def _some(*found: Parts) -> tuple[Parts, ...]:
    return tuple(dict.fromkeys(parts for parts in found if parts))


@lru_cache(maxsize=100_000)
def significant(parts: Parts) -> Parts:
    """The parts that are not particles; all of them where there is nothing else.

    >>> significant(("VAN", "DEN", "BROECK")), significant(("DE", "LA"))
    (('BROECK',), ('DE', 'LA'))
    """
    return tuple(part for part in parts if part not in PARTICLES) or parts


@lru_cache(maxsize=20_000)
def same_parts(one: Parts, other: Parts) -> bool:
    """Whether two names are `=`: spaces, punctuation and the order of the parts do not count.

    >>> same_parts(("VAN", "DEN", "BROECK"), ("VANDENBROECK",)), same_parts(("BROECK", "VANDEN"), ("VANDENBROECK",))
    (True, True)
    >>> same_parts(("ANNA",), ("ANNE",))
    False
    """
    joined, joined_other = "".join(one), "".join(other)
    if joined == joined_other:
        return True
    if len(one) == len(other) == 1 or len(joined) != len(joined_other) or sorted(joined) != sorted(joined_other):
        return False
    if max(len(one), len(other)) > _MOST_ORDERS:
        return sorted(one) == sorted(other)
    orders = {"".join(order) for order in permutations(one)}
    return any("".join(order) in orders for order in permutations(other))


def equal(one: str | None, other: str | None) -> bool:
    """Whether two texts are `=` in any of their forms; absent on both sides is `=`.

    >>> equal("Müller", "MUELLER"), equal("Jean-Pierre", "Pierre Jean"), equal(None, None), equal("Anna", None)
    (True, True, True, False)
    """
    ones, others = forms(one or ""), forms(other or "")
    if not ones or not others:
        # Two texts in signs that have no letters at all are the same only when they are written the same.
        return not ones and not others and (one or "").strip() == (other or "").strip()
    return any(same_parts(a, b) for a in ones for b in others)


_REDUCTIONS = (
    (re.compile(r"SCH|SH|CZ|TS|DZ"), "S"),
    (re.compile(r"PH"), "F"),
    (re.compile(r"KH|CH|CK|Q|C(?![EIY])|X"), "K"),
    (re.compile(r"[CZ]"), "S"),
    (re.compile(r"DT|TH|D"), "T"),
    (re.compile(r"[WV]"), "F"),
    (re.compile(r"GH?"), "K"),
    (re.compile(r"B"), "P"),
)
_VOWELS = re.compile(r"[AEIOUYHJ]+")
_DOUBLES = re.compile(r"(.)\1+")


@lru_cache(maxsize=100_000)
def skeleton(part: str) -> str:
    """The consonants one hears: for looking candidates up, never for deciding.

    >>> skeleton("COENIG") == skeleton("COENIGE"), skeleton("MULLER") == skeleton("MUELLER")
    (True, True)
    >>> skeleton("IANA")
    'AN'
    """
    heard = part
    for pattern, sound in _REDUCTIONS:
        heard = pattern.sub(sound, heard)
    start = "A" if _VOWELS.match(heard) else ""
    return start + _DOUBLES.sub(r"\1", _VOWELS.sub("", heard))
