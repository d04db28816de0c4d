"""What reading zones needs, looked for without loading any of it."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Final

#: By the name one installs.
_PACKAGES: Final = {
    "rapidocr": "rapidocr",
    "onnxruntime": "onnxruntime",
    "opencv-python-headless": "cv2",
    "numpy": "numpy",
}
TASKS: Final = ("det", "rec")


def missing() -> list[str]:
    """What is not there, by the name of its package; empty where zones can be read."""
    lacking = [name for name, module in _PACKAGES.items() if find_spec(module) is None]
    if not lacking and any(model_file(task) is None for task in TASKS):
        lacking.append("the networks in rapidocr's wheel")
    return lacking


def model_file(task: str) -> Path | None:
    """The file of the network that finds (`det`) or recognises (`rec`) text; None where it is not there."""
    spec = find_spec("rapidocr")
    folders = [] if spec is None else list(spec.submodule_search_locations or [])
    found = sorted(file for folder in folders for file in (Path(folder) / "models").glob(f"*_{task}_*.onnx"))
    return found[0] if found else None
