"""The agreements of a register as a table for the terminal, as CSV and as JSON."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
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

NARROW, WIDE = 110, 160  # of a table without room for the vendor's name; of one with room for the service level
COLUMNS = (*(f.name for f in fields(Entry)), "at_risk", "flag")
_CSV = (
    "act_by", "to_do", "vendor", "name", "status", "owner", "annual_cost", "cost_currency", "at_risk", "effective_date", "expiration_date", "renews_on", "ends_on",
    "renewal", "uptime", "high", "medium", "low", "kind", "customer", "flag", "error_message", "paths", "id",
)  # fmt: skip
_FIRM = ("Act by", "Agreement", "To do")  # columns that stand, whatever is in them
_COUNTS = ("H", "M", "L")


def as_table(entries: Iterable[Entry], today: date, width: int = 120, *, color: bool = False) -> str:
    """The entries in the order in which they come; columns in which nothing stands are left out."""
    lines = [(_line(entry, today), bool(entry.error_kind or not entry.present)) for entry in entries]
    if not lines:
        return "No agreement in the register is so.\n"
    room = {"Vendor": NARROW, "Status": NARROW, "Owner": NARROW, "Renewal costs": NARROW, "Service level": WIDE}
    heads = [h for h in lines[0][0] if h in _FIRM or (width >= room.get(h, 0) and any(cells[h] for cells, _ in lines))]
    table = Table(box=None, header_style="bold", pad_edge=False, expand=False)
    fixed = {"Agreement": min(max(len(cells["Agreement"]) for cells, _ in lines), max(20, width // 4))}
    for head in heads:
        right = head in (*_COUNTS, "Renewal costs")
        table.add_column(head, no_wrap=head in ("Act by", *_COUNTS), overflow="fold", width=fixed.get(head), max_width=26 if head == "Vendor" else None, justify="right" if right else "left")
    for cells, dim in lines:
        table.add_row(*(Text(cells[head], style="dim" if dim else "") for head in heads))

    def write(console: Console) -> None:
        console.print(table)

    return printed(write, max(width, 80), color=color)


def _line(entry: Entry, today: date) -> dict[str, str]:
    counts = ("", "", "") if entry.error_kind else map(str, (entry.high, entry.medium, entry.low))
    return {
        "Act by": "not read" if entry.error_kind else day(entry.act_by) if entry.act_by else "-",
        "": in_days(entry.act_by, today) if entry.act_by else "",
        "Agreement": entry.name,
        "Vendor": entry.vendor,
        "To do": entry.to_do,
        "Status": "" if entry.status == "new" else entry.status.replace("_", " "),
        "Owner": clean(entry.owner or ""),
        "Renewal costs": entry.at_risk.words() if entry.at_risk else "",
        "Service level": entry.uptime,
        **dict(zip(_COUNTS, counts, strict=True)),
        "!": "!" if entry.flag else "",
    }


def as_csv(entries: Iterable[Entry]) -> str:
    """A line an agreement, for people, in which no cell can be read as a formula. Sums are plain numbers in `cost_currency`."""
    out = StringIO()
    write = csv.writer(out, lineterminator="\r\n").writerow
    write(_CSV)
    for entry in entries:
        currency = entry.annual_cost.currency if entry.annual_cost else None
        write(safe_cell(clean(_words(currency if name == "cost_currency" else getattr(entry, name)))) for name in _CSV)
    return out.getvalue()


def _words(value: object) -> str:
    if isinstance(value, tuple):
        return "; ".join(value)
    if isinstance(value, Money):
        return f"{value.amount:f}"
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


