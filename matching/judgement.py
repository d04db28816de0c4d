"""One word about a candidate, so that a list is read at a glance."""

from __future__ import annotations

from enum import StrEnum


class Judgement(StrEnum):
    """How likely it is that a candidate is the stated person; of the dead nobody asks."""

    VERY_LIKELY = "veryLikely"
    LIKELY = "likely"
    POSSIBLE = "possible"
    UNLIKELY = "unlikely"
    DECEASED = "deceased"


#: From which score on: the score is a probability.
_LEAST = ((0.98, Judgement.VERY_LIKELY), (0.5, Judgement.LIKELY), (0.05, Judgement.POSSIBLE))


def judge(score: float, *, deceased: bool = False) -> Judgement:
    """The word for a score of 0..1.

    >>> judge(0.97), judge(0.99, deceased=True)
    (<Judgement.LIKELY: 'likely'>, <Judgement.DECEASED: 'deceased'>)
    """
    if deceased:
        return Judgement.DECEASED
    return next((word for least, word in _LEAST if score >= least), Judgement.UNLIKELY)
