"""Errors of letters: marks, other tables, typing, reading, cut names. Each returns whether it could be made."""

from __future__ import annotations

import random
import string
from collections.abc import Callable

from bench.matching.draft import Draft
from bench.matching.text import cased_like, in_script, plain

_EXPANDED = {
    "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "å": "aa", "æ": "ae", "ñ": "nn", "ő": "oe", "ű": "ue",
    "ð": "dh", "þ": "th", "đ": "dj", "õ": "oe",
}  # fmt: skip
_MARKED = {"a": "áàâä", "e": "éèêë", "i": "íî", "o": "óôö", "u": "úüû", "c": "çć", "s": "š", "z": "ž", "n": "ñ"}
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_NEAR_KEYS = {
    row[place]: (row[place - 1] if place else "") + row[place + 1 : place + 2]
    for row in _KEYS
    for place in range(len(row))
}
_READ_AS = (
    ("O", "0"), ("I", "1"), ("L", "1"), ("S", "5"), ("B", "8"), ("Z", "2"), ("G", "6"), ("O", "Q"), ("D", "O"),
    ("I", "L"), ("RN", "M"), ("M", "RN"), ("VV", "W"), ("U", "V"), ("V", "Y"), ("C", "G"), ("E", "F"), ("H", "N"),
    ("K", "X"), ("CL", "D"), ("A", "4"),
)  # fmt: skip


def _names(luck: random.Random, draft: Draft, change: Callable[[str], str], *, both: float = 0.3) -> bool:
    """Change the surname, the given names, or both."""
    order = ["surname", "given"] if luck.random() < 0.62 else ["given", "surname"]
    done = False
    for name in order:
        before = getattr(draft, name)
        after = change(before) if before else before
        if after.strip() and after != before:
            setattr(draft, name, after)
            done = True
            if luck.random() > both:
                break
    return done


def diacritics(luck: random.Random, draft: Draft) -> bool:
    """Marks left out everywhere, or by the national or ICAO table (Ü as UE); or put where none were."""
    if (draft.surname + draft.given).isascii():
        if luck.random() > 0.1:
            return False
        letters = [place for place, char in enumerate(draft.surname) if char in _MARKED]
        if not letters:
            return False
        place = luck.choice(letters)
        char = luck.choice(_MARKED[draft.surname[place]])
        draft.surname = draft.surname[:place] + char + draft.surname[place + 1 :]
        return True
    change = plain if luck.random() < 0.6 else _expanded
    draft.surname, draft.given = change(draft.surname), change(draft.given)
    if luck.random() < 0.7:
        draft.place, draft.municipality, draft.street = (
            plain(draft.place),
            plain(draft.municipality),
            plain(draft.street),
        )
    return True


def _expanded(text: str) -> str:
    for char, letters in _EXPANDED.items():
        capital = letters.capitalize() if text[1:2].islower() or len(text) < 2 else letters.upper()
        text = text.replace(char, letters).replace(char.upper(), capital) if char != "ß" else text.replace(char, "ss")
    return plain(text)


def transliteration(luck: random.Random, draft: Draft) -> bool:
    """One or two letters or syllables by another table, in one name or in both."""
    tables = list(draft.culture.spellings)
    luck.shuffle(tables)

    def change(text: str) -> str:
        left = 1 if luck.random() < 0.65 else 2
        low = text.lower()
        for one, other in tables:
            here, there = (one, other) if luck.random() < 0.75 or not other else (other, one)
            at = low.find(here)
            if at >= 0 and low[at : at + len(there)] != there:
                text = text[:at] + (there.upper() if text.isupper() else there) + text[at + len(here) :]
                if at == 0 or text[at - 1] in " -":
                    text = text[:at] + text[at : at + 1].upper() + text[at + 1 :]
                low, left = text.lower(), left - 1
                if not left:
                    break
        return " ".join(text.split())

    return _names(luck, draft, change, both=0.35)


def script(_luck: random.Random, draft: Draft) -> bool:
    """Typed in the letters of the country."""
    if not draft.culture.script:
        return False
    draft.surname = in_script(draft.surname, draft.culture.script)
    draft.given = in_script(draft.given, draft.culture.script)
    return True


def typing_1(luck: random.Random, draft: Draft) -> bool:
    """One edit."""
    return _names(luck, draft, lambda text: edited(luck, text), both=0)


def typing_2(luck: random.Random, draft: Draft) -> bool:
    """Two edits, in one name or one in each."""
    if luck.random() < 0.5:
        return _names(luck, draft, lambda text: edited(luck, edited(luck, text)), both=0)
    return typing_1(luck, draft) and _names(luck, draft, lambda text: edited(luck, text), both=0)


def edited(luck: random.Random, text: str) -> str:
    """A letter left out, twice, another one, one more, or two neighbours exchanged."""
    places = [place for place, char in enumerate(text) if char.isalpha()]
    if len(places) < 3:
        return text
    place = luck.choice(places if luck.random() < 0.25 else places[1:])
    char = text[place]
    kind = luck.random()
    if kind < 0.25:
        return text[:place] + text[place + 1 :]
    if kind < 0.38:
        return text[:place] + char.lower() + text[place:] if place else text[:1] + text[:1].lower() + text[1:]
    if kind < 0.68:
        near = _NEAR_KEYS.get(char.lower(), "")
        new = luck.choice(near) if near and luck.random() < 0.6 else luck.choice(string.ascii_lowercase)
        return text[:place] + cased_like(new, char) + text[place + 1 :]
    if kind < 0.8:
        return text[:place] + luck.choice(string.ascii_lowercase) + text[place:]
    if place + 1 < len(text) and text[place + 1].isalpha():
        return text[:place] + cased_like(text[place + 1], char) + cased_like(char, text[place + 1]) + text[place + 2 :]
    return text[:place] + text[place + 1 :]


def ocr(luck: random.Random, draft: Draft) -> bool:
    """One or two letters read as what looks alike, in capitals."""
    tables = list(_READ_AS)
    luck.shuffle(tables)

    def change(text: str) -> str:
        upper = plain(text).upper()
        for one, other in tables:
            for here, there in ((one, other), (other, one)):
                if here in upper:
                    at = luck.choice([i for i in range(len(upper)) if upper.startswith(here, i)])
                    return upper[:at] + there + upper[at + len(here) :]
        return text

    return _names(luck, draft, change, both=0.25)


def mrz_truncated(luck: random.Random, draft: Draft) -> bool:
    """Cut where a card's or an old form's zone ends; only names long enough to be cut."""
    surname, given = plain(draft.surname).upper(), plain(draft.given).upper()
    room = luck.choice((39, 30, 26, 22, 20))
    if len(surname) + 2 + len(given) <= room or len(surname) < 4:
        return False
    if len(surname) > room - 4:
        surname = surname[: room - 4].rstrip(" -")
    draft.surname, draft.given = surname, given[: room - len(surname) - 2].rstrip(" -")
    return True


def case(luck: random.Random, draft: Draft) -> bool:
    """All in capitals or small letters; spaces too many."""
    change = luck.choice((str.upper, str.upper, str.lower, _spaced))
    before = (draft.surname, draft.given)
    draft.surname, draft.given = change(draft.surname), change(draft.given)
    return before != (draft.surname, draft.given)


def _spaced(text: str) -> str:
    return text.replace(" ", "  ").replace("-", " - ")
