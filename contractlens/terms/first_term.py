"""The first term: how long it is, on which day it is said to end, and whether that is certain enough to count with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from contractlens.language.amounts import CONTRACT_YEAR, ROUNDED_UP
from contractlens.language.patterns import capital_or_not
from contractlens.language.sentences import Sentence
from contractlens.language.value import Value
from contractlens.rulebook import Match, Matches
from contractlens.terms.defined_dates import effective_names
from contractlens.terms.renewal import renewal_lengths
from contractlens.values import Duration, compare

TERM, END, START = "term/initial-term", "term/expiration-date", "term/start"
LEAST_WEIGHT = 0.8  # of a term: a length that nothing ties to the agreement is none
RIVAL = 1.0  # a term of this much less weight is as good a guess
NOTICE, OWN = "renewal/non-renewal-notice", "renewal/what-renews"
BEHIND = 40  # characters in which an anniversary says of what it is
LABEL = 40  # characters: a sentence as short as that is a heading
_THIRD = re.compile(r"\((?:c|iii|3)\)")  # of several things, with the earliest of which it ends
SHORTEST = Duration(25, "day")
APART = 8  # sentences within which a term and a renewal of one clause may stand apart


@dataclass(frozen=True)
class FirstTerm:
    """The length, where it stands, and why it cannot be counted with (None where it can)."""

    value: Value
    sentence: Sentence
    doubt: str | None = None

    @property
    def length(self) -> Duration:
        assert isinstance(self.value.amount, Duration)
        return self.value.amount


def length(matches: Matches, renewal_at: Sentence | None) -> FirstTerm | None:
    """The length of the first term that most ties to the agreement; of rivals the shorter, which is never late."""
    found = sorted(_candidates(matches, renewal_at), key=lambda c: -c[0])
    if not found or found[0][0] < LEAST_WEIGHT:
        return None
    weight, value, sentence = found[0]
    if renewal_at is None or sentence.index != renewal_at.index:
        for other, rival, place in found[1:]:
            as_initial = _is_initial(matches, place) >= _is_initial(matches, sentence)
            if weight - other < RIVAL and as_initial and compare(_length(rival), _length(value)) == -1:
                value, sentence = rival, place
    for other, rival, place in found:  # a shorter length among the key terms may be the one that holds
        if other >= LEAST_WEIGHT and _is_key_term(matches, place) and compare(_length(rival), _length(value)) == -1:
            value, sentence = rival, place
    groups = matches.ask(TERM, sentence).groups
    doubt = None
    if groups.get("or_else"):
        doubt = "the sentence gives more than one length of the first term, each for a case of its own"
    elif groups.get("either_end") and not (groups.get("by_leaving") and not _THIRD.search(sentence.text)):
        doubt = "the first term ends with the earlier or the later of several things"
    elif value.note == CONTRACT_YEAR and not _years_of_the_agreement(matches):
        doubt = "the first term is counted in contract years, and these may begin later than the agreement"
    elif _in_years_of_their_own(matches, value, sentence):
        doubt = "the first term is counted in fiscal or other years with a first day of their own, and the first of them may be shorter"
    elif renewal_at is not None and not tied(matches, sentence, renewal_at) and not _sole(value, found):
        doubt = "the clause that renews and the one that gives a length of the term stand apart, and it is not certain that they mean the same term"
    return FirstTerm(value, sentence, doubt)


def tied(matches: Matches, sentence: Sentence, renewal_at: Sentence) -> bool:
    """Whether two sentences speak of the same term: they stand in one clause or close together, or the one names what the other defines."""
    clauses = matches.reading.document.clauses
    if abs(sentence.index - renewal_at.index) <= APART:
        return True
    if sentence.clause is not None and renewal_at.clause is not None:
        tops = [(clauses[c].path or (c,))[-1 if clauses[c].path else 0] for c in (sentence.clause, renewal_at.clause)]
        if sentence.clause == renewal_at.clause or tops[0] == tops[1]:
            return True
    names = (name for name, made in matches.reading.definitions.items() if any(d.sentence == sentence.index for d in made))
    text = renewal_at.text.lower()
    return any(name in text for name in names if matches.listed("term_nouns") & set(name.split()))


def _years_of_the_agreement(matches: Matches) -> bool:
    """Whether a contract year is counted from the effective date, or is not defined at all."""
    plain, effective = matches.reading.document.plain, effective_names(matches)[0]
    made = [d for name in matches.listed("contract_years") for d in matches.reading.definitions.get(name, [])]
    return not made or any(effective in plain[d.start : d.end].lower() for d in made)


def _in_years_of_their_own(matches: Matches, value: Value, sentence: Sentence) -> bool:
    """Whether a length is one of fiscal years, crop years or such, and the sentence does not give the day on which the first begins."""
    said = set(matches.reading.document.plain[value.start : value.end].lower().split())
    return bool(said & matches.listed("years_of_their_own")) and "<date>" not in sentence.words


def _is_key_term(matches: Matches, sentence: Sentence) -> bool:
    """Whether a sentence is a line of key terms: "Subscription Term: 12 months"."""
    return bool(_key(matches.listed("key_terms")).match(sentence.text)) and len(sentence.text) < 3 * LABEL


@lru_cache(maxsize=8)
def _key(names: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"[^.;:|]{{0,30}}\b{capital_or_not(names)}\s*[:|]")


def _sole(value: Value, found: list[tuple[float, Value, Sentence]]) -> bool:
    """Whether every other length that may be that of the term is as long, or longer, which is never late."""
    return all(compare(_length(other), _length(value)) in (0, 1) for weight, other, _ in found if weight >= LEAST_WEIGHT)


def _candidates(matches: Matches, renewal_at: Sentence | None) -> Iterator[tuple[float, Value, Sentence]]:
    elsewhere = _defining_something_else(matches)
    for match in matches.of(TERM):
        if match.sentence.index in elsewhere:
            continue
        value = None if _under_another_heading(matches, match.sentence) else _first(matches, match)
        if value is not None:
            yield _weight(matches, match, value, renewal_at), value, match.sentence


def _defining_something_else(matches: Matches) -> set[int]:
    """The sentences that say what a name means which is none of a term: '"Baseline" means the sales of the first two years'."""
    of_terms = matches.listed("term_names")
    means = [(d.sentence, of_terms.isdisjoint(name.split())) for name, made in matches.reading.definitions.items() for d in made if d.how == "means"]
    return {at for at, other in means if other} - {at for at, other in means if not other}


def _under_another_heading(matches: Matches, sentence: Sentence) -> bool:
    """Whether the nearest heading is on something else that has a term or an end of its own: "Non-Solicitation", "Escrow"."""
    nearest = set(re.findall(r"[a-z-]+", " ".join(matches.reading.headings(sentence)[:1]).lower()))
    return bool(nearest & matches.listed("headings_of_other_terms")) and nearest.isdisjoint(matches.listed("on_the_term") | matches.listed("first_term_headings"))


def _first(matches: Matches, match: Match) -> Value | None:
    """The first length of a sentence that is no notice and no renewal."""
    sentence, words = match.sentence, matches.reading.words(match.sentence)
    taken = renewal_lengths(matches, sentence)
    taken |= {v.start for h in matches.ask(NOTICE, sentence).groups.get("to_the_end", []) for _, v in h.values}
    if not _stands_alone(matches, sentence):
        said = {v.start for h in match.groups.get("initial_term", []) for _, v in h.values}
        taken |= {v.start for h in match.groups.get("alone", []) for _, v in h.values} - said
    for value, _ in match.values("initial_term"):
        length = _length(value)
        if length.business or length.unit in ("hour", "minute", "second") or value.note in ("recurring", ROUNDED_UP):
            continue
        if compare(length, SHORTEST) == -1 or value.start in taken or matches.of_another(sentence, value.start):
            continue
        if value.kind == "anniversary" and matches.of_another(sentence, value.end + BEHIND) and not matches.of_another(sentence, value.end):
            continue  # "the fifth anniversary of the Supply Agreement's effective date"
        if _is_of_another(matches, value, sentence) and not _names_a_term(matches, sentence):
            continue  # "it shall have a term of three years", after a sentence on another agreement
        if matches.listed("more_words") & set(matches.reading.document.plain[value.start : value.end].lower().split()):
            continue  # "two more years"
        at = words.between(value.start, value.end)
        following = set(words.tokens[at.stop : at.stop + 3])
        before = set(words.tokens[max(0, at.start - 3) : at.start])
        if not (matches.listed("behind_a_notice") & following or matches.listed("before_a_renewal") & before):
            return value
    return None


def _is_of_another(matches: Matches, value: Value, sentence: Sentence) -> bool:
    """Whether a length is that of another paper or of some thing: "the cards are valid for two years"."""
    at = matches.reading.words(sentence).between(value.start, value.end).start
    return matches.of_another(sentence, value.start) or matches.topic(OWN, sentence).is_of_another(at)


def _is_of_a_thing(matches: Matches, value: Value, sentence: Sentence) -> bool:
    """Whether a day is that of some thing: "the coupons expire on May 1, 2005"."""
    return matches.topic(OWN, sentence).is_of_an_unknown_noun(matches.reading.words(sentence).between(value.start, value.end).start)


def _names_a_term(matches: Matches, sentence: Sentence) -> bool:
    """Whether a sentence defines the term: 'for a term of 10 years (the "Initial Term")'."""
    nouns = matches.listed("term_nouns")
    return any(nouns & set(name.split()) for name, made in matches.reading.definitions.items() for d in made if d.sentence == sentence.index)


def _stands_alone(matches: Matches, sentence: Sentence) -> bool:
    """Whether a sentence begins with the length, under a heading on the term: "Initial Term. One year from the Effective Date."."""
    begins = any(h.first <= 1 for h in matches.ask(TERM, sentence).groups.get("alone", []))
    before = matches.reading.sentences[sentence.index - 1] if sentence.index else None
    label = before is not None and len(before.text) < LABEL and bool(matches.listed("term_labels") & before.words)
    return begins and (label or under_term(matches, sentence))


def _weight(matches: Matches, match: Match, value: Value, renewal_at: Sentence | None) -> float:
    sentence = match.sentence
    weight = float(match.points)
    headings = " ".join(matches.reading.headings(sentence)[:2]).lower()
    if any(w in headings for w in matches.listed("first_term_headings")):
        weight += 1.5
    if _is_key_term(matches, sentence):
        weight += 1.5
    if renewal_at is not None:
        distance = abs(sentence.index - renewal_at.index)
        weight += 3 if distance == 0 else 2.5 if distance <= 2 else 1.5 if sentence.clause == renewal_at.clause else 0
    if _length(value).unit in ("day", "week"):
        weight -= 2
    elif compare(_length(value), Duration(3, "month")) == -1:
        weight -= 1
    return weight - 0.002 * sentence.index


def _is_initial(matches: Matches, sentence: Sentence) -> bool:
    return not matches.listed("initial_words").isdisjoint(sentence.words)


def _length(value: Value) -> Duration:
    assert isinstance(value.amount, Duration)
    return value.amount


def stated_end(matches: Matches, term: FirstTerm | None, renewal_at: Sentence | None, start: object) -> tuple[Value, Sentence] | None:
    """The day on which the first term is said to end, and where."""
    at = term.sentence if term else None
    found: list[tuple[float, Value, Sentence]] = []
    elsewhere = _defining_something_else(matches)
    for match in matches.of(END):
        weight = match.points + (1.5 if under_term(matches, match.sentence) else 0)
        if at is not None and match.sentence.index == at.index:
            weight += 2
        if renewal_at is not None and abs(match.sentence.index - renewal_at.index) <= 2:
            weight += 2
        if match.sentence.index in elsewhere or _under_another_heading(matches, match.sentence):
            continue
        asked = matches.ask(END, match.sentence)
        if asked.groups.get("earlier_of"):
            continue  # it may end before the date, with the completion of something
        aside, excluded = ({v.start for v, _ in asked.values(name)} for name in ("offset", "excluded"))
        if not (match.groups.get("expiration_date") or (under_term(matches, match.sentence) and min(h.first for h in match.groups["alone"]) <= 1)):
            continue
        stated = [(v, s) for v, s in match.values("expiration_date") if v.start not in aside and not matches.of_another(s, v.start) and (under_term(matches, s) or not _is_of_a_thing(matches, v, s))]
        ends = [(_less_a_day(v) if v.start in excluded else v, s) for v, s in stated]
        later = [(v, s) for v, s in ends if not (start and str(v.amount) <= str(start))]
        if not later:
            continue
        value, sentence = min(later, key=lambda found: str(found[0].amount))  # "until 30 June 2008, or, where extended, 30 June 2009"
        found.append((weight - 0.002 * sentence.index, value, sentence))
    if not found:
        return None
    weight, value, sentence = max(found, key=lambda f: f[0])
    for other, rival, place in found:  # an earlier end among the key terms may be the one that holds
        if other >= LEAST_WEIGHT and _key(matches.listed("key_ends")).match(place.text) and str(rival.amount) < str(value.amount):
            weight, value, sentence = other, rival, place
    if weight < LEAST_WEIGHT or (at is not None and abs(sentence.index - at.index) > 6 and weight < 3):
        return None
    if renewal_at is not None and not tied(matches, sentence, renewal_at) and weight < 3:
        return None
    return value, sentence


def _less_a_day(value: Value) -> Value:
    """"Until, but excluding, March 1": the last day is the one before."""
    assert isinstance(value.amount, date)
    return value._replace(amount=value.amount - timedelta(days=1))


def under_term(matches: Matches, sentence: Sentence) -> bool:
    return any(word in h.lower() for word in matches.listed("term_nouns") for h in matches.reading.headings(sentence)[:2])
