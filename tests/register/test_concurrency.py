"""Several processes ask for a number for one new person at the same instant: one number."""

from __future__ import annotations

import multiprocessing
from collections import Counter
from datetime import UTC, datetime
from multiprocessing.synchronize import Barrier

import pytest

from domain.identification import Created, StatedPerson
from domain.people import PartialDate, Sex
from register.sql import SqlRegister
from runtime.database import make_engine

_ASKING = 3
_SURNAMES = ("Horvat", "Babić", "Kovač", "Marić", "Jurić", "Perić", "Vuković", "Tomić")


def _ask(url: str, who: int, start: Barrier, answers: multiprocessing.Queue[tuple[int, str, str]], same: bool) -> None:  # noqa: FBT001 - pytest gives it by name
    register = SqlRegister(make_engine(url), "fictitious")
    for turn in range(len(_SURNAMES)):
        given_name = "Ana" if same else ("Ana", "Petra", "Lucija")[who]
        stated = StatedPerson(_SURNAMES[turn], PartialDate(1987, 6, 17), given_name, Sex.FEMALE, "Split")
        start.wait(60)
        given = register.create(stated, key=f"{turn} {who}", at=datetime.now(UTC))
        ssin = given.person.ssin if isinstance(given, Created) else given.candidates[0].person.ssin
        answers.put((turn, type(given).__name__, ssin.digits))


@pytest.mark.parametrize("same", [True, False])
def test_one_person_one_number(database_url: str, same: bool) -> None:  # noqa: FBT001 - pytest gives it by name
    spawn = multiprocessing.get_context("spawn")
    start, answers = spawn.Barrier(_ASKING), spawn.Queue()
    asking = [spawn.Process(target=_ask, args=(database_url, who, start, answers, same)) for who in range(_ASKING)]
    for process in asking:
        process.start()
    given = [answers.get(timeout=60) for _ in range(_ASKING * len(_SURNAMES))]
    for process in asking:
        process.join(60)
        assert process.exitcode == 0
    for turn in range(len(_SURNAMES)):
        kinds = Counter(kind for here, kind, _ in given if here == turn)
        numbers = {ssin for here, _, ssin in given if here == turn}
        if same:
            assert kinds == {"Created": 1, "ExistingPeople": _ASKING - 1}
            assert len(numbers) == 1
        else:
            assert kinds == {"Created": _ASKING}
            assert len(numbers) == _ASKING
