"""A form that counts once, however often it is sent: its hidden `once` is the call's `Idempotency-Key`."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import replace

from access.caller import Caller, Once

_ONCE = re.compile(r"[A-Za-z0-9_-]{16,64}", re.ASCII)


def new_once() -> str:
    """The value of a fresh form."""
    return secrets.token_urlsafe(18)


def as_once(caller: Caller, once: str, path: str, said: str = "") -> Caller:
    """The caller of a form. `said` is what the form says: another saying under the same value is another call.

    A form without a value of ours counts as often as it is sent.
    """
    if not _ONCE.fullmatch(once):
        return caller
    digest = hashlib.sha256(f"{once}\n{said}".encode()).hexdigest()
    return replace(caller, once=Once(f"form-{once}", path, digest))
