"""Addresses of views as they are read: on one line."""

from __future__ import annotations

from collections.abc import Mapping

from domain.address_line import on_one_line
from store.requests import address_of


def line_of(members: Mapping[str, str] | None) -> str:
    """API members of an address on one line, "" where there is none."""
    return on_one_line(address_of(members)) if members else ""
