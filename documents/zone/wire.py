"""How a page goes to the child and a reading comes back."""

from __future__ import annotations

import struct
from datetime import date
from typing import Any, Final

from domain.people import PartialDate, Sex
from domain.zone import ZoneFormat, ZoneReading

LENGTH: Final = struct.Struct(">Q")
READY: Final = "ready"


def written(reading: ZoneReading | None) -> dict[str, str] | None:
    """The reading as JSON can say it."""
    if reading is None:
        return None
    return {
        "format": reading.format,
        "code": reading.code,
        "number": reading.document_number,
        "birth": str(reading.birth_date),
        "expiry": reading.document_expiry.isoformat(),
        "issuer": reading.issuer,
        "surname": reading.surname,
        "given": reading.given_names,
        "nationality": reading.nationality,
        "sex": reading.sex or "",
        "turn": "" if reading.turn is None else str(reading.turn),
    }


def understood(told: Any) -> ZoneReading | None:  # noqa: ANN401 - what JSON gives
    """The reading that `written` wrote. Raises KeyError, TypeError or ValueError on anything else."""
    if told is None:
        return None
    return ZoneReading(
        format=ZoneFormat(told["format"]),
        code=told["code"],
        document_number=told["number"],
        birth_date=PartialDate.parse(told["birth"]),
        document_expiry=date.fromisoformat(told["expiry"]),
        issuer=told["issuer"],
        surname=told["surname"],
        given_names=told["given"],
        nationality=told["nationality"],
        sex=Sex(told["sex"]) if told["sex"] else None,
        turn=_turn(told["turn"]),
    )


def _turn(told: str) -> int | None:
    if told and told not in ("0", "90", "180", "270"):
        raise ValueError("no turn")
    return int(told) if told else None
