"""The worker's composition root: settings -> adapters -> activities -> Worker.run."""

from __future__ import annotations

import asyncio
import os
import sys

from runtime.logs import configure_logging
from runtime.settings import PROJECT, WrongSetting, load_settings
from runtime.working import work


def main() -> int:
    """Run until SIGTERM or SIGINT; 1 with one clear line where a setting is wrong."""
    configure_logging()
    try:
        asyncio.run(work(load_settings(os.environ, project=PROJECT)))
    except WrongSetting as wrong:
        sys.stderr.write(f"{wrong}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
