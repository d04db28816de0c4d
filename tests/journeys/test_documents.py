"""Documents as people have them: a phone's photograph, and a card whose two sides were scanned into one file."""

import io
from datetime import date

import pillow_heif
import pytest
from PIL import Image

from demo.specimens import Look, SpecimenPerson, draw
from domain.document import DocumentKind
from domain.people import PartialDate, Sex
from tests.journeys.service import Walk

pytestmark = [pytest.mark.journey, pytest.mark.engine]
PERSON = SpecimenPerson(
    "Dupont",
    "Louis",
    Sex.MALE,
    PartialDate(1995, 5, 6),
    "Lille",
    "FR",
    "12AB34567",
    date(2022, 3, 1),
    date(2032, 2, 29),
)


def test_a_photograph_of_a_phone(walk: Walk) -> None:
    """HEIC, as it lies in the phone: turned by what the camera says, with the place where it was taken."""
    pillow_heif.register_heif_opener()
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[2] = (50.0, 51.0, 1.0)
    scan = Image.open(io.BytesIO(draw(PERSON, DocumentKind.DRIVING_LICENCE, Look.CLEAN, 3))).convert("RGB")
    taken = io.BytesIO()
    scan.resize((1200, 760)).save(taken, "HEIF", quality=70, exif=exif.tobytes())
    request_id = walk.opened()
    answer = walk.bob.uploads(request_id, "drivingLicence", [("IMG_4711.HEIC", taken.getvalue(), "image/heic")])
    ((page,),) = [document["pages"] for document in answer["documents"]]
    assert (page["width"], page["height"], page["mediaType"]) == (760, 1200, "image/jpeg")
    seen = walk.bob.call("GET", f"/v1/requests/{request_id}/documents/drivingLicence/pages/1").content
    with Image.open(io.BytesIO(seen)) as served:
        assert (served.size, dict(served.getexif())) == ((760, 1200), {})
    assert walk.bob.reads(request_id)["steps"]["document"] == "done"


def test_a_card_scanned_on_both_sides_into_one_file(walk: Walk) -> None:
    content = draw(PERSON, DocumentKind.IDENTITY_CARD, Look.SCAN, 3)
    request_id = walk.opened()
    answer = walk.bob.uploads(request_id, "identityCard", [("card.pdf", content, "application/pdf")], duplex=True)
    ((front, back),) = [document["pages"] for document in answer["documents"]]
    assert [(page["number"], page["side"]) for page in (front, back)] == [(1, "front"), (2, "back")]
    for number in (1, 2):
        page = walk.bob.call("GET", f"/v1/requests/{request_id}/documents/identityCard/pages/{number}")
        assert page.headers["content-type"] == "image/jpeg"
    assert walk.bob.reads(request_id)["steps"]["document"] == "done"
    kept = [path.read_bytes() for path in (walk.service.home / "blobs").rglob(f"{request_id}/*")]
    assert len(kept) == 2
    assert not any(content.startswith(b"\xff\xd8") for content in kept)
