"""Schemathesis with a token of each role: no 5xx, no answer that is not described, no other company's data in one.

`make schemathesis` is the whole: nine tokens on two databases. Examples are counted and the same every time
(`deterministic` in schemathesis.toml), so a role takes one to two minutes on a machine of its own, however it goes.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import timedelta

import pytest

from service import clients
from tests.surface.canaries import EVERYTHING, HIDDEN_FROM
from tests.surface.conftest import FULL, Surface

PEOPLE = {
    "administrator": "alice@acme.example",
    "requester": "bob@acme.example",
    "mandatary": "sam@payroll.example",
    "agent": "dave@desk.example",
    "supervisor": "sven@desk.example",
    "auditor": "ada@audit.example",
    "ops": "oscar@ops.example",
    "unknown": "nobody@nowhere.example",
    "software": "",
}
#: In the short form those who may do something, with what is systematic; the long one adds chance and sequences.
SHORT = ("--phases=examples,coverage", "--max-examples=5")
LONG = ("--phases=examples,coverage,fuzzing,stateful", "--max-examples=60")


@pytest.mark.surface
@pytest.mark.timeout(1_800 if FULL else 900)
@pytest.mark.parametrize("role", PEOPLE)
def test_nothing_undescribed_comes_out(
    surface: Surface,
    role: str,
    monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, object], None],
    request: pytest.FixtureRequest,
) -> None:
    # A long run outlasts a token of software.
    monkeypatch.setattr(clients, "TOKEN_LIFETIME", timedelta(hours=12))
    token = asyncio.run(surface.software()) if role == "software" else surface.token(PEOPLE[role])
    hidden = HIDDEN_FROM.get(role, EVERYTHING)
    # The stream of events has no end to wait for; it has tests of its own.
    began = time.monotonic()
    found = surface.run(token, hidden, "--exclude-path=/v1/events", *(LONG if FULL else SHORT))
    named = request.node.name.partition("[")[2].rstrip("]")
    took = time.monotonic() - began
    figure = f"schemathesis {named}: {surface.answers()} answers searched, exit code {found.returncode}, {took:.0f} s"
    record_property("figure", figure)
    assert found.returncode == 0, found.stdout[-20_000:] + found.stderr[-2_000:]
    assert surface.answers() > (1_000 if FULL else 200)


@pytest.mark.surface
def test_a_canary_is_heard(surface: Surface) -> None:
    """Whoever may see Globex's own data is shown it: a run that should find nothing of it fails."""
    found = surface.run(surface.token("carol@globex.example"), EVERYTHING, "--include-path=/v1/requests", *SHORT)
    assert found.returncode == 1
    assert "no_other_company" in found.stdout
