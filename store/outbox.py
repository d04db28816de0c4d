"""What became of the mails of one request."""

from __future__ import annotations

from collections.abc import Mapping

from sqlmodel import Session, select

from domain.notification import Notice
from store.tables import HistoryRow, MailRow


def states(session: Session, request_id: str) -> Mapping[str, str]:
    """pending, sent or undeliverable, by the key of the conclusion that a mail tells of; a withdrawal's by its name."""
    query = select(MailRow.key, MailRow.notice, MailRow.state).where(MailRow.request_id == request_id)
    return {
        Notice.WITHDRAWN if notice == Notice.WITHDRAWN else key: state for key, notice, state in session.exec(query)
    }


def state_of(line: HistoryRow, mails: Mapping[str, str]) -> str | None:
    """What became of the mail about a line of the history; None where there is none.

    A withdrawal's line is the fact's own, not the conclusion's, and there is one at most.
    """
    return mails.get(Notice.WITHDRAWN if line.kind == "withdrawn" else line.key)
