"""The name groups. DEFAULT makes the register; HELD_OUT only that of `--profile heldout`: nothing was tuned on it."""

from __future__ import annotations

from bench.matching.culture import Culture
from bench.matching.cultures import (
    african,
    arabic,
    asian,
    central,
    eastern,
    germanic,
    heldout,
    islands,
    lusitan,
    romance,
    westslavic,
)

DEFAULT: tuple[Culture, ...] = (
    germanic.DUTCH,
    germanic.GERMAN,
    germanic.ENGLISH,
    romance.FRENCH,
    romance.ITALIAN,
    romance.SPANISH,
    lusitan.PORTUGUESE,
    lusitan.BRAZILIAN,
    lusitan.ROMANIAN,
    westslavic.POLISH,
    westslavic.SLOVAK,
    westslavic.CROATIAN,
    eastern.BULGARIAN,
    eastern.UKRAINIAN,
    eastern.GREEK,
    central.HUNGARIAN,
    central.LITHUANIAN,
    central.TURKISH,
    arabic.MAGHREB,
    arabic.MASHRIQ,
    arabic.AFGHAN,
    asian.INDIAN,
    asian.VIETNAMESE,
    asian.CHINESE,
    african.CONGOLESE,
    african.WEST_AFRICAN,
    african.ALBANIAN,
)
HELD_OUT: tuple[Culture, ...] = (
    heldout.ICELANDIC,
    heldout.FINNIC,
    heldout.GEORGIAN,
    heldout.ETHIOPIAN,
    islands.FILIPINO,
    islands.INDONESIAN,
    islands.NIGERIAN,
    islands.TAMIL,
)
