"""Letters: without marks, in another script, and how far two names are from each other."""

# ruff: noqa: RUF001

from __future__ import annotations

import re
import unicodedata
from functools import cache

from rapidfuzz.distance import OSA

_STROKES = str.maketrans(
    {
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "Đ": "D",
        "ø": "o",
        "Ø": "O",
        "ß": "ss",
        "æ": "ae",
        "Æ": "AE",
        "œ": "oe",
        "Œ": "OE",
        "ı": "i",
        "ð": "d",
        "Ð": "D",
        "þ": "th",
        "Þ": "Th",
        "ħ": "h",
        "’": "'",
    }
)
_CYRILLIC = (
    ("shch", "щ"), ("dzh", "дж"), ("zh", "ж"), ("kh", "х"), ("ts", "ц"), ("ch", "ч"), ("sh", "ш"), ("yu", "ю"),
    ("ya", "я"), ("ye", "е"), ("yo", "йо"), ("iy", "ій"), ("a", "а"), ("b", "б"), ("v", "в"), ("h", "х"), ("g", "г"),
    ("d", "д"), ("e", "е"), ("z", "з"), ("i", "и"), ("y", "й"), ("k", "к"), ("l", "л"), ("m", "м"), ("n", "н"),
    ("o", "о"), ("p", "п"), ("r", "р"), ("s", "с"), ("t", "т"), ("u", "у"), ("f", "ф"), ("c", "ц"), ("j", "й"),
    ("w", "в"), ("x", "кс"),
)  # fmt: skip
_GREEK = (
    ("ou", "ου"), ("ch", "χ"), ("ps", "ψ"), ("th", "θ"), ("ks", "ξ"), ("x", "ξ"), ("gk", "γκ"), ("mp", "μπ"),
    ("nt", "ντ"), ("a", "α"), ("b", "μπ"), ("v", "β"), ("g", "γ"), ("d", "δ"), ("e", "ε"), ("z", "ζ"), ("i", "ι"),
    ("k", "κ"), ("l", "λ"), ("m", "μ"), ("n", "ν"), ("o", "ο"), ("p", "π"), ("r", "ρ"), ("s", "σ"), ("t", "τ"),
    ("y", "υ"), ("f", "φ"), ("h", "χ"), ("u", "ου"), ("j", "τζ"), ("c", "κ"), ("w", "ου"), ("q", "κ"),
)  # fmt: skip


def plain(text: str) -> str:
    """Without marks and strokes."""
    if text.isascii():
        return text
    split = unicodedata.normalize("NFD", text.translate(_STROKES))
    return unicodedata.normalize("NFC", "".join(char for char in split if not unicodedata.combining(char)))


@cache
def _table(script: str) -> tuple[re.Pattern[str], dict[str, str]]:
    pairs = _CYRILLIC if script == "cyrillic" else _GREEK
    return re.compile("|".join(latin for latin, _ in pairs)), dict(pairs)


def in_script(text: str, script: str) -> str:
    """As written at home, roughly as well as a clerk with a keyboard does."""
    pattern, table = _table(script)
    written = pattern.sub(lambda found: table[found[0]], plain(text).lower())
    if script == "greek":
        written = re.sub(r"σ\b", "ς", written)
    return written.title() if script == "cyrillic" else " ".join(word.capitalize() for word in written.split(" "))


def key(text: str) -> str:
    """For comparing: plain lower-case letters, without spaces and signs."""
    return re.sub(r"[\W_]+", "", plain(text).lower())


def parts(text: str) -> list[str]:
    """Plain lower-case words."""
    return [part for part in re.split(r"[\W_]+", plain(text).lower()) if part]


def read_aloud(word: str) -> str:
    """The same for two romanisations of one name: Serhiy and Sergey, Alexei and Aleksey; not for Maria and Mario."""
    heard = re.sub(r"kh|gh|h", "g", plain(word).lower()).replace("x", "ks")
    return re.sub(r"[iyj]+", "i", re.sub(r"[ei][iyj]+|[iyj]+", "i", heard))


def edits(one: str, other: str) -> int:
    """Insertions, deletions, changes and swaps of neighbours."""
    return int(OSA.distance(one, other))


def cased_like(text: str, model: str) -> str:
    """Upper case where the model is; else words with a capital, as the model's first letter."""
    if model.isupper():
        return text.upper()
    return text[:1].upper() + text[1:] if model[:1].isupper() else text
