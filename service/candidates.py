"""Candidates as the API shows them to agents."""

from __future__ import annotations

from typing import Any

from domain.identification import Candidate
from store.answers import answer_members
from store.requests import address_members


def candidate_members(candidate: Candidate) -> dict[str, Any]:
    """API members of a candidate: the person, `score` 0..1, `lookAlike`, `evidence` field by field, `cautions`."""
    person = candidate.person
    members: dict[str, Any] = {**answer_members(person), "ssinFormatted": person.ssin.formatted}
    if person.official is not None:
        members["official"] = address_members(person.official)
    if person.deceased_on is not None:
        members["deceasedOn"] = person.deceased_on.isoformat()
    members["score"] = round(candidate.score, 4)
    members["lookAlike"] = candidate.look_alike
    members["evidence"] = [
        {
            key: value
            for key, value in (
                ("field", evidence.field),
                ("stated", evidence.stated),
                ("registered", evidence.registered),
                ("agreement", evidence.agreement.value),
                ("weight", round(evidence.weight, 3)),
                ("why", evidence.why),
            )
            if value is not None
        }
        for evidence in candidate.evidence
    ]
    members["cautions"] = [caution.value for caution in candidate.cautions]
    return members
