"""Commands on many agreements: scan, calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from contractlens.errors import DocumentError, UsageError
from contractlens.options import Alarms, EffectiveDate, FailOn, Output, Rules, Today, View, We
from contractlens.terminal import exit_code, result_to, say, terminal, told, worst


def scan(
    paths: Annotated[list[str] | None, typer.Argument(metavar="PATH...", help="Agreements, and folders of them.")] = None,
    files_from: Annotated[Path | None, typer.Option("--files-from", metavar="LIST", help="Read paths from this file, one a line.")] = None,
    format: Annotated[Literal["table", "jsonl", "csv"], typer.Option("--format", "-f", help="How to write them.")] = "table",
    output: Output = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, metavar="N", help="How many processes read at once.")] = 1,
    effective_date: EffectiveDate = None,
    today: Today = None,
    rules: Rules = None,
    we: We = None,
    view: View = "accepted",
    fail_on: FailOn = None,
) -> None:
    """Review many agreements: one line each."""
    from contractlens.exports import rows
    from contractlens.portfolio import scanning

    files = _files([*(paths or []), *_listed(files_from)])
    today = today or date.today()
    found = scanning.scan(files, jobs=jobs, effective_date=effective_date, today=today, rules=rules, we=we, view=view)
    kept, codes = [], set()
    with result_to(output, files) as write:
        if format == "csv":
            write(rows.csv_head())
        for result in told(found, len(files)):
            codes.add(exit_code(result, fail_on))
            if format == "jsonl":
                write(result.to_json() + "\n")
            elif format == "csv":
                write(rows.csv_row(result, today))
            else:
                kept.append(result)
        if format == "table":
            width, color = terminal(output, otherwise=rows.UNFOLDED)
            write(rows.as_table(kept, today, width, color=color))
    raise typer.Exit(worst(codes))


def calendar(
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help="Agreements, and folders of them.")],
    output: Output = None,
    alarm: Alarms = None,
    effective_date: EffectiveDate = None,
    today: Today = None,
    rules: Rules = None,
    we: We = None,
) -> None:
    """Write the deadlines as an iCalendar file, with alarms."""
    from contractlens.exports import calendar as ics
    from contractlens.exports.outline import why_no_act
    from contractlens.portfolio import scanning

    files = _files(paths)
    stamp = datetime(today.year, today.month, today.day, tzinfo=UTC) if today else None
    today = today or date.today()
    found = scanning.scan(files, effective_date=effective_date, today=today, rules=rules, we=we)
    reviews = list(told(found, len(files)))
    data = ics.calendar(reviews, alarms=alarm or ics.ALARMS, stamp=stamp)
    for result in reviews:
        if not result.error and not ics.events_of(result):
            say(f"{result.document.path}: no date for the calendar: {why_no_act(result, today)}.")
    with result_to(output, files) as write:
        write(data)
    raise typer.Exit(worst({exit_code(result, None) for result in reviews}))


def _files(named: list[str]) -> list[str]:
    """The files to read of those that were named."""
    from contractlens.portfolio.scanning import files_in

    if not named:
        raise UsageError("Name an agreement or a folder of them, or give a list with --files-from.")
    files = files_in(named)
    if not files:
        raise DocumentError("unsupported", f"{', '.join(named)}: there is no file in it that can be read.")
    return files


def _listed(files_from: Path | None) -> list[str]:
    if files_from is None:
        return []
    try:
        lines = files_from.read_text(encoding="utf-8-sig", errors="surrogateescape").split("\n")
    except OSError as error:
        raise UsageError(f"{files_from}: the list cannot be opened ({error.strerror}).") from None
    return [path for line in lines if (path := line.rstrip("\r")).strip()]
