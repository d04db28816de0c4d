"""`niss serve` on the data folder of an earlier run: in the mode that it had."""

from __future__ import annotations

import socket
from pathlib import Path

from runtime.settings_files import write_run_file
from tests.cli.calling import niss

FOLLOWED = "niss: mode development, as `make run` left it in this data folder; NISS_MODE=production starts the other"


def serve(home: Path, **environ: str) -> list[str]:
    """What it says before it stops at the port of 127.0.0.1 that somebody else has."""
    home.mkdir(exist_ok=True)
    write_run_file(home, {"mode": "development", "host": "127.0.0.1", "port": 8100})
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = niss(home, "serve", NISS_PORT=str(taken.getsockname()[1]), **environ)
    assert done.returncode == 1, done.stdout
    return done.stderr.splitlines()


def test_the_mode_of_the_last_run_is_followed_and_said(tmp_path: Path) -> None:
    followed, port = serve(tmp_path / "home", NISS_MODE="")
    assert followed == FOLLOWED
    assert "NISS_PORT" in port


def test_whoever_names_a_mode_gets_it(tmp_path: Path) -> None:
    (port,) = serve(tmp_path / "home", NISS_MODE="development")
    assert "NISS_PORT" in port
    (refused,) = serve(tmp_path / "home", NISS_MODE="production")
    assert "mode development" not in refused
    assert "NISS_OIDC_ISSUER" in refused
