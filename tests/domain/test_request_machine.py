"""Whatever comes, in whatever order, how often and how late: the file of a request keeps its promises."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from domain.findings import Asked, Escalated, Expired, Finding, Found, Rejected, Reminded, Unanswered
from domain.request import Event, Fact, FactKind, Outcome, Part, Phase, RequestFile, RulingKind

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
TOLD = [kind for kind in FactKind if kind is not FactKind.OBJECTED]  # an objection has a run, and a file, of its own


def facts(seq: int) -> st.SearchStrategy[Fact]:
    """Any fact that may have this number."""
    return st.builds(
        Fact,
        fact_id=st.just(f"fact-{seq}"),
        seq=st.just(seq),
        kind=st.sampled_from(TOLD),
        part=st.none() | st.sampled_from(Part),
        documents_left=st.integers(0, 2),
        ruling=st.none() | st.sampled_from(RulingKind),
        ruling_id=st.just(f"ruling-{seq}"),
        asks=st.lists(st.sampled_from(Part), max_size=3, unique=True),
    )


def findings() -> st.SearchStrategy[Event]:
    """Any event of the story's own."""
    return st.one_of(
        st.builds(Found, st.sampled_from(Finding)),
        st.just(Asked(NOON)),
        st.sampled_from([Rejected(), Expired(), Unanswered(), Reminded(), Escalated()]),
    )


class Machine(RuleBasedStateMachine):
    """Facts out of order, twice, with gaps and too late; findings at any moment."""

    def __init__(self) -> None:
        super().__init__()
        self.file = RequestFile.opened(NOON)
        self.facts: list[Fact] = []
        self.delivered: set[int] = set()
        self.before = (self.file.outcome, 0)

    @initialize(first=st.lists(st.integers(0, 9), max_size=6))
    def accept_some(self, first: list[int]) -> None:
        plain = [kind for kind in TOLD if kind is not FactKind.WITHDRAWN]
        for number in first:
            seq = len(self.facts) + 1
            self.facts.append(Fact(f"fact-{seq}", seq, plain[number % len(plain)], asks=[Part.DOCUMENT]))

    @rule(data=st.data())
    def accept(self, data: st.DataObject) -> None:
        """The row accepts a fact; it is on its way."""
        self.facts.append(data.draw(facts(len(self.facts) + 1)))

    @precondition(lambda self: bool(self.facts))
    @rule(data=st.data())
    def deliver(self, data: st.DataObject) -> None:
        """Any accepted fact arrives, perhaps again."""
        fact = data.draw(st.sampled_from(self.facts))
        self.file.apply(fact, NOON)
        self.delivered.add(fact.seq)

    @precondition(lambda self: any(fact.seq not in self.delivered for fact in self.facts))
    @rule()
    def deliver_the_next(self) -> None:
        fact = next(fact for fact in self.facts if fact.seq not in self.delivered)
        self.file.apply(fact, NOON)
        self.delivered.add(fact.seq)

    @rule(finding=findings(), days=st.integers(0, 40))
    def find(self, finding: Event, days: int) -> None:
        self.file.apply(finding, NOON + timedelta(days=days))

    @invariant()
    def promises(self) -> None:
        file = self.file
        assert (file.outcome is not None) == (file.phase is Phase.CLOSED)
        assert not file.awaited or file.phase is Phase.AWAITING_INFORMATION
        assert file.ruling is None or file.phase is Phase.IN_REVIEW
        assert not file.early or file.phase in (Phase.IDENTIFYING, Phase.IN_REVIEW, Phase.AWAITING_INFORMATION)
        assert not file.escalated or file.phase is Phase.IN_REVIEW
        assert not file.reminded or file.phase in (Phase.COLLECTING, Phase.AWAITING_INFORMATION)
        assert (file.review_reason is not None) or file.phase is not Phase.IN_REVIEW
        assert file.ignored >= 0
        assert len(file.done) == len(set(file.done))

    @invariant()
    def counts_what_it_has_seen_without_a_gap(self) -> None:
        contiguous = 0
        while contiguous + 1 in self.delivered:
            contiguous += 1
        assert self.file.last_seq == contiguous
        assert {fact.seq for fact in self.file.held} == {seq for seq in self.delivered if seq > contiguous}

    @invariant()
    def never_goes_back(self) -> None:
        outcome, last_seq = self.before
        assert self.file.last_seq >= last_seq
        assert outcome is None or self.file.outcome is outcome
        self.before = (self.file.outcome, self.file.last_seq)


Machine.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
TestMachine = Machine.TestCase


@st.composite
def deliveries(draw: st.DrawFn) -> tuple[list[Fact], list[Fact]]:
    """Facts in order, and the same in any order, some of them more than once."""
    count = draw(st.integers(1, 8))
    in_order = [draw(facts(seq)) for seq in range(1, count + 1)]
    again = draw(st.lists(st.sampled_from(in_order), max_size=4))
    return in_order, draw(st.permutations(in_order + again))


@given(both=deliveries(), after=st.lists(findings(), max_size=4))
def test_the_order_of_delivery_changes_nothing(both: tuple[list[Fact], list[Fact]], after: list[Event]) -> None:
    in_order, shuffled = both
    results = []
    for order in (in_order, shuffled):
        file = RequestFile.opened(NOON)
        for event in [*order, *after]:
            file.apply(event, NOON)
        results.append({name: value for name, value in asdict(file).items() if name != "ignored"})
    assert results[0] == results[1]


@given(kinds=st.permutations([k for k in TOLD if k in ("documentUploaded", "personalDataStated", "addressStated")]))
def test_steps_may_come_in_any_order(kinds: list[FactKind]) -> None:
    file = RequestFile.opened(NOON)
    for seq, kind in enumerate([*kinds, FactKind.SUBMITTED], start=1):
        file.apply(Fact(f"fact-{seq}", seq, kind), NOON)
    assert (file.missing, file.phase) == ([], Phase.IDENTIFYING)


@given(story=st.lists(st.one_of(findings(), st.sampled_from(TOLD)), max_size=25))
def test_a_withdrawal_ends_it_whatever_was_before(story: list[Any]) -> None:
    file = RequestFile.opened(NOON)
    for event in story:
        seq = file.last_seq + 1
        file.apply(Fact(f"fact-{seq}", seq, event, asks=[Part.DOCUMENT]) if event in TOLD else event, NOON)
    before = file.outcome
    file.apply(Fact("last", file.last_seq + 1, FactKind.WITHDRAWN), NOON)
    assert file.outcome is (before or Outcome.WITHDRAWN)
