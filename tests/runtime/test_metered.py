"""Temporal's own metrics, on a port of the worker's own."""

import httpx
import pytest

from runtime.engine import metered
from runtime.ports import free_ports
from runtime.settings import WrongSetting
from tests.conftest import MakeSettings


def test_temporals_metrics_are_given_where_a_port_is_set(make_settings: MakeSettings) -> None:
    assert metered(make_settings()) is None
    (port,) = free_ports(1)
    settings = make_settings(NISS_METRICS_PORT=str(port))
    kept = metered(settings)
    answer = httpx.get(f"http://127.0.0.1:{port}/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain")
    with pytest.raises(WrongSetting, match=f"NISS_METRICS_PORT: nobody can listen on 127.0.0.1:{port}"):
        metered(settings)
    del kept
