"""The matching benchmark's measures, on answers made by hand."""

from __future__ import annotations

import math

import pytest

from bench.matching.answers import Answer
from bench.matching.curves import coverage, reliability
from bench.matching.metrics import best_f1, by_class, line, percentile, upper_bound
from bench.matching.plot import plot
from bench.matching.queries import Query
from bench.matching.report import figures
from bench.matching.tables import text
from domain.identification import StatedPerson
from domain.niss import Niss
from domain.people import PartialDate

ANNA, ANNE = Niss("83452416311"), Niss("93451204619")
STATED = StatedPerson("Peeters", PartialDate(1983, 5, 24))


def answered(
    truth: Niss | None,
    given: Niss | None,
    *candidates: tuple[Niss, float],
    kind: str = "identified",
    decidable: bool = True,
    classes: tuple[str, ...] = ("clean",),
) -> Answer:
    meant = frozenset({truth} if truth else ())
    query = Query("q", STATED, truth, meant, classes, decidable, "dutch")
    return Answer(query, kind, given, candidates, 1.0)


RIGHT = answered(ANNA, ANNA, (ANNA, 0.99), (ANNE, 0.2))
WRONG = answered(ANNA, ANNE, (ANNE, 0.9), (ANNA, 0.5))
REVIEWED = answered(ANNA, None, (ANNA, 0.6), kind="ambiguous")
LOST = answered(ANNA, None, kind="unknown")
STRANGER = answered(None, None, kind="unknown", classes=("stranger",))
TAKEN = answered(None, ANNE, (ANNE, 0.8), classes=("near-twin",))
HOPELESS = answered(None, ANNE, (ANNE, 0.95), decidable=False, classes=("same-name-and-date",))
ALL = [RIGHT, WRONG, REVIEWED, LOST, STRANGER, TAKEN, HOPELESS]


def test_what_is_wrong_right_lost_and_reviewed() -> None:
    counted = line("all", ALL)
    assert (counted.queries, counted.decidable, counted.registered) == (7, 6, 4)
    assert (counted.right, counted.wrong, counted.ambiguous, counted.unknown, counted.found) == (1, 2, 1, 1, 3)
    assert (counted.undecidable, counted.undecidable_automatic) == (1, 1)


def test_a_query_counts_in_each_of_its_classes() -> None:
    both = answered(ANNA, ANNA, (ANNA, 1.0), classes=("typing-1", "moved"))
    assert {one.label: one.queries for one in by_class([both, STRANGER])} == {"typing-1": 1, "moved": 1, "stranger": 1}


def test_the_best_f1_is_where_right_and_wrong_balance() -> None:
    best = best_f1([RIGHT, WRONG, REVIEWED, LOST])
    # Everybody with a candidate: 2 right of 3 predicted, of 4 registered.
    assert best.f1 == pytest.approx(4 / 7)
    assert best.threshold == 0.6
    assert best_f1([STRANGER]).f1 == 0


def test_equal_scores_are_taken_together() -> None:
    tied = [answered(ANNA, ANNA, (ANNA, 0.9)), answered(None, None, (ANNE, 0.9))]
    assert best_f1(tied).precision == 0.5


def test_the_bound_follows_the_rule_of_three() -> None:
    assert upper_bound(0, 2_000) == pytest.approx(0.0015, rel=0.01)
    assert upper_bound(0, 0) == 1.0
    assert upper_bound(5, 10_000) > 0.0005


def test_percentiles_are_values_that_occurred() -> None:
    assert percentile([3.0, 1.0, 2.0], 0.5) == 2.0
    assert percentile(list(map(float, range(1, 101))), 0.95) == 95.0
    assert math.isnan(percentile([], 0.5))


def test_coverage_stops_where_the_accepted_risk_is_used_up() -> None:
    points = coverage(ALL, (0.0, 0.5))
    assert points[0].automatic == 0.25
    assert points[0].wrong == 0
    assert points[1].automatic == 0.5


def test_said_is_compared_with_true() -> None:
    bins = reliability([RIGHT, WRONG, REVIEWED], (0.5, 0.7, 1.0))
    assert [(one.queries, one.true) for one in bins] == [(1, 1.0), (2, 0.5)]
    assert plot([{"said": 0.9, "true": 0.5, "queries": 2}]).startswith("<svg")


def test_the_table_tells_every_figure_of_the_goals() -> None:
    told = text(figures(ALL, {"seeds": [1], "people": 10, "profile": "default"}))
    for words in ("wrong automatic", "95 % sure", "best F1", "yet unknown", "review share", "among ≤ 100", "near-twin"):
        assert words in told
