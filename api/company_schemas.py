"""The shapes of answers about a company: its people and mandates."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from api.answer import Answer
from api.schemas import Page, PersonAnswer


class MemberAnswer(Answer):
    """A colleague; `invited` until the first call."""

    id: str
    name: str
    email: str
    role: Literal["administrator", "requester"]
    state: Literal["active", "invited"]


class MemberPage(Page):
    """A company's people, by name."""

    items: list[MemberAnswer]


class MandateAnswer(Answer):
    """A mandate: the other company's number and name; both days included, in Brussels."""

    id: str
    enterprise_number: Annotated[str, Field(pattern=r"^\d{10}$", examples=["0999002307"])]
    name: str
    direction: Literal["granted", "received"]
    from_: Annotated[date, Field(alias="from")]
    until: date | None = None


class TrailAnswer(Answer):
    """Who did what to whose access; `subject` is a member, a mandate or a client by its id."""

    id: str
    at: datetime
    kind: str
    by: PersonAnswer
    subject: str
    subject_name: str | None = None
    codes: dict[str, str]


class TrailPage(Page):
    """An audit trail, newest first."""

    items: list[TrailAnswer]


class MandatePage(Page):
    """What a company has granted and received, latest first."""

    items: list[MandateAnswer]
