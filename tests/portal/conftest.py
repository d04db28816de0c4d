"""The portal beside the API, on the API's own tools."""

from tests.api.conftest import desk, filled_url, on_both, prepared, prepared_postgres

__all__ = ["desk", "filled_url", "on_both", "prepared", "prepared_postgres"]
