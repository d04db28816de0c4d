"""A reader of zones that knows beforehand what stands on a page, for tests."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from domain.errors import NissDeskError
from domain.zone import ZoneReading


@dataclass
class PreparedZones:
    """domain.ports.ZoneReader with prepared answers, by the SHA-256 (hexadecimal) of a page as served.

    An error is raised instead of an answer; whatever page is not among them has no zone. Every call is kept in `asked`
    with its patience.
    """

    readings: dict[str, ZoneReading | NissDeskError] = field(default_factory=dict)
    asked: list[float] = field(default_factory=list)

    def prepare(self, page: bytes, answer: ZoneReading | NissDeskError) -> None:
        """From now on the answer for a document with this page."""
        self.readings[hashlib.sha256(page).hexdigest()] = answer

    def read(self, pages: Sequence[bytes], *, patience: float, by: str = "") -> ZoneReading | None:  # noqa: ARG002 - the port's
        """See domain.ports.ZoneReader."""
        self.asked.append(patience)
        for index, page in enumerate(pages):
            found = self.readings.get(hashlib.sha256(page).hexdigest())
            if isinstance(found, NissDeskError):
                raise found
            if found is not None:
                return replace(found, page=index)
        return None

    def check(self) -> None:
        """Always ready."""
