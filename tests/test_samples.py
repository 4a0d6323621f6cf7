"""Each sample agreement shows what samples/expected.yml says it should."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

import contractlens
from contractlens.documents import open_document
from contractlens.values import Duration, compare

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
EXPECTED = yaml.safe_load((SAMPLES / "expected.yml").read_text(encoding="utf-8"))
TODAY: date = EXPECTED["today"]


@cache
def review(name: str, effective_date: date | None = None) -> dict[str, Any]:
    return contractlens.review(SAMPLES / name, today=TODAY, effective_date=effective_date).model_dump(mode="json")


def each(part: str) -> list[Any]:
    """One row for each thing that a part of expected.yml says of each sample."""
    rows = []
    for name, sample in EXPECTED["samples"].items():
        said = sample.get(part) or {}
        pairs = said.items() if isinstance(said, dict) else ((field, None) for field in said)
        rows += [pytest.param(name, field, want, id=f"{name}-{field}") for field, want in pairs]
    return rows


def at(found: Any, dotted: str) -> Any:
    """What stands at a dotted name; of several entries, the first that has it."""
    for part in dotted.split("."):
        if isinstance(found, list):
            found = next((one for one in found if one.get(part) is not None), None)
        found = found.get(part) if isinstance(found, dict) else None
    return found


LISTS = {
    "terms.parties": ("terms.parties", ("role", "name", "called")),
    "terms.uptime": ("terms.uptime", ("percent", "period")),
    "terms.service_credits.tiers": ("terms.service_credits.tiers", ("below", "at_least", "credit_percent")),
    "terms.service_credits.tiers_days": ("terms.service_credits.tiers", ("below", "at_least", "credit_days")),
    "terms.service_credits.outage_tiers": ("terms.service_credits.outage_tiers", ("over", "up_to", "credit_percent")),
    "terms.changes": ("terms.changes", ("what", "notice_form", "notice")),
}


def stated(review: dict[str, Any], field: str) -> Any:
    """What the review says of a field, in the form of expected.yml."""
    if field not in LISTS:
        return at(review, field)
    place, names = LISTS[field]
    rows = [[entry[name] for name in names] for entry in at(review, place) or []]
    return sorted(rows, key=str) if field in ("terms.changes", "terms.parties", "terms.uptime") else rows


def equal(have: Any, want: Any) -> bool:
    """Equal, where durations of one length are equal (P12M and P1Y)."""
    if isinstance(want, list):
        return isinstance(have, list) and len(have) == len(want) and all(map(equal, have, want))
    if isinstance(want, str) and isinstance(have, str) and want.startswith("P") and have.startswith("P") and want != have:
        try:
            return compare(Duration.parse(have), Duration.parse(want)) == 0
        except ValueError:
            return False
    return bool(have == (want.isoformat() if isinstance(want, date) else want))


@pytest.mark.parametrize(("name", "field", "want"), each("review"))
def test_a_sample_says(name: str, field: str, want: Any) -> None:
    have = stated(review(name), field)
    if field in ("terms.changes", "terms.parties", "terms.uptime"):
        want = sorted(want, key=str)
    assert equal(have, want), f"{field} is {have}, and should be {want}"


@pytest.mark.parametrize(("name", "field", "words"), each("contains"))
def test_a_sample_holds_the_words(name: str, field: str, words: str) -> None:
    assert words in (at(review(name), field) or "")


def evidence(name: str, field: str) -> list[dict[str, Any]]:
    found = at(review(name), field)
    records = found if isinstance(found, list) else [found]
    return [quote for record in records if record for quote in record["evidence"]]


@pytest.mark.parametrize(("name", "field", "section"), each("sections"))
def test_a_finding_names_its_section(name: str, field: str, section: str) -> None:
    sections = [quote["section"] for quote in evidence(name, field)]
    assert any(s == section or (s or "").startswith((f"{section}(", f"{section}.")) for s in sections), sections


@pytest.mark.parametrize(("name", "field", "page"), each("pages"))
def test_a_finding_names_its_page(name: str, field: str, page: int) -> None:
    assert page in [quote["page"] for quote in evidence(name, field)]


def same_deadline(review: dict[str, Any], kind: str, day: date | None) -> None:
    days = [d["date"] for d in review["deadlines"] if d["kind"] == kind]
    assert days == ([day.isoformat()] if day else []), kind


@pytest.mark.parametrize(("name", "kind", "day"), each("deadlines"))
def test_a_deadline(name: str, kind: str, day: date | None) -> None:
    same_deadline(review(name), kind, day)


@pytest.mark.parametrize(("name", "field", "_"), each("unknown"))
def test_what_cannot_be_worked_out_is_said(name: str, field: str, _: None) -> None:
    assert field in [u["field"] for u in review(name)["unknown"]]


@pytest.mark.parametrize("name", [n for n, s in EXPECTED["samples"].items() if not s.get("unknown")])
def test_what_is_known_is_not_called_unknown(name: str) -> None:
    assert review(name)["unknown"] == []


@pytest.mark.parametrize("name", [n for n, s in EXPECTED["samples"].items() if "given" in s])
def test_with_the_date_that_is_missing_the_deadlines_follow(name: str) -> None:
    given = EXPECTED["samples"][name]["given"]
    for kind, day in given["deadlines"].items():
        same_deadline(review(name, given["effective_date"]), kind, day)


def quotes(found: Any) -> list[dict[str, Any]]:
    """Every quote in a review, wherever it stands."""
    if isinstance(found, dict):
        own = [found] if {"quote", "start", "end"} <= set(found) else []
        return own + [q for value in found.values() for q in quotes(value)]
    return [q for value in found for q in quotes(value)] if isinstance(found, list) else []


@pytest.mark.parametrize("name", EXPECTED["samples"])
def test_every_quote_is_its_slice_of_the_text(name: str) -> None:
    text = open_document(SAMPLES / name).text
    found = quotes(review(name))
    assert found
    assert [q["quote"] for q in found] == [text[q["start"] : q["end"]] for q in found]


def test_every_sample_is_listed_here_and_in_the_readme() -> None:
    files = {p.name for p in SAMPLES.iterdir() if p.suffix in (".pdf", ".docx")}
    page = (SAMPLES / "README.md").read_text(encoding="utf-8")
    assert set(EXPECTED["samples"]) == files
    assert [name for name in files if f"`{name}`" not in page] == []
