"""A mail goes only to somebody who may still open the request."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sqlmodel import select

from activities.notifications import NotificationActivities
from domain.errors import RecipientGone
from domain.records import RecordKind
from store.tables import MailRow, Mandate, Person
from tests.service.conftest import House


def _mail(house: House, **who: Any) -> str:
    (mail_id,) = house.conclude(house.sent(**who), RecordKind.IN_REVIEW, reason="unknown").mails
    return mail_id


def test_who_has_left_is_not_written_to(house: House) -> None:
    mail_id = _mail(house)
    with house.tools.store.writing() as session:
        session.get_one(Person, house.caller("bob").person_id).company_id = None
    # Neither composer nor postman is there: nothing is composed, nothing is sent.
    sending: Any = NotificationActivities(house.recorder, None, None, lambda: house.clock[0])  # type: ignore[arg-type]
    assert asyncio.run(sending.send_mail(mail_id)) == "recipientGone"
    with house.tools.store.reading() as session:
        mail = session.get_one(MailRow, mail_id)
    assert (mail.state, mail.last_error) == ("undeliverable", "recipientGone")


def test_who_sent_it_is_told_instead_of_who_has_left(house: House) -> None:
    request_id = house.drafted()
    house.submit(request_id, by="bea", email="bob@acme.example")
    (mail_id,) = house.conclude(request_id, RecordKind.IN_REVIEW, reason="unknown").mails
    order = house.recorder.mail_order(mail_id, house.clock[0])
    assert order is not None
    assert order.recipient == "bob@acme.example"
    with house.tools.store.writing() as session:
        session.get_one(Person, house.caller("bob").person_id).company_id = None
    order = house.recorder.mail_order(mail_id, house.clock[0])
    assert order is not None
    assert order.recipient == "bea@acme.example"


def test_an_address_of_nobody_known_is_kept_while_somebody_is_there(house: House) -> None:
    request_id = house.drafted()
    house.submit(request_id, email="hr@acme.example")
    (mail_id,) = house.conclude(request_id, RecordKind.IN_REVIEW, reason="unknown").mails
    order = house.recorder.mail_order(mail_id, house.clock[0])
    assert order is not None
    assert order.recipient == "hr@acme.example"


def test_a_mandatary_is_written_to_while_mandated(house: House) -> None:
    mail_id = _mail(house, by="sam", on_behalf_of="0999000129")
    assert house.recorder.mail_order(mail_id, house.clock[0]) is not None
    with house.tools.store.writing() as session:
        for mandate in session.exec(select(Mandate)):
            session.delete(mandate)
    with pytest.raises(RecipientGone):
        house.recorder.mail_order(mail_id, house.clock[0])
