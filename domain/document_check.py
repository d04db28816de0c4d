"""What the documents' zones say of what was stated: field by field, kinds, and which documents still hold."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from domain.document import DocumentKind
from domain.identification import Agreement
from domain.zone import ZoneReading

#: A document that ends within so many days is pointed out: an answer, or an appointment, may take as long.
SOON = timedelta(days=90)
#: The fields (API names of personalData) that stand in a zone, in the order in which people are asked about them.
ZONE_FIELDS = ("surname", "givenNames", "sex", "birthDate", "nationality", "documentNumber", "documentExpiry")


def kind_name(kind: DocumentKind) -> str:
    """How a document's kind is named where fields are: in issues, and in what is confirmed.

    >>> kind_name(DocumentKind.IDENTITY_CARD)
    'documents.identityCard'
    """
    return f"documents.{kind.value}"


#: Everything that may be confirmed as typed or chosen rightly although a zone says otherwise.
CONFIRMABLE = (*ZONE_FIELDS, *(kind_name(kind) for kind in DocumentKind))


@dataclass(frozen=True, slots=True)
class FieldCheck:
    """One field of one document. SAME, DIFFERENT, or MISSING where one side says nothing that could be compared.

    `stated` and `printed` are API values; what a zone prints is upper case and without accents, and of a nationality it
    prints three letters. For the kind of a document they are kinds.
    """

    kind: DocumentKind
    field: str
    stated: str | None
    printed: str | None
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class DocumentCheck:
    """All documents of a request beside its statement. `differences` names what is to be corrected or confirmed."""

    fields: tuple[FieldCheck, ...] = ()
    differences: tuple[str, ...] = ()

    @property
    def said(self) -> dict[str, Agreement]:
        """By field: SAME where a zone says what was stated, DIFFERENT where one does not; the others are left out.

        >>> same = FieldCheck(DocumentKind.PASSPORT, "sex", "F", "F", Agreement.SAME)
        >>> DocumentCheck((same,)).said, DocumentCheck((same,), differences=("sex",)).said
        ({'sex': <Agreement.SAME: 'same'>}, {'sex': <Agreement.DIFFERENT: 'different'>})
        """
        same = {check.field for check in self.fields if check.agreement is Agreement.SAME}
        return {
            name: Agreement.DIFFERENT if name in self.differences else Agreement.SAME
            for name in ZONE_FIELDS
            if name in same or name in self.differences
        }

    def unconfirmed(self, confirmed: Collection[str]) -> tuple[str, ...]:
        """The differences nobody has confirmed."""
        return tuple(name for name in self.differences if name not in confirmed)


@dataclass(frozen=True, slots=True)
class DocumentsSay:
    """What documents say when the register is asked: `fields` as in DocumentCheck.said.

    `doubtful`: one contradicts what was stated, or none is valid any more; then an agent decides.
    """

    doubtful: bool
    fields: Mapping[str, Agreement]


@dataclass(frozen=True, slots=True)
class Validity:
    """Until when documents hold: by their zones, and as stated for the one document that it may mean.

    `until` lacks those of which it is not known: nobody knows that they have expired either. `one_of_them` is a day
    until which one of the documents holds, whichever it is.
    """

    documents: Collection[DocumentKind]
    until: Mapping[DocumentKind, date]
    one_of_them: date | None = None

    def expired(self, today: date) -> tuple[DocumentKind, ...]:
        """Those that have ended; the last day counts as valid."""
        return tuple(kind for kind, day in self.until.items() if day < today)

    def ends_soon(self, kind: DocumentKind, today: date) -> bool:
        """Whether it holds today and not for long."""
        day = self.until.get(kind)
        return day is not None and today <= day < today + SOON

    def none_is_valid(self, today: date) -> bool:
        """Whether every document is known to have expired; where there is none, none has."""
        if self.one_of_them is not None and self.one_of_them >= today:
            return False
        return bool(self.documents) and len(self.expired(today)) == len(self.documents)


def validity(
    kinds: Collection[DocumentKind],
    readings: Mapping[DocumentKind, ZoneReading],
    *,
    stated: date | None,
    numbered: Collection[DocumentKind] = (),
    confirmed: bool = False,
) -> Validity:
    """Until when each document holds, as far as it is known.

    Args:
        kinds: the documents of the request.
        readings: what their zones say.
        stated: the expiry that was typed.
        numbered: those whose zone has the number that was typed: the expiry is then theirs.
        confirmed: the typed expiry was confirmed although a zone says otherwise: then it is believed, and an agent
            looks at it.
    """
    until = {kind: readings[kind].document_expiry for kind in DocumentKind if kind in readings}
    documents = frozenset(kinds)
    if stated is None or stated in until.values():
        return Validity(documents, until)
    unread = [kind for kind in DocumentKind if kind in kinds and kind not in readings]
    meant = list(numbered) or unread or list(until)
    if len(meant) == 1 and (confirmed or meant == unread):
        until[meant[0]] = stated
    elif confirmed and meant != unread:
        return Validity(documents, until, one_of_them=stated)
    return Validity(documents, until)
