"""Over what time availability is measured: what the sentence of a figure says, the table, or a definition elsewhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from contractlens.language.sentences import Sentence
from contractlens.language.value import Value
from contractlens.rulebook import Match, Matches
from contractlens.rulebook.matching import Hit
from contractlens.terms.grid import Grid
from contractlens.terms.leads import answers
from contractlens.terms.records import Period
from contractlens.values import Duration, Percent

RULE = "uptime/period"
LOWEST = Decimal(80)  # a service level is no lower
DEFINED = 14  # words of a definition in which its period stands
_IS_TIME = re.compile(r"[\s:,]*(?:in\s+relation\s+to\s+[^,]{1,60},\s*)?(?:(?:an?|any|each|every|one|the|of|period|periods|time|calendar|consecutive|rolling|single|full)\s+)*(?:(?:\d+|[a-z]+)(?:\s*\(\d+\))?[\s-]+)?(?:calendar\s+|consecutive\s+|contract\s+|successive\s+){0,2}(?:months?|quarters?|years?|weeks?|days?)\b", re.I)
_A_PERIOD = re.compile(r"^(?:an?|any|each|every|the)\s+(?:\w+\s+)?period\s+of\s+(?:time\s+of\s+)?(?=\w+\s+(?:\w+\s+){0,2}(?:months|weeks|days|years|quarters)\b)", re.I)  # of three months
FAR = 40  # sentences; farther away, only a definition in the words of service levels says over what availability is measured
HINTED = 3  # after all that says outright over what availability is measured: the month of a credit, or of a miss
PERIODS: tuple[Period, ...] = ("month", "quarter", "year", "week", "day")


def period_in(matches: Matches, sentence: Sentence, value: Value | None) -> Period | None:
    """The period that a sentence names, the nearest to the figure where it names several."""
    asked = matches.kept(RULE, sentence)
    if _is_chosen(matches, sentence):
        return None
    words = matches.reading.words(sentence)
    place = next((i for i, v in words.values.items() if v == value), 0)
    found = list(_periods(matches, asked))
    others = sorted(i for i, v in words.values.items() if i != place and isinstance(v.amount, Percent) and v.amount.value >= LOWEST)
    if value and others:  # "97% of any day, 98.5% of any week": each has its own behind it
        until = next((i for i in others if i > place), 10**6)
        found = [(h, p) for h, p in found if place <= h.first < until] or found
    near = [(_distance(h, place), p) for h, p in found]
    return min(near)[1] if near else period_named(matches, sentence)


def period_named(matches: Matches, sentence: Sentence) -> Period | None:
    """The period for which a defined name in a sentence stands: `"Window" means a calendar quarter`, and "in each Window"."""
    said = " ".join(sentence.text.split())
    for name, meanings in matches.reading.definitions.items():
        if name not in said.lower() or not any(w[:1].isupper() for w in _words_of(name, said)):
            continue
        for meaning in (m for m in meanings if m.sentence != sentence.index):
            text = " ".join(matches.reading.document.plain[meaning.start : meaning.end].split()[:DEFINED])
            period = period_of_texts(matches, [f"measured over {_A_PERIOD.sub('', text.lstrip('s: '))}"]) if _IS_TIME.match(text) else None
            if period:
                return period
    return None


def _words_of(name: str, text: str) -> list[str]:
    at = text.lower().find(name)
    return text[at : at + len(name)].split()


def _is_chosen(matches: Matches, sentence: Sentence) -> bool:
    """Whether it goes by a billing period that is a month or a year, as the customer chose."""
    return "billing" in sentence.words and any("billing" in s.words and "choice" in matches.ask(RULE, s) for s in matches.reading.sentences)


def says_the_same(matches: Matches, sentence: Sentence) -> bool:
    """Whether a figure is "over the same period" as the one before it."""
    return "same" in matches.ask(RULE, sentence)


def _distance(hit: Hit, place: int) -> int:
    return 0 if hit.first <= place < hit.last else min(abs(hit.first - place), abs(hit.last - 1 - place))


def _periods(matches: Matches, match: Match) -> Iterable[tuple[Hit, Period]]:
    hours = [h.first for h in match.groups.get("round_the_clock", [])]  # the hours of "24 hours a day"
    clock = [h.last - 1 for h in match.groups.get("round_the_clock", [])]  # the week of "seven days a week"
    for name in PERIODS:
        for hit in match.groups.get(name, []):
            if hit.last - 1 not in clock or name == "month":
                yield hit, name
    for hit in match.groups.get("allowed_a_year", []):
        yield hit, "year"
    for hit in (*match.groups.get("span", []), *match.groups.get("counted_times", []), *match.groups.get("out_of", [])):
        _, value = hit.values[0]
        if not isinstance(value.amount, Duration) or any(_distance(hit, c) == 0 for c in hours):
            continue
        period = _counted(matches, match, value) or (of_duration(value.amount) if hit.value("span") else None)
        if period:
            yield hit, period


def _counted(matches: Matches, match: Match, time: Value) -> Period | None:
    """The unit of a time that counts what was missed: the month of "in three consecutive months", "two months running"."""
    if not isinstance(time.amount, Duration) or time.amount.count <= 1 or not match.groups.keys() & {"leaves", "hints"} or "defines" in match.groups:
        return None
    text = match.sentence.text[time.start - match.sentence.start : time.end - match.sentence.start].lower()
    counted = ("leaves" in match.groups and "span" in match.groups) or _repeated(matches, match, time)
    return next((p for p in PERIODS if p in text), None) if counted else None


def _repeated(matches: Matches, match: Match, time: Value) -> bool:
    """Whether the times stand one after the other, or are so many out of more: "three consecutive months", "two months of any six"."""
    text = match.sentence.text[time.start - match.sentence.start : time.end - match.sentence.start].lower()
    return not matches.listed("in_a_row").isdisjoint(text.split()) or any(v == time for h in match.groups.get("out_of", []) for _, v in h.values)


def _trailing(match: Match) -> list[Period]:
    """The time that is looked back upon, where a sentence also says how often that is done: "each day, for the 365 days then ended"."""
    found = [of_duration(v.amount) for h in match.groups.get("trailing", []) for _, v in h.values if isinstance(v.amount, Duration)]
    return [p for p in found if p]


def of_duration(duration: Duration) -> Period | None:
    months = {1: "month", 3: "quarter", 12: "year"}
    days = {1: "day", 7: "week", 30: "month", 31: "month", 90: "quarter", 365: "year"}
    if duration.unit in ("month", "year"):
        return months.get(int(duration.count) * (12 if duration.unit == "year" else 1))  # type: ignore[return-value]
    if duration.unit in ("day", "week"):
        return days.get(int(duration.count) * (7 if duration.unit == "week" else 1))  # type: ignore[return-value]
    return "day" if duration.unit == "hour" and duration.count == 24 else None


def named(match: Match) -> Period | None:
    return next((p for p in PERIODS if p in match.groups), None)


def period_of_texts(matches: Matches, texts: Sequence[str]) -> Period | None:
    for text in texts:
        groups = matches.ask_text(RULE, text) if text else {}
        spans = (v.amount for h in groups.get("span", []) for _, v in h.values)
        name = next((p for p in PERIODS if p in groups), None) or next((p for s in spans if isinstance(s, Duration) for p in [of_duration(s)] if p), None)
        if name:
            return name
    return None


def period_near(matches: Matches, grid: Grid) -> Period | None:
    return period_of_texts(matches, [s.text for s in reversed(grid.caption)])


def _of_leaving(matches: Matches, match: Match, hit: Hit, period: Period, counted: bool) -> bool:
    """Whether a time in a way out says over what availability is measured: a month in which it was missed, and no "three outages in a month"."""
    return period in ("month", "quarter") and not counted and all(_repeated(matches, match, v) and _counted(matches, match, v) == period for _, v in hit.values)


def elsewhere(matches: Matches, own: Sentence, others: set[int]) -> Period | None:
    """The period said of availability elsewhere: in the same clause, in a definition, then anywhere in the document."""
    ranked: list[tuple[int, int, Period]] = []
    for match in matches.run(RULE):
        leaving, counted = "leaves" in match.groups, "counted" in match.groups
        found = Counter(_trailing(match) if not leaving else ()) or Counter(p for h, p in _periods(matches, match) if not leaving or _of_leaving(matches, match, h, p, counted))
        if not found or match.sentence.index in others or _is_chosen(matches, match.sentence):
            continue
        if match.sentence.kind == "row" and found.most_common(1)[0][0] == "day":
            continue  # credits by the time that was lost in a day
        far = abs(match.sentence.index - own.index) > FAR
        looks_back = "defines" in match and "trailing" in match and not leaving  # however often that is looked at
        place = -1 if looks_back else HINTED if "measured" not in match else 0 if own.clause is not None and match.sentence.clause == own.clause else 1 if "defines" in match else 2
        if (place and far and "strong" not in match) or (place >= 2 and far):
            continue
        ranked.append((place, abs(match.sentence.index - own.index), found.most_common(1)[0][0]))
    for match in answers(matches, RULE, "question"):
        told = [p for _, p in _periods(matches, match)]
        if told and abs(match.sentence.index - own.index) <= FAR:
            ranked.append((1, abs(match.sentence.index - own.index), told[0]))
    return min(ranked)[2] if ranked else None
