"""What a credit by the time down is made of: a share of the fee for each such time, or a multiple of the fee for the time lost."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from contractlens.rulebook import Match, Matches
from contractlens.terms.credit_amounts import CreditAmount, credit_amount
from contractlens.terms.records import CreditRate
from contractlens.values import Duration, Percent

HOURS_OF_A_MONTH = 720  # of thirty days, as in "1/720th of the monthly fee"


def rates_of(matches: Matches, found: Iterable[Match]) -> tuple[CreditRate, ...]:
    """The rates that sentences say in full, each once, with its sentence."""
    made: dict[CreditRate, Match] = {}
    for match in found:
        rate = _rate(match)
        if rate:
            made.setdefault(rate, match)
    return tuple(rate.model_copy(update={"evidence": matches.reading.evidence(match.sentence)}) for rate, match in made.items())


def _rate(match: Match) -> CreditRate | None:
    groups = match.groups
    times = match.value("times", in_clause=False)
    if times or "twice" in groups:
        return CreditRate(times_fee=float(str(times[0].amount)) if times else 2)
    per, amount, points = _per(match), _amount(match), _points(match)
    if points and amount and (amount.percent or amount.days):
        percent, days = (None if v is None else float(v) for v in (amount.percent, amount.days))
        return CreditRate(credit_percent=percent, credit_days=days, per_points=float(points))
    if per and amount and (amount.percent or amount.days):
        percent, days = (None if v is None else float(v) for v in (amount.percent, amount.days))
        return CreditRate(credit_percent=percent, credit_days=days, per=per)
    return CreditRate(times_fee=1) if "proportional" in groups else None


def _per(match: Match) -> Duration | None:
    value = match.value("per", in_clause=False)
    if value and isinstance(value[0].amount, Duration):
        return value[0].amount
    named = next((name for name in match.groups if name[0] == "P" and name[1:2] in "T1"), None)
    return Duration.parse(named) if named else None


POINTS = {"half_point": Decimal("0.5"), "tenth_point": Decimal("0.1"), "one_point": Decimal(1)}
_STEP = re.compile(r"\b(?:each|every|per)\s+(?:\w+\s+){0,2}?(\d+(?:[.,]\d+)?)\s+(?:percentage|per\s?cent)?[\s-]*points?\b", re.I)
MOST_POINTS = Decimal(10)  # a step of more is no step of availability


def _points(match: Match) -> Decimal | None:
    """The percentage points below the service level of which each earns the credit: the 0.1 of "for each 0.1 percentage point"."""
    value = match.value("per_points", in_clause=False)
    if value:
        amount = value[0].amount
        points = amount.value if isinstance(amount, Percent) else Decimal(str(amount))
        return points if 0 < points <= MOST_POINTS else None
    if "one_point" in match.groups and (figure := _STEP.search(match.sentence.text)):
        return Decimal(figure.group(1).replace(",", "."))
    return next((points for name, points in POINTS.items() if name in match.groups), None)


def _amount(match: Match) -> CreditAmount | None:
    if "one_hour" in match.groups:
        return CreditAmount(percent=Decimal(100) / HOURS_OF_A_MONTH)
    if "one_day" in match.groups:
        return CreditAmount(days=Decimal(1))
    return credit_amount(match.sentence.text)
