"""What an agent should know of a candidate before believing the score: each with a code of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from domain.identification import Candidate, Caution, RegisteredPerson
from matching.decide import Search
from matching.names import Likeness, compare_surnames


def with_cautions(found: Sequence[Candidate], search: Search, today: date) -> tuple[Candidate, ...]:
    """The candidates, each with what speaks for a second look. `today` is the day somebody must be of working age."""
    # Everybody found counts, also those whom the list has no place for.
    people = {person.ssin: person for item in search.entries for person in [item.latest or item.record]}
    replaced = {(item.latest or item.record).ssin for item in search.entries if item.record.replaced_by is not None}
    return tuple(
        replace(candidate, cautions=tuple(_cautions(candidate.person, people.values(), replaced, today)))
        for candidate in found
    )


def _cautions(
    person: RegisteredPerson, people: Iterable[RegisteredPerson], replaced: Iterable[object], today: date
) -> Iterator[Caution]:
    if person.deceased_on is not None:
        yield Caution.DECEASED
    if person.ssin in replaced:
        yield Caution.REPLACED
    if person.birth_date.under_age(today):
        yield Caution.UNDER_SIXTEEN
    if any(_same_name_and_date(person, other) for other in people if other.ssin != person.ssin):
        yield Caution.NAMESAKE


def _same_name_and_date(one: RegisteredPerson, other: RegisteredPerson) -> bool:
    return (
        one.birth_date == other.birth_date and compare_surnames(one.surname, other.surname).likeness is Likeness.EQUAL
    )
