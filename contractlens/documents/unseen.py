"""Text that is stored on a page and that nobody sees there: too small, far off the paper, or white on white."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence

import pypdfium2
import pypdfium2.raw as pdfium_c

from contractlens.documents.layout import Line

LEAST_WIDTH = 0.3  # points of a letter, on the average
WORDS = 5  # letters that may say something
WHITE = 250  # of 255, in each colour


def holds_unseen(textpage: pypdfium2.PdfTextPage, lines: Sequence[Line], width: float, height: float, *, blank: bool) -> bool:
    """Whether one of the lines is not seen; white ones are looked for only on a page that is `blank` but for its letters."""
    far = max(width, height)
    for line in lines:
        if len(line.text) < WORDS or line.source is None:
            continue
        if line.right - line.left < LEAST_WIDTH * len(line.text) and line.height < 2:
            return True
        if line.right < -far or line.left > 2 * far or line.bottom < -far or line.bottom > 2 * far:
            return True
        if blank and _is_white(textpage, line.source):
            return True
    return False


def _is_white(textpage: pypdfium2.PdfTextPage, at: int) -> bool:
    red, green, blue, opaque = (ctypes.c_uint() for _ in range(4))
    if not pdfium_c.FPDFText_GetFillColor(textpage, at, red, green, blue, opaque):
        return False
    return opaque.value == 0 or min(red.value, green.value, blue.value) >= WHITE
