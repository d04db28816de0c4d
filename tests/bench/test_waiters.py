"""The waiters' benchmark from outside, in small: everybody is woken, and nothing is asked while nothing happens.

How soon is for `python -m bench.waiters` on a quiet machine: other tests run beside this one.
"""

from __future__ import annotations

from pathlib import Path

from bench.waiters_outside import measure

WAITERS = 12


async def test_clients_of_the_process_are_woken_and_ask_nothing_meanwhile(database_url: str, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    seen: list[str] = []
    found = await measure(
        database_url,
        home,
        waiters=WAITERS,
        idle_seconds=2,
        beats_seconds=2,
        step=lambda what, _done: seen.append(what),
    )
    assert (len(found.answered), len(found.told)) == (WAITERS, WAITERS)
    assert (found.idle, found.beating, found.pages) == (0, 0, 0)
    assert seen.count("answered") == WAITERS
