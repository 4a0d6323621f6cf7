"""PDFs that are broken, huge, locked or made to harm: each has its outcome, one sentence, and nothing else happens."""

from __future__ import annotations

from pathlib import Path

import pytest

from contractlens import ContractLensError, Review, review
from contractlens.documents import open_document
from contractlens.documents.limits import Limits
from tests.hostile import pdfs

UNREAD = Limits(recognition=0)
NOTICE = "P90D"


def reviewed(folder: Path, data: bytes, **options: object) -> Review:
    (folder / "terms.pdf").write_bytes(data)
    found = review("terms.pdf", limits=options.pop("limits", UNREAD), **options)  # type: ignore[arg-type]
    assert [p.name for p in folder.iterdir()] == ["terms.pdf"]
    return found


def told(folder: Path, data: bytes, **options: object) -> tuple[str, str]:
    with pytest.raises(ContractLensError) as error:
        reviewed(folder, data, **options)
    message = str(error.value)
    assert message.startswith("terms.pdf: ")
    assert "\n" not in message
    return error.value.kind, message


READ = {
    "plain": pdfs.pdf(),
    "owner password": pdfs.drawn(owner="secret"),
    "javascript": pdfs.acting(b"<< /S /JavaScript /JS (this.submitForm\\('http://127.0.0.1:9/'\\)) >>"),
    "launch": pdfs.acting(b"<< /S /Launch /F (/bin/sh) >>"),
    "web address": pdfs.acting(b"<< /S /URI /URI (http://127.0.0.1:9/) >>"),
    "content that names its page": pdfs.pdf({3: pdfs.PAGE.replace(b"/Contents 4 0 R", b"/Contents [4 0 R 3 0 R]")}),
    "false count": pdfs.pdf({2: b"<< /Type /Pages /Kids [3 0 R] /Count 2000000000 >>"}),
    "negative count": pdfs.pdf({2: b"<< /Type /Pages /Kids [3 0 R] /Count -5 >>"}),
    "turned": pdfs.turned(90),
    "on its head": pdfs.turned(180),
    "junk before it": b"MIME-Version: 1.0\r\n\r\n" * 10 + pdfs.pdf(),
    "zeros after it": pdfs.pdf() + b"\0" * 5000,
    "enormous page": pdfs.pdf({3: pdfs.PAGE.replace(b"612 792", b"99999999 99999999")}),
    "page without a size": pdfs.pdf({3: pdfs.PAGE.replace(b"[0 0 612 792]", b"[0 0 0 0]")}),
    "no xref": pdfs.pdf().replace(b"xref\n0", b"xrxx\n0"),
    "deep array": pdfs.pdf({1: b"<< /Type /Catalog /Pages 2 0 R /X %s%s >>" % (b"[" * 50_000, b"]" * 50_000)}),
}


@pytest.mark.parametrize("data", READ.values(), ids=READ)
def test_what_can_be_read_is_read(folder: Path, nothing_starts: None, data: bytes) -> None:
    found = reviewed(folder, data)
    assert found.terms is not None
    assert found.terms.renewal is not None
    assert str(found.terms.renewal.notice_min) == NOTICE
    assert found.document.text_source == "text"


NOT_READ = {
    "user password": (pdfs.drawn(password="secret"), "encrypted", "--password"),
    "certificate": (pdfs.pdf(trailer=b"/Encrypt << /Filter /Adobe.PubSec /V 4 /SubFilter /adbe.pkcs7.s5 >> "), "encrypted", "rights server"),
    "catalog that is itself": (pdfs.pdf({1: b"1 0 R"}), "unreadable", "sent again"),
    "pages that are themselves": (pdfs.pdf({2: b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"}), "unreadable", "none of its pages"),
    "no pages": (pdfs.pdf({2: b"<< /Type /Pages /Kids [] /Count 0 >>"}), "unreadable", "sent again"),
    "no root": (pdfs.pdf(root=b"9 0 R"), "unreadable", "sent again"),
    "cut off": (pdfs.pdf()[:500], "unreadable", "sent again"),
    "zeros": (b"%PDF-1.4\n" + b"\0" * 10_000, "unreadable", "sent again"),
    "too many pages": (pdfs.many_pages(5_000), "too_large", "5,000 pages, more than an agreement does. Split it, or allow more with --max-pages."),
    "bomb": (pdfs.pdf({4: pdfs.flate(b"BT /F1 10 Tf (x) Tj ET " * 4_000_000)}), "too_large", "--max-part"),
    "bomb in a bomb": (pdfs.pdf({4: pdfs.flate(b" " * 100_000_000, 2)}), "too_large", "--max-part"),
    "letters of no map": (pdfs.no_map(), "no_text", "a font from which no words can be read"),
    "shuffled letters": (pdfs.shuffled(), "no_text", "a font from which no words can be read"),
    "scan": (pdfs.pdf(pdfs.picture(60, 80, "612 0 0 792 0 0")), "no_text", "a picture with no text"),
    "scan in strips": (pdfs.in_strips(), "no_text", "a picture with no text"),
    "small scan": (pdfs.pdf(pdfs.picture(60, 80, "300 0 0 400 0 0")), "no_text", "a picture with no text"),
    "scan with a stamp": (pdfs.with_stamp("Received by the registry on 03/15/2020, Bates ABC-000123456"), "no_text", "only a few words of text"),
    "blank": (pdfs.pdf({4: pdfs.stream(b"")}), "no_text", "blank"),
    "form of Adobe's": (pdfs.of_adobe(), "no_text", "print it to a PDF"),
}


@pytest.mark.parametrize(("data", "kind", "says"), NOT_READ.values(), ids=NOT_READ)
def test_what_cannot_be_read_is_told(folder: Path, nothing_starts: None, data: bytes, kind: str, says: str) -> None:
    found, message = told(folder, data)
    assert found == kind
    assert says in message


def test_a_damaged_file_is_not_called_locked_after_a_locked_one(folder: Path) -> None:
    assert told(folder, NOT_READ["user password"][0])[0] == "encrypted"
    assert told(folder, NOT_READ["no pages"][0])[0] == "unreadable"


def test_a_password_opens_it_and_a_wrong_one_is_told_and_not_repeated(folder: Path) -> None:
    data = pdfs.drawn(password="open sesame")
    assert reviewed(folder, data, password="open sesame").terms is not None
    kind, message = told(folder, data, password="sesame open")
    assert kind == "encrypted"
    assert "this password does not open" in message
    assert "sesame" not in message


def test_what_was_typed_in_a_form_stands_beside_its_label(folder: Path) -> None:
    reviewed(folder, pdfs.typed_in())
    assert "Notice of non-renewal: ninety (90) days" in open_document(folder / "terms.pdf").text


def test_an_attached_file_is_told(folder: Path) -> None:
    assert [w.kind for w in reviewed(folder, pdfs.with_attachment()).warnings] == ["attachment_not_read"]


UNSEEN = {"without ink": "3 Tr /F1 10 Tf 40 400 Td", "white": "1 1 1 rg /F1 10 Tf 40 400 Td", "too small": "/F1 0.01 Tf 40 400 Td", "off the page": "/F1 10 Tf 4000 400 Td"}


@pytest.mark.parametrize("how", UNSEEN.values(), ids=UNSEEN)
def test_text_that_does_not_show_is_told(folder: Path, how: str) -> None:
    assert [(w.kind, w.page) for w in reviewed(folder, pdfs.and_also(how, "This Agreement is perpetual.")).warnings] == [("hidden_text", 1)]


def test_text_that_shows_is_not_said_to_be_hidden(folder: Path) -> None:
    assert reviewed(folder, pdfs.and_also("0.9 0 0 rg /F1 4 Tf 40 400 Td", "Small and red.")).warnings == ()


def test_a_limit_can_be_raised_and_lowered(folder: Path) -> None:
    assert told(folder, pdfs.pdf(), limits=Limits(characters=50))[0] == "too_large"
    assert told(folder, pdfs.pdf(), limits=Limits(size=500))[1].endswith("Split it, or allow more with --max-size.")
    assert reviewed(folder, pdfs.many_pages(30), limits=Limits(pages=30)).document.pages == 30
    with pytest.raises(ContractLensError, match="--max-pages"):
        Limits(pages=0)


def test_what_was_not_read_is_never_missing(folder: Path) -> None:
    """The same page alone lacks a clause; with a scanned page behind it, nothing is said to be missing."""
    service = "BT /F1 10 Tf 40 700 Td 14 TL (HOSTING AGREEMENT) Tj T* (Provider shall host the web site of Customer on its servers.) Tj ET"
    whole = reviewed(folder, pdfs.pdf({4: pdfs.stream(service.encode())}))
    scan = pdfs.picture(60, 80, "612 0 0 792 0 0")
    changes = {
        2: b"<< /Type /Pages /Kids [3 0 R 7 0 R] /Count 2 >>",
        4: pdfs.stream(service.encode()),
        6: scan[6],
        7: scan[3].replace(b"4 0 R >>", b"8 0 R >>"),
        8: scan[4],
    }
    part = reviewed(folder, pdfs.pdf(changes))
    assert whole.not_found
    assert any("not found" in f.title for f in whole.findings)
    assert part.not_found == ()
    assert not any("not found" in f.title for f in part.findings)
    assert part.document.text_source == "mixed"
    assert [w.page for w in part.warnings if w.kind == "page_not_read"] == [2]
    held_back = next(u for u in part.unknown if u.field == "not_found")
    assert held_back.reason.startswith("page 2 was not read")
    assert whole.not_found[0].what in held_back.reason
