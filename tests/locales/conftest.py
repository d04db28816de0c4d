"""The API of the API's own tests."""

from tests.api.conftest import desk, filled_url, prepared

__all__ = ["desk", "filled_url", "prepared"]
