"""The sentence of the history page: what has become of a request, in plain text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from domain.request import Outcome, Phase
from locales.catalogue import say
from service.views import NotificationLine, RequestView

#: `{x}` the person as stated, `{y}` as registered, `{n}` the number; in French they read as on the service's own page.
SENTENCES: Mapping[str, str] = {
    "identifiedAs": "{x} was identified as {y} with the NISS {n}",
    "number": "The NISS of {x} is {n}",
    "replaced": "The NISS of {x} was replaced: it is now {n}",
    "given": "A number was given for {x}",
    "changed": "The number of {x} was replaced",
    "inProgress": "The identification request for {x} is in progress",
    "newDocument": "New document needed for {x}",
    "correction": "Data must be corrected or completed for {x}",
    "question": "Information is needed for {x}",
    "reminder": "Reminder: the identification request for {x} is waiting for you",
    "draft": "The identification request for {x} has not been sent yet",
    "rejected": "The identification request for {x} was rejected",
    "withdrawn": "The identification request for {x} was withdrawn",
    "expired": "The identification request for {x} has expired",
    "unnamed": "a person still to be named",
    "erased": "The personal data of this request have been erased",
    "erasedPerson": "a person whose data have been erased",
}
_TOLD: Mapping[str, str] = {
    "inReview": "inProgress",
    "informationRequested": "question",
    "reminder": "reminder",
    "rejected": "rejected",
    "withdrawn": "withdrawn",
    "expired": "expired",
}
#: After these the number that was told before is no longer the one.
_CHANGES = frozenset(("numberReplaced", "rejected"))
_CLOSED: Mapping[Outcome | None, str] = {
    Outcome.REJECTED: "rejected",
    Outcome.WITHDRAWN: "withdrawn",
    Outcome.EXPIRED: "expired",
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """An English sentence with the values of its placeholders: `x` and `y` are people, `n` is a number."""

    english: str
    values: Mapping[str, str]

    def said(self, language: str) -> str:
        """In plain text."""
        return say(self.english, language, self.values)


def summary(view: RequestView, language: str) -> str:
    """What has become of a request, in plain text."""
    return told(view, language).said(language)


def notification_summary(line: NotificationLine, language: str) -> str:
    """What a notification says, in plain text."""
    return told_then(line, language).said(language)


def told(view: RequestView, language: str) -> Sentence:
    """What has become of a request."""
    return _sentence(_state(view), view, language)


def told_then(line: NotificationLine, language: str) -> Sentence:
    """What a notification says: what was so when it was told, not what has become of the request since.

    A number that another one has replaced, or that was withdrawn, is not told again: it may be somebody else's.
    """
    kind, view = line.kind, line.request
    if kind == "informationRequested" and view.action_expected is not None and kind not in line.later:
        return _sentence(view.action_expected.first, view, language)
    if kind in _TOLD:
        return _sentence(_TOLD[kind], view, language)
    if line.later & _CHANGES and not _erased(view):
        return _sentence("changed" if kind == "numberReplaced" else "given", view, language)
    if view.ssin is None:
        # Erased, or the number was withdrawn after an objection: then what has become of it instead.
        return _sentence("erased", view, language) if _erased(view) else told(view, language)
    return _sentence("replaced" if kind == "numberReplaced" else "number", view, language, named=kind == "identified")


def _state(view: RequestView) -> str:
    if view.phase is Phase.COLLECTING:
        return "draft"
    if view.phase is Phase.AWAITING_INFORMATION and view.action_expected is not None:
        return view.action_expected.kind
    if view.phase is Phase.CLOSED and view.outcome in _CLOSED:
        return _CLOSED[view.outcome]
    if view.phase is Phase.CLOSED and view.ssin is not None:
        return "number"
    return "erased" if _erased(view) else "inProgress"


def _erased(view: RequestView) -> bool:
    """Whether a request that was sent and closed has lost its personal data (`niss erase`)."""
    return view.phase is Phase.CLOSED and view.submitted_at is not None and not view.employee


def _sentence(key: str, view: RequestView, language: str, *, named: bool = True) -> Sentence:
    registered = view.registered_name
    if key == "number" and named and view.former_ssin is not None:
        key = "replaced"
    if key == "number" and named and view.outcome is Outcome.IDENTIFIED and registered is not None:
        key = "identifiedAs"
    unnamed = SENTENCES["erasedPerson" if _erased(view) else "unnamed"]
    values = {
        "x": stated_name(view) or say(unnamed, language),
        "y": _full_name(registered[1], registered[0]) if registered else "",
        "n": view.ssin.formatted if view.ssin else "",
    }
    return Sentence(SENTENCES[key], values)


def stated_name(view: RequestView) -> str:
    """Given names and surname as stated: what the register completed is not the requester's word."""
    given = None if "givenNames" in view.completed else view.employee.get("givenNames")
    return _full_name(given, view.employee.get("surname"))


def _full_name(given_names: str | None, surname: str | None) -> str:
    return " ".join(part for part in (given_names, surname) if part)
