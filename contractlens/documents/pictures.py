"""Show where words stand: a PDF's page as a picture with them lit, or the paragraph around them.

Nothing is worked out here: the boxes come from pdfium, by the characters' places that the document remembers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

import pypdfium2
from PIL import Image, ImageChops, ImageDraw

from contractlens.documents.document import Document, Stretch
from contractlens.documents.pdfium import opened, page_of
from contractlens.documents.place import Evidence
from contractlens.errors import DocumentError

LIT = (255, 221, 87)  # what white paper becomes under the mark; print stays black
WIDTH, HEIGHT = 1240, 2480  # the most a picture measures: sharp on a screen of twice the density, bounded on a page of any size
_MARGIN = 1.5  # points around the letters

Box = tuple[int, int, int, int]


def lit_pages(document: Document, evidence: Iterable[Evidence]) -> dict[int, list[Stretch]]:
    """The pages on which the quotes stand, the first quote's first, each with the stretches to light there."""
    pages: dict[int, list[Stretch]] = {}
    for quote in evidence:
        for stretch in document.stretches_between(quote.start, quote.end):
            if stretch.page is not None and (stretch.source is not None or stretch.seen):
                pages.setdefault(stretch.page, []).append(stretch)
    return pages


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as a PNG, and the boxes that are lit in it, in its own pixels: left, top, right, bottom."""

    png: bytes
    boxes: tuple[Box, ...]
    width: int
    height: int


def page_picture(data: bytes, name: str, page: int, stretches: Sequence[Stretch] = (), zoom: float = 1, *, password: str | None = None) -> Picture:
    """Page `page` of the PDF, counted from 1, with the stretches on it lit, `zoom` times as large. Raises DocumentError where it cannot be drawn."""
    with opened(data, name, password) as pdf:
        try:
            picture, boxes = _drawn(pdf, page, [s for s in stretches if s.page == page], zoom)
        except (pypdfium2.PdfiumError, IndexError):
            raise DocumentError("unreadable", f"{name}: page {page} cannot be drawn. Open the file itself to see it.") from None
    out = BytesIO()
    _lit(picture, boxes).save(out, "PNG", compress_level=1)  # twice as fast as the default, and hardly larger
    return Picture(out.getvalue(), tuple(boxes), *picture.size)


def paragraphs_around(document: Document, evidence: Evidence, most: int = 1500) -> tuple[str, str, str]:
    """The paragraphs in which a quote stands, as what comes before it, the quote, and what follows; both cut to `most` characters."""
    first, last = document.paragraph_at(evidence.start), document.paragraph_at(max(evidence.end - 1, evidence.start))
    start = evidence.start if first is None else document.paragraphs[first].start
    end = evidence.end if last is None else document.paragraphs[last].end
    before, after = document.text[start : evidence.start], document.text[evidence.end : max(end, evidence.end)]
    before = before if len(before) <= most else "… " + before[-most:].split(" ", 1)[-1]
    after = after if len(after) <= most else after[:most].rsplit(" ", 1)[0] + " …"
    return before, evidence.quote, after


def _drawn(pdf: pypdfium2.PdfDocument, number: int, stretches: Iterable[Stretch], zoom: float) -> tuple[Image.Image, list[Box]]:
    """The page as it prints, and the boxes of the stretches in the picture's own pixels."""
    page, _ = page_of(pdf, number)
    try:
        width, height = page.get_size()
        bitmap = page.render(scale=zoom * min(WIDTH / max(width, 1), HEIGHT / max(height, 1)), rev_byteorder=True)  # in the order of a PNG
        try:
            to_pixels = bitmap.get_posconv(page).to_bitmap  # knows of rotated and cropped pages
            boxes = [_box(to_pixels(left, bottom), to_pixels(right, top)) for left, bottom, right, top in _rectangles(page, stretches)]
            return bitmap.to_pil().convert("RGB"), boxes
        finally:
            bitmap.close()
    finally:
        page.close()


def _rectangles(page: pypdfium2.PdfPage, stretches: Iterable[Stretch]) -> Iterator[tuple[float, float, float, float]]:
    textpage = page.get_textpage()
    try:
        for stretch in stretches:
            if stretch.seen:
                left, bottom, right, top = stretch.seen.box
                yield left - _MARGIN, bottom - _MARGIN, right + _MARGIN, top + _MARGIN
                continue
            for i in range(textpage.count_rects(stretch.source, stretch.end - stretch.start)):
                left, bottom, right, top = textpage.get_rect(i)
                yield left - _MARGIN, bottom - _MARGIN, right + _MARGIN, top + _MARGIN
    finally:
        textpage.close()


def _box(one: tuple[int, int], other: tuple[int, int]) -> Box:
    """Two opposite corners, in the order that drawing asks for."""
    (x0, x1), (y0, y1) = sorted((one[0], other[0])), sorted((one[1], other[1]))
    return x0, y0, x1, y1


def _lit(picture: Image.Image, boxes: Iterable[Box]) -> Image.Image:
    """As a marker does it: the paper takes the colour, the print keeps its own, and boxes that overlap are not lit twice."""
    mask = Image.new("L", picture.size, 0)
    draw = ImageDraw.Draw(mask)
    for box in boxes:
        draw.rectangle(box, fill=255)
    if around := mask.getbbox():  # the rest of the page need not be gone through
        part = picture.crop(around)
        picture.paste(ImageChops.multiply(part, Image.new("RGB", part.size, LIT)), around, mask.crop(around))
    return picture
