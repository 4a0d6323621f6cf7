"""Dates by the names that the agreement gives them: "Effective Date", "Commencement Date"."""

from __future__ import annotations

import re

from contractlens.language.definitions import Definition
from contractlens.language.sentences import Sentence
from contractlens.language.value import Value
from contractlens.rulebook import Matches
from contractlens.terms.dated import BLANK, Dated, dated
from contractlens.terms.signatures import last_signature

START = "term/start"
AROUND = 60  # characters behind a definition in which it may be taken back
DATE_NAME = re.compile(r"\b((?:[A-Z][\w-]+\s+){1,3}(?:Date|Start|Commencement)|Date\s+of\s+(?:[A-Z][\w-]+\s+){0,2}[A-Z][\w-]+|(?<=the\s)(?:Start|Commencement|Inception|Go-Live))\b")
_FIRST_DAY_OF_AN_EVENT = re.compile(r"\W*(?:the\s+)?(?:first\s+|earliest\s+)?(?:business\s+)?(?:date|day)\s+(?:on\s+which|upon\s+which|that|when)\b", re.I)  # and not later than another date
_DAY_OF_AN_EVENT = re.compile(r"\b(?:date|day)\s+(?:on\s+which|that|when)\s[^;]*$")


_SAID_ABOVE = re.compile(r"\W*(?:(?:has|have|having)\s+)?(?:the\s+)?(?:meaning\s+|date\s+)?(?:is\s+|as\s+)?(?:given|set\s+(?:forth|out)|ascribed|assigned|defined|specified|provided|stated)\b[^.;]{0,40}\b(?:preamble|introduct\w+|recitals?|opening|preliminary|first\s+paragraph|heading)\b", re.I)


def effective_names(matches: Matches) -> list[str]:
    """The names under which agreements define their effective date, the usual one first."""
    return list(matches.rulebook.words.lists["effective_dates"])


def defined(matches: Matches, name: str, agreed: Dated | None, seen: frozenset[str] = frozenset()) -> Dated | None:
    """A defined date, by what its definitions say: a day (of several the earliest), the agreement's own date, another name, an event, a blank."""
    if name in seen:
        return None
    days: list[Dated] = []
    without: Dated | None = None
    for definition in matches.reading.definitions.get(name, [])[:6]:
        sentence = matches.reading.sentences[definition.sentence]
        value = _date_in(matches, definition, sentence)
        if value is None and definition.how == "means" and _SAID_ABOVE.match(matches.reading.document.plain, definition.start, definition.end):
            continue  # the first lines say it, and are read as such
        if value and matches.ask_text(START, matches.reading.document.plain[definition.start : definition.end + AROUND]).get("if_earlier"):
            return Dated(None, sentence, f"the {name} may be earlier than the date that is given")
        if value and matches.ask_text(START, matches.reading.document.plain[definition.start : value.start][:200]).get("on_condition"):
            without = without or Dated(None, sentence, f"the {name} is an event, not a date")
        elif value:
            days.append(dated(value, sentence))
        if value:
            continue
        body = matches.reading.document.plain[definition.start : definition.end][-260 if definition.how == "bracket" else 0 :][:260]
        event = _DAY_OF_AN_EVENT.search(body) if definition.how == "bracket" else None
        found = _by_words(matches, event.group() if event else body, sentence, agreed, seen | {name})
        if found and found.day:
            days.append(found)
        elif without is None or without.why is None:
            without = found or Dated(None, sentence, f"the document says what the {name} is, but gives no date for it")
    return min(days, key=lambda d: str(d.day)) if days else without


def _date_in(matches: Matches, definition: Definition, sentence: Sentence) -> Value | None:
    words = matches.reading.words(sentence)
    inside = [v for v in words.values.values() if v.kind == "date" and definition.start <= v.start < definition.end]
    if not inside:
        return None
    if definition.how == "bracket":
        return inside[-1] if definition.end - inside[-1].end < 140 else None
    return inside[0] if inside[0].start - definition.start < 200 else None


def _by_words(matches: Matches, body: str, sentence: Sentence, agreed: Dated | None, seen: frozenset[str]) -> Dated | None:
    groups = matches.ask_text(START, body)
    if groups.get("last_signed") and (signed := last_signature(matches)):
        return signed
    if groups.get("agreement_date") and not groups.get("event"):
        return Dated(agreed.day, sentence, None if agreed else "it is the date of the agreement, which is not stated") if agreed else None
    if BLANK.search(body):
        return Dated(None, sentence, "the effective date is left blank")
    if _FIRST_DAY_OF_AN_EVENT.match(body):
        return Dated(None, sentence, "the effective date is an event, not a date")
    for other in DATE_NAME.findall(body):
        found = defined(matches, " ".join(other.lower().split()), agreed, seen)
        if found and found.day:
            return found
    if groups.get("event") or groups.get("some_event"):
        return Dated(None, sentence, "the effective date is an event, not a date")
    return None
