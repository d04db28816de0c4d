"""What is said of pages: every reason where it clearly holds, and nothing of a good one."""

import io
from dataclasses import replace
from random import Random

import pytest
from PIL import Image, ImageDraw

from bench.documents import spoiled
from bench.documents.drawn import drawn
from documents.quality import judge
from domain.document import Verdict

GOOD = spoiled.Shot(width=1600, fill=0.8, tilt=(3, -4), turn=2, blur=0.6, quality=80, light=0.2, noise=3, table=5)
SPOILED = {
    "lowResolution": replace(GOOD, width=500, blur=0.3),
    "blurred": replace(GOOD, blur=9.0),
    "glare": replace(GOOD, glare=1.0),
    "dark": replace(GOOD, gain=0.2),
    "cutOff": replace(GOOD, offset=(0.28, 0.0)),
    "rotated": replace(GOOD, quarter=1),
}


def page(shot: spoiled.Shot | None, seed: int = 1) -> Image.Image:
    with Image.open(io.BytesIO(spoiled.taken(drawn(Random(seed)), shot, Random(seed)))) as image:
        image.load()
        return image


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("shot", [GOOD, replace(GOOD, turn=-6, width=2400), None])
def test_nothing_is_said_of_a_good_page(shot: spoiled.Shot | None, seed: int) -> None:
    assert judge(page(shot, seed)) == (Verdict.GOOD, ())


@pytest.mark.parametrize("reason", SPOILED)
def test_what_is_clearly_so_is_said_and_nothing_else(reason: str) -> None:
    assert judge(page(SPOILED[reason])) == (Verdict.POOR, (reason,))


@pytest.mark.parametrize("aside", [(0.45, 0.0), (-0.45, 0.0), (0.0, 0.4), (0.0, -0.4)])
def test_a_document_cut_so_far_that_the_table_is_in_the_middle_is_cut_off_too(aside: tuple[float, float]) -> None:
    _, reasons = judge(page(replace(GOOD, fill=0.7, offset=aside)))
    assert "cutOff" in reasons


def test_a_document_from_edge_to_edge_with_a_dark_bar_is_not_cut_off() -> None:
    edge_to_edge = page(None)
    ImageDraw.Draw(edge_to_edge).rectangle((0, 0, edge_to_edge.width, edge_to_edge.height // 12), fill=(20, 40, 120))
    assert judge(edge_to_edge) == (Verdict.GOOD, ())


def test_a_blank_sheet() -> None:
    assert judge(Image.new("RGB", (2000, 1400), "white")) == (Verdict.POOR, ("blank",))
    assert judge(Image.new("L", (300, 200), 250)) == (Verdict.POOR, ("lowResolution", "blank"))


def test_a_table_is_not_taken_for_text_down_the_page() -> None:
    sheet = Image.new("RGB", (1400, 1000), "white")
    pen = ImageDraw.Draw(sheet)
    for row in range(8):
        pen.line((60, 150 + row * 100, 1340, 150 + row * 100), fill="black", width=3)
        for column in range(3):
            pen.text((80 + column * 420, 90 + row * 100), "AM 02.03.2021", font_size=34, fill="black")
    assert judge(sheet) == (Verdict.GOOD, ())


def test_one_line_of_text_is_no_document_on_its_side() -> None:
    sheet = Image.new("L", (1500, 1000), 255)
    ImageDraw.Draw(sheet).text((100, 400), "Nothing more is said here", font_size=60, fill=0)
    assert judge(sheet) == (Verdict.GOOD, ())
