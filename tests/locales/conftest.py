"""The API of the API's own tests."""

from tests.api.conftest import desk, prepared

__all__ = ["desk", "prepared"]
