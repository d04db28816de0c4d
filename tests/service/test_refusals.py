"""Every refusal, its code, and which comes first; what is refused leaves nothing behind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from domain.document import DocumentKind, UploadedFile
from domain.errors import BlobStoreUnavailable, Conflict, InvalidInput, NotAllowed
from domain.records import RecordKind
from service import desk, requests, rulings, steps
from store.tables import FactRow, HistoryRow, PageRow, Request, RulingRow
from tests.service.conftest import DEAD, REGISTERED, SCAN, House, MakeHouse

Act = Callable[[House, str], Any]


def traces(house: House, request_id: str) -> tuple[object, ...]:
    """All that an accepted call would leave."""
    with house.tools.store.reading() as session:
        row = session.get_one(Request, request_id)
        kept = [len(session.exec(select(table)).all()) for table in (FactRow, HistoryRow, PageRow)]
        return (row.phase, row.outcome, row.last_seq, row.version, row.desk_version, *kept, house.stored_pages())


def withdraw(house: House, request_id: str) -> Any:
    return requests.withdraw(house.tools, house.caller("bob"), request_id)


def remove(house: House, request_id: str) -> Any:
    return steps.remove_document(house.tools, house.caller("bob"), request_id, DocumentKind.PASSPORT)


def reject(house: House, request_id: str) -> Any:
    return house.rule(request_id, kind="reject", reason="other")


def claim(house: House, request_id: str) -> Any:
    return desk.claim(house.tools, house.caller("dave"), request_id)


def confirm(house: House, request_id: str) -> Any:
    return rulings.confirm(house.tools, house.caller("erin"), request_id)


def undo(house: House, request_id: str) -> Any:
    return rulings.undo(house.tools, house.caller("dave"), request_id)


STEPS: dict[str, Act] = {
    "upload": House.upload,
    "state": House.state,
    "address": House.address,
    "submit": House.submit,
}
DESK: dict[str, Act] = {"reject": reject, "claim": claim, "confirm": confirm, "undo": undo}


def refused(house: House, request_id: str, act: Act) -> str:
    before = traces(house, request_id)
    with pytest.raises(Conflict) as refusal:
        act(house, request_id)
    assert traces(house, request_id) == before
    return refusal.value.code


@pytest.mark.parametrize("act", [*STEPS.values(), withdraw, remove, *DESK.values()])
def test_closed_is_closed(house: House, act: Act) -> None:
    assert refused(house, house.closed(), act) == "requestClosed"


@pytest.mark.parametrize("act", [*STEPS.values(), remove])
def test_steps_once_it_was_sent(house: House, act: Act) -> None:
    assert refused(house, house.sent(), act) == "alreadySubmitted"
    assert refused(house, house.reviewed(), act) == "alreadySubmitted"


@pytest.mark.parametrize("act", [House.submit, remove])
def test_what_a_question_never_opens(house: House, act: Act) -> None:
    assert refused(house, house.asked(document=True), act) == "alreadySubmitted"


def test_only_what_was_asked_for_is_open(house: House) -> None:
    about_the_person = house.asked(fields=("sex",))
    assert refused(house, about_the_person, House.upload) == "notAskedFor"
    assert refused(house, about_the_person, House.address) == "notAskedFor"
    about_the_address = house.asked(fields=("contact",))
    assert refused(house, about_the_address, House.state) == "notAskedFor"
    assert refused(house, about_the_address, House.upload) == "notAskedFor"
    about_the_document = house.asked(document=True)
    assert refused(house, about_the_document, House.state) == "notAskedFor"


@pytest.mark.parametrize("act", DESK.values())
def test_the_desk_before_and_after_its_turn(house: House, act: Act) -> None:
    assert refused(house, house.sent(), act) == "notInReview"
    assert refused(house, house.asked(document=True), act) == "notInReview"


def test_steps_missing_are_named(house: House) -> None:
    request_id = house.opened()
    with pytest.raises(Conflict) as refusal:
        house.submit(request_id)
    assert refusal.value.code == "stepsMissing"
    assert [issue.name for issue in refusal.value.issues] == ["document", "personalData", "address"]
    house.upload(request_id)
    remove(house, request_id)
    house.state(request_id)
    house.address(request_id)
    with pytest.raises(Conflict) as refusal:
        house.submit(request_id)
    assert [issue.name for issue in refusal.value.issues] == ["document"]


def test_minimum_data_at_submission(house: House) -> None:
    request_id = house.drafted()
    house.state(request_id, sex=None, birthPlace=None, birthDate="1991")
    house.address(
        request_id, official={"street": "Rue", "municipality": "Liege", "country": "BE", "postalCode": "4000"}
    )
    with pytest.raises(Conflict) as refusal:
        house.submit(request_id)
    assert refusal.value.code == "minimumDataMissing"
    assert [issue.name for issue in refusal.value.issues] == ["birthDate", "birthPlace", "sex", "contact"]


def test_the_order_at_the_desk(house: House) -> None:
    request_id = house.reviewed()
    desk.claim(house.tools, house.caller("erin"), request_id)
    assert refused(house, request_id, reject) == "claimedByAnother"
    assert refused(house, request_id, claim) == "claimedByAnother"
    house.passes(timedelta(minutes=11))
    reject(house, request_id)
    assert refused(house, request_id, reject) == "rulingPending"
    house.passes(timedelta(seconds=1))
    with pytest.raises(Conflict, match="holds"):
        house.rule(request_id, by="erin", kind="reject", reason="other")


def test_rulings_against_the_data(house: House) -> None:
    request_id = house.reviewed()
    with pytest.raises(InvalidInput) as unknown:
        house.rule(request_id, kind="identify", ssin="91630200259")
    assert [issue.name for issue in unknown.value.issues] == ["ssin"]
    with pytest.raises(Conflict) as dead:
        house.rule(request_id, kind="identify", ssin=DEAD.ssin.digits)
    assert dead.value.code == "personDeceased"
    house.tools.register.create(house.recorder.stated(request_id), key="somebody else", at=house.clock[0])
    with pytest.raises(Conflict) as alike:
        house.rule(request_id, kind="createNumber")
    assert alike.value.code == "lookAlikesNotRuledOut"
    assert house.row(request_id).assignee_id is None


def test_questions_are_bounded(make_house: MakeHouse) -> None:
    house = make_house(question_rounds=0)
    with pytest.raises(Conflict) as refusal:
        house.rule(house.reviewed(), kind="requestInformation", document=True, reason="other")
    assert refusal.value.code == "questionRoundsUsed"


def test_a_closing_ruling_is_not_overtaken_by_a_withdrawal(make_house: MakeHouse) -> None:
    house = make_house(ruling_undo=timedelta(seconds=10))
    request_id = house.reviewed()
    house.rule(request_id, kind="identify", ssin=REGISTERED.ssin.digits)
    assert refused(house, request_id, withdraw) == "rulingAccepted"
    undo(house, request_id)
    withdraw(house, request_id)
    assert house.row(request_id).outcome == "withdrawn"


def test_a_question_is_overtaken_by_a_withdrawal(make_house: MakeHouse) -> None:
    house = make_house(ruling_undo=timedelta(seconds=10))
    request_id = house.reviewed()
    house.rule(request_id, kind="requestInformation", document=True, reason="other")
    withdraw(house, request_id)
    house.passes(timedelta(minutes=1))
    assert rulings.deliver_due(house.tools) == []


class TestFourEyes:
    """A second agent, never the same one."""

    def test_never_the_same_one(self, make_house: MakeHouse) -> None:
        house = make_house(four_eyes="always", ruling_undo=timedelta(seconds=10))
        request_id = house.reviewed()
        ruled = house.rule(request_id, kind="identify", ssin=REGISTERED.ssin.digits)
        assert (ruled.view.ruling.state, ruled.outgoing) == ("proposed", ())
        with pytest.raises(NotAllowed):
            rulings.confirm(house.tools, house.caller("dave"), request_id)
        confirmed = confirm(house, request_id)
        assert (confirmed.view.ruling.state, confirmed.view.ruling.confirmed_by.name) == ("confirmed", "Erin Lemaire")
        assert refused(house, request_id, confirm) == "noRuling"
        house.passes(timedelta(seconds=11))
        (outgoing,) = rulings.deliver_due(house.tools)
        assert outgoing.fact.kind == "ruled"
        assert rulings.deliver_due(house.tools) == []
        assert refused(house, request_id, undo) == "noRuling"

    def test_a_proposal_does_not_stop_a_withdrawal(self, make_house: MakeHouse) -> None:
        house = make_house(four_eyes="always")
        request_id = house.reviewed()
        house.rule(request_id, kind="identify", ssin=REGISTERED.ssin.digits)
        withdraw(house, request_id)
        assert house.row(request_id).outcome == "withdrawn"

    def test_only_who_gave_it_undoes_it(self, make_house: MakeHouse) -> None:
        house = make_house(ruling_undo=timedelta(seconds=10))
        request_id = house.reviewed()
        house.rule(request_id, kind="reject", reason="other")
        with pytest.raises(NotAllowed):
            rulings.undo(house.tools, house.caller("erin"), request_id)
        undo(house, request_id)
        assert refused(house, request_id, undo) == "noRuling"
        assert house.row(request_id).assignee_id is not None


class TestNothingHalfWritten:
    """A refused page or a blob store that fails leaves everything as it was."""

    @pytest.mark.parametrize("content", [b"", b"not an image", b"%PDF-1.4 broken"])
    def test_a_refused_page(self, house: House, content: bytes) -> None:
        request_id = house.drafted()
        before = traces(house, request_id)
        pages = [UploadedFile("pages[0]", SCAN), UploadedFile("pages[1]", content)]
        with pytest.raises(InvalidInput):
            steps.upload_document(house.tools, house.caller("bob"), request_id, DocumentKind.PASSPORT, pages=pages)
        assert traces(house, request_id) == before

    def test_a_blob_store_that_fails_at_the_second_page(self, house: House) -> None:
        request_id = house.drafted()
        before = traces(house, request_id)
        failing = House(replace(house.tools, blobs=_FailsAtTheSecond(house.tools.blobs)), house.recorder, house.blobs)
        pages = [UploadedFile(f"pages[{n}]", SCAN) for n in range(2)]
        with pytest.raises(BlobStoreUnavailable):
            steps.upload_document(failing.tools, house.caller("bob"), request_id, DocumentKind.PASSPORT, pages=pages)
        assert traces(house, request_id) == before

    def test_a_document_replaced_leaves_no_page_behind(self, house: House) -> None:
        request_id = house.drafted()
        house.upload(request_id)
        assert house.stored_pages() == 1


class _FailsAtTheSecond:
    def __init__(self, inner: Any) -> None:
        self._inner, self._puts = inner, 0

    def put(self, key: str, content: bytes) -> None:
        self._puts += 1
        if self._puts == 2:
            raise BlobStoreUnavailable("away")
        self._inner.put(key, content)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


def test_an_answer_in_parts(house: House) -> None:
    request_id = house.asked(document=True, fields=("nationality", "contact"))
    accepted = house.state(request_id)
    assert accepted.outgoing[0].fact.kind == "personalDataStated"
    assert house.state(request_id, nationality="NL").outgoing[0].fact.kind == "informationAdded"
    assert house.upload(request_id).outgoing[0].fact.kind == "informationAdded"
    assert house.row(request_id).phase == "awaitingInformation"
    belgian = {"street": "Nieuwstraat", "postalCode": "1000", "municipality": "Brussel"}
    last = house.address(request_id, contact=belgian).outgoing[0].fact
    assert (last.kind, last.part, house.row(request_id).phase) == ("informationAdded", "address", "identifying")
    assert house.row(request_id).deadline is None


def test_look_alikes_found_keep_the_claim(house: House) -> None:
    request_id = house.reviewed()
    ruled = house.rule(request_id, kind="createNumber")
    house.carry_out(request_id, RecordKind.IN_REVIEW, ruled, reason="lookAlikesFound")
    row = house.row(request_id)
    assert (row.assignee_id, row.review_reason) == (house.caller("dave").person_id, "lookAlikesFound")
    with house.tools.store.reading() as session:
        assert session.get_one(RulingRow, ruled.outgoing[0].fact.ruling_id).state == "returned"
    reject(house, request_id)  # at the same instant by our clock: the earlier ruling is past all the same
