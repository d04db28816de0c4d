"""What an agent reads beside a file: why the register was not sure, what to look at twice, when to refine."""

from __future__ import annotations

import inspect
import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.identification import Caution
from domain.niss import Niss, NumberSeries, next_niss
from domain.people import PartialDate
from matching import decide
from register.demo import FIVE
from service.cautions import CAUTIONS, DOUBTS
from tests.api.desk import COENIG, Desk

SEARCH = "/v1/desk/register/query"
REUTER = FIVE[0]


async def _file(desk: Desk, request_id: str, language: str = "en") -> dict[str, Any]:
    answer = await desk.as_("dave").get(f"/v1/desk/requests/{request_id}", headers={"Accept-Language": language})
    return dict(answer.json())


async def test_somebody_who_has_died(desk: Desk) -> None:
    desk.register.add([replace(REUTER, deceased_on=date(2020, 1, 2))])
    request_id = await desk.in_review(person=COENIG)
    file = await _file(desk, request_id)
    assert (file["reviewReason"], file["doubt"]["code"]) == ("ambiguous", "deceased")
    assert file["doubt"]["why"] == "The person found is registered as deceased."
    (candidate,) = file["candidates"]
    assert candidate["cautions"] == [{"code": "deceased", "why": "This person is registered as deceased."}]
    german = await _file(desk, request_id, "de")
    assert german["doubt"]["why"] == "Die gefundene Person ist als verstorben eingetragen."
    assert german["candidates"][0]["cautions"][0]["why"] == "Diese Person ist als verstorben eingetragen."


async def test_a_namesake_and_a_replaced_number(desk: Desk) -> None:
    old, other = Niss.parse("85.07.30-033.28"), Niss.parse("98.47.28-997.65")
    desk.register.add([replace(REUTER, ssin=old, replaced_by=REUTER.ssin), replace(REUTER, ssin=other)])
    file = await _file(desk, await desk.in_review(person=COENIG))
    assert file["doubt"]["code"] == "namesakes"
    codes = {item["ssin"]: [caution["code"] for caution in item["cautions"]] for item in file["candidates"]}
    assert codes == {REUTER.ssin.digits: ["replaced", "namesake"], other.digits: ["namesake"]}


async def test_a_child(desk: Desk) -> None:
    born = PartialDate(desk.tools.today().year - 10, 5, 24)
    ssin = next_niss(born, REUTER.sex, NumberSeries.FICTITIOUS, [])
    desk.register.add([replace(REUTER, ssin=ssin, birth_date=born)])
    file = await _file(desk, await desk.in_review(person={**COENIG, "birthDate": str(born)}))
    assert file["doubt"]["code"] == "underSixteen"
    best = file["candidates"][0]
    assert (best["ssin"], [caution["code"] for caution in best["cautions"]]) == (ssin.digits, ["underSixteen"])


async def test_nobody_and_no_doubt(desk: Desk) -> None:
    file = await _file(desk, await desk.in_review())
    assert (file["reviewReason"], file["doubt"]["code"]) == ("unknown", "none")
    assert "extent" not in file
    identified = await _file(desk, await desk.identified())
    assert "doubt" not in identified
    assert "cautions" not in identified["candidates"][0]


async def test_more_than_fifty_asks_for_a_finer_question(desk: Desk) -> None:
    numbers: list[Niss] = []
    for _ in range(51):
        numbers.append(next_niss(PartialDate(1970, 1, 2), None, NumberSeries.FICTITIOUS, numbers))
    desk.register.add(
        replace(REUTER, ssin=ssin, surname="Zeldzaam", birth_date=PartialDate(1970, 1, 2)) for ssin in numbers
    )
    dave = desk.as_("dave")
    many = (await dave.post(SEARCH, json={"surname": "Zeldzaam"})).json()
    assert (len(many["items"]), many["total"], many["extent"]) == (50, 50, "tooMany")
    one = (await dave.post(SEARCH, json={"surname": "Reuter"})).json()
    assert "extent" not in one


async def test_a_search_by_hand_says_the_same_as_the_file(desk: Desk) -> None:
    """Under other settings than the defaults: the score, the evidence, and who must be ruled out."""
    request_id = await desk.in_review(person={**COENIG, "givenNames": "Koen", "birthPlace": "Bonn"})
    stated = {**COENIG, "givenNames": "Koen", "birthPlace": "Bonn"}
    file = await _file(desk, request_id)
    best = file["candidates"][0]
    dave = desk.as_("dave")
    official = file["address"]["official"]
    for body in ({**stated, "official": official}, {**stated, "official": official, "ssin": best["ssin"]}):
        found = (await dave.post(SEARCH, json=body)).json()["items"]
        assert found[0] == best


def test_every_reason_has_its_words() -> None:
    said = set(re.findall(r'(?:return|doubt =) "(\w+)"', inspect.getsource(decide)))
    assert said >= {"deceased", "namesakes", "tooMany"}
    assert said | {"none"} <= set(DOUBTS)
    assert set(CAUTIONS) == set(Caution)


@pytest.mark.parametrize("code", sorted(DOUBTS))
def test_words_are_sentences(code: str) -> None:
    assert DOUBTS[code].endswith(".")
