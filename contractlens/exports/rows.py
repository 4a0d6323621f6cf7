"""Many reviews as rows: a table for the terminal, CSV for a spreadsheet.

`keeps` tells what a person keeps beside an agreement, where a register does: what was given notice of, or has ended, is no more to act on.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from datetime import date
from io import StringIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from contractlens.advice.finding import SEVERITIES, Review
from contractlens.advice.kept import Kept
from contractlens.exports import outline
from contractlens.exports.to_do import to_do
from contractlens.exports.words import clean, day, in_days, shorten
from contractlens.reckoning.deadlines import Deadline

COLUMNS = (
    "path", "vendor", "customer", "kind_of_agreement", "effective_date", "initial_term", "expiration_date",
    "renewal", "renewal_term", "notice_min", "notice_max", "notice_unit", "first_opt_out_by",
    "act_by", "act_by_kind", "act_by_basis", "opt_out_opens", "renews_on", "bound_until", "expires_on",
    "uptime", "claim_window", "changes", "governing_law", "high", "medium", "low", "not_found", "unknown",
    "pages", "words", "text_source", "sha256", "error", "error_message", "status", "owner",
)  # fmt: skip

NARROW = 110  # of a table that has no room for the vendor's name
WIDE = 150  # of a table that has room for the service level
UNFOLDED = 1000  # of a table that goes to a file or a pipe: no path is broken

# A spreadsheet reads a cell that begins with one of these as a formula; the last four are their wide forms.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


Keeps = Callable[[Review], Kept | None]


def nothing_kept(review: Review) -> None:
    """What there is without a register."""


def row(review: Review, today: date, kept: Kept | None = None) -> dict[str, str]:
    """The main fields of one review, as words, by column."""
    terms, document = review.terms, review.document
    act = _next_act(review, today, kept)
    renewal = terms.renewal if terms else None
    credits = terms.service_credits if terms else None
    dates = {d.kind: d.date for d in reversed(review.deadlines)}
    cells: dict[str, object] = {
        "path": document.path,
        "vendor": outline.party_name(terms, "vendor"),
        "customer": outline.party_name(terms, "customer"),
        "act_by": act and act.date,
        "act_by_kind": act and act.kind,
        "act_by_basis": act and act.basis,
        "renewal": renewal and renewal.kind,
        "uptime": "; ".join(f"{u.percent:g}%{f'/{u.period}' if u.period else ''}" for u in terms.uptime) if terms else "",
        "claim_window": credits and credits.claim_window,
        "changes": "; ".join(dict.fromkeys(c.what for c in terms.changes)) if terms else "",
        "not_found": "; ".join(n.what for n in review.not_found),
        "unknown": "; ".join(u.field for u in review.unknown),
        "error": review.error and review.error.kind,
        "error_message": review.error and review.error.message,
        "status": kept and kept.status,
        "owner": kept and kept.owner,
    }
    if not review.error:
        cells |= outline.counts(review)
    for source in (document, terms, renewal):
        cells |= {name: getattr(source, name) for name in COLUMNS if name not in cells and hasattr(source, name)}
    return {name: _words(cells.get(name, dates.get(name))) for name in COLUMNS}  # type: ignore[call-overload]


def _words(value: object) -> str:
    return "" if value is None else clean(str(value))


def csv_head() -> str:
    return _csv(COLUMNS)


def csv_row(review: Review, today: date, kept: Kept | None = None) -> str:
    """One line of CSV, in which no cell can be read as a formula."""
    return _csv(safe_cell(words) for words in row(review, today, kept).values())


def as_csv(reviews: Iterable[Review], today: date, keeps: Keeps = nothing_kept) -> str:
    """The reviews as CSV, the next day to act by first; files that could not be read stand last."""
    lines = sorted((_urgency(review, today, kept), csv_row(review, today, kept)) for review in reviews for kept in [keeps(review)])
    return csv_head() + "".join(line for _, line in lines)


def safe_cell(words: str) -> str:
    """The words as a spreadsheet shows them and never computes them.

    >>> safe_cell("=HYPERLINK(1)"), safe_cell("Harbor DNS, Inc.")
    ("'=HYPERLINK(1)", 'Harbor DNS, Inc.')
    """
    return f"'{words}" if words.startswith(_FORMULA) else words


def _csv(cells: Iterable[str]) -> str:
    out = StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()


def as_table(reviews: Iterable[Review], today: date, width: int = 120, *, color: bool = False, keeps: Keeps = nothing_kept) -> str:
    """The reviews as a table, the next day to act by first; files that could not be read stand last."""
    found = ((review, keeps(review)) for review in reviews)
    lines = sorted((_urgency(review, today, kept), _cells(review, today, width, kept), _status(kept)) for review, kept in found)  # a review is large, and its line small
    told = any(status for *_, status in lines)
    table = Table(box=None, header_style="bold", pad_edge=False, expand=False)
    table.add_column("Act by", no_wrap=True)
    table.add_column("")
    longest = max((len(cells[2]) for _, cells, _ in lines), default=0)
    table.add_column("Document", overflow="fold", width=min(longest, max(20, width // 4)))
    if width >= NARROW:
        table.add_column("Vendor", min_width=10, max_width=24)
    table.add_column("To do", max_width=44)
    if width >= WIDE:
        table.add_column("Service level", max_width=20)
    for severity in SEVERITIES:
        table.add_column(severity.capitalize() if width >= WIDE else severity[0].upper(), justify="right", no_wrap=True)
    if told:
        table.add_column("Status", no_wrap=True)
    for (not_read, *_), cells, status in lines:
        whole = [*cells, *[""] * (len(table.columns) - len(cells) - 1), status] if told else cells
        table.add_row(*(Text(cell, style="dim" if not_read else "") for cell in whole))
    out = StringIO()
    console = Console(
        file=out,
        width=max(width, 80),
        force_terminal=color,
        color_system="standard" if color else None,
        no_color=not color,
        legacy_windows=False,
    )
    console.print(table)
    return "".join(line.rstrip() + "\n" for line in out.getvalue().splitlines())


def _status(kept: Kept | None) -> str:
    return "" if kept is None or kept.status == "new" else kept.status.replace("_", " ")


def _next_act(review: Review, today: date, kept: Kept | None) -> Deadline | None:
    return None if kept and kept.settled else outline.next_act(review, today)


def _urgency(review: Review, today: date, kept: Kept | None) -> tuple[bool, date, str]:
    act = _next_act(review, today, kept)
    return bool(review.error), act.date if act else date.max, review.document.path


def _cells(review: Review, today: date, width: int, kept: Kept | None) -> tuple[str, ...]:
    path = clean(review.document.path)
    if review.error:
        return "not read", "", path, *([""] if width >= NARROW else []), review.error.kind.replace("_", " ")
    act = _next_act(review, today, kept)
    levels = "; ".join(outline.level(u) for u in review.terms.uptime) if review.terms else ""
    return (
        day(act.date) if act else "-",
        in_days(act.date, today) if act else "",
        path,
        *([outline.party_name(review.terms, "vendor")] if width >= NARROW else []),
        to_do(review, today, kept),
        *([shorten(levels, 60)] if width >= WIDE else []),
        *(str(n) for n in outline.counts(review).values()),
    )
