"""The files settings are read from: the project's `.env`, and `run.json` that `make run` leaves in the data folder."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TypedDict, cast

from domain.errors import InvalidInput

RUN_FILE = "run.json"
# What `make run` leaves for other commands, by the name of the setting it stands for.
FOLLOWED = {
    "mode": "NISS_MODE",
    "host": "NISS_HOST",
    "port": "NISS_PORT",
    "temporalPort": "NISS_TEMPORAL_PORT",
    "uiPort": "NISS_UI_PORT",
    "smtpPort": "NISS_SMTP_PORT",
}


class WrongSetting(InvalidInput):
    """A setting that stops the start. Its text is one line that names the variable."""

    code = "wrongSetting"


class RunFile(TypedDict, total=False):
    """What `run.json` in the data folder holds."""

    mode: str
    host: str
    port: int
    temporalPort: int
    uiPort: int
    smtpPort: int
    pids: dict[str, int]


def merged_environ(environ: Mapping[str, str], *, project: Path) -> dict[str, str]:
    """The environment on top of the project's `.env`; an empty value counts as none."""
    merged = {name: value for name, value in read_dotenv(project / ".env").items() if value.strip()}
    merged.update({name: value for name, value in environ.items() if value.strip()})
    return merged


def read_dotenv(path: Path) -> dict[str, str]:
    """`NAME=value` lines; comments, `export` and quotes around a value as shells have them. No file: nothing."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise WrongSetting(f"{path}: cannot be read ({type(error).__name__})") from None
    found: dict[str, str] = {}
    for number, line in enumerate(lines, start=1):
        text = line.strip().removeprefix("export ").strip()
        if not text or text.startswith("#"):
            continue
        name, equals, value = (part.strip() for part in text.partition("="))
        if not equals or not name.isidentifier():
            raise WrongSetting(f"{path}, line {number}: not a line of the form NAME=value")
        if value[:1] in {'"', "'"}:
            value = value[1:].partition(value[0])[0]
        else:
            value = "" if value.startswith("#") else value.partition(" #")[0].strip()
        found[name] = value
    return found


def read_run_file(home: Path) -> RunFile:
    """What the last `make run` on this data folder wrote; nothing where it is missing or not ours."""
    try:
        content = json.loads((home / RUN_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return cast("RunFile", content) if isinstance(content, dict) else {}


def write_run_file(home: Path, content: RunFile) -> None:
    """Replace `run.json` in one step: a reader sees the old one or the new one."""
    draft = home / f"{RUN_FILE}.{os.getpid()}"
    draft.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    draft.replace(home / RUN_FILE)


def run_file_settings(ran: RunFile) -> dict[str, str]:
    """The settings `run.json` stands for, as texts."""
    content = cast("Mapping[str, object]", ran)
    return {name: str(content[key]) for key, name in FOLLOWED.items() if content.get(key)}
