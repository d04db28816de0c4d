"""Deadlines with durations of seconds: nothing that was accepted is lost, and nothing is accepted too late."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from demo.caller import Refused
from demo.running import until
from tests.journeys.service import Walk, serving, stranger

pytestmark = [pytest.mark.journey, pytest.mark.engine]


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    quick = {"NISS_DRAFT_REMINDER": "PT2S", "NISS_DRAFT_EXPIRY": "PT15S"}
    answers = {"NISS_ANSWER_REMINDER": "PT2S", "NISS_ANSWER_EXPIRY": "PT5S"}
    with serving(tmp_path_factory.mktemp("quick"), **quick, **answers) as one:
        yield one


def test_a_draft_that_nobody_touches_is_reminded_of_and_expires_in_time(walk: Walk) -> None:
    request_id = walk.opened()
    until(lambda: "reminded" in walk.kinds(request_id), "the draft is reminded of", 4.5)
    closed = walk.comes_to(request_id, "closed", 20.0)
    assert closed["outcome"] == "expired"
    assert walk.kinds(request_id) == ["opened", "reminded", "expired"]


@pytest.mark.parametrize("what", ["draft", "answer"])
def test_what_is_accepted_until_the_end_holds_and_then_nothing_is(walk: Walk, what: str) -> None:
    if what == "answer":
        request_id = walk.in_review()
        walk.asked(request_id, fields=["birthPlace", "nationality"], reason="incomplete")
    else:
        request_id = walk.opened()
    person = stranger()
    accepted = 0
    refused: Refused | None = None
    while refused is None:
        try:
            walk.bob.states(request_id, {**person, "birthPlace": f"Ulm {accepted + 1}"})
            accepted += 1
        except Refused as error:
            refused = error
    assert (refused.status, refused.kind) == (409, "requestClosed")
    closed = walk.comes_to(request_id, "closed", 8.0)
    assert (closed["outcome"], closed["employee"]["birthPlace"]) == ("expired", f"Ulm {accepted}")
