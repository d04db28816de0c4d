"""Every message of the code, and the catalogues brought to it: `python tools/messages.py` (make messages).

New messages are added to each `locales/<language>/LC_MESSAGES/niss.po` without a translation, those that nobody says
any more are dropped. tests/locales then fails until somebody has translated them: a sentence is never guessed.
"""

from __future__ import annotations

import ast
import io
import sys
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from babel.messages.catalog import Catalog  # noqa: E402 - the project's folder comes first
from babel.messages.pofile import write_po  # noqa: E402 - after the path is set
from jinja2 import Environment, nodes  # noqa: E402 - after the path is set

from api import errors  # noqa: E402 - after the path is set
from locales import catalogue  # noqa: E402 - after the path is set
from mail import compose, languages  # noqa: E402 - after the path is set
from matching import evidence  # noqa: E402 - after the path is set
from matching.dates import DateLikeness  # noqa: E402 - after the path is set
from portal import access_words, rendering, words  # noqa: E402 - after the path is set
from portal.desk import words as desk_words  # noqa: E402 - after the path is set
from service import cautions, document_evidence, sentences  # noqa: E402 - after the path is set

#: (context, sentence).
Messages = frozenset[tuple[str | None, str]]

ROOMS = (
    "access",
    "api",
    "documents",
    "domain/statement.py",
    "domain/ruling.py",
    "portal",
    "register/sql.py",
    "runtime/multipart.py",
    "service",
    "store",
)
#: Which positional argument of a call is a sentence.
SENTENCE_OF = {
    "TooManyCalls": 0,
    "Issue": 1,
    "refuse": 1,
    "InvalidInput": 0,
    "TooLarge": 0,
    "UnsupportedMedia": 0,
    "NotAuthenticated": 0,
    "NotAllowed": 0,
    "NotFound": 0,
    "Conflict": 0,
    "Stranger": 0,
    "checked_id": 1,
    "problem": 3,
}
#: Rules whose ValueError becomes an issue's detail.
RULES = (
    *("domain/statement.py", "api/inputs.py", "api/audit_inputs.py"),
    *("service/mandates.py", "service/members.py", "service/objections.py"),
)
#: Raised where nobody outside hears it.
NOT_SAID = {"not a day"}

#: What editors of such files need to know; dates and names of translators are in the history of the repository.
HEADER = """msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def messages() -> Messages:
    """All: calls with a sentence in the rooms that refuse, tables of sentences, templates of mails and pages."""
    found: set[str] = set()
    for room in ROOMS:
        place = PROJECT / room
        for path in [place] if place.is_file() else sorted(place.rglob("*.py")):
            found |= set(_said_in(path))
    for path in (*sorted(compose.TEMPLATES.glob("*.txt")), *sorted(rendering.TEMPLATES.rglob("*.html"))):
        found |= set(_said_by(path))
    found |= set(_tables())
    asked = {(languages.ASKED_CONTEXT, sentence) for sentence in languages.ASKED.values()}
    return frozenset({(None, sentence) for sentence in found - NOT_SAID} | asked)


def update(language: str) -> Catalog:
    """A language's catalogue with exactly the messages of the code; translations that are there are kept."""
    fresh = Catalog(locale=language)
    known = {}
    if catalogue.path(language).exists():
        known = {
            (message.context, message.id): message.string for message in catalogue.read(language) if not message.fuzzy
        }
    for context, sentence in messages():
        string = str(known.get((context, sentence)) or "")
        fresh.add(sentence, string, context=context)
    return fresh


def content(language: str) -> bytes:
    """The file as it should be: by message and without places in the code, so that only what is said changes it."""
    written = io.BytesIO(HEADER.format(language=language).encode())
    written.seek(0, io.SEEK_END)
    write_po(written, update(language), width=0, sort_output=True, no_location=True, omit_header=True)
    return written.getvalue()


def _tables() -> Iterator[str]:
    yield from errors._SENTENCES.values()  # noqa: SLF001 - this tool is its only other reader
    yield from errors._DETAIL_OF_STATUS.values()  # noqa: SLF001 - to be translated too
    yield from sentences.SENTENCES.values()
    yield from cautions.DOUBTS.values()
    yield from cautions.CAUTIONS.values()
    yield from document_evidence.DOCUMENT_SAYS.values()
    yield from compose.FRAME.values()
    yield from languages.INFORMATION_REASONS.values()
    yield from languages.REJECTION_REASONS.values()
    yield languages.WHEN
    yield from _evidence()
    for name, table in [item for each in (words, desk_words, access_words) for item in vars(each).items()]:
        if name.isupper():
            yield from table.values() if isinstance(table, dict) else [str(table)]


def _evidence() -> Iterator[str]:
    """What comparisons say: of names (`{what}` is one of two kinds of them), of dates, and of everything else."""
    for node in ast.walk(ast.parse((PROJECT / "matching" / "names.py").read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "NameComparison":
            yield from _filled(node.args[1])
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and " " in str(node.value.value):
            yield from _text(node.value)
    yield from (likeness.value for likeness in DateLikeness)
    yield from evidence._WHY.values()  # noqa: SLF001 - this tool is its only other reader


def _filled(node: ast.expr) -> Iterator[str]:
    if not isinstance(node, ast.JoinedStr):
        yield from _text(node)
        return
    for what in ("surnames", "given names"):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else what for part in node.values)


def _said_in(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            place = SENTENCE_OF.get(node.func.id)
            if node.func.id == "ValueError" and _name(path) in RULES:
                place = 0
            yield from _text(node.args[place]) if place is not None and len(node.args) > place else ()
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(target, ast.Name) and target.id == "detail" for target in targets):
                yield from _text(node.value)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from _defaults(node)


def _defaults(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[str]:
    """Defaults of parameters called `detail`."""
    named = function.args.args[len(function.args.args) - len(function.args.defaults) :]
    for parameter, default in zip(named, function.args.defaults, strict=True):
        if parameter.arg == "detail":
            yield from _text(default)


def _text(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        yield node.value


def _said_by(template: Path) -> Iterator[str]:
    for call in Environment(autoescape=True).parse(template.read_text(encoding="utf-8")).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "_":
            sentence = call.args[0]
            if not isinstance(sentence, nodes.Const):
                raise ValueError(f"{_name(template)}: `_` takes a sentence, not a variable")
            yield str(sentence.value)


def _name(path: Path) -> str:
    return str(path.relative_to(PROJECT))


if __name__ == "__main__":
    for language in catalogue.LANGUAGES:
        if language != catalogue.SOURCE:
            fresh = content(language)
            catalogue.path(language).parent.mkdir(parents=True, exist_ok=True)
            catalogue.path(language).write_bytes(fresh)
            untranslated = sum(1 for message in catalogue.read(language) if message.id and not message.string)
            print(f"{catalogue.path(language).relative_to(PROJECT)}: {untranslated} messages to translate")
