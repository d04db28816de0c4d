"""The figures of a run as tables for people."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any


def text(found: Mapping[str, Any]) -> str:
    """Everything, one table below the other."""
    parts = [
        *_head(found),
        "",
        _lines("error class", found["classes"]),
        "",
        _lines("name group", found["cultures"]),
        "",
    ]
    parts += ["by a threshold on the score alone, of the decidable"]
    parts += [
        f"  wrong ≤ {percent(point['risk']):>8}  automatic {percent(point['automatic']):>8}  wrong {point['wrong']}"
        for point in found["coverage"]
    ]
    parts += ["", "score of the top candidate: queries, said, true"]
    parts += [
        f" {one['low']:<7g} to {one['high']:<7g}{one['queries']:>7}{percent(one['said']):>11}{percent(one['true']):>11}"
        for one in found["reliability"]
    ]
    reasons = ", ".join(f"{reason or '-'} {count}" for reason, count in found["reasons"].items())
    return "\n".join([*parts, "", f"registered, not answered, why: {reasons or 'none'}"])


def _head(found: Mapping[str, Any]) -> list[str]:
    f1, ms = found["best_f1"], found["ms"]
    asked = f"{found['queries']} queries ({found['registered']} registered, {found['undecidable']} undecidable)"
    of = f"seeds {found.get('seeds', '-')} · {found.get('people', '-')} people · profile {found.get('profile', '-')}"
    wrong = f"{found['wrong_automatic']} = {percent(found['wrong_automatic_share'])}"
    bound = percent(found["wrong_automatic_upper_95"])
    certain = percent(found["best_f1_of_decidable"]["f1"])
    return [
        f"{found.get('matcher', 'ours')} · {of} · {asked}",
        f"commit {found['commit']} · {found['machine']}",
        "",
        _fact("wrong automatic, of decidable", wrong) + f"  (95 % sure: below {bound})",
        _fact("automatic, of registered", percent(found["automatic_of_registered"]))
        + f"  (of decidable ones {percent(found['automatic_of_registered_decidable'])})",
        _fact("undecidable answered automatically", f"{found['undecidable_automatic']} of {found['undecidable']}"),
        _fact("best F1", percent(f1["f1"])) + f"  (wrong there {percent(f1['wrong'])}; of decidable {certain})",
        _fact("registered, yet unknown", percent(found["registered_yet_unknown"])),
        _fact("review share (ambiguous)", percent(found["review_share"])),
        _fact("right person among ≤ 100", percent(found["right_among_candidates"])),
        _fact("ms p50 / p95 / p99", " / ".join(f"{ms[at]:.2f}" for at in ("p50", "p95", "p99"))),
        _fact("calibration error", percent(found["calibration_error"])),
    ]


def _fact(name: str, value: str) -> str:
    return f"{name:<36}{value:>14}"


def percent(value: float) -> str:
    """Two digits behind the point, three where it is small."""
    if math.isnan(value):
        return "-"
    return f"{value * 100:.3f} %" if value < 0.01 else f"{value * 100:.2f} %"


def _lines(title: str, rows: Sequence[Mapping[str, Any]]) -> str:
    columns = ("queries", "regist.", "right", "auto", "wrong", "review", "unknown", "missed")
    made = [f"{title:<26}" + "".join(f"{name:>9}" for name in columns)]
    for row in rows:
        cells = (
            row["queries"],
            row["registered"],
            row["right"],
            percent(row["automatic"]),
            row["wrong"],
            row["ambiguous"],
            row["unknown"],
            row["registered"] - row["found"],
        )
        made.append(f"{row['label']:<26}" + "".join(f"{cell:>9}" for cell in cells))
    return "\n".join(made)
