"""The process apart: what kills it, what it may not do, how it comes back, and that nothing of it is left over."""

import os
import signal
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from documents.intake import PageIntake
from documents.workshop import Workshop
from domain.document import UploadedFile
from domain.errors import IntakeBusy, InvalidInput
from runtime.processes import alive
from tests.documents.test_formats import picture, saved

PNG = saved(picture(), "PNG")


@pytest.fixture
def workshop() -> Iterator[Workshop]:
    made = Workshop(at_once=2, line_patience=0.2)
    yield made
    made.close()


def check(workshop: Workshop, content: bytes) -> int:
    return len(PageIntake(workshop).check([UploadedFile("pages[0]", content)]))


def endless() -> bytes:
    """A PDF of one page that is painted over half a million times."""
    painted = zlib.compress(b"q 0.3 0.4 0.5 rg 0 0 612 792 re f Q\n" * 500_000)
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(painted), painted),
    ]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    out += b"xref\n0 5\n0000000000 65535 f \n" + table
    return out + b"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start


def children(pid: int) -> set[int]:
    return {int(found) for found in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()}


def until(condition: object) -> None:
    assert callable(condition)
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_work_without_end_is_ended_and_named(workshop: Workshop) -> None:
    with pytest.raises(InvalidInput) as caught:
        check(workshop, endless())
    assert [(issue.name, issue.detail) for issue in caught.value.issues] == [("pages[0]", "takes too long to read")]
    assert check(workshop, PNG) == 1


def test_a_child_that_crashes_takes_nobody_with_it(workshop: Workshop) -> None:
    """The very thing a flaw in a decoder does: the child dies in the middle, by a signal of the machine's."""
    workshop.start()
    assert workshop.pid is not None
    refused: list[InvalidInput] = []

    def call() -> None:
        try:
            check(workshop, endless())
        except InvalidInput as said:
            refused.append(said)

    caller = threading.Thread(target=call)
    caller.start()
    apart = workshop.pid
    until(lambda: children(apart))
    (child,) = children(apart)
    os.kill(child, signal.SIGSEGV)
    caller.join(10)
    assert [(issue.name, issue.detail) for issue in refused[0].issues] == [("pages[0]", "cannot be read")]
    assert workshop.pid == apart
    assert check(workshop, PNG) == 1
    until(lambda: not children(apart))


def test_the_process_apart_is_started_again_where_it_has_died(workshop: Workshop) -> None:
    assert check(workshop, PNG) == 1
    first = workshop.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    assert check(workshop, PNG) == 1
    assert workshop.pid not in (None, first)


def test_who_waits_too_long_in_line_is_told(workshop: Workshop) -> None:
    slow = [threading.Thread(target=_ends, args=(workshop,)) for _ in range(2)]
    workshop.start()
    for thread in slow:
        thread.start()
    apart = workshop.pid
    assert apart is not None
    until(lambda: len(children(apart)) == 2)
    with pytest.raises(IntakeBusy):
        check(workshop, PNG)
    for child in children(apart):
        os.kill(child, signal.SIGKILL)
    for thread in slow:
        thread.join(10)
    assert check(workshop, PNG) == 1


def _ends(workshop: Workshop) -> None:
    with pytest.raises(InvalidInput):
        check(workshop, endless())


def test_many_at_once_all_get_their_pages() -> None:
    workshop = Workshop(at_once=2)
    found: list[int] = []
    threads = [threading.Thread(target=lambda: found.append(check(workshop, PNG))) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    workshop.close()
    assert found == [1] * 12


def test_what_it_is_told_and_what_it_may_not(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NISS_SECRET_OF_OURS", "hunter2")
    monkeypatch.setenv("PGPASSWORD", "hunter2")
    workshop.start()
    apart = workshop.pid
    assert apart is not None
    assert b"hunter2" not in Path(f"/proc/{apart}/environ").read_bytes()
    caller = threading.Thread(target=_ends, args=(workshop,))
    caller.start()
    until(lambda: children(apart))
    (child,) = children(apart)
    until(lambda: "Max file size             0 " in Path(f"/proc/{child}/limits").read_text())
    limits = Path(f"/proc/{child}/limits").read_text()
    assert "Max core file size        0 " in limits
    assert "Max cpu time              unlimited" not in limits
    assert "Max address space         unlimited" not in limits
    # Neither the way to make calls, nor what others are told, nor our terminal.
    opened = {str(one.readlink()) for one in Path(f"/proc/{child}/fd").iterdir()}
    assert sum(name.startswith("socket:") for name in opened) == 1
    os.kill(child, signal.SIGKILL)
    caller.join(10)


def test_nothing_is_left_when_the_service_is_killed() -> None:
    program = (
        "import sys, threading, time\n"
        "from tests.documents.test_enclosure import PNG, check, endless\n"
        "from documents.workshop import Workshop\n"
        "workshop = Workshop()\n"
        "check(workshop, PNG)\n"
        "threading.Thread(target=check, args=(workshop, endless()), daemon=True).start()\n"
        "print(workshop.pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as service:
        assert service.stdout is not None
        apart = int(service.stdout.readline())
        until(lambda: children(apart))
        grandchildren = children(apart)
        service.kill()
        until(lambda: not any(_runs(pid) for pid in (apart, *grandchildren)))


def _runs(pid: int) -> bool:
    try:
        return alive(pid) and ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
