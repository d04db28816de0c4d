"""Every message of the code is in every language, and nothing else is."""

import re

import pytest
from babel.messages.catalog import Catalog

from locales import catalogue
from locales.catalogue import LANGUAGES, SOURCE, say
from locales.language import best_language
from service import sentences
from tools import messages

TRANSLATED = [language for language in LANGUAGES if language != SOURCE]


@pytest.fixture(scope="module")
def said() -> messages.Messages:
    return messages.messages()


@pytest.fixture(params=TRANSLATED)
def words(request: pytest.FixtureRequest) -> Catalog:
    return catalogue.read(request.param)


def test_the_code_says_something(said: messages.Messages) -> None:
    """So that an extraction that finds nothing is no success."""
    assert (None, "is required") in said
    assert (None, "There is no such request.") in said
    assert (None, "The body is not accepted.") in said
    assert (None, "The NISS of {x} is {n}") in said
    assert (None, "See the request") in said
    assert ("asked for", "the surname") in said
    assert len(said) > 200


def test_every_message_is_there_and_no_other(words: Catalog, said: messages.Messages) -> None:
    """`make messages` brings a catalogue to the code; then somebody translates what is empty."""
    there = {(message.context, message.id) for message in words if message.id}
    assert sorted(map(str, set(said) - there)) == []
    assert sorted(map(str, there - set(said))) == []
    assert not words.obsolete


def test_every_translation_is_done(words: Catalog) -> None:
    for message in words:
        if message.id:
            assert not message.fuzzy, message.id
            assert str(message.string).strip(), message.id


def test_placeholders_are_the_same(words: Catalog) -> None:
    for message in words:
        english, translated = str(message.id), str(message.string)
        if english:
            assert sorted(re.findall(r"{\w+}", english)) == sorted(re.findall(r"{\w+}", translated)), english
            assert translated.count("{") == len(re.findall(r"{\w+}", translated)), translated


def test_sentences_end_as_in_english(words: Catalog) -> None:
    for message in words:
        english, translated = str(message.id), str(message.string)
        if english:
            assert english.endswith((".", ":")) == translated.endswith((".", ":")), english
            assert translated == translated.strip(), english


@pytest.mark.parametrize(("language", "term"), [("fr", "NISS"), ("nl", "INSZ"), ("de", "ENSS")])
def test_each_language_has_its_own_term_for_the_number(language: str, term: str) -> None:
    for message in catalogue.read(language):
        if "NISS" in str(message.id):
            assert re.findall("NISS|INSZ|ENSS|SSIN", str(message.string)) == [term], message.id


def test_apostrophes_are_those_of_print(words: Catalog) -> None:
    """A straight one is for code. The sentences of the history read as on the service's own page, which has it."""
    as_on_the_page = {
        "fr": {sentence for sentence in sentences.SENTENCES.values() if "dentification request for {x}" in sentence}
    }
    kept = as_on_the_page.get(str(words.locale), set())
    assert not kept or len(kept) == 6
    for message in words:
        if message.id:
            assert ("'" in str(message.string)) == (message.id in kept), message.string


def test_apostrophes_of_the_source_are_those_of_print_too(said: messages.Messages) -> None:
    assert [sentence for _, sentence in said if "'" in sentence] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_files_are_as_the_tool_writes_them(language: str) -> None:
    before = catalogue.path(language).read_bytes()
    assert messages.content(language) == before, "run make messages"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_value_stays_a_value(language: str) -> None:
    """In one pass: a name that looks like a placeholder is not filled."""
    told = say("The NISS of {x} is {n}", language, {"x": "{n} {x} {0}", "n": "85.07.30-033.28"})
    assert "{n} {x} {0}" in told
    assert told.count("85.07.30-033.28") == 1


def test_what_nobody_translated_is_said_in_english() -> None:
    assert say("Nobody says this.", "nl") == "Nobody says this."
    assert say("the surname", "de") == "the surname"
    assert say("the surname", "de", context="asked for") == "den Namen"
    assert say("must be at most {limit}", "xx", {"limit": 3}) == "must be at most 3"
    assert say("must be at most {limit}", "fr") == "doit être au plus {limit}"


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, "fr"),
        ("", "fr"),
        ("*", "fr"),
        ("en", "en"),
        ("EN-gb", "en"),
        ("nl-BE, nl;q=0.9, en;q=0.8, fr;q=0.2", "nl"),
        ("de-BE", "de"),
        ("fr;q=0.1, en;q=0.9", "en"),
        ("en;q=0, fr", "fr"),
        ("en;q=0", "fr"),
        ("en;q=nonsense", "fr"),
        ("zh", "fr"),
        (",;,;q=", "fr"),
        ("en" * 5000, "fr"),
    ],
)
def test_the_language_is_the_best_of_accept_language_else_french(header: str | None, expected: str) -> None:
    assert best_language(header) == expected
