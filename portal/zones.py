"""Where the machine-readable zones of a request's documents say something else than was typed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from domain.identification import Agreement
from locales.catalogue import say
from portal.words import KINDS
from service.views import RequestView


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A field of which the document says something else: its label, what was typed, and what was read."""

    name: str
    label: str
    typed: str
    read: str


def mismatches(view: RequestView, names: Collection[str], labels: Mapping[str, str], language: str) -> list[Mismatch]:
    """The fields, and the kinds of documents, that are to be corrected or confirmed."""
    kinds = {kind: say(words, language) for kind, words in KINDS.items()}
    found: dict[str, Mismatch] = {}
    for check in view.check.fields:
        if check.field in names and check.agreement is Agreement.DIFFERENT:
            typed, read = check.stated or "", check.printed or ""
            label = labels.get(check.field) or say("Documents", language)
            one = Mismatch(check.field, label, kinds.get(typed, typed), kinds.get(read, read))
            found.setdefault(check.field, one)
    return list(found.values())
