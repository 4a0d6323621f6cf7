"""The report in its three forms: what comes first, what is said where nothing is due, and what a document cannot do to it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from contractlens.advice.finding import Finding, Review, ReviewError, Unknown
from contractlens.exports import outline
from contractlens.exports.markdown import escape
from contractlens.exports.report import as_html, as_markdown, as_text
from contractlens.exports.words import clean, in_days, shorten
from contractlens.reckoning.deadlines import Deadline
from contractlens.terms.records import Renewal, Terms

TODAY = date(2026, 11, 21)
MakeReview = Callable[..., Review]
LAUNCH = Unknown(field="terms.expiration_date", reason="it starts at the Launch Date", needs="--effective-date")
EVIL = '\x1b[31m[bold red]x[/]\x07\x9b2J\u202edlog\u200b <script>alert(1)</script> *a* | `b` ![c](http://e.example) & "d"\r\n# head'


def renewing(**fields: object) -> Terms:
    return Terms(renewal=Renewal.model_validate({"kind": "automatic", **fields}))


def test_the_text_begins_with_what_to_do_by_when(make_review: MakeReview) -> None:
    lines = as_text(make_review(), TODAY, 110).splitlines()
    assert lines[0] == "samples/harbor-dns.pdf · 9 pages · Harbor DNS, Inc. → Customer"
    assert lines[1] == ""
    assert lines[2] == "ACT BY   Fri 29 Jan 2027 (in 69 days)   give written notice, or it renews for 12 months on 1 Mar 2027"
    assert lines[3] == "         window opens 15 Jan 2027 · decide by 22 Jan 2027 · § 14.2, page 6 · notices to"
    assert lines[4] == "         legal@harbor-dns.example, in writing"
    assert lines[5] == "         counted: the term ends 2027-02-28; 30 days before that"


def test_the_severest_finding_comes_first_with_its_place_at_the_right(make_review: MakeReview) -> None:
    text = as_text(make_review(), TODAY, 100)
    high, medium = text.index("\nHIGH     99.9 %"), text.index("\nMEDIUM   It renews")
    assert high < medium
    line = next(line for line in text.splitlines() if line.startswith("HIGH"))
    assert line.endswith("   § 5.1, page 3")
    assert len(line) == 100
    assert "Ask for: An outage begins when it begins, as detected by either party." in text


def test_what_was_not_found_and_not_worked_out_is_said(make_review: MakeReview) -> None:
    text = as_text(make_review(), TODAY, 100)
    assert "Looked for and not found: a right to end the agreement after repeated failures." in text
    assert "Could not be worked out: which law governs: two laws are named." in text
    assert "Warnings: page 7: the page is a picture of text." in text
    assert text.rstrip().endswith(outline.NOT_ADVICE)


@pytest.mark.parametrize("width", [50, 80, 100, 200])
def test_no_line_is_wider_than_the_terminal(make_review: MakeReview, width: int) -> None:
    assert max(map(len, as_text(make_review(), TODAY, width).splitlines())) <= width


def test_a_long_heading_does_not_squeeze_the_words(make_review: MakeReview) -> None:
    review = make_review()
    finding = review.findings[0]
    long = finding.evidence[0].model_copy(update={"section": "Changes to the Agreement and to the Policies of the Provider"})
    text = as_text(review.model_copy(update={"findings": (finding.model_copy(update={"evidence": (long,)}),)}), TODAY, 80)
    assert "Changes to the …, page 6" in text


def test_a_renewal_that_can_no_longer_be_stopped_is_told(make_review: MakeReview) -> None:
    bound = Deadline(kind="bound_until", date=date(2028, 2, 28), basis="the window for 2027 has closed")
    text = as_text(make_review(deadlines=(bound,)), TODAY, 100)
    assert "BOUND    until Mon 28 Feb 2028   that renewal can no longer be stopped" in text


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        pytest.param({"terms": Terms()}, "no clause was found by which it renews", id="no-renewal"),
        pytest.param(
            {"terms": renewing(), "unknown": (LAUNCH,)},
            "it renews by itself, but it starts at the Launch Date; give it with --effective-date",
            id="no-date",
        ),
        pytest.param({"terms": renewing(), "unknown": ()}, "it renews by itself, but the document gives no date", id="no-reason"),
        pytest.param({"terms": renewing(notice_by="vendor")}, "it renews by itself, and only the vendor may stop that", id="vendor-only"),
        pytest.param({"terms": renewing(kind="optional")}, "it renews only if someone acts", id="option"),
        pytest.param(
            {"terms": renewing(kind="month_to_month", notice_min="P30D")},
            "it goes on from month to month and can be ended with 30 days' notice",
            id="monthly",
        ),
        pytest.param(
            {"deadlines": (Deadline(kind="expires_on", date=date(2027, 2, 28), basis="the term ends"),), "warnings": ()},
            "it ends on 28 Feb 2027 and does not renew",
            id="ends",
        ),
        pytest.param(
            {"deadlines": (Deadline(kind="expires_on", date=date(2027, 2, 28), basis="the term ends"),)},
            "it ends on 28 Feb 2027 and nothing on the pages that were read renews it",
            id="ends-page-unread",
        ),
    ],
)  # fmt: skip
def test_where_nothing_is_due_the_reason_is_given(make_review: MakeReview, fields: dict[str, object], reason: str) -> None:
    review = make_review(**{"deadlines": (), **fields})
    assert f"No date to act by: {reason}" in " ".join(as_text(review, TODAY, 100).split())
    assert reason.replace("--", "") in as_markdown(review, TODAY).replace("\\", "").replace("--", "")
    assert "No date to act by" in as_html(review, TODAY)


def test_a_day_that_has_passed_is_not_told_as_one_to_act_by(make_review: MakeReview) -> None:
    assert "ACT BY" not in as_text(make_review(), date(2027, 1, 30), 100)
    assert "(today)" in as_text(make_review(), date(2027, 1, 29), 100)


def test_drafts_stand_apart(make_review: MakeReview) -> None:
    draft = Finding(
        rule="law/x", category="law", severity="high", status="draft", title="Law", meaning="The law of Delaware governs.", why=""
    )
    text = as_text(make_review(findings=(draft,)), TODAY, 100)
    assert "HIGH" not in text
    assert "From rules on trial, which count for nothing yet: The law of Delaware governs." in text


def test_a_file_that_was_not_read_says_why(make_review: MakeReview) -> None:
    review = make_review(terms=None, deadlines=(), findings=(), error=ReviewError(kind="encrypted", message="It needs a password."))
    for report in (as_text(review, TODAY, 100), as_markdown(review, TODAY), as_html(review, TODAY)):
        assert "It needs a password." in report
        assert "No date to act by" not in report


def evil_review(make_review: MakeReview) -> Review:
    review = make_review(vendor=EVIL, name=f"{EVIL}.pdf", deadlines=(Deadline(kind="opt_out_by", date=date(2027, 1, 29), basis=EVIL),))
    finding = review.findings[0]
    quote = finding.evidence[0].model_copy(update={"quote": EVIL, "section": EVIL})
    words = finding.redlines[0].model_copy(update={"text": EVIL, "note": EVIL})
    swapped = finding.model_copy(update={"title": EVIL, "meaning": EVIL, "why": EVIL, "evidence": (quote,), "redlines": (words,)})
    return review.model_copy(
        update={
            "findings": (swapped,),
            "not_found": tuple(n.model_copy(update={"what": EVIL}) for n in review.not_found),
            "unknown": tuple(u.model_copy(update={"field": EVIL, "reason": EVIL, "needs": EVIL}) for u in review.unknown),
            "warnings": tuple(w.model_copy(update={"message": EVIL}) for w in review.warnings),
        }
    )


def test_nothing_in_a_document_steers_the_terminal(make_review: MakeReview) -> None:
    text = as_text(evil_review(make_review), TODAY, 100)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u200b\u2066-\u2069]", text)
    assert "[bold red]x[/]" in text
    colored = as_text(evil_review(make_review), TODAY, 100, color=True)
    assert set(re.findall(r"\x1b(?!\[[\d;]*m)", colored)) == set()


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.words += data


def test_words_of_the_document_stay_words_in_the_page(make_review: MakeReview) -> None:
    page = Tags()
    page.feed(as_html(evil_review(make_review), TODAY))
    assert not page.tags & {"script", "img", "a", "link", "iframe"}
    assert page.attributes <= {"lang", "charset", "name", "content", "http-equiv", "class", "scope"}
    assert "<script>alert(1)</script>" in page.words


def test_the_page_needs_nothing_from_elsewhere(make_review: MakeReview) -> None:
    page = as_html(make_review(), TODAY)
    assert "default-src 'none'" in page
    assert not re.search(r"(?:src|href)=|url\(|@import", page)


def test_words_of_the_document_stay_words_in_markdown(make_review: MakeReview) -> None:
    rendered = MarkdownIt("commonmark").enable("table").render(as_markdown(evil_review(make_review), TODAY))
    assert not re.search(r"<(?:script|img|a|code)\b", rendered)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in rendered


@pytest.mark.parametrize(
    "text", ["1. Fees", "12) Fees", "- a", "+ a", "# a", "> a", "a | b", "*a* _b_", "<b>", "`c`",
     "[a](b)", "~~a~~", "&amp;", "a\\b", "99.9 %", "==="]
)  # fmt: skip
def test_escaped_markdown_reads_as_it_was_written(text: str) -> None:
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(escape(text))
    assert [t.type for t in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    assert "".join(child.content for child in tokens[1].children or []) == text


def test_words_are_put_on_one_line_and_cut_between_words() -> None:
    assert clean("a\tb\r\n c\u2028d\x00e\udcffz") == "a b c de\ufffdz"
    assert shorten("one two three", 9) == "one two …"


@pytest.mark.parametrize(("days", "words"), [(0, "today"), (1, "tomorrow"), (-1, "yesterday"), (69, "in 69 days"), (-3, "3 days ago")])
def test_how_far_off_a_day_is(days: int, words: str) -> None:
    assert in_days(date.fromordinal(TODAY.toordinal() + days), TODAY) == words
