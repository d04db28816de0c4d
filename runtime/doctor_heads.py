"""What `niss doctor` finds of the log of consultations, and of the places outside the database that have its heads."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from domain.errors import Unavailable
from runtime.doctor_keys import State
from runtime.heads import HeadsFile, post_head
from store import seals
from store.logbook import SealRow
from store.unit_of_work import Store

#: Consultations are sealed every five seconds.
UNSEALED_TOO_LONG = timedelta(minutes=1)


def log_examined(store: Store, heads: HeadsFile) -> tuple[State, str, str]:
    """(state, what was found, what to do): whether the log is being sealed, and its heads are noted in the file."""
    with store.reading() as session:
        since, last = seals.unsealed_since(session), seals.newest(session)
    if since is not None and since < datetime.now(UTC) - UNSEALED_TOO_LONG:
        says = f"consultations wait to be sealed since {since:%Y-%m-%d %H:%M} UTC"
        return "wrong", says, "start a worker: it seals them; see its log"
    try:
        noted = heads.newest()
    except Unavailable:
        return "wrong", "the file of heads cannot be read", "check NISS_HEADS_FILE"
    number = last.number if last else 0
    if noted != number:
        says = f"the file of heads ends with seal {noted}, the database with {number}"
        return "warning", says, "niss audit verify; where the file is another machine's, look there"
    return "ok", f"sealed up to seal {number}, noted outside the database", ""


async def url_examined(store: Store, url: str) -> tuple[State, str, str]:
    """The same of NISS_HEADS_URL: the newest head is posted once more, as by a worker that has just started."""
    newest = await asyncio.to_thread(_newest, store)
    if newest is None:
        return "ok", "nothing is sealed yet, so nothing is posted to NISS_HEADS_URL", ""
    try:
        await post_head(url, newest)
    except Unavailable:
        do = "check NISS_HEADS_URL and what listens there; the worker tries every second and catches up"
        return "wrong", "NISS_HEADS_URL does not take the newest head", do
    return "ok", f"NISS_HEADS_URL takes them: seal {newest.number}", ""


def _newest(store: Store) -> SealRow | None:
    with store.reading() as session:
        return seals.newest(session)
