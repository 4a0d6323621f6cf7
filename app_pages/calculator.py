"""Figures: what a service level allows, what an outage earns beside what it costs, and what vendors in a row come to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from functools import partial

import altair
import streamlit as st

from app_pages import adding, cards, desk, letters
from app_pages.drawing import capital, foot, guarded, here, html, masthead, plain
from app_pages.formats import date_format, of_charts, written
from contractlens.errors import UsageError
from contractlens.exports import credit as told
from contractlens.exports import outline
from contractlens.exports.downtime import Allowance, allowances
from contractlens.exports.html import escape
from contractlens.letters import letter
from contractlens.reckoning.credit import Credit, credit
from contractlens.reckoning.downtime import MONTHS, combined, words
from contractlens.reckoning.outages import Outage
from contractlens.terms.records import Terms, Uptime
from contractlens.values import Duration, Money

USUAL = 99.9  # where no agreement says another
PARTS = {"outage": "#2f74ad", "maintenance": "#b8ad96"}  # seen on a light and on a dark page
TYPED = ("99.9 %", "99.95 %", "99.99 %")


def page() -> None:
    title, chooser = st.columns(2, gap="medium", vertical_alignment="center")
    with chooser:
        agreement = adding.switcher()
    with title:
        masthead("Calculator", beside=agreement.name if agreement else "")
    left, right = st.columns(2, gap="large")
    with left:
        allowed(agreement)
        st.space("small")
        in_a_row()
    with right:
        outage(agreement)
    foot()


def terms_of(agreement: desk.Agreement | None) -> Terms:
    return (desk.review(agreement).terms if agreement else None) or Terms()


# ---- what a percentage allows


@st.fragment
@guarded
def allowed(agreement: desk.Agreement | None) -> None:
    terms, name = terms_of(agreement), agreement.key if agreement else ""
    st.subheader("What a service level allows", anchor=False)
    levels: Sequence[Uptime] = terms.uptime
    lowest = min((u.percent for u in levels), default=USUAL)
    percent_field, hours_field = st.columns(2)
    percent = percent_field.number_input("Service level, % of the time", 0.0, 100.0, float(lowest), step=0.05, format="%.4g", key=f"percent {name}", persist_state="session")
    hours = hours_field.number_input("Planned maintenance, hours a month", 0.0, 200.0, _hours(terms), step=1.0, format="%.4g", key=f"hours {name}", persist_state="session")
    maintenance = Duration(int(hours * 3600), "second") if hours else None
    if not levels:
        st.caption("The agreement promises no share of time; this one is usual." if agreement else "A usual figure. Give your own.")
    rows = allowances([Decimal(str(percent))], maintenance)
    chart([row for row in rows if row.days in MONTHS])
    table(rows, with_maintenance=bool(maintenance))


def _hours(terms: Terms) -> float:
    """The maintenance a month that the agreement leaves out of the count, in hours."""
    credits = terms.service_credits
    planned = credits.maintenance if credits and credits.excludes_scheduled_maintenance else None
    return float(planned.allowed.seconds or 0) / 3600 if planned and planned.allowed and planned.per == "month" else 0.0


def chart(rows: Sequence[Allowance]) -> None:
    """Time down in each real month: the outage that is allowed, and maintenance stacked on it."""
    unit, seconds = ("hours", 3600) if any(row.outage + row.maintenance > timedelta(hours=3) for row in rows) else ("minutes", 60)
    data = [
        {"month": row.span, "what": what, "count": time.total_seconds() / seconds, "time": words(time), "order": order}
        for row in rows
        for order, (what, time) in enumerate((("outage", row.outage), ("maintenance", row.maintenance)))
        if time or what == "outage"
    ]
    parts = {what: colour for what, colour in PARTS.items() if any(d["what"] == what for d in data)}
    drawn = (
        altair.Chart(altair.InlineData(data))
        .mark_bar(height=22)
        .encode(
            x=altair.X("count:Q", title=f"{unit} in the month"),
            y=altair.Y("month:N", title=None, sort=[row.span for row in rows], axis=altair.Axis(labelLimit=200, labelOverlap=False)),
            color=altair.Color("what:N", title=None, scale=altair.Scale(domain=[*parts], range=[*parts.values()]), legend=altair.Legend(orient="top")),
            order=altair.Order("order:Q"),
            tooltip=[altair.Tooltip("month:N", title="Month of"), altair.Tooltip("what:N", title="May be down for"), altair.Tooltip("time:N", title="Time")],
        )
        .properties(height=altair.Step(38))
        .configure(locale=of_charts())
    )
    st.altair_chart(drawn, width="stretch", alt="; ".join(f"{d['month']}: {d['time']} of {d['what']}" for d in data))


def table(rows: Sequence[Allowance], *, with_maintenance: bool) -> None:
    head = "<tr><th>In</th><th>Outage allowed</th>" + ("<th>With maintenance</th>" if with_maintenance else "") + "</tr>"
    body = "".join(
        f"<tr><td>{row.span}</td><td>{words(row.outage)}</td>" + (f"<td>{words(row.outage + row.maintenance)}</td>" if with_maintenance else "") + "</tr>"
        for row in rows
    )
    html(f'<table class="figures"><thead>{head}</thead><tbody>{body}</tbody></table>')


# ---- vendors in a row


@st.fragment
@guarded
def in_a_row() -> None:
    st.subheader("Vendors in a row", anchor=False)
    st.caption("Your service is up only while each of them is. Choose agreements, or type percentages.")
    levels = {f"{a.name}: {outline.level(u)}": Decimal(str(u.percent)) for a in desk.readable() for u in terms_of(a).uptime[:1]}
    options = [*levels, *TYPED]
    picked = st.multiselect(
        "Vendors", options, format_func=written, default=[*levels][:5] if levels else [TYPED[0]] * 1, accept_new_options=True, key="vendors", persist_state="session", label_visibility="collapsed"
    )
    percents, wrong = [], []
    for words_ in picked:
        try:
            percents.append(levels.get(words_) or _percent(words_))
        except InvalidOperation:
            wrong.append(words_)
    for word in wrong:
        st.warning(f"{plain(word)} is not a percentage. Type one such as {written('99.9 %')}.", icon=":material/warning:")
    if not percents:
        return
    try:
        together = combined(percents)
        month = next(row for row in allowances(percents) if row.days == 30)
    except UsageError as error:
        st.warning(plain(str(error)), icon=":material/warning:")
        return
    many = f"{len(percents)} vendors" if percents[1:] else "One vendor"
    html(
        f'<div class="card"><p class="figure">{written(f"{round(together, 4).normalize():f} %")} <small>{many}</small></p>'
        f'<p class="says">Down for {words(month.outage)} in a month of 30 days, and all of them in keeping.</p></div>'
    )


def _percent(text: str) -> Decimal:
    return Decimal(text.strip().rstrip("% ").replace(",", "."))


# ---- what an outage earns


@st.fragment
@guarded
def outage(agreement: desk.Agreement | None) -> None:
    st.subheader("What an outage earns", anchor=False)
    if agreement is None:
        st.info("Credits are reckoned by an agreement’s own bands, caps and clock. Drop one on the Review page, or try a sample there.", icon=":material/info:")
        return
    terms = terms_of(agreement)
    if terms.service_credits is None:
        st.info("This agreement states no service credits, so there is nothing to claim.", icon=":material/info:")
        return
    st.caption("A whole day, to begin with. Give your own times.")
    start, end, reported = _times(agreement)
    cards.money(agreement, terms, where="calculator")
    services = list(dict.fromkeys(u.service for u in terms.uptime if u.service))
    service = st.selectbox("Which service failed", services, index=None, key=f"service {agreement.key}", persist_state="session", placeholder="The agreement names several") if services[1:] else None
    fee = agreement.fee or terms.monthly_fee
    if fee is None:
        st.info("Give the monthly fee: credits are a share of it, and the agreement does not state it.", icon=":material/edit:")
        return
    try:
        failed = Outage(start, end, reported)
        made = credit(terms, failed, fee, hourly_loss=agreement.hourly_loss, service=service)
    except UsageError as error:
        st.warning(plain(str(error)), icon=":material/warning:")
        return
    _earned(made)
    if made.credit and made.credit.amount:
        write = partial(letter, desk.review(agreement), "credit-claim", today=desk.today(), claim=made, outage=failed)
        letters.offer(agreement, "credit-claim", "Write the claim (Word)", write, primary=True)


def _times(agreement: desk.Agreement) -> tuple[datetime, datetime, datetime | None]:
    """When it began, when it ended, and when it was reported; a day down yesterday, unless the reader says otherwise."""
    yesterday = datetime.combine(desk.today() - timedelta(days=1), time())
    began, ended = st.columns(2)
    name, format = agreement.key, date_format()
    start = began.datetime_input("Began", value=yesterday, key=f"began {name}", persist_state="session", format=format)
    end = ended.datetime_input("Ended", value=yesterday + timedelta(days=1), key=f"ended {name}", persist_state="session", format=format)
    reported = st.datetime_input("Reported to the vendor", value=None, key=f"reported {name}", persist_state="session", format=format, help="Where the clock starts with your report, what came before it does not count.")
    return start or yesterday, end or yesterday, reported


def _earned(made: Credit) -> None:
    earned = written(made.credit.words()) if made.credit else "cannot be told"
    cost = f'<p class="figure">{escape(written(made.loss.words()))} <small>is what it cost you</small></p>{_beside(made.credit, made.loss)}' if made.loss else ""
    html(f'<div class="card"><p class="kicker">The credit</p><p class="figure">{escape(earned)} <small>of a fee of {escape(written(made.fee.words()))}</small></p>{cost}</div>')
    rows: list[tuple[str, list[str]]] = [("HOW", [])]  # a line without a label goes on with the one above
    for label, body, more in told.lines(made, desk.today())[1:]:
        if label not in ("", rows[-1][0]):
            rows.append((label, []))
        rows[-1][1].append(here(f"{body} {more}" if label == "SAYS" else written(f"{body} {more}")).strip())
    cells = ((label.capitalize(), "".join(f"<div>{escape(capital(line))}</div>" for line in lines)) for label, lines in rows if lines)
    html(f'<table class="figures">{"".join(f"<tr><td>{label}</td><td>{lines}</td></tr>" for label, lines in cells)}</table>')


def _beside(earned: Money | None, loss: Money) -> str:
    """The credit as a share of the loss, to the eye."""
    if earned is None or not loss.amount:
        return ""
    share = min(float(earned.amount / loss.amount * 100), 100.0)
    told = written(f"The credit makes up {share:.2g} per cent of the loss")
    return f'<div class="share" role="img" aria-label="{told}"><span style="width:{max(share, 0.5):.1f}%"></span></div>'


page()
