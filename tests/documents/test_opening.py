"""What a file is decides how it is read; what is no agreement is told in one sentence that says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from contractlens.documents import open_document
from contractlens.errors import DocumentError

PAGE = b"<!DOCTYPE html><html><body><p>Please sign in to download agreement.pdf.</p></body></html>"


def test_a_web_page_is_read_as_one_even_where_its_name_says_text(tmp_path: Path) -> None:
    (tmp_path / "terms.txt").write_bytes(PAGE)
    document = open_document(tmp_path / "terms.txt")
    assert (document.source.media_type, document.text) == ("text/html", "Please sign in to download agreement.pdf.")


@pytest.mark.parametrize(
    ("name", "data", "kind", "message"),
    [
        ("agreement.pdf", PAGE, "unreadable", "agreement.pdf: this is a web page and no PDF file. Download the agreement again."),
        ("agreement.docx", b"Dear all", "unreadable", "agreement.docx: the file is damaged or is no DOCX file. Ask for it to be sent again."),
        ("agreement.txt", b" \n", "unreadable", "agreement.txt: the file is empty. Ask for it to be sent again."),
        ("agreement.rtf", b"{\\rtf1}", "unsupported", "agreement.rtf: this is rich text (.rtf). Open it in Word or LibreOffice and save it as .docx."),
    ],
    ids=["a sign-in page", "text in a Word file's name", "empty", "rich text"],
)
def test_a_file_that_is_not_what_its_name_says_is_told(tmp_path: Path, name: str, data: bytes, kind: str, message: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(DocumentError) as told:
        open_document(tmp_path / name)
    assert (told.value.kind, str(told.value)) == (kind, message)


def test_a_folder_is_for_scan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DocumentError, match=r"^\.: this is a folder\. Review the agreements in it with:  contractlens scan \.$"):
        open_document(".")
