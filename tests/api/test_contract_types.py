"""Every problem type the contract of the interface names is one of ours."""

from __future__ import annotations

from api.problems import PROBLEMS

_NAMED = """
badRequest resourceNotFound missingPermission noAccessToken invalidAccessToken payloadTooLarge tooManyRequests
alreadySubmitted stepsMissing minimumDataMissing notAskedFor requestClosed rulingAccepted notInReview claimedByAnother
rulingPending noRuling lookAlikesNotRuledOut questionRoundsUsed notIdentified personDeceased documentMismatch
documentExpired idempotencyKeyReused lastAdministrator preconditionFailed unsupportedMediaType
"""


def test_every_type_is_there() -> None:
    assert set(_NAMED.split()) - set(PROBLEMS) == set()
