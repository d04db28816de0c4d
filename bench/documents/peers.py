"""What others read on the same pages, as installed: a general OCR on the whole page, and FastMRZ."""

from __future__ import annotations

import atexit
import re
import shutil
import subprocess
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import Any

import cv2
from cv2.typing import MatLike

from bench.documents.zones import TODAY, Reader
from domain.zone import ZoneReading
from domain.zone_reading import believed, one_reading


def general() -> Reader:
    """Rapidocr on the whole page, its longest lines taken for the zone; one reading, believed when its digits hold."""
    from rapidocr import RapidOCR  # noqa: PLC0415 - the bench alone loads it, and only for this

    one_thread = {f"EngineConfig.onnxruntime.{kind}_op_num_threads": 1 for kind in ("intra", "inter")}
    engine = RapidOCR(params={"Global.log_level": "critical", **one_thread})

    def read(page: MatLike) -> ZoneReading | None:
        found: Any = engine(page)
        lines = [_signs(text) for text in (found.txts or ())]
        for width, count in ((44, 2), (36, 2), (30, 3)):
            zone = [line.ljust(width, "<") for line in lines if width - 3 <= len(line) <= width and "<" in line]
            said = one_reading(zone[-count:], TODAY)
            if said is not None and said.core is not None:
                return believed([said, said])
        return None

    return read


def fastmrz() -> tuple[str, Reader | str]:
    """FastMRZ by its name and the model it reads with, or why it does not run here.

    It asks tesseract for a model of zones, `mrz`, which neither it nor Debian brings: where that is not there, it gets
    tesseract's English one under this name.
    """
    if find_spec("fastmrz") is None:
        return "FastMRZ", "not installed (uv sync --group documents-peers)"
    if shutil.which("tesseract") is None:
        return "FastMRZ", "no tesseract on this machine, which no package brings"
    from fastmrz import FastMRZ  # noqa: PLC0415 - it may not be there

    models, languages = _models()
    if "mrz" in languages:
        reader, name = FastMRZ(), "FastMRZ"
    elif "eng" in languages:
        reader, name = FastMRZ(tessdata_path=_english(models)), "FastMRZ, English model"
    else:
        return "FastMRZ", "tesseract has neither a model of zones nor an English one"

    def read(page: MatLike) -> ZoneReading | None:
        with TemporaryDirectory() as folder:
            file = Path(folder) / "page.png"
            cv2.imwrite(str(file), page)
            found: Any = reader.get_details(str(file), include_checkdigit=False)
        lines = str(found.get("mrz_text", "")).split("\n") if isinstance(found, dict) else []
        said = one_reading([_signs(line) for line in lines], TODAY)
        return None if said is None else believed([said, said])

    return name, read


def _models() -> tuple[Path, list[str]]:
    """Where tesseract keeps its models, and their names."""
    told = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=True)  # noqa: S607 - from the path
    first, *languages = told.stdout.splitlines()
    return Path(first.split('"')[1]), languages


@cache
def _english(models: Path) -> str:
    """A folder in which the English model is called `mrz`; it goes with this process."""
    folder = Path(mkdtemp(prefix="niss-desk-models-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "mrz.traineddata").symlink_to(models / "eng.traineddata")
    return str(folder)


def _signs(text: str) -> str:
    return re.sub(r"[^A-Z0-9<]", "", text.upper())
