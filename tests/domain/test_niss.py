"""The number: every example of the public sources, the traps, round trips, allocation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.niss import LAST_SERIAL, Niss, NumberSeries, check_digits, next_niss, series_for
from domain.people import PartialDate, Sex

VALID = [
    ("83.45.24-163.11", NumberSeries.BIS_SEX_KNOWN, Sex.MALE, 1900),
    ("83.45.24.163.11", NumberSeries.BIS_SEX_KNOWN, Sex.MALE, 1900),
    ("93.45.12-046.19", NumberSeries.BIS_SEX_KNOWN, Sex.FEMALE, 1900),
    ("99.45.09-027.60", NumberSeries.BIS_SEX_KNOWN, Sex.MALE, 1900),
    ("95.45.06-033.60", NumberSeries.BIS_SEX_KNOWN, Sex.MALE, 1900),
    ("94.45.05-069.33", NumberSeries.BIS_SEX_KNOWN, Sex.MALE, 1900),
    ("85.07.30-033.28", NumberSeries.NATIONAL, Sex.MALE, 1900),
    ("85 07 30 033 28", NumberSeries.NATIONAL, Sex.MALE, 1900),
    ("17.07.30-033.84", NumberSeries.NATIONAL, Sex.MALE, 2000),
    ("42.01.22-051.81", NumberSeries.NATIONAL, Sex.MALE, 1900),
    ("75.06.08-980.09", NumberSeries.NATIONAL, Sex.FEMALE, 1900),
    ("98.47.28-997.65", NumberSeries.BIS_SEX_KNOWN, Sex.MALE, 1900),
    ("01.49.07-001.85", NumberSeries.BIS_SEX_KNOWN, Sex.MALE, 2000),
    ("75.26.08-980.52", NumberSeries.BIS_SEX_UNKNOWN, None, 1900),
    ("85.40.05-011.61", NumberSeries.BIS_SEX_KNOWN, Sex.MALE, 1900),
]


@pytest.mark.parametrize(("text", "series", "sex", "century"), VALID)
def test_known_numbers(text: str, series: NumberSeries, sex: Sex | None, century: int) -> None:
    niss = Niss.parse(text)
    assert (niss.series, niss.sex_hint, niss.century) == (series, sex, century)
    assert Niss.parse(niss.formatted) == niss == Niss.parse(f" {niss} ")


def _checked(first_nine: str, century: int = 1900) -> str:
    return first_nine + check_digits(first_nine, century)


@pytest.mark.parametrize(
    "text",
    [
        "12345678901",
        "85.53.30-001.91",  # month 13 of the +40 series
        "",
        "8345241631",
        "834524163111",
        "83.45.24-163.12",
        "٨٣٤٥٢٤١٦٣١١",
        _checked("850730000"),  # serial 000
        _checked("850730999"),
        _checked("850799001"),  # day 99
        _checked("851301001"),  # months between the series
        _checked("853301001"),
        _checked("857301001"),
        _checked("858001001"),
    ],
)
def test_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(ValueError, match=r"^not a valid NISS$"):
        Niss.parse(text)


def test_nothing_known_of_the_birth_date() -> None:
    for first in ("004001001", "002001001", "854000011", "854100011"):
        assert Niss(_checked(first))


def test_fictitious_has_a_series_but_tells_no_sex() -> None:
    niss = Niss(_checked("856100001"))
    assert niss.series is NumberSeries.FICTITIOUS
    assert niss.sex_hint is None
    assert Niss(_checked("056012003", 2000)).century == 2000


def test_never_in_a_representation() -> None:
    niss = Niss.parse("83.45.24-163.11")
    assert "163" not in f"{niss!r} {[niss]} {(niss, 1)}"
    assert {niss: 1}[Niss("83452416311")] == 1
    assert sorted([niss, Niss("42012205181")])[1] is niss


def test_series_of_the_setting() -> None:
    assert series_for("bis", Sex.MALE) is NumberSeries.BIS_SEX_KNOWN
    assert series_for("bis", None) is NumberSeries.BIS_SEX_UNKNOWN
    assert series_for("fictitious", None) is NumberSeries.FICTITIOUS
    with pytest.raises(ValueError, match="must be"):
        series_for("national", None)


@pytest.mark.parametrize(
    ("born", "sex", "series", "taken", "expected"),
    [
        ("1983-05-24", Sex.MALE, NumberSeries.BIS_SEX_KNOWN, (), "83.45.24-001"),
        ("1983-05-24", Sex.FEMALE, NumberSeries.BIS_SEX_KNOWN, (), "83.45.24-002"),
        ("1983-05-24", None, NumberSeries.BIS_SEX_UNKNOWN, (), "83.25.24-001"),
        ("1983-05-24", None, NumberSeries.BIS_SEX_UNKNOWN, ("832524007",), "83.25.24-008"),
        ("1983-05-24", Sex.MALE, NumberSeries.BIS_SEX_KNOWN, ("834524163",), "83.45.24-165"),
        ("1983-05-24", Sex.FEMALE, NumberSeries.BIS_SEX_KNOWN, ("834524163",), "83.45.24-002"),
        ("1983-05-24", Sex.MALE, NumberSeries.BIS_SEX_KNOWN, ("834524997",), "83.45.25-001"),
        ("1983-05-24", Sex.MALE, NumberSeries.BIS_SEX_KNOWN, ("834524997", "834525001"), "83.45.25-003"),
        ("1983-05-24", Sex.FEMALE, NumberSeries.BIS_SEX_KNOWN, ("834524998",), "83.45.25-002"),
        ("1983-05-24", None, NumberSeries.FICTITIOUS, ("836524998",), "83.65.25-001"),
        ("1983-05-31", Sex.MALE, NumberSeries.FICTITIOUS, ("836531997",), "83.65.32-001"),
        ("1983", Sex.MALE, NumberSeries.BIS_SEX_KNOWN, ("834000997",), "83.40.01-001"),
        ("1983-05", Sex.FEMALE, NumberSeries.BIS_SEX_KNOWN, (), "83.45.00-002"),
    ],
)
def test_next_number(born: str, sex: Sex | None, series: NumberSeries, taken: tuple[str, ...], expected: str) -> None:
    numbers = [Niss(_checked(first)) for first in taken]
    assert next_niss(PartialDate.parse(born), sex, series, numbers).formatted[:12] == expected


def test_the_other_century_is_another_series() -> None:
    old = Niss(_checked("054524997"))
    given_now = next_niss(PartialDate(2005, 5, 24), Sex.MALE, NumberSeries.BIS_SEX_KNOWN, [old])
    assert (given_now.formatted, given_now.century) == ("05.45.24-001.19", 2000)


def test_a_day_gives_499_men_and_499_women_and_then_the_next() -> None:
    taken: list[Niss] = []
    for sex in (Sex.MALE, Sex.FEMALE):
        for _ in range(LAST_SERIAL // 2 + 1):
            taken.append(next_niss(PartialDate(1990, 1, 31), sex, NumberSeries.BIS_SEX_KNOWN, taken))
    assert len(set(taken)) == len(taken) == LAST_SERIAL + 2
    assert [niss.formatted[:12] for niss in taken if niss.digits[4:6] == "32"] == ["90.41.32-001", "90.41.32-002"]


def test_no_number_left() -> None:
    taken = [Niss(_checked(f"8365{day}998")) for day in range(24, 40)]
    with pytest.raises(ValueError, match="no number is left"):
        next_niss(PartialDate(1983, 5, 24), Sex.FEMALE, NumberSeries.FICTITIOUS, taken)


_DATES = st.builds(PartialDate, st.integers(1901, 2025), st.integers(1, 12), st.integers(0, 28)) | st.builds(
    PartialDate, st.integers(1901, 2025)
)
_SEXES = st.sampled_from([Sex.MALE, Sex.FEMALE, None])


@given(st.lists(st.tuples(_SEXES, st.booleans()), max_size=30), _DATES)
def test_allocation_never_gives_a_number_twice(asked: list[tuple[Sex | None, bool]], born: PartialDate) -> None:
    taken: list[Niss] = []
    for sex, fictitious in asked:
        niss = next_niss(born, sex, series_for("fictitious" if fictitious else "bis", sex), taken)
        assert niss not in taken
        assert niss.century == (2000 if born.year >= 2000 else 1900)
        assert sex is None or niss.serial % 2 == (sex is Sex.MALE)
        assert Niss.parse(niss.formatted) == niss
        taken.append(niss)


@given(st.text())
def test_any_text_is_a_number_or_refused(text: str) -> None:
    try:
        niss = Niss.parse(text)
    except ValueError:
        return
    assert Niss.parse(niss.formatted) == niss
