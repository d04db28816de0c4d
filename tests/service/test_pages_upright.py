"""How a page lies: its zone tells for sure, in the upload or later, and agents see it upright."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from PIL import Image, ImageDraw

from bench.documents import spoiled
from bench.documents.drawn import drawn
from domain.document import Page, UploadedFile
from domain.errors import ZonePending
from domain.zone import ZoneReading
from service import requests, steps, viewing, zones
from service.views import RequestView
from tests.intake import INTAKE
from tests.service.conftest import House
from tests.service.scans import CARD, MARIA, PASSPORT, drafted, upload
from tests.service.scans import page as with_words


def spotted(corner: str) -> bytes:
    """A page with a dark spot in its upper left or lower right corner, and lines that tell nothing of how it lies."""
    image = Image.new("RGB", (1200, 900), "white")
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, 300, 225) if corner == "upper left" else (900, 675, 1200, 900), fill="black")
    for row in range(300, 600, 60):
        pen.text((100, row), "many words in a line " * 9, fill="black")
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def sent(house: House, request_id: str, content: bytes, reading: ZoneReading) -> Page:
    """The page as shown after an upload in which its zone reads so."""
    (checked,) = INTAKE.check([UploadedFile("pages[0]", content)])
    house.zones.prepare(checked.content, reading)
    uploaded = steps.upload_document(
        house.tools, house.caller("bob"), request_id, PASSPORT, pages=[UploadedFile("pages[0]", content)]
    )
    return uploaded.view.documents[0].pages[0]


def shown(house: House, request_id: str) -> RequestView:
    return requests.read_request(house.tools, house.caller("bob"), request_id)


@pytest.mark.parametrize(("turn", "said"), [(None, False), (0, False), (90, True), (180, True), (270, True)])
def test_the_zone_tells_how_its_page_lies(house: House, turn: int | None, *, said: bool) -> None:
    page = sent(house, house.opened(), spotted("upper left"), replace(MARIA, turn=turn))
    assert ("rotated" in page.reasons) is said
    assert (page.verdict == "poor") is bool(page.reasons)


def test_and_takes_back_what_looks_alone_told(house: House) -> None:
    shot = spoiled.Shot(width=1600, fill=0.8, blur=0.6, quality=80, quarter=1)
    sideways = spoiled.taken(drawn(Random(1)), shot, Random(1))  # noqa: S311 - seeded
    request_id = house.opened()
    unknown = sent(house, request_id, sideways, replace(MARIA, turn=None))
    upright = sent(house, request_id, sideways, replace(MARIA, turn=0))
    assert "rotated" in unknown.reasons
    assert "rotated" not in upright.reasons


def test_only_of_the_page_that_bears_it(house: House) -> None:
    request_id = house.opened()
    upload(house, request_id, MARIA, text="back", turn=180)
    front, back = (UploadedFile("pages[0]", spotted("upper left")), UploadedFile("backs[0]", with_words("back")))
    steps.upload_document(house.tools, house.caller("bob"), request_id, CARD, pages=[front], backs=[back])
    (card,) = (document for document in shown(house, request_id).documents if document.kind is CARD)
    assert ["rotated" in page.reasons for page in card.pages] == [False, True]


def test_what_is_read_later_tells_it_then(house: House) -> None:
    request_id = house.opened()
    upload(house, request_id, ZonePending("later"))
    assert "rotated" not in shown(house, request_id).documents[0].pages[0].reasons
    upload(house, house.opened(), MARIA, turn=180)  # the same page: from now on it can be read
    house.passes(zones.LOST_AFTER + timedelta(seconds=1))
    assert zones.finish_due(house.tools) == 1
    assert "rotated" in shown(house, request_id).documents[0].pages[0].reasons


def test_an_agent_sees_it_upright(house: House) -> None:
    request_id = drafted(house)
    sent(house, request_id, spotted("lower right"), replace(MARIA, turn=180))
    house.submit(request_id)
    assert _dark_corner(house, request_id) == "upper left"
    assert _dark_corner(house, request_id, turn=0) == "lower right"
    assert _dark_corner(house, request_id, turn=180) == "upper left"
    assert _dark_corner(house, request_id, turn=0, straight=True) == "upper left"
    assert _dark_corner(house, request_id, turn=180, straight=True) == "lower right"
    _, stored = steps.read_page(house.tools, house.caller("bob"), request_id, PASSPORT, 1)
    assert _dark(stored) == "lower right", "it is kept as it came"


def _dark_corner(house: House, request_id: str, turn: int | None = None, *, straight: bool = False) -> str:
    return _dark(
        viewing.view_page(
            house.tools, house.caller("dave"), request_id, PASSPORT, 1, width=800, turn=turn, straight=straight
        )
    )


def _dark(content: bytes) -> str:
    with Image.open(io.BytesIO(content)) as image:
        small = image.convert("L").resize((6, 6), Image.Resampling.BOX).tobytes()
    return "upper left" if small[0] < small[-1] else "lower right"
