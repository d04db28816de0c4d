"""A careful engineer's scorer with rapidfuzz, shared by the peers that bring only candidates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from anyascii import anyascii
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.fuzz import token_set_ratio, token_sort_ratio

from domain.identification import RegisteredPerson, StatedPerson
from domain.niss import Niss
from domain.people import PartialDate


@dataclass(frozen=True, slots=True)
class Known:
    """A person as the peers see them: plain capitals."""

    number: Niss | None
    surname: str
    given: str
    former: str
    born: PartialDate
    sex: str
    place: str
    nationality: str
    address: str

    @property
    def name(self) -> str:
        """Surname and given names."""
        return f"{self.surname} {self.given}".strip()


def letters(text: str | None) -> str:
    """Plain capitals."""
    return " ".join(anyascii(text).upper().replace("-", " ").replace("'", "").split()) if text else ""


def known(person: RegisteredPerson | StatedPerson) -> Known:
    """A person ready to be compared. A replaced record counts under the number that replaced it."""
    number = (person.replaced_by or person.ssin) if isinstance(person, RegisteredPerson) else None
    home = person.official
    return Known(
        number=number,
        surname=letters(person.surname),
        given=letters(person.given_names),
        former=letters(person.former_surname),
        born=person.birth_date,
        sex=person.sex.value if person.sex else "",
        place=letters(person.birth_place),
        nationality=person.nationality or "",
        address=letters(f"{home.street} {home.house_number or ''} {home.municipality}") if home else "",
    )


def score(stated: Known, other: Known) -> float:
    """0 to 1: a weighted mean of what both sides have."""
    pairs = [(4.0, _surname(stated, other)), (4.0, _born(stated.born, other.born))]
    if stated.given and other.given:
        pairs.append((3.5, _given(stated.given, other.given)))
    if stated.sex and other.sex:
        pairs.append((0.8, float(stated.sex == other.sex)))
    if stated.place and other.place:
        pairs.append((1.2, JaroWinkler.similarity(stated.place, other.place)))
    if stated.nationality and other.nationality:
        pairs.append((0.4, float(stated.nationality == other.nationality)))
    if stated.address and other.address:
        pairs.append((1.0, token_set_ratio(stated.address, other.address) / 100))
    return sum(weight * likeness for weight, likeness in pairs) / sum(weight for weight, _ in pairs)


def _surname(one: Known, other: Known) -> float:
    names = [(one.surname, other.surname)]
    names += [(one.former, other.surname)] if one.former else []
    names += [(one.surname, other.former)] if other.former else []
    best = max(max(JaroWinkler.similarity(*pair), token_set_ratio(*pair) / 105) for pair in names)
    return max(best, token_sort_ratio(one.name, other.name) / 105)


def _given(one: str, other: str) -> float:
    whole = JaroWinkler.similarity(one, other)
    first = JaroWinkler.similarity(one.split(" ", maxsplit=1)[0], other.split(" ", maxsplit=1)[0])
    return max(whole, 0.95 * first, token_sort_ratio(one, other) / 100)


def _born(one: PartialDate, other: PartialDate) -> float:
    if one == other:
        return 1.0
    if one.covers(other):
        return 0.8
    if one.year == other.year and (one.month, one.day) == (other.day, other.month):
        return 0.8
    same = (one.year == other.year) + (one.month == other.month) + (one.day == other.day)
    if same == 2:
        return 0.65
    return 0.3 if one.year == other.year and 1 in (one.day * one.month, other.day * other.month) else 0.0


def ranked(asked: Known, people: Iterable[Known]) -> list[tuple[Niss, float]]:
    """Scored, best first, each number once, at most 100."""
    best: dict[Niss, float] = {}
    for person in people:
        if person.number is not None:
            best[person.number] = max(best.get(person.number, 0.0), score(asked, person))
    return sorted(best.items(), key=lambda one: -one[1])[:100]
