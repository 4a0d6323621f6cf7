"""All agreements on the desk by the day to act, on a line of the next eighteen months; and their dates as one calendar file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import altair
import streamlit as st
from dateutil.relativedelta import relativedelta

from app_pages import adding, cards, desk
from app_pages.drawing import foot, guarded, html, masthead, plain, sentence
from contractlens.advice.finding import Review
from contractlens.exports import calendar, outline
from contractlens.exports.html import escape
from contractlens.exports.words import day, in_days, shorten
from contractlens.reckoning.deadlines import Deadline
from contractlens.values import Duration

MONTHS_AHEAD = 18
ALARMS = (Duration(90, "day"), Duration(60, "day"), *calendar.ALARMS[:1], Duration(14, "day"), *calendar.ALARMS[1:2], Duration(3, "day"), *calendar.ALARMS[2:])
KINDS = {"window_opens": "window opens", "decide_by": "decide by", "send_by": "last day to send", "renews_on": "renews", "ends_on": "ends"}
COLOURS = ("#8a94a3", "#c08a2b", "#c8402f", "#2f74ad", "#7a6a9c")  # seen on a light and on a dark page


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
    take_away(rows)
    timeline(rows)
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
            f"Dates for your calendar ({events} in one .ics)", lambda: calendar.calendar(dated, alarms=alarms, stamp=desk.stamp()), file_name="renewals.ics",
            mime="text/calendar", icon=":material/event:", type="primary", on_click="ignore", disabled=not events, help=None if events else "There is no date to put into it.",
        )  # fmt: skip


def timeline(rows: Sequence[Row]) -> None:
    """Each agreement's way to its renewal on the next eighteen months."""
    start, end = desk.today(), desk.today() + relativedelta(months=MONTHS_AHEAD)
    order = [shorten(row.agreement.name, 40) for row in rows]
    points = [
        {"agreement": name, "date": step.date.isoformat(), "day": day(step.date, weekday=True), "what": KINDS[step.kind]}
        for name, row in zip(order, rows, strict=True)
        for step in (cards.steps_of(row.review, start) or _others(row.review, start))
        if start <= step.date <= end
    ]
    if not points:
        return
    bars = [
        {"agreement": name, "from": min(p["date"] for p in own), "to": max(p["date"] for p in own)}
        for name in dict.fromkeys(order)
        if (own := [p for p in points if p["agreement"] == name])
    ]
    y = altair.Y("agreement:N", sort=order, title=None, axis=altair.Axis(labelLimit=260, grid=True, domain=False, ticks=False))
    domain = [start.isoformat(), end.isoformat()]
    x = altair.X("date:T", scale=altair.Scale(domain=domain), title=None, axis=altair.Axis(format="%b %Y", tickCount={"interval": "month", "step": 2}, labelOverlap=True))
    lines = altair.Chart(altair.InlineData(bars)).mark_rule(strokeWidth=2, color="#8a94a3", opacity=0.6).encode(
        x=altair.X("from:T", scale=altair.Scale(domain=domain)), x2="to:T", y=y
    )  # fmt: skip
    dots = altair.Chart(altair.InlineData(points)).mark_point(filled=True, size=130, opacity=1).encode(
        x=x,
        y=y,
        color=altair.Color("what:N", title=None, scale=altair.Scale(domain=[*KINDS.values()], range=[*COLOURS]), legend=altair.Legend(orient="top", columns=2)),
        shape=altair.Shape("what:N", title=None, scale=altair.Scale(domain=[*KINDS.values()])),
        tooltip=[altair.Tooltip("agreement:N", title="Agreement"), altair.Tooltip("what:N", title="What"), altair.Tooltip("day:N", title="Day")],
    )  # fmt: skip
    told = "; ".join(f"{p['agreement']}: {p['what']} {p['day']}" for p in points)
    st.altair_chart((lines + dots).properties(height=70 + 44 * len(bars)), width="stretch", alt=f"The next eighteen months. {told}")


@dataclass(frozen=True)
class _Day:
    kind: str
    date: date


def _others(review: Review, start: date) -> list[_Day]:
    """The days of an agreement that asks for no act."""
    kinds = {"renews_on": "renews_on", "expires_on": "ends_on", "bound_until": "ends_on"}
    return [_Day(kinds[d.kind], d.date) for d in review.deadlines if d.kind in kinds and d.date >= start]


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
    dates = {name: st.column_config.DateColumn(name, format="localized") for name in ("Act by", "Decide by", "Renews")}
    wide = {"What to do": st.column_config.TextColumn("What to do", width="large")}
    st.dataframe(shown, hide_index=True, column_config={**dates, **wide}, key="agreements table", placeholder="–", alt="All agreements by the day to act")


def undated(rows: Sequence[Row]) -> None:
    """What is missing for the agreements that have no date to act by."""
    if rows:
        lines = "".join(
            f"<li><b>{escape(row.agreement.name)}</b>: {escape(sentence(outline.why_no_act(cards.asking_here(row.review), desk.today())))}</li>" for row in rows
        )
        html(f'<div class="told"><p><b>Without a day to act by</b></p><ul>{lines}</ul></div>')
    for row in rows:
        if any(u.needs == cards.EFFECTIVE_DATE for u in row.review.unknown):
            cards.effective_date(row.agreement, label=f"Effective date of {plain(row.agreement.name)}")


page()
