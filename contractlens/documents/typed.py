"""What was typed over a page, such as the values of form fields, put where it stands on the page."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium_c

from contractlens.documents.layout import Line

_WORD = re.compile(r"\S+")


def placed(textpage: pypdfium2.PdfTextPage, text: str, lines: list[Line], untyped: int) -> list[Line]:
    """The page's lines with the typed ones, which pdfium gives after all others (from character `untyped` on), where they stand."""
    printed = [line for line in lines if line.source is not None and line.source + len(line.text) <= untyped]
    for line in _typed(textpage, text, untyped):
        beside = [i for i, p in enumerate(printed) if abs(p.bottom - line.bottom) < 0.7 * line.height and p.left < line.left]
        below = [i for i, p in enumerate(printed) if p.bottom < line.bottom]
        printed.insert(beside[-1] + 1 if beside else below[0] if below else len(printed), line)
    return printed


def _typed(textpage: pypdfium2.PdfTextPage, text: str, start: int) -> Iterator[Line]:
    """The typed words, those of one field together."""
    box = pdfium_c.FS_RECTF()
    current: Line | None = None
    for word in _WORD.finditer(text, start):
        pdfium_c.FPDFText_GetLooseCharBox(textpage, word.start(), ctypes.byref(box))
        left, bottom, height = box.left, box.bottom, max(box.top - box.bottom, 1.0)
        pdfium_c.FPDFText_GetLooseCharBox(textpage, word.end() - 1, ctypes.byref(box))
        if current and current.source is not None and abs(bottom - current.bottom) < 0.5 * height and 0 <= left - current.right < 2 * height:
            current.text, current.right = text[current.source : word.end()], max(box.right, left)
            continue
        if current:
            yield current
        current = Line(word.group(), word.start(), left, max(box.right, left), bottom, height)
    if current:
        yield current
