"""What the README tells people to type works as it stands."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from runtime.settings import PROJECT
from tests.journeys.service import Walk

pytestmark = [pytest.mark.journey, pytest.mark.engine]

README = (PROJECT / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def test_the_readmes_requests_with_curl(walk: Walk, tmp_path: Path) -> None:
    if shutil.which("curl") is None:
        pytest.skip("no curl here")
    blocks = BLOCK.findall(README)
    script = "\n".join(text for kind, text in blocks if kind == "sh" and "make run" not in text)
    (answer,) = (text.strip() for kind, text in blocks if kind == "text")
    assert script.count("http://127.0.0.1:8000") == 1
    assert (
        script.count("var/") > 0
    )  # the scans: in a folder of the test's own, which is not there yet, as in a new clone
    script = script.replace("http://127.0.0.1:8000", walk.service.base).replace("var/", f"{tmp_path / 'new'}/")
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("NISS_", "TEMPORAL_"))}
    done = subprocess.run(
        ["/bin/sh", "-eu"],
        input=script,
        cwd=PROJECT,
        env={**environ, "NISS_HOME": str(walk.service.home)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    assert answer in lines
    assert "inReview" in lines
    assert "unknown" in lines
    assert re.fullmatch(r"Le NISS de Maria Tienpont est 91\.71\.02-\d{3}\.\d\d", lines[-1])
    assert done.stderr == ""


def test_the_commands_of_the_readme_exist() -> None:
    targets = re.findall(r"^([a-z]+):.*##", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(re.findall(r"(?:`|^)make ([a-z]+)", README, re.MULTILINE)) <= set(targets)


def test_links_of_the_texts_lead_somewhere() -> None:
    texts = [*PROJECT.glob("*.md"), *(PROJECT / "docs").rglob("*.md")]
    for path in texts:
        for target in re.findall(r"\]\((?!https?:)([^)#\s]+)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{path.relative_to(PROJECT)}: {target}"


def test_files_that_the_texts_name_are_there() -> None:
    for name in ("README.md", "CONTRIBUTING.md", "docs/index.md"):
        text = (PROJECT / name).read_text(encoding="utf-8")
        for path in re.findall(r"`([a-z_]+/[\w/.]*)`", text):
            assert (PROJECT / path).exists(), f"{name}: {path}"


def test_the_index_lists_every_decision() -> None:
    index = (PROJECT / "docs" / "index.md").read_text(encoding="utf-8")
    for path in sorted((PROJECT / "docs" / "decisions").glob("*.md")):
        assert f"(decisions/{path.name})" in index, f"docs/index.md does not list {path.name}"
