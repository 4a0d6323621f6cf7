"""Tiers of service credits: as printed, and settled as half-open bands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from contractlens.language.sentences import Sentence
from contractlens.terms.bands import Band, half_open
from contractlens.terms.credit_amounts import CreditAmount
from contractlens.terms.records import CreditTier


@dataclass(frozen=True)
class RawTier:
    """A band and what is credited for it, as printed."""

    band: Band
    amount: CreditAmount
    sentence: Sentence
    service: str | None = None
    none: bool = False  # "none": it only ends the band above it


@dataclass(frozen=True)
class TierGroup:
    """The tiers of one table or list; bands are joined within it."""

    tiers: tuple[RawTier, ...]
    table: bool


@dataclass
class RawTiers:
    """All tiers as printed, and the rows and sentences that are spoken for."""

    groups: list[TierGroup] = field(default_factory=list)
    claimed: set[int] = field(default_factory=set)  # sentences by index
    claimed_shares: set[int] = field(default_factory=set)  # those with shares of downtime and their credits

    @property
    def sentences(self) -> list[Sentence]:
        return [t.sentence for g in self.groups for t in g.tiers]


def settle(raw: RawTiers, tops: Sequence[tuple[Decimal, str | None]]) -> list[CreditTier]:
    """The tiers as half-open bands. `tops` are the commitments, which open closed edges and stand for "the SLA"."""
    figures = sorted({p for p, _ in tops}, reverse=True)
    out: list[CreditTier] = []
    for group in raw.groups:
        joined = half_open([t.band for t in group.tiers], figures)
        made: list[CreditTier] = []
        for tier, band in ((t, b) for t, b in zip(group.tiers, joined, strict=True) if not t.none):
            for below in [t for t in figures if band.at_least is None or t > band.at_least] if band.named else [band.below]:
                if below is not None:
                    made.append(_tier(replace(band, below=below), tier))
        made = [t for k, t in enumerate(made) if t not in made[:k]]
        out += made if group.table else [t for t in made if not any(_same(t, o) for o in out)]
    return out


def _tier(band: Band, tier: RawTier) -> CreditTier:
    return CreditTier(
        below=number(band.below),
        at_least=number(band.at_least),
        credit_percent=number(tier.amount.percent),
        credit_days=number(tier.amount.days),
        service=tier.service,
    )


def _same(a: CreditTier, b: CreditTier) -> bool:
    return (a.below, a.credit_percent, a.credit_days) == (b.below, b.credit_percent, b.credit_days)


def number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
