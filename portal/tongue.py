"""The language that somebody chooses: a cookie that says nothing of who they are."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from starlette.datastructures import FormData

from locales.catalogue import LANGUAGES
from portal.rendering import LANGUAGE_COOKIE
from portal.routes import see
from portal.visitors import from_our_pages, house_of, local_path, text_of

router = APIRouter()
_YEAR_SECONDS = 31_536_000


@router.post("/language")
async def choose(request: Request) -> Response:
    """From now on in this language, back to the same page. Whoever is not signed in yet may choose too."""
    from_our_pages(request)
    form = await request.form(max_files=0, max_fields=10, max_part_size=8_192)
    answer = see(local_path(text_of(form, "back")))
    return kept(request, answer, text_of(form, "language"))


def switched(request: Request, form: FormData) -> bool:
    """Whether a page's own form was sent to change the language: then it is shown again, with all that was typed."""
    chosen = text_of(form, "language")
    if chosen not in LANGUAGES:
        return False
    request.scope["niss.language"] = chosen
    return True


def kept(request: Request, answer: Response, chosen: str | None = None) -> Response:
    """The answer, with the cookie of the chosen language."""
    language = chosen or request.scope.get("niss.language")
    if language in LANGUAGES:
        secure = house_of(request).public_url.startswith("https://")
        answer.set_cookie(
            LANGUAGE_COOKIE, language, max_age=_YEAR_SECONDS, path="/", secure=secure, httponly=True, samesite="lax"
        )
    return answer
