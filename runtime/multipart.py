"""A multipart body as named parts in files: bounded, complete, and in memory no more than a piece at a time."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from domain.document import MAX_FILE_BYTES
from domain.errors import IntakeBusy, InvalidInput

MAX_PARTS = 20
_MAX_HEADERS = 4_096
#: Bytes that are gathered before they are written away from the event loop.
_PIECE = 256_000
#: A byte more than a file may have is kept, so that it is seen to be too large.
_KEPT = MAX_FILE_BYTES + 1


@dataclass
class Part:
    """One part. `is_file` where it came with a file's name, which itself is of no interest.

    `content` is an open file without a name: closed, or left by a process that died, it is gone. `size` is how many
    bytes came, of which those above a file's limit are not kept.
    """

    content: BinaryIO
    name: str = ""
    is_file: bool = False
    size: int = 0

    def text(self, most: int) -> bytes:
        """Its first bytes."""
        self.content.seek(0)
        return self.content.read(most)


class _Reader:
    """Gathers what the parser finds. Raises InvalidInput from within it."""

    def __init__(self, opened: ExitStack, folder: Path | None) -> None:
        self.parts: list[Part] = []
        self.complete = False
        self._opened = opened
        self._folder = folder
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
        kept = self._opened.enter_context(tempfile.TemporaryFile(dir=self._folder))  # noqa: SIM115 - the stack is its context
        self.parts.append(Part(kept))
        self._disposition = b""

    def _data(self, data: bytes, start: int, end: int) -> None:
        part = self.parts[-1]
        part.content.write(data[start : min(end, start + max(0, _KEPT - part.size))])
        part.size += end - start

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


async def read_parts(
    request: Request, chunks: AsyncIterator[bytes], *, opened: ExitStack, folder: Path | None
) -> list[Part]:
    """All parts in order, their files on `opened`.

    Args:
        request: for its headers.
        chunks: the body as it comes, its bytes bounded.
        opened: closes the files.
        folder: where they are; the machine's own place for such files where there is none.

    Raises InvalidInput where it is malformed or breaks off, IntakeBusy where files cannot be written.
    """
    _, parameters = parse_options_header(request.headers.get("content-type", ""))
    boundary = parameters.get(b"boundary", b"")
    if not boundary:
        raise _not_understood()
    reader = _Reader(opened, folder)
    try:
        parser = MultipartParser(boundary, reader.callbacks())  # type: ignore[arg-type]
        gathered = bytearray()
        async for chunk in chunks:
            gathered += chunk
            if len(gathered) >= _PIECE:
                await run_in_threadpool(parser.write, bytes(gathered))
                gathered.clear()
        await run_in_threadpool(parser.write, bytes(gathered))
    except FormParserError:
        raise _not_understood() from None
    except OSError:
        raise IntakeBusy("the upload cannot be kept while it comes") from None
    if not reader.complete:
        raise _not_understood()
    return reader.parts


def _not_understood() -> InvalidInput:
    return InvalidInput("The multipart body is not understood.")
