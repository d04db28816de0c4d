"""How the text of one setting becomes a value. Each reader raises ValueError whose text ends the sentence "NAME: …"."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from isoduration import parse_duration
from isoduration.parser.exceptions import DurationParsingException

LONGEST = timedelta(days=3660)


def duration(text: str) -> timedelta:
    """An ISO 8601 duration of weeks, days, hours, minutes, seconds; a day is 24 h. More than zero, ten years at most.

    >>> duration("P7D"), duration("PT1H30M")
    (datetime.timedelta(days=7), datetime.timedelta(seconds=5400))
    >>> duration("P1M")
    Traceback (most recent call last):
    ...
    ValueError: months and years have no fixed length; use days (P30D)
    """
    value = duration_or_none_at_all(text)
    if not value:
        raise ValueError("must be longer than zero")
    return value


def duration_or_none_at_all(text: str) -> timedelta:
    """As `duration`, zero (PT0S) allowed."""
    try:
        read = parse_duration(text)
    except DurationParsingException:
        raise ValueError("not an ISO 8601 duration such as P7D or PT24H") from None
    if read.date.years or read.date.months:
        raise ValueError("months and years have no fixed length; use days (P30D)")
    try:
        value = timedelta(
            weeks=float(read.date.weeks),
            days=float(read.date.days),
            hours=float(read.time.hours),
            minutes=float(read.time.minutes),
            seconds=float(read.time.seconds),
        )
    except OverflowError:
        raise ValueError("longer than ten years") from None
    if value < timedelta(0):
        raise ValueError("must not be negative")
    if value > LONGEST:
        raise ValueError("longer than ten years")
    return value


def port(text: str) -> int:
    """A TCP port; 0 stands for a free one chosen at the start."""
    return whole_number(0, 65_535)(text)


def whole_number(least: int, most: int) -> Callable[[str], int]:
    """A reader of whole numbers between two limits, both included."""

    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
            raise ValueError(f"must be a whole number from {least} to {most}")
        return int(text)

    return read


def share(text: str) -> float:
    """A probability above 0 and below 1.

    >>> share("0.02")
    0.02
    """
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < 1:
        raise ValueError("must be a number between 0 and 1, such as 0.02")
    return value


def one_of(*words: str) -> Callable[[str], str]:
    """A reader of one word out of a few, whatever its case."""

    def read(text: str) -> str:
        for word in words:
            if text.lower() == word.lower():
                return word
        raise ValueError(f"must be one of {', '.join(words)}")

    return read


def url(*schemes: str) -> Callable[[str], str]:
    """A reader of URLs of these schemes. The value is never repeated: it may hold a password."""

    def read(text: str) -> str:
        try:
            parts = urlsplit(text)
            _ = parts.port
        except ValueError:
            raise ValueError("not a URL") from None
        if parts.scheme.split("+")[0] not in schemes:
            raise ValueError(f"must be a URL that begins with {' or '.join(f'{s}://' for s in schemes)}")
        return text

    return read


def web_url(text: str) -> str:
    """An http or https URL with a host, without a slash at its end."""
    read = url("http", "https")(text)
    parts = urlsplit(read)
    if not parts.hostname or parts.query or parts.fragment:
        raise ValueError("must be an http or https URL with a host and no query")
    return read.rstrip("/")


def blob_url(text: str) -> str:
    """A folder (absolute path or file URL) or an S3 bucket.

    >>> blob_url("/srv/pages"), blob_url("s3://pages/desk")
    ('file:///srv/pages', 's3://pages/desk')
    >>> blob_url("s3://")
    Traceback (most recent call last):
    ...
    ValueError: must name a bucket, as in s3://bucket/prefix
    """
    if Path(text).is_absolute():
        return Path(text).as_uri()
    parts = urlsplit(url("file", "s3")(text))
    if parts.scheme == "s3" and not parts.hostname:
        raise ValueError("must name a bucket, as in s3://bucket/prefix")
    if parts.scheme == "file" and (parts.netloc not in ("", "localhost") or not parts.path.startswith("/")):
        raise ValueError("must name a folder from the root, as in file:///srv/pages")
    return text


def smtp_url(text: str) -> str:
    """A mail server by its host."""
    read = url("smtp", "smtps")(text)
    if not urlsplit(read).hostname:
        raise ValueError("must name a host, as in smtp://mail.example.org")
    return read


def secret_key(text: str) -> bytes:
    """A key of at least 32 bytes in hexadecimal digits. The value is never repeated."""
    try:
        key = bytes.fromhex(text)
    except ValueError:
        raise ValueError("must be hexadecimal digits, such as openssl rand -hex 32 gives") from None
    if len(key) < 32:
        raise ValueError("must have at least 64 hexadecimal digits: openssl rand -hex 32 gives them")
    return key


def absolute_path(text: str) -> str:
    """A file named from the root."""
    if not Path(text_line(text)).is_absolute():
        raise ValueError("must be an absolute path")
    return text


def post_url(text: str) -> str:
    """An http or https URL with a host; what it asks for may stand in its query. The value is never repeated."""
    if not urlsplit(url("http", "https")(text)).hostname:
        raise ValueError("must be an http or https URL with a host")
    return text


def text_line(text: str) -> str:
    """One line of text."""
    if not text.isprintable():
        raise ValueError("must be one line of printable text")
    return text


def mail_address(text: str) -> str:
    """A mailbox, with or without a name: `NISS desk <desk@example.org>`."""
    line = text_line(text)
    address = line[line.rfind("<") + 1 :].removesuffix(">") if "<" in line else line
    local, at, domain = address.rpartition("@")
    if not (local and at and domain) or " " in address:
        raise ValueError("must be a mail address")
    return line
