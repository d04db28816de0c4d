"""recordlinkage: blocking, its string comparisons, a logistic regression trained on another seed."""

from __future__ import annotations

import importlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from bench.matching.peers.compare import World
from bench.matching.peers.peer import Candidates
from bench.matching.peers.scorer import Known, known
from domain.identification import RegisteredPerson, StatedPerson
from domain.niss import Niss

_COLUMNS = ("surname", "given", "born", "day", "month", "year", "sex", "place", "nationality", "address")
_TRAINING_QUERIES = 400
_MOST = 3_000


class LogisticLinkage:
    """Used online: a frame of one row against the frame of its blocks."""

    name = "recordlinkage, logistic"

    def __init__(self, tuning: World) -> None:
        self._pandas: Any = importlib.import_module("pandas")
        self._linkage: Any = importlib.import_module("recordlinkage")
        self._people: list[Known] = []
        self._blocks: dict[str, list[int]] = {}
        self._comparing = self._comparison()
        self._model = self._linkage.LogisticRegressionClassifier()
        self.load(tuning.register.people)
        self._train(tuning)

    def _comparison(self) -> Any:  # noqa: ANN401 - of an untyped library
        compare = self._linkage.Compare()
        for column in ("surname", "given", "place", "address"):
            compare.string(column, column, method="jarowinkler", missing_value=0.5)
        for column in ("born", "day", "month", "year", "sex", "nationality"):
            compare.exact(column, column, missing_value=0.5)
        return compare

    def load(self, people: Sequence[RegisteredPerson]) -> None:
        """Blocks: the birth date; year and sound of a name; sounds of both names."""
        self._people = [known(person) for person in people]
        self._blocks = defaultdict(list)
        for place, person in enumerate(self._people):
            for block in set(_blocks(person)):
                self._blocks[block].append(place)

    def _pairs(self, stated: StatedPerson) -> tuple[list[int], Any]:
        asked = known(stated)
        places = list(dict.fromkeys(place for block in _blocks(asked) for place in self._blocks.get(block, ())))[:_MOST]
        if not places:
            return [], None
        frame, index = self._pandas.DataFrame, self._pandas.MultiIndex
        one = frame([_row(asked)], columns=_COLUMNS)
        others = frame([_row(self._people[place]) for place in places], columns=_COLUMNS, index=places)
        return places, self._comparing.compute(index.from_product([[0], places]), one, others)

    def _train(self, tuning: World) -> None:
        features, matches = [], []
        for number, query in enumerate(tuning.queries[:_TRAINING_QUERIES]):
            places, found = self._pairs(query.stated)
            if not places:
                continue
            found.index = self._pandas.MultiIndex.from_tuples([(number, place) for place in places])
            features.append(found)
            matches += [(number, place) for place in places if self._people[place].number in query.meant]
        pairs = self._pandas.concat(features)
        self._model.fit(pairs, self._pandas.MultiIndex.from_tuples(matches))

    def candidates(self, stated: StatedPerson) -> Candidates:
        """By probability."""
        places, found = self._pairs(stated)
        if not places:
            return []
        best: dict[Niss, float] = {}
        for place, chance in zip(places, self._model.prob(found), strict=True):
            number = self._people[place].number
            if number is not None:
                best[number] = max(best.get(number, 0.0), float(chance))
        return sorted(best.items(), key=lambda one: -one[1])[:100]

    def close(self) -> None:
        """Nothing to do."""


def _blocks(person: Known) -> Iterator[str]:
    soundex = importlib.import_module("jellyfish").soundex
    surname, given = soundex(person.surname or "X"), soundex(person.given or "X")
    yield f"d{person.born}"
    yield f"s{person.born.year}{surname}"
    yield f"g{person.born.year}{given}"
    yield f"n{surname}{given}"


def _row(person: Known) -> tuple[object, ...]:
    born = person.born
    return (
        person.surname,
        person.given or None,
        str(born),
        born.day or None,
        born.month or None,
        born.year,
        person.sex or None,
        person.place or None,
        person.nationality or None,
        person.address or None,
    )
