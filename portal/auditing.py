"""The log of consultations, for auditors: who has seen whose data. The search is noted itself, with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from domain.enterprise import parse_enterprise_number
from domain.errors import InvalidInput, Issue
from domain.niss import Niss
from domain.statement import text
from portal.access_words import AUDITED, LABELS, OWN, SHOWN, STAFF_ROLES, UNTYPED
from portal.entered import Entered, Labels
from portal.rendering import BRUSSELS, language_of, page
from portal.visitors import Auditor, CheckedForm, SignedInVisitor, TheHouse, text_of
from service import audit
from service.audit import Sought
from service.views import ConsultationView, Slice

router = APIRouter(prefix="/audit")
_PAGE: Final = 50
_DAYS: Final = ("since", "until")
_PARTS: Final = ("day", "month", "year")
_TYPED: Final = (
    *("ssin", "requestId", "company", "what", "reason"),
    *(f"{day}-{part}" for day in _DAYS for part in _PARTS),
)
_FORM: Final = Labels(LABELS, OWN, {"since": "since-day", "until": "until-day"})


@router.get("")
async def form(request: Request, found: Auditor) -> Response:
    """What can be looked for."""
    return _page(request, found, Entered())


@router.post("")
async def search(request: Request, house: TheHouse, found: Auditor, form: CheckedForm) -> Response:
    """What was found, newest first; the next page is another form, for a number has no place in an address."""
    typed = {name: (text_of(form, name) or "").strip() for name in _TYPED}
    sought, issues = read_sought(typed)
    if sought is None:
        return _page(request, found, Entered(typed, _FORM.wrong(issues, language_of(request))), status=400)
    cursor = text_of(form, "cursor") or None
    search_log = partial(audit.search, house.tools, found.caller, sought, page_size=_PAGE, cursor=cursor)
    try:
        listed = await run_in_threadpool(search_log)
    except InvalidInput as refused:
        return _page(request, found, Entered(typed, _FORM.wrong(refused.issues, language_of(request))), status=400)
    return _page(request, found, Entered(typed), listed)


def read_sought(typed: Mapping[str, str]) -> tuple[Sought | None, list[Issue]]:
    """What is looked for, with the reason, or what is wrong in the form. Days are Brussels days, `until` included."""
    issues: list[Issue] = []
    ssin = company = None
    days: dict[str, datetime | None] = {}
    try:
        reason = text(typed["reason"])
    except ValueError:
        reason = ""
        issues.append(Issue("reason", "is required"))
    try:
        ssin = Niss.parse(typed["ssin"]) if typed["ssin"] else None
    except ValueError:
        issues.append(Issue("ssin", "must be a number of eleven digits with its check digits"))
    try:
        company = parse_enterprise_number(typed["company"]) if typed["company"] else None
    except ValueError:
        issues.append(Issue("company", "must be an enterprise number of ten digits with its check digits"))
    for name in _DAYS:
        try:
            days[name] = _day(typed, name)
        except ValueError:
            issues.append(Issue(name, "must be a date such as 2031-11-24"))
    if issues:
        return None, issues
    until = days["until"]
    return (
        Sought(
            ssin=ssin,
            request_id=typed["requestId"] or None,
            company=company,
            what=typed["what"] or None,
            since=days["since"],
            until=until + timedelta(days=1) if until else None,
            reason=reason,
        ),
        [],
    )


def _day(typed: Mapping[str, str], name: str) -> datetime | None:
    """The beginning of a day in Brussels, as UTC. Raises ValueError where it is none."""
    day, month, year = (typed[f"{name}-{part}"] for part in _PARTS)
    if not (day or month or year):
        return None
    begin = date(int(year), int(month), int(day))
    return datetime(begin.year, begin.month, begin.day, tzinfo=BRUSSELS).astimezone(UTC)


def _page(
    request: Request,
    found: SignedInVisitor,
    entered: Entered,
    listed: Slice[ConsultationView] | None = None,
    *,
    status: int = 200,
) -> Response:
    values = {
        "visitor": found,
        "place": "audit",
        "form": entered,
        "wrong": entered.wrong,
        "found": listed,
        "kinds": sorted(AUDITED.items()),
        "seen": AUDITED,
        "shown": SHOWN,
        "roles": STAFF_ROLES,
        "untyped": UNTYPED,
    }
    return page(request, "audit.html", values, status=status)
