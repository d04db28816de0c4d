"""The one translator of errors into Temporal failures: a type and nothing personal."""

from __future__ import annotations

import functools
import inspect
import logging
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from temporalio.exceptions import ApplicationError

from domain.errors import NissDeskError, ZonePending

log = logging.getLogger(__name__)
ZONE_PAUSE_SECONDS = 2
_F = TypeVar("_F", bound=Callable[..., Any])


def translated(activity: _F) -> _F:
    """Turn errors of ours into failures of their own type, and any other into `unexpected` with a trace id.

    An unexpected error is retried: it is a bug, ops see it in the pending activity, and the mended code goes on from
    there. Its text may hold data of a person (a driver's message, a validation), so it goes nowhere.
    """
    if inspect.iscoroutinefunction(activity):

        @functools.wraps(activity)
        async def run_async(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - passes through
            try:
                return await activity(*args, **kwargs)
            except Exception as error:  # noqa: BLE001 - the one place where any error is named
                raise failure_of(error) from None

        return run_async  # type: ignore[return-value]

    @functools.wraps(activity)
    def run(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - passes through
        try:
            return activity(*args, **kwargs)
        except Exception as error:  # noqa: BLE001 - the one place where any error is named
            raise failure_of(error) from None

    return run  # type: ignore[return-value]


def failure_of(error: Exception) -> ApplicationError:
    """What may be said of an error: our own code, or a type with a place and a trace id in the log."""
    if isinstance(error, ApplicationError):
        return error
    if isinstance(error, NissDeskError):
        # A reading ends by itself, soon: nobody waits for the next of ever longer pauses.
        soon = timedelta(seconds=ZONE_PAUSE_SECONDS) if isinstance(error, ZonePending) else None
        return ApplicationError(error.code, type=error.code, non_retryable=not error.retryable, next_retry_delay=soon)
    trace_id = uuid.uuid4().hex
    where = error.__traceback__
    while where is not None and where.tb_next is not None:
        where = where.tb_next
    place = f"{where.tb_frame.f_code.co_qualname}:{where.tb_lineno}" if where else "?"
    log.error("unexpected %s at %s, trace %s", type(error).__name__, place, trace_id)
    return ApplicationError(f"{type(error).__name__}, trace {trace_id}", type="unexpected")
