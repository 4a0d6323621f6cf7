"""A review as text for the terminal. Document words are never read as markup, and colours come only where asked for."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date

from rich.console import Console
from rich.table import Table
from rich.text import Text

from contractlens.advice.finding import Finding, Review
from contractlens.documents.document import Document
from contractlens.exports import outline
from contractlens.exports.lines import printed, row
from contractlens.exports.words import clean, day, shorten

_COLOURS = {"high": "bold red", "medium": "bold yellow", "low": "bold cyan"}


def as_text(review: Review, today: date, width: int = 100, *, color: bool = False) -> str:
    """The report, `width` characters wide: what to do by when, then the findings, the severest first."""

    def write(console: Console) -> None:
        _report(console, review, today)

    return printed(write, width, color=color)


def _report(console: Console, review: Review, today: date) -> None:
    console.print(Text(outline.title(review), style="bold"))
    console.print()
    if review.error:
        console.print(row("NOT READ", Text(clean(review.error.message)), style="bold red"))
    else:
        _dates(console, review, today)
        _findings(console, review)
    _list(console, "Looked for and not found", [clean(n.what) for n in review.not_found])
    _list(console, "Could not be worked out", [outline.unknown(u) for u in review.unknown])
    _list(console, "Warnings", [outline.warning(w) for w in review.warnings])
    console.print()
    console.print(Text(outline.NOT_ADVICE, style="dim"))


def with_page_marks(document: Document) -> str:
    """The document's text with a line before each page; for people, since offsets do not count in it."""
    parts: list[str] = []
    page: int | None = None
    for stretch in document.stretches:
        if stretch.page and stretch.page != page:
            page = stretch.page
            parts.append(f"{'' if not parts or parts[-1].endswith(chr(10)) else chr(10)}===== page {page} =====\n")
        parts.append(document.text[stretch.start : stretch.end])
    return "".join(parts)


def visible(text: str) -> str:
    """The text for a terminal: what would steer it shows as a mark, one for one, so that offsets hold."""
    return "".join("\ufffd" if c not in "\n\t" and unicodedata.category(c) in ("Cc", "Cf", "Cs") else c for c in text)


def _dates(console: Console, review: Review, today: date) -> None:
    due = outline.acts(review, today)
    for act in due:
        console.print(row("ACT BY", Text.assemble((act.when, "bold"), "   ", act.what), style="bold reverse"))
        if act.details:
            console.print(row("", Text(" · ".join(act.details))))
        console.print(row("", Text(f"counted: {clean(act.deadline.basis)}", style="dim")))
    if not due:
        console.print(Text.assemble(("No date to act by: ", "bold"), outline.why_no_act(review, today).rstrip(".") + "."))
    if bound := outline.bound(review):
        until = (f"until {day(bound.date, weekday=True)}", "bold")
        console.print(row("BOUND", Text.assemble(until, "   that renewal can no longer be stopped")))
        console.print(row("", Text(f"counted: {clean(bound.basis)}", style="dim")))


def _findings(console: Console, review: Review) -> None:
    for finding in outline.by_urgency(review.findings):
        console.print()
        _finding(console, finding)
    if not outline.by_urgency(review.findings):
        console.print()
        console.print("Nothing was found to ask for.")
    drafts = outline.by_urgency(review.findings, "draft")
    trial = [f"{clean(f.meaning)} {outline.place(f)}".strip() for f in drafts]
    _list(console, "From rules on trial, which count for nothing yet", trial)


def _finding(console: Console, finding: Finding) -> None:
    wide = console.width >= 76
    place = outline.place(finding, 24)
    at_right = place if wide else ""
    console.print(row(finding.severity.upper(), Text(clean(finding.meaning)), at_right, style=_COLOURS[finding.severity]))
    if place and not wide:
        console.print(row("", Text(place, style="dim")))
    for evidence in finding.evidence[:1]:
        console.print(row("", Text(f"“{shorten(evidence.quote)}”", style="italic dim")))
    if line := outline.redline(finding, "preferred"):
        console.print(row("", Text.assemble(("Ask for: ", "green"), clean(line.text))))


def _list(console: Console, heading: str, items: Sequence[str]) -> None:
    """One item on the heading's line; several below it."""
    if not items:
        return
    console.print()
    if len(items) == 1:
        console.print(Text.assemble((f"{heading}: ", "bold"), items[0].rstrip(".") + "."))
        return
    console.print(Text(f"{heading}:", style="bold"))
    for item in items:
        bullet = Table.grid(padding=(0, 1))
        bullet.add_row(" ·", Text(item))
        console.print(bullet)
