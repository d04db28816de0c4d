"""Pages straightened for the agent's eyes: specimens photographed askew come out level, cut down to the document."""

from __future__ import annotations

import io
from random import Random

import numpy as np
import pytest
from PIL import Image

from bench.documents import spoiled
from bench.documents.drawn import drawn
from documents.flat import askew, straightened
from documents.viewing import view


def photograph(seed: int, turn: float, *, quarter: int = 0) -> tuple[Image.Image, tuple[float, float]]:
    """A document on a table, askew, and the document's own length and height in its pixels."""
    document = drawn(Random(seed))  # noqa: S311 - seeded
    shot = spoiled.Shot(width=1600, fill=0.75, turn=turn, blur=0.5, quality=85, quarter=quarter, table=3)
    content = spoiled.taken(document, shot, Random(seed))  # noqa: S311 - seeded
    corners = spoiled.corners(document, shot)
    sides = float(np.linalg.norm(corners[1] - corners[0])), float(np.linalg.norm(corners[3] - corners[0]))
    return Image.open(io.BytesIO(content)), sides if quarter % 2 == 0 else (sides[1], sides[0])


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize(("turn", "quarter"), [(8.0, 0), (-9.5, 0), (3.0, 1), (-6.0, 2), (0.0, 0)])
def test_it_comes_out_level_and_fills_the_picture(seed: int, turn: float, quarter: int) -> None:
    image, (width, height) = photograph(seed, turn, quarter=quarter)
    assert askew(image) == pytest.approx(turn, abs=0.7)
    flat = straightened(image)
    assert abs(askew(flat)) < 0.7
    assert flat.width == pytest.approx(width * 1.04, rel=0.12)
    assert flat.height == pytest.approx(height * 1.04, rel=0.12)


def test_a_page_without_a_line_stays_as_it_is() -> None:
    blank = Image.new("RGB", (900, 600), "white")
    assert straightened(blank).size == (900, 600)


def test_the_view_shows_it_either_way_and_marked() -> None:
    image, (width, height) = photograph(2, 9.0)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=90)
    shown = [
        Image.open(io.BytesIO(view(out.getvalue(), width=800, turn=0, words="Dave 13:00", straight=straight)))
        for straight in (False, True)
    ]
    assert shown[0].width / shown[0].height == pytest.approx(image.width / image.height, rel=0.01)
    assert shown[1].width == 800
    assert shown[1].width / shown[1].height == pytest.approx(width / height, rel=0.1)
