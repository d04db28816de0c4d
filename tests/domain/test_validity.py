"""Until when documents hold, and when nobody may send them: every combination of what is known of up to three."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import permutations
from typing import Final

import pytest

from domain.document import DocumentKind
from domain.document_check import Validity, validity
from domain.people import PartialDate
from domain.zone import ZoneFormat, ZoneReading

PASSPORT, CARD, LICENCE = DocumentKind.PASSPORT, DocumentKind.IDENTITY_CARD, DocumentKind.DRIVING_LICENCE
TODAY = date(2026, 3, 2)
PAST, YESTERDAY, LATER, FUTURE = date(2020, 1, 1), date(2026, 3, 1), date(2030, 1, 1), date(2033, 4, 10)
#: What a zone says: E has expired, V is valid, U is unknown: not read, or none there.
ZONES: Final = {"E": PAST, "V": FUTURE, "U": None}
#: For documents so known, and each expiry that was typed (see STATED), whether none is valid: x. The order of documents
#: makes no difference.
TABLE: Final = """
                none  later  today  yesterday  asE  confirmedLater  confirmedYesterday  numberedYesterday
          E      x     x      x      x          x    .               x                   x
          V      .     .      .      .          .    .               x                   .
          U      .     .      .      x          x    .               x                   x
          EE     x     x      x      x          x    .               x                   x
          EV     .     .      .      .          .    .               .                   .
          EU     .     .      .      x          .    .               x                   .
          VV     .     .      .      .          .    .               .                   .
          VU     .     .      .      .          .    .               .                   .
          UU     .     .      .      .          .    .               .                   .
          EEE    x     x      x      x          x    .               x                   x
          EEV    .     .      .      .          .    .               .                   .
          EEU    .     .      .      x          .    .               x                   .
          EVV    .     .      .      .          .    .               .                   .
          EVU    .     .      .      .          .    .               .                   .
          EUU    .     .      .      .          .    .               .                   .
          VVV    .     .      .      .          .    .               .                   .
          VVU    .     .      .      .          .    .               .                   .
          VUU    .     .      .      .          .    .               .                   .
          UUU    .     .      .      .          .    .               .                   .
"""
#: The typed expiry. One that has passed was none when it was typed: a draft may wait.
STATED: Final = {
    "none": None,
    "later": LATER,
    "today": TODAY,
    "yesterday": YESTERDAY,
    "asE": PAST,
    "confirmedLater": LATER,
    "confirmedYesterday": YESTERDAY,
    "numberedYesterday": YESTERDAY,
}


def reading(until: date) -> ZoneReading:
    return ZoneReading(ZoneFormat.TD3, "P", "C01X0006H", PartialDate(1953, 11, 24), until)


def rows() -> Iterator[tuple[str, str, bool]]:
    """Documents, what was typed, and whether none is valid."""
    head, *lines = TABLE.strip().splitlines()
    for line in lines:
        documents, *marks = line.split()
        for stated, mark in zip(head.split(), marks, strict=True):
            yield documents, stated, mark == "x"


@pytest.mark.parametrize(("documents", "stated", "none_valid"), list(rows()))
def test_whether_none_is_valid(documents: str, stated: str, *, none_valid: bool) -> None:
    for kinds in permutations(DocumentKind, len(documents)):
        zones = {kind: day for kind, known in zip(kinds, documents, strict=True) if (day := ZONES[known]) is not None}
        held = validity(
            kinds,
            {kind: reading(day) for kind, day in zones.items()},
            stated=STATED[stated],
            numbered=list(zones)[:1] if stated.startswith("numbered") else (),
            confirmed=stated.startswith("confirmed"),
        )
        assert held.none_is_valid(TODAY) is none_valid, kinds


def test_every_combination_has_its_row() -> None:
    there = {documents for documents, _, _ in rows()}
    assert there == {
        "E" * e + "V" * v + "U" * u for e in range(4) for v in range(4) for u in range(4) if 1 <= e + v + u <= 3
    }
    assert {stated for _, stated, _ in rows()} == set(STATED)


def test_where_there_is_no_document_none_has_expired() -> None:
    assert not validity((), {}, stated=PAST).none_is_valid(TODAY)


def test_the_last_day_counts() -> None:
    held = Validity({PASSPORT, CARD}, {PASSPORT: YESTERDAY, CARD: TODAY})
    assert (held.expired(TODAY), held.none_is_valid(TODAY)) == ((PASSPORT,), False)
    assert held.none_is_valid(date(2026, 3, 3))


def test_whether_it_ends_soon() -> None:
    until = {PASSPORT: date(2026, 5, 30), CARD: date(2026, 5, 31), LICENCE: YESTERDAY}
    held = Validity(set(until), until)
    assert [kind for kind in DocumentKind if held.ends_soon(kind, TODAY)] == [PASSPORT]


def test_whose_the_stated_expiry_is() -> None:
    read = {PASSPORT: reading(FUTURE)}
    both = {PASSPORT: reading(FUTURE), CARD: reading(PAST)}
    assert validity({PASSPORT}, read, stated=LATER).until == {PASSPORT: FUTURE}
    assert validity({PASSPORT}, read, stated=LATER, confirmed=True).until == {PASSPORT: LATER}
    assert validity({PASSPORT}, {}, stated=LATER).until == {PASSPORT: LATER}
    assert validity({PASSPORT, LICENCE}, read, stated=LATER).until == {PASSPORT: FUTURE, LICENCE: LATER}
    assert validity({PASSPORT, LICENCE}, read, stated=FUTURE).until == {PASSPORT: FUTURE}
    assert validity({PASSPORT, LICENCE}, read, stated=LATER, numbered=[PASSPORT]).until == {PASSPORT: FUTURE}
    assert validity({CARD, LICENCE}, {}, stated=LATER).until == {}
    one_of_two = validity({PASSPORT, CARD}, both, stated=LATER, numbered=[CARD], confirmed=True)
    assert one_of_two.until == {PASSPORT: FUTURE, CARD: LATER}
