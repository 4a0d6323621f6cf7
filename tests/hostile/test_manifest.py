"""Awkward files from elsewhere, where CONTRACTLENS_CORPUS names a folder that has some: each ends as its manifest says."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from contractlens import Review, scan
from contractlens.documents import open_document
from contractlens.documents.limits import Limits

FOLDER = Path(os.environ.get("CONTRACTLENS_CORPUS", "no corpus")) / "hostile"
MANIFEST = FOLDER / "manifest.jsonl"
CASES = {case["file"]: case for case in map(json.loads, MANIFEST.read_text(encoding="utf-8").splitlines())} if MANIFEST.is_file() else {}
LIMITS = Limits(recognition=0)
OUTCOMES = {"no_text": "scan", "unsupported": "unreadable"}

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("corpus"),
    pytest.mark.skipif(not CASES, reason="CONTRACTLENS_CORPUS names no folder of awkward files"),
]


@pytest.fixture(scope="module")
def reviews() -> dict[str, Review]:
    found = scan([FOLDER / name for name in CASES], jobs=2, today=date(2026, 11, 21), limits=LIMITS)
    return {Path(review.document.path).name: review for review in found}


def faults(case: dict[str, Any], review: Review) -> Iterator[str]:
    if review.error:
        outcome = OUTCOMES.get(review.error.kind, review.error.kind)
        if "\n" in review.error.message or not review.error.message.startswith(case["file"]):
            yield "its message is no sentence about the file"
    else:
        outcome = "text"
    if outcome not in (case["expect"], *case.get("also_ok", ())):
        yield f"{outcome} where {case['expect']} is right"
    elif outcome == "text":
        if case["expect"] == "scan" and not any(w.kind == "page_not_read" for w in review.warnings):
            yield "the pages that were not read are not told"
        text, view = " ".join(open_document(FOLDER / case["file"], limits=LIMITS).text.split()), case.get("accepted_view", {})
        wanted = [*case.get("must_contain", ()), *case.get("good_contain", ()), *view.get("contains", ()), *([case["probe"]] if "probe" in case else ())]
        yield from (f"lacks {words!r}" for words in wanted if words not in text)
        yield from (f"has {words!r}" for words in (*case.get("must_not_contain", ()), *view.get("lacks", ())) if words in text)


@pytest.mark.parametrize("name", CASES)
def test_an_awkward_file_ends_as_it_should(name: str, reviews: dict[str, Review]) -> None:
    assert list(faults(CASES[name], reviews[name])) == []


def test_nothing_was_written_where_a_document_wanted_it(reviews: dict[str, Review]) -> None:
    assert list(Path("/tmp").glob("renewal-pwned*")) == []
    assert len(reviews) == len(CASES)
