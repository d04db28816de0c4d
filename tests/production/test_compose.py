"""temporal-compose.yml, without Docker: its schema, its promises, and that our settings come out of it right."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from runtime.settings import load_settings
from runtime.settings_table import SETTINGS

PROJECT = Path(__file__).resolve().parents[2]
FILE = PROJECT / "temporal-compose.yml"
TEXT = FILE.read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = YAML(typ="safe", pure=True).load(TEXT)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
JOBS = {"temporal-schema", "migrate"}
OURS = {"migrate", "api", "worker", "catcher"}
VARIABLE = re.compile(r"\$\{(\w+)(?::([-?])([^}]*))?\}")
#: Settings that the image or the way it is run decides.
DECIDED = {
    "NISS_HOME",
    "NISS_HOST",
    "NISS_PORT",
    "NISS_BLOB_URL",
    "NISS_ENGINE",
    "NISS_NUMBER_SERIES",
    "NISS_SMTP_PORT",
    "NISS_SQLITE_SYNCHRONOUS",
    "NISS_TEMPORAL_PORT",
    "NISS_UI_PORT",
}
FILLED = {
    "POSTGRES_PASSWORD": "p@ss/word#1",
    "DESK_DB_PASSWORD": "p@ss/word#2",
    "ENGINE_DB_PASSWORD": "p@ss/word#3",
    "NISS_PUBLIC_URL": "https://niss.example.org",
    "NISS_OIDC_ISSUER": "https://login.example.org",
    "NISS_PSEUDONYM_KEY": "0f" * 32,
    "NISS_KEK": "/etc/niss/kek",
}


def filled(value: object, variables: dict[str, str]) -> str:
    """As Compose puts variables in."""

    def one(found: re.Match[str]) -> str:
        name, kind, otherwise = found.groups()
        if variables.get(name):
            return variables[name]
        assert kind == "-", f"{name} is required"
        return str(otherwise)

    return VARIABLE.sub(one, str(value))


def test_it_is_a_compose_file() -> None:
    """By the Compose specification's own schema, as check-jsonschema carries it."""
    tool = Path(sys.executable).with_name("check-jsonschema")
    done = subprocess.run(
        [tool, "--builtin-schema", "vendor.compose-spec", FILE], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_it_is_made_of() -> None:
    assert set(SERVICES) == {"postgres", "temporal-schema", "temporal", "temporal-ui", *OURS}
    assert {SERVICES[name]["command"][0] for name in OURS} == OURS


@pytest.mark.parametrize("name", SERVICES)
def test_images_are_pinned(name: str) -> None:
    tag = SERVICES[name]["image"].rpartition(":")[2]
    assert re.match(r"\d+\.\d+", tag), SERVICES[name]["image"]
    if name in OURS:
        version = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]["version"]
        assert SERVICES[name]["image"] == f"niss-desk:{version}"


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_tells_its_health_and_comes_back(name: str) -> None:
    service = SERVICES[name]
    if name in JOBS:
        assert service["restart"] == "no"
    else:
        assert service["restart"] == "unless-stopped"
        assert service["healthcheck"]["test"][0] == "CMD"
        assert {"interval", "timeout", "retries", "start_period"} <= set(service["healthcheck"])


@pytest.mark.parametrize("name", SERVICES)
def test_who_needs_somebody_waits_until_they_are_well(name: str) -> None:
    for other, how in SERVICES[name].get("depends_on", {}).items():
        assert how["condition"] == ("service_completed_successfully" if other in JOBS else "service_healthy")
        assert other in JOBS or "healthcheck" in SERVICES[other]


@pytest.mark.parametrize("name", sorted(OURS))
def test_ours_may_do_as_little_as_possible(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "user" not in service, "the image's own, which is not root"
    assert "privileged" not in service


@pytest.mark.parametrize("name", SERVICES)
def test_nobody_gains_privileges_and_logs_stay_small(name: str) -> None:
    assert SERVICES[name]["security_opt"] == ["no-new-privileges:true"]
    assert SERVICES[name]["logging"]["options"]["max-size"]


@pytest.mark.parametrize("name", SERVICES)
def test_ports_are_for_this_machine_unless_asked(name: str) -> None:
    for port in SERVICES[name].get("ports", []):
        assert filled(port, {}).startswith("127.0.0.1:")
    assert not (SERVICES[name].get("ports") and name in {"postgres", "temporal", "catcher", "worker"})


@pytest.mark.parametrize("name", SERVICES)
def test_volumes_are_named_and_what_is_mounted_is_there(name: str) -> None:
    for volume in SERVICES[name].get("volumes", []):
        source, _, rest = volume.partition(":")
        if source.startswith("./"):
            assert (PROJECT / source).is_file()
            assert rest.endswith(":ro")
        else:
            assert source in COMPOSE["volumes"]


def test_keys_lie_apart_and_only_who_reads_pages_has_the_key_to_them() -> None:
    """The key-encryption key is a file of the host's, in no volume. The worker reads zones that took too long."""
    assert list(COMPOSE["secrets"]) == ["kek"]
    settings = SERVICES["api"]["environment"]
    assert settings["NISS_KEK_FILE"] == "/run/secrets/kek"
    assert {name for name, service in SERVICES.items() if "kek" in service.get("secrets", [])} == {"api", "worker"}
    mounted = [(name, one) for name, service in SERVICES.items() for one in service.get("volumes", [])]
    folders = {name: one.partition(":")[2] for name, one in mounted if one.startswith("keys:")}
    assert set(folders) == {"api", "worker"}
    (folder,) = set(folders.values())
    assert settings["NISS_KEYSTORE_URL"].startswith(f"sqlite:///{folder}/")
    assert f" {folder}\n" in (PROJECT / "Dockerfile").read_text("utf-8")


def test_databases_and_engine_are_reached_from_inside_only() -> None:
    assert COMPOSE["networks"]["data"] == {"internal": True}
    for name in ("postgres", "temporal-schema", "temporal", "migrate"):
        assert SERVICES[name]["networks"] == ["data"]


def test_there_is_no_secret_in_it_and_no_default_for_one() -> None:
    for name, service in SERVICES.items():
        for variable, value in (service.get("environment") or {}).items():
            # A place is no secret: NISS_KEYSTORE_URL has no password in it, as the last line says of every URL.
            if re.search("PASSWORD|PWD|SECRET|TOKEN|KEY", variable) and not variable.endswith("_URL"):
                assert re.fullmatch(r"\$\{\w+:(\?[^}]+|-)\}", value), f"{name}: {variable}"
    assert not re.search(r"://[^/\s]*:[^/\s]*@", TEXT)


def test_every_variable_is_documented_and_in_the_example() -> None:
    docs = "".join((PROJECT / "docs" / name).read_text("utf-8") for name in ("configuration.md", "operations.md"))
    example = (PROJECT / "deploy" / "compose.env.example").read_text("utf-8")
    for name, kind, _ in VARIABLE.findall(TEXT):
        assert f"`{name}`" in docs, name
        if kind == "?":
            assert re.search(rf"^{name}=$", example, re.MULTILINE), f"{name} is empty in the example"


def test_every_setting_can_be_given() -> None:
    given = set(SERVICES["api"]["environment"])
    assert {setting.name for setting in SETTINGS} - given == DECIDED


@pytest.mark.parametrize("missing", FILLED)
def test_what_must_be_given_stops_the_start_where_it_is_not(missing: str) -> None:
    assert re.search(rf"\$\{{{missing}:\?[^}}]+\}}", TEXT)
    assert not re.search(rf"\$\{{{missing}(:-[^}}]*)?\}}", TEXT)


@pytest.mark.parametrize("name", ["migrate", "api", "worker"])
def test_our_settings_come_out_right(name: str, tmp_path: Path) -> None:
    environ = {key: filled(value, FILLED) for key, value in SERVICES[name]["environment"].items()}
    settings = load_settings({**environ, "NISS_HOME": str(tmp_path)}, project=tmp_path)
    settings.check_issuer()
    assert settings.warnings == ()
    assert settings.mode == "production"
    assert settings.number_series == "bis"
    assert not settings.embedded_engine
    assert settings.smtp_url == "smtp://catcher:1025"
    assert settings.database_url == "postgresql://niss@postgres/niss"
    assert environ["PGPASSWORD"] == FILLED["DESK_DB_PASSWORD"]
    assert settings.delays.draft_expiry.days == 30


def test_temporals_schema_is_brought_to_its_images_version(tmp_path: Path) -> None:
    """The tool itself is in the image; what it is asked is seen here."""
    asked = tmp_path / "asked"
    tool = tmp_path / "temporal-sql-tool"
    tool.write_text(f'#!/bin/sh\necho "$@" >>{asked}\n')
    tool.chmod(0o755)
    script = PROJECT / "deploy" / "temporal-schema.sh"
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    subprocess.run(["sh", script], env={"PATH": path, "SQL_PASSWORD": "x"}, check=True)
    common = "--plugin postgres12 --ep postgres -p 5432 -u temporal --db"
    tables = "/etc/temporal/schema/postgresql/v12"
    assert asked.read_text().splitlines() == [
        f"{common} temporal setup-schema -v 0.0",
        f"{common} temporal update-schema -d {tables}/temporal/versioned",
        f"{common} temporal_visibility setup-schema -v 0.0",
        f"{common} temporal_visibility update-schema -d {tables}/visibility/versioned",
    ]
    images = {SERVICES[name]["image"].rpartition(":")[2] for name in ("temporal", "temporal-schema")}
    assert len(images) == 1


def test_dynamic_configuration_is_a_list_of_values_a_name() -> None:
    content = YAML(typ="safe", pure=True).load((PROJECT / "deploy" / "temporal-dynamic.yaml").read_text())
    assert content == {"system.enableActivityEagerExecution": [{"value": True}]}
