"""What zones of documents say, per request and kind of document."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import delete, or_, update
from sqlmodel import Session, col, select

from domain.document import DocumentKind
from domain.people import PartialDate, Sex
from domain.zone import ZoneFormat, ZoneReading, ZoneState
from store.document_tables import ZoneRow
from store.tables import StatementRow


def put(
    session: Session,
    request_id: str,
    kind: DocumentKind,
    upload: str,
    state: ZoneState,
    reading: ZoneReading | None,
    *,
    at: datetime,
) -> ZoneRow:
    """Note the zone of an upload, in place of the former one's; nothing is confirmed against it yet.

    One that is pending is in the hands of whoever puts it here.
    """
    drop(session, request_id, kind)
    printed = printed_members(reading) if reading else None
    row = ZoneRow(
        request_id=request_id, kind=kind.value, upload=upload, state=state.value, printed=printed, tried_at=at
    )
    session.add(row)
    return row


def drop(session: Session, request_id: str, kind: DocumentKind) -> None:
    """The document is gone, and its zone with it."""
    session.execute(delete(ZoneRow).where(col(ZoneRow.request_id) == request_id, col(ZoneRow.kind) == kind.value))
    session.execute(update(StatementRow).where(col(StatementRow.request_id) == request_id).values(confirmed=None))


def of(session: Session, request_ids: Iterable[str]) -> dict[str, dict[DocumentKind, ZoneRow]]:
    """All zones of some requests, by request id and kind."""
    found: dict[str, dict[DocumentKind, ZoneRow]] = {}
    for row in session.exec(select(ZoneRow).where(col(ZoneRow.request_id).in_(list(request_ids)))):
        found.setdefault(row.request_id, {})[DocumentKind(row.kind)] = row
    return found


def readings(rows: dict[DocumentKind, ZoneRow]) -> dict[DocumentKind, ZoneReading]:
    """The zones that were read."""
    return {kind: reading_of(row.printed) for kind, row in rows.items() if row.printed is not None}


def due(session: Session, before: datetime, limit: int = 20) -> list[ZoneRow]:
    """Pending ones that nobody has begun to read since an instant, the longest waiting first."""
    query = select(ZoneRow).where(
        ZoneRow.state == ZoneState.PENDING.value, or_(col(ZoneRow.tried_at).is_(None), col(ZoneRow.tried_at) < before)
    )
    return list(session.exec(query.order_by(col(ZoneRow.tried_at), col(ZoneRow.request_id)).limit(limit)))


def printed_members(reading: ZoneReading) -> dict[str, str]:
    """A reading as members, those of the API and `code`; what was not read is left out."""
    members = {
        "format": reading.format.value,
        "code": reading.code,
        "surname": reading.surname,
        "givenNames": reading.given_names,
        "documentNumber": reading.document_number,
        "issuer": reading.issuer,
        "nationality": reading.nationality,
        "birthDate": str(reading.birth_date),
        "sex": reading.sex.value if reading.sex else "",
        "documentExpiry": reading.document_expiry.isoformat(),
    }
    return {name: value for name, value in members.items() if value}


def reading_of(members: dict[str, str]) -> ZoneReading:
    """The reading that was kept as these members."""
    return ZoneReading(
        format=ZoneFormat(members["format"]),
        code=members.get("code", ""),
        document_number=members.get("documentNumber", ""),
        birth_date=PartialDate.parse(members["birthDate"]),
        document_expiry=date.fromisoformat(members["documentExpiry"]),
        issuer=members.get("issuer", ""),
        surname=members.get("surname", ""),
        given_names=members.get("givenNames", ""),
        nationality=members.get("nationality", ""),
        sex=Sex(members["sex"]) if "sex" in members else None,
    )
