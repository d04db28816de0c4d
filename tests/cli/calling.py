"""`niss …` as a process of its own, on a data folder of development."""

import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


def niss(home: Path, *args: str, typed: str | None = None, **environ: str) -> subprocess.CompletedProcess[str]:
    given = {"PATH": os.environ["PATH"], "NISS_HOME": str(home), "NISS_MODE": "development", **environ}
    command = [sys.executable, "-m", "cli", *args]
    return subprocess.run(
        command, cwd=PROJECT, env=given, capture_output=True, text=True, timeout=60, check=False, input=typed
    )


def said(done: subprocess.CompletedProcess[str]) -> str:
    """What a command that must succeed printed."""
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout


def refused(done: subprocess.CompletedProcess[str]) -> str:
    """The one clear line of a command that must not succeed."""
    assert done.returncode == 1, done.stdout + done.stderr
    assert done.stdout == ""
    assert done.stderr.startswith("niss: ")
    assert done.stderr.count("\n") == 1
    return done.stderr.removeprefix("niss: ").strip()
