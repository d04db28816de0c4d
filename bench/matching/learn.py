"""Learn the shares of matching/parameters.json: how often a field stands at a level among true pairs.

Learned shares are drawn half-way to those there are now: a generator is not the world, and what it never does must not
become impossible. The relations and the shares among strangers stay as they are; they are stated, not learned.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from bench.matching.queries import Query
from domain.identification import RegisteredPerson
from domain.niss import Niss
from matching.population import Population
from matching.scoring import Comparison, compare

PARAMETERS = Path(__file__).resolve().parents[2] / "matching" / "parameters.json"
#: How much the shares of now weigh beside those counted.
_NOW = 0.5
_PLAIN = {
    "sex": "sex",
    "birthPlace": "birth_place",
    "birthCountry": "birth_country",
    "nationality": "nationality",
    "official": "official",
}


def true_pairs(queries: Iterable[Query], people: Mapping[Niss, RegisteredPerson]) -> Iterable[Comparison]:
    """The comparison of every stated person who is registered with the record that holds."""
    nobody = Population()
    for query in queries:
        if query.truth is not None and query.decidable:
            yield compare(query.stated, people[query.truth], nobody)


def learned(pairs: Iterable[Comparison], now: Mapping[str, Any], source: str) -> dict[str, Any]:
    """The JSON object of parameters.json, its shares among true pairs moved half-way to what was counted."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in ("surname", "givenNames", "birthDate", *_PLAIN)}
    for pair in pairs:
        counts["surname"][pair.surname.level.value] += 1
        counts["givenNames"][pair.given.level.value] += 1
        counts["birthDate"][pair.born.name.lower()] += 1
        for name, attribute in _PLAIN.items():
            counts[name][getattr(pair, attribute).value] += 1
    found = {**now, "source": source}
    for name in ("surname", "givenNames"):
        found[name] = {level: _between(share, _share(counts[name], level)) for level, share in now[name].items()}
    found["birthDate"] = _dates(counts["birthDate"], now["birthDate"])
    for name in _PLAIN:
        found[name] = {
            level: [_between(same, _share(counts[name], level)), others] for level, (same, others) in now[name].items()
        }
    return found


def write(found: Mapping[str, Any], path: Path = PARAMETERS) -> None:
    """As the file stands in the repository."""
    path.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def _dates(counts: Counter[str], now: Mapping[str, float]) -> dict[str, float]:
    """`january` is as frequent among people born on a 1 January as `same` among others; `incomplete` is no level."""
    shares = {**counts, "same": counts["same"] + counts["january"]}
    total = sum(count for level, count in shares.items() if level != "january")
    found = {level: _between(share, shares.get(level, 0) / max(1, total)) for level, share in now.items()}
    return {**found, "january": found["same"], "incomplete": now["incomplete"]}


def _share(counts: Counter[str], level: str) -> float:
    total = sum(count for name, count in counts.items() if name != "missing")
    return counts[level] / max(1, total)


def _between(now: float, counted: float) -> float:
    return round(_NOW * now + (1 - _NOW) * counted, 5)
