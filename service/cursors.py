"""Cursors are made here and come back from outside: whatever is in them is looked at before the database sees it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from domain.errors import InvalidInput, Issue

_ID = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)


def refused() -> InvalidInput:
    """The refusal of a cursor that is not one of ours."""
    return InvalidInput("The cursor is not one of ours.", issues=[Issue("cursor", "is not one of ours", "query")])


def instant(given: object) -> datetime:
    """An aware instant in UTC. Raises InvalidInput."""
    try:
        at = datetime.fromisoformat(str(given))
        if at.tzinfo is None:
            raise refused()
        return at.astimezone(UTC)
    except (ValueError, OverflowError):
        raise refused() from None


def day(given: object) -> date:
    """A calendar day. Raises InvalidInput."""
    try:
        return date.fromisoformat(str(given))
    except ValueError:
        raise refused() from None


def number(given: object) -> int:
    """A row's number. Raises InvalidInput."""
    text = str(given)
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise refused()
    return int(text)


def identifier(given: object) -> str:
    """An id that may be one of ours. Raises InvalidInput."""
    if not isinstance(given, str) or not _ID.fullmatch(given):
        raise refused()
    return given
