"""The two networks that find and recognise lines of text: PP-OCR's, as the wheel of `rapidocr` brings them.

Only the files are used, by onnxruntime itself: nothing of rapidocr runs, so nothing looks for a newer model and nothing
writes a line that was read into a log.
"""

from __future__ import annotations

from functools import cached_property
from typing import Final

import numpy as np
import onnxruntime
from cv2.typing import MatLike
from numpy.typing import NDArray

from documents.zone.installed import model_file

FloatArray = NDArray[np.float32]
#: Rows of the recogniser's input in pixels; its width is free. One step of its output stands for 8 pixels.
ROWS: Final = 48
STEP: Final = 8
#: What a zone is written in; `_ALIASES` are what the network says for a filler when it takes it for a quotation mark.
ALPHABET: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<"
_ALIASES: Final = {"<": "<\u00ab\u2039\u3008\u300a\uff1c\u304f"}
_THREADS: Final = 1


class Networks:
    """Both networks on one thread, loaded when first used: together some 120 megabytes."""

    def load(self) -> None:
        """Load both now."""
        _ = self.finder, self.columns

    @cached_property
    def finder(self) -> onnxruntime.InferenceSession:
        """Image in, for each pixel how likely it is inside a line of text out."""
        return _session("det")

    @cached_property
    def recogniser(self) -> onnxruntime.InferenceSession:
        """Lines in, for each step of 8 pixels how likely each character is out."""
        return _session("rec")

    @cached_property
    def columns(self) -> list[list[int]]:
        """For nothing and then each letter of ALPHABET: the columns of the recogniser's output that mean it."""
        known = self.recogniser.get_modelmeta().custom_metadata_map["character"].splitlines()
        place = {char: index + 1 for index, char in enumerate(known)}
        return [[0], *([place[sign] for sign in _ALIASES.get(char, char) if sign in place] for char in ALPHABET)]

    def textness(self, image: MatLike) -> FloatArray:
        """How likely (0..1) each pixel is in a line of text. `image` is BGR, its sides multiples of 32."""
        found: FloatArray = self.finder.run(None, {"x": _scaled(image)[None]})[0][0, 0]
        return found

    def chances(self, lines: list[MatLike]) -> FloatArray:
        """For each line (BGR, 48 rows, all of one width), step and sign (nothing, then ALPHABET): how likely it is."""
        out = self.recogniser.run(None, {"x": np.stack([_scaled(line) for line in lines])})[0]
        chances: FloatArray = np.stack([out[:, :, columns].sum(axis=2) for columns in self.columns], axis=2)
        return chances


def _scaled(image: MatLike) -> FloatArray:
    """Channels first, -1..1: what both networks were trained on."""
    scaled: FloatArray = np.ascontiguousarray((image.astype(np.float32) / 127.5 - 1.0).transpose(2, 0, 1))
    return scaled


def _session(task: str) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = _THREADS
    options.enable_cpu_mem_arena = False  # the arena never gives memory back
    options.log_severity_level = 4
    return onnxruntime.InferenceSession(str(model_file(task)), options, providers=["CPUExecutionProvider"])
