"""Pages whose zone is known beforehand: what a reader would find on them."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from PIL import Image, ImageDraw

from domain.document import DocumentKind, UploadedFile
from domain.errors import NissDeskError
from domain.people import PartialDate, Sex
from domain.zone import ZoneFormat, ZoneReading
from service import steps
from tests.intake import INTAKE
from tests.service.conftest import House

PASSPORT, CARD = DocumentKind.PASSPORT, DocumentKind.IDENTITY_CARD
#: Of the person of tests/service/conftest.py, on a day in March 2026.
MARIA = ZoneReading(
    format=ZoneFormat.TD3,
    code="P",
    document_number="ZS0000177",
    birth_date=PartialDate(1991, 3, 2),
    document_expiry=date(2030, 1, 31),
    issuer="NLD",
    surname="TIENPONT",
    given_names="MARIA",
    nationality="NLD",
    sex=Sex.FEMALE,
)


@cache
def page(text: str) -> bytes:
    """A PNG with some words on it."""
    image = Image.new("RGB", (320, 200), "white")
    ImageDraw.Draw(image).text((20, 80), text, fill="black")
    content = io.BytesIO()
    image.save(content, "PNG")
    return content.getvalue()


def served(text: str) -> bytes:
    """The same page as it is stored."""
    (checked,) = INTAKE.check([UploadedFile("pages[0]", page(text))])
    return checked.content


def upload(
    house: House,
    request_id: str,
    answer: ZoneReading | NissDeskError | None = None,
    *,
    kind: DocumentKind = PASSPORT,
    text: str = "page",
    by: str = "bob",
    **changed: Any,
) -> Any:
    """Upload a page on which a zone with these changes stands; or nothing, or an error."""
    if changed:
        answer = replace(MARIA, **changed)
    if answer is not None:
        house.zones.prepare(served(text), answer)
    return steps.upload_document(
        house.tools, house.caller(by), request_id, kind, pages=[UploadedFile("pages[0]", page(text))]
    )


def drafted(house: House, by: str = "bob", text: str = "page", **changed: Any) -> str:
    """A request with every step done but the last; the passport's zone has these changes."""
    request_id = house.opened(by=by)
    upload(house, request_id, MARIA, text=text, by=by, **changed)
    house.state(request_id, by=by)
    house.address(request_id, by=by)
    return request_id
