"""Errors in birth dates. Each returns whether it could be made."""

from __future__ import annotations

import calendar
import random

from bench.matching.draft import Draft


def _possible(year: int, month: int, day: int) -> bool:
    return 1900 <= year <= 2012 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def _set(draft: Draft, year: int, month: int, day: int) -> bool:
    if not _possible(year, month, day) or (year, month, day) == (draft.year, draft.month, draft.day):
        return False
    draft.year, draft.month, draft.day = year, month, day
    return True


def day_month(_luck: random.Random, draft: Draft) -> bool:
    """Day and month exchanged."""
    return bool(draft.day) and draft.day <= 12 and _set(draft, draft.year, draft.day, draft.month)


def first_of_january(_luck: random.Random, draft: Draft) -> bool:
    """1 January for a date that somebody did not know."""
    return _set(draft, draft.year, 1, 1)


def day_unknown(_luck: random.Random, draft: Draft) -> bool:
    """Only year and month."""
    if not draft.day:
        return False
    draft.day = 0
    return True


def month_unknown(_luck: random.Random, draft: Draft) -> bool:
    """Only the year."""
    if not draft.month:
        return False
    draft.month = draft.day = 0
    return True


def neighbouring_year(luck: random.Random, draft: Draft) -> bool:
    """A year more or less; the day of a leap year becomes the 28th."""
    year = draft.year + luck.choice((-1, 1))
    day = 28 if (draft.month, draft.day) == (2, 29) else draft.day
    if not draft.day:
        draft.year = year
        return True
    return _set(draft, year, draft.month, day)


def digit(luck: random.Random, draft: Draft) -> bool:
    """One digit of a whole date wrong: a neighbour on the keys, one that looks alike, or any; two exchanged."""
    if not draft.day:
        return False
    for _ in range(12):
        text = list(f"{draft.year:04d}{draft.month:02d}{draft.day:02d}")
        place = luck.choice((2, 3, 3, 4, 5, 5, 6, 7, 7))
        if luck.random() < 0.2 and place not in (3, 5, 7):
            text[place], text[place + 1] = text[place + 1], text[place]
        else:
            text[place] = luck.choice(_WRITTEN_FOR[text[place]] if luck.random() < 0.7 else "0123456789")
        joined = "".join(text)
        if _set(draft, int(joined[:4]), int(joined[4:6]), int(joined[6:])):
            return True
    return False


#: Digits that hands and eyes take for each other.
_WRITTEN_FOR = {
    "0": "6891",
    "1": "7204",
    "2": "1373",
    "3": "8245",
    "4": "9513",
    "5": "6433",
    "6": "5078",
    "7": "1816",
    "8": "3097",
    "9": "0847",
}


def slip(luck: random.Random, draft: Draft) -> bool:
    """Any one of them that leaves a whole date."""
    kinds = [day_month, digit, neighbouring_year, digit]
    luck.shuffle(kinds)
    return any(kind(luck, draft) for kind in kinds)
