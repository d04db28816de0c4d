"""The tables of the consultation log: who was shown whose data. Rows are only ever added; triggers keep it so.

A row holds no name and no number of anybody who is registered: people are known by a pseudonym (access/pseudonyms.py),
so that the log survives their erasure.
"""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import JSON, BigInteger, Column, Index, Integer
from sqlalchemy import Table as CoreTable
from sqlmodel import Field

from store.columns import Table, instant

_NUMBER = BigInteger().with_variant(Integer(), "sqlite")


class ConsultationRow(Table, table=True):
    """One showing: `what` to whom (in which role, for which company), of which requests and which people.

    `people` are pseudonyms; `fields` API names; `reason` what an agent typed when the case was not in their queue.
    """

    __tablename__: ClassVar[str] = "consultations"
    id: int | None = Field(default=None, sa_column=Column(_NUMBER, primary_key=True))
    at: datetime = instant(index=True)
    person_id: str = Field(index=True)
    role: str
    company_id: str | None = None
    what: str
    request_ids: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    people: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    fields: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    reason: str | None = None
    trace_id: str | None = None


class ConsultedRow(Table, table=True):
    """Under which request or pseudonym a consultation is found again."""

    __tablename__: ClassVar[str] = "consulted"
    __table_args__: ClassVar[dict[str, bool]] = {"sqlite_with_rowid": False}
    subject: str = Field(primary_key=True)
    consultation_id: int = Field(sa_column=Column(_NUMBER, primary_key=True, autoincrement=False))


class ErasedSubjectRow(Table, table=True):
    """Whose request it was, by pseudonym, once its data are erased: what was seen of it is still theirs to ask for."""

    __tablename__: ClassVar[str] = "erased_subjects"
    request_id: str = Field(primary_key=True)
    subject: str = Field(primary_key=True)
    at: datetime = instant()


class SealRow(Table, table=True):
    """A link of the hash chain: `members` names the rows it seals (`17-1016,1020`), `root` is their hash.

    `reached` is the highest row sealed so far; `head` covers this link and, through `previous`, all before it.
    Hashes are SHA-256 in hexadecimal (store/seals.py). `marks` are eight bytes a row, which tell the wrong one
    where the root says that there is one; seals made before there were any have none.
    """

    __tablename__: ClassVar[str] = "consultation_seals"
    number: int = Field(sa_column=Column(_NUMBER, primary_key=True, autoincrement=False))
    at: datetime = instant(index=True)
    members: str
    count: int
    reached: int = Field(sa_column=Column(BigInteger, nullable=False))
    root: str
    previous: str
    head: str
    marks: bytes | None = None


#: The two tables that every call may write to, for statements without objects.
ROWS: CoreTable = ConsultationRow.__table__  # type: ignore[attr-defined]
FOUND_UNDER: CoreTable = ConsultedRow.__table__  # type: ignore[attr-defined]
Index("ix_consulted_consultation_id", FOUND_UNDER.c.consultation_id)
