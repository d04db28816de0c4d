"""The shapes of bodies about who sees what: why a case is opened, who is given it, what is looked for in the log."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, Field

from api.inputs import Body, Cursor, EnterpriseNumber, Id, Message
from domain.niss import Niss


def _instant(value: str) -> str:
    try:
        at = datetime.fromisoformat(value)
        if at.tzinfo is not None:
            return at.astimezone(UTC).isoformat()
    except (ValueError, OverflowError):
        pass
    raise ValueError("must be an instant such as 2026-05-04T09:12:31Z")


def _number(value: str) -> str:
    try:
        return Niss.parse(value).digits
    except ValueError:
        raise ValueError("must be a number of eleven digits with its check digits") from None


Instant = Annotated[str, AfterValidator(_instant), Field(json_schema_extra={"format": "date-time"})]
Number = Annotated[str, AfterValidator(_number), Field(description="with or without punctuation")]


class Opening(Body):
    """Why an agent opens a case that is not in their queue."""

    reason: Message


class Assignment(Body):
    """The agent who is given the case."""

    assignee: Id


class ConsultationsSearch(Body):
    """All that is given must hold. `since` is included, `until` is not; `personId` is who was shown something.

    `reason` is why one looks, and is noted with the search.
    """

    reason: Message
    ssin: Number | None = None
    request_id: Id | None = None
    person_id: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    company: EnterpriseNumber | None = None
    what: Annotated[str, Field(pattern=r"^[A-Za-z]{1,40}$")] | None = None
    since: Instant | None = None
    until: Instant | None = None
    page_size: Annotated[int, Field(ge=1, le=100)] | None = None
    cursor: Cursor | None = None
