"""Where personal data of one request stand, and how they go: identifiers, codes and instants are left.

Consultations stay: who saw whose data must be told for ten years.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from store import requests
from store.document_tables import MarkRow, ZoneRow
from store.tables import IdentificationRow, LikenessKeyRow, MailRow, PageRow, Request, RulingRow, StatementRow

#: Members of a ruling's body that are codes; `ssin`, `differentFrom`, `person` and `message` speak of somebody.
_CODES = ("document", "fields", "reason")
#: `last_error` of a mail that was waiting.
ERASED = "erased"


def blobs_of(session: Session, request_id: str) -> list[str]:
    """The keys of all its pages."""
    return list(session.exec(select(PageRow.blob).where(PageRow.request_id == request_id)))


def erase(session: Session, row: Request, at: datetime) -> None:
    """Take every personal datum out of a locked row and of what hangs on it. A repeat changes nothing but the date."""
    if session.get_bind().dialect.name == "sqlite":
        # Otherwise what was deleted stays readable in the file's free pages.
        session.connection().exec_driver_sql("PRAGMA secure_delete=ON")
    for table in (PageRow, ZoneRow, MarkRow, LikenessKeyRow, StatementRow):
        session.execute(delete(table).where(col(table.request_id) == row.id))
    session.execute(update(IdentificationRow).where(col(IdentificationRow.request_id) == row.id).values(answer=None))
    for ruling in session.exec(select(RulingRow).where(RulingRow.request_id == row.id)):
        ruling.body = {name: ruling.body[name] for name in _CODES if name in ruling.body}
    for mail in session.exec(select(MailRow).where(MailRow.request_id == row.id)):
        mail.details = {}
        if mail.state == "pending":
            mail.state, mail.last_error, mail.settled_at = "undeliverable", ERASED, at
    row.ssin = row.former_ssin = row.registered_surname = row.registered_given_names = row.completed = None
    row.reference = row.email = row.rejection_message = None
    if row.asked is not None:
        row.asked = {**row.asked, "message": None}
    if row.objection is not None:
        row.objection = {**row.objection, "message": ""}
    requests.changed(row, at)
