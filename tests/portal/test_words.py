"""Plain words: no sentence of a page has more than 25 of them, in any language."""

from __future__ import annotations

import re

import pytest
from jinja2 import Environment, nodes

from locales.catalogue import LANGUAGES, say
from portal import access_words, words
from portal.rendering import TEMPLATES

LONGEST = 25
#: The desk is for people who do this all day.
REQUESTERS = sorted(file for file in TEMPLATES.glob("*.html") if not file.name.startswith(("desk", "case")))


def sentences() -> set[str]:
    found = set()
    for file in REQUESTERS:
        for call in Environment(autoescape=True).parse(file.read_text("utf-8")).find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name == "_" and isinstance(call.args[0], nodes.Const):
                found.add(str(call.args[0].value))
    for name, table in (item for each in (words, access_words) for item in vars(each).items()):
        if name.isupper():
            found |= set(table.values()) if isinstance(table, dict) else {str(table)}
    return found


def test_there_are_sentences() -> None:
    assert len(sentences()) > 250


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_short(language: str) -> None:
    for english in sentences():
        for sentence in re.split(r"(?<=[.:;?!])\s", say(english, language)):
            assert len(sentence.split()) <= LONGEST, sentence
