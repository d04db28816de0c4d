"""One case on one screen: the pages, what was stated, the candidates, and the lease."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse

from domain.document import DocumentKind
from domain.errors import InvalidInput, NotFound
from domain.identification import Agreement
from domain.niss import Niss
from locales.catalogue import say
from matching.nations import country_of
from portal.desk import comparison, words
from portal.desk.frame import desk_page
from portal.entered import Entered, Labels, Wrong
from portal.rendering import clock, language_of
from portal.routes import checked_id, see
from portal.visitors import Agent, CheckedForm, SignedInVisitor, TheHouse, text_of
from portal.words import KINDS, LABELS
from runtime.house import House
from service import desk, requests, viewing, worklist
from service.addresses import line_of
from service.sentences import summary
from service.situations import situation_of
from service.views import DeskView, HistoryLine

router = APIRouter(prefix="/desk/requests/{request_id}")
_REASON = Labels({"reason": "Reason"}, words.OPENED)
_MAX_DIGITS = 4
#: Pixels: sharp when a page is enlarged on a large screen.
_WIDTH = 1600


class ReasonFirst(Exception):
    """A case outside the visitor's queue: to its page, which asks for the reason."""

    def __init__(self, request_id: str) -> None:
        super().__init__("a reason first")
        self.request_id = request_id


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of a document as the viewer shows it: the k-th image of its document."""

    kind: str
    number: int
    side: str
    poor: bool
    reasons: tuple[str, ...]
    address: str


@router.get("")
async def case(request: Request, house: TheHouse, visitor: Agent, request_id: str, candidate: str = "1") -> Response:
    """The case; `candidate` counts from 1, best first. One outside the visitor's queue asks for the reason first."""
    request_id = checked_id(request_id)
    if await run_in_threadpool(worklist.asks_for_reason, house.tools, visitor.caller, request_id):
        return await _reason_page(request, house, visitor, request_id, Entered())
    return await case_page(request, house, visitor, request_id, chosen=counted(candidate))


@router.post("/open")
async def open_with_reason(
    request: Request, house: TheHouse, visitor: Agent, request_id: str, form: CheckedForm
) -> Response:
    """A case outside the visitor's queue, with the reason why it is opened."""
    entered = Entered({"reason": (text_of(form, "reason") or "").strip()})
    reason = entered.value("reason")
    try:
        await run_in_threadpool(worklist.open_case, house.tools, visitor.caller, checked_id(request_id), reason=reason)
    except InvalidInput as refused:
        entered = replace(entered, wrong=_REASON.wrong(refused.issues, language_of(request)))
        return await _reason_page(request, house, visitor, checked_id(request_id), entered, status=400)
    return see(f"/desk/requests/{request_id}")


@router.post("/claim")
async def claim(request: Request, house: TheHouse, visitor: Agent, request_id: str, _form: CheckedForm) -> Response:
    """Take the case, or renew the lease; a script is told until when."""
    request_id = checked_id(request_id)
    until = await run_in_threadpool(desk.renew, house.tools, visitor.caller, request_id)
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse({"heldUntil": clock(until, language_of(request))})
    return see(f"/desk/requests/{request_id}")


@router.post("/release")
async def release(house: TheHouse, visitor: Agent, request_id: str, _form: CheckedForm) -> Response:
    """Give the case back."""
    await run_in_threadpool(desk.release, house.tools, visitor.caller, checked_id(request_id))
    return see("/desk")


@router.get("/documents/{kind}/pages/{number}")
async def page(
    house: TheHouse, visitor: Agent, request_id: str, kind: str, number: str, straight: str = ""
) -> Response:
    """One page as an image, with who looks and when drawn across it; upright, and if asked for straightened."""
    if kind not in set(DocumentKind) or not (number.isascii() and number.isdigit() and len(number) <= _MAX_DIGITS):
        raise NotFound("There is no such page.")
    await opened(house, visitor, request_id)
    content = await run_in_threadpool(
        viewing.view_page,
        house.tools,
        visitor.caller,
        checked_id(request_id),
        DocumentKind(kind),
        int(number),
        width=_WIDTH,
        straight=bool(straight),
    )
    return Response(content, media_type="image/jpeg", headers={"Cache-Control": "private, no-store"})


async def opened(house: House, visitor: SignedInVisitor, request_id: str) -> str:
    """The id of a case that the visitor may look into now. Raises ReasonFirst where they have to say why."""
    if await run_in_threadpool(worklist.asks_for_reason, house.tools, visitor.caller, checked_id(request_id)):
        raise ReasonFirst(request_id)
    return request_id


async def looked_into(house: House, visitor: SignedInVisitor, request_id: str, *, people: bool = False) -> DeskView:
    """A case that the visitor may look into, with the `people` of the register or without. Raises ReasonFirst."""
    read = desk.read_file if people else desk.read_case
    return await run_in_threadpool(read, house.tools, visitor.caller, await opened(house, visitor, request_id))


async def case_page(
    request: Request,
    house: House,
    visitor: SignedInVisitor,
    request_id: str,
    *,
    chosen: int | None = None,
    wrong: Sequence[Wrong] = (),
    status: int = 200,
) -> Response:
    """The case, with what is wrong above it."""
    tools, caller = house.tools, visitor.caller
    file = await run_in_threadpool(desk.read_file, tools, caller, checked_id(request_id))
    history = await run_in_threadpool(_whole_history, house, visitor, request_id)
    chosen = min(max(1, chosen or _proposed(file)), max(1, len(file.candidates)))
    candidate = file.candidates[chosen - 1] if file.candidates else None
    values = {
        "wrong": tuple(wrong),
        "file": file,
        "view": file.request,
        "summary": summary(file.request, language_of(request)),
        "history": history,
        "sheets": sheets_of(file),
        "chosen": chosen,
        "candidate": candidate,
        "lines": tuple(comparison.side_by_side(stated_of(file), candidate, zone_of(file))),
        "situation": situation_of(file, caller, tools.now()),
        "lease_seconds": int(tools.terms.claim_lease.total_seconds()),
        "proposed": Niss(ssin).formatted if (ssin := (file.ruling.body.get("ssin") if file.ruling else None)) else "",
        "ruled_out": _ruled_out(file),
        "confirmed": _named(file.request.confirmed, language_of(request)),
        **{name: _named(fields, language_of(request)) for name, fields in _said_then(file).items()},
    }
    return await desk_page(request, house, visitor, "desk/case.html", values, status=status)


async def _reason_page(
    request: Request, house: House, visitor: SignedInVisitor, request_id: str, entered: Entered, *, status: int = 200
) -> Response:
    values = {"wrong": entered.wrong, "entered": entered, "request_id": request_id}
    return await desk_page(request, house, visitor, "desk/reason.html", values, status=status)


def _proposed(file: DeskView) -> int:
    """The place of the candidate that the waiting ruling names, else the best."""
    ssin = file.ruling.body.get("ssin") if file.ruling else None
    return next((place for place, one in enumerate(file.candidates, 1) if one["ssin"] == ssin), 1)


def stated_of(file: DeskView) -> Mapping[str, str]:
    """What was stated and not completed from the register, the official address on one line."""
    view = file.request
    stated = {name: value for name, value in view.employee.items() if name not in view.completed}
    official = (view.address or {}).get("official")
    if official:
        stated["official"] = line_of(official)
    return stated


def zone_of(file: DeskView) -> Mapping[str, comparison.Printed]:
    """What the zones of the documents say, by field; of several documents the one that differs."""
    found: dict[str, comparison.Printed] = {}
    for check in file.request.check.fields:
        differs = check.agreement is Agreement.DIFFERENT
        if check.printed is not None and (differs or check.field not in found):
            # A zone prints a country in three letters of its own.
            country = country_of(check.printed) if check.field == "nationality" else None
            said = "" if check.agreement is Agreement.MISSING else check.agreement.value
            found[check.field] = comparison.Printed(country or check.printed, said)
    return found


def sheets_of(file: DeskView) -> tuple[Sheet, ...]:
    """Every page of every document, in order."""
    return tuple(
        Sheet(
            kind=document.kind.value,
            number=page.number,
            side=page.side.value,
            poor=page.verdict.value == "poor",
            reasons=page.reasons,
            address=f"/desk/requests/{file.request.id}/documents/{document.kind.value}/pages/{page.number}",
        )
        for document in file.request.documents
        for page in document.pages
    )


def _ruled_out(file: DeskView) -> tuple[str, ...]:
    """Who the waiting ruling says is somebody else: names of candidates, numbers of others."""
    numbers = file.ruling.body.get("differentFrom", ()) if file.ruling else ()
    names = {
        one["ssin"]: " ".join(part for part in (one.get("givenNames"), one["surname"]) if part)
        for one in file.candidates
    }
    return tuple(names.get(ssin) or Niss(ssin).formatted for ssin in numbers)


def _said_then(file: DeskView) -> dict[str, list[str]]:
    """Of which fields the documents had what was stated when the register was asked, and of which something else."""
    said = file.decision.documents if file.decision else {}
    by = {"agreed": Agreement.SAME, "differed": Agreement.DIFFERENT}
    return {name: [field for field, agreement in said.items() if agreement is which] for name, which in by.items()}


def _named(names: Iterable[str], language: str) -> str:
    return ", ".join(_labelled(name, language) for name in names)


def _labelled(name: str, language: str) -> str:
    """A field's label; of a document its kind."""
    return say(LABELS.get(name) or KINDS.get(name.removeprefix("documents."), name), language)


def _whole_history(house: House, visitor: SignedInVisitor, request_id: str) -> tuple[HistoryLine, ...]:
    """Its first hundred lines: nobody has seen a longer one."""
    return requests.read_history(house.tools, visitor.caller, request_id, page_size=100).items


def counted(text: str) -> int | None:
    """A small number of an address or a form; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MAX_DIGITS else None
