"""Views made into answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal
from urllib.parse import urlencode

from fastapi import Request, Response
from pydantic import BaseModel

from api import company_schemas, desk_schemas, schemas
from api.cautions import caution_answers, decision_answer, doubt_answer, evidence_answers
from api.render_documents import document_answer, document_check
from domain.identification import Extent
from domain.request import Step
from service.sentences import notification_summary, summary
from service.trail import TrailLine
from service.views import (
    CompanyRef,
    DeskView,
    HistoryLine,
    MandateView,
    MemberView,
    NotificationLine,
    PersonRef,
    RequestView,
    Slice,
)


def answered(
    content: BaseModel, language: str, *, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """An answer in JSON; absent values are left out."""
    return Response(
        content.model_dump_json(by_alias=True, exclude_none=True),
        status,
        media_type="application/json",
        headers={"Content-Language": language, "Vary": "Accept-Language", **(headers or {})},
    )


def request_response(view: RequestView, language: str, *, status: int = 200) -> Response:
    """A request, with its tag; `Location` where it is new."""
    headers = {"ETag": f'"{view.version}"'}
    if status == 201:
        headers["Location"] = request_path(view.id)
    return answered(request_answer(view, language), language, status=status, headers=headers)


def desk_response(view: DeskView, language: str, *, status: int = 200) -> Response:
    """A file, with its own tag."""
    return answered(desk_answer(view, language), language, status=status, headers={"ETag": f'"d{view.desk_version}"'})


def request_path(request_id: str) -> str:
    """Where a request is."""
    return f"/v1/requests/{request_id}"


def request_answer(view: RequestView, language: str, *, whole: bool = True) -> schemas.RequestAnswer:
    """A request; in lists (not `whole`) without address and documents."""
    return schemas.RequestAnswer(**_request_members(view, language, whole=whole))


def _request_members(view: RequestView, language: str, *, whole: bool) -> dict[str, Any]:
    action, rejection, registered = view.action_expected, view.rejection, view.registered_name
    return {
        "id": view.id,
        "phase": view.phase.value,
        "outcome": view.outcome.value if view.outcome else None,
        "steps": {step.value: "done" if view.steps.get(step) else "missing" for step in Step},
        "employee": dict(view.employee),
        "completed": list(view.completed) or None,
        "address": view.address if whole else None,
        "documents": [document_answer(document) for document in view.documents] or None if whole else None,
        "ssin": view.ssin.digits if view.ssin else None,
        "ssin_formatted": view.ssin.formatted if view.ssin else None,
        "former_ssin": view.former_ssin.digits if view.former_ssin else None,
        "former_ssin_formatted": view.former_ssin.formatted if view.former_ssin else None,
        "registered_name": {"surname": registered[0], "given_names": registered[1]} if registered else None,
        "action_expected": schemas.ActionExpectedAnswer(
            kind="newDocument" if action.kind == "newDocument" else "correction",
            fields=list(action.fields) or None,
            reason=action.reason,
            message=action.message,
            deadline=action.deadline,
        )
        if action
        else None,
        "rejection": {"reason": rejection.reason, "message": rejection.message} if rejection else None,
        "objection": {"state": view.objection.state, "at": view.objection.at, "message": view.objection.message}
        if view.objection
        else None,
        "similar_to": [
            schemas.SimilarAnswer(id=other.id, phase=other.phase.value, ssin=other.ssin.digits if other.ssin else None)
            for other in view.similar_to
        ]
        or None,
        "same_document": [
            schemas.SameDocumentAnswer(
                id=other.id,
                phase=other.phase.value,
                company=company_answer(other.company) if other.company else None,
            )
            for other in view.same_document
        ]
        or None,
        "requester": _person(view.requester),
        "email": view.email,
        "company": company_answer(view.company),
        "mandatary": company_answer(view.mandatary) if view.mandatary else None,
        "reference": view.reference,
        "language": view.language,
        "summary": summary(view, language),
        "created_at": view.created_at,
        "submitted_at": view.submitted_at,
        "updated_at": view.updated_at,
        "closed_at": view.closed_at,
        "deadline": view.deadline,
        "links": {"self": request_path(view.id), "history": f"{request_path(view.id)}/history"},
    }


def desk_answer(view: DeskView, language: str, *, whole: bool = True) -> desk_schemas.DeskAnswer:
    """A file; in the queue (not `whole`) without candidates, address and documents."""
    members = _request_members(view.request, language, whole=whole)
    path = f"/v1/desk/requests/{view.request.id}"
    members["links"] = {**members["links"], "self": path, "request": members["links"]["self"]}
    ruling = view.ruling
    return desk_schemas.DeskAnswer(
        **members,
        review_reason=view.review_reason.value if view.review_reason else None,
        assignee=_person(view.assignee) if view.assignee else None,
        claimed_until=view.claimed_until,
        escalated_at=view.escalated_at,
        doubt=doubt_answer(view.decision.reason if view.decision else None, language),
        decision=decision_answer(view.decision) if view.decision else None,
        document_check=document_check(view.request) or None if whole else None,
        candidates=candidate_answers(view.candidates, language) if whole else None,
        extent=extent_member(view.extent),
        ruling=desk_schemas.RulingAnswer(
            **{
                **ruling.body,
                "kind": ruling.kind.value,
                "by": _person(ruling.by),
                "at": ruling.at,
                "confirmedBy": _person(ruling.confirmed_by) if ruling.confirmed_by else None,
                "state": ruling.state,
                "needsConfirmation": ruling.needs_confirmation,
                "deliverAt": ruling.deliver_at,
            }
        )
        if ruling
        else None,
    )


def candidate_answers(candidates: Iterable[Mapping[str, Any]], language: str) -> list[desk_schemas.CandidateAnswer]:
    """Candidates, the evidence and what to look at twice in words."""
    return [
        desk_schemas.CandidateAnswer(
            **{
                **each,
                "evidence": evidence_answers(each["evidence"], language),
                "cautions": caution_answers(each["cautions"], language),
            }
        )
        for each in candidates
    ]


def extent_member(extent: Extent) -> Literal["partial", "tooMany"] | None:
    """Said only where there is more."""
    match extent:
        case Extent.PARTIAL:
            return "partial"
        case Extent.TOO_MANY:
            return "tooMany"
    return None


def history_answer(line: HistoryLine) -> schemas.HistoryAnswer:
    """One line of a history."""
    by = _person(line.by) if line.by else None
    return schemas.HistoryAnswer.model_validate({"id": line.id, "at": line.at, "kind": line.kind, "by": by})


def notification_answer(line: NotificationLine, language: str) -> schemas.NotificationAnswer:
    """One notification."""
    return schemas.NotificationAnswer.model_validate(
        {
            "id": line.id,
            "kind": line.kind,
            "request_id": line.request.id,
            "at": line.at,
            "read": line.read,
            "summary": notification_summary(line, language),
        }
    )


def member_answer(member: MemberView) -> company_schemas.MemberAnswer:
    """A colleague."""
    return company_schemas.MemberAnswer.model_validate(
        {
            "id": member.id,
            "name": member.name,
            "email": member.email,
            "role": member.role.value,
            "state": member.state,
        }
    )


def mandate_answer(mandate: MandateView) -> company_schemas.MandateAnswer:
    """A mandate, from the caller's side."""
    return company_schemas.MandateAnswer.model_validate(
        {
            "id": mandate.id,
            "enterprise_number": mandate.enterprise_number,
            "name": mandate.name,
            "direction": mandate.direction,
            "from": mandate.valid_from,
            "until": mandate.valid_until,
        }
    )


def trail_page(request: Request, found: Slice[TrailLine]) -> company_schemas.TrailPage:
    """An audit trail."""
    items = [
        company_schemas.TrailAnswer(
            id=line.id,
            at=line.at,
            kind=line.kind,
            by=_person(line.by),
            subject=line.subject_id,
            subject_name=line.subject_name,
            codes=dict(line.codes),
        )
        for line in found.items
    ]
    return company_schemas.TrailPage(items=items, next=next_page(request, found), total=found.total)


def next_page(request: Request, found: Slice[Any]) -> str | None:
    """Where the next page is: the same call with the new cursor."""
    if found.cursor is None:
        return None
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != "cursor"]
    return f"{request.url.path}?{urlencode([*kept, ('cursor', found.cursor)])}"


def _person(person: PersonRef) -> schemas.PersonAnswer:
    return schemas.PersonAnswer(id=person.id, name=person.name)


def company_answer(company: CompanyRef) -> schemas.CompanyAnswer:
    """A company as named to others."""
    return schemas.CompanyAnswer(enterprise_number=company.enterprise_number, name=company.name)
