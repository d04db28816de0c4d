"""One request as a whole: everything stated, completed, decided and told; its pages; withdrawing and objecting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from access import policy
from access.caller import Caller
from domain.document import DocumentKind
from domain.errors import Conflict, InvalidInput, NotFound
from domain.request import Phase
from locales.catalogue import say
from portal import steps, tongue
from portal.entered import Entered, Labels, Wrong
from portal.once import as_once, new_once
from portal.rendering import language_of, page
from portal.routes import checked_id, reason_of, request_page, see
from portal.visitors import CheckedForm, Reader, Requester, SignedInVisitor, TheHouse, text_of
from portal.words import ADVICE, HISTORY, KINDS, LABELS, MAIL_STATES, MAILS, OBJECTIONS, OWN, PHASES, SEXES
from runtime.house import House
from service import objections, requests
from service import steps as use_cases
from service.sentences import told
from service.views import HistoryLine, RequestView

router = APIRouter(prefix="/requests/{request_id}")
_LABELS: Final = Labels(LABELS, OWN)
_LINES: Final = 100


@dataclass(frozen=True, slots=True)
class Whole:
    """A request with its history."""

    view: RequestView
    history: tuple[HistoryLine, ...]


@router.get("")
async def whole(request: Request, house: TheHouse, found: Reader, request_id: str) -> Response:
    """Everything there is; of a draft, what is still to be done. Where the links of mails lead."""
    if policy.reads_desk(found.caller):
        return see(f"/desk/requests/{checked_id(request_id)}")
    read = await run_in_threadpool(_whole, house, found.caller, checked_id(request_id))
    template = "draft.html" if read.view.phase is Phase.COLLECTING else "request.html"
    return page(request, template, _values(request, found, read.view) | {"history": read.history})


@router.get("/answer")
async def answer(house: TheHouse, found: Requester, request_id: str) -> Response:
    """To the first part that an agent waits for."""
    view = await _view(house, found, request_id)
    return see(steps.answer_page(view))


@router.get("/documents/{kind}/{number}")
async def one_page(house: TheHouse, found: Reader, request_id: str, kind: str, number: str) -> Response:
    """One page of a document, as the image that was made of it; the desk's people are led to theirs.

    There a reason is asked for where one is needed, and who looks and when is drawn across the page.
    """
    if kind not in list(DocumentKind) or not (number.isascii() and number.isdigit() and len(number) < 5):
        raise NotFound("There is no such page.")
    if policy.reads_desk(found.caller):
        return see(f"/desk/requests/{checked_id(request_id)}/documents/{kind}/pages/{number}")
    media_type, content = await run_in_threadpool(
        use_cases.read_page, house.tools, found.caller, checked_id(request_id), DocumentKind(kind), int(number)
    )
    return Response(content, media_type=media_type, headers={"Content-Disposition": "inline"})


@router.get("/withdraw")
async def before_withdrawing(request: Request, house: TheHouse, found: Requester, request_id: str) -> Response:
    """Whether one is sure."""
    view = await _view(house, found, request_id)
    if not view.may_be_withdrawn:
        return see(request_page(view.id))
    return page(request, "withdraw.html", _values(request, found, view))


@router.post("/withdraw")
async def withdraw(
    request: Request, house: TheHouse, found: Requester, _form: CheckedForm, request_id: str
) -> Response:
    """Withdraw it; what an agent has decided meanwhile is said."""
    try:
        accepted = await run_in_threadpool(requests.withdraw, house.tools, found.caller, checked_id(request_id))
    except Conflict as refused:
        if refused.code == "requestClosed":
            return see(request_page(request_id))
        view = await _view(house, found, request_id)
        wrong = (Wrong("", request_page(view.id), say(refused.detail, language_of(request))),)
        return page(request, "withdraw.html", _values(request, found, view) | {"wrong": wrong}, status=409)
    house.send(accepted.outgoing)
    return see("/")


@router.get("/objection")
async def before_objecting(request: Request, house: TheHouse, found: Requester, request_id: str) -> Response:
    """Why this is not the company's employee."""
    view = await _view(house, found, request_id)
    if not view.may_be_objected_to:
        return see(request_page(view.id))
    return _objection(request, found, view, Entered({"once": new_once()}))


@router.post("/objection")
async def object_to(
    request: Request, house: TheHouse, found: Requester, form: CheckedForm, request_id: str
) -> Response:
    """Object; an agent then decides again."""
    typed = {name: (text_of(form, name) or "").strip() for name in ("message", "once")}
    if tongue.switched(request, form):
        view = await _view(house, found, request_id)
        return tongue.kept(request, _objection(request, found, view, Entered(typed)))
    caller = as_once(found.caller, typed["once"], request.url.path, typed["message"])
    try:
        accepted = await run_in_threadpool(
            objections.object_to, house.tools, caller, checked_id(request_id), message=typed["message"] or None
        )
    except InvalidInput as refused:
        view = await _view(house, found, request_id)
        wrong = _LABELS.wrong(refused.issues, language_of(request))
        return _objection(request, found, view, Entered({**typed, "once": new_once()}, wrong), status=400)
    except Conflict:
        return see(request_page(request_id))
    house.send(accepted.outgoing)
    return see(request_page(request_id))


def _objection(
    request: Request, found: SignedInVisitor, view: RequestView, form: Entered, *, status: int = 200
) -> Response:
    values = _values(request, found, view) | {"form": form, "wrong": form.wrong, "main_form": "step"}
    return page(request, "objection.html", values, status=status)


def _whole(house: House, caller: Caller, request_id: str) -> Whole:
    view = requests.read_request(house.tools, caller, request_id)
    history = requests.read_history(house.tools, caller, request_id, page_size=_LINES)
    return Whole(view, history.items)


async def _view(house: House, found: SignedInVisitor, request_id: str) -> RequestView:
    return await run_in_threadpool(requests.read_request, house.tools, found.caller, checked_id(request_id))


def _values(request: Request, found: SignedInVisitor, view: RequestView) -> dict[str, Any]:
    language = language_of(request)
    sentence = told(view, language)
    return {
        "visitor": found,
        "place": "requests",
        "view": view,
        "told": sentence,
        "name": sentence.values["x"],
        "reason": reason_of(view, language),
        "kinds": {kind: say(words, language) for kind, words in KINDS.items()},
        "sexes": {sex: say(words, language) for sex, words in SEXES.items()},
        "labels": {name: say(words, language) for name, words in LABELS.items()},
        "advice": ADVICE,
        "phases": PHASES,
        "kinds_of_history": HISTORY,
        "mails": MAILS,
        "mail_states": MAIL_STATES,
        "objections": OBJECTIONS,
        "tasks": [(step.value, request_page(view.id, part), view.steps.get(step)) for _, step, part in steps.STEPS],
        "next_step": steps.next_step(view),
        "answer_page": steps.answer_page(view),
    }
