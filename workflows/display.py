"""What ops see of a request in the Temporal UI: codes and instants, nothing of a person."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from temporalio.common import SearchAttributePair, SearchAttributeUpdate, TypedSearchAttributes

from domain.records import Opening
from domain.request import Phase, RequestFile
from domain.terms import Delays
from workflows import options


def details(file: RequestFile, due: datetime | None) -> str:
    """One line of Markdown: the phase, and what it waits for."""
    parts = [f"**{file.phase.value}**"]
    if file.outcome is not None:
        parts.append(f"outcome: {file.outcome.value}")
    if file.phase is Phase.COLLECTING:
        parts.append("missing: " + ", ".join(step.value for step in file.missing))
    if file.phase is Phase.IN_REVIEW:
        parts.append(f"reason: {file.review_reason}")
    if due is not None:
        parts.append(f"until {due:%Y-%m-%d %H:%M} UTC")
    return " · ".join(parts)


def changes(file: RequestFile, before: Phase, due: datetime | None) -> list[SearchAttributeUpdate[Any]]:
    """The search attributes that a new phase changes."""
    updates: list[SearchAttributeUpdate[Any]] = [options.REQUEST_PHASE.value_set(file.phase.value)]
    if file.outcome is not None:
        updates.append(options.REQUEST_OUTCOME.value_set(file.outcome.value))
    if due is not None:
        updates.append(options.DEADLINE.value_set(due))
    elif before in (Phase.COLLECTING, Phase.AWAITING_INFORMATION):
        updates.append(options.DEADLINE.value_unset())
    if file.phase is Phase.AWAITING_INFORMATION and file.since is not None:
        updates.append(options.AWAITING_SINCE.value_set(file.since))
    elif before is Phase.AWAITING_INFORMATION:
        updates.append(options.AWAITING_SINCE.value_unset())
    return updates


def at_start(opening: Opening, file: RequestFile | None) -> TypedSearchAttributes:
    """The search attributes a run starts with. An objection begins in review, without a deadline of the requester."""
    phase = file.phase if file else Phase.IN_REVIEW if opening.objection else Phase.COLLECTING
    pairs: list[SearchAttributePair[Any]] = [
        SearchAttributePair(options.REQUEST_PHASE, phase.value),
        SearchAttributePair(options.COMPANY_ID, opening.company_id),
    ]
    if phase is Phase.COLLECTING:
        expiry = Delays.of_seconds(opening.delays).draft_expiry
        pairs.append(SearchAttributePair(options.DEADLINE, opening.opened_at + expiry))
    return TypedSearchAttributes(pairs)
