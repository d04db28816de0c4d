"""The company's people and mandates: everybody reads, the main access administrator writes."""

from __future__ import annotations

from typing import Any, Final

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from access.caller import Caller
from domain.errors import Conflict, InvalidInput, NotFound
from domain.people import Role
from locales.catalogue import say
from portal import access_words
from portal.entered import Entered, Labels, Wrong
from portal.rendering import language_of, page
from portal.routes import checked_id, see, status_of
from portal.visitors import Administrator, CheckedForm, Requester, SignedInVisitor, TheHouse, text_of
from portal.words import LABELS, OWN, ROLES
from runtime.house import House
from service import mandates, members

router = APIRouter(prefix="/company")
_REMOVAL: Final = Labels(access_words.LABELS, access_words.OWN)
_INVITATION: Final = Labels(LABELS, OWN)
_MANDATE: Final = Labels(LABELS, OWN, {"from": "from-day", "until": "until-day"})
#: More people or mandates than this lead to the next page.
_SHOWN: Final = 100
_DAY_PARTS: Final = ("year", "month", "day")


@router.get("")
async def company(request: Request, house: TheHouse, found: Requester) -> Response:
    """Who belongs to it, and in whose name it asks."""
    return await _page(request, house, found)


@router.post("/members")
async def invite(request: Request, house: TheHouse, found: Requester, form: CheckedForm) -> Response:
    """Invite a colleague."""
    typed = {name: (text_of(form, name) or "").strip() for name in ("email", "name", "role")}
    try:
        await run_in_threadpool(
            members.invite,
            house.tools,
            found.caller,
            email=typed["email"] or None,
            name=typed["name"] or None,
            role=typed["role"] or None,
            language=language_of(request),
        )
    except InvalidInput as refused:
        wrong = _INVITATION.wrong(refused.issues, language_of(request))
        return await _page(request, house, found, invitation=Entered(typed, wrong), status=400)
    return see("/company#members")


@router.get("/members/{member_id}")
async def colleague(request: Request, house: TheHouse, found: Administrator, member_id: str) -> Response:
    """One colleague: another role, or out of the company."""
    return await _member(request, house, found, member_id)


@router.post("/members/{member_id}/role")
async def change_role(
    request: Request, house: TheHouse, found: Requester, form: CheckedForm, member_id: str
) -> Response:
    """Another role; a company keeps one administrator."""
    role = text_of(form, "role")
    try:
        await run_in_threadpool(members.change_role, house.tools, found.caller, checked_id(member_id), role=role)
    except Conflict as refused:
        return await _member(request, house, found, member_id, refused)
    return see("/company#members")


@router.post("/members/{member_id}/remove")
async def remove(request: Request, house: TheHouse, found: Requester, form: CheckedForm, member_id: str) -> Response:
    """Out of the company; the colleague who was chosen takes over what is open."""
    chosen = text_of(form, "takenOverBy") or None
    try:
        await run_in_threadpool(members.remove, house.tools, found.caller, checked_id(member_id), taken_over_by=chosen)
    except (Conflict, InvalidInput) as refused:
        return await _member(request, house, found, member_id, refused)
    return see("/company#members")


@router.post("/mandates")
async def grant(request: Request, house: TheHouse, found: Requester, form: CheckedForm) -> Response:
    """Let another company ask in this one's name."""
    names = ["enterpriseNumber", *(f"{day}-{part}" for day in ("from", "until") for part in _DAY_PARTS)]
    typed = {name: (text_of(form, name) or "").strip() for name in names}
    try:
        await run_in_threadpool(
            mandates.grant,
            house.tools,
            found.caller,
            enterprise_number=typed["enterpriseNumber"] or None,
            valid_from=_day(typed, "from"),
            valid_until=_day(typed, "until"),
        )
    except InvalidInput as refused:
        wrong = _MANDATE.wrong(refused.issues, language_of(request))
        return await _page(request, house, found, mandate=Entered(typed, wrong), status=400)
    return see("/company#mandates")


@router.get("/mandates/{mandate_id}")
async def before_ending(request: Request, house: TheHouse, found: Requester, mandate_id: str) -> Response:
    """Whether one is sure."""
    listed = await run_in_threadpool(mandates.list_mandates, house.tools, found.caller, page_size=_SHOWN)
    mandate = next((one for one in listed.items if one.id == mandate_id and one.direction == "granted"), None)
    if mandate is None:
        raise NotFound("There is no such mandate.")
    return page(request, "mandate.html", {"visitor": found, "place": "company", "mandate": mandate})


@router.post("/mandates/{mandate_id}/end")
async def end(house: TheHouse, found: Requester, _form: CheckedForm, mandate_id: str) -> Response:
    """End a mandate at once."""
    await run_in_threadpool(mandates.end, house.tools, found.caller, checked_id(mandate_id))
    return see("/company#mandates")


def _day(typed: dict[str, str], name: str) -> str | None:
    """ISO 8601 of three texts; None where all are empty."""
    year, month, day = (typed[f"{name}-{part}"] for part in _DAY_PARTS)
    return f"{year}-{month.zfill(2)}-{day.zfill(2)}" if year or month or day else None


async def _page(
    request: Request,
    house: House,
    found: SignedInVisitor,
    *,
    invitation: Entered | None = None,
    mandate: Entered | None = None,
    status: int = 200,
) -> Response:
    language = language_of(request)
    invitation = invitation or Entered({"role": Role.REQUESTER.value})
    mandate = mandate or Entered()
    values = await run_in_threadpool(_gathered, house, found.caller, request.query_params.get("cursor"))
    values |= {
        "visitor": found,
        "place": "company",
        "administers": found.may("administer"),
        "invitation": invitation,
        "mandate": mandate,
        "wrong": (*invitation.wrong, *mandate.wrong),
        "roles": [(role, say(words, language)) for role, words in ROLES.items()],
    }
    return page(request, "company.html", values, status=status)


def _gathered(house: House, caller: Caller, cursor: str | None) -> dict[str, Any]:
    people = members.list_members(house.tools, caller, page_size=_SHOWN, cursor=cursor)
    return {
        "company": members.read_company(house.tools, caller),
        "members": people.items,
        "next": f"/company?cursor={people.cursor}" if people.cursor else None,
        "total": people.total,
        "mandates": mandates.list_mandates(house.tools, caller, page_size=_SHOWN).items,
    }


async def _member(
    request: Request,
    house: House,
    found: SignedInVisitor,
    member_id: str,
    refused: Conflict | InvalidInput | None = None,
) -> Response:
    language, caller = language_of(request), found.caller
    member = await run_in_threadpool(members.read_member, house.tools, caller, checked_id(member_id))
    staying = await run_in_threadpool(members.list_staying, house.tools, caller, member.id)
    wrong: tuple[Wrong, ...] = ()
    if isinstance(refused, InvalidInput):
        wrong = _REMOVAL.wrong(refused.issues, language)
    elif refused is not None:
        wrong = (Wrong("role", "role", say(refused.detail, language)),)
    first = caller.person_id if caller.person_id != member.id else next((one.id for one in staying), "")
    values = {
        "visitor": found,
        "place": "company",
        "member": member,
        "form": Entered({"role": member.role.value, "takenOverBy": first}, wrong),
        "staying": [(one.id, one.name) for one in staying],
        "wrong": wrong,
        "roles": [(role, say(words, language)) for role, words in ROLES.items()],
    }
    return page(request, "member.html", values, status=status_of(refused) if refused else 200)
