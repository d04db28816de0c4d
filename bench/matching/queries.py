"""Labelled queries on a register: who is asked for, how it is stated, and what is true."""

from __future__ import annotations

import random
from dataclasses import dataclass

from bench.matching.draft import Draft
from bench.matching.errors import disturb
from bench.matching.near import namesake, near_person
from bench.matching.people import person
from bench.matching.rates import Profile
from bench.matching.register import Register
from bench.matching.slips import slip
from bench.matching.truth import Truth
from domain.identification import StatedPerson
from domain.niss import Niss

#: What a bare statement leaves out, in this order of likelihood.
_OPTIONAL = ("address", "nationality", "birth_country", "place", "sex")


@dataclass(frozen=True)
class Query:
    """`truth` is the number that holds of the person meant, None where they are not registered.

    `meant` are all numbers of that person. An undecidable one should go to an agent. `classes` label the line it
    counts on: errors made, what is special about the person, how near a stranger is.
    """

    query_id: str
    stated: StatedPerson
    truth: Niss | None
    meant: frozenset[Niss]
    classes: tuple[str, ...]
    decidable: bool
    culture: str


def ask(seed: int, count: int, register: Register, profile: Profile) -> list[Query]:
    """Queries of a seed; in no order."""
    return _Asker(random.Random(f"queries:{seed}"), register, profile).asked(count)


class _Asker:
    def __init__(self, luck: random.Random, register: Register, profile: Profile) -> None:
        self.luck, self.register = luck, register
        self.mix, self.population = profile.mix, profile.population
        self.truth = Truth(register)

    def asked(self, count: int) -> list[Query]:
        made = []
        for number in range(count):
            draft, place, labels, hopeless = self._drawn()
            made.append(self._query(f"q{number:06d}", draft, place, labels, hopeless=hopeless))
        return made

    def _drawn(self) -> tuple[Draft, int | None, list[str], bool]:
        luck, mix = self.luck, self.mix
        if luck.random() < mix.undecidable:
            return self._undecidable()
        if luck.random() < mix.registered:
            return self._registered()
        if luck.random() < mix.near:
            return self._near()
        culture = luck.choices(self.population.cultures, [one.share for one in self.population.cultures])[0]
        draft = person(luck, culture, self.population)
        labels = ["stranger"]
        if luck.random() < mix.stranger_errors:
            labels += disturb(luck, draft, mix.weights, 1)
        return draft, None, labels, False

    def _registered(self) -> tuple[Draft, int, list[str], bool]:
        luck, mix, register = self.luck, self.mix, self.register
        place = luck.randrange(len(register.people))
        if luck.random() < mix.special:
            kinds = {kind: share for kind, share in mix.special_kinds.items() if register.special.get(kind)}
            if kinds:
                place = luck.choice(register.special[luck.choices(list(kinds), list(kinds.values()))[0]])
        elif register.people[place].deceased_on and luck.random() < 0.9:
            place = self._alive()
        draft = register.draft(place)
        labels = self.truth.traits(place)
        count = 0 if luck.random() < mix.clean else luck.choices((1, 2, 3), mix.errors)[0]
        errors = disturb(luck, draft, mix.weights, count)
        self._bare(draft)
        return draft, place, labels + (errors or ["clean"]), False

    def _alive(self) -> int:
        people = self.register.people
        for _ in range(100):
            place = self.luck.randrange(len(people))
            if not people[place].deceased_on:
                return place
        return 0

    def _near(self) -> tuple[Draft, None, list[str], bool]:
        luck, mix = self.luck, self.mix
        place = self._alive()
        kind, draft = near_person(luck, self.register.draft(place), mix.near_kinds, self.population)
        labels = [kind]
        if luck.random() < mix.near_errors:
            labels += disturb(luck, draft, mix.weights, 1)
        self._bare(draft)
        return draft, None, labels, self.truth.cannot_be_told(draft, place)

    def _bare(self, draft: Draft) -> None:
        """Some requesters fill in little."""
        luck = self.luck
        if luck.random() > self.mix.bare:
            return
        for name, share in zip(_OPTIONAL, (0.7, 0.6, 0.6, 0.5, 0.2), strict=True):
            if luck.random() < share:
                if name == "address":
                    draft.no_address()
                else:
                    setattr(draft, name, "")

    def _undecidable(self) -> tuple[Draft, int | None, list[str], bool]:
        """Somebody registered twice, or a namesake of the day, or of a day one slip away, whom nothing stated tells."""
        luck, register = self.luck, self.register
        twice = register.special.get("twice", [])
        chance = luck.random()
        if twice and chance < 0.25:
            place = luck.choice(twice)
            return register.draft(place), place, ["registered-twice"], True
        place = self._alive()
        draft = register.draft(place)
        if chance < 0.3:
            # Cousins of one village under one roof; whoever refuses them refuses every slip in a date.
            return (draft, None, ["same-name-slip-one-home"], True) if slip(luck, draft) else self._undecidable()
        other = namesake(luck, draft, self.population)
        if chance < 0.65:
            other.year, other.month, other.day = draft.year, draft.month, draft.day
            self._bare(other)
            return other, None, ["same-name-and-date"], True
        if not slip(luck, other):
            return self._undecidable()
        self._bare(other)
        for forget in luck.sample((other.no_address, other.no_place), 2):
            if not self.truth.cannot_be_told(other, place):
                forget()
        return other, None, ["same-name-slip-of-a-date"], True

    def _query(self, name: str, draft: Draft, place: int | None, labels: list[str], *, hopeless: bool) -> Query:
        meant = self.truth.numbers(place)
        decidable = not hopeless and not self.truth.fits_another(draft, meant)
        return Query(
            query_id=name,
            stated=draft.stated(),
            truth=self.truth.holding(place),
            meant=meant,
            classes=tuple(labels),
            decidable=decidable,
            culture=draft.culture.key,
        )
