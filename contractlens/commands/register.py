"""Commands on a register: list, show, set, sheet; and what moved since the scan before."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Annotated, Literal

import typer

from contractlens.advice.kept import Status
from contractlens.errors import UsageError
from contractlens.options import Output, Register, Today, read_day, read_money
from contractlens.terminal import result_to, say, terminal
from contractlens.values import Money

Agreement = Annotated[str, typer.Argument(metavar="AGREEMENT", help="Its path, the first characters of its hash, its file's name, or its vendor.")]
Vendor = Annotated[str | None, typer.Option("--vendor", metavar="NAME", help="Whose vendor's name holds this.")]
DueWithin = Annotated[int | None, typer.Option("--due-within", min=0, metavar="DAYS", help="To act on within so many days.")]
ActFrom = Annotated[date | None, typer.Option("--act-from", parser=read_day, metavar="DATE", help="To act on from this day.")]
ActUntil = Annotated[date | None, typer.Option("--act-until", parser=read_day, metavar="DATE", help="To act on by this day.")]
Severity = Annotated[Literal["high", "medium", "low"] | None, typer.Option("--severity", help="With a finding as severe as this, or more so.")]
Owner = Annotated[str | None, typer.Option("--owner", metavar="NAME", help="Whose owner's name holds this.")]


def register_list(
    register: Register,
    vendor: Vendor = None,
    search: Annotated[str | None, typer.Option("--search", metavar="TEXT", help="Whose name, parties or service level hold this.")] = None,
    due_within: DueWithin = None,
    act_from: ActFrom = None,
    act_until: ActUntil = None,
    severity: Severity = None,
    owner: Owner = None,
    status: Annotated[Status | None, typer.Option("--status", help="Of this status.")] = None,
    flagged: Annotated[bool, typer.Option("--flagged", help="Whose paper changed after something was set for it.")] = False,
    gone: Annotated[bool, typer.Option("--gone", help="Those whose files are gone.")] = False,
    format: Annotated[Literal["table", "json", "csv", "xlsx"], typer.Option("--format", "-f", help="How to write them.")] = "table",
    output: Output = None,
    today: Today = None,
) -> None:
    """List the agreements of a register, the next day to act by first."""
    from contractlens.exports import entries, spreadsheet
    from contractlens.portfolio import listing
    from contractlens.portfolio.register import Register as Opened

    today = today or date.today()
    if due_within is not None:
        act_from, act_until = act_from or today, min(act_until or date.max, today + timedelta(days=due_within))
    chosen = listing.Filter(vendor, search, act_from, act_until, severity, owner, status, flagged, gone)
    with Opened(register) as opened:
        if format == "xlsx":
            if output is None:
                raise UsageError("--format xlsx: a workbook needs a file to go to. Give one with --output agreements.xlsx.")
            spreadsheet.write_workbook(output, listing.in_full(opened, today, chosen))
            return
        found = listing.entries(opened, today, chosen)
        with result_to(output, [register]) as write:
            if format == "table":
                width, color = terminal(output, otherwise=160)
                write(entries.as_table(found, today, width, color=color))
            else:
                write(entries.as_csv(found) if format == "csv" else entries.as_json(found))


def register_show(
    agreement: Agreement,
    register: Register,
    format: Annotated[Literal["text", "json"], typer.Option("--format", "-f", help="How to write it.")] = "text",
    output: Output = None,
    today: Today = None,
) -> None:
    """Show what is known of one agreement, and what was set for it."""
    from contractlens.exports import entries
    from contractlens.exports.report import as_text
    from contractlens.portfolio import listing
    from contractlens.portfolio.register import Register as Opened

    today = today or date.today()
    with Opened(register) as opened:
        paper = listing.find(opened, agreement)
        entry, review, kept = listing.one(opened, paper, today)
    with result_to(output, [register]) as write:
        if format == "json":
            data = {"agreement": entries.as_data(entry), "kept": entries.kept_data(kept), "review": json.loads(review.to_json())}
            write(json.dumps(data, indent=2, ensure_ascii=False) + "\n")
        else:
            width, color = terminal(output)
            write("\n".join(entries.kept_lines(entry, kept)) + "\n\n" + as_text(review, today, width, color=color))


def register_set(
    agreement: Agreement,
    register: Register,
    effective_date: Annotated[date | None, typer.Option("--effective-date", parser=read_day, metavar="DATE", help="When its term starts.")] = None,
    owner: Annotated[str | None, typer.Option("--owner", metavar="NAME", help="Who looks after it.")] = None,
    annual_cost: Annotated[Money | None, typer.Option("--annual-cost", parser=read_money, metavar="AMOUNT", help="What it costs a year, such as 1200 EUR.")] = None,
    status: Annotated[Status | None, typer.Option("--status", help="How far it is.")] = None,
    note: Annotated[str | None, typer.Option("--note", metavar="TEXT", help="A note.")] = None,
    value: Annotated[list[str] | None, typer.Option("--value", metavar="FIELD=VALUE", help="A corrected term, such as renewal.notice_min=P60D; repeatable.")] = None,
    unset: Annotated[list[str] | None, typer.Option("--unset", metavar="FIELD", help="Take back what was set; repeatable.")] = None,
    confirm: Annotated[bool, typer.Option("--confirm", help="What was set for the paper before it changed holds for it still.")] = False,
    today: Today = None,
) -> None:
    """Confirm or correct what is known of one agreement; its dates move at once."""
    from contractlens.exports import entries
    from contractlens.portfolio import listing
    from contractlens.portfolio.register import Register as Opened
    from contractlens.portfolio.register import named

    today = today or date.today()
    cost = f"{annual_cost.amount} {annual_cost.currency or ''}".strip() if annual_cost else None
    given = {"effective_date": effective_date and effective_date.isoformat(), "owner": owner, "annual_cost": cost, "status": status, "note": note}
    facts: dict[str, str | None] = {**{name: words for name, words in given.items() if words}, **named(value or []), **dict.fromkeys(unset or [])}
    if not facts and not confirm:
        raise UsageError("Nothing is given to set. Name what to set, such as --owner, --status or --effective-date.")
    with Opened(register) as opened:
        paper = listing.find(opened, agreement)
        if confirm:
            opened.confirm(paper, today)
        opened.set(paper, facts, today)
        entry, _, kept = listing.one(opened, paper, today)
    say(f"{entry.name}: {f'act by {entry.act_by}' if entry.act_by else 'no day to act by'}.")
    with result_to(None) as write:
        write("\n".join(entries.kept_lines(entry, kept)) + "\n")


def register_sheet(
    register: Register,
    output: Output = None,
    days: Annotated[int, typer.Option("--days", min=1, max=3660, metavar="DAYS", help="How many days ahead.")] = 120,
    owner: Owner = None,
    today: Today = None,
) -> None:
    """Write the page for a meeting: what is due, and the money at risk. HTML that prints on one page."""
    from contractlens.exports.sheet import sheet
    from contractlens.portfolio import listing
    from contractlens.portfolio.register import Register as Opened

    today = today or date.today()
    due = listing.Filter(act_from=today, act_until=today + timedelta(days=days), owner=owner)
    with Opened(register) as opened:
        agreements = [(entry, review) for entry, review, _ in listing.in_full(opened, today, due)]
        others = listing.entries(opened, today, replace(due, act_from=None, act_until=None))
        page = sheet(agreements, others, today, days)
    with result_to(output, [register]) as write:
        write(page)


def moved(
    register: Register,
    format: Annotated[Literal["text", "json"], typer.Option("--format", "-f", help="How to write it.")] = "text",
    output: Output = None,
) -> None:
    """Tell what moved since the scan before: days, terms, findings, files; after a change of rules, too."""
    from contractlens.exports import changes
    from contractlens.portfolio import moved as moving
    from contractlens.portfolio.register import Register as Opened

    with Opened(register) as opened:
        _, last, before = moving.last_scan(opened)
        files = list(moving.moved(opened))
    with result_to(output, [register]) as write:
        if format == "json":
            listed = [{"path": f.path, "change": f.change, "why": list(f.why), "act_by": f.act_by and f.act_by.isoformat(), "differences": changes.as_data(f.differences)} for f in files]
            write(changes.as_json({"last_scan": last, "scan_before": before, "moved": listed}))
        else:
            since = f"between the scans of {_at(before)} and {_at(last)}" if before else f"the scan of {_at(last)} was the first, so there is nothing to compare it with"
            told = [(f.path, f.happened, f.differences) for f in files]
            width, color = terminal(output)
            write(changes.files_as_text(f"What moved: {since}", told if before else None, width, color=color))


def _at(moment: str) -> str:
    """`21 Nov 2026, 14:05 UTC`"""
    from contractlens.exports.words import day

    when = datetime.fromisoformat(moment)
    return f"{day(when.date())}, {when:%H:%M} UTC"
