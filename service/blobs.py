"""Blobs that no row names any more."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from domain.errors import BlobStoreUnavailable
from service.context import Tools

_LOG = logging.getLogger(__name__)


def forget(tools: Tools, request_id: str, keys: Iterable[str]) -> None:
    """Delete what the rows have let go. A store that is away leaves orphans behind, and the call as it was decided."""
    try:
        tools.blobs.delete(keys)
    except BlobStoreUnavailable:
        _LOG.warning("pages of request %s are left behind in the blob store", request_id)
