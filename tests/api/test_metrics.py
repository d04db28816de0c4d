"""`GET /metrics`: for ops alone, in Prometheus' text, and nothing in it is of anybody."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from prometheus_client.parser import text_string_to_metric_families

from tests.api.routes import names, problem


def read(text: str) -> dict[tuple[str, ...], float]:
    return {
        (sample.name, *(f"{name}={value}" for name, value in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


async def taken(desk: Any) -> tuple[str, dict[tuple[str, ...], float]]:
    answer = await desk.as_("oscar").get("/metrics")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/plain; version=")
    return answer.text, read(answer.text)


async def test_metrics_are_for_ops(desk: Any) -> None:
    problem(await desk.as_(None).get("/metrics"), 401, "noAccessToken")
    wrong = {"Authorization": "Bearer a.b.c"}
    problem(await desk.as_(None).get("/metrics", headers=wrong), 401, "invalidAccessToken")
    for who in ("alice", "bob", "dave", "stranger"):
        problem(await desk.as_(who).get("/metrics?unknown=1"), 403, "missingPermission")
    assert names(problem(await desk.as_("oscar").get("/metrics?unknown=1"), 400, "badRequest")) == [
        ("query", "unknown")
    ]


async def test_what_waits_is_counted(desk: Any) -> None:
    await desk.opened()
    await desk.in_review()
    desk.tools = replace(desk.tools, now=lambda: datetime.now(UTC) + timedelta(hours=1))
    desk.under()
    _, found = await taken(desk)
    assert found["niss_open_requests", "phase=collecting"] == 1
    assert found["niss_open_requests", "phase=inReview"] == 1
    assert found["niss_open_requests", "phase=awaitingInformation"] == 0
    # Nobody signals in these tests: document, personal data, address, submission.
    assert found[("niss_undelivered_facts",)] == 4
    assert found[("niss_pending_mails",)] == 1
    for what in ("undelivered_facts", "pending_mails", "review_queue"):
        assert 3600 <= found[(f"niss_{what}_oldest_seconds",)] < 3700


async def test_calls_are_counted_by_the_pattern_of_their_route(desk: Any) -> None:
    request_id = await desk.opened()
    await desk.as_("bob").get(f"/v1/requests/{request_id}")
    await desk.as_("bob").get("/v1/requests/Jean-Dupont")
    await desk.as_("bob").get("/Jean/Dupont")
    await desk.as_("bob").request("DUPONT", "/v1/requests")
    text, found = await taken(desk)
    route = "route=/v1/requests/{request_id}"
    assert found["niss_http_requests_total", "method=GET", route, "status=2xx"] == 1
    assert found["niss_http_requests_total", "method=GET", route, "status=4xx"] == 1
    assert found["niss_http_requests_total", "method=GET", "route=none", "status=4xx"] == 1
    assert found["niss_http_request_duration_seconds_count", "method=GET", route] == 2
    assert any("method=other" in key for key in found)
    for secret in ("Dupont", "DUPONT", request_id):
        assert secret not in text
