"""Who was shown whose data: one row for every answer with personal data, in the transaction of the read.

What cannot be noted is not shown: `record` raises, and the answer with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from access.caller import Caller
from domain.errors import DatabaseUnavailable
from domain.niss import Niss
from service.context import Tools
from service.views import RequestView
from store.inserting import insert_if_absent
from store.logbook import FOUND_UNDER, ROWS, ErasedSubjectRow
from store.tables import RulingRow

#: What candidates are shown with beside the person itself; nothing of it is a field of theirs.
_NOT_OF_A_PERSON = frozenset(("cautions", "evidence", "score", "lookAlike", "ssinFormatted"))


@dataclass(frozen=True, slots=True)
class Shown:
    """Whose data, and which: requests by id, people by their numbers, fields by their API names."""

    requests: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()

    def __or__(self, other: Shown) -> Shown:
        """Both."""
        return Shown(self.requests | other.requests, self.people | other.people, self.fields | other.fields)


def of_request(request_id: str, ssin: Niss | str | None, *fields: str) -> Shown:
    """Something of one request; its person too where the number is known."""
    people = frozenset([str(ssin)]) if ssin else frozenset[str]()
    return Shown(frozenset([request_id]), people, frozenset(fields))


def of_views(views: Iterable[RequestView]) -> Shown:
    """What some requests show: what one's own company typed by the request, a register answer by the person too."""
    found = Shown()
    for view in views:
        alike = [of_request(one.id, one.ssin, "ssin" if one.ssin else "phase") for one in view.similar_to]
        alike += [of_request(one.id, None, "phase") for one in view.same_document]
        found |= of_request(view.id, view.ssin, *_fields(view))
        if view.former_ssin is not None:
            found |= of_request(view.id, view.former_ssin, "formerSsin")
        for one in alike:
            found |= one
    return found


def of_candidates(candidates: Sequence[Any]) -> Shown:
    """Candidates in API members: each of them by the person."""
    fields = {name for candidate in candidates for name in candidate} - _NOT_OF_A_PERSON
    return Shown(people=frozenset(str(candidate["ssin"]) for candidate in candidates), fields=frozenset(fields))


def of_ruling(ruling: RulingRow | None) -> Shown:
    """Whom a ruling names."""
    if ruling is None:
        return Shown()
    named = [ruling.body.get("ssin"), *ruling.body.get("differentFrom", ())]
    return Shown(people=frozenset(Niss.parse(str(ssin)).digits for ssin in named if ssin), fields=frozenset(["ruling"]))


def of_members(*fields: str) -> Shown:
    """The caller's own colleagues."""
    return Shown(fields=frozenset(fields or ("name", "email")))


def record(
    session: Session,
    tools: Tools,
    caller: Caller,
    what: str,
    shown: Shown,
    *,
    reason: str | None = None,
    opened: str = "",
) -> None:
    """Note that `caller` is shown `what` (a code), and the reason they typed where there is one.

    `opened` is the request that was opened, where others are named beside it: it is noted first.

    Raises DatabaseUnavailable where the row cannot be written: then nothing is shown.
    """
    session.flush()
    people = sorted(tools.pseudonyms.of(digits) for digits in shown.people)
    values = {
        "at": tools.now(),
        "person_id": caller.person_id,
        "role": caller.role.value,
        "company_id": caller.company_id,
        "what": what,
        "request_ids": sorted(shown.requests, key=lambda one: (one != opened, one)),
        "people": people,
        "fields": sorted(shown.fields),
        "reason": reason,
        "trace_id": caller.trace_id,
    }
    try:
        number = session.execute(insert(ROWS).values(values).returning(ROWS.c.id)).scalar_one()
        under = [{"subject": subject, "consultation_id": number} for subject in (*sorted(shown.requests), *people)]
        if under:
            session.execute(insert(FOUND_UNDER), under)
    except DBAPIError as refused:
        raise DatabaseUnavailable("the log of consultations does not take the row") from refused


def noted(tools: Tools, caller: Caller, what: str, shown: Shown, *, reason: str | None = None) -> None:
    """The same, for what is read in no transaction of ours: noted before it is shown."""
    with tools.store.writing() as session:
        record(session, tools, caller, what, shown, reason=reason)


def erased(session: Session, tools: Tools, request_id: str, told: Shown) -> None:
    """Keep, by pseudonym, whose request it was: its data go, what was seen of them is still told to its person."""
    for digits in told.people:
        known = {"request_id": request_id, "subject": tools.pseudonyms.of(digits)}
        insert_if_absent(session, ErasedSubjectRow, {**known, "at": tools.now()})


def _fields(view: RequestView) -> Iterable[str]:
    yield from view.employee
    yield from view.address or ()
    yield from (name for name in ("ssin", "email", "reference") if getattr(view, name) is not None)
    if view.documents:
        yield "documents"
    if view.registered_name is not None:
        yield "registeredName"
    if view.objection is not None:
        yield "objection"
