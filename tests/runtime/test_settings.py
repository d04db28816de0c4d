"""Settings: sources and their order, every wrong one a single line that names it, the documentation as complete."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from domain.errors import InvalidInput
from matching.decide import Risk
from runtime.settings import PROJECT, Settings, WrongSetting, load_settings
from runtime.settings_files import run_file_settings, write_run_file
from runtime.settings_table import SETTINGS, TEMPORAL


def load(
    environ: Mapping[str, str], project: Path, *, follow: bool = True, default_mode: str = "production"
) -> Settings:
    return load_settings(
        {"NISS_HOME": str(project / "home"), **environ}, project=project, follow=follow, default_mode=default_mode
    )


def test_defaults_are_those_of_the_contract(tmp_path: Path) -> None:
    settings = load_settings({}, project=tmp_path)
    assert settings.home == tmp_path / "var"
    assert (settings.mode, settings.host, settings.port) == ("production", "127.0.0.1", 8000)
    assert settings.database_url == f"sqlite:///{tmp_path}/var/niss.db"
    assert settings.blob_url == f"file://{tmp_path}/var/blobs"
    assert settings.smtp_url == "smtp://127.0.0.1:1025"
    assert settings.public_url == "http://127.0.0.1:8000"
    assert settings.number_series == "bis"
    assert settings.four_eyes == "lookalikes"
    assert settings.question_rounds == 3
    assert (settings.accepted_risk, settings.overlooked_risk) == (Risk().accepted, Risk().overlooked)
    assert settings.claim_lease == timedelta(minutes=10)
    assert settings.ruling_undo == timedelta(seconds=10)
    assert settings.mail_deadline == timedelta(hours=48)
    assert settings.delays.draft_reminder == timedelta(days=7)
    assert settings.delays.draft_expiry == timedelta(days=30)
    assert settings.delays.answer_reminder == timedelta(days=5)
    assert settings.delays.answer_expiry == timedelta(days=21)
    assert settings.delays.review_escalation == timedelta(days=2)
    assert settings.delays.identify_deadline == timedelta(hours=24)
    assert settings.embedded_engine
    assert settings.temporal_target == "127.0.0.1:7233"
    assert settings.warnings == ()


def test_development_has_fictitious_numbers(tmp_path: Path) -> None:
    settings = load({}, tmp_path, default_mode="development")
    assert settings.development
    assert settings.number_series == "fictitious"
    assert load({"NISS_NUMBER_SERIES": "bis"}, tmp_path, default_mode="development").number_series == "bis"
    assert load({"NISS_MODE": "production"}, tmp_path, default_mode="development").number_series == "bis"


def test_environment_beats_dotenv_beats_run_file_beats_default(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    assert load({}, tmp_path).port == 8000
    write_run_file(home, {"mode": "development", "port": 8100, "temporalPort": 7100})
    followed = load({}, tmp_path)
    assert (followed.mode, followed.port, followed.temporal_port) == ("development", 8100, 7100)
    assert followed.public_url == "http://127.0.0.1:8100"
    (tmp_path / ".env").write_text("export NISS_PORT=8200  # ours\nNISS_MAIL_FROM='Desk <a@b.example>'\n\n# no\n")
    assert load({}, tmp_path).port == 8200
    assert load({}, tmp_path).mail_from == "Desk <a@b.example>"
    assert load({"NISS_PORT": "8300"}, tmp_path).port == 8300
    assert load({"NISS_PORT": ""}, tmp_path).port == 8200


def test_make_run_does_not_follow_itself(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    write_run_file(tmp_path / "home", {"mode": "development", "port": 8100})
    settings = load({}, tmp_path, follow=False)
    assert (settings.mode, settings.port) == ("production", 8000)


def test_port_zero_follows_the_port_that_was_taken(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    write_run_file(tmp_path / "home", {"mode": "development", "port": 8100})
    assert load({"NISS_PORT": "0"}, tmp_path).port == 8100
    assert load({"NISS_PORT": "0"}, tmp_path, follow=False).port == 0


@pytest.mark.parametrize("content", ["", "{", "[]", "null", '{"port": null}'])
def test_broken_run_file_is_no_run_file(tmp_path: Path, content: str) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "run.json").write_text(content)
    assert load({}, tmp_path).port == 8000


def test_relative_home_is_seen_from_where_it_was_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    assert load_settings({"NISS_HOME": "data"}, project=tmp_path).home == elsewhere / "data"
    (tmp_path / ".env").write_text("NISS_HOME=data")
    assert load_settings({}, project=tmp_path).home == tmp_path / "data"


WRONG = [
    ("NISS_MODE", "staging", "must be one of development, production"),
    ("NISS_PORT", "http", "must be a whole number from 0 to 65535"),
    ("NISS_PORT", "65536", "must be a whole number from 0 to 65535"),
    ("NISS_PORT", "-1", "must be a whole number"),
    ("NISS_PORT", "²", "must be a whole number"),
    ("NISS_UI_PORT", "8000", "8000 is also NISS_PORT"),
    ("NISS_METRICS_PORT", "8233", "8233 is also NISS_UI_PORT"),
    ("NISS_METRICS_PORT", "0", "must be a whole number from 1 to 65535"),
    ("NISS_DATABASE_URL", "mysql://x", "must be a URL that begins with sqlite:// or postgresql://"),
    ("NISS_DATABASE_URL", "niss.db", "must be a URL"),
    ("NISS_DATABASE_POOL", "1", "must be a whole number from 2 to 1000"),
    ("NISS_BLOB_URL", "ftp://x", "must be a URL that begins with file:// or s3://"),
    ("NISS_SMTP_URL", "http://x", "must be a URL that begins with smtp:// or smtps://"),
    ("NISS_SMTP_URL", "smtp://x:99999", "not a URL"),
    ("NISS_MAIL_FROM", "desk", "must be a mail address"),
    ("NISS_MAIL_FROM", "a@b\nBcc: c@d", "must be one line"),
    ("NISS_PUBLIC_URL", "desk.example.org", "must be a URL that begins with http:// or https://"),
    ("NISS_PUBLIC_URL", "https://", "must be an http or https URL with a host"),
    ("NISS_OIDC_ISSUER", "x", "must be a URL"),
    ("NISS_ENGINE", "docker", "must be one of auto, path, cache"),
    ("NISS_DRAFT_EXPIRY", "30 days", "not an ISO 8601 duration"),
    ("NISS_DRAFT_EXPIRY", "P1M", "months and years have no fixed length"),
    ("NISS_DRAFT_EXPIRY", "P1Y", "months and years have no fixed length"),
    ("NISS_DRAFT_EXPIRY", "-P1D", "must not be negative"),
    ("NISS_DRAFT_EXPIRY", "P99999999999D", "longer than ten years"),
    ("NISS_REVIEW_ESCALATION", "PT0S", "must be longer than zero"),
    ("NISS_RULING_UNDO", "-PT1S", "must not be negative"),
    ("NISS_DRAFT_REMINDER", "P30D", "must be shorter than NISS_DRAFT_EXPIRY"),
    ("NISS_ANSWER_REMINDER", "P22D", "must be shorter than NISS_ANSWER_EXPIRY"),
    ("NISS_ACCEPTED_RISK", "2 %", "must be a number between 0 and 1"),
    ("NISS_OVERLOOKED_RISK", "1", "must be a number between 0 and 1"),
    ("NISS_NUMBER_CREATION", "always", "must be one of agent, automatic"),
    ("NISS_REGISTER_PATIENCE", "5 s", "not an ISO 8601 duration"),
    ("NISS_QUESTION_ROUNDS", "-1", "must be a whole number"),
    ("NISS_FOUR_EYES", "sometimes", "must be one of lookalikes, always, never"),
    ("NISS_NUMBER_SERIES", "real", "must be one of bis, fictitious"),
    ("NISS_SQLITE_SYNCHRONOUS", "OFF", "must be one of FULL, NORMAL"),
    ("TEMPORAL_PROFILE", "nowhere", "not found"),
]


@pytest.mark.parametrize(("name", "value", "why"), WRONG, ids=[f"{name}={value[:12]!r}" for name, value, _ in WRONG])
def test_wrong_setting_is_one_line_that_names_it(tmp_path: Path, name: str, value: str, why: str) -> None:
    with pytest.raises(WrongSetting) as caught:
        load({name: value}, tmp_path)
    text = str(caught.value)
    assert text.startswith(f"{name}: ")
    assert why in text
    assert "\n" not in text
    assert isinstance(caught.value, InvalidInput)


def test_zero_undo_is_allowed(tmp_path: Path) -> None:
    assert load({"NISS_RULING_UNDO": "PT0S"}, tmp_path).ruling_undo == timedelta(0)


def test_dotenv_line_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("NISS_PORT=8000\nport 9\n")
    with pytest.raises(WrongSetting, match="line 2"):
        load({}, tmp_path)


def test_home_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    with pytest.raises(WrongSetting, match="NISS_HOME"):
        load({}, tmp_path)


def test_unknown_setting_is_a_warning(tmp_path: Path) -> None:
    settings = load({"NISS_DRAFT_EXPIRE": "P1D", "NISS_REQUIRE": "engine"}, tmp_path)
    assert settings.warnings == ("NISS_DRAFT_EXPIRE: no such setting; did you mean NISS_DRAFT_EXPIRY?",)


def test_embedded_issuer_is_for_development(tmp_path: Path) -> None:
    load({"NISS_MODE": "development"}, tmp_path).check_issuer()
    load({"NISS_OIDC_ISSUER": "https://login.example.org"}, tmp_path).check_issuer()
    with pytest.raises(WrongSetting, match="NISS_OIDC_ISSUER"):
        load({}, tmp_path).check_issuer()


def test_given_cluster_embeds_nothing(tmp_path: Path) -> None:
    settings = load(
        {"TEMPORAL_ADDRESS": "t.example:7233", "TEMPORAL_NAMESPACE": "niss", "TEMPORAL_API_KEY": "k"}, tmp_path
    )
    assert not settings.embedded_engine
    assert settings.temporal_target == "t.example:7233"
    assert settings.temporal_profile.to_client_connect_config() == {
        "target_host": "t.example:7233",
        "namespace": "niss",
        "api_key": "k",
        "tls": True,
    }


def test_profile_of_temporals_own_file(tmp_path: Path) -> None:
    file = tmp_path / "temporal.toml"
    file.write_text(
        '[profile.prod]\naddress = "p.example:7233"\nnamespace = "prod"\n[profile.empty]\nnamespace = "x"\n'
    )
    given = {"TEMPORAL_CONFIG_FILE": str(file), "TEMPORAL_PROFILE": "prod"}
    assert load(given, tmp_path).temporal_address == "p.example:7233"
    with pytest.raises(WrongSetting, match="names no address"):
        load({**given, "TEMPORAL_PROFILE": "empty"}, tmp_path)


def test_secrets_stay_out_of_the_repr(tmp_path: Path) -> None:
    secrets = {
        "NISS_DATABASE_URL": "postgresql://niss:hush@db/niss",
        "NISS_SMTP_URL": "smtp://user:hush@mail",
        "TEMPORAL_ADDRESS": "t:1",
        "TEMPORAL_API_KEY": "hush",
    }
    assert "hush" not in repr(load(secrets, tmp_path))


def test_addresses_everybody_listens_on_are_not_shown(tmp_path: Path) -> None:
    assert load({"NISS_HOST": "0.0.0.0"}, tmp_path).public_url == "http://127.0.0.1:8000"  # noqa: S104 - nobody listens
    assert load({"NISS_HOST": "::1"}, tmp_path).public_url == "http://[::1]:8000"
    assert load({"NISS_PUBLIC_URL": "https://desk.example.org/"}, tmp_path).public_url == "https://desk.example.org"


def test_run_file_is_replaced_whole(tmp_path: Path) -> None:
    write_run_file(tmp_path, {"mode": "development", "port": 1})
    write_run_file(tmp_path, {"mode": "production"})
    assert json.loads((tmp_path / "run.json").read_text()) == {"mode": "production"}
    assert [path.name for path in tmp_path.iterdir()] == ["run.json"]
    assert run_file_settings({"mode": "production"}) == {"NISS_MODE": "production"}


def test_documentation_is_the_table() -> None:
    text = (PROJECT / "docs" / "configuration.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith(("| `NISS_", "| `TEMPORAL_"))]
    settings = [f"| `{setting.name}` | {setting.default_in_words} | {setting.does} |" for setting in SETTINGS]
    temporal = [f"| `{name}` | {does} |" for name, does in TEMPORAL]
    assert rows == settings + temporal


def test_every_setting_is_read_somewhere(tmp_path: Path) -> None:
    example = (PROJECT / ".env.example").read_text(encoding="utf-8")
    names = {setting.name for setting in SETTINGS} | {name for name, _ in TEMPORAL}
    for line in example.splitlines():
        if "=" in line:
            assert line.removeprefix("# ").partition("=")[0] in names
    (tmp_path / ".env").write_text(example)
    assert load({}, tmp_path).warnings == ()
