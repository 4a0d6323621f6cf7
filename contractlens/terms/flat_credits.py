"""One credit for any failure: its threshold is the service level itself, or stands in another sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from contractlens.language.sentences import Sentence
from contractlens.language.value import Value
from contractlens.rulebook import Match, Matches
from contractlens.terms.bands import Band, bands
from contractlens.terms.commitment import Commitment
from contractlens.terms.credit_amounts import CreditAmount, credit_amount, is_level, is_rate, part_of, worth_of
from contractlens.terms.credit_steps import LEAST, OF_FEES, prose_amount, still_paid
from contractlens.terms.named_levels import NamedLevels
from contractlens.terms.records import CreditTier
from contractlens.terms.tiers import RawTiers, number
from contractlens.terms.zone import MENTIONED
from contractlens.values import Duration, Percent

RULE, ANSWER = "credits/flat", "credits/answer"
AFTER_LEVEL = 2  # sentences from a service level to what is given where it is missed
NEAR = 6  # sentences between a threshold and the credit for it
ANSWERED = 3  # sentences after a question that still answer it


def flat_tiers(matches: Matches, raw: RawTiers, levels: Sequence[Commitment], tiers: Sequence[CreditTier], said: list[Sentence]) -> list[CreditTier]:
    """The flat credits that no band has stated; their sentences are added to `said`."""
    if not (raw.sentences or levels or matches.of(MENTIONED)):
        return []
    made: list[CreditTier] = []
    spoken_for = {s.index for s in raw.sentences}
    named = NamedLevels(matches, levels)
    for match in [*matches.run(RULE), *_answers(matches)]:
        sentence = match.sentence
        if sentence.index in spoken_for or (any(b.below is not None for b in bands(sentence.text)) and tiers):
            continue
        if match.rule.id == RULE and not match.groups.keys() & {"failure", "not_so", "short"} and not _any_outage(match, levels):
            continue
        if match.rule.id == RULE and not match.groups.keys() & {"failure", "down"} and not _said_before(match, levels):
            continue
        if match.rule.id == RULE and _is_weak(match) and (_other(matches, sentence) or _by_time(matches, sentence) or not _said_before(match, levels)):
            continue
        if _of_other_clauses(matches, sentence, levels):
            continue
        for edge, service, amount in _credits(matches, match, raw, named):
            tier = _tier(edge, service, amount, tiers)
            if not any(t.below == tier.below and t.service in (None, service) for t in (*tiers, *made)):
                made.append(tier)
                said.append(sentence)
    return made


def _any_outage(match: Match, levels: Sequence[Commitment]) -> bool:
    """Whether a credit "if it is down" is for any failure: where all of the time is promised, and no length is named."""
    return {c.percent for c in levels} == {Decimal(100)} and not is_rate(match.sentence.text) and "time" not in match.groups


_CLAUSES = re.compile(r"\b(?:meet|meets|achieve|achieves|attain|attains|miss|misses|satisfy|keep)\s+(?:the\s+\w+(?:\s+\w+)?\s+(?:in|of|under)\s+)?(?:(?:section|clause|paragraph)s?\s+)?(?P<first>[1-5]?\d\.\d{1,2})(?P<more>(?:\s*(?:,|or|and)\s*[1-5]?\d\.\d{1,2})*)(?!\d|\s*(?:%|per))", re.I)


def _of_other_clauses(matches: Matches, sentence: Sentence, levels: Sequence[Commitment]) -> bool:
    """Whether a credit is for missing what stands in clauses that commit to no availability: "fails to meet 2.2 or 2.3", packet loss and delay."""
    named = _CLAUSES.search(sentence.text)
    if named is None:
        return False
    clauses = matches.reading.document.clauses
    own = {(clauses[s.clause].number or "").rstrip(".") for c in levels for s in c.sentences if s.clause is not None}
    return bool(own - {""}) and not own & set(re.findall(r"\d+\.\d+", named.group()))


def _answers(matches: Matches) -> Iterable[Match]:
    """What is credited by the answer to a question about failure: `What if you miss it? We credit a month.`"""
    for match in matches.run(ANSWER):
        before = matches.reading.sentences[max(0, match.sentence.index - ANSWERED) : match.sentence.index]
        asked = next((s for s in reversed(before) if s.text.rstrip().endswith("?")), None)
        if asked and matches.ask(RULE, asked).groups.keys() & {"failure", "short"} and "failure" not in matches.ask(RULE, match.sentence):
            yield match


def _tier(edge: Band, service: str | None, amount: CreditAmount, tiers: Sequence[CreditTier]) -> CreditTier:
    """The flat credit as a tier, which ends where a band with a credit of its own begins."""
    below = number(edge.below)
    lower = [t.below for t in tiers if t.below is not None and below is not None and t.below < below and t.service in (None, service)]
    floor = number(edge.at_least) if edge.at_least is not None else max(lower, default=None)
    return CreditTier(below=below, at_least=floor, credit_percent=number(amount.percent), credit_days=number(amount.days), service=service)


_BRACKETS = re.compile(r"\([^()]*\)")  # "(as verified by our network monitoring)"


def _said_before(match: Match, levels: Sequence[Commitment]) -> bool:
    """Whether "if not", "otherwise", "where we do worse" follows right after a service level."""
    return any(0 <= match.sentence.index - s.index <= AFTER_LEVEL for c in levels for s in c.sentences)


def _is_weak(match: Match) -> bool:
    """Whether only weak words make a sentence one of a flat credit."""
    return not match.groups.keys() & {"failure", "not_so"} or not match.groups.keys() & {"amount", "time", "words", "whole"}


def _other(matches: Matches, sentence: Sentence) -> bool:
    """Whether a sentence is about another measure: `if packet delivery is less than 99.9%`."""
    return "other" in matches.ask("uptime/commitment", sentence) and "uptime" not in matches.ask("uptime/listed", sentence)


def _by_time(matches: Matches, sentence: Sentence) -> bool:
    """Whether a credit grows with the time or the points missed."""
    return is_rate(sentence.text) or "rate" in matches.ask("credits/prorata", sentence) or "percentage point" in sentence.text.lower()


def _credits(matches: Matches, match: Match, raw: RawTiers, named: NamedLevels) -> list[tuple[Band, str | None, CreditAmount]]:
    """Below what which credit is due; for each service below its own figure where the sentence names it, or speaks of each."""
    text, several = match.sentence.text, len({c.percent for c in named.levels}) > 1
    own = any(b.below is not None for b in bands(text))
    if several and not own and (each := named.credits(text)):
        return [(Band(c.percent, None, 0, 0), c.service, amount) for c, amount in each]
    amount = _flat_amount(match)
    if amount is None or (_is_weak(match) and any(c.percent == amount.percent and match.sentence in c.sentences for c in named.levels)):
        return []
    told = [c for _, _, c in named.hits(_BRACKETS.sub(" ", text))] if several and not own and not is_rate(text) else []
    edge = _named_event(matches, match) or (None if told else _threshold(matches, match, raw, named.levels))
    if edge is not None:
        return [(edge, None, amount)]
    if told or ("each_of" in match.groups and all(c.service for c in named.levels)):
        return [(Band(c.percent, None, 0, 0), c.service, amount) for c in told or named.levels]
    return []


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
    if left := still_paid(match.sentence.text):
        return left
    return _said_amount(match) or _composed(match)


def _composed(match: Match) -> CreditAmount | None:
    """The credit of a sentence that gives something back, whatever its words: `doing less than that entitles you to 10% of the charge`."""
    if "back" not in match.groups or match.groups.keys() & {"down", "each_of"}:
        return None
    text = match.sentence.text
    for b in bands(text):
        text = text[: b.start] + " " * (b.end - b.start) + text[b.end :]
    amount = prose_amount(text, False)
    whole = amount is not None and (0 < (amount.percent or 0) <= 100 or (amount.days or 0) >= 1)
    return amount if amount and whole and not amount.rate else None


def _said_amount(match: Match) -> CreditAmount | None:
    banded = [(b.start, b.end) for b in bands(match.sentence.text)]
    for value, _ in match.values("amount", in_clause=False):
        at = value.start - match.sentence.start
        if isinstance(value.amount, Percent) and value.amount.value <= 100 and not is_level(value.amount.value) and not any(a <= at < b for a, b in banded):
            return CreditAmount(percent=value.amount.value)
    if match.groups.keys() & {"words", "time"} and (part := part_of(match.sentence.text)):
        return part
    time = match.value("time", in_clause=False)
    if time and isinstance(time[0].amount, Duration):
        return worth_of(time[0].amount, words_before(match.sentence, time[0]))
    if "whole" in match.groups:
        return CreditAmount(percent=Decimal(100))
    if "words" in match.groups:
        amount = credit_amount(match.sentence.text)
        return amount if amount and amount.stated and not amount.rate else None
    return None


def words_before(sentence: Sentence, value: Value) -> str:
    """The words before a value, in which "half of" may stand."""
    at = value.start - sentence.start
    return sentence.text[max(0, at - 16) : at]


def _threshold(matches: Matches, match: Match, raw: RawTiers, levels: Sequence[Commitment]) -> Band | None:
    """Below which figure the credit is due: that of its own sentence, the document's only one, its clause's, the one just before."""
    near = [s for s in matches.reading.sentences[max(0, match.sentence.index - NEAR) : match.sentence.index + 2] if s.kind != "row"]
    tiered = {s.index for s in raw.sentences}  # a band with a credit of its own is no threshold of another
    own = [b for b in bands(match.sentence.text) if b.below is not None and b.below >= LEAST and not OF_FEES.match(match.sentence.text, b.end)]
    if own:
        return own[0]
    figures = {c.percent for c in levels}
    if len(figures) == 1:
        return Band(next(iter(figures)), None, 0, 0)
    marked = [(s, c.percent) for c in levels for s in c.sentences] + [(s, b.below) for s in near if s.index not in tiered for b in bands(s.text) if b.below is not None and b.below >= LEAST]
    for home in (lambda s: s.clause == match.sentence.clause, lambda s: s in near):
        close = {figure for s, figure in marked if home(s)}
        if len(close) == 1:
            return Band(next(iter(close)), None, 0, 0)
    return None
