"""Step 1: the documents, page by page."""

from __future__ import annotations

from functools import partial
from typing import Any

from anyio import to_thread
from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from domain.document import MAX_CALL_BYTES, DocumentKind, UploadedFile
from domain.errors import Issue, NotFound, TooLarge
from domain.request import Part, Phase
from locales.catalogue import say
from portal import steps, tongue
from portal.entered import Entered, Labels, Wrong
from portal.rendering import language_of, page
from portal.routes import checked_id, request_page, see
from portal.visitors import CheckedForm, Requester, SignedInVisitor, TheHouse, checked_form, text_of
from portal.words import ADVICE, DOCUMENT_WARNINGS, KINDS, LABELS, OWN, PHASES
from runtime.house import House
from service import pages, requests
from service.pages import Sheet
from service.views import RequestView

router = APIRouter(prefix="/requests/{request_id}/documents")
_LABELS = Labels(LABELS, OWN, {"pages": "files"})
_FILES = 16


@router.get("")
async def documents(request: Request, house: TheHouse, found: Requester, request_id: str) -> Response:
    """The pages that are there, and the form that adds to them."""
    view = await _view(house, found, request_id)
    if not steps.is_open(view, Part.DOCUMENT):
        return see(request_page(view.id))
    return _page(request, found, view, Entered({"kind": _kind_there(view)}))


@router.post("")
async def add(request: Request, house: TheHouse, found: Requester, request_id: str) -> Response:
    """Add what was chosen, and go on, stay, or come back later."""
    announced = request.headers.get("content-length", "")
    if not announced.isdigit() or int(announced) > MAX_CALL_BYTES + 100_000:
        raise TooLarge("The call has too many bytes.")
    form = await checked_form(request, found, files=_FILES)
    try:
        return await _added(request, house, found, request_id, form)
    finally:
        await form.close()


async def _added(request: Request, house: House, found: SignedInVisitor, request_id: str, form: FormData) -> Response:
    typed = {name: text_of(form, name) or "" for name in ("kind", "duplex", "go", "part")}
    view = await _view(house, found, request_id)
    if tongue.switched(request, form):
        return tongue.kept(request, _page(request, found, view, Entered(typed)))
    sheets = _sheets(form)
    issues: tuple[Issue, ...] = ()
    names = {file.name: label for file, label in _named(form, sheets)}
    if sheets and typed["kind"] not in list(DocumentKind):
        issues = (Issue("kind", "is required"),)
    elif sheets:
        kind = DocumentKind(typed["kind"])
        upload = partial(
            pages.add_pages, house.tools, found.caller, view.id, kind, sheets, duplex=bool(typed["duplex"])
        )
        added = await to_thread.run_sync(upload, limiter=house.upload_threads)
        issues = added.issues
        if added.accepted is not None:
            house.send(added.accepted.outgoing)
            view = added.accepted.view
    elif typed["go"] != "later" and not (typed["go"] == "on" and view.documents and not steps.asked(view)):
        issues = (Issue("pages", "is required"),)
    if issues:
        wrong = tuple(_wrong(issue, names, language_of(request)) for issue in issues)
        return _page(request, found, view, Entered(typed, wrong), status=400, part=typed["part"])
    if typed["part"]:
        return _page(request, found, view, Entered(typed), part=typed["part"])
    return see(_onwards(view, typed["go"], added=bool(sheets)))


@router.post("/{kind}/{number}/{change}")
async def change(
    house: TheHouse, found: Requester, _form: CheckedForm, request_id: str, kind: str, number: str, change: str
) -> Response:
    """Remove a page, or move it to the front."""
    calls = {"remove": pages.remove_page, "up": pages.move_page}
    known = kind in list(DocumentKind) and number.isascii() and number.isdigit() and len(number) < 5
    if change not in calls or not known:
        raise NotFound("There is no such page.")
    accepted = await run_in_threadpool(
        calls[change], house.tools, found.caller, checked_id(request_id), DocumentKind(kind), int(number)
    )
    house.send(accepted.outgoing)
    return see(request_page(request_id, "documents"))


async def _view(house: House, found: SignedInVisitor, request_id: str) -> RequestView:
    return await run_in_threadpool(requests.read_request, house.tools, found.caller, checked_id(request_id))


def _page(
    request: Request, found: SignedInVisitor, view: RequestView, form: Entered, *, status: int = 200, part: str = ""
) -> Response:
    language = language_of(request)
    poor = any(one.verdict == "poor" for document in view.documents for one in document.pages)
    values: dict[str, Any] = {
        "visitor": found,
        "place": "requests",
        "main_form": "step",
        "form": form,
        "wrong": form.wrong,
        "kinds": [(kind, say(words, language)) for kind, words in KINDS.items()],
        "advice": ADVICE,
        "document_warnings": DOCUMENT_WARNINGS,
        "phases": PHASES,
        "poor": poor,
        **steps.place_of(view, 1),
    }
    return page(request, "scans.html" if part else "documents.html", values, status=status)


def _onwards(view: RequestView, go: str, *, added: bool) -> str:
    """Where the button leads. Pages that were just added and are poor are looked at first."""
    if go == "later":
        return "/"
    if view.phase is not Phase.COLLECTING:
        return steps.answer_page(view)
    poor = any(one.verdict == "poor" for document in view.documents for one in document.pages)
    if go == "on" and not (added and poor):
        return request_page(view.id, "personal-data") if not view.employee else steps.next_step(view)
    return request_page(view.id, "documents")


def _kind_there(view: RequestView) -> str:
    return view.documents[0].kind.value if view.documents and view.phase is Phase.COLLECTING else ""


def _sheets(form: FormData) -> list[Sheet]:
    """Fronts, chosen or photographed, in order, each with its back; they stay in the files that they came into."""
    fronts = [one for field in ("pages", "camera") for one in _uploads(form, field)]
    backs = _uploads(form, "backs")
    sheets = []
    for index, front in enumerate(fronts):
        back = backs[index].file if index < len(backs) else b""
        sheets.append(Sheet(UploadedFile(f"pages[{index}]", front.file), UploadedFile(f"backs[{index}]", back)))
    for index, alone in enumerate(backs[len(fronts) :], len(fronts)):
        # A back alone is a page: better seen than lost.
        sheets.append(Sheet(UploadedFile(f"backs[{index}]", alone.file), UploadedFile("", b"")))
    return sheets


def _named(form: FormData, sheets: list[Sheet]) -> list[tuple[UploadedFile, str]]:
    """Every file with the name that it has at its owner's."""
    called = {
        "pages": [one.filename for field in ("pages", "camera") for one in _uploads(form, field)],
        "backs": [one.filename for one in _uploads(form, "backs")],
    }
    found = []
    for file in (file for sheet in sheets for file in (sheet.front, sheet.back) if file.name):
        field, _, index = file.name.partition("[")
        names = called.get(field, [])
        place = int(index.rstrip("]"))
        found.append((file, (names[place] if place < len(names) else None) or ""))
    return found


def _uploads(form: FormData, field: str) -> list[UploadFile]:
    return [one for one in form.getlist(field) if isinstance(one, UploadFile) and one.filename]


def _wrong(issue: Issue, names: dict[str, str], language: str) -> Wrong:
    """A file is named as its owner knows it."""
    if issue.name in names:
        return Wrong("pages", "files", f"{names[issue.name]}: {say(issue.detail, language, issue.params)}")
    (one,) = _LABELS.wrong([issue], language)
    return one
