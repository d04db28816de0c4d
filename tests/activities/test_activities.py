"""Activities as Temporal runs them, and what it learns when they fail: a type, and nothing of a person."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from google.protobuf.json_format import MessageToDict
from temporalio import activity
from temporalio.api.failure.v1 import Failure
from temporalio.converter import DataConverter
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from activities.failures import translated
from activities.identification import AssignOrder, IdentificationActivities, IdentifyOrder
from activities.notifications import NotificationActivities
from activities.records import RecordActivities
from domain import errors
from domain.document_check import DocumentsSay
from domain.identification import (
    Agreement,
    Created,
    Decision,
    DecisionKind,
    ExistingPeople,
    RegisteredPerson,
    StatedPerson,
)
from domain.niss import Niss
from domain.people import PartialDate
from domain.records import ComposedMail, MailOrder, Recorded, RecordKind, Transition
from mail.outbox import Outbox

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SECRETS = ("Tienpont", "1991-03-02", "91630200259", "maria@home.example")
SAID = {"surname": Agreement.SAME, "birthDate": Agreement.DIFFERENT}
MARIA = RegisteredPerson(ssin=Niss("91630200259"), surname="Tienpont", birth_date=PartialDate(1991, 3, 2))


def now() -> datetime:
    return NOON


def everything_wrong() -> list[BaseException]:
    ours = [getattr(errors, name) for name in dir(errors)]
    made = [kind("away") for kind in ours if isinstance(kind, type) and issubclass(kind, errors.NissDeskError)]
    return [*made, ValueError(" ".join(SECRETS)), KeyError(SECRETS[0]), RuntimeError(SECRETS)]


@pytest.mark.parametrize("wrong", everything_wrong(), ids=lambda error: type(error).__name__)
async def test_failures_name_a_type_and_nobody(wrong: Exception, caplog: pytest.LogCaptureFixture) -> None:
    @activity.defn
    @translated
    def fails(surname: str) -> str:
        raise wrong from ValueError(surname)

    @activity.defn
    @translated
    async def fails_later(surname: str) -> str:
        raise wrong from ValueError(surname)

    for failing in (fails, fails_later):
        with pytest.raises(ApplicationError) as raised:
            await _awaited(failing)
        failure = Failure()
        await DataConverter.default.encode_failure(raised.value, failure)
        told = json.dumps(MessageToDict(failure)) + caplog.text
        assert [secret for secret in SECRETS if secret in told] == []
        if isinstance(wrong, errors.NissDeskError):
            assert (raised.value.type, raised.value.non_retryable) == (wrong.code, not wrong.retryable)
        else:
            assert (raised.value.type, raised.value.non_retryable) == ("unexpected", False)
            assert caplog.text


async def _awaited(failing: Callable[..., Any]) -> None:
    answer = ActivityEnvironment().run(failing, SECRETS[0])
    if isinstance(answer, Awaitable):
        await answer


@dataclass
class Records:
    """The recorder's answers, as the activities see them."""

    kept: dict[str, str]
    order: MailOrder | None = None
    settled: list[tuple[str, str | None]] | None = None
    doubtful: bool = False
    said: list[Mapping[str, Agreement] | None] = field(default_factory=list)

    def record(self, transition: Transition, at: datetime) -> Recorded:
        return Recorded(mails=[f"{transition.kind} {at:%H}"])

    def stated(self, request_id: str) -> StatedPerson:
        del request_id
        return StatedPerson("Tienpont", PartialDate(1991, 3, 2))

    def documents_say(self, request_id: str, at: datetime) -> DocumentsSay:
        return DocumentsSay(bool(request_id) and at == NOON and self.doubtful, SAID)

    def remember(
        self,
        request_id: str,
        key: str,
        *,
        finding: str,
        documents: Mapping[str, Agreement] | None = None,
        **_: Any,
    ) -> str:
        self.said.append(documents)
        return self.kept.setdefault(f"{request_id}/{key}", finding)

    def creation_key(self, request_id: str) -> str:
        return f"{request_id}/0/2"

    def may_be_automatic(self, request_id: str, at: datetime) -> bool:
        del at
        return request_id != "asked"

    def different_from(self, ruling_id: str) -> list[Niss]:
        return [MARIA.ssin] if ruling_id == "other" else []

    def mail_order(self, mail_id: str, at: datetime) -> MailOrder | None:
        del mail_id, at
        return self.order

    def settle_mail(self, mail_id: str, *, state: str, error: str | None, at: datetime) -> None:
        del mail_id, at
        self.settled = [*(self.settled or []), (state, error)]


@dataclass
class Register:
    """Answers one thing, and remembers how it was asked."""

    decision: Decision = field(default_factory=lambda: Decision(DecisionKind.UNKNOWN, "none"))
    answer: Created | ExistingPeople = field(default_factory=lambda: ExistingPeople(()))
    asked: tuple[str, tuple[Niss, ...]] | None = None

    def identify(self, stated: StatedPerson) -> Decision:
        assert stated.surname == "Tienpont"
        return self.decision

    def create(self, stated: StatedPerson, *, key: str, different_from: Any, at: datetime) -> Created | ExistingPeople:
        assert (stated.surname, at) == ("Tienpont", NOON)
        self.asked = (key, tuple(different_from))
        return self.answer


def run(activity_method: Callable[..., Any], *orders: Any) -> Any:
    return ActivityEnvironment().run(activity_method, *orders)


def test_identify_answers_a_code_and_keeps_the_first() -> None:
    records, register = Records({}), Register()
    made = IdentificationActivities(register, records, now)  # type: ignore[arg-type]
    assert run(made.identify, IdentifyOrder("r", "identification-0")) == "unknown"
    register.decision = Decision(DecisionKind.IDENTIFIED, "sure", MARIA)
    assert run(made.identify, IdentifyOrder("r", "identification-0")) == "unknown"
    assert run(made.identify, IdentifyOrder("r", "identification-2")) == "identified"


@pytest.mark.parametrize("sure", [DecisionKind.IDENTIFIED, DecisionKind.AMBIGUOUS, DecisionKind.UNKNOWN])
def test_a_document_that_says_otherwise_vetoes_only_a_sure_answer(sure: DecisionKind) -> None:
    records, register = Records({}, doubtful=True), Register(Decision(sure, "why", MARIA))
    made = IdentificationActivities(register, records, now)  # type: ignore[arg-type]
    told = run(made.identify, IdentifyOrder("r", "identification-0"))
    assert told == ("documentDoubt" if sure is DecisionKind.IDENTIFIED else sure.value)
    assert records.said == [SAID], "what the documents say is kept beside the answer"


@pytest.mark.parametrize("kind", DecisionKind)
def test_documents_that_agree_make_nobody_more_certain(kind: DecisionKind) -> None:
    """Beside no documents at all: the same answer, the same code to Temporal."""
    records, register = Records({}), Register(Decision(kind, "why", MARIA), Created(MARIA))
    made = IdentificationActivities(register, records, now)  # type: ignore[arg-type]
    told = run(made.identify, IdentifyOrder("r", "identification-0"))
    assert told == kind.value
    assert records.said == [SAID]


def test_a_number_is_created_once_by_what_is_stated_in_a_review() -> None:
    records, register = Records({}), Register()
    made = IdentificationActivities(register, records, now)  # type: ignore[arg-type]
    assert run(made.assign_number, AssignOrder("r", "first")) == "lookAlikesFound"
    register.answer = Created(MARIA)
    assert run(made.assign_number, AssignOrder("r", "first")) == "lookAlikesFound"
    assert run(made.assign_number, AssignOrder("r", "other")) == "created"
    assert register.asked == ("r/0/2", (MARIA.ssin,))


def test_record_passes_the_clock_on() -> None:
    made = RecordActivities(Records({}), now)
    recorded = run(made.record, Transition("r", "inReview-0", 4, RecordKind.IN_REVIEW))
    assert recorded == Recorded(mails=["inReview 12"])


class Composer:
    def compose(self, order: MailOrder) -> ComposedMail:
        return ComposedMail("desk@desk.example", order.recipient, b"Subject: x\r\n\r\nx")


ORDER = MailOrder("m", "r", "k", "inProgress", "fr", SECRETS[3], "Maria Tienpont", None, NOON)


@pytest.mark.parametrize(
    ("failure", "answer", "settled"),
    [
        (None, "sent", ("sent", None)),
        (errors.Undeliverable("550"), "undeliverable", ("undeliverable", "undeliverable")),
        (errors.MailDeferred("451"), None, ("pending", "mailDeferred")),
    ],
)
async def test_a_mail_ends_as_the_server_says(failure: Any, answer: str | None, settled: tuple[str, str]) -> None:
    records, postman = Records({}, ORDER), Outbox()
    if failure is not None:
        postman.fail(failure)
    made = NotificationActivities(records, Composer(), postman, now)
    if answer is None:
        with pytest.raises(ApplicationError) as deferred:
            await run(made.send_mail, "m")
        assert (deferred.value.type, deferred.value.non_retryable) == ("mailDeferred", False)
    else:
        assert await run(made.send_mail, "m") == answer
    assert records.settled == [settled]


async def test_a_settled_mail_is_not_sent_again() -> None:
    records, postman = Records({}, None), Outbox()
    made = NotificationActivities(records, Composer(), postman, now)
    assert await run(made.send_mail, "m") == "settled"
    assert (postman.sent, records.settled) == ([], None)
    assert run(made.give_up_mail, "m") == "undeliverable"
    assert records.settled == [("undeliverable", "deadlinePassed")]
