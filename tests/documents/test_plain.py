"""Text and Markdown: the file's own characters, only told apart."""

from __future__ import annotations

import textwrap

import pytest

from contractlens.documents.document import Document, Source
from contractlens.documents.plain import decode, read, read_markdown
from contractlens.language.sentences import split


def plain(text: str) -> Document:
    return read(text.encode(), Source("a.txt", "a.txt", "", "text/plain"))


def markdown(text: str) -> Document:
    return read_markdown(text.encode(), Source("a.md", "a.md", "", "text/markdown"))


def paragraphs(document: Document, kind: str = "prose") -> list[str]:
    return [document.text[p.start : p.end] for p in document.paragraphs if p.kind == kind]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("90 days’ notice".encode(), "90 days’ notice"),
        ("90 days’ notice".encode("utf-8-sig"), "90 days’ notice"),
        ("90 days’ notice".encode("utf-16"), "90 days’ notice"),
        ("90 days’ notice".encode("cp1252"), "90 days’ notice"),
        (b"a\r\nb\rc", "a\nb\nc"),
        (b"a\0b", "a b"),
    ],
    ids=["utf-8", "byte-order-mark", "utf-16", "windows", "line-ends", "nul"],
)
def test_bytes_become_text(data: bytes, text: str) -> None:
    assert decode(data) == text


def test_the_text_is_the_file_itself() -> None:
    text = "\n\n  1. Term.  One year.\n\n\t2. Fees.\n"
    assert plain(text).text == text
    assert markdown(text).text == text


def test_what_rules_read_has_the_same_length() -> None:
    document = markdown("**The “Service”** is\u00a0[available](https://example.com/a) 99.9\u00a0% \u2013 always.\n")
    assert len(document.plain) == len(document.text)
    assert " ".join(document.plain.split()) == 'The "Service" is available 99.9 % - always.'
    assert document.plain.index("available") == document.text.index("available")


def test_tags_left_over_in_plain_text_are_no_words() -> None:
    text = 'It renews for <span class="link">Subscription Periods</span> where usage < 5 GB and cost > 3.'
    document = plain(text)
    assert document.text == text
    assert document.plain.split() == "It renews for Subscription Periods where usage < 5 GB and cost > 3.".split()
    assert len(document.plain) == len(text)


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    wrapped = "Provider shall make the Service available to Customer ninety-nine percent\nof the time in each calendar month."
    assert paragraphs(plain(f"{wrapped}\n\nFees are due at once.\n")) == [wrapped, "Fees are due at once."]


def test_a_sentence_that_runs_on_over_a_blank_line_stays_whole() -> None:
    assert len(paragraphs(plain("The Provider may change these terms at any time by\n\nposting them here.\n"))) == 1


def test_list_items_are_paragraphs_and_amounts_at_line_starts_are_not() -> None:
    last = "(b) at the end of each calendar month, by giving the Provider at least thirty\n(30) days notice."
    assert paragraphs(plain(f"Customer may leave:\n(a) at once;\n{last}\n")) == ["Customer may leave:", "(a) at once;", last]


def test_markdown_headings() -> None:
    document = markdown("# Terms\n\nWe provide it.\n\nRenewal\n-------\n\nIt renews.\n\n### 4.2 Credits\n\nNone.\n")
    assert paragraphs(document, "heading") == ["# Terms", "Renewal", "### 4.2 Credits"]
    assert [c.heading for c in document.clauses] == ["Terms", "Renewal", "Credits"]
    assert paragraphs(plain("# Terms\n"), "heading") == []


def test_pipe_tables_are_rows_and_their_rule_is_none() -> None:
    document = markdown("Credits:\n\n| Uptime | Credit |\n| ------ | -----: |\n| < 99.9% | 5 % |\n\nAfter it.\n")
    (table,) = document.tables
    assert [[document.text[a:b] for a, b in row.cells] for row in table.rows] == [["Uptime", "Credit"], ["< 99.9%", "5 %"]]
    assert paragraphs(document) == ["Credits:", "After it."]


def test_form_feeds_are_page_breaks() -> None:
    document = plain("First page.\n\fSecond page.\n")
    assert document.pages == 2
    assert [document.evidence(s.start, s.end).page for s in split(document)] == [1, 2]
    assert plain("No pages here.\n").evidence(0, 8).page is None


def test_comments_and_tags_are_not_read() -> None:
    document = markdown("Renews <!-- not really --> each <b>year</b>.\n")
    assert document.plain.split() == ["Renews", "each", "year", "."]


def test_a_blank_to_fill_in_is_no_emphasis() -> None:
    document = read_markdown(b"Dated this ____ day of __May__, 20__.", Source("a.md", "a.md", "", "text/markdown"))
    assert document.plain.split() == "Dated this ____ day of May , 20__.".split()


def test_a_line_that_repeats_a_number_in_figures_goes_on() -> None:
    text = "Customer may leave where it fails in three months of any period of six\n(6) consecutive calendar months.\n\n(7) The seventh item."
    document = read_markdown(text.encode(), Source("a", "a", "", "text/plain"))
    assert [document.text[p.start : p.end].split()[-1] for p in document.paragraphs] == ["months.", "item."]


SENTENCES = ("The Provider shall keep the Service running on every day of the year, and the Customer shall pay the Fees in advance.", "Each of the parties shall keep what it learns of the other to itself for as long as the law of the State of Ohio allows.")


@pytest.mark.parametrize(("width", "between"), [(45, "\n"), (60, "\n"), (75, "\n"), (60, "\n\n")], ids=["narrow", "usual", "wide", "double-spaced"])
def test_a_wrapped_text_has_the_paragraphs_that_it_was_wrapped_from(width: int, between: str) -> None:
    written = [f"{a} {b}" for a in SENTENCES for b in SENTENCES] * 3
    wrapped = [between.join(textwrap.wrap(paragraph, width)) for paragraph in written]
    assert [" ".join(p.split()) for p in paragraphs(plain(f"{between}\n".join(wrapped)))] == written


def test_a_sentence_in_capitals_goes_on_though_its_lines_are_shorter() -> None:
    usual = "\n".join(textwrap.wrap(" ".join(SENTENCES * 4), 94))
    capitals = "YOUR USE OF THE SERVICES AFTER ANY MODIFICATION TO THE TERMS OF SERVICE\nSHALL BE DEEMED YOUR ACCEPTANCE OF THE TERMS OF SERVICE AS MODIFIED."
    assert paragraphs(plain(f"{usual}\n\n{capitals}\n"))[-1] == capitals


@pytest.mark.parametrize(("before", "after"), [("This Agreement is made as of March", "5, 2004 by Acme."), ("This Agreement is made as of March 5,", "2004 by Acme."), ("It is governed by the laws of the State of", "New York.")])
def test_what_a_gap_cuts_in_two_is_one_paragraph(before: str, after: str) -> None:
    assert len(paragraphs(plain(f"{before}\n\n{after}\n"))) == 1


def test_the_foot_of_a_page_right_before_its_break_is_not_read() -> None:
    pages = [f"The Provider may end the Agreement on each of the days that page {n} of it\n\nSource: ACME CORP, 8-K, 2/17/2009\fnames.\n" for n in "abcd"]
    assert "Source" not in " ".join(plain("".join(pages)).plain.split())
    assert len([p for p in paragraphs(plain("".join(pages))) if p.startswith("names")]) == 0
