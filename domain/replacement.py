"""One number of a person replaced by another: two numbers were given to one person, and one of them is to hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from domain.errors import InvalidInput, Issue
from domain.identification import RegisteredPerson
from domain.niss import Niss
from domain.statement import text


class Obstacle(StrEnum):
    """Why a number is not replaced."""

    SAME = "same"
    UNKNOWN = "unknown"
    REPLACED = "replaced"
    CIRCLE = "circle"
    DECEASED = "deceased"


@dataclass(frozen=True, slots=True)
class Replaced:
    """The number leads to this person from now on, or did before."""

    person: RegisteredPerson


@dataclass(frozen=True, slots=True)
class NotReplaced:
    """Nothing was changed. `member` is `ssin` or `replacedBy`: the number that stands in the way."""

    member: str
    obstacle: Obstacle


def read_replacement(members: Mapping[str, object]) -> tuple[Niss, Niss]:
    """(the number that goes, the one that stays). Raises InvalidInput."""
    found: dict[str, Niss] = {}
    issues: list[Issue] = []
    for name in ("ssin", "replacedBy"):
        if members.get(name) is None:
            issues.append(Issue(name, "is required"))
            continue
        try:
            found[name] = Niss.parse(text(members[name]))
        except ValueError:
            issues.append(Issue(name, "must be a number of eleven digits with its check digits"))
    if issues:
        raise InvalidInput("The replacement is not accepted.", issues=issues)
    return found["ssin"], found["replacedBy"]
