"""Why somebody is not sure to be the stated person, whatever the odds: the house rule of docs/matching.md.

Each function looks at comparisons alone: of one person, or of one beside another of the register.
"""

from __future__ import annotations

import math

from domain.identification import Agreement, RegisteredPerson
from matching.dates import DateLikeness
from matching.names import Level, Likeness, compare_surnames
from matching.nicknames import other_names
from matching.normalise import forms
from matching.population import LEAST_PEOPLE
from matching.scoring import Comparison

_AS_WRITTEN = (Level.EQUAL, Level.ROMANISED, Level.PARTICLE)
#: Surnames that are less than near, yet share more than chance does.
_ALIKE = (Level.LOOKS, Level.VAGUE, Level.SHARED)
#: Given names that are less than near, yet may be forms of one name.
_FAMILIAR = (Level.NICKNAME, Level.LOOKS, Level.INITIAL)
_VOWELS = frozenset("AEIOU")
#: Independent fields that must agree where a name is less than near.
_FOR_LOOSE_NAMES = 2
#: Birth place; street and municipality; nationality and sex together.
_ALL_FIELDS = 3
#: As a logarithm: seven people of the name in the whole register; of whom one in 22,000 is born that day.
_HARDLY_ANYBODY = -2.0
#: Years between the birth dates of a father and a son: such a date is no slip.
_GENERATION = 15


def of_one(comparison: Comparison, strangers: int) -> str | None:
    """What the house rule asks of one person alone, whatever the odds. None where it allows an answer."""
    if not _near_enough(comparison, strangers):
        return "namesNotSure"
    if _inexact(comparison) and not _date_supported(comparison, strangers):
        return "inexactDate"
    if not comparison.support and not (_rare(comparison, strangers) and _slips(comparison) < _FOR_LOOSE_NAMES):
        return "noIndependentField"
    return None


def caution(comparison: Comparison, strangers: int) -> int:
    """How often the accepted risk is halved: once for each slip that no independent field makes up for.

    The first slip of names alone apart. A birth place or an address that differs takes back what another one makes up.
    For a familiar form of the given name nothing does: what else agrees, a twin shares. Once more in a register too
    small to tell how common anything is.
    """
    against = (comparison.birth_place, comparison.official).count(Agreement.DIFFERENT)
    made_up = max(comparison.support - against, 0 if _inexact(comparison) else 1)
    halved = max(0, _slips(comparison) - made_up, int(comparison.given.level in _FAMILIAR))
    return halved + (strangers <= LEAST_PEOPLE)


def _inexact(comparison: Comparison) -> bool:
    return comparison.born is not DateLikeness.SAME


def _date_supported(comparison: Comparison, strangers: int) -> bool:
    """Not a generation apart, and in a field that a namesake does not share the two agree: birth place or address.

    An unknown day or month contradicts nothing: there a rare name as registered and the nationality are enough. In a
    register too small to tell what is rare, the names are as registered, and both birth place and address agree.
    """
    years = abs(comparison.stated.birth_date.year - comparison.person.birth_date.year)
    if years >= _GENERATION:
        return False
    if strangers <= LEAST_PEOPLE:
        both = comparison.birth_place is comparison.official is Agreement.SAME
        return both and _slips(comparison) == 1
    unknown = comparison.born in (DateLikeness.COMPATIBLE, DateLikeness.JANUARY)
    only_slip = _slips(comparison) == 1 and comparison.nationality is Agreement.SAME
    return _own_field(comparison) or (unknown and only_slip and _rare(comparison, strangers))


def _own_field(comparison: Comparison) -> bool:
    return Agreement.SAME in (comparison.birth_place, comparison.official)


def _near_enough(comparison: Comparison, strangers: int) -> bool:
    """Both names near; or one of them less, where the other is near and much else agrees.

    A twin shares all but the given name: a familiar form of it takes a register that tells how many are called so.
    """
    surname, given = comparison.surname, comparison.given
    small = strangers <= LEAST_PEOPLE
    if not loosely_named(comparison):
        return not (small and (_another_given_name(comparison) or _another_sex_by_order(comparison)))
    if not _own_field(comparison):
        return False
    everything = comparison.support == _ALL_FIELDS
    if surname.likeness < Likeness.NEAR:
        as_written = given.level in _AS_WRITTEN
        if surname.level not in _ALIKE:
            other = surname.level is Level.DIFFERENT and not small and any(forms(comparison.stated.surname))
            return other and as_written and everything and not _inexact(comparison)
        sure = everything or (as_written and (surname.level is Level.LOOKS or not _inexact(comparison)))
        return sure and comparison.support >= _FOR_LOOSE_NAMES and given.level in (*_AS_WRITTEN, Level.PART)
    if small or (_inexact(comparison) and comparison.support < _FOR_LOOSE_NAMES):
        return False
    return given.level in _FAMILIAR


def _another_sex_by_order(comparison: Comparison) -> bool:
    """Whether the given names stand in another order, and no sex is told: María José is a woman, José María a man."""
    if comparison.given.level is not Level.EQUAL or comparison.sex is Agreement.SAME:
        return False
    first = ({parts[:1] for parts in forms(name or "")} for name in _given_names(comparison))
    several = all(len(parts) > 1 for name in _given_names(comparison) for parts in forms(name or ""))
    return several and set.isdisjoint(*first)


def _given_names(comparison: Comparison) -> tuple[str | None, str | None]:
    return comparison.stated.given_names, comparison.person.given_names


def _another_given_name(comparison: Comparison) -> bool:
    """Whether a letter or two make another name: a twin Marco is no Mario, and without a sex a Stefana no Stefan.

    For a register too small to tell how many are called so; in a larger one the odds know.
    """
    if comparison.given.level not in (Level.TYPO, Level.TYPOS, Level.CUT, Level.ROMANISED):
        return False
    ours, theirs = ([part for parts in forms(name or "") for part in parts] for name in _given_names(comparison))
    if comparison.given.level is Level.ROMANISED:
        # Of two tables' spellings most are names of their own; Lena and Lina, a vowel apart, are two women.
        return other_names(ours, theirs) and any(_a_vowel_apart(one, other) for one in ours for other in theirs)
    by_sex = comparison.sex is not Agreement.SAME and _a_woman_of_the_name(set(ours), set(theirs))
    return by_sex or other_names(ours, theirs)


def _a_vowel_apart(one: str, other: str) -> bool:
    apart = [pair for pair in zip(one, other, strict=False) if pair[0] != pair[1]]
    return len(one) == len(other) and len(apart) == 1 and set(apart[0]) <= _VOWELS


def _a_woman_of_the_name(ours: set[str], theirs: set[str]) -> bool:
    """Whether only an A at the end tells them apart, as it tells Stefana from Stefan."""
    return any(f"{name}A" in theirs - ours for name in ours) or any(f"{name}A" in ours - theirs for name in theirs)


def _slips(comparison: Comparison) -> int:
    """How many of surname, given names and birth date are not as registered; names in another order are one slip."""
    names = (comparison.surname, comparison.given)
    rearranged = all(name.level is Level.REARRANGED for name in names)
    slipped = 1 if rearranged else sum(name.level not in _AS_WRITTEN for name in names)
    return slipped + _inexact(comparison)


def _rare(comparison: Comparison, strangers: int) -> bool:
    """Whether hardly anybody else of the register can be expected to have this name; a small one cannot tell."""
    if strangers <= LEAST_PEOPLE:
        return False
    named = comparison.weights["surname"] + comparison.weights["givenNames"]
    return named > math.log(strangers) + _HARDLY_ANYBODY


def vetoed(comparison: Comparison) -> bool:
    """Another sex or another given name."""
    return comparison.sex is Agreement.DIFFERENT or comparison.given.likeness is Likeness.DIFFERENT


def loosely_named(comparison: Comparison) -> bool:
    """Whether a name is less than near; an initial is, for a twin's name often begins alike."""
    less = min(comparison.surname.likeness, comparison.given.likeness) < Likeness.NEAR
    return less or comparison.given.level is Level.INITIAL


def namesakes(best: Comparison, other: Comparison) -> bool:
    """Whether somebody else of the register is the best one's twin or namesake, and nothing stated tells them apart."""
    if _share_surname_and_date(best.person, other.person):
        # A given name equal to the one's and unequal to the other's decides, and never a near variant of it.
        # The same parts, swapped or divided in another way, are an equal name.
        if best.given.level is Level.REARRANGED:
            return other.given.level is Level.REARRANGED
        whole = best.given.likeness is Likeness.EQUAL and other.given.level in _OTHER_NAMES
        return not whole and not (_whole_parts(best) and other.given.level is Level.DIFFERENT)
    same_name = (
        Likeness.NEAR <= best.surname.likeness <= other.surname.likeness
        and Likeness.NEAR <= best.given.likeness <= other.given.likeness
    )
    return same_name and other.born in _ONE_SLIP and not _told_apart(best, other)


_ONE_SLIP = frozenset(DateLikeness) - {DateLikeness.TWO_OFF, DateLikeness.MISSING, DateLikeness.DIFFERENT}
#: Of a twin; the stated name with a name more (Jean, Jean Pierre) is no other one.
_OTHER_NAMES = frozenset(
    (Level.DIFFERENT, Level.VAGUE, Level.TYPO, Level.TYPOS, Level.LOOKS, Level.SHARED, Level.NICKNAME)
)


def _whole_parts(comparison: Comparison) -> bool:
    """Whether some given names are left out and none is written otherwise."""
    given = comparison.given
    if given.level not in (Level.PART, Level.PARTICLE) or not given.agreed:
        return False
    return any(set(given.agreed) <= set(parts) for parts in forms(comparison.person.given_names or ""))


def _told_apart(best: Comparison, other: Comparison) -> bool:
    """Whether birth place or address agrees with the best one's and not with the other's."""
    here, there = (best.birth_place, best.official), (other.birth_place, other.official)
    return any(a is Agreement.SAME and b is not Agreement.SAME for a, b in zip(here, there, strict=True))


def _share_surname_and_date(one: RegisteredPerson, other: RegisteredPerson) -> bool:
    return (
        one.birth_date == other.birth_date and compare_surnames(one.surname, other.surname).likeness is Likeness.EQUAL
    )
