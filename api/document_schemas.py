"""The shapes of documents in answers."""

from __future__ import annotations

from typing import Literal

from api.answer import Answer, BirthDate


class QualityAnswer(Answer):
    """What was seen of a page; `poor` warns and never blocks."""

    verdict: Literal["good", "poor"]
    reasons: list[str]


class PageAnswer(Answer):
    """One image; `number` counts from 1, a front before its back."""

    number: int
    side: Literal["front", "back"]
    media_type: str
    width: int
    height: int
    quality: QualityAnswer


class ZoneAnswer(Answer):
    """What a document's machine-readable zone says; what was not read for sure is left out.

    `issuer` and `nationality` are letters as printed (ICAO 9303), not country codes.
    """

    format: Literal["TD1", "TD2", "TD3"]
    surname: str | None = None
    given_names: str | None = None
    document_number: str | None = None
    issuer: str | None = None
    nationality: str | None = None
    birth_date: BirthDate
    sex: Literal["M", "F"] | None = None
    document_expiry: str


class DocumentAnswer(Answer):
    """A document with its pages in order, and what its zone says where it was read."""

    kind: Literal["passport", "identityCard", "drivingLicence"]
    pages: list[PageAnswer]
    mrz: ZoneAnswer | None = None
    mrz_state: Literal["read", "pending", "none"] | None = None
    warnings: list[Literal["expired", "expiresSoon", "wrongKind"]] | None = None
