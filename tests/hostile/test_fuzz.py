"""Mutated files and random text: no error but ours, and no text that takes more steps than its length.

    FUZZ=20000 pytest tests/hostile/test_fuzz.py        for longer
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contractlens import ContractLensError
from contractlens.advice.reviewing import playbook, review_document
from contractlens.documents.document import Document, Source
from contractlens.documents.docx import read as read_docx
from contractlens.documents.limits import Limits
from contractlens.documents.pdf import read as read_pdf
from contractlens.documents.plain import read as read_text
from contractlens.documents.web import read as read_html
from tests.hostile import pdfs, words
from tests.hostile.near_misses import NEAR_MISSES, repeated

EXAMPLES = int(os.environ.get("FUZZ", "40"))
FUZZED = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), database=None)
LIMITS = Limits(pages=50, characters=200_000, part=4 * 2**20, unpacked=16 * 2**20, recognition=0)
SAMPLES = Path(__file__).resolve().parents[2] / "samples"
PDFS = [pdfs.pdf(), pdfs.typed_in(), pdfs.with_attachment(), pdfs.forms_in_forms(3, 2), pdfs.drawn(owner="x")]
WORDS = [words.word(), words.noted(), words.word(words.boxed()), words.word(words.controlled())]
TODAY = date(2026, 11, 21)


def reviewed(read: Callable[..., Document], data: bytes) -> None:
    """A review, or an error that says what is wrong."""
    try:
        document = read(data, Source("a", "a", "", "text/plain"), limits=LIMITS)
    except ContractLensError:
        return
    review_document(document, playbook(), today=TODAY)


@st.composite
def mutated(draw: st.DrawFn, seeds: list[bytes]) -> bytes:
    """One of the files with bytes changed, a piece doubled, taken out, or filled with another number."""
    data = bytearray(draw(st.sampled_from(seeds)))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(data) - 1))
        length = draw(st.integers(1, 40))
        how = draw(st.sampled_from(("change", "double", "cut", "number")))
        if how == "change":
            data[at : at + length] = draw(st.binary(min_size=1, max_size=length))
        elif how == "double":
            data[at:at] = data[at : at + length]
        elif how == "cut" and len(data) > length:
            del data[at : at + length]
        else:
            data[at : at + 1] = str(draw(st.sampled_from((0, -1, 2**31, 10**12)))).encode()
    return bytes(data)


@FUZZED
@given(mutated(PDFS))
def test_mutated_pdfs_give_a_review_or_an_error_of_ours(data: bytes) -> None:
    reviewed(read_pdf, data)


@FUZZED
@given(mutated(WORDS))
def test_mutated_word_files_give_a_review_or_an_error_of_ours(data: bytes) -> None:
    reviewed(read_docx, data)


@FUZZED
@given(mutated([words.document(body).encode() for body in (words.par(words.CLAUSE), words.boxed(), words.controlled(), words.moved())]))
def test_mutated_word_xml_gives_a_review_or_an_error_of_ours(xml: bytes) -> None:
    reviewed(read_docx, words.word(main=xml))


PHRASES = (
    "automatically renew", "unless", "either party", "written notice", "thirty (30) days", "at least", "before the end of", "the then-current term", "1.",
    "(a)", "“Effective Date”", "as of March 1, 2026", "99.9%", "credit", "of the monthly fee", "Provider", "may", "change", "these terms", "by posting", "|",
    "\n\n", "\n", ".", ";", "____", "not", "shall", "month to month", "(", ")", "$1,000.00", "sole and exclusive remedy", "February 30, 2025", "0 days", "٣ أيام",
)  # fmt: skip


@FUZZED
@given(st.lists(st.one_of(st.sampled_from(PHRASES), st.text(max_size=12)), max_size=120).map(" ".join))
def test_random_text_gives_a_review(text: str) -> None:
    for read in (read_text, read_html):
        reviewed(read, text.encode("utf-8", "replace"))


# Texts that almost match: a rule that tried every way to part them would take the square of their length


@pytest.mark.slow
@pytest.mark.parametrize("piece", NEAR_MISSES.values(), ids=NEAR_MISSES)
def test_a_near_miss_of_twice_the_length_takes_no_more_than_twice_the_steps(piece: str) -> None:
    """Steps are calls of functions, which are the same in each run; benchmarks/near_misses.py has the time for a megabyte of each."""
    steps(piece, 1_000)  # what is made once
    once, twice, fourfold = (steps(piece, length) for length in (5_000, 10_000, 20_000))
    assert fourfold - twice < 2.6 * (twice - once) + 5_000, f"{once} steps, {twice} for twice the length, {fourfold} for four times"


def steps(piece: str, length: int) -> int:
    """How many functions are called to review a text that repeats the piece."""
    data, count = repeated(piece, length), 0

    def counted(*_: object) -> None:
        nonlocal count
        count += 1

    gc.disable()  # or what is collected would be counted
    sys.setprofile(counted)
    try:
        reviewed(lambda data, source, limits: read_text(data, source, Limits()), data)
    finally:
        sys.setprofile(None)
        gc.enable()
    return count
