"""Uploads: parts by name and order, limits, and what is no upload at all."""

import io
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from documents.uploads import emptied
from domain.document import MAX_CALL_BYTES


def part(name: str, content: bytes, filename: str | None = "scan.png") -> Any:
    return name, (filename, content, "image/png") if filename is not None else (None, content)


async def put(desk: Any, files: list[Any]) -> Any:
    request_id = await desk.opened()
    return await desk.as_("bob").put(f"/v1/requests/{request_id}/documents/passport", files=files)


@pytest.fixture
def png() -> bytes:
    out = io.BytesIO()
    Image.effect_noise((400, 300), 80).convert("RGB").save(out, "PNG")
    return out.getvalue()


async def test_fronts_and_backs_go_together_and_an_empty_back_skips(desk: Any, png: bytes) -> None:
    files = [
        part("pages", png),
        part("pages", png),
        part("backs", b""),
        part("backs", png),
        part("duplex", b"false", None),
    ]
    answer = await put(desk, files)
    assert answer.status_code == 200, answer.text
    (document,) = answer.json()["documents"]
    assert [(page["number"], page["side"]) for page in document["pages"]] == [(1, "front"), (2, "front"), (3, "back")]
    assert answer.json()["steps"]["document"] == "done"


@pytest.mark.parametrize(
    ("files", "name"),
    [
        ([("pages", ("a.png", b"", "image/png"))], "pages[0]"),
        ([("page", ("a.png", b"x", "image/png"))], "page"),
        ([("pages", (None, b"x"))], "pages[0]"),
        ([("duplex", (None, b"true"))], "pages"),
        ([("pages", ("a.png", b"x", "image/png")), ("duplex", (None, b"yes"))], "duplex"),
        ([("pages", ("a.png", b"x", "image/png")), ("duplex", ("d", b"true", "text/plain"))], "duplex"),
        ([("pages", ("a.png", b"x", "image/png")), ("surname\n" * 30, (None, b"x"))], "?"),
    ],
)
async def test_wrong_parts_are_named_and_nothing_is_stored(desk: Any, files: list[Any], name: str) -> None:
    answer = await put(desk, files)
    assert answer.status_code == 400, answer.text
    assert name in [issue["name"] for issue in answer.json()["issues"]]
    assert desk.sent == []


async def test_another_kind_of_file_is_415_and_so_is_a_body_that_is_not_multipart(desk: Any) -> None:
    answer = await put(desk, [part("pages", b"GIF89a" + b"\0" * 100)])
    assert (answer.status_code, answer.json()["type"]) == (415, "urn:problem-type:niss-desk:unsupportedMediaType")
    assert answer.json()["issues"][0]["name"] == "pages[0]"
    request_id = await desk.opened()
    for headers in ({"Content-Type": "application/json"}, {"Content-Type": "image/png"}, {}):
        answer = await desk.as_("bob").put(
            f"/v1/requests/{request_id}/documents/passport", content=b"{}", headers=headers
        )
        assert answer.status_code == 415


PAGE = b'--x\r\nContent-Disposition: form-data; name="pages"; filename="a"\r\n\r\na\r\n'


@pytest.mark.parametrize(
    ("parameters", "body"),
    [
        ("", PAGE + b"--x--\r\n"),
        ("; boundary=x", b""),
        ("; boundary=x", b"nonsense"),
        ("; boundary=x", b"--x\r\n"),
        ("; boundary=x", PAGE),
        ("; boundary=x", PAGE[:-4]),
        ("; boundary=x", PAGE * 30 + b"--x--\r\n"),
        ("; boundary=x", PAGE.replace(b'; name="pages"', b"") + b"--x--\r\n"),
        ("; boundary=x", PAGE.replace(b"form-data", b"attachment") + b"--x--\r\n"),
        ("; boundary=x", PAGE.replace(b"pages", b"\xff\xfe" * 3_000) + b"--x--\r\n"),
        ("; boundary=x; charset=klingon", PAGE.replace(b"pages", b"\xff") + b"--x--\r\n"),
        ("; boundary=" + "x" * 5000, b"--x--\r\n"),
    ],
)
async def test_broken_multipart_is_400(desk: Any, parameters: str, body: bytes) -> None:
    request_id = await desk.opened()
    headers = {"Content-Type": f"multipart/form-data{parameters}"}
    answer = await desk.as_("bob").put(f"/v1/requests/{request_id}/documents/passport", content=body, headers=headers)
    assert answer.status_code == 400, answer.text
    assert answer.json()["type"] == "urn:problem-type:belgif:badRequest"


async def test_too_many_bytes_are_413_by_announcement_and_while_reading(desk: Any) -> None:
    request_id = await desk.opened()
    url = f"/v1/requests/{request_id}/documents/passport"
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    read = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal read
        yield b'--x\r\nContent-Disposition: form-data; name="pages"; filename="a"\r\n\r\n'
        while True:
            read += 1_000_000
            yield b"\0" * 1_000_000

    announced = {**headers, "Content-Length": str(MAX_CALL_BYTES + 1)}
    for content, given in ((b"", announced), (endless(), headers)):
        answer = await desk.as_("bob").put(url, content=content, headers=given)
        assert answer.status_code == 413, answer.text
        assert answer.json()["type"] == "urn:problem-type:belgif:payloadTooLarge"
    assert read <= MAX_CALL_BYTES + 2_000_000


def open_within(folder: Path) -> list[str]:
    """Files of a folder, with or without a name, that this very process has open."""
    opened = []
    for one in Path("/proc/self/fd").iterdir():
        with suppress(FileNotFoundError):
            opened.append(str(one.readlink()))
    return [name for name in opened if name.startswith(str(folder))]


async def test_a_file_of_another_name_is_a_file_without_one(desk: Any, png: bytes) -> None:
    for filename in ("../../../etc/cron.d/x", "a\x00b.png", "C:\\x.png", "x" * 300, "é.png"):
        answer = await put(desk, [part("pages", png, filename)])
        assert answer.status_code == 200, answer.text
    assert {str(path.relative_to(desk.home)) for path in desk.home.rglob("*x*") if "cron" in path.name} == set()
    assert not list((desk.home / "uploads").iterdir())
    assert open_within(desk.home / "uploads") == []


async def test_nothing_is_left_of_an_upload_whatever_becomes_of_it(desk: Any, png: bytes) -> None:
    for files in ([part("pages", png)], [part("pages", png[:100])], [part("pages", b"GIF89a")], [part("wrong", png)]):
        await put(desk, files)
        assert not list((desk.home / "uploads").iterdir())
        assert open_within(desk.home / "uploads") == []


def test_what_a_crash_has_left_is_gone_with_the_next_start(tmp_path: Path) -> None:
    folder = emptied(tmp_path / "uploads")
    (folder / "tmpabc").write_bytes(b"a scan")
    with (folder / "tmpdef").open("w+b") as in_use:
        in_use.write(b"another")
        assert list(emptied(folder).iterdir()) == []
        in_use.seek(0)
        assert in_use.read() == b"another"
