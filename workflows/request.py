"""The story of one request: it waits for people, asks the register, and tells what came of it.

Every wait is for a person or for a named deadline with a named outcome. Only identifiers and codes are in here.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from temporalio import workflow
from temporalio.exceptions import ActivityError

from activities.identification import AssignOrder, IdentificationActivities, IdentifyOrder
from activities.notifications import NotificationActivities
from activities.records import RecordActivities
from domain.findings import Asked, Escalated, Expired, Finding, Found, Rejected, Reminded, Unanswered
from domain.records import Opening, RecordKind, Transition
from domain.request import Event, Phase, RequestFile, RulingKind
from domain.terms import Delays
from workflows import display, options
from workflows.attempts import first_locally, until_it_works
from workflows.facts import ToldFacts


@dataclass(frozen=True)
class Story:
    """What a run starts with: how the request was opened and, when it continues an earlier run, its file.

    After a lost run also the mails that were on their way, and whether the outcome was told already.
    """

    opening: Opening
    file: RequestFile | None = None
    mails: list[str] = field(default_factory=list)
    told: bool = False


@workflow.defn(name="Request")
class RequestWorkflow(ToldFacts):
    """One request, from its first fact to its outcome."""

    @workflow.init
    def __init__(self, story: Story) -> None:
        self.opening = story.opening
        self.delays = Delays.of_seconds(story.opening.delays)
        self.file = story.file or RequestFile.opened(self.opening.opened_at, objection_after=self.opening.after_seq)
        self.shown_phase = self.file.phase
        self.mails: list[asyncio.Task[None]] = []
        self.told = story.told

    @workflow.run
    async def run(self, story: Story) -> str:
        """Collect, identify, review while a human is needed, await what was asked for, conclude."""
        self._send(story.mails, "again, after a loss")
        if self.opening.objection and story.file is None:
            await workflow.wait_condition(lambda: not self.file.closed)
        while not self.file.closed:
            if self._too_long():
                self._show()
                await workflow.wait_condition(workflow.all_handlers_finished)
                # Given: carried over by the server, an attribute once unset would be a null that the SDK cannot read.
                shown = workflow.info().typed_search_attributes
                workflow.continue_as_new(Story(self.opening, self.file), search_attributes=shown)
            match self.file.phase:
                case Phase.COLLECTING:
                    await self._await_requester(self.delays.draft_reminder, self.delays.draft_expiry, "Draft")
                case Phase.IDENTIFYING:
                    await self._identify()
                case Phase.IN_REVIEW:
                    await self._review()
                case Phase.AWAITING_INFORMATION:
                    await self._await_requester(self.delays.answer_reminder, self.delays.answer_expiry, "Answer")
        return await self._conclude()

    # What one may ask. A query changes nothing.

    @workflow.query(description="Where the request stands")
    def phase(self) -> str:
        """One of domain.request.Phase."""
        return self.file.phase.value

    @workflow.query(name="missingSteps", description="The steps that are still to be done")
    def missing_steps(self) -> list[str]:
        """Names of domain.request.Step."""
        return [step.value for step in self.file.missing]

    @workflow.query(description="When the present wait ends by itself (ISO 8601, UTC), or nothing")
    def deadline(self) -> str | None:
        """Of the draft, or of the answer."""
        due = self._deadline()
        return due.isoformat() if due else None

    # The chapters.

    async def _await_requester(self, reminder: timedelta, expiry: timedelta, what: str) -> None:
        """Wait for the requester: reminded once, given up at the deadline."""
        self._show()
        phase, since = self.file.phase, self._since()
        while self.file.phase is phase and not self._too_long():
            if not self.file.reminded:
                if await self._passed(since + reminder, f"{what}: remind the requester"):
                    await self._record(RecordKind.REMINDED, Reminded())
            elif await self._passed(since + expiry, f"{what}: expires"):
                await self._give_up()

    async def _give_up(self) -> None:
        """The requester's deadline has passed. Who objected has a number: then an agent decides without the answer."""
        if self.file.objections:
            await self._record(RecordKind.IN_REVIEW, Unanswered(), reason="objection")
        else:
            await self._record(RecordKind.EXPIRED, Expired())

    async def _identify(self) -> None:
        """Ask the register; what is not sure goes to an agent."""
        key = self._key("identification")
        found = await first_locally(
            IdentificationActivities.identify,
            IdentifyOrder(self.opening.request_id, key),
            summary="Who is it?",
            deadline=self.delays.identify_deadline,
            before_waiting=self._show,
            meanwhile=lambda: self.file.closed,
        )
        if self.file.closed:
            return
        finding = Finding(found) if found is not None else Finding.REGISTER_UNAVAILABLE
        if finding is Finding.IDENTIFIED:
            await self._record(RecordKind.IDENTIFIED, Found(finding), answer=key)
        elif finding is Finding.CREATED:
            await self._record(RecordKind.NUMBER_CREATED, Found(finding), answer=key)
        else:
            await self._record(RecordKind.IN_REVIEW, Found(finding), reason=finding.value)

    async def _review(self) -> None:
        """Wait for an agent's ruling; when the agents are late, it is marked. Then carry the ruling out."""
        self._show()
        due = self._since() + self.delays.review_escalation
        while not self._reviewed():
            if self.file.escalated:
                await workflow.wait_condition(self._reviewed)
            elif await self._passed(due, "Review: mark that the agents are late"):
                await self._record(RecordKind.ESCALATED, Escalated())
        ruling = self.file.ruling
        if ruling is None or self.file.phase is not Phase.IN_REVIEW:
            return
        match ruling.ruling:
            case RulingKind.IDENTIFY:
                await self._record(RecordKind.IDENTIFIED, Found(Finding.IDENTIFIED), ruling_id=ruling.ruling_id)
            case RulingKind.CREATE_NUMBER:
                await self._create_number(str(ruling.ruling_id))
            case RulingKind.REQUEST_INFORMATION:
                now = workflow.now()
                deadline = now + self.delays.answer_expiry
                await self._record(
                    RecordKind.INFORMATION_REQUESTED, Asked(now), ruling_id=ruling.ruling_id, deadline=deadline
                )
            case _:
                await self._record(RecordKind.REJECTED, Rejected(), ruling_id=ruling.ruling_id)

    async def _create_number(self, ruling_id: str) -> None:
        """Give a number, unless somebody turns up who was not ruled out: then back to the agent."""
        found = await first_locally(
            IdentificationActivities.assign_number,
            AssignOrder(self.opening.request_id, ruling_id),
            summary="Create a number",
            deadline=self.delays.identify_deadline,
            before_waiting=self._show,
        )
        finding = Finding(found) if found is not None else Finding.REGISTER_UNAVAILABLE
        if finding is Finding.CREATED:
            await self._record(RecordKind.NUMBER_CREATED, Found(finding), answer=ruling_id, ruling_id=ruling_id)
        else:
            await self._record(RecordKind.IN_REVIEW, Found(finding), reason=finding.value)

    async def _conclude(self) -> str:
        """The row is closed; the run ends when the requester has been told, or the mail's deadline has passed."""
        if self.file.outcome == "withdrawn" and not self.told:
            await self._record(RecordKind.WITHDRAWN)
        self._show()
        for mail in self.mails:
            await mail
        await workflow.wait_condition(workflow.all_handlers_finished)
        return str(self.file.outcome)

    # The means.

    def _since(self) -> datetime:
        return self.file.since or self.opening.opened_at

    def _reviewed(self) -> bool:
        return self.file.phase is not Phase.IN_REVIEW or self.file.ruling is not None or self._too_long()

    def _too_long(self) -> bool:
        """Whether the history should continue in a new run; never while a mail is on its way."""
        return workflow.info().is_continue_as_new_suggested() and all(mail.done() for mail in self.mails)

    async def _passed(self, due: datetime, summary: str) -> bool:
        """Wait until `due` or until something happened; True where the time has passed and nothing did."""
        phase, ruling = self.file.phase, self.file.ruling

        def happened() -> bool:
            return self.file.phase is not phase or self.file.ruling is not ruling or self._too_long()

        try:
            await workflow.wait_condition(happened, timeout=due - workflow.now(), timeout_summary=summary)
        except TimeoutError:
            return not happened()
        return False

    async def _record(
        self,
        kind: RecordKind,
        event: Event | None = None,
        *,
        reason: str | None = None,
        ruling_id: str | None = None,
        answer: str | None = None,
        deadline: datetime | None = None,
    ) -> None:
        """Write a conclusion, unless there are newer facts: then take those in instead, and decide again."""
        transition = Transition(
            self.opening.request_id,
            self._key(kind.value),
            self.file.last_seq,
            kind,
            reason,
            ruling_id,
            answer,
            deadline,
        )
        recorded = await until_it_works(RecordActivities.record, transition, summary=f"Record: {kind.value}")
        for fact in recorded.newer:
            self._take(fact)
        if recorded.newer:
            return
        self.file.conclusions += 1
        if event is not None:
            self.file.apply(event, workflow.now())
        self._send(recorded.mails, kind.value)

    def _key(self, what: str) -> str:
        """The same when a lost try is made again, even where facts have come in between."""
        objection = f"-objection-{self.opening.objection}" if self.opening.objection else ""
        return f"{what}-{self.file.conclusions}{objection}"

    def _send(self, mail_ids: list[str], what: str) -> None:
        """Each on its own: nobody waits for the mail server before the end."""
        self.mails.extend(asyncio.create_task(self._mail(mail_id, what)) for mail_id in mail_ids)

    async def _mail(self, mail_id: str, what: str) -> None:
        """Send one mail, for as long as its deadline allows; undeliverable is an outcome, not an exception."""
        try:
            await workflow.execute_activity_method(
                NotificationActivities.send_mail,
                mail_id,
                start_to_close_timeout=options.MAIL_ATTEMPT_TIMEOUT,
                heartbeat_timeout=options.MAIL_HEARTBEAT_TIMEOUT,
                schedule_to_close_timeout=self.delays.mail_deadline,
                retry_policy=options.MAIL_RETRIES,
                summary=f"Mail: {what}",
            )
        except ActivityError:
            await until_it_works(NotificationActivities.give_up_mail, mail_id, summary="Mail: undeliverable")

    def _deadline(self) -> datetime | None:
        match self.file.phase:
            case Phase.COLLECTING:
                return self._since() + self.delays.draft_expiry
            case Phase.AWAITING_INFORMATION:
                return self._since() + self.delays.answer_expiry
        return None

    def _show(self) -> None:
        """Let ops see the phase, in the list and on the page of the workflow."""
        due = self._deadline()
        workflow.set_current_details(display.details(self.file, due))
        if self.file.phase is not self.shown_phase:
            workflow.upsert_search_attributes(display.changes(self.file, self.shown_phase, due))
            self.shown_phase = self.file.phase
