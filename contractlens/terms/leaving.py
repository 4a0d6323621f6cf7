"""The right to leave after repeated failures, and its figures."""

from __future__ import annotations

import re

from contractlens.language.sentences import Sentence
from contractlens.language.value import Value
from contractlens.rulebook import Match, Matches
from contractlens.terms.records import TerminationRight
from contractlens.terms.zone import Zone
from contractlens.values import Duration

RULE, LISTED = "credits/no-way-out", "credits/way-out-listed"
ITEMS = 1  # of a list that makes an event
BACK = 8  # lines of a list above one of them
DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
SPANS = {"per_month": Duration(1, "month"), "per_quarter": Duration(3, "month"), "per_year": Duration(1, "year")}


def termination_right(matches: Matches, zone: Zone) -> tuple[TerminationRight | None, list[Sentence]]:
    """The right with the most figures; None where there is none.

    Rights to leave stand together at an agreement's end, far from its service levels: there their own words must name one.
    """
    best: tuple[int, TerminationRight, list[Sentence]] | None = None
    own = [m for m in matches.run(RULE) if "missed" in m or (m.sentence in zone and ("vendor_leaves" not in m or "failures_time" in m))]
    listed = [m for m in matches.run(LISTED) if _introduced(matches, m.sentence)]
    for match in (*own, *listed):
        right, said = _figures(match), [match.sentence]
        if right.failures is None and (named := _named_event(matches, match)):
            right, said = _figures(named), [named.sentence, match.sentence]
        points = 2 * ((right.failures is not None) + (right.within is not None)) + match.points
        if best is None or points > best[0]:
            best = points, right, said
    return (best[1], best[2]) if best else (None, [])


_NAME = re.compile(r"[A-Z][a-z]+(?:[ -][A-Z][a-z]+){1,4}")


def _named_event(matches: Matches, match: Match) -> Match | None:
    """Where the event that gives the right is made: `a Critical Failure occurs where … in two months of six`."""
    names = _NAME.findall(match.sentence.text)
    for s in matches.reading.sentences:
        if s.index == match.sentence.index or not any(n in s.text for n in names):
            continue
        asked = _with_items(matches, matches.ask(RULE, s))
        if "defined" in asked and ("failure" in asked or "missed" in asked) and _figures(asked).failures is not None:
            return asked
    return None


def _with_items(matches: Matches, match: Match) -> Match:
    """The match with the items of its list: "occurs where Availability / (a) is lower than 99.9% in any four months"."""
    if "defined" not in match.groups or match.sentence.text.rstrip().endswith((".", ";")):
        return match
    following = matches.reading.sentences[match.sentence.index + 1 : match.sentence.index + 1 + ITEMS]
    groups = matches.ask_text(RULE, " ".join([match.sentence.text, *(s.text for s in following)]))
    return Match(match.rule, match.sentence, groups)


def _introduced(matches: Matches, sentence: Sentence) -> bool:
    """Whether the line that introduces the list says that the customer may leave."""
    for before in reversed(matches.reading.sentences[max(0, sentence.index - BACK) : sentence.index]):
        if before.text.rstrip().endswith((":", ":-")):
            return "leave" in matches.ask(LISTED, before)
    return False


def _figures(match: Match) -> TerminationRight:
    """How many failures, within what time: `three months out of any 12`, `two consecutive months`, `five outages in a month`."""
    within = _span(match)
    numbers = (v for h in match.groups.get("failures", []) for n, v in h.values if n == "failures")
    number = next((v for v in numbers if not isinstance(v.amount, Duration) and not _of_clause(match, v)), None)
    counted = _periods(match)
    if counted:
        return counted
    if number is not None and within:
        return TerminationRight(failures=int(str(number.amount)), within=within)
    timed = _of_times(match)
    if timed:
        return timed
    count = int(str(number.amount)) if number is not None else 2 if "twice" in match.groups else None
    if count and within is None and "consecutive" in match.groups:
        within = Duration(count, "month")
    if count is None and within and "repeated" not in match and any(span in match for span in SPANS):
        count = 1  # "less than 98% in any month"
    return TerminationRight(failures=count, within=within)


def _of_times(match: Match) -> TerminationRight | None:
    """Failures that are counted as times: two consecutive months, three months out of any six."""
    for hit in sorted(match.groups.get("failures_time", []), key=lambda h: -len(h.values)):
        times, span, of = hit.value("failures"), hit.value("within"), hit.value("of")
        if times is None or not isinstance(times.amount, Duration) or times.amount.unit not in ("month", "week", *(["year"] if "consecutive" in match.groups else [])):
            continue
        periods = _count(match, times)
        if span and isinstance(span.amount, Duration):
            return TerminationRight(failures=periods, within=span.amount)
        if of is not None and periods:
            return TerminationRight(failures=periods, within=Duration(int(str(of.amount)) * int(times.amount.count) // periods, times.amount.unit))
        wider = _span(match, times)
        if wider is not None and periods > 1 and _days(wider) > _days(times.amount):
            return TerminationRight(failures=periods, within=wider)
        return TerminationRight(failures=periods, within=times.amount) if periods > 1 else TerminationRight(within=times.amount)
    return None


def _periods(match: Match) -> TerminationRight | None:
    """Two successive thirty-day periods are sixty days."""
    for hit in match.groups.get("periods", []):
        number, each = hit.value("failures"), hit.value("each")
        if number and each and isinstance(each.amount, Duration):
            count = int(str(number.amount))
            return TerminationRight(failures=count, within=_span(match, each) or Duration(int(each.amount.count) * count, each.amount.unit))
    return None


def _of_clause(match: Match, value: Value) -> bool:
    """Whether a number at the start of a sentence is its clause's: the 6 of "6. Where …"."""
    end = value.end - match.sentence.start
    return value.start == match.sentence.start and match.sentence.text[end : end + 1] in (".", ")")


def _days(time: Duration) -> int:
    """About how long a time is, to compare two."""
    return int(time.count * DAYS[time.unit]) if time.unit in DAYS else 0


def _count(match: Match, times: Value | None) -> int:
    """How many periods a time counts: two quarters are six months, and two failures."""
    if times is None or not isinstance(times.amount, Duration):
        return 0
    said = match.sentence.text[times.start - match.sentence.start : times.end - match.sentence.start].lower()
    return int(times.amount.count) // (3 if "quarter" in said and times.amount.unit == "month" else 1)


def _span(match: Match, but: Value | None = None) -> Duration | None:
    """Within what time, from a figure or from "in any quarter"; `but` is the value that counts the failures."""
    for value in (v for h in match.groups.get("within", []) for n, v in h.values if n == "within" and v != but):
        if isinstance(value.amount, Duration) and value.amount.unit in ("month", "year", "week", "day"):
            return value.amount
    return next((span for name, span in SPANS.items() if name in match.groups), None)
