"""The worker's composition root: settings -> adapters -> activities -> Worker.run."""

from __future__ import annotations

import asyncio
import logging
import os
import sys

from domain.errors import NissDeskError
from runtime import usable
from runtime.logs import configure_logging
from runtime.settings import PROJECT, load_settings
from runtime.working import work

log = logging.getLogger("worker")


def main() -> int:
    """Run until SIGTERM or SIGINT; 1 with one clear line where a setting is wrong."""
    configure_logging()
    try:
        settings = load_settings(os.environ, project=PROJECT)
        usable.wait(settings, log.warning)
        asyncio.run(work(settings))
    except NissDeskError as wrong:
        sys.stderr.write(f"niss: {wrong}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
