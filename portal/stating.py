"""Steps 2 and 3: who the person is, and where they live."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import zip_longest
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from domain.errors import InvalidInput
from domain.request import Part, Phase
from locales.catalogue import say
from portal import steps, tongue
from portal.entered import Entered, Labels
from portal.field_names import FIELD_NAMES, FIELDS
from portal.rendering import language_of, page
from portal.routes import checked_id, request_page, see
from portal.visitors import CheckedForm, Requester, SignedInVisitor, TheHouse, text_of
from portal.words import LABELS, OWN, SEXES
from runtime.house import House
from service import offers as documents_offer
from service import requests
from service import steps as use_cases
from service.views import RequestView

router = APIRouter(prefix="/requests/{request_id}")
_ANCHORS: Final = {"birthDate": "birthDate-day", "documentExpiry": "documentExpiry-day"}
_LABELS: Final = Labels(LABELS, OWN, _ANCHORS)
_DATES: Final = ("birthDate", "documentExpiry")
_PERSON: Final = (
    "surname",
    "givenNames",
    "formerSurname",
    "sex",
    "birthPlace",
    "birthCountry",
    "nationality",
    "documentNumber",
)
_ADDRESS: Final = ("street", "houseNumber", "box", "postalCode", "municipality", "country")


@router.get("/personal-data")
async def personal_data(request: Request, house: TheHouse, found: Requester, request_id: str) -> Response:
    """The person as on the document."""
    return await _shown(request, house, found, request_id, _PERSON_STEP)


@router.post("/personal-data")
async def state_personal_data(
    request: Request, house: TheHouse, found: Requester, form: CheckedForm, request_id: str
) -> Response:
    """Keep what was filled in; what is wrong is shown beside it, and nothing typed is lost."""
    return await _stated(request, house, found, request_id, form, _PERSON_STEP)


@router.get("/address")
async def address(request: Request, house: TheHouse, found: Requester, request_id: str) -> Response:
    """The official address, and a contact address in Belgium."""
    return await _shown(request, house, found, request_id, _ADDRESS_STEP)


@router.post("/address")
async def state_address(
    request: Request, house: TheHouse, found: Requester, form: CheckedForm, request_id: str
) -> Response:
    """The same for the address."""
    return await _stated(request, house, found, request_id, form, _ADDRESS_STEP)


def members_of_person(typed: Mapping[str, str]) -> dict[str, object]:
    """API members of what was typed; what is empty is left out.

    >>> members_of_person({"surname": " Ek ", "birthDate-year": "1983", "birthDate-month": "5", "birthDate-day": ""})
    {'surname': 'Ek', 'birthDate': '1983-05'}
    """
    members: dict[str, object] = {name: typed[name].strip() for name in _PERSON if typed.get(name, "").strip()}
    for name in _DATES:
        year, month, day = (typed.get(f"{name}-{part}", "").strip() for part in ("year", "month", "day"))
        if year or month or day:
            members[name] = _date(year, month, day)
    return members


def _date(year: str, month: str, day: str) -> str:
    """ISO 8601 of three texts; what cannot be one is passed on, for the rule to refuse."""
    parts = [year] + [part.zfill(2) if part else "??" for part in ((month, day) if day else (month,) if month else ())]
    return "-".join(parts)


def members_of_address(typed: Mapping[str, str]) -> dict[str, object]:
    """API members of both addresses; a contact address of which nothing is filled in is none."""
    found: dict[str, object] = {}
    for which in ("official", "contact"):
        filled = {
            name: typed[f"{which}.{name}"].strip() for name in _ADDRESS if typed.get(f"{which}.{name}", "").strip()
        }
        if filled or which == "official":
            found[which] = filled
    return found


def _typed_person(view: RequestView) -> dict[str, str]:
    """What was stated, as the form shows it; what the register completed is not the requester's."""
    return _as_typed({name: value for name, value in view.employee.items() if name not in view.completed})


def _as_typed(members: Mapping[str, str]) -> dict[str, str]:
    """API members as the form has them: dates in three parts.

    >>> _as_typed({"surname": "Ek", "birthDate": "1983-05"})
    {'surname': 'Ek', 'birthDate-year': '1983', 'birthDate-month': '05', 'birthDate-day': ''}
    """
    typed = {name: value for name, value in members.items() if name not in _DATES}
    for name in _DATES:
        if name in members:
            parts = zip_longest(("year", "month", "day"), members[name].split("-"), fillvalue="")
            typed |= {f"{name}-{part}": value for part, value in parts}
    return typed


def _still_offered(view: RequestView, typed: Entered) -> dict[str, str]:
    """What the documents say and the form does not have already."""
    offered = documents_offer.offers(view)
    return {
        name: value
        for name, value in offered.items()
        if any(
            _plain(field, typed.value(field)) != _plain(field, text) for field, text in _as_typed({name: value}).items()
        )
    }


def _plain(field: str, text: str) -> str:
    """A part of a date is one number, however many zeros begin it; those of a document's number tell."""
    return text.lstrip("0") if field.endswith(("-year", "-month", "-day")) else text


def _typed_address(view: RequestView) -> dict[str, str]:
    both = view.address or {}
    return {f"{which}.{name}": str(value) for which in both for name, value in (both[which] or {}).items() if value}


class _Step:
    """One of the two: which fields, which use case, which template."""

    def __init__(
        self,
        number: int,
        part: Part,
        template: str,
        fields: tuple[str, ...],
        *,
        typed: Callable[[RequestView], dict[str, str]],
        members: Callable[[Mapping[str, str]], dict[str, object]],
        state: Callable[..., Any],
    ) -> None:
        self.number, self.part, self.template, self.fields = number, part, template, fields
        self.typed, self.members, self.state = typed, members, state


_PERSON_STEP: Final = _Step(
    2,
    Part.PERSONAL_DATA,
    "personal_data.html",
    (*_PERSON, *(f"{name}-{part}" for name in _DATES for part in ("day", "month", "year"))),
    typed=_typed_person,
    members=members_of_person,
    state=use_cases.state_personal_data,
)
_ADDRESS_STEP: Final = _Step(
    3,
    Part.ADDRESS,
    "address.html",
    (*(f"official.{name}" for name in _ADDRESS), *(f"contact.{name}" for name in _ADDRESS if name != "country")),
    typed=_typed_address,
    members=members_of_address,
    state=use_cases.state_address,
)


async def _shown(request: Request, house: House, found: SignedInVisitor, request_id: str, step: _Step) -> Response:
    view = await _view(house, found, request_id)
    if not steps.is_open(view, step.part):
        return see(request_page(view.id))
    return _page(request, found, view, step, Entered(step.typed(view)))


async def _stated(
    request: Request, house: House, found: SignedInVisitor, request_id: str, form: FormData, step: _Step
) -> Response:
    typed = {name: text_of(form, name) or "" for name in step.fields}
    go = text_of(form, "go") or "on"
    use = text_of(form, "use")
    if use is not None:
        # Filled in and shown again, nothing kept: it is for the person to look at and to send.
        view = await _view(house, found, request_id)
        if not steps.is_open(view, step.part):
            return see(request_page(view.id))
        filled = _as_typed(documents_offer.taken(documents_offer.offers(view), use))
        return _page(request, found, view, step, Entered({**typed, **filled}))
    if tongue.switched(request, form):
        view = await _view(house, found, request_id)
        return tongue.kept(request, _page(request, found, view, step, Entered(typed)))
    try:
        accepted = await run_in_threadpool(
            step.state, house.tools, found.caller, checked_id(request_id), step.members(typed)
        )
    except InvalidInput as refused:
        view = await _view(house, found, request_id)
        wrong = _LABELS.wrong(refused.issues, language_of(request))
        return _page(request, found, view, step, Entered(typed, wrong), status=400)
    house.send(accepted.outgoing)
    if go == "later":
        return see("/")
    if accepted.view.phase is not Phase.COLLECTING:
        return see(steps.answer_page(accepted.view))
    return see(steps.next_step(accepted.view))


async def _view(house: House, found: SignedInVisitor, request_id: str) -> RequestView:
    return await run_in_threadpool(requests.read_request, house.tools, found.caller, checked_id(request_id))


def _page(
    request: Request, found: SignedInVisitor, view: RequestView, step: _Step, form: Entered, *, status: int = 200
) -> Response:
    language = language_of(request)
    values: dict[str, Any] = {
        "visitor": found,
        "place": "requests",
        "main_form": "step",
        "form": form,
        "wrong": form.wrong,
        "sexes": [(sex, say(words, language)) for sex, words in SEXES.items()],
        "offers": _still_offered(view, form) if step is _PERSON_STEP else {},
        "field_names": FIELD_NAMES,
        "labels": [LABELS[name] for name in FIELDS],
        **steps.place_of(view, step.number),
    }
    return page(request, step.template, values, status=status)
