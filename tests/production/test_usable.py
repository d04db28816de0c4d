"""A setting that can never work stops the start, in one line that names it; what merely is away is waited for."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from socket import create_server

import pytest

from runtime import readiness, usable
from runtime.ports import free_ports
from runtime.readiness import Awaited, all_answer
from runtime.settings import PROJECT, Settings, WrongSetting, load_settings
from tests.conftest import MakeSettings
from tests.postgres import PostgresServer

COMMANDS = {
    "serve": ("-m", "cli", "serve", "--development"),
    "api": ("-m", "cli", "api"),
    "worker": ("-m", "cli", "worker"),
    "token": ("-m", "cli", "token", "bob@acme.example"),
}
FREE = dict.fromkeys(("NISS_PORT", "NISS_TEMPORAL_PORT", "NISS_UI_PORT", "NISS_SMTP_PORT"), "0")


def refusal(command: str, home: Path, **environ: str) -> str:
    """The one line with which a command ends."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("NISS_", "TEMPORAL_"))}
    done = subprocess.run(
        [sys.executable, *COMMANDS[command]],
        cwd=PROJECT,
        env={**kept, "NISS_HOME": str(home), "NISS_MODE": "development", **FREE, **environ},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, ""), done
    (line,) = done.stderr.splitlines()
    return line


@pytest.mark.parametrize("command", ["serve", "api", "worker"])
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("NISS_DATABASE_URL", "sqlite:////proc/nope/niss.db"),
        ("NISS_BLOB_URL", "s3://"),
        ("NISS_BLOB_URL", "file:///proc/nope"),
        ("NISS_HOME", "/proc/nope/niss"),
    ],
)
def test_no_start_on_what_can_never_be_used(tmp_path: Path, command: str, name: str, value: str) -> None:
    assert refusal(command, tmp_path, **{name: value}).startswith(f"niss: {name}: ")


def test_no_command_on_a_data_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for home in ("/proc/nope", str(tmp_path / "file" / "home"), "/" + "x" * 300, str(tmp_path / "file")):
        assert refusal("token", Path(home)).startswith("niss: NISS_HOME: ")


def test_no_start_of_the_whole_service_without_its_database(tmp_path: Path) -> None:
    (port,) = free_ports(1)
    line = refusal("serve", tmp_path, NISS_DATABASE_URL=f"postgresql://niss:secret@127.0.0.1:{port}/niss")
    assert line == f"niss: NISS_DATABASE_URL: no database answers at 127.0.0.1:{port}"


@pytest.mark.parametrize(
    "url",
    ["sqlite://", "sqlite:///:memory:", "sqlite:nothing", "postgresql://127.0.0.1/niss?surprise=1", "sqlite:///{file}"],
)
def test_urls_that_are_none(make_settings: MakeSettings, tmp_path: Path, url: str) -> None:
    (tmp_path / "text.db").write_text("no database, but long enough to be looked at" * 40)
    settings = make_settings(NISS_DATABASE_URL=url.replace("{file}", str(tmp_path / "text.db")))
    with pytest.raises(WrongSetting, match=r"^NISS_DATABASE_URL: ") as refused:
        usable.check_database(settings)
    assert not isinstance(refused.value, usable.DatabaseAway)
    assert len(str(refused.value).splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [("NISS_BLOB_URL", "file://pages"), ("NISS_BLOB_URL", "file:pages"), ("NISS_SMTP_URL", "smtp://")],
)
def test_urls_that_name_nothing(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(WrongSetting, match=f"^{name}: must name"):
        load_settings({"NISS_HOME": str(tmp_path), name: value}, project=tmp_path)


def test_the_folder_of_a_database_file_is_made(make_settings: MakeSettings, tmp_path: Path) -> None:
    usable.check(make_settings(NISS_DATABASE_URL=f"sqlite:///{tmp_path}/a/b/niss.db"))
    assert (tmp_path / "a" / "b" / "niss.db").exists()


@pytest.mark.postgres
def test_a_server_that_refuses_is_a_wrong_setting(make_settings: MakeSettings, postgres_server: PostgresServer) -> None:
    with postgres_server.database() as url:
        usable.check_database(make_settings(NISS_DATABASE_URL=url))
        elsewhere = url.rpartition("/")
        _, _, rest = elsewhere[2].partition("?")
        missing = f"{elsewhere[0]}/nobodys" + (f"?{rest}" if rest else "")
        with pytest.raises(WrongSetting, match=r'refuses: database "nobodys" does not exist') as refused:
            usable.check_database(make_settings(NISS_DATABASE_URL=missing))
        assert not isinstance(refused.value, usable.DatabaseAway)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(usable, "_PAUSE", 0.01)


@pytest.mark.usefixtures("impatient")
def test_a_part_alone_waits_for_its_database_and_says_so(
    make_settings: MakeSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = iter([usable.DatabaseAway("NISS_DATABASE_URL: no database answers at db:5432")] * 3)
    said: list[str] = []

    def away_at_first(_settings: Settings) -> None:
        if away := next(tries, None):
            raise away

    monkeypatch.setattr(usable, "check_database", away_at_first)
    usable.wait(make_settings(), said.append)
    assert said == ["waiting for the database: NISS_DATABASE_URL: no database answers at db:5432"]


@pytest.mark.usefixtures("impatient")
def test_a_given_temporal_is_waited_for_and_then_named(make_settings: MakeSettings) -> None:
    (port,) = free_ports(1)
    settings = make_settings(TEMPORAL_ADDRESS=f"127.0.0.1:{port}")
    said: list[str] = []
    with pytest.raises(WrongSetting, match=f"^TEMPORAL_ADDRESS: nothing answers at 127.0.0.1:{port}"):
        usable.await_engine(settings, said.append, patience=0.1)
    assert [line.startswith(f"waiting for Temporal at 127.0.0.1:{port}") for line in said] == [True]
    with closing(create_server(("127.0.0.1", port))):
        usable.await_engine(settings, said.append, patience=5.0)
    assert len(said) == 1


async def test_what_a_start_waits_for_is_said_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    awaited = Awaited({"the API", "the worker"})
    assert not awaited.to_be_said()
    monkeypatch.setattr(readiness, "SAY_EVERY", 0.0)
    assert awaited.to_be_said()
    assert str(awaited) == "the API, the worker"

    async def here() -> bool:
        return True

    await all_answer({"the API": here}, awaited)
    assert str(awaited) == "the worker"
    await all_answer({"the worker": here}, awaited)
    assert not awaited.to_be_said()
