"""Which papers a text names beside the document itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from contractlens.documents import plain
from contractlens.documents.document import Source
from contractlens.language.marking import Reading
from contractlens.language.names import cast
from contractlens.language.papers import Papers
from contractlens.rulebook import load_rules

HEAD = "AMENDED AND RESTATED MASTER HOSTING AGREEMENT\n\nThis Hosting Agreement is between Acme, Inc. and Beta LLC.\n\n"


@pytest.fixture
def papers_of() -> Callable[[str], Papers]:
    def made(text: str) -> Papers:
        document = plain.read((HEAD + text).encode(), Source("a.txt", "a.txt", "", "text/plain"))
        lists = load_rules().words
        return Papers(Reading(document, cast(document, lists.roles)), lists.lists)

    return made


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
def test_another_paper_is_told_from_this_one(papers_of: Callable[[str], Papers], text: str, named: list[str]) -> None:
    assert [text[start:end] for start, end in papers_of(text).others(text)] == named


def test_a_thing_beside_a_lease_is_no_paper(papers_of: Callable[[str], Papers]) -> None:
    papers = papers_of('Company holds, under a lease from the City that runs until 2031, an arena (the "Arena").')
    assert list(papers.others("The Arena is named as of February 8, 2002.")) == []


def test_what_an_amendment_calls_the_agreement_is_no_other_paper(papers_of: Callable[[str], Papers]) -> None:
    papers = papers_of('The parties made a Distribution Agreement dated March 1, 2012 (the "Agreement").')
    assert list(papers.others("The term of this Agreement is extended.")) == []


@pytest.mark.parametrize(
    ("text", "another"),
    [
        ("This Amendment to the Services Agreement dated July 1, 2001 is made as of August 24, 2005", False),
        ('This First Amendment (the "Amendment") to the Services Agreement of July 1, 2001 is dated August 24, 2005', False),
        ("This Amendment replaces the Services Agreement dated July 1, 2001", True),
        ("This Order hangs on the Supply Agreement, which is dated August 24, 2005", True),
    ],
)
def test_whose_the_last_date_is(papers_of: Callable[[str], Papers], text: str, another: bool) -> None:
    assert papers_of("A hall is let.").of_another(text, text.rindex(" ") - 12) is another
