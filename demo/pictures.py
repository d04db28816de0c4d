"""`python -m demo.pictures`: docs/pictures/temporal-ui.png, taken of a real run. Needs a chromium.

Above the list of requests with their phase as a column, below the history of one of them.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from PIL import Image
from rich.console import Console

from demo import people
from demo.browser import Browser, NoBrowser
from demo.evidence import Evidence
from demo.running import NotStarted, Running
from demo.steps import Story
from runtime.settings import PROJECT

PICTURE = PROJECT / "docs" / "pictures" / "temporal-ui.png"


def take(to: Path, console: Console) -> None:
    """Tell a part of the demo's story, so that every phase is there, and take the picture. Raises NoBrowser."""
    with tempfile.TemporaryDirectory(prefix="niss-pictures-") as folder:
        work = Path(folder)
        with Browser() as browser, Running(work / "service", {"NISS_RULING_UNDO": "PT0S"}) as service:
            story = Story(service, Evidence(work, console), console)
            for hire in people.HIRES:
                story.ask(hire)
            story.ask_for_a_new_document()
            story.begin_a_draft()
            ui, request_id = service.urls["temporal-ui"], story.requests[people.JEAN.name]["id"]
            browser.temporal_list(ui, work / "list.png")
            browser.temporal_history(ui, request_id, work / "history.png")
        _stack([work / "list.png", work / "history.png"], to)


def _stack(parts: list[Path], to: Path) -> None:
    images = [Image.open(part).convert("RGB") for part in parts]
    whole = Image.new("RGB", (images[0].width, sum(image.height for image in images)))
    top = 0
    for image in images:
        whole.paste(image, (0, top))
        top += image.height
    to.parent.mkdir(parents=True, exist_ok=True)
    whole.quantize(96).save(to, optimize=True)


if __name__ == "__main__":
    try:
        take(PICTURE, Console())
    except (NoBrowser, NotStarted) as reason:
        sys.exit(f"no picture: {reason}")
