"""The name that somebody looks for in their history: kept with their session, because it may stand in no address."""

from __future__ import annotations

from sqlalchemy import update
from sqlmodel import col, select

from service.context import Tools
from store.session_tables import SessionRow


def searched(tools: Tools, session_id: str) -> str:
    """The name of this session, "" where none is looked for."""
    with tools.store.reading() as session:
        return session.exec(select(SessionRow.searched).where(SessionRow.id == session_id)).one_or_none() or ""


def search(tools: Tools, session_id: str, name: str) -> None:
    """Look for a name from now on; "" for none."""
    with tools.store.writing() as session:
        session.execute(update(SessionRow).where(col(SessionRow.id) == session_id).values(searched=name))
