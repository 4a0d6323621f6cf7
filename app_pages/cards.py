"""The three cards that the reader sees first: the day to act by, the service level, what the vendor may change alone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation

import streamlit as st

from app_pages import desk
from app_pages.drawing import capital, html, quotes, sentence
from app_pages.formats import date_format, written
from contractlens.advice.finding import Review, Unknown
from contractlens.errors import UsageError
from contractlens.exports import around, outline
from contractlens.exports.html import escape
from contractlens.exports.words import day, in_days
from contractlens.reckoning.downtime import longest_outage, words
from contractlens.reckoning.lost_day import lost_day
from contractlens.reckoning.steps import Step, steps
from contractlens.terms.records import ServiceCredits, Terms, Uptime
from contractlens.values import Money

FIRST_DAY, LAST_DAY = date(1970, 1, 1), date(2099, 12, 31)
STEPS = {"window_opens": "Window opens", "decide_by": "Decide by", "send_by": "Last day to send", "renews_on": "Renews", "ends_on": "Ends"}
EFFECTIVE_DATE = "--effective-date"  # what a review calls the input that this page has a field for
CLOCKS = {"customer_notice": "your report", "provider_detection": "their detection", "either": "report or detection, the earlier", "actual": "the failure itself"}


# ---- by when to act


def act_by(agreement: desk.Agreement, review: Review) -> None:
    """The day to act by, the way there, and what is asked for where there is none."""
    today = desk.today()
    acts = outline.acts(asking_here(review), today)
    asked = agreement.effective_date is not None or (not acts and any(u.needs == EFFECTIVE_DATE for u in review.unknown))
    with st.container(border=True, key="card-act", height="stretch", gap="xsmall"):
        html(f'<div class="card{" urgent" if acts and (acts[0].deadline.date - today).days <= 30 else ""}">{"".join(_told(review, acts, today))}</div>')
        if asked:
            effective_date(agreement)
        with st.popover("Where it says so, and how it was counted", icon=":material/calculate:", type="tertiary"):
            html(f'<div class="quoted">{_counted(review, today)}</div>')
            if not asked:
                effective_date(agreement)
            _seen_from()


def _told(review: Review, acts: list[outline.Act], today: date) -> Iterable[str]:
    if not acts:
        yield f'<h2 class="figure"><span class="kicker">Act by</span> No date to act by</h2><p class="says">{escape(sentence(outline.why_no_act(asking_here(review), today)))}</p>'
    for number, act in enumerate(acts[:2]):
        when = f'{day(act.deadline.date, weekday=True)} <small class="whole">({in_days(act.deadline.date, today)})</small>'
        yield f'<h2 class="figure"><span class="kicker">Act by</span> {when}</h2>' if not number else f'<p class="says"><b>{when}</b></p>'
        yield f'<p class="says">{escape(sentence(act.what))}</p>'
    if bound := outline.bound(review):
        yield f'<p class="says"><b>Bound until {day(bound.date, weekday=True)}</b>: that renewal can no longer be stopped.</p>'
    if way := steps_of(review, today):
        yield f'<ol class="steps" aria-label="The way to the renewal">{"".join(_step(step, review) for step in way)}</ol>'
    if acts and (where := outline.where_to_give_notice(review)):
        yield f'<p class="soft">{escape(capital(where))}.</p>'


def steps_of(review: Review, today: date) -> tuple[Step, ...]:
    return steps(review.terms, review.deadlines, today=today) if review.terms else ()


def _step(step: Step, review: Review) -> str:
    return f'<li class="{"main" if step.kind == "send_by" else ""}"><b>{day(step.date)}</b>{_label(step, review)}</li>'


def _label(step: Step, review: Review) -> str:
    renewal = review.terms.renewal if review.terms else None
    must_arrive = step.kind == "send_by" and renewal and renewal.notice_received
    return "Notice must arrive by" if must_arrive else STEPS[step.kind]


def _counted(review: Review, today: date) -> str:
    """Every date with its sum and the words it comes from."""
    rows = [(_label(s, review), s.date, s.basis, s.evidence) for s in steps_of(review, today)]
    told = {s for _, s, _, _ in rows}
    rows += [(outline.label(review, d), d.date, d.basis, outline.evidence_of(review, d)) for d in review.deadlines if d.date not in told]
    out, seen = "", set()
    for label, when, basis, evidence in rows:
        new = [e for e in evidence if e.start not in seen]
        seen |= {e.start for e in new}
        out += f"<dt>{label}: {day(when, weekday=True)}</dt><dd>{escape(sentence(basis))}</dd>{quotes(new)}"
    terms = review.terms
    dated = [e for name in ("effective_date", "initial_term", "expiration_date", "agreement_date") for e in (terms.evidence.get(name, ()) if terms else ())]
    new = [e for e in dated if e.start not in seen]
    out += f"<dt>The dates it is counted from</dt>{quotes(new)}" if new else ""
    if terms and terms.renewal and not rows:
        out += f"<dt>Renewal</dt><dd>{escape(sentence(outline.renewal(terms)))}</dd>{quotes(terms.renewal.evidence)}"
    return f"<dl>{out}</dl>" if out else "<p>The document says nothing of it.</p>"


def asking_here(review: Review) -> Review:
    """The review, asking for the field of this page where it asks for an option of the command line."""
    unknown: tuple[Unknown, ...] = tuple(
        u.model_copy(update={"needs": "the effective date, which you can give on this page"}) if u.needs == EFFECTIVE_DATE else u for u in review.unknown
    )
    return review.model_copy(update={"unknown": unknown})


def effective_date(agreement: desk.Agreement, label: str = "Effective date") -> None:
    key = f"effective {agreement.key}"

    def keep() -> None:
        agreement.effective_date = st.session_state[key]

    st.date_input(
        label,
        value=agreement.effective_date,
        min_value=FIRST_DAY,
        max_value=LAST_DAY,
        format=date_format(),
        key=key,
        on_change=keep,
        width=320,
        help="The day on which the term starts, where the document does not say. Where it does, yours is used, and a warning says so.",
    )


def _seen_from() -> None:
    def keep() -> None:
        st.session_state["seen from"] = st.session_state["seen from field"]

    st.date_input(
        "Seen from",
        value=desk.today(),
        min_value=FIRST_DAY,
        max_value=LAST_DAY,
        format=date_format(),
        key="seen from field",
        on_change=keep,
        help="Today, or another day to look from.",
    )


# ---- what the service level is worth


def service_level(agreement: desk.Agreement, review: Review) -> None:
    terms = review.terms or Terms()
    with st.container(border=True, key="card-sla", height="stretch", gap="xsmall"):
        html(f'<div class="card">{_level(terms)}</div>')
        if terms.uptime or terms.service_credits:
            money(agreement, terms)
        fee = agreement.fee or terms.monthly_fee
        if terms.service_credits and fee:
            html(f'<div class="card">{_lost_day(agreement, terms, fee)}</div>')
        with st.popover("Where it says so, and how it was worked out", icon=":material/calculate:", type="tertiary"):
            html(f'<div class="quoted">{_level_sources(terms)}</div>')


def _level(terms: Terms) -> str:
    if not terms.uptime:
        return '<h2 class="figure"><span class="kicker">Service level</span> None promised</h2><p class="says">No share of time was found that the service has to be up.</p>'
    lowest = min(terms.uptime, key=lambda u: u.percent)
    period = f"a {lowest.period}" if lowest.period else "period not said"
    service = f" · {escape(lowest.service)}" if lowest.service else ""
    rows = _level_rows(lowest, terms.service_credits)
    others = [u for u in terms.uptime if u is not lowest]
    rows += [(escape(u.service or "Also"), written(f"{u.percent:g} %")) for u in others[:3]]
    body = "".join(f'<tr class="{"main" if n == 0 else ""}"><td>{label}</td><td>{value}</td></tr>' for n, (label, value) in enumerate(rows))
    return f'<h2 class="figure"><span class="kicker">Service level</span> {written(f"{lowest.percent:g} %")} <small>{period}{service}</small></h2><table>{body}</table>'


def _level_rows(level: Uptime, credits: ServiceCredits | None) -> list[tuple[str, str]]:
    rows = []
    if level.period and level.percent < 100:
        rows.append(("Longest outage allowed", words(longest_outage(level.percent, level.period))))
    if level.effective_percent is not None:
        rows.append(("After maintenance", written(f"{level.effective_percent:g} %")))
    if credits and credits.outage_start:
        rows.append(("An outage counts from", CLOCKS[credits.outage_start]))
    if credits and credits.claim_window:
        rows.append(("Claim within", credits.claim_window.words()))
    return rows


def money(agreement: desk.Agreement, terms: Terms, *, where: str = "card") -> None:
    """The two sums that documents seldom state: the month's fee, and what an hour without the service costs, both in the fee's currency."""
    fee, loss = st.columns(2, gap="small")
    currency = next((m.currency for m in (terms.monthly_fee, agreement.fee) if m), None)
    said = f" ({currency})" if currency else ""
    _amount(fee, agreement, "fee", f"Monthly fee{said}", terms.monthly_fee, currency, where)
    _amount(loss, agreement, "hourly_loss", "An hour down costs you", None, currency, where)


def _amount(column: st.delta_generator.DeltaGenerator, agreement: desk.Agreement, name: str, label: str, stated: Money | None, currency: str | None, where: str) -> None:
    key = f"{name} {where} {agreement.key}"
    shown: Money | None = getattr(agreement, name) or stated

    def keep() -> None:
        try:
            value = st.session_state[key]
            setattr(agreement, name, None if value is None else Money(Decimal(str(value)), currency))
        except InvalidOperation:
            setattr(agreement, name, None)

    column.number_input(
        label,
        min_value=0.0,
        max_value=1e12,
        value=None if shown is None else float(shown.amount),
        step=None,
        format="%.2f",
        placeholder="not said" if name == "fee" else f"in {currency}" if currency else "your figure",
        key=key,
        on_change=keep,
    )


def _lost_day(agreement: desk.Agreement, terms: Terms, fee: Money) -> str:
    try:
        credit = lost_day(terms, fee, today=desk.today(), hourly_loss=agreement.hourly_loss)
    except UsageError as error:
        return f'<p class="says">{escape(written(str(error)))}</p>'
    if credit.credit is None:
        return f'<p class="says">{escape(written(credit.reason or ""))}</p>'
    beside = f", and costs you <b>{escape(written(credit.loss.words()))}</b>" if credit.loss else ""
    how = "; ".join(p.how for p in credit.periods)
    return f'<p class="says">A whole day down earns <b>{escape(written(credit.credit.words()))}</b>{beside}.</p><p class="soft">{escape(sentence(how)) if how else ""}</p>'


def _level_sources(terms: Terms) -> str:
    out = ""
    for uptime in terms.uptime:
        out += f"<dt>{escape(written(outline.level(uptime)))}</dt><dd>{escape(sentence(outline.service_level(uptime)))}</dd>{quotes(uptime.evidence)}"
    if terms.service_credits:
        out += f"<dt>Credits</dt>{quotes(terms.service_credits.evidence, 6)}"
    if fee := terms.evidence.get("monthly_fee"):
        out += f"<dt>The fee</dt>{quotes(fee)}"
    return f"<dl>{out}</dl>" if out else "<p>Nothing was found to quote.</p>"


# ---- what the vendor may change alone


def changes(review: Review) -> None:
    terms = review.terms or Terms()
    with st.container(border=True, key="card-changes", height="stretch", gap="xsmall"):
        html(f'<div class="card">{_changes(terms)}</div>')
        if not terms.changes:
            return
        with st.popover("Where it says so", icon=":material/format_quote:", type="tertiary"):
            told = "".join(f"<dt>{escape(sentence(around.change(c)))}</dt>{quotes(c.evidence)}" for c in terms.changes)
            html(f'<div class="quoted"><dl>{told}</dl></div>')


def _changes(terms: Terms) -> str:
    if not terms.changes:
        return '<h2 class="figure"><span class="kicker">Change of terms</span> None found</h2><p class="says">No right of the vendor to change the terms alone was found.</p>'
    what = [name for kind, name in (("terms", "terms"), ("price", "prices"), ("service", "service")) if any(c.what == kind for c in terms.changes)]
    listed = capital(" and ".join(([", ".join(what[:-1])] if what[1:] else []) + what[-1:]))
    rows = "".join(f"<tr><td>{escape(sentence(line))}</td></tr>" for line in dict.fromkeys(map(around.change, terms.changes)))
    return f'<h2 class="figure"><span class="kicker">Change of terms</span> {listed} <small>the vendor may change alone</small></h2><table>{rows}</table>'
