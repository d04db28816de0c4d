"""How birth places and addresses compare."""

from __future__ import annotations

from domain.identification import Agreement
from domain.statement import Address
from matching.names import Level, Likeness, compare_surnames
from matching.normalise import equal, forms

#: A street in another spelling is the same street.
_ONE_STREET = (Level.EQUAL, Level.ROMANISED, Level.PARTICLE, Level.TYPO, Level.TYPOS, Level.PART)


def compare_places(stated: str | None, registered: str | None) -> Agreement:
    """Two place names. SIMILAR, a spelling apart or a part of the other (Paris, Paris 13e), neither helps nor harms.

    >>> [compare_places("Köln", town).value for town in ("Koeln", "Koln", "Kölln", "Bonn")]
    ['same', 'same', 'similar', 'different']
    """
    if not stated or not registered:
        return Agreement.MISSING
    if equal(stated, registered):
        return Agreement.SAME
    # A municipality compares as a surname does: parts left out, another order, a letter or two.
    alike = compare_surnames(stated, registered).likeness
    return Agreement.SIMILAR if alike > Likeness.MISSING else Agreement.DIFFERENT


def compare_addresses(stated: Address | None, registered: Address | None) -> Agreement:
    """Two residences. SAME: street and municipality; SIMILAR: the municipality. House numbers are not compared.

    >>> here, there = Address("Markt 5", "Breda", "NL"), Address("markt", "BREDA", "NL", house_number="5")
    >>> compare_addresses(here, there).value
    'same'
    """
    if stated is None or registered is None or not stated.municipality or not registered.municipality:
        return Agreement.MISSING
    if stated.country and registered.country and stated.country != registered.country:
        return Agreement.DIFFERENT
    if compare_places(stated.municipality, registered.municipality) is Agreement.DIFFERENT:
        return Agreement.DIFFERENT
    here, there = _street(stated), _street(registered)
    if not here or not there:
        return Agreement.SIMILAR
    alike = equal(here, there) or compare_surnames(here, there).level in _ONE_STREET
    return Agreement.SAME if alike else Agreement.SIMILAR


def _street(address: Address) -> str:
    """The street without a house number written behind or before it."""
    parts = (forms(address.street) or ((),))[0]
    return " ".join(part for part in parts if not part[:1].isdigit())
