"""Who may know of a request."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import select

from domain.errors import NissDeskError, NotAllowed, NotFound
from service import requests
from store.tables import Mandate
from tests.service.conftest import House


class TestVisibility:
    """Nobody can tell whether another company's request exists."""

    @pytest.mark.parametrize(("who", "sees"), [("bob", True), ("bea", True), ("alice", True), ("carol", False)])
    def test_a_draft(self, house: House, who: str, sees: bool) -> None:  # noqa: FBT001 - pytest gives it by name
        self._check(house, house.drafted(), who, sees=sees)

    @pytest.mark.parametrize("who", ["dave", "oscar", "sam"])
    def test_a_draft_is_not_for(self, house: House, who: str) -> None:
        self._check(house, house.drafted(), who, sees=False)

    def test_an_agent_sees_what_was_sent(self, house: House) -> None:
        self._check(house, house.sent(), "dave", sees=True)

    def test_a_mandatary_sees_its_own_alone_and_only_while_mandated(self, house: House) -> None:
        own, others = house.sent(by="sam", on_behalf_of="0999000129"), house.sent()
        self._check(house, own, "sam", sees=True)
        self._check(house, own, "bob", sees=True)
        self._check(house, others, "sam", sees=False)
        with house.tools.store.writing() as session:
            for mandate in session.exec(select(Mandate)):
                mandate.valid_until = house.tools.today() - timedelta(days=1)
        self._check(house, own, "sam", sees=False)
        self._check(house, own, "bob", sees=True)

    def test_no_mandate_no_request(self, house: House) -> None:
        with pytest.raises(NotAllowed):
            house.opened(by="sam", on_behalf_of="0999001218")
        with pytest.raises(NotAllowed):
            house.opened(by="dave")

    def _check(self, house: House, request_id: str, who: str, *, sees: bool) -> None:
        if sees:
            assert requests.read_request(house.tools, house.caller(who), request_id).id == request_id
        else:
            with pytest.raises(NotFound) as hidden:
                requests.read_request(house.tools, house.caller(who), request_id)
            with pytest.raises(NotFound) as absent:
                requests.read_request(house.tools, house.caller(who), "00000000-0000-0000-0000-000000000000")
            assert _told(hidden.value) == _told(absent.value)


def _told(error: NissDeskError) -> tuple[str, str]:
    return error.code, error.detail
