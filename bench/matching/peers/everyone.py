"""rapidfuzz over everyone: the hundred most similar names, then the scorer."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import process
from rapidfuzz.fuzz import token_sort_ratio

from bench.matching.peers.peer import Candidates
from bench.matching.peers.scorer import Known, known, ranked
from domain.identification import RegisteredPerson, StatedPerson


class Everyone:
    """No index at all."""

    name = "rapidfuzz over everyone"

    def __init__(self) -> None:
        self._people: list[Known] = []
        self._names: list[str] = []

    def load(self, people: Sequence[RegisteredPerson]) -> None:
        """Sort the words of every name once."""
        self._people = [known(person) for person in people]
        self._names = [" ".join(sorted(person.name.split())) for person in self._people]

    def candidates(self, stated: StatedPerson) -> Candidates:
        """Compared with every name."""
        asked = known(stated)
        name = " ".join(sorted(asked.name.split()))
        found = process.extract(name, self._names, scorer=token_sort_ratio, processor=None, limit=100, score_cutoff=50)
        return ranked(asked, (self._people[place] for _, _, place in found))

    def close(self) -> None:
        """Nothing to do."""
