"""The settings of one process: read once at its start, frozen, passed on, never a global.

Sources, strongest first: the environment, the project's `.env`, the data folder's `run.json` (mode and ports of the
last `make run`, so that every `niss` command follows it), the defaults of runtime/settings_table.py.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from temporalio.envconfig import ClientConfigProfile

from runtime.settings_files import WrongSetting, merged_environ, read_run_file, run_file_settings
from runtime.settings_table import SETTINGS, TOOLING

__all__ = ["PROJECT", "Delays", "Settings", "WrongSetting", "load_settings"]

PROJECT = Path(__file__).resolve().parent.parent
"""The folder of the project, from whatever folder a command is called."""

LOOPBACK = ("localhost", "127.0.0.1", "::1")
#: What the embedded issuer leaves in the data folder (access/issuer.py).
DEVELOPMENT_KEY = Path("keys", "development-issuer.json")
_PORTS = ("NISS_PORT", "NISS_TEMPORAL_PORT", "NISS_UI_PORT", "NISS_SMTP_PORT")


@dataclass(frozen=True, slots=True)
class Delays:
    """How long the story waits. Read when a request opens; they travel in the workflow's input."""

    draft_reminder: timedelta
    draft_expiry: timedelta
    answer_reminder: timedelta
    answer_expiry: timedelta
    review_escalation: timedelta
    identify_deadline: timedelta
    mail_deadline: timedelta


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything one process was told. Values that may hold a password are left out of its repr."""

    home: Path
    mode: Literal["development", "production"]
    host: str
    port: int
    database_url: str = field(repr=False)
    database_pool: int
    sqlite_synchronous: str
    blob_url: str = field(repr=False)
    keystore_url: str = field(repr=False)
    kek_file: Path | None
    smtp_url: str = field(repr=False)
    mail_from: str
    public_url: str
    oidc_issuer: str | None
    oidc_audience: str
    oidc_client_id: str
    oidc_client_key: str | None
    oidc_client_secret: str | None = field(repr=False)
    oidc_acr: tuple[str, ...]
    oidc_issuers: str | None
    session_idle: timedelta
    session_lifetime: timedelta
    engine: str
    temporal_address: str | None
    temporal_namespace: str
    temporal_port: int
    ui_port: int
    smtp_port: int
    metrics_port: int | None
    pseudonym_key: bytes | None = field(repr=False)
    calls_a_minute: int
    heads_file: Path
    heads_url: str | None = field(repr=False)
    claim_lease: timedelta
    ruling_undo: timedelta
    accepted_risk: float
    overlooked_risk: float
    number_creation: Literal["agent", "automatic"]
    register_patience: timedelta
    question_rounds: int
    four_eyes: Literal["lookalikes", "always", "never"]
    number_series: Literal["bis", "fictitious"]
    delays: Delays
    smtp_given: bool = False
    temporal_profile: ClientConfigProfile = field(default_factory=ClientConfigProfile, repr=False)
    warnings: tuple[str, ...] = ()

    @property
    def development(self) -> bool:
        """Whether demo people, the embedded issuer and fictitious numbers are allowed."""
        return self.mode == "development"

    @property
    def embedded_engine(self) -> bool:
        """Whether the Temporal server is ours to start."""
        return self.temporal_address is None

    @property
    def temporal_target(self) -> str:
        """`host:port` of the Temporal server, embedded or given."""
        return self.temporal_address or f"127.0.0.1:{self.temporal_port}"

    @property
    def mailbox(self) -> Path:
        """Where the local catcher keeps what it caught."""
        return self.home / "mailbox"

    @property
    def mail_deadline(self) -> timedelta:
        """After this long a mail is given up."""
        return self.delays.mail_deadline

    def make_home(self) -> None:
        """Make the data folder where it is missing. Raises WrongSetting."""
        try:
            self.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise WrongSetting(f"NISS_HOME: {self.home} cannot be made: {error.strerror}") from None

    def check_issuer(self) -> None:
        """Raise WrongSetting where outside development a token of development, or of anybody on the way, could hold."""
        if self.development:
            return
        if self.oidc_issuer is None and self.oidc_issuers is None:
            raise WrongSetting(
                "NISS_OIDC_ISSUER: the embedded issuer is for development only; "
                "name the issuer of your organisation, or set NISS_MODE=development"
            )
        issuer = urlsplit(self.oidc_issuer or "https:")
        if issuer.scheme != "https" and issuer.hostname not in LOOPBACK:
            raise WrongSetting("NISS_OIDC_ISSUER: must be https in production: by http its keys could be anybody's")
        if (self.home / DEVELOPMENT_KEY).exists():
            raise WrongSetting(
                f"NISS_HOME: {self.home} was used for development (it holds {DEVELOPMENT_KEY}, and demo people); "
                "give production a data folder and a database of its own"
            )


def load_settings(
    environ: Mapping[str, str], *, project: Path, follow: bool = True, default_mode: str = "production"
) -> Settings:
    """Read every setting once.

    Args:
        environ: variables of the process, usually `os.environ`.
        project: folder of the project: its `.env`, and `var/` as default data folder.
        follow: whether the last `make run` on the data folder counts; false for `make run` itself.
        default_mode: the mode where nobody names one.

    Raises WrongSetting, one line that names the variable.
    """
    given = merged_environ(environ, project=project)
    home = _home(environ, given, project)
    ran = run_file_settings(read_run_file(home)) if follow else {}
    for name in _PORTS:
        # A port of 0 asks for a free one: other commands follow the one that was taken.
        if given.get(name, "").strip() == "0" and name in ran:
            del given[name]
    sources: tuple[Mapping[str, str], ...] = (given, ran, {"NISS_MODE": default_mode})
    values = {setting.name: _read(setting.name, sources) for setting in SETTINGS}
    profile = _temporal(given)
    _check_pairs(values)
    embedded = profile.address is None
    _check_ports(values, embedded=embedded, catcher=values["NISS_SMTP_URL"] is None)
    development = values["NISS_MODE"] == "development"
    host, port, smtp_port = values["NISS_HOST"], values["NISS_PORT"], values["NISS_SMTP_PORT"]
    seen_host = "127.0.0.1" if host in {"0.0.0.0", "::"} else f"[{host}]" if ":" in host else host  # noqa: S104 - compared
    return Settings(
        home=home,
        mode=values["NISS_MODE"],
        host=host,
        port=port,
        database_url=values["NISS_DATABASE_URL"] or f"sqlite:///{home / 'niss.db'}",
        database_pool=values["NISS_DATABASE_POOL"],
        sqlite_synchronous=values["NISS_SQLITE_SYNCHRONOUS"],
        blob_url=values["NISS_BLOB_URL"] or (home / "blobs").as_uri(),
        keystore_url=values["NISS_KEYSTORE_URL"] or f"sqlite:///{home / 'keys.db'}",
        kek_file=Path(values["NISS_KEK_FILE"]) if values["NISS_KEK_FILE"] else None,
        smtp_url=values["NISS_SMTP_URL"] or f"smtp://127.0.0.1:{smtp_port}",
        smtp_given=values["NISS_SMTP_URL"] is not None,
        mail_from=values["NISS_MAIL_FROM"],
        public_url=values["NISS_PUBLIC_URL"] or f"http://{seen_host}:{port}",
        oidc_issuer=values["NISS_OIDC_ISSUER"],
        oidc_audience=values["NISS_OIDC_AUDIENCE"],
        oidc_client_id=values["NISS_OIDC_CLIENT_ID"] or values["NISS_OIDC_AUDIENCE"],
        oidc_client_key=values["NISS_OIDC_CLIENT_KEY"],
        oidc_client_secret=values["NISS_OIDC_CLIENT_SECRET"],
        oidc_acr=tuple((values["NISS_OIDC_ACR"] or "").split()),
        oidc_issuers=values["NISS_OIDC_ISSUERS"],
        session_idle=values["NISS_SESSION_IDLE"],
        session_lifetime=values["NISS_SESSION_LIFETIME"],
        engine=values["NISS_ENGINE"],
        temporal_address=profile.address,
        temporal_namespace=profile.namespace or "default",
        temporal_profile=profile,
        temporal_port=values["NISS_TEMPORAL_PORT"],
        ui_port=values["NISS_UI_PORT"],
        smtp_port=smtp_port,
        metrics_port=values["NISS_METRICS_PORT"],
        pseudonym_key=values["NISS_PSEUDONYM_KEY"],
        calls_a_minute=values["NISS_CALLS_A_MINUTE"],
        heads_file=Path(values["NISS_HEADS_FILE"] or home / "audit" / "heads.jsonl"),
        heads_url=values["NISS_HEADS_URL"],
        claim_lease=values["NISS_CLAIM_LEASE"],
        ruling_undo=values["NISS_RULING_UNDO"],
        accepted_risk=values["NISS_ACCEPTED_RISK"],
        overlooked_risk=values["NISS_OVERLOOKED_RISK"],
        number_creation=values["NISS_NUMBER_CREATION"],
        register_patience=values["NISS_REGISTER_PATIENCE"],
        question_rounds=values["NISS_QUESTION_ROUNDS"],
        four_eyes=values["NISS_FOUR_EYES"],
        number_series=values["NISS_NUMBER_SERIES"] or ("fictitious" if development else "bis"),
        delays=_delays(values),
        warnings=_unknown(given),
    )


def _home(environ: Mapping[str, str], given: Mapping[str, str], project: Path) -> Path:
    text = given.get("NISS_HOME", "")
    if not text:
        return (project / "var").absolute()
    # A relative folder is seen from where it was written: the shell's folder, or the project's for its .env.
    base = Path.cwd() if environ.get("NISS_HOME", "").strip() else project
    try:
        home = Path(base, Path(text).expanduser()).absolute()
        if home.exists() and not home.is_dir():
            raise WrongSetting("NISS_HOME: is a file, not a folder")
    except (OSError, RuntimeError, ValueError):
        raise WrongSetting("NISS_HOME: is no folder that can be made") from None
    return home


def _read(name: str, sources: tuple[Mapping[str, str], ...]) -> Any:  # noqa: ANN401 - the table knows the type
    setting = next(setting for setting in SETTINGS if setting.name == name)
    text = next((source[name] for source in sources if name in source), setting.default)
    if text is None:
        return None
    try:
        return setting.read(text.strip())
    except ValueError as error:
        raise WrongSetting(f"{name}: {error}") from None


def _temporal(given: Mapping[str, str]) -> ClientConfigProfile:
    variables = {name: value for name, value in given.items() if name.startswith(("TEMPORAL_", "HOME", "XDG_"))}
    named = "TEMPORAL_PROFILE" in given or "TEMPORAL_CONFIG_FILE" in given
    # A configuration file that merely lies in the home folder must not turn the embedded server off.
    try:
        profile = ClientConfigProfile.load(disable_file=not named, override_env_vars=variables)
    except RuntimeError as error:
        raise WrongSetting(f"TEMPORAL_PROFILE: {str(error).splitlines()[0]}") from None
    if profile.address is not None and not re.fullmatch(r"\S+:\d{1,5}", profile.address):
        raise WrongSetting("TEMPORAL_ADDRESS: must be host:port")
    if named and profile.address is None:
        raise WrongSetting("TEMPORAL_PROFILE: the profile names no address")
    return profile


def _check_pairs(values: Mapping[str, Any]) -> None:
    for stem in ("NISS_DRAFT", "NISS_ANSWER"):
        if values[f"{stem}_REMINDER"] >= values[f"{stem}_EXPIRY"]:
            raise WrongSetting(f"{stem}_REMINDER: must be shorter than {stem}_EXPIRY")
    if values["NISS_SESSION_IDLE"] > values["NISS_SESSION_LIFETIME"]:
        raise WrongSetting("NISS_SESSION_IDLE: must not be longer than NISS_SESSION_LIFETIME")


def _check_ports(values: Mapping[str, Any], *, embedded: bool, catcher: bool) -> None:
    used = ["NISS_PORT"]
    used += ["NISS_TEMPORAL_PORT", "NISS_UI_PORT"] if embedded else []
    used += ["NISS_SMTP_PORT"] if catcher else []
    used += ["NISS_METRICS_PORT"] if values["NISS_METRICS_PORT"] else []
    seen: dict[int, str] = {}
    for name in used:
        number = values[name]
        if number and number in seen:
            raise WrongSetting(f"{name}: {number} is also {seen[number]}")
        seen[number] = name


def _delays(values: Mapping[str, Any]) -> Delays:
    return Delays(**{name: values[f"NISS_{name.upper()}"] for name in Delays.__dataclass_fields__})


def _unknown(given: Mapping[str, str]) -> tuple[str, ...]:
    known = {setting.name for setting in SETTINGS}
    lines = []
    for name in sorted(name for name in given if name.startswith("NISS_") and name not in known | TOOLING):
        close = difflib.get_close_matches(name, known, n=1)
        lines.append(f"{name}: no such setting" + (f"; did you mean {close[0]}?" if close else ""))
    return tuple(lines)
