"""The date of the agreement: what its first lines say, else what is said where it is signed."""

from __future__ import annotations

import re

from contractlens.language.sentences import Sentence
from contractlens.language.value import Value
from contractlens.rulebook import Match, Matches
from contractlens.terms.dated import BLANK, Dated, dated
from contractlens.terms.signatures import PLACE_AND_DATE, dates_in, is_signed_near, last_signature

OPENING = 30  # sentences in which the agreement's date may stand
HEAD = 12  # sentences in which a date that stands alone is the agreement's
ALONE = ("", "the", "this", "dated", "date", "dated as of", "as of")  # what may stand with a date that stands alone
BEGINS = 16  # words of a sentence, at most, before it speaks of the agreement
MADE, STATED, SIGNED = "term/agreement-made", "term/agreement-date", "term/agreement-signed"
_ASIDE = re.compile(r"^\s*\([^()]{2,60}\)")  # behind a date: (the "Start")
_LEAD = 80  # characters before a date in which a blank shows that another date is missing


def agreement_date(matches: Matches) -> Dated | None:
    """The day on which the agreement was made, as it says itself.

    Said of the agreement, it may stand anywhere; said of nothing in particular ("as of", "dated"), in the opening; then alone or
    behind a place at the top; then in the closing words, or beside the signatures: of several the last, since only with all of
    them signed is it agreed.
    """
    if any(_is_left_blank(match) for match in matches.of(MADE)):
        return None
    said = _said(matches)
    if said is not None and said[0]:
        return said[1]
    return _alone(matches) or (said[1] if said and not said[2] else None) or _signed(matches) or last_signature(matches) or (said[1] if said else None)


def _said(matches: Matches) -> tuple[bool, Dated, bool] | None:
    """What a sentence says, whether it says it of the agreement, and whether it is only the day from which it counts."""
    found: list[tuple[float, bool, Match, Value]] = []
    for rule_id, bonus in ((MADE, 3.0), (STATED, 0.0)):
        for match in matches.of(rule_id):
            if rule_id == STATED and match.sentence.index > len(matches.reading.sentences) / 2 and is_signed_near(matches, match.sentence):
                continue
            value = _first_date(matches, match)
            if value is not None:
                found.append((bonus + bool(match.groups.get("made")) + match.points - (0.1 * min(match.sentence.index, OPENING)), bool(bonus), match, value))
    if not found:
        return None
    _, made, match, value = max(found, key=lambda f: f[0])
    only_effect = not matches.listed("effective_words").isdisjoint(match.sentence.words) and not made and not match.groups.get("made")
    return made or bool(match.groups.get("made")), dated(value, match.sentence), only_effect


def _first_date(matches: Matches, match: Match) -> Value | None:
    """The first date of a match; none where a blank stands before it: "dated this ____ day of May, but effective as of May 1, 2020"."""
    hits = sorted(((v, h) for h in match.groups["agreement_date"] for _, v in h.values), key=lambda pair: pair[0].start)
    hits = [(v, h) for v, h in hits if not matches.of_another(match.sentence, v.start)]
    if match.rule.id == MADE:
        words = matches.reading.words(match.sentence)
        behind_a_title = (i for i, start in enumerate(words.starts) if words.tokens[i] == "this" and match.sentence.text[start - match.sentence.start] == "T")
        first = next(behind_a_title, 0)
        hits = [(v, h) for v, h in hits if h.first < first + BEGINS]  # "this Agreement" deep in a sentence: another is spoken of
    if not hits:
        return None
    value = hits[0][0]
    return None if _follows_blank(match.sentence, value.start) else value


def _is_left_blank(match: Match) -> bool:
    """Whether the agreement is said to be made on a day that is left blank."""
    first = min((v.start for h in match.groups["agreement_date"] for _, v in h.values), default=match.sentence.end)
    return _follows_blank(match.sentence, first)


def _follows_blank(sentence: Sentence, at: int) -> bool:
    """Whether a blank stands a little before a place of the document; a rule above the first line is none."""
    return bool(BLANK.search(sentence.text[: at - sentence.start].lstrip("_ \n")[-_LEAD:]))


def _alone(matches: Matches) -> Dated | None:
    """A date that stands alone, or behind a place, in the first lines: "Hamburg, 19 November 2012"."""
    for sentence in matches.reading.sentences[:HEAD]:
        if "<date>" not in sentence.words or len(sentence.text) > 100:
            continue
        for value in dates_in(matches, sentence):
            rest = sentence.text[: value.start - sentence.start] + _ASIDE.sub("", sentence.text[value.end - sentence.start :])
            if rest.strip(" ,.:()").lower() in ALONE or PLACE_AND_DATE.match(sentence.text):
                return dated(value, sentence)
    return None


def _signed(matches: Matches) -> Dated | None:
    """The date in the closing words: "in witness whereof … executed this Agreement as of May 4, 2003"."""
    for match in matches.of(SIGNED):
        value = _first_date(matches, match)
        if value is not None:
            return dated(value, match.sentence)
    return None
