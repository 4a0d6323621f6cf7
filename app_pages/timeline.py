"""Each agreement's way to its renewal on a line of the next eighteen months."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date

import altair
import streamlit as st
from dateutil.relativedelta import relativedelta

from app_pages import cards, desk
from app_pages.drawing import html
from contractlens.advice.finding import Review
from contractlens.exports.words import day, shorten

MONTHS_AHEAD = 18
KINDS = {"window_opens": "window opens", "decide_by": "decide by", "send_by": "last day to send", "renews_on": "renews", "ends_on": "ends"}
COLOURS = ("#8a94a3", "#c08a2b", "#c8402f", "#2f74ad", "#8d7bb5")  # seen on a light and on a dark page
SHAPES = {"circle": "●", "square": "■", "triangle-up": "▲", "cross": "✚", "diamond": "◆"}


def timeline(agreements: Iterable[tuple[str, Review]]) -> bool:
    """Draw the agreements, by name and review, in the order in which they come; whether any of their days falls into these months."""
    named = [*agreements]
    start, end = desk.today(), desk.today() + relativedelta(months=MONTHS_AHEAD)
    order = [*_told_apart([shorten(name, 40) for name, _ in named])]
    points = [
        {"agreement": name, "date": step.date.isoformat(), "day": day(step.date, weekday=True), "what": KINDS[step.kind]}
        for name, (_, review) in zip(order, named, strict=True)
        for step in (cards.steps_of(review, start) or _others(review, start))
        if start <= step.date <= end
    ]
    if points:
        html(f'<ul class="signs">{"".join(_signs({p["what"] for p in points}))}</ul>')
        told = "; ".join(f"{p['agreement']}: {p['what']} {p['day']}" for p in points)
        st.altair_chart(_chart(points, order, [start.isoformat(), end.isoformat()]), width="stretch", alt=f"The next eighteen months. {told}")
    return bool(points)


def _signs(seen: Set[str]) -> Iterator[str]:
    """What the signs on the line mean, those that are there."""
    for what, colour, sign in zip(KINDS.values(), COLOURS, SHAPES.values(), strict=True):
        if what in seen:
            yield f'<li><span style="color:{colour}" aria-hidden="true">{sign}</span> {what}</li>'


def _chart(points: Sequence[dict[str, str]], order: Sequence[str], domain: list[str]) -> altair.LayerChart | altair.FacetChart:
    bars = [
        {"agreement": name, "from": min(p["date"] for p in own), "to": max(p["date"] for p in own)}
        for name in order
        if (own := [p for p in points if p["agreement"] == name])
    ]
    y = altair.Y("agreement:N", sort=order, title=None, axis=altair.Axis(labelLimit=260, grid=True, domain=False, ticks=False))
    x = altair.X("date:T", scale=altair.Scale(domain=domain), title=None, axis=altair.Axis(format="%b %Y", tickCount={"interval": "month", "step": 2}, labelOverlap=True))
    lines = altair.Chart(altair.InlineData(bars)).mark_rule(strokeWidth=2, color="#8a94a3", opacity=0.6).encode(
        x=altair.X("from:T", scale=altair.Scale(domain=domain)), x2="to:T", y=y
    )  # fmt: skip
    dots = altair.Chart(altair.InlineData(points)).mark_point(filled=True, size=130, opacity=1).encode(
        x=x,
        y=y,
        color=altair.Color("what:N", scale=altair.Scale(domain=[*KINDS.values()], range=[*COLOURS]), legend=None),
        shape=altair.Shape("what:N", scale=altair.Scale(domain=[*KINDS.values()], range=[*SHAPES]), legend=None),
        tooltip=[altair.Tooltip("agreement:N", title="Agreement"), altair.Tooltip("what:N", title="What"), altair.Tooltip("day:N", title="Day")],
    )  # fmt: skip
    return altair.layer(lines, dots).properties(height=40 + 40 * len(bars))


def _told_apart(names: Sequence[str]) -> Iterator[str]:
    """The names, those that come again with a number: each agreement has a line of its own."""
    seen: Counter[str] = Counter()
    for name in names:
        seen[name] += 1
        yield name if seen[name] == 1 else f"{name} ({seen[name]})"


@dataclass(frozen=True)
class _Day:
    kind: str
    date: date


def _others(review: Review, start: date) -> list[_Day]:
    """The days of an agreement that asks for no act."""
    kinds = {"renews_on": "renews_on", "expires_on": "ends_on", "bound_until": "ends_on"}
    return [_Day(kinds[d.kind], d.date) for d in review.deadlines if d.kind in kinds and d.date >= start]
