"""A run of the documents benchmark that misses a goal says which, and ends with an error."""

from dataclasses import replace
from typing import Any

import pytest

from bench.documents import __main__ as command
from bench.documents.goals import missed
from bench.documents.zones import Outcome
from documents.zone.models import Networks

RIGHT = Outcome("clean", "passport", True, True, False, True, False, 0.1, 0.5)
UNREAD = replace(RIGHT, right=False, accepted=False, named=False)


def level(name: str, right: int, of: int) -> list[Outcome]:
    return [replace(RIGHT if index < right else UNREAD, level=name) for index in range(of)]


@pytest.mark.parametrize(
    ("outcomes", "verdicts", "said"),
    [
        (level("clean", 97, 100) + level("moderate", 90, 100) + level("worse", 0, 100), 0.95, []),
        (level("clean", 96, 100), None, ["zones fully right, clean: 96 of 100, less than 97%"]),
        (level("moderate", 89, 100), None, ["zones fully right, moderate: 89 of 100, less than 90%"]),
        ([RIGHT] * 199 + [replace(RIGHT, wrong_name=True)], None, []),
        ([RIGHT] * 198 + [replace(RIGHT, wrong_name=True)], None, ["names wrong: 1 of 199, more than 0.5%"]),
        ([], 0.949, ["verdicts right: 94.9%, less than 95%"]),
        ([], None, []),
    ],
)
def test_each_goal_that_is_missed_has_a_line(outcomes: list[Outcome], verdicts: float | None, said: list[str]) -> None:
    assert list(missed(outcomes, outcomes, verdicts)) == said


def test_nothing_wrong_is_accepted_of_any_page_the_held_out_ones_too() -> None:
    wrong = replace(RIGHT, level="worse", right=False, wrong_core=True)
    assert list(missed([RIGHT], [RIGHT, wrong])) == ["a wrong number, birth date or expiry accepted: 1 of 2"]


def test_the_command_ends_with_an_error_and_prints_both_percentiles(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def drawn(*_: Any) -> Any:
        return iter([(None, b"")] * 2)

    found = iter([replace(RIGHT, checking=0.1, reading=0.5), replace(UNREAD, checking=0.3, reading=0.7)] * 3)
    monkeypatch.setattr(command, "pages", drawn)
    monkeypatch.setattr(command, "outcome", lambda level, *_: replace(next(found), level=level))
    monkeypatch.setattr(Networks, "load", lambda _: None)
    nothing_else = ["--held-out", "0", "--peers", "0", "--kinds", "0", "--verdicts", "0"]
    assert command.main(["--seed", "5", "--size", "2", *nothing_else]) == 1
    printed = capsys.readouterr().out
    (clean,) = [line for line in printed.splitlines() if line.startswith("ours, clean")]
    assert clean.split()[-4:] == ["0.20", "0.29", "0.60", "0.69"]
    assert "check p50   p95  read p50   p95" in printed
    assert "missed: zones fully right, clean: 1 of 2, less than 97%" in printed
    assert "missed: zones fully right, moderate: 1 of 2, less than 90%" in printed
