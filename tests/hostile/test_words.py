"""Word files that are awkward, broken, huge or made to harm: each has its outcome, one sentence, and nothing else happens."""

from __future__ import annotations

from pathlib import Path

import pytest

from contractlens import ContractLensError, review
from contractlens.documents import open_document
from tests.hostile import words
from tests.hostile.words import CLAUSE, OFFICE, document, par, word

OUTSIDE = f'<Relationship Id="r9" Type="{OFFICE}/attachedTemplate" Target="http://127.0.0.1:9/t.dotm" TargetMode="External"/>'
PICTURE = f'<Relationship Id="r9" Type="{OFFICE}/image" Target="file:///etc/passwd" TargetMode="External"/>'

READ = {
    "plain": word(),
    "template from the web": word(links=OUTSIDE),
    "picture from outside": word(links=PICTURE),
    "paths that climb": word(more=[("../../../tmp/pwned.txt", "x"), ("/etc/pwned", "x"), ("..\\..\\pwned", "x")]),
    "macros": word(kind="application/vnd.ms-word.document.macroEnabled.main+xml", more=[("word/vbaProject.bin", b"\0" * 500)]),
    "template": word(kind="application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"),
    "UTF-16": word(main=document(par(CLAUSE)).replace("UTF-8", "UTF-16").encode("utf-16")),
    "byte order mark": word(main=document(par(CLAUSE)).encode("utf-8-sig")),
    "strict": words.strict(),
    "text box": word(words.boxed()),
    "controls": word(words.controlled()),
    "tables in tables": word(words.nested(14)),
    "moved": word(words.moved()),
    "footnote": words.noted(),
    "no content types": words.without("[Content_Types].xml"),
    "no relations": words.without("_rels/.rels"),
    "junk after the zip": word() + b"\0" * 100,
    "comments and instructions": word(main=document(f"<!-- It never renews. --><?renew never?>{par(CLAUSE)}")),
    "letter by letter": word("<w:p>" + "".join(f'<w:r><w:t xml:space="preserve">{c}</w:t></w:r>' for c in CLAUSE) + "</w:p>"),
}


@pytest.mark.parametrize("data", READ.values(), ids=READ)
def test_what_can_be_read_is_read_once(folder: Path, nothing_starts: None, data: bytes) -> None:
    (folder / "terms.docx").write_bytes(data)
    found = review("terms.docx")
    assert found.terms is not None
    assert found.terms.renewal is not None
    assert str(found.terms.renewal.notice_min) == "P90D"
    assert open_document("terms.docx").text.count("ninety (90) days") == 1
    assert [p.name for p in folder.iterdir()] == ["terms.docx"]


LAUGHS = '<!DOCTYPE w [<!ENTITY a "ha">' + "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9)) + "]>"
OUTER = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
FAR = '<!DOCTYPE w SYSTEM "http://127.0.0.1:9/w.dtd">'


def declared(what: str, text: str) -> bytes:
    return word(main=document(par(text)).replace("?><w:document", f"?>{what}<w:document"))


NOT_READ = {
    "entity bomb": (declared(LAUGHS, "&j;"), "unreadable", "declares entities"),
    "entity from a file": (declared(OUTER, "&x;"), "unreadable", "declares entities"),
    "grammar from the web": (declared(FAR, "x"), "unreadable", "declares entities"),
    "bomb": (word(par("a" * 30_000_000)), "too_large", "--max-ratio"),
    "many tags": (word("<w:p/>" * 2_000_001), "too_large", "--max-"),
    "nested deep": (word("<w:sdt>" * 250 + "</w:sdt>" * 250), "too_large", "--max-depth"),
    "nested too deep": (word("<w:sdt>" * 20_000 + "</w:sdt>" * 20_000), "unreadable", "nested too deep"),
    "tables too deep": (word(words.nested(70)), "unreadable", "nested too deep"),
    "no main part": (words.without("word/document.xml"), "unreadable", "not a Word file"),
    "cut off": (word()[:-200], "unreadable", "cut short"),
    "head alone": (b"PK\x03\x04", "unreadable", "cut short"),
    "broken XML": (word("<w:p><w:r>"), "unreadable", "cut short"),
    "zeros in the XML": (word(main=document(par("a\0b"))), "unreadable", "cut short"),
    "size that lies": (words.lying(200), "unreadable", "cut short"),
    "locked entries": (words.locked(), "encrypted", "password"),
    "Word's password": (words.ole("EncryptionInfo", "EncryptedPackage"), "encrypted", "remove the password"),
    "rights server": (words.ole("DRMEncryptedTransform", "EncryptedPackage"), "encrypted", "rights server"),
    "older Word": (words.ole("WordDocument"), "unreadable", "save it as .docx"),
    "older Excel": (words.ole("Workbook"), "unreadable", "an older Excel workbook"),
    "workbook": (words.packed([("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", "<workbook/>")]), "unreadable", "an Excel workbook"),
    "rich text": (b"{\\rtf1 It renews.}", "unreadable", "save it as .docx"),
    "picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "unreadable", "a picture"),
    "nothing in it": (word(par("")), "no_text", "empty"),
    "empty": (b"", "unreadable", "the file is empty"),
}


@pytest.mark.parametrize(("data", "kind", "says"), NOT_READ.values(), ids=NOT_READ)
def test_what_cannot_be_read_is_told(folder: Path, nothing_starts: None, data: bytes, kind: str, says: str) -> None:
    (folder / "terms.docx").write_bytes(data)
    with pytest.raises(ContractLensError) as error:
        review("terms.docx")
    assert (error.value.kind, says in str(error.value)) == (kind, True), str(error.value)
    assert str(error.value).startswith("terms.docx: ")
    assert "\n" not in str(error.value)


def test_of_two_parts_with_one_name_the_last_is_read_as_word_does(folder: Path) -> None:
    twice = word(par("It never renews."), more=[("word/document.xml", document(par(CLAUSE)))])
    (folder / "terms.docx").write_bytes(twice)
    assert "never" not in open_document("terms.docx").text


def test_a_pdf_in_a_word_files_name_is_read_as_what_it_is(folder: Path) -> None:
    from tests.hostile import pdfs

    (folder / "terms.docx").write_bytes(pdfs.pdf())
    assert review("terms.docx").document.media_type == "application/pdf"
