"""Two numbers were given to one person: an agent lets one lead to the other, and the requester hears of it."""

import pytest

from demo.caller import Refused
from demo.post import text
from tests.journeys.service import Walk, stranger

pytestmark = [pytest.mark.journey, pytest.mark.engine]
REPLACEMENT = "/v1/desk/register/replacement"


def test_one_of_two_numbers_leads_to_the_other(walk: Walk) -> None:
    person = stranger()
    first = walk.sent(person)["id"]
    walk.comes_to(first, "inReview")
    walk.creates(first)
    goes = walk.comes_to(first, "closed")["ssin"]
    # The same person under a name of every day, whom nothing leads to the first number.
    second = walk.sent({**person, "givenNames": "Zoltanka"})["id"]
    walk.comes_to(second, "inReview")
    walk.creates(second)
    stays = walk.comes_to(second, "closed")["ssin"]
    assert stays != goes

    with pytest.raises(Refused) as nowhere:
        walk.dave.call("POST", REPLACEMENT, json={"ssin": goes, "replacedBy": goes})
    assert nowhere.value.status == 400
    body = {"ssin": goes, "replacedBy": stays}
    with pytest.raises(Refused) as refused:
        walk.bob.call("POST", REPLACEMENT, json=body)
    assert refused.value.status == 403
    told = walk.dave.call("POST", REPLACEMENT, json=body, headers={"Idempotency-Key": "two"}).json()
    assert (told["ssin"], told["replacedBy"], told["requests"]) == (goes, stays, 1)

    shown = walk.bob.reads(first)
    assert (shown["ssin"], shown["formerSsin"], shown["outcome"]) == (stays, goes, "numberCreated")
    assert "was replaced: it is now" in shown["summary"]
    assert walk.kinds(first)[-1] == "numberReplaced"
    notice = walk.bob.notifications()["items"][0]
    assert (notice["kind"], notice["requestId"]) == ("numberReplaced", first)
    walk.mailed(first, "The number you received has been replaced")
    for mail in walk.service.post.mails():
        assert goes not in text(mail)
        assert stays not in text(mail)
    # Whoever is like the two is the one that holds.
    found = walk.dave.call("POST", "/v1/desk/register/query", json={"ssin": goes}).json()["items"]
    assert [candidate["ssin"] for candidate in found] == [stays]
