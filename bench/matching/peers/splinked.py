"""Splink on DuckDB: trained without labels on the register itself, then one new record at a time."""

from __future__ import annotations

import importlib
import logging
from collections.abc import Sequence
from typing import Any

from bench.matching.peers.peer import Candidates
from bench.matching.peers.scorer import Known, known
from domain.identification import RegisteredPerson, StatedPerson
from domain.niss import Niss

_RULES = (("born",), ("surname", "given"), ("surname", "year"), ("given", "year", "month"), ("given", "address"))
_COLUMNS = ("unique_id", "surname", "given", "born", "year", "month", "sex", "place", "nationality", "address")


class Splinked:
    """Term frequencies on names; u by random pairs, m by expectation maximisation over two blockings."""

    name = "Splink, unsupervised"

    def __init__(self) -> None:
        logging.getLogger("splink").setLevel(logging.ERROR)
        self._pandas: Any = importlib.import_module("pandas")
        self._splink: Any = importlib.import_module("splink")
        self._api: Any = None
        self._linker: Any = None
        self._register: Any = None
        self._people: list[Known] = []

    def load(self, people: Sequence[RegisteredPerson]) -> None:
        """Fill DuckDB and train."""
        self._people = [known(person) for person in people]
        self._api = importlib.import_module("splink.backends.duckdb").DuckDBAPI()
        self._register = self._api.register(self._frame(self._people))
        block = self._splink.block_on
        settings = self._splink.SettingsCreator(
            link_type="dedupe_only",
            comparisons=self._comparisons(),
            blocking_rules_to_generate_predictions=[block(*rule) for rule in _RULES],
            probability_two_random_records_match=1 / max(len(people), 1),
        )
        self._linker = self._splink.Linker(self._register, settings)
        training = self._linker.training
        training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
        for rule in (("born", "sex"), ("surname", "given")):
            training.estimate_parameters_using_expectation_maximisation(block(*rule))

    def _comparisons(self) -> list[Any]:
        library: Any = importlib.import_module("splink.comparison_library")
        return [
            library.JaroWinklerAtThresholds("surname", [0.92, 0.8]).configure(term_frequency_adjustments=True),
            library.JaroWinklerAtThresholds("given", [0.92, 0.8]).configure(term_frequency_adjustments=True),
            library.DamerauLevenshteinAtThresholds("born", [1, 2]),
            library.ExactMatch("sex"),
            library.JaroWinklerAtThresholds("place", [0.88]),
            library.ExactMatch("nationality"),
            library.JaroWinklerAtThresholds("address", [0.9]),
        ]

    def _frame(self, people: Sequence[Known]) -> Any:  # noqa: ANN401 - of pandas
        rows = [
            (
                place,
                person.surname or None,
                person.given or None,
                str(person.born),
                str(person.born.year),
                str(person.born.month),
                person.sex or None,
                person.place or None,
                person.nationality or None,
                person.address or None,
            )
            for place, person in enumerate(people)
        ]
        return self._pandas.DataFrame(rows, columns=_COLUMNS).astype(
            {column: "string" for column in _COLUMNS if column != "unique_id"}
        )

    def candidates(self, stated: StatedPerson) -> Candidates:
        """By match weight; ids are positions."""
        asked = self._api.register(self._frame([known(stated)]))
        found = self._linker.inference.predict_between(asked, self._register, link_type="link_only")
        rows = found.as_pandas_dataframe()
        best: dict[Niss, float] = {}
        for place, weight in zip(rows["unique_id_r"], rows["match_weight"], strict=True):
            number = self._people[int(place)].number
            if number is not None:
                best[number] = max(best.get(number, -1e9), float(weight))
        found.drop_table_from_database_and_remove_from_cache()
        return sorted(best.items(), key=lambda one: -one[1])[:100]

    def close(self) -> None:
        """Leave DuckDB."""
        self._linker = self._api = None
