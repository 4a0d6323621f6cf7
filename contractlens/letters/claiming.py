"""What the claim of a service credit is filled in with."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal

from contractlens.documents.place import Evidence
from contractlens.errors import UsageError
from contractlens.exports.words import clean, day, in_days
from contractlens.letters.facts import Facts, cited
from contractlens.reckoning.credit import Credit
from contractlens.reckoning.downtime import words
from contractlens.reckoning.outages import Outage
from contractlens.terms.records import ServiceCredits, Terms

_FIGURE = re.compile(r"\d+(?:\.\d+)?")


def of_claim(terms: Terms, outage: Outage, claim: Credit, today: date) -> Facts:
    """For the claim. Raises UsageError where there is nothing to claim."""
    if terms.service_credits is None:
        raise UsageError("The agreement states no service credits, so there is nothing to claim. See what else it gives with:  contractlens review")
    if claim.credit is not None and not claim.credit.amount:
        why = "; ".join([p.how for p in claim.periods] or ["nothing of the outage counts"])
        raise UsageError(f"By the agreement this outage earns no credit ({clean(why)}), so there is nothing to claim. See the sum with:  contractlens credit")
    level = next((u for u in terms.uptime if u.percent == claim.percent and (claim.service is None or u.service == claim.service)), None)
    quotes = _quotes(terms.service_credits, claim)
    late = claim.claim_by is not None and claim.claim_by < today
    return {
        "outage": f"{words(outage.length)} in all",
        "outage_from": _time(outage.start),
        "outage_to": _time(outage.end),
        "reported": f"{_time(outage.reported)}, ticket [number]" if outage.reported else None,
        "service": clean(claim.service) if claim.service else None,
        "percent": claim.percent,
        "period": f" a {level.period}" if level and level.period else "",
        "fee": claim.fee,
        "credit": claim.credit,
        "reason": claim.reason,
        "reckoned": tuple(f"{_period(p.period, p.starts)}: {p.how} = {p.credit.words()}" for p in claim.periods if p.credit.amount),
        "claim_by": day(claim.claim_by, weekday=True) if claim.claim_by else None,
        "claim_in": in_days(claim.claim_by, today) if claim.claim_by else None,
        "claim_basis": claim.claim_basis,
        "late": late,
        "loss": claim.loss,
        "notes": claim.notes,
        "clause": cited(quotes),
        "quotes": quotes,
    }


def _quotes(said: ServiceCredits, claim: Credit) -> tuple[Evidence, ...]:
    """The sentences that grant the credit: that of the band or step that the sum names, else those of the rates. Exclusions are the vendor's to cite."""
    by_band = bool(said.tiers or said.outage_tiers)
    rates = [] if by_band else [e for rate in said.rates for e in rate.evidence]
    if rates:
        return tuple(rates[:2])
    sums = [p.how for p in claim.periods if p.credit.amount]
    worth, named = _figures(sums[0].rpartition(": ")[2])[:1] if sums else [], set(_figures(sums[0] if sums else ""))
    told = {e.start: len(named.intersection(found)) for e in said.evidence for found in [_figures(e.quote)] if set(worth) & set(found)}
    stated = [e for e in said.evidence if e.start in told and told[e.start] == max(told.values())]
    return tuple(stated[:1] or [e for e in said.evidence if "credit" in e.quote.lower()][:2])


def _figures(text: str) -> list[Decimal]:
    return [Decimal(figure) for figure in _FIGURE.findall(text)]


def _period(period: str, starts: date) -> str:
    return f"{starts:%B %Y}" if period == "month" else f"The {period} from {day(starts)}"


def _time(time: datetime) -> str:
    """`5 March 2026, 09:30`, with the zone where it was given."""
    offset = time.utcoffset()
    zone = "" if offset is None else " UTC" if offset == timedelta(0) else f" UTC{time:%z}"
    return f"{time.day} {time:%B %Y, %H:%M}{zone}"
