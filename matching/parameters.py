"""The numbers of the model, of parameters.json beside this file: learned, with their source (docs/matching.md)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import Any

#: (among true pairs, among others of the same culture): how often a field stands at a level.
Shares = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Relation:
    """How somebody who is not the stated person may come to look like them: a twin, a namesake, a slip of a date away.

    `expected` is how many of them an unregistered person has in the register; `shares` says for each field how far
    they agree as one person would (1) or as two strangers would (0).
    """

    name: str
    expected: float
    shares: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Parameters:
    """Shares of levels among true pairs, by field; relations; and the line that makes a log-odds a calibrated one.

    `registered` is the share of stated people who are in the register, before anything is known of them.
    """

    source: str
    registered: float
    surname: Mapping[str, float]
    given_names: Mapping[str, float]
    birth_date: Mapping[str, float]
    fields: Mapping[str, Mapping[str, Shares]]
    relations: tuple[Relation, ...]
    calibration: tuple[float, float]
    raw: Mapping[str, Any] = field(repr=False, compare=False, hash=False)


_PLAIN = ("sex", "birthPlace", "birthCountry", "nationality", "official")


def read(raw: Mapping[str, Any]) -> Parameters:
    """Parameters of the JSON object of parameters.json."""
    relations = tuple(
        Relation(name, values["expected"], {key: share for key, share in values.items() if key != "expected"})
        for name, values in raw["relations"].items()
    )
    return Parameters(
        source=raw["source"],
        registered=raw["registered"],
        surname=raw["surname"],
        given_names=raw["givenNames"],
        birth_date=raw["birthDate"],
        fields={name: {level: (m, u) for level, (m, u) in raw[name].items()} for name in _PLAIN},
        relations=relations,
        calibration=(raw["calibration"][0], raw["calibration"][1]),
        raw=raw,
    )


@lru_cache(maxsize=1)
def learned() -> Parameters:
    """The parameters that are shipped."""
    return read(json.loads(resources.files(__package__).joinpath("parameters.json").read_text("utf-8")))
