"""The one page for a meeting: what is due in the next days, and the money at risk. HTML that needs nothing else and prints on one page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from contractlens.advice.finding import Review
from contractlens.exports import outline
from contractlens.exports.entry import Entry
from contractlens.exports.html import escape
from contractlens.exports.words import day, in_days, shorten
from contractlens.values import Money

SPAN = 120  # days ahead
MOST = 12  # rows that fit on the page; what is left out is counted
NAMED = 4  # of those without a date, or that were not read

_STYLE = """
@page { size: A4 landscape; margin: 11mm; }
* { box-sizing: border-box; }
body { margin: 0; color: #1c2430; background: #fff; font: 11px/1.35 system-ui, "Segoe UI", Roboto, Arial, sans-serif; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
main { max-width: 275mm; margin: 0 auto; padding: 12px; }
header { display: flex; justify-content: space-between; align-items: flex-end; border-bottom: 3px solid #24405c; padding-bottom: 6px; }
h1 { font-size: 20px; margin: 0; }
.soft { color: #5b6675; }
.sums { display: flex; gap: 10px; margin: 10px 0; }
.sums div { background: #f3f6fa; border-radius: 5px; padding: 7px 12px; flex: 1 1 0; }
.sums div.wide { flex-grow: 1.6; }
.sums b { display: block; font-size: 16px; font-variant-numeric: tabular-nums; }
.line { position: relative; height: 20px; margin: 4px 6px 8px; border-bottom: 2px solid #9aa7b8; }
.line i { position: absolute; bottom: -6px; width: 10px; height: 10px; margin-left: -5px; border-radius: 50%; background: #8a5a00; border: 1.5px solid #fff; }
.line i.soon { background: #b3261e; }
.line span { position: absolute; bottom: -17px; transform: translateX(-50%); font-size: 9px; color: #5b6675; white-space: nowrap; }
.line u { position: absolute; bottom: 0; height: 8px; border-left: 1px solid #9aa7b8; }
table { border-collapse: collapse; width: 100%; margin-top: 24px; table-layout: fixed; }
th { text-align: left; font-weight: 600; color: #5b6675; border-bottom: 1.5px solid #24405c; padding: 3px 8px 3px 0; }
td { vertical-align: top; padding: 3px 8px 3px 0; border-bottom: 1px solid #dfe4ec; overflow-wrap: anywhere; }
td b, td small { display: block; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
td.when { white-space: nowrap; font-variant-numeric: tabular-nums; font-weight: 600; }
td.when small { font-weight: 400; }
tr.soon td.when { color: #b3261e; }
.money { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
small { color: #5b6675; font-size: 9.5px; }
footer { margin-top: 8px; color: #5b6675; font-size: 9.5px; }
"""


@dataclass(frozen=True, slots=True)
class Due:
    """One day to act by, of one agreement."""

    entry: Entry
    review: Review

    @property
    def day(self) -> date:
        assert self.entry.act_by
        return self.entry.act_by

    def what(self) -> str:
        return f"{self.entry.to_do[:1].upper()}{self.entry.to_do[1:]}."


def sheet(agreements: Iterable[tuple[Entry, Review]], others: Iterable[Entry], today: date, span: int = SPAN, title: str = "Agreements") -> str:
    """`agreements` are those to act on within `span` days, the first day first; of the `others`, those without a date or not read are named."""
    due = [Due(entry, review) for entry, review in agreements if entry.act_by]
    left = list(others)
    body = "".join((_head(today, span, title), _sums(due, left), _timeline(due, today, span), _table(due, today), _foot(due, left)))
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{escape(title)}: due by {day(today + timedelta(days=span))}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def at_risk(entries: Iterable[Entry]) -> list[Money]:
    """What the renewals cost that go through if nobody acts, for each currency, the largest first."""
    sums: dict[str | None, Decimal] = defaultdict(Decimal)
    for entry in entries:
        if entry.at_risk:
            sums[entry.at_risk.currency] += entry.at_risk.amount
    return sorted((Money(amount, currency) for currency, amount in sums.items()), key=lambda m: -m.amount)


def _head(today: date, span: int, title: str) -> str:
    until = day(today + timedelta(days=span))
    return f'<header><h1>{escape(title)}: the next {span} days</h1><span class="soft">{day(today)} to {until}</span></header>'


def _sums(due: list[Due], others: list[Entry]) -> str:
    first = f"{day(due[0].day)}" if due else "none"
    money = " + ".join(m.words() for m in at_risk(d.entry for d in due)) or "not known"
    unpriced = sum(1 for d in due if d.entry.at_risk is None and d.entry.act_kind == "opt_out_by")
    note = f"; of {unpriced} the cost is not known" if unpriced else ""
    open_ones = sum(1 for e in others if e.error_kind or e.undated)
    cells = (("", str(len(due)), "to act on"), ("", first, "first day to act by"), ("wide", money, f"goes on if nobody acts{note}"))
    made = [f'<div class="{kind}"><b>{escape(value)}</b>{escape(label)}</div>' for kind, value, label in (*cells, ("", str(open_ones), "not read or without a date"))]
    return f'<section class="sums">{"".join(made)}</section>'


def _timeline(due: list[Due], today: date, span: int) -> str:
    """A line of the days ahead with a mark for each day to act by, and the firsts of the months."""
    marks = []
    for ahead in range(span + 1):
        then = today + timedelta(days=ahead)
        if then.day == 1:
            at = f"left:{100 * ahead / span:.2f}%"
            marks.append(f'<u style="{at}"></u><span style="{at}">{day(then).split(" ", 1)[1]}</span>')
    for d in due:
        ahead = (d.day - today).days
        marks.append(f'<i class="{"soon" if ahead <= 30 else "later"}" style="left:{100 * ahead / span:.2f}%"></i>')
    return f'<div class="line">{"".join(marks)}</div>'


def _table(due: list[Due], today: date) -> str:
    if not due:
        return "<p>No agreement has a day to act by in this time.</p>"
    widths = "".join(f'<col style="width:{width}%">' for width in (10, 27, 43, 9, 11))
    heads = "<tr><th>Act by</th><th>Agreement</th><th>What to do</th><th>Owner</th><th class='money'>A renewal costs</th></tr>"
    rows = "".join(_row(d, today) for d in due[:MOST])
    return f"<table>{widths}{heads}{rows}</table>"


def _row(due: Due, today: date) -> str:
    entry = due.entry
    unknown = "it ends by itself" if entry.act_kind == "exercise_by" else "not known"
    risk = escape(entry.at_risk.words()) if entry.at_risk else f"<small>{unknown}</small>"
    notices = shorten(outline.where_to_give_notice(due.review), 95)
    where = f"<small>{escape(notices[:1].upper() + notices[1:])}</small>" if notices else ""
    flag = f"<small>! {escape(shorten(entry.flag, 90))}</small>" if entry.flag else ""
    name = f"<small>{escape(shorten(entry.name, 44))}</small>" if entry.vendor else ""
    soon = ' class="soon"' if (due.day - today).days <= 30 else ""
    return (
        f'<tr{soon}><td class="when">{day(due.day)}<small>{in_days(due.day, today)}</small></td>'
        f"<td><b>{escape(shorten(entry.vendor or entry.name, 48))}</b>{name}{flag}</td>"
        f"<td>{escape(shorten(due.what(), 130))}{where}</td>"
        f'<td>{escape(shorten(entry.owner or "nobody yet", 30))}</td><td class="money">{risk}</td></tr>'
    )


def _foot(due: list[Due], others: list[Entry]) -> str:
    lines = []
    if len(due) > MOST:
        lines.append(f"{len(due) - MOST} more to act on by {day(due[-1].day)} are not on this page.")
    open_ones = sorted((e for e in others if e.error_kind or e.undated), key=lambda e: not (e.error_kind or e.renewal))  # what may renew comes first
    if open_ones:
        names = ", ".join(shorten(e.name, 40) for e in open_ones[:NAMED])
        more = f" and {len(open_ones) - NAMED} more" if len(open_ones) > NAMED else ""
        lines.append(f"Not read, or without a date: {names}{more}.")
    lines.append("The cost of a renewal is the annual cost for as long as one renewal binds. " + outline.NOT_ADVICE)
    return f"<footer>{'<br>'.join(escape(line) for line in lines)}</footer>"
