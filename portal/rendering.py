"""A page: a template, in the reader's language. What is put into a sentence is escaped, and may be markup of ours."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime, format_time
from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from domain.countries import COUNTRIES
from domain.niss import Niss
from domain.people import PartialDate
from locales.catalogue import LANGUAGES, pieces
from locales.language import best_language
from service.sentences import Sentence

FOLDER: Final = Path(__file__).parent
STATIC: Final = FOLDER / "static"
TEMPLATES: Final = FOLDER / "templates"
BRUSSELS: Final = ZoneInfo("Europe/Brussels")
#: The cookie with the language that somebody has chosen. It says nothing of who they are.
LANGUAGE_COOKIE: Final = "language"
LOCALES: Final = {"nl": "nl_BE", "fr": "fr_BE", "de": "de_BE", "en": "en_GB"}
_NAMES: Final = {"nl": "Nederlands", "fr": "Français", "de": "Deutsch", "en": "English"}
#: What every template may read: who looks, which place of the menu this is, how many cases wait (at the desk alone),
#: which form a change of language must keep, and what is wrong.
_EVERYWHERE: Final[Mapping[str, object]] = {
    "visitor": None,
    "place": "",
    "waiting": None,
    "main_form": None,
    "wrong": (),
}
#: How an instant is written in a list, in Brussels time.
_MOMENT: Final = {"de": "dd.MM.yyyy HH:mm"}
_DAY: Final = {"de": "dd.MM.yyyy"}


def language_of(request: Request) -> str:
    """The language somebody has chosen, else the best of Accept-Language, else French."""
    chosen = request.scope.get("niss.language") or request.cookies.get(LANGUAGE_COOKIE)
    return chosen if chosen in LANGUAGES else best_language(request.headers.get("accept-language"))


def page(
    request: Request, template: str, values: Mapping[str, object] | None = None, *, status: int = 200
) -> HTMLResponse:
    """A template of `templates/`, whole page or part of one, as an answer in the visitor's language."""
    language = language_of(request)
    given = {**_EVERYWHERE, "request": request, "path": request.url.path, **(values or {})}
    content = _environment(language).get_template(template).render(given)
    headers = {"Content-Language": language, "Vary": "Accept-Language, Cookie"}
    return HTMLResponse(content, status, headers=headers)


def said(english: str, language: str, params: Mapping[str, object] | None = None) -> Markup:
    """A sentence in a language as markup: every value is escaped, unless it is markup already.

    >>> said("The NISS of {x} is {n}", "en", {"x": "<b>", "n": Markup("<b>1</b>")})
    Markup('The NISS of &lt;b&gt; is <b>1</b>')
    """
    given = params or {}
    parts = (text if name is None else given.get(name, text) for name, text in pieces(english, language))
    return Markup("").join(escape(part) for part in parts)


def sentence(told: Sentence, language: str) -> Markup:
    """A sentence of the history: the person in bold, the number in bold."""
    bold = {
        "x": Markup("<strong>{}</strong>").format(told.values["x"]),
        "y": told.values["y"],
        "n": Markup('<strong class="number">{}</strong>').format(told.values["n"]),
    }
    return said(told.english, language, bold)


def moment(at: datetime, language: str) -> Markup:
    """An instant in Brussels, `23/01/2020 14:41`."""
    local = at.astimezone(BRUSSELS)
    text = format_datetime(local, _MOMENT.get(language, "dd/MM/yyyy HH:mm"), locale=LOCALES[language])
    return Markup('<time datetime="{}">{}</time>').format(at.isoformat(timespec="seconds"), text)


def clock(at: datetime, language: str) -> str:
    """The time of day of an instant in Brussels, `14:41`."""
    return format_time(at.astimezone(BRUSSELS), "HH:mm", locale=LOCALES[language])


def long_day(at: datetime | date, language: str) -> Markup:
    """A day in words, `23 janvier 2020`; of an instant its day in Brussels."""
    day = at.astimezone(BRUSSELS).date() if isinstance(at, datetime) else at
    text = format_date(day, "long", locale=LOCALES[language])
    return Markup('<time class="whole" datetime="{}">{}</time>').format(day.isoformat(), text)


def partial_day(iso: str, language: str) -> str:
    """A date that may be incomplete, from its ISO form: `24/05/1983`, `05/1983`, `1983`."""
    born = PartialDate.parse(iso)
    if born.complete:
        return format_date(born.earliest(), _DAY.get(language, "dd/MM/yyyy"), locale=LOCALES[language])
    separator = "." if language == "de" else "/"
    return separator.join(([f"{born.month:02d}"] if born.month else []) + [f"{born.year:04d}"])


def number(niss: Niss | None) -> Markup:
    """A number as it is printed, never broken across lines."""
    return Markup('<span class="number">{}</span>').format(niss.formatted) if niss else Markup("")


@cache
def countries(language: str) -> tuple[tuple[str, str], ...]:
    """(code, name) of every country, by name."""
    names = Locale.parse(LOCALES[language]).territories
    return tuple(sorted(((code, names.get(code, code)) for code in COUNTRIES), key=lambda pair: _plain(pair[1])))


def country(code: str, language: str) -> str:
    """The name of a country; a code that is none stays as it is."""
    return str(Locale.parse(LOCALES[language]).territories.get(code, code))


def _plain(name: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(char))


@cache
def static_url(name: str) -> str:
    """The address of one of our files: it changes with what is in it, so that browsers may keep it."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={digest}"


@cache
def _environment(language: str) -> Environment:
    """Templates in one language."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )

    def in_language(function: Callable[..., Any]) -> Callable[..., Any]:
        return lambda value: function(value, language)

    def translated(english: str, **params: object) -> Markup:
        return said(english, language, params)

    made.globals.update(
        _=translated,
        # For words of portal/words.py; `_` is for sentences that stand in the template.
        word=translated,
        language=language,
        languages=[(code, _NAMES[code]) for code in ("nl", "fr", "de", "en")],
        static=static_url,
        countries=lambda: countries(language),
        number=number,
        sentence=in_language(sentence),
        moment=in_language(moment),
        clock=in_language(clock),
        long_day=in_language(long_day),
        partial_day=in_language(partial_day),
        country=in_language(country),
    )
    return made
