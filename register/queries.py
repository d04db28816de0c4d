"""Stated people of a file against the register, one at a time: `niss register match`."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from domain.identification import StatedPerson
from domain.ports import Register
from register.files import Notify, Row, rows
from register.records import QUERY_COLUMNS, QUERY_REQUIRED, stated_person


def match_file(
    path: Path,
    register: Register,
    *,
    today: date,
    on_warning: Notify = lambda _line, _reason: None,
    on_progress: Callable[[float], None] = lambda _done: None,
) -> Iterator[dict[str, Any]]:
    """One answer a row, ready for JSON, in the order of the file.

    `{"query_id", "decision", "ssin"?, "candidates": [{"ssin", "score"}], "ms"}`, or `{"query_id", "error"}` for a row
    that breaks a rule. `ms` is the time of the search and the decision. Raises InvalidInput where the file cannot be
    read and RegisterUnavailable where the register does not answer.
    """
    for row in rows(path, QUERY_COLUMNS, QUERY_REQUIRED, on_warning=on_warning):
        query_id = (row.record.get("query_id") or "").strip()
        try:
            stated = _stated(row, query_id, today)
        except ValueError as error:
            yield {"query_id": query_id, "error": str(error)}
        else:
            yield {"query_id": query_id, **_answer(register, stated)}
        on_progress(row.done)


def _stated(row: Row, query_id: str, today: date) -> StatedPerson:
    if row.wrong:
        raise ValueError(row.wrong)
    if not query_id:
        raise ValueError("query_id: is required")
    return stated_person(row.record, today=today)


def _answer(register: Register, stated: StatedPerson) -> dict[str, Any]:
    started = time.perf_counter()
    decision = register.identify(stated)
    milliseconds = (time.perf_counter() - started) * 1000
    answer: dict[str, Any] = {"decision": decision.kind.value}
    if decision.person is not None:
        answer["ssin"] = decision.person.ssin.digits
    answer["candidates"] = [{"ssin": item.person.ssin.digits, "score": item.score} for item in decision.candidates]
    answer["ms"] = round(milliseconds, 3)
    return answer
