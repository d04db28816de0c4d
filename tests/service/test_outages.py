"""What is accepted stays accepted while something outside is away."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from domain.document import DocumentKind
from domain.errors import BlobStoreUnavailable, Conflict
from service import steps
from tests.service.conftest import House


class _ForgetsNothing:
    """A store whose deletes fail."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    def delete(self, keys: Iterable[str]) -> None:
        raise BlobStoreUnavailable(f"{len(list(keys))} pages")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


def test_a_blob_store_that_cannot_forget_undoes_nothing(house: House, caplog: pytest.LogCaptureFixture) -> None:
    request_id = house.drafted()
    away = replace(house, tools=replace(house.tools, blobs=_ForgetsNothing(house.tools.blobs)))
    with caplog.at_level(logging.WARNING):
        assert away.upload(request_id).outgoing[0].fact.kind == "documentUploaded"
        assert request_id in caplog.text
        removed = steps.remove_document(away.tools, away.caller("bob"), request_id, DocumentKind.PASSPORT)
    assert removed.outgoing[0].fact.kind == "documentRemoved"


def test_a_refusal_is_not_hidden_by_the_store(house: House) -> None:
    request_id = house.sent()
    away = replace(house, tools=replace(house.tools, blobs=_ForgetsNothing(house.tools.blobs)))
    with pytest.raises(Conflict) as refusal:
        away.upload(request_id)
    assert refusal.value.code == "alreadySubmitted"
