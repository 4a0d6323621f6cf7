"""Defined terms: wherever it is said what they stand for."""

from __future__ import annotations

import pytest

from contractlens.documents.document import Source
from contractlens.documents.plain import read_markdown
from contractlens.language.definitions import definitions
from contractlens.language.sentences import split

WAYS = {
    "means": ('1. Definitions. "Initial Term" means twelve (12) months.', "twelve (12) months.", "means"),
    "curly quotes": ("“Initial Term” shall mean a period of one year.", "a period of one year.", "means"),
    "has the meaning": ('"Initial Term" has the meaning given on the cover page.', "given on the cover page.", "means"),
    "bracket": ('This Agreement runs for two years (the "Initial Term").', "This Agreement runs for two years", "bracket"),
    "typed quotes": ("''Initial Term'' means two years.", "two years.", "means"),
    "single quotes": ("This Agreement runs for two years (the 'Initial Term').", "This Agreement runs for two years", "bracket"),
    "a bracket whose quotes were lost": ("This Agreement runs for two years (the Initial Term).", "This Agreement runs for two years", "bracket"),
    "a definition whose quotes were lost": ("Initial Term means a period of one year.", "a period of one year.", "means"),
    "a line with a colon": ("Initial Term: 12 months from the start", "12 months from the start", "label"),
    "a key-term table": ("| Initial Term | 24 months |\n| --- | --- |\n| Fee | $5 |", "24 months", "label"),
    "set apart by blanks": ("2. Initial Term            12 months from the start", "12 months from the start", "label"),
    "a bracket behind the name": ("Initial Term (all sites): 12 months", "12 months", "label"),
    "bold label": ("**Initial Term:** 12 months", "12 months", "label"),
}


@pytest.mark.parametrize(("text", "stands_for", "how"), WAYS.values(), ids=WAYS)
def test_a_term_is_defined(text: str, stands_for: str, how: str) -> None:
    document = read_markdown(text.encode(), Source("a.md", "a.md", "", "text/markdown"))
    (made,) = definitions(document, split(document))["initial term"]
    assert (document.plain[made.start : made.end].strip(" *("), made.how) == (stands_for, how)


def test_every_definition_of_a_term_is_kept_in_reading_order() -> None:
    text = 'The term runs one year (the "Term").\n\n"Term" means the Initial Term and all renewals.\n'
    document = read_markdown(text.encode(), Source("a.md", "a.md", "", "text/markdown"))
    assert [d.how for d in definitions(document, split(document))["term"]] == ["bracket", "means"]


def test_a_name_in_quotes_alone_defines_nothing() -> None:
    document = read_markdown(b'The "Initial Term" may not be changed.', Source("a.md", "a.md", "", "text/markdown"))
    assert definitions(document, split(document)) == {}


@pytest.mark.parametrize("day", ["June 1, 1998", "June 1st, 1998", "01-Jun-1998", "1998-06-01"])
def test_a_day_below_its_title_on_a_cover_is_what_it_stands_for(day: str) -> None:
    text = f"SUPPLY AGREEMENT\n\nEFFECTIVE DATE\n\n{day}\n\nThis Agreement is made between Acme and Beta.\n"
    document = read_markdown(text.encode(), Source("a.md", "a.md", "", "text/markdown"))
    (made,) = definitions(document, split(document))["effective date"]
    assert document.plain[made.start : made.end] == day
