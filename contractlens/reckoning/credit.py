"""What an outage earns by the agreement, by when to claim it, and what it cost beside that.

All sums are in decimals. The credit of a period is that of the tier its availability falls into; where there are no tiers, that of
the outage's length; else that of the rate. It is rounded to the cent (half up), and never more than the cap.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from contractlens.documents.place import Evidence
from contractlens.errors import UsageError
from contractlens.reckoning.dates import add
from contractlens.reckoning.downtime import iso, words
from contractlens.reckoning.outages import Outage, Span, counted, spans
from contractlens.reckoning.reach import CannotReckon, shift
from contractlens.terms.records import CreditRate, Number, Period, Record, ServiceCredits, Terms, Uptime
from contractlens.values import Duration, Money

_CENT, _HUNDRED = Decimal("0.01"), Decimal(100)


class PeriodCredit(Record):
    """The credit for one period: its first day, the time down that counts, the availability that leaves, and the sum in words."""

    starts: date
    period: Period
    downtime: str
    availability: Number
    credit: Money
    how: str


class Credit(Record):
    """What an outage earns. `credit` is None where the agreement does not say enough; `reason` says why."""

    fee: Money
    outage: str
    service: str | None = None
    percent: Number | None = None
    periods: tuple[PeriodCredit, ...] = ()
    credit: Money | None = None
    reason: str | None = None
    cap: Money | None = None
    claim_by: date | None = None
    claim_basis: str | None = None
    loss: Money | None = None
    notes: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


def credit(terms: Terms, outage: Outage, fee: Money, *, hourly_loss: Money | None = None, service: str | None = None) -> Credit:
    """What an outage earns, from the month's fee.

    `hourly_loss` is what an hour without the service costs the business; `service` chooses one of several services with service
    levels of their own. Raises UsageError for a fee below nought, two currencies, or a service that the agreement does not name.

    >>> from datetime import datetime
    >>> dns = Terms(service_credits=ServiceCredits(prorata=True, rates=(CreditRate(times_fee=1),)))
    >>> day = Outage(datetime(2026, 3, 5), datetime(2026, 3, 6))
    >>> credit(dns, day, Money(Decimal(31), "USD")).credit
    Money(amount=Decimal('1.00'), currency='USD')
    """
    _check(fee, hourly_loss)
    loss = _money(hourly_loss.amount * _hours(outage.length), fee) if hourly_loss else None
    made = Credit(fee=fee, outage=iso(outage.length), loss=loss)
    said = terms.service_credits
    if said is None:
        return made.model_copy(update={"reason": "The agreement states no service credits, so there is nothing to claim."})
    level = _level(terms, service)
    name = level.service if level else service
    counts, told = counted(outage, said)
    notes = [n for n in (told, *_cautions(terms, said, service)) if n]
    if level and level.period in ("quarter", "year"):
        notes.append(f"Availability is measured over a {level.period}: other outages in it add up with this one. The credit is reckoned on the monthly fee.")
    update: dict[str, object] = {"service": name, "percent": level.percent if level else None, "notes": tuple(notes), "evidence": said.evidence}
    period: Period = level.period if level and level.period else "month"
    if counts is None:
        update["credit"] = _money(Decimal(0), fee)
        return made.model_copy(update=update)
    sums = [_of_span(said, span, counts, fee.amount, level, name) for span in spans(counts, period)]
    if any(s is None for s in sums):
        return made.model_copy(update=update | {"reason": _why_unknown(said)})
    cap = _cap(said, fee.amount, counts)
    rows = tuple(_row(span, period, s, cap, fee) for span, s in zip(spans(counts, period), sums, strict=True) if s)
    total = sum((row.credit.amount for row in rows), Decimal(0))
    update |= {"periods": rows, "credit": _money(total, fee), "cap": None if cap is None else _money(cap, fee)}
    if total:
        by, how = _claim_by(said, outage, period, terms.governing_law)
        update |= {"claim_by": by, "claim_basis": how}
    return made.model_copy(update=update)


def _check(fee: Money, hourly_loss: Money | None) -> None:
    for amount, what in ((fee, "fee"), (hourly_loss, "cost of an hour")):
        if amount and (not amount.amount.is_finite() or amount.amount < 0):
            raise UsageError(f"The {what} is {amount.amount}. Give an amount of nought or more.")
    if hourly_loss and fee.currency and hourly_loss.currency and fee.currency != hourly_loss.currency:
        raise UsageError(f"The fee is in {fee.currency} and the cost of an hour in {hourly_loss.currency}. Give both in one currency.")


def _level(terms: Terms, service: str | None) -> Uptime | None:
    """The commitment that the outage is measured by: that of the service asked for, else the one that names no service, else the first."""
    if service is None:
        return next((u for u in terms.uptime if u.service is None), terms.uptime[0] if terms.uptime else None)
    named = [u for u in terms.uptime if u.service and service.lower() in u.service.lower()]
    said = terms.service_credits or ServiceCredits()
    tiers = [t for t in said.tiers if t.service and service.lower() in t.service.lower()]
    rates = [r for r in said.rates if any(service.lower() in e.quote.lower() for e in r.evidence)]
    if not named and not tiers and not rates:
        known = sorted({u.service for u in terms.uptime if u.service})
        hint = f"It names: {', '.join(known)}." if known else "It names none: leave the service out."
        raise UsageError(f'The agreement has no service level for "{service}". {hint}')
    return named[0] if named else next((u for u in terms.uptime if u.service is None), None)


def _cautions(terms: Terms, said: ServiceCredits, service: str | None) -> list[str]:
    named = list(dict.fromkeys(u.service for u in terms.uptime if u.service))
    notes = []
    if service is None and len(named) > 1:
        notes.append(f"The agreement has a service level for each of several services: {', '.join(named)}. Choose one with --service.")
    rates = [] if said.tiers or said.outage_tiers else _rates(said, service)
    if len(rates) > 1:
        notes.append("The agreement states several rates of credit; the one that earns least is taken. Choose a service with --service.")
    if said.excludes_scheduled_maintenance:
        notes.append("Planned maintenance does not count. If part of this outage was announced maintenance, leave it out.")
    if said.exclusive_remedy:
        notes.append("By the agreement this credit is all that you get for the outage.")
    return notes


# ---------------------------------------------------------------- one period
def _of_span(said: ServiceCredits, span: Span, outage: Outage, fee: Decimal, level: Uptime | None, service: str | None) -> tuple[Decimal, str] | None:
    """The credit for one period before the cap, and how it comes about; None where the agreement does not say enough."""
    down = _availability(span)
    if said.tiers:
        return _by_tier(said, down, fee, _month_of(span), service)
    if level and down >= Decimal(str(level.percent)):
        return Decimal(0), f"{_short(down)} % meets the {_short(Decimal(str(level.percent)))} % promised"
    if said.outage_tiers:
        return _by_length(said, span, outage, fee)
    found = [s for rate in _rates(said, service) for s in [_by_points(rate, span, fee, level) if rate.per_points else _by_rate(rate, span, fee)] if s]
    return min(found, key=lambda s: s[0], default=None)


def _rates(said: ServiceCredits, service: str | None) -> list[CreditRate]:
    """The rates of a service, by the words of their sentences; of no service in particular, all."""
    named = [r for r in said.rates if service and any(service.lower() in e.quote.lower() for e in r.evidence)]
    return named or list(said.rates)


def _by_tier(said: ServiceCredits, available: Decimal, fee: Decimal, days: int, service: str | None) -> tuple[Decimal, str]:
    tiers = [t for t in said.tiers if service is None or t.service is None or service.lower() in t.service.lower()] or list(said.tiers)
    if service is None and any(t.service for t in tiers):
        first = next(t.service for t in tiers if t.service)
        tiers = [t for t in tiers if t.service in (None, first)]
    best, how = Decimal(0), f"{_short(available)} % earns no credit"
    for tier in tiers:
        below, least = (None if edge is None else Decimal(str(edge)) for edge in (tier.below, tier.at_least))
        if (below is not None and available >= below) or (least is not None and available < least):
            continue
        worth, words_ = _worth(tier.credit_percent, tier.credit_days, fee, days)
        if worth > best:
            band = " and ".join([*([f"below {_short(below)} %"] if below is not None else []), *([f"at least {_short(least)} %"] if least is not None else [])])
            best, how = worth, f"{_short(available)} % is {band}: {words_}"
    return best, how


def _by_length(said: ServiceCredits, span: Span, outage: Outage, fee: Decimal) -> tuple[Decimal, str]:
    """The step that the whole outage reaches; it counts in the period in which the outage begins."""
    if outage.start < span.start:
        return Decimal(0), "counted in the period in which the outage began"
    best, how = Decimal(0), f"an outage of {words(outage.length)} earns no credit"
    for tier in said.outage_tiers:
        over, most = (None if edge is None else edge.seconds for edge in (tier.over, tier.up_to))
        seconds = Decimal(str(outage.length.total_seconds()))
        if (over is not None and seconds <= over) or (most is not None and seconds > most):
            continue
        worth, words_ = _worth(tier.credit_percent, tier.credit_days, fee, _month_of(span))
        if worth > best:
            best, how = worth, f"one outage of {words(outage.length)}: {words_}"
    return best, how


def _by_rate(rate: CreditRate, span: Span, fee: Decimal) -> tuple[Decimal, str] | None:
    month = Decimal(_month_of(span) * 86400)
    if rate.times_fee is not None:
        times = Decimal(str(rate.times_fee))
        lost = fee * Decimal(str(span.down.total_seconds())) / month
        many = "the fee for that time" if times == 1 else f"{_short(times)} times the fee for that time"
        return lost * times, f"{words(span.down)} down: {many}"
    if rate.per is None or not rate.per.seconds:
        return None
    units = int(Decimal(str(span.down.total_seconds())) // rate.per.seconds)
    worth, words_ = _worth(rate.credit_percent, rate.credit_days, fee, _month_of(span))
    return worth * units, f"{words(span.down)} down: {units} times {words_}, one for each full {rate.per.words()}"


def _by_points(rate: CreditRate, span: Span, fee: Decimal, level: Uptime | None) -> tuple[Decimal, str] | None:
    """So much for each full step of points by which the availability misses the service level."""
    if level is None or not rate.per_points:
        return None
    missed, step = Decimal(str(level.percent)) - _availability(span), Decimal(str(rate.per_points))
    steps = max(0, int(missed // step))
    worth, words_ = _worth(rate.credit_percent, rate.credit_days, fee, _month_of(span))
    return worth * steps, f"{_short(_availability(span))} %: {steps} times {words_}, one for each full {_short(step)} percentage points below {_short(Decimal(str(level.percent)))} %"


def _worth(percent: float | None, days: float | None, fee: Decimal, month: int) -> tuple[Decimal, str]:
    """A share of the month's fee, or the fee for so many days of the month."""
    if percent is not None:
        return fee * Decimal(str(percent)) / _HUNDRED, f"{_short(Decimal(str(percent)))} % of the monthly fee"
    count = Decimal(str(days or 0))
    return fee * count / month, f"{_short(count)} {'day' if count == 1 else 'days'} of the fee of a month of {month} days"


def _row(span: Span, period: Period, found: tuple[Decimal, str], cap: Decimal | None, fee: Money) -> PeriodCredit:
    amount, how = found
    if cap is not None and amount > cap:
        amount, how = cap, f"{how}; the cap holds it"
    availability = float(_short(_availability(span)))
    return PeriodCredit(starts=span.start.date(), period=period, downtime=iso(span.down), availability=availability, credit=_money(amount, fee), how=how)


def _cap(said: ServiceCredits, fee: Decimal, outage: Outage) -> Decimal | None:
    """The most that a month's credits may come to."""
    caps = []
    if said.cap_percent is not None:
        caps.append(fee * Decimal(str(said.cap_percent)) / _HUNDRED)
    if said.cap_days is not None:
        caps.append(fee * Decimal(str(said.cap_days)) / _month_of(spans(outage, "month")[0]))
    return min(caps, default=None)


def _why_unknown(said: ServiceCredits) -> str:
    if said.prorata:
        return "The credit grows with the time down, but its rate could not be read. See the clause."
    return "The agreement has a service level but states no amount of credit that could be read. See the clause."


# ---------------------------------------------------------------- the claim
def _claim_by(said: ServiceCredits, outage: Outage, period: Period, law: str | None) -> tuple[date | None, str | None]:
    """The last safe day to claim: where it is left open what the time runs from, the outage's first day."""
    window = said.claim_window
    if window is None:
        return None, "The agreement sets no time to claim."
    first = spans(outage, period)[0]
    starts, ends = outage.start.date(), shift(first.end.date(), -1)
    try:
        if said.claim_from == "same_period":
            return ends, f"claims are due in the same {period}, which ends {ends}"
        if said.claim_from == "period_end":
            by = _later(ends, window, law)
            return by, f"the {period} in which the outage began ends {ends}; {window.words()} after that is {by}"
        if window.unit in ("hour", "minute", "second"):
            until = outage.start + timedelta(seconds=int(window.seconds or 0))
            return until.date(), f"the outage began {outage.start:%Y-%m-%d %H:%M}; {window.words()} after that is {until:%Y-%m-%d %H:%M}"
        by = _later(starts, window, law)
    except (CannotReckon, OverflowError) as why:
        return None, str(why)
    open_ = {"outage": "counted from its first day, the safe reading", "invoice": "the agreement counts from an invoice, whose day is not known: counted from the outage, the safe reading"}
    told = open_.get(str(said.claim_from), "the agreement does not say what the time runs from: counted from the outage's first day, the safe reading")
    return by, f"the outage began {starts}; {window.words()} after that is {by} ({told})"


def _later(day: date, window: Duration, law: str | None) -> date:
    """So long after a day. Business days skip weekends only: skipping holidays, too, would make the last day later."""
    if window.unit in ("hour", "minute", "second"):
        return shift(day, int((window.seconds or Decimal(0)) // 86400))
    return add(day, window, governing_law=None if window.business else law)


# ---------------------------------------------------------------- amounts
def _availability(span: Span) -> Decimal:
    return _HUNDRED - _HUNDRED * Decimal(str(span.down.total_seconds())) / Decimal(str(span.length.total_seconds()))


def _month_of(span: Span) -> int:
    """The days of the month in which the span, or its time down, begins."""
    following = span.start.replace(day=28) + timedelta(days=4)
    return (following - timedelta(days=following.day)).day


def _hours(length: timedelta) -> Decimal:
    return Decimal(str(length.total_seconds())) / 3600


def _money(amount: Decimal, like: Money) -> Money:
    return Money(amount.quantize(_CENT, ROUND_HALF_UP), like.currency)


def _short(value: Decimal) -> Decimal:
    return Decimal(f"{value.quantize(Decimal('0.0001')).normalize():f}")
