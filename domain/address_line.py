"""An address on one line: as evidence compares it, and as agents read it."""

from __future__ import annotations

from domain.statement import Address


def on_one_line(address: Address) -> str:
    """Street, town and country.

    >>> on_one_line(Address("Am Markt", "Aachen", "DE", house_number="1", box="A", postal_code="52062"))
    'Am Markt 1 A, 52062 Aachen, DE'
    """
    street = (address.street, address.house_number, address.box)
    town = (address.postal_code, address.municipality)
    return ", ".join(filter(None, (" ".join(filter(None, words)) for words in (street, town, (address.country,)))))
