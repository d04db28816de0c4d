"""The audit trail of companies and of the service: who did what to whose access. Triggers let rows only be added."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, BigInteger, Column, Integer
from sqlmodel import Field

from store.columns import Table, instant

_NUMBER = BigInteger().with_variant(Integer(), "sqlite")


#: In place of a company: the people of the service itself.
SERVICE = "service"


class TrailRow(Table, table=True):
    """One change: `kind` by whom, to which member, mandate or client; `codes` hold roles and ids, nothing personal.

    `company_id` is `SERVICE` where it is one of the service's own people.
    """

    __tablename__: ClassVar[str] = "company_trail"
    id: int | None = Field(default=None, sa_column=Column(_NUMBER, primary_key=True))
    at: datetime = instant()
    company_id: str = Field(index=True)
    by_id: str
    kind: str
    subject_id: str
    codes: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    trace_id: str | None = None
