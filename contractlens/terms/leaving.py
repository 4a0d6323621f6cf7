"""The right to leave after repeated failures, and its figures."""

from __future__ import annotations

from contractlens.language.amounts import Value
from contractlens.language.sentences import Sentence
from contractlens.rulebook import Match, Matches
from contractlens.terms.records import TerminationRight
from contractlens.values import Duration

BACK = 8  # lines of a list above one of them
SPANS = {"per_month": Duration(1, "month"), "per_quarter": Duration(3, "month"), "per_year": Duration(1, "year")}


def termination_right(matches: Matches) -> tuple[TerminationRight | None, list[Sentence]]:
    """The right with the most figures; None where there is none."""
    best: tuple[int, TerminationRight, Sentence] | None = None
    listed = [m for m in matches.run("credits/way-out-listed") if _introduced(matches, m.sentence)]
    for match in (*matches.run("credits/no-way-out"), *listed):
        right = _figures(match)
        points = 2 * ((right.failures is not None) + (right.within is not None)) + match.points
        if best is None or points > best[0]:
            best = points, right, match.sentence
    return (best[1], [best[2]]) if best else (None, [])


def _introduced(matches: Matches, sentence: Sentence) -> bool:
    """Whether the line that introduces the list says that the customer may leave."""
    for before in reversed(matches.reading.sentences[max(0, sentence.index - BACK) : sentence.index]):
        if before.text.rstrip().endswith((":", ":-")):
            return "leave" in matches.ask("credits/way-out-listed", before)
    return False


def _figures(match: Match) -> TerminationRight:
    """How many failures, within what time: `three months out of any 12`, `two consecutive months`, `five outages in a month`."""
    within = _span(match)
    number = next((v for h in match.groups.get("failures", []) for n, v in h.values if n == "failures" and not isinstance(v.amount, Duration)), None)
    if number is not None and within:
        return TerminationRight(failures=int(str(number.amount)), within=within)
    for hit in match.groups.get("failures_time", []):
        times, span = hit.value("failures"), hit.value("within")
        periods = _count(match, times)
        if times and isinstance(times.amount, Duration) and times.amount.unit in ("month", "week"):
            if span and isinstance(span.amount, Duration):
                return TerminationRight(failures=periods, within=span.amount)
            wider = _span(match, times)
            if wider is not None and wider != times.amount and periods > 1:
                return TerminationRight(failures=periods, within=wider)
            if within is None or within == times.amount:
                return TerminationRight(failures=periods, within=times.amount) if periods > 1 else TerminationRight(within=times.amount)
    count = int(str(number.amount)) if number is not None else 2 if "twice" in match.groups else None
    if count and within is None and "consecutive" in match.groups:
        within = Duration(count, "month")
    return TerminationRight(failures=count, within=within)


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
