"""Schemathesis with a token of each role: no 5xx and no answer that is not described. Long: `make schemathesis`."""

import pytest

from tests.surface.conftest import FULL, Surface

PEOPLE = {
    "administrator": "alice@acme.example",
    "requester": "bob@acme.example",
    "agent": "dave@desk.example",
    "supervisor": "sven@desk.example",
    "auditor": "ada@audit.example",
    "ops": "oscar@ops.example",
    "unknown": "nobody@nowhere.example",
}
#: In the short form those who may do something, with what is systematic; the long one adds chance and sequences.
SHORT = ("--phases=examples,coverage", "--max-examples=5")
LONG = ("--phases=examples,coverage,fuzzing,stateful", "--max-examples=60")


@pytest.mark.surface
@pytest.mark.parametrize("role", PEOPLE)
def test_nothing_undescribed_comes_out(surface: Surface, role: str) -> None:
    # The stream of events has no end to wait for; it has tests of its own.
    found = surface.run(PEOPLE[role], "--exclude-path=/v1/events", *(LONG if FULL else SHORT))
    assert found.returncode == 0, found.stdout[-20_000:] + found.stderr[-2_000:]
