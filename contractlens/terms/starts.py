"""The day from which the first term is counted: never a later one than the agreement may mean, and none where it is an event."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from contractlens.language.marking import Words
from contractlens.language.patterns import any_of
from contractlens.language.sentences import Sentence
from contractlens.rulebook import Matches
from contractlens.terms.dated import BLANK, Dated, dated
from contractlens.terms.defined_dates import DATE_NAME, START, defined, effective_names
from contractlens.terms.first_term import FirstTerm, under_term

EFFECTIVE = "term/effective-date"
AMENDS = "amends another agreement"
OPENING = 30  # sentences in which it says when it takes effect
HEAD = 8  # sentences in which a document says what it is
BEFORE = 3  # sentences before that on the term, in its clause, that may say with what event the agreement takes effect
SAID = 5  # words of an event that are told behind those that show it
CLOSE = 8  # sentences between a term and the date that starts it, in a table or a list of key terms
_STOP = re.compile(r"[,.;:()\"]")
_SMALL_WORDS = frozenset("the a an of to in on and or for by your our its".split())
_ANNIVERSARY_OF = re.compile(r"\s+of\s+(?:the\s+)?(?P<what>[^.,;()]{3,60})")


def start(matches: Matches, term: FirstTerm | None, effective: Dated | None, agreed: Dated | None) -> Dated | None:
    """What the first term is counted from: what its own sentence says, else the effective date, else the agreement's.

    A date that nothing defines as the effective one gives way to an earlier date of the agreement. None where there is no date at all.
    """
    if term is not None and _may_begin_earlier(matches, term):
        return Dated(None, term.sentence, "the term may start earlier than the date that is given")
    said = named(matches, term.sentence, agreed) or _beside(matches, term.sentence, agreed) if term is not None else None
    if said is not None:
        return said
    if term is not None and effective is None and (waits := _takes_effect_later(matches, term.sentence, agreed)):
        return waits
    if _amends(matches) and not (effective is not None and effective.day is not None and effective.certain):
        at = effective.sentence if effective else matches.reading.sentences[0]
        return Dated(None, at, "the document amends another agreement, and the term may count from that agreement's dates", AMENDS)
    if effective is not None and effective.day is not None and not effective.certain and agreed is not None and agreed.day is not None:
        near = term is not None and abs(term.sentence.index - effective.sentence.index) <= 2
        near = near or (term is not None and effective_names(matches)[0] in term.sentence.text.lower())
        return min(effective, agreed, key=lambda d: str(d.day)) if not (near or under_term(matches, effective.sentence)) else effective
    if effective is None and agreed is not None and agreed.earliest and not _last_counts(matches):
        return replace(agreed, day=agreed.earliest)  # who signed first may be bound from then on
    return effective or agreed


def _may_begin_earlier(matches: Matches, term: FirstTerm) -> bool:
    """Whether a sentence says "or, if earlier," of the start, and not of the end: "terminates two years thereafter, or on such earlier date"."""
    words, ends = matches.reading.words(term.sentence), matches.listed("ending_words")
    length = words.between(term.value.start, term.value.end).start
    for hit in matches.ask(START, term.sentence).groups.get("if_earlier", []):
        between = words.tokens[length + 1 : hit.first]
        if hit.first < length or "from" in between or "<date>" in between or ends.isdisjoint(words.tokens[:length]):
            return True
    return False


def _takes_effect_later(matches: Matches, at: Sentence, agreed: Dated | None) -> Dated | None:
    """The event with which the agreement takes effect, in the sentences just before that on the term: "… upon approval by the court. It lasts one year"."""
    takes = matches.listed("takes_effect_words")
    for before in matches.reading.sentences[max(0, at.index - BEFORE) : at.index]:
        if before.clause != at.clause or not before.words & takes:
            continue
        if not matches.ask(EFFECTIVE, before).groups.get("agreement_takes"):
            continue
        signed = matches.ask(START, before).groups.get("last_signed") and not (agreed and agreed.earliest)
        event = "the last signature, which has no date" if signed else _event(matches, before)
        if event:
            return Dated(None, before, f"the agreement takes effect with an event ({event})")
    return None


def _last_counts(matches: Matches) -> bool:
    """Whether the opening says that the last signature makes the agreement effective."""
    near = (s for s in matches.reading.sentences[:OPENING] if s.words & matches.listed("signing_words"))
    return any(matches.ask(START, s).groups.get("last_signed") for s in near)


def left_blank(matches: Matches) -> Sentence | None:
    """The sentence that leaves the effective date blank."""
    usual = effective_names(matches)[0]
    near = (s for s in matches.reading.sentences if s.words.issuperset(usual.split()))
    return next((s for s in near if _blank_behind(usual).search(s.text)), None)


@lru_cache(maxsize=4)
def _blank_behind(name: str) -> re.Pattern[str]:
    return re.compile(rf"{any_of([name])}\W{{0,4}}(?:\s*(?:is|shall\s+be|means|will\s+be)\b)?[^.;]{{0,12}}(?:{BLANK.pattern})", re.I)


@lru_cache(maxsize=4)
def _blank_start(words: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(words)}\s+(?:the\s+|this\s+|as\s+of\s+)?(?:{BLANK.pattern})", re.I)


def _amends(matches: Matches) -> bool:
    """Whether the document says at its head that it amends another."""
    amending, restated = matches.listed("amending_papers"), matches.listed("restated_words")
    heads = (s for s in matches.reading.sentences[:HEAD] if amending & s.words and restated.isdisjoint(s.words))
    return any(matches.ask(START, s).groups.get("amends") for s in heads)


def _beside(matches: Matches, at: Sentence, agreed: Dated | None) -> Dated | None:
    """The start date that stands beside the term in a table or a list of key terms."""
    if at.kind != "row" and not re.match(r"[^.]{0,40}[:|]", at.text):
        return None
    for name, made in matches.reading.definitions.items():
        if _is_start_name(matches, name) and any(d.how == "label" and abs(d.sentence - at.index) <= CLOSE for d in made):
            found = defined(matches, name, agreed)
            if found and found.day:
                return found
    return None


def _is_start_name(matches: Matches, name: str) -> bool:
    """Whether a name is that of a start: "service commencement", "billing start date", "start"."""
    words = re.findall(r"\w+", name)
    first_or_last = {*words[:1], *words[-1:]}
    return any(part in name for part in matches.listed("start_names")) or bool(first_or_last & matches.listed("start_words"))


def named(matches: Matches, at: Sentence, agreed: Dated | None) -> Dated | None:
    """The start that the sentence on the term names itself; None where it names none."""
    ranges = matches.ask(START, at).values("range_start")
    if ranges:
        return dated(ranges[0][0], at)
    words = matches.reading.words(at)
    groups = matches.ask(EFFECTIVE, at).groups
    hits = groups.get("effective_date", []) + groups.get("services_start", [])
    ends = matches.listed("ending_words")
    # "commencing on the Effective Date and ending on"
    begins = [h for h in hits if not ends & set(words.tokens[h.first : h.last])]
    stated = sorted((v for h in begins for n, v in h.values if n == "effective_date"), key=lambda v: v.start)
    if stated and not _event(matches, at):
        return dated(stated[0], at)
    usual = effective_names(matches)[0]
    without: Dated | None = None
    for name in DATE_NAME.findall(at.text):
        low = " ".join(name.lower().split()).removeprefix("the ")
        if low in (usual, *matches.listed("end_dates")) or matches.listed("no_start_words") & set(re.findall(r"\w+", low)):
            continue
        found = defined(matches, low, agreed)
        if found is not None and found.day:
            return found
        if found is None and re.search(rf"\b(?:from|following|follows?|after|on|of|upon|with|at)\s+(?:the\s+)?{re.escape(name)}", at.text):
            found = Dated(None, at, f"the term starts at the {name}, which the document gives no date for")
        without = without or found
    event = _event(matches, at)
    if event:
        return Dated(None, at, f"the term starts with an event ({event})")
    if without is not None or usual.title() in at.text:
        return without
    if matches.ask(START, at).groups.get("agreement_date") and agreed:
        return agreed
    if _blank_start(matches.listed("before_a_blank")).search(at.text):
        return Dated(None, at, "the start of the term is left blank")
    return None


def takes_effect(matches: Matches, agreed: Dated | None) -> Dated | None:
    """The defined date on which the agreement is said to take effect: "takes effect on the Service Date"."""
    takes, not_starts = matches.listed("takes_effect_words"), {effective_names(matches)[0], *matches.listed("end_dates")}
    for sentence in matches.reading.sentences:
        if not (sentence.words & takes and "date" in sentence.words):
            continue
        for hit in matches.ask(EFFECTIVE, sentence).groups.get("takes_effect", []):
            if hit.first and matches.reading.words(sentence).tokens[hit.first - 1] in matches.listed("other_periods"):
                continue  # "the interim term begins on the Acceptance Date"
            behind = sentence.text[matches.reading.words(sentence).starts[hit.last - 1] - sentence.start :][:60]
            name = DATE_NAME.search(behind)
            low = " ".join(name.group(1).lower().split()) if name else ""
            if low and low not in not_starts and (found := defined(matches, low, agreed)):
                return found
    return None


def _event(matches: Matches, at: Sentence) -> str | None:
    """The event with which the term starts, in its own words; the signature is none, and neither is a date."""
    words = matches.reading.words(at)
    for value in words.values.values():
        what = _ANNIVERSARY_OF.match(at.text, value.end - at.start) if value.kind == "anniversary" else None
        if what and matches.listed("start_points").isdisjoint(re.findall(r"\w+", what.group("what").lower())):
            return " ".join(what.group("what").split()[-4:])
    for hit in matches.ask(START, at).groups.get("event_start", []):
        inside = words.tokens[hit.first : hit.last]
        behind = words.tokens[hit.last : hit.last + 4]
        if not {"<date>", *matches.listed("no_events")} & {*inside[1:], *behind}:
            return _told(at, words, max(hit.first, hit.last - 3), hit.last)
    return None


def _told(at: Sentence, words: Words, first: int, last: int) -> str:
    """An event as the sentence words it, from one word to a little behind another: "the day on which you first sign in"."""
    end = min(last + SAID, len(words.tokens))
    while end > last and words.tokens[end - 1] in _SMALL_WORDS:
        end -= 1
    return " ".join(_STOP.split(at.text[words.starts[first] - at.start : words.ends[end - 1] - at.start])[0].split())
