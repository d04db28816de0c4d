"""`niss doctor` where the reader of machine-readable zones is not installed, or does not start."""

import sys
from collections.abc import Callable

import pytest

from documents.zone import reader
from documents.zone.servant import Servant
from runtime import doctor
from runtime.doctor import Finding, checks, examined
from runtime.settings import Settings

MakeSettings = Callable[..., Settings]


async def found(settings: Settings) -> Finding:
    check = dict(checks(settings))["zones"]
    (finding,) = await examined("zones", check)
    return finding


async def test_what_is_not_installed_is_named(make_settings: MakeSettings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "missing", lambda: ["rapidocr", "onnxruntime"])
    finding = await found(make_settings())
    assert (finding.state, finding.says) == ("warning", "not installed: rapidocr, onnxruntime")
    assert finding.do == "make setup; until then documents are accepted and their zones not read"


async def test_one_that_does_not_start_is_said(make_settings: MakeSettings, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = Servant([sys.executable, "-c", "raise SystemExit(3)"])
    monkeypatch.setattr(doctor, "ChildZoneReader", lambda: reader.ChildZoneReader(servant=broken))
    finding = await found(make_settings())
    assert (finding.state, finding.says) == ("warning", "The reader of zones does not start.")
