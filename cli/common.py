"""What every command shares: the settings of this process, and how lines are said."""

from __future__ import annotations

import contextlib
import os
from typing import Any

import typer
from typer.core import TyperGroup

from domain.errors import NissDeskError
from runtime.settings import PROJECT, Settings, load_settings


class Commands(TyperGroup):
    """Commands whose refusals are one line on stderr and exit code 1, never a traceback."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - click's own signature
        """Run the command."""
        try:
            return super().invoke(ctx)
        except NissDeskError as error:
            typer.echo(f"niss: {error}", err=True)
            raise typer.Exit(1) from None


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
