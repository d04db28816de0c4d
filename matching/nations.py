"""Three letters of a machine-readable zone as a country of the API."""

from __future__ import annotations

from functools import cache

from babel.core import get_global

from domain.countries import COUNTRIES

#: ICAO Doc 9303-3, section 5, parts A, C and D: what differs from ISO 3166-1 alpha-3. British nationals of every kind
#: are stated as GB; RKS is printed on the documents of Kosovo; ROM and ZAR stood on older ones.
_ICAO = {
    "D": "DE",
    **dict.fromkeys(("GBD", "GBN", "GBO", "GBP", "GBS"), "GB"),
    "RKS": "XK",
    "ROM": "RO",
}


@cache
def country_of(code: str) -> str | None:
    """ISO 3166-1 alpha-2 of a printed nationality or issuer, None for whoever has none (XXA, UNO) and unknown codes.

    The codes are those of CLDR, in the package babel.

    >>> [country_of(code) for code in ("D", "POL", "RKS", "GBN", "UTO", "XXA", "EUE", "SUN")]
    ['DE', 'PL', 'XK', 'GB', None, None, None, None]
    """
    if code in _ICAO:
        return _ICAO[code]
    if len(code) != 3 or not code.isalpha():
        return None
    found = get_global("territory_aliases").get(code, ())
    return found[0] if len(found) == 1 and found[0] in COUNTRIES else None
