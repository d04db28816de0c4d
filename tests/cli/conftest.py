"""Requests made through the API, then looked at from the console."""

from tests.api.conftest import desk, prepared

__all__ = ["desk", "prepared"]
