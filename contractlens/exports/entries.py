"""The agreements of a register as a table for the terminal, as CSV and as JSON."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import date
from io import StringIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from contractlens.advice.kept import Kept
from contractlens.exports.entry import Entry
from contractlens.exports.lines import printed
from contractlens.exports.rows import safe_cell
from contractlens.exports.words import clean, day, in_days
from contractlens.values import Money

WIDE = 120  # of a table with room for the service level, the owner and the cost
COLUMNS = (*(f.name for f in fields(Entry)), "at_risk", "flag")


def as_table(entries: Iterable[Entry], today: date, width: int = 120, *, color: bool = False) -> str:
    """The entries in the order in which they come."""
    table = Table(box=None, header_style="bold", pad_edge=False, expand=False)
    heads = ("Act by", "", "Agreement", "Vendor", "Status", *(("Owner", "Renewal costs", "Service level") if width >= WIDE else ()), "H", "M", "L", "")
    for head in heads:
        table.add_column(head, no_wrap=head in ("Act by", "H", "M", "L"), overflow="fold", justify="right" if head in ("H", "M", "L", "Renewal costs") else "left")
    for entry in entries:
        dim = "dim" if entry.error_kind or not entry.present else ""
        table.add_row(*(Text(cell, style=dim) for cell in _line(entry, today, width)))
    if not table.row_count:
        return "No agreement in the register is so.\n"

    def write(console: Console) -> None:
        console.print(table)

    return printed(write, max(width, 80), color=color)


def _line(entry: Entry, today: date, width: int) -> Iterator[str]:
    yield "not read" if entry.error_kind else day(entry.act_by) if entry.act_by else "-"
    yield in_days(entry.act_by, today) if entry.act_by else ""
    yield entry.name
    yield entry.vendor
    yield entry.status.replace("_", " ")
    if width >= WIDE:
        yield clean(entry.owner or "")
        yield entry.at_risk.words() if entry.at_risk else ""
        yield entry.uptime
    yield from ("",) * 3 if entry.error_kind else (str(entry.high), str(entry.medium), str(entry.low))
    yield "!" if entry.flag else ""


def as_csv(entries: Iterable[Entry]) -> str:
    """A line an agreement, in which no cell can be read as a formula."""
    out = StringIO()
    write = csv.writer(out, lineterminator="\r\n").writerow
    write(COLUMNS)
    for entry in entries:
        write(safe_cell(clean(_words(getattr(entry, name)))) for name in COLUMNS)
    return out.getvalue()


def _words(value: object) -> str:
    if isinstance(value, tuple):
        return "; ".join(value)
    if isinstance(value, Money):
        return f"{value.amount} {value.currency or ''}"
    return "" if value is None else str(value)


def as_json(entries: Iterable[Entry]) -> str:
    return json.dumps([as_data(entry) for entry in entries], indent=2, ensure_ascii=False) + "\n"


def as_data(entry: Entry) -> dict[str, object]:
    """An entry as JSON has it."""
    return {name: _data(getattr(entry, name)) for name in COLUMNS}


def kept_data(kept: Kept) -> dict[str, object]:
    """What a person keeps, as JSON has it."""
    plain = {"status": kept.status, "owner": kept.owner, "annual_cost": _data(kept.annual_cost), "note": kept.note}
    return {**plain, "values": dict(kept.values), "carried": sorted(kept.carried)}


def _data(value: object) -> object:
    if isinstance(value, Money):
        return {"amount": str(value.amount), "currency": value.currency}
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if isinstance(value, date) else value


def kept_lines(entry: Entry, kept: Kept) -> list[str]:
    """What a person keeps beside an agreement, and where it lies, in lines."""
    lines = [f"Status: {kept.status.replace('_', ' ')}" + (f" · owner: {clean(kept.owner)}" if kept.owner else "")]
    if entry.annual_cost:
        whence = "as the document states it" if entry.cost_from == "document" else "as set"
        risk = f"; one more renewal costs {entry.at_risk.words()}" if entry.at_risk else ""
        lines.append(f"Annual cost: {entry.annual_cost.words()}, {whence}{risk}")
    lines += [f"Set: {name.replace('_', ' ').replace('.', ', ')} = {clean(value)}" for name, value in sorted(kept.values.items())]
    if kept.note:
        lines.append(f"Note: {clean(kept.note)}")
    if entry.flag:
        lines.append(f"Look at: {entry.flag}. Set it again, or confirm it with  contractlens register set FILE --confirm")
    return [*lines, *(f"File: {clean(path)}" for path in entry.paths)]


