"""Files that are no PDF and no Word file, whatever their names say: each has its outcome and one sentence."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from contractlens import ContractLensError, review, scan
from contractlens.documents import open_document
from tests.hostile import words
from tests.hostile.words import CLAUSE

PAGE = f"<!DOCTYPE html><html><body><p>{CLAUSE}</p></body></html>"

READ = {
    "utf-16.txt": CLAUSE.encode("utf-16"),
    "utf-16 without a mark.txt": CLAUSE.encode("utf-16-le"),
    "utf-16 big end first.txt": CLAUSE.encode("utf-16-be"),
    "utf-32.txt": CLAUSE.encode("utf-32"),
    "latin.txt": (CLAUSE + " Café.").encode("latin-1"),
    "nul.txt": CLAUSE.replace("ninety", "\0ninety", 1).encode(),
    "escapes.txt": (CLAUSE + " \x1b[2J\x1b]0;owned\x07 ").encode(),
    "no width.txt": CLAUSE.replace("e", "e\u200b").encode(),
    "bidi.txt": (CLAUSE + " \u202eesle gnihton\u202c").encode(),
    "about a pdf.txt": ("%PDF-1.4 is how a PDF starts.\n\n" + CLAUSE).encode()[9:],
    "page.html": PAGE.encode(),
    "page.txt": PAGE.encode(),
    "odd charset.html": PAGE.replace("<body>", '<meta charset="undefined"><body>').encode(),
    "scripts.html": PAGE.replace("<p>", '<script src="http://127.0.0.1:9/x.js">It never renews.</script><img src="http://127.0.0.1:9/x.png"><p>').encode(),
    "word in text.txt": words.word(),
}


@pytest.mark.parametrize(("name", "data"), READ.items(), ids=READ)
def test_what_can_be_read_is_read(folder: Path, nothing_starts: None, name: str, data: bytes) -> None:
    (folder / name).write_bytes(data)
    found = review(name)
    assert found.terms is not None
    assert found.terms.renewal is not None
    assert str(found.terms.renewal.notice_min) == "P90D"
    assert "never renews" not in open_document(name).text


NOT_READ = {
    "agreement.doc": (words.ole("WordDocument"), "unsupported", "an older Word file (.doc). Open it in Word or LibreOffice and save it as .docx."),
    "agreement.rtf": (b"{\\rtf1 It renews.}", "unsupported", "rich text (.rtf). Open it in Word or LibreOffice and save it as .docx."),
    "agreement.odt": (words.packed([("mimetype", "application/vnd.oasis"), ("content.xml", "<x/>")]), "unsupported", "an OpenDocument file"),
    "agreement.xlsx": (words.packed([("xl/workbook.xml", "<x/>")]), "unsupported", "an Excel workbook"),
    "agreement.pptx": (words.packed([("ppt/presentation.xml", "<x/>")]), "unsupported", "a PowerPoint file"),
    "agreement.pages": (words.packed([("Index/Document.iwa", "x")]), "unsupported", "a Pages document"),
    "agreement.zip": (words.packed([("agreement.pdf", "x")]), "unsupported", "a zip archive"),
    "agreement.msg": (words.ole("__substg1.0_0037001F"), "unsupported", "an e-mail (.msg). Save the agreement that is attached to it"),
    "agreement.eml": (b"From: a@example.com\r\nSubject: terms\r\n\r\nHi", "unsupported", "Save the agreement that is attached to it"),
    "agreement.png": (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "unsupported", "a picture. Save it as PDF"),
    "agreement.jpg": (b"\xff\xd8\xff\xe0" + b"\0" * 50, "unsupported", "a picture. Save it as PDF"),
    "agreement.tif": (b"II*\0" + b"\0" * 50, "unsupported", "a picture. Save it as PDF"),
    "agreement.exe": (b"MZ\x90\0" + b"\0" * 50, "unsupported", "a program. Do not open it"),
    "agreement": (b"It renews.", "unsupported", "(no ending)"),
    "picture.pdf": (b"\xff\xd8\xff\xe0" + b"\0" * 50, "unreadable", "a picture"),
    "packed.pdf": (b"\x1f\x8b\x08" + b"\0" * 50, "unreadable", "a packed archive. Unpack it"),
    "sign in.pdf": (PAGE.encode(), "unreadable", "a web page and no PDF file. Download the agreement again."),
    "words.pdf": (CLAUSE.encode(), "unreadable", "is no PDF file"),
    "data.txt": (bytes(range(256)) * 40, "unreadable", "no text but other data"),
    "program.txt": (b"\x7fELF" + bytes(range(60)) * 40, "unreadable", "a program"),
    "empty.txt": (b"", "unreadable", "empty"),
    "zeros.pdf": (b"\0" * 5000, "unreadable", "empty"),
    "one line.txt": (b"notice of renewal unless " * 400_000, "too_large", "--max-characters"),
    "deep.html": (b"<html>" + b"<div>" * 5000, "unreadable", "nests its parts too deep"),
    "blank.html": (b"<!doctype html><html><body><script>1</script></body></html>", "no_text", "holds no text"),
}


@pytest.mark.parametrize(("name", "case"), NOT_READ.items(), ids=NOT_READ)
def test_what_cannot_be_read_is_told(folder: Path, nothing_starts: None, name: str, case: tuple[bytes, str, str]) -> None:
    data, kind, says = case
    (folder / name).write_bytes(data)
    with pytest.raises(ContractLensError) as error:
        review(name)
    assert (error.value.kind, says in str(error.value)) == (kind, True), str(error.value)
    assert str(error.value).startswith(f"{name}: ")
    assert "\n" not in str(error.value)


GERMAN = (
    "Dieser Vertrag verlängert sich um jeweils ein Jahr, wenn er nicht mit einer Frist von neunzig Tagen vor dem Ende der Laufzeit schriftlich "
    "gekündigt wird. Der Anbieter stellt dem Kunden den Dienst während der gesamten Laufzeit zur Verfügung, und der Kunde zahlt die Vergütung."
)
RUSSIAN = "Настоящий договор продлевается на один год, если ни одна из сторон не уведомит другую."


@pytest.mark.parametrize("text", [GERMAN, RUSSIAN], ids=["German", "Russian, and short"])
def test_a_document_that_is_not_english_is_said_to_be_so_and_nothing_is_missing(folder: Path, text: str) -> None:
    (folder / "vertrag.txt").write_text(text, encoding="utf-8")
    found = review("vertrag.txt")
    assert found.document.language is None
    assert [w.kind for w in found.warnings] == ["language"]
    assert found.not_found == ()
    assert found.findings == ()


# What is no file


def test_pipes_loops_and_what_is_not_there_are_told_at_once(folder: Path) -> None:
    os.mkfifo("pipe.pdf")
    os.symlink("loop.pdf", "loop.pdf")
    os.symlink("gone.pdf", "dangling.pdf")
    (folder / "folder.pdf").mkdir()
    named = ["pipe.pdf", "loop.pdf", "dangling.pdf", "missing.pdf", "/dev/zero", "nul\0.pdf"]
    found = {r.document.path: r.error for r in scan(named)}
    assert sorted(found) == sorted(named)
    for path, error in found.items():
        assert error is not None
        assert error.kind in ("unreadable", "unsupported"), path
        assert error.message.endswith(".")
        assert "\n" not in error.message
    with pytest.raises(ContractLensError, match="this is a folder"):
        review("folder.pdf")


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to root")
def test_a_file_that_may_not_be_read_is_told(folder: Path) -> None:
    (folder / "secret.txt").write_text(CLAUSE)
    (folder / "secret.txt").chmod(0)
    with pytest.raises(ContractLensError, match="Check the path and the permissions"):
        review("secret.txt")


@pytest.mark.parametrize("name", ["two\nlines.pdf", "bell\x07 and \x1b[2J.pdf", "\u202efdp.exe.pdf"], ids=["line break", "escape", "bidi"])
def test_a_files_name_cannot_steer_a_message(folder: Path, name: str) -> None:
    (folder / name).write_bytes(b"%PDF-1.4 broken")
    with pytest.raises(ContractLensError) as error:
        review(name)
    assert str(error.value).isprintable()
    (result,) = scan([name])
    assert result.document.path == name
    assert result.error is not None
    assert result.error.message.isprintable()
