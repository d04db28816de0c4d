"""What an agent decides, in forms: identify, create a number, ask, reject; confirm and undo."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import PlainTextResponse
from starlette.datastructures import FormData

from domain.errors import Conflict, InvalidInput, NissDeskError, NotAllowed, Unavailable
from domain.ruling import ASKABLE_FIELDS
from locales.catalogue import say
from portal import tongue
from portal.desk import words
from portal.desk.case import case_page, counted, looked_into, opened
from portal.desk.frame import desk_page
from portal.desk.preview import mail_preview
from portal.entered import Entered, Labels, Wrong
from portal.once import as_once
from portal.rendering import language_of
from portal.routes import checked_id, see, status_of
from portal.visitors import Agent, CheckedForm, SignedInVisitor, TheHouse, text_of
from portal.words import LABELS
from runtime.house import House
from service import desk, rulings
from service.views import DeskView

router = APIRouter(prefix="/desk/requests/{request_id}")
#: Seconds that a page waits for the story to carry a ruling out; then it is shown as it stands.
_EFFECT_WITHIN: Final = 1.5
_LABELS: Final = Labels({**LABELS, **words.FIELDS}, words.MISTAKES, {"fields": "document", "differentFrom": "others"})
#: What is said on the page that was sent, with everything that was typed.
_REFUSALS: Final = (InvalidInput, NotAllowed, Conflict, Unavailable)


@router.post("/identify")
async def identify(request: Request, house: TheHouse, visitor: Agent, request_id: str, form: CheckedForm) -> Response:
    """This is the person."""
    members = {"kind": "identify", "ssin": text_of(form, "ssin")}
    try:
        return await _ruled(request, house, visitor, request_id, form, members)
    except _REFUSALS as refused:
        return await _case_with(request, house, visitor, request_id, refused, text_of(form, "candidate"))


@router.get("/create")
async def ask_to_create(request: Request, house: TheHouse, visitor: Agent, request_id: str) -> Response:
    """Every look-alike is ruled out one by one before a number is created."""
    return await _create_page(request, house, visitor, request_id)


@router.post("/create")
async def create(request: Request, house: TheHouse, visitor: Agent, request_id: str, form: CheckedForm) -> Response:
    """Nobody of the register is the person."""
    others = [str(value) for value in form.getlist("differentFrom")]
    if tongue.switched(request, form):
        return tongue.kept(request, await _create_page(request, house, visitor, request_id, others=others))
    members = {"kind": "createNumber", "differentFrom": others}
    try:
        return await _ruled(request, house, visitor, request_id, form, members)
    except _REFUSALS as refused:
        wrong, status = _told(request, refused), status_of(refused)
        return await _create_page(request, house, visitor, request_id, others=others, wrong=wrong, status=status)


@router.get("/ask")
async def ask_what(request: Request, house: TheHouse, visitor: Agent, request_id: str) -> Response:
    """What is asked for, why, and in which words."""
    return await _ask_page(request, house, visitor, request_id, Entered(), ())


@router.post("/ask")
async def ask(request: Request, house: TheHouse, visitor: Agent, request_id: str, form: CheckedForm) -> Response:
    """Ask, or show what would be mailed."""
    fields = [str(value) for value in form.getlist("fields")]
    entered = Entered({name: text_of(form, name) or "" for name in ("document", "reason", "message")})
    if tongue.switched(request, form):
        return tongue.kept(request, await _ask_page(request, house, visitor, request_id, entered, fields))
    if "preview" in form:
        return await _ask_page(request, house, visitor, request_id, entered, fields)
    members = {"kind": "requestInformation", "document": bool(entered.value("document")), "fields": fields}
    members |= _reasoned(entered)
    try:
        return await _ruled(request, house, visitor, request_id, form, members)
    except _REFUSALS as refused:
        entered = replace(entered, wrong=_told(request, refused))
        return await _ask_page(request, house, visitor, request_id, entered, fields, status=status_of(refused))


@router.post("/preview")
async def preview(house: TheHouse, visitor: Agent, request_id: str, form: CheckedForm) -> Response:
    """The mail as it would go out, as plain text, for the page that is being filled in."""
    file = await looked_into(house, visitor, request_id)
    fields = [str(value) for value in form.getlist("fields")]
    entered = Entered({name: text_of(form, name) or "" for name in ("document", "reason", "message")})
    return PlainTextResponse(mail_preview(house, file, entered, fields) or "")


@router.get("/reject")
async def ask_to_reject(request: Request, house: TheHouse, visitor: Agent, request_id: str) -> Response:
    """Why no number is given."""
    return await _reject_page(request, house, visitor, request_id, Entered())


@router.post("/reject")
async def reject(request: Request, house: TheHouse, visitor: Agent, request_id: str, form: CheckedForm) -> Response:
    """No number is given."""
    entered = Entered({name: text_of(form, name) or "" for name in ("reason", "message")})
    if tongue.switched(request, form):
        return tongue.kept(request, await _reject_page(request, house, visitor, request_id, entered))
    try:
        return await _ruled(request, house, visitor, request_id, form, {"kind": "reject", **_reasoned(entered)})
    except _REFUSALS as refused:
        entered = replace(entered, wrong=_told(request, refused))
        return await _reject_page(request, house, visitor, request_id, entered, status=status_of(refused))


@router.post("/confirm")
async def confirm(request: Request, house: TheHouse, visitor: Agent, request_id: str, form: CheckedForm) -> Response:
    """The second agent agrees."""
    caller = as_once(visitor.caller, text_of(form, "once") or "", request.url.path)
    try:
        accepted = await run_in_threadpool(
            rulings.confirm, house.tools, caller, checked_id(request_id), seen=text_of(form, "ruling")
        )
    except _REFUSALS as refused:
        return await _case_with(request, house, visitor, request_id, refused)
    house.send(accepted.outgoing)
    return see(f"/desk/requests/{request_id}")


@router.post("/undo")
async def undo(request: Request, house: TheHouse, visitor: Agent, request_id: str, form: CheckedForm) -> Response:
    """Take the ruling back, while it can be."""
    try:
        await run_in_threadpool(
            rulings.undo, house.tools, visitor.caller, checked_id(request_id), seen=text_of(form, "ruling")
        )
    except _REFUSALS as refused:
        return await _case_with(request, house, visitor, request_id, refused)
    return see(f"/desk/requests/{request_id}")


async def _ruled(
    request: Request,
    house: House,
    visitor: SignedInVisitor,
    request_id: str,
    form: FormData,
    members: Mapping[str, object],
) -> Response:
    said = json.dumps(members, sort_keys=True)
    caller = as_once(visitor.caller, text_of(form, "once") or "", request.url.path, said)
    accepted = await run_in_threadpool(rulings.rule, house.tools, caller, checked_id(request_id), members)
    house.send(accepted.outgoing)
    if accepted.outgoing:
        await house.wait_until_carried_out(request_id, _EFFECT_WITHIN)
    return see(f"/desk/requests/{request_id}")


async def _case_with(
    request: Request,
    house: House,
    visitor: SignedInVisitor,
    request_id: str,
    refused: NissDeskError,
    candidate: str | None = None,
) -> Response:
    await opened(house, visitor, request_id)
    wrong, status = _told(request, refused), status_of(refused)
    return await case_page(
        request, house, visitor, request_id, chosen=counted(candidate or ""), wrong=wrong, status=status
    )


async def _create_page(
    request: Request,
    house: House,
    visitor: SignedInVisitor,
    request_id: str,
    *,
    others: Sequence[str] = (),
    wrong: Sequence[Wrong] = (),
    status: int = 200,
) -> Response:
    desk.agent_only(visitor.caller)
    file = await looked_into(house, visitor, request_id, people=True)
    lacking = await run_in_threadpool(rulings.lacking, house.tools, visitor.caller, file.request.id)
    values = {
        "look_alikes": [candidate for candidate in file.candidates if candidate["lookAlike"]],
        "others": others,
        "lacking": [say(LABELS[name], language_of(request)) for name in lacking],
    }
    return await _form_page(request, house, visitor, file, "desk/create.html", values, wrong, status)


async def _ask_page(
    request: Request,
    house: House,
    visitor: SignedInVisitor,
    request_id: str,
    entered: Entered,
    fields: Sequence[str],
    *,
    status: int = 200,
) -> Response:
    desk.agent_only(visitor.caller)
    file = await looked_into(house, visitor, request_id)
    values = {
        "entered": entered,
        "fields_asked": fields,
        "askable": ASKABLE_FIELDS,
        "reasons": _spoken(words.QUESTION_REASONS, request),
        "mail": mail_preview(house, file, entered, fields),
    }
    return await _form_page(request, house, visitor, file, "desk/ask.html", values, entered.wrong, status)


async def _reject_page(
    request: Request,
    house: House,
    visitor: SignedInVisitor,
    request_id: str,
    entered: Entered,
    *,
    status: int = 200,
) -> Response:
    desk.agent_only(visitor.caller)
    file = await looked_into(house, visitor, request_id)
    values = {"entered": entered, "reasons": _spoken(words.REJECTION_REASONS, request)}
    return await _form_page(request, house, visitor, file, "desk/reject.html", values, entered.wrong, status)


async def _form_page(
    request: Request,
    house: House,
    visitor: SignedInVisitor,
    file: DeskView,
    template: str,
    values: Mapping[str, object],
    wrong: Sequence[Wrong],
    status: int,
) -> Response:
    given = {"wrong": tuple(wrong), "file": file, "view": file.request, "main_form": "decision", **values}
    given["lease_seconds"] = int(house.tools.terms.claim_lease.total_seconds())
    return await desk_page(request, house, visitor, template, given, status=status)


def _spoken(table: Mapping[str, str], request: Request) -> tuple[tuple[str, str], ...]:
    """Codes with their words, for radio buttons."""
    return tuple((code, say(words_of, language_of(request))) for code, words_of in table.items())


def _reasoned(entered: Entered) -> dict[str, object]:
    """Reason and message; an empty one is none."""
    return {name: entered.value(name).strip() or None for name in ("reason", "message")}


def _told(request: Request, refused: NissDeskError) -> tuple[Wrong, ...]:
    language = language_of(request)
    issues = getattr(refused, "issues", ())
    return _LABELS.wrong(issues, language) if issues else (Wrong("", "", say(refused.detail, language)),)
