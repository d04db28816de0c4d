"""The agents' worklist: urgency, filters and counts, the next case, and the day's list."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import col, select

from domain.errors import Conflict, NotAllowed
from domain.request import RulingKind
from service import desk, rulings, worklist
from service.worklist import Filter
from store.logbook import ConsultationRow
from store.tables import Request
from tests.service.conftest import House, MakeHouse


def _shown(house: House, chosen: Filter = Filter.ALL, by: str = "dave", page: int = 1) -> list[str]:
    found = worklist.worklist(house.tools, house.caller(by), chosen, page=page)
    return [case.request.id for case in found.cases]


def _reviewed(house: House, count: int) -> list[str]:
    waiting = []
    for _ in range(count):
        waiting.append(house.reviewed())
        house.passes(timedelta(minutes=1))
    return waiting


def _escalate(house: House, request_id: str) -> None:
    with house.tools.store.writing() as session:
        session.get_one(Request, request_id).escalated_at = house.clock[0]


def test_escalated_ones_come_first_then_those_that_wait_longest(house: House) -> None:
    first, second, third = _reviewed(house, 3)
    _escalate(house, third)
    assert _shown(house) == [third, first, second]
    assert _shown(house, Filter.LATE) == [third]
    case = worklist.worklist(house.tools, house.caller("dave"), Filter.LATE).cases[0]
    assert (case.late, case.due) == (True, case.since + timedelta(days=2))


def test_counts_say_what_each_filter_would_show(house: House) -> None:
    free, mine, hers = _reviewed(house, 3)
    asked = house.asked(fields=("birthPlace",))
    desk.claim(house.tools, house.caller("dave"), mine)
    desk.claim(house.tools, house.caller("erin"), hers)
    counts = worklist.worklist(house.tools, house.caller("dave")).counts
    assert counts == {
        Filter.ALL: 3,
        Filter.FREE: 1,
        Filter.MINE: 1,
        Filter.LATE: 0,
        Filter.TO_CONFIRM: 0,
        Filter.WAITING: 1,
    }
    assert _shown(house, Filter.FREE) == [free]
    assert _shown(house, Filter.MINE) == [mine]
    assert _shown(house, Filter.WAITING) == [asked]
    held = next(case for case in worklist.worklist(house.tools, house.caller("dave")).cases if case.request.id == hers)
    assert held.holder is not None
    assert held.holder.name == house.caller("erin").name


def test_a_lease_that_is_over_holds_nothing(house: House) -> None:
    (request_id,) = _reviewed(house, 1)
    desk.claim(house.tools, house.caller("erin"), request_id)
    assert _shown(house, Filter.FREE) == []
    house.passes(timedelta(minutes=11))
    assert _shown(house, Filter.FREE) == [request_id]


def test_pages_never_end_in_nothing(house: House) -> None:
    waiting = _reviewed(house, worklist.PAGE_SIZE + 1)
    assert _shown(house, page=2) == waiting[worklist.PAGE_SIZE :]
    assert _shown(house, page=99) == waiting[worklist.PAGE_SIZE :]
    empty = worklist.worklist(house.tools, house.caller("dave"), Filter.LATE)
    assert (empty.cases, empty.page, empty.pages) == ((), 1, 1)


def test_the_next_case_is_nobody_elses_and_not_decided(make_house: MakeHouse) -> None:
    house = make_house(four_eyes="always")
    hers, proposed, mine, free = _reviewed(house, 4)
    desk.claim(house.tools, house.caller("erin"), hers)
    house.rule(proposed, kind="identify", ssin="83452416311")
    desk.claim(house.tools, house.caller("dave"), mine)
    dave = house.caller("dave")
    assert worklist.next_case(house.tools, dave) == mine
    assert worklist.next_case(house.tools, dave, after=mine) == free
    house.rule(free, kind="reject", reason="other")
    assert worklist.next_case(house.tools, dave, after=mine) is None
    assert worklist.waiting(house.tools, dave) == 4


def test_who_leaves_a_case_comes_to_the_one_behind_it_and_round_again(house: House) -> None:
    first, second, third = _reviewed(house, 3)
    dave = house.caller("dave")
    seen = [first]
    for _ in range(3):
        left = seen[-1]
        desk.claim(house.tools, dave, left)
        following = worklist.next_case(house.tools, dave, after=left)
        assert following is not None
        seen.append(following)
    assert seen == [first, second, third, first]


def _held(house: House, by: str) -> list[str]:
    return [case.request.id for case in worklist.worklist(house.tools, house.caller(by), Filter.MINE).cases]


def test_a_case_that_is_skipped_undecided_goes_back(house: House) -> None:
    """Two agents never come to the same case, and neither keeps what they left."""
    first, second, third = _reviewed(house, 3)
    dave, erin = house.caller("dave"), house.caller("erin")
    assert worklist.take_next(house.tools, dave) == first
    assert worklist.take_next(house.tools, erin) == second
    assert worklist.take_next(house.tools, dave, after=first) == third
    assert (_held(house, "dave"), _held(house, "erin")) == ([third], [second])
    assert worklist.take_next(house.tools, erin, after=second) == first
    assert worklist.take_next(house.tools, dave, after=third) == second
    assert (_held(house, "dave"), _held(house, "erin")) == ([second], [first])
    assert worklist.take_next(house.tools, dave, after=first) == second
    assert _held(house, "erin") == [first], "what another holds stays theirs"


def test_a_case_with_a_ruling_stays_its_agents_until_it_is_delivered(make_house: MakeHouse) -> None:
    house = make_house(four_eyes="always")
    proposed, other = _reviewed(house, 2)
    dave = house.caller("dave")
    assert worklist.take_next(house.tools, dave) == proposed
    house.rule(proposed, kind="identify", ssin="83452416311")
    assert worklist.take_next(house.tools, dave, after=proposed) == other
    assert _held(house, "dave") == [proposed, other]
    assert worklist.take_next(house.tools, dave, after=other) is None
    assert _held(house, "dave") == [proposed], "the last one is left too"


def test_a_case_seen_beside_another_was_not_opened(house: House) -> None:
    beside, mine = _reviewed(house, 2)
    desk.claim(house.tools, house.caller("erin"), beside)
    seen = desk.claim(house.tools, house.caller("dave"), mine)
    assert beside in {
        *(each.id for each in seen.request.similar_to),
        *(each.id for each in seen.request.same_document),
    }
    assert worklist.asks_for_reason(house.tools, house.caller("dave"), beside)
    desk.release(house.tools, house.caller("dave"), mine)
    desk.claim(house.tools, house.caller("erin"), mine)
    assert not worklist.asks_for_reason(house.tools, house.caller("dave"), mine), "who had it open is not asked again"


def test_a_case_elsewhere_asks_for_the_reason_once_in_a_while(house: House) -> None:
    (request_id,) = _reviewed(house, 1)
    desk.claim(house.tools, house.caller("dave"), request_id)
    erin = house.caller("erin")
    assert worklist.asks_for_reason(house.tools, erin, request_id)
    desk.read_file(house.tools, erin, request_id, reason="Dave is ill")
    assert not worklist.asks_for_reason(house.tools, erin, request_id)
    assert not worklist.asks_for_reason(house.tools, house.caller("dave"), request_id)
    desk.renew(house.tools, house.caller("dave"), request_id)
    house.passes(timedelta(minutes=9))
    desk.renew(house.tools, house.caller("dave"), request_id)
    house.passes(timedelta(minutes=2))
    assert worklist.asks_for_reason(house.tools, erin, request_id)


def test_another_ruling_than_the_one_looked_at_is_not_confirmed(make_house: MakeHouse) -> None:
    house = make_house(four_eyes="always")
    (request_id,) = _reviewed(house, 1)
    house.rule(request_id, kind="identify", ssin="83452416311")
    looked_at = desk.read_file(house.tools, house.caller("erin"), request_id).ruling
    assert looked_at is not None
    rulings.undo(house.tools, house.caller("dave"), request_id, seen=looked_at.id)
    house.rule(request_id, kind="createNumber", differentFrom=["83452416311"])
    with pytest.raises(Conflict, match="changed meanwhile"):
        rulings.confirm(house.tools, house.caller("erin"), request_id, seen=looked_at.id)


def test_a_proposal_waits_for_somebody_else(make_house: MakeHouse) -> None:
    house = make_house(four_eyes="always")
    (request_id,) = _reviewed(house, 1)
    house.rule(request_id, kind="identify", ssin="83452416311")
    case = worklist.worklist(house.tools, house.caller("erin"), Filter.TO_CONFIRM).cases[0]
    assert case.proposed_by is not None
    assert case.proposed_by.name == house.caller("dave").name


def test_the_day_shows_what_i_decided_and_confirmed_since_midnight_in_brussels(make_house: MakeHouse) -> None:
    house = make_house(four_eyes="always")
    house.clock[0] = datetime(2026, 3, 2, 22, 30, tzinfo=UTC)
    yesterday, today, rejected = _reviewed(house, 3)
    house.rule(yesterday, kind="identify", ssin="83452416311")
    house.passes(timedelta(hours=1))
    house.rule(today, kind="identify", ssin="83452416311")
    rulings.confirm(house.tools, house.caller("erin"), today)
    house.rule(rejected, by="erin", kind="reject", reason="other")
    mine = worklist.decided_today(house.tools, house.caller("dave"))
    assert [(each.request.id, each.kind, each.confirmed_by_me) for each in mine] == [
        (today, RulingKind.IDENTIFY, False)
    ]
    hers = worklist.decided_today(house.tools, house.caller("erin"))
    assert {each.request.id: each.confirmed_by_me for each in hers} == {today: True, rejected: False}


def test_what_is_shown_is_noted_and_nobody_else_is_shown_anything(house: House) -> None:
    (request_id,) = _reviewed(house, 1)
    _shown(house)
    with house.tools.store.reading() as session:
        last = session.exec(select(ConsultationRow).order_by(col(ConsultationRow.id).desc())).first()
        assert last is not None
        assert (last.what, last.request_ids) == ("queue", [request_id])
    for each in (worklist.worklist, worklist.waiting, worklist.take_next, worklist.decided_today):
        with pytest.raises(NotAllowed):
            each(house.tools, house.caller("alice"))
