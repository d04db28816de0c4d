"""What every answer has, health, the pages of its own, and the description of the interface."""

import logging
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from service import people

PROJECT = Path(__file__).resolve().parents[2]


async def test_the_callers_trace_id_comes_back_and_a_wrong_one_does_not(desk: Any) -> None:
    for path in ("/v1/requests", "/nowhere", "/health", "/v1/requests/x?y=1"):
        answer = await desk.as_("bob").get(path, headers={"BelGov-Trace-Id": "trace.me:1"})
        assert answer.headers["belgov-trace-id"] == "trace.me:1"
        for wrong in ("x" * 129, "a b", "<script>", ""):
            answer = await desk.as_("bob").get(path, headers={"BelGov-Trace-Id": wrong})
            assert len(answer.headers["belgov-trace-id"]) == 36


async def test_an_error_that_is_not_ours_says_nothing_outside_and_no_text_in_the_log(
    desk: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("Maria Tienpont 91.02.03")

    monkeypatch.setattr(people, "caller_named", broken)
    with caplog.at_level(logging.DEBUG):
        answer = await desk.as_("bob").get("/v1/requests", headers={"BelGov-Trace-Id": "t-500"})
    assert answer.status_code == 500
    assert answer.json()["type"] == "urn:problem-type:belgif:internalServerError"
    assert answer.headers["belgov-trace-id"] == "t-500"
    assert "Tienpont" not in answer.text + caplog.text
    assert "RuntimeError" in caplog.text


async def test_the_access_log_has_patterns_and_no_addresses(desk: Any, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="niss.api.access"):
        await desk.as_("bob").get("/v1/requests/Jean%20Dupont/history?name=Jean")
        await desk.as_("bob").get("/Jean")
    assert "/v1/requests/{request_id}/history 404" in caplog.text
    assert "Jean" not in caplog.text


async def test_a_database_that_is_away_is_503_and_health_says_which_part(desk: Any) -> None:
    bob = desk.as_("bob")
    ready = await bob.get("/health/ready")
    assert (ready.status_code, ready.json()["status"]) == (200, "UP")
    assert set(ready.json()["details"]) == {"database", "temporal", "blobStore", "smtp"}

    desk.temporal = lambda: False
    ready = await bob.get("/health/ready")
    assert (ready.status_code, ready.json()["status"]) == (200, "DEGRADED")
    assert ready.json()["details"]["temporal"] == {"status": "DOWN"}

    desk.tools.store.engine.dispose()
    (desk.home / "niss.db").rename(desk.home / "away")
    (desk.home / "niss.db").mkdir()
    ready = await bob.get("/health/ready")
    assert (ready.status_code, ready.json()["status"]) == (503, "DOWN")
    answer = await bob.get("/v1/requests")
    assert (answer.status_code, answer.json()["type"]) == (503, "urn:problem-type:belgif:serviceUnavailable")
    assert (await bob.get("/health")).json() == {"status": "UP"}
    shutil.rmtree(desk.home / "niss.db")


async def test_the_issuers_documents_and_the_pages_are_there(desk: Any) -> None:
    nobody = desk.as_(None)
    keys = (await nobody.get("/.well-known/jwks.json")).json()["keys"]
    assert [set(key) & {"d", "kid"} for key in keys] == [{"kid"}]
    found = (await nobody.get("/.well-known/openid-configuration")).json()
    assert found["jwks_uri"] == "http://desk.example/.well-known/jwks.json"
    mailbox = await nobody.get("/mailbox")
    assert mailbox.status_code == 200
    assert "default-src 'none'" in mailbox.headers["content-security-policy"]
    assert (await nobody.get("/mailbox/none.eml")).status_code == 404


async def test_the_description_knows_every_route_body_and_problem(desk: Any) -> None:
    found = (await desk.as_(None).get("/openapi.json")).json()
    assert found["openapi"].startswith("3.1")
    schemas = found["components"]["schemas"]
    assert "HTTPValidationError" not in schemas
    text = str(found)
    for name in set(re.findall(r"#/components/schemas/(\w+)", text)):
        assert name in schemas, name
    for path, operations in found["paths"].items():
        for method, operation in operations.items():
            assert ("security" in operation) == path.startswith(("/v1", "/metrics"))
            assert operation["description"], (method, path)
    body = found["paths"]["/v1/requests/{request_id}/personalData"]["put"]["requestBody"]
    assert body["content"]["application/json"]["schema"]["$ref"].endswith("StatedPersonalData")
    assert "multipart/form-data" in str(found["paths"]["/v1/requests/{request_id}/documents/{kind}"]["put"])
