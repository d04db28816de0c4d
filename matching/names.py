"""How two names compare: a level that says what differs, and how near that is.

`Likeness` is the coarse scale of the house rule (docs/matching.md): NEAR may support an automatic answer, LOOSE only
makes somebody worth a look. `Level` is the fine one: every level has a frequency of its own among true pairs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import lru_cache

from rapidfuzz.distance import Indel

from matching.alignment import Alignment, Bond, align, allowed_edits, edits_between
from matching.normalise import Parts, equal, forms, same_parts, significant

#: The share of letters in common from which two names are vaguely alike.
_VAGUELY_ALIKE = 0.65
#: A machine-readable zone cuts long names off.
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


class Level(StrEnum):
    """What differs between two names."""

    EQUAL = "equal"
    ROMANISED = "romanised"
    PARTICLE = "particle"
    PART = "part"
    TYPO = "typo"
    TYPOS = "typos"
    CUT = "cut"
    FORMER = "former"
    REARRANGED = "rearranged"
    INITIAL = "initial"
    NICKNAME = "nickname"
    GENERATION = "generation"
    SHARED = "shared"
    LOOKS = "looks"
    VAGUE = "vague"
    MISSING = "missing"
    DIFFERENT = "different"


_LIKENESS = {
    Level.EQUAL: Likeness.EQUAL,
    Level.ROMANISED: Likeness.NEAR,
    Level.PARTICLE: Likeness.NEAR,
    Level.PART: Likeness.NEAR,
    Level.TYPO: Likeness.NEAR,
    Level.TYPOS: Likeness.NEAR,
    Level.CUT: Likeness.NEAR,
    Level.FORMER: Likeness.NEAR,
    Level.REARRANGED: Likeness.NEAR,
    Level.INITIAL: Likeness.NEAR,
    Level.NICKNAME: Likeness.LOOSE,
    Level.GENERATION: Likeness.LOOSE,
    Level.SHARED: Likeness.LOOSE,
    Level.LOOKS: Likeness.LOOSE,
    Level.VAGUE: Likeness.LOOSE,
    Level.MISSING: Likeness.MISSING,
    Level.DIFFERENT: Likeness.DIFFERENT,
}
#: The better of two readings of one name is the one that explains more.
_RANK = {level: (likeness, -place) for place, (level, likeness) in enumerate(_LIKENESS.items())}


@dataclass(frozen=True, slots=True)
class NameComparison:
    """A level, why, and the parts of the first name that carry the agreement (what its rarity is measured by)."""

    level: Level
    why: str
    agreed: Parts = ()

    @property
    def likeness(self) -> Likeness:
        """The coarse scale."""
        return _LIKENESS[self.level]


DIFFERENT = NameComparison(Level.DIFFERENT, "the names differ")
MISSING = NameComparison(Level.MISSING, "not known on one side")
_LOOKS = "the names look alike"
_FAMILIAR = "the first names may be forms of one name"


def _all_paired(found: Alignment, what: str, agreed: Parts) -> NameComparison:
    """Nothing is left over: how strong is the weakest bond?"""
    worst, edits = found.worst, found.edits
    if worst is Bond.EQUAL:
        return NameComparison(Level.PARTICLE, f"the {what} differ in a particle", agreed)
    if worst is Bond.ROMANISED:
        return NameComparison(Level.ROMANISED, f"the {what} may be one, written by two spellings", agreed)
    if worst is Bond.NICKNAME:
        return NameComparison(Level.NICKNAME, "a familiar form of the same name", agreed)
    if worst is Bond.INITIAL:
        return NameComparison(Level.INITIAL, "only an initial, which fits", agreed)
    if worst is Bond.CUT:
        return NameComparison(Level.CUT, "one is cut off", agreed)
    if edits == 1:
        return NameComparison(Level.TYPO, f"the {what} differ by a letter", agreed)
    if edits == 2:
        return NameComparison(Level.TYPOS, f"the {what} differ by two letters", agreed)
    return NameComparison(Level.LOOKS, _LOOKS, agreed)


def _strong(found: Alignment) -> bool:
    return bool(found.pairs) and found.worst >= Bond.ROMANISED


def _tells(part: str) -> bool:
    return len(part) > 1


def _surname_parts(one: Parts, other: Parts) -> NameComparison:
    if same_parts(one, other):
        return NameComparison(Level.EQUAL, "the surnames are equal", one)
    if (set(one) ^ set(other)) & _GENERATIONS:
        return _generation(one, other)
    found = align(one, other)
    agreed = tuple(one[i] for i, _, _ in found.pairs)
    one_sided = not (found.rest_one and found.rest_other)
    if found.pairs and not found.rest_one and not found.rest_other and found.worst is not Bond.NICKNAME:
        paired = _all_paired(found, "surnames", agreed)
        return _LOOSE if paired.level is Level.INITIAL else paired
    if _strong(found) and one_sided and any(map(_tells, agreed)):
        return NameComparison(Level.PART, "a part of the surname is left out", agreed)
    joined = _joined(one, other, most=2)
    if joined:
        return joined
    if any(tie >= Bond.ROMANISED and _tells(one[i]) for i, _, tie in found.pairs):
        return NameComparison(Level.SHARED, "the surnames share a part", agreed)
    if one_sided and found.pairs and found.worst in (Bond.ONE_EDIT, Bond.CUT):
        return NameComparison(Level.LOOKS, _LOOKS, agreed)
    loose = _loose(one, other)
    vague = loose is DIFFERENT and _vaguely("".join(one), "".join(other))
    return NameComparison(Level.VAGUE, "the surnames are vaguely alike") if vague else loose


def _given_parts(one: Parts, other: Parts) -> NameComparison:
    if same_parts(one, other):
        return NameComparison(Level.EQUAL, "the given names are equal", one)
    if (set(one) ^ set(other)) & _GENERATIONS:
        return _generation(one, other)
    found = align(one, other)
    agreed = tuple(one[i] for i, _, _ in found.pairs)
    first = next((tie for i, j, tie in found.pairs if i == j == 0), Bond.NONE)
    if found.pairs and not found.rest_one and not found.rest_other:
        return _given_paired(found, first, agreed)
    one_sided = not (found.rest_one and found.rest_other)
    weak = [tie for _, _, tie in found.pairs if tie < Bond.ROMANISED]
    if first >= Bond.ROMANISED and one_sided and all(tie is Bond.INITIAL for tie in weak):
        return NameComparison(Level.PART, "only some of the given names, the first one included", agreed)
    joined = _joined(one, other, most=1)
    if joined:
        return joined
    if first in (Bond.ONE_EDIT, Bond.CUT) and one_sided and len(weak) == 1:
        return NameComparison(Level.LOOKS, _LOOKS, agreed)
    if _other_first_names(found):
        # What follows is the father's name as often as not: brothers share it.
        return _vague(one[0], other[0])
    return _given_sharing(one, other, found, first)


def _given_sharing(one: Parts, other: Parts, found: Alignment, first: Bond) -> NameComparison:
    """Given names that differ in more than what is left out: Ziad Geothe, Ziad George."""
    one_each = len(found.rest_one) == len(found.rest_other) == 1
    if first >= Bond.ROMANISED and one_each and _vaguely(found.rest_one[0], found.rest_other[0]):
        return NameComparison(Level.LOOKS, _LOOKS, significant(one))
    agreed = tuple(one[i] for i, _, _ in found.pairs)
    if any(tie >= Bond.ROMANISED and _tells(one[i]) for i, _, tie in found.pairs):
        return NameComparison(Level.SHARED, "the given names share one name", agreed)
    if first in (Bond.NICKNAME, Bond.INITIAL, Bond.TWO_EDITS):
        return NameComparison(Level.LOOKS if first is Bond.TWO_EDITS else Level.NICKNAME, _FAMILIAR, agreed[:1])
    return _far(one, other)


def _far(one: Parts, other: Parts) -> NameComparison:
    """Given names of which no part belongs to one of the other: what is stated is carried, for its rarity."""
    loose = _loose(one, other)
    if loose is DIFFERENT:
        return _vague(one[0], other[0])
    return NameComparison(loose.level, loose.why, significant(one))


def _vague(one: str, other: str) -> NameComparison:
    """Sławek may be Sławomir and Fatoum Fatima: too far for any rule, too near to be passed over."""
    begin = len(one) > 1 and len(other) > 1 and one[:2] == other[:2]
    if begin or _vaguely(one, other):
        return NameComparison(Level.VAGUE, "the first names are vaguely alike")
    return DIFFERENT


def _vaguely(one: str, other: str) -> bool:
    return Indel.normalized_similarity(one, other) >= _VAGUELY_ALIKE


def _other_first_names(found: Alignment) -> bool:
    """Whether the first names of both are among what is left over."""
    return bool(found.pairs) and all(i > 0 and j > 0 for i, j, _ in found.pairs)


def _given_paired(found: Alignment, first: Bond, agreed: Parts) -> NameComparison:
    initials = sum(tie is Bond.INITIAL for _, _, tie in found.pairs)
    if initials and first >= Bond.ROMANISED and initials + 1 == len(found.pairs):
        return NameComparison(Level.PART, "only some of the given names, the first one included", agreed[:1])
    return _all_paired(found, "given names", agreed)


def _generation(one: Parts, other: Parts) -> NameComparison:
    here, there = (tuple(part for part in name if part not in _GENERATIONS) for name in (one, other))
    if here and there and (same_parts(here, there) or _loose(here, there) is not DIFFERENT):
        return NameComparison(Level.GENERATION, "another generation of the same name (Jr, II)", here)
    return DIFFERENT


def _joined(one: Parts, other: Parts, most: int) -> NameComparison | None:
    """A letter that differs where the names are also divided in another way."""
    a, b = "".join(one), "".join(other)
    edits = edits_between(a, b)
    if edits > min(most, allowed_edits(min(len(a), len(b)))):
        return None
    level = Level.TYPO if edits == 1 else Level.TYPOS
    return NameComparison(level, "a letter or two differ", significant(one))


_LOOSE = NameComparison(Level.LOOKS, _LOOKS)


def _loose(one: Parts, other: Parts) -> NameComparison:
    """Joined, and the longer one decides; or one is the other cut off."""
    a, b = sorted(("".join(one), "".join(other)), key=len)
    if len(a) >= _SHORTEST_TRUNCATION and b.startswith(a):
        return NameComparison(Level.CUT, "one is cut off", significant(one))
    return _LOOSE if a[:1] and edits_between(a, b) <= _loosely_allowed(len(b)) else DIFFERENT


def _loosely_allowed(letters: int) -> int:
    """Edits that make a look worth it: one from three letters on, two from six."""
    return 0 if letters < 3 else 1 if letters < 6 else 2


def _best(one: str, other: str, compare: Callable[[Parts, Parts], NameComparison]) -> NameComparison:
    best = DIFFERENT
    for a in forms(one):
        for b in forms(other):
            found = compare(a, b)
            if _RANK[found.level] > _RANK[best.level]:
                best = found
    return best


@lru_cache(maxsize=100_000)
def compare_surnames(one: str | None, other: str | None) -> NameComparison:
    """Two surnames.

    >>> compare_surnames("Van den Broeck", "VANDENBROECK").level.name
    'EQUAL'
    >>> compare_surnames("Garcia", "García Márquez").why
    'a part of the surname is left out'
    """
    if not one or not other:
        return NameComparison(Level.EQUAL, "neither has a surname") if not one and not other else MISSING
    found = _best(one, other, _surname_parts)
    if found is DIFFERENT and equal(one, other):
        return NameComparison(Level.EQUAL, "the surnames are equal")
    return found


@lru_cache(maxsize=100_000)
def compare_given_names(one: str | None, other: str | None) -> NameComparison:
    """Two sets of given names; absent on both sides is equal.

    >>> compare_given_names("Coenig", "Coenige").level.name, compare_given_names("Jean", "Jean Pierre").level.name
    ('TYPO', 'PART')
    >>> compare_given_names("Jean", "Jeanne").level.name, compare_given_names("J.", "Jean").level.name
    ('NICKNAME', 'INITIAL')
    """
    if not one or not other:
        return NameComparison(Level.EQUAL, "neither has a given name") if not one and not other else MISSING
    found = _best(one, other, _given_parts)
    if found is DIFFERENT and equal(one, other):
        return NameComparison(Level.EQUAL, "the given names are equal")
    return found
