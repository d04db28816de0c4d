"""Logs of a process: one line an event on standard error, codes and ids, nothing of a person."""

from __future__ import annotations

import logging

_FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"
#: These speak of every statement or connection; their texts are not ours to vouch for.
_QUIET = ("alembic", "httpx", "httpcore", "sqlalchemy", "asyncio", "mail.log")


def configure_logging() -> None:
    """Once a process, before anything else."""
    logging.basicConfig(level=logging.INFO, format=_FORMAT)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
