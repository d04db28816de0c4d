"""Short and familiar forms of given names: a reason for an agent to look, never to answer without one.

nicknames.txt and given_names.txt were collected by hand from common knowledge of the languages; a line is one name, in
the first file with its forms, upper-case ASCII.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import resources

_FORMS: dict[str, frozenset[int]] = {}
_LINES = resources.files(__package__).joinpath("nicknames.txt").read_text("ascii").splitlines()
for _number, _line in enumerate(_LINES):
    for _form in _line.split():
        _FORMS[_form] = _FORMS.get(_form, frozenset()) | {_number}
_NAMES = frozenset(resources.files(__package__).joinpath("given_names.txt").read_text("ascii").split())


def may_be_called(one: str, other: str) -> bool:
    """Whether two given names (upper-case ASCII) are forms of one name. Symmetric.

    >>> may_be_called("KASIA", "KATARZYNA"), may_be_called("ANNA", "MARIA")
    (True, False)
    """
    return bool(_FORMS.get(one, frozenset()) & _FORMS.get(other, frozenset()))


def is_known(name: str) -> bool:
    """Whether this is a given name of its own somewhere, not only a misspelling of one.

    >>> is_known("ANNIE"), is_known("COENIG")
    (True, False)
    """
    return name in _FORMS


def other_names(stated: Iterable[str], registered: Iterable[str]) -> bool:
    """Whether what differs between two given names are two names, as far as the lists know: Marco is not Mario.

    >>> other_names(["MARCO"], ["MARIO"]), other_names(["COENIG"], ["COENIGE"]), other_names(["MARAI"], ["MARIA"])
    (True, False, False)
    """
    ours, theirs = set(stated), set(registered)
    return any(map(_is_name, ours - theirs)) and any(map(_is_name, theirs - ours))


def _is_name(part: str) -> bool:
    return part in _NAMES or is_known(part)
