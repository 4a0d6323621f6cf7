"""The options that several commands take, and how their words are read."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated, Literal

import typer

from contractlens.values import Duration


def read_day(text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a day. Write it as year-month-day, such as 2026-03-01.") from None


def read_duration(text: str) -> Duration:
    try:
        return Duration.parse(text)
    except ValueError as error:
        raise typer.BadParameter(f"{error}.") from None


def read_percent(text: str) -> Decimal:
    try:
        return Decimal(text.strip().rstrip("% ").replace(",", "."))
    except InvalidOperation:
        raise typer.BadParameter(f"{text!r} is not a percentage, such as 99.9.") from None


EffectiveDate = Annotated[
    date | None,
    typer.Option("--effective-date", parser=read_day, metavar="DATE", help="When the term starts; wins over the document's own date."),
]
Today = Annotated[date | None, typer.Option("--today", parser=read_day, metavar="DATE", help="The day to count from [default: today].")]
Rules = Annotated[Path | None, typer.Option("--rules", metavar="DIR", help="A folder of rules of your own.")]
We = Annotated[str | None, typer.Option("--we", metavar="NAME", help="Which party we are [default: the customer].")]
FailOn = Annotated[
    Literal["high", "medium", "low"] | None, typer.Option("--fail-on", help="Exit with 1 where a finding is as severe as this, or more so.")
]
Output = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to this file, not to standard output.")]
File = Annotated[Path, typer.Argument(metavar="FILE", help="The agreement: .pdf, .docx, .txt, .md or .html.")]
Alarms = Annotated[
    list[Duration] | None,
    typer.Option("--alarm", parser=read_duration, metavar="DURATION", help="Ring so long before; repeatable [default: P30D, P7D, P1D]."),
]
Percents = Annotated[list[Decimal], typer.Argument(parser=read_percent, metavar="PERCENT...", help="One, or those of vendors in a row.")]
Maintenance = Annotated[
    Duration | None,
    typer.Option("--maintenance", parser=read_duration, metavar="DURATION", help="Maintenance a month, which does not count."),
]
