"""The recorder: a compare-and-set under the row's lock, and a repeat that writes nothing twice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import SQLModel, func, select

from domain.records import Recorded, RecordKind
from domain.request import FactKind
from service import requests
from store.tables import HistoryRow, MailRow, NotificationRow
from tests.service.conftest import House


def written(house: House) -> list[int]:
    tables: list[type[SQLModel]] = [HistoryRow, MailRow, NotificationRow]
    with house.tools.store.reading() as session:
        return [session.execute(select(func.count()).select_from(table)).scalar_one() for table in tables]


def test_newer_facts_are_answered_and_nothing_is_written(house: House) -> None:
    request_id = house.sent()
    requests.withdraw(house.tools, house.caller("bob"), request_id)
    before = written(house), house.row(request_id)
    recorded = house.conclude(request_id, RecordKind.IN_REVIEW, reason="unknown", last_seq=3)
    assert [(fact.seq, fact.kind) for fact in recorded.newer] == [(4, FactKind.SUBMITTED), (5, FactKind.WITHDRAWN)]
    assert (recorded.mails, (written(house), house.row(request_id))) == ([], before)


def test_a_repeat_writes_nothing_twice(house: House) -> None:
    request_id = house.sent()
    order: dict[str, Any] = {"reason": "unknown", "key": "inReview-0"}
    first = house.conclude(request_id, RecordKind.IN_REVIEW, **order)
    before = written(house)
    house.passes(timedelta(seconds=5))
    assert house.conclude(request_id, RecordKind.IN_REVIEW, **order) == first
    assert (written(house), len(first.mails)) == (before, 1)


def test_a_repeat_is_one_even_where_facts_were_accepted_since(house: House) -> None:
    request_id = house.sent()
    order: dict[str, Any] = {"reason": "unknown", "key": "inReview-0", "last_seq": 4}
    first = house.conclude(request_id, RecordKind.IN_REVIEW, **order)
    house.passes(timedelta(seconds=1))
    house.rule(request_id, kind="requestInformation", document=True, reason="other")
    assert house.conclude(request_id, RecordKind.IN_REVIEW, **order) == first
    assert house.row(request_id).phase == "inReview"


def test_a_conclusion_without_a_mail_is_repeated_too(house: House) -> None:
    request_id = house.reviewed()
    assert house.conclude(request_id, RecordKind.ESCALATED, key="escalated-1") == Recorded()
    marked = house.row(request_id).escalated_at
    house.passes(timedelta(hours=1))
    house.conclude(request_id, RecordKind.ESCALATED, key="escalated-1")
    assert house.row(request_id).escalated_at == marked


def test_of_two_findings_under_one_key_the_first_holds(house: House) -> None:
    request_id = house.sent()
    at = house.clock[0]
    for finding in ("unknown", "identified"):
        kept = house.recorder.remember(request_id, "identification-0", finding=finding, reason="x", person=None, at=at)
        assert kept == "unknown"


@pytest.mark.parametrize("state", ["sent", "undeliverable"])
def test_a_mail_is_settled_once(house: House, state: str) -> None:
    request_id = house.sent()
    (mail_id,) = house.conclude(request_id, RecordKind.IN_REVIEW, reason="unknown").mails
    order = house.recorder.mail_order(mail_id, house.clock[0])
    assert order is not None
    assert (order.notice, order.recipient, order.employee_name) == ("inProgress", "bob@acme.example", "Maria Tienpont")
    house.recorder.settle_mail(mail_id, state="pending", error="mailDeferred", at=house.clock[0])
    assert house.recorder.mail_order(mail_id, house.clock[0]) is not None
    house.recorder.settle_mail(mail_id, state=state, error=None, at=house.clock[0])
    house.recorder.settle_mail(mail_id, state="pending", error="late", at=house.clock[0])
    assert house.recorder.mail_order(mail_id, house.clock[0]) is None
    with house.tools.store.reading() as session:
        mail = session.get_one(MailRow, mail_id)
    assert (mail.state, mail.attempts, mail.last_error) == (state, 2, None)
