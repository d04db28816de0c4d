"""Personal data, address, and sending."""

from __future__ import annotations

import re
from functools import partial

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from api import schemas
from api.body import judge, parse, read_json
from api.conditions import IfMatch, OnceIfMatch
from api.dependencies import Language, NoQuery, OwnRequest, Requester, TheHouse
from api.documentation import json_body, refuses
from api.inputs import Addresses, StatedPersonalData, Submission
from api.render import request_response
from domain.request import Phase
from domain.statement import read_addresses, read_personal_data
from service import requests, steps, submission

router = APIRouter(prefix="/v1/requests/{request_id}", tags=["steps"])
LONGEST_WAIT = 30
#: When a part of a request is not open.
NOT_NOW = ("requestClosed", "alreadySubmitted", "notAskedFor")
_WAIT = re.compile(r"wait\s*=\s*\"?0*(\d{1,30})\"?", re.ASCII | re.IGNORECASE)


@router.put(
    "/personalData",
    response_model=schemas.RequestAnswer,
    openapi_extra=json_body(StatedPersonalData) | refuses(*NOT_NOW),
)
async def state_personal_data(
    request: Request,
    house: TheHouse,
    caller: Requester,
    request_id: OwnRequest,
    language: Language,
    _query: NoQuery,
    conditions: IfMatch,
) -> Response:
    """State the person as on the document; a second time replaces the first."""
    members = await read_json(request)
    judge(StatedPersonalData, members, partial(read_personal_data, today=house.tools.today()))
    accepted = await run_in_threadpool(
        steps.state_personal_data, house.tools, conditions.of(caller), request_id, members
    )
    house.send(accepted.outgoing)
    return request_response(accepted.view, language)


@router.put("/address", response_model=schemas.RequestAnswer, openapi_extra=json_body(Addresses) | refuses(*NOT_NOW))
async def state_address(
    request: Request,
    house: TheHouse,
    caller: Requester,
    request_id: OwnRequest,
    language: Language,
    _query: NoQuery,
    conditions: IfMatch,
) -> Response:
    """State the official address and, where the residence is abroad, a contact address in Belgium."""
    members = await read_json(request)
    judge(Addresses, members, read_addresses)
    accepted = await run_in_threadpool(steps.state_address, house.tools, conditions.of(caller), request_id, members)
    house.send(accepted.outgoing)
    return request_response(accepted.view, language)


@router.post(
    "/submission",
    response_model=schemas.RequestAnswer,
    responses={202: {"model": schemas.RequestAnswer, "description": "Accepted; the answer comes later, by mail too"}},
    openapi_extra=json_body(Submission, required=False)
    | refuses(
        "requestClosed",
        "alreadySubmitted",
        "stepsMissing",
        "minimumDataMissing",
        "documentExpired",
        "documentMismatch",
    ),
)
async def submit(
    request: Request,
    house: TheHouse,
    caller: Requester,
    request_id: OwnRequest,
    language: Language,
    _query: NoQuery,
    conditions: OnceIfMatch,
) -> Response:
    """Send the request. With `Prefer: wait=10` the answer waits up to ten seconds for the number."""
    body = parse(Submission, await read_json(request, optional=True))
    accepted = await run_in_threadpool(
        submission.submit,
        house.tools,
        conditions.of(caller),
        request_id,
        email=body.email,
        confirmed=body.confirmed or (),
    )
    house.send(accepted.outgoing)
    view = accepted.view
    seconds = wait_preferred(request.headers.getlist("prefer"))
    if seconds:
        await house.wait_until_answered(request_id, seconds)
        view = await run_in_threadpool(requests.read_request, house.tools, caller, request_id)
    return request_response(view, language, status=200 if view.phase is Phase.CLOSED else 202)


def wait_preferred(headers: list[str]) -> int:
    """Seconds of `Prefer: wait=` (RFC 7240): 0 without one, 30 at most; what is not understood is ignored.

    >>> wait_preferred(["respond-async, wait=10"]), wait_preferred(["wait=99999999999"]), wait_preferred(["wait=soon"])
    (10, 30, 0)
    """
    for header in headers:
        for preference in re.split("[,;]", header):
            found = _WAIT.fullmatch(preference.strip())
            if found:
                return min(int(found[1]), LONGEST_WAIT)
    return 0
