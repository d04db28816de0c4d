"""Sentences by language: English in the code is the key, `<language>/LC_MESSAGES/niss.po` has the others.

Why gettext, and how a language is added: docs/decisions/0008-one-catalogue.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

#: Languages a request can be kept in, and everything is said in; English is the one the code is written in.
LANGUAGES: Final = ("fr", "nl", "de", "en")
SOURCE: Final = "en"
FOLDER: Final = Path(__file__).parent
_PLACEHOLDER: Final = re.compile(r"{(\w+)}")


def say(
    sentence: str, language: str, params: Mapping[str, str | int] | None = None, *, context: str | None = None
) -> str:
    """An English sentence in another language, its `{placeholders}` filled, in one pass: a value stays a value.

    `context` tells words apart that are one in English (gettext's msgctxt). What nobody translated, and a
    placeholder that nobody filled, stay as they are.

    >>> say("must be at most {limit}", "nl", {"limit": 100})
    'mag hoogstens 100 zijn'
    """
    given = params or {}
    return "".join(
        text if name is None else str(given.get(name, text))
        for name, text in pieces(sentence, language, context=context)
    )


def pieces(sentence: str, language: str, *, context: str | None = None) -> list[tuple[str | None, str]]:
    """The sentence in another language, taken apart: (None, text) or (name, "{name}") for a placeholder.

    For whoever puts more than text in place of a placeholder, as a page does with a name in bold.

    >>> pieces("must be at most {limit}", "nl")
    [(None, 'mag hoogstens '), ('limit', '{limit}'), (None, ' zijn')]
    """
    said = sentence if language == SOURCE else _words(language).get((context, sentence)) or sentence
    found: list[tuple[str | None, str]] = []
    at = 0
    for placeholder in _PLACEHOLDER.finditer(said):
        found.append((None, said[at : placeholder.start()]))
        found.append((placeholder[1], placeholder[0]))
        at = placeholder.end()
    found.append((None, said[at:]))
    return [(name, text) for name, text in found if text]


def path(language: str) -> Path:
    """Where the catalogue of a language lies. English has none."""
    return FOLDER / language / "LC_MESSAGES" / "niss.po"


def read(language: str) -> Catalog:
    """The whole catalogue of a language, as its file says it. OSError where there is none."""
    with path(language).open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


@cache
def _words(language: str) -> Mapping[tuple[str | None, str], str]:
    """Read once a process; a fuzzy translation is none."""
    if language not in LANGUAGES:
        return {}
    return {
        (message.context, str(message.id)): str(message.string)
        for message in read(language)
        if message.id and message.string and not message.fuzzy
    }
