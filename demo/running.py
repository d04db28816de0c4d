"""The whole service as a child process, as `make run` starts it: free ports, a data folder of its own."""

from __future__ import annotations

import contextlib
import io
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Self

from demo.caller import Caller
from demo.post import Post
from runtime.settings import PROJECT

#: Seconds until `ready`: the engine may be built first, once a machine.
FIRST_START = 600.0
#: Seconds after SIGTERM in which everything must be gone.
END = 10.0
_FREE_PORTS = {"NISS_PORT": "0", "NISS_TEMPORAL_PORT": "0", "NISS_UI_PORT": "0", "NISS_SMTP_PORT": "0"}
#: Settings of the caller's own that a start of ours keeps; every other would make it a different service.
_KEPT = ("NISS_ENGINE", "NISS_GO")


class NotStarted(Exception):
    """`niss serve` ended, or was not ready in time. Holds its last lines."""


def until(condition: Callable[[], object], what: str, patience: float = 30.0) -> None:
    """Wait for a condition; TimeoutError that names it after `patience` seconds."""
    deadline = time.monotonic() + patience
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"not within {patience:.0f} s: {what}")
        time.sleep(0.02)


class Running:
    """`niss serve --development` on a folder; `with Running(home) as service:` from `ready` to its end.

    Args:
        home: the data folder, kept afterwards: a second one on the same folder goes on where the first stood.
        environ: more settings.
        say: gets each line the service prints.
    """

    def __init__(
        self, home: Path, environ: Mapping[str, str] | None = None, *, say: Callable[[str], None] | None = None
    ) -> None:
        self.home = home
        self.lines: list[str] = []
        self.urls: dict[str, str] = {}
        self._say = say
        self._environ = {**_own(os.environ), **_FREE_PORTS, **(environ or {}), "NISS_HOME": str(home)}
        self._printed: queue.Queue[str | None] = queue.Queue()
        self._process: subprocess.Popen[str] | None = None
        self._tokens: dict[str, str] = {}
        self._clients = contextlib.ExitStack()

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start, and return when it says `ready`. Raises NotStarted."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "cli", "serve", "--development", "--with-parent"],
            cwd=PROJECT,
            env=self._environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,  # a Ctrl-C is for us: we end it
        )
        threading.Thread(target=self._read, args=(self._process,), daemon=True).start()
        deadline = time.monotonic() + FIRST_START
        while (line := self._next_line(deadline)) != "ready":
            name, _, url = line.partition(" ")
            if url.startswith("http"):
                self.urls[name] = url

    def stop(self) -> None:
        """End it as SIGTERM does; whoever is left after ten seconds is killed and reported."""
        self._clients.close()
        if self._process is None or self._process.poll() is not None:
            return
        self._process.terminate()
        try:
            self._process.wait(END)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            raise

    def interrupt(self) -> int:
        """Ctrl-C: SIGINT to the whole process group. The exit code."""
        process = self._running
        os.killpg(process.pid, signal.SIGINT)
        return process.wait(END)

    def kill_everything(self) -> None:
        """End the supervisor and every child with kill -9, at one moment."""
        process = self._running
        for pid in (process.pid, *self.pids.values()):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue  # the kernel ends the children with the supervisor
        process.wait()

    def kill(self, name: str) -> int:
        """End one child with kill -9; its process id. The supervisor starts it again."""
        pid = self.pids[name]
        os.kill(pid, signal.SIGKILL)
        return pid

    @contextlib.contextmanager
    def paused(self, name: str) -> Iterator[None]:
        """One child stands still meanwhile: nothing is lost, and nothing of it goes on."""
        pid = self.pids[name]
        os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(pid, signal.SIGCONT)

    def started_again(self, name: str, former: int, patience: float = 30.0) -> None:
        """Wait until the supervisor has started the child anew."""
        until(lambda: self.pids.get(name, former) != former, f"{name} is started again", patience)

    @property
    def _running(self) -> subprocess.Popen[str]:
        if self._process is None:
            raise NotStarted("it was not started")
        return self._process

    @property
    def pids(self) -> dict[str, int]:
        """Process ids by name, from run.json."""
        pids: dict[str, int] = json.loads((self.home / "run.json").read_text(encoding="utf-8")).get("pids", {})
        return pids

    @property
    def base(self) -> str:
        """Where API and portal are, without a slash at the end."""
        return self.urls["portal"].rstrip("/")

    @property
    def temporal_target(self) -> str:
        """`host:port` of the embedded engine."""
        content = json.loads((self.home / "run.json").read_text(encoding="utf-8"))
        return f"127.0.0.1:{content['temporalPort']}"

    @cached_property
    def post(self) -> Post:
        """The mails that were sent."""
        post = Post(self.base)
        self._clients.callback(post.http.close)
        return post

    def niss(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """One `niss` command on the same folder."""
        only_home = {name: value for name, value in self._environ.items() if name not in _FREE_PORTS}
        return subprocess.run(  # noqa: S603 - our own command
            [sys.executable, "-m", "cli", *arguments],
            cwd=PROJECT,
            env=only_home,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def token(self, login: str) -> str:
        """What `niss token LOGIN` prints."""
        if login not in self._tokens:
            done = self.niss("token", login)
            if done.returncode:
                raise NotStarted(done.stderr.strip())
            self._tokens[login] = done.stdout.strip()
        return self._tokens[login]

    def as_(self, login: str, *, language: str = "fr") -> Caller:
        """The API as this person uses it, until the service is stopped."""
        caller = Caller(self.base, self.token(login), language=language)
        self._clients.callback(caller.http.close)
        return caller

    def _read(self, process: subprocess.Popen[str]) -> None:
        with process.stdout or io.StringIO() as printed:
            for line in printed:
                self.lines.append(line.rstrip("\n"))
                self._printed.put(self.lines[-1])
                if self._say is not None:
                    self._say(self.lines[-1])
        self._printed.put(None)

    def _next_line(self, deadline: float) -> str:
        try:
            line = self._printed.get(timeout=max(0.0, deadline - time.monotonic()))
        except queue.Empty:
            line = None
        if line is None:
            raise NotStarted("\n".join(self.lines[-5:]) or "niss serve printed nothing")
        return line


def _own(environ: os._Environ[str]) -> dict[str, str]:
    """The environment without settings of another service."""
    return {
        name: value for name, value in environ.items() if name in _KEPT or not name.startswith(("NISS_", "TEMPORAL_"))
    }
