"""The commands of the matching benchmark, on a few hundred people."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.matching.__main__ import main
from tests.cli.calling import niss

SMALL = ["--people", "300", "--queries", "80"]


def test_quality_measures_our_own_matcher(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    plot = tmp_path / "reliability.svg"
    assert main(["quality", "--seed", "1", "2", *SMALL, "--json", "--plot", str(plot)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["queries"] == 160
    assert found["seeds"] == [1, 2]
    assert found["right_among_candidates"] > 0.9
    assert found["classes"]
    assert found["ms"]["p50"] <= found["ms"]["p99"]
    assert plot.read_text("utf-8").startswith("<svg")


def test_files_measure_the_same_as_memory(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    main(["quality", "--seed", "4", *SMALL, "--profile", "heldout", "--json"])
    memory = json.loads(capsys.readouterr().out)
    main(["generate", "--seed", "4", *SMALL, "--profile", "heldout", "--out", str(tmp_path)])
    capsys.readouterr()
    names = ("register", "queries", "truth")
    options = [word for name in names for word in (f"--{name}", str(tmp_path / f"{name}.csv"))]
    main(["evaluate", *options, "--json"])
    files = json.loads(capsys.readouterr().out)
    for figure in ("queries", "registered", "decidable", "right_among_candidates", "automatic_of_registered"):
        assert files[figure] == memory[figure], figure


def test_what_the_command_line_answers_is_measured_too(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    main(["generate", "--seed", "4", *SMALL, "--out", str(tmp_path)])
    files = {name: str(tmp_path / f"{name}.csv") for name in ("register", "queries", "truth")}
    options = [word for name, path in files.items() for word in (f"--{name}", path)]
    capsys.readouterr()
    main(["evaluate", *options, "--json"])
    asked = json.loads(capsys.readouterr().out)
    home = tmp_path / "home"
    assert json.loads(niss(home, "register", "load", files["register"], "--json").stdout)["bad"] == 0
    answers = tmp_path / "answers.jsonl"
    said = niss(home, "register", "match", files["queries"], "--json").stdout
    answers.write_text(said, encoding="utf-8")
    main(["evaluate", *options, "--answers", str(answers), "--json"])
    told = json.loads(capsys.readouterr().out)
    assert told["queries"] == 80
    for figure in ("right_among_candidates", "automatic_of_registered", "review_share", "best_f1", "wrong_automatic"):
        assert told[figure] == asked[figure], figure
    for lines in ([], [said, said], [*said.splitlines()[1:], '{"query_id": "x", "error": "surname: is required"}']):
        answers.write_text("\n".join(lines), encoding="utf-8")
        with pytest.raises(SystemExit, match="answer"):
            main(["evaluate", *options, "--answers", str(answers)])


def test_a_culture_that_is_not_there_is_told() -> None:
    with pytest.raises(SystemExit, match="no such culture"):
        main(["generate", "--out", "/nowhere", "--leave-out", "klingon"])
