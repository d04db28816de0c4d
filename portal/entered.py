"""What somebody has entered into a form, and what is wrong with it: so that a page shows it again, unchanged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from domain.errors import Issue
from locales.catalogue import say


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that is wrong: the field's name, where its link leads, and the sentence above it."""

    name: str
    anchor: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Entered:
    """The texts of a form by the fields' names, and what is wrong."""

    values: Mapping[str, str] = field(default_factory=dict)
    wrong: tuple[Wrong, ...] = ()

    def value(self, name: str) -> str:
        """What was entered, "" where nothing was."""
        return self.values.get(name, "")

    def error(self, name: str) -> str:
        """The sentence above a field, "" where nothing is wrong with it."""
        return next((one.sentence for one in self.wrong if one.name == name), "")


@dataclass(frozen=True, slots=True)
class Labels:
    """How a form's fields are called, what is said of a particular mistake, and where a field's link leads."""

    labels: Mapping[str, str]
    sentences: Mapping[tuple[str, str], str] = field(default_factory=dict)
    anchors: Mapping[str, str] = field(default_factory=dict)

    def wrong(self, issues: Iterable[Issue], language: str) -> tuple[Wrong, ...]:
        """Issues of a use case as a page says them: in a sentence of the form's own, else `Label: what is wrong`."""
        return tuple(self._wrong(issue, language) for issue in issues)

    def _wrong(self, issue: Issue, language: str) -> Wrong:
        own = self.sentences.get((issue.name, issue.detail))
        label = say(self.labels.get(issue.name, issue.name), language)
        told = say(own, language) if own else f"{label}: {say(issue.detail, language, issue.params)}"
        return Wrong(issue.name, self.anchors.get(issue.name, anchor(issue.name)), told)


def anchor(name: str) -> str:
    """The id of a field.

    >>> anchor("official.street")
    'official-street'
    """
    return name.replace(".", "-").replace("[", "-").replace("]", "")
