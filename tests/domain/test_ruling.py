"""Rulings as the call's body says them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import InvalidInput
from domain.request import RulingKind
from domain.ruling import ASKABLE_FIELDS, QUESTION_REASONS, REJECTION_REASONS, read_ruling

REUTER, JANSSENS = "83452416311", "94450506933"


@pytest.mark.parametrize(
    ("members", "body"),
    [
        ({"kind": "identify", "ssin": "83.45.24-163.11"}, {"ssin": REUTER}),
        ({"kind": "identify", "ssin": REUTER, "message": None}, {"ssin": REUTER}),
        ({"kind": "createNumber"}, {"differentFrom": []}),
        ({"kind": "createNumber", "differentFrom": None}, {"differentFrom": []}),
        (
            {"kind": "createNumber", "differentFrom": ["83.45.24-163.11", JANSSENS]},
            {"differentFrom": [REUTER, JANSSENS]},
        ),
        (
            {"kind": "requestInformation", "document": True, "reason": "unreadable"},
            {"document": True, "fields": [], "reason": "unreadable"},
        ),
        (
            {"kind": "requestInformation", "fields": ["sex", "contact", "sex"], "reason": "other", "message": " a\nb "},
            {"document": False, "fields": ["sex", "contact"], "reason": "other", "message": "a\nb"},
        ),
        ({"kind": "reject", "reason": "suspectedFraud"}, {"reason": "suspectedFraud"}),
        ({"kind": "reject", "reason": "other", "message": "Trop tard."}, {"reason": "other", "message": "Trop tard."}),
    ],
)
def test_rulings_that_are_well_formed(members: dict[str, Any], body: dict[str, Any]) -> None:
    ruling = read_ruling(members)
    assert (ruling.kind, ruling.body) == (RulingKind(members["kind"]), body)


@pytest.mark.parametrize(
    ("members", "names"),
    [
        ({}, ["kind"]),
        ({"kind": "forget"}, ["kind"]),
        ({"kind": ["identify"]}, ["kind"]),
        ({"kind": "identify"}, ["ssin"]),
        ({"kind": "identify", "ssin": "83452416312"}, ["ssin"]),
        ({"kind": "identify", "ssin": 83452416311, "reason": "other"}, ["reason", "ssin"]),
        ({"kind": "createNumber", "differentFrom": REUTER}, ["differentFrom"]),
        ({"kind": "createNumber", "differentFrom": [REUTER, "x", None]}, ["differentFrom[1]", "differentFrom[2]"]),
        ({"kind": "requestInformation", "reason": "other"}, ["fields"]),
        ({"kind": "requestInformation", "document": False, "fields": [], "reason": "other"}, ["fields"]),
        ({"kind": "requestInformation", "document": "yes", "reason": "other"}, ["document"]),
        ({"kind": "requestInformation", "fields": ["shoeSize", "sex"], "reason": "other"}, ["fields[0]"]),
        ({"kind": "requestInformation", "fields": "sex", "reason": "other"}, ["fields"]),
        ({"kind": "requestInformation", "document": True}, ["reason"]),
        ({"kind": "requestInformation", "document": True, "reason": "suspectedFraud"}, ["reason"]),
        ({"kind": "reject"}, ["reason"]),
        ({"kind": "reject", "reason": "unreadable", "ssin": REUTER}, ["ssin", "reason"]),
        ({"kind": "reject", "reason": "other", "message": " "}, ["message"]),
        ({"kind": "reject", "reason": "other", "message": "a\x07"}, ["message"]),
        ({"kind": "reject", "reason": "other", "message": "x" * 2001}, ["message"]),
        ({"kind": "reject", "reason": {"a": 1}, "message": 3}, ["reason", "message"]),
    ],
)
def test_what_is_wrong_is_named(members: dict[str, Any], names: list[str]) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_ruling(members)
    assert [issue.name for issue in refused.value.issues] == names


@pytest.mark.parametrize("reason", QUESTION_REASONS)
@pytest.mark.parametrize("field", ASKABLE_FIELDS)
def test_every_field_may_be_asked_for_every_reason(field: str, reason: str) -> None:
    ruling = read_ruling({"kind": "requestInformation", "fields": [field], "reason": reason})
    assert ruling.body == {"document": False, "fields": [field], "reason": reason}


@pytest.mark.parametrize("reason", REJECTION_REASONS)
def test_every_reason_to_reject(reason: str) -> None:
    assert read_ruling({"kind": "reject", "reason": reason}).body == {"reason": reason}


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
_names = st.sampled_from(["ssin", "differentFrom", "document", "fields", "reason", "message", "other"])


@given(kind=st.sampled_from(RulingKind), members=st.dictionaries(_names, _json, max_size=5))
def test_any_body_is_read_or_refused(kind: RulingKind, members: dict[str, Any]) -> None:
    try:
        assert read_ruling({"kind": kind.value, **members}).kind is kind
    except InvalidInput as refused:
        assert refused.issues  # noqa: PT017 - either way is right, a refusal without a reason is not
