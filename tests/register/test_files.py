"""Register and query files, and the commands that read them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
import pytest
from typer.testing import CliRunner

from cli import register as commands
from domain.errors import InvalidInput
from domain.niss import Niss
from domain.people import PartialDate, Sex
from domain.statement import Address
from register.files import BATCH, LEADS_NOWHERE, load
from register.queries import match_file
from register.records import REGISTER_COLUMNS
from register.sql import SqlRegister

TODAY = date(2026, 3, 1)
COENIGE = Niss.parse("83.45.24-163.11")
HEADER = ",".join(REGISTER_COLUMNS)
WHOLE = "83.45.24-163.11,Reuter,Coenige,M,1983-05-24,Aachen,DE,DE,Hauptstraße,5,b,52062,Aachen,DE"
WHOLE += ",2020-01-02,93451204619,Roy"


def _write(folder: Path, *lines: str) -> Path:
    path = folder / "people.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_every_column(register: SqlRegister, tmp_path: Path) -> None:
    done = load(_write(tmp_path, HEADER, WHOLE), register, today=TODAY)
    assert (done.people, done.bad) == (1, 0)
    person = register.person(COENIGE)
    assert person is not None
    assert person.official == Address("Hauptstraße", "Aachen", "DE", "5", "b", "52062")
    assert person.deceased_on == date(2020, 1, 2)
    assert person.replaced_by == Niss("93451204619")
    assert (person.sex, person.former_surname, person.birth_country) == (Sex.MALE, "Roy", "DE")


def test_only_the_required_columns_in_another_order_with_a_byte_order_mark(
    register: SqlRegister, tmp_path: Path
) -> None:
    path = tmp_path / "people.csv"
    path.write_text('\ufeffbirth_date,surname,ssin\r\n1983-00-00,"Reuter, junior",83452416311\r\n\r\n', "utf-8")
    load(path, register, today=TODAY)
    person = register.person(COENIGE)
    assert person is not None
    assert (person.surname, person.birth_date, person.official) == ("Reuter, junior", PartialDate(1983), None)


BAD = [
    ("12345678901,Reuter,,,1983-05-24", "ssin: not a valid NISS"),
    ("83452416311,,,,1983-05-24", "surname: is required"),
    ("83452416311,Reuter,,,1983-02-30", "birth_date: not a date"),
    ("83452416311,Reuter,,,2030-01-01", "birth_date: must not be in the future"),
    ("83452416311,Reuter,,,1879-12-31", "birth_date: must not be before 1880"),
    ("83452416311,Reu\x07ter,,,1983-05-24", "surname: has a control character"),
    ("83452416311," + "x" * 201 + ",,,1983-05-24", "surname: is too long"),
    ("83452416311,Reuter,,,1983-05-24" + "," * 20, "more cells than columns"),
    (",,,,1983-05-24", "ssin: is required; surname: is required"),
    ('83452416311,"Reuter,,,1983-05-24', "a quote is not closed on this line"),
    ('83452416311,Reuter,,,1983-05-24,"Aa"chen,"DE', "a quote is not closed on this line"),
    ("83452416311,Reuter,,,1983-05-24" + "," * 10 + "2026-03-02", "deceased_on: must not be in the future"),
    ("83452416311,Reuter,,,1983-05-24" + "," * 10 + "2027", "deceased_on: must not be in the future"),
]


@pytest.mark.parametrize(("line", "reason"), BAD)
def test_bad_rows_do_not_stop_the_rest(register: SqlRegister, tmp_path: Path, line: str, reason: str) -> None:
    path = _write(tmp_path, HEADER, line, WHOLE)
    told: list[tuple[int, str]] = []
    done = load(path, register, today=TODAY, on_bad=lambda *bad: told.append(bad))
    assert told == [(2, reason)]
    assert (done.people, done.bad) == (1, 1)
    assert register.person(COENIGE)


def test_a_quote_left_open_swallows_nothing(register: SqlRegister, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    header = "ssin,surname,birth_date,remark"
    path.write_bytes(
        (
            f'{header}\r\n83452416311,Reuter,1983-05-24,"open\r\n93451204619,"Horvat, ""Ana""",1993-05-12,"a"\r\n'
            '99450902760,Kos,1999-05-09,"open to the end'
        ).encode()
    )
    told: list[tuple[int, str]] = []
    done = load(path, register, today=TODAY, on_bad=lambda *bad: told.append(bad))
    assert (done.people, told) == (1, [(line, "a quote is not closed on this line") for line in (2, 4)])
    person = register.person(Niss("93451204619"))
    assert person is not None
    assert person.surname == 'Horvat, "Ana"'


def test_a_replacement_that_leads_nowhere_is_told(run: CliRunner, tmp_path: Path) -> None:
    numbers = ("83452416311", "93451204619", "99450902760", "95450603360", "94450506933")
    own, absent, circle, back, good = numbers
    lines = [
        f"{own},Reuter,1983-05-24,{own}",
        f"{absent},Horvat,1993-05-12,91630200259",
        f"{circle},Kos,1999-05-09,{back}",
        f"{back},Kos,1995-05-06,{circle}",
        f"{good},Janssens,1994-05-05,01490700185",
        "01490700185,Janssens,2001-09-07,",
    ]
    path = str(_write(tmp_path, "ssin,surname,birth_date,replaced_by", *lines))
    loaded = run.invoke(commands.app, ["load", path])
    assert (loaded.exit_code, loaded.stdout) == (0, "6 people loaded, 0 rows bad\n")
    assert loaded.stderr.splitlines() == [f"line {line}: warning: {LEADS_NOWHERE}" for line in (2, 3, 4, 5)]


def test_strict_loads_nothing(register: SqlRegister, tmp_path: Path) -> None:
    path = _write(tmp_path, HEADER, WHOLE, "1,,,,")
    told: list[int] = []
    done = load(path, register, today=TODAY, strict=True, on_bad=lambda line, _reason: told.append(line))
    assert (done.people, done.bad, told, register.revision()) == (0, 1, [3], 0)


def test_a_byte_that_is_not_utf_8_spoils_its_row(register: SqlRegister, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(f"{HEADER}\n93451204619,M\xfcller,,,1993-05-12\n".encode("latin-1") + WHOLE.encode() + b"\n")
    told: list[tuple[int, str]] = []
    assert load(path, register, today=TODAY, on_bad=lambda *bad: told.append(bad)).people == 1
    assert told == [(2, "not UTF-8")]


def test_unknown_values_and_columns_are_left_out_with_a_warning(register: SqlRegister, tmp_path: Path) -> None:
    path = _write(
        tmp_path,
        "ssin,surname,birth_date,nationality,birth_country,sex,shoe_size",
        "83452416311,Reuter,1983-05-24,YU,XK,X,46",
    )
    told: list[tuple[int, str]] = []
    load(path, register, today=TODAY, on_warning=lambda *said: told.append(said))
    assert [line for line, _ in told] == [1, 2, 2]
    assert "shoe_size" in told[0][1]
    person = register.person(COENIGE)
    assert person is not None
    assert (person.nationality, person.birth_country, person.sex) == (None, "XK", None)


@pytest.mark.parametrize(
    "lines", [(), ("ssin,surname",), ("ssin,surname,birth_date,surname",), ("ssin;surname;birth_date",)]
)
def test_a_file_without_its_columns_is_refused(register: SqlRegister, tmp_path: Path, lines: tuple[str, ...]) -> None:
    with pytest.raises(InvalidInput, match="column"):
        load(_write(tmp_path, *lines), register, today=TODAY)


def test_parquet(register: SqlRegister, tmp_path: Path) -> None:
    path = tmp_path / "people.parquet"
    table = pa.table(
        {
            "ssin": [83452416311, 1490700185, 5],
            "surname": ["Reuter", "Horvat", "Nobody"],
            "birth_date": [date(1983, 5, 24), date(2001, 9, 7), None],
            "sex": ["M", None, ""],
        }
    )
    pyarrow.parquet.write_table(table, path)
    told: list[tuple[int, str]] = []
    assert load(path, register, today=TODAY, on_bad=lambda *bad: told.append(bad)).people == 2
    assert told == [(3, "ssin: not a valid NISS; birth_date: is required")]
    assert register.person(Niss("01490700185"))


def test_more_than_one_batch_with_progress(register: SqlRegister, tmp_path: Path) -> None:
    lines = [f"83452416311,Reuter{number},1983-05-24" for number in range(BATCH + 5)]
    seen: list[float] = []
    done = load(_write(tmp_path, "ssin,surname,birth_date", *lines), register, today=TODAY, on_progress=seen.append)
    assert done.people == BATCH + 5
    assert register.revision() == 2
    assert seen[-1] == 1.0
    assert seen == sorted(seen)


QUERIES = (
    "query_id,surname,given_names,sex,birth_date,birth_place,birth_country,nationality",
    "1,Reuter,Coenig,M,1983-05-24,Aachen,DE,DE",
    "2,Reuter,Coenig,M,1983-05-25,Aachen,DE,DE",
    "3,Tienpont,Maria,F,1990-02-03,Gent,BE,BE",
    "4,Reuter,Coenig,M,1983-02-30,Aachen,DE,DE",
    "5,Reuter,Coenig,M,1983-05-24,Aachen,Germany,DE",
    ",Reuter,Coenig,M,1983-05-24,Aachen,DE,DE",
)


def test_match(register: SqlRegister, tmp_path: Path) -> None:
    load(_write(tmp_path, HEADER, WHOLE.replace(",2020-01-02,93451204619,", ",,,")), register, today=TODAY)
    queries = tmp_path / "queries.csv"
    queries.write_text("\n".join(QUERIES))
    answers = list(match_file(queries, register, today=TODAY))
    assert [answer.get("decision") for answer in answers] == ["identified", "ambiguous", "unknown", None, None, None]
    assert answers[0]["ssin"] == "83452416311"
    assert answers[0]["candidates"][0]["ssin"] == "83452416311"
    assert answers[0]["ms"] > 0
    assert "ssin" not in answers[1]
    assert answers[2]["candidates"] == []
    assert answers[3] == {"query_id": "4", "error": "birth_date: not a date"}
    assert answers[5] == {"query_id": "", "error": "query_id: is required"}


@pytest.fixture
def run(register: SqlRegister, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setattr(commands, "_register", lambda: register)
    return CliRunner()


def test_commands(run: CliRunner, register: SqlRegister, tmp_path: Path) -> None:
    path = str(_write(tmp_path, HEADER, WHOLE, "1,,,,"))
    strict = run.invoke(commands.app, ["load", path, "--strict"])
    assert (strict.exit_code, register.revision()) == (1, 0)
    loaded = run.invoke(commands.app, ["load", path])
    assert loaded.exit_code == 0
    assert "line 3: ssin: not a valid NISS" in loaded.stderr
    assert loaded.stdout == "1 people loaded, 1 rows bad\n"
    added = ["add", "--ssin", "93.45.12-046.19", "--surname", "Horvat", "--birth-date", "1993-05-12", "--sex", "F"]
    assert run.invoke(commands.app, added).exit_code == 0
    assert register.person(Niss("93451204619"))
    replaced = run.invoke(commands.app, [*added, "--replaced-by", "93.45.12-046.19"])
    assert (replaced.exit_code, replaced.stderr) == (0, f"warning: {LEADS_NOWHERE}\n")
    refused = run.invoke(commands.app, [*added[:2], "12345678901", *added[3:]])
    assert (refused.exit_code, refused.stderr) == (1, "ssin: not a valid NISS\n")
    queries = tmp_path / "queries.csv"
    queries.write_text("\n".join(QUERIES))
    matched = run.invoke(commands.app, ["match", str(queries), "--json"])
    assert matched.exit_code == 0
    assert [json.loads(line)["query_id"] for line in matched.stdout.splitlines()] == ["1", "2", "3", "4", "5", ""]
    assert run.invoke(commands.app, ["match", path]).exit_code == 1
    assert run.invoke(commands.app, ["load", str(tmp_path / "none.csv")]).exit_code != 0
