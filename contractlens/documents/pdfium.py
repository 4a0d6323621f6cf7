"""The one door to pdfium, which must never be called from two threads at once (it crashes)."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2

from contractlens.errors import DocumentError

LOCK = threading.RLock()


@contextmanager
def opened(data: bytes, name: str) -> Iterator[pypdfium2.PdfDocument]:
    """The PDF, opened, with all other threads kept out until it is closed again."""
    with LOCK:
        try:
            pdf = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            if "password" in str(error).lower():
                raise DocumentError(
                    "encrypted", f"{name}: the PDF is protected by a password. Open it, save a copy without the password, and review that."
                ) from None
            raise DocumentError("unreadable", f"{name}: the PDF is damaged and cannot be opened. Ask for it to be sent again.") from None
        try:
            yield pdf
        finally:
            pdf.close()
