"""Reading bodies: after the caller is known and the request is found, so that a wrong body never hides a 401 or 404."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any, TypeVar

from fastapi import Request
from pydantic import BaseModel, ConfigDict, ValidationError

from api.errors import dotted, invalid, issues_of
from domain.document import MAX_CALL_BYTES
from domain.errors import InvalidInput, Issue, TooLarge, UnsupportedMedia

MAX_JSON_BYTES = 1_000_000
_JSON_LIMIT = {"limit": MAX_JSON_BYTES}
_MAX_NAME = 100
M = TypeVar("M", bound=BaseModel)


class NoMembers(BaseModel):
    """The body of a call that needs none."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


async def read_json(request: Request, *, optional: bool = False) -> dict[str, Any]:
    """The members of a JSON object; `null` counts as absent. {} where there is no body and it is `optional`.

    Raises InvalidInput (malformed, no object, NUL or half a character in a text), TooLarge, UnsupportedMedia.
    """
    content = await raw_body(request)
    if not content and optional:
        return {}
    media_type = request.headers.get("content-type", "application/json").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise UnsupportedMedia("The body must be application/json.")
    try:
        members = json.loads(content.decode("utf-8"), object_pairs_hook=_object, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        # A UnicodeDecodeError is a ValueError too.
        raise InvalidInput("The body is not well-formed JSON in UTF-8.") from None
    if not isinstance(members, dict):
        raise InvalidInput("The body must be a JSON object.")
    issues: list[Issue] = []
    cleaned: dict[str, Any] = _clean(members, (), issues)
    if issues:
        raise InvalidInput("The body is not accepted.", issues=issues)
    return cleaned


def parse(model: type[M], members: Mapping[str, Any]) -> M:
    """Members as a value of the model. Raises InvalidInput that names every wrong one."""
    try:
        return model.model_validate(members)
    except ValidationError as wrong:
        raise invalid(wrong) from None


def judge(model: type[BaseModel], members: Mapping[str, Any], read: Callable[[Mapping[str, Any]], object]) -> None:
    """Raise InvalidInput that names unknown members and, as the domain's own reader sees them, wrong values."""
    issues: list[Issue] = []
    detail = "The body is not accepted."
    try:
        model.model_validate(members)
    except ValidationError as wrong:
        errors = wrong.errors(include_url=False, include_input=False)
        issues += issues_of([error for error in errors if error["type"] == "extra_forbidden"], where="body")
    try:
        read(members)
    except InvalidInput as wrong_values:
        detail = wrong_values.detail
        issues += wrong_values.issues
    if issues:
        raise InvalidInput(detail, issues=issues)


async def no_members(request: Request) -> None:
    """Raise InvalidInput for a body that says anything."""
    parse(NoMembers, await read_json(request, optional=True))


def check_length(request: Request, limit: int) -> None:
    """Raise TooLarge where the announced length is over the limit, in bytes."""
    announced = request.headers.get("content-length", "")
    if announced.isascii() and announced.isdigit() and int(announced) > limit:
        raise too_large(limit)


def too_large(limit: int) -> TooLarge:
    """The refusal of a body over the limit, in bytes."""
    return TooLarge(
        "The call has too many bytes.", issues=[Issue("body", "at most {limit} bytes", "body", {"limit": limit})]
    )


async def chunks(request: Request, limit: int) -> AsyncIterator[bytes]:
    """The body as it comes, ended by TooLarge where it is longer than it may be, whatever it announced."""
    seen = 0
    async for chunk in request.stream():
        seen += len(chunk)
        if seen > limit:
            raise too_large(limit)
        yield chunk


async def raw_body(request: Request) -> bytes:
    """The bytes of a body that is no upload, read once.

    Raises TooLarge over a call's limit, and InvalidInput over what JSON may have: such a body is not looked into.
    """
    kept = request.scope.get("niss.body")
    if isinstance(kept, bytes):
        return kept
    check_length(request, MAX_CALL_BYTES)
    content = bytearray()
    seen = 0
    async for chunk in chunks(request, MAX_CALL_BYTES):
        seen += len(chunk)
        content += chunk[: max(0, MAX_JSON_BYTES + 1 - len(content))]
    if seen > MAX_JSON_BYTES:
        raise InvalidInput(
            "The body is too long.", issues=[Issue("body", "at most {limit} bytes", "body", _JSON_LIMIT)]
        )
    request.scope["niss.body"] = bytes(content)
    return bytes(content)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a member twice")
    return members


def _no_constant(_name: str) -> None:
    raise ValueError("NaN and Infinity are not JSON")


def _clean(value: Any, path: tuple[str | int, ...], issues: list[Issue]) -> Any:  # noqa: ANN401 - JSON
    """Without members that are null; texts that no database can hold are noted as issues."""
    if isinstance(value, dict):
        return {
            name: _clean(member, (*path, _checked(name, (*path, shown(name)), issues)), issues)
            for name, member in value.items()
            if member is not None
        }
    if isinstance(value, list):
        return [_clean(member, (*path, index), issues) for index, member in enumerate(value)]
    return _checked(value, path, issues) if isinstance(value, str) else value


def _checked(text: str, path: tuple[str | int, ...], issues: list[Issue]) -> str:
    try:
        # Half a character (a lone surrogate) is JSON, but no text.
        text.encode("utf-8")
        fits = "\x00" not in text
    except UnicodeEncodeError:
        fits = False
    if not fits:
        issues.append(Issue(dotted(path), "has a control character"))
    return text


def shown(name: str) -> str:
    """A name from outside, as far as it can be repeated."""
    return name if name.isprintable() and 0 < len(name) <= _MAX_NAME else "?"
