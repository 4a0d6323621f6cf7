"""Headings and numbers become clauses, as the reader would cite them."""

from __future__ import annotations

import pytest

from contractlens.documents.document import Document, Source
from contractlens.documents.plain import read_markdown


def document(text: str) -> Document:
    return read_markdown(text.encode(), Source("a.md", "a.md", "", "text/markdown"))


def cited(text: str, words: str) -> str | None:
    """The clause that a quote would be cited by."""
    made = document(text)
    return made.section_at(made.text.index(words))


AGREEMENT = """HOSTING AGREEMENT

This is made between us.

1. Definitions. "Service" means hosting.

2. TERM

2.1 Initial Term. One year.

2.2 Renewal. It renews:

(a) by itself;

(b) for a year,

(i) at list price;

(ii) without notice.

3. Fees. Customer pays:

1. the monthly fee;

2. all taxes.

4. Law

Delaware.

EXHIBIT A

1. Scope. This exhibit is about support.
"""


@pytest.mark.parametrize(
    ("words", "section"),
    [
        ("made between", "HOSTING AGREEMENT"),
        ("means hosting", "1"),
        ("One year", "2.1"),
        ("It renews", "2.2"),
        ("by itself", "2.2(a)"),
        ("for a year", "2.2(b)"),
        ("at list price", "2.2(b)(i)"),
        ("without notice", "2.2(b)(ii)"),
        ("Customer pays", "3"),
        ("all taxes", "3(2)"),
        ("Delaware", "4"),
        ("about support", "1"),
    ],
    ids=str,
)
def test_a_clause_is_cited_by_its_number(words: str, section: str) -> None:
    assert cited(AGREEMENT, words) == section


def test_clauses_know_those_around_them() -> None:
    made = document(AGREEMENT)
    inner = made.clauses[made.clause_at(made.text.index("at list price")) or 0]
    assert [made.clauses[i].number for i in inner.path] == ["2", "2.2", "2.2(b)"]
    assert [made.clauses[i].heading for i in inner.path][:2] == ["TERM", "Renewal"]


def test_clauses_follow_each_other_without_gaps() -> None:
    made = document(AGREEMENT)
    for before, after in zip(made.clauses, made.clauses[1:], strict=False):
        assert before.end == after.start
    assert made.clauses[-1].end == len(made.text)


@pytest.mark.parametrize(
    "line",
    ["30 days after that it ends.", "99.9 % of the time it works.", "10 business days before, notice is given.", "1 March 2026 is the day.", "12.5 percent more."],
)
def test_an_amount_at_the_start_of_a_line_is_no_clause(line: str) -> None:
    assert cited(f"1. Term. It runs.\n\n{line}\n", line) == "1"


@pytest.mark.parametrize(
    ("line", "number", "heading"),
    [
        ("ARTICLE IV TERM AND TERMINATION", "ARTICLE IV", "TERM AND TERMINATION"),
        ("Section 4.2. Renewal. It renews.", "4.2", "Renewal"),
        ("§ 1. Liability. There is none.", "1", "Liability"),
        ("4.2.1 Service Credits. None are due.", "4.2.1", "Service Credits"),
        ("1) Notices. They are in writing.", "1", "Notices"),
        ("2 Governing Law", "2", "Governing Law"),
        ("Schedule 2 Service Levels", "Schedule 2", "Service Levels"),
        ("# Renewal", None, "Renewal"),
    ],
    ids=str,
)
def test_ways_to_number_a_clause(line: str, number: str | None, heading: str) -> None:
    (clause,) = document(f"{line}\n").clauses
    assert (clause.number, clause.heading) == (number, heading)


def test_words_that_head_a_paragraph_head_it_where_nothing_is_numbered() -> None:
    text = "SERVICES AGREEMENT\n\nTerm and Renewal. This Agreement shall run for one year.\n\nGoverning Law. This Agreement is governed by the laws of Ohio.\n"
    assert (cited(text, "shall run"), cited(text, "is governed")) == ("Term and Renewal", "Governing Law")


def test_recitals_end_where_the_parties_agree() -> None:
    text = "RECITALS\n\nAcme hosts websites.\n\nNOW, THEREFORE, the parties agree as follows:\n\nThis Agreement renews each year.\n"
    assert (cited(text, "Acme hosts"), cited(text, "renews each year")) == ("RECITALS", None)
