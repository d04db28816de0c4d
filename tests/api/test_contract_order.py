"""When several things are wrong, the first of them in the contract's order is told, at every call on a request."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from api.problems import PROBLEMS, urn
from service import people
from tests.api.cases import CALLS, DESK, NOWHERE, REQUEST, STALE, made
from tests.api.desk import Desk, page
from tests.api.routes import ROUTES, unknown

OBJECTION = ("POST", f"{REQUEST}/objection")
RELEASE = ("DELETE", f"{DESK}/claim")
UPLOAD = ("PUT", f"{REQUEST}/documents/{{kind}}")
NAMED = [(method, path) for method, path, _, _ in CALLS]
#: Refused once the request is closed.
ENDING = [call for call in NAMED if call not in (OBJECTION, RELEASE)]
READING = [call for call in NAMED if call[0] != "DELETE"]
WRONG: dict[str, Any] = {"json": {"isAdmin": True}}
#: Calls that need no body and look at one all the same.
BODILESS = [call for call in READING if call[1].endswith(("/claim", "/confirmation"))]


def wrong(call: tuple[str, str]) -> dict[str, Any]:
    """A body that is not understood."""
    return {"files": [("pages", ("scan.png", b"no image", "image/png"))]} if call == UPLOAD else WRONG


async def told(desk: Desk, call: tuple[str, str], request_id: str, code: str, **brought: Any) -> None:
    answer = await made(desk, *call, request_id, **brought)
    assert (answer.status_code, answer.json()["type"]) == (PROBLEMS[code].status, urn(code)), answer.text


@pytest.mark.parametrize("call", READING, ids=" ".join)
async def test_what_is_not_there_comes_before_what_is_wrong(desk: Desk, call: tuple[str, str]) -> None:
    await told(desk, call, NOWHERE, "resourceNotFound", headers=STALE, **wrong(call))


@pytest.mark.parametrize("call", [call for call in READING if call != OBJECTION], ids=" ".join)
async def test_what_is_wrong_comes_before_what_is_stale_or_closed(desk: Desk, call: tuple[str, str]) -> None:
    code = "unsupportedMediaType" if call == UPLOAD else "badRequest"
    await told(desk, call, await desk.identified(), code, headers=STALE, **wrong(call))


@pytest.mark.parametrize("call", ENDING, ids=" ".join)
async def test_what_is_stale_comes_before_what_is_closed(desk: Desk, call: tuple[str, str]) -> None:
    request_id = await desk.identified()
    await told(desk, call, request_id, "preconditionFailed", headers=STALE)
    await told(desk, call, request_id, "requestClosed", headers={"If-Match": "*"})


async def test_the_order_of_states_at_the_desk(desk: Desk) -> None:
    desk.under(four_eyes="always", ruling_undo=timedelta(minutes=1))
    rule, confirm = ("POST", f"{DESK}/ruling"), ("POST", f"{DESK}/ruling/confirmation")
    request_id = await desk.submitted()
    create = {"json": {"kind": "createNumber"}}
    await told(desk, rule, request_id, "notInReview", **create)
    request_id = await desk.in_review(person={"surname": "Reuter", "birthDate": "1983-05-24", "givenNames": "Coenig"})
    assert (await desk.as_("erin").post(f"/v1/desk/requests/{request_id}/claim")).status_code == 200
    await told(desk, rule, request_id, "claimedByAnother", **create)
    body = {"kind": "createNumber", "differentFrom": ["83452416311"]}
    assert (await desk.as_("erin").post(f"/v1/desk/requests/{request_id}/ruling", json=body)).status_code == 202
    await told(desk, rule, request_id, "claimedByAnother", **create)
    await told(desk, rule, request_id, "rulingPending", who="erin", **create)
    # Who proposed it may not confirm it; whether there is anything to confirm is told first.
    await told(desk, confirm, request_id, "missingPermission", who="erin")
    assert (await made(desk, *confirm, request_id)).status_code == 202
    for who in ("dave", "erin"):
        await told(desk, confirm, request_id, "noRuling", who=who)


async def test_an_open_question_bars_the_desk(desk: Desk) -> None:
    request_id = await desk.asked(document=True)
    for call in [call for call in NAMED if call[1].startswith(DESK) and call != RELEASE]:
        await told(desk, call, request_id, "notInReview")
    assert (await made(desk, *RELEASE, request_id)).status_code == 204
    assert (await made(desk, "POST", f"{REQUEST}/submission", request_id)).json()["type"] == urn("alreadySubmitted")


@pytest.mark.parametrize("call", BODILESS, ids=" ".join)
@pytest.mark.parametrize(
    ("content", "media_type", "code"),
    [
        (b"{not json", "application/json", "badRequest"),
        (b"[]", "application/json", "badRequest"),
        (b'{"isAdmin": true}', "application/json", "badRequest"),
        (b"a=1", "text/plain", "unsupportedMediaType"),
        (b" " * 40_000_001, "application/json", "payloadTooLarge"),
    ],
)
async def test_a_body_that_is_not_needed_is_read_all_the_same(
    desk: Desk, call: tuple[str, str], content: bytes, media_type: str, code: str
) -> None:
    request_id = await desk.in_review()
    await told(desk, call, request_id, code, content=content, headers={"Content-Type": media_type})


@pytest.mark.parametrize("known", [False, True], ids=["at once", "once the caller is known"])
@pytest.mark.parametrize(("method", "path", "body", "who"), ROUTES)
async def test_a_database_that_is_away_is_503_everywhere(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, method: str, path: str, body: Any, who: str, *, known: bool
) -> None:
    engine: Engine = desk.tools.store.engine
    at = {"dave": "desk", "sven": "desk", "ada": "audit"}.get(who, "acme")
    caller = people.caller_of(desk.tools, f"{who}@{at}.example")

    def away(*_: object, **__: object) -> None:
        raise engine.dialect.dbapi.OperationalError("refused")  # type: ignore[union-attr]

    engine.dispose()
    monkeypatch.setattr(engine.dialect, "connect", away)
    if known:
        monkeypatch.setattr(people, "caller_named", lambda *_, **__: caller)
    brought: dict[str, Any] = {"json": body} if isinstance(body, dict) else {"files": [page()]} if body else {}
    if path == "/v1/audit/trail":
        brought["params"] = {"company": "0999000129"}
    answer = await desk.as_(who).request(method, unknown(path), **brought)
    assert answer.status_code == 503, answer.text
    assert answer.json()["type"] == urn("serviceUnavailable")
    assert answer.headers["retry-after"]
