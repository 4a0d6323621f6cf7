"""The agreements of a register in rows to sort and to edit: what a person sets is kept beside the paper, and its dates move at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow
import streamlit as st
import typer

from app_pages import correcting, desk
from app_pages.cards import FIRST_DAY, LAST_DAY
from app_pages.drawing import html, plain, sentence
from app_pages.formats import column_format, ours, signs, written
from contractlens.advice.kept import STATUSES
from contractlens.errors import UsageError
from contractlens.exports.entry import Entry
from contractlens.exports.html import escape
from contractlens.exports.words import in_days
from contractlens.options import read_money
from contractlens.portfolio import listing
from contractlens.portfolio.register import Register

MOST = 1000  # rows; the filters lead to the others
ROW = 35  # pixels
TOLD = 12  # agreements without a day, told one by one
FIELDS = {"Owner": "owner", "Status": "status", "Annual cost": "annual_cost", "Effective date": "effective_date", "Note": "note"}
SHOWN = "register rows"
COLUMNS = {
    "Act by": pyarrow.date32(), "In": pyarrow.string(), "Agreement": pyarrow.string(), "Vendor": pyarrow.string(), "High": pyarrow.int64(),
    "Owner": pyarrow.string(), "Status": pyarrow.string(), "Annual cost": pyarrow.string(), "Renewal costs": pyarrow.string(),
    "Effective date": pyarrow.date32(), "Note": pyarrow.string(), "Service level": pyarrow.string(),
}  # fmt: skip


# Fetches the editor of a table's cells with the table, and not when the first cell is opened: letters typed meanwhile would be lost.
_EARLY = """
export default function ({ data }) {
  for (const name of data.names) import(new URL(`static/js/${name}`, document.baseURI).href).catch(() => {});
}
"""
_early = st.components.v2.component("contractlens_early", js=_EARLY)
EDITORS = [path.name for path in Path(st.__file__).parent.glob("static/static/js/*overlay-editor*.js")]


@dataclass
class Shown:
    """The rows on the page. They stay where they are while somebody types: no edit falls on another row, and none is lost to a new table."""

    of: object
    key: str
    ids: list[str]
    done: dict[tuple[int, str], object] = field(default_factory=dict)  # the cells that were kept already, by row and column


def spaced(name: object) -> str:
    return str(name).replace("_", " ")


def table(register: Register, chosen: listing.Filter) -> None:
    """The agreements by the day to act; what is edited in a row is kept at once."""
    shown = _shown(register, chosen)
    if failed := keep(register, shown):
        shown = _shown(register, chosen, anew=True)
    with st.container():
        for line in filter(None, failed):
            st.error(plain(line), icon=":material/error:")
    found = {entry.id: entry for entry in islice(listing.entries(register, desk.today(), chosen), MOST + 1)}
    if not shown.ids:
        st.info("No agreement in the register is so. Take a filter away.", icon=":material/info:")
        return
    entries = [found.get(id) or listing.one(register, id, desk.today())[0] for id in shown.ids[:MOST]]
    rows = [_row(entry, register.kept(entry.id).note) for entry in entries]
    st.data_editor(
        pyarrow.Table.from_pylist(rows, pyarrow.schema(COLUMNS)),
        hide_index=True, key=shown.key, column_config=_columns(), disabled=[name for name in COLUMNS if name not in FIELDS],
        height=ROW * (min(len(rows), 15) + 1) + 3, row_height=ROW, placeholder="–", alt="The agreements of the register by the day to act",
    )  # fmt: skip
    _early(data={"names": EDITORS}, key="early")
    _below(more=len(shown.ids) > MOST, moved=[*found] != shown.ids)
    if correcting.correct(register, entries):
        st.rerun()
    _flagged(register, entries)
    _undated(entries)


def _shown(register: Register, chosen: listing.Filter, *, anew: bool = False) -> Shown:
    """The rows that are on the page already, or those of another register, day, filter or format."""
    of = (str(register.path), desk.today(), chosen, signs(), column_format())
    shown: Shown | None = st.session_state.get(SHOWN)
    if shown is None or anew or shown.of != of or shown.key not in st.session_state:
        count = st.session_state["register tables"] = st.session_state.get("register tables", 0) + 1
        ids = [entry.id for entry in islice(listing.entries(register, desk.today(), chosen), MOST + 1)]
        shown = st.session_state[SHOWN] = Shown(of, f"register table {count}", ids)
    return shown


def again() -> None:
    """The rows are put in order anew when the table is drawn next."""
    st.session_state.pop(SHOWN, None)


def _below(*, more: bool, moved: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(
            (f"The first {MOST} agreements by the day to act; filter to see the others. " if more else "")
            + "Owner, status, cost, effective date and note can be edited in the table: double-click a cell, or type into it.",
            width="stretch",
        )
        if moved:
            st.button("Put them in order again", on_click=again, icon=":material/sort:", type="tertiary")


def _row(entry: Entry, note: str | None) -> dict[str, object]:
    return {
        "Act by": entry.act_by,
        "In": in_days(entry.act_by, desk.today()) if entry.act_by else None,
        "Agreement": entry.name,
        "Vendor": entry.vendor or None,
        "High": None if entry.error_kind else entry.high,
        "Owner": entry.owner,
        "Status": entry.status,
        "Annual cost": written(entry.annual_cost.words()) if entry.annual_cost else None,
        "Renewal costs": written(entry.at_risk.words()) if entry.at_risk else None,
        "Effective date": entry.effective_date,
        "Note": note,
        "Service level": written(entry.uptime) or None,
    }


def _columns() -> dict[str, Any]:
    words = st.column_config.TextColumn
    return {
        "Act by": st.column_config.DateColumn("Act by", format=column_format()),
        "Agreement": words("Agreement", width=190),
        "Vendor": words("Vendor", width=190),
        "High": st.column_config.NumberColumn("High", help="How many findings are grave.", width=60),
        "Owner": words("Owner", max_chars=200, width=110),
        "Status": st.column_config.SelectboxColumn("Status", options=STATUSES, format_func=spaced, required=True, width=105),
        "Annual cost": words("Annual cost", help=f"Such as {written('1,200 EUR')}. Without one of yours, twelve times the month’s fee that the document states.", max_chars=40, width=130),
        "Renewal costs": words("Renewal costs", help="The annual cost for as long as one more renewal binds."),
        "Effective date": st.column_config.DateColumn(
            "Effective date", format=column_format(), min_value=FIRST_DAY, max_value=LAST_DAY, help="When its term starts. Empty it to go by the document again."
        ),
        "Note": words("Note", max_chars=2000, width=130),
    }


# ---- what a person sets


def keep(register: Register, shown: Shown) -> list[str]:
    """Set what was edited since the last time. What the table cannot show as it was typed asks for a new one: a sentence on what does not fit, or none."""
    edited: Mapping[int, Mapping[str, object]] = st.session_state.get(shown.key, {}).get("edited_rows", {})
    failed: list[str] = []
    for number, cells in edited.items():
        for name, value in cells.items():
            cell = int(number), name
            if cell in shown.done and shown.done[cell] == value:
                continue
            shown.done[cell] = value
            failed += _set(register, shown.ids[cell[0]], name, value)
    return failed


def _set(register: Register, paper: str, name: str, value: object) -> Iterator[str]:
    try:
        fact = _fact(name, value)
        register.set(paper, {FIELDS[name]: fact}, desk.today())
        if fact is None:
            yield ""  # what the document says stands there again
    except UsageError as error:
        yield f"{listing.one(register, paper, desk.today())[0].name}, {name.lower()}: {error}"


def _fact(name: str, value: object) -> str | None:
    """A cell as the register stores it; None for one that was emptied."""
    words = str(value).strip() if value is not None else ""
    if name == "Annual cost" and words:
        try:
            cost = read_money(ours(words))
        except typer.BadParameter as error:
            raise UsageError(error.message) from None
        return f"{cost.amount} {cost.currency or ''}".strip()
    if name == "Effective date" and words:
        return date.fromisoformat(words[:10]).isoformat()
    return words or None


def _flagged(register: Register, entries: Sequence[Entry]) -> None:
    """Papers that changed after something was set for them: it has to be confirmed, or set again."""
    for entry in [e for e in entries if e.carried][:TOLD]:
        told, button = st.columns([5, 1], vertical_alignment="center")
        told.warning(plain(f"{entry.name}: {written(entry.flag)}. Until you confirm or set it again, the earlier day to act counts."), icon=":material/flag:")
        if button.button("It still holds", key=f"confirm {entry.id}", help=f"What was set for {plain(entry.name)} before it changed holds for it still."):
            register.confirm(entry.id, desk.today())
            again()
            st.rerun()


def _undated(entries: Sequence[Entry]) -> None:
    """Why some have no day to act by: not read, or without a date to count from."""
    found = [(entry, entry.error_message or entry.undated) for entry in entries if entry.error_kind or (entry.undated and not entry.act_by)]
    if found:
        lines = "".join(f"<li><b>{escape(entry.name)}</b>: {escape(_why(entry, why))}</li>" for entry, why in found[:TOLD])
        more = f"<p>{len(found) - TOLD} more are in the workbook, on its last sheet.</p>" if found[TOLD:] else ""
        html(f'<div class="told"><p><b>Not read, or without a day to act by</b></p><ul>{lines}</ul>{more}</div>')


def _why(entry: Entry, why: str) -> str:
    return sentence(why.removeprefix(f"{entry.name}: ").replace("with --effective-date", "in its row, under Effective date"))
