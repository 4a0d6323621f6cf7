"""A page as a picture: the words that are lit are the ones that were quoted, however the page is turned or sized."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest
from PIL import Image

from contractlens.documents import Document, Evidence, open_document
from contractlens.documents.pdfium import LOCK
from contractlens.documents.pictures import HEIGHT, LIT, WIDTH, lit_pages, page_picture, paragraphs_around
from contractlens.errors import DocumentError

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
HARBOR = SAMPLES / "harbor-dns.pdf"
WORDS = "unless either party gives the other written notice of non-renewal"


def quoted(document: Document, words: str) -> Evidence:
    """The evidence for these words, wherever the lines break."""
    start = " ".join(document.text.split("\n")).index(words)
    return document.evidence(start, start + len(words))


def drawn(data: bytes, document: Document, evidence: Evidence) -> Image.Image:
    (page, stretches), *_ = lit_pages(document, [evidence]).items()
    return Image.open(BytesIO(page_picture(data, "it.pdf", page, stretches).png))


def lit_share(picture: Image.Image) -> float:
    return sum(n for n, colour in picture.getcolors(1 << 24) or [] if colour == LIT) / (picture.width * picture.height)


def turned(data: bytes, angle: int) -> bytes:
    with LOCK:
        pdf = pypdfium2.PdfDocument(data)
        for page in pdf:
            page.set_rotation(angle)
        out = BytesIO()
        pdf.save(out)
        pdf.close()
    return out.getvalue()


def test_the_quoted_words_are_lit_and_the_heading_above_them_is_not() -> None:
    document = open_document(HARBOR)
    evidence = quoted(document, WORDS)
    picture = drawn(HARBOR.read_bytes(), document, evidence)
    with pdfplumber.open(HARBOR) as pdf:
        page = pdf.pages[(evidence.page or 0) - 1]
        scale = picture.width / float(page.width)
        words = page.extract_words()
    marked = [w for w in words if w["text"] in ("non-renewal", "unless")]
    heading = [w for w in words if w["text"] == "14."]
    assert marked
    assert heading
    for word, lit in [*((w, True) for w in marked), *((w, False) for w in heading)]:
        box = tuple(int(word[edge] * scale) for edge in ("x0", "top", "x1", "bottom"))
        assert (lit_share(picture.crop(box)) > 0.3) is lit, word["text"]


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_turned_page_is_lit_at_the_same_words(angle: int, tmp_path: Path) -> None:
    upright = open_document(HARBOR)
    as_it_was = lit_share(drawn(HARBOR.read_bytes(), upright, quoted(upright, WORDS)))
    data = turned(HARBOR.read_bytes(), angle)
    stretches = lit_pages(upright, [quoted(upright, WORDS)])
    page, lit = next(iter(stretches.items()))
    share = lit_share(Image.open(BytesIO(page_picture(data, "turned.pdf", page, lit).png)))
    assert share == pytest.approx(as_it_was, rel=0.15)


def test_a_page_of_any_size_makes_a_picture_of_bounded_size() -> None:
    with LOCK:
        pdf = pypdfium2.PdfDocument.new()
        for size in ((14400, 10), (10, 14400), (14400, 14400)):
            pdf.new_page(*size)
        out = BytesIO()
        pdf.save(out)
        pdf.close()
    for page in (1, 2, 3):
        picture = Image.open(BytesIO(page_picture(out.getvalue(), "odd.pdf", page).png))
        assert picture.width <= WIDTH + 1
        assert picture.height <= HEIGHT + 1


def test_a_page_that_is_not_there_is_an_error_of_ours() -> None:
    with pytest.raises(DocumentError, match="page 99 cannot be drawn"):
        page_picture(HARBOR.read_bytes(), "harbor-dns.pdf", 99)


def test_pages_drawn_from_several_threads_are_the_same() -> None:
    data = HARBOR.read_bytes()
    alone = [page_picture(data, "it.pdf", page) for page in (1, 2, 3, 4)]
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(lambda page: page_picture(data, "it.pdf", page), (1, 2, 3, 4)))
    assert together == alone


def test_a_quote_in_a_word_file_comes_with_the_paragraph_around_it() -> None:
    document = open_document(SAMPLES / "kestrel-cdn.docx")
    paragraph = next(p for p in document.paragraphs if p.kind == "prose" and p.end - p.start > 200)
    evidence = document.evidence(paragraph.start + 40, paragraph.start + 120)
    before, quote, after = paragraphs_around(document, evidence)
    assert before + quote + after == document.text[paragraph.start : paragraph.end]
    assert quote == evidence.quote
    assert lit_pages(document, [evidence]) == {}


def test_what_stands_around_a_quote_is_cut() -> None:
    document = open_document(SAMPLES / "kestrel-cdn.docx")
    paragraph = next(p for p in document.paragraphs if p.end - p.start > 300)
    before, _, after = paragraphs_around(document, document.evidence(paragraph.start + 120, paragraph.start + 160), most=50)
    assert before.startswith("… ")
    assert after.endswith(" …")
    assert len(before) < 60
    assert len(after) < 60
