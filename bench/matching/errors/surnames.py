"""Errors of surnames: particles, signs, one of two. Each returns whether it could be made."""

from __future__ import annotations

import random
import re

from bench.matching.culture import Passing
from bench.matching.draft import Draft
from bench.matching.people import family_name
from bench.matching.text import cased_like

_PARTICLES = {
    "van", "de", "den", "der", "ter", "ten", "von", "di", "del", "della", "dela", "da", "do", "dos", "das", "la", "le",
    "el", "al", "ben", "bin", "bou", "abu", "aït", "ait", "bel", "ould", "abdul", "lo", "dal", "las", "los", "st", "san",
    "vande", "vanden", "vander",
}  # fmt: skip


def particles(luck: random.Random, draft: Draft) -> bool:
    """Joined, spaced, moved behind the name, moved to the given names, left out, or with a hyphen."""
    found = re.findall(r"[^\W\d_]+['’]?|[-' ]+", draft.surname)
    lead = []
    while len(found) > 1 and (found[0].lower() in _PARTICLES or found[0].strip(" -'") == "" or found[0].endswith("'")):
        lead.append(found.pop(0))
    if not lead:
        return _divided(luck, draft)
    particle, rest = "".join(lead).strip(" -"), "".join(found)
    kind = luck.random()
    if kind < 0.35:
        draft.surname = cased_like(re.sub(r"[ '-]", "", particle).lower() + rest.lower(), "A")
    elif kind < 0.5:
        draft.surname = particle.replace(" ", "") + (" " if " " in particle else "") + rest
        if draft.surname.replace(" ", "") == (particle + rest).replace(" ", "") and " " not in particle:
            draft.surname = f"{particle}-{rest}"
    elif kind < 0.65:
        draft.surname = f"{rest} {particle}" if luck.random() < 0.5 else f"{rest}, {particle}"
    elif kind < 0.75 and draft.given:
        draft.surname, draft.given = rest, f"{draft.given} {particle}"
    else:
        draft.surname = rest
    return True


def _divided(luck: random.Random, draft: Draft) -> bool:
    """A particle written together with its name: put apart."""
    found = re.match(
        r"^(vanden|vander|vande|van|el|al|ben|bou|de|di|abdel|abdul|dos|da)(\w{4,})$", draft.surname, re.IGNORECASE
    )
    if not found or luck.random() > 0.5:
        return False
    draft.surname = f"{found[1]} {cased_like(found[2], 'A')}"
    return True


def hyphen_apostrophe(luck: random.Random, draft: Draft) -> bool:
    """Hyphens and apostrophes left out, changed into spaces or another sign, or put for spaces."""
    whole = draft.surname + draft.given
    if "-" in whole or "'" in whole:
        new = luck.choice((" ", "", "’", " "))
        draft.surname = _signs(draft.surname, new)
        draft.given = _signs(draft.given, new)
        return True
    if " " in draft.surname and luck.random() < 0.6:
        draft.surname = draft.surname.replace(" ", "-", 1)
        return True
    if " " in draft.given:
        draft.given = draft.given.replace(" ", luck.choice(("-", "")), 1)
        return True
    return False


def _signs(text: str, new: str) -> str:
    if new == "’":
        return text.replace("'", "’").replace("-", " ")
    return text.replace("-", new).replace("'", new)


def two_surnames(luck: random.Random, draft: Draft) -> bool:
    """One of two dropped, or the other way round; a hyphen lost."""
    found = re.split(r"(?<=[a-zà-ž]{2})[ -]+(?=\w{3,})", draft.surname, maxsplit=1, flags=re.IGNORECASE)
    if len(found) != 2 or any(part.lower() in _PARTICLES for part in found):
        return _second_surname(luck, draft)
    one, other = found
    kind = luck.random()
    if kind < 0.45:
        draft.surname = one
    elif kind < 0.65:
        draft.surname = other
    elif kind < 0.85:
        draft.surname = f"{other} {one}"
    else:
        draft.surname = f"{one}-{other}"
    return True


def _second_surname(luck: random.Random, draft: Draft) -> bool:
    """The register has one, the document two."""
    two = draft.culture.passing in (Passing.SPANISH, Passing.PORTUGUESE) or draft.culture.double_surname > 0.04
    if not two or luck.random() > 0.4:
        return False
    draft.surname = f"{draft.surname} {family_name(luck, draft.culture)}"
    return True
