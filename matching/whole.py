"""Surname and given names taken together: swapped, divided in another way, or one of them in the other field."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz import fuzz

from matching.alignment import Bond, align, bond
from matching.normalise import Parts, equal, forms, significant, skeleton

#: Of 100, how much of the shorter name must stand in the longer.
_GLANCE = 60
#: The same where both names are to agree, from five letters on: in shorter ones a letter is much.
_MUCH, _SHORT = 68, 5
#: (surname, given names) as stated or registered.
WholeName = tuple[str, str | None]


def same_whole_name(one: WholeName, other: WholeName) -> bool:
    """Whether (surname, given names) of the two hold the same parts, divided in another way (swapped, in one field).

    >>> same_whole_name(("Coenige", "Reuter"), ("Reuter", "Coenige"))
    True
    """
    return equal(f"{one[0]} {one[1] or ''}", f"{other[0]} {other[1] or ''}")


@lru_cache(maxsize=50_000)
def _whole(surname: str, given_names: str | None) -> tuple[Parts, Parts, frozenset[str]]:
    """Telling parts of surname and given names, and how all of them sound."""
    here, there = (significant(next(iter(forms(name or "")), ())) for name in (surname, given_names))
    return here, there, frozenset(skeleton(part) for part in here + there)


def at_a_glance(one: WholeName, other: WholeName) -> bool:
    """Whether it is worth comparing two people's names part by part: any name of one has much of any of the other's.

    Most who share a birth date end here, after a few microseconds.
    """
    here, there = _joined(*one), _joined(*other)
    if not here or not there:
        return True  # signs without letters
    return any(fuzz.partial_ratio(a, b, score_cutoff=_GLANCE) for a in here for b in there)


def both_at_a_glance(one: WholeName, other: WholeName) -> bool:
    """Whether surname and given names both have much of the other's, or one of them is missing; in either order.

    >>> both_at_a_glance(("Yildiz", "Ismail"), ("YILOIZ", "I.")), both_at_a_glance(("Pas", "Jan"), ("Jan", "Pas"))
    (True, True)
    >>> both_at_a_glance(("Nowak", "Jan"), ("Nowak", "Piotr"))
    False
    """
    return (_much(one[0], other[0]) and _much(one[1], other[1])) or (
        _much(one[0], other[1]) and _much(one[1], other[0])
    )


def _much(one: str | None, other: str | None) -> bool:
    here, there = _spelled(one or ""), _spelled(other or "")
    if not here or not there:
        return True  # missing, or signs without letters
    return any(
        fuzz.partial_ratio(a, b, score_cutoff=_GLANCE if min(len(a), len(b)) < _SHORT else _MUCH)
        for a in here
        for b in there
    )


@lru_cache(maxsize=100_000)
def _spelled(name: str) -> tuple[str, ...]:
    """A name without spaces, in every form."""
    return tuple("".join(parts) for parts in forms(name))


@lru_cache(maxsize=50_000)
def _joined(surname: str, given_names: str | None) -> tuple[str, ...]:
    """Surname and given names without spaces, in every form; what has no letters is left out."""
    return tuple("".join(parts) for name in (surname, given_names) for parts in forms(name or ""))


def shared_whole_name(one: WholeName, other: WholeName) -> tuple[Parts, Parts] | None:
    """The parts of one's surname and given names that stand in the other's, in whichever field.

    Only where all parts of the shorter name do, two at least, and one of them in the other field; else None.

    >>> shared_whole_name(("Mohammad", "Saleh"), ("Ben Saleh", "Mohamad Ali"))
    (('MOHAMMAD',), ('SALEH',))
    """
    surname, given, sounds = _whole(*one)
    other_surname, other_given, other_sounds = _whole(*other)
    if sounds.isdisjoint(other_sounds):
        return None  # by far the most
    whole, other_whole = surname + given, other_surname + other_given
    found = align(whole, other_whole)
    pairs = [(i, j) for i, j, tie in found.pairs if tie >= Bond.ONE_EDIT]
    crossed = any((i < len(surname)) != (j < len(other_surname)) for i, j in pairs)
    if len(pairs) < max(2, min(len(whole), len(other_whole))) or not crossed:
        return None
    kept = {i for i, _ in pairs}
    places = range(len(whole))
    return (
        tuple(whole[i] for i in places if i in kept and i < len(surname)),
        tuple(whole[i] for i in places if i in kept and i >= len(surname)),
    )


def in_the_other_field(one: WholeName, other: WholeName) -> Parts:
    """Parts of one's surname that are given names of the other, or the other way round; () where there are none."""
    surname, given, sounds = _whole(*one)
    other_surname, other_given, other_sounds = _whole(*other)
    if sounds.isdisjoint(other_sounds):
        return ()
    for here, there in ((surname, other_given), (given, other_surname)):
        agreed = tuple(part for part in here if any(bond(part, twin) >= Bond.ROMANISED for twin in there))
        if any(len(part) > 1 for part in agreed):
            return agreed
    return ()
