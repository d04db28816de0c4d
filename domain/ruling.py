"""What an agent may decide, as the call's body says it. Its rules: docs/api.md."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from domain.errors import InvalidInput, Issue
from domain.niss import Niss
from domain.request import RulingKind
from domain.statement import MESSAGE_LENGTH, PERSONAL_DATA_FIELDS, text

QUESTION_REASONS = ("unreadable", "incomplete", "expired", "wrongKind", "dataMismatch", "other")
REJECTION_REASONS = ("notIdentifiable", "notEligible", "suspectedFraud", "noAnswer", "other")
ASKABLE_FIELDS = (*PERSONAL_DATA_FIELDS, "official", "contact")
_MEMBERS = {
    RulingKind.IDENTIFY: {"ssin"},
    RulingKind.CREATE_NUMBER: {"differentFrom"},
    RulingKind.REQUEST_INFORMATION: {"document", "fields", "reason", "message"},
    RulingKind.REJECT: {"reason", "message"},
}


@dataclass(frozen=True, slots=True)
class ProposedRuling:
    """A ruling that is well formed. `body` holds the API members besides `kind`, numbers as eleven digits."""

    kind: RulingKind
    body: dict[str, Any]


def read_ruling(members: Mapping[str, object]) -> ProposedRuling:
    """A ruling from API members. Raises InvalidInput that names every wrong member."""
    try:
        kind = RulingKind(str(members.get("kind")))
    except ValueError:
        kinds = ", ".join(kind.value for kind in RulingKind)
        raise InvalidInput(
            "The ruling is not accepted.", issues=[Issue("kind", "must be one of {values}", params={"values": kinds})]
        ) from None
    issues = [
        Issue(name, "does not belong to this kind of ruling")
        for name, value in members.items()
        if name != "kind" and name not in _MEMBERS[kind] and value is not None
    ]
    body = _READERS[kind](members, issues)
    if issues:
        raise InvalidInput("The ruling is not accepted.", issues=issues)
    return ProposedRuling(kind, body)


def _identify(members: Mapping[str, object], issues: list[Issue]) -> dict[str, Any]:
    return {"ssin": _ssin(members.get("ssin"), "ssin", issues)}


def _create_number(members: Mapping[str, object], issues: list[Issue]) -> dict[str, Any]:
    given = members.get("differentFrom")
    if given is None:
        return {"differentFrom": []}
    if not isinstance(given, list):
        issues.append(Issue("differentFrom", "must be a list"))
        return {}
    return {"differentFrom": [_ssin(value, f"differentFrom[{index}]", issues) for index, value in enumerate(given)]}


def _request_information(members: Mapping[str, object], issues: list[Issue]) -> dict[str, Any]:
    document = members.get("document")
    if document is not None and not isinstance(document, bool):
        issues.append(Issue("document", "must be true or false"))
    given = members.get("fields")
    fields: list[str] = []
    if given is not None and not isinstance(given, list):
        issues.append(Issue("fields", "must be a list"))
    for index, name in enumerate(given if isinstance(given, list) else []):
        if name not in ASKABLE_FIELDS:
            issues.append(Issue(f"fields[{index}]", "is not a field that can be asked for"))
        elif name not in fields:
            fields.append(str(name))
    if document is not True and not fields and not issues:
        issues.append(Issue("fields", "a document or at least one field must be asked for"))
    return {
        "document": document is True,
        "fields": fields,
        **_reason_and_message(members, QUESTION_REASONS, issues),
    }


def _reject(members: Mapping[str, object], issues: list[Issue]) -> dict[str, Any]:
    return _reason_and_message(members, REJECTION_REASONS, issues)


def _reason_and_message(members: Mapping[str, object], reasons: tuple[str, ...], issues: list[Issue]) -> dict[str, Any]:
    reason, message = members.get("reason"), members.get("message")
    if reason is None:
        issues.append(Issue("reason", "is required"))
    elif reason not in reasons:
        issues.append(Issue("reason", "must be one of {values}", params={"values": ", ".join(reasons)}))
    if message is None:
        return {"reason": reason}
    try:
        return {"reason": reason, "message": text(message, limit=MESSAGE_LENGTH, lines=True)}
    except ValueError as wrong:
        issues.append(Issue("message", str(wrong)))
        return {}


def _ssin(value: object, name: str, issues: list[Issue]) -> str:
    if value is None:
        issues.append(Issue(name, "is required"))
        return ""
    try:
        return Niss.parse(text(value)).digits
    except ValueError:
        issues.append(Issue(name, "must be a number of eleven digits with its check digits"))
        return ""


_READERS: Mapping[RulingKind, Callable[[Mapping[str, object], list[Issue]], dict[str, Any]]] = {
    RulingKind.IDENTIFY: _identify,
    RulingKind.CREATE_NUMBER: _create_number,
    RulingKind.REQUEST_INFORMATION: _request_information,
    RulingKind.REJECT: _reject,
}
