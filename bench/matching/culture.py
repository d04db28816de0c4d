"""One name group: its stocks, how families pass names on, and how its names are spelled elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from bench.matching.stock import Stock, compose, with_tail, words, zipf


class Passing(StrEnum):
    """How children come by their surname."""

    SAME = "same"  # the father's
    GENDERED = "gendered"  # the father's, with a feminine form for daughters
    SPANISH = "spanish"  # first of the father, then first of the mother
    PORTUGUESE = "portuguese"  # of the mother, then of the father
    FATHERS_NAME = "fathersName"  # the father's given name
    NORDIC = "nordic"  # the father's given name with -son or -dóttir


class Middle(StrEnum):
    """What may stand behind the first given name by custom."""

    NONE = "none"
    BULGARIAN = "bulgarian"  # the father's name, -ov / -ova
    RUSSIAN = "russian"  # the father's name, -ovych / -ivna
    FATHERS_NAME = "fathersName"
    POST_NAME = "postName"  # a second surname among the given names


@dataclass(frozen=True)
class Culture:
    """All texts are lists of names divided by spaces, the most frequent first; `_` is a space inside a name."""

    key: str
    country: str
    share: float
    surnames: str
    head: float
    """Share of people whose surname is one of the common ones."""
    male: str
    female: str
    towns: str
    streets: str
    stems: str = ""
    endings: str = ""
    onsets: str = ""
    """With `rimes`: more stems, made of both."""
    rimes: str = ""
    particles: str = ""
    """Put before a surname, each with a space."""
    particled: float = 0.0
    town_heads: str = ""
    town_tails: str = ""
    street_patterns: tuple[str, ...] = ("{} 1",)
    regions: str = ""
    passing: Passing = Passing.SAME
    middle: Middle = Middle.NONE
    middle_stated: float = 0.0
    feminine: tuple[tuple[str, str], ...] = ()
    """Endings of men's surnames and of their women's, the first that fits."""
    given_counts: tuple[float, float, float] = (0.6, 0.32, 0.08)
    joined_given: float = 0.0
    """Share of people whose first two names are one with a hyphen."""
    takes_husbands_name: float = 0.5
    double_surname: float = 0.03
    one_name: float = 0.0
    january: float = 0.002
    incomplete: float = 0.003
    spellings: tuple[tuple[str, str], ...] = ()
    """Letters that other tables write otherwise (lower case, both ways)."""
    nicknames: str = ""
    """`Name:Short,Other` …"""
    script: str = ""
    """cyrillic or greek: the letters at home."""
    abroad: tuple[str, ...] = ()
    """Other countries where its people live, were born, or whose nationality they have."""
    postal: str = "#####"

    @cached_property
    def family_names(self) -> Stock:
        """Surnames of men."""
        stems = [*words(self.stems), *compose(self.key + "stem", 900, words(self.onsets), words(self.rimes))]
        endings = words(self.endings.replace("-0", "\u200b"))
        made = [name.replace("\u200b", "") for name in compose(self.key, 7_000, stems, endings)]
        return with_tail(words(self.surnames), list(dict.fromkeys(made)), head=self.head)

    @cached_property
    def male_names(self) -> Stock:
        """Given names of men."""
        return zipf(words(self.male))

    @cached_property
    def female_names(self) -> Stock:
        """Given names of women."""
        return zipf(words(self.female))

    @cached_property
    def places(self) -> Stock:
        """Towns and villages."""
        made = compose(self.key + "town", 900, words(self.town_heads), words(self.town_tails))
        return with_tail(words(self.towns), made, head=0.62, steep=0.8)

    @cached_property
    def roads(self) -> tuple[str, ...]:
        """Street names."""
        named = [pattern.format(name) for pattern in self.street_patterns for name in self.family_names.names[:160]]
        return tuple(dict.fromkeys((*words(self.streets), *named)))

    @cached_property
    def short_names(self) -> dict[str, tuple[str, ...]]:
        """Nicknames by name."""
        pairs = (item.split(":") for item in self.nicknames.split())
        return {name: tuple(short.split(",")) for name, short in pairs}

    def womans(self, surname: str) -> str:
        """The form of a surname that women have."""
        if self.passing is not Passing.GENDERED:
            return surname
        for men, women in self.feminine:
            if surname.endswith(men):
                return surname[: len(surname) - len(men)] + women
        return surname
