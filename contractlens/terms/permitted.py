"""Permitted downtime, as a share or a time, and the share of availability that it leaves."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from contractlens.rulebook import Matches
from contractlens.terms.commitment import LOWEST, Commitment
from contractlens.terms.periods import named, of_duration, period_in
from contractlens.terms.records import Period
from contractlens.terms.tiers import RawTiers
from contractlens.values import Duration, Percent

RULE = "uptime/permitted-downtime"
MOST_DOWNTIME = Decimal(20)  # per cent; "downtime of more than 50 %" is no commitment

MINUTES: dict[Period, tuple[int, ...]] = {"day": (1440,), "week": (10080,), "month": (43200, 44640, 43830), "quarter": (131490, 129600), "year": (525600, 525960)}


def share_of(minutes: Decimal, period: Period) -> Decimal:
    """The availability that so many minutes of downtime leave, as a round figure where one is meant.

    >>> share_of(Decimal(44), "month"), share_of(Decimal(432), "month"), share_of(Decimal(500), "month")
    (Decimal('99.9'), Decimal('99.0'), Decimal('98.85'))
    """
    exact = [100 - 100 * minutes / total for total in MINUTES[period]]
    for step in (Decimal("0.1"), Decimal("0.05"), Decimal("0.01"), Decimal("0.001")):
        for share in exact:
            rounded = (share / step).quantize(Decimal(1)) * step
            if rounded < 100 and abs(share - rounded) <= (100 - share) / 100:
                return rounded
    return exact[0].quantize(Decimal("0.01"))


def permitted_shares(matches: Matches) -> Iterable[Commitment]:
    """`downtime shall not exceed 0.1%` as 99.9."""
    for match in matches.of(RULE):
        for value, sentence in match.values("share", in_clause=False):
            assert isinstance(value.amount, Percent)
            if 0 < value.amount.value <= MOST_DOWNTIME:
                yield Commitment(100 - value.amount.value, named(match) or period_in(matches, sentence, value), None, (sentence,))


def first_shares(shares: list[Commitment], raw: RawTiers) -> list[Commitment]:
    """Of the shares that earn credits, the smallest alone is what is committed to."""
    tiered = [c for c in shares if c.sentences[0].index in raw.claimed_shares]
    plain = [c for c in shares if c not in tiered]
    return plain or [c for c in tiered if c.percent == max(t.percent for t in tiered)]


def permitted_times(matches: Matches) -> list[Commitment]:
    """`no more than 432 minutes in any month` as 99: the roundest figure that a month of 30, of 31 or of average days gives."""
    made = []
    for match in matches.of(RULE):
        spans = {v.amount for v, _ in match.values("span", in_clause=False)}
        period = named(match) or next((p for s in spans if isinstance(s, Duration) and (p := of_duration(s))), None)
        for value, sentence in match.values("time", in_clause=False):
            seconds = value.amount.seconds if isinstance(value.amount, Duration) and value.amount not in spans else None
            if period and seconds and "share" not in match:
                made.append(Commitment(share_of(seconds / 60, period), period, None, (sentence,)))
    return [c for c in made if c.percent >= LOWEST]
