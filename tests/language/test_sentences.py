"""Sentences as contracts write them: a full stop is not always an end."""

from __future__ import annotations

import pytest

from contractlens.documents.document import Source
from contractlens.documents.plain import read_markdown
from contractlens.language.sentences import Sentence, split


def sentences(text: str) -> list[Sentence]:
    return split(read_markdown(text.encode(), Source("a.md", "a.md", "", "text/markdown")))


WHOLE = [
    "As set out in Section 4.2. of this Agreement, the Service is available.",
    "The rules of Sec. 4 apply to Art. 5 and to No. 12 of the list.",
    "Harbor DNS, Inc. shall make the Service available to Acme Corp. at all times.",
    "Notices go to St. James St. 5, Attn. Legal Dept. of the Provider.",
    "It is available 99.9 % of the time, e.g. 43 min. of outage a month, i.e. not much.",
    "The office is open from 9 a.m. to 5 p.m. on each business day in the U.S. and in Canada.",
    "J. R. Smith signs for the Provider.",
    "Availability of 99.95% is measured each month, vs. 99.9% before.",
]


@pytest.mark.parametrize("text", WHOLE, ids=lambda text: text[:24])
def test_an_abbreviation_or_a_number_ends_no_sentence(text: str) -> None:
    assert [s.text for s in sentences(text)] == [text]


PARTED = {
    "two sentences": ("It renews for a year. Either party may object.", 2),
    "company at the end": ("The Provider is Harbor DNS, Inc. The Customer is Acme Ltd. This Agreement binds both.", 3),
    "question": ("Who may leave? Either party may.", 2),
    "closing quote": ('This is the "Term." It renews.', 2),
    "closing bracket": ("It renews (each a term.) Nobody needs to act.", 2),
    "list on lines": ("Customer may leave:\n(a) at once;\n(b) on notice.", 3),
    "number that opens it": ("12.2. Renewal. It renews for a year.", 2),
    "ends with a figure": ("The fee is $31. It is due monthly.", 2),
    "ends with a clause": ("This is subject to Section 4.2. Customer may leave.", 2),
}


@pytest.mark.parametrize(("text", "count"), PARTED.values(), ids=PARTED)
def test_sentences_are_parted(text: str, count: int) -> None:
    assert len(sentences(text)) == count, [s.text for s in sentences(text)]


def test_a_sentence_is_where_it_says_it_is() -> None:
    text = "# 1. Term\n\n  It renews. \n It ends (if at all)!\n\n| a | b |\n|---|---|\n| c | d |\n"
    for s in sentences(text):
        assert text[s.start : s.end] == s.text.strip() == s.text


def test_headings_and_rows_are_told() -> None:
    found = sentences("# Credits\n\nThey are these.\n\n| Uptime | Credit |\n|---|---|\n| < 99.9% | 5% |\n")
    assert [(s.kind, s.text) for s in found] == [
        ("heading", "# Credits"),
        ("prose", "They are these."),
        ("row", "| Uptime | Credit |"),
        ("row", "| < 99.9% | 5% |"),
    ]


def test_a_sentence_knows_its_words_and_its_clause() -> None:
    found = sentences("1. Term. It auto-renews for 12 months.\n\n2. Fees. None are due at all.\n")
    by_text = {s.text: s for s in found}
    renews = next(s for t, s in by_text.items() if "auto-renews" in t)
    assert {"auto", "renews", "12", "months"} <= renews.words
    assert [s.clause for s in found] == sorted(s.clause or 0 for s in found)
    assert found[-1].clause == 1
