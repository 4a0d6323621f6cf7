"""The agreements of a register in rows to sort and to edit: what a person sets is kept beside the paper, and its dates move at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any

import streamlit as st
import typer

from app_pages import desk
from app_pages.cards import FIRST_DAY, LAST_DAY
from app_pages.drawing import html, plain, sentence
from contractlens.advice.kept import STATUSES
from contractlens.errors import UsageError
from contractlens.exports.entry import Entry
from contractlens.exports.html import escape
from contractlens.exports.words import in_days
from contractlens.options import read_money
from contractlens.portfolio import listing
from contractlens.portfolio.register import Register

MOST = 1000  # rows; the filters lead to the others
TOLD = 12  # agreements without a day, told one by one
FIELDS = {"Owner": "owner", "Status": "status", "Annual cost": "annual_cost", "Effective date": "effective_date", "Note": "note"}
TURN, FAILED = "edits made", "edits that failed"


def spaced(name: object) -> str:
    return str(name).replace("_", " ")


def table(register: Register, chosen: listing.Filter) -> None:
    """The agreements by the day to act; what is edited in a row is kept."""
    found = [*islice(listing.entries(register, desk.today(), chosen), MOST + 1)]
    for failed in st.session_state.pop(FAILED, ()):
        st.error(plain(failed), icon=":material/error:")
    if not found:
        st.info("No agreement in the register is so. Take a filter away.", icon=":material/info:")
        return
    entries = found[:MOST]
    key = f"register table {st.session_state.setdefault(TURN, 0)}"  # a new table after an edit: the rows may stand in another order
    st.data_editor(
        [_row(entry, register.kept(entry.id).note) for entry in entries],
        hide_index=True, key=key, column_config=_columns(), disabled=[name for name in _row(entries[0], None) if name not in FIELDS],
        placeholder="–", alt="The agreements of the register by the day to act",
    )  # fmt: skip
    st.caption(
        (f"The first {MOST} agreements by the day to act; filter to see the others. " if found[MOST:] else "")
        + "Owner, status, cost, effective date and note can be edited in the table: double-click a cell."
    )
    if edited := st.session_state[key]["edited_rows"]:
        keep(register, entries, edited)
        st.rerun()
    _flagged(register, entries)
    _undated(entries)


def _row(entry: Entry, note: str | None) -> dict[str, object]:
    return {
        "Act by": entry.act_by,
        "In": in_days(entry.act_by, desk.today()) if entry.act_by else None,
        "Agreement": entry.name,
        "Vendor": entry.vendor or None,
        "High": None if entry.error_kind else entry.high,
        "Owner": entry.owner,
        "Status": entry.status,
        "Annual cost": entry.annual_cost.words() if entry.annual_cost else None,
        "Renewal costs": entry.at_risk.words() if entry.at_risk else None,
        "Effective date": entry.effective_date,
        "Note": note,
        "Service level": entry.uptime or None,
    }


def _columns() -> dict[str, Any]:
    words = st.column_config.TextColumn
    return {
        "Act by": st.column_config.DateColumn("Act by", format="localized"),
        "Agreement": words("Agreement", width=190),
        "Vendor": words("Vendor", width=190),
        "High": st.column_config.NumberColumn("High", help="How many findings are grave.", width=60),
        "Owner": words("Owner", max_chars=200, width=110),
        "Status": st.column_config.SelectboxColumn("Status", options=STATUSES, format_func=spaced, required=True, width=105),
        "Annual cost": words("Annual cost", help="Such as 1,200 EUR. Without one of yours, twelve times the month’s fee that the document states.", max_chars=40, width=130),
        "Renewal costs": words("Renewal costs", help="The annual cost for as long as one more renewal binds."),
        "Effective date": st.column_config.DateColumn(
            "Effective date", format="localized", min_value=FIRST_DAY, max_value=LAST_DAY, help="When its term starts. Empty it to go by the document again."
        ),
        "Note": words("Note", max_chars=2000, width=130),
    }


# ---- what a person sets


def keep(register: Register, entries: Sequence[Entry], edited: Mapping[int, Mapping[str, object]]) -> None:
    """Set what was edited; what does not fit is told in a sentence above the table, and the rest is kept."""
    failed: list[str] = []
    for number, cells in edited.items():
        entry = entries[int(number)]
        for name, value in cells.items():
            try:
                register.set(entry.id, {FIELDS[name]: _fact(name, value)}, desk.today())
            except UsageError as error:
                failed.append(f"{entry.name}, {name.lower()}: {error}")
    st.session_state[TURN] += 1
    st.session_state[FAILED] = failed


def _fact(name: str, value: object) -> str | None:
    """A cell as the register stores it; None for one that was emptied."""
    words = str(value).strip() if value is not None else ""
    if name == "Annual cost" and words:
        try:
            cost = read_money(words)
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
        told.warning(plain(f"{entry.name}: {entry.flag}. Until you confirm or set it again, the earlier day to act counts."), icon=":material/flag:")
        if button.button("It still holds", key=f"confirm {entry.id}", help=f"What was set for {plain(entry.name)} before it changed holds for it still."):
            register.confirm(entry.id, desk.today())
            st.session_state[TURN] += 1
            st.rerun()


def _undated(entries: Sequence[Entry]) -> None:
    """Why some have no day to act by: not read, or without a date to count from."""
    found = [(entry, entry.error_message or entry.undated) for entry in entries if entry.error_kind or (entry.undated and not entry.act_by)]
    if found:
        told = [(entry.name, sentence(why.replace("with --effective-date", "in its row, under Effective date"))) for entry, why in found[:TOLD]]
        lines = "".join(f"<li><b>{escape(name)}</b>: {escape(why)}</li>" for name, why in told)
        more = f"<p>{len(found) - TOLD} more are in the workbook, on its last sheet.</p>" if found[TOLD:] else ""
        html(f'<div class="told"><p><b>Not read, or without a day to act by</b></p><ul>{lines}</ul>{more}</div>')
