"""The machine-readable zone of a document (ICAO 9303), as far as rules speak of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from domain.people import PartialDate, Sex


class ZoneFormat(StrEnum):
    """How a zone is laid out: a card of 3 lines of 30, an old card of 2 of 36, a passport of 2 of 44."""

    TD1 = "TD1"
    TD2 = "TD2"
    TD3 = "TD3"


class ZoneState(StrEnum):
    """Whether a document's zone was read. A driving licence or an old card has none, which is no fault."""

    READ = "read"
    PENDING = "pending"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class ZoneReading:
    """What a zone says and its check digits confirm.

    `document_number`, `birth_date` and `document_expiry` are confirmed by check digits. Names, nationality and sex have
    none: each is "" or None unless two independent readings agreed. Names are as printed: upper case, without accents,
    perhaps truncated. `issuer` and `nationality` are the three letters printed (ICAO 9303-3, section 5: `D` is Germany,
    `UTO` nobody), not ISO alpha-2. `code` is the first two characters of the zone without fillers (`P`, `ID`, `I`, …).

    `turn` and `page` say where it was read and are no part of what it says: degrees clockwise (0, 90, 180, 270) that
    bring its lines upright, None where that is not known, and which of the pages that were asked about, from 0.
    """

    format: ZoneFormat
    code: str
    document_number: str
    birth_date: PartialDate
    document_expiry: date
    issuer: str = ""
    surname: str = ""
    given_names: str = ""
    nationality: str = ""
    sex: Sex | None = None
    turn: int | None = field(default=None, compare=False)
    page: int = field(default=0, compare=False)
