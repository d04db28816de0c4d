"""Pages out of templates, in the visitor's language."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from locales.catalogue import say
from locales.language import best_language
from portal.visitors import FORM_TOKEN

TEMPLATES = Path(__file__).parent / "templates"
_PAGES = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True)


def language_of(request: Request) -> str:
    """The language of what is said to the visitor."""
    return best_language(request.headers.get("accept-language"))


def page(
    request: Request, template: str, values: Mapping[str, object] | None = None, *, status: int = 200
) -> HTMLResponse:
    """A template of `templates/` as an answer; `_` says an English sentence in the visitor's language."""
    language = language_of(request)

    def words(sentence: str, **params: str | int) -> str:
        return say(sentence, language, params)

    given = {"_": words, "language": language, "form_token_name": FORM_TOKEN, **(values or {})}
    content = _PAGES.get_template(template).render(given)
    return HTMLResponse(content, status, headers={"Content-Language": language, "Vary": "Accept-Language, Cookie"})
