"""A review as Markdown (CommonMark with tables). Document words are escaped, so they are read as words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from contractlens.advice.finding import Finding, Review
from contractlens.exports import outline
from contractlens.exports.words import clean, day

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~&$!])")
_AT_LINE_START = re.compile(r"^([-+=]|\d{1,9}(?=[.)](?:\s|$)))")


def as_markdown(review: Review, today: date) -> str:
    """The report as Markdown: what to do by when, then the findings, the severest first."""
    parts = [f"# {escape(review.document.name)}", escape(outline.title(review))]
    if review.error:
        parts.append(f"**Not read:** {escape(review.error.message)}")
    else:
        parts += [*_dates(review, today), *_findings(review), *_facts(review)]
    parts += _list("Looked for and not found", (n.what for n in review.not_found))
    parts += _list("Could not be worked out", (outline.unknown(u) for u in review.unknown))
    parts += _list("Warnings", (outline.warning(w) for w in review.warnings))
    return "\n\n".join([*parts, f"*{outline.NOT_ADVICE}*"]) + "\n"


def escape(text: str) -> str:
    """The text on one line, with every mark that Markdown or HTML would read made a plain character.

    >>> escape("1. *Fees* <b>")
    '1\\\\. \\\\*Fees\\\\* \\\\<b\\\\>'
    """
    text = _MARKS.sub(r"\\\1", clean(text))
    return _AT_LINE_START.sub(lambda m: f"{m[0]}\\" if m[0].isdigit() else f"\\{m[0]}", text)


def _dates(review: Review, today: date) -> list[str]:
    due = outline.acts(review, today)
    parts = [f"> **Act by {act.when}:** {escape(act.what)}  \n> {escape(' · '.join(act.details))}".rstrip("> \n") for act in due]
    if not due:
        parts.append(f"> **No date to act by:** {escape(outline.why_no_act(review, today))}.")
    if review.deadlines:
        dated = sorted(review.deadlines, key=lambda d: d.date)
        rows = [(day(d.date, weekday=True), outline.label(review, d), escape(d.basis)) for d in dated]
        parts += ["## Dates", _table(("Date", "What", "How it was counted"), rows)]
    return parts


def _facts(review: Review) -> list[str]:
    facts = outline.facts(review)
    return ["## Terms", _table(("Term", "What the document says"), [(label, escape(words)) for label, words in facts])] if facts else []


def _findings(review: Review) -> list[str]:
    found, drafts = outline.by_urgency(review.findings), outline.by_urgency(review.findings, "draft")
    parts = ["## Findings"] + (["Nothing was found to ask for."] if not found else [])
    for finding in found:
        parts += _finding(finding)
    if drafts:
        parts += ["## From rules on trial", "These count for nothing yet."]
        for finding in drafts:
            parts += _finding(finding)
    return parts


def _finding(finding: Finding) -> Iterable[str]:
    place = outline.place(finding)
    yield f"### {finding.severity.upper()} · {escape(finding.title)}{place and f' ({escape(place)})'}"
    yield escape(finding.meaning)
    for evidence in finding.evidence:
        at = outline.where(evidence)
        yield f"> “{escape(evidence.quote)}”{at and f' ({escape(at)})'}"
    if finding.why:
        yield f"**Why it matters:** {escape(finding.why)}"
    for position, label in (("preferred", "Ask for"), ("fallback", "Or else")):
        if line := outline.redline(finding, position):
            yield f"**{label}** ({escape(outline.instead_of(line))}):"
            yield f"> {escape(line.text)}"
            if line.note:
                yield f"*Say:* {escape(line.note)}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _list(heading: str, items: Iterable[str]) -> list[str]:
    lines = [f"- {escape(item)}" for item in items]
    return [f"## {heading}", "\n".join(lines)] if lines else []
