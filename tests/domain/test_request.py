"""The state machine of a request, transition by transition."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.findings import Asked, Escalated, Expired, Finding, Found, Rejected, Reminded, Unanswered
from domain.request import Event, Fact, FactKind, Outcome, Part, Phase, RequestFile, RulingKind, Step

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
STEPS = (FactKind.DOCUMENT_UPLOADED, FactKind.PERSONAL_DATA_STATED, FactKind.ADDRESS_STATED, FactKind.SUBMITTED)


def told(file: RequestFile, *kinds: FactKind, **codes: Any) -> RequestFile:
    """The next facts, in order."""
    for kind in kinds:
        seq = file.last_seq + 1
        file.apply(Fact(f"fact-{seq}", seq, kind, **codes), NOON)
    return file


def collecting() -> RequestFile:
    return RequestFile.opened(NOON)


def identifying() -> RequestFile:
    return told(collecting(), *STEPS)


def in_review() -> RequestFile:
    file = identifying()
    file.apply(Found(Finding.UNKNOWN), NOON)
    return file


def ruled(kind: RulingKind, *asks: Part, file: RequestFile | None = None) -> RequestFile:
    return told(file or in_review(), FactKind.RULED, ruling=kind, ruling_id="ruling-1", asks=list(asks))


def awaiting(*asks: Part) -> RequestFile:
    file = ruled(RulingKind.REQUEST_INFORMATION, *(asks or (Part.DOCUMENT,)))
    file.apply(Asked(NOON + timedelta(hours=1)), NOON)
    return file


def closed(outcome: Outcome) -> RequestFile:
    match outcome:
        case Outcome.IDENTIFIED:
            file = identifying()
            file.apply(Found(Finding.IDENTIFIED), NOON)
        case Outcome.NUMBER_CREATED:
            file = ruled(RulingKind.CREATE_NUMBER)
            file.apply(Found(Finding.CREATED), NOON)
        case Outcome.REJECTED:
            file = ruled(RulingKind.REJECT)
            file.apply(Rejected(), NOON)
        case Outcome.WITHDRAWN:
            file = told(collecting(), FactKind.WITHDRAWN)
        case Outcome.EXPIRED:
            file = collecting()
            file.apply(Expired(), NOON)
    return file


MADE = {
    Phase.COLLECTING: collecting,
    Phase.IDENTIFYING: identifying,
    Phase.IN_REVIEW: in_review,
    Phase.AWAITING_INFORMATION: awaiting,
}

#: From a phase, what leads where; everything that is not here changes nothing.
MOVES: list[tuple[Phase, Event | FactKind, Phase, Outcome | None]] = [
    (Phase.COLLECTING, FactKind.SUBMITTED, Phase.IDENTIFYING, None),
    (Phase.COLLECTING, Expired(), Phase.CLOSED, Outcome.EXPIRED),
    (Phase.IDENTIFYING, Found(Finding.IDENTIFIED), Phase.CLOSED, Outcome.IDENTIFIED),
    (Phase.IDENTIFYING, Found(Finding.AMBIGUOUS), Phase.IN_REVIEW, None),
    (Phase.IDENTIFYING, Found(Finding.UNKNOWN), Phase.IN_REVIEW, None),
    (Phase.IDENTIFYING, Found(Finding.REGISTER_UNAVAILABLE), Phase.IN_REVIEW, None),
    (Phase.IN_REVIEW, Found(Finding.IDENTIFIED), Phase.CLOSED, Outcome.IDENTIFIED),
    (Phase.IN_REVIEW, Found(Finding.CREATED), Phase.CLOSED, Outcome.NUMBER_CREATED),
    (Phase.IDENTIFYING, Found(Finding.CREATED), Phase.CLOSED, Outcome.NUMBER_CREATED),
    (Phase.IN_REVIEW, Found(Finding.LOOK_ALIKES_FOUND), Phase.IN_REVIEW, None),
    (Phase.IN_REVIEW, Found(Finding.REGISTER_UNAVAILABLE), Phase.IN_REVIEW, None),
    (Phase.IN_REVIEW, Rejected(), Phase.CLOSED, Outcome.REJECTED),
    (Phase.AWAITING_INFORMATION, Expired(), Phase.CLOSED, Outcome.EXPIRED),
    (Phase.AWAITING_INFORMATION, Unanswered(), Phase.IN_REVIEW, None),
    *[(phase, FactKind.WITHDRAWN, Phase.CLOSED, Outcome.WITHDRAWN) for phase in MADE],
]


@pytest.mark.parametrize(("before", "event", "after", "outcome"), MOVES)
def test_what_leads_where(before: Phase, event: Event | FactKind, after: Phase, outcome: Outcome | None) -> None:
    file = MADE[before]()
    ignored = file.ignored
    if isinstance(event, FactKind):
        told(file, event)
    else:
        file.apply(event, NOON + timedelta(days=1))
    assert (file.phase, file.outcome, file.ignored) == (after, outcome, ignored)
    assert not file.awaited


@pytest.mark.parametrize(
    ("phase", "event"),
    [
        (Phase.COLLECTING, Found(Finding.IDENTIFIED)),
        (Phase.COLLECTING, Rejected()),
        (Phase.COLLECTING, Escalated()),
        (Phase.COLLECTING, Unanswered()),
        (Phase.COLLECTING, Asked(NOON)),
        (Phase.IDENTIFYING, Expired()),
        (Phase.IDENTIFYING, Reminded()),
        (Phase.IN_REVIEW, Asked(NOON)),
        (Phase.IN_REVIEW, Expired()),
        (Phase.IN_REVIEW, Reminded()),
        (Phase.AWAITING_INFORMATION, Found(Finding.IDENTIFIED)),
        (Phase.AWAITING_INFORMATION, Escalated()),
        (Phase.AWAITING_INFORMATION, Rejected()),
    ],
)
def test_findings_out_of_place_are_ignored(phase: Phase, event: Event) -> None:
    file = MADE[phase]()
    before = asdict(file)
    file.apply(event, NOON + timedelta(days=1))
    assert asdict(file) == {**before, "ignored": before["ignored"] + 1}


@pytest.mark.parametrize("outcome", Outcome)
def test_closed_stays_closed(outcome: Outcome) -> None:
    file = closed(outcome)
    for kind in FactKind:
        if kind is not FactKind.OBJECTED:
            told(file, kind, ruling=RulingKind.IDENTIFY, part=Part.DOCUMENT)
    for event in (Found(Finding.CREATED), Asked(NOON), Rejected(), Expired(), Unanswered(), Reminded(), Escalated()):
        file.apply(event, NOON)
    assert (file.phase, file.outcome) == (Phase.CLOSED, outcome)
    assert (file.awaited, file.early, file.ruling) == ([], [], None)
    assert file.ignored == len(FactKind) - 1 + 7


def test_steps_in_any_order_and_repeated() -> None:
    file = told(collecting(), FactKind.ADDRESS_STATED, FactKind.ADDRESS_STATED, FactKind.DOCUMENT_UPLOADED)
    assert file.missing == [Step.PERSONAL_DATA, Step.SUBMISSION]
    assert (file.ignored, file.phase, file.last_seq) == (0, Phase.COLLECTING, 3)


def test_a_document_taken_out_is_missing_again_once_none_is_left() -> None:
    file = told(collecting(), FactKind.DOCUMENT_UPLOADED, FactKind.DOCUMENT_UPLOADED)
    told(file, FactKind.DOCUMENT_REMOVED, documents_left=1)
    assert Step.DOCUMENT not in file.missing
    told(file, FactKind.DOCUMENT_REMOVED, documents_left=0)
    assert Step.DOCUMENT in file.missing
    told(file, FactKind.DOCUMENT_REMOVED, documents_left=0)
    assert file.missing[0] is Step.DOCUMENT


def test_a_fact_that_overtakes_waits_for_those_before_it() -> None:
    file = collecting()
    file.apply(Fact("c", 3, FactKind.SUBMITTED), NOON)
    file.apply(Fact("b", 2, FactKind.ADDRESS_STATED), NOON)
    assert (file.phase, file.last_seq, len(file.held)) == (Phase.COLLECTING, 0, 2)
    file.apply(Fact("c", 3, FactKind.SUBMITTED), NOON)
    assert file.ignored == 1
    file.apply(Fact("a", 1, FactKind.DOCUMENT_UPLOADED), NOON)
    assert (file.phase, file.last_seq, file.held) == (Phase.IDENTIFYING, 3, [])


def test_a_question_is_over_when_every_part_has_arrived() -> None:
    file = awaiting(Part.DOCUMENT, Part.ADDRESS)
    assert (file.phase, file.rounds, file.since) == (Phase.AWAITING_INFORMATION, 1, NOON + timedelta(hours=1))
    told(file, FactKind.INFORMATION_ADDED, part=Part.PERSONAL_DATA)
    assert (file.awaited, file.ignored) == ([Part.DOCUMENT, Part.ADDRESS], 1)
    told(file, FactKind.INFORMATION_ADDED, part=Part.ADDRESS)
    told(file, FactKind.INFORMATION_ADDED, part=Part.ADDRESS)
    assert (file.awaited, file.ignored) == ([Part.DOCUMENT], 2)
    told(file, FactKind.INFORMATION_ADDED, part=Part.DOCUMENT)
    assert (file.awaited, file.phase) == ([], Phase.IDENTIFYING)


def test_a_part_stated_again_without_what_was_asked_for_is_open_again() -> None:
    file = awaiting(Part.PERSONAL_DATA, Part.ADDRESS)
    told(file, FactKind.INFORMATION_ADDED, part=Part.PERSONAL_DATA)
    told(file, FactKind.PERSONAL_DATA_STATED)  # stated again, and complete
    assert (file.awaited, file.ignored) == ([Part.ADDRESS], 1)
    told(file, FactKind.PERSONAL_DATA_STATED, part=Part.PERSONAL_DATA)
    told(file, FactKind.INFORMATION_ADDED, part=Part.ADDRESS)
    assert (file.awaited, file.phase) == ([Part.PERSONAL_DATA], Phase.AWAITING_INFORMATION)
    told(file, FactKind.INFORMATION_ADDED, part=Part.PERSONAL_DATA)
    assert (file.awaited, file.phase) == ([], Phase.IDENTIFYING)


def test_a_part_that_is_open_again_before_the_story_knew_of_the_question() -> None:
    file = ruled(RulingKind.REQUEST_INFORMATION, Part.PERSONAL_DATA, Part.ADDRESS)
    told(file, FactKind.INFORMATION_ADDED, part=Part.PERSONAL_DATA)
    told(file, FactKind.PERSONAL_DATA_STATED, part=Part.PERSONAL_DATA)
    told(file, FactKind.INFORMATION_ADDED, part=Part.ADDRESS)
    file.apply(Asked(NOON), NOON)
    assert (file.awaited, file.phase) == ([Part.PERSONAL_DATA], Phase.AWAITING_INFORMATION)


def test_marks_belong_to_a_phase() -> None:
    file = awaiting()
    marks = []
    for event in (Reminded(), Fact("next", 6, FactKind.INFORMATION_ADDED, part=Part.DOCUMENT), *_LATE_AGENTS):
        file.apply(event, NOON)
        marks.append((file.reminded, file.escalated))
    assert marks == [(True, False), (False, False), (False, False), (False, True), (False, False)]
    assert file.review_reason == "lookAlikesFound"


_LATE_AGENTS = (Found(Finding.AMBIGUOUS), Escalated(), Found(Finding.LOOK_ALIKES_FOUND))


class TestTheRowIsOneConclusionAhead:
    """A conclusion was written and its receipt lost: what the row accepted on top of it must not be dropped."""

    def test_a_ruling_waits_for_its_review(self) -> None:
        file = ruled(RulingKind.REJECT, file=identifying())
        assert (file.phase, file.ruling, len(file.early)) == (Phase.IDENTIFYING, None, 1)
        waiting = file.early
        file.apply(Found(Finding.UNKNOWN), NOON)
        assert (file.phase, [file.ruling], file.early) == (Phase.IN_REVIEW, waiting, [])

    def test_an_answer_waits_for_its_question(self) -> None:
        file = ruled(RulingKind.REQUEST_INFORMATION, Part.DOCUMENT, Part.ADDRESS)
        told(file, FactKind.INFORMATION_ADDED, part=Part.DOCUMENT)
        told(file, FactKind.INFORMATION_ADDED, part=Part.ADDRESS)
        assert file.phase is Phase.IN_REVIEW
        file.apply(Asked(NOON), NOON)
        assert (file.phase, file.early, file.awaited) == (Phase.IDENTIFYING, [], [])

    def test_the_ruling_after_look_alikes_waits_for_them(self) -> None:
        file = ruled(RulingKind.CREATE_NUMBER)
        told(file, FactKind.RULED, ruling=RulingKind.REJECT, ruling_id="ruling-2")
        assert [fact.ruling_id for fact in (file.ruling, *file.early) if fact] == ["ruling-1", "ruling-2"]
        file.apply(Found(Finding.LOOK_ALIKES_FOUND), NOON)
        assert [fact.ruling_id for fact in (file.ruling, *file.early) if fact] == ["ruling-2"]

    def test_a_withdrawal_waits_for_nothing(self) -> None:
        file = told(ruled(RulingKind.REJECT, file=identifying()), FactKind.WITHDRAWN)
        assert (file.outcome, file.early, file.ruling) == (Outcome.WITHDRAWN, [], None)

    def test_nothing_waits_while_collecting(self) -> None:
        file = ruled(RulingKind.REJECT, file=collecting())
        assert (file.early, file.ignored) == ([], 1)


def test_an_objection_opens_the_review_again_for_a_human_alone() -> None:
    file = RequestFile.opened(NOON, objection_after=4)
    assert (file.phase, file.missing) == (Phase.CLOSED, [])
    told(file, FactKind.OBJECTED)
    assert (file.phase, file.review_reason, file.objections) == (Phase.IN_REVIEW, "objection", 1)
    ruled(RulingKind.REQUEST_INFORMATION, Part.DOCUMENT, file=file)
    file.apply(Asked(NOON), NOON)
    told(file, FactKind.INFORMATION_ADDED, part=Part.DOCUMENT)
    assert file.phase is Phase.IN_REVIEW
