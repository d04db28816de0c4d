"""First locally, then remotely: short work is tried inside the workflow task, what does not work is tried in the open.

A retrying local activity is invisible to ops and holds every signal back, so it gets two attempts and two seconds.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from temporalio import workflow
from temporalio.exceptions import ActivityError, FailureError

from workflows import options

_In = TypeVar("_In")
_Out = TypeVar("_Out")


def _nothing() -> None:
    return None


def _never() -> bool:
    return False


async def first_locally(
    activity: Callable[[Any, _In], _Out],
    order: _In,
    *,
    summary: str,
    deadline: timedelta,
    before_waiting: Callable[[], None] = _nothing,
    meanwhile: Callable[[], bool] = _never,
) -> _Out | None:
    """The activity's result; None where the deadline passed, or where `meanwhile` became true first.

    `before_waiting` runs when the first try has failed.
    """
    try:
        return await _first_try(activity, order, summary)
    except FailureError:
        if meanwhile():
            return None
    before_waiting()
    handle = _in_the_open(activity, order, summary, deadline)
    await workflow.wait_condition(lambda: handle.done() or meanwhile())
    if not handle.done():
        handle.cancel()
        return None
    try:
        return await handle
    except ActivityError:
        return None


async def until_it_works(activity: Callable[[Any, _In], _Out], order: _In, *, summary: str) -> _Out:
    """The activity's result, however long it takes. Raises ActivityError only for what no retry can mend."""
    try:
        return await _first_try(activity, order, summary)
    except FailureError:
        return await _in_the_open(activity, order, summary, None)


async def _first_try(activity: Callable[[Any, _In], _Out], order: _In, summary: str) -> _Out:
    """A local activity that fails raises what it failed with, not an ActivityError around it: any FailureError."""
    return await workflow.execute_local_activity_method(
        activity,
        order,
        schedule_to_close_timeout=options.FIRST_TRY_TIMEOUT,
        retry_policy=options.FIRST_TRY,
        summary=summary,
    )


def _in_the_open(
    activity: Callable[[Any, _In], _Out], order: _In, summary: str, deadline: timedelta | None
) -> workflow.ActivityHandle[_Out]:
    return workflow.start_activity_method(
        activity,
        order,
        start_to_close_timeout=options.ATTEMPT_TIMEOUT,
        schedule_to_close_timeout=deadline,
        retry_policy=options.UNTIL_IT_WORKS,
        summary=summary,
    )
