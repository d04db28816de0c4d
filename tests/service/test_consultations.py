"""What the consultation log says, who finds it again, and that nothing is shown where it cannot be written."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlmodel import col, select

from domain.document import DocumentKind
from domain.errors import DatabaseUnavailable, NotAllowed
from domain.niss import Niss
from domain.people import Role
from domain.records import RecordKind
from service import audit, console, desk, erasure, requests, steps
from service.audit import Sought
from store.logbook import ConsultationRow
from tests.service.conftest import REGISTERED, House

SSIN = REGISTERED.ssin
WHY = "The person asks who has seen it."
AUDITOR = replace(console.auditor(), person_id="auditor")


COENIG = {"surname": "Reuter", "givenNames": "Coenig", "sex": "M", "birthDate": "1983-05-24", "birthPlace": "Aachen"}


def like_somebody(house: House) -> str:
    """In review, with a candidate."""
    request_id = house.drafted()
    house.state(request_id, **COENIG)
    house.submit(request_id)
    house.conclude(request_id, RecordKind.IN_REVIEW, reason="ambiguous")
    return request_id


def last(house: House) -> ConsultationRow:
    with house.tools.store.reading() as session:
        newest = select(ConsultationRow).order_by(col(ConsultationRow.id).desc())
        found = session.exec(newest).first()
        assert found is not None
        return found


def test_nothing_is_shown_where_it_cannot_be_noted(house: House) -> None:
    request_id = house.reviewed()
    with house.tools.store.engine.begin() as connection:
        connection.execute(text("ALTER TABLE consultations RENAME TO elsewhere"))
    with pytest.raises(DatabaseUnavailable):
        requests.read_request(house.tools, house.caller("bob"), request_id)
    with pytest.raises(DatabaseUnavailable):
        desk.read_file(house.tools, house.caller("dave"), request_id)


def test_a_change_whose_answer_cannot_be_noted_is_not_made(house: House) -> None:
    request_id = house.reviewed()
    before = house.row(request_id)
    with house.tools.store.engine.begin() as connection:
        connection.execute(text("ALTER TABLE consulted RENAME TO elsewhere"))
    with pytest.raises(DatabaseUnavailable):
        desk.claim(house.tools, house.caller("dave"), request_id)
    assert house.row(request_id).assignee_id is None
    assert house.row(request_id).desk_version == before.desk_version


def test_which_fields_of_whom(house: House) -> None:
    request_id = like_somebody(house)
    requests.read_request(house.tools, house.caller("bob"), request_id)
    own = last(house)
    assert (own.what, own.role, own.request_ids, own.people, own.reason) == (
        "request",
        "requester",
        [request_id],
        [],
        None,
    )
    assert {"surname", "birthDate", "official", "documents"} <= set(own.fields)
    file = desk.read_file(house.tools, house.caller("dave"), request_id, reason="A call from the embassy.")
    seen = last(house)
    assert (seen.what, seen.company_id, seen.reason) == ("file", None, "A call from the embassy.")
    candidates = {house.tools.pseudonyms.of(str(one["ssin"])) for one in file.candidates}
    assert candidates
    assert set(seen.people) == candidates


def test_a_person_is_found_again_and_survives_erasure_under_a_pseudonym(house: House) -> None:
    request_id = like_somebody(house)
    desk.read_file(house.tools, house.caller("dave"), request_id)
    house.carry_out(request_id, RecordKind.IDENTIFIED, house.rule(request_id, kind="identify", ssin=str(SSIN)))
    requests.read_request(house.tools, house.caller("bob"), request_id)
    before = audit.search(house.tools, AUDITOR, Sought(ssin=SSIN, reason=WHY), page_size=100)
    told = {(one.what, one.role) for one in before.items}
    # What was typed and seen before anybody knew the number is theirs too.
    assert {("request", "requester"), ("file", "agent")} <= told
    assert all(one.requests in ((request_id,), ()) for one in before.items)
    assert before.total == len(before.items)

    erasure.erase(house.tools, console.ops(), request_id)
    after = audit.search(house.tools, AUDITOR, Sought(ssin=SSIN, reason=WHY), page_size=100)
    assert {one.id for one in before.items} < {one.id for one in after.items}
    assert {"erasure", "consultations"} <= {one.what for one in after.items}
    with house.tools.store.reading() as session:
        every = session.exec(select(ConsultationRow)).all()
        assert str(SSIN) not in repr([row.model_dump() for row in every])


def test_searches_page_and_filter_and_are_noted(house: House) -> None:
    request_id, other = house.reviewed(), house.reviewed()
    for _ in range(3):
        desk.read_file(house.tools, house.caller("dave"), request_id)
    requests.read_request(house.tools, house.caller("bob"), other)
    sought = Sought(request_id=request_id, what="file", reason=WHY)
    first = audit.search(house.tools, AUDITOR, sought, page_size=2)
    assert (len(first.items), first.total) == (2, 3)
    second = audit.search(house.tools, AUDITOR, sought, page_size=2, cursor=first.cursor)
    assert len({one.id for one in (*first.items, *second.items)}) == 3
    assert second.cursor is None
    assert {one.by.name for one in first.items} == {"Dave Mertens"}
    assert last(house).what == "consultations"
    assert request_id in last(house).request_ids
    by_bob = audit.search(
        house.tools, AUDITOR, Sought(person_id=house.caller("bob").person_id, reason=WHY), page_size=100
    )
    assert {one.company for one in by_bob.items} == {"0999000129"}
    assert audit.search(house.tools, AUDITOR, Sought(company="0999001218", reason=WHY)).total == 0
    assert audit.search(house.tools, AUDITOR, Sought(since=house.tools.now().replace(year=2030), reason=WHY)).total == 0


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.AUDITOR])
def test_the_log_is_for_auditors(house: House, role: Role) -> None:
    with pytest.raises(NotAllowed):
        audit.search(house.tools, replace(AUDITOR, role=role), Sought(ssin=Niss.parse("83.45.24-163.11")))


def test_a_page_is_the_persons_once_the_number_is_known(house: House) -> None:
    request_id = house.reviewed()
    house.carry_out(request_id, RecordKind.IDENTIFIED, house.rule(request_id, kind="identify", ssin=str(SSIN)))
    steps.read_page(house.tools, house.caller("bob"), request_id, DocumentKind.PASSPORT, 1)
    seen = last(house)
    assert (seen.what, seen.people) == ("page", [house.tools.pseudonyms.of(str(SSIN))])
