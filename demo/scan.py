"""`python -m demo.scan FILE`: a scan to try the service with. A specimen passport, as a phone takes it."""

from __future__ import annotations

import sys
from pathlib import Path

from demo.people import COENIG
from demo.specimens import Look, draw
from domain.document import DocumentKind

if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m demo.scan FILE.jpg")
    Path(sys.argv[1]).write_bytes(draw(COENIG.person, DocumentKind.PASSPORT, Look.PHOTO, seed=7))
