"""How a command's process ends: with its own code, everything said, and without taking the interpreter apart."""

import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]

_ENDING = """
import atexit, sys
{loads}
from cli import main
atexit.register(lambda: print("taken apart"))
sys.argv = ["niss", {argument!r}]
main.main()
"""


def _ends(argument: str, loads: str) -> subprocess.CompletedProcess[str]:
    program = _ENDING.format(argument=argument, loads=loads)
    return subprocess.run(
        [sys.executable, "-c", program], cwd=PROJECT, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize(("argument", "code"), [("--help", 0), ("nonsense", 2)])
def test_a_process_that_loaded_temporal_is_not_taken_apart(argument: str, code: int) -> None:
    done = _ends(argument, "import temporalio.client")
    assert done.returncode == code
    assert "Usage: niss" in done.stdout + done.stderr
    assert "taken apart" not in done.stdout
