"""Rows made into what a reader sees, and who may see them at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlmodel import Session, select

from access import policy
from access.caller import Caller
from domain.errors import Conflict, NotFound
from domain.niss import Niss
from domain.question import Question
from domain.request import Outcome, Phase, Step
from service import consultations, document_views, marks, once
from service.context import Tools
from service.gathering import OnFile, gathered
from service.views import ActionExpected, ObjectionView, PersonRef, Rejection, RequestView, SimilarRequest
from store import requests, similar
from store.tables import Request, StatementRow

#: What requesters are told instead: a suspicion is for agents only.
_TOLD_REASON = {"suspectedFraud": "notIdentifiable"}


def visible(
    session: Session, caller: Caller, request_id: str, today: date, *, lock: bool = False, compare: bool = True
) -> Request:
    """The row, if the caller may know of it. Raises NotFound in every other case, so that nobody can tell.

    With `lock` it is about to be changed and compared: see `expected`.
    """
    query = select(Request).where(Request.id == request_id)
    row = session.exec(query.with_for_update() if lock else query).one_or_none()
    if row is None or not sees(session, caller, row, today):
        raise NotFound("There is no such request.")
    if lock and compare:
        expected(session, caller, row)
    return row


def expected(session: Session, caller: Caller, row: Request) -> None:
    """Raise Conflict (`preconditionFailed`) where the row is not the one that the caller expects."""
    if caller.expects and tag(row, caller) not in caller.expects and not once.is_known(session, caller):
        raise Conflict("The request has changed meanwhile.", code="preconditionFailed")


def tag(row: Request, caller: Caller) -> str:
    """The entity tag of what the caller sees: the request, or the desk's file."""
    return f'"d{row.desk_version}"' if policy.reads_desk(caller) else f'"{row.version}"'


def sees(session: Session, caller: Caller, row: Request, today: date) -> bool:
    """Whether the caller may know of this request today."""
    if policy.reads_desk(caller):
        return policy.reads_as_agent(caller, submitted=row.submitted_at is not None)
    mandated = row.mandatary_id is not None and requests.mandate_holds(session, row.company_id, row.mandatary_id, today)
    return policy.sees(caller, row.company_id, row.mandatary_id, mandate_valid=mandated)


def view(session: Session, row: Request, caller: Caller, today: date) -> RequestView:
    """One request with its documents, and the similar ones and those with the same document, if they may open them."""
    on_file = gathered(session, [row])
    shown = with_similar(session, [row], [_view(row, on_file, caller)], caller, today)[0]
    shown = document_views.with_documents(session, shown, on_file, today)
    others = [other for other in marks.same_document(session, row, caller) if sees(session, caller, other, today)]
    return document_views.with_same_document(session, row, shown, others)


def shown(session: Session, tools: Tools, caller: Caller, row: Request) -> RequestView:
    """The same, noted."""
    found = view(session, row, caller, tools.today())
    consultations.record(session, tools, caller, "request", consultations.of_views([found]))
    return found


def with_similar(
    session: Session, rows: Sequence[Request], shown: Sequence[RequestView], caller: Caller, today: date
) -> list[RequestView]:
    """The views of some rows, each with the similar requests that the caller may open."""
    found = similar.similar_to(session, rows)
    others = {other.id: other for each in found.values() for other in each}
    seen = {other.id for other in others.values() if sees(session, caller, other, today)}
    return [
        replace(
            one,
            similar_to=tuple(
                SimilarRequest(other.id, Phase(other.phase), Niss(other.ssin) if other.ssin else None)
                for other in found.get(one.id, ())
                if other.id in seen
            ),
        )
        for one in shown
    ]


def views(session: Session, rows: Sequence[Request], caller: Caller) -> list[RequestView]:
    """Requests as the caller sees them in lists, without documents; in a fixed number of queries."""
    on_file = gathered(session, rows)
    return [_view(row, on_file, caller) for row in rows]


def _view(row: Request, on_file: OnFile, caller: Caller) -> RequestView:
    statement, pages = on_file.statements.get(row.id), on_file.pages.get(row.id, [])
    requester = PersonRef(row.requester_id, on_file.people[row.requester_id].name)
    personal_data = (statement.personal_data if statement else None) or {}
    address = statement.address if statement else None
    return RequestView(
        id=row.id,
        phase=Phase(row.phase),
        outcome=Outcome(row.outcome) if row.outcome else None,
        steps={
            Step.DOCUMENT: bool(pages),
            Step.PERSONAL_DATA: bool(personal_data),
            Step.ADDRESS: address is not None,
            Step.SUBMISSION: row.submitted_at is not None,
        },
        # What was stated since counts: the register's values stay behind it until they are taken over anew.
        employee={**(row.completed or {}), **personal_data},
        completed=tuple(name for name in row.completed or () if name not in personal_data),
        address=address,
        documents=(),
        ssin=Niss(row.ssin) if row.ssin else None,
        registered_name=_registered_name(row, personal_data),
        action_expected=_action_expected(row, statement),
        rejection=_rejection(row, caller),
        requester=requester,
        email=row.email,
        company=on_file.company(row.company_id),
        mandatary=on_file.company(row.mandatary_id) if row.mandatary_id else None,
        reference=row.reference,
        language=row.language,
        created_at=row.created_at,
        submitted_at=row.submitted_at,
        updated_at=row.updated_at,
        closed_at=row.closed_at,
        deadline=row.deadline,
        version=row.version,
        objection=_objection(row),
        former_ssin=Niss(row.former_ssin) if row.former_ssin else None,
    )


def _registered_name(row: Request, stated: dict[str, str]) -> tuple[str, str | None] | None:
    """The register's name where it differs from the stated one in more than case and spacing."""
    if row.registered_surname is None:
        return None

    def folded(surname: str | None, given_names: str | None) -> tuple[str, str]:
        return "".join((surname or "").split()).casefold(), "".join((given_names or "").split()).casefold()

    given = stated.get("givenNames")
    if folded(row.registered_surname, row.registered_given_names) == folded(stated.get("surname"), given):
        return None
    return row.registered_surname, row.registered_given_names


def _objection(row: Request) -> ObjectionView | None:
    if row.objection is None:
        return None
    at = datetime.fromisoformat(row.objection["at"])
    return ObjectionView(row.objection["state"], at, row.objection["message"])


def _action_expected(row: Request, statement: StatementRow | None) -> ActionExpected | None:
    """What is still outstanding of the open question."""
    if row.phase != Phase.AWAITING_INFORMATION or row.asked is None:
        return None
    question = Question.of(row.asked)
    return ActionExpected(
        kind="newDocument" if question.lacks_document() else "correction",
        first="newDocument" if question.document else "correction",
        fields=question.lacks(requests.statement_of(statement)),
        reason=row.asked["reason"],
        message=row.asked["message"],
        deadline=_deadline(row),
    )


def _deadline(row: Request) -> datetime:
    if row.deadline is None:
        raise ValueError("a question has a deadline")
    return row.deadline


def _rejection(row: Request, caller: Caller) -> Rejection | None:
    if row.rejection_reason is None:
        return None
    reason = (
        row.rejection_reason
        if policy.reads_desk(caller)
        else _TOLD_REASON.get(row.rejection_reason, row.rejection_reason)
    )
    return Rejection(reason, row.rejection_message)
