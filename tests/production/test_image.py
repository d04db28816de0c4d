"""Dockerfile and .dockerignore, without Docker: what gets in, as whom it runs, and that nothing is missing."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
LINES = [
    line
    for line in re.sub(r"\\\n\s*", "", (PROJECT / "Dockerfile").read_text("utf-8")).splitlines()
    if line and not line.startswith("#")
]


def stages() -> list[list[str]]:
    found: list[list[str]] = []
    for line in LINES:
        if line.startswith("FROM "):
            found.append([])
        found[-1].append(line)
    return found


def allowed() -> set[str]:
    lines = (PROJECT / ".dockerignore").read_text("utf-8").splitlines()
    patterns = [line for line in lines if line and not line.startswith("#")]
    assert patterns[0] == "*", "everything stays out but what is named"
    assert {"**/__pycache__", "**/.*"} <= set(patterns[1:])
    return {pattern[1:] for pattern in patterns if pattern.startswith("!")}


def folders() -> set[str]:
    content = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
    return set(content["tool"]["hatch"]["build"]["targets"]["wheel"]["only-include"])


def test_it_is_built_in_one_stage_and_run_in_another() -> None:
    build, run = stages()
    assert build[0].endswith(" AS build")
    assert any("uv sync --locked --no-dev" in line for line in build)
    assert not any(line.startswith(("COPY . ", "ADD ")) for line in run)
    assert [line for line in run if line.startswith("COPY")] == ["COPY --from=build /srv/niss /srv/niss"]
    assert not any("pip install" in line or "apt-get" in line for line in run)


def test_images_and_uv_are_pinned() -> None:
    images = {stage[0].split()[1] for stage in stages()}
    assert len(images) == 1
    assert all(re.fullmatch(r"python:3\.11\.\d+-slim-bookworm", image) for image in images)
    found = re.search(r"uv==([\d.]+)", "\n".join(LINES))
    assert found
    assert f"UV_VERSION={found[1]}\n" in (PROJECT / "tools" / "setup").read_text("utf-8")


def test_it_does_not_run_as_root_and_says_how_it_is() -> None:
    run = stages()[-1]
    users = [line for line in run if line.startswith("USER ")]
    assert users == ["USER 10001:10001"]
    assert any(line.startswith("HEALTHCHECK ") for line in run)
    assert 'ENTRYPOINT ["niss"]' in run
    assert 'CMD ["api"]' in run
    environment = next(line for line in run if line.startswith("ENV "))
    assert "NISS_MODE=production" in environment
    assert "PYTHONDONTWRITEBYTECODE=1" in environment, "its root may be read-only"
    port = re.search(r"NISS_PORT=(\d+)", environment)
    assert port
    assert f"EXPOSE {port[1]}" in run


def test_there_is_no_secret_in_it() -> None:
    assert not any(line.startswith("ARG ") for line in LINES)
    assert not re.search("password|secret|token|api_key", "\n".join(LINES), re.IGNORECASE)


def test_what_gets_in_is_what_the_service_is_made_of() -> None:
    assert allowed() == (folders() - {"demo"}) | {"pyproject.toml", "uv.lock", "README.md", "LICENSE"}
    assert all((PROJECT / name).exists() for name in allowed())


def test_nothing_is_missing_in_it(tmp_path: Path) -> None:
    """Every module is imported from a copy of what gets in; nothing of ours may come from elsewhere."""
    for name in allowed():
        source = PROJECT / name
        if source.is_dir():
            shutil.copytree(source, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, tmp_path / name)
    modules = [
        ".".join(path.relative_to(tmp_path).with_suffix("").parts).removesuffix(".__init__")
        for path in sorted(tmp_path.rglob("*.py"))
        if path.name != "__main__.py" and "migrations" not in path.parts
    ]
    assert len(modules) > 100
    script = (
        "import importlib, sys\n"
        "for name in sys.argv[2:]: importlib.import_module(name)\n"
        "files = [getattr(module, '__file__', None) or '' for module in sys.modules.values()]\n"
        "print([file for file in files if file.startswith(sys.argv[1]) and '/.venv/' not in file])\n"
    )
    command = [sys.executable, "-c", script, str(PROJECT), *modules]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"
