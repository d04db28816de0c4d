"""What somebody has chosen to see of the history: all of it in the address, but for a name, which may stand in none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlencode

from portal.words import PERIODS, SORTS
from service.listing import STATES

_PARAMETERS: Final = ("scope", "requester", "state", "period", "sort", "cursor")
_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Filters:
    """What was chosen, each one of the known values or "". `q` is the name, kept with the session."""

    scope: str = "mine"
    requester: str = ""
    state: str = ""
    period: str = ""
    sort: str = ""
    cursor: str = ""
    q: str = ""
    total: int = 0

    @classmethod
    def read(cls, given: Mapping[str, str], q: str = "") -> Filters:
        """From an address or a form; what is not known counts as not chosen."""
        requester = given.get("requester", "")
        return cls(
            scope="company" if given.get("scope") == "company" else "mine",
            requester=requester if _ID.fullmatch(requester) and given.get("scope") == "company" else "",
            state=given.get("state", "") if given.get("state") in STATES else "",
            period=given.get("period", "") if given.get("period") in PERIODS else "",
            sort=given.get("sort", "") if given.get("sort") in SORTS else "",
            cursor=given.get("cursor", ""),
            q=q,
        )

    @property
    def active(self) -> bool:
        """Whether anything is left out."""
        return bool(self.requester or self.state or self.period or self.q)

    def since(self, now: datetime) -> datetime | None:
        """The beginning of the period."""
        return now - timedelta(days=int(self.period)) if self.period else None

    def value(self, name: str) -> str:
        """As a form's field."""
        return str(getattr(self, name))

    def error(self, _name: str) -> str:
        """Nothing is ever wrong with a choice."""
        return ""

    def link(self, page: str = "/", **changes: str) -> str:
        """The address of the same choice, with changes; without the name and, where something changes, at its start."""
        chosen = {name: getattr(self, name) for name in _PARAMETERS if name != "cursor"} | changes
        if chosen["scope"] == "mine":
            chosen["scope"] = ""
        query = urlencode({name: value for name, value in chosen.items() if value})
        return f"{page}?{query}" if query else page
