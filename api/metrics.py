"""What a monitor counts, as Prometheus reads it. Labels are route patterns, codes and phases: nothing of anybody."""

from __future__ import annotations

from http import HTTPMethod

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from api.dependencies import NoQuery, Ops, TheHouse
from service import measures

router = APIRouter(tags=["health"])
_METHODS = frozenset(HTTPMethod)
#: Seconds; the last ones are those of `Prefer: wait`.
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, 30.0)


class Meter:
    """The calls that one application has answered since it started."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        labels = ("method", "route", "status")
        self._calls = Counter("niss_http_requests", "Calls answered.", labels, registry=self.registry)
        self._seconds = Histogram(
            "niss_http_request_duration_seconds",
            "Until the answer began.",
            labels[:2],
            buckets=_BUCKETS,
            registry=self.registry,
        )

    def answered(self, method: str, route: str | None, status: int, seconds: float) -> None:
        """One call; `route` is the pattern, None where no route knows the address as sent."""
        # Whatever the caller made up must be no label: neither a name nor a new series each time.
        known = method if method in _METHODS else "other"
        self._calls.labels(known, route or "none", f"{status // 100}xx").inc()
        self._seconds.labels(known, route or "none").observe(seconds)


@router.get(
    "/metrics",
    response_class=Response,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}, "description": "Prometheus' text"}},
)
async def metrics(request: Request, house: TheHouse, _caller: Ops, _query: NoQuery) -> Response:
    """Calls of this process, and what waits in the database, for a monitor with the token of an ops person."""
    waiting = await run_in_threadpool(measures.take, house.tools)
    meter: Meter = request.app.state.meter
    content = generate_latest(meter.registry) + generate_latest(_gauges(waiting))
    return Response(content, media_type=CONTENT_TYPE_LATEST)


def _gauges(waiting: measures.Measures) -> CollectorRegistry:
    registry = CollectorRegistry()
    phases = Gauge("niss_open_requests", "Requests that are not closed.", ("phase",), registry=registry)
    for phase, number in waiting.open_requests.items():
        phases.labels(phase).set(number)
    for name, meaning, value in (
        ("niss_undelivered_facts", "Accepted facts that have not reached Temporal.", waiting.undelivered_facts),
        ("niss_undelivered_facts_oldest_seconds", "Age of the oldest of them.", waiting.oldest_fact_seconds),
        ("niss_pending_mails", "Mails that are neither sent nor given up.", waiting.pending_mails),
        ("niss_pending_mails_oldest_seconds", "Age of the oldest of them.", waiting.oldest_mail_seconds),
        ("niss_review_queue_oldest_seconds", "How long the first in review waits.", waiting.oldest_review_seconds),
    ):
        Gauge(name, meaning, registry=registry).set(value)
    return registry
