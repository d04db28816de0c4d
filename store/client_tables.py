"""Software that calls in the name of a company: its clients, and the tokens they hold. Secrets stand here as hashes."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import JSON, Column
from sqlmodel import Field

from store.columns import Table, instant


class ClientRow(Table, table=True):
    """A client of a company. `person_id` is the technical person under whose name it acts, and whose company it has.

    `employer_id` binds it to one employer, in whose name it asks by mandate. `secret_hash` is the SHA-256 of a secret
    of 256 random bits, which needs no slower hash.
    """

    __tablename__: ClassVar[str] = "clients"
    id: str = Field(primary_key=True)
    company_id: str = Field(foreign_key="companies.id", index=True)
    person_id: str = Field(foreign_key="members.id", unique=True)
    employer_id: str | None = Field(default=None, foreign_key="companies.id")
    scopes: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    secret_hash: str
    created_at: datetime = instant()
    rotated_at: datetime | None = instant(nullable=True)
    used_at: datetime | None = instant(nullable=True)
    revoked_at: datetime | None = instant(nullable=True)


class ClientTokenRow(Table, table=True):
    """A token that a client holds, by its SHA-256, until it expires or its client is revoked or its secret changed."""

    __tablename__: ClassVar[str] = "client_tokens"
    token_hash: str = Field(primary_key=True)
    client_id: str = Field(foreign_key="clients.id", index=True)
    scopes: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    expires_at: datetime = instant(index=True)
