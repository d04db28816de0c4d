"""What ends with a person's place here: their sessions, and the subjects under which issuers know them."""

from __future__ import annotations

from sqlalchemy import delete
from sqlmodel import Session, col

from store.session_tables import IdentityRow, SessionRow


def forget(session: Session, person_id: str) -> None:
    """Whoever comes next at the same mail address is somebody else until they are invited again."""
    session.execute(delete(SessionRow).where(col(SessionRow.person_id) == person_id))
    session.execute(delete(IdentityRow).where(col(IdentityRow.person_id) == person_id))
