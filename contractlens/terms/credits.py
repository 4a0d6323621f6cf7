"""Service credits: how much, how they are claimed, and what else there is when the service level is missed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from contractlens.language.sentences import Sentence
from contractlens.rulebook import Match, Matches
from contractlens.terms.claims import claim_of, runs_from, window_of
from contractlens.terms.clock import outage_start
from contractlens.terms.commitment import Commitment
from contractlens.terms.credit_amounts import worth_of
from contractlens.terms.credit_caps import cap
from contractlens.terms.credit_rates import rates_of
from contractlens.terms.credit_tables import length_rows
from contractlens.terms.flat_credits import flat_tiers
from contractlens.terms.leaving import termination_right
from contractlens.terms.named_levels import NamedLevels
from contractlens.terms.only_remedy import only_remedy
from contractlens.terms.planned_work import excludes_maintenance, maintenance
from contractlens.terms.records import CreditTier, OutageTier, ServiceCredits
from contractlens.terms.service_levels import service_levels
from contractlens.terms.tiers import RawTiers, settle
from contractlens.terms.tiers import number as _number
from contractlens.terms.zone import Zone
from contractlens.values import Duration, Percent

BEFORE = 2  # sentences from a service level to "below that figure"
CAPTION = 120  # characters of the line above a table that may name the services that it is for


def read(matches: Matches) -> ServiceCredits | None:
    """The credits; None where the document has no service level and no credits."""
    raw, levels = service_levels(matches)
    said: list[Sentence] = list(raw.sentences)
    tiers = _all_tiers(matches, raw, levels, said)
    outage_tiers = tuple(_outage_tiers(matches, said))
    zone = _zone(matches, said, levels)
    if not zone:
        return None
    prorata = _prorata(matches, raw, zone)
    said += [m.sentence for m in prorata[:2]]
    owed = bool(tiers or outage_tiers or prorata or zone.credits or zone.whole)
    cap_percent, cap_days = cap(matches, zone, said, [t.credit_percent for t in tiers]) if owed else (None, None)
    claim = claim_of(matches, zone) if owed else None
    window = window_of(claim) if claim else None
    excluded = excludes_maintenance(matches, zone)
    leave, leaving = termination_right(matches, zone)
    only = only_remedy(matches, zone)
    start, clock = outage_start(matches, zone)
    planned, works = maintenance(matches, zone)
    said += [*([only[0].sentence] if only else []), *([claim.sentence] if claim else []), *clock, *leaving, *excluded[:2], *works]
    record = ServiceCredits(
        tiers=tuple(tiers),
        prorata=bool(prorata),
        rates=rates_of(matches, prorata),
        cap_percent=cap_percent,
        cap_days=cap_days,
        claim_window=window,
        claim_window_unit=None if window is None else "business" if window.business else "calendar",
        claim_from=runs_from(claim) if claim else None,
        outage_start=start,
        exclusive_remedy=bool(only),
        termination_right=leave,
        excludes_scheduled_maintenance=bool(excluded),
        maintenance=planned,
        outage_tiers=outage_tiers,
        evidence=matches.reading.evidence(*said),
    )
    return record if said else None


def _all_tiers(matches: Matches, raw: RawTiers, levels: Sequence[Commitment], said: list[Sentence]) -> list[CreditTier]:
    """The tiers by bands, and the flat credits."""
    names = NamedLevels(matches, levels)
    tops = [(c.percent, c.service) for c in levels]
    tiers = settle(raw, tops, lambda text: [(c.percent, c.service) for _, _, c in names.hits(text)] if len(text) <= CAPTION else [], lambda s: _right_before(levels, s))
    return tiers + flat_tiers(matches, raw, levels, tiers, said)


def _zone(matches: Matches, said: Sequence[Sentence], levels: Sequence[Commitment]) -> Zone:
    zone = Zone(matches, [*said, *(s for level in levels for s in level.sentences)])
    if not zone and zone.whole:  # "for every day without internet you get 1/30 of the price back", and no more than that
        return Zone(matches, [m.sentence for m in matches.run("credits/prorata") if "lost" in m])
    return zone


# ---------------------------------------------------------------- by time
def _prorata(matches: Matches, raw: RawTiers, zone: Zone) -> list[Match]:
    tiered = {s.index for s in raw.sentences}
    return [m for m in matches.run("credits/prorata", zone) if m.sentence.index not in tiered and _about_downtime(matches, m)]


def _right_before(levels: Sequence[Commitment], sentence: Sentence) -> list[tuple[Decimal, str | None]]:
    """The service level that stands in a sentence or last before it, where one does."""
    near = [(s.index, c) for c in levels for s in c.sentences if 0 <= sentence.index - s.index <= BEFORE]
    last = max((i for i, _ in near), default=None)
    return [(c.percent, c.service) for i, c in near if i == last]


def _about_downtime(matches: Matches, match: Match) -> bool:
    """Whether the sentence, or one just before it, is about downtime: "after that we credit 1/720 of the fee for each hour"."""
    before = matches.reading.sentences[max(0, match.sentence.index - 3) : match.sentence.index]
    return "down" in match.groups or any("down" in matches.ask(match.rule.id, s) for s in before)


def _outage_tiers(matches: Matches, said: list[Sentence]) -> Iterable[OutageTier]:
    for over, up_to, amount, sentence in length_rows(matches):
        said.append(sentence)
        yield OutageTier(over=over, up_to=up_to, credit_percent=_number(amount.percent), credit_days=_number(amount.days))
    for match in matches.of("credits/outage-tiers"):
        said.append(match.sentence)
        limits = [v for v, _ in match.values("up_to", in_clause=False)]
        sizes = sorted([*match.values("percent", in_clause=False), *match.values("days", in_clause=False)], key=lambda p: p[0].start)
        for start, _ in match.values("over", in_clause=False):
            size = next((v for v, _ in sizes if v.start > start.start), None) or (sizes[0][0] if sizes else None)
            end = next((v for v in limits if v.start > start.start), None)
            worth = worth_of(size.amount) if size and isinstance(size.amount, Duration) else None
            yield OutageTier(
                over=start.amount if isinstance(start.amount, Duration) else None,
                up_to=end.amount if end and isinstance(end.amount, Duration) else None,
                credit_percent=float(size.amount.value) if size and isinstance(size.amount, Percent) else None,
                credit_days=_number(worth.days) if worth else None,
            )
