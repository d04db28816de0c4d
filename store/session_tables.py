"""Who is signed in, and who is on the way to it. Nothing in these tables opens anything: secrets are hashed."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlmodel import Field

from store.columns import Table, instant


class SessionRow(Table, table=True):
    """One browser of one person. `digest` is the hash of the secret in its cookie, `id` what its person calls it by.

    `browser` is a few words such as `Firefox, Windows`: enough to know one's own again.
    `searched` is the name its person looks for in the history; it goes with the session.
    """

    __tablename__: ClassVar[str] = "sessions"
    id: str = Field(primary_key=True)
    digest: str = Field(unique=True)
    person_id: str = Field(foreign_key="members.id", index=True)
    started_at: datetime = instant(index=True)
    seen_at: datetime = instant()
    browser: str = ""
    searched: str = Field(default="", sa_column_kwargs={"server_default": ""})
