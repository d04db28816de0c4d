"""What a demo leaves behind: scans, mails, pages, pictures; and what was expected and did not come."""

from __future__ import annotations

import fcntl
import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from demo.browser import Browser, NoBrowser
from demo.running import Running


class FolderBusy(Exception):
    """The evidence of a demo that has not ended must not be deleted under it."""


class Evidence:
    """A folder of evidence, and the list of what was missed."""

    def __init__(self, folder: Path, console: Console) -> None:
        self.folder = folder
        self.console = console
        self.missed: list[str] = []

    def check(self, held: object, what: str) -> bool:
        """Note an expected outcome; a missing one is said at once, and makes the demo fail at its end."""
        if not held:
            self.missed.append(what)
            self.console.print(f"   [bold red]✗ missing: {what}[/]", highlight=False)
        return bool(held)

    def page(self, name: str, content: Mapping[str, Any] | Sequence[Any]) -> None:
        """Keep an answer of the API as JSON."""
        self._file("pages", f"{name}.json").write_text(
            json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
        )

    def scan(self, name: str, content: bytes) -> None:
        """Keep a scan as it is uploaded."""
        self._file("scans", name).write_bytes(content)

    def mails(self, raw: Mapping[str, bytes]) -> None:
        """Keep every mail as it was received."""
        for name, content in raw.items():
            self._file("mails", name).write_bytes(content)

    def pictures(self, service: Running, request_id: str) -> str:
        """Take pictures of the mailbox and of the Temporal UI where a browser is there; says what was done."""
        ui = service.urls.get("temporal-ui")
        try:
            with Browser() as browser:
                browser.picture(f"{service.base}/mailbox", self._file("pictures", "mailbox.png"))
                if ui is None:
                    return "picture of the mailbox; this engine has no UI"
                browser.temporal_list(ui, self._file("pictures", "temporal-list.png"))
                browser.temporal_history(ui, request_id, self._file("pictures", "temporal-history.png"))
        except NoBrowser as reason:
            return f"no pictures: {reason}"
        return "pictures of the mailbox, of Temporal's list and of one history"

    def summary(self, rows: Sequence[Sequence[str]]) -> None:
        """The table at the end."""
        table = Table(title="What became of the seven requests", title_justify="left")
        for name in ("for", "scan", "outcome", "number", "answer", "mails"):
            table.add_column(name, justify="right" if name == "answer" else "left", no_wrap=name == "number")
        for row in rows:
            table.add_row(*row)
        self.console.print(table)

    def _file(self, folder: str, name: str) -> Path:
        path = self.folder / folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path


def fresh(folder: Path) -> None:
    """Empty the folder of an earlier demo; FolderBusy where one is still at work in it."""
    lock = folder / "service" / "run.lock"
    if lock.exists():
        with lock.open("r+") as held:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise FolderBusy(f"another demo is at work in {folder}") from None
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
