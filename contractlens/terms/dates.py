"""The dates of the term: when it was agreed, when it starts, how long it runs, when it ends.

Each date has one role: the agreement's, the start of the term, its stated end. A start that is an event (a launch, a
delivery) or a blank is unknown and stays so: the end is then not reckoned, and what is needed is said. Where a date could
be later than the agreement means, the earlier one is taken, or none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from contractlens.documents.place import Evidence
from contractlens.language.sentences import Sentence
from contractlens.language.value import Value
from contractlens.numerals import ORDINAL_VALUES, ORDINALS
from contractlens.rulebook import Matches
from contractlens.terms import agreed, first_term, starts
from contractlens.terms.dated import Dated, dated
from contractlens.terms.defined_dates import defined, effective_names
from contractlens.terms.first_term import FirstTerm, under_term
from contractlens.terms.records import Gap
from contractlens.values import Duration

BEFORE_YEAR = 24  # characters: "the end of the 2012 calendar year"
ROUNDED = 40  # days within which a stated end and a reckoned one are the same
_COUNTED_YEAR = re.compile(
    rf"\b(?P<ordinal>{'|'.join(ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th))\s+(?:\(\d+(?:st|nd|rd|th)\)\s+)?(?P<full>full\s+|complete\s+|entire\s+)?calendar\s+year\b(?P<following>\s+(?:(?:next\s+)?following|after|which\s+follows|that\s+follows|succeeding))?"
)
_QUARTER = re.compile(r"\b(?P<ordinal>first|second|third|fourth|1st|2nd|3rd|4th)\s+(?:calendar\s+)?quarter\s+of\s+(?:the\s+)?(?:calendar\s+)?(?:year\s+)?(?P<year>(?:19|20)\d\d)\b")
COUNTED_FROM = 80  # characters behind such a year that say from what it is counted
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_MONTH_DAYS = 365.25 / 12


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
        self.agreed_day: date | None = None
        self.evidence: dict[str, tuple[Evidence, ...]] = {}

    def read(self) -> TermDates:
        made = self._agreement_date()
        self.agreed_day = made.day if made else None
        effective = self._effective_date(made)
        effective_day = effective.day if effective else None
        if self.given:
            if effective_day and effective_day != self.given:
                self.notes.append(f"The document's effective date is {effective_day}; the one given, {self.given}, is used.")
            effective_day = self.given
        term = self._initial_term()
        begun = starts.start(self.matches, term, effective, made)
        if term is None and effective is None and (with_its_end := self._begins_with_its_end(made)):
            begun = with_its_end
        start = self._start(begun)
        ends = self._expiration(term, start)
        if effective_day is None and made and (start in (made.day, made.earliest) or (begun and begun.note == starts.AMENDS)) and not (effective and effective.why):
            effective_day = made.day
            self.evidence["effective_date"] = self.evidence.get("agreement_date", ())
        if effective_day is None and effective is None and begun and begun.day and (term or ends) and not begun.note:
            effective_day = begun.day  # no other day from which it counts is stated
            self.evidence["effective_date"] = self.reading.evidence(begun.sentence)
        if term and term.doubt and start and ends is None:
            self.gaps.append(Gap(field="terms.expiration_date", reason=term.doubt, needs="the end of the initial term, read by hand"))
            start = None
        return TermDates(
            made.day if made else None,
            effective_day,
            term.length if term else None,
            ends if not self.given or term is None else None,
            start,
            self.evidence,
            tuple(self.gaps),
            tuple(self.notes),
        )

    # ---------------------------------------------------------------- dates
    def _say(self, name: str, *sentences: Sentence) -> None:
        self.evidence[name] = self.reading.evidence(*sentences)

    def _agreement_date(self) -> Dated | None:
        found = agreed.agreement_date(self.matches)
        if found is not None:
            self._say("agreement_date", found.sentence)
            self._note(found)
        return found

    def _dated(self, value: Value, sentence: Sentence, certain: bool = True) -> Dated:
        found = dated(value, sentence, certain)
        self._note(found)
        return found

    def _note(self, found: Dated) -> None:
        if found.note:
            self.notes.append(f"{found.note}; the earlier is taken.")

    def _effective_date(self, made: Dated | None) -> Dated | None:
        usual, *others = effective_names(self.matches)
        also = (name for name in self.reading.definitions if name.endswith(f" {usual}"))
        for name in (usual, *also, *others):
            found = defined(self.matches, name, made)
            if found and found.day:
                self._note(found)
                self._say("effective_date", found.sentence)
                return found
            if found and name == usual:
                return found
        named = starts.takes_effect(self.matches, made)
        if named and named.day:
            self._note(named)
            self._say("effective_date", named.sentence)
            return named
        stated = [m for m in self.matches.of("term/effective-date") if m.points >= 1 or m.sentence.index < agreed.OPENING or under_term(self.matches, m.sentence)]
        stated = [m for m in stated if not self.matches.of_another(m.sentence, m.values("effective_date")[0][0].start)]
        best = max(stated, key=lambda m: (m.points - (0.02 * m.sentence.index)), default=None)
        if best:
            value, sentence = best.values("effective_date")[0]
            self._say("effective_date", sentence)
            return self._dated(value, sentence, certain=False)
        blank = starts.left_blank(self.matches)
        return Dated(None, blank, "the effective date is left blank") if blank else None

    def _initial_term(self) -> FirstTerm | None:
        term = first_term.length(self.matches, self.renewal_at)
        if term is None:
            return None
        self._say("initial_term", term.sentence)
        if term.value.note and "words say" in term.value.note:
            self.notes.append(f"Initial term: {term.value.note}; the figures are taken.")
        return term

    def _begins_with_its_end(self, made: Dated | None) -> Dated | None:
        """The first day of a term that is said by its days alone: "from January 1, 2003 through December 31, 2005"."""
        ends = first_term.stated_end(self.matches, None, self.renewal_at, None)
        found = starts.named(self.matches, ends[1], made) if ends else None
        return found if ends and found and found.day and str(found.day) < str(ends[0].amount) and not found.note else None

    def _start(self, found: Dated | None) -> date | None:
        """The day from which the first term counts; where there is none, what is needed."""
        if self.given:
            return self.given
        if found is None or found.day is None:
            why = found.why if found else "the document states no effective date"
            self.gaps.append(Gap(field="terms.effective_date", reason=why or "the effective date is not a date", needs="--effective-date"))
            return None
        return found.day

    def _expiration(self, term: FirstTerm | None, start: date | None) -> date | None:
        """The end as a date of the document; none where it lies later than the length of the term reaches."""
        found = first_term.stated_end(self.matches, term, self.renewal_at, start)
        if found is None:
            return self._year_end(term, start)
        value, sentence = found
        assert isinstance(value.amount, date)
        if self.agreed_day and value.amount <= self.agreed_day and start is None:
            return None  # an end before the agreement was made is that of something else
        if term and start and not term.doubt and value.amount > _about(start, term.length):
            self.notes.append(f"One sentence lets the term end on {value.amount}, but its length, {term.length.words()}, reaches less far: the earlier is taken.")
            return None
        self._say("expiration_date", sentence)
        return self._dated(value, sentence).day

    def _year_end(self, term: FirstTerm | None, start: date | None) -> date | None:
        """The last day of a calendar year, for a term that is said to run until its end; of the first one where none is named."""
        near = [m for m in self.matches.of("term/end-of-year") if self.renewal_at is None or first_term.tied(self.matches, m.sentence, self.renewal_at)]
        if not near or term is not None:
            return None
        sentence = near[0].sentence
        low = sentence.text.lower()
        if "quarter_end" in near[0]:
            return self._quarter_end(sentence, start)
        if counted := _COUNTED_YEAR.search(low):
            last = near[0].value("day", in_clause=False)
            return self._counted_year_end(sentence, counted, start, str(last[0].amount) if last else "12-31")
        named = _YEAR.search(sentence.text, low.index("year")) or _YEAR.search(sentence.text, max(0, low.index("year") - BEFORE_YEAR), low.index("year"))
        year = int(named.group()) if named else start.year if start else None
        if year is None or (start and year < start.year):
            return None
        self._say("expiration_date", sentence)
        return date(year, 12, 31)

    def _quarter_end(self, sentence: Sentence, start: date | None) -> date | None:
        """The last day of "the second calendar quarter of 2012"."""
        named = _QUARTER.search(sentence.text.lower())
        if named is None or (start and int(named.group("year")) < start.year):
            return None
        self._say("expiration_date", sentence)
        quarter = ORDINAL_VALUES.get(named.group("ordinal")) or int(named.group("ordinal")[0])
        return date(int(named.group("year")) + quarter // 4, 3 * (quarter % 4) + 1, 1) - timedelta(days=1)

    def _counted_year_end(self, sentence: Sentence, counted: re.Match[str], start: date | None, day: str) -> date | None:
        """The end, or the day (month and day), of "the fifth full calendar year following the Effective Date"; a year that begins on its first day is taken as the first of them."""
        behind = set(re.findall(r"\w+", sentence.text[counted.end() :][:COUNTED_FROM].lower()))
        points = self.matches.listed("start_points") | {"effective"}
        if start is None or (counted.group("following") and not behind & points):
            return None
        number = ORDINAL_VALUES.get(counted.group("ordinal")) or int(counted.group("ordinal")[:-2])
        after = (counted.group("full") or counted.group("following")) and (start.month, start.day) != (1, 1)
        self._say("expiration_date", sentence)
        month, day_of_month = map(int, day.split("-")[-2:])
        return date(start.year + number - (0 if after else 1), month, day_of_month)


def _about(start: date, length: Duration) -> date:
    """A day by which a term of the length is over for sure."""
    days = float(length.months) * _MONTH_DAYS if length.months else float((length.seconds or 0) / 86400)
    return start + timedelta(days=min(days, 100 * 366) + ROUNDED)
