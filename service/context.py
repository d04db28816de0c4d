"""What use cases are made of: the rows, the outside, and the terms."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from access.pseudonyms import Pseudonyms
from documents.zone.reader import NoZoneReader
from domain.ports import BlobStore, PageChecker, Register, ZoneReader
from domain.terms import Terms
from store.unit_of_work import Store

BRUSSELS = ZoneInfo("Europe/Brussels")


def _never(work: Callable[[], object]) -> None:
    """Leave it to the worker."""
    del work


@dataclass(frozen=True)
class Tools:
    """One per process.

    Attributes:
        store: transactions on the database.
        blobs: the pages.
        pages: checks what is uploaded.
        register: who is known.
        terms: what requests are opened under.
        pseudonyms: name people in the consultation log.
        now: gives an aware instant in UTC.
        zones: reads machine-readable zones; where none is given, no page has one.
        later: does something that nobody waits for, in this process; what is lost with it is done by the worker.
        marks_key: under which pages and document numbers are hashed to be known again: 32 bytes, of this use alone.
    """

    store: Store
    blobs: BlobStore
    pages: PageChecker
    register: Register
    terms: Terms
    pseudonyms: Pseudonyms
    now: Callable[[], datetime]
    zones: ZoneReader = field(default_factory=NoZoneReader)
    later: Callable[[Callable[[], object]], None] = field(default=_never)
    marks_key: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)

    def today(self) -> date:
        """The day it is in Brussels."""
        return self.now().astimezone(BRUSSELS).date()
