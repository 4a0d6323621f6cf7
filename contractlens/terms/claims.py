"""Within what time credits must be claimed, and from when that time runs."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Literal

from contractlens.language.amounts import amounts
from contractlens.numerals import ORDINAL_VALUES
from contractlens.rulebook import Match, Matches
from contractlens.terms.acting import by_customer
from contractlens.terms.leads import question_of, run_in
from contractlens.terms.zone import Zone
from contractlens.values import Duration

ClaimFrom = Literal["period_end", "same_period", "invoice", "outage"]
CLAIM_FROM: tuple[ClaimFrom, ...] = ("period_end", "invoice", "outage")
RULE = "credits/claim-window"
BACK = 8  # sentences before it that may speak of credits
AHEAD = 2  # and behind it: "Tell us within a week. The credit is …"
FIRST = 4  # words before what a sentence is about: "All such claims …"
LABEL = 40  # characters of a field's name
LONGEST = 366  # days; what is longer is a time for going to court
_BRACKET = re.compile(r"\s*\(\s*[\w-]+(?:\s+\w+){0,3}\s*\)")
_ORDINAL = re.compile(r"(?<!\w)(?:(\d{1,2})\s*(?:st|nd|rd|th)\b|([a-z]+(?:-[a-z]+)?)(?!\w))", re.I)
_DAY_OF = re.compile(rf"\b(?:\d{{1,2}}\s*(?:st|nd|rd|th)|(?:{'|'.join(ORDINAL_VALUES)}))\b\s*(?:\(\w+\)\s*)?(?:(?:calendar|business|working)\s+)?(?:day\s+)?(?:of|after|in)\b", re.I)


def claim_of(matches: Matches, zone: Zone) -> Match | None:
    """The sentence that is most about claiming credits and says within what time."""
    best: tuple[int, Match] | None = None
    for match in matches.run(RULE, zone):
        led = _led(matches, match)
        asked = "claim" in match.groups or any(h.first <= FIRST for h in match.groups.get("claims_label", ()))
        acting = "other" not in match.groups and by_customer(matches, match)
        plain = acting and zone.near(match.sentence, BACK, AHEAD)
        if not (asked or led or acting):
            continue
        points = match.points + 2 * led + (asked or acting) + ("forfeit" in match.groups)
        if "about" not in match.groups and not led and not _headed(matches, match):
            before = matches.reading.sentences[max(0, match.sentence.index - BACK) : match.sentence.index]
            if not plain and not any("about" in matches.ask(RULE, s) for s in before):
                continue
            points -= 2
        if window_of(match, plain=plain) and (best is None or points > best[0]):
            best = points, match
    return best[1] if best else None


def runs_from(match: Match) -> ClaimFrom | None:
    """What the claim window runs from; one that is told as a month or a day of the next month runs from the period's end."""
    if match.value("window", in_clause=False) is None:
        return "same_period" if "same_month" in match.groups else "period_end"
    return next((start for start in CLAIM_FROM if start in match.groups), None)


def _led(matches: Matches, match: Match) -> bool:
    """Whether the headings above it, or the words that lead up to it, are about claims."""
    if ":" in match.sentence.text[:LABEL] and any(h.first == 0 for h in match.groups.get("claims_head", [])):
        return True  # "How to claim: ticket within 14 days"
    for lead in (run_in(matches.reading, match.sentence), question_of(matches.reading, match.sentence)):
        if lead and "claims_head" in matches.ask(RULE, lead):
            return True
    return any("claims_head" in matches.ask_text(RULE, h) for h in matches.reading.headings(match.sentence)[:2])


def _headed(matches: Matches, match: Match) -> bool:
    """Whether a heading above it is about service levels or credits."""
    return any("about" in matches.ask_text(RULE, h) for h in matches.reading.headings(match.sentence)[:2])


def window_of(match: Match, *, plain: bool = True) -> Duration | None:
    """The time to claim; of a day of the next month, that many days. `plain` where any time by which something is due may be it."""
    if stated := _stated(match, "window"):
        return stated
    named = max((name for name in match.groups if name[0] == "P" and name[1:2].isdigit()), default=None)
    if named and not (named == "P1M" and "by_day" in match.groups and _DAY_OF.search(match.sentence.text)):  # not "by the 10th of the next month"
        return Duration.parse(named)
    if match.groups.keys() & {"by_day", "nth_day"} and (day := _day(match)):
        return Duration(day, "day")
    if plain and (stated := _stated(match, "due")):
        return stated
    yearday = match.value("yearday", in_clause=False)
    if yearday:
        return _into_year(str(yearday[0].amount))
    return Duration(1, "month") if "same_month" in match.groups else None


def _stated(match: Match, name: str) -> Duration | None:
    """The first value of that name that may be a time to claim; of "one month (30 days)" the figure in brackets."""
    for value, _ in match.values(name, in_clause=False):
        if isinstance(value.amount, Duration) and (value.amount.seconds or 0) <= LONGEST * 86_400 and value.amount.unit not in ("year", "minute", "second"):
            behind = match.sentence.text[value.end - match.sentence.start :]
            exact = next(iter(amounts(behind)), None) if _BRACKET.match(behind) else None
            return exact.amount if exact and isinstance(exact.amount, Duration) else value.amount
    return None


def _into_year(yearday: str) -> Duration:
    """How far into the year a day lies: by 31 January is a month, by the 15th of it 15 days."""
    month, day = int(yearday[2:4]), int(yearday[5:7])
    if day == monthrange(2001, month)[1]:
        return Duration(month, "month")
    return Duration((date(2001, month, day) - date(2000, 12, 31)).days, "day")


def _day(match: Match) -> int | None:
    """The ordinal of "by the tenth (10th) day of the following month"."""
    for figure, word in _ORDINAL.findall(match.sentence.text):
        day = int(figure) if figure else ORDINAL_VALUES.get(word.lower(), 0)
        if 0 < day <= 31:
            return day
    return None
