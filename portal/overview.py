"""The front page: what is new, what is expected, and the history."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse

from access import policy
from access.caller import Caller
from domain.errors import InvalidInput, NotFound
from locales.catalogue import say
from portal.filters import Filters
from portal.rendering import BRUSSELS, language_of, page
from portal.routes import checked_id, reason_of, see
from portal.visitors import CheckedForm, Requester, TheHouse, Visitor, first_page, text_of
from portal.words import COLUMNS, PERIODS, SORTS, STATES
from runtime.house import House
from service import members, notifications, requests, searched
from service.sentences import Sentence, summary, told, told_then
from service.views import NotificationLine, RequestView, Slice

router = APIRouter()
PAGE = 20
#: Requests for which something is expected are all shown, up to here.
EXPECTED = 50
NEWS = 10
EXPORTED = 100
#: What a spreadsheet would take for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True, slots=True)
class Line:
    """A request in a list: its sentence, and its person's name for those who hear the page."""

    view: RequestView
    told: Sentence
    name: str


@dataclass(frozen=True, slots=True)
class Expected(Line):
    """The same with the reason why something is expected, in the reader's language."""

    reason: str


@dataclass(frozen=True, slots=True)
class News:
    """A notification that was not read yet."""

    id: str
    view: RequestView
    told: Sentence
    name: str
    sign: str
    at: datetime


@router.get("/")
async def overview(request: Request, house: TheHouse, found: Visitor) -> Response:
    """What is new, what is expected, and the history; for everybody else, where their own work begins."""
    if not policy.asks(found.caller):
        return RedirectResponse(first_page(found.caller), 303)
    language = language_of(request)
    q = await run_in_threadpool(searched.searched, house.tools, found.session_id)
    filters = Filters.read(dict(request.query_params), q)
    values = await run_in_threadpool(_gathered, house, found.caller, filters, language)
    return page(request, "overview.html", {"visitor": found, "place": "requests", **values})


def _gathered(house: House, caller: Caller, filters: Filters, language: str) -> dict[str, Any]:
    """Everything that the page shows."""
    try:
        history = _history(house, caller, filters, size=PAGE)
    except InvalidInput:
        # A cursor of before, or one that somebody has typed: the list begins anew.
        filters = replace(filters, cursor="")
        history = _history(house, caller, filters, size=PAGE)
    waiting = requests.list_requests(
        house.tools, caller, scope=filters.scope, state="actionExpected", sort="updatedAt", page_size=EXPECTED
    )
    unread = notifications.list_notifications(house.tools, caller, unread=True, page_size=NEWS)
    expected = sorted((_expected(view, language) for view in waiting.items), key=_deadline)
    asked = {one.view.id for one in expected}
    news = [_news(line, language) for line in unread.items if line.request.id not in asked]
    hidden = len(unread.items) - len(news)
    return {
        "filters": replace(filters, total=history.total),
        "history": [_line(view, language) for view in history.items],
        "expected": expected,
        "news": news,
        "unread": unread.unread,
        "more_news": unread.cursor is not None,
        "count": len(expected) + unread.unread - hidden,
        "newest": unread.items[0].id if unread.items else "",
        "colleagues": _colleagues(house, caller) if filters.scope == "company" else (),
        "states": _said(STATES, language),
        "periods": _said(PERIODS, language),
        "sorts": _said(SORTS, language),
        "next": filters.link(cursor=history.cursor) if history.cursor else None,
        "first": filters.link() if filters.cursor else None,
    }


def _history(house: House, caller: Caller, filters: Filters, *, size: int) -> Slice[RequestView]:
    return requests.list_requests(
        house.tools,
        caller,
        scope=filters.scope,
        requester=filters.requester or None,
        state=filters.state or None,
        since=filters.since(house.tools.now()),
        sort=filters.sort or "-updatedAt",
        page_size=size,
        cursor=filters.cursor or None,
        words=tuple(filters.q.split()),
    )


def _line(view: RequestView, language: str) -> Line:
    sentence = told(view, language)
    return Line(view, sentence, sentence.values["x"])


def _expected(view: RequestView, language: str) -> Expected:
    line = _line(view, language)
    return Expected(view, line.told, line.name, reason_of(view, language))


def _deadline(one: Expected) -> datetime:
    return one.view.deadline or one.view.updated_at


def _news(line: NotificationLine, language: str) -> News:
    sentence = told_then(line, language)
    signs = {"identified": "good", "numberCreated": "good", "numberReplaced": "good", "rejected": "stop"}
    signs |= {"informationRequested": "wait", "reminder": "wait", "withdrawn": "none", "expired": "none"}
    return News(line.id, line.request, sentence, sentence.values["x"], signs.get(line.kind, ""), line.at)


def _colleagues(house: House, caller: Caller) -> list[tuple[str, str]]:
    return [(one.id, one.name) for one in members.list_members(house.tools, caller, page_size=100).items]


def _said(words: Mapping[str, str], language: str) -> list[tuple[str, str]]:
    return [(value, say(english, language)) for value, english in words.items()]


@router.post("/filter")
async def choose(house: TheHouse, found: Requester, form: CheckedForm) -> Response:
    """Keep the name with the session, everything else in the address."""
    given = {name: text_of(form, name) or "" for name in ("scope", "requester", "state", "period", "sort")}
    name = (text_of(form, "q") or "").strip()[:100]
    await run_in_threadpool(searched.search, house.tools, found.session_id, name)
    return see(Filters.read(given).link())


@router.post("/notifications/read")
async def read_all(house: TheHouse, found: Requester, form: CheckedForm) -> Response:
    """Mark as read what was told up to the newest that the page showed."""
    newest = text_of(form, "upto") or ""
    if newest:
        checked_id(newest)
        await run_in_threadpool(notifications.mark_all_read, house.tools, found.caller, newest)
    return see("/")


@router.post("/notifications/{notification_id}/read")
async def read_one(house: TheHouse, found: Requester, _form: CheckedForm, notification_id: str) -> Response:
    """Mark one as read; what somebody else has been told is not there."""
    try:
        await run_in_threadpool(notifications.mark_read, house.tools, found.caller, checked_id(notification_id))
    except NotFound:
        return see("/")
    return see("/")


@router.get("/history.csv")
async def export(request: Request, house: TheHouse, found: Requester) -> Response:
    """The history as chosen, for a spreadsheet."""
    q = await run_in_threadpool(searched.searched, house.tools, found.session_id)
    filters = replace(Filters.read(dict(request.query_params), q), cursor="")
    text = await run_in_threadpool(_table, house, found.caller, filters, language_of(request))
    headers = {"Content-Disposition": 'attachment; filename="requests.csv"'}
    return Response(text.encode("utf-8-sig"), media_type="text/csv; charset=utf-8", headers=headers)


def _table(house: House, caller: Caller, filters: Filters, language: str) -> str:
    """Semicolons, as spreadsheets of this country read them; a cell that would be a formula is a text."""
    written = io.StringIO()
    table = csv.writer(written, delimiter=";", lineterminator="\r\n")
    table.writerow([say(column, language) for column in COLUMNS.values()])
    for view in _all(house, caller, filters):
        cells = (
            view.id,
            summary(view, language),
            view.employee.get("surname", ""),
            view.employee.get("givenNames", ""),
            view.ssin.formatted if view.ssin else "",
            view.requester.name,
            view.company.name,
            view.reference or "",
            f"{view.created_at.astimezone(BRUSSELS):%Y-%m-%d %H:%M}",
            f"{view.updated_at.astimezone(BRUSSELS):%Y-%m-%d %H:%M}",
        )
        table.writerow([disarmed(cell) for cell in cells])
    return written.getvalue()


def _all(house: House, caller: Caller, filters: Filters) -> Iterator[RequestView]:
    cursor = ""
    while True:
        found = _history(house, caller, replace(filters, cursor=cursor), size=EXPORTED)
        yield from found.items
        if found.cursor is None:
            return
        cursor = found.cursor


def disarmed(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula.

    >>> print(disarmed("=1+1"), disarmed("Dupont"))
    '=1+1 Dupont
    """
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
