"""A scan is understood the moment it is uploaded: with the real reader, on drawn specimens."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pillow_heif
import pytest
from PIL import Image

from demo.caller import Answer, File, Refused
from demo.people import COENIG, Hire
from demo.running import until
from demo.specimens import Look, draw, filename, media_type
from documents.zone.installed import missing
from domain.document import DocumentKind
from tests.journeys.service import Walk, serving

pytestmark = [pytest.mark.journey, pytest.mark.engine, pytest.mark.skipif(bool(missing()), reason="no OCR installed")]
PASSPORT, LICENCE = DocumentKind.PASSPORT, DocumentKind.DRIVING_LICENCE


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    with serving(tmp_path_factory.mktemp("documents")) as one:
        yield one


def uploaded(walk: Walk, request_id: str, hire: Hire, kind: DocumentKind, look: Look) -> Answer:
    """The document as it is understood, at once or a little later."""
    content = draw(hire.person, kind, look, seed=7)
    walk.bob.uploads(request_id, kind, [(filename(kind, look), content, media_type(look))])
    found: Answer = {}

    def understood() -> bool:
        documents = walk.bob.reads(request_id)["documents"]
        found.update(next(document for document in documents if document["kind"] == kind))
        return bool(found["mrzState"] != "pending")

    until(understood, "the zone is read, or there is none", 120)
    return found


def filled(walk: Walk, hire: Hire, kind: DocumentKind, look: Look, **changed: str) -> tuple[str, Answer]:
    """A draft with every step done but the last, and its document."""
    request_id = walk.opened()
    document = uploaded(walk, request_id, hire, kind, look)
    walk.bob.states(request_id, {**hire.personal_data, **changed})
    walk.bob.locates(request_id, hire.addresses)
    return request_id, document


def test_a_good_passport_is_answered_at_once(walk: Walk) -> None:
    request_id, document = filled(walk, COENIG, PASSPORT, Look.PHOTO)
    person = COENIG.person
    assert document["mrzState"] == "read"
    assert document["mrz"] == {
        "format": "TD3",
        "surname": "REUTER",
        "givenNames": "COENIG",
        "documentNumber": person.document_number,
        "issuer": "D",
        "nationality": "D",
        "birthDate": str(person.birth_date),
        "sex": "M",
        "documentExpiry": person.expiry.isoformat(),
    }
    assert document.get("warnings", []) == []
    answer = walk.bob.submits(request_id)
    assert (answer["phase"], answer["outcome"]) == ("closed", "identified")


def test_a_typing_error_is_asked_about_and_corrected(walk: Walk) -> None:
    request_id, _ = filled(walk, COENIG, PASSPORT, Look.PHOTO, birthDate="1983-05-25", surname="Reutter")
    with pytest.raises(Refused) as asked:
        walk.bob.submits(request_id)
    assert (asked.value.status, asked.value.kind) == (409, "documentMismatch")
    assert asked.value.issues == ["surname", "birthDate"]
    walk.bob.states(request_id, COENIG.personal_data)
    assert walk.bob.submits(request_id)["outcome"] == "identified"


def test_what_is_confirmed_goes_to_an_agent_who_sees_both(walk: Walk) -> None:
    typed = {"documentNumber": "C01X0006K"}
    request_id, document = filled(walk, COENIG, PASSPORT, Look.PHOTO, **typed)
    with pytest.raises(Refused) as asked:
        walk.bob.submits(request_id)
    assert asked.value.issues == ["documentNumber"]
    send = f"/v1/requests/{request_id}/submission"
    sent = walk.bob.call("POST", send, json={"confirmed": ["documentNumber"]}, headers={"Prefer": "wait=10"}).json()
    assert sent["phase"] in ("identifying", "inReview")
    walk.comes_to(request_id, "inReview")
    file = walk.dave.file(request_id)
    assert file["reviewReason"] == "documentDoubt"
    (check,) = [check for check in file["documentCheck"] if check["agreement"] == "different"]
    assert (check["stated"], check["printed"]) == (typed["documentNumber"], document["mrz"]["documentNumber"])
    assert check["confirmed"]
    page = walk.dave.call("GET", f"/v1/desk/requests/{request_id}/documents/passport/pages/1?width=800")
    assert page.headers["content-type"] == "image/jpeg"
    # The very same scan came with the requests of the journeys before.
    assert {other["id"] for other in file.get("sameDocument", [])} == {
        entry["id"] for entry in walk.bob.requests() if entry["id"] != request_id and entry["phase"] == "closed"
    }


def test_a_wrong_kind_is_asked_about(walk: Walk) -> None:
    request_id, document = filled(walk, COENIG, PASSPORT, Look.PHOTO)
    content = draw(COENIG.person, PASSPORT, Look.PHOTO, seed=7)
    walk.bob.call("DELETE", f"/v1/requests/{request_id}/documents/passport")
    shown = walk.bob.uploads(request_id, "identityCard", [("card.jpg", content, "image/jpeg")])
    assert shown["documents"][0]["warnings"] == ["wrongKind"]
    assert shown["documents"][0]["mrz"] == document["mrz"]
    with pytest.raises(Refused) as asked:
        walk.bob.submits(request_id)
    assert (asked.value.kind, asked.value.issues) == ("documentMismatch", ["documents.identityCard"])


def test_an_expired_passport_is_refused(walk: Walk) -> None:
    old = replace(COENIG, person=replace(COENIG.person, expiry=date(2019, 4, 10)))
    request_id = walk.opened()
    assert uploaded(walk, request_id, old, PASSPORT, Look.SCAN)["warnings"] == ["expired"]
    stated = {name: value for name, value in old.personal_data.items() if name != "documentExpiry"}
    walk.bob.states(request_id, stated)
    walk.bob.locates(request_id, old.addresses)
    with pytest.raises(Refused) as asked:
        walk.bob.submits(request_id)
    assert (asked.value.kind, asked.value.issues) == ("documentExpired", ["documents.passport"])


def test_a_blurred_licence_comes_with_advice_and_is_sent_all_the_same(walk: Walk) -> None:
    request_id, document = filled(walk, COENIG, LICENCE, Look.BLURRED)
    assert (document["mrzState"], "mrz" in document) == ("none", False)
    (page,) = document["pages"]
    assert page["quality"] == {"verdict": "poor", "reasons": ["blurred"]}
    assert walk.bob.submits(request_id)["outcome"] == "identified"


def test_a_phones_heic_goes_all_the_way_to_the_number(walk: Walk) -> None:
    """As it lies in the phone: turned by what the camera says."""
    pillow_heif.register_heif_opener()
    lying = Image.Exif()
    lying[0x0112] = 6
    taken = io.BytesIO()
    photograph = Image.open(io.BytesIO(draw(COENIG.person, PASSPORT, Look.PHOTO, seed=7))).convert("RGB")
    photograph.transpose(Image.Transpose.ROTATE_90).save(taken, "HEIF", quality=80, exif=lying.tobytes())
    goes_through(walk, PASSPORT, ("IMG_4711.HEIC", taken.getvalue(), "image/heic"), "TD3")


def test_a_card_scanned_on_both_sides_goes_all_the_way_to_the_number(walk: Walk) -> None:
    """One PDF, front and back; the zone is on the back."""
    kind = DocumentKind.IDENTITY_CARD
    content = draw(COENIG.person, kind, Look.SCAN, seed=7)
    document = goes_through(walk, kind, ("card.pdf", content, "application/pdf"), "TD1", duplex=True)
    assert [page["side"] for page in document["pages"]] == ["front", "back"]


def goes_through(walk: Walk, kind: DocumentKind, file: File, form: str, **how: bool) -> Answer:
    """From the upload to the number; the document as it was understood."""
    request_id = walk.opened()
    walk.bob.uploads(request_id, kind, [file], **how)
    until(lambda: walk.bob.reads(request_id)["documents"][0]["mrzState"] != "pending", "the zone is read", 120)
    (document,) = walk.bob.reads(request_id)["documents"]
    assert document["mrz"]["format"] == form
    assert document["mrz"]["documentNumber"] == COENIG.person.document_number
    walk.bob.states(request_id, COENIG.personal_data)
    walk.bob.locates(request_id, COENIG.addresses)
    answer = walk.bob.submits(request_id)
    assert (answer["phase"], answer["outcome"], answer["ssinFormatted"]) == ("closed", "identified", "83.45.24-163.11")
    return dict(document)
