"""The most that is credited, in per cent of the fee or in days of service."""

from __future__ import annotations

import re
from collections.abc import Collection
from decimal import Decimal

from contractlens.language.amounts import amounts
from contractlens.language.sentences import Sentence
from contractlens.rulebook import Match, Matches
from contractlens.terms.credit_amounts import CreditAmount, credit_amount, is_level, part_of, worth_of
from contractlens.terms.leads import answers
from contractlens.terms.zone import Zone
from contractlens.values import Duration, Percent

RULE = "credits/cap"
BACK = 6  # sentences before a limit that may speak of credits
WHOLE = 100
SHORT = 8  # words: "There is nothing above 12%."
_PART = re.compile(r"\b(?:(?:an?|one|two|three)[\s-]+|(?=half))(?:half|third|quarter|fourth|fifth|sixth|eighth|tenth)s?\b", re.I)
WORDS = {"half": Decimal(50), "whole": Decimal(100)}


def cap(matches: Matches, zone: Zone, said: list[Sentence], tops: Collection[float | None] = ()) -> tuple[float | None, float | None]:
    """The most that is credited, in per cent of the fee or in days of service. `tops` are the credits of the bands."""
    for match in sorted(matches.run(RULE, zone), key=lambda m: ("credit" not in m, "same" in m, -m.points)):
        found = _cap_of(matches, match)
        if found and ("credit" in match or (found.percent is not None and _among_credits(match, zone, found.percent, tops))):
            said.append(match.sentence)
            percent, days = (None if v is None else float(v) for v in (found.percent, found.days))
            return percent, days
    for match in zone.of(answers(matches, RULE, "cap_head")):
        share = _answered(match)
        if share:
            said.append(match.sentence)
            return float(share), None
    return None, None


def _among_credits(match: Match, zone: Zone, percent: Decimal, tops: Collection[float | None]) -> bool:
    """Whether a limit in whose sentence no credit is named is one of credits: of the fee, or the largest of the bands."""
    if "other" in match or percent > WHOLE or match.sentence.kind == "row" or "|" in match.sentence.text or not zone.near(match.sentence, BACK, 1):
        return False
    return "fee" in match or "same" in match or float(percent) == max((t for t in tops if t), default=None) or len(match.sentence.text.split()) <= SHORT


def _answered(match: Match) -> Decimal | None:
    """The share of the fee that answers "What is the most I can get?", or stands under the heading "Cap"."""
    share = match.value("share", in_clause=False)
    if share and isinstance(share[0].amount, Percent):
        return share[0].amount.value
    return next((value for name, value in WORDS.items() if name in match.groups), None)


def _cap_of(matches: Matches, match: Match) -> CreditAmount | None:
    value = _share(matches, match)
    if value is not None:
        if is_level(value):  # "98.5% up to 99.2%"
            return None
        return None if _by_plan(match) or "of_another_time" in match.groups else CreditAmount(percent=value)
    fees = match.value("months_fees", in_clause=False)
    if fees and "longer" not in match.groups and isinstance(fees[0].amount, Decimal | int):
        return CreditAmount(percent=100 * Decimal(fees[0].amount))
    if "part" in match.groups and (part := part_of(match.sentence.text)):
        return part
    inside = [i for i, v in matches.reading.words(match.sentence).values.items() if v.kind in ("percent", "duration")]
    wholes = {n: hits for n, hits in match.groups.items() if n.isdigit()}
    named = min((n for n, hits in wholes.items() if any(all(not h.first <= i < h.last for i in inside) for h in hits)), key=int, default=None)
    if named and "longer" in match.groups:  # a month's fee for a whole quarter
        return None
    if named:
        return CreditAmount(percent=Decimal(named))
    time = match.value("time", in_clause=False)
    if time and isinstance(time[0].amount, Duration) and time[0].amount.unit not in ("hour", "minute", "second"):
        start = time[0].start - match.sentence.start
        worth = worth_of(time[0].amount, match.sentence.text[max(0, start - 16) : start])
        return CreditAmount(days=30 * worth.percent / 100) if worth and worth.percent and "longer" in match.groups else worth
    days = match.value("days", in_clause=False)
    if days:
        return CreditAmount(days=Decimal(str(days[0].amount)))
    return _defined(matches, match) if "named" in match.groups else _same(matches, match) if "same" in match.groups else None


def _same(matches: Matches, match: Match) -> CreditAmount | None:
    """What a limit points back to: the last amount before it, unless that is a rate."""
    at = matches.reading.words(match.sentence).starts[min(h.first for h in match.groups["same"])] - match.sentence.start
    before = match.sentence.text[:at]
    percents = [(v.start, v.amount.value) for v in amounts(before) if isinstance(v.amount, Percent) and not is_level(v.amount.value)]
    parts = [(m.start(), part.percent) for m in _PART.finditer(before) for part in [part_of(f"{m.group()} of it")] if part and part.percent]
    if percents or parts:
        return CreditAmount(percent=max([*percents, *parts])[1])
    whole = credit_amount(before)
    return whole if whole and not whole.rate else None


def _share(matches: Matches, match: Match) -> Decimal | None:
    """The share of the fee; of several the one that the words of the cap lead up to: "reduced by 2%, but by not more than 10%"."""
    words = matches.reading.words(match.sentence).values
    found = [(words.get(h.last - 1) != v, h.first, v.amount.value) for h in match.groups.get("cap", ()) for _, v in h.values if isinstance(v.amount, Percent)]
    return min(found)[2] if found else None


def _by_plan(match: Match) -> bool:
    """Whether a row of a table has a cap for each plan, and not the same one."""
    if match.sentence.kind != "row":
        return False
    return len({v.amount for v in amounts(match.sentence.text) if isinstance(v.amount, Percent)}) > 1


def _defined(matches: Matches, match: Match) -> CreditAmount | None:
    """The per cent that a defined term stands for: "At-Risk Amount" means 12% of the fees."""
    for name, places in matches.reading.definitions.items():
        if name.lower() not in match.sentence.text.lower():
            continue
        for place in places:
            values = amounts(matches.reading.document.plain[place.start : place.end])
            percent = next((v.amount for v in values if isinstance(v.amount, Percent)), None)
            if percent:
                return CreditAmount(percent=percent.value)
    return None
