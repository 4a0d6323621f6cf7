"""The options that several commands take, and how their words are read."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated, Literal

import typer

from contractlens.values import Duration, Money

SYMBOLS = {"$": "USD", "\u20ac": "EUR", "\u00a3": "GBP", "\u20b9": "INR"}
_CURRENCY = rf"[A-Za-z]{{3}}|[{''.join(SYMBOLS)}]"
_MONEY = re.compile(rf"(?P<before>{_CURRENCY})?\s*(?P<amount>\d{{1,3}}(?:,\d{{3}}){{1,4}}(?:\.\d{{1,4}})?|\d{{1,12}}(?:\.\d{{1,4}})?)\s*(?P<after>{_CURRENCY})?")


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


def read_money(text: str) -> Money:
    """`31`, `$31`, `1,200.50 EUR`, `USD 31.00`."""
    found = _MONEY.fullmatch(text.strip())
    currency = found and (found["before"] or found["after"])
    if not found or (found["before"] and found["after"]):
        raise typer.BadParameter(f"{text!r} is not an amount of money. Write it as 31, $31 or 31.50 EUR.")
    return Money(Decimal(found["amount"].replace(",", "")), SYMBOLS.get(currency, currency.upper()) if currency else None)


def read_time(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a time. Write it as 2026-03-05T09:30, with a zone (+01:00 or Z) where it matters.") from None


def read_amount(text: str) -> int:
    """`2000`, `3,000,000`, `100MB`, `1.5 GB`: sizes in bytes."""
    found = _AMOUNT.fullmatch(str(text).strip().replace(",", "").upper())
    if not found:
        raise typer.BadParameter(f"{text!r} is not an amount. Write it as 2000, 500KB, 100MB or 1.5GB.")
    return int(Decimal(found["number"]) * _UNITS[found["unit"] or ""])


_UNITS = {"": 1, "K": 2**10, "M": 2**20, "G": 2**30}
_AMOUNT = re.compile(r"(?P<number>\d{1,12}(?:\.\d{1,3})?)\s*(?:(?P<unit>[KMG])?B?)")


Password = Annotated[
    str | None,
    typer.Option("--password", metavar="[PASSWORD]", prompt="Password of the PDF", prompt_required=False, hide_input=True, show_default=False,
                 help="What opens an encrypted PDF; asked for where it is left out after the option."),
]  # fmt: skip
Timeout = Annotated[float, typer.Option("--timeout", min=0.1, metavar="SECONDS", help="The most time that one document may take.")]
Memory = Annotated[int, typer.Option("--memory", min=300, metavar="MEGABYTES", help="The most memory that one document may take.")]

EffectiveDate = Annotated[
    date | None,
    typer.Option("--effective-date", parser=read_day, metavar="DATE", help="When the term starts; wins over the document's own date."),
]
Today = Annotated[date | None, typer.Option("--today", parser=read_day, metavar="DATE", help="The day to count from [default: today].")]
Rules = Annotated[Path | None, typer.Option("--rules", metavar="DIR", help="A folder of rules of your own.")]
We = Annotated[str | None, typer.Option("--we", metavar="NAME", help="Which party we are: a name in the document, or vendor [default: the customer].")]
FailOn = Annotated[
    Literal["high", "medium", "low"] | None, typer.Option("--fail-on", help="Exit with 1 where a finding is as severe as this, or more so.")
]
Without = Annotated[list[str] | None, typer.Option("--without", metavar="RULE", help="A rule that is to say nothing; repeatable.")]
HouseLimits = Annotated[
    list[str] | None, typer.Option("--limit", metavar="NAME=VALUE", help="A house limit, such as renewal_notice='45 days'; repeatable.")
]
View = Annotated[
    Literal["accepted", "original"],
    typer.Option("--view", help="A Word file's tracked changes: read as if all were accepted, or the original before them."),
]
Output = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to this file, not to standard output.")]
Author = Annotated[str, typer.Option("--author", metavar="NAME", help="Whose changes and comments they are.")]
Only = Annotated[list[str] | None, typer.Option("--only", metavar="RULE", help="Ask for what this rule asks for, and no more; repeatable.")]
Edits = Annotated[
    Path | None, typer.Option("--edits", metavar="FILE", help="Which words to ask for in each finding, and your own: a JSON or YAML file, as the app saves it.")
]
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
Fee = Annotated[Money, typer.Option("--fee", parser=read_money, metavar="AMOUNT", help="The month's fee, such as 31, $31 or 1,200.50 EUR.")]
From = Annotated[datetime, typer.Option("--from", parser=read_time, metavar="TIME", help="When the outage began, such as 2026-03-05T09:30.")]
To = Annotated[datetime, typer.Option("--to", parser=read_time, metavar="TIME", help="When it ended.")]
Reported = Annotated[datetime | None, typer.Option("--reported", parser=read_time, metavar="TIME", help="When you reported it to the vendor.")]
HourlyLoss = Annotated[Money | None, typer.Option("--hourly-loss", parser=read_money, metavar="AMOUNT", help="What an hour without the service costs you.")]
Service = Annotated[str | None, typer.Option("--service", metavar="NAME", help="Which service failed, where the agreement has several service levels.")]
OutageFee = Annotated[Money | None, typer.Option("--fee", parser=read_money, metavar="AMOUNT", help="For a claim: the month's fee, such as $31.")]
OutageFrom = Annotated[datetime | None, typer.Option("--from", parser=read_time, metavar="TIME", help="For a claim: when the outage began.")]
OutageTo = Annotated[datetime | None, typer.Option("--to", parser=read_time, metavar="TIME", help="For a claim: when it ended.")]
Register = Annotated[Path, typer.Option("--register", metavar="FILE", help="The register of agreements.")]
MaybeRegister = Annotated[
    Path | None, typer.Option("--register", metavar="FILE", help="Keep what is found in this register, and read only what it does not know.")
]
Jobs = Annotated[int, typer.Option("--jobs", "-j", min=1, metavar="N", help="How many processes read at once.")]
Scheduler = Annotated[str | None, typer.Option("--scheduler", metavar="ADDRESS", help="Read on the Dask cluster at this address, such as tcp://host:8786.")]
