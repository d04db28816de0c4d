"""Registers, queries and truths as CSV files, as docs/operations.md describes them, and back."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from bench.matching.answers import Answer
from bench.matching.draft import TODAY
from bench.matching.queries import Query
from domain.identification import RegisteredPerson, StatedPerson
from domain.niss import Niss
from domain.people import PartialDate
from domain.statement import Address
from register.records import QUERY_COLUMNS, REGISTER_COLUMNS, stated_person

TRUTH_COLUMNS = ["query_id", "ssin", "also", "classes", "decidable", "culture"]


def write_register(path: Path, people: Iterable[RegisteredPerson]) -> None:
    """One row a person."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(REGISTER_COLUMNS)
        for one in people:
            rows.writerow([one.ssin.digits, *_common(one), *_rest(one)])


def _common(one: RegisteredPerson | StatedPerson) -> list[str | None]:
    return [
        one.surname,
        one.given_names,
        one.sex.value if one.sex else "",
        _whole(one.birth_date),
        one.birth_place,
        one.birth_country,
        one.nationality,
    ]


def _whole(born: PartialDate) -> str:
    return f"{born.year:04d}-{born.month:02d}-{born.day:02d}"


def _rest(one: RegisteredPerson) -> list[str | None]:
    home = one.official or Address("", "", "")
    return [
        home.street,
        home.house_number,
        home.box,
        home.postal_code,
        home.municipality,
        home.country,
        _day(one.deceased_on),
        one.replaced_by.digits if one.replaced_by else "",
        one.former_surname,
    ]


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def write_queries(path: Path, queries: Iterable[Query]) -> None:
    """One row a stated person, without what is true."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(QUERY_COLUMNS)
        for query in queries:
            one = query.stated
            home = one.official or Address("", "", "")
            address = [home.street, home.house_number, home.postal_code, home.municipality, home.country]
            rows.writerow([query.query_id, *_common(one), *address, one.former_surname])


def write_truth(path: Path, queries: Iterable[Query]) -> None:
    """One row a query: the number that holds, other numbers of the person, error classes, whether it is decidable."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(TRUTH_COLUMNS)
        for query in queries:
            also = sorted(number.digits for number in query.meant if number != query.truth)
            truth = query.truth.digits if query.truth else ""
            decidable = "yes" if query.decidable else "no"
            rows.writerow([query.query_id, truth, " ".join(also), " ".join(query.classes), decidable, query.culture])


def read_queries(queries: Path, truth: Path) -> list[Query]:
    """Queries with what is true. Of a foreign truth file only query_id and ssin are needed."""
    with truth.open(encoding="utf-8-sig", newline="") as file:
        known = {row["query_id"]: row for row in csv.DictReader(file)}
    found = []
    with queries.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            what = known[row["query_id"]]
            number = Niss.parse(what["ssin"]) if what.get("ssin") else None
            also = [Niss.parse(text) for text in (what.get("also") or "").split()]
            found.append(
                Query(
                    query_id=row["query_id"],
                    stated=stated_person(row, today=TODAY),
                    truth=number,
                    meant=frozenset([number, *also] if number else also),
                    classes=tuple((what.get("classes") or what.get("error_class") or "unlabelled").split()),
                    decidable=(what.get("decidable") or "yes") != "no",
                    culture=what.get("culture") or "",
                )
            )
    return found


def read_answers(path: Path, queries: Iterable[Query]) -> list[Answer]:
    """What `niss register match --json` printed, with what is true. Raises ValueError unless each has one answer."""
    known = {query.query_id: query for query in queries}
    found = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        said = json.loads(line)
        query = known.get(said["query_id"])
        if query is None or query.query_id in found or "error" in said:
            raise ValueError(f"line {number}: no answer, a second one, or one to a query that is not in the file")
        found[query.query_id] = Answer(
            query=query,
            kind=said["decision"],
            given=Niss.parse(said["ssin"]) if "ssin" in said else None,
            candidates=tuple((Niss.parse(one["ssin"]), one["score"]) for one in said["candidates"]),
            ms=said["ms"],
        )
    if len(found) < len(known):
        raise ValueError(f"{len(known) - len(found)} queries have no answer")
    return list(found.values())
