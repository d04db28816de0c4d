"""nomenklatura's logic-v2 on another peer's candidates."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from bench.matching.peers.peer import Candidates, Peer
from domain.identification import RegisteredPerson, StatedPerson
from domain.niss import Niss

#: Of the candidates, those compared: it is slow.
_COMPARED = 20


class LogicV2:
    """Its scores decide; finding is the other's."""

    name = "nomenklatura logic-v2 on pg_trgm"

    def __init__(self, finder: Peer) -> None:
        self._finder = finder
        self._people: dict[Niss, RegisteredPerson] = {}
        self._asked = 0
        self._world = uuid4().hex
        matching: Any = importlib.import_module("nomenklatura.matching")
        followed: Any = importlib.import_module("followthemoney")
        self._model: Any = followed.model
        self._algorithm = matching.get_algorithm("logic-v2")
        self._settings = self._algorithm.default_config()

    def load(self, people: Sequence[RegisteredPerson]) -> None:
        """The finder indexes."""
        self._finder.load(people)
        self._people = {person.ssin: person for person in people}

    def candidates(self, stated: StatedPerson) -> Candidates:
        """The finder's, in the order of logic-v2."""
        # It remembers names by id: every query needs one of its own.
        self._asked += 1
        asked = self._entity(f"{self._world}-{self._asked}", stated)
        scored = []
        for number, points in self._finder.candidates(stated)[:_COMPARED]:
            person = self._people.get(number)
            if person is not None:
                result = self._algorithm.compare(
                    asked, self._entity(f"{self._world}-{number.digits}", person), self._settings
                )
                # Most of its scores are equal: the finder's order decides between those.
                scored.append((number, float(result.score) + points / 1_000))
        return sorted(scored, key=lambda one: -one[1])

    def _entity(self, name: str, person: StatedPerson | RegisteredPerson) -> Any:  # noqa: ANN401 - of another library
        home = person.official
        said: dict[str, list[str | None]] = {
            "name": [f"{person.given_names or ''} {person.surname}".strip()],
            "lastName": [person.surname],
            "firstName": [person.given_names],
            "birthDate": [str(person.birth_date)],
            "birthPlace": [person.birth_place],
            "nationality": [person.nationality.lower() if person.nationality else None],
            "gender": [{"M": "male", "F": "female"}[person.sex.value] if person.sex else None],
            "address": [f"{home.street} {home.house_number or ''}, {home.municipality}" if home else None],
        }
        values = {key: [value for value in each if value] for key, each in said.items()}
        return self._model.get_proxy({"id": name, "schema": "Person", "properties": values})

    def close(self) -> None:
        """The finder's."""
        self._finder.close()
