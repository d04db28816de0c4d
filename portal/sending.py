"""Step 4: check, send, and wait for the number on the same page."""

from __future__ import annotations

from typing import Any, Final

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from domain.document_check import CONFIRMABLE
from domain.errors import Conflict, InvalidInput, Issue
from domain.request import Phase
from locales.catalogue import say
from portal import steps, tongue
from portal.entered import Entered, Labels, Wrong
from portal.once import as_once, new_once
from portal.rendering import language_of, page
from portal.routes import checked_id, request_page, see
from portal.visitors import CheckedForm, Requester, SignedInVisitor, TheHouse, text_of
from portal.words import KINDS, LABELS, LACKING, OTHERWISE, OWN, PHASES, SEXES
from portal.zones import mismatches
from runtime.house import House
from service import requests, submission
from service.sentences import told
from service.views import RequestView

router = APIRouter(prefix="/requests/{request_id}")
_LABELS: Final = Labels(LABELS, OWN)
#: How long the answer to "send" waits for the number, in seconds: most are there by then.
AT_ONCE: Final = 2.0
#: How long a look at the waiting page waits.
A_LOOK: Final = 8.0
#: Where each thing that is missing is filled in.
_PLACES: Final = {
    "document": "documents",
    "personalData": "personal-data",
    "address": "address",
    "surname": "personal-data#surname",
    "birthDate": "personal-data#birthDate-day",
    "birthPlace": "personal-data#birthPlace",
    "sex": "personal-data#sex",
    "contact": "address#contact",
}


@router.get("/check")
async def check(request: Request, house: TheHouse, found: Requester, request_id: str) -> Response:
    """Everything that was stated, each with its way back, and the button."""
    view = await _view(house, found, request_id)
    if view.phase is not Phase.COLLECTING:
        return see(request_page(view.id, "sent" if view.phase is Phase.IDENTIFYING else ""))
    return _page(request, found, view, Entered({"email": found.caller.email, "once": new_once()}))


@router.post("/check")
async def send(request: Request, house: TheHouse, found: Requester, form: CheckedForm, request_id: str) -> Response:
    """Send the request once, however often the button is pressed."""
    typed = {name: (text_of(form, name) or "").strip() for name in ("email", "once")}
    confirmed = tuple(str(name) for name in form.getlist("confirmed") if isinstance(name, str))
    if tongue.switched(request, form):
        view = await _view(house, found, request_id)
        return tongue.kept(request, _page(request, found, view, Entered(typed), confirmed=confirmed))
    caller = as_once(found.caller, typed["once"], request.url.path, f"{typed['email']} {confirmed}")
    try:
        accepted = await run_in_threadpool(
            submission.submit,
            house.tools,
            caller,
            checked_id(request_id),
            email=typed["email"] or None,
            confirmed=[name for name in confirmed if name in CONFIRMABLE],
        )
    except (Conflict, InvalidInput) as refused:
        return await _refused(request, house, found, request_id, refused, typed, confirmed)
    house.send(accepted.outgoing)
    await house.wait_until_answered(request_id, AT_ONCE)
    return see(request_page(request_id, "sent"))


@router.get("/sent")
async def sent(request: Request, house: TheHouse, found: Requester, request_id: str) -> Response:
    """What has become of it."""
    view = await _view(house, found, request_id)
    if view.phase is Phase.COLLECTING:
        return see(steps.next_step(view))
    if view.action_expected is not None:
        return see(request_page(view.id))
    return _answer(request, found, view, "sent.html")


@router.get("/sent/state")
async def state(request: Request, house: TheHouse, found: Requester, request_id: str) -> Response:
    """The part of that page that changes, once it has changed."""
    await run_in_threadpool(requests.ensure_visible, house.tools, found.caller, checked_id(request_id))
    await house.wait_until_answered(request_id, A_LOOK)
    return _answer(request, found, await _view(house, found, request_id), "answer.html")


def _answer(request: Request, found: SignedInVisitor, view: RequestView, template: str) -> Response:
    sentence = told(view, language_of(request))
    values = {"visitor": found, "place": "requests", "view": view, "told": sentence, "name": sentence.values["x"]}
    return page(request, template, values)


async def _refused(
    request: Request,
    house: House,
    found: SignedInVisitor,
    request_id: str,
    refused: Conflict | InvalidInput,
    typed: dict[str, str],
    confirmed: tuple[str, ...],
) -> Response:
    """What is missing is named, with the way to it; what was sent already is shown."""
    if refused.code == "alreadySubmitted":
        return see(request_page(request_id, "sent"))
    view = await _view(house, found, request_id)
    if refused.code == "requestClosed" or view.phase is not Phase.COLLECTING:
        return see(request_page(request_id))
    language = language_of(request)
    # Another try is another call: what is refused is not kept.
    again = {**typed, "once": new_once()}
    if refused.code in ("stepsMissing", "minimumDataMissing"):
        wrong = tuple(_missing(issue, view.id, language) for issue in refused.issues)
    elif refused.code == "documentMismatch":
        told_once = say(OTHERWISE, language)
        wrong = (Wrong("confirmed", "confirmed", told_once),)
        names = tuple(issue.name for issue in refused.issues)
        form = Entered(again, wrong)
        return _page(request, found, view, form, status=409, confirmed=confirmed, mismatched=names)
    elif refused.issues and refused.code != "documentExpired":
        wrong = _LABELS.wrong(refused.issues, language)
    else:
        # No document is valid any more, among others.
        wrong = (Wrong("", request_page(view.id, "documents"), say(refused.detail, language)),)
    form = Entered(again, wrong)
    lacking = refused.code == "minimumDataMissing"
    status = 400 if isinstance(refused, InvalidInput) else 409
    return _page(request, found, view, form, status=status, confirmed=confirmed, lacking=lacking)


def _missing(issue: Issue, request_id: str, language: str) -> Wrong:
    """What is missing, and where it is filled in."""
    place = request_page(request_id, _PLACES.get(issue.name, "check"))
    return Wrong(issue.name, place, say(LACKING.get(issue.name, issue.detail), language))


async def _view(house: House, found: SignedInVisitor, request_id: str) -> RequestView:
    return await run_in_threadpool(requests.read_request, house.tools, found.caller, checked_id(request_id))


def _page(
    request: Request,
    found: SignedInVisitor,
    view: RequestView,
    form: Entered,
    *,
    status: int = 200,
    confirmed: tuple[str, ...] = (),
    mismatched: tuple[str, ...] = (),
    lacking: bool = False,
) -> Response:
    language = language_of(request)
    labels = {name: say(words, language) for name, words in LABELS.items()}
    changes = {step.value: request_page(view.id, part) for _, step, part in steps.STEPS}
    values: dict[str, Any] = {
        "visitor": found,
        "place": "requests",
        "main_form": "step",
        "form": form,
        "wrong": form.wrong,
        "kinds": {kind: say(words, language) for kind, words in KINDS.items()},
        "sexes": {sex: say(words, language) for sex, words in SEXES.items()},
        "labels": labels,
        "phases": PHASES,
        "changes": changes,
        "confirmed": confirmed,
        "mismatches": mismatches(view, {*mismatched, *confirmed}, labels, language),
        "lacking": lacking,
        **steps.place_of(view, 4),
    }
    return page(request, "check.html", values, status=status)
