"""Short and familiar forms of given names: a reason for an agent to look, never to answer without one.

nicknames.txt and given_names.txt were collected by hand from common knowledge of the languages; a line is one name, in
the first file with its forms, upper-case ASCII. The given names of some eighty languages come with the package Faker.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import import_module, resources

from matching.normalise import forms

_FORMS: dict[str, frozenset[int]] = {}
_LINES = resources.files(__package__).joinpath("nicknames.txt").read_text("ascii").splitlines()
for _number, _line in enumerate(_LINES):
    for _form in _line.split():
        _FORMS[_form] = _FORMS.get(_form, frozenset()) | {_number}
_NAMES = frozenset(resources.files(__package__).joinpath("given_names.txt").read_text("ascii").split())
#: Shorter ones are initials, and Chinese ones cut into syllables.
_SHORTEST_NAME = 3


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

    Nor is who begins with another letter: of a name the first is the last to be mistyped.

    >>> other_names(["MARCO"], ["MARIO"]), other_names(["COENIG"], ["COENIGE"]), other_names(["MARAI"], ["MARIA"])
    (True, False, False)
    >>> other_names(["DAREK"], ["MAREK"]), other_names(["LENA"], ["LINA"]), other_names(["HILDEGARDA"], ["HILDEGARD"])
    (True, True, False)
    """
    ours, theirs = set(stated) - set(registered), set(registered) - set(stated)
    if ours and theirs and not {part[0] for part in ours} & {part[0] for part in theirs}:
        return True
    return any(map(_is_name, ours)) and any(map(_is_name, theirs))


def _is_name(part: str) -> bool:
    return part in _NAMES or is_known(part) or part in given_names()


@lru_cache(maxsize=1)
def given_names() -> frozenset[str]:
    """Some 28,000 given names, upper-case ASCII, a part each: what Faker has. Takes a second the first time."""
    return frozenset(
        part for name in _listed() for parts in forms(name) for part in parts if len(part) >= _SHORTEST_NAME
    )


def _listed() -> Iterator[str]:
    person = import_module("faker.providers.person")
    for language in pkgutil.iter_modules(person.__path__):
        provider = import_module(f"{person.__name__}.{language.name}").Provider
        for attribute in dir(provider):
            if "first_name" in attribute and isinstance(names := getattr(provider, attribute), (tuple, list, dict)):
                yield from (name for name in names if isinstance(name, str))
