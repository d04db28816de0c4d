"""Consultations to be sealed, and somebody who owns the database and tampers with it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, func, insert, select, text

from store import seals
from store.logbook import FOUND_UNDER, ROWS, ConsultationRow
from store.unit_of_work import Store

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
TABLES = ("consultations", "consulted", "consultation_seals", "erased_subjects")


def add(store: Store, count: int, *, at: datetime = NOW, first: int | None = None) -> None:
    """So many rows, with numbers from `first` on, else after the last one."""
    with store.writing() as session:
        number = first or (session.execute(select(func.max(ConsultationRow.id))).scalar_one() or 0) + 1
        rows: list[dict[str, Any]] = [
            {
                "id": number + index,
                "at": at + timedelta(milliseconds=index),
                "person_id": f"p{index % 3}",
                "role": "agent",
                "what": "file",
                "request_ids": [f"r{index % 5}"],
                "people": [f"{index % 7:032x}"],
                "fields": ["birthDate", "surname"],
                "trace_id": "é-trace",
            }
            for index in range(count)
        ]
        found = [
            {"subject": subject, "consultation_id": row["id"]}
            for row in rows
            for subject in (*row["request_ids"], *row["people"])
        ]
        session.execute(insert(ROWS), rows)
        session.execute(insert(FOUND_UNDER), found)


def seal_all(store: Store, *, at: datetime = NOW) -> list[str]:
    """Seal what waits; the heads in order."""
    heads = []
    while (seal := seals.seal_next(store, at)) is not None:
        heads.append(seal.head)
    return heads


def unprotect(engine: Engine) -> None:
    """What the owner of the database can do: take the triggers away."""
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            for table in TABLES:
                connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        else:
            names = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all()
            for name in names:
                connection.execute(text(f"DROP TRIGGER {name}"))


def tamper(engine: Engine, *statements: str) -> None:
    """Change what is there, as its owner."""
    unprotect(engine)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
