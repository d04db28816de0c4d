"""Enterprise numbers (KBO / BCE): ten digits, the last two are 97 - (first eight mod 97)."""

from __future__ import annotations

import re

from stdnum.be import vat
from stdnum.exceptions import ValidationError

_SHAPE = re.compile(r"^([01]\d{3})\.?(\d{3})\.?(\d{3})$", re.ASCII)


def parse_enterprise_number(text: str) -> str:
    """The ten digits of a number written with or without dots. Raises ValueError where it is none.

    >>> parse_enterprise_number("0999.000.129")
    '0999000129'
    >>> parse_enterprise_number("0999.000.128")
    Traceback (most recent call last):
    ...
    ValueError: not a valid enterprise number
    """
    found = _SHAPE.match(text.strip())
    if found:
        digits = "".join(found.groups())
        try:
            # python-stdnum also reads nine digits and a BE before them; the shape above does not let those pass.
            return str(vat.validate(digits))
        except ValidationError:
            pass
    raise ValueError("not a valid enterprise number")


def format_enterprise_number(digits: str) -> str:
    """`0999.000.129`, as it is printed.

    >>> format_enterprise_number("0999000129")
    '0999.000.129'
    """
    return f"{digits[:4]}.{digits[4:7]}.{digits[7:]}"
