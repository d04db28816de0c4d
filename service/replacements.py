"""Two numbers of one person: an agent says which one holds, and whoever was given the other one is told.

The register is written first; a repeat of the call, or the relay, finds whoever was not told then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from access.caller import Caller
from domain.errors import Conflict, InvalidInput, Issue
from domain.niss import Niss
from domain.replacement import NotReplaced, Obstacle, read_replacement
from service import consultations, desk, once
from service.context import Tools
from service.views import ReplacementView
from store import replacements


def replace_number(tools: Tools, caller: Caller, members: Mapping[str, object]) -> ReplacementView:
    """Let one number lead to another from now on, and tell whoever was given it."""
    desk.agent_only(caller)
    ssin, by = read_replacement(members)
    now = tools.now()
    with tools.store.reading() as session:
        once.not_another(session, caller, now)
    answer = tools.register.replace(ssin, by=by, at=now)
    if isinstance(answer, NotReplaced):
        raise _refusal(answer)
    holds = answer.person.ssin
    with tools.store.writing() as session:
        once.accepted_before(session, caller, now)
        replacements.tell(session, ssin, answer.person, by=caller.person_id, at=now)
        told = replacements.formerly(session, ssin)
        once.accepted_now(session, caller, "")
        shown = consultations.Shown(
            frozenset(told), frozenset(number.digits for number in (ssin, by, holds)), frozenset(["ssin"])
        )
        consultations.record(session, tools, caller, "numberReplacement", shown)
    return ReplacementView(ssin, holds, len(told))


def catch_up(tools: Tools, since: datetime | None) -> None:
    """Tell whoever was given a number that was replaced since then, and has not been told.

    By whomever it was replaced: an agent whose call broke off, a register file, or while an answer was on its way.
    """
    replaced = tools.register.replaced_since(since)
    with tools.store.reading() as session:
        shown = replacements.given(session, replaced)
    _tell(tools, shown)


def _tell(tools: Tools, numbers: Iterable[Niss]) -> None:
    for ssin in numbers:
        person = tools.register.latest(ssin)
        if person is not None and person.ssin != ssin:
            with tools.store.writing() as session:
                replacements.tell(session, ssin, person, by=None, at=tools.now())


def _refusal(answer: NotReplaced) -> InvalidInput | Conflict:
    match answer.obstacle:
        case Obstacle.DECEASED:
            return Conflict("This person has died.", code="personDeceased")
        case Obstacle.REPLACED:
            issue = Issue(answer.member, "was replaced by another number already")
            return Conflict("The number was replaced already.", code="alreadyReplaced", issues=[issue])
        case Obstacle.UNKNOWN:
            issue = Issue(answer.member, "is not the number of a person of the register")
        case Obstacle.SAME:
            issue = Issue(answer.member, "is the number that is to be replaced")
        case Obstacle.CIRCLE:
            issue = Issue(answer.member, "leads back to the number that is to be replaced, or nowhere")
    return InvalidInput("The replacement is not accepted.", issues=[issue])
