"""All figures of a run, by name."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.matching.answers import Answer
from bench.matching.curves import calibration_error, coverage, reliability
from bench.matching.metrics import Line, best_f1, by_class, by_culture, line, percentile, share, upper_bound

_HERE = Path(__file__).resolve().parent


def machine() -> str:
    """Its size, and the Python."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GB, {platform.machine()}, Python {platform.python_version()}"


def commit() -> str:
    """Which code ran."""
    said = subprocess.run(
        ["git", "describe", "--always", "--dirty"],  # noqa: S607 - whichever git there is
        cwd=_HERE,
        capture_output=True,
        text=True,
        check=False,
    )
    return said.stdout.strip() or "?"


def figures(answers: Sequence[Answer], header: Mapping[str, Any]) -> dict[str, Any]:
    """Everything measured, by name."""
    all_ = line("all", answers)
    f1, certain = best_f1(answers), best_f1([one for one in answers if one.query.decidable])
    bins = reliability(answers)
    times = [one.ms for one in answers]
    decidable_registered = sum(1 for one in answers if one.query.truth is not None and one.query.decidable)
    right_decidable = sum(1 for one in answers if one.query.decidable and one.automatic and not one.wrong)
    return {
        **header,
        "commit": commit(),
        "machine": machine(),
        "queries": all_.queries,
        "registered": all_.registered,
        "decidable": all_.decidable,
        "wrong_automatic": all_.wrong,
        "wrong_automatic_share": share(all_.wrong, all_.decidable),
        "wrong_automatic_upper_95": upper_bound(all_.wrong, all_.decidable),
        "automatic_of_registered": all_.automatic,
        "automatic_of_registered_decidable": share(right_decidable, decidable_registered),
        "undecidable": all_.undecidable,
        "undecidable_automatic": all_.undecidable_automatic,
        "best_f1": asdict(f1),
        "best_f1_of_decidable": asdict(certain),
        "registered_yet_unknown": share(all_.unknown, all_.registered),
        "review_share": share(all_.ambiguous, all_.queries),
        "right_among_candidates": share(all_.found, all_.registered),
        "ms": {f"p{round(at * 100)}": percentile(times, at) for at in (0.5, 0.95, 0.99)},
        "coverage": [asdict(point) for point in coverage(answers)],
        "reliability": [asdict(one) for one in bins],
        "calibration_error": calibration_error(bins),
        "classes": [_row(one) for one in by_class(answers)],
        "cultures": [_row(one) for one in by_culture(answers)],
        "reasons": _reasons(answers),
    }


def _row(one: Line) -> dict[str, Any]:
    return {**asdict(one), "automatic": one.automatic}


def _reasons(answers: Sequence[Answer]) -> dict[str, int]:
    """Why registered, decidable people were not answered."""
    counted: dict[str, int] = {}
    for one in answers:
        if one.query.truth is not None and one.query.decidable and not one.automatic:
            counted[one.reason] = counted.get(one.reason, 0) + 1
    return dict(sorted(counted.items(), key=lambda item: -item[1]))
