"""The rules of the house, as far as they can be read off the code."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from activities.identification import IdentificationActivities
from activities.notifications import NotificationActivities
from activities.records import RecordActivities
from runtime.engine import SEARCH_ATTRIBUTES
from tests.conftest import PROJECT
from workflows import options

ROOMS = sorted(folder.parent.name for folder in PROJECT.glob("*/__init__.py"))
ROOTS = [PROJECT / "web.py", PROJECT / "worker.py"]
PRODUCT = sorted([*(file for room in ROOMS for file in (PROJECT / room).rglob("*.py")), *ROOTS])
TESTS = sorted((PROJECT / "tests").rglob("*.py"))
#: The worker runs workflows outside the sandbox, so nothing else keeps them deterministic.
DETERMINISTIC = [
    *sorted(file for file in (PROJECT / "workflows").glob("*.py") if file.name not in ("gateway.py", "options.py")),
    *(PROJECT / "domain" / f"{name}.py" for name in ("request", "findings", "records", "terms")),
]
#: What must not be called or imported: the result would depend on more than history.
NOT_CALLED = {"now", "today", "utcnow", "uuid4", "uuid1", "random", "time", "monotonic", "sleep", "getenv", "open"}
NOT_IMPORTED = {"os", "random", "secrets", "socket", "subprocess", "sys", "threading", "time", "uuid", "pathlib"}
EMPTY_WORDS = {"process", "handle", "handler", "data", "info", "manager", "utils", "util", "helpers", "misc", "common"}
#: `cli/common.py` is what the commands share, and says so.
ALLOWED_NAMES = {"cli/common.py"}


def named(file: Path) -> str:
    return str(file.relative_to(PROJECT))


def calls(file: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            yield node


def called(call: ast.Call) -> tuple[str, str]:
    """(what it is called on, name) of a call: `workflow.now()` is ("workflow", "now")."""
    if isinstance(call.func, ast.Attribute):
        return ast.unparse(call.func.value), call.func.attr
    return "", call.func.id if isinstance(call.func, ast.Name) else ""


@pytest.mark.parametrize("file", [*PRODUCT, *TESTS], ids=named)
def test_no_file_is_too_long(file: Path) -> None:
    lines = len(file.read_text("utf-8").splitlines())
    assert lines <= 300, "the concept inside wants a room of its own"


@pytest.mark.parametrize("file", ROOTS, ids=named)
def test_composition_roots_are_tiny(file: Path) -> None:
    assert len(file.read_text("utf-8").splitlines()) <= 60


@pytest.mark.parametrize("file", DETERMINISTIC, ids=named)
def test_the_story_depends_on_its_history_alone(file: Path) -> None:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        modules = []
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            modules = [str(node.module)]
        assert {module.split(".")[0] for module in modules} & NOT_IMPORTED == set()
    for call in calls(file):
        on, name = called(call)
        assert name not in NOT_CALLED or on == "workflow", f"line {call.lineno}: {on}.{name}"
        assert (on, name) not in {("asyncio", "wait"), ("asyncio", "gather"), ("asyncio", "to_thread")}


@pytest.mark.parametrize("file", [file for file in PRODUCT if "commit()" in file.read_text("utf-8")], ids=named)
def test_transactions_end_in_one_place(file: Path) -> None:
    own_transactions = ("store/unit_of_work.py", "register/", "runtime/database.py")
    assert named(file).startswith(own_transactions)


def test_every_activity_timer_and_signal_says_what_it_is() -> None:
    told = {
        "execute_activity_method": "summary",
        "start_activity_method": "summary",
        "execute_local_activity_method": "summary",
        "execute_activity": "summary",
        "start_activity": "summary",
        "signal": "description",
        "query": "description",
    }
    seen = 0
    for file in (PROJECT / "workflows").glob("*.py"):
        for call in calls(file):
            on, name = called(call)
            keywords = {keyword.arg for keyword in call.keywords}
            if on == "workflow" and name in told:
                assert told[name] in keywords, f"{named(file)}:{call.lineno}"
                seen += 1
            if (on, name) == ("workflow", "wait_condition") and "timeout" in keywords:
                assert "timeout_summary" in keywords, f"{named(file)}:{call.lineno}"
    assert seen > 10


def test_activities_never_raise_what_is_not_translated() -> None:
    for made in (IdentificationActivities, NotificationActivities, RecordActivities):
        source = (PROJECT / "activities" / f"{made.__module__.split('.')[1]}.py").read_text("utf-8")
        assert source.count("@activity.defn") == source.count("@translated") > 0


@pytest.mark.parametrize("file", PRODUCT, ids=named)
def test_names_say_something(file: Path) -> None:
    assert named(file) in ALLOWED_NAMES or set(file.stem.split("_")) & EMPTY_WORDS == set()


def test_search_attributes_are_the_same_everywhere() -> None:
    assert {attribute.name for attribute in options.SEARCH_ATTRIBUTES} == set(SEARCH_ATTRIBUTES)


def test_every_exception_to_a_rule_has_its_reason() -> None:
    files = [file for file in PROJECT.rglob("*.py") if named(file).partition("/")[0] not in (".venv", "var")]
    assert len(files) > len(PRODUCT)
    for file in files:
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
            _, excused, why = line.partition("# " + "noqa")
            assert not excused or re.match(r": [A-Z]+\d+(, ?[A-Z]+\d+)* - \S", why), f"{named(file)}:{number}"


def test_tests_are_no_packages() -> None:
    assert list((PROJECT / "tests").rglob("__init__.py")) == []


def test_every_room_is_packaged_and_every_layer_known() -> None:
    project = (PROJECT / "pyproject.toml").read_text("utf-8")
    packaged = set(re.findall(r'"([a-z]+)"', project.split("only-include = [")[1].split("]")[0]))
    assert set(ROOMS) <= packaged
    rooted = set(re.findall(r'"([a-z]+)"', project.split("root_packages = [")[1].split("]")[0]))
    assert set(ROOMS) == rooted


def test_only_our_own_is_committed() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=PROJECT, capture_output=True, text=True, check=False)
    if tracked.returncode:
        pytest.skip("not a git checkout")
    unwanted = re.compile(r"(^|/)(node_modules|vendor|third_party|var|\.venv)/|\.(min\.js|whl|db|sqlite3?|pem|key)$")
    assert [line for line in tracked.stdout.splitlines() if unwanted.search(line)] == []
