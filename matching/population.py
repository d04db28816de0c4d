"""How common a name, a town or a date is in the register: agreeing on Nguyen is worth less than on Quarteroni.

The register counts its people under the keys of `counted_keys`; a search asks for those of `asked_keys`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b

from domain.identification import RegisteredPerson, StatedPerson
from domain.people import PartialDate
from matching.nicknames import is_known
from matching.normalise import Parts, forms, significant, skeleton

#: A small register says little of what is rare, nor of who else there may be: it counts as one of this size.
LEAST_PEOPLE = 20_000
#: How common something is that nobody of the register has.
_UNSEEN = {"surname": 3e-6, "given": 1e-5, "surname sound": 1e-4, "given sound": 4e-4}
#: Of a given name that is one in some language, whoever has it here.
_KNOWN_GIVEN = 5e-4
#: A second part of a name mostly follows from the first: García López is less rare than the product.
_SECOND_PART = 0.6
#: Birth dates that people of one register are spread over: some sixty years.
DAYS = 22_000
_SURNAME_PARTS = 8
_GIVEN_PARTS = 4


@lru_cache(maxsize=400_000)
def key_of(text: str) -> int:
    """A signed 64-bit key, the same on every machine."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big", signed=True)


def _name_texts(kind: str, name: str | None, most: int) -> Iterator[str]:
    for parts in forms(name or ""):
        for part in significant(parts)[:most]:
            yield f"count {kind} {part}"
            yield f"count {kind} sound {skeleton(part) or part}"


def _place_text(place: str | None) -> Iterator[str]:
    for parts in forms(place or "")[:1]:
        yield f"count place {' '.join(parts)}"


def _texts(
    surnames: Iterable[str | None], given: str | None, born: PartialDate, place: str | None, country: str | None
) -> set[str]:
    texts = {text for surname in surnames for text in _name_texts("surname", surname, _SURNAME_PARTS)}
    texts.update(_name_texts("given", given, _GIVEN_PARTS))
    texts.update(_place_text(place))
    texts.add(f"count born {born}")
    if country:
        texts.add(f"count country {country}")
    return texts


def counted_keys(person: RegisteredPerson) -> frozenset[int]:
    """The keys a person counts for: about nine."""
    names = (person.surname, person.former_surname)
    texts = _texts(names, person.given_names, person.birth_date, person.birth_place, person.birth_country)
    return frozenset(map(key_of, texts))


def asked_keys(stated: StatedPerson) -> frozenset[int]:
    """The keys whose counts a search needs: a name may stand in the other field."""
    both = f"{stated.surname} {stated.given_names or ''}"
    names = (stated.surname, stated.former_surname, both)
    texts = _texts(names, both, stated.birth_date, stated.birth_place, stated.birth_country)
    return frozenset(map(key_of, texts))


@dataclass(frozen=True, slots=True)
class Population:
    """How many people a register has, and how many of them under each key that was asked for."""

    people: int = 0
    counts: Mapping[int, int] = field(default_factory=dict)

    @property
    def strangers(self) -> int:
        """Among how many people somebody may be taken for another."""
        return max(self.people, LEAST_PEOPLE)

    def _count(self, text: str) -> int:
        return self.counts.get(key_of(text), 0)

    def _share(self, kind: str, part: str) -> float:
        seen = self._count(f"count {kind} {part}")
        unseen = _KNOWN_GIVEN if kind == "given" and is_known(part) else _UNSEEN[kind]
        return (seen + LEAST_PEOPLE * unseen) / (self.people + LEAST_PEOPLE)

    def name_share(self, kind: str, parts: Parts) -> float:
        """The share of people whose `surname` or `given` name has all these parts."""
        shares = sorted(self._share(kind, part) for part in significant(parts))
        share = shares[0] if shares else 1.0
        for other in shares[1:]:
            share *= other**_SECOND_PART
        return share

    def sound_share(self, kind: str, parts: Parts) -> float:
        """The share of people whose name sounds like that: those for whom it may be a misspelling."""
        return self.name_share(f"{kind} sound", tuple(skeleton(part) or part for part in significant(parts)))

    def place_share(self, place: str, country: str | None, otherwise: float) -> float:
        """The share of people born in a place among those of its country; `otherwise` where neither is counted."""
        here = sum(self._count(text) for text in _place_text(place))
        all_of_it = self._count(f"count country {country}") if country else 0
        if not all_of_it:
            return otherwise
        return min(0.5, max(0.01, (here + 25 * otherwise) / (all_of_it + 25)))

    def date_share(self, born: PartialDate) -> float:
        """The share of people born on a day; 1 January has more than its part."""
        return (self._count(f"count born {born}") + 1) / (self.people + DAYS)
