"""Two numbers of one person: one leads to the other, and whoever was given it is told, whatever breaks off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from access.caller import Once
from domain.errors import Conflict, InvalidInput, NotAllowed, NotFound, RegisterUnavailable
from domain.identification import RegisteredPerson
from domain.niss import Niss
from domain.records import RecordKind
from register.slow import SlowRegister, Trouble
from service import erasure, notifications, replacements, requests
from service.views import ReplacementView
from store.logbook import ConsultationRow
from store.replacements import untried_mails
from tests.service.conftest import DEAD, REGISTERED, House

STAYS = replace(REGISTERED, ssin=Niss("93451204619"), surname="Reuters", birth_country="DE")
OLD, NEW = REGISTERED.ssin, STAYS.ssin
STATED = {"surname": "Reuter", "givenNames": "Coenig", "birthDate": "1983-05-24", "birthPlace": "Breda"}


def _add(house: House, *people: RegisteredPerson) -> None:
    house.tools.register.add(people)  # type: ignore[attr-defined]


def _identified(house: House, by: str = "bob") -> str:
    request_id = house.reviewed(by=by)
    ruled = house.rule(request_id, kind="identify", ssin=OLD.digits)
    house.carry_out(request_id, RecordKind.IDENTIFIED, ruled)
    return request_id


def _replace(house: House, ssin: Niss = OLD, by: Niss = NEW, *, who: str = "dave", once: str = "") -> ReplacementView:
    caller = house.caller(who)
    if once:
        path = "/v1/desk/register/replacement"
        caller = replace(caller, once=Once(once, path, f"{ssin.digits}{by.digits}"))
    return replacements.replace_number(house.tools, caller, {"ssin": ssin.digits, "replacedBy": by.formatted})


def _told(house: House, who: str) -> list[tuple[str, str]]:
    lines = notifications.list_notifications(house.tools, house.caller(who)).items
    return [(line.kind, line.request.id) for line in lines if line.kind == "numberReplaced"]


def _mails(house: House) -> list[str]:
    with house.tools.store.reading() as session:
        return [mail for _, mail in untried_mails(session)]


def test_earlier_requesters_of_every_company_are_told(house: House) -> None:
    _add(house, STAYS)
    bobs, carols, another = _identified(house), _identified(house, "carol"), house.closed()
    assert _replace(house) == ReplacementView(OLD, NEW, 2)
    for who, request_id in (("bob", bobs), ("carol", carols)):
        shown = requests.read_request(house.tools, house.caller(who), request_id)
        assert (shown.ssin, shown.former_ssin, shown.registered_name) == (NEW, OLD, ("Reuters", "Coenige"))
        assert _told(house, who) == [("numberReplaced", request_id)]
        line = requests.read_history(house.tools, house.caller(who), request_id).items[-1]
        assert (line.kind, line.by) == ("numberReplaced", None)
        by = requests.read_history(house.tools, house.caller("dave"), request_id).items[-1].by
        assert by is not None
        assert by.name == "Dave Mertens"
    assert house.row(another).former_ssin is None
    orders = [house.recorder.mail_order(mail, house.clock[0]) for mail in _mails(house)]
    assert {(order.request_id, order.notice, order.objection) for order in orders if order} == {
        (bobs, "numberReplaced", False),
        (carols, "numberReplaced", False),
    }
    with house.tools.store.reading() as session:
        (seen,) = session.exec(select(ConsultationRow).where(ConsultationRow.what == "numberReplacement"))
    assert seen.people == sorted(house.tools.pseudonyms.of(ssin.digits) for ssin in (OLD, NEW))
    assert set(seen.request_ids) == {bobs, carols}


def test_what_was_stated_is_kept_and_what_was_completed_is_the_latest(house: House) -> None:
    _add(house, STAYS)
    request_id = house.opened()
    house.upload(request_id)
    house.state(request_id, **STATED)
    house.address(request_id)
    house.submit(request_id)
    house.conclude(request_id, RecordKind.IN_REVIEW, reason="ambiguous")
    house.carry_out(request_id, RecordKind.IDENTIFIED, house.rule(request_id, kind="identify", ssin=OLD.digits))
    _replace(house)
    shown = requests.read_request(house.tools, house.caller("bob"), request_id)
    assert shown.employee["birthPlace"] == "Breda"
    assert shown.employee["birthCountry"] == "DE"
    assert "birthCountry" in shown.completed


def test_a_repeat_changes_nothing_and_answers_the_same(house: House) -> None:
    _add(house, STAYS)
    request_id = _identified(house)
    first = _replace(house, once="k")
    row, mails = house.row(request_id), _mails(house)
    assert _replace(house, once="k") == _replace(house) == first
    assert (house.row(request_id).version, _mails(house)) == (row.version, mails)
    with pytest.raises(Conflict) as refused:
        _replace(house, NEW, DEAD.ssin, once="k")
    assert refused.value.code == "idempotencyKeyReused"
    latest = house.tools.register.latest(NEW)
    assert latest is not None
    assert latest.ssin == NEW


def test_a_chain_is_told_link_by_link(house: House) -> None:
    last = replace(STAYS, ssin=Niss("99450902760"))
    _add(house, STAYS, last)
    request_id = _identified(house)
    _replace(house)
    house.passes(timedelta(days=1))
    assert _replace(house, NEW, last.ssin).requests == 1
    assert (house.row(request_id).ssin, house.row(request_id).former_ssin) == (last.ssin.digits, NEW.digits)
    assert _replace(house) == ReplacementView(OLD, last.ssin, 0)
    assert len(_told(house, "bob")) == 2


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({}, ["ssin", "replacedBy"]),
        ({"ssin": "1", "replacedBy": NEW.digits}, ["ssin"]),
        ({"ssin": OLD.digits, "replacedBy": OLD.formatted}, ["replacedBy"]),
        ({"ssin": "85073003328", "replacedBy": NEW.digits}, ["ssin"]),
        ({"ssin": OLD.digits, "replacedBy": "85073003328"}, ["replacedBy"]),
    ],
)
def test_what_makes_no_sense_is_refused(house: House, members: Mapping[str, Any], expected: list[str]) -> None:
    _add(house, STAYS)
    before = house.tools.register.revision()
    with pytest.raises(InvalidInput) as refused:
        replacements.replace_number(house.tools, house.caller("dave"), members)
    assert [issue.name for issue in refused.value.issues] == expected
    assert house.tools.register.revision() == before


@pytest.mark.parametrize("pair", [(DEAD.ssin, NEW), (NEW, DEAD.ssin)])
def test_the_dead_keep_their_numbers(house: House, pair: tuple[Niss, Niss]) -> None:
    _add(house, STAYS)
    with pytest.raises(Conflict) as refused:
        _replace(house, *pair)
    assert refused.value.code == "personDeceased"


def test_no_circle_and_no_second_replacement(house: House) -> None:
    third = replace(STAYS, ssin=Niss("99450902760"))
    _add(house, STAYS, third)
    _replace(house)
    with pytest.raises(InvalidInput) as circle:
        _replace(house, NEW, OLD)
    assert [(issue.name, issue.detail.split()[0]) for issue in circle.value.issues] == [("replacedBy", "leads")]
    for pair in ((OLD, third.ssin), (third.ssin, OLD)):
        with pytest.raises(Conflict) as twice:
            _replace(house, *pair)
        assert twice.value.code == "alreadyReplaced"


def test_only_agents(house: House) -> None:
    for who in ("bob", "alice", "oscar"):
        with pytest.raises(NotAllowed):
            _replace(house, who=who)


def test_while_the_register_is_away_nothing_has_happened(house: House) -> None:
    _add(house, STAYS)
    request_id = _identified(house)
    away = replace(
        house, tools=replace(house.tools, register=SlowRegister(house.tools.register, Trouble(failing=True)))
    )
    with pytest.raises(RegisterUnavailable):
        _replace(away, once="k")
    assert house.row(request_id).ssin == OLD.digits
    assert _replace(house, once="k").requests == 1


def test_whoever_was_not_told_is_told_later(house: House) -> None:
    """The register was written and the call broke off; or a register file says so; or the answer came late."""
    _add(house, STAYS)
    request_id = _identified(house)
    assert house.tools.register.replace(OLD, by=NEW, at=house.clock[0])
    replacements.catch_up(house.tools, house.clock[0] + timedelta(seconds=1))
    assert house.row(request_id).ssin == OLD.digits
    replacements.catch_up(house.tools, house.clock[0])
    assert house.row(request_id).ssin == NEW.digits
    version = house.row(request_id).version
    replacements.catch_up(house.tools, None)
    assert (house.row(request_id).version, len(_told(house, "bob"))) == (version, 1)


def test_a_register_file_that_replaces_a_number_tells_too(house: House) -> None:
    request_id = _identified(house)
    _add(house, STAYS, replace(REGISTERED, replaced_by=NEW))
    replacements.catch_up(house.tools, None)
    assert (house.row(request_id).ssin, len(_mails(house))) == (NEW.digits, 1)


def test_a_number_objected_to_is_followed_while_the_agents_decide(house: House) -> None:
    _add(house, STAYS)
    request_id = _identified(house)
    house.object_to(request_id)
    _replace(house)
    ruled = house.rule(request_id, kind="identify", ssin=OLD.digits)
    house.carry_out(request_id, RecordKind.IDENTIFIED, ruled)
    row = house.row(request_id)
    assert row.objection is not None
    assert (row.ssin, row.objection["state"]) == (NEW.digits, "numberUpheld")


def test_an_erased_request_is_left_alone(house: House) -> None:
    _add(house, STAYS)
    request_id, told = _identified(house), _identified(house)
    erasure.erase(house.tools, house.caller("oscar"), request_id)
    assert _replace(house).requests == 1
    erasure.erase(house.tools, house.caller("oscar"), told)
    row = house.row(told)
    assert (row.ssin, row.former_ssin, _mails(house)) == (None, None, [])
    with pytest.raises(NotFound):
        requests.read_request(house.tools, house.caller("carol"), told)
