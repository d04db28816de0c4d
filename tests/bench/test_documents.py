"""The documents benchmark in short: what it draws is what it says, and nothing wrong is accepted."""

from random import Random
from typing import Any

import pytest

from bench.documents import spoiled
from bench.documents.drawn import drawn
from bench.documents.verdicts import REASONS, labelled, said
from bench.documents.zones import TODAY, decoded, ours, outcome, pages
from documents.zone import finding, reading
from documents.zone.finding import Line
from documents.zone.models import Networks
from domain.zone_reading import one_reading

SEED = 20261125


def test_every_specimen_has_a_zone_that_holds_and_the_same_seed_draws_it_again() -> None:
    for index in range(6):
        first, second = drawn(Random(index)), drawn(Random(index))
        assert (first.lines, first.layout) == (second.lines, second.layout)
        assert first.image.tobytes() == second.image.tobytes()
        said = one_reading(first.lines, TODAY)
        assert said is not None
        assert said.core is not None
        assert said.names is not None


def test_a_few_pages_of_each_level_without_a_wrong_number() -> None:
    networks = Networks()
    read = ours(networks)
    found = [outcome(level, *page, read) for level in ("clean", "moderate", "worse") for page in pages(SEED, level, 3)]
    assert not any(one.wrong_core or one.wrong_name for one in found)
    assert sum(one.right for one in found if one.level != "worse") >= 4


def test_verdicts_on_one_document() -> None:
    read = ours(Networks())
    wrong = [(page.reason, page.holds) for page in labelled(SEED, 1) if said(page, read) != page.holds]
    assert len(wrong) <= 1, wrong
    assert len(REASONS) == 7


def test_a_shot_puts_the_document_where_it_says() -> None:
    document = drawn(Random(3))
    shot = spoiled.Shot(width=1600, fill=0.8)
    seen = spoiled.corners(document, shot)
    assert abs(float(seen[:, 0].mean()) - 800) < 1
    assert float(seen[1, 0] - seen[0, 0]) <= 0.8 * 1600 + 1


def test_a_card_is_read_though_one_of_its_lines_is_overlooked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever of the three it is."""
    networks = Networks()
    cards = (one for one in map(drawn, map(Random, range(60))) if len(one.lines) == 3)
    card = next(one for one in cards if not set("O0I1") & set(one.person.document_number))
    page = decoded(spoiled.taken(card, None, Random(1)))
    found = finding.lines_of
    for overlooked in range(3):

        def without(*given: Any, at: int = overlooked) -> list[Line]:
            lowest = sorted(found(*given), key=lambda line: line.middle[1])[-3:]
            return [line for index, line in enumerate(lowest) if index != at]

        monkeypatch.setattr(reading, "lines_of", without)
        read = reading.read_page(networks, page, TODAY)
        truth = one_reading(card.lines, TODAY)
        assert read is not None
        assert truth is not None
        assert (read.document_number, read.birth_date, read.document_expiry) == truth.core
