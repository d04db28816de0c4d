"""Requests that were answered with a number which another one has replaced since: brought up to date, and told."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from domain.identification import RegisteredPerson
from domain.niss import Niss
from domain.notification import Notice
from store import requests
from store.answers import answer_members, apply_answer
from store.tables import MailRow, Request

TOLD = "numberReplaced"
#: How the keys of these mails begin: each has a run of its own, the request's is over.
MAIL_KEY = "replacement-"
_AT_ONCE = 500


def given(session: Session, numbers: Iterable[Niss]) -> list[Niss]:
    """Those of some numbers that a request still shows."""
    asked, found = sorted({ssin.digits for ssin in numbers}), set[str]()
    for start in range(0, len(asked), _AT_ONCE):
        query = select(col(Request.ssin)).where(col(Request.ssin).in_(asked[start : start + _AT_ONCE])).distinct()
        found.update(ssin for ssin in session.exec(query) if ssin is not None)
    return [Niss(ssin) for ssin in sorted(found)]


def tell(session: Session, former: Niss, person: RegisteredPerson, *, by: str | None, at: datetime) -> list[str]:
    """Every request that shows the former number shows the person's from now on; whoever was told of it is told this.

    The ids of these requests; with history, notification and a mail each. A repeat finds none.
    """
    query = select(Request).where(Request.ssin == former.digits).order_by(col(Request.id)).with_for_update()
    rows = list(session.exec(query))
    for row in rows:
        apply_answer(session, row, answer_members(person))
        row.former_ssin = former.digits
        requests.changed(row, at)
        key = f"{MAIL_KEY}{row.version}"
        requests.told(session, row, TOLD, key=key, at=at, by=by)
        requests.notified(session, row, TOLD, key=key, at=at)
        session.add(
            MailRow(id=uuid.uuid4().hex, request_id=row.id, key=key, notice=Notice.NUMBER_REPLACED, at=at, details={})
        )
    return [row.id for row in rows]


def formerly(session: Session, former: Niss) -> list[str]:
    """The ids of the requests that showed this number before."""
    query = select(Request.id).where(Request.former_ssin == former.digits)
    return list(session.exec(query.order_by(col(Request.id))))


def untried_mails(session: Session, limit: int = 100) -> Sequence[tuple[Request, str]]:
    """Mails of these that nobody has tried to send, oldest first, each with its request."""
    return _mails(session, limit, MailRow.attempts == 0)


def unsent_mails(session: Session, before: datetime, limit: int = 500) -> Sequence[tuple[Request, str]]:
    """Mails of these that wait since before an instant."""
    return _mails(session, limit, MailRow.at < before)


def _mails(session: Session, limit: int, condition: bool) -> Sequence[tuple[Request, str]]:  # noqa: FBT001 - an expression of SQL
    query = (
        select(Request, MailRow.id)
        .join(MailRow, col(MailRow.request_id) == Request.id)
        .where(MailRow.state == "pending", col(MailRow.key).startswith(MAIL_KEY), condition)
    )
    return list(session.exec(query.order_by(col(MailRow.at)).limit(limit)))
