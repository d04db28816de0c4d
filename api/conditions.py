"""`Idempotency-Key` and `If-Match`: what a call asks of the rows besides what it does.

Read after the caller is known and the request is found; compared in the transaction that makes the change.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import Depends, Header, Request

from access.caller import Caller, Once
from api.body import raw_body
from api.dependencies import house_of
from domain.errors import InvalidInput, Issue

_KEY = re.compile(r"[!-~]{1,255}", re.ASCII)
#: RFC 9110, 8.8.3.
_TAG = re.compile(r'\s*((?:W/)?"[\x21\x23-\x7e\x80-\xff]*")\s*')
_TAG_LIST = r'^(\*|(W/)?"[!#-~]*"(, (W/)?"[!#-~]*")*)$'
_LONGEST_IF_MATCH = 4_096


@dataclass(frozen=True, slots=True)
class Conditions:
    """Under which conditions the call is to be carried out."""

    once: Once | None = None
    expects: tuple[str, ...] = ()

    def of(self, caller: Caller) -> Caller:
        """The caller who sets them."""
        return replace(caller, once=self.once, expects=self.expects)


async def once_only(
    request: Request,
    _documented: Annotated[
        str | None,
        Header(
            alias="Idempotency-Key",
            description="the same call with the same key counts once for 24 hours and is answered as if asked now",
            json_schema_extra={"pattern": "^[!-~]{1,255}$"},
        ),
    ] = None,
) -> Conditions:
    """The call counts once. Raises InvalidInput for a key that is none."""
    return Conditions(once=await _once(request))


async def if_match(
    request: Request,
    _documented: Annotated[
        str | None,
        Header(
            alias="If-Match",
            description="tags (`ETag`), one of which must be the present one; `*` is any; a weak one never matches",
            json_schema_extra={"pattern": _TAG_LIST},
        ),
    ] = None,
) -> Conditions:
    """The row must be the one expected. Raises InvalidInput for what is no list of tags."""
    return Conditions(expects=_expects(request))


async def once_if_match(
    once: Annotated[Conditions, Depends(once_only)], expected: Annotated[Conditions, Depends(if_match)]
) -> Conditions:
    """Both."""
    return Conditions(once.once, expected.expects)


async def _once(request: Request) -> Once | None:
    keys = request.headers.getlist("idempotency-key")
    if not keys:
        return None
    if len(keys) > 1 or not _KEY.fullmatch(keys[0]):
        issue = Issue("Idempotency-Key", "must be 1 to 255 visible ASCII characters, once", "header")
        raise InvalidInput("The call is not understood.", issues=[issue])
    digest = hmac.new(house_of(request).secret, await raw_body(request), hashlib.sha256).hexdigest()
    return Once(keys[0], request.url.path, digest)


def _expects(request: Request) -> tuple[str, ...]:
    """The tags, weak ones too: those never equal a row's. () where any row will do."""
    lines = request.headers.getlist("if-match")
    if not lines or [line.strip() for line in lines] == ["*"]:
        return ()
    given = ",".join(lines)
    tags: list[str] = []
    at = 0
    while len(given) <= _LONGEST_IF_MATCH and (found := _TAG.match(given, at)):
        tags.append(found[1])
        at = found.end()
        if at == len(given):
            return tuple(tags)
        if given[at] != ",":
            break
        at += 1
    issue = Issue("If-Match", "must be tags in quotation marks, or *", "header")
    raise InvalidInput("The call is not understood.", issues=[issue])


OnceOnly = Annotated[Conditions, Depends(once_only)]
IfMatch = Annotated[Conditions, Depends(if_match)]
OnceIfMatch = Annotated[Conditions, Depends(once_if_match)]
