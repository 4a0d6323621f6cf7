"""Findings said anew where their days moved on, or where a person corrected what they speak of: what they say is never an older day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from contractlens.advice.finding import Category, Finding
from contractlens.advice.wording import SENTENCE, humanised
from contractlens.reckoning.deadlines import Deadline

_CATEGORIES: dict[str, Category] = {
    "renewal": "renewal", "initial_term": "renewal", "uptime": "sla", "service_credits": "credits", "changes": "changes",
    "price_rise": "price", "termination": "termination", "liability": "liability", "notices": "notices", "governing_law": "law",
}  # fmt: skip


def restated(findings: Iterable[Finding], old: Iterable[Deadline], new: Iterable[Deadline], values: Mapping[str, str]) -> tuple[Finding, ...]:
    """The findings with the days of the `new` deadlines in place of the `old` ones.

    Where a finding speaks of one of the `values` that a person set, by field of the terms, a sentence says so.
    """
    was, now = ({d.kind: d.date for d in reversed(tuple(deadlines))} for deadlines in (old, new))
    by_rank = sorted(was, key=lambda kind: kind.endswith("_by"))  # where two fall on one day, findings name the one to act by
    moved = {humanised(was[kind]): now.get(kind) for kind in by_rank if now.get(kind) != was[kind]}
    return tuple(f.model_copy(update={"meaning": _said(f, moved, values)}) for f in findings)


def _said(finding: Finding, moved: Mapping[str, date | None], values: Mapping[str, str]) -> str:
    sentences = [_on_its_day(sentence, moved) for sentence in SENTENCE.split(finding.meaning)]
    of_it = [f"{name.replace('_', ' ').replace('.', ', ')} {value}" for name, value in values.items() if _CATEGORIES.get(name.split(".")[0]) == finding.category]
    remark = [f"This is what the document says; set in the register: {'; '.join(of_it)}."] if of_it else []
    return " ".join([*filter(None, sentences), *remark])


def _on_its_day(sentence: str, moved: Mapping[str, date | None]) -> str:
    """The sentence with the day that holds now; nothing where there is none."""
    for words, day in moved.items():
        if re.search(rf"(?<!\d){re.escape(words)}(?!\d)", sentence):
            return sentence.replace(words, humanised(day)) if day else ""
    return sentence
