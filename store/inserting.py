"""Inserting what another transaction may be inserting too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel


def insert_if_absent(session: Session, table: type[SQLModel], values: Mapping[str, Any]) -> bool:
    """Insert a row unless one like it is there (any unique key); whether it was inserted.

    Waits for a transaction that is just inserting the same; afterwards the row can be read. Columns that are left out
    get the database's defaults, not those of their Field.
    """
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    core = table.__table__  # type: ignore[attr-defined]
    # A row comes back only where one was inserted; a count of rows is not told by every driver.
    inserted = insert(core).values(dict(values)).on_conflict_do_nothing().returning(*core.primary_key)
    return session.execute(inserted).first() is not None
