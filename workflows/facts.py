"""The facts a request's workflow is told: a signal each, in the past tense. The API has accepted each before."""

from __future__ import annotations

from temporalio import workflow

from domain.request import Fact, RequestFile


class ToldFacts:
    """Signals of a workflow that keeps a file. One may land before `run` begins."""

    file: RequestFile

    def _take(self, fact: Fact) -> None:
        """Never raises: an exception in a signal handler would stall the run."""
        self.file.apply(fact, workflow.now())

    @workflow.signal(name="documentUploaded", description="A document was uploaded, or replaced")
    def document_uploaded(self, fact: Fact) -> None:
        """Step 1."""
        self._take(fact)

    @workflow.signal(name="personalDataStated", description="The personal data were stated, or corrected")
    def personal_data_stated(self, fact: Fact) -> None:
        """Step 2."""
        self._take(fact)

    @workflow.signal(name="addressStated", description="The address was stated, or corrected")
    def address_stated(self, fact: Fact) -> None:
        """Step 3."""
        self._take(fact)

    @workflow.signal(name="submitted", description="The requester has sent the request")
    def submitted(self, fact: Fact) -> None:
        """Step 4."""
        self._take(fact)

    @workflow.signal(name="documentRemoved", description="A document was taken out again")
    def document_removed(self, fact: Fact) -> None:
        """While collecting."""
        self._take(fact)

    @workflow.signal(name="withdrawn", description="The requester has withdrawn the request")
    def withdrawn(self, fact: Fact) -> None:
        """From any phase but under an accepted ruling."""
        self._take(fact)

    @workflow.signal(name="informationAdded", description="A part of what was asked for has arrived")
    def information_added(self, fact: Fact) -> None:
        """While information is awaited."""
        self._take(fact)

    @workflow.signal(name="ruled", description="An agent has decided, and the undo time is over")
    def ruled(self, fact: Fact) -> None:
        """While in review."""
        self._take(fact)

    @workflow.signal(name="objected", description="The requester says: this is not my employee")
    def objected(self, fact: Fact) -> None:
        """After an answer."""
        self._take(fact)
