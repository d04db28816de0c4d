"""Names as stated beside names as a zone prints them: upper case, transliterated, perhaps cut off.

Source: ICAO Doc 9303-3, section 4.6 (what goes into the field and how it is cut) and section 6 (transliteration).
"""

from __future__ import annotations

import re
import unicodedata

from anyascii import anyascii

from domain.identification import Agreement
from domain.zone import ZoneFormat
from matching.names import Likeness, compare_given_names, compare_surnames
from matching.normalise import equal, forms, same_parts, significant

#: Where a state may choose (Doc 9303-3, section 6.A), besides dropping the mark.
_LATIN = {
    "Ä": "AE|A", "Ö": "OE|O", "Ü": "UE|UXX|U", "Å": "AA|A", "Ø": "OE|O", "Æ": "AE", "Œ": "OE", "Ñ": "NXX|N",
    "ẞ": "SS", "Þ": "TH", "Ð": "DH|D", "Đ": "DJ|D", "Ĳ": "IJ", "ĸ": "Q|K", "Ŋ": "N", "Ł": "L", "Ŧ": "T", "Ħ": "H",
    "İ": "I", "Ə": "E|A",
    # Typed without the mark that is printed.
    "A": "A|AE", "O": "O|OE", "U": "U|UE",
}  # fmt: skip
#: How many characters the names have in each format, the two fillers between them among these.
_WIDTH = {ZoneFormat.TD1: 30, ZoneFormat.TD2: 31, ZoneFormat.TD3: 39}
_LETTERS = re.compile(r"[^A-Z]+")
#: What some states print for whoever has no given name.
_NO_NAME = frozenset(("FNU", "LNU", "XXX", "NFN", "XX"))


def full(surname: str, given_names: str, layout: ZoneFormat) -> bool:
    """Whether the names fill their field, and may have been cut off.

    >>> full("NILAVADHANANANDA", "CHAYAPA DEJTHAMRONG K", ZoneFormat.TD3), full("DUPONT", "LOUIS", ZoneFormat.TD3)
    (True, False)
    """
    return len(surname) + 2 + len(given_names) >= _WIDTH[layout] - 1


def same_surname(stated: str, printed: str, *, cut: bool) -> Agreement:
    """A surname. A particle more or less is no difference, a part left out is one.

    >>> same_surname("Müller-Größ", "MUELLER GROESS", cut=False).value
    'same'
    >>> same_surname("Reutter", "REUTER", cut=False).value, same_surname("Broeck", "VAN DEN BROECK", cut=False).value
    ('different', 'same')
    """
    if not printed or printed in _NO_NAME:
        return Agreement.MISSING
    if not _latin(stated):
        return _foreign(compare_surnames(stated, printed).likeness)
    if _spelled(stated, printed, cut=cut) or equal(stated, printed):
        return Agreement.SAME
    there = [significant(parts) for parts in forms(printed)]
    here = [significant(parts) for parts in forms(stated)]
    return Agreement.SAME if any(same_parts(a, b) for a in here for b in there) else Agreement.DIFFERENT


def same_given_names(stated: str, printed: str, *, cut: bool) -> Agreement:
    """Given names, of which either side may have only the first ones.

    >>> [same_given_names(name, "ANNA MARIA", cut=False).value for name in ("Anna", "Maria")]
    ['same', 'different']
    >>> same_given_names("Jean-Pierre", "JEANPIERRE", cut=False).value
    'same'
    """
    if not printed or printed in _NO_NAME:
        return Agreement.MISSING
    if not _latin(stated):
        return _foreign(compare_given_names(stated, printed).likeness)
    if _spelled(stated, printed, cut=cut) or equal(stated, printed):
        return Agreement.SAME
    ours, theirs = _words(stated), printed.split()
    for some in range(1, len(ours) + 1):
        if _spelled(" ".join(ours[:some]), printed, cut=False):
            return Agreement.SAME
    for some in range(1, len(theirs) + 1):
        if _spelled(stated, " ".join(theirs[:some]), cut=False):
            return Agreement.SAME
    return Agreement.DIFFERENT


def _spelled(stated: str, printed: str, *, cut: bool) -> bool:
    """Whether the zone's letters are one of the ways to write what was stated, whole or as far as there was room."""
    words, target = _words(stated), _LETTERS.sub("", printed)
    if not words or not target:
        return False
    if len(target) in _reached("".join(words), target):
        return True
    # Cut off: each printed part is the beginning of its stated one, and the last ones may be missing.
    parts = printed.split()
    return cut and len(parts) <= len(words) and all(map(_begins, words, parts))


def _reached(word: str, target: str) -> set[int]:
    """How many of the target's letters the word can stand for. Places instead of a pattern: nothing to backtrack."""
    places = {0}
    for letter in word:
        places = {place + len(way) for place in places for way in _ways(letter) if target.startswith(way, place)}
    return places


def _begins(word: str, printed: str) -> bool:
    """Whether a printed part is the beginning of a stated word, in any of its spellings."""
    return any(
        way.startswith(printed[place:])
        for letters in range(len(word))
        for place in _reached(word[:letters], printed)
        for way in _ways(word[letters])
    )


def _ways(letter: str) -> list[str]:
    if letter in _LATIN:
        return _LATIN[letter].split("|")
    return [_LETTERS.sub("", anyascii(letter).upper())]


def _words(text: str) -> list[str]:
    """Upper-case words; apostrophes join, hyphens part."""
    plain = re.sub(r"['`´‘’ʼʹʻʿʾ′.]", "", unicodedata.normalize("NFKC", text).replace("ß", "ẞ").upper())  # noqa: RUF001 - as typed
    return re.findall(r"[^\W\d_]+", plain)


def _latin(text: str) -> bool:
    """Whether every letter is Latin: other scripts have several romanisations, of which the zone holds one."""
    return all("LATIN" in unicodedata.name(char, "") for char in text if unicodedata.category(char)[0] == "L")


def _foreign(likeness: Likeness) -> Agreement:
    """Of another script only what agrees is told: what does not may be another romanisation."""
    return Agreement.SAME if likeness in (Likeness.EQUAL, Likeness.NEAR) else Agreement.MISSING
