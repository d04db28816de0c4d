"""Two files of the same people linked one to one: what a public linkage set asks, and the service does not.

Candidates share a key: ours, a postal code, a street, or a further identifier with at most a digit off. A pair weighs
our log-odds and the identifier's ratio. Then the best pair is taken, and both are used up.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from rapidfuzz.distance import OSA

from domain.identification import RegisteredPerson, StatedPerson
from matching.keys import filing_keys, looking_keys, name_keys
from matching.normalise import forms
from matching.population import Population, counted_keys
from matching.scoring import compare

#: A key that more have brings nobody who shares no other.
_MOST_PER_KEY = 200
#: Of one person's identifiers of seven digits: equal, a slip apart, two, others; and how many spellings a slip has.
#: Set by hand before the set was looked at: identifiers are typed from paper.
_SAME, _SLIP, _TWO, _OTHER = 0.9, 0.08, 0.01, 0.01
_NUMBERS, _SPELLINGS, _FAR = 1e7, 130, 7_000
Pair = tuple[float, int, int]
P = TypeVar("P", RegisteredPerson, StatedPerson)


@dataclass(frozen=True)
class Listed(Generic[P]):
    """A person of a file; `dated` where a birth date is there; `identifier` is empty where it is not to count."""

    person: P
    dated: bool
    identifier: str


def identifier_weight(one: str, other: str) -> float:
    """The log-likelihood ratio of two identifiers; 0 where one is missing.

    >>> [round(identifier_weight("5304218", other), 1) for other in ("5304218", "5304281", "9999999", "")]
    [16.0, 8.7, -4.6, 0.0]
    """
    if not one or not other:
        return 0.0
    slips = OSA.distance(one, other, score_cutoff=2)
    if slips > 2:
        return math.log(_OTHER)
    ratio = (_SAME * _NUMBERS, _SLIP * _NUMBERS / _SPELLINGS, _TWO * _NUMBERS / _FAR)[slips]
    return math.log(ratio)


def pairs(registered: Sequence[Listed[RegisteredPerson]], stated: Sequence[Listed[StatedPerson]]) -> list[Pair]:
    """(weight, place registered, place stated) of all that share a key, best first."""
    filed: dict[object, list[int]] = defaultdict(list)
    for place, one in enumerate(registered):
        for key in {*filing_keys(one.person), *_more_keys(one)}:
            filed[key].append(place)
    counts = Counter(key for one in registered for key in counted_keys(one.person))
    population = Population(len(registered), counts)
    found: list[Pair] = []
    for asked, other in enumerate(stated):
        keys = {*looking_keys(other.person), *_more_keys(other)}
        sharing = {place for key in keys if len(filed.get(key, ())) < _MOST_PER_KEY for place in filed.get(key, ())}
        for place in sharing:
            one = registered[place]
            compared = compare(other.person, one.person, population, with_date=one.dated and other.dated)
            found.append((compared.log_odds + identifier_weight(one.identifier, other.identifier), place, asked))
    return sorted(found, reverse=True)


def _more_keys(one: Listed[RegisteredPerson] | Listed[StatedPerson]) -> Iterator[object]:
    for keys in name_keys(one.person.surname, one.person.given_names):
        yield from keys
    if one.person.official:
        yield "postal code", one.person.official.postal_code
        yield "street", forms(one.person.official.street)[:1]
    if one.identifier:
        yield "identifier", one.identifier
        for left_out in range(len(one.identifier)):
            yield "identifier", left_out, one.identifier[:left_out] + one.identifier[left_out + 1 :]


def one_to_one(ranked: Iterable[Pair]) -> Iterator[Pair]:
    """The best pair whose people are both left, again and again.

    >>> list(one_to_one([(3.0, 0, 0), (2.0, 0, 1), (1.0, 1, 1)]))
    [(3.0, 0, 0), (1.0, 1, 1)]
    """
    linked: tuple[set[int], set[int]] = set(), set()
    for weight, place, asked in ranked:
        if place not in linked[0] and asked not in linked[1]:
            linked[0].add(place)
            linked[1].add(asked)
            yield weight, place, asked
