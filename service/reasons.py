"""Why somebody looks, as they type it. It stays in the log for ten years, past a person's erasure: it names nobody."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import accumulate
from typing import Final

from sqlmodel import Session

from domain.errors import InvalidInput, Issue
from domain.statement import text
from matching.normalise import PARTICLES, forms
from store import requests
from store.tables import Request

#: What the log says of a search of the register that came through the API and brought neither reason nor request.
UNSTATED: Final = "none stated (API)"
#: What it says of `niss audit search`: nobody typed it, so it names nobody.
COMMAND: Final = "niss audit search"
#: A reason is a message of the interface: so many characters.
_LIMIT: Final = 2_000
_NAMES: Final = ("surname", "givenNames", "formerSurname")
_DIGITS_OF_A_NUMBER: Final = 11
_LETTERS_OF_A_NAME: Final = 3
_APOSTROPHE: Final = re.compile(r"['`´‘’]")  # noqa: RUF001 - the look-alikes are the point
#: Digits, with at most three characters of punctuation or spaces between two groups of them.
_GROUPED: Final = re.compile(r"\d+(?:[\W_]{1,3}\d+)*")


def read_reason(given: object, names: Iterable[str] = ()) -> str:
    """The reason, trimmed. Raises InvalidInput on `reason` where it is no text, or names somebody.

    `names` are those of the person or case it is about. A word of three letters or more counts, in any case and with
    any accents, but no particle ("van", "de"); so does a name written as one word, and every number of eleven digits.
    """
    try:
        reason = text(given, limit=_LIMIT, lines=True)
    except ValueError as wrong:
        raise _refused(Issue("reason", str(wrong))) from None
    if holds_number(reason) or not _words(reason).isdisjoint(_names(names)):
        raise _refused(Issue("reason", "must hold no name of the person and no number of eleven digits"))
    return reason


def holds_number(reason: str) -> bool:
    """Whether eleven digits stand together, or groups of digits with punctuation between them that make eleven.

    >>> holds_number("of 83.45.24-163.11"), holds_number("83 45 24 / 163 11 2"), holds_number("0999.000.129")
    (True, True, False)
    """
    for found in _GROUPED.finditer(reason):
        lengths = [len(group) for group in re.findall(r"\d+", found[0])]
        if max(lengths) >= _DIGITS_OF_A_NUMBER:
            return True
        if any(_makes_a_number(lengths[first:]) for first in range(len(lengths))):
            return True
    return False


def _makes_a_number(lengths: list[int]) -> bool:
    """Whether the first few groups have eleven digits together; no more of them are looked at than can."""
    return _DIGITS_OF_A_NUMBER in accumulate(lengths[:_DIGITS_OF_A_NUMBER])


def names_in(members: Mapping[str, object]) -> tuple[str, ...]:
    """The names among the members of personal data."""
    return tuple(str(members[name]) for name in _NAMES if members.get(name))


def names_of(session: Session, row: Request) -> tuple[str, ...]:
    """The names of a case: stated, and of the person whom the register answered; () where they were erased."""
    statement = requests.statements_of(session, [row.id]).get(row.id)
    stated = names_in(statement.personal_data) if statement is not None and statement.personal_data else ()
    return stated + tuple(name for name in (row.registered_surname, row.registered_given_names) if name)


def _refused(issue: Issue) -> InvalidInput:
    return InvalidInput("The reason is not accepted.", issues=[issue])


def _words(reason: str) -> frozenset[str]:
    # Of "Müller's" the name is one word: an apostrophe joins (d'Hondt) or parts.
    spelled = (*forms(reason), *forms(_APOSTROPHE.sub(" ", reason)))
    return frozenset(part for parts in spelled for part in parts)


def _names(names: Iterable[str]) -> frozenset[str]:
    spelled = [parts for name in names for parts in forms(name)]
    words = {part for parts in spelled for part in (*parts, "".join(parts)) if part not in PARTICLES}
    return frozenset(word for word in words if len(word) >= _LETTERS_OF_A_NAME)
