"""The samples in other words and forms: the facts of an agreement do not hang on how it happens to be written."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from contractlens.documents import open_document
from contractlens.terms.filling import Facts
from tests.rewording import REWORDINGS, Rewording

SAMPLES = sorted((Path(__file__).parents[2] / "samples").glob("*.pdf"))


@cache
def text_of(sample: Path) -> str:
    return open_document(sample).text


def told(facts: Facts) -> dict[str, object]:
    """What users act upon."""
    terms, renewal = facts.terms, facts.terms.renewal
    return {
        "effective date": terms.effective_date,
        "initial term": terms.initial_term,
        "start": facts.start,
        "governing law": terms.governing_law,
        "renewal": renewal and (renewal.kind, renewal.renewal_term, renewal.notice_min, renewal.notice_max, renewal.notice_date, renewal.notice_by),
        "uptime": sorted(f"{u.percent} {u.period}" for u in terms.uptime),
    }


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("reword", REWORDINGS.values(), ids=REWORDINGS)
def test_the_facts_stay(read: Callable[..., Facts], sample: Path, reword: Rewording) -> None:
    text = text_of(sample)
    assert told(read(reword(text))) == told(read(text))
