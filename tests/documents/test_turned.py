"""Zones on pages that lie, stand on their head and are askew, of every format of document."""

from __future__ import annotations

from functools import cache
from random import Random

import cv2
import pytest

from bench.documents import spoiled
from bench.documents.drawn import Drawn, drawn
from bench.documents.zones import TODAY, decoded
from documents.zone.models import Networks
from documents.zone.reading import read_page
from domain.zone import ZoneFormat
from domain.zone_reading import one_reading

NETWORKS = Networks()
#: Lines of a zone, and characters of a line.
SHAPES = {ZoneFormat.TD3: (2, 44), ZoneFormat.TD1: (3, 30), ZoneFormat.TD2: (2, 36)}


@cache
def specimen(form: ZoneFormat) -> Drawn:
    """The first document of a format, of those whose number is not a matter of 0 and O, 1 and I."""
    for seed in range(200):
        one = drawn(Random(seed))  # noqa: S311 - seeded
        shape = len(one.lines), len(one.lines[0])
        if shape == SHAPES[form] and not set("O0I1") & set(one.person.document_number):
            return one
    raise LookupError(form)


@pytest.mark.parametrize("form", list(ZoneFormat))
@pytest.mark.parametrize(("quarter", "turn"), [(0, 10.0), (1, -10.0), (2, 5.0), (3, 10.0), (2, -10.0), (1, 0.0)])
def test_it_is_read_whichever_way_it_lies(form: ZoneFormat, quarter: int, turn: float) -> None:
    cv2.setNumThreads(1)
    document = specimen(form)
    shot = spoiled.Shot(width=1800, fill=0.85, turn=turn, blur=0.6, quality=80, quarter=quarter, table=7)
    content = spoiled.taken(document, shot, Random(1))  # noqa: S311 - seeded
    reading = read_page(NETWORKS, decoded(content), TODAY)
    truth = one_reading(document.lines, TODAY)
    assert reading is not None
    assert truth is not None
    assert reading.format is form
    assert reading.turn == 90 * quarter, "a picture turned so far against the clock is turned back with it"
    assert (reading.document_number, reading.birth_date, reading.document_expiry) == truth.core
    assert (reading.surname, reading.given_names) == truth.names
