"""Which language a caller is answered in, from Accept-Language (RFC 9110, 12.5.4)."""

from __future__ import annotations

from locales.catalogue import LANGUAGES

DEFAULT = "fr"


def best_language(header: str | None, among: tuple[str, ...] = LANGUAGES) -> str:
    """The language of `among` that the header likes best; French where it names none of them.

    >>> best_language("nl-BE,nl;q=0.9,en;q=0.5")
    'nl'
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
