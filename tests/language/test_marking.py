"""A sentence's words are those of spaCy's tokenizer, whatever shortcut is taken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractlens.language.marking import _tokens, english


def tokenized(text: str) -> list[tuple[str, int, int]]:
    text = text.lower() if "'" in text and text.isupper() else text
    return [(t.lower_, t.idx, t.idx + len(t)) for t in english().tokenizer(text)]


@pytest.mark.parametrize("chunk", ["cannot,", "dont;", "Im", "gonna", "Customer,", "PROVIDER;", "e.g.", "Inc.,", "won't", "we'll", "(the", "30-day", "$5,000.00", "naïve,", "straße", "Ill", "word.Word", "ISN'T"])
def test_a_word_is_cut_as_the_tokenizer_cuts_it(chunk: str) -> None:
    assert list(_tokens(chunk)) == tokenized(chunk)


@given(st.text(st.sampled_from("abcdefghimnotuvwCID,;.'-()$%19é"), min_size=1, max_size=9))
def test_any_stretch_is_cut_as_the_tokenizer_cuts_it(chunk: str) -> None:
    assert list(_tokens(chunk)) == tokenized(chunk)
