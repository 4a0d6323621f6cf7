"""The renewal: what kind, for how long, how often, and the notice that stops it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from contractlens.language.amounts import Value
from contractlens.language.sentences import Sentence
from contractlens.rulebook import Match, Matches
from contractlens.rulebook.matching import Hit
from contractlens.terms.records import Renewal
from contractlens.values import Duration, compare

Kind = Literal["automatic", "optional", "month_to_month"]
KINDS: dict[str, Kind | None] = {
    "renewal/automatic-renewal": "automatic",
    "renewal/renewal-by-silence": "automatic",
    "renewal/optional-renewal": "optional",
    "renewal/month-to-month": "month_to_month",
    "renewal/no-renewal": None,
}
DETAILS = "renewal/renewal-details"
NOTICE = "renewal/non-renewal-notice"
MONTH = Duration(1, "month")
SHORTEST_TERM = Duration(25, "day")  # a renewal for less is no renewal of an agreement


@dataclass(frozen=True)
class Found:
    """The sentence that renews, by which rule, and the sentences of its clause in which details may stand."""

    kind: Kind | None
    match: Match
    nearby: tuple[Sentence, ...]


def read(matches: Matches) -> Renewal | None:
    """The agreement's renewal; None where nothing renews."""
    found = find(matches)
    if found is None or found.kind is None:
        return None
    return _Reader(matches, found).read()


def find(matches: Matches) -> Found | None:
    """The clause that says whether and how the agreement renews: by points, and in one sentence by precedence."""
    order = matches.rulebook.precedence.get("renewal", list(KINDS))
    by_sentence: dict[int, list[Match]] = {}
    for rule_id in KINDS:
        for match in matches.of(rule_id):
            by_sentence.setdefault(match.sentence.index, []).append(match)
    if not by_sentence:
        return None
    chosen = [min(found, key=lambda m: order.index(m.rule.id)) for found in by_sentence.values()]
    best = max(chosen, key=lambda m: (_weight(matches, m), -m.sentence.index))
    return Found(KINDS[best.rule.id], best, tuple(matches.reading.around(best.sentence)))


def _weight(matches: Matches, match: Match) -> float:
    """How likely it is the agreement's own renewal clause."""
    headings = " ".join(matches.reading.headings(match.sentence)[:2]).lower()
    heading = 2.0 if any(word in headings for word in ("term", "duration", "renew")) else 0.0
    kind = {"automatic": 2.0, "month_to_month": 1.0, "optional": 0.5}.get(KINDS[match.rule.id] or "", 0.0)
    return match.points + heading + kind - (1.5 if match.sentence.kind == "row" else 0)


class _Reader:
    """Reads the details of one renewal clause."""

    def __init__(self, matches: Matches, found: Found) -> None:
        self.matches = matches
        self.kind: Kind = found.kind or "optional"
        self.sentence = found.match.sentence
        self.rolls = any(matches.match(matches.rulebook.rules[r], self.sentence) for r in ("renewal/automatic-renewal", "renewal/renewal-by-silence"))
        self.nearby = [s for s in found.nearby if s.kind != "heading" and abs(s.index - self.sentence.index) <= 8]
        self.details = matches.ask(DETAILS, self.sentence)
        self.at = _verb(self.details, found.match)
        self.used: list[Sentence] = [self.sentence]

    def read(self) -> Renewal:
        term = self._renewal_term()
        kind: Kind = self.kind
        if kind == "month_to_month" and self.rolls and isinstance(term, Duration) and compare(term, MONTH) == 1:
            kind = "automatic"  # "renews for one-year terms until terminated"
        if kind == "automatic" and isinstance(term, Duration) and term.unit in ("month", "day", "week") and (compare(term, MONTH) or 0) <= 0:
            kind = "month_to_month"
        if kind == "month_to_month" and term is None:
            term = MONTH
        successive, most = self._how_often(kind)
        notice = self._notice(term)
        return Renewal(
            kind=kind,
            renewal_term=term,
            successive=successive,
            max_renewals=most,
            notice_min=notice.least,
            notice_max=notice.most,
            notice_date=notice.day,
            notice_unit=_unit(notice.least or notice.most),
            notice_written=notice.written,
            notice_by=notice.by,
            evidence=self.matches.reading.evidence(*self.used),
        )

    def _renewal_term(self) -> Duration | Literal["initial_term"] | None:
        """The length of a renewal: stated behind the verb that renews, a like term, or yearly."""
        words = self.matches.reading.words(self.sentence)
        stop = next((words.starts[i] for i in range(self.at, len(words.doc)) if words.doc[i].text == "unless"), self.sentence.end)
        begin = words.starts[self.at]
        stated = [v for v in _kept(self.details.groups.get("renewal_term", []), "renewal_term") if begin <= v.start < stop and _is_term(v, words)]
        if not stated:  # "unless notice …, shall be renewed for": the notice stands before the verb
            stated = [v for v in _kept(self.details.groups.get("renewal_term", []), "renewal_term") if v.start >= begin and _is_term(v, words)]
        if stated:
            return _amount(stated[0])
        if self.details.groups.get("like_term"):
            return "initial_term"
        for sentence in self._near():
            asked = self.matches.ask(DETAILS, sentence)
            near = [v for v in _kept(asked.groups.get("renewal_term", []), "renewal_term") if _is_term(v, self.matches.reading.words(sentence))]
            if near and {"renewal", "renew", "extension", "extended", "extend", "renewed"} & sentence.words and "initial" not in sentence.words:
                self.used.append(sentence)
                return _amount(near[0])
        if self.kind == "automatic" and self.details.groups.get("yearly"):
            return Duration(1, "year")
        return None

    def _how_often(self, kind: Kind) -> tuple[bool | None, int | None]:
        """Whether it renews again and again, and the most renewals where a number is stated."""
        groups = self.details.groups
        counts = _kept(groups.get("count", []), "max_renewals")
        if counts:
            return False, int(float(str(counts[0].amount)))
        if groups.get("successive") or groups.get("every_time") or kind == "month_to_month":
            if groups.get("once") and not _plural(self.sentence) and not groups.get("every_time"):
                return False, 1
            return True, None
        if groups.get("once"):
            return False, 1
        return (True, None) if kind == "automatic" else (False, None)

    def _near(self) -> Iterable[Sentence]:
        """The clause's other sentences, those behind first."""
        behind = [s for s in self.nearby if s.index > self.sentence.index]
        return [*behind, *reversed([s for s in self.nearby if s.index < self.sentence.index])]

    def _notice(self, term: object) -> _Notice:
        own = self._notice_in(self.sentence, after=0)
        if own.found:
            return own
        for sentence in self._near():
            if {"notice", "notify", "notifies", "notification", "writing"} & sentence.words and {
                "renew", "renewal", "renewed", "non", "terminate", "termination", "extension", "extend", "expiration", "end", "cancel", "expiry", "option", "discontinue",
            } & sentence.words:  # fmt: skip
                near = self._notice_in(sentence, after=0)
                if near.found and not ({"breach", "default", "insolvent", "cure"} & sentence.words):
                    self.used.append(sentence)
                    return near
        return own

    def _notice_in(self, sentence: Sentence, after: int) -> _Notice:
        groups = self.matches.ask(NOTICE, sentence).groups
        words = self.matches.reading.words(sentence)
        least = _kept(groups.get("notice_min", []), "notice_min")
        most = _kept(groups.get("notice_max", []), "notice_max")
        terms = {v.start for v in _kept(self.details.groups.get("renewal_term", []), "renewal_term")} if sentence is self.sentence else set()
        least = [v for v in least if v.note != "recurring" and v not in most and not (v.start in terms and _reads_as_term(v, words))]
        day = _kept(groups.get("notice_date", []), "notice_date")
        yearday = next((str(v.amount) for v in day if v.kind == "yearday"), None)
        return _Notice(
            _amount(least[0]) if least else None,
            _amount(most[0]) if most else None,
            yearday if not least else None,
            bool(groups.get("written")),
            _by(groups),
        )


@dataclass(frozen=True)
class _Notice:
    least: Duration | None
    most: Duration | None
    day: str | None
    written: bool
    by: Literal["either", "customer", "vendor"] | None

    @property
    def found(self) -> bool:
        return bool(self.least or self.most or self.day)


def _by(groups: dict[str, list[Hit]]) -> Literal["either", "customer", "vendor"] | None:
    if groups.get("either"):
        return "either"
    customer, vendor = bool(groups.get("customer_only")), bool(groups.get("vendor_only"))
    if customer != vendor:
        return "customer" if customer else "vendor"
    return "either" if customer else None


def _verb(details: Match, match: Match) -> int:
    """The word that renews: a verb rather than a noun, and "renew" rather than "extend" or "continue", which first terms do too."""
    for group in ("verb", "verb_extend", "verb_noun", "verb_continue"):
        if hits := details.groups.get(group):
            return min(h.first for h in hits)
    return min(h.first for h in match.groups["renews"])


def _kept(hits: Sequence[Hit], name: str) -> list[Value]:
    """The values kept under a name, each once, in reading order."""
    found = {v.start: v for h in hits for n, v in h.values if n == name}
    return [found[k] for k in sorted(found)]


def _amount(value: Value) -> Duration:
    assert isinstance(value.amount, Duration)
    return value.amount


def _is_term(value: Value, words: object) -> bool:
    """Whether a duration may be the length of a renewal: not a notice, and not of a few days."""
    duration = _amount(value)
    if duration.business or duration.unit in ("hour", "minute", "second"):
        return False
    return compare(duration, SHORTEST_TERM) != -1 and not _reads_as_notice(value, words)


_NOTICE_WORDS = frozenset("notice notification prior before written advance preceding".split())
_TERM_WORDS = frozenset("term terms period periods renewal renewals extension extensions basis".split())


def _after(value: Value, words: object, count: int) -> list[str]:
    doc, starts = words.doc, words.starts  # type: ignore[attr-defined]
    at = next((i for i, start in enumerate(starts) if start == value.start), None)
    return [] if at is None else [doc[i].text for i in range(at + 1, min(at + 1 + count, len(doc)))]


def _reads_as_notice(value: Value, words: object) -> bool:
    following = _after(value, words, 3)
    return bool(_NOTICE_WORDS & set(following)) and not (following and following[0] in _TERM_WORDS)


def _reads_as_term(value: Value, words: object) -> bool:
    following = _after(value, words, 2)
    return bool(_TERM_WORDS & set(following)) and "notice" not in following


def _plural(sentence: Sentence) -> bool:
    return bool({"terms", "periods", "renewals", "extensions", "years", "successive", "subsequent", "consecutive"} & sentence.words)


def _unit(duration: Duration | None) -> Literal["calendar", "business"] | None:
    return None if duration is None else "business" if duration.business else "calendar"
