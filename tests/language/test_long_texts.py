"""A text that never ends a sentence, or nearly states a value over and over, costs no more than its length."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from contractlens.documents.document import Document, Paragraph, Source
from contractlens.language.amounts import amounts
from contractlens.language.days import dates
from contractlens.language.definitions import definitions
from contractlens.language.names import cast
from contractlens.language.sentences import LONGEST, spans_of, split
from contractlens.language.value import Taken, disjoint

SIZE = 8_000  # characters; what grew with the square took seconds for four times as many


def document(text: str) -> Document:
    return Document(Source("a.txt", "a.txt", "", "text/plain"), text, (Paragraph(0, len(text)),))


def read_names(text: str) -> object:
    return cast(document(text), {"vendor": ["provider"], "customer": ["customer"], "either": ["company"]})


def read_definitions(text: str) -> object:
    return definitions(document(text), split(document(text)))


def read_sentences(text: str) -> object:
    return list(spans_of(text, 0, len(text)))


NEARLY: dict[str, tuple[Callable[[str], object], str]] = {
    "numbers in words": (amounts, "thirty "),
    "numbers joined by and": (amounts, "one hundred and "),
    "figures with commas": (amounts, "111,"),
    "percentages": (amounts, "99% "),
    "sums of money": (amounts, "$1 "),
    "a number and a page of blanks": (amounts, "30" + " " * SIZE * 4),
    "words and a page of blanks": (amounts, "thirty" + "\n" * SIZE * 4),
    "days of a year": (dates, "1 May "),
    "a day and a page of blanks": (dates, "May 1" + " " * SIZE * 4),
    "dots": (read_sentences, "."),
    "a dot and a page of blanks": (read_sentences, "." + " \n" * SIZE * 4),
    "a name and a page of blanks": (read_definitions, 'The "Term"' + " " * SIZE * 4 + "x"),
    "an embedded picture": (read_names, "QUJD"),
    "this and a page of blanks": (read_names, "this" + " " * SIZE * 4 + "x"),
    "we and a page of blanks": (read_names, '"we"' + " " * SIZE * 4 + "x"),
}


@pytest.mark.parametrize(("read", "unit"), NEARLY.values(), ids=NEARLY)
def test_four_times_the_text_takes_about_four_times_as_long(read: Callable[[str], object], unit: str) -> None:
    def seconds(size: int) -> float:
        text = (unit * (size // len(unit) + 1))[:size]
        start = time.process_time()
        read(text)
        return time.process_time() - start

    seconds(100)
    assert seconds(4 * SIZE) < 8 * seconds(SIZE) + 0.5


def test_a_sentence_that_never_ends_is_read_in_parts_that_lose_nothing() -> None:
    text = "Provider may change these terms, " * 2000
    sentences = split(document(text.strip()))
    assert max(len(s.text) for s in sentences) <= LONGEST
    assert " ".join(s.text for s in sentences) == text.strip()
    assert all(s.text.endswith("terms,") for s in sentences)


def test_a_word_that_never_ends_is_read_in_parts_too() -> None:
    assert [len(s.text) for s in split(document("x" * (2 * LONGEST + 5)))] == [LONGEST, LONGEST, 5]


@pytest.mark.parametrize(
    ("start", "end", "expected"), [(0, 5, False), (0, 6, True), (7, 8, True), (20, 30, False), (19, 30, True), (30, 40, False)]
)
def test_ranges_that_overlap_are_taken_as_a_whole(start: int, end: int, expected: bool) -> None:
    assert Taken([(5, 20), (6, 7)]).touches(start, end) is expected


def test_of_values_that_overlap_the_longest_is_kept() -> None:
    found = disjoint([*amounts("ninety (90) days"), *amounts("90"), *amounts("ninety")])
    assert [(v.start, v.end) for v in found] == [(0, 16)]
