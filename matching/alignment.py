"""Two names laid side by side, part by part: which parts belong together, how, and what is left over on either side."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from rapidfuzz.distance import OSA, Indel

from matching.nicknames import may_be_called
from matching.normalise import PARTICLES, Parts
from matching.romanisation import may_be_romanised

#: Parts beyond these are not aligned; no name has more that tell anything.
_MOST_PARTS = 8
#: A part cut off, as in a machine-readable zone, keeps this many letters at least: Jean is not the start of Jeanne.
_SHORTEST_CUT = 5
#: A familiar form is often the beginning (Nath, Nathalie) or the end (Laye, Abdoulaye) of a name.
_SHORTEST_BEGINNING, _SHORTEST_END = 3, 4
#: Below this (share of letters in common) only a familiar form may still belong together: most pairs end here.
_LEAST_IN_COMMON = 0.5


class Bond(IntEnum):
    """How two parts belong together, best last."""

    NONE = 0
    TWO_EDITS = 1
    INITIAL = 2
    CUT = 3
    NICKNAME = 4
    ONE_EDIT = 5
    ROMANISED = 6
    EQUAL = 7


@dataclass(frozen=True, slots=True)
class Alignment:
    """Bonds of the parts of `one` with parts of `other`, by position, and the parts left over; particles apart."""

    pairs: tuple[tuple[int, int, Bond], ...]
    rest_one: Parts
    rest_other: Parts
    particles_differ: bool

    @property
    def worst(self) -> Bond:
        """The weakest bond between parts that are not particles; NONE where there is no pair."""
        return min((bond for _, _, bond in self.pairs), default=Bond.NONE)

    @property
    def edits(self) -> int:
        """Letters that differ, over all pairs."""
        return sum({Bond.ONE_EDIT: 1, Bond.TWO_EDITS: 2}.get(bond, 0) for _, _, bond in self.pairs)


def allowed_edits(letters: int) -> int:
    """0 edits under 4 letters, 1 up to 6, 2 from 7."""
    return 0 if letters < 4 else 1 if letters <= 6 else 2


def edits_between(one: str, other: str) -> int:
    """Edits between two spellings, 3 standing for more; a transposition is one slip (optimal string alignment)."""
    return OSA.distance(one, other, score_cutoff=2)


@lru_cache(maxsize=200_000)
def bond(one: str, other: str) -> Bond:
    """How two parts (upper-case ASCII) belong together.

    >>> bond("COENIG", "COENIGE").name, bond("J", "JEAN").name, bond("LEE", "LIE").name
    ('ONE_EDIT', 'INITIAL', 'NONE')
    """
    if one == other:
        return Bond.EQUAL
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    if len(short) <= 1:
        return Bond.INITIAL if short == long[:1] else Bond.NONE
    if Indel.normalized_similarity(one, other) < _LEAST_IN_COMMON:
        return Bond.NICKNAME if _short_form(short, long) or may_be_called(one, other) else Bond.NONE
    if may_be_romanised(one, other):
        return Bond.ROMANISED
    edits, allowed = edits_between(one, other), allowed_edits(len(short))
    if edits == 1 and allowed:
        return Bond.ONE_EDIT
    if may_be_called(one, other):
        return Bond.NICKNAME
    if len(short) >= _SHORTEST_CUT and long.startswith(short):
        return Bond.CUT
    if _short_form(short, long):
        return Bond.NICKNAME
    return Bond.TWO_EDITS if edits == 2 and allowed == 2 else Bond.NONE


def _short_form(short: str, long: str) -> bool:
    return (len(short) >= _SHORTEST_BEGINNING and long.startswith(short)) or (
        len(short) >= _SHORTEST_END and long.endswith(short)
    )


def align(one: Parts, other: Parts) -> Alignment:
    """Pair the parts, the strongest bonds first; equal positions break ties. Particles pair only with themselves.

    >>> found = align(("VAN", "GARCIA", "LOPEZ"), ("GARCIA",))
    >>> found.pairs, found.rest_one, found.particles_differ
    (((1, 0, <Bond.EQUAL: 7>),), ('LOPEZ',), True)
    """
    here, there = _telling(one), _telling(other)
    found = [
        (tie, -abs(a - b), -i, -j)
        for a, i in enumerate(here)
        for b, j in enumerate(there)
        if (tie := bond(one[i], other[j]))
    ]
    found.sort(reverse=True)
    pairs: list[tuple[int, int, Bond]] = []
    used_one: set[int] = set()
    used_other: set[int] = set()
    for tie, _, i, j in found:
        if -i in used_one or -j in used_other:
            continue
        used_one.add(-i)
        used_other.add(-j)
        pairs.append((-i, -j, tie))
    particles = [sorted(part for part in name if part in PARTICLES) for name in (one, other)]
    return Alignment(
        tuple(sorted(pairs)),
        tuple(one[i] for i in here if i not in used_one),
        tuple(other[j] for j in there if j not in used_other),
        particles[0] != particles[1],
    )


def _telling(name: Parts) -> list[int]:
    places = [place for place, part in enumerate(name[:_MOST_PARTS]) if part not in PARTICLES]
    return places or list(range(len(name[:_MOST_PARTS])))
