"""Ruled tables on a PDF's page: a quick look at its lines, and pdfplumber only where they may make a table."""

from __future__ import annotations

import ctypes
import gc
import io
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium_c

Box = tuple[float, float, float, float]  # left, bottom, right, top

THIN = 3.0  # points: a rule is thinner
LONG = 18.0  # points: a rule is longer
MOST_OBJECTS = 20_000  # a drawing, not a table
DEEPEST_FORM = 4  # most filings nest their whole page in a form object


@dataclass(frozen=True, slots=True)
class Shapes:
    """What a page's drawing is like: of pictures, the share of the page that they cover."""

    may_hold_table: bool
    picture_share: float
    paths: int
    unseen_text: bool  # letters that are drawn without ink


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table's box and the boxes of its cells, row by row; None where a merged cell covers the place."""

    box: Box
    rows: tuple[tuple[Box | None, ...], ...]


def shapes(page: pypdfium2.PdfPage) -> Shapes:
    """Count rules and boxes, and measure pictures: about a third of a millisecond a page."""
    width, height = page.get_size()
    across = down = boxes = paths = unseen = 0
    picture = 0.0
    l, b, r, t = (ctypes.c_float() for _ in range(4))
    stack = [(page.raw, pdfium_c.FPDFPage_CountObjects(page.raw), pdfium_c.FPDFPage_GetObject, 0, 1.0)]
    seen = 0
    while stack and seen < MOST_OBJECTS:
        holder, count, get, depth, scale = stack.pop()
        for i in range(min(count, MOST_OBJECTS)):
            seen += 1
            thing = get(holder, i)
            kind = pdfium_c.FPDFPageObj_GetType(thing)
            if kind == pdfium_c.FPDF_PAGEOBJ_FORM:
                if depth < DEEPEST_FORM:
                    inner = pdfium_c.FPDFFormObj_CountObjects(thing)
                    stack.append((thing, inner, pdfium_c.FPDFFormObj_GetObject, depth + 1, scale * _scale(thing)))
                continue
            if kind == pdfium_c.FPDF_PAGEOBJ_TEXT:
                unseen += pdfium_c.FPDFTextObj_GetTextRenderMode(thing) == pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE
                continue
            if kind not in (pdfium_c.FPDF_PAGEOBJ_PATH, pdfium_c.FPDF_PAGEOBJ_IMAGE):
                continue
            if not pdfium_c.FPDFPageObj_GetBounds(thing, l, b, r, t):
                continue
            wide, high = r.value - l.value, t.value - b.value
            if kind == pdfium_c.FPDF_PAGEOBJ_IMAGE:
                picture += wide * high * scale / (width * height or 1)  # a scan may come in strips
                continue
            paths += 1
            if high < THIN and wide > LONG:
                across += 1
            elif wide < THIN and high > THIN * 2:
                down += 1
            elif wide > LONG and high > THIN * 2 and wide * high < 0.9 * width * height:
                boxes += 4 if _is_grid(thing) else 1
    return Shapes(seen < MOST_OBJECTS and ((across >= 2 and down >= 2) or boxes >= 4), min(picture, 1.0), paths, unseen > 0)


def _scale(form: object) -> float:
    """By how much a form object makes larger the areas in it."""
    m = pdfium_c.FS_MATRIX()
    return abs(m.a * m.d - m.b * m.c) if pdfium_c.FPDFPageObj_GetMatrix(form, m) else 1.0


def _is_grid(path: object) -> bool:
    """Whether one path draws a whole grid: many straight strokes, and no curve among the first of them."""
    count = pdfium_c.FPDFPath_CountSegments(path)
    if not 8 <= count <= 2000:
        return False
    kinds = [pdfium_c.FPDFPathSegment_GetType(pdfium_c.FPDFPath_GetPathSegment(path, i)) for i in range(min(count, 40))]
    return pdfium_c.FPDF_SEGMENT_BEZIERTO not in kinds and kinds.count(pdfium_c.FPDF_SEGMENT_MOVETO) >= 4


def find(data: bytes, number: int, height: float, password: str | None = None) -> list[Grid]:
    """The ruled tables of a page of at least two rows and two columns, from top to bottom."""
    import pdfplumber

    try:
        with pdfplumber.open(io.BytesIO(data), pages=[number], password=password or "") as pdf:
            page = pdf.pages[0]
            if page.rotation:
                return []
            left0, top0 = page.bbox[0], page.bbox[1]
            found = [_grid(table, left0, top0, float(page.height)) for table in page.find_tables()]
            page.close()
    except Exception:  # pdfplumber (pdfminer) fails in many ways on odd files; the words are read all the same
        return []
    finally:
        gc.collect(0)  # pdfminer's objects hold one another, and no_collection() may be on for all pages
    return sorted((grid for grid in found if grid), key=lambda grid: -grid.box[3])


def _grid(table: object, left0: float, top0: float, height: float) -> Grid | None:
    rows = []
    for row in table.rows:  # type: ignore[attr-defined]
        rows.append(tuple(None if c is None else (c[0] - left0, height - (c[3] - top0), c[2] - left0, height - (c[1] - top0)) for c in row.cells))
    if len(rows) < 2 or max(sum(cell is not None for cell in row) for row in rows) < 2:
        return None
    x0, top, x1, bottom = table.bbox  # type: ignore[attr-defined]
    return Grid((x0 - left0, height - (bottom - top0), x1 - left0, height - (top - top0)), tuple(rows))
