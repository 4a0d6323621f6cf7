"""Tiers of service credits: as printed, and settled as half-open bands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
    points: bool = False  # its edges are points below the service level, as what that leaves of 100


@dataclass(frozen=True)
class TierGroup:
    """The tiers of one table or list; bands are joined within it."""

    tiers: tuple[RawTier, ...]
    table: bool
    caption: str = ""  # the line above a table, which may name the services that it is for


@dataclass
class RawTiers:
    """All tiers as printed, and the rows and sentences that are spoken for."""

    groups: list[TierGroup] = field(default_factory=list)
    claimed: set[int] = field(default_factory=set)  # sentences by index
    readings: dict[int, str] = field(default_factory=dict)  # sentences with figures in place of the names that stand for them
    beside: set[int] = field(default_factory=set)  # rows of credits in tables that state service levels, too
    defining: set[int] = field(default_factory=set)  # sentences that give a figure a name
    claimed_shares: set[int] = field(default_factory=set)  # those with shares of downtime and their credits

    @property
    def floors(self) -> set[Decimal]:
        """The edges between two bands, which are no service levels."""
        return {t.band.at_least for g in self.groups for t in g.tiers if t.band.at_least is not None and t.band.below is not None}

    @property
    def sentences(self) -> list[Sentence]:
        return [t.sentence for g in self.groups for t in g.tiers]


Tops = Sequence[tuple[Decimal, str | None]]


def settle(raw: RawTiers, tops: Tops, named: Callable[[str], Tops] = lambda _: (), near: Callable[[Sentence], Tops] = lambda _: ()) -> list[CreditTier]:
    """The tiers as half-open bands. `tops` are the commitments, which open closed edges and stand for "the SLA"; `named` are those that a caption names.

    `near` are those that stand right before a sentence: "Promise 99.8% a quarter. Refund: 8% under that mark."
    """
    out: list[CreditTier] = []
    for group in raw.groups:
        figures = sorted({p for p, _ in named(group.caption) or tops}, reverse=True)
        joined = half_open([t.band for t in group.tiers], figures)
        made: list[CreditTier] = []
        for tier, band in ((t, b) for t, b in zip(group.tiers, joined, strict=True) if not t.none):
            own = [p for p, _ in near(tier.sentence)] if tier.band.named and len(figures) > 1 else []
            made += _below(band, tier, joined, own or figures) if not tier.points else _of_points(band, tier, tops)
        made = [t for k, t in enumerate(made) if t not in made[:k]]
        out += made if group.table else [t for t in made if not any(_same(t, o) for o in out)]
    return out


def _below(band: Band, tier: RawTier, others: Sequence[Band], figures: Sequence[Decimal]) -> list[CreditTier]:
    """A band that ends below "the SLA", or has no upper edge and stands above another, ends at the commitment."""
    above = [t for t in figures if band.at_least is None or t > band.at_least]
    tops: list[Decimal | None] = [*above] if band.named else [band.below]
    if band.below is None and not band.named and len(above) == 1 and tier.amount.percent != 0 and any(o.below == band.at_least for o in others):
        tops = [above[0]]
    return [_tier(replace(band, below=below), tier) for below in tops if below is not None]


def _of_points(band: Band, tier: RawTier, tops: Sequence[tuple[Decimal, str | None]]) -> list[CreditTier]:
    """A band of points below the service level, for each service level."""
    made = []
    for top, service in tops:
        below, at_least = (None if v is None else top - (100 - v) for v in (band.below, band.at_least))
        made.append(_tier(replace(band, below=top if below is None else below, at_least=at_least), replace(tier, service=tier.service or service)))
    return made


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
