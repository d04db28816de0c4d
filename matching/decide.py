"""From candidates to a decision: the rule of docs/matching.md, one code for the workflow, the CLI and the desk.

Wrong is worse than slow: whatever the rule does not clearly allow goes to an agent.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from domain.identification import (
    Candidate,
    Decision,
    DecisionKind,
    RegisteredPerson,
    StatedPerson,
)
from domain.niss import Niss
from matching import doubts
from matching.evidence import explain
from matching.names import Level, Likeness
from matching.population import Population
from matching.scoring import NOBODY, Comparison, compare, compare_names, probability
from matching.whole import at_a_glance

MOST_CANDIDATES = 100
#: Marić, Jurić and Perić have most of their letters in common, and are three families.
_ANOTHER_SURNAME = (Level.DIFFERENT, Level.VAGUE)
_FOR_ANOTHER_SURNAME = 2


@dataclass(frozen=True, slots=True)
class Risk:
    """How likely wrong an answer without an agent may be, and whom nobody may overlook.

    `accepted` is halved for each slip that no independent field makes up for, and in a small register (doubts.py). Who
    is the person with a probability of `overlooked` or more must be ruled out before a number is created.
    """

    accepted: float = 0.08
    overlooked: float = 0.18


@dataclass(frozen=True, slots=True)
class Entry:
    """A record that was found, and the record it stands for today: None where the replacements lead nowhere."""

    record: RegisteredPerson
    latest: RegisteredPerson | None


@dataclass(frozen=True, slots=True)
class Search:
    """Who was found for a stated person, and among how many. `cut`: there are more than were looked at.

    `partial`: some who may be the person were not looked for.
    """

    entries: Sequence[Entry]
    population: Population = NOBODY
    cut: bool = False
    partial: bool = False


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
    def log_odds(self) -> float:
        return self.comparison.log_odds

    def look_alike(self, risk: Risk) -> bool:
        return any(may_be_the_one(found, risk) for found in (self.comparison, self.current))


def may_be_the_one(found: Comparison, risk: Risk) -> bool:
    """Whether somebody must be ruled out; under another surname, or one vaguely alike, two independent fields agree."""
    if found.surname.level in _ANOTHER_SURNAME and found.support < _FOR_ANOTHER_SURNAME:
        return False
    return found.probability >= risk.overlooked


def entry(record: RegisteredPerson) -> Entry:
    """The entry of a record that nothing replaces."""
    return Entry(record, record)


def candidates(
    stated: StatedPerson, search: Search, risk: Risk | None = None, *, limit: int = MOST_CANDIDATES
) -> tuple[Candidate, ...]:
    """Everybody worth looking at, best first, with evidence. Look-alikes are never cut off in favour of others."""
    risk = risk or Risk()
    found = _found(stated, search)
    return tuple(
        Candidate(item.person, score, item.look_alike(risk), explain(item.comparison))
        for item, score in _cut(found, risk, limit)
    )


def look_alikes(
    stated: StatedPerson, search: Search, different_from: Iterable[Niss] = (), risk: Risk | None = None
) -> tuple[Candidate, ...]:
    """Who must be ruled out before a number is created, best first; any number of a person rules the person out."""
    risk = risk or Risk()
    ruled_out = frozenset(different_from)
    found = _found(stated, search)
    return tuple(
        Candidate(item.person, score, look_alike=True, evidence=explain(item.comparison))
        for item, score in _cut(found, risk, len(found))
        if item.look_alike(risk) and not item.numbers & ruled_out
    )


def decide(stated: StatedPerson, search: Search, risk: Risk | None = None, *, today: date | None = None) -> Decision:
    """Identified, ambiguous or unknown, with the candidates (at most 100) best first, without their evidence.

    `today` is the day on which somebody must be of working age for an answer without an agent.
    """
    risk = risk or Risk()
    found = _found(stated, search)
    people = tuple(
        Candidate(item.person, score, item.look_alike(risk)) for item, score in _cut(found, risk, MOST_CANDIDATES)
    )
    if not any(item.look_alike(risk) for item in found):
        return Decision(DecisionKind.UNKNOWN, "none", candidates=people)
    best, others = found[0], found[1:]
    doubt = _doubt(best, others, search.population.strangers, risk, today)
    if doubt is None and search.cut:
        doubt = "tooMany"
    if doubt:
        return Decision(DecisionKind.AMBIGUOUS, doubt, candidates=people)
    return Decision(DecisionKind.IDENTIFIED, "sure", person=best.person, candidates=people)


def _found(stated: StatedPerson, search: Search) -> list[_Found]:
    """One item a person, best first; ties by number, so that the same register gives the same answer."""
    people: dict[Niss, _Found] = {}
    for item in search.entries:
        person = item.latest or item.record
        comparison = _beside(stated, item.record, search.population)
        current = comparison if person is item.record else _beside(stated, person, search.population)
        if comparison is None and current is None:
            continue  # most who share a birth date: let go by their names alone
        comparison = comparison or compare(stated, item.record, search.population)
        current = current or compare(stated, person, search.population)
        if not comparison.worth_showing and not current.worth_showing:
            continue
        numbers = frozenset((item.record.ssin, person.ssin))
        best = comparison if comparison.log_odds >= current.log_odds else current
        record = item.record if best is comparison else person
        found = _Found(person, record, best, current, item.latest is None, numbers)
        known = people.get(person.ssin)
        people[person.ssin] = found if known is None else _merged(known, found)
    return sorted(people.values(), key=lambda item: (-item.log_odds, item.person.ssin))


def _beside(stated: StatedPerson, record: RegisteredPerson, population: Population) -> Comparison | None:
    """None where neither surname nor given names agree somehow."""
    if not at_a_glance((stated.surname, stated.given_names), (record.surname, record.given_names)) and not (
        stated.former_surname or record.former_surname
    ):
        return None
    names = compare_names(stated, record)
    if all(name.likeness < Likeness.LOOSE for name in names):
        return None
    return compare(stated, record, population, names=names)


def _merged(one: _Found, other: _Found) -> _Found:
    better = one if one.log_odds >= other.log_odds else other
    return _Found(
        better.person,
        better.record,
        better.comparison,
        one.current,
        one.broken or other.broken,
        one.numbers | other.numbers,
    )


def _cut(found: Sequence[_Found], risk: Risk, limit: int) -> list[tuple[_Found, float]]:
    """Each with its score: the probability that it is this one, and neither another one nor nobody."""
    odds = [math.exp(min(300.0, item.log_odds)) for item in found]
    total = 1 + math.fsum(odds)
    scored = [(item, rounded(share / total)) for item, share in zip(found, odds, strict=True)]
    if len(scored) <= limit:
        return scored
    kept = {item.person.ssin for item, _ in sorted(scored, key=lambda pair: not pair[0].look_alike(risk))[:limit]}
    return [pair for pair in scored if pair[0].person.ssin in kept]


def rounded(share: float) -> float:
    """A score as it is told."""
    return round(share, 6)


def _doubt(best: _Found, others: Sequence[_Found], strangers: int, risk: Risk, today: date | None) -> str | None:
    """Why the best is not sure, as a code; None where it is."""
    if best.broken:
        return "replacementBroken"
    if best.person.deceased_on is not None or best.record.deceased_on is not None:
        return "deceased"
    if doubts.vetoed(best.current) or doubts.vetoed(best.comparison):
        return "contradicted"
    if today is not None and best.person.birth_date.under_age(today):
        return "underSixteen"
    if any(doubts.namesakes(best.comparison, other.comparison) for other in others):
        return "namesakes"
    if of_one := doubts.of_one(best.comparison, strangers):
        return of_one
    against = math.fsum(math.exp(min(300.0, other.log_odds)) for other in others)
    accepted = risk.accepted / 2 ** doubts.caution(best.comparison, strangers)
    return None if probability(math.log1p(against) - best.log_odds) <= accepted else "notSure"
