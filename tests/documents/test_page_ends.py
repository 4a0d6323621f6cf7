"""What stands between the pages of a text is no part of the agreement."""

from __future__ import annotations

import pytest

from contractlens.documents import plain
from contractlens.documents.document import Source
from contractlens.documents.page_ends import page_ends

FOOT = "Source: ACME HOSTING INC, 10-K, 3/12/2010"
BROKEN = f"""1. Term. The first term ends on December 31, 2014. It shall be renewed

4

{FOOT}

for one year unless a party gives notice.

2. Fees. Fees are due, and carry

5

{FOOT}

interest from the day on which they are due.

6

{FOOT}

3. Law. The law of Ohio governs."""


def test_a_sentence_goes_on_behind_the_end_of_a_page() -> None:
    document = plain.read(BROKEN.encode(), Source("a.txt", "a.txt", "", "text/plain"))
    said = [" ".join(document.plain[p.start : p.end].split()) for p in document.paragraphs]
    assert said == [
        "1. Term. The first term ends on December 31, 2014. It shall be renewed for one year unless a party gives notice.",
        "2. Fees. Fees are due, and carry interest from the day on which they are due.",
        "3. Law. The law of Ohio governs.",
    ]
    assert document.text == BROKEN  # offsets stay those of the file


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("one\n\n- 1 -\n\ntwo\n\n- 2 -\n\nthree", ["- 1 -", "- 2 -"]),
        ("one\n\nPage 1 of 2\n\ntwo\n\nPage 2 of 2\n", ["Page 1 of 2", "Page 2 of 2"]),
        ("one\n\n3\n\ntwo\n\n9\n\nthree", []),
        ("Sites:\n1\n2\n3\nand no more", []),
        ("By: ____\n\nBy: ____\n\nBy: ____\n\nBy: ____", []),
        ("one\n\n7\n\nAcme - Confidential\n\ntwo\n\n8\n\nAcme - Confidential\n\nthree\n\n9\n\nAcme - Confidential", ["7", "Acme - Confidential", "8", "Acme - Confidential", "9", "Acme - Confidential"]),
    ],
)
def test_only_what_counts_up_or_comes_again_is_the_end_of_a_page(text: str, ends: list[str]) -> None:
    assert [text[start:end] for start, end in page_ends(text)] == ends
