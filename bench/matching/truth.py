"""What can be known at all: who is meant, and whether anybody could tell."""

from __future__ import annotations

from collections import Counter, defaultdict

from bench.matching.draft import Draft
from bench.matching.register import Register
from bench.matching.text import edits, key, parts
from domain.niss import Niss
from domain.people import PartialDate

_KINDS = {
    "twin": "of-twins",
    "father-and-son": "father-or-son",
    "namesake": "has-namesake",
    "slip-namesake": "namesake-slip-away",
    "twice": "registered-twice",
    "replaced": "replaced",
    "deceased": "deceased",
}


class Truth:
    """Knows the register's people by name and date, and which numbers are one person's."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self._of_date: dict[PartialDate, list[int]] = defaultdict(list)
        self._families: dict[int, list[int]] = defaultdict(list)
        self._traits: dict[int, list[str]] = defaultdict(list)
        self._earlier: dict[Niss, set[Niss]] = defaultdict(set)
        for place, person in enumerate(register.people):
            self._of_date[person.birth_date].append(place)
        for old in register.latest:
            self._earlier[self._last(old)].add(old)
        for kind, places in register.special.items():
            for place in places:
                self._traits[place].append(_KINDS[kind])

    def traits(self, place: int) -> list[str]:
        """Labels of what is special about somebody."""
        return list(dict.fromkeys(self._traits.get(place, ())))

    def holding(self, place: int | None) -> Niss | None:
        """The number that holds today."""
        if place is None:
            return None
        return self._last(self.register.people[place].ssin)

    def _last(self, ssin: Niss) -> Niss:
        """At the end of the replacements; each number is replaced once, by a later one."""
        while ssin in self.register.latest:
            ssin = self.register.latest[ssin]
        return ssin

    def numbers(self, place: int | None) -> frozenset[Niss]:
        """All numbers of a person."""
        latest = self.holding(place)
        return frozenset() if latest is None else frozenset({latest} | self._earlier.get(latest, set()))

    def fits_another(self, draft: Draft, meant: frozenset[Niss]) -> bool:
        """Whether somebody not meant has this very name and birth date, or the meant one stands there twice."""
        stated = _name_key(draft.surname, draft.given)
        for place in self._of_date.get(draft.born, ()):
            person = self.register.people[place]
            if person.ssin not in meant and _name_key(person.surname, person.given_names or "") == stated:
                return True
        twice = set(self.register.special.get("twice", ())) if meant else set()
        return any(self.register.people[place].ssin in meant for place in twice)

    def cannot_be_told(self, draft: Draft, place: int) -> bool:
        """Whether what is stated of somebody near a registered person might as well be that person, ill stated.

        Names apart by an edit or a name left out, a date by a slip at most, and nothing else that differs.
        """
        other = self.register.draft(place)
        same_names = _could_be(draft.surname, other.surname) and _could_be(draft.given, other.given)
        if not same_names or (draft.sex and other.sex and draft.sex != other.sex):
            return False
        if draft.born != other.born and not a_slip(draft.born, other.born):
            return False
        return not _tells(draft, other) or draft.born == other.born


def _name_key(surname: str, given: str) -> tuple[str, tuple[str, ...]]:
    return key(surname), tuple(sorted(parts(given)))


def _could_be(one: str, other: str) -> bool:
    """Whether one may be the other with an edit, an initial, or a name left out."""
    ours, theirs = parts(one), parts(other)
    if not ours or not theirs:
        return True
    fewer, more = sorted((Counter(ours), Counter(theirs)), key=Counter.total)
    if not fewer - more:
        return True
    return edits(ours[0], theirs[0]) <= 1 or ours[0] == theirs[0][:1] or theirs[0] == ours[0][:1]


def a_slip(one: PartialDate, other: PartialDate) -> bool:
    """Whether a usual slip leads from one date to the other."""
    if not (one.day and other.day):
        return one.covers(other)
    if one.year == other.year:
        return (one.month, one.day) == (other.day, other.month) or one.month == other.month or one.day == other.day
    same_day = (one.month, one.day) == (other.month, other.day)
    return same_day and (abs(one.year - other.year) == 1 or edits(str(one.year), str(other.year)) == 1)


def _tells(draft: Draft, other: Draft) -> bool:
    """Whether birth place and address both speak against, as far as either is stated; at least one of them is."""
    place = bool(draft.place and other.place) and key(draft.place) != key(other.place)
    town = bool(draft.municipality and other.municipality)
    moved = town and key(draft.municipality + draft.street) != key(other.municipality + other.street)
    if draft.place and other.place:
        return place and (moved or not town)
    return moved
