"""Every sentence that can reach a caller is there in every language."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from api import errors
from api.language import SPOKEN, best_language, say
from api.sentences import SENTENCES

PROJECT = Path(__file__).resolve().parents[2]
ROOMS = ("access", "api", "documents", "domain/statement.py", "domain/ruling.py", "register/sql.py", "service", "store")
#: Which positional argument of a call is a sentence.
SENTENCE_OF = {
    "Issue": 1,
    "refuse": 1,
    "InvalidInput": 0,
    "TooLarge": 0,
    "UnsupportedMedia": 0,
    "NotAuthenticated": 0,
    "NotAllowed": 0,
    "NotFound": 0,
    "Conflict": 0,
    "checked_id": 1,
}
#: Rules whose ValueError becomes an issue's detail.
RULES = ("domain/statement.py", "service/steps.py")


def calls(path: Path) -> Iterator[tuple[str, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            constants = [arg.value if isinstance(arg, ast.Constant) else None for arg in node.args]
            place = SENTENCE_OF.get(node.func.id)
            if node.func.id == "ValueError" and str(path.relative_to(PROJECT)) in RULES:
                place = 0
            if node.func.id == "problem":
                place = 3
            if place is not None and len(constants) > place and isinstance(constants[place], str):
                yield node.func.id, str(constants[place])


def said() -> set[str]:
    found = set(errors._SENTENCES.values()) | set(errors._DETAIL_OF_STATUS.values())
    for room in ROOMS:
        place = PROJECT / room
        for path in [place] if place.is_file() else sorted(place.glob("*.py")):
            found |= {sentence for _, sentence in calls(path)}
    source = (PROJECT / "api/errors.py").read_text(encoding="utf-8")
    found |= set(re.findall(r'detail = "([^"]+)"', source))
    found.add("The body is not accepted.")
    return found - NOT_SAID


#: Raised where nobody outside hears it.
NOT_SAID = {"a question has a deadline", "another list's cursor", "not a position"}


@pytest.mark.parametrize("language", [language for language in SPOKEN if language != "en"])
def test_every_sentence_is_there_in_every_language(language: str) -> None:
    catalogue = json.loads((PROJECT / f"api/locales/{language}.json").read_text(encoding="utf-8"))
    sentences = said()
    assert sorted(sentences - set(catalogue)) == []
    for sentence, translated in catalogue.items():
        assert translated.strip(), sentence
        assert set(re.findall(r"{\w+}", sentence)) == set(re.findall(r"{\w+}", translated)), sentence


def test_summaries_are_there_in_every_language() -> None:
    assert set(SENTENCES) == set(SPOKEN)
    for table in SENTENCES.values():
        assert set(table) == set(SENTENCES["en"])
        for key, sentence in table.items():
            assert set(re.findall(r"{\w+}", sentence)) == set(re.findall(r"{\w+}", SENTENCES["en"][key])), key


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, "fr"),
        ("", "fr"),
        ("*", "fr"),
        ("en", "en"),
        ("EN-gb", "en"),
        ("nl-BE, nl;q=0.9, en;q=0.8, fr;q=0.2", "en"),
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
    assert best_language(header, ("fr", "en")) == expected


def test_placeholders_are_filled_once() -> None:
    assert say("must be at most {limit}", "en", {"limit": 100}) == "must be at most 100"
