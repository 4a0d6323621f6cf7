"""The dates of the term: when it was agreed, when it starts, how long it runs, when it ends.

Each date has one role: the agreement's, the start of the term, its stated end. A start that is an event (a launch, a
delivery) or a blank is unknown and stays so: the end is then not reckoned, and what is needed is said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from contractlens.documents.place import Evidence
from contractlens.language.amounts import Value
from contractlens.language.definitions import Definition
from contractlens.language.sentences import Sentence
from contractlens.rulebook import Match, Matches
from contractlens.terms.records import Gap
from contractlens.values import Duration, compare

LEAST_WEIGHT = 0.8  # of a term: a length that nothing ties to the agreement is none
OPENING = 30  # sentences in which the agreement's date may stand
SHORTEST = Duration(25, "day")
_BLANK = re.compile(r"_{3,}|\[\s*[*●•]|\[_+\]|\b(?:19|20)__|\*{3}|\[\s*(?:date|insert)", re.I)
_DATE_NAME = re.compile(r"\b((?:[A-Z][\w-]+\s+){1,3}Date)\b")
_CEREMONY = "term/start"
_EFFECTIVE = "term/effective-date"


@dataclass(frozen=True)
class TermDates:
    """What was found, each with its evidence; `start` is what the initial term is counted from."""

    agreement_date: date | None = None
    effective_date: date | None = None
    initial_term: Duration | None = None
    expiration_date: date | None = None
    start: date | None = None
    evidence: dict[str, tuple[Evidence, ...]] = field(default_factory=dict)
    gaps: tuple[Gap, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Dated:
    """A defined date: the day, or why there is none."""

    day: date | None
    sentence: Sentence
    why: str | None = None
    note: str | None = None


def read(matches: Matches, renewal_at: Sentence | None, given: date | None = None) -> TermDates:
    """The term's dates. `renewal_at` is the sentence that renews; `given` the effective date that the user gives."""
    return _Reader(matches, renewal_at, given).read()


class _Reader:
    def __init__(self, matches: Matches, renewal_at: Sentence | None, given: date | None) -> None:
        self.matches = matches
        self.reading = matches.reading
        self.renewal_at = renewal_at
        self.given = given
        self.gaps: list[Gap] = []
        self.notes: list[str] = []
        self.evidence: dict[str, tuple[Evidence, ...]] = {}

    def read(self) -> TermDates:
        agreed = self._agreement_date()
        effective = self._effective_date(agreed)
        effective_day = effective.day if effective else None
        if self.given:
            if effective_day and effective_day != self.given:
                self.notes.append(f"The document's effective date is {effective_day}; the one given, {self.given}, is used.")
            effective_day = self.given
        term, at = self._initial_term()
        start = self._start(at, effective, effective_day, agreed)
        ends = self._expiration(at, start)
        if effective_day is None and agreed and start == agreed.day and not (effective and effective.why):
            effective_day = agreed.day
            self.evidence["effective_date"] = self.evidence.get("agreement_date", ())
        return TermDates(
            agreed.day if agreed else None,
            effective_day,
            term,
            ends if not self.given or term is None else None,
            start,
            self.evidence,
            tuple(self.gaps),
            tuple(self.notes),
        )

    # ---------------------------------------------------------------- dates
    def _say(self, name: str, *sentences: Sentence) -> None:
        self.evidence[name] = self.reading.evidence(*sentences)

    def _agreement_date(self) -> _Dated | None:
        best = max(self.matches.of("term/agreement-date"), key=lambda m: (m.points - 0.1 * m.sentence.index), default=None)
        if best is None:
            return self._bare_date() or self._signature_date()
        value, sentence = best.values("agreement_date")[0]
        if _BLANK.search(sentence.text[: value.start - sentence.start]):
            return None  # "dated this ____ day of May, but effective as of …"
        self._say("agreement_date", sentence)
        return self._dated(value, sentence)

    def _bare_date(self) -> _Dated | None:
        """A date that stands alone on the first page."""
        for sentence in self.reading.sentences[:12]:
            if "<date>" not in sentence.words or len(sentence.text) > 40:
                continue
            for value in self.reading.words(sentence).values.values():
                rest = sentence.text[: value.start - sentence.start] + sentence.text[value.end - sentence.start :]
                if value.kind == "date" and not any(c.isalnum() for c in rest):
                    self._say("agreement_date", sentence)
                    return self._dated(value, sentence)
        return None

    def _signature_date(self) -> _Dated | None:
        """The last of the dates beside the signatures: only with all of them signed is it agreed."""
        count = len(self.reading.sentences)
        found: list[tuple[Value, Sentence]] = []
        for sentence in self.reading.sentences[max(0, int(count * 0.6)) :]:
            if "date" in sentence.words and len(sentence.text) < 300 and re.search(r"\d{2}", sentence.text):
                at = [m.end() for m in re.finditer(r"\bdate[d]?\s*[:|]", sentence.text, re.I)]
                if at:
                    found += [(v, sentence) for v in self.reading.words(sentence).values.values() if v.kind == "date" and any(0 <= v.start - sentence.start - a < 25 for a in at)]
        if not found:
            return None
        value, sentence = max(found, key=lambda pair: str(pair[0].amount))
        self._say("agreement_date", sentence)
        return self._dated(value, sentence)

    def _dated(self, value: Value, sentence: Sentence) -> _Dated:
        if value.note:
            self.notes.append(f"{value.note}; the earlier is taken.")
        assert isinstance(value.amount, date)
        return _Dated(value.amount, sentence, None, value.note)

    def _effective_date(self, agreed: _Dated | None) -> _Dated | None:
        for name in ("effective date", "commencement date", "start date", "subscription start date", "term start date"):
            found = self._defined(name, agreed, set())
            if found and found.day:
                self._say("effective_date", found.sentence)
                return found
            if found and name == "effective date":
                return found
        stated = [m for m in self.matches.of("term/effective-date") if m.points >= 1 or m.sentence.index < OPENING or self._under_term(m.sentence)]
        best = max(stated, key=lambda m: (m.points - (0.02 * m.sentence.index)), default=None)
        if best:
            value, sentence = best.values("effective_date")[0]
            self._say("effective_date", sentence)
            return self._dated(value, sentence)
        return None

    def _under_term(self, sentence: Sentence) -> bool:
        return any("term" in h.lower() or "duration" in h.lower() for h in self.reading.headings(sentence)[:2])

    def _defined(self, name: str, agreed: _Dated | None, seen: set[str]) -> _Dated | None:
        """A defined date, by what its definition says: a day, the agreement's own date, another defined date, an event, a blank."""
        if name in seen:
            return None
        found: _Dated | None = None
        for definition in self.reading.definitions.get(name, [])[:6]:
            sentence = self.reading.sentences[definition.sentence]
            value = self._date_in(definition, sentence)
            if value:
                return self._dated(value, sentence)
            body = self.reading.document.plain[definition.start : definition.end][-260 if definition.how == "bracket" else 0 :][:260]
            if found is None or found.day is None:
                found = self._by_words(body, sentence, agreed, seen | {name}) or found or _Dated(None, sentence, f"the document says what the {name} is, but gives no date for it")
        return found

    def _date_in(self, definition: Definition, sentence: Sentence) -> Value | None:
        words = self.reading.words(sentence)
        inside = [v for v in words.values.values() if v.kind == "date" and definition.start <= v.start < definition.end]
        if not inside:
            return None
        if definition.how == "bracket":
            return inside[-1] if definition.end - inside[-1].end < 140 else None
        return inside[0] if inside[0].start - definition.start < 200 else None

    def _by_words(self, body: str, sentence: Sentence, agreed: _Dated | None, seen: set[str]) -> _Dated | None:
        groups = self.matches.ask_text(_CEREMONY, body)
        if groups.get("agreement_date") and not groups.get("event"):
            return _Dated(agreed.day, sentence, None if agreed else "it is the date of the agreement, which is not stated") if agreed else None
        if _BLANK.search(body):
            return _Dated(None, sentence, "the effective date is left blank")
        for other in _DATE_NAME.findall(body):
            found = self._defined(" ".join(other.lower().split()), agreed, seen)
            if found and found.day:
                return found
        if groups.get("event") or re.search(r"\b(?:upon|when|on which|the day after|date that|as soon as)\b", body, re.I):
            return _Dated(None, sentence, "the effective date is an event, not a date")
        return None

    # ---------------------------------------------------------------- the term
    def _initial_term(self) -> tuple[Duration | None, Sentence | None]:
        best: tuple[float, Value, Match] | None = None
        for match in self.matches.of("term/initial-term"):
            value = self._first_term(match)
            if value is None:
                continue
            weight = self._term_weight(match, value)
            if best is None or weight > best[0]:
                best = (weight, value, match)
        if best is None or best[0] < LEAST_WEIGHT:
            return None, None
        _, value, match = best
        self._say("initial_term", match.sentence)
        assert isinstance(value.amount, Duration)
        if value.note and "words say" in value.note:
            self.notes.append(f"Initial term: {value.note}; the figures are taken.")
        return value.amount, match.sentence

    def _first_term(self, match: Match) -> Value | None:
        """The first length that is no notice and no renewal."""
        words = self.reading.words(match.sentence)
        for value, _ in match.values("initial_term"):
            amount = value.amount
            if not isinstance(amount, Duration) or amount.business or amount.unit in ("hour", "minute", "second") or value.note == "recurring":
                continue
            if compare(amount, SHORTEST) == -1:
                continue
            at = words.between(value.start, value.end)
            following = [words.doc[i].text for i in range(at.stop, min(at.stop + 3, len(words.doc)))]
            before = [words.doc[i].text for i in range(max(0, at.start - 5), at.start)]
            if {"notice", "prior", "before"} & set(following) or {"additional", "successive", "renewal", "further"} & set(before[-3:]):
                continue
            return value
        return None

    def _term_weight(self, match: Match, value: Value) -> float:
        sentence = match.sentence
        weight = float(match.points)
        headings = " ".join(self.reading.headings(sentence)[:2]).lower()
        if any(w in headings for w in ("term", "duration", "period", "key terms", "order")):
            weight += 1.5
        if self.renewal_at is not None:
            distance = abs(sentence.index - self.renewal_at.index)
            weight += 3 if distance == 0 else 2.5 if distance <= 2 else 1.5 if sentence.clause == self.renewal_at.clause else 0
        assert isinstance(value.amount, Duration)
        if value.amount.unit in ("day", "week"):
            weight -= 2
        elif compare(value.amount, Duration(3, "month")) == -1:
            weight -= 1
        return weight - 0.002 * sentence.index

    def _expiration(self, at: Sentence | None, start: date | None) -> date | None:
        found: list[tuple[float, Value, Sentence]] = []
        for match in self.matches.of("term/expiration-date"):
            weight = match.points + (1.5 if self._under_term(match.sentence) else 0)
            if at is not None and match.sentence.index == at.index:
                weight += 2
            if self.renewal_at is not None and abs(match.sentence.index - self.renewal_at.index) <= 2:
                weight += 2
            value, sentence = match.values("expiration_date")[-1]
            if start and str(value.amount) <= str(start):
                continue
            found.append((weight - 0.002 * sentence.index, value, sentence))
        if not found:
            return None
        weight, value, sentence = max(found, key=lambda f: f[0])
        if weight < 1 or (at is not None and abs(sentence.index - at.index) > 6 and weight < 3):
            return None
        self._say("expiration_date", sentence)
        return self._dated(value, sentence).day

    def _start(self, at: Sentence | None, effective: _Dated | None, effective_day: date | None, agreed: _Dated | None) -> date | None:
        """What the initial term is counted from: what its own sentence says first; an event switches the sum off."""
        if self.given:
            return self.given
        named = self._named_start(at, agreed) if at is not None else None
        if named is not None:
            if named.day is None:
                self._unknown(named.why or "the term starts with an event, not a date")
            return named.day
        if effective is not None:
            if effective.day is None:
                self._unknown(effective.why or "the effective date is not a date")
            return effective.day
        if effective_day:
            return effective_day
        if agreed:
            return agreed.day
        self._unknown("the document states no effective date")
        return None

    def _named_start(self, at: Sentence, agreed: _Dated | None) -> _Dated | None:
        """The start that the sentence on the term names itself; None where it names none."""
        words = self.reading.words(at)
        text = at.text
        value = next((v for v in words.values.values() if v.kind in ("duration", "anniversary")), None)
        stated = self.matches.ask(_EFFECTIVE, at).values("effective_date")
        if stated:
            return self._dated(stated[0][0], at)
        for name in _DATE_NAME.findall(text):
            low = " ".join(name.lower().split()).removeprefix("the ")
            if low in ("effective date", "expiration date", "termination date", "expiry date", "end date", "renewal date"):
                continue
            found = self._defined(low, agreed, set())
            if found:
                return found
            if re.search(rf"\b(?:from|following|after|on|of|upon)\s+(?:the\s+)?{re.escape(name)}", text):
                return _Dated(None, at, f"the term starts at the {name}, which the document gives no date for")
        if "Effective Date" in text:
            return None
        groups = self.matches.ask(_CEREMONY, at).groups
        if groups.get("agreement_date") and agreed:
            return agreed
        if groups.get("event") and value is not None and not groups.get("agreement_date"):
            event = words.doc[groups["event"][0].first : groups["event"][0].last].text
            at_event = words.starts[groups["event"][0].first]
            if 0 < at_event - value.end < 90 and re.search(r"\b(?:from|following|after|upon|of|with)\b", self.reading.document.plain[value.end : at_event]):
                return _Dated(None, at, f"the term starts with an event ({event})")
        return None

    def _unknown(self, why: str) -> None:
        self.gaps.append(Gap(field="terms.effective_date", reason=why, needs="--effective-date"))
