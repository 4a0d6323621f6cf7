"""Pages that are pictures, read by tesseract: the words, where they stand, and how sure it is of them reach the review."""

from __future__ import annotations

import shutil
from datetime import date
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops

from contractlens import Review, review
from contractlens.documents import Document, open_document
from contractlens.documents.limits import Limits
from contractlens.documents.pdfium import LOCK
from contractlens.documents.pictures import LIT, lit_pages, page_picture

pytestmark = [
    pytest.mark.xdist_group("recognition"),
    pytest.mark.skipif(not shutil.which("tesseract"), reason="tesseract is not installed (apt-get install tesseract-ocr)"),
]
HARBOR = Path(__file__).resolve().parents[2] / "samples" / "harbor-dns.pdf"
RENEWS = 6  # the page on which it renews
PATIENT = Limits(recognition=600)


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page with the renewal as a picture, lying on its side, behind a page of text."""
    with LOCK:
        pdf = pypdfium2.PdfDocument(HARBOR)
        picture = pdf[RENEWS - 1].render(scale=200 / 72, grayscale=True).to_pil().rotate(90, expand=True)
        whole = pypdfium2.PdfDocument.new()
        whole.import_pages(pdf, [0])
        out = BytesIO()
        picture.save(out, "PDF", resolution=200)
        whole.import_pages(pypdfium2.PdfDocument(out.getvalue()))
        path = tmp_path_factory.mktemp("scans") / "scan.pdf"
        whole.save(path)
        pdf.close()
    return path


@pytest.fixture(scope="module")
def document(scanned: Path) -> Document:
    return open_document(scanned, limits=PATIENT)


@pytest.fixture(scope="module")
def found(scanned: Path) -> Review:
    return review(scanned, today=date(2026, 11, 21), effective_date=date(2026, 3, 1), limits=PATIENT)


def test_the_page_is_read_and_said_to_be_recognised(document: Document) -> None:
    assert "will renew for successive terms of twelve (12) months each" in " ".join(document.text.split())
    assert document.text_source == "mixed"
    assert document.pages_not_read == ()
    (warning,) = document.warnings
    assert (warning.kind, warning.page) == ("read_by_recognition", 2)
    assert "check the words on the page" in warning.message


def test_the_recognised_words_are_lit_where_they_stand(document: Document, scanned: Path) -> None:
    start = document.text.index("successive")
    evidence = document.evidence(start, start + len("successive"))
    (page, stretches), *_ = lit_pages(document, [evidence]).items()
    assert page == 2
    picture = Image.open(BytesIO(page_picture(scanned.read_bytes(), "scan.pdf", page, stretches)))
    paper = ImageChops.difference(picture, Image.new("RGB", picture.size, LIT)).convert("L").point(lambda v: 0 if v else 255)
    assert (box := paper.getbbox())
    assert box[3] - box[1] > 3 * (box[2] - box[0]), "the word stands upright on the page that lies on its side"


def test_a_finding_says_that_its_words_were_recognised(found: Review) -> None:
    renewal = next(f for f in found.findings if f.rule == "renewal/automatic-renewal")
    assert renewal.recognition is not None
    assert 0.8 < renewal.recognition <= 1
    assert "check it on the page" in renewal.meaning
    deadline = found.deadline("opt_out_by")
    assert deadline is None or "read by recognition" in deadline.basis
    assert all(f.recognition is None for f in found.findings if all(e.page == 1 for e in f.evidence) and f.evidence)


def test_a_blank_sheet_is_no_unread_page(tmp_path: Path) -> None:
    with LOCK:
        whole = pypdfium2.PdfDocument(HARBOR)
        out = BytesIO()
        Image.new("L", (600, 800), 250).save(out, "PDF")
        whole.import_pages(pypdfium2.PdfDocument(out.getvalue()))
        whole.save(tmp_path / "back.pdf")
        whole.close()
    document = open_document(tmp_path / "back.pdf", limits=PATIENT)
    assert (document.warnings, document.text_source) == ((), "text")
