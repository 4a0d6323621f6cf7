"""PDFs, drawn here line by line: what a reader of the page sees is what rules read, and every character knows its place."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from contractlens.documents.document import Document, Source
from contractlens.documents.limits import Limits
from contractlens.documents.pdf import read
from contractlens.errors import DocumentError
from contractlens.language.sentences import split
from contractlens.portfolio.scanning import scan

WIDTH, HEIGHT, LEFT, STEP = 595, 842, 72, 14
Draw = Callable[[Canvas], None]
LONG = "The Provider shall keep the Service available to the Customer at all times of every calendar"
RULED = [["Availability", "Credit"], ["Below 99.9 %", "5 % of the monthly fee"], ["Below 99.0 %", "10 % of the monthly fee"]]


def body(*lines: str, top: int = 740, bold: Sequence[int] = ()) -> Draw:
    """Lines of text one below the other; an empty one leaves a gap."""

    def draw(canvas: Canvas) -> None:
        for i, line in enumerate(lines):
            canvas.setFont("Helvetica-Bold" if i in bold else "Helvetica", 11)
            canvas.drawString(LEFT, top - i * STEP, line)

    return draw


def running(header: str, footer: str) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9)
        canvas.drawString(LEFT, 800, header)
        canvas.drawString(LEFT, 30, footer)

    return draw


def ruled(rows: Sequence[Sequence[str]], top: int = 600, *, one_path: bool = False) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 11)
        high, wide = 22, 200
        xs = [LEFT + i * wide for i in range(len(rows[0]) + 1)]
        ys = [top - i * high for i in range(len(rows) + 1)]
        if one_path:
            canvas.grid(xs, ys)
        else:
            for x in xs:
                canvas.line(x, ys[0], x, ys[-1])
            for y in ys:
                canvas.line(xs[0], y, xs[-1], y)
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                canvas.drawString(xs[c] + 5, ys[r] - 15, cell)

    return draw


def pdf(*pages: Sequence[Draw], encrypt: StandardEncryption | None = None) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT), encrypt=encrypt)
    for page in pages:
        for draw in page:
            draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def opened(*pages: Sequence[Draw]) -> Document:
    return read(pdf(*pages), Source("drawn.pdf", "drawn.pdf", "", "application/pdf"), Limits(recognition=0))


def sentences(document: Document) -> list[str]:
    return [" ".join(s.text.split()) for s in split(document)]


@pytest.fixture(scope="module")
def over_two_pages() -> Document:
    """A sentence that runs on to the next page, with a header and a footer between its halves."""
    first = [body("1. Term", "", LONG, f"month, and {LONG[4:80]}", top=120), running("Harbor DNS · Services Agreement", "Page 1 of 3")]
    second = [body("month without any exception. The next sentence."), running("Harbor DNS · Services Agreement", "Page 2 of 3")]
    third = [body("2. Fees", "", "Customer pays monthly."), running("Harbor DNS · Services Agreement", "Page 3 of 3")]
    return opened(first, second, third)


def test_running_lines_never_split_a_sentence(over_two_pages: Document) -> None:
    long = next(s for s in sentences(over_two_pages) if s.startswith(LONG))
    assert long.endswith("month without any exception.")
    assert "Harbor DNS" not in long
    assert "Page" not in long


def test_running_lines_stay_in_the_text_but_not_among_the_sentences(over_two_pages: Document) -> None:
    assert over_two_pages.text.count("Harbor DNS · Services Agreement") == 3
    assert not any("Harbor DNS" in s or "Page 2" in s for s in sentences(over_two_pages))


def test_every_quote_is_its_slice_and_names_the_page_on_which_it_starts(over_two_pages: Document) -> None:
    pages = {}
    for s in split(over_two_pages):
        evidence = over_two_pages.evidence(s.start, s.end)
        assert over_two_pages.text[evidence.start : evidence.end] == evidence.quote
        pages[evidence.quote[:8]] = evidence.page
    assert (pages["The Prov"], pages["The next"], pages["Customer"]) == (1, 2, 3)


def test_each_stretch_leads_back_to_its_characters_on_the_page() -> None:
    data = pdf([body("1. Term", "", LONG, "month.", "", "2. Fees", "", "Customer pays “monthly”.")])
    document = read(data, Source("drawn.pdf", "drawn.pdf", "", "application/pdf"))
    text = pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range()
    drawn = [s for s in document.stretches if s.source is not None]
    assert drawn
    for s in drawn:
        assert text[s.source : s.source + s.end - s.start] == document.text[s.start : s.end]


def test_lines_of_one_paragraph_are_joined_and_headings_told() -> None:
    document = opened([body("4. SERVICE LEVEL", "", LONG, "month, weekends included.", "", "4.1 Credits. None.", bold=[0])])
    prose = [document.text[p.start : p.end] for p in document.paragraphs if p.kind == "prose"]
    assert prose[0] == f"{LONG} month, weekends included."
    assert [document.text[p.start : p.end] for p in document.paragraphs if p.kind == "heading"] == ["4. SERVICE LEVEL"]
    at = document.text.index("None")
    assert document.section_at(at) == "4.1"


def test_a_word_parted_at_a_line_end_keeps_its_hyphen_and_gets_no_space() -> None:
    document = opened([body(f"{LONG} month, as an auto-", "matic renewal would have it, and in good faith.")])
    assert "auto-matic renewal" in document.text


def test_an_amount_at_the_start_of_a_line_starts_no_clause() -> None:
    document = opened([body(f"{LONG[:70]} by giving at least sixty", "(60) days prior written notice to the other.", "", "Next.")])
    assert any("sixty (60) days prior written notice" in s for s in sentences(document))


def test_a_ruled_table_comes_as_rows_in_its_place() -> None:
    document = opened([body("5. Credits", "", "The credits are these:"), ruled(RULED), body("After the table.", top=480)])
    (table,) = document.tables
    assert [[document.text[a:b] for a, b in row.cells] for row in table.rows] == RULED
    assert document.text.index("The credits are these") < table.start < document.text.index("After the table")
    assert [document.page_at(row.start) for row in table.rows] == [1, 1, 1]
    assert [s.text for s in split(document) if s.kind == "row"] == [" | ".join(row) for row in RULED]


def test_a_table_whose_rules_are_one_path_comes_as_rows() -> None:
    (table,) = opened([body("5. Credits", "", "The credits are these:"), ruled(RULED, one_path=True)]).tables
    assert len(table.rows) == len(RULED)


def test_a_frame_around_the_page_is_no_table() -> None:
    def frame(canvas: Canvas) -> None:
        canvas.rect(50, 50, 495, 742)

    assert opened([frame, body(LONG, "month.")]).tables == ()


def test_a_page_that_is_a_picture_is_told_and_the_others_are_read() -> None:
    def picture(canvas: Canvas) -> None:
        from reportlab.lib.utils import ImageReader

        canvas.drawImage(ImageReader(_grey()), 0, 0, WIDTH, HEIGHT)

    document = opened([body(LONG, "month.")], [picture])
    assert document.text_source == "mixed"
    assert [(w.kind, w.page) for w in document.warnings] == [("page_not_read", 2), ("recognition", None)]
    with pytest.raises(DocumentError) as told:
        opened([picture])
    assert told.value.kind == "no_text"
    assert "Recognition is switched off" in str(told.value)


def _grey() -> io.BytesIO:
    from PIL import Image

    out = io.BytesIO()
    Image.new("L", (60, 80), 128).save(out, "PNG")
    out.seek(0)
    return out


LOCKED = pdf([body(LONG)], encrypt=StandardEncryption("secret", strength=128))
WHOLE = pdf([body(LONG)])


@pytest.mark.parametrize(
    ("data", "kind"),
    [(LOCKED, "encrypted"), (WHOLE[: len(WHOLE) // 3], "unreadable"), (b"%PDF-1.7 nothing more", "unreadable"), (b"", "unreadable")],
    ids=["password", "cut-off", "a-head-alone", "empty"],
)
def test_a_pdf_that_cannot_be_read_is_told_in_a_sentence_or_two(data: bytes, kind: str, tmp_path: Path) -> None:
    path = tmp_path / "supplier.pdf"
    path.write_bytes(data)
    (review,) = scan(path, today=date(2026, 11, 21))
    assert review.error is not None
    assert review.error.kind == kind
    assert review.error.message.startswith("supplier.pdf: ")
    assert review.error.message.endswith(".")
    assert "\n" not in review.error.message
