"""All agreements on the desk by the day to act, on a line of the next eighteen months; and their dates as one calendar file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

import streamlit as st

from app_pages import adding, cards, desk
from app_pages.drawing import foot, guarded, html, masthead, next_to_act, plain, sentence
from app_pages.formats import column_format
from app_pages.timeline import timeline
from contractlens.advice.finding import Review
from contractlens.exports import calendar, outline
from contractlens.exports.html import escape
from contractlens.exports.words import day, in_days
from contractlens.reckoning.deadlines import Deadline
from contractlens.values import Duration

ALARMS = (Duration(90, "day"), Duration(60, "day"), *calendar.ALARMS[:1], Duration(14, "day"), *calendar.ALARMS[1:2], Duration(3, "day"), *calendar.ALARMS[2:])


@dataclass(frozen=True)
class Row:
    """An agreement, its review, and the first day to act."""

    agreement: desk.Agreement
    review: Review
    act: Deadline | None


def page() -> None:
    masthead("Deadlines", beside=f"seen from {day(desk.today(), weekday=True)}")
    if not desk.readable():
        adding.nothing_yet("Here all agreements stand by the day to act, on one line of time, and go into your calendar as one file.")
        foot()
        return
    rows = [Row(a, review, outline.next_act(review, desk.today())) for a in desk.readable() for review in [desk.review(a)]]
    rows.sort(key=lambda row: (row.act is None, row.act.date if row.act else date.max, row.agreement.name))
    if first := rows[0].act:
        next_to_act(rows[0].agreement.name, first.date, desk.today())
    take_away(rows)
    timeline((row.agreement.name, row.review) for row in rows)
    table(rows)
    undated([row for row in rows if not row.act])
    foot()


@st.fragment
@guarded
def take_away(rows: Sequence[Row]) -> None:
    """One calendar file of all, with the alarms that were chosen."""
    dated = [row.review for row in rows if calendar.events_of(row.review)]
    events = sum(len(calendar.events_of(review)) for review in dated)
    with st.container(horizontal=True, vertical_alignment="bottom", key="take-away"):
        chosen = st.multiselect(
            "Ring so long before each day", ALARMS, default=calendar.ALARMS, format_func=lambda alarm: alarm.words(), key="alarms", persist_state="session", width=420
        )
        alarms = tuple(sorted(chosen, key=lambda alarm: -alarm.count))
        st.download_button(
            f"Dates for your calendar ({events} in one .ics)", partial(calendar.calendar, dated, alarms=alarms, stamp=desk.stamp()), file_name="renewals.ics",
            mime="text/calendar", icon=":material/event:", type="primary", on_click="ignore", disabled=not events, help=None if events else "There is no date to put into it.",
        )  # fmt: skip


def table(rows: Sequence[Row]) -> None:
    """The agreements in rows to sort, the first to act by first; the dates as the reader's browser writes them."""
    shown = [
        {
            "Act by": row.act.date if row.act else None,
            "In": in_days(row.act.date, desk.today()) if row.act else "–",
            "Agreement": row.agreement.name,
            "Vendor": outline.party_name(row.review.terms, "vendor") or "–",
            "What to do": sentence(outline.what_to_do(row.review, row.act)) if row.act else sentence(outline.why_no_act(cards.asking_here(row.review), desk.today())),
            "Decide by": next((s.date for s in cards.steps_of(row.review, desk.today()) if s.kind == "decide_by"), None),
            "Renews": next((d.date for d in row.review.deadlines if d.kind == "renews_on"), None),
            "Findings": sum(outline.counts(row.review).values()),
        }
        for row in rows
    ]
    dates = {name: st.column_config.DateColumn(name, format=column_format()) for name in ("Act by", "Decide by", "Renews")}
    wide = {"What to do": st.column_config.TextColumn("What to do", width="large")}
    picked = st.dataframe(
        shown, hide_index=True, column_config={**dates, **wide}, key="agreements table", placeholder="–", alt="All agreements by the day to act",
        on_select="rerun", selection_mode="single-cell",
    )  # fmt: skip
    cells = picked["selection"]["cells"]
    row = rows[cells[0][0]] if cells and cells[0][0] < len(rows) else None
    if row is None:
        st.caption("Click a row to open its agreement.")
    elif st.button(f"Open {plain(row.agreement.name)}", icon=":material/fact_check:"):
        desk.choose(row.agreement.key)
        st.switch_page("app_pages/review.py")


def undated(rows: Sequence[Row]) -> None:
    """What is missing for the agreements that have no date to act by."""
    reasons: dict[str, list[Row]] = {}
    for row in rows:
        reasons.setdefault(sentence(outline.why_no_act(cards.asking_here(row.review), desk.today())), []).append(row)
    if reasons:
        lines = "".join(f"<li><b>{escape(', '.join(row.agreement.name for row in of))}</b>: {escape(why)}</li>" for why, of in reasons.items())
        html(f'<div class="told"><p><b>Without a day to act by</b></p><ul>{lines}</ul></div>')
    asked = [row.agreement for row in rows if cards.EFFECTIVE_DATE in outline.why_no_act(row.review, desk.today()) or row.agreement.effective_date]
    for first in range(0, len(asked), 3):
        for column, agreement in zip(st.columns(3, gap="medium"), asked[first : first + 3], strict=False):
            with column:
                cards.effective_date(agreement, label=f"Effective date of {plain(agreement.name)}")


page()
