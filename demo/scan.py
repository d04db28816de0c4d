"""`python -m demo.scan FILE [maria]`: a scan to try the service with. A specimen passport, as a phone takes it."""

from __future__ import annotations

import sys
from pathlib import Path

from demo.people import COENIG, MARIA
from demo.specimens import Look, draw
from domain.document import DocumentKind

if __name__ == "__main__":
    if len(sys.argv) not in (2, 3) or sys.argv[2:] not in ([], ["maria"]):
        sys.exit("usage: python -m demo.scan FILE.jpg [maria]")
    hire = MARIA if sys.argv[2:] else COENIG
    scan = Path(sys.argv[1])
    scan.parent.mkdir(parents=True, exist_ok=True)
    scan.write_bytes(draw(hire.person, DocumentKind.PASSPORT, Look.PHOTO, seed=7))
