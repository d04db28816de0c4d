"""A company's software: made, rotated and revoked by its administrator, held to its scopes and its mandate."""

from __future__ import annotations

import base64
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import text
from sqlmodel import select

from access.limits import Limits
from domain.errors import TooManyCalls
from service.clients import TOKEN_LIFETIME
from store.client_tables import ClientRow, ClientTokenRow
from tests.api.desk import COENIG, Desk

CLIENTS = "/v1/company/clients"
GRANT = {"grant_type": "client_credentials"}


async def granted(desk: Desk, client_id: str, **more: str) -> httpx.Response:
    form = {**GRANT, "client_id": client_id, "client_secret": desk.secrets[client_id], **more}
    return await desk.as_(None).post("/oauth/token", data=form)


async def bearer(desk: Desk, client_id: str, **more: str) -> dict[str, str]:
    answer = await granted(desk, client_id, **more)
    assert answer.status_code == 200, answer.text
    return {"Authorization": f"Bearer {answer.json()['access_token']}"}


async def called(desk: Desk, headers: dict[str, str], method: str, path: str, **more: Any) -> httpx.Response:
    return await desk.as_(None).request(method, path, headers=headers, **more)


def code(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].rpartition(":")[2]


async def test_software_asks_in_the_companys_name_and_is_named(desk: Desk) -> None:
    client_id = await desk.client_of("alice", name="Payroll software")
    answer = await granted(desk, client_id)
    assert answer.json() | {"access_token": "?"} == {
        "access_token": "?",
        "token_type": "Bearer",
        "expires_in": 900,
        "scope": "requests:read requests:write",
    }
    assert answer.headers["cache-control"] == "no-store"
    headers = await bearer(desk, client_id)
    opened = await called(desk, headers, "POST", "/v1/requests", json={})
    assert opened.status_code == 201, opened.text
    assert opened.json()["requester"]["name"] == "Payroll software"
    path = f"/v1/requests/{opened.json()['id']}"
    assert (await called(desk, headers, "PUT", f"{path}/personalData", json=COENIG)).status_code == 200
    # Colleagues see it as any other of the company; its history says who it was.
    assert (await desk.as_("bob").get(path)).status_code == 200
    history = (await desk.as_("bob").get(f"{path}/history")).json()["items"]
    assert {line["by"]["name"] for line in history} == {"Payroll software"}
    assert [item["id"] for item in (await called(desk, headers, "GET", "/v1/requests")).json()["items"]] == [
        opened.json()["id"]
    ]
    names = [one["name"] for one in (await desk.as_("bob").get("/v1/company/members")).json()["items"]]
    assert "Payroll software" not in names, "software is no colleague"


async def test_the_secret_is_shown_once_and_kept_as_a_hash(desk: Desk) -> None:
    client_id = await desk.client_of("alice")
    secret = desk.secrets[client_id]
    (listed,) = (await desk.as_("alice").get(CLIENTS)).json()["items"]
    assert listed["id"] == client_id
    assert "secret" not in listed
    new = {"name": "B", "email": "it@acme.example", "scopes": ["requests:read"]}
    once = {"Idempotency-Key": "k1"}
    first = await desk.as_("alice").post(CLIENTS, json=new, headers=once)
    again = await desk.as_("alice").post(CLIENTS, json=new, headers=once)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json().pop("secret")
    assert again.json() == {name: value for name, value in first.json().items() if name != "secret"}
    token = (await granted(desk, client_id)).json()["access_token"]
    with desk.tools.store.reading() as session:
        kept = repr([*session.exec(select(ClientRow)), *session.exec(select(ClientTokenRow))])
    assert secret not in kept
    assert token not in kept


async def test_a_rotated_secret_and_a_revoked_client_end_at_once(desk: Desk) -> None:
    client_id = await desk.client_of("alice")
    headers = await bearer(desk, client_id)
    rotated = await desk.as_("alice").post(f"{CLIENTS}/{client_id}/rotation")
    assert rotated.status_code == 200, rotated.text
    assert code(await called(desk, headers, "GET", "/v1/requests")) == (401, "invalidAccessToken")
    assert (await granted(desk, client_id)).json() == {"error": "invalid_client"}
    desk.secrets[client_id] = rotated.json()["secret"]
    headers = await bearer(desk, client_id)
    assert (await called(desk, headers, "GET", "/v1/requests")).status_code == 200
    assert (await desk.as_("alice").delete(f"{CLIENTS}/{client_id}")).status_code == 204
    assert code(await called(desk, headers, "GET", "/v1/requests")) == (401, "invalidAccessToken")
    assert (await granted(desk, client_id)).status_code == 401
    assert (await desk.as_("alice").get(CLIENTS)).json()["items"] == []
    assert code(await desk.as_("alice").delete(f"{CLIENTS}/{client_id}")) == (404, "resourceNotFound")


async def test_a_token_is_short_lived(desk: Desk) -> None:
    client_id = await desk.client_of("alice")
    headers = await bearer(desk, client_id)
    later = desk.tools.now() - TOKEN_LIFETIME - timedelta(seconds=1)
    with desk.tools.store.engine.begin() as connection:
        connection.execute(text("UPDATE client_tokens SET expires_at = :at"), {"at": later.replace(tzinfo=None)})
    assert code(await called(desk, headers, "GET", "/v1/requests")) == (401, "invalidAccessToken")


async def test_scopes_are_held_to(desk: Desk) -> None:
    reads = await bearer(desk, await desk.client_of("alice", scopes=["requests:read"]))
    both = await desk.client_of("alice")
    narrowed = await bearer(desk, both, scope="requests:write")
    request_id = await desk.opened()
    for method, path, scope in (
        ("GET", f"/v1/requests/{request_id}", "read"),
        ("POST", "/v1/requests/query", "read"),
        ("GET", "/v1/company", "read"),
        ("PUT", f"/v1/requests/{request_id}/personalData", "write"),
        ("DELETE", f"/v1/requests/{request_id}", "write"),
        ("GET", "/v1/company/members", None),
        ("POST", "/v1/company/members", None),
        ("GET", CLIENTS, None),
        ("GET", "/v1/desk/requests", None),
        ("GET", "/metrics", None),
    ):
        for headers, has in ((reads, "read"), (narrowed, "write")):
            answer = await called(desk, headers, method, f"{path}?unknown=1")
            assert answer.status_code == (400 if has == scope else 403), (method, path, has)
    assert (await granted(desk, both, scope="requests:write everything")).json() == {"error": "invalid_scope"}


async def test_software_of_a_mandatary_is_bound_to_one_employer_and_to_its_mandate(desk: Desk) -> None:
    unbound = await bearer(desk, await desk.client_of("pia"))
    bound = await bearer(desk, await desk.client_of("pia", onBehalfOf="0999.000.129"))
    own = (await called(desk, unbound, "POST", "/v1/requests", json={})).json()["id"]
    for body in ({}, {"onBehalfOf": "0999001218"}):
        assert (await called(desk, bound, "POST", "/v1/requests", json=body)).status_code == 403
    opened = await called(desk, bound, "POST", "/v1/requests", json={"onBehalfOf": "0999000129"})
    assert opened.status_code == 201, opened.text
    path = f"/v1/requests/{opened.json()['id']}"
    assert (await called(desk, bound, "GET", f"/v1/requests/{own}")).status_code == 404
    listed = (await called(desk, bound, "GET", "/v1/requests?scope=company")).json()["items"]
    assert [item["id"] for item in listed] == [opened.json()["id"]]
    everything = (await called(desk, unbound, "GET", "/v1/requests?scope=company")).json()["items"]
    assert {item["id"] for item in everything} == {own, opened.json()["id"]}
    (mandate,) = (await desk.as_("alice").get("/v1/company/mandates")).json()["items"]
    assert (await desk.as_("alice").delete(f"/v1/company/mandates/{mandate['id']}")).status_code == 204
    assert (await called(desk, bound, "GET", path)).status_code == 404
    assert (await called(desk, bound, "GET", "/v1/requests?scope=company")).json()["items"] == []
    new = {"name": "C", "email": "c@acme.example", "scopes": ["requests:read"], "onBehalfOf": "0999000129"}
    wrong = await desk.as_("pia").post(CLIENTS, json=new)
    assert (wrong.status_code, wrong.json()["issues"][0]["name"]) == (400, "onBehalfOf")


@pytest.mark.parametrize(
    ("form", "status", "error"),
    [
        ({}, 400, "unsupported_grant_type"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({**GRANT, "client_id": "x", "client_secret": "y"}, 401, "invalid_client"),
        ({**GRANT, "client_id": "x" * 500}, 401, "invalid_client"),
        (GRANT, 401, "invalid_client"),
    ],
)
async def test_what_is_no_credential_is_refused_as_the_standard_says(
    desk: Desk, form: dict[str, str], status: int, error: str
) -> None:
    answer = await desk.as_(None).post("/oauth/token", data=form)
    assert (answer.status_code, answer.json()) == (status, {"error": error})
    assert ("www-authenticate" in answer.headers) == (status == 401)


async def test_software_of_one_employer_learns_of_no_other(desk: Desk) -> None:
    url, acme = "/v1/company/mandates", "0999000129"
    await desk.as_("gina").post(url, json={"enterpriseNumber": "0999002307"})
    of_both = (await desk.as_("pia").get(url)).json()
    bound = await bearer(desk, await desk.client_of("pia", onBehalfOf="0999.000.129"))
    seen = (await called(desk, bound, "GET", url)).json()
    assert ([one["enterpriseNumber"] for one in seen["items"]], seen["total"]) == ([acme], 1)
    answers = {
        one["enterpriseNumber"]: (await called(desk, bound, "GET", f"{url}/{one['id']}")).status_code
        for one in of_both["items"]
    }
    assert answers == {acme: 200, "0999001218": 404}
    free = await bearer(desk, await desk.client_of("pia"))
    assert (await called(desk, free, "GET", url)).json() == of_both, "what its colleagues see"


async def test_credentials_may_come_by_http_basic(desk: Desk) -> None:
    client_id = await desk.client_of("alice")
    given = base64.b64encode(f"{client_id}:{desk.secrets[client_id]}".encode()).decode()
    answer = await desk.as_(None).post("/oauth/token", data=GRANT, headers={"Authorization": f"Basic {given}"})
    assert answer.status_code == 200, answer.text
    broken = await desk.as_(None).post("/oauth/token", data=GRANT, headers={"Authorization": "Basic ?"})
    assert broken.status_code == 401


async def test_nobody_signs_in_as_software(desk: Desk) -> None:
    client_id = await desk.client_of("alice")
    token = desk.issuer.issue_token(f"client:{client_id}", now=desk.now)
    assert code(await called(desk, {"Authorization": f"Bearer {token}"}, "GET", "/v1/requests")) == (
        403,
        "missingPermission",
    )


async def test_a_caller_who_calls_too_often_is_told_when_again(desk: Desk) -> None:
    desk.limits = Limits(600)
    desk.open()
    desk.clients.clear()
    bob = desk.as_("bob")
    answers = [await bob.get("/v1/company") for _ in range(600)]
    assert {answer.status_code for answer in answers} == {200}
    refused = next(answer for answer in [await bob.get("/v1/company") for _ in range(200)] if answer.status_code != 200)
    assert code(refused) == (429, "tooManyRequests")
    assert int(refused.headers["retry-after"]) >= 1
    assert (await desk.as_("alice").get("/v1/company")).status_code == 200, "others are not held up"


async def asked(desk: Desk, client_id: str, secret: str, address: str = "192.0.2.1") -> httpx.Response:
    """A token asked for from an address."""
    assert desk.transport is not None
    elsewhere = httpx.ASGITransport(desk.transport.app, client=(address, 1))
    form = {**GRANT, "client_id": client_id, "client_secret": secret}
    async with httpx.AsyncClient(transport=elsewhere, base_url="http://desk") as there:
        return await there.post("/oauth/token", data=form)


async def test_secrets_cannot_be_tried_without_end(desk: Desk) -> None:
    client_id = await desk.client_of("alice")
    desk.token_limits = Limits(30, clock=lambda: 0.0)
    desk.open()
    answers = [await asked(desk, client_id, "guess") for _ in range(31)]
    assert {answer.status_code for answer in answers[:30]} == {401}
    assert answers[30].status_code == 429
    assert int(answers[30].headers["retry-after"]) >= 1
    # Its owner, who calls from elsewhere, is not held up.
    assert (await asked(desk, client_id, desk.secrets[client_id], "192.0.2.2")).status_code == 200
    network = [await asked(desk, client_id, "guess", f"2001:db8::{number:x}") for number in range(31)]
    assert [answer.status_code for answer in network] == [401] * 30 + [429], "a subscriber's network is one address"


async def test_clients_that_nobody_made_hold_up_themselves_alone(desk: Desk) -> None:
    client_id = await desk.client_of("alice")
    desk.token_limits = Limits(30, clock=lambda: 0.0)
    desk.open()
    answers = [await asked(desk, f"made-up-{number}", "guess", f"192.0.2.{number}") for number in range(31)]
    assert [answer.status_code for answer in answers] == [401] * 30 + [429]
    assert (await asked(desk, client_id, desk.secrets[client_id])).status_code == 200
    assert (await desk.as_("alice").delete(f"{CLIENTS}/{client_id}")).status_code == 204
    assert (await asked(desk, client_id, desk.secrets[client_id])).status_code == 429, "revoked is as never made"


async def test_asking_for_tokens_counts_for_no_call(desk: Desk) -> None:
    """Nobody who calls without a token gets at the buckets of those who have one."""
    client_id = await desk.client_of("alice")
    desk.limits = Limits(2, clock=lambda: 0.0)
    desk.open()
    desk.clients.clear()
    bob = desk.as_("bob")
    assert [(await bob.get("/v1/company")).status_code for _ in range(3)] == [200, 200, 429]
    answers = [await asked(desk, client_id, "guess") for _ in range(5)]
    assert {answer.status_code for answer in answers} == {401}
    assert (await bob.get("/v1/company")).status_code == 429


def test_the_pace_is_even() -> None:
    now = [0.0]
    limits = Limits(600, clock=lambda: now[0])
    for _ in range(600):
        limits.count("bob")
    with pytest.raises(TooManyCalls) as told:
        limits.count("bob")
    assert told.value.seconds == 1
    limits.count("bea")
    now[0] = 1.0
    for _ in range(10):
        limits.count("bob")
    with pytest.raises(TooManyCalls):
        limits.count("bob")
