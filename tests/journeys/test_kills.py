"""Processes are killed; every request goes on where it stood, and ends."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from demo.caller import Caller
from demo.running import until
from runtime.ports import free_ports
from runtime.settings import PROJECT
from tests.journeys.service import ADDRESS, BOB, LOUIS, LOUIS_NISS, Walk, scan, serving, stranger

pytestmark = [pytest.mark.journey, pytest.mark.engine]


def steps(walk: Walk, request_id: str, person: dict[str, str]) -> list[Callable[[], object]]:
    """All steps of the longest story: sent, asked, answered, given a number."""
    bob, dave = walk.bob, walk.dave

    def asks() -> None:
        walk.comes_to(request_id, "inReview")
        dave.rules(request_id, "requestInformation", document=True, reason="unreadable")

    def answers() -> None:
        walk.comes_to(request_id, "awaitingInformation")
        walk.uploaded(request_id)

    def creates() -> None:
        until(lambda: walk.kinds(request_id).count("inReview") == 2, "back at the desk")
        walk.creates(request_id)

    return [
        lambda: walk.uploaded(request_id),
        lambda: bob.states(request_id, person),
        lambda: bob.locates(request_id, ADDRESS),
        lambda: bob.submits(request_id, wait=0),
        asks,
        answers,
        creates,
    ]


def test_the_worker_is_killed_between_any_two_steps(walk: Walk) -> None:
    """Request k has done k steps when the worker is killed; the worker is killed again when all of them move."""
    stories = {request_id: steps(walk, request_id, stranger()) for request_id in (walk.opened() for _ in range(8))}
    for done, (_, story) in enumerate(stories.items()):
        for step in story[:done]:
            step()
    former = walk.service.kill("worker")
    for place in range(len(stories)):
        for done, (_, story) in enumerate(stories.items()):
            if done <= place < len(story):
                story[place]()
        if place == 3:  # all are sent: identification is under way
            walk.service.started_again("worker", former)
            former = walk.service.kill("worker")
    for request_id in stories:
        closed = walk.comes_to(request_id, "closed", patience=60)
        assert (closed["outcome"], len(closed["ssin"])) == ("numberCreated", 11)
        assert walk.kinds(request_id)[-1] == "numberCreated"
        walk.mailed(request_id, "The number you asked for is available")
    numbers = [walk.bob.reads(request_id)["ssin"] for request_id in stories]
    assert len(set(numbers)) == len(numbers)


def test_the_api_is_killed_between_its_commit_and_its_signal(walk: Walk, tmp_path: Path) -> None:
    """An API whose Temporal never answers accepts every step, and dies; nobody asks again; the request ends."""
    with api_without_temporal(walk, tmp_path) as (process, caller):
        request_id = caller.opens()["id"]
        caller.uploads(request_id, "passport", [("scan.png", scan(), "image/png")])
        caller.states(request_id, LOUIS)
        caller.locates(request_id, ADDRESS)
        assert caller.submits(request_id, wait=0)["phase"] == "identifying"
        process.kill()
        process.wait()
    closed = walk.comes_to(request_id, "closed")
    assert (closed["outcome"], closed["ssin"]) == ("identified", LOUIS_NISS)
    walk.mailed(request_id, "The number you asked for is available")


def test_the_api_is_killed_while_it_works(walk: Walk) -> None:
    """What it accepted goes on; the supervisor brings it back."""
    ids = [walk.filled(stranger()) for _ in range(3)]
    for request_id in ids:
        walk.bob.submits(request_id, wait=0)
    former = walk.service.kill("api")
    walk.service.started_again("api", former)
    until(lambda: _answers(walk.service.base), "the API answers again")
    for request_id in ids:
        walk.comes_to(request_id, "inReview")


def test_everything_is_killed_and_a_new_start_on_the_same_folder_goes_on(tmp_path: Path) -> None:
    """One request in each phase, and one whose number was given a moment ago."""
    with serving(tmp_path) as walk:
        draft, ready = walk.opened(), walk.filled(LOUIS)
        review, asked = walk.in_review(), walk.in_review()
        walk.asked(asked, document=True, reason="unreadable")
        ruled = walk.in_review()
        sent = walk.filled(LOUIS)
        walk.creates(ruled)
        walk.bob.submits(sent, wait=0)
        walk.service.kill_everything()

    with serving(tmp_path) as walk:
        assert walk.bob.reads(draft)["phase"] == "collecting"
        walk.uploaded(draft)
        walk.bob.states(draft, LOUIS)
        walk.bob.locates(draft, ADDRESS)
        for request_id in (draft, ready):
            assert walk.bob.submits(request_id)["ssin"] == LOUIS_NISS
        walk.uploaded(asked)
        until(lambda: walk.kinds(asked).count("inReview") == 2, "back at the desk")
        for request_id in (review, asked):
            walk.creates(request_id)
        expected = {sent: "identified", ruled: "numberCreated", review: "numberCreated", asked: "numberCreated"}
        for request_id, outcome in expected.items():
            assert walk.comes_to(request_id, "closed")["outcome"] == outcome
            walk.mailed(request_id, "The number you asked for is available")
        assert {entry["phase"] for entry in walk.bob.requests()} == {"closed"}


@contextmanager
def api_without_temporal(walk: Walk, tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], Caller]]:
    """A second API on the same folder. Its Temporal takes connections and says nothing: no signal ever leaves."""
    (port,) = free_ports(1)
    with socket.create_server(("127.0.0.1", 0)) as black_hole:
        environ = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("NISS_", "TEMPORAL_"))},
            "NISS_HOME": str(walk.service.home),
            "NISS_PORT": str(port),
            "TEMPORAL_ADDRESS": f"127.0.0.1:{black_hole.getsockname()[1]}",
        }
        with (tmp_path / "api.log").open("wb") as log:
            process = subprocess.Popen([sys.executable, "-m", "cli", "api"], cwd=PROJECT, env=environ, stderr=log)
        base = f"http://127.0.0.1:{port}"
        caller = Caller(base, walk.service.token(BOB), language="en")
        try:
            until(lambda: _answers(base), "the second API answers")
            yield process, caller
        finally:
            caller.http.close()
            process.send_signal(signal.SIGKILL)
            process.wait()


def _answers(base: str) -> bool:
    try:
        return httpx.get(f"{base}/health", timeout=5, trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False
