"""What a matcher said to one query."""

from __future__ import annotations

from dataclasses import dataclass

from bench.matching.queries import Query
from domain.niss import Niss


@dataclass(frozen=True)
class Answer:
    """`kind` as in domain.identification; `given` is the number of an automatic answer; candidates best first."""

    query: Query
    kind: str
    given: Niss | None
    candidates: tuple[tuple[Niss, float], ...]
    ms: float
    reason: str = ""

    @property
    def automatic(self) -> bool:
        """Whether a number went out without anybody looking."""
        return self.given is not None

    @property
    def wrong(self) -> bool:
        """Whether it was somebody else's number."""
        return self.given is not None and self.given not in self.query.meant

    @property
    def found(self) -> bool:
        """Whether the right person is among the candidates."""
        return any(number in self.query.meant for number, _ in self.candidates[:100])

    @property
    def best(self) -> float:
        """The score of the top candidate, below every score where there is none."""
        return self.candidates[0][1] if self.candidates else -1e9

    @property
    def best_right(self) -> bool:
        """Whether the top candidate is the person."""
        return bool(self.candidates) and self.candidates[0][0] in self.query.meant
