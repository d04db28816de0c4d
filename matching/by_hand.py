"""What an agent asks for by hand: by a name alone, or one person beside what is stated."""

from __future__ import annotations

from domain.identification import Candidate, RegisteredPerson, StatedPerson
from domain.niss import Niss
from matching.decide import MOST_CANDIDATES, Entry, Risk, Search, candidates, may_be_the_one, rounded
from matching.evidence import explain
from matching.population import Population
from matching.scoring import Comparison, compare, compare_name


def candidates_by_name(
    surname: str, given_names: str | None, search: Search, *, limit: int = MOST_CANDIDATES
) -> tuple[Candidate, ...]:
    """Everybody of such a name, now or in a record that was replaced, best first; nobody is a look-alike by it."""
    people: dict[Niss, tuple[RegisteredPerson, Comparison]] = {}
    for item in search.entries:
        person = item.latest or item.record
        for record in {item.record, person}:
            comparison = compare_name(surname, given_names, record, search.population)
            known = people.get(person.ssin)
            if comparison and (known is None or known[1].log_odds < comparison.log_odds):
                people[person.ssin] = person, comparison
    best = sorted(people.values(), key=lambda found: (-found[1].log_odds, found[0].ssin))[:limit]
    return tuple(
        Candidate(person, rounded(comparison.probability), look_alike=False, evidence=explain(comparison))
        for person, comparison in best
    )


def beside(stated: StatedPerson, entry: Entry, search: Search, risk: Risk) -> Candidate:
    """Who was asked for by number, as a search for the stated person shows them, whether it finds them or not."""
    person = entry.latest or entry.record
    for candidate in candidates(stated, search, risk, limit=len(search.entries)):
        if candidate.person.ssin == person.ssin:
            return candidate
    found = compare(stated, person, search.population)
    return Candidate(person, rounded(found.probability), may_be_the_one(found, risk), explain(found))


def beside_name(surname: str, given_names: str | None, person: RegisteredPerson, population: Population) -> Candidate:
    """The same where no birth date is stated; score 0 and no evidence where it is another name."""
    found = compare_name(surname, given_names, person, population)
    if found is None:
        return Candidate(person, 0.0, look_alike=False)
    return Candidate(person, rounded(found.probability), look_alike=False, evidence=explain(found))
