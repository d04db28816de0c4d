"""What production had better not be started with. What it may not: Settings.check_issuer."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from runtime.settings import LOOPBACK, Settings


def imprudences(settings: Settings) -> Iterator[tuple[str, str]]:
    """(what is so, what to do) for each thing that starts and will be regretted. In development: nothing."""
    if settings.development:
        return
    if settings.number_series == "fictitious":
        yield "NISS_NUMBER_SERIES: numbers created are fictitious", "leave it out in production"
    if not settings.smtp_given:
        yield "NISS_SMTP_URL: mails are caught, not sent", "name the mail server"
    if settings.mail_from.rstrip("> ").endswith(".example"):
        yield "NISS_MAIL_FROM: is an example", "name an address of your own"
    public = urlsplit(settings.public_url)
    if public.hostname in LOOPBACK:
        yield "NISS_PUBLIC_URL: links in mails lead to this machine", "name the address people reach"
    elif public.scheme != "https":
        yield "NISS_PUBLIC_URL: is not https", "serve the portal by https"
    if settings.database_url.startswith("sqlite"):
        yield "NISS_DATABASE_URL: SQLite serves one machine", "use PostgreSQL where there are several"
    if settings.embedded_engine:
        yield "TEMPORAL_ADDRESS: the embedded server is for one machine", "run Temporal as temporal-compose.yml shows"
