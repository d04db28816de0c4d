"""The measures of a set of answers. Counts are exact; shares are of 1."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bench.matching.answers import Answer


def upper_bound(errors: int, trials: int, confidence: float = 0.95) -> float:
    """The one-sided Clopper-Pearson bound: the true share is below it, with this confidence.

    >>> round(upper_bound(0, 6_000), 5), round(upper_bound(3, 1_000), 5)
    (0.0005, 0.00773)
    """
    if trials == 0 or errors >= trials:
        return 1.0
    low, high = errors / trials, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if _at_most(errors, trials, middle) > 1 - confidence:
            low = middle
        else:
            high = middle
    return high


def _at_most(errors: int, trials: int, share: float) -> float:
    """The binomial probability of at most so many errors."""
    total = 0.0
    for count in range(errors + 1):
        log = math.lgamma(trials + 1) - math.lgamma(count + 1) - math.lgamma(trials - count + 1)
        total += math.exp(log + count * math.log(share) + (trials - count) * math.log1p(-share))
    return total


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of the values is not above."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, math.ceil(share * len(ordered)) - 1))] if ordered else math.nan


def share(part: int, whole: int) -> float:
    """A share, not a number where there is nothing to share."""
    return part / whole if whole else math.nan


@dataclass(frozen=True)
class BestF1:
    """The best F1 that a threshold on the top candidate's score can reach."""

    f1: float
    threshold: float
    precision: float
    recall: float
    wrong: float
    """Wrong predictions, of all queries."""


def best_f1(answers: Sequence[Answer]) -> BestF1:
    """A query predicts its top candidate from the threshold on."""
    registered = sum(1 for answer in answers if answer.query.truth is not None)
    ranked = sorted((answer for answer in answers if answer.candidates), key=lambda answer: -answer.best)
    best = BestF1(0.0, math.inf, 0.0, 0.0, 0.0)
    right = 0
    for place, answer in enumerate(ranked, 1):
        right += answer.best_right
        if place < len(ranked) and ranked[place].best == answer.best:
            continue
        f1 = 2 * right / (place + registered) if place + registered else 0.0
        if f1 > best.f1:
            best = BestF1(f1, answer.best, right / place, share(right, registered), (place - right) / len(answers))
    return best


@dataclass(frozen=True)
class Line:
    """One line of the table: all queries, or those of one class."""

    label: str
    queries: int
    decidable: int
    registered: int
    right: int
    """Automatic and right."""
    wrong: int
    """Automatic and wrong, of the decidable."""
    ambiguous: int
    unknown: int
    """Registered (and decidable), yet unknown."""
    found: int
    """Registered, and among the candidates."""
    undecidable_automatic: int

    @property
    def automatic(self) -> float:
        """Of the registered, decidable or not, those answered rightly."""
        return share(self.right, self.registered)

    @property
    def undecidable(self) -> int:
        """Queries that nobody can decide."""
        return self.queries - self.decidable


def line(label: str, answers: Sequence[Answer]) -> Line:
    """Count one line."""
    registered = [answer for answer in answers if answer.query.truth is not None]
    decidable = [answer for answer in answers if answer.query.decidable]
    return Line(
        label=label,
        queries=len(answers),
        decidable=len(decidable),
        registered=len(registered),
        right=sum(1 for answer in registered if answer.automatic and not answer.wrong),
        wrong=sum(1 for answer in decidable if answer.wrong),
        ambiguous=sum(1 for answer in answers if answer.kind == "ambiguous"),
        unknown=sum(1 for answer in registered if answer.kind == "unknown"),
        found=sum(1 for answer in registered if answer.found),
        undecidable_automatic=sum(1 for answer in answers if answer.automatic and not answer.query.decidable),
    )


def by_class(answers: Iterable[Answer]) -> list[Line]:
    """One line for each error class, those with most queries first; a query counts in each of its classes."""
    groups: dict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        for label in answer.query.classes:
            groups[label].append(answer)
    return sorted((line(label, group) for label, group in groups.items()), key=lambda one: (-one.queries, one.label))


def by_culture(answers: Iterable[Answer]) -> list[Line]:
    """One line for each name group."""
    groups: dict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        groups[answer.query.culture].append(answer)
    return [line(label, groups[label]) for label in sorted(groups)]
