"""How two names compare. Near enough for a machine is narrower than near enough to be looked at by an agent.

`NEAR` may support an automatic answer (domain.md section 4, with the stricter reading where two are possible),
`LOOSE` only makes somebody a look-alike: it is never a reason to answer without an agent.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from itertools import permutations

from rapidfuzz.distance import OSA

from matching.normalise import Parts, equal, forms, same_parts, significant

#: An MRZ cuts names off; a shorter beginning than this is another name (Jean, Jeanne).
_SHORTEST_TRUNCATION = 8
#: What tells a son from his father, or a namesake from another: never ignored, never a part left out.
_GENERATIONS = frozenset("JR SR JUNIOR SENIOR FILHO NETO II III IV".split())  # noqa: SIM905 - reads better


class Likeness(IntEnum):
    """How far two names agree. MISSING: one side has none, which says nothing."""

    DIFFERENT = 0
    MISSING = 1
    LOOSE = 2
    NEAR = 3
    EQUAL = 4


@dataclass(frozen=True, slots=True)
class NameComparison:
    """A likeness and why. `spelling`: near only because letters differ, so that it may be another name after all."""

    likeness: Likeness
    why: str
    spelling: bool = False


DIFFERENT = NameComparison(Likeness.DIFFERENT, "the names differ")
MISSING = NameComparison(Likeness.MISSING, "not known on one side")


def allowed_edits(letters: int) -> int:
    """0 edits under 4 letters, 1 up to 6, 2 from 7."""
    return 0 if letters < 4 else 1 if letters <= 6 else 2


def _edits(one: str, other: str) -> int:
    # A transposition is one slip (optimal string alignment).
    return OSA.distance(one, other, score_cutoff=2)


def _near_spelling(one: Parts, other: Parts, most: int) -> bool:
    """Part by part where both have as many, else joined; the shorter of two decides how many edits are allowed."""
    if len(one) == len(other) and len(one) <= 4:
        return any(_near_in_order(one, order, most) for order in permutations(other))
    a, b = "".join(one), "".join(other)
    return _edits(a, b) <= min(most, allowed_edits(min(len(a), len(b))))


def _near_in_order(one: Parts, other: Parts, most: int) -> bool:
    total = 0
    for a, b in zip(one, other, strict=True):
        edits = _edits(a, b)
        total += edits
        if edits > allowed_edits(min(len(a), len(b))) or total > most:
            return False
    return True


def _loose_spelling(one: Parts, other: Parts) -> bool:
    """Joined, and the longer one decides; or one is the other cut off."""
    a, b = sorted(("".join(one), "".join(other)), key=len)
    return _edits(a, b) <= allowed_edits(len(b)) or (len(a) >= _SHORTEST_TRUNCATION and b.startswith(a))


def _within(one: Parts, other: Parts) -> bool:
    """Whether every part of the shorter is a part of the longer, and they share more than particles."""
    short, long = sorted((one, other), key=len)
    rest = list(long)
    for part in short:
        if part not in rest:
            return False
        rest.remove(part)
    shared = set(significant(short)) & set(significant(long))
    return any(len(part) > 1 for part in shared)


def _another_generation(one: Parts, other: Parts) -> bool:
    return bool((set(one) ^ set(other)) & _GENERATIONS)


def _generation(one: Parts, other: Parts) -> NameComparison:
    here, there = (tuple(part for part in name if part not in _GENERATIONS) for name in (one, other))
    if here and there and (same_parts(here, there) or _loose_spelling(here, there)):
        return NameComparison(Likeness.LOOSE, "another generation of the same name (Jr, II)", spelling=True)
    return DIFFERENT


def _surname_parts(one: Parts, other: Parts) -> NameComparison:
    if same_parts(one, other):
        return NameComparison(Likeness.EQUAL, "the surnames are equal")
    if _another_generation(one, other):
        return _generation(one, other)
    if _within(one, other):
        return NameComparison(Likeness.NEAR, "a part of the surname is left out")
    if _near_spelling(one, other, most=2):
        return NameComparison(Likeness.NEAR, "the surnames differ by a letter or two", spelling=True)
    if same_parts(significant(one), significant(other)):
        return NameComparison(Likeness.NEAR, "the surnames differ in a particle")
    if _loose_spelling(one, other):
        return NameComparison(Likeness.LOOSE, "the surnames look alike")
    return DIFFERENT


def _given_parts(one: Parts, other: Parts) -> NameComparison:
    if same_parts(one, other):
        return NameComparison(Likeness.EQUAL, "the given names are equal")
    if _another_generation(one, other):
        return _generation(one, other)
    short, long = sorted((one, other), key=len)
    if _same_beginning(short, long):
        return NameComparison(Likeness.NEAR, "only some of the given names, the first one included")
    if _near_spelling(one, other, most=1):
        return NameComparison(Likeness.NEAR, "the given names differ by a letter", spelling=True)
    if short[0] == long[0] or _within(short, long):
        return NameComparison(Likeness.LOOSE, "the given names share one name", spelling=True)
    if (len(one[0]) == 1 or len(other[0]) == 1) and one[0][0] == other[0][0]:
        return NameComparison(Likeness.LOOSE, "only an initial, which fits", spelling=True)
    if _loose_spelling(one, other) or _loose_spelling(one[:1], other[:1]):
        return NameComparison(Likeness.LOOSE, "the given names look alike", spelling=True)
    return DIFFERENT


def _same_beginning(short: Parts, long: Parts) -> bool:
    """First given name the same, the others the same or their initials, or left out at the end."""
    return (
        short[0] == long[0]
        and len(short[0]) > 1
        and all(a == b or (1 in (len(a), len(b)) and a[0] == b[0]) for a, b in zip(short, long, strict=False))
    )


def _best(one: str, other: str, compare: Callable[[Parts, Parts], NameComparison]) -> NameComparison:
    best = DIFFERENT
    for a in forms(one):
        for b in forms(other):
            found = compare(a, b)
            if found.likeness > best.likeness:
                best = found
    return best


def compare_surnames(one: str | None, other: str | None) -> NameComparison:
    """Two surnames.

    >>> compare_surnames("Van den Broeck", "VANDENBROECK").likeness.name
    'EQUAL'
    >>> compare_surnames("Garcia", "García Márquez").why
    'a part of the surname is left out'
    """
    if equal(one, other):
        return NameComparison(Likeness.EQUAL, "the surnames are equal")
    if not one or not other:
        return MISSING
    return _best(one, other, _surname_parts)


def compare_given_names(one: str | None, other: str | None) -> NameComparison:
    """Two sets of given names; absent on both sides is equal.

    >>> compare_given_names("Coenig", "Coenige").likeness.name, compare_given_names("Jean", "Jean Pierre").likeness.name
    ('NEAR', 'NEAR')
    >>> compare_given_names("Jean", "Jeanne").likeness.name, compare_given_names("J.", "Jean").likeness.name
    ('DIFFERENT', 'LOOSE')
    """
    if equal(one, other):
        why = "the given names are equal" if one else "neither has a given name"
        return NameComparison(Likeness.EQUAL, why)
    if not one or not other:
        return MISSING
    return _best(one, other, _given_parts)


def same_whole_name(one: tuple[str, str | None], other: tuple[str, str | None]) -> bool:
    """Whether (surname, given names) of the two hold the same parts, divided in another way (swapped, in one field).

    >>> same_whole_name(("Coenige", "Reuter"), ("Reuter", "Coenige"))
    True
    """
    return equal(f"{one[0]} {one[1] or ''}", f"{other[0]} {other[1] or ''}")
