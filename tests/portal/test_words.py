"""Plain words: no sentence that anybody reads has more than 25 of them, in any language; and keys are what they say."""

from __future__ import annotations

import re

import pytest

from locales.catalogue import LANGUAGES, say
from portal.desk.words import KEYS
from portal.rendering import TEMPLATES
from tools.messages import messages

LONGEST = 25


def sentences() -> set[str]:
    """Of pages, mails, refusals and the history: whatever the catalogues hold, wherever in the code it is said."""
    return {sentence for context, sentence in messages() if context is None}


def test_there_are_sentences() -> None:
    said = sentences()
    assert len(said) > 900
    for place in (
        "Fill in the surname, as on the document.",  # a form
        "The NISS of {x} is {n}",  # the history, of service/
        "is no day of the calendar",  # a rule, of domain/
        "An agent has decided already.",  # a refusal, of service/
    ):
        assert place in said, place


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_short(language: str) -> None:
    for english in sentences():
        for sentence in re.split(r"(?<=[.:;?!])\s", say(english, language)):
            assert len(sentence.split()) <= LONGEST, sentence


def test_each_key_of_the_list_is_on_a_page_and_no_other() -> None:
    pressed = {
        key for file in TEMPLATES.rglob("*.html") for key in re.findall(r'data-key="([^"]+)"', file.read_text("utf-8"))
    }
    assert pressed | {"?"} == set(KEYS), "the script answers to `?` itself"
