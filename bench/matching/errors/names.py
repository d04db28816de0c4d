"""Errors of whole names: order, what is left out or added. Each returns whether it could be made."""

from __future__ import annotations

import random

from bench.matching.culture import Middle, Passing
from bench.matching.draft import Draft
from bench.matching.people import family_name, first_name, middle_name


def names_swapped(_luck: random.Random, draft: Draft) -> bool:
    """Surname and given names in each other's field."""
    if not draft.given or draft.given == draft.surname:
        return False
    draft.surname, draft.given = draft.given, draft.surname
    return True


def patronymic(luck: random.Random, draft: Draft) -> bool:
    """The father's name left out, added, put as or into the surname."""
    culture = draft.culture
    if culture.middle in (Middle.NONE, Middle.POST_NAME) and culture.passing not in (
        Passing.FATHERS_NAME,
        Passing.NORDIC,
    ):
        return False
    names = draft.given.split(" ")
    kind = luck.random()
    if len(names) > 1:
        if kind < 0.4:
            draft.given = names[0]
        elif kind < 0.75:
            draft.given, draft.surname = names[0], f"{' '.join(names[1:])} {draft.surname}"
        else:
            draft.given, draft.surname = f"{names[0]} {draft.surname}", " ".join(names[1:])
        return True
    if not draft.father or not draft.given or culture.middle in (Middle.NONE, Middle.POST_NAME):
        return False
    draft.given = f"{draft.given} {middle_name(luck, draft)}"
    return True


def maiden_married(luck: random.Random, draft: Draft) -> bool:
    """A woman under her other surname; with both; her former surname told or not."""
    if draft.sex != "F" or not draft.given:
        return False
    mine = draft.surname
    other = draft.other_surname or (
        draft.culture.womans(family_name(luck, draft.culture)) if luck.random() < 0.4 else ""
    )
    if not other:
        return False
    kind = luck.random()
    if kind < 0.6:
        draft.surname = other
    elif kind < 0.8:
        draft.surname = f"{mine}-{other}" if luck.random() < 0.6 else f"{mine} {other}"
    else:
        draft.surname = f"{other}-{mine}" if luck.random() < 0.6 else f"{other} {mine}"
    draft.former = mine if luck.random() < 0.55 else ""
    return True


def one_name(luck: random.Random, draft: Draft) -> bool:
    """The whole name in one field; one-name people twice, or with what forms make of a missing name."""
    if not draft.given:
        made = luck.choice((draft.surname, "XXX", "FNU", "-", "."))
        if luck.random() < 0.3 and made not in ("-", "."):
            draft.given, draft.surname = draft.surname, made
        else:
            draft.given = made
        return True
    first_last = luck.random() < 0.5
    draft.surname = f"{draft.given} {draft.surname}" if first_last else f"{draft.surname} {draft.given}"
    draft.given = ""
    return True


def nickname(luck: random.Random, draft: Draft) -> bool:
    """A short name, or the long one of a short one."""
    first, _, others = draft.given.partition(" ")
    short = draft.culture.short_names.get(first)
    if short:
        draft.given = f"{luck.choice(short)} {others}".strip() if luck.random() < 0.4 else luck.choice(short)
        return True
    whole = [name for name, shorts in draft.culture.short_names.items() if first in shorts]
    if not whole:
        return False
    draft.given = f"{luck.choice(whole)} {others}".strip()
    return True


def first_name_only(luck: random.Random, draft: Draft) -> bool:
    """The others left out; of Jean-Pierre now and then Jean."""
    first = draft.given.split(" ", maxsplit=1)[0]
    if first == draft.given and luck.random() < 0.5:
        first = first.split("-", maxsplit=1)[0]
    if first == draft.given or len(first) < 2:
        return False
    draft.given = first
    return True


def more_names(luck: random.Random, draft: Draft) -> bool:
    """A given name that the register does not have."""
    if not draft.given or draft.given.count(" ") > 1:
        return False
    more = first_name(luck, draft.culture, draft.sex or "M")
    if more in draft.given:
        return False
    draft.given = f"{draft.given} {more}"
    return True


def names_order(luck: random.Random, draft: Draft) -> bool:
    """Given names in another order; or the second one only."""
    names = draft.given.split(" ")
    if len(names) < 2:
        return False
    if luck.random() < 0.35:
        draft.given = names[1]
    else:
        draft.given = " ".join([*names[1:], names[0]])
    return True


def initial(luck: random.Random, draft: Draft) -> bool:
    """The first name as a letter, or the others."""
    names = draft.given.split(" ")
    if len(names[0]) < 2:
        return False
    if len(names) > 1 and luck.random() < 0.7:
        draft.given = " ".join([names[0], *(f"{name[0]}." for name in names[1:] if name)])
    else:
        draft.given = f"{names[0][0]}."
    return True


def given_missing(_luck: random.Random, draft: Draft) -> bool:
    """No given name stated."""
    if not draft.given:
        return False
    draft.given = ""
    return True
