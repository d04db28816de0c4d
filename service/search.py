"""The register searched by hand, by an agent who thinks that somebody was not found as stated."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from access.caller import Caller
from domain.errors import InvalidInput, Issue, NotFound
from domain.identification import Candidate, SearchAnswer, StatedPerson
from domain.niss import Niss
from domain.people import PartialDate
from domain.statement import Address, PersonalData, read_addresses, read_personal_data, text
from service import consultations, desk, reasons, rows
from service.candidates import candidate_members
from service.context import Tools
from service.views import SearchView


def search_register(
    tools: Tools,
    caller: Caller,
    members: Mapping[str, object],
    *,
    reason: object = None,
    request_id: object = None,
) -> SearchView:
    """Candidates in API members, best first, at most 50, and whether there are more; everybody shown is logged.

    Why one searches is logged too: `request_id` is the case it is for, `reason` what the agent typed.

    `members` are those of personalData, any of them missing, `official`, and `ssin`; a surname or a number is needed.
    A number alone names its person (the one who has it today): score 1, no evidence; with a name beside it, that
    person is compared with what is given.
    """
    desk.agent_only(caller)
    issues: list[Issue] = []
    ssin, stated, has_date, why = None, None, False, None
    try:
        ssin, stated, has_date = read_search(members, today=tools.today())
    except InvalidInput as wrong:
        issues.extend(wrong.issues)
    try:
        why = _why(tools, caller, members, ssin, reason, request_id)
    except InvalidInput as wrong:
        issues.extend(wrong.issues)
    if issues:
        raise _refused(*issues)
    if ssin is not None:
        found = _by_number(tools, ssin, stated, has_date=has_date)
    elif stated is not None and has_date:
        found = tools.register.search(stated, limit=desk.CANDIDATES_SHOWN)
    elif stated is not None:
        found = tools.register.search_by_name(stated.surname, stated.given_names, limit=desk.CANDIDATES_SHOWN)
    shown = tuple(candidate_members(candidate) for candidate in found.candidates)
    noted = consultations.of_candidates(shown)
    if request_id is not None:
        noted |= consultations.of_request(str(request_id), None)
    # The register is no part of our transaction: it has answered, and nobody sees the answer unless it is noted.
    consultations.noted(tools, caller, "registerSearch", noted, reason=why)
    return SearchView(shown, found.extent)


def _why(
    tools: Tools, caller: Caller, members: Mapping[str, object], ssin: Niss | None, reason: object, request_id: object
) -> str | None:
    """What the log says as the reason: None where the case is the reason. Raises InvalidInput, RegisterUnavailable."""
    names = reasons.names_in(members)
    if reason is not None and ssin is not None and (person := tools.register.latest(ssin)) is not None:
        names += tuple(name for name in (person.surname, person.given_names, person.former_surname) if name)
    if request_id is not None:
        names += _names_of_case(tools, caller, request_id)
    if reason is not None:
        return reasons.read_reason(reason, names)
    return None if request_id is not None else reasons.UNSTATED


def _names_of_case(tools: Tools, caller: Caller, request_id: object) -> tuple[str, ...]:
    with tools.store.reading() as session:
        try:
            if not isinstance(request_id, str):
                raise NotFound("There is no such request.")
            return reasons.names_of(session, rows.visible(session, caller, request_id, tools.today()))
        except NotFound:
            raise _refused(Issue("requestId", "must be the id of a request that was sent")) from None


def _refused(*issues: Issue) -> InvalidInput:
    return InvalidInput("The search is not accepted.", issues=issues)


def read_search(members: Mapping[str, object], *, today: date) -> tuple[Niss | None, StatedPerson | None, bool]:
    """(number, person as far as one can be searched for, whether a birth date was given). Raises InvalidInput."""
    issues: list[Issue] = []
    ssin, person, official = None, None, None
    has_name, has_date = (members.get(name) is not None for name in ("surname", "birthDate"))
    if members.get("ssin") is not None:
        try:
            ssin = Niss.parse(text(members["ssin"]))
        except ValueError:
            issues.append(Issue("ssin", "must be a number of eleven digits with its check digits"))
    elif not has_name:
        issues.append(Issue("surname", "a surname or a number is needed"))
    # What is missing here is required there: a stand-in passes the rules and is never searched for.
    rest = {name: value for name, value in members.items() if value is not None}
    # Nobody is searched for by a document; one that has expired is no reason to refuse.
    if "documentExpiry" in rest and not _is_day(rest.pop("documentExpiry")):
        issues.append(Issue("documentExpiry", "must be a date such as 2031-11-24"))
    try:
        person = read_personal_data({"surname": "x", "birthDate": "1900", **rest}, today=today)
    except InvalidInput as wrong:
        issues.extend(wrong.issues)
    if "official" in rest:
        try:
            official = read_addresses({"official": rest["official"]}).official
        except InvalidInput as wrong:
            issues.extend(wrong.issues)
    if issues or person is None:
        raise _refused(*issues)
    return ssin, _stated(person, official) if has_name else None, has_date


def _is_day(given: object) -> bool:
    try:
        return PartialDate.parse(str(given).strip(), zeros=False).complete
    except ValueError:
        return False


def _stated(person: PersonalData, official: Address | None) -> StatedPerson:
    return StatedPerson(
        surname=person.surname,
        birth_date=person.birth_date,
        given_names=person.given_names,
        sex=person.sex,
        birth_place=person.birth_place,
        birth_country=person.birth_country,
        nationality=person.nationality,
        former_surname=person.former_surname,
        official=official,
    )


def _by_number(tools: Tools, ssin: Niss, stated: StatedPerson | None, *, has_date: bool) -> SearchAnswer:
    if stated is None:
        person = tools.register.latest(ssin) or tools.register.person(ssin)
        found = person and Candidate(person, 1.0, look_alike=False)
    elif has_date:
        found = tools.register.beside(ssin, stated)
    else:
        found = tools.register.beside_name(ssin, stated.surname, stated.given_names)
    return SearchAnswer((found,) if found else ())
