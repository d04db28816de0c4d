"""Which language a caller is answered in, from Accept-Language (RFC 9110, 12.5.4)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

#: Languages a request can be kept in.
LANGUAGES: tuple[str, ...] = ("fr", "nl", "de", "en")
DEFAULT = "fr"
_LOCALES = Path(__file__).parent / "locales"


def best_language(header: str | None, among: tuple[str, ...]) -> str:
    """The language of `among` that the header likes best; French where it names none of them.

    >>> best_language("nl-BE,nl;q=0.9,en;q=0.5", ("fr", "en"))
    'en'
    >>> best_language("de;q=0, *", ("fr", "de"))
    'fr'
    """
    wanted: dict[str, float] = {}
    for part in (header or "").split(","):
        tag, _, parameters = part.strip().partition(";")
        primary = tag.strip().lower().split("-")[0]
        wanted.setdefault(primary, _quality(parameters))
    ranked = sorted(among, key=lambda language: -wanted.get(language, 0.0))
    chosen = ranked[0] if wanted.get(ranked[0], 0.0) > 0 else DEFAULT
    return chosen if chosen in among else among[0]


def _quality(parameters: str) -> float:
    name, _, value = parameters.partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        quality = float(value)
    except ValueError:
        return 0.0
    return quality if 0.0 <= quality <= 1.0 else 0.0


@cache
def _catalogue(language: str) -> Mapping[str, str]:
    path = _LOCALES / f"{language}.json"
    found: dict[str, str] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return found


def spoken() -> tuple[str, ...]:
    """Languages that answers are written in: English, which is the key of every sentence, and every catalogue."""
    return tuple(lang for lang in LANGUAGES if lang == "en" or (_LOCALES / f"{lang}.json").exists())


SPOKEN = spoken()


def say(sentence: str, language: str, params: Mapping[str, str | int] | None = None) -> str:
    """An English sentence in another language, its `{placeholders}` filled; in English where nobody translated it."""
    said = _catalogue(language).get(sentence, sentence) if language != "en" else sentence
    for name, value in (params or {}).items():
        said = said.replace(f"{{{name}}}", str(value))
    return said
