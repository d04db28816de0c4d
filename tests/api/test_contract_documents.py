"""What a document's zone says, as callers are told: read, asked about, confirmed, shown to agents."""

import io
from datetime import timedelta
from typing import Any

import pytest
from PIL import Image, ImageChops

from domain.errors import ZonePending, ZoneReaderUnavailable
from tests.api.desk import COENIG, Desk
from tests.api.zones import COENIG_ZONE, upload

TYPED = {**COENIG, "documentNumber": "C01X0006H"}


async def send(desk: Desk, request_id: str, *confirmed: str) -> Any:
    body = {"confirmed": list(confirmed)} if confirmed else {}
    return await desk.as_("bob").post(f"/v1/requests/{request_id}/submission", json=body)


async def test_the_zone_is_in_the_answer_as_printed(desk: Desk) -> None:
    (document,) = (await upload(desk, await desk.opened()))["documents"]
    assert document["mrzState"] == "read"
    assert document["mrz"] == {
        "format": "TD3",
        "surname": "REUTER",
        "givenNames": "COENIG",
        "documentNumber": "C01X0006H",
        "issuer": "D",
        "nationality": "D",
        "birthDate": "1983-05-24",
        "sex": "M",
        "documentExpiry": "2099-04-10",
    }
    assert "warnings" not in document


async def test_what_was_not_read_for_sure_is_left_out(desk: Desk) -> None:
    bare: dict[str, Any] = {"surname": "", "given_names": "", "nationality": "", "sex": None, "issuer": ""}
    (document,) = (await upload(desk, await desk.opened(), **bare))["documents"]
    assert sorted(document["mrz"]) == ["birthDate", "documentExpiry", "documentNumber", "format"]


@pytest.mark.parametrize(("answer", "state"), [(ZonePending("x"), "pending"), (ZoneReaderUnavailable("x"), "none")])
async def test_a_zone_that_is_not_read(desk: Desk, answer: Any, state: str) -> None:
    (document,) = (await upload(desk, await desk.opened(), answer))["documents"]
    assert (document["mrzState"], "mrz" in document) == (state, False)


async def test_a_zone_that_is_waited_for_takes_no_key(desk: Desk) -> None:
    """The call that waits for a pending zone is accepted once, under its `Idempotency-Key` too."""
    request_id = await desk.filled(person=TYPED)
    await upload(desk, request_id, ZonePending("x"))
    url, key = f"/v1/requests/{request_id}/submission", {"Idempotency-Key": "k-1"}
    for _ in range(2):
        answer = await desk.as_("bob").post(url, headers=key)
        assert (answer.status_code, answer.json()["phase"]) == (202, "identifying")


async def test_lists_have_no_documents(desk: Desk) -> None:
    await upload(desk, await desk.opened())
    (listed,) = (await desk.as_("bob").get("/v1/requests")).json()["items"]
    assert {"documents", "sameDocument", "address"} & set(listed) == set()


async def test_a_difference_is_asked_about_and_no_value_is_told(desk: Desk) -> None:
    request_id = await desk.filled(person=TYPED)
    await upload(desk, request_id, surname="REUTTER", code="I")
    answer = await send(desk, request_id)
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:problem-type:niss-desk:documentMismatch")
    issues = answer.json()["issues"]
    assert [(issue["in"], issue["name"]) for issue in issues] == [("body", "surname"), ("body", "documents.passport")]
    assert "REUTTER" not in answer.text
    assert "Reuter" not in answer.text
    assert all("value" not in issue for issue in issues)
    assert (await send(desk, request_id, "surname", "documents.passport")).status_code == 202


async def test_a_corrected_one_is_answered_at_once(desk: Desk) -> None:
    request_id = await desk.filled(person={**TYPED, "surname": "Reutter"})
    await upload(desk, request_id)
    assert (await send(desk, request_id)).json()["issues"][0]["name"] == "surname"
    await desk.as_("bob").put(f"/v1/requests/{request_id}/personalData", json=TYPED)
    assert (await send(desk, request_id)).status_code == 202
    desk.conclude(request_id)
    assert (await desk.as_("bob").get(f"/v1/requests/{request_id}")).json()["outcome"] == "identified"


async def test_a_confirmed_one_goes_to_an_agent_who_sees_both(desk: Desk) -> None:
    request_id = await desk.filled(person=TYPED)
    await upload(desk, request_id, document_number="C01X0O06H")
    assert (await send(desk, request_id, "documentNumber")).status_code == 202
    desk.conclude(request_id)
    file = (await desk.as_("dave").get(f"/v1/desk/requests/{request_id}")).json()
    assert (file["phase"], file["reviewReason"]) == ("inReview", "documentDoubt")
    checked = {check["field"]: check for check in file["documentCheck"]}
    assert checked["documentNumber"] == {
        "document": "passport",
        "field": "documentNumber",
        "stated": "C01X0006H",
        "printed": "C01X0O06H",
        "agreement": "different",
        "confirmed": True,
    }
    assert (checked["surname"]["agreement"], checked["surname"]["confirmed"]) == ("same", False)
    assert "documentCheck" not in (await desk.as_("bob").get(f"/v1/requests/{request_id}")).json()


@pytest.mark.parametrize("confirmed", [["nickname"], ["documents"], ["documents.visa"], "surname", [1]])
async def test_only_fields_and_kinds_can_be_confirmed(desk: Desk, confirmed: Any) -> None:
    request_id = await desk.filled(person=TYPED)
    answer = await desk.as_("bob").post(f"/v1/requests/{request_id}/submission", json={"confirmed": confirmed})
    assert answer.status_code == 400
    assert answer.json()["issues"][0]["name"].startswith("confirmed")


async def test_documents_end(desk: Desk) -> None:
    request_id = await desk.filled(person=TYPED)
    yesterday, soon = (desk.tools.today() + timedelta(days=days) for days in (-1, 30))
    (document,) = (await upload(desk, request_id, document_expiry=yesterday))["documents"]
    assert document["warnings"] == ["expired"]
    answer = await send(desk, request_id)
    assert answer.json()["type"].endswith(":documentExpired")
    assert [issue["name"] for issue in answer.json()["issues"]] == ["documents.passport"]
    card: dict[str, Any] = {"kind": "identityCard", "code": "ID", "document_number": "L01X00T47", "width": 800}
    shown = await upload(desk, request_id, document_expiry=soon, **card)
    assert {each["kind"]: each["warnings"] for each in shown["documents"]} == {
        "passport": ["expired"],
        "identityCard": ["expiresSoon"],
    }
    assert (await send(desk, request_id)).status_code == 202


@pytest.mark.parametrize("unread", [ZonePending("x"), ZoneReaderUnavailable("x")])
@pytest.mark.parametrize("kind", ["identityCard", "drivingLicence"])
async def test_a_document_of_which_nothing_is_known_has_not_ended(desk: Desk, unread: Any, kind: str) -> None:
    """Beside an expired passport as alone."""
    request_id = await desk.filled(person=TYPED)
    await upload(desk, request_id, document_expiry=desk.tools.today() - timedelta(days=1))
    assert (await send(desk, request_id)).json()["type"].endswith(":documentExpired")
    shown = await upload(desk, request_id, unread, kind=kind, width=800)
    assert {each["kind"]: each.get("warnings") for each in shown["documents"]} == {"passport": ["expired"], kind: None}
    assert (await send(desk, request_id)).status_code == 202


class TestTheSameDocument:
    """Pointed out within a company; across companies to agents alone."""

    async def test_by_its_page(self, desk: Desk) -> None:
        first, second = await desk.opened(), await desk.opened("bea")
        await upload(desk, first, document_number="AAAA11111")
        shown = await upload(desk, second, who="bea", document_number="BBBB22222")
        assert shown["sameDocument"] == [{"id": first, "phase": "collecting"}]
        assert shown["documents"]
        await desk.as_("bob").delete(f"/v1/requests/{first}")
        assert "sameDocument" not in (await desk.as_("bea").get(f"/v1/requests/{second}")).json()

    async def test_by_its_number_in_the_zone_or_typed(self, desk: Desk) -> None:
        first, second, third = await desk.opened(), await desk.opened(), await desk.opened()
        await upload(desk, first)
        typed = {**COENIG, "documentNumber": "c01x-0006h"}
        shown = (await desk.as_("bob").put(f"/v1/requests/{second}/personalData", json=typed)).json()
        assert shown["sameDocument"] == [{"id": first, "phase": "collecting"}]
        assert len((await upload(desk, third, width=700))["sameDocument"]) == 2
        other = (await desk.as_("bob").put(f"/v1/requests/{second}/personalData", json=COENIG)).json()
        assert "sameDocument" not in other

    async def test_another_companys_only_for_agents(self, desk: Desk) -> None:
        theirs = await desk.filled("carol")
        await upload(desk, theirs, who="carol")
        assert (await desk.as_("carol").post(f"/v1/requests/{theirs}/submission")).status_code == 202
        ours = await desk.filled(person=TYPED)
        assert "sameDocument" not in await upload(desk, ours)
        assert (await send(desk, ours)).status_code == 202
        desk.conclude(ours)
        file = (await desk.as_("dave").get(f"/v1/desk/requests/{ours}")).json()
        globex = {"enterpriseNumber": "0999001218", "name": "Globex SA"}
        assert file["sameDocument"] == [{"id": theirs, "phase": "identifying", "company": globex}]
        assert COENIG_ZONE.document_number not in str(file["sameDocument"])


VIEW = "/v1/desk/requests/{}/documents/passport/pages/1"


async def test_an_agent_looks_at_a_page(desk: Desk) -> None:
    request_id = await desk.submitted()
    looked = [
        await desk.as_("dave").get(VIEW.format(request_id) + how)
        for how in ("", "?width=400&turn=90", "?width=400&turn=90&straight=true")
    ]
    assert [answer.status_code for answer in looked] == [200, 200, 200]
    assert {answer.headers["content-type"] for answer in looked} == {"image/jpeg"}
    assert {answer.headers["cache-control"] for answer in looked} == {"no-store, private"}
    whole, turned, straight = (Image.open(io.BytesIO(answer.content)).size for answer in looked)
    assert (whole, turned) == ((900, 600), (400, 600))
    assert straight[0] == 400
    assert straight[1] < 300, "what is printed stands in the left third of the page, and is cut out"
    stored = await desk.as_("dave").get(f"/v1/requests/{request_id}/documents/passport/pages/1")
    pixels = [Image.open(io.BytesIO(answer.content)).convert("RGB") for answer in (looked[0], stored)]
    assert ImageChops.difference(*pixels).getbbox() is not None


@pytest.mark.parametrize(
    "how", ["width=401", "straight=1", "width=-1", "turn=45", "width=400&width=800", "size=1", "width="]
)
async def test_only_some_ways_of_looking(desk: Desk, how: str) -> None:
    answer = await desk.as_("dave").get(f"{VIEW.format(await desk.submitted())}?{how}")
    assert (answer.status_code, answer.json()["issues"][0]["in"]) == (400, "query")


async def test_a_page_that_is_not_there_and_a_draft(desk: Desk) -> None:
    request_id = await desk.submitted()
    for path in ("passport/pages/2", "passport/pages/x", "identityCard/pages/1"):
        answer = await desk.as_("dave").get(f"/v1/desk/requests/{request_id}/documents/{path}")
        assert answer.status_code == 404
    assert (await desk.as_("dave").get(VIEW.format(await desk.filled()))).status_code == 404
    assert (await desk.as_("bob").get(VIEW.format(request_id))).status_code == 403
