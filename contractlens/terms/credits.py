"""Service credits: how much, how they are claimed, and what else there is when the service level is missed."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

from contractlens.language.sentences import Sentence
from contractlens.rulebook import Match, Matches
from contractlens.terms.commitments import commitments
from contractlens.terms.credit_amounts import CreditAmount, worth_of
from contractlens.terms.credit_rates import rates_of
from contractlens.terms.credit_sentences import raw_tiers
from contractlens.terms.credit_tables import length_rows
from contractlens.terms.flat_credits import flat_tiers
from contractlens.terms.flat_credits import words_before as _before
from contractlens.terms.leaving import termination_right
from contractlens.terms.planned_work import excludes_maintenance, maintenance
from contractlens.terms.records import OutageTier, ServiceCredits
from contractlens.terms.tiers import RawTiers, settle
from contractlens.terms.tiers import number as _number
from contractlens.values import Duration, Percent

Start = Literal["customer_notice", "provider_detection", "either", "actual"]
ClaimFrom = Literal["period_end", "same_period", "invoice", "outage"]
CLAIM_FROM: tuple[ClaimFrom, ...] = ("period_end", "invoice", "outage")
STARTS: dict[str, Start] = {"actual": "actual", "customer": "customer_notice", "vendor": "provider_detection"}
NEAR = 6  # sentences between a threshold and the credit for it


def read(matches: Matches) -> ServiceCredits | None:
    """The credits; None where the document has no service level and no credits."""
    raw = raw_tiers(matches)
    levels = commitments(matches, raw)
    said: list[Sentence] = list(raw.sentences)
    tiers = settle(raw, [(c.percent, c.service) for c in levels])
    tiers += flat_tiers(matches, raw, levels, tiers, said)
    outage_tiers = tuple(_outage_tiers(matches, said))
    prorata = _prorata(matches, raw)
    said += [m.sentence for m in prorata[:2]]
    if not (levels or tiers or outage_tiers or prorata or _has_credits(matches)):
        return None
    cap_percent, cap_days = _cap(matches, said)
    claim = _claim(matches, said)
    window = _window_of(claim) if claim else None
    excluded = excludes_maintenance(matches)
    leave, leaving = termination_right(matches)
    only = matches.run("credits/only-remedy")
    start, clock = _outage_start(matches)
    planned, works = maintenance(matches)
    said += [*([only[0].sentence] if only else []), *clock, *leaving, *excluded[:2], *works]
    record = ServiceCredits(
        tiers=tuple(tiers),
        prorata=bool(prorata),
        rates=rates_of(matches, prorata),
        cap_percent=cap_percent,
        cap_days=cap_days,
        claim_window=window,
        claim_window_unit=None if window is None else "business" if window.business else "calendar",
        claim_from=_runs_from(claim) if claim else None,
        outage_start=start,
        exclusive_remedy=bool(only),
        termination_right=leave,
        excludes_scheduled_maintenance=bool(excluded),
        maintenance=planned,
        outage_tiers=outage_tiers,
        evidence=matches.reading.evidence(*said),
    )
    return record if said else None


def _has_credits(matches: Matches) -> bool:
    """Whether credits for a service level are spoken of at all, as in standard terms that leave the figure to an order form."""
    return bool(matches.of("credits/mentioned"))


# ---------------------------------------------------------------- by time
def _prorata(matches: Matches, raw: RawTiers) -> list[Match]:
    tiered = {s.index for s in raw.sentences}
    return [m for m in matches.of("credits/prorata") if m.sentence.index not in tiered and _about_downtime(matches, m)]


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


# ---------------------------------------------------------------- cap, claim, clock
def _cap(matches: Matches, said: list[Sentence]) -> tuple[float | None, float | None]:
    """The most that is credited, in per cent of the fee or in days of service."""
    for match in sorted(matches.run("credits/cap"), key=lambda m: -m.points):
        found = _cap_of(matches, match)
        if found:
            said.append(match.sentence)
            return _number(found.percent), _number(found.days)
    return None, None


def _cap_of(matches: Matches, match: Match) -> CreditAmount | None:
    value = match.value("cap", in_clause=False)
    if value and isinstance(value[0].amount, Percent):
        return CreditAmount(percent=value[0].amount.value)
    inside = [i for i, v in matches.reading.words(match.sentence).values.items() if v.kind in ("percent", "duration")]
    wholes = {n: hits for n, hits in match.groups.items() if n.isdigit()}
    named = next((n for n, hits in wholes.items() if any(all(not h.first <= i < h.last for i in inside) for h in hits)), None)
    if named:
        return CreditAmount(percent=Decimal(named))
    time = match.value("time", in_clause=False)
    if time and isinstance(time[0].amount, Duration):
        return worth_of(time[0].amount, _before(match.sentence, time[0]))
    days = match.value("days", in_clause=False)
    return CreditAmount(days=Decimal(str(days[0].amount))) if days else None


def _claim(matches: Matches, said: list[Sentence]) -> Match | None:
    """The sentence that is most about claiming credits and says within what time."""
    best: tuple[int, Match] | None = None
    for match in matches.run("credits/claim-window"):
        headed = _heading_about(matches, match)
        points = match.points + 2 * headed
        if "about" not in match.groups and not headed:
            before = matches.reading.sentences[max(0, match.sentence.index - 8) : match.sentence.index]
            if not any("about" in matches.ask(match.rule.id, s) for s in before):
                continue
            points -= 2
        if _window_of(match) and (best is None or points > best[0]):
            best = points, match
    if best is None:
        return None
    said.append(best[1].sentence)
    return best[1]


def _runs_from(match: Match) -> ClaimFrom | None:
    """What the claim window runs from; one that is told as a month or a day of the next month runs from the period's end."""
    if match.value("window", in_clause=False) is None:
        return "same_period" if "same_month" in match.groups else "period_end"
    return next((start for start in CLAIM_FROM if start in match.groups), None)


def _heading_about(matches: Matches, match: Match) -> bool:
    return any("about" in matches.ask_text(match.rule.id, h) for h in matches.reading.headings(match.sentence)[:2])


def _window_of(match: Match) -> Duration | None:
    value = match.value("window", in_clause=False)
    if value and isinstance(value[0].amount, Duration):
        return value[0].amount
    named = next((name for name in match.groups if name[0] == "P" and name[1:2].isdigit()), None)
    if named:
        return Duration.parse(named)
    return Duration(1, "month") if "same_month" in match.groups else None


def _outage_start(matches: Matches) -> tuple[Start | None, list[Sentence]]:
    """From when on an outage counts: the first sentence that says so; in it, what is said in the fewest words."""
    found = matches.run("credits/clock-starts")
    for match in found:
        if "either" in match.groups:
            return "either", [match.sentence]
        said = [(min(h.last - h.first for h in match.groups[name]), kind) for name, kind in STARTS.items() if name in match.groups]
        if said:
            return min(said)[1], [match.sentence]
    return None, []
