"""Others on FEBRL4, as their own guides use them: unsupervised, all fields, and the same linking one to one."""

from __future__ import annotations

import importlib
import logging
from collections.abc import Callable
from typing import Any

from bench.matching.peers.linking import Pair

_BLOCKS = ("given_name", "surname", "date_of_birth", "postcode", "soc_sec_id")
_NAMES = ("given_name", "surname", "address_1", "suburb")
_TRAINED_ON = (("date_of_birth",), ("surname", "postcode"))


def recordlinkage_ecm(originals: Any, copies: Any) -> list[Pair]:  # noqa: ANN401 - frames of pandas
    """recordlinkage: five blocks, its comparisons, expectation conditional maximisation. Best first."""
    linkage: Any = importlib.import_module("recordlinkage")
    indexer = linkage.Index()
    for column in _BLOCKS:
        indexer.block(column)
    compare = linkage.Compare()
    for column in _NAMES:
        compare.string(column, column, method="jarowinkler", threshold=0.85, label=column)
    for column in ("date_of_birth", "postcode", "state", "street_number", "soc_sec_id"):
        compare.exact(column, column, label=column)
    features = compare.compute(indexer.index(originals, copies), originals, copies)
    model = linkage.ECMClassifier(binarize=0.5)
    model.fit(features)
    chances = model.prob(features)
    rows, others = _places(originals), _places(copies)
    found = ((float(chance), rows[one], others[other]) for (one, other), chance in chances.items())
    return sorted(found, reverse=True)


def splink(originals: Any, copies: Any) -> list[Pair]:  # noqa: ANN401 - frames of pandas
    """Splink on DuckDB: the same blocks, expectation maximisation over two blockings. Best first."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    library: Any = importlib.import_module("splink.comparison_library")
    link: Any = importlib.import_module("splink")
    api = importlib.import_module("splink.backends.duckdb").DuckDBAPI()
    frames = [api.register(frame.reset_index(names="unique_id").astype("string")) for frame in (originals, copies)]
    settings = link.SettingsCreator(
        link_type="link_only",
        comparisons=[
            *(
                library.JaroWinklerAtThresholds(name, [0.92, 0.8]).configure(term_frequency_adjustments=True)
                for name in _NAMES[:2]
            ),
            *(library.JaroWinklerAtThresholds(name, [0.9]) for name in _NAMES[2:]),
            *(library.DamerauLevenshteinAtThresholds(name, [1, 2]) for name in ("date_of_birth", "soc_sec_id")),
            library.ExactMatch("postcode"),
        ],
        blocking_rules_to_generate_predictions=[link.block_on(name) for name in _BLOCKS],
        probability_two_random_records_match=1 / len(originals),
    )
    linker = link.Linker(frames, settings)
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    for rule in _TRAINED_ON:
        linker.training.estimate_parameters_using_expectation_maximisation(link.block_on(*rule))
    table = linker.inference.predict().as_pandas_dataframe()
    rows, others = _places(originals), _places(copies)
    found: list[Pair] = []
    for weight, one, other in zip(table["match_weight"], table["unique_id_l"], table["unique_id_r"], strict=True):
        left, right = (one, other) if one in rows else (other, one)
        found.append((float(weight), rows[left], others[right]))
    return sorted(found, reverse=True)


def _places(frame: Any) -> dict[str, int]:  # noqa: ANN401 - a frame of pandas
    return {str(record): place for place, record in enumerate(frame.index)}


OTHERS: dict[str, Callable[[Any, Any], list[Pair]]] = {
    "recordlinkage, ECM": recordlinkage_ecm,
    "Splink, unsupervised": splink,
}
