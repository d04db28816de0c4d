"""An agent's question: what was asked for, which steps that opens, and what of it is still outstanding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from domain.request import Part
from domain.statement import Statement, filled

_ADDRESS_FIELDS = ("official", "contact")


def part_of(field_name: str) -> Part:
    """The PUT by which a field (API name) is stated."""
    return Part.ADDRESS if field_name in _ADDRESS_FIELDS else Part.PERSONAL_DATA


@dataclass(frozen=True, slots=True)
class Question:
    """A document, fields, or both. `put` are the parts whose PUT was accepted since it was asked."""

    document: bool
    fields: tuple[str, ...]
    put: frozenset[Part] = frozenset()

    @classmethod
    def of(cls, asked: Mapping[str, Any]) -> Self:
        """From a ruling's members, or from the row's `asked`."""
        # A question of an earlier version knew only the parts that had arrived.
        put = asked.get("put", asked.get("arrived", ()))
        fields = tuple(asked.get("fields") or ())
        return cls(bool(asked.get("document")), fields, frozenset(Part(part) for part in put))

    @property
    def parts(self) -> list[Part]:
        """The PUTs it opens."""
        asked = {part_of(name) for name in self.fields} | ({Part.DOCUMENT} if self.document else set())
        return [part for part in Part if part in asked]

    def lacks_document(self) -> bool:
        """Whether the document has not been uploaded since."""
        return self.document and Part.DOCUMENT not in self.put

    def lacks(self, statement: Statement) -> tuple[str, ...]:
        """The fields that are outstanding: those nobody has stated since, and those that are empty now."""
        return tuple(name for name in self.fields if part_of(name) not in self.put or not filled(statement, name))

    def outstanding(self, statement: Statement) -> list[Part]:
        """The parts that have not arrived: a part has, once its PUT was accepted and every asked field is filled."""
        open_parts = {part_of(name) for name in self.lacks(statement)}
        return [part for part in self.parts if part in open_parts or (part is Part.DOCUMENT and self.lacks_document())]
