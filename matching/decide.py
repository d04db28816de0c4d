"""From candidates to a decision: the rule of docs/matching.md, one code for the workflow, the CLI and the desk.

Wrong is worse than slow: whatever the rule does not clearly allow goes to an agent.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from domain.identification import (
    Agreement,
    Candidate,
    Decision,
    DecisionKind,
    RegisteredPerson,
    StatedPerson,
)
from domain.niss import Niss
from matching.dates import DateLikeness
from matching.names import Likeness, NameComparison, compare_surnames
from matching.scoring import Comparison, compare, compare_name

MOST_CANDIDATES = 100
#: How many points the next must be behind, unless another given name tells the two apart.
CLEARLY_BEHIND = 4.0


@dataclass(frozen=True, slots=True)
class Entry:
    """A record that was found, and the record it stands for today: None where the replacements lead nowhere."""

    record: RegisteredPerson
    latest: RegisteredPerson | None


@dataclass(frozen=True, slots=True)
class _Found:
    """A person, the record that speaks best for it, and every number it has had."""

    person: RegisteredPerson
    record: RegisteredPerson
    comparison: Comparison
    current: Comparison
    broken: bool
    numbers: frozenset[Niss]

    @property
    def look_alike(self) -> bool:
        return self.comparison.look_alike or self.current.look_alike

    def candidate(self) -> Candidate:
        return Candidate(self.person, self.comparison.score, self.look_alike, self.comparison.evidence)


def entry(record: RegisteredPerson) -> Entry:
    """The entry of a record that nothing replaces."""
    return Entry(record, record)


def candidates(
    stated: StatedPerson, entries: Iterable[Entry], *, limit: int = MOST_CANDIDATES
) -> tuple[Candidate, ...]:
    """Everybody worth looking at, best first. Look-alikes are never cut off in favour of others."""
    return tuple(found.candidate() for found in _cut(_found(stated, entries), limit))


def candidates_by_name(
    surname: str, given_names: str | None, entries: Iterable[Entry], *, limit: int = MOST_CANDIDATES
) -> tuple[Candidate, ...]:
    """Everybody of such a name, now or in a record that was replaced, best first; nobody is a look-alike by it."""
    people: dict[Niss, tuple[RegisteredPerson, Comparison]] = {}
    for item in entries:
        person = item.latest or item.record
        for record in {item.record, person}:
            comparison = compare_name(surname, given_names, record)
            known = people.get(person.ssin)
            if comparison and (known is None or known[1].points < comparison.points):
                people[person.ssin] = person, comparison
    best = sorted(people.values(), key=lambda found: (-found[1].points, found[0].ssin))[:limit]
    return tuple(
        Candidate(person, comparison.score, look_alike=False, evidence=comparison.evidence)
        for person, comparison in best
    )


def look_alikes(
    stated: StatedPerson, entries: Iterable[Entry], different_from: Iterable[Niss] = ()
) -> tuple[Candidate, ...]:
    """Who must be ruled out before a number is created, best first; any number of a person rules the person out."""
    ruled_out = frozenset(different_from)
    return tuple(
        found.candidate() for found in _found(stated, entries) if found.look_alike and not found.numbers & ruled_out
    )


def decide(stated: StatedPerson, entries: Iterable[Entry]) -> Decision:
    """Identified, ambiguous or unknown, with the candidates (at most 100) best first."""
    found = _found(stated, entries)
    shown = tuple(item.candidate() for item in _cut(found, MOST_CANDIDATES))
    if not any(item.look_alike for item in found):
        return Decision(DecisionKind.UNKNOWN, "none", candidates=shown)
    best, others = found[0], found[1:]
    doubt = _doubt(best, others)
    if doubt:
        return Decision(DecisionKind.AMBIGUOUS, doubt, candidates=shown)
    return Decision(DecisionKind.IDENTIFIED, "sure", person=best.person, candidates=shown)


def _found(stated: StatedPerson, entries: Iterable[Entry]) -> list[_Found]:
    """One item a person, best first; ties by number, so that the same register gives the same answer."""
    people: dict[Niss, _Found] = {}
    for item in entries:
        person = item.latest or item.record
        comparison = compare(stated, item.record)
        current = comparison if person is item.record else compare(stated, person)
        if not comparison.worth_showing and not current.worth_showing:
            continue
        numbers = frozenset((item.record.ssin, person.ssin))
        best = comparison if comparison.points >= current.points else current
        record = item.record if best is comparison else person
        found = _Found(person, record, best, current, item.latest is None, numbers)
        known = people.get(person.ssin)
        people[person.ssin] = found if known is None else _merged(known, found)
    return sorted(people.values(), key=lambda item: (-item.comparison.points, item.person.ssin))


def _merged(one: _Found, other: _Found) -> _Found:
    better = one if one.comparison.points >= other.comparison.points else other
    return _Found(
        better.person,
        better.record,
        better.comparison,
        one.current,
        one.broken or other.broken,
        one.numbers | other.numbers,
    )


def _cut(found: Sequence[_Found], limit: int) -> list[_Found]:
    if len(found) <= limit:
        return list(found)
    kept = {item.person.ssin for item in sorted(found, key=lambda item: not item.look_alike)[:limit]}
    return [item for item in found if item.person.ssin in kept]


def _doubt(best: _Found, others: Sequence[_Found]) -> str | None:
    """Why the best is not sure, as a code; None where it is."""
    if best.broken:
        return "replacementBroken"
    if best.person.deceased_on is not None or best.record.deceased_on is not None:
        return "deceased"
    if not best.look_alike or _vetoed(best.current) or _vetoed(best.comparison):
        return "contradicted"
    return _rule(best.comparison) or _rivals(best, others)


def _vetoed(comparison: Comparison) -> bool:
    """Another sex or another given name, in the record that spoke or in the one that holds today."""
    return comparison.sex is Agreement.DIFFERENT or comparison.given.likeness is Likeness.DIFFERENT


def _rule(comparison: Comparison) -> str | None:
    """The rule for one person alone: names, date, and independent fields. None where it allows an answer."""
    surname, given = comparison.surname.likeness, comparison.given.likeness
    needed = 2 if comparison.birth_place is Agreement.DIFFERENT else 1
    exact = surname is given is Likeness.EQUAL
    if comparison.born is DateLikeness.JANUARY and exact:
        needed += 1
    elif comparison.born is not DateLikeness.SAME:
        return "inexactDate"
    if min(surname, given) < Likeness.NEAR:
        return "namesNotSure"
    swapped = comparison.surname is comparison.given
    if not exact and not swapped and Likeness.EQUAL not in (surname, given):
        return "namesNotSure"
    if comparison.given.spelling and comparison.sex is not Agreement.SAME:
        # A letter may be what tells a brother from a sister.
        return "namesNotSure"
    return None if comparison.support >= needed else "noIndependentField"


def _rivals(best: _Found, others: Sequence[_Found]) -> str | None:
    # Twins and namesakes: only a given name equal to the one's and unequal to the other's decides.
    for other in others:
        if _share_surname_and_date(best.record, other.record):
            if best.comparison.given.likeness is not Likeness.EQUAL or not _another_name(other.comparison.given):
                return "namesakes"
        elif other.look_alike and best.comparison.points - other.comparison.points < CLEARLY_BEHIND:
            return "notSure"
    return None


def _another_name(given: NameComparison) -> bool:
    """Whether a twin's given name is another one; the stated one with a name more (Jean, Jean Pierre) is not."""
    return given.likeness in (Likeness.DIFFERENT, Likeness.LOOSE) or given.spelling


def _share_surname_and_date(one: RegisteredPerson, other: RegisteredPerson) -> bool:
    return (
        one.birth_date == other.birth_date and compare_surnames(one.surname, other.surname).likeness is Likeness.EQUAL
    )
