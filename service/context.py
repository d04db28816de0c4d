"""What use cases are made of: the rows, the outside, and the terms."""

from __future__ import annotations

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


@dataclass(frozen=True)
class Tools:
    """One per process. `now` gives an aware instant in UTC; `pseudonyms` name people in the consultation log."""

    store: Store
    blobs: BlobStore
    pages: PageChecker
    register: Register
    terms: Terms
    pseudonyms: Pseudonyms
    now: Callable[[], datetime]
    zones: ZoneReader = field(default_factory=NoZoneReader)

    def today(self) -> date:
        """The day it is in Brussels."""
        return self.now().astimezone(BRUSSELS).date()
