"""What a peer is: it loads people and gives scored candidates; thresholds are chosen on another seed."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from bench.matching.answers import Answer
from bench.matching.queries import Query
from domain.identification import RegisteredPerson, StatedPerson
from domain.niss import Niss

Candidates = list[tuple[Niss, float]]
_MARGINS = (0.0, 0.01, 0.02, 0.05, 0.1, 0.2)


class Peer(Protocol):
    """Loads a register once, then answers one query at a time."""

    @property
    def name(self) -> str:
        """As it stands in the table."""
        ...

    def load(self, people: Sequence[RegisteredPerson]) -> None:
        """Take a register."""
        ...

    def candidates(self, stated: StatedPerson) -> Candidates:
        """Best first, at most 100; a replaced number counts as its person."""
        ...

    def close(self) -> None:
        """Forget everything."""
        ...


@dataclass(frozen=True)
class Thresholds:
    """Automatic from `sure` on if the next is `margin` behind; *unknown* below `possible`."""

    sure: float
    margin: float
    possible: float


def ask(peer: Peer, queries: Iterable[Query]) -> list[Answer]:
    """Candidates for every query, one at a time, timed; nothing is decided yet."""
    everything = list(queries)
    for query in everything[:10]:
        peer.candidates(query.stated)
    answers = []
    for query in everything:
        began = time.perf_counter()
        found = peer.candidates(query.stated)
        ms = (time.perf_counter() - began) * 1000
        answers.append(Answer(query, "ambiguous" if found else "unknown", None, tuple(found), ms))
    return answers


def decided(answers: Iterable[Answer], by: Thresholds) -> list[Answer]:
    """The same answers with a decision."""
    return [_decide(answer, by) for answer in answers]


def _decide(answer: Answer, by: Thresholds) -> Answer:
    if answer.best < by.possible:
        return replace(answer, kind="unknown", given=None)
    if answer.best >= by.sure and _ahead(answer) >= by.margin:
        return replace(answer, kind="identified", given=answer.candidates[0][0])
    return replace(answer, kind="ambiguous", given=None)


def _ahead(answer: Answer) -> float:
    """How far the best is before the next one."""
    return answer.best - answer.candidates[1][1] if len(answer.candidates) > 1 else 1e9


def choose(answers: Sequence[Answer], risk: float) -> Thresholds:
    """The thresholds that answer most registered people with at most this share of wrong ones; on a seed for that."""
    possible = _possible(answers)
    best = (0, Thresholds(1e9, 0.0, possible))
    for margin in _MARGINS:
        reached = _sure(answers, risk, margin)
        if reached is not None and reached[0] > best[0]:
            best = (reached[0], Thresholds(reached[1], margin, possible))
    return best[1]


def _sure(answers: Sequence[Answer], risk: float, margin: float) -> tuple[int, float] | None:
    """How many right answers there are at the lowest score that keeps the risk, and that score."""
    decidable = [answer for answer in answers if answer.query.decidable]
    ranked = sorted(
        (answer for answer in decidable if answer.candidates and _ahead(answer) >= margin), key=lambda one: -one.best
    )
    right = wrong = 0
    found = None
    for place, answer in enumerate(ranked, 1):
        right += answer.best_right
        wrong += not answer.best_right
        tied = place < len(ranked) and ranked[place].best == answer.best
        if not tied and wrong <= risk * len(decidable):
            found = (right, answer.best)
    return found


def _possible(answers: Sequence[Answer], lost: float = 0.01) -> float:
    """The score below which at most a hundredth of the registered lie."""
    registered = sorted(answer.best for answer in answers if answer.query.truth is not None)
    return registered[int(lost * len(registered))] if registered else 0.0
