"""What the matcher gains must hold for people and errors that it was not tuned on: a small form of the full count."""

from __future__ import annotations

from bench.matching import ours
from bench.matching.metrics import line
from bench.matching.queries import ask
from bench.matching.rates import profile
from bench.matching.register import build

PEOPLE, QUERIES = 3_000, 500


def test_nobody_of_another_culture_gets_somebody_elses_number() -> None:
    """Other name groups and rates than those of the default profile; docs/matching.md has the full count."""
    held_out = profile("heldout")
    register = build(41, PEOPLE, held_out.population)
    queries = ask(41, QUERIES, register, held_out)
    with ours.loaded(register.people) as matcher:
        counted = line("all", ours.answer(matcher, queries))
    assert counted.wrong == 0
    assert counted.found / counted.registered >= 0.99
    # A register this small cannot tell what is rare, and asks for more.
    assert counted.automatic >= 0.5
    assert counted.unknown / counted.registered <= 0.03
