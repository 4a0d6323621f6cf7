"""The renewal: what kind, for how long, how often, and the notice that stops it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from contractlens.documents.place import Evidence
from contractlens.language.amounts import ROUNDED_UP
from contractlens.language.marking import Words
from contractlens.language.sentences import Sentence
from contractlens.language.value import Value
from contractlens.rulebook import Match, Matches
from contractlens.terms import renewal_notice
from contractlens.terms.records import Renewal
from contractlens.terms.stated_notice import Notice, amount, kept, reads_as_notice
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
TELLING = 200  # characters of a definition in which it says how long
MONTH = Duration(1, "month")
SILENCE = "renewal/renewal-by-silence"
FEW = 3  # sentences
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
    best = next((m for m in chosen if m.rule.id == SILENCE and KINDS[best.rule.id] == "optional" and _beside(m, best)), best)
    return Found(KINDS[best.rule.id], best, tuple(matches.reading.around(best.sentence)))


def _beside(match: Match, other: Match) -> bool:
    """Whether two sentences of one clause stand together: of an option and a renewal by silence, silence tells what happens unasked."""
    return match.sentence.clause == other.sentence.clause and abs(match.sentence.index - other.sentence.index) <= FEW


def _weight(matches: Matches, match: Match) -> float:
    """How likely it is the agreement's own renewal clause."""
    headings = " ".join(matches.reading.headings(match.sentence)[:2]).lower()
    heading = 2.0 if any(word in headings for word in matches.listed("renewal_headings")) else 0.0
    kind = {"automatic": 1.5, "month_to_month": 1.0, "optional": 0.5}.get(KINDS[match.rule.id] or "", 0.0)
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
        words = matches.reading.words(self.sentence)
        self.at = _verb(self.details, found.match, words)
        self.lengths = lengths_of(matches, self.details, words)
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
        notice = self._notice()
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
            notice_received=notice.received,
            notice_clear=notice.clear,
            notice_by=notice.by,
            notice_to=notice.to,
            evidence=self._evidence(),
        )

    def _evidence(self) -> tuple[Evidence, ...]:
        """The sentence that renews first, since better words take its place; then those that say more of it."""
        reading = self.matches.reading
        others = [s for s in self.used if s.index != self.sentence.index]
        return (*reading.evidence(self.sentence), *reading.evidence(*others))

    def _renewal_term(self) -> Duration | Literal["initial_term"] | None:
        """The length of a renewal: stated behind the verb that renews, a like term, or yearly."""
        words = self.matches.reading.words(self.sentence)
        ends = self.matches.listed("ends_a_length")
        stop = next((words.starts[i] for i in range(self.at, len(words.tokens)) if words.tokens[i] in ends), self.sentence.end)
        beside = self.at - 1 if self.at - 1 in words.values else self.at  # "for successive one-year renewal terms"
        lengths = [v for v in self.lengths if v.start >= words.starts[beside]]
        # "unless notice …, shall be renewed for": the notice stands before the verb
        stated = [v for v in lengths if v.start < stop] or lengths or [v for v in self.lengths if v.note == "recurring"]
        stated = [v for v in stated if v.note == "recurring"] or stated  # "for four years and thereafter from year to year"
        if any(compare(amount(v), amount(stated[0])) != 0 for v in stated) or any(v.note == ROUNDED_UP for v in stated):
            if self.details.groups.get("like_term"):
                return "initial_term"  # "of the same duration (a monthly plan for a month, a 12-month plan for 12 months)"
            return None  # "for one year, and for two years each time thereafter": no single length to count with
        if stated:
            return amount(stated[0])
        if self.details.groups.get("like_term"):
            return "initial_term"
        if defined := self._defined_term():
            return defined
        for sentence in self._near():
            asked = self.matches.ask(DETAILS, sentence)
            near = lengths_of(self.matches, asked, self.matches.reading.words(sentence))
            if near and asked.groups.get("renewal_word") and self.matches.listed("initial_words").isdisjoint(sentence.words):
                self.used.append(sentence)
                return amount(near[0])
        if self.kind == "automatic" and self.details.groups.get("yearly"):
            return Duration(1, "year")
        return None

    def _defined_term(self) -> Duration | Literal["initial_term"] | None:
        """The length behind a name, in a definition or a table of key terms: "renews for a Renewal Term", "Renewal Term: 12 months"."""
        reading = self.matches.reading
        for name, made in reading.definitions.items():
            if not self.matches.ask_text(DETAILS, name).get("named_term"):
                continue
            for definition in made:
                text = reading.document.plain[definition.start : definition.end][:TELLING]
                if definition.how == "bracket":
                    continue
                lengths = [v for v in reading.values(text) if v.kind == "duration" and _is_long(v)]
                like = self.matches.ask_text(DETAILS, text).get("like_term")
                if lengths or like:
                    self.used.append(reading.sentences[definition.sentence])
                    return amount(lengths[0]) if lengths else "initial_term"
        return None

    def _how_often(self, kind: Kind) -> tuple[bool | None, int | None]:
        """Whether it renews again and again, and the most renewals where a number is stated."""
        groups = self.details.groups
        counts = kept(self.matches, groups.get("count", []), "max_renewals", self.matches.reading.words(self.sentence))
        if counts:
            return False, int(float(str(counts[0].amount)))
        if groups.get("successive") or groups.get("every_time") or kind == "month_to_month":
            if groups.get("once") and not self.matches.listed("again_words") & self.sentence.words and not groups.get("every_time"):
                return False, 1
            return True, None
        if groups.get("once"):
            return False, 1
        return (None, None) if kind == "automatic" else (False, None)

    def _near(self) -> Iterable[Sentence]:
        """The clause's other sentences, those behind first."""
        behind = [s for s in self.nearby if s.index > self.sentence.index]
        return [*behind, *reversed([s for s in self.nearby if s.index < self.sentence.index])]

    def _notice(self) -> Notice:
        notice, sentence = renewal_notice.read(
            self.matches, self.sentence, self._near(), {v.start for v in self.lengths}, by_agreement=self.kind == "month_to_month"
        )
        self.used.append(sentence)
        return notice


def _verb(details: Match, match: Match, words: Words) -> int:
    """The word that renews: a verb rather than a noun, and "renew" rather than "extend" or "continue", which first terms do too.

    "Of its intention not to renew" renews nothing.
    """
    for group in ("verb", "verb_extend", "verb_noun", "verb_continue"):
        hits = [h.first for h in details.groups.get(group, []) if not {"not", "non"} & set(words.tokens[max(0, h.first - 4) : h.first])]
        if hits:
            return min(hits)
    return min(h.first for h in match.groups["renews"])


def renewal_lengths(matches: Matches, sentence: Sentence) -> set[int]:
    """Where the lengths of renewals stand in a sentence that renews: they are no length of the first term."""
    match = next((m for rule_id in KINDS for m in matches.of(rule_id) if m.sentence.index == sentence.index), None)
    if match is None:
        return set()
    words, details = matches.reading.words(sentence), matches.ask(DETAILS, sentence)
    begins = words.starts[_verb(details, match, words)]
    firm = bool(details.groups.get("verb"))  # "shall extend for five years" and "continues for five years" are first terms
    again = {v.start for v in kept(matches, details.groups.get("further_term", []), "further_term", words)}
    return {v.start for v in lengths_of(matches, details, words) if v.start >= begins and (firm or v.start in again)}


def lengths_of(matches: Matches, details: Match, words: Words) -> list[Value]:
    """The durations that may be the length of a renewal, in reading order."""
    return [v for v in kept(matches, details.groups.get("renewal_term", []), "renewal_term", words) if _is_term(matches, v, words)]


def _is_term(matches: Matches, value: Value, words: Words) -> bool:
    """Whether a duration may be the length of a renewal: not a notice, and not of a few days."""
    duration = amount(value)
    if duration.business or duration.unit in ("hour", "minute", "second"):
        return False
    return compare(duration, SHORTEST_TERM) != -1 and not reads_as_notice(matches, value, words)


def _is_long(value: Value) -> bool:
    return compare(amount(value), SHORTEST_TERM) != -1 and not amount(value).business


def _unit(duration: Duration | None) -> Literal["calendar", "business"] | None:
    return None if duration is None else "business" if duration.business else "calendar"
