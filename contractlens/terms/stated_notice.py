"""What one sentence says of a notice: how long before, on which day, in writing, by whom; and which of its durations are notices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from contractlens.language.marking import Words
from contractlens.language.sentences import Sentence
from contractlens.language.value import Value
from contractlens.rulebook import Matches
from contractlens.rulebook.matching import Hit
from contractlens.values import Duration, compare

NOTICE = "renewal/non-renewal-notice"
TO_THE_OTHER_EDGE = 10  # words
_JOINED = frozenset({"and", "nor", "or", "but", ","})


@dataclass(frozen=True)
class Notice:
    least: Duration | None = None
    most: Duration | None = None
    day: str | None = None
    written: bool = False
    by: Literal["either", "customer", "vendor"] | None = None
    received: bool | None = None
    clear: bool = False  # "30 clear days": neither the day of the notice nor that of the end counts
    to: str | None = None  # what it is counted back from, where that is not the end of the term

    @property
    def found(self) -> bool:
        return bool(self.least or self.most or self.day)


def notice_in(matches: Matches, sentence: Sentence, lengths: set[int]) -> Notice:
    """The notice that a sentence states; `lengths` are the places of durations that are lengths of renewals."""
    groups = matches.ask(NOTICE, sentence).groups
    if not (groups.get("notice") or groups.get("before")):
        return Notice(written=bool(groups.get("written")), by=_by(groups), received=True if groups.get("receipt") else None)
    words = matches.reading.words(sentence)
    most = [v for v in kept(matches, groups.get("notice_max", []), "notice_max", words) if not (v.start in lengths and reads_as_term(matches, v, words))]  # "for up to three one-year terms"
    least = [v for v in kept(matches, groups.get("notice_min", []), "notice_min", words) if v.note != "recurring" and v not in most]
    least = [v for v in least if not (v.start in lengths and (reads_as_term(matches, v, words) or not reads_as_notice(matches, v, words)))]
    least = [v for v in least if not reads_as_term(matches, v, words)] or least  # "of the initial five (5) year term"
    others = {v.start for v in kept(matches, groups.get("of_something_else", []), "notice_min", words)}
    least = [v for v in least if v.start not in others]
    day = kept(matches, groups.get("notice_date", []), "notice_date", words)
    yearday = yearday_of(day[0]) if day else None
    if yearday and groups.get("before_date") and not groups.get("by_date"):
        yearday = _day_before(yearday)
    shortest, longest = _chosen(matches, least, groups, words), amount(most[0]) if most else None
    if shortest and longest and compare(shortest, longest) == 1:
        shortest, longest = longest, shortest  # "between thirty and sixty days"
    return Notice(
        shortest,
        longest,
        yearday,
        bool(groups.get("written")),
        _by(groups),
        True if groups.get("receipt") else None,
        any(_is_clear(matches, v) for v in least),
        _to(groups, words),
    )


def _is_clear(matches: Matches, value: Value) -> bool:
    said = matches.reading.document.plain[value.start : value.end].lower().split()
    return not matches.listed("clear_words").isdisjoint(said)


def yearday_of(value: Value) -> str:
    """The day of the year: --11-01 for "November 1 of each year", and for "November 1, 2026"."""
    return f"--{value.amount:%m-%d}" if isinstance(value.amount, date) else str(value.amount)


def _day_before(yearday: str) -> str:
    """"Before November 1" is by October 31; before March 1 it is the 28th of February, the earlier of two."""
    try:
        return f"--{date.fromisoformat(f'2027{yearday[1:]}') - timedelta(days=1):%m-%d}"
    except ValueError:  # 29 February; any other such day is none, and is told where it is counted
        return "--02-28" if yearday == "--02-29" else yearday


def _chosen(matches: Matches, least: Sequence[Value], groups: dict[str, list[Hit]], words: Words) -> Duration | None:
    """Of several notices the one counted back from the end of the term, behind "unless"; of equals the longer, which is never late."""
    if not least:
        return None
    ends = {v.start for v in kept(matches, groups.get("before_end", []), "notice_min", words)}
    conditions = matches.listed("condition_words")
    breaks = [start for start, token in zip(words.starts, words.tokens, strict=True) if token in conditions]

    def rank(value: Value) -> tuple[bool, bool]:
        return any(b < value.start for b in breaks), value.start in ends

    best = max(rank(v) for v in least)
    equals = [v for v in least if rank(v) == best]
    if groups.get("each_its_own"):  # "unless the Customer gives 90 days' notice, or the Provider 30 days'"
        equals = [v for v in least if rank(v)[0] == best[0]]
    lengths = [length for v in equals for length in (amount(v), v.other) if length]  # "ninety (60) days" says two
    chosen = lengths[0]
    for other in lengths[1:]:
        chosen = other if compare(other, chosen) == 1 else chosen
    return chosen


def _to(groups: dict[str, list[Hit]], words: Words) -> str | None:
    """What else than the end of the term a notice is counted back from, in the document's words."""
    hits = groups.get("before_other", [])
    return " ".join(words.tokens[hits[0].first : hits[0].last]) if hits else None


def _by(groups: dict[str, list[Hit]]) -> Literal["either", "customer", "vendor"] | None:
    if groups.get("either"):
        return "either"
    customer = bool(groups.get("customer_only")) and not groups.get("to_customer")
    vendor = bool(groups.get("vendor_only")) and not groups.get("to_vendor")
    if customer != vendor:
        return "customer" if customer else "vendor"
    return "either" if customer else None


def kept(matches: Matches, hits: Sequence[Hit], name: str, words: Words) -> list[Value]:
    """The values kept under a name, each once, in reading order; none by a hit that runs across "unless" or the like."""
    breaks = matches.listed("thought_breaks")
    whole = [h for h in hits if not any(token in breaks for token in words.tokens[h.first + 1 : h.last])]
    found = {v.start: v for h in whole for n, v in h.values if n == name}
    return [found[k] for k in sorted(found)]


def amount(value: Value) -> Duration:
    assert isinstance(value.amount, Duration)
    return value.amount


def reads_as_notice(matches: Matches, value: Value, words: Words) -> bool:
    """Whether the words behind a duration make it a notice: "90 days' prior written", but not "one year by written notice"."""
    following = _after(value, words, 3)
    if following and following[0] in matches.listed("period_words"):
        return False
    if following and following[0] in _JOINED and (other := _other_edge(value, words)):
        return reads_as_notice(matches, other, words)
    breaks = matches.listed("thought_breaks") | matches.listed("brings_in_a_notice")
    for word in following:
        if word in breaks:
            return False
        if word in matches.listed("notice_words"):
            return True
    return False


def _other_edge(value: Value, words: Words) -> Value | None:
    """The other edge of a window: the 45 days of "no more than 120 days and no fewer than 45 days before"."""
    at = words.starts.index(value.start) if value.start in words.starts else len(words.starts)
    for i in range(at + 2, min(at + 2 + TO_THE_OTHER_EDGE, len(words.tokens))):
        if i in words.values and words.values[i].kind == "duration" and "than" in words.tokens[at + 1 : i]:
            return words.values[i]
    return None


def reads_as_term(matches: Matches, value: Value, words: Words) -> bool:
    """Whether they make it the length of a term: "twelve (12) month periods"."""
    following = _after(value, words, 2)
    return bool(matches.listed("period_words") & set(following)) and matches.listed("notice_nouns").isdisjoint(following)


def _after(value: Value, words: Words, count: int) -> list[str]:
    at = next((i for i, start in enumerate(words.starts) if start == value.start), None)
    return [] if at is None else words.tokens[at + 1 : at + 1 + count]
