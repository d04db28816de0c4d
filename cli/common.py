"""What every command shares: the settings of this process, and how lines are said."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperGroup

from domain.errors import NissDeskError
from locales.catalogue import SOURCE
from locales.catalogue import say as say_words
from runtime.settings import PROJECT, Settings, load_settings

if TYPE_CHECKING:
    from service.context import Tools


class Commands(TyperGroup):
    """Commands whose refusals are one line on stderr and exit code 1, never a traceback."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - click's own signature
        """Run the command."""
        try:
            return super().invoke(ctx)
        except NissDeskError as error:
            typer.echo(f"niss: {_one_line(error)}", err=True)
            raise typer.Exit(1) from None


def _one_line(error: NissDeskError) -> str:
    """What is refused, and why, field by field."""
    reasons = "; ".join(f"{issue.name} {say_words(issue.detail, SOURCE, issue.params)}" for issue in error.issues)
    return f"{str(error).rstrip('.')}: {reasons}" if reasons else str(error)


def settings_here(*, follow: bool = True, default_mode: str = "production") -> Settings:
    """The settings of this process; a line on stderr for every variable nobody knows."""
    settings = load_settings(os.environ, project=PROJECT, follow=follow, default_mode=default_mode)
    for warning in settings.warnings:
        typer.echo(f"warning: {warning}", err=True)
    return settings


def say(line: str) -> None:
    """One line on stdout at once; a reader that went away stops nobody."""
    with contextlib.suppress(OSError):
        typer.echo(line)


def warn(line: str) -> None:
    """One line on stderr at once."""
    with contextlib.suppress(OSError):
        typer.echo(f"niss: {line}", err=True)


def open_tools() -> Tools:
    """What use cases need, on a database that is made or migrated where it must be."""
    from runtime import schema, wiring
    from runtime.seed import seed_demo_people

    settings = settings_here()
    tools = wiring.make_tools(settings)
    schema.upgrade(tools.store.engine)
    if settings.development:
        seed_demo_people(tools.store)
    return tools


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Aligned columns, as wide as they must be: to be read, and to be cut."""
    lines = [tuple(columns), *(tuple(row) for row in rows)]
    widths = [max(len(line[index]) for line in lines) for index in range(len(columns))]
    for line in lines:
        say("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


@contextlib.contextmanager
def progress_bar(what: str) -> Iterator[Callable[[float], None]]:
    """A bar on stderr, where somebody looks at it; takes how much is done, 0..1."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (TextColumn(what), BarColumn(), TextColumn("{task.percentage:>3.0f}%"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(what, total=1.0)
        yield lambda done: bar.update(task, completed=done)
