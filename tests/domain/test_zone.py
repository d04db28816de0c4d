"""Machine-readable zones: ICAO's own specimens, and properties of any."""

from datetime import date
from string import ascii_uppercase, digits

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from demo.specimens.mrz import Holder, td1, td3
from domain.people import PartialDate, Sex
from domain.zone import ZoneFormat
from domain.zone_doubts import repaired
from domain.zone_lines import LAYOUTS, check_digit, digits_hold, layout_of
from domain.zone_reading import believed, birth_date, expiry_date, one_reading

TODAY = date(2026, 11, 25)
TD3 = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
TD1 = ("I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<")
TD2 = ("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6")
OLDER = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C<3UTO6908061F9406236ZE184226B<<<<<14")
LONG = ("I<UTOD23145890<7349<<<<<<<<<<<", "3407127M9507122UTO<<<<<<<<<<<2", "STEVENSON<<PETER<JOHN<<<<<<<<<")

holders = st.builds(
    Holder,
    issuer=st.sampled_from(["UTO", "D", "BEL", "NLD", "XXA"]),
    surname=st.text(ascii_uppercase, min_size=1, max_size=20),
    given_names=st.text(ascii_uppercase, min_size=1, max_size=12),
    document_number=st.text(ascii_uppercase + digits, min_size=1, max_size=9),
    nationality=st.sampled_from(["UTO", "D", "BEL", "NLD", "XXA"]),
    birth_date=st.dates(date(1930, 1, 1), date(2020, 1, 1)).map(PartialDate.of),
    sex=st.sampled_from([Sex.MALE, Sex.FEMALE, None]),
    expiry=st.dates(date(2021, 1, 1), date(2050, 1, 1)),
)


@pytest.mark.parametrize("lines", [TD3, TD1, TD2], ids=["TD3", "TD1", "TD2"])
def test_specimens_of_icao(lines: tuple[str, ...]) -> None:
    said = one_reading(lines, TODAY)
    assert said is not None
    number = "L898902C3" if lines is TD3 else "D23145890"
    assert said.core == (number, PartialDate(1974, 8, 12), date(2012, 4, 15))
    assert (said.names, said.nationality, said.issuer, said.sex) == (("ERIKSSON", "ANNA MARIA"), "UTO", "UTO", "F")


def test_a_date_of_the_last_century_stays_there() -> None:
    said = one_reading(OLDER, TODAY)
    assert said is not None
    assert said.core == ("L898902C", PartialDate(1969, 8, 6), date(1994, 6, 23))


def test_a_long_number_runs_on_in_the_optional_field() -> None:
    """The specimen of part 5: number D23145890734, whose check digit 9 stands after its rest."""
    said = one_reading(LONG, date(1994, 1, 1))
    assert said is not None
    assert said.core is not None
    assert said.core[0] == "D23145890734"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5311<<", PartialDate(1953, 11)),
        ("53<<<<", PartialDate(1953)),
        ("530000", PartialDate(1953)),
        ("000229", PartialDate(2000, 2, 29)),
        ("261126", PartialDate(1926, 11, 26)),
        ("261125", PartialDate(2026, 11, 25)),
        ("53<<24", None),
        ("<<1124", None),
        ("531301", None),
        ("010229", None),
    ],
)
def test_birth_dates(text: str, expected: PartialDate | None) -> None:
    assert birth_date(text, TODAY) == expected


@given(st.dates(date(1927, 1, 1), TODAY))
def test_a_birth_date_comes_back(day: date) -> None:
    assert birth_date(f"{day:%y%m%d}", TODAY) == PartialDate.of(day)


@given(st.dates(date(1980, 1, 1), date(2071, 12, 31)))
def test_an_expiry_comes_back(day: date) -> None:
    assume(f"{day:%y%m%d}" not in ("991231", "990101"))
    assert expiry_date(f"{day:%y%m%d}", TODAY) == day


@given(holders, st.sampled_from([td1, td3]))
def test_what_was_written_is_read(holder: Holder, write: type) -> None:
    # A card's line has room for thirty letters: longer names are cut, and do not come back.
    assume(len(holder.surname) + len(holder.given_names or "") <= 28)
    lines = write(holder)
    said = one_reading(lines, TODAY)
    assert said is not None
    assert said.core == (holder.document_number, holder.birth_date, holder.expiry)
    assert said.names == (holder.surname, holder.given_names)
    assert (said.issuer, said.nationality) == (holder.issuer, holder.nationality)
    assert said.sex == (holder.sex or "")
    both = believed([said, said])
    assert both is not None
    assert (both.surname, both.sex) == (holder.surname, holder.sex)
    assert believed([said]) is None, "one reading alone proves nothing"


@given(holders, st.data())
def test_one_wrong_digit_is_seen(holder: Holder, data: st.DataObject) -> None:
    lines = td3(holder)
    at = data.draw(st.sampled_from([*range(13, 20), *range(21, 28)]))
    other = data.draw(st.sampled_from([digit for digit in digits if digit != lines[1][at]]))
    wrong = (lines[0], lines[1][:at] + other + lines[1][at + 1 :])
    said = one_reading(wrong, TODAY)
    assert said is not None
    assert said.core is None


@given(holders, st.data())
def test_a_repair_is_right_or_does_not_happen_where_one_character_is_wrong(holder: Holder, data: st.DataObject) -> None:
    """Of one swapped character: either the written number comes out, or nothing, as other swaps explain it too."""
    lines = td3(holder)
    pairs = dict(zip("0O1I5S8B", "O0I1S5B8", strict=True))
    places = [at for at in range(9) if lines[1][at] in pairs]
    assume(places)
    at = data.draw(st.sampled_from(places))
    wrong = (lines[0], lines[1][:at] + pairs[lines[1][at]] + lines[1][at + 1 :])
    layout = LAYOUTS[ZoneFormat.TD3]
    assert not digits_hold(layout, wrong)
    assert repaired(layout, wrong) in (None, lines)


def test_letters_and_digits_where_only_one_of_them_may_be() -> None:
    read = ("P<UT0ER1K550N<<ANNA<MAR1A<<<<<<<<<<<<<<<<<<<", "L898902C36UT074O8I22F12O4159ZE184226B<<<<<10")
    assert one_reading(read, TODAY) == one_reading(TD3, TODAY)


@pytest.mark.parametrize(
    "names",
    ["ERIKSSON<<ANNA<<<<K<<<<<", "<<ANNA<<<<<", "ER?KSSON<<ANNA", "ERIKSSON<<ANNA<MARIA<<<<<<<C", "ERIK3SON<<ANNA"],
)
def test_names_that_cannot_be_so_do_not_count(names: str) -> None:
    lines = (f"P<UTO{names}".ljust(44, "<")[:44], TD3[1])
    said = one_reading(lines, TODAY)
    assert said is not None
    assert said.names is None
    assert said.core is not None


def test_readings_that_contradict_one_another_are_not_believed() -> None:
    one = one_reading(TD3, TODAY)
    line = "L898902C3" + "6UTO" + "7408132F1204159ZE184226B<<<<<1"
    line = line[:19] + check_digit(line[13:19]) + line[20:]
    line += check_digit(line[0:10] + line[13:20] + line[21:43])
    other = one_reading((TD3[0], line), TODAY)
    assert one is not None
    assert other is not None
    assert other.core is not None
    assert believed([one, one, other]) is None


def test_a_name_that_only_one_reading_has_is_left_out() -> None:
    one = one_reading(TD3, TODAY)
    other = one_reading((TD3[0].replace("ANNA", "AMNA"), TD3[1]), TODAY)
    assert one is not None
    assert other is not None
    both = believed([one, other])
    assert both is not None
    assert (both.surname, both.given_names, both.document_number) == ("", "", "L898902C3")
    three = believed([one, other, one])
    assert three is not None
    assert three.given_names == "ANNA MARIA"


def test_a_visa_is_no_document_of_ours() -> None:
    visa = ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L8988901C4XXX4009078F96121096ZE184226B<<<<<<")
    said = one_reading(visa, TODAY)
    assert layout_of(visa) is not None
    assert said is not None
    assert said.core is None
