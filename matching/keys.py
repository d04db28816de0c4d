"""Search keys: under which a person is filed, and under which a stated person is looked for.

Every key is a number (8 bytes) so that an index on it stays small. A look-alike shares at least one key with the
stated person unless several fields are wrong at once: its birth date exactly as it stands, or the sound of one part
of its name together with the year, or with the day of the year. Particles are no key: half a country shares them.

An agent may also search without a birth date: for that there are keys of names alone, apart from the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from domain.identification import RegisteredPerson, StatedPerson
from domain.people import PartialDate
from matching.normalise import forms, significant, skeleton
from matching.population import key_of

#: Given names beyond these are rarely used, and never alone.
_GIVEN_NAMES = 3
#: Keeps the longest text a bounded search; no surname has more parts that are not particles.
_SURNAME_PARTS = 8


def _date_key(born: PartialDate) -> int:
    return key_of(f"born {born}")


def _surname_sounds(*surnames: str | None) -> Iterator[str]:
    for surname in surnames:
        for parts in forms(surname or ""):
            yield from (skeleton(part) or part for part in significant(parts)[:_SURNAME_PARTS])
            if len(parts) > 1:
                yield skeleton("".join(parts))


def _given_sounds(given_names: str | None) -> Iterator[str]:
    for parts in forms(given_names or ""):
        # Not particles where there is another name: in `Maria de los Angeles` they are.
        yield from (skeleton(part) or part for part in significant(parts)[:_GIVEN_NAMES])
        if len(parts) > 1:
            yield skeleton("".join(parts[:2]))


def _sounds(person: RegisteredPerson | StatedPerson) -> Iterator[str]:
    yield from _surname_sounds(person.surname, person.former_surname)
    yield from _given_sounds(person.given_names)


def _named(sounds: Iterable[str], born: PartialDate) -> Iterator[int]:
    for sound in set(sounds):
        yield key_of(f"{sound} {born.year}")
        if born.complete:
            yield key_of(f"{sound} {born.month:02d}-{born.day:02d}")


def name_keys(
    surname: str, given_names: str | None = None, former_surname: str | None = None
) -> tuple[frozenset[int], frozenset[int]]:
    """The keys of a name alone, for filing and for looking: about five, signed 64-bit.

    First those that tell more: the sound of a part of the surname beside that of a given name, in whichever order;
    then that of a part of the surname alone.
    """
    surnames, given = set(_surname_sounds(surname, former_surname)), set(_given_sounds(given_names))
    pairs = {" ".join(sorted((one, other))) for one in surnames for other in given}
    return frozenset(key_of(f"named {pair}") for pair in pairs), frozenset(key_of(f"named {one}") for one in surnames)


def filing_keys(person: RegisteredPerson | StatedPerson) -> frozenset[int]:
    """The keys a person is filed under: about ten, signed 64-bit."""
    return frozenset((_date_key(person.birth_date), *_named(_sounds(person), person.birth_date)))


def looking_keys(stated: StatedPerson) -> frozenset[int]:
    """The keys a stated person is looked for under: those of filing, and the date with day and month swapped."""
    return frozenset(_named(_sounds(stated), stated.birth_date)) | date_keys(stated.birth_date)


def date_keys(born: PartialDate) -> frozenset[int]:
    """Under which whoever is born that day is found, or on the day with day and month swapped.

    None for an incomplete date: alone it would bring everybody of a year; with a name it is found by the other keys.
    """
    if not born.complete:
        return frozenset()
    dates = {born} | ({PartialDate(born.year, born.day, born.month)} if born.day <= 12 else set())
    return frozenset(map(_date_key, dates))
