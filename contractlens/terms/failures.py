"""The figures of a right to leave: how many failures, within what time."""

from __future__ import annotations

import re
from dataclasses import dataclass

from contractlens.language.value import Value
from contractlens.numerals import ORDINAL_VALUES
from contractlens.rulebook.matching import Hit
from contractlens.terms.records import TerminationRight
from contractlens.values import Duration

DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
SPANS = {"per_half_year": Duration(6, "month"), "per_month": Duration(1, "month"), "per_quarter": Duration(3, "month"), "per_year": Duration(1, "year")}
NTH = ("nth", "nth_month", "nth_time")
_ORDINAL = re.compile(r"(?<!\w)(?:(\d{1,2})\s*(?:st|nd|rd|th)\b|([a-z]+(?:-[a-z]+)?)(?!\w))", re.I)


@dataclass(frozen=True)
class Said:
    """What the groups of a rule met in a text that begins at `start`."""

    groups: dict[str, list[Hit]]
    text: str
    start: int = 0

    @property
    def ordinal(self) -> int:
        """The 3 of "the third outage in any six months"; 0 where failures are not counted so."""
        if not any(name in self.groups for name in NTH):
            return 0
        found = (int(figure) if figure else ORDINAL_VALUES.get(word.lower(), 0) for figure, word in _ORDINAL.findall(self.text))
        return next((n for n in found if n > 1), 0)

    def in_succession(self, ordinal: int) -> Duration | None:
        """The time up to "a third consecutive quarter"."""
        if "nth_month" in self.groups:
            return Duration(ordinal, "month")
        each = next((v.amount for h in self.groups.get("nth_time", []) for _, v in h.values), None)
        return Duration(ordinal * each.count, each.unit) if isinstance(each, Duration) else None

    def exceeds(self, value: Value) -> int:
        """1 where it takes more than the figure: "more than three outages" are four."""
        return int(any(v == value for h in self.groups.get("more_than", []) for _, v in h.values))


def figures_of(said: Said) -> TerminationRight:
    """How many failures, within what time: `three months out of any 12`, `two consecutive months`, `five outages in a month`."""
    within = _span(said)
    numbers = (v for h in said.groups.get("failures", []) for n, v in h.values if n == "failures")
    number = next((v for v in numbers if not isinstance(v.amount, Duration) and not _of_clause(said, v)), None)
    counted = _periods(said) or _bad_of(said)
    if counted:
        return counted
    if any(h.value("of") for h in said.groups.get("failures_time", [])) and (of_more := _of_times(said)):
        return of_more  # "two (2) months out of any five (5)"
    if "twice" in said.groups and within and number is None and "nth" not in said.groups:
        return TerminationRight(failures=2, within=within)
    if number is not None and within:
        return TerminationRight(failures=int(str(number.amount)) + said.exceeds(number), within=within)
    if (ordinal := said.ordinal) and number is None:
        return TerminationRight(failures=ordinal, within=said.in_succession(ordinal) or within)
    days = next((v for h in said.groups.get("failures_days", []) for _, v in h.values), None)
    if days and within and isinstance(days.amount, Duration) and days.amount.unit == "day":
        return TerminationRight(failures=int(days.amount.count) + said.exceeds(days), within=_span(said, days))
    timed = _of_times(said)
    if timed:
        return timed
    count = int(str(number.amount)) + said.exceeds(number) if number is not None else 2 if "twice" in said.groups else None
    if count and within is None and "consecutive" in said.groups:
        within = Duration(count, "month")
    if count is None and within and "repeated" not in said.groups and any(span in said.groups for span in SPANS):
        count = 1  # "less than 98% in any month"
    return TerminationRight(failures=count, within=within)


def _of_times(said: Said) -> TerminationRight | None:
    """Failures that are counted as times: two consecutive months, three months out of any six."""
    for hit in sorted(said.groups.get("failures_time", []), key=lambda h: (_over_a_row(said, h), -len(h.values))):
        times, span, of = hit.value("failures"), hit.value("within"), hit.value("of")
        if times is None or not isinstance(times.amount, Duration) or times.amount.unit not in ("month", "week", *(["year"] if "consecutive" in said.groups else [])):
            continue
        if any(v == times for h in said.groups.get("a_window", []) for _, v in h.values) and span is None and of is None:
            continue
        periods = _count(said, times)
        if span and isinstance(span.amount, Duration):
            return TerminationRight(failures=periods, within=span.amount)
        if of is not None and periods:
            return TerminationRight(failures=periods, within=Duration(int(str(of.amount)) * int(times.amount.count) // periods, times.amount.unit))
        wider = _span(said, times)
        if any(v == times for h in said.groups.get("row_or", []) for _, v in h.values):
            return TerminationRight(failures=periods, within=times.amount)
        if wider is not None and periods > 1 and _days(wider) > _days(times.amount):
            return TerminationRight(failures=periods, within=wider)
        return TerminationRight(failures=periods, within=times.amount) if periods > 1 else TerminationRight(within=times.amount)
    return None


def _over_a_row(said: Said, hit: Hit) -> bool:
    """Whether it goes over the end of a count in a row, or is the one behind it: "three months in a row, or in any four months of a year"."""
    return any((len(hit.values) > 1 and h.first == hit.first and h.last < hit.last) or hit.first >= h.last - 1 for h in said.groups.get("row_or", []))


def _periods(said: Said) -> TerminationRight | None:
    """Two successive thirty-day periods are sixty days."""
    for hit in said.groups.get("periods", []):
        number, each = hit.value("failures"), hit.value("each")
        if number and each and isinstance(each.amount, Duration):
            count = int(str(number.amount))
            return TerminationRight(failures=count, within=_span(said, each) or Duration(int(each.amount.count) * count, each.amount.unit))
    return None


def _bad_of(said: Said) -> TerminationRight | None:
    """`three missed months in any twelve`."""
    for hit in said.groups.get("bad_of", []):
        number, of = hit.value("failures"), hit.value("of")
        if number and of:
            return TerminationRight(failures=int(str(number.amount)), within=Duration(int(str(of.amount)), "month"))
    return None


def _of_clause(said: Said, value: Value) -> bool:
    """Whether a number at the start of a sentence is its clause's: the 6 of "6. Where …"."""
    end = value.end - said.start
    return value.start == said.start and said.text[end : end + 1] in (".", ")")


def _days(time: Duration) -> int:
    """About how long a time is, to compare two."""
    return int(time.count * DAYS[time.unit]) if time.unit in DAYS else 0


def _count(said: Said, times: Value | None) -> int:
    """How many periods a time counts: two quarters are six months, and two failures."""
    if times is None or not isinstance(times.amount, Duration):
        return 0
    words = said.text[times.start - said.start : times.end - said.start].lower()
    return int(times.amount.count) // (3 if "quarter" in words and times.amount.unit == "month" else 1) + said.exceeds(times)


def _span(said: Said, but: Value | None = None) -> Duration | None:
    """Within what time, from a figure or from "in any quarter"; `but` is the value that counts the failures."""
    for value in (v for h in said.groups.get("within", []) for n, v in h.values if n == "within" and v != but):
        if isinstance(value.amount, Duration) and value.amount.unit in ("month", "year", "week", "day"):
            return value.amount
    return next((span for name, span in SPANS.items() if name in said.groups), None)
