"""`make demo`: the requests of the source document's history page, from upload to answer, on a real service.

Starts the whole service on free ports with a data folder of its own, drives it through HTTP alone, and leaves what
it saw under var/demo/. Exits 0 when every expected outcome came; otherwise names what did not.
"""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console

from demo import people
from demo.caller import Refused
from demo.evidence import Evidence, FolderBusy, fresh
from demo.running import NotStarted, Running
from demo.steps import Story
from runtime.settings import PROJECT

FOLDER = PROJECT / "var" / "demo"


def main(folder: Path = FOLDER) -> int:
    """Tell the story; the exit code."""
    console = Console()
    if not console.is_terminal:
        console = Console(width=120)  # a log has no width of its own
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    began = time.monotonic()
    try:
        fresh(folder)
    except FolderBusy as busy:
        console.print(f"demo: {busy}", highlight=False)
        return 1
    evidence = Evidence(folder, console)
    try:
        # A ruling is delivered at once: by default an agent has ten seconds to take it back.
        with Running(folder / "service", {"NISS_RULING_UNDO": "PT0S"}, say=_service_says(console)) as service:
            story = Story(service, evidence, console)
            story.tell()
            console.rule("[bold]evidence[/]", align="left")
            console.print(evidence.pictures(service, story.requests[people.JEAN.name]["id"]), highlight=False)
            evidence.summary(story.rows())
    except KeyboardInterrupt:
        console.print("interrupted: the service has ended")
        return 130
    except (NotStarted, Refused, TimeoutError) as problem:
        evidence.missed.append(str(problem))
    seconds = time.monotonic() - began
    for missed in evidence.missed:
        console.print(f"[bold red]missed:[/] {missed}", highlight=False)
    if evidence.missed:
        return 1
    console.print(f"All as expected, in {seconds:.0f} s. Evidence: {folder.relative_to(PROJECT)}/", highlight=False)
    return 0


def _service_says(console: Console) -> Callable[[str], None]:
    return lambda line: console.print(f"[dim]service  {line}[/]", highlight=False, soft_wrap=True)


if __name__ == "__main__":
    sys.exit(main())
