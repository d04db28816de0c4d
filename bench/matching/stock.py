"""Names with frequencies: a few that many people have, and a long tail of made ones."""

from __future__ import annotations

import random
from bisect import bisect
from collections.abc import Iterable, Sequence
from itertools import accumulate, product


class Stock:
    """Names and how often each is drawn."""

    __slots__ = ("_until", "names")

    def __init__(self, names: Sequence[str], weights: Iterable[float]) -> None:
        self.names = tuple(names)
        self._until = tuple(accumulate(weights))

    def pick(self, luck: random.Random) -> str:
        """One name, by frequency."""
        return self.names[bisect(self._until, luck.random() * self._until[-1], 0, len(self.names) - 1)]

    def other(self, luck: random.Random, than: str) -> str:
        """Another name than this one."""
        for _ in range(20):
            found = self.pick(luck)
            if found != than:
                return found
        return next(name for name in self.names if name != than)


def zipf(names: Sequence[str], *, start: float = 3.0, steep: float = 0.9) -> Stock:
    """The first names much more often than the last ones."""
    return Stock(names, ((rank + start) ** -steep for rank in range(len(names))))


def with_tail(common: Sequence[str], made: Sequence[str], *, head: float, steep: float = 0.7) -> Stock:
    """`head` is the share of people with a common name; the others have one of the tail."""
    known = set(common)
    tail = [name for name in made if name not in known]
    if not tail:
        return zipf(common, steep=steep)
    front = [(rank + 3.0) ** -steep for rank in range(len(common))]
    back = [(rank + 30.0) ** -0.8 for rank in range(len(tail))]
    front_sum, back_sum = sum(front), sum(back)
    weights = [weight / front_sum * head for weight in front] + [weight / back_sum * (1 - head) for weight in back]
    return Stock([*common, *tail], weights)


def words(text: str) -> tuple[str, ...]:
    """Names of a text, divided by spaces; an underscore is a space inside a name."""
    return tuple(word.replace("_", " ") for word in text.split())


def compose(key: str, most: int, *parts: Sequence[str]) -> list[str]:
    """Every combination of the parts, in an order that only `key` gives, at most so many of them."""
    joined = (_smooth(_joined(combination)) for combination in product(*parts))
    found = sorted({name[:1].upper() + name[1:] for name in joined if 3 <= len(name) <= 22})
    random.Random(f"stock:{key}").shuffle(found)
    return found[:most]


def _joined(parts: tuple[str, ...]) -> str:
    """One word, unless a part says otherwise."""
    first, *others = parts
    for part in others:
        first += part if first.endswith((" ", "-")) else part.lower()
    return first


def _smooth(name: str) -> str:
    """No letter three times."""
    for letter in set(name):
        if letter * 3 in name:
            name = name.replace(letter * 3, letter * 2)
    return name
