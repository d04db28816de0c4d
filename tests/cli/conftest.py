"""Requests made through the API, then looked at from the console."""

from tests.api.conftest import desk, filled_url, prepared

__all__ = ["desk", "filled_url", "prepared"]
