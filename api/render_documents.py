"""Documents made into answers."""

from __future__ import annotations

from api import desk_schemas, document_schemas
from domain.document import IdentityDocument
from domain.zone import ZoneReading
from service.views import RequestView


def document_answer(document: IdentityDocument) -> document_schemas.DocumentAnswer:
    """A document with its pages, what its zone says, and what the person should know of it."""
    return document_schemas.DocumentAnswer(
        kind=document.kind.value,
        pages=[
            document_schemas.PageAnswer(
                number=page.number,
                side=page.side.value,
                media_type=page.media_type,
                width=page.width,
                height=page.height,
                quality=document_schemas.QualityAnswer(verdict=page.verdict.value, reasons=list(page.reasons)),
            )
            for page in document.pages
        ],
        mrz=_zone(document.zone) if document.zone else None,
        mrz_state=document.zone_state.value if document.zone_state else None,
        warnings=[warning.value for warning in document.warnings] or None,
    )


def document_check(view: RequestView) -> list[desk_schemas.DocumentCheckAnswer]:
    """What the zones say beside what was stated, field by field; kinds of documents among the fields."""
    return [
        desk_schemas.DocumentCheckAnswer.model_validate(
            {
                "document": check.kind.value,
                "field": check.field,
                "stated": check.stated,
                "printed": check.printed,
                "agreement": check.agreement.value,
                "confirmed": check.field in view.confirmed,
            }
        )
        for check in view.check.fields
    ]


def _zone(zone: ZoneReading) -> document_schemas.ZoneAnswer:
    return document_schemas.ZoneAnswer(
        format=zone.format.value,
        surname=zone.surname or None,
        given_names=zone.given_names or None,
        document_number=zone.document_number or None,
        issuer=zone.issuer or None,
        nationality=zone.nationality or None,
        birth_date=str(zone.birth_date),
        sex=zone.sex.value if zone.sex else None,
        document_expiry=zone.document_expiry.isoformat(),
    )
