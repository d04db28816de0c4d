"""Whether the log is found again under all it names, and erased requests under their people: what searches go by.

Neither table is in a seal. Both say what sealed rows say, so they are compared with those: `consulted` with the
requests and people of every row, `erased_subjects` with the rows that noted the erasures.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from store.logbook import ROWS, ConsultationRow, ConsultedRow, ErasedSubjectRow
from store.seals import Range

#: Separates subjects, which are ids and pseudonyms, where the database puts those of a row together.
_BETWEEN = "\n"
_NAMES = list(ROWS.c.keys())
_REQUESTS, _PEOPLE = _NAMES.index("request_ids"), _NAMES.index("people")


def misfiled(session: Session, ranges: Iterable[Range], rows: Mapping[int, Sequence[Any]]) -> list[int]:
    """Numbers of the rows in these ranges that are found under anything else than they name, or not under all of it."""
    wrong: list[int] = []
    for first, last in ranges:
        number = col(ConsultedRow.consultation_id)
        subjects = func.aggregate_strings(col(ConsultedRow.subject), _BETWEEN)
        query = select(number, subjects).where(number.between(first, last)).group_by(number)
        filed = {int(found[0]): str(found[1]) for found in session.execute(query)}
        for place in range(first, last + 1):
            row = rows.get(place)
            if row is None:
                continue
            named = {*json.loads(row[_REQUESTS]), *json.loads(row[_PEOPLE])}
            together = filed.get(place)
            if (set(together.split(_BETWEEN)) if together else set()) != named:
                wrong.append(place)
    return wrong


def erasures_differ(session: Session, expired_before: datetime) -> tuple[int, int]:
    """How many people of erased requests are no longer kept beside them, and how many are that no erasure noted.

    What is older than `expired_before` goes, the two tables not in the same instant.
    """
    erasures = select(ConsultationRow.request_ids, ConsultationRow.people).where(
        ConsultationRow.what == "erasure", ConsultationRow.at >= expired_before
    )
    noted = {
        (request_id, subject)
        for requests, people in session.execute(erasures)
        for request_id in requests
        for subject in people
    }
    kept = select(ErasedSubjectRow.request_id, ErasedSubjectRow.subject).where(ErasedSubjectRow.at >= expired_before)
    there = {(request_id, subject) for request_id, subject in session.execute(kept)}
    return len(noted - there), len(there - noted)
