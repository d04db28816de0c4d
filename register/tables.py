"""The register's tables, on a metadata of their own: it may live beside the requests or in another database."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Column, DateTime, Integer, MetaData, PrimaryKeyConstraint
from sqlmodel import Field, SQLModel

metadata = MetaData()

#: Numbers as integers: eleven digits, leading zeros not kept. On SQLite the table itself is ordered by it.
_NUMBER = BigInteger().with_variant(Integer(), "sqlite")


class _Table(SQLModel):
    metadata = metadata


def _index_suffices() -> tuple[Any, ...]:
    """The arguments of a table of keys: who is filed under a key is read from its index alone, on both databases."""
    return PrimaryKeyConstraint("key", "ssin", postgresql_include=["born"]), {"sqlite_with_rowid": False}


class PersonRow(_Table, table=True):
    """A person as registered. `birth_month` and `birth_day` are 0 where unknown; countries are ISO 3166-1 alpha-2."""

    __tablename__ = "register_people"

    ssin: int = Field(sa_column=Column(_NUMBER, primary_key=True, autoincrement=False))
    surname: str
    given_names: str | None = None
    former_surname: str | None = None
    sex: str | None = Field(default=None, max_length=1)
    birth_year: int
    birth_month: int = 0
    birth_day: int = 0
    birth_place: str | None = None
    birth_country: str | None = Field(default=None, max_length=2)
    nationality: str | None = Field(default=None, max_length=2)
    street: str | None = None
    house_number: str | None = None
    box: str | None = None
    postal_code: str | None = None
    municipality: str | None = None
    country: str | None = Field(default=None, max_length=2)
    deceased_on: date | None = None
    replaced_by: int | None = Field(default=None, sa_column=Column(_NUMBER, nullable=True))


class SearchKeyRow(_Table, table=True):
    """One key a person is filed under (matching/keys.py). The primary key is the index that searches use.

    `born` is the birth date as YYYYMMDD, unknown parts 0: most people found are passed over by it, unread.
    """

    __tablename__ = "register_search_keys"
    __table_args__ = _index_suffices()

    key: int = Field(sa_column=Column(BigInteger, autoincrement=False))
    ssin: int = Field(sa_column=Column(_NUMBER, autoincrement=False))
    born: int


class NameKeyRow(_Table, table=True):
    """One key of a name alone: for searching without a birth date, and where most of the birth date is wrong."""

    __tablename__ = "register_name_keys"
    __table_args__ = _index_suffices()

    key: int = Field(sa_column=Column(BigInteger, autoincrement=False))
    ssin: int = Field(sa_column=Column(_NUMBER, autoincrement=False))
    born: int


class ReplacementRow(_Table, table=True):
    """A number that another one replaced, and since when: who was given it before is told."""

    __tablename__ = "register_replacements"

    ssin: int = Field(sa_column=Column(_NUMBER, primary_key=True, autoincrement=False))
    at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False, index=True))


class CountRow(_Table, table=True):
    """How many people have a name, a town, a birth date (matching/population.py)."""

    __tablename__ = "register_counts"
    __table_args__ = {"sqlite_with_rowid": False}

    key: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    people: int


class LoadRow(_Table, table=True):
    """How far a register file was loaded, by its content: who is interrupted goes on there."""

    __tablename__ = "register_loads"

    file: str = Field(primary_key=True)
    line: int


class AssignmentRow(_Table, table=True):
    """A number given, by the caller's key: the same key gets the same number again."""

    __tablename__ = "register_assignments"

    key: str = Field(primary_key=True)
    ssin: int = Field(sa_column=Column(_NUMBER, nullable=False, index=True))
    at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))


class StateRow(_Table, table=True):
    """One row, id 1: `revision` grows with every change, `people` counts the rows. Whoever writes locks it."""

    __tablename__ = "register_state"

    id: int = Field(default=1, primary_key=True)
    revision: int = 0
    people: int = 0
