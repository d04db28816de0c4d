"""Safety against coverage, and whether scores are probabilities."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bench.matching.answers import Answer
from bench.matching.metrics import share

RISKS = (0.0, 0.0001, 0.0005, 0.001, 0.005, 0.01)
_EDGES = (0.0, 0.001, 0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 0.995, 0.999, 0.9999, 1.0)


@dataclass(frozen=True)
class Point:
    """What a threshold on the top candidate's score alone would give, without any rule."""

    risk: float
    threshold: float
    automatic: float
    wrong: int


def coverage(answers: Sequence[Answer], risks: Sequence[float] = RISKS) -> list[Point]:
    """For each accepted share of wrong answers among the decidable: how many registered people are answered."""
    decidable = [answer for answer in answers if answer.query.decidable]
    registered = sum(1 for answer in decidable if answer.query.truth is not None)
    ranked = sorted((answer for answer in decidable if answer.candidates), key=lambda answer: -answer.best)
    found = {risk: Point(risk, math.inf, 0.0, 0) for risk in risks}
    right = wrong = 0
    for place, answer in enumerate(ranked, 1):
        right += answer.best_right
        wrong += not answer.best_right
        if place < len(ranked) and ranked[place].best == answer.best:
            continue
        for risk in risks:
            if wrong <= risk * len(decidable):
                found[risk] = Point(risk, answer.best, share(right, registered), wrong)
    return [found[risk] for risk in risks]


@dataclass(frozen=True)
class Bin:
    """Queries whose top candidate's score lies between the edges."""

    low: float
    high: float
    queries: int
    said: float
    """Mean score."""
    true: float
    """Share of them whose top candidate is the person."""


def reliability(answers: Sequence[Answer], edges: Sequence[float] = _EDGES) -> list[Bin]:
    """Said against true, by score; of the decidable queries that have a candidate."""
    bins = []
    scored = [answer for answer in answers if answer.candidates and answer.query.decidable]
    for low, high in pairwise(edges):
        last = high == edges[-1]
        inside = [answer for answer in scored if low <= answer.best < high or (last and answer.best == high)]
        if inside:
            said = sum(answer.best for answer in inside) / len(inside)
            right = sum(1 for answer in inside if answer.best_right)
            bins.append(Bin(low, high, len(inside), said, right / len(inside)))
    return bins


def calibration_error(bins: Sequence[Bin]) -> float:
    """The mean distance of said and true, by queries."""
    total = sum(one.queries for one in bins)
    return sum(abs(one.said - one.true) * one.queries for one in bins) / total if total else math.nan
