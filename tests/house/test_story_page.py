"""docs/story.md and the code say the same."""

from __future__ import annotations

import re
from dataclasses import fields
from enum import StrEnum

import pytest

from domain.findings import FOR_AN_AGENT
from domain.notification import Notice
from domain.records import RecordKind
from domain.request import FactKind, Outcome, Part, Phase, RulingKind
from domain.terms import Delays
from tests.conftest import PROJECT

STORY = (PROJECT / "docs" / "story.md").read_text("utf-8")
NAMED = set(re.findall(r"`([^`\n]+)`", STORY))


@pytest.mark.parametrize("words", [Phase, Outcome, FactKind, RulingKind, RecordKind, Notice, Part])
def test_every_word_of_the_code_is_told(words: type[StrEnum]) -> None:
    assert {word.value for word in words} - NAMED == set()


def test_every_reason_for_an_agent_is_told() -> None:
    assert {finding.value for finding in FOR_AN_AGENT} - NAMED == set()


@pytest.mark.parametrize("delay", [field.name for field in fields(Delays)])
def test_every_deadline_is_told_with_its_length(delay: str) -> None:
    setting = f"NISS_{delay.upper()}"
    assert delay in NAMED
    length = getattr(Delays(), delay)
    told = f"{length.days} days" if length.days > 2 or delay == "review_escalation" else f"{length // _HOUR} hours"
    assert any(told in line for line in STORY.splitlines() if setting in line), f"{setting}: {told}"


_HOUR = Delays().mail_deadline / 48


def test_the_diagram_has_every_phase_and_no_other() -> None:
    diagram = STORY.split("```mermaid")[1].split("```")[0]
    states = set(re.findall(r"(\w+) -->", diagram)) | set(re.findall(r"--> (\w+)", diagram))
    assert states == {phase.value for phase in Phase}
