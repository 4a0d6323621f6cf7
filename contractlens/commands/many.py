"""Commands on many agreements: scan, calendar, compare."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing
from datetime import UTC, date, datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from contractlens.apart import MEMORY, TIMEOUT, Crew
from contractlens.commands.opening import reads_apart, takes_limits, takes_rules
from contractlens.documents import Opening
from contractlens.errors import DocumentError, UsageError
from contractlens.options import (
    Alarms,
    EffectiveDate,
    FailOn,
    Jobs,
    MaybeRegister,
    Memory,
    Output,
    Scheduler,
    Timeout,
    Today,
    View,
    We,
)
from contractlens.rulebook.house import House
from contractlens.terminal import exit_code, not_an_input, result_to, say, terminal, told, worst

if TYPE_CHECKING:
    from contractlens.advice.finding import Review, Severity
    from contractlens.advice.kept import Kept
    from contractlens.exports.entry import Entry
    from contractlens.portfolio.register import Register

Paths = Annotated[list[str] | None, typer.Argument(metavar="PATH...", help="Agreements, and folders of them.")]
FilesFrom = Annotated[Path | None, typer.Option("--files-from", metavar="LIST", help="Read paths from this file, one a line.")]


@takes_limits
@takes_rules
def scan(
    opening: Opening,
    house: House,
    paths: Paths = None,
    files_from: FilesFrom = None,
    format: Annotated[Literal["table", "jsonl", "csv", "xlsx"], typer.Option("--format", "-f", help="How to write them.")] = "table",
    output: Output = None,
    register: MaybeRegister = None,
    jobs: Jobs = 1,
    scheduler: Scheduler = None,
    timeout: Timeout = TIMEOUT,
    memory: Memory = MEMORY,
    effective_date: EffectiveDate = None,
    today: Today = None,
    we: We = None,
    view: View = "accepted",
    fail_on: FailOn = None,
) -> None:
    """Review many agreements: one line each."""
    from contractlens.exports import rows
    from contractlens.portfolio import clusters, scanning
    from contractlens.portfolio import register as registers

    if format == "xlsx" and output is None:
        raise UsageError("--format xlsx: a workbook needs a file to go to. Give one with --output agreements.xlsx.")
    named = [*(paths or []), *_listed(files_from)]
    files = _files(named)
    today = today or date.today()
    codes: set[int] = set()
    with ExitStack() as stack:
        kept = stack.enter_context(registers.Register(register, make=True)) if register else None
        executor, jobs = stack.enter_context(clusters.executor_at(scheduler)) if scheduler else (None, jobs)
        found = scanning.scan(
            named, jobs=jobs, executor=executor, timeout=timeout, memory=memory, register=kept,
            effective_date=effective_date, today=today, we=we, **opening | {"view": view}, **house,
        )  # fmt: skip
        stack.enter_context(closing(found))
        coded = _coded(told(found, len(files)), codes, fail_on)
        if format == "xlsx" and output:
            from contractlens.exports import spreadsheet

            spreadsheet.write_workbook(output, _agreements(coded, today, kept))
            raise typer.Exit(worst(codes))
        write = stack.enter_context(result_to(output, files))
        if format == "jsonl":
            for review in coded:
                write(review.to_json() + "\n")
        elif format == "csv":
            write(rows.as_csv(coded, today, _keeps(kept)))
        else:
            width, color = terminal(output, otherwise=rows.UNFOLDED)
            write(rows.as_table(coded, today, width, color=color, keeps=_keeps(kept)))
    raise typer.Exit(worst(codes))


def _coded(reviews: Iterable[Review], codes: set[int], fail_on: Severity | None) -> Iterator[Review]:
    for review in reviews:
        codes.add(exit_code(review, fail_on))
        yield review


def _keeps(register: Register | None) -> Callable[[Review], Kept | None]:
    """What a person keeps in the register beside an agreement."""
    return lambda review: register.kept(review.document.sha256) if register and review.document.sha256 else None


def _agreements(reviews: Iterable[Review], today: date, register: Register | None) -> Iterator[tuple[Entry, Review, Kept | None]]:
    """One an agreement: files of the same bytes, which come one after the other, share theirs."""
    from contractlens.exports.entry import entry

    for _, same in groupby(reviews, key=lambda r: r.document.sha256 or r.document.path):
        first, *others = same
        kept = _keeps(register)(first)
        yield entry(first, today, kept=kept, paths=tuple(r.document.path for r in (first, *others))), first, kept


@takes_limits
@takes_rules
def calendar(
    opening: Opening,
    house: House,
    paths: Paths = None,
    register: MaybeRegister = None,
    output: Output = None,
    alarm: Alarms = None,
    reminders_as_events: Annotated[
        bool, typer.Option("--reminders-as-events", help="An event of its own for each alarm, for calendars that drop alarms.")
    ] = False,
    timeout: Timeout = TIMEOUT,
    memory: Memory = MEMORY,
    effective_date: EffectiveDate = None,
    today: Today = None,
    we: We = None,
) -> None:
    """Write the deadlines as an iCalendar file, with alarms: of the agreements named, or of a whole register."""
    from contractlens.exports import calendar as ics
    from contractlens.exports.files import write_whole
    from contractlens.exports.outline import why_no_act
    from contractlens.portfolio import planning, scanning
    from contractlens.portfolio import register as registers

    stamp = datetime(today.year, today.month, today.day, tzinfo=UTC) if today else None
    today = today or date.today()
    files = _files(paths or [], "give a register with --register") if paths or not register else []
    not_an_input(output, files)
    reviews: list[Review] = []
    with ExitStack() as stack:
        kept = stack.enter_context(registers.Register(register, make=bool(paths))) if register else None
        if paths or not kept:
            found = scanning.scan(paths or [], timeout=timeout, memory=memory, effective_date=effective_date, today=today, we=we, register=kept, **opening, **house)
            for review in told(found, len(files)):
                dated = ics.ahead(review, today)
                if not review.error and not ics.events_of(dated):
                    say(f"{review.document.path}: no date for the calendar: {why_no_act(review, today)}.")
                reviews.append(dated if kept is None else dated.model_copy(update={"findings": ()}))
        write = (lambda data: write_whole(output, data)) if output else stack.enter_context(result_to(None))
        if kept:
            planning.calendar(kept, today, write, alarms=alarm or ics.ALARMS, stamp=stamp, reminders_as_events=reminders_as_events)
            if not paths:
                _tell_undated(kept, today)
        else:
            write(ics.calendar(reviews, alarms=alarm or ics.ALARMS, stamp=stamp, reminders_as_events=reminders_as_events))
    raise typer.Exit(worst({exit_code(review, None) for review in reviews}))


def _tell_undated(register: Register, today: date) -> None:
    """Name those of a register of which no calendar can tell a day."""
    from contractlens.portfolio.listing import entries

    names = [entry.name for entry in entries(register, today) if entry.undated]
    if names:
        more = f" and {len(names) - 4} more" if len(names) > 4 else ""
        say(f"No date for the calendar: {', '.join(names[:4])}{more}. `contractlens register list` says why, and what to give.")


@reads_apart
@takes_rules
def compare(
    opening: Opening,
    apart: Crew,
    house: House,
    old: Annotated[Path, typer.Argument(metavar="OLD", help="The agreement as it was.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The agreement as it is to be.")],
    format: Annotated[Literal["text", "json"], typer.Option("--format", "-f", help="How to write it.")] = "text",
    output: Output = None,
    effective_date: EffectiveDate = None,
    today: Today = None,
    we: We = None,
) -> None:
    """Tell what changed in the terms between two versions of an agreement, in numbers."""
    from contractlens.advice.differences import differences
    from contractlens.advice.reviewing import review
    from contractlens.exports import changes

    today = today or date.today()
    before, after = (apart.call(path.name, review, path, effective_date=effective_date, today=today, we=we, **opening, **house) for path in (old, new))
    found = differences(before, after)
    with result_to(output, [old, new]) as write:
        if format == "json":
            write(changes.as_json({"old": str(old), "new": str(new), "differences": changes.as_data(found)}))
        else:
            width, color = terminal(output)
            write(changes.as_text(f"{old} → {new}", found, width, color=color))
    for result in (before, after):
        if result.error:
            say(result.error.message)
    raise typer.Exit(worst({exit_code(result, None) for result in (before, after)}))


def _files(named: list[str], otherwise: str = "give a list with --files-from") -> list[str]:
    """The files to read of those that were named."""
    from contractlens.portfolio.scanning import files_in

    if not named:
        raise UsageError(f"Name an agreement or a folder of them, or {otherwise}.")
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
