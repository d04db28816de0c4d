"""Drawn documents: the same every time, and real enough for the intake."""

import io
from dataclasses import replace
from datetime import date

import pytest
from PIL import Image, ImageFilter, ImageStat

from demo.specimens import Look, SpecimenPerson, draw, filename, media_type
from demo.specimens.documents import flat, holder, printed
from demo.specimens.mrz import td1, td3
from documents.kinds import kind_of
from domain.document import DocumentKind, Side, UploadedFile, Verdict
from domain.people import PartialDate, Sex
from tests.intake import INTAKE

PERSON = SpecimenPerson(
    surname="Łukasińska-Müller",
    given_names="Zoë Ñusta",
    sex=Sex.FEMALE,
    birth_date=PartialDate(1983, 5, 24),
    birth_place="Kraków",
    nationality="PL",
    document_number="ZS0000177",
    issued=date(2021, 3, 2),
    expiry=date(2031, 3, 1),
    residence="ul. Święta 12, 31-000 Kraków",
)


@pytest.mark.parametrize("look", Look)
@pytest.mark.parametrize("kind", DocumentKind)
def test_every_kind_in_every_look_passes_the_intake(kind: DocumentKind, look: Look) -> None:
    content = draw(PERSON, kind, look, 1)
    assert kind_of(content) == {"image/jpeg": "JPEG", "image/png": "PNG", "application/pdf": "PDF"}[media_type(look)]
    assert filename(kind, look).startswith(kind)
    pages = INTAKE.check([UploadedFile("pages[0]", content)], duplex=True)
    assert [page.side for page in pages] == [Side.FRONT, Side.BACK][: len(pages)]
    assert len(pages) == (2 if "can" in look and kind is not DocumentKind.PASSPORT else 1)
    reasons = ("blurred",) if look is Look.BLURRED else ()
    assert {page.reasons for page in pages} == {reasons}
    assert {page.verdict for page in pages} == {Verdict.POOR if reasons else Verdict.GOOD}
    assert len(content) < 2_500_000


def test_the_same_seed_draws_the_same_and_another_another() -> None:
    first, again, other = (draw(PERSON, DocumentKind.IDENTITY_CARD, Look.PHOTO, seed) for seed in (1, 1, 2))
    assert first == again
    assert first != other
    scans = [draw(PERSON, DocumentKind.PASSPORT, Look.GREY_SCAN, 3) for _ in range(2)]
    assert scans[0] == scans[1]


def test_a_passport_photo_is_stored_lying_and_comes_out_upright() -> None:
    (page,) = INTAKE.check([UploadedFile("pages[0]", draw(PERSON, DocumentKind.PASSPORT, Look.PHOTO, 1))])
    assert page.height > page.width


def test_a_blurred_one_has_no_edges_left() -> None:
    def edges(look: Look) -> float:
        image = Image.open(io.BytesIO(draw(PERSON, DocumentKind.DRIVING_LICENCE, look, 1))).convert("L").reduce(4)
        return float(ImageStat.Stat(image.filter(ImageFilter.FIND_EDGES)).var[0])

    assert edges(Look.BLURRED) < edges(Look.PHOTO) / 3


def test_the_zone_is_that_of_the_person() -> None:
    first, second = td3(holder(PERSON))
    assert first == "P<POLLUKASINSKA<MUELLER<<ZOE<NUSTA<<<<<<<<<<"
    assert second.startswith("ZS0000177")
    assert td1(holder(replace(PERSON, nationality="XK")))[0].startswith("I<UTOZS0000177")


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("kind", DocumentKind)
def test_people_with_little_can_be_drawn(kind: DocumentKind, side: Side) -> None:
    bare = replace(
        PERSON,
        surname="X" * 120,
        given_names=None,
        sex=None,
        birth_date=PartialDate(1953),
        nationality="ZZ",
        residence="",
    )
    assert flat(bare, kind, side, 1).mode == "RGB"


def test_dates_as_printed() -> None:
    assert [printed(PartialDate(1953)), printed(PartialDate(1953, 11)), printed(date(2031, 4, 9))] == [
        "XX.XX.1953",
        "XX.11.1953",
        "09.04.2031",
    ]
