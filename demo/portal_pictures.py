"""`python -m demo.portal_pictures`: docs/pictures/portal/ and desk/, every page at both widths, of a real run.

In French, with the source document's people; "see all data" also as it is printed. Needs a chromium. `make pictures`
takes these and the Temporal UI's.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
from PIL import Image
from rich.console import Console

from demo import desk_pictures, people, portal_shots
from demo.browser import Browser, NoBrowser
from demo.evidence import Evidence
from demo.portal_shots import Shot
from demo.running import NotStarted, Running
from demo.steps import Story
from runtime.settings import PROJECT

if TYPE_CHECKING:
    from playwright.sync_api import Page

FOLDERS = {name: PROJECT / "docs" / "pictures" / name for name in ("portal", "desk")}
WIDTHS = (1280, 360)
_COLOURS = 64


@dataclass
class _Camera:
    """Takes pictures of a running service at both widths, and keeps them small."""

    browser: Browser
    service: Running
    work: Path
    console: Console

    def take(self, shots: Iterable[Shot], done: Mapping[str, Callable[[Page], None]], to: Path, **ids: str) -> None:
        """`ids` fill the addresses."""
        shots = list(shots)
        for width in WIDTHS:
            for name, path, who in shots:
                taken = self.work / f"{name}-{width}.png"
                at = path.format(**ids)
                self.browser.portal(self.service.base, at, who, taken, width=width, does=done.get(name))
                _keep(taken, to / taken.name)
                self.console.print(f"   {to.name}/{taken.name}")


def take(to: Mapping[str, Path], console: Console) -> None:
    """Tell a part of the demo's story, so that every state is there, and take the pictures. Raises NoBrowser."""
    with tempfile.TemporaryDirectory(prefix="niss-pictures-") as folder:
        work = Path(folder)
        with Browser() as browser, Running(work / "service", {"NISS_RULING_UNDO": "PT0S"}) as service:
            camera = _Camera(browser, service, work, console)
            story = Story(service, Evidence(work, console), console)
            for hire in people.HIRES:
                story.ask(hire)
            story.ask_for_a_new_document()
            story.begin_a_draft()
            ids = what_there_is(story)
            camera.take(portal_shots.SHOTS, portal_shots.DONE, to["portal"], **ids)
            known = f"/requests/{ids['known']}"
            browser.portal(service.base, known, portal_shots.BOB, work / "printed.pdf", width=WIDTHS[0])
            _keep(_drawn(work / "printed.pdf"), to["portal"] / "all-data-printed.png")
            ids |= desk_pictures.cases(story)
            camera.take([portal_shots.CORRECTION], {}, to["portal"], **ids)
            camera.take(desk_pictures.SHOTS, desk_pictures.DONE, to["desk"], **ids)
            with service.paused("worker"):
                ids["waiting"] = desk_pictures.sent_again(story)
                camera.take([portal_shots.WAITING], {}, to["portal"], **ids)


def what_there_is(story: Story) -> dict[str, str]:
    """What the addresses of pictures are about, by the names they have there."""
    alice = story.service.as_(portal_shots.ALICE)
    new = {"name": "Planning", "email": "it@acme.example", "scopes": ["requests:read"]}
    members = alice.call("GET", "/v1/company/members").json()["items"]
    return {
        "draft": next(str(one["id"]) for one in story.bob.requests("scope=mine&phase=collecting")),
        "known": str(story.requests[people.COENIG.name]["id"]),
        "maria": str(story.requests[people.MARIA.name]["id"]),
        "jean": str(story.requests[people.JEAN.name]["id"]),
        "member": next(str(one["id"]) for one in members if one["email"].startswith("bea@")),
        "mandate": str(alice.call("GET", "/v1/company/mandates").json()["items"][0]["id"]),
        "client": str(alice.call("POST", "/v1/company/clients", json=new).json()["id"]),
    }


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
