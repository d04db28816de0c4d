"""`python -m demo.portal_pictures`: docs/pictures/portal/ and desk/, every page at both widths, of a real run.

In French, with the source document's people; "see all data" also as it is printed. Needs a chromium. `make pictures`
takes these and the Temporal UI's.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
from PIL import Image
from rich.console import Console

from demo import desk_pictures, people
from demo.browser import Browser, NoBrowser
from demo.evidence import Evidence
from demo.running import NotStarted, Running
from demo.steps import Story
from runtime.settings import PROJECT

if TYPE_CHECKING:
    from playwright.sync_api import Page

FOLDERS = {name: PROJECT / "docs" / "pictures" / name for name in ("portal", "desk")}
BOB, ALICE = "bob@acme.example", "alice@acme.example"
WIDTHS = (1280, 360)
_COLOURS = 64


def take(to: Mapping[str, Path], console: Console) -> None:
    """Tell a part of the demo's story, so that every state is there, and take the pictures. Raises NoBrowser."""
    with tempfile.TemporaryDirectory(prefix="niss-pictures-") as folder:
        work = Path(folder)
        with Browser() as browser, Running(work / "service", {"NISS_RULING_UNDO": "PT0S"}) as service:
            story = Story(service, Evidence(work, console), console)
            for hire in people.HIRES:
                story.ask(hire)
            story.ask_for_a_new_document()
            story.begin_a_draft()
            base = service.urls["portal"].rstrip("/")
            first, second = desk_pictures.cases(story)
            shots = [(to["portal"], *shot) for shot in _pages(story)]
            shots += [(to["desk"], *shot) for shot in desk_pictures.shots(story, first, second)]
            for width in WIDTHS:
                for place, name, path, who in shots:
                    taken = work / f"{name}-{width}.png"
                    does = (_DONE if place is to["portal"] else desk_pictures.DONE).get(name)
                    browser.portal(base, path, who, taken, width=width, does=does)
                    _keep(taken, place / taken.name)
                    console.print(f"   {place.name}/{taken.name}")
            known = f"/requests/{story.requests[people.COENIG.name]['id']}"
            browser.portal(base, known, BOB, work / "printed.pdf", width=WIDTHS[0])
            _keep(_drawn(work / "printed.pdf"), to["portal"] / "all-data-printed.png")


def _pages(story: Story) -> Iterator[tuple[str, str, str | None]]:
    """(name, address, who looks) of every picture."""
    requests = {hire.name: str(story.requests[hire.name]["id"]) for hire in people.HIRES}
    draft = next(str(one["id"]) for one in story.bob.requests("scope=mine&phase=collecting"))
    known, maria, jean = (f"/requests/{requests[hire.name]}" for hire in (people.COENIG, people.MARIA, people.JEAN))
    yield "sign-in", "/sign-in", None
    yield "overview", "/", BOB
    yield "overview-company", "/?scope=company", ALICE
    yield "before-you-start", "/requests/new", BOB
    yield "step-1-documents", f"/requests/{draft}/documents", BOB
    yield "step-2-personal-data", f"/requests/{draft}/personal-data", BOB
    yield "step-2-something-wrong", f"/requests/{draft}/personal-data", BOB
    yield "step-3-address", f"/requests/{draft}/address", BOB
    yield "step-4-check", f"/requests/{draft}/check", BOB
    yield "draft", f"/requests/{draft}", BOB
    yield "the-number", f"{known}/sent", BOB
    yield "in-review", f"{maria}/sent", BOB
    yield "all-data", known, BOB
    yield "action-expected", jean, BOB
    yield "new-document", f"{jean}/documents", BOB
    yield "delete", f"{maria}/withdraw", BOB
    yield "objection", f"{known}/objection", BOB
    yield "company", "/company", ALICE
    yield "sessions", "/sessions", BOB
    yield "not-there", "/nothing", BOB


def _something_wrong(page: Page) -> None:
    page.fill("#birthDate-year", "2090")
    page.fill("#surname", "")
    page.get_by_role("button", name="Continuer", exact=True).click()
    page.locator("#problem").wait_for()


_DONE: dict[str, Callable[[Page], None]] = {"step-2-something-wrong": _something_wrong}


def _drawn(printed: Path) -> Path:
    """The first sheet of a PDF as a picture."""
    with pypdfium2.PdfDocument(printed) as document:
        document[0].render(scale=1.4).to_pil().save(printed.with_suffix(".png"))
    return printed.with_suffix(".png")


def _keep(taken: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    Image.open(taken).convert("RGB").quantize(_COLOURS).save(to, optimize=True)


if __name__ == "__main__":
    for folder in FOLDERS.values():
        shutil.rmtree(folder, ignore_errors=True)
    try:
        take(FOLDERS, Console())
    except (NoBrowser, NotStarted) as reason:
        sys.exit(f"no picture: {reason}")
