"""Names and numbers of the story: task queue, ids, time-outs, retry policies, search attributes."""

from __future__ import annotations

from datetime import timedelta

from temporalio.common import RetryPolicy, SearchAttributeKey

TASK_QUEUE = "niss-desk"
#: A worker killed inside a local activity holds the request until its workflow task times out.
TASK_TIMEOUT = timedelta(seconds=4)
#: After a worker's death, how long a task waits for the dead worker's sticky queue.
STICKY_TIMEOUT = timedelta(seconds=2)

#: Local activities are for the first try of short idempotent work.
FIRST_TRY_TIMEOUT = timedelta(seconds=2)
FIRST_TRY = RetryPolicy(maximum_attempts=2, initial_interval=timedelta(milliseconds=100))

#: Then the same activity is scheduled remotely, where ops see it.
ATTEMPT_TIMEOUT = timedelta(seconds=30)
UNTIL_IT_WORKS = RetryPolicy(
    initial_interval=timedelta(seconds=1), backoff_coefficient=2.0, maximum_interval=timedelta(minutes=1)
)
MAIL_ATTEMPT_TIMEOUT = timedelta(seconds=60)
#: A worker killed while it talks to a slow mail server is missed after this long, not after the whole attempt.
MAIL_HEARTBEAT_TIMEOUT = timedelta(seconds=5)
MAIL_RETRIES = RetryPolicy(
    initial_interval=timedelta(seconds=2), backoff_coefficient=2.0, maximum_interval=timedelta(minutes=5)
)

REQUEST_PHASE = SearchAttributeKey.for_keyword("requestPhase")
REQUEST_OUTCOME = SearchAttributeKey.for_keyword("requestOutcome")
COMPANY_ID = SearchAttributeKey.for_keyword("companyId")
AWAITING_SINCE = SearchAttributeKey.for_datetime("awaitingSince")
DEADLINE = SearchAttributeKey.for_datetime("deadline")
SEARCH_ATTRIBUTES = (REQUEST_PHASE, REQUEST_OUTCOME, COMPANY_ID, AWAITING_SINCE, DEADLINE)

STATIC_SUMMARY = "Request for a Belgian social-security number"


def workflow_id(request_id: str, objection: int = 0, mail: str | None = None) -> str:
    """The id of a request's workflow, of its n-th objection's, or of a mail's that comes after its story."""
    if mail is not None:
        return f"request-{request_id}-mail-{mail}"
    return f"request-{request_id}" + (f"-objection-{objection}" if objection else "")
