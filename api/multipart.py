"""A multipart body as named parts in memory: bounded, complete, and nothing on disk before it is known what it is."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

from fastapi import Request
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from domain.errors import InvalidInput

MAX_PARTS = 20
_MAX_HEADERS = 4_096


@dataclass
class Part:
    """One part. `is_file` where it came with a file's name, which itself is of no interest."""

    name: str = ""
    is_file: bool = False
    content: bytearray = field(default_factory=bytearray)


class _Reader:
    """Gathers what the parser finds. Raises InvalidInput from within it."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.complete = False
        self._header = b""
        self._value = b""
        self._disposition = b""

    def callbacks(self) -> dict[str, Callable[..., None]]:
        return {
            "on_part_begin": self._begin,
            "on_part_data": self._data,
            "on_header_field": self._header_field,
            "on_header_value": self._header_value,
            "on_header_end": self._header_end,
            "on_headers_finished": self._headers_finished,
            "on_end": self._end,
        }

    def _begin(self) -> None:
        if len(self.parts) >= MAX_PARTS:
            raise _not_understood()
        self.parts.append(Part())
        self._disposition = b""

    def _data(self, data: bytes, start: int, end: int) -> None:
        self.parts[-1].content += data[start:end]

    def _header_field(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]
        self._bound()

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]
        self._bound()

    def _bound(self) -> None:
        if len(self._header) + len(self._value) > _MAX_HEADERS:
            raise _not_understood()

    def _header_end(self) -> None:
        if self._header.lower() == b"content-disposition":
            self._disposition = self._value
        self._header = self._value = b""

    def _headers_finished(self) -> None:
        kind, options = parse_options_header(self._disposition)
        if kind != b"form-data" or b"name" not in options:
            raise _not_understood()
        self.parts[-1].name = options[b"name"].decode("utf-8", "replace")
        self.parts[-1].is_file = b"filename" in options

    def _end(self) -> None:
        self.complete = True


async def read_parts(request: Request, chunks: AsyncIterator[bytes]) -> list[Part]:
    """All parts in order. `chunks` bounds the bytes. Raises InvalidInput where it is malformed or breaks off."""
    _, parameters = parse_options_header(request.headers.get("content-type", ""))
    boundary = parameters.get(b"boundary", b"")
    if not boundary:
        raise _not_understood()
    reader = _Reader()
    try:
        parser = MultipartParser(boundary, reader.callbacks())  # type: ignore[arg-type]
        async for chunk in chunks:
            parser.write(chunk)
    except FormParserError:
        raise _not_understood() from None
    if not reader.complete:
        raise _not_understood()
    return reader.parts


def _not_understood() -> InvalidInput:
    return InvalidInput("The multipart body is not understood.")
