"""What changed between two reviews of one agreement, in numbers where there are numbers.

`for_us` says whether a change is better or worse for the customer, where the number alone tells.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from contractlens.advice.finding import Review
from contractlens.reckoning.deadlines import Deadline
from contractlens.reckoning.downtime import AVERAGE, downtime, words
from contractlens.terms.records import CreditTier, Period, Terms, Uptime
from contractlens.values import Duration, Money, compare

ForUs = Literal["better", "worse"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that changed. `field` is its name in the review, `what` in words; `old` and `new` are None where there was or is none."""

    field: str
    what: str
    old: str | None
    new: str | None
    meaning: str = ""
    for_us: ForUs | None = None

    def line(self) -> str:
        """`service level: 99.95 → 99.9 %: 21 min 55 s more a month`"""
        if self.old is None:
            change = f"new: {self.new}"
        elif self.new is None:
            change = f"no longer: {self.old}"
        else:
            change = f"{self.old.removesuffix(' %') if self.new.endswith(' %') else self.old} → {self.new}"
        return f"{self.what}: {change}{f': {self.meaning}' if self.meaning else ''}"


def differences(old: Review, new: Review) -> list[Difference]:
    """All that changed in the terms, the deadlines and the findings, the terms first."""
    if old.terms is None or new.terms is None:
        return list(_reading(old, new))
    return [*_terms(old.terms, new.terms), *_deadlines(old.deadlines, new.deadlines), *_findings(old, new)]


def _reading(old: Review, new: Review) -> Iterator[Difference]:
    before, after = (r.error.message if r.error else "it could be read" for r in (old, new))
    if (old.error and old.error.kind) != (new.error and new.error.kind):
        yield Difference("error", "reading", before, after)


# ---- terms


def _terms(old: Terms, new: Terms) -> Iterator[Difference]:
    yield from _uptime(old.uptime, new.uptime)
    yield from _credits(old, new)
    for field, what, longer in _VALUES:
        yield from _value(field, what, _at(old, field), _at(new, field), longer)
    yield from _changes(old, new)
    for role in ("vendor", "customer"):
        a, b = (next((p.name for p in t.parties if p.role == role), None) for t in (old, new))
        yield from _plain(f"parties.{role}", f"the {role}", a, b)


# A field, what it is in words, and what more of it is for the customer.
_VALUES: tuple[tuple[str, str, ForUs | None], ...] = (
    ("effective_date", "start of the term", None),
    ("initial_term", "first term", "worse"),
    ("expiration_date", "end of the first term", None),
    ("renewal.kind", "renewal", None),
    ("renewal.renewal_term", "length of a renewal", "worse"),
    ("renewal.notice_min", "notice against renewal", "worse"),
    ("renewal.notice_max", "opening of the notice window", "better"),
    ("renewal.notice_date", "yearly day for notice", None),
    ("renewal.notice_by", "who may stop the renewal", None),
    ("renewal.notice_received", "notice must arrive by the day", None),
    ("service_credits.cap_percent", "cap on credits, % of the fee", "better"),
    ("service_credits.cap_days", "cap on credits, days", "better"),
    ("service_credits.claim_window", "time to claim credits", "better"),
    ("service_credits.outage_start", "start of an outage", None),
    ("service_credits.exclusive_remedy", "credits are the only remedy", None),
    ("service_credits.maintenance.allowed", "maintenance that does not count", "worse"),
    ("service_credits.termination_right.failures", "failures before leaving", "worse"),
    ("service_credits.termination_right.within", "time in which failures count", "better"),
    ("monthly_fee", "fee a month", "worse"),
    ("price_rise.percent", "price rise, %", "worse"),
    ("price_rise.percent_max", "most that prices may rise by, %", "worse"),
    ("price_rise.then_current", "renewal at the rates of the day", None),
    ("price_rise.index", "index of prices", None),
    ("liability.amount", "cap on liability", "better"),
    ("liability.fee_months", "cap on liability, months of fees", "better"),
    ("liability.fee_percent", "cap on liability, % of the fees", "better"),
    ("liability.excludes_indirect", "indirect loss is excluded", None),
    ("governing_law", "governing law", None),
    ("notices.address", "address for notices", None),
)


def _at(terms: Terms, field: str) -> Any:
    value: Any = terms
    for part in field.split("."):
        value = getattr(value, part, None)
    return value


def _value(field: str, what: str, old: Any, new: Any, more_is: ForUs | None) -> Iterator[Difference]:
    if old == new or (not old and not new):
        return
    meaning, sign = _by_how_much(old, new)
    less: ForUs | None = {"better": "worse", "worse": "better", None: None}[more_is]
    yield Difference(field, what, _words(old), _words(new), meaning, more_is if sign > 0 else less if sign < 0 else None)


def _by_how_much(old: Any, new: Any) -> tuple[str, int]:
    """The change in words, and its sign; nothing where the two cannot be told from each other by number."""
    if isinstance(old, bool) or isinstance(new, bool) or old is None or new is None:
        return "", 0
    if isinstance(old, Duration) and isinstance(new, Duration):
        return _longer(old, new)
    if isinstance(old, date) and isinstance(new, date):
        days = (new - old).days
        return f"{abs(days)} day{'' if abs(days) == 1 else 's'} {'later' if days > 0 else 'earlier'}", 0
    if isinstance(old, Money) and isinstance(new, Money):
        if old.currency != new.currency:
            return "", 0
        more = new.amount - old.amount
        share = f" ({abs(more) / old.amount:.1%})" if old.amount else ""
        return f"{Money(abs(more), old.currency).words()} {'more' if more > 0 else 'less'}{share}", _sign(more)
    if isinstance(old, int | float) and isinstance(new, int | float):
        change = Decimal(str(new)) - Decimal(str(old))
        return f"{abs(change).normalize():f} {'more' if change > 0 else 'less'}", _sign(change)
    return "", 0


def _longer(old: Duration, new: Duration) -> tuple[str, int]:
    sign = compare(new, old) or 0
    if old.unit == new.unit and old.business == new.business:
        more = abs(Decimal(new.count) - Decimal(old.count))
        return f"{Duration(int(more) if more == int(more) else more, new.unit, new.business).words()} {'more' if sign > 0 else 'less'}", sign
    if old.months and new.months:
        months = abs(new.months - old.months)
        return f"{Duration(months, 'month').words()} {'more' if sign > 0 else 'less'}" if months else "as long as before", sign
    return {1: "longer", -1: "shorter", 0: "which of the two is longer depends on the months"}[sign], sign


def _sign(number: Decimal) -> int:
    return (number > 0) - (number < 0)


def _words(value: Any) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Duration | Money):
        return value.words()
    if isinstance(value, float):
        return f"{value:g}"
    return str(value).replace("_", " ")


# ---- service levels and credits


def _uptime(old: Iterable[Uptime], new: Iterable[Uptime]) -> Iterator[Difference]:
    before, after = ({_service(u, n): u for n, u in enumerate(levels)} for levels in (old, new))
    if len(before) == len(after) == 1:
        after = dict(zip(before, after.values(), strict=True))  # the service may have another name now
    for service in [*before, *(s for s in after if s not in before)]:
        a, b = before.get(service), after.get(service)
        if a is None or b is None or (a.percent, a.period) != (b.percent, b.period):
            yield _level(service, a, b)


def _service(level: Uptime, number: int) -> str:
    return (level.service or "").lower() or (f"{number + 1}" if number else "")


def _level(service: str, a: Uptime | None, b: Uptime | None) -> Difference:
    what = f"service level{f' ({service})' if service and not service.isdigit() else ''}"
    if a is None or b is None:
        return Difference("uptime", what, _percent(a) if a else None, _percent(b) if b else None, "", "worse" if b is None else "better")
    if a.percent == b.percent or a.period != b.period:
        return Difference("uptime", what, _percent(a), _percent(b))
    worse = b.percent < a.percent
    return Difference("uptime", what, f"{a.percent:g} %", f"{b.percent:g} %", _time(a, b, worse), "worse" if worse else "better")


def _time(a: Uptime, b: Uptime, worse: bool) -> str:
    """`21 min 55 s more a month`: what the figures allow over their period, an average month where they name none."""
    period: Period = a.period or "month"
    try:
        allowed = [downtime(level.percent, AVERAGE[period]) for level in (a, b)]
    except ValueError:
        return ""
    return f"{words(abs(allowed[1] - allowed[0]))} {'more' if worse else 'less'} a {period}"


def _percent(level: Uptime) -> str:
    return f"{level.percent:g} %{f' a {level.period}' if level.period else ''}"


def _credits(old: Terms, new: Terms) -> Iterator[Difference]:
    a, b = ([_band(t) for t in terms.service_credits.tiers] if terms.service_credits else [] for terms in (old, new))
    for band in a:
        if band not in b:
            rest = [other for other in b if other[0] == band[0] and other not in a]
            yield Difference("service_credits.tiers", f"credit {band[0]}", band[1], rest[0][1] if rest else None)
    for band in b:
        if band not in a and not any(other[0] == band[0] and other not in b for other in a):
            yield Difference("service_credits.tiers", f"credit {band[0]}", None, band[1])


def _band(tier: CreditTier) -> tuple[str, str]:
    low = f"from {tier.at_least:g} % " if tier.at_least is not None else ""
    high = f"below {tier.below:g} %" if tier.below is not None else ""
    amount = f"{tier.credit_percent:g} %" if tier.credit_percent is not None else f"{tier.credit_days:g} days" if tier.credit_days is not None else "stated"
    return f"{low}{high}{f' ({tier.service})' if tier.service else ''}".strip() or "of any failure", amount


def _changes(old: Terms, new: Terms) -> Iterator[Difference]:
    a, b = ({c.what: c for c in reversed(t.changes)} for t in (old, new))
    for what in dict.fromkeys([*a, *b]):
        field, words_ = f"changes.{what}", f"the vendor may change the {what}"
        if what not in b or what not in a:
            yield Difference(field, words_, "yes" if what in a else "no", "yes" if what in b else "no", "", "worse" if what in b else "better")
            continue
        yield from _value(f"{field}.notice", f"notice of a change of the {what}", a[what].notice, b[what].notice, "better")
        yield from _plain(f"{field}.opt_out", f"way out of a change of the {what}", a[what].opt_out, b[what].opt_out)
        yield from _plain(f"{field}.continued_use", f"use accepts a change of the {what}", a[what].continued_use, b[what].continued_use)


def _plain(field: str, what: str, old: object, new: object) -> Iterator[Difference]:
    if old != new:
        yield Difference(field, what, _words(old), _words(new))


# ---- deadlines and findings


def _deadlines(old: Iterable[Deadline], new: Iterable[Deadline]) -> Iterator[Difference]:
    yield from moved_days([(d.kind, d.date) for d in old], [(d.kind, d.date) for d in new])


_DAYS = {
    "opt_out_opens": "notice window opens", "opt_out_by": "last day to give notice", "renews_on": "renews on", "bound_until": "bound until",
    "expires_on": "ends on", "exercise_by": "last day to use the option", "claim_by": "last day to claim",
}  # fmt: skip


def moved_days(old: Iterable[tuple[str, date]], new: Iterable[tuple[str, date]]) -> Iterator[Difference]:
    """Days that moved, came or went, by the kind of deadline."""
    a, b = (dict(sorted(days, reverse=True)) for days in (old, new))
    for kind in dict.fromkeys([*sorted(a), *sorted(b)]):
        if a.get(kind) != b.get(kind):
            meaning = _by_how_much(a.get(kind), b.get(kind))[0]
            yield Difference(f"deadlines.{kind}", _DAYS.get(kind, kind), _words(a.get(kind)), _words(b.get(kind)), meaning)


def _findings(old: Review, new: Review) -> Iterator[Difference]:
    a, b = ({f.rule: f for f in reversed(r.findings)} for r in (old, new))
    for rule in [r for r in b if r not in a]:
        yield Difference(f"findings.{rule}", f"finding {rule}{_trial(b[rule].status)}", None, f"{b[rule].severity}, {b[rule].meaning}", "", _graver(True, b[rule].status))
    for rule in [r for r in a if r not in b]:
        yield Difference(f"findings.{rule}", f"finding {rule}{_trial(a[rule].status)}", f"{a[rule].severity}, {a[rule].meaning}", None, "", _graver(False, a[rule].status))
    for rule in (r for r in a if r in b and (a[r].severity, a[r].status) != (b[r].severity, b[r].status)):
        yield Difference(f"findings.{rule}", f"finding {rule}", f"{a[rule].severity}{_trial(a[rule].status)}", f"{b[rule].severity}{_trial(b[rule].status)}")


def _trial(status: str) -> str:
    return " (on trial)" if status == "draft" else ""


def _graver(more: bool, status: str) -> ForUs | None:
    return None if status == "draft" else "worse" if more else "better"


