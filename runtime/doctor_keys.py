"""What `niss doctor` finds of the keys that pages are encrypted by."""

from __future__ import annotations

from contextlib import closing
from typing import Literal

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from domain.errors import Unavailable
from runtime.keeping import open_keystore, read_ring
from runtime.settings import Settings, WrongSetting

State = Literal["ok", "warning", "wrong"]
_NAMED = 3


def keys_examined(settings: Settings, database: Engine) -> tuple[State, str, str]:
    """(state, what was found, what to do). Every key is compared with what opens it, every page with its key."""
    try:
        ring = read_ring(settings)
        with closing(open_keystore(settings)) as keys:
            held = keys.held()
    except WrongSetting as wrong:
        name, _, says = str(wrong).partition(": ")
        return "wrong", f"{name}: {says}", f"set {name}: docs/configuration.md"
    except Unavailable:
        return "wrong", "the key store does not answer: no page can be read or stored", "check NISS_KEYSTORE_URL"
    unknown = sum(count for name, count in held.wrapped_by.items() if name not in ring.names)
    if unknown:
        do = "put the key that encrypted them back into NISS_KEK_FILE, below the first line"
        return "wrong", f"{unknown} keys of requests are encrypted by a key that is not in NISS_KEK_FILE", do
    with_pages = _with_pages(database)
    lost = with_pages - held.kept - held.erased
    if lost:
        do = "restore the key store from its backup (docs/operations.md); without it these pages are lost"
        return "wrong", f"{len(lost)} requests have pages and no key", do
    erased = sorted(with_pages & held.erased)
    if erased:
        named = ", ".join(erased[:_NAMED]) + (", …" if len(erased) > _NAMED else "")
        return "warning", f"{len(erased)} erased requests came back, with a backup: {named}", "niss erase each again"
    older = sum(count for name, count in held.wrapped_by.items() if name != ring.current)
    if older:
        return "warning", f"{older} keys of requests are encrypted by an older key", "niss keys rewrap"
    return "ok", f"{len(held.kept)} keys of requests, encrypted by {ring.current}", ""


def _with_pages(database: Engine) -> frozenset[str]:
    try:
        with database.connect() as connection:
            return frozenset(connection.execute(text("SELECT DISTINCT request_id FROM pages")).scalars())
    except SQLAlchemyError:
        return frozenset()  # no database, or no tables yet: another finding says so
