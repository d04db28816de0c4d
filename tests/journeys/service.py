"""What every journey uses: people, a scan, and the walk of a request through HTTP as its requester and its agents."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, cached_property
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw

from demo.caller import Answer, Caller
from demo.post import text
from demo.running import Running, until
from runtime.processes import alive
from runtime.toolchain import EngineMissing, find_engine

BOB, CAROL = "bob@acme.example", "carol@globex.example"
DAVE, ERIN = "dave@desk.example", "erin@desk.example"
#: Rulings are delivered at once and by one agent, and nothing waits for the disk's own pace.
QUICK = {"NISS_RULING_UNDO": "PT0S", "NISS_FOUR_EYES": "never", "NISS_SQLITE_SYNCHRONOUS": "NORMAL"}

LOUIS = {"surname": "Dupont", "givenNames": "Louis", "sex": "M", "birthDate": "1995-05-06", "birthPlace": "Lille"}
LOUIS_NISS = "95450603360"
ADDRESS = {
    "official": {
        "street": "Rue Esquermoise",
        "houseNumber": "31",
        "postalCode": "59000",
        "municipality": "Lille",
        "country": "FR",
    }
}
_numbers = count(1)
_SYLLABLES = ("ba", "ke", "zo", "ru", "mi", "fa", "lo", "tu")


def stranger() -> dict[str, str]:
    """Somebody the register does not know, nor anybody like them: another name and birth date at each call."""
    number = next(_numbers)
    name = "Qu" + "".join(_SYLLABLES[(number >> (3 * place)) % 8] for place in range(4)) + "x"
    born = f"{1960 + number % 40}-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
    return {"surname": name, "givenNames": f"{name[2:6].title()}ya", "sex": "F", "birthDate": born, "birthPlace": "Ulm"}


@cache
def scan() -> bytes:
    """A small PNG that the intake takes for a page."""
    page = Image.new("RGB", (1000, 640), "white")
    for line in range(12):
        ImageDraw.Draw(page).text((60, 40 + 48 * line), "SPECIMEN SPECIMEN " * 3, fill="black", font_size=30)
    content = io.BytesIO()
    page.save(content, "PNG")
    return content.getvalue()


class Walk:
    """A running service and the people who use it. Every step waits for nothing unless it says so."""

    def __init__(self, service: Running) -> None:
        self.service = service

    @cached_property
    def bob(self) -> Caller:
        return self.service.as_(BOB, language="en")

    @cached_property
    def dave(self) -> Caller:
        return self.service.as_(DAVE, language="en")

    @cached_property
    def erin(self) -> Caller:
        return self.service.as_(ERIN, language="en")

    def opened(self, language: str = "en") -> str:
        return str(self.bob.opens(language=language)["id"])

    def uploaded(self, request_id: str, kind: str = "passport") -> Answer:
        return self.bob.uploads(request_id, kind, [("scan.png", scan(), "image/png")])

    def filled(self, person: dict[str, str]) -> str:
        """A draft with every step done but the last."""
        request_id = self.opened()
        self.uploaded(request_id)
        self.bob.states(request_id, person)
        self.bob.locates(request_id, ADDRESS)
        return request_id

    def sent(self, person: dict[str, str], *, wait: int = 10) -> Answer:
        return self.bob.submits(self.filled(person), wait=wait)

    def in_review(self) -> str:
        """A request for a stranger, at the desk."""
        request_id = str(self.sent(stranger())["id"])
        self.comes_to(request_id, "inReview")
        return request_id

    def asked(self, request_id: str, **asked: Any) -> None:
        """An agent asks; the requester sees it."""
        self.dave.rules(request_id, "requestInformation", **asked)
        self.comes_to(request_id, "awaitingInformation")

    def creates(self, request_id: str) -> None:
        """An agent creates a number, having looked through the file."""
        file = self.erin.file(request_id)
        others = [entry["ssin"] for entry in file["candidates"] if entry["lookAlike"]]
        self.erin.rules(request_id, "createNumber", differentFrom=others)

    def comes_to(self, request_id: str, phase: str, patience: float = 30.0) -> Answer:
        """Wait for a phase; the request then."""
        seen: Answer = {}

        def there() -> bool:
            seen.update(self.bob.reads(request_id))
            return bool(seen["phase"] == phase)

        until(there, f"request comes to {phase}", patience)
        return self.bob.reads(request_id)

    def kinds(self, request_id: str) -> list[str]:
        """The kinds of the request's history, in order."""
        return [entry["kind"] for entry in self.bob.history(request_id)]

    def mailed(self, request_id: str, subject: str, patience: float = 90.0) -> None:
        """Wait for the one mail about this request with this subject. One in a killed worker's hands takes a minute.

        It may have handed it over before it died: then it comes twice, under one Message-ID, and is one mail.
        """

        def there() -> bool:
            mails = [mail for mail in self.service.post.mails() if request_id in text(mail)]
            return len({str(mail["Message-ID"]).strip() for mail in mails if str(mail["Subject"]) == subject}) == 1

        until(there, f"one mail “{subject}”", patience)


@contextmanager
def serving(home: Path, **environ: str) -> Iterator[Walk]:
    """The whole service on a folder, from `ready` to its end. Skips where no durable engine can be had."""
    try:
        engine = find_engine("auto", os.environ, lambda _: None)
    except EngineMissing as reason:
        pytest.skip(str(reason))
    if not engine.durable:
        pytest.skip("only the in-memory test server can be had")
    with Running(home, {**QUICK, **environ}) as service:
        yield Walk(service)


def gone(pid: int) -> bool:
    """Whether a process has ended (its parent may not have taken note yet)."""
    if not alive(pid):
        return True
    try:
        return ") Z " in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return True
