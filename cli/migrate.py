"""`niss migrate`: the database at the level of this code."""

from __future__ import annotations

from cli.common import say, settings_here


def migrate() -> None:
    """Make or migrate the database's schema, in one transaction; does nothing where it is current.

    Several may run at once: one does it, the others wait. In development the demo people and register come with it.
    """
    from runtime import wiring

    settings = settings_here()
    wiring.prepare(settings)
    say("the database is current")
