"""What routes of pages share: where one is led next, ids of addresses, statuses, and reasons in words."""

from __future__ import annotations

import re
from urllib.parse import quote

from fastapi.responses import RedirectResponse

from domain.errors import (
    Conflict,
    InvalidInput,
    NissDeskError,
    NotAllowed,
    NotFound,
    TooLarge,
    TooManyCalls,
    UnsupportedMedia,
)
from locales.catalogue import say
from mail.languages import INFORMATION_REASONS, REJECTION_REASONS
from service.views import RequestView

_STATUS: tuple[tuple[type[NissDeskError], int], ...] = (
    (NotAllowed, 403),
    (NotFound, 404),
    (TooLarge, 413),
    (UnsupportedMedia, 415),
    (InvalidInput, 400),
    (Conflict, 409),
    (TooManyCalls, 429),
)
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)


def status_of(error: Exception) -> int:
    """The status of a page that tells of an error; 503 where something outside is away."""
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 503)


def see(path: str) -> RedirectResponse:
    """To another page, which is then read (303): going back or reloading sends nothing twice."""
    return RedirectResponse(path, 303)


def checked_id(given: str) -> str:
    """An id of an address. Raises NotFound where it cannot be one of ours."""
    if not _ID.fullmatch(given):
        raise NotFound("There is no such request.")
    return given


def request_page(request_id: str, part: str = "") -> str:
    """The address of a request's page, or of a part of it."""
    return f"/requests/{quote(request_id, safe='')}" + (f"/{part}" if part else "")


def reason_of(view: RequestView, language: str) -> str:
    """Why something is asked for, or why it was rejected; "" where that is told in the agent's own words only."""
    words = INFORMATION_REASONS if view.action_expected else REJECTION_REASONS
    told = view.action_expected or view.rejection
    if told is None or told.reason == "other" or told.reason not in words:
        return ""
    return say("The reason: {reason}.", language, {"reason": say(words[told.reason], language)})
