"""What was stated, what the document says and what the register says, field by field, ready to be laid side by side."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from anyascii import anyascii

from matching.judgement import judge

#: In the order in which an agent looks. API names of personalData, and `official`.
FIELDS: Final = (
    "surname",
    "givenNames",
    "birthDate",
    "sex",
    "birthPlace",
    "birthCountry",
    "nationality",
    "formerSurname",
    "documentNumber",
    "documentExpiry",
    "official",
)
#: Fields in which single letters count.
_LETTERS: Final = ("surname", "givenNames", "birthPlace", "formerSurname", "official", "birthDate")
#: How loud a word is: the kinds of tags (templates/parts.html), and of verdicts (static/desk.css).
JUDGEMENT_TONES: Final = {
    "veryLikely": "good", "likely": "wait", "possible": "wait", "unlikely": "none", "deceased": "stop",
}  # fmt: skip
AGREEMENT_TONES: Final = {"same": "same", "similar": "alike", "different": "differs"}
SIGNS: Final = {"same": "=", "similar": "≈", "different": "≠"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of letters, marked where the other side has others."""

    text: str
    differs: bool = False


@dataclass(frozen=True, slots=True)
class Printed:
    """What a zone says of a field; `said` is `same` or `different` from what was stated, "" where nobody can tell."""

    text: str
    said: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One field of a comparison. Values as the API has them, None where absent; `registered` in pieces.

    `agreement` is same, similar, different, or notStated, notRegistered, unknown where a side is silent; `why` is the
    evidence's English sentence ("" without evidence). `zone` is what the document says, `document` how that agrees
    with what was stated (`same`, `different`, or "" where nobody can tell). `romanised` is the stated value in Latin
    letters where it is written in others.
    """

    field: str
    stated: str | None
    zone: str | None
    registered: tuple[Piece, ...]
    agreement: str
    why: str
    document: str = ""
    romanised: str | None = None


def judgement(candidate: Mapping[str, Any]) -> str:
    """One word about a candidate in API members: a Judgement's value."""
    return judge(candidate["score"], deceased="deceasedOn" in candidate).value


def side_by_side(
    stated: Mapping[str, Any], candidate: Mapping[str, Any] | None, zone: Mapping[str, Printed] | None = None
) -> Iterator[Line]:
    """The lines that say anything, in the order of FIELDS.

    Args:
        stated: API members of personalData, and `official` as one line.
        candidate: API members of a candidate; None shows what was stated and the document alone.
        zone: what the documents' zones say, by field.
    """
    evidence = {line["field"]: line for line in candidate["evidence"]} if candidate else {}
    for field in FIELDS:
        here = stated.get(field)
        printed = (zone or {}).get(field)
        said = printed.text if printed else None
        there = _registered(field, candidate, evidence)
        if here is None and said is None and there is None:
            continue
        known = evidence.get(field, {})
        yield Line(
            field=field,
            stated=here,
            zone=said,
            registered=pieces(here, there) if field in _LETTERS else _plain(there),
            agreement=_agreement(here, there, known.get("agreement")),
            why=known.get("why", ""),
            document=printed.said if printed else "",
            romanised=romanised(here),
        )


def pieces(stated: str | None, registered: str | None) -> tuple[Piece, ...]:
    """The registered value, its letters marked that the stated one does not have; case and accents do not count.

    >>> pieces("Tienpont", "Tienpondt")
    (Piece(text='Tienpon', differs=False), Piece(text='d', differs=True), Piece(text='t', differs=False))
    >>> pieces("GARCIA", "García")
    (Piece(text='García', differs=False),)
    """
    if registered is None:
        return ()
    if stated is None:
        return _plain(registered)
    here, there = [_bare(char) for char in stated], [_bare(char) for char in registered]
    matcher = difflib.SequenceMatcher(None, here, there, autojunk=False)
    if matcher.ratio() < 0.5:
        # Nothing to be compared letter by letter: the whole is another word.
        return (Piece(registered, differs=True),)
    found = (
        Piece(registered[start:end], differs=kind != "equal")
        for kind, _, _, start, end in matcher.get_opcodes()
        if end > start
    )
    return tuple(found)


def romanised(text: str | None) -> str | None:
    """In Latin letters, or None where it is written in them already.

    >>> romanised("Петров"), romanised("Müller")
    ('Petrov', None)
    """
    if text is None or all(not char.isalpha() or "LATIN" in unicodedata.name(char, "") for char in text):
        return None
    return anyascii(text)


def _registered(
    field: str, candidate: Mapping[str, Any] | None, evidence: Mapping[str, Mapping[str, Any]]
) -> str | None:
    if candidate is None:
        return None
    said = evidence.get(field, {}).get("registered")
    if said is not None or field == "official":
        return said
    value = candidate.get(field)
    return None if value is None else str(value)


def _plain(text: str | None) -> tuple[Piece, ...]:
    return () if text is None else (Piece(text),)


def _agreement(stated: str | None, registered: str | None, known: str | None) -> str:
    if stated is None:
        return "unknown" if registered is None else "notStated"
    if registered is None:
        return "notRegistered"
    if known in (None, "missing"):
        return "same" if _bare(stated) == _bare(registered) else "different"
    return str(known)


def _bare(text: str) -> str:
    """Without case and accents.

    >>> _bare("Éva")
    'eva'
    """
    split = unicodedata.normalize("NFD", text.casefold())
    return "".join(char for char in split if not unicodedata.combining(char))
