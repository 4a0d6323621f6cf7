"""Which papers a text names beside the document itself."""

from __future__ import annotations

import pytest

from contractlens.documents import plain
from contractlens.documents.document import Source
from contractlens.language.marking import Reading
from contractlens.language.names import cast
from contractlens.language.papers import Papers
from contractlens.rulebook import load_rules

HEAD = "AMENDED AND RESTATED MASTER HOSTING AGREEMENT\n\nThis Hosting Agreement is between Acme, Inc. and Beta LLC.\n\n"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("This Agreement has a term of one year.", []),
        ("The Hosting Agreement and the Master Agreement mean the same.", []),
        ("The entire agreement is set out here.", []),
        ("The Supply Agreement has a term of ten years.", ["Supply Agreement"]),
        ('It replaces the "Original Agreement" of 2015.', ["Original Agreement"]),
        ("He signed an employment agreement.", ["employment agreement"]),
        ("The lease ends in May.", ["lease"]),
        ("A licence is granted. The License Term is one year.", []),
        ("That certain Loan Agreement dated May 1, 2019 stays in force.", ["Loan Agreement"]),
        ("After the Initial Term this Agreement continues.", []),
    ],
)
def test_another_paper_is_told_from_this_one(text: str, named: list[str]) -> None:
    document = plain.read((HEAD + text).encode(), Source("a.txt", "a.txt", "", "text/plain"))
    lists = load_rules().words
    papers = Papers(Reading(document, cast(document, lists.roles)), lists.lists)
    assert [text[start:end] for start, end in papers.others(text)] == named
