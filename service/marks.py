"""Marks of pages and of document numbers: the same ones in another request are pointed out."""

from __future__ import annotations

import hmac
from collections.abc import Sequence

from sqlmodel import Session

from access import policy
from access.caller import Caller
from access.policy import Permission
from domain.document import CheckedPage, DocumentKind
from domain.statement import PersonalData
from matching.zones import telling_number
from service.context import Tools
from store import marks
from store.tables import Request


def of_pages(tools: Tools, pages: Sequence[CheckedPage]) -> list[str]:
    """The marks of a document's pages, blank ones left out."""
    return [_mark(tools, b"page", page.pixels) for page in pages if page.pixels is not None]


def of_number(tools: Tools, number: str | None) -> list[str]:
    """The mark of a document's number, none where it could be anybody's."""
    plain = telling_number(number)
    return [] if plain is None else [_mark(tools, b"number", plain.encode())]


def file_stated(session: Session, tools: Tools, row: Request, stated: PersonalData) -> None:
    """File the number that was typed."""
    marks.file_under(session, row, marks.STATED, of_number(tools, stated.document_number))


def file_document(session: Session, row: Request, kind: DocumentKind, found: Sequence[str]) -> None:
    """File a document anew, under its pages and its number."""
    marks.file_under(session, row, kind.value, found)


def same_document(session: Session, row: Request, caller: Caller) -> Sequence[Request]:
    """Other requests with the same page or number. Of other companies only agents are told."""
    return marks.same_document(session, row, everywhere=policy.allows(caller, Permission.READ_DESK))


def _mark(tools: Tools, use: bytes, value: bytes) -> str:
    return hmac.digest(tools.marks_key, use + b"\0" + value, "sha256").hex()
