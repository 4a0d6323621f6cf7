"""What an outage earns, in words and as JSON: the credit, by when to claim it, and the loss beside it."""

from __future__ import annotations

from datetime import date, timedelta

from rich.console import Console
from rich.text import Text

from contractlens.exports.lines import printed, row
from contractlens.exports.words import clean, day, in_days, shorten
from contractlens.reckoning.credit import Credit
from contractlens.reckoning.downtime import words
from contractlens.values import Duration

LABEL = 10
STRONG = ("CREDIT", "CAP", "CLAIM BY", "LOSS")


def as_json(credit: Credit) -> str:
    """The reckoning as JSON; money as `{"amount": "1.00", "currency": "USD"}`, times as ISO 8601."""
    return credit.model_dump_json(indent=2) + "\n"


def as_text(credit: Credit, today: date, width: int = 100, *, color: bool = False) -> str:
    """The same for a reader, `width` characters wide."""

    def write(console: Console) -> None:
        for label, body, more in lines(credit, today):
            console.print(row(label, Text.assemble((clean(body), "bold" if label in STRONG else ""), f"   {clean(more)}" if more else ""), width=LABEL))

    return printed(write, width, color=color)


def lines(credit: Credit, today: date) -> list[tuple[str, str, str]]:
    """Label, what counts, and what to add to it."""
    fee = credit.fee.words()
    if credit.credit is None:
        told = [("CREDIT", "cannot be told", credit.reason or "")]
    else:
        told = [("CREDIT", credit.credit.words(), f"of a monthly fee of {fee}")]
    for p in credit.periods:
        told.append(("", f"{_period(p.starts, p.period)}: {p.how} = {p.credit.words()}", ""))
    if credit.credit is not None and not credit.periods:
        told.append(("", "nothing of the outage counts", ""))
    if credit.cap is not None:
        told.append(("CAP", credit.cap.words(), "is the most for a month"))
    if credit.claim_by:
        told.append(("CLAIM BY", day(credit.claim_by, weekday=True), f"({in_days(credit.claim_by, today)})"))
    if credit.claim_basis:
        told.append(("" if credit.claim_by else "CLAIM", f"counted: {credit.claim_basis}" if credit.claim_by else credit.claim_basis, ""))
    if credit.loss is not None:
        told.append(("LOSS", credit.loss.words(), f"for {_time(credit.outage)}{_share(credit)}"))
    told += [("NOTE", note, "") for note in credit.notes]
    told += [("SAYS", f"\u201c{shorten(e.quote)}\u201d", f"\u00a7 {e.section}" if e.section else "") for e in credit.evidence[:3]]
    return told


def _period(starts: date, period: str) -> str:
    if period == "month":
        return day(starts).split(" ", 1)[1]
    return f"the {period} from {day(starts)}"


def _time(iso: str) -> str:
    return words(timedelta(seconds=int(Duration.parse(iso).seconds or 0)))


def _share(credit: Credit) -> str:
    if credit.credit is None or credit.loss is None or not credit.loss.amount:
        return ""
    share = credit.credit.amount / credit.loss.amount * 100
    return f"; the credit makes up {share:.2g} % of it" if share < 100 else "; the credit makes it up"
