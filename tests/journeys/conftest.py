"""One service for all journeys of a module that do not end it."""

from collections.abc import Iterator

import pytest

from tests.journeys.service import Walk, serving


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    with serving(tmp_path_factory.mktemp("service")) as one:
        yield one
