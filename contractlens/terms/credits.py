"""Service credits: how much, how they are claimed, and what else there is when the service level is missed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from contractlens.language.amounts import Value
from contractlens.language.sentences import Sentence
from contractlens.rulebook import Match, Matches
from contractlens.terms.bands import Band, bands
from contractlens.terms.claims import claim_of, runs_from, window_of
from contractlens.terms.clock import outage_start
from contractlens.terms.commitments import Commitment, commitments
from contractlens.terms.credit_amounts import CreditAmount, credit_amount, worth_of
from contractlens.terms.credit_caps import cap
from contractlens.terms.credit_rates import rates_of
from contractlens.terms.credit_sentences import LEAST, raw_tiers
from contractlens.terms.credit_tables import length_rows
from contractlens.terms.leaving import termination_right
from contractlens.terms.only_remedy import only_remedy
from contractlens.terms.planned_work import excludes_maintenance, maintenance
from contractlens.terms.records import CreditTier, OutageTier, ServiceCredits
from contractlens.terms.tiers import RawTiers, settle
from contractlens.terms.zone import Zone
from contractlens.values import Duration, Percent

NEAR = 6  # sentences between a threshold and the credit for it


def read(matches: Matches) -> ServiceCredits | None:
    """The credits; None where the document has no service level and no credits."""
    raw = raw_tiers(matches)
    levels = commitments(matches, raw)
    said: list[Sentence] = list(raw.sentences)
    tiers = settle(raw, [(c.percent, c.service) for c in levels])
    tiers += _flat(matches, raw, levels, tiers, said)
    outage_tiers = tuple(_outage_tiers(matches, said))
    zone = Zone(matches, [*said, *(s for level in levels for s in level.sentences)])
    if not zone:
        return None
    prorata = _prorata(matches, raw, zone)
    said += [m.sentence for m in prorata[:2]]
    cap_percent, cap_days = cap(matches, zone, said)
    claim = claim_of(matches, zone)
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


# ---------------------------------------------------------------- a credit for any failure
def _flat(matches: Matches, raw: RawTiers, levels: Sequence[Commitment], tiers: Sequence[CreditTier], said: list[Sentence]) -> list[CreditTier]:
    """Credits whose threshold is the commitment itself, or stands in another sentence: that of an event's name, or of the clause."""
    made: list[CreditTier] = []
    spoken_for = {s.index for s in raw.sentences}
    for match in matches.of("credits/flat"):
        if match.sentence.index in spoken_for or (any(b.below is not None for b in bands(match.sentence.text)) and tiers):
            continue
        amount = _flat_amount(match)
        edge = _named_event(matches, match) or _threshold(matches, match, levels)
        if amount is None or edge is None or any(t.below == _number(edge.below) for t in tiers):
            continue
        tier = CreditTier(below=_number(edge.below), at_least=_number(edge.at_least), credit_percent=_number(amount.percent), credit_days=_number(amount.days))
        if tier not in made:
            made.append(tier)
            said.append(match.sentence)
    return made


_QUOTED = re.compile(r"\"(?P<name>[A-Z][^\"\n]{2,60}?)[,.]?\"")


def _named_event(matches: Matches, match: Match) -> Band | None:
    """The band of the event that a credit is for: `below 99.9% (a "Level 1 Event")` … `for each Level 1 Event`."""
    text = match.sentence.text.lower()
    for s in matches.reading.sentences:
        if s.index == match.sentence.index or ("%" not in s.words and "percent" not in s.words) or '"' not in s.text:
            continue
        found = [b for b in bands(s.text) if b.below is not None and b.below >= LEAST]
        names = [m.group("name") for m in _QUOTED.finditer(s.text)]
        if found and any(n.lower() in text for n in names):
            return found[0]
    return None


def _flat_amount(match: Match) -> CreditAmount | None:
    banded = [(b.start, b.end) for b in bands(match.sentence.text)]
    for value, _ in match.values("amount", in_clause=False):
        at = value.start - match.sentence.start
        if isinstance(value.amount, Percent) and value.amount.value <= 100 and not any(a <= at < b for a, b in banded):
            return CreditAmount(percent=value.amount.value)
    time = match.value("time", in_clause=False)
    if time and isinstance(time[0].amount, Duration):
        return worth_of(time[0].amount, _before(match.sentence, time[0]))
    if "words" in match.groups:
        amount = credit_amount(match.sentence.text)
        return amount if amount and amount.stated and not amount.rate else None
    return None


def _before(sentence: Sentence, value: Value) -> str:
    """The words before a value, in which "half of" may stand."""
    at = value.start - sentence.start
    return sentence.text[max(0, at - 16) : at]


def _threshold(matches: Matches, match: Match, levels: Sequence[Commitment]) -> Band | None:
    """Below which figure the credit is due: that of its own sentence, the document's only one, its clause's, the one just before."""
    near = [s for s in matches.reading.sentences[max(0, match.sentence.index - NEAR) : match.sentence.index + 2] if s.kind != "row"]
    own = [b for b in bands(match.sentence.text) if b.below is not None]
    if own:
        return own[0]
    figures = {c.percent for c in levels}
    if len(figures) == 1:
        return Band(next(iter(figures)), None, 0, 0)
    marked = [(s, c.percent) for c in levels for s in c.sentences] + [(s, b.below) for s in near for b in bands(s.text) if b.below is not None]
    for home in (lambda s: s.clause == match.sentence.clause, lambda s: s in near):
        close = {figure for s, figure in marked if home(s)}
        if len(close) == 1:
            return Band(next(iter(close)), None, 0, 0)
    return None


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


# ---------------------------------------------------------------- by time
def _prorata(matches: Matches, raw: RawTiers, zone: Zone) -> list[Match]:
    tiered = {s.index for s in raw.sentences}
    return [m for m in zone.of(matches.run("credits/prorata")) if m.sentence.index not in tiered and _about_downtime(matches, m)]


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
