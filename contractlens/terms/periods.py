"""Over what time availability is measured: what the sentence of a figure says, the table, or a definition elsewhere."""

from __future__ import annotations

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
FAR = 40  # sentences; farther away, only a definition in the words of service levels says over what availability is measured
PERIODS: tuple[Period, ...] = ("month", "quarter", "year", "week", "day")


def period_in(matches: Matches, sentence: Sentence, value: Value | None) -> Period | None:
    """The period that a sentence names, the nearest to the figure where it names several."""
    asked = matches.ask(RULE, sentence)
    words = matches.reading.words(sentence)
    place = next((i for i, v in words.values.items() if v == value), 0)
    found = list(_periods(asked))
    others = sorted(i for i, v in words.values.items() if i != place and isinstance(v.amount, Percent) and v.amount.value >= LOWEST)
    if value and others:  # "97% of any day, 98.5% of any week": each has its own behind it
        until = next((i for i in others if i > place), 10**6)
        found = [(h, p) for h, p in found if place <= h.first < until] or found
    near = [(_distance(h, place), p) for h, p in found]
    return min(near)[1] if near else None


def says_the_same(matches: Matches, sentence: Sentence) -> bool:
    """Whether a figure is "over the same period" as the one before it."""
    return "same" in matches.ask(RULE, sentence)


def _distance(hit: Hit, place: int) -> int:
    return 0 if hit.first <= place < hit.last else min(abs(hit.first - place), abs(hit.last - 1 - place))


def _periods(match: Match) -> Iterable[tuple[Hit, Period]]:
    clock = [h.last - 1 for h in match.groups.get("round_the_clock", [])]  # the week of "seven days a week"
    for name in PERIODS:
        for hit in match.groups.get(name, []):
            if hit.last - 1 not in clock or name == "month":
                yield hit, name
    for hit in match.groups.get("span", []):
        value = hit.value("span")
        period = of_duration(value.amount) if value and isinstance(value.amount, Duration) else None
        if period:
            yield hit, period


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
        name = next((p for p in PERIODS if p in groups), None)
        if name:
            return name
    return None


def period_near(matches: Matches, grid: Grid) -> Period | None:
    return period_of_texts(matches, [s.text for s in reversed(grid.caption)])


def elsewhere(matches: Matches, own: Sentence, others: set[int]) -> Period | None:
    """The period said of availability elsewhere: in the same clause, in a definition, then anywhere in the document."""
    ranked: list[tuple[int, int, Period]] = []
    for match in matches.of(RULE):
        leaving, counted = "leaves" in match.groups, "counted" in match.groups
        found = Counter(p for h, p in _periods(match) if not leaving or (p in ("month", "quarter") and not h.values and not counted))
        if not found or match.sentence.index in others:
            continue
        if match.sentence.kind == "row" and found.most_common(1)[0][0] == "day":
            continue  # credits by the time that was lost in a day
        far = abs(match.sentence.index - own.index) > FAR
        place = 0 if own.clause is not None and match.sentence.clause == own.clause else 1 if "defines" in match else 2
        if (place and far and "strong" not in match) or (place == 2 and far):
            continue
        ranked.append((place, abs(match.sentence.index - own.index), found.most_common(1)[0][0]))
    for match in answers(matches, RULE, "question"):
        told = [p for _, p in _periods(match)]
        if told and abs(match.sentence.index - own.index) <= FAR:
            ranked.append((1, abs(match.sentence.index - own.index), told[0]))
    return min(ranked)[2] if ranked else None
