"""Documents whose zone is known beforehand, as they are uploaded."""

from dataclasses import replace
from datetime import date
from typing import Any

from documents.prepared import PreparedZones
from domain.document import UploadedFile
from domain.errors import NissDeskError
from domain.people import PartialDate, Sex
from domain.zone import ZoneFormat, ZoneReading
from tests.api.desk import Desk, image, page
from tests.intake import INTAKE

#: Of the person of tests/api/desk.py.
COENIG_ZONE = ZoneReading(
    format=ZoneFormat.TD3,
    code="P",
    document_number="C01X0006H",
    birth_date=PartialDate(1983, 5, 24),
    document_expiry=date(2099, 4, 10),
    issuer="D",
    surname="REUTER",
    given_names="COENIG",
    nationality="D",
    sex=Sex.MALE,
)


async def upload(
    desk: Desk,
    request_id: str,
    answer: ZoneReading | NissDeskError | None = None,
    *,
    kind: str = "passport",
    who: str = "bob",
    width: int = 900,
    **changed: Any,
) -> Any:
    """Upload a page of this width on which Coenig's zone stands, with these changes; the Request then."""
    content = image(size=(width, 600))
    (served,) = INTAKE.check([UploadedFile("pages[0]", content)])
    assert isinstance(desk.tools.zones, PreparedZones)
    desk.tools.zones.prepare(served.content, answer or replace(COENIG_ZONE, **changed))
    put = f"/v1/requests/{request_id}/documents/{kind}"
    uploaded = await desk.as_(who).put(put, files=[page(content=content)])
    assert uploaded.status_code == 200, uploaded.text
    return uploaded.json()
