"""Every setting once: its name, its default, what it does, how it is read. docs/configuration.md says the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from runtime import settings_read as read


@dataclass(frozen=True, slots=True)
class Setting:
    """One environment variable.

    `default` is the text read when nothing is given; where it is None, `shown` says what stands in for it.
    """

    name: str
    default: str | None
    does: str
    read: Callable[[str], object]
    shown: str = ""

    @property
    def default_in_words(self) -> str:
        """What the documentation prints in the column "default"."""
        return f"`{self.default}`" if self.default is not None else self.shown


SETTINGS: tuple[Setting, ...] = (
    Setting("NISS_HOME", None, "data folder: everything that is written", read.text_line, "`var/` of the project"),
    Setting(
        "NISS_MODE",
        None,
        "`development` brings demo people, an own sign-in and fictitious numbers; `production` none of them",
        read.one_of("development", "production"),
        "`development` under `make run` and `make demo`, otherwise `production`",
    ),
    Setting("NISS_HOST", "127.0.0.1", "address on which API and portal listen", read.text_line),
    Setting("NISS_PORT", "8000", "port of API and portal; `0`: a free one", read.port),
    Setting(
        "NISS_DATABASE_URL",
        None,
        "database of requests and register: `sqlite:///…` or `postgresql://…`",
        read.url("sqlite", "postgresql"),
        "SQLite file `niss.db` in the data folder",
    ),
    Setting(
        "NISS_DATABASE_POOL",
        "10",
        "connections to PostgreSQL that a process opens at most for requests, and as many for the register",
        read.whole_number(2, 1_000),
    ),
    Setting(
        "NISS_SQLITE_SYNCHRONOUS",
        "FULL",
        "SQLite's `synchronous`, our file and Temporal's; `NORMAL` is faster, a power cut may cost the last moments",
        read.one_of("FULL", "NORMAL"),
    ),
    Setting(
        "NISS_BLOB_URL",
        None,
        "where scanned pages are kept: a folder or `s3://bucket/prefix`",
        read.blob_url,
        "folder `blobs` in the data folder",
    ),
    Setting(
        "NISS_KEYSTORE_URL",
        None,
        "database of the keys that pages are encrypted by, beside the main one and never the same",
        read.url("sqlite", "postgresql"),
        "SQLite file `keys.db` in the data folder",
    ),
    Setting(
        "NISS_KEK_FILE",
        None,
        "file with the key, or keys, that encrypt the keys of requests; required in production",
        read.absolute_path,
        "`keys/kek` in the data folder, in development only: made where there is none",
    ),
    Setting(
        "NISS_SMTP_URL",
        None,
        "outgoing mail: `smtp://` (STARTTLS where the server offers it) or `smtps://`; user and password in it",
        read.smtp_url,
        "the local catcher, `smtp://127.0.0.1:NISS_SMTP_PORT`",
    ),
    Setting("NISS_MAIL_FROM", "NISS desk <no-reply@niss-desk.example>", "sender of every mail", read.mail_address),
    Setting(
        "NISS_PUBLIC_URL",
        None,
        "address under which people reach the portal: links in mails",
        read.web_url,
        "`http://NISS_HOST:NISS_PORT`",
    ),
    Setting(
        "NISS_OIDC_ISSUER",
        None,
        "OpenID Connect issuer whose tokens are accepted",
        read.web_url,
        "the embedded issuer, in development only",
    ),
    Setting(
        "NISS_OIDC_AUDIENCE",
        "niss-desk",
        "audience an access token must name; better not `NISS_OIDC_CLIENT_ID`, which ID tokens name",
        read.text_line,
    ),
    Setting(
        "NISS_OIDC_CLIENT_ID",
        None,
        "the portal's name at the issuer; ID tokens must name it",
        read.text_line,
        "`NISS_OIDC_AUDIENCE`",
    ),
    Setting(
        "NISS_OIDC_CLIENT_KEY",
        None,
        "file of the portal's private key (PEM or JWK, RSA or P-256): it signs in to the issuer by `private_key_jwt`",
        read.text_line,
        "none",
    ),
    Setting(
        "NISS_OIDC_CLIENT_SECRET",
        None,
        "the portal's secret at the issuer, for `client_secret_basic`; without key and secret it is a public client",
        read.text_line,
        "none",
    ),
    Setting(
        "NISS_OIDC_ACR",
        None,
        "levels of assurance (`acr`) that are enough, of who signs in and of who calls, separated by spaces; "
        "the first is asked for",
        read.text_line,
        "any",
    ),
    Setting(
        "NISS_OIDC_ISSUERS",
        None,
        "file (JSON) of more issuers, or of `NISS_OIDC_ISSUER` in full: see docs/access.md",
        read.text_line,
        "none",
    ),
    Setting("NISS_SESSION_IDLE", "PT30M", "who does nothing for so long is signed out of the portal", read.duration),
    Setting("NISS_SESSION_LIFETIME", "PT12H", "who signed in so long ago signs in again", read.duration),
    Setting(
        "NISS_ENGINE",
        "auto",
        "how the embedded Temporal server is had: `path`, `cache`, `download`, `go`, `test-server`, "
        "or `auto`: the first of these that works",
        read.one_of("auto", "path", "cache", "download", "go", "test-server"),
    ),
    Setting("NISS_TEMPORAL_PORT", "7233", "port of the embedded Temporal server; `0`: a free one", read.port),
    Setting("NISS_UI_PORT", "8233", "port of the embedded Temporal UI; `0`: a free one", read.port),
    Setting("NISS_SMTP_PORT", "1025", "port of the local mail catcher; `0`: a free one", read.port),
    Setting(
        "NISS_METRICS_PORT",
        None,
        "port of `NISS_HOST` on which a worker gives Temporal's own metrics to Prometheus",
        read.whole_number(1, 65_535),
        "none: they are not given",
    ),
    Setting(
        "NISS_CALLS_A_MINUTE",
        "12000",
        "calls of the interface that one caller may make at each API process, at once and then evenly",
        read.whole_number(600, 10_000_000),
    ),
    Setting(
        "NISS_PSEUDONYM_KEY",
        None,
        "key of pseudonyms in the consultation log: 64 hexadecimal digits or more, for ever the same",
        read.secret_key,
        "`keys/pseudonym.key` in the data folder, made at the first start",
    ),
    Setting(
        "NISS_HEADS_FILE",
        None,
        "file outside the database to which the worker adds each head of the consultation log: absolute",
        read.absolute_path,
        "`audit/heads.jsonl` in the data folder",
    ),
    Setting(
        "NISS_HEADS_URL",
        None,
        "http or https URL to which the worker posts the newest head of the consultation log",
        read.post_url,
        "none: it is posted nowhere",
    ),
    Setting("NISS_DRAFT_REMINDER", "P7D", "a draft is reminded of, from its opening", read.duration),
    Setting("NISS_DRAFT_EXPIRY", "P30D", "a draft expires, from its opening", read.duration),
    Setting("NISS_ANSWER_REMINDER", "P5D", "an unanswered question is reminded of", read.duration),
    Setting("NISS_ANSWER_EXPIRY", "P21D", "an unanswered question closes the request", read.duration),
    Setting("NISS_REVIEW_ESCALATION", "P2D", "a request that no agent ruled is marked as late", read.duration),
    Setting("NISS_IDENTIFY_DEADLINE", "PT24H", "the register stays away: the request goes to an agent", read.duration),
    Setting("NISS_MAIL_DEADLINE", "PT48H", "a mail that cannot be delivered is given up", read.duration),
    Setting("NISS_CLAIM_LEASE", "PT10M", "an agent's claim on a request lasts", read.duration),
    Setting(
        "NISS_RULING_UNDO",
        "PT10S",
        "an agent may take a ruling back; `PT0S`: delivered at once",
        read.duration_or_none_at_all,
    ),
    Setting("NISS_ACCEPTED_RISK", "0.08", "how likely wrong a number given without an agent may be", read.share),
    Setting(
        "NISS_OVERLOOKED_RISK",
        "0.18",
        "from which probability on somebody must be ruled out before a number is created",
        read.share,
    ),
    Setting(
        "NISS_NUMBER_CREATION",
        "agent",
        "who creates a number for somebody the register does not know: `agent`, or `automatic` where none is needed",
        read.one_of("agent", "automatic"),
    ),
    Setting("NISS_REGISTER_PATIENCE", "PT5S", "a question to the register may take so long", read.duration),
    Setting("NISS_QUESTION_ROUNDS", "3", "questions an agent may ask of one request", read.whole_number(0, 100)),
    Setting(
        "NISS_FOUR_EYES",
        "lookalikes",
        "a second agent confirms rulings: `lookalikes`, `always` or `never`",
        read.one_of("lookalikes", "always", "never"),
    ),
    Setting(
        "NISS_NUMBER_SERIES",
        None,
        "numbers created: `bis` (month +40, or +20 with the sex unknown) or `fictitious` (month +60, never a real one)",
        read.one_of("bis", "fictitious"),
        "`bis` in production, `fictitious` in development",
    ),
)

# Read by the tests, not by the service.
TOOLING = frozenset({"NISS_REQUIRE"})

# Temporal's own variables, read by temporalio.envconfig.
TEMPORAL: tuple[tuple[str, str], ...] = (
    ("TEMPORAL_ADDRESS", "`host:port` of an existing cluster; nothing is embedded then"),
    ("TEMPORAL_NAMESPACE", "namespace of requests (default `default`)"),
    ("TEMPORAL_PROFILE", "profile of Temporal's configuration file; nothing is embedded then"),
    ("TEMPORAL_CONFIG_FILE", "that file, where it is not at its usual place; nothing is embedded then"),
    ("TEMPORAL_API_KEY", "key for Temporal Cloud"),
    ("TEMPORAL_TLS", "`true` or `false`"),
    ("TEMPORAL_TLS_CLIENT_CERT_PATH", "client certificate"),
    ("TEMPORAL_TLS_CLIENT_KEY_PATH", "its key"),
    ("TEMPORAL_TLS_SERVER_CA_CERT_PATH", "certificate authority of the server"),
    ("TEMPORAL_TLS_SERVER_NAME", "name expected in the server's certificate"),
)
