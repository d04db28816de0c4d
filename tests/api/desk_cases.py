"""The same for the desk; `CASES` then has them all."""

from dataclasses import replace
from datetime import timedelta

import httpx

from tests.api.cases import CASES, DESK, REJECT, case, made, reused
from tests.api.desk import COENIG, Desk, page

__all__ = ["CASES"]


async def held_by_erin(desk: Desk) -> str:
    request_id = await desk.in_review()
    assert (await desk.as_("erin").post(f"/v1/desk/requests/{request_id}/claim")).status_code == 200
    return request_id


for verb, where in (("POST", f"{DESK}/claim"), ("DELETE", f"{DESK}/claim"), ("POST", f"{DESK}/ruling")):

    async def _held_by_another(desk: Desk, verb: str = verb, where: str = where) -> httpx.Response:
        return await made(desk, verb, where, await held_by_erin(desk))

    CASES[verb, where, "claimedByAnother"] = _held_by_another


@case("POST", f"{DESK}/ruling", "rulingPending")
async def _rule_twice(desk: Desk) -> httpx.Response:
    desk.under(ruling_undo=timedelta(minutes=1))
    request_id = await desk.in_review()
    await desk.ruled(request_id, **REJECT)
    return await made(desk, "POST", f"{DESK}/ruling", request_id)


@case("POST", f"{DESK}/ruling", "personDeceased")
async def _identify_the_dead(desk: Desk) -> httpx.Response:
    person = desk.tools.register.search_by_name("Dupont").candidates[0].person
    desk.register.add([replace(person, deceased_on=desk.tools.today())])
    body = {"kind": "identify", "ssin": person.ssin.digits}
    return await made(desk, "POST", f"{DESK}/ruling", await desk.in_review(), json=body)


@case("POST", f"{DESK}/ruling", "minimumDataMissing")
async def _create_of_too_little(desk: Desk) -> httpx.Response:
    request_id = await desk.in_review()
    # The official address has moved to Belgium since; what was accepted is never taken back.
    belgian = {"street": "Markt", "postalCode": "9000", "municipality": "Gent", "country": "BE"}
    await desk.ruled(request_id, kind="requestInformation", reason="incomplete", fields=["official", "birthPlace"])
    desk.conclude(request_id)
    bob = desk.as_("bob")
    assert (await bob.put(f"/v1/requests/{request_id}/address", json={"official": belgian})).status_code == 200
    data = {"surname": "Tienpont", "birthDate": "1991", "birthPlace": "Gent"}
    assert (await bob.put(f"/v1/requests/{request_id}/personalData", json=data)).status_code == 200
    desk.conclude(request_id)
    answer = await made(desk, "POST", f"{DESK}/ruling", request_id, json={"kind": "createNumber"})
    assert [issue["name"] for issue in answer.json()["issues"]] == ["birthDate", "sex", "contact"]
    return answer


@case("POST", f"{DESK}/ruling", "lookAlikesNotRuledOut")
async def _create_beside_a_look_alike(desk: Desk) -> httpx.Response:
    request_id = await desk.in_review(person={**COENIG, "givenNames": "Coeniga", "sex": "F"})
    return await made(desk, "POST", f"{DESK}/ruling", request_id, json={"kind": "createNumber"})


@case("POST", f"{DESK}/ruling", "questionRoundsUsed")
async def _ask_too_often(desk: Desk) -> httpx.Response:
    desk.under(question_rounds=1)
    request_id = await desk.asked(document=True)
    answer = await desk.as_("bob").put(f"/v1/requests/{request_id}/documents/passport", files=[page()])
    assert answer.status_code == 200, answer.text
    desk.conclude(request_id)
    body = {"kind": "requestInformation", "reason": "other", "document": True}
    return await made(desk, "POST", f"{DESK}/ruling", request_id, json=body)


@case("POST", f"{DESK}/ruling", "idempotencyKeyReused")
async def _rule_with_a_used_key(desk: Desk) -> httpx.Response:
    url = f"/v1/desk/requests/{await desk.in_review()}/ruling"
    return await reused(desk, "dave", url, REJECT, {**REJECT, "reason": "notEligible"})


@case("POST", f"{DESK}/ruling/confirmation", "noRuling")
async def _confirm_nothing(desk: Desk) -> httpx.Response:
    return await made(desk, "POST", f"{DESK}/ruling/confirmation", await desk.in_review())


@case("POST", f"{DESK}/ruling/confirmation", "personDeceased")
async def _confirm_who_has_died_since(desk: Desk) -> httpx.Response:
    desk.under(four_eyes="always")
    person = desk.tools.register.search_by_name("Dupont").candidates[0].person
    request_id = await desk.in_review()
    await desk.ruled(request_id, kind="identify", ssin=person.ssin.digits)
    desk.register.add([replace(person, deceased_on=desk.tools.today())])
    return await made(desk, "POST", f"{DESK}/ruling/confirmation", request_id, who="erin")


@case("POST", f"{DESK}/ruling/confirmation", "idempotencyKeyReused")
async def _confirm_with_a_used_key(desk: Desk) -> httpx.Response:
    headers = {"Idempotency-Key": "k-1"}
    request_id = await desk.in_review()
    url = f"/v1/desk/requests/{request_id}/ruling"
    assert (await desk.as_("dave").post(url, json=REJECT, headers=headers)).status_code == 202
    return await made(desk, "POST", f"{DESK}/ruling/confirmation", request_id, headers=headers)


@case("DELETE", f"{DESK}/ruling", "noRuling")
async def _undo_nothing(desk: Desk) -> httpx.Response:
    return await made(desk, "DELETE", f"{DESK}/ruling", await desk.in_review())


REPLACEMENT = "/v1/desk/register/replacement"
TWO = {"ssin": "83452416311", "replacedBy": "95450603360"}


@case("POST", REPLACEMENT, "personDeceased")
async def _replace_by_the_number_of_the_dead(desk: Desk) -> httpx.Response:
    person = desk.tools.register.search_by_name("Dupont").candidates[0].person
    desk.register.add([replace(person, deceased_on=desk.tools.today())])
    return await desk.as_("dave").post(REPLACEMENT, json=TWO)


@case("POST", REPLACEMENT, "alreadyReplaced")
async def _replace_twice(desk: Desk) -> httpx.Response:
    assert (await desk.as_("dave").post(REPLACEMENT, json=TWO)).status_code == 200
    return await desk.as_("dave").post(REPLACEMENT, json={**TWO, "replacedBy": "94450506933"})


@case("POST", REPLACEMENT, "idempotencyKeyReused")
async def _replace_with_a_used_key(desk: Desk) -> httpx.Response:
    return await reused(desk, "dave", REPLACEMENT, TWO, {**TWO, "replacedBy": "94450506933"})
