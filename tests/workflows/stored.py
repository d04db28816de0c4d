"""Stored histories: what the workflow did on every path, kept as JSON, and its fingerprint.

`RECORD_HISTORIES=1 pytest tests/workflows/test_story.py` records them anew; allowed until the first tag, v1.0.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from google.protobuf.json_format import MessageToDict
from temporalio.api.history.v1 import History
from temporalio.client import WorkflowHistory

FOLDER = Path(__file__).resolve().parent / "histories"
RECORDING = bool(os.environ.get("RECORD_HISTORIES"))
#: What a real server alone can make (test_long.py): when it suggests to continue differs by some events.
CONTINUED = "continued-in-a-new-run"
_SUFFIX = "_event_attributes"

LESSON = """The workflow no longer does the same commands on the path "{name}".

Requests that are under way replay their histories with the new code: where the sequence of commands changes, they stall
with a non-determinism error. So either undo the change of sequence, or let the new code run for new requests only:

    if workflow.patched("what-changed"):
        ...  # the new way
    else:
        ...  # the old way, until no request that began with it is open

Until the first tag, v1.0, histories may be recorded anew instead:

    RECORD_HISTORIES=1 .venv/bin/pytest tests/workflows/test_story.py
"""


def stored(name: str) -> WorkflowHistory:
    """The history recorded on a path."""
    return WorkflowHistory.from_json(f"request-{name}", (FOLDER / f"{name}.json").read_text("utf-8"))


def record(name: str, events: Iterable[Any]) -> None:
    """Keep a history, without what belongs to the machine it was made on."""
    history = History(events=events)
    for event in history.events:
        _clean(event)
    FOLDER.mkdir(exist_ok=True)
    text = json.dumps(MessageToDict(history), indent=1, sort_keys=True)
    (FOLDER / f"{name}.json").write_text(text + "\n", "utf-8")


def _clean(message: Any) -> None:
    """Empty identities and stack traces, wherever they stand."""
    for field, value in message.ListFields():
        if field.name in ("identity", "stack_trace", "worker_deployment_name", "sdk_version", "binary_checksum"):
            message.ClearField(field.name)
        elif field.message_type is not None and not field.message_type.GetOptions().map_entry:
            for part in value if field.is_repeated else [value]:
                _clean(part)


def fingerprint(events: Iterable[Any]) -> list[str]:
    """The commands of a history, in order: what new code must do again."""
    commands = []
    for event in events:
        kind = event.WhichOneof("attributes").removesuffix(_SUFFIX)
        attributes = getattr(event, kind + _SUFFIX)
        match kind:
            case "timer_started":
                commands.append(f"timer: {_text(event.user_metadata.summary.data)}")
            case "timer_canceled" | "activity_task_cancel_requested" | "workflow_execution_completed":
                commands.append(kind)
            case "workflow_execution_continued_as_new" | "workflow_execution_failed":
                commands.append(kind)
            case "activity_task_scheduled":
                commands.append(f"activity: {attributes.activity_type.name}")
            case "marker_recorded":
                commands.append(f"local activity: {_marked(attributes)}")
            case "upsert_workflow_search_attributes":
                names = sorted(attributes.search_attributes.indexed_fields)
                commands.append(f"search attributes: {', '.join(names)}")
    return commands


def texts(value: object) -> Iterator[str]:
    """Every text in a stored history, payloads decoded."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield str(name)
            yield from texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts(part)
    else:
        yield str(value)
        try:
            yield base64.b64decode(str(value), validate=True).decode()
        except ValueError:
            return


def _marked(attributes: Any) -> str:
    found = attributes.details["data"].payloads[0].data if "data" in attributes.details else b"{}"
    return str(json.loads(found).get("activity_type", attributes.marker_name))


def _text(payload: bytes) -> str:
    return str(json.loads(payload)) if payload else ""
