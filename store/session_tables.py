"""Who is signed in, and who is on the way to it. Nothing in these tables opens anything: secrets are hashed."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlmodel import Field

from store.columns import Table, instant


class SessionRow(Table, table=True):
    """One browser of one person. `digest` is the hash of the secret in its cookie, `id` what its person calls it by.

    `browser` is a few words such as `Firefox, Windows`: enough to know one's own again; `issuer` vouched for them.
    `searched` is the name its person looks for in the history; it goes with the session. `sub` and `sid` are what the
    issuer calls person and session when it says that they have signed out there.
    """

    __tablename__: ClassVar[str] = "sessions"
    id: str = Field(primary_key=True)
    digest: str = Field(unique=True)
    person_id: str = Field(foreign_key="members.id", index=True)
    started_at: datetime = instant(index=True)
    seen_at: datetime = instant()
    browser: str = ""
    searched: str = Field(default="", sa_column_kwargs={"server_default": ""})
    issuer: str = Field(default="", sa_column_kwargs={"server_default": ""})
    sub: str = Field(default="", sa_column_kwargs={"server_default": ""})
    sid: str = Field(default="", sa_column_kwargs={"server_default": ""})


class LogoutRow(Table, table=True):
    """A logout token that counted, by the hash of its issuer and id: it counts once."""

    __tablename__: ClassVar[str] = "logouts"
    digest: str = Field(primary_key=True)
    ends_at: datetime = instant(index=True)


class SignInRow(Table, table=True):
    """A sign-in on its way. It counts once, for one browser, and for some minutes.

    `verifier` is PKCE's: worth nothing without the code, which only the browser gets.
    """

    __tablename__: ClassVar[str] = "sign_ins"
    state_digest: str = Field(primary_key=True)
    browser_digest: str
    issuer_key: str
    nonce: str
    verifier: str
    way_back: str
    target: str
    ends_at: datetime = instant(index=True)


class IdentityRow(Table, table=True):
    """Under which subject an issuer knows a person. A subject is one person; the same word at another issuer is not."""

    __tablename__: ClassVar[str] = "identities"
    issuer: str = Field(primary_key=True)
    subject: str = Field(primary_key=True)
    person_id: str = Field(foreign_key="members.id", index=True)
    since: datetime = instant()
