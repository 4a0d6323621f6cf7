"""How prices move at renewal and during the term: rates of the day, a percentage, an index, a discount that ends."""

from __future__ import annotations

from typing import get_args

from contractlens.rulebook import Match, Matches
from contractlens.terms.records import Index, PriceRise
from contractlens.values import Duration, Money, Percent

RATES, RISE, DISCOUNT, FEE = "price/then-current-rates", "price/rise", "price/lapsing-discount", "price/monthly-fee"
INDICES: tuple[Index, ...] = get_args(Index)
QUOTES = 4  # sentences quoted
MOST = 50  # per cent: what rises by more is no price


def read(matches: Matches) -> PriceRise | None:
    """How prices rise; None where the document does not say."""
    rates, rises, discounts = matches.of(RATES), matches.of(RISE), matches.of(DISCOUNT)
    found = [*rates, *rises, *discounts]
    if not found:
        return None
    most = _percent(rises, "most")
    stated = _percent([m for m in rises if "most" not in m], "percent")
    return PriceRise(
        at_renewal=bool(rates) or any("at_renewal" in m for m in rises) or any("when" in m for m in discounts),
        during_term=any("during_term" in m for m in rises),
        then_current=bool(rates),
        percent=stated,
        percent_max=most,
        index=next((name for m in rises for name in INDICES if name in m), None),
        discount_lapses=bool(discounts),
        notice=next((n for m in (*rates, *rises) for n in [_notice(m)] if n), None),
        evidence=matches.reading.evidence(*(m.sentence for m in found[:QUOTES])),
    )


def monthly_fee(matches: Matches) -> Money | None:
    """The fee for a month, where the document states just one amount for it."""
    stated = {v.amount for m in matches.run(FEE) for v, _ in m.values("fee") if isinstance(v.amount, Money)}
    return stated.pop() if len(stated) == 1 else None


def _percent(found: list[Match], name: str) -> float | None:
    """The first percentage kept under a name."""
    stated = (v.amount for m in found for v, _ in m.values(name))
    return next((float(v.value) for v in stated if isinstance(v, Percent) and v.value <= MOST), None)


def _notice(match: Match) -> Duration | None:
    value = match.value("notice")
    return value[0].amount if value and isinstance(value[0].amount, Duration) else None
