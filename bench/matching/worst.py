"""The worst errors, in words. People are made up, so that names may be told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bench.matching.answers import Answer
from domain.identification import RegisteredPerson, StatedPerson
from domain.niss import Niss


def in_words(answers: Sequence[Answer], people: Mapping[Niss, RegisteredPerson], most: int = 15) -> list[str]:
    """Wrong numbers first, those that nobody could decide last; then people who were lost."""
    wrong = sorted((one for one in answers if one.wrong), key=lambda one: (not one.query.decidable, -one.best))
    told = [_wrong(one, people) for one in wrong[:most]]
    lost = [one for one in answers if one.query.truth is not None and not one.found]
    told += [_lost(one, people) for one in lost[: most // 2]]
    return told


def _wrong(one: Answer, people: Mapping[Niss, RegisteredPerson]) -> str:
    query = one.query
    given = people.get(one.given) if one.given else None
    truth = "is not registered" if query.truth is None else f"is {_who(people.get(query.truth))}"
    whom = "WRONG NUMBER" if query.decidable else "undecidable, answered"
    return f"{whom}: {_who(query.stated)} {truth}; given the number of {_who(given)} [{', '.join(query.classes)}]"


def _lost(one: Answer, people: Mapping[Niss, RegisteredPerson]) -> str:
    who = people.get(one.query.truth) if one.query.truth else None
    return f"LOST ({one.kind}): {_who(one.query.stated)} is {_who(who)} [{', '.join(one.query.classes)}]"


def _who(person: StatedPerson | RegisteredPerson | None) -> str:
    if person is None:
        return "somebody unknown"
    home = person.official
    where = f", {home.street} {home.house_number or ''}, {home.municipality}" if home else ""
    sex = f" {person.sex.value}" if person.sex else ""
    return (
        f"<{person.surname} / {person.given_names or '-'}{sex} {person.birth_date} {person.birth_place or '-'}{where}>"
    )
