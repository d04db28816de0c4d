"""Tables of what documents say and by what they are known again, beside those of store/tables.py.

`metadata` has all tables of the service.
"""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import JSON, Column, Index
from sqlmodel import Field

from store.columns import Table, instant
from store.tables import metadata

__all__ = ["MarkRow", "ZoneRow", "metadata"]


class ZoneRow(Table, table=True):
    """What the machine-readable zone of an uploaded document says; `state` is read, pending or none.

    `upload` tells one upload of a kind from the next: a late reading of the former one is dropped. `printed` holds the
    members of domain.zone.ZoneReading, where it was read. `attempts` counts the readings begun, `tried_at` is the last.
    """

    __tablename__: ClassVar[str] = "zone_readings"
    request_id: str = Field(primary_key=True, foreign_key="requests.id")
    kind: str = Field(primary_key=True)
    upload: str
    state: str
    printed: dict[str, str] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    attempts: int = 0
    tried_at: datetime | None = instant(nullable=True)


Index(
    "ix_zone_readings_pending",
    ZoneRow.__table__.c.tried_at,  # type: ignore[attr-defined]
    sqlite_where=ZoneRow.__table__.c.state == "pending",  # type: ignore[attr-defined]
    postgresql_where=ZoneRow.__table__.c.state == "pending",  # type: ignore[attr-defined]
)


class MarkRow(Table, table=True):
    """By which a document is known again: an HMAC of a page's pixels or of a document's number, in hexadecimal.

    `source` is the kind of document it was taken from, or `stated` for the number that was typed.
    """

    __tablename__: ClassVar[str] = "document_marks"
    mark: str = Field(primary_key=True)
    company_id: str = Field(primary_key=True, foreign_key="companies.id")
    request_id: str = Field(primary_key=True, foreign_key="requests.id", index=True)
    source: str = Field(primary_key=True)
