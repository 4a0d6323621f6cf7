"""Documents without pages, as sheets to read; sentences with their changes."""

from __future__ import annotations

import html
import itertools
import re
from pathlib import Path

import pytest

from contractlens.advice.finding import Finding, Redline
from contractlens.documents import open_document, read_document
from contractlens.exports.sheets import as_change, as_sheet, sheet_at, sheets

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


@pytest.mark.parametrize("name", ["kestrel-cdn.docx", "ledgerleaf-saas.docx", "boardloom-terms.docx"])
def test_every_word_stands_on_one_sheet_and_in_order(name: str) -> None:
    document = open_document(SAMPLES / name)
    made = sheets(document)
    assert made[0][0] == 0
    assert made[-1][1] == len(document.paragraphs)
    assert all(after == first for (_, after), (first, _) in itertools.pairwise(made))
    read = html.unescape(re.sub(r"<[^>]+>", "", "".join(as_sheet(document, n + 1) for n in range(len(made)))))
    assert re.sub(r"\s", "", read) == re.sub(r"[\s|]", "", document.text).replace("|", "")


def test_a_quote_is_marked_on_its_sheet_and_nothing_else_is() -> None:
    document = open_document(SAMPLES / "kestrel-cdn.docx")
    start = document.text.index("Upon expiration of the Initial Term")
    quote = document.evidence(start, start + 200)
    sheet = as_sheet(document, sheet_at(document, start), [quote])
    assert html.unescape("".join(re.findall(r"<mark>(.*?)</mark>", sheet, re.S))) == quote.quote
    assert "<mark>" not in as_sheet(document, 1)


def test_words_are_escaped_and_marks_of_markdown_are_left_out() -> None:
    text = "# Terms & <script>alert(1)</script>\n\nThe **Vendor** may <b>change</b> [this](https://evil.example).\n"
    document = read_document(text.encode(), "terms.md")
    at = document.text.index("Vendor")
    sheet = as_sheet(document, 1, [document.evidence(at, at + 6)])
    assert "<script" not in sheet
    assert "<b>" not in sheet
    assert "<a" not in sheet
    assert "<mark>Vendor</mark>" in sheet
    assert "**" not in sheet


def test_a_change_is_shown_with_what_goes_and_what_comes() -> None:
    document = open_document(SAMPLES / "kestrel-cdn.docx")
    quote = document.evidence(0, 40)
    finding = Finding(rule="a/b", category="sla", severity="low", title="t", meaning="m", why="w")
    added = as_change(finding, Redline.model_validate({"position": "preferred", "after": quote, "with": "New <words>."}))
    assert "<ins>New &lt;words&gt;.</ins>" in added
    assert "<del>" not in added
    other = quote.quote.replace(quote.quote.split()[1], "other")
    replaced = as_change(finding, Redline.model_validate({"position": "preferred", "replace": quote, "with": other}))
    assert "<del>" in replaced
    assert "<ins>other</ins>" in replaced
