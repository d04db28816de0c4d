"""What the documents benchmark has to reach, and which of it a run has missed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from bench.documents.zones import Outcome

#: Least share of zones read fully right, by level; the worse ones have no goal.
ZONES: Final[Mapping[str, float]] = {"clean": 0.97, "moderate": 0.90}
#: Greatest share of names that are accepted and wrong, of all names that are accepted.
NAMES: Final = 0.005
#: Least share of verdicts that are right, of all reasons together.
VERDICTS: Final = 0.95


def missed(outcomes: Sequence[Outcome], every: Sequence[Outcome], verdicts: float | None = None) -> Iterator[str]:
    """A line for each goal that a run has missed.

    Args:
        outcomes: our reader's, of the faces it was set with: their zones and names have goals.
        every: these and those of the faces held out: nothing wrong may be accepted of any.
        verdicts: the share of verdicts that were right, None where none was asked for.
    """
    for level, least in ZONES.items():
        some = [one.right for one in outcomes if one.level == level]
        if some and sum(some) / len(some) < least:
            yield f"zones fully right, {level}: {sum(some)} of {len(some)}, less than {least:.0%}"
    if wrong := sum(one.wrong_core for one in every):
        yield f"a wrong number, birth date or expiry accepted: {wrong} of {len(every)}"
    named = sum(one.named for one in outcomes)
    wrong = sum(one.wrong_name for one in outcomes)
    if named and wrong / named > NAMES:
        yield f"names wrong: {wrong} of {named}, more than {NAMES:.1%}"
    if verdicts is not None and verdicts < VERDICTS:
        yield f"verdicts right: {verdicts:.1%}, less than {VERDICTS:.0%}"
