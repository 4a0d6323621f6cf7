"""Read a PDF into paragraphs that remember their page and their place on it.

pdfium gives the characters and one box for each line; pdfplumber is asked only for the cells of ruled tables. Pages
whose text is not what a reader sees (pictures, fonts without characters) are recognised where that is at hand, and else
reported, not guessed.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium_c

from contractlens.documents import grids, recognition, scans
from contractlens.documents.clauses import find_clauses
from contractlens.documents.document import Document, Draft, Piece, ReadWarning, Source, TextSource, exchanged
from contractlens.documents.layout import Line, Page, arrange
from contractlens.documents.limits import DEFAULT, Limits, too_large
from contractlens.documents.pdfium import opened, page_of
from contractlens.documents.streams import check_streams
from contractlens.documents.typed import placed
from contractlens.documents.unseen import holds_unseen

# Printed as what they stand for, one for one: no-break and thin spaces, the Greek question mark, what is left of a line-end hyphen.
PRINTED = {**dict.fromkeys("\u00a0\u2002\u2003\u2009\u202f\t\x0b\x0c", " "), "\u037e": ";", "\ufffe": "-", "\u0002": "-", "\u00ad": "-"}


def read(data: bytes, source: Source, limits: Limits = DEFAULT, password: str | None = None) -> Document:
    """The document; `password` opens one that is encrypted."""
    check_streams(data, source.name, limits)
    with opened(data, source.name, password) as pdf:
        count = len(pdf)
        if count > limits.pages:
            raise too_large(source.name, f"it has {count:,} pages, more than an agreement does", "pages")
        pages = _pages(pdf, data, source, limits, password)
        told = recognition.recognise(pdf, pages, limits)
        warnings = [*scans.about(pages, told), *_beside(pdf)]
    if not any(_counts(page) for page in pages):
        raise scans.nothing_read(source.name, pages, told)
    draft = Draft()
    arrange(pages, draft)
    made = Document(
        source, draft.text, tuple(draft.paragraphs), tuple(draft.tables), (), tuple(draft.stretches), count, _text_source(pages), tuple(warnings)
    )
    return Document(**{**made.__dict__, "clauses": find_clauses(made)})


def _counts(page: Page) -> bool:
    """Whether it was read and says something."""
    return page.unread is None and any(line.text.strip() for line in page.lines)


def _text_source(pages: list[Page]) -> TextSource:
    recognised = [page.recognised is not None for page in pages if _counts(page)]
    if any(page.unread for page in pages) or (any(recognised) and not all(recognised)):
        return "mixed"
    return "ocr" if any(recognised) else "text"


def _beside(pdf: pypdfium2.PdfDocument) -> Iterator[ReadWarning]:
    """What the file holds beside its pages."""
    attached = pdfium_c.FPDFDoc_GetAttachmentCount(pdf)
    if attached > 0:
        files = "A file is" if attached == 1 else f"{attached} files are"
        yield ReadWarning("attachment_not_read", f"{files} attached inside the PDF and not read. Save and review what belongs to the agreement.")


def _pages(pdf: pypdfium2.PdfDocument, data: bytes, source: Source, limits: Limits, password: str | None) -> list[Page]:
    pages, characters = [], 0
    for number in range(1, len(pdf) + 1):
        pages.append(_page(pdf, number, data, password))
        characters += sum(len(line.text) for line in pages[-1].lines)
        if characters > limits.characters:
            raise too_large(source.name, f"it holds more than {limits.characters:,} characters of text", "characters")
    return pages


def _page(pdf: pypdfium2.PdfDocument, number: int, data: bytes, password: str | None) -> Page:
    """A page's lines with their boxes, and its ruled tables."""
    try:
        page, untyped = page_of(pdf, number)
        textpage = page.get_textpage()
    except pypdfium2.PdfiumError:
        return Page(number, 0, 0, [], [], "damaged")
    width, height = page.get_size()
    text = exchanged(textpage.get_text_range(errors="replace"), PRINTED)
    lines = list(_lines(textpage, text))
    if untyped is not None:
        lines = placed(textpage, text, lines, untyped)
    shapes = grids.shapes(page)
    tables: list[list[list[list[Piece]]]] = []
    if shapes.may_hold_table and lines:
        for grid in grids.find(data, number, height, password):
            cells, inside = _fill(textpage, text, grid, number, lines)
            if inside and sum(bool(cell) for row in cells for cell in row) >= 4:
                first = min(inside)
                for i in inside:
                    lines[i].table = len(tables)
                lines[first].opens_table = True
                tables.append(cells)
    unseen = shapes.unseen_text or holds_unseen(textpage, lines, width, height, blank=not shapes.paths and not shapes.picture_share)
    textpage.close()
    page.close()
    return scans.judged(Page(number, width, height, lines, tables, unseen_text=unseen), text, shapes)


def _lines(textpage: pypdfium2.PdfTextPage, text: str) -> Iterator[Line]:
    """The lines, each with one box from its first to its last character: a fraction of what a box per character costs."""
    box = pdfium_c.FS_RECTF()
    size = ctypes.byref(box)
    raw_page = textpage.raw
    at = 0
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            first = at + len(raw) - len(raw.lstrip())
            last = first + len(stripped) - 1
            pdfium_c.FPDFText_GetLooseCharBox(raw_page, first, size)
            left, bottom, top = box.left, box.bottom, box.top
            pdfium_c.FPDFText_GetLooseCharBox(raw_page, last, size)
            weight = pdfium_c.FPDFText_GetFontWeight(raw_page, first)
            yield Line(stripped, first, left, max(box.right, left), bottom, max(top - bottom, 1.0), weight >= 600)
        at += len(raw) + 1


def _fill(textpage: pypdfium2.PdfTextPage, text: str, grid: grids.Grid, page: int, lines: list[Line]) -> tuple[list[list[list[Piece]]], set[int]]:
    """Put each character that stands in the grid into its cell; say which lines lie inside."""
    rows: list[list[list[Piece]]] = [[[] for _ in row] for row in grid.rows]
    boxes = [(cell, r, c) for r, row in enumerate(grid.rows) for c, cell in enumerate(row) if cell is not None]
    inside = set()
    rect = pdfium_c.FS_RECTF()
    pointer = ctypes.byref(rect)
    left, bottom, right, top = grid.box
    for i, line in enumerate(lines):
        middle = line.bottom + line.height / 2
        if not (bottom <= middle <= top and line.right > left and line.left < right) or line.table is not None or line.source is None:
            continue
        inside.add(i)
        run: list[int] = []
        where: tuple[int, int] | None = None
        for k in range(line.source, line.source + len(line.text)):
            pdfium_c.FPDFText_GetLooseCharBox(textpage, k, pointer)
            x, y = (rect.left + rect.right) / 2, (rect.bottom + rect.top) / 2
            found = where if text[k].isspace() else next(((r, c) for (x0, y0, x1, y1), r, c in boxes if x0 <= x <= x1 and y0 <= y <= y1), where)
            if found != where and run:
                _put(rows, where, text, run, page)
                run = []
            where = found
            run.append(k)
        _put(rows, where, text, run, page)
    return rows, inside


def _put(rows: list[list[list[Piece]]], where: tuple[int, int] | None, text: str, run: list[int], page: int) -> None:
    if where is None or not run:
        return
    piece = text[run[0] : run[-1] + 1]
    lead = len(piece) - len(piece.lstrip())
    piece = piece.strip()
    if piece:
        cell = rows[where[0]][where[1]]
        if cell:
            cell.append(Piece(" ", page))
        cell.append(Piece(piece, page, run[0] + lead))
