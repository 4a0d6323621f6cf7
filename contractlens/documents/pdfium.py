"""The one door to pdfium, which must never be called from two threads at once (it crashes)."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2
import pypdfium2.raw as pdfium_c

from contractlens.errors import DocumentError, ErrorKind

LOCK = threading.RLock()
_TYPED = frozenset((pdfium_c.FPDF_ANNOT_WIDGET, pdfium_c.FPDF_ANNOT_FREETEXT, pdfium_c.FPDF_ANNOT_STAMP))
MOST_NOTES = 5_000


@contextmanager
def opened(data: bytes, name: str, password: str | None = None) -> Iterator[pypdfium2.PdfDocument]:
    """The PDF, opened, with all other threads kept out until it is closed again. The empty password is tried in any case."""
    with LOCK:
        try:
            pdf = pypdfium2.PdfDocument(data, password=password)
        except pypdfium2.PdfiumError as error:
            locked = b"/Encrypt" in data  # of a file that fails otherwise, pdfium may give the error of the file before it
            raise DocumentError(*_told(error.err_code if locked else None, name, bool(password))) from None
        try:
            yield pdf
        finally:
            pdf.close()


def _told(code: int | None, name: str, tried: bool) -> tuple[ErrorKind, str]:
    if code == pdfium_c.FPDF_ERR_PASSWORD and tried:
        return "encrypted", f"{name}: this password does not open the PDF. Check it, and ask the sender where it still fails."
    if code == pdfium_c.FPDF_ERR_PASSWORD:
        return "encrypted", f"{name}: the PDF is protected by a password. Give it with --password, or review a copy without one."
    if code == pdfium_c.FPDF_ERR_SECURITY:
        return "encrypted", f"{name}: the PDF is locked by a certificate or a rights server. Open it there, and review a copy without the lock."
    return "unreadable", f"{name}: the PDF is damaged and cannot be opened. Ask for it to be sent again."


def page_of(pdf: pypdfium2.PdfDocument, number: int) -> tuple[pypdfium2.PdfPage, int | None]:
    """Page `number`, counted from 1, with what was typed over it (form fields, notes on the page) written into it, as it would print.

    The second is how many characters it held without that; None where nothing was typed. Raises PdfiumError.
    """
    page = pdf[number - 1]
    if not _is_typed_over(page):
        return page, None
    textpage = page.get_textpage()
    before = textpage.count_chars()
    textpage.close()
    pdfium_c.FPDFPage_Flatten(page, pdfium_c.FLAT_NORMALDISPLAY)  # in memory alone
    page.close()
    return pdf[number - 1], before


def _is_typed_over(page: pypdfium2.PdfPage) -> bool:
    for i in range(min(pdfium_c.FPDFPage_GetAnnotCount(page), MOST_NOTES)):
        note = pdfium_c.FPDFPage_GetAnnot(page, i)
        kind = pdfium_c.FPDFAnnot_GetSubtype(note)
        pdfium_c.FPDFPage_CloseAnnot(note)
        if kind in _TYPED:
            return True
    return False
