"""Hostile uploads against a real API process: how each ends, how long it works on it, and how little it remembers."""

import html
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest

from runtime.ports import free_ports
from tests.conftest import PROJECT
from tests.documents.test_formats import picture, saved
from tests.journeys.attacks import SCRIPT, Attack, attacks

pytestmark = pytest.mark.journey
TICKS = os.sysconf("SC_CLK_TCK")
ATTACKS = list(attacks())
#: Bytes above what the API takes at rest.
MEMORY = 100_000_000
#: Seconds of computing; on a machine that does nothing else as many on the clock.
SECONDS = 5.0


class Api:
    """`niss api` as a process of its own; Temporal is away, which uploads do not notice."""

    def __init__(self, home: Path) -> None:
        (port,) = free_ports(1)
        environ = {
            "PATH": os.environ["PATH"],
            "NISS_HOME": str(home),
            "NISS_MODE": "development",
            "NISS_PORT": str(port),
        }
        self.home = home
        self._log = (home / "api.log").open("wb")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "cli", "api", "--prepare"],
            cwd=PROJECT,
            env=environ,
            stdout=self._log,
            stderr=self._log,
        )
        self.http = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60)
        deadline = time.monotonic() + 120
        while not self._answers():
            assert self.process.poll() is None, (home / "api.log").read_text()
            assert time.monotonic() < deadline
            time.sleep(0.1)
        command = [sys.executable, "-m", "cli", "token", "bob@acme.example"]
        token = subprocess.run(
            command, cwd=PROJECT, env=environ, capture_output=True, text=True, check=True
        ).stdout.strip()
        self.http.headers = httpx.Headers({"Authorization": f"Bearer {token}", "Accept-Language": "en"})
        self.request = self.http.post("/v1/requests").json()["id"]

    def _answers(self) -> bool:
        try:
            return self.http.get("/health").status_code == 200
        except httpx.TransportError:
            return False

    def uploads(self, *contents: bytes, filename: str = "scan.jpg") -> httpx.Response:
        files: Any = [("pages", (filename, content, "image/jpeg")) for content in contents]
        return self.http.put(f"/v1/requests/{self.request}/documents/passport", files=files)

    def memory(self, what: str) -> int:
        """`VmRSS` now, or `VmHWM` since the last `forget_peak`, in bytes."""
        found = re.search(rf"{what}:\s+(\d+) kB", Path(f"/proc/{self.process.pid}/status").read_text())
        assert found is not None
        return int(found[1]) * 1024

    def open_uploads(self) -> list[str]:
        """Files of the folder for uploads, with or without a name, that the API or a child of its has open.

        On Linux they never have a name there: an empty folder alone would say nothing.
        """
        folder = self.home / "uploads"
        opened = [str(path) for path in folder.iterdir()]
        for pid in _family(self.process.pid):
            with suppress(FileNotFoundError):  # a child that has ended meanwhile
                for one in Path(f"/proc/{pid}/fd").iterdir():
                    with suppress(FileNotFoundError):
                        opened.append(str(one.readlink()))
        return [name for name in opened if name.startswith(f"{folder}/")]

    def forget_peak(self) -> None:
        Path(f"/proc/{self.process.pid}/clear_refs").write_text("5")

    def worked(self) -> float:
        """Seconds of computing so far: the API's own, and those of children of its process apart that have ended."""
        own = _times(self.process.pid)
        return sum(own[:2] + [each for pid in _children(self.process.pid) for each in _times(pid)]) / TICKS

    def end(self) -> None:
        self.http.close()
        self.process.terminate()
        self.process.wait(10)
        self._log.close()


def _times(pid: int) -> list[int]:
    """utime, stime, cutime, cstime of a process (proc(5))."""
    return [int(one) for one in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:15]]


def _children(pid: int) -> set[int]:
    return {int(one) for task in Path(f"/proc/{pid}/task").iterdir() for one in (task / "children").read_text().split()}


def _family(pid: int) -> set[int]:
    """A process and all that come from it."""
    try:
        return {pid}.union(*map(_family, _children(pid)))
    except FileNotFoundError:
        return set()


def until(true: Callable[[], bool]) -> bool:
    """Whether it comes true within ten seconds."""
    deadline = time.monotonic() + 10
    while not true() and time.monotonic() < deadline:
        time.sleep(0.02)
    return true()


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    made = Api(tmp_path_factory.mktemp("attacked"))
    for _ in range(3):  # what everybody's first calls load
        assert made.uploads(saved(picture(), "JPEG"), saved(picture(), "PNG")).status_code == 200
    yield made
    made.end()


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_it_is_refused_or_disarmed(api: Api, attack: Attack) -> None:
    status, _, detail = attack.ends.partition(", ")
    content = attack.made()
    api.forget_peak()
    rest, before = api.memory("VmRSS"), api.worked()
    answer = api.uploads(content, filename=attack.filename)
    worked, peak = api.worked() - before, api.memory("VmHWM") - rest
    assert answer.status_code == int(status), answer.text
    if status == "200":
        page = api.http.get(f"/v1/requests/{api.request}/documents/passport/pages/1")
        assert page.headers["content-type"] in ("image/jpeg", "image/png")
        assert "sandbox" in page.headers["content-security-policy"]
        assert page.content[:4] in (b"\xff\xd8\xff\xe0", b"\x89PNG")
        for hidden in (SCRIPT, b"Uniquemaker", b"GPS", b"PK\x03\x04", b"Exif"):
            assert hidden not in page.content
    elif detail:
        assert answer.json()["issues"][0]["detail"] == detail
    assert worked < SECONDS, f"{worked:.1f} s of computing"
    assert peak < MEMORY, f"{peak / 1e6:.0f} MB"
    assert not Path("/tmp/niss-owned.jpg").exists()  # noqa: S108 - what the attack would write
    assert until(lambda: api.open_uploads() == []), api.open_uploads()


def test_an_upload_under_way_is_seen_where_nothing_may_be_left(api: Api) -> None:
    """What is asked after each attack can fail: a file under way is found, and gone when its call breaks off."""
    url = api.http.base_url
    begun = b'--x\r\nContent-Disposition: form-data; name="pages"; filename="a.jpg"\r\n\r\n' + bytes(3_000_000)
    head = (
        f"PUT /v1/requests/{api.request}/documents/passport HTTP/1.1\r\nHost: {url.host}\r\n"
        f"Authorization: {api.http.headers['Authorization']}\r\n"
        f"Content-Type: multipart/form-data; boundary=x\r\nContent-Length: {len(begun) + 1_000}\r\n\r\n"
    )
    with socket.create_connection((url.host, url.port or 80)) as caller:
        caller.sendall(head.encode() + begun)
        assert until(lambda: api.open_uploads() != [])
    assert until(lambda: api.open_uploads() == []), api.open_uploads()


def test_a_large_upload_takes_little_memory(api: Api) -> None:
    """Twenty megabytes of scans, several times over: they go to disk as they come."""
    large = saved(picture(), "JPEG") + bytes(9_900_000)
    api.forget_peak()
    rest = api.memory("VmRSS")
    for _ in range(3):
        assert api.uploads(large, large).status_code == 200
    assert api.memory("VmHWM") - rest < 30_000_000


def test_a_large_upload_in_the_portal_takes_little_memory(api: Api) -> None:
    large = saved(picture(), "JPEG") + bytes(9_900_000)
    with httpx.Client(base_url=api.http.base_url, follow_redirects=True, timeout=60) as browser:
        (way_in,) = re.findall(r'href="([^"]+)"[^>]*>\s*(?:<[^>]+>\s*)*bob@acme', browser.get("/sign-in").text)
        browser.get(html.unescape(way_in))
        place = f"/requests/{api.request}/documents"

        def adds() -> httpx.Response:
            (token,) = set(re.findall(r'name="form_token" value="([^"]+)"', browser.get(place).text))
            files: Any = [("pages", (f"scan{number}.jpg", large, "image/jpeg")) for number in range(2)]
            return browser.post(place, data={"form_token": token, "kind": "identityCard", "go": "add"}, files=files)

        assert adds().status_code == 200
        api.forget_peak()
        rest = api.memory("VmRSS")
        assert adds().status_code == 200
        assert api.memory("VmHWM") - rest < 30_000_000
    api.http.delete(f"/v1/requests/{api.request}/documents/identityCard").raise_for_status()


def test_after_all_of_them_it_works_as_before(api: Api) -> None:
    assert api.uploads(saved(picture(), "JPEG")).status_code == 200
    assert api.http.get("/health/ready").json()["details"]["blobStore"] == {"status": "UP"}
    log = (api.home / "api.log").read_text()
    assert "Traceback" not in log
    assert "Uniquemaker" not in log
    kept = [path for path in (api.home / "blobs").rglob("*") if path.is_file()]
    assert len(kept) == 1
    assert not kept[0].read_bytes().startswith((b"\xff\xd8", b"\x89PNG"))


def test_the_table_says_the_same() -> None:
    told = (PROJECT / "docs" / "security.md").read_text("utf-8").partition("## Attacks")[2]
    rows = re.findall(r"^\| (.+?) \| (\d.+?) \|$", told, re.MULTILINE)
    assert rows == [(attack.name, attack.ends) for attack in ATTACKS]
