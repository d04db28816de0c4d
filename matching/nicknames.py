"""Short and familiar forms of given names: a reason for an agent to look, never to answer without one.

nicknames.txt was collected by hand from common knowledge of the languages; a line is one name with its forms,
upper-case ASCII.
"""

from __future__ import annotations

from importlib import resources

_FORMS: dict[str, frozenset[int]] = {}
_LINES = resources.files(__package__).joinpath("nicknames.txt").read_text("ascii").splitlines()
for _number, _line in enumerate(_LINES):
    for _form in _line.split():
        _FORMS[_form] = _FORMS.get(_form, frozenset()) | {_number}


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
