"""Zones from the upload to the desk: read, asked about, confirmed, doubted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func
from sqlmodel import select

from access.caller import Once
from domain.errors import Conflict, ZonePending, ZoneReaderUnavailable
from domain.people import Sex
from domain.records import RecordKind
from domain.zone import ZoneState
from service import desk, erasure, requests, submission, zones
from store.document_tables import MarkRow, ZoneRow
from tests.service.conftest import House
from tests.service.scans import CARD, MARIA, PASSPORT, drafted, served, upload

PENDING, NO_OCR = ZonePending("later"), ZoneReaderUnavailable("none")


def refused(house: House, request_id: str, **given: Any) -> tuple[str, list[str]]:
    with pytest.raises(Conflict) as conflict:
        house.submit(request_id, **given)
    return conflict.value.code, [issue.name for issue in conflict.value.issues]


def doubtful(house: House, request_id: str) -> bool:
    return house.recorder.documents_say(request_id, house.clock[0]).doubtful


def test_a_zone_is_read_in_the_upload(house: House) -> None:
    shown = upload(house, house.opened(), MARIA).view.documents[0]
    assert (shown.zone_state, shown.zone, shown.warnings) == (ZoneState.READ, MARIA, ())
    assert 0 < house.zones.asked[0] <= zones.SECONDS_A_PAGE


@pytest.mark.parametrize(("answer", "state"), [(None, "none"), (PENDING, "pending"), (NO_OCR, "none")])
def test_or_it_is_not(house: House, answer: Any, state: str) -> None:
    shown = upload(house, house.opened(), answer).view.documents[0]
    assert (shown.zone_state, shown.zone) == (state, None)


def test_nothing_is_read_for_what_would_be_refused(house: House) -> None:
    request_id = house.sent()
    before = len(house.zones.asked)
    with pytest.raises(Conflict):
        upload(house, request_id)
    assert len(house.zones.asked) == before


def test_what_agrees_is_sent_and_not_doubted(house: House) -> None:
    request_id = drafted(house)
    assert house.submit(request_id).view.phase == "identifying"
    assert not doubtful(house, request_id)


def test_what_differs_is_corrected(house: House) -> None:
    request_id = drafted(house, surname="TIENPOND", birth_date=MARIA.birth_date)
    assert refused(house, request_id) == ("documentMismatch", ["surname"])
    house.state(request_id, surname="Tienpond")
    house.submit(request_id)
    assert not doubtful(house, request_id)


def test_or_confirmed_and_then_an_agent_sees_it(house: House) -> None:
    request_id = drafted(house, surname="TIENPOND", sex=Sex.MALE)
    assert refused(house, request_id) == ("documentMismatch", ["surname", "sex"])
    assert refused(house, request_id, confirmed=("surname",)) == ("documentMismatch", ["sex"])
    house.submit(request_id, confirmed=("surname", "sex", "birthDate"))
    assert doubtful(house, request_id)
    house.conclude(request_id, RecordKind.IN_REVIEW, reason="documentDoubt")
    file = desk.read_file(house.tools, house.caller("dave"), request_id)
    assert file.review_reason == "documentDoubt"
    told = {check.field: (check.stated, check.printed, check.agreement) for check in file.request.check.fields}
    assert told["surname"] == ("Tienpont", "TIENPOND", "different")
    assert told["birthDate"][2] == "same"
    assert told["nationality"] == (None, "NLD", "missing")
    assert file.request.confirmed == ("birthDate", "sex", "surname")


def test_a_wrong_kind_is_asked_about(house: House) -> None:
    request_id = drafted(house, code="ID")
    assert refused(house, request_id) == ("documentMismatch", ["documents.passport"])
    shown = requests.read_request(house.tools, house.caller("bob"), request_id).documents[0]
    assert shown.warnings == ("wrongKind",)
    house.submit(request_id, confirmed=("documents.passport",))


def test_an_expired_document_is_refused_until_another_is_valid(house: House) -> None:
    request_id = drafted(house, document_expiry=date(2026, 3, 1))
    assert refused(house, request_id) == ("documentExpired", ["documents.passport"])
    shown = upload(house, request_id, kind=CARD, text="card", code="ID", document_expiry=date(2026, 5, 30)).view
    warned = {document.kind: document.warnings for document in shown.documents}
    assert warned == {PASSPORT: ("expired",), CARD: ("expiresSoon",)}
    house.submit(request_id)


@pytest.mark.parametrize("answer", [None, PENDING, NO_OCR])
def test_a_card_of_which_nothing_is_known_is_taken_beside_an_expired_passport(house: House, answer: Any) -> None:
    request_id = drafted(house, document_expiry=date(2026, 3, 1))
    upload(house, request_id, answer, kind=CARD, text="card")
    house.submit(request_id)
    if answer is not PENDING:
        assert not doubtful(house, request_id)


def test_a_visa_in_an_expired_passport_is_not_the_passport(house: House) -> None:
    request_id = drafted(house, code="V", document_expiry=date(2026, 3, 1))
    assert requests.read_request(house.tools, house.caller("bob"), request_id).documents[0].warnings == ()
    house.submit(request_id)


def test_one_of_two_expiries_is_confirmed_whosever_it_is(house: House) -> None:
    request_id = drafted(house, document_expiry=date(2026, 3, 1))
    upload(
        house,
        request_id,
        kind=CARD,
        text="card",
        code="ID",
        document_number="L01X00T47",
        document_expiry=date(2026, 2, 1),
    )
    house.state(request_id, documentExpiry="2036-03-01")
    assert refused(house, request_id) == ("documentExpired", ["documents.passport", "documents.identityCard"])
    house.submit(request_id, confirmed=("documentExpiry",))
    assert doubtful(house, request_id)


def test_a_stated_expiry_that_has_passed_since(house: House) -> None:
    request_id = house.opened()
    upload(house, request_id)
    house.state(request_id, documentExpiry="2026-03-05")
    house.address(request_id)
    house.passes(timedelta(days=4))
    assert refused(house, request_id) == ("documentExpired", ["documents.passport"])


def test_a_confirmed_expiry_is_believed_and_doubted(house: House) -> None:
    request_id = drafted(house, document_expiry=date(2026, 3, 1))
    house.state(request_id, documentExpiry="2036-03-01")
    assert refused(house, request_id)[0] == "documentExpired"
    house.submit(request_id, confirmed=("documentExpiry",))
    assert doubtful(house, request_id)


def test_an_answer_is_compared_when_the_person_is_identified_again(house: House) -> None:
    request_id = house.asked(document=True)
    upload(house, request_id, surname="TIENPOND")
    assert house.row(request_id).phase == "identifying"
    assert doubtful(house, request_id)


def test_a_document_put_in_place_takes_its_zone_along(house: House) -> None:
    request_id = drafted(house, surname="TIENPOND")
    shown = upload(house, request_id, text="another").view.documents[0]
    assert (shown.zone_state, shown.zone) == ("none", None)
    house.submit(request_id)
    assert not doubtful(house, request_id)


def test_erasing_takes_the_zone_and_the_marks(house: House) -> None:
    request_id = drafted(house)
    other = drafted(house, text="another")
    house.state(request_id, documentNumber="ZS0000177")
    assert _kept(house, request_id) == (1, 3)
    erasure.erase(house.tools, house.caller("oscar"), request_id, force=True)
    assert _kept(house, request_id) == (0, 0)
    assert _kept(house, other) == (1, 2)
    assert requests.read_request(house.tools, house.caller("bob"), other).same_document == ()


def _kept(house: House, request_id: str) -> tuple[int, int]:
    with house.tools.store.reading() as session:
        counted = [
            session.exec(select(func.count()).select_from(table).where(table.request_id == request_id)).one()
            for table in (ZoneRow, MarkRow)
        ]
    return counted[0], counted[1]


class TestPending:
    """What takes longer is read later, whatever dies meanwhile."""

    def test_it_is_read_beside_the_worker(self, house: House) -> None:
        request_id = house.opened()
        version = upload(house, request_id, PENDING).view.version
        house.passes(zones.LOST_AFTER + timedelta(seconds=1))
        upload_ready(house, MARIA)
        assert zones.finish_due(house.tools) == 1
        shown = requests.read_request(house.tools, house.caller("bob"), request_id)
        assert (shown.documents[0].zone, shown.version) == (MARIA, version + 1)
        assert zones.finish_due(house.tools) == 0

    def test_or_at_once_in_the_process_of_the_upload(self, house: House) -> None:
        begun: list[Any] = []
        house.tools = replace(house.tools, later=begun.append)
        request_id = house.opened()
        upload(house, request_id, PENDING)
        upload_ready(house, MARIA)
        for work in begun:
            assert work()
        assert requests.read_request(house.tools, house.caller("bob"), request_id).documents[0].zone == MARIA

    def test_one_that_was_begun_is_left_alone_until_it_is_lost(self, house: House) -> None:
        upload(house, house.opened(), PENDING)
        upload_ready(house, MARIA)
        assert zones.finish_due(house.tools) == 0
        house.passes(zones.LOST_AFTER + timedelta(seconds=1))
        assert zones.finish_due(house.tools) == 1

    def test_after_five_readings_it_has_none(self, house: House) -> None:
        request_id = house.opened()
        upload(house, request_id, PENDING)
        settled = []
        for _ in range(zones.MOST_ATTEMPTS):
            house.passes(zones.LOST_AFTER + timedelta(seconds=1))
            settled.append(zones.finish_due(house.tools))
        assert settled == [0, 0, 0, 0, 1]
        assert requests.read_request(house.tools, house.caller("bob"), request_id).documents[0].zone_state == "none"

    def test_a_submission_waits_for_a_moment(self, house: House) -> None:
        request_id = house.opened()
        upload(house, request_id, PENDING)
        house.state(request_id)
        house.address(request_id)
        upload_ready(house, MARIA, surname="TIENPOND")
        assert refused(house, request_id) == ("documentMismatch", ["surname"])
        assert house.zones.asked[-1] == zones.AT_SUBMISSION

    @pytest.mark.parametrize("ready", [True, False])
    def test_a_call_that_counts_once_is_not_taken_for_its_own_repeat(self, house: House, *, ready: bool) -> None:
        request_id = house.opened()
        upload(house, request_id, PENDING)
        house.state(request_id)
        house.address(request_id)
        if ready:
            upload_ready(house, MARIA)
        bob = replace(house.caller("bob"), once=Once("k-1", "/submission", "digest"))
        for _ in range(2):
            sent = submission.submit(house.tools, bob, request_id, email=None)
            assert sent.view.phase == "identifying"
        assert sent.outgoing == ()

    def test_and_then_goes_on(self, house: House) -> None:
        request_id = house.opened()
        upload(house, request_id, PENDING)
        house.state(request_id)
        house.address(request_id)
        assert house.submit(request_id).view.phase == "identifying"
        with pytest.raises(ZonePending):
            doubtful(house, request_id)
        upload_ready(house, MARIA, surname="TIENPOND")
        house.passes(zones.LOST_AFTER + timedelta(seconds=1))
        assert zones.finish_due(house.tools) == 1
        assert doubtful(house, request_id)

    def test_a_document_taken_out_meanwhile_is_nobodys(self, house: House) -> None:
        request_id = house.opened()
        upload(house, request_id, PENDING)
        (pending,) = _pending(house, request_id)
        upload(house, request_id, text="another")
        assert not zones.finish(house.tools, pending, patience=1)
        assert requests.read_request(house.tools, house.caller("bob"), request_id).documents[0].zone_state == "none"


def _pending(house: House, request_id: str) -> Any:
    with house.tools.store.reading() as session:
        return zones.pending_of(session, request_id)


def upload_ready(house: House, answer: Any, **changed: Any) -> None:
    """From now on the page of these tests can be read."""
    house.zones.prepare(served("page"), replace(answer, **changed))
