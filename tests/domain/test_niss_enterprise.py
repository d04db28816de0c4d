"""Enterprise numbers."""

from __future__ import annotations

import pytest

from domain.enterprise import format_enterprise_number, parse_enterprise_number


@pytest.mark.parametrize("digits", ["0999000129", "0999001218", "0999002307", "0403019261"])
def test_with_and_without_dots(digits: str) -> None:
    assert parse_enterprise_number(digits) == digits
    assert parse_enterprise_number(f" {format_enterprise_number(digits)} ") == digits


@pytest.mark.parametrize(
    "text", ["", "0999000128", "999000129", "BE0999000129", "2999000129", "0000000000", "099900012A"]
)
def test_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a valid enterprise number"):
        parse_enterprise_number(text)
