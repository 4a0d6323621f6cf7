"""What leads up to a sentence: the headings above it, a heading that runs into its paragraph ("Not counted. …"), the line before its list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contractlens.language.marking import Reading
from contractlens.language.sentences import Sentence
from contractlens.rulebook import Match, Matches

BACK = 25  # lines of a list above one of them
SHORT = 7  # words of a heading that runs into its paragraph
RUN_IN = 6  # sentences of such a paragraph
LONG = 60  # words of an item of a list
ANSWERS = 2  # sentences after a question
QUESTION = 14  # words of a question, or of a heading that asks one
_ITEM = re.compile(r"[\s*_]*(?:[-\u2022\u00b7\u2013*]\s|\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[.)]\s)", re.I)
_WORD = re.compile(r"[A-Za-z][\w'-]*")
_NEW = re.compile(r"[\s*_#]*(?:[\dA-Z][\w.-]*[.)]?\s+)?[\"'(*_]*[A-Z]")


def run_in(reading: Reading, sentence: Sentence) -> Sentence | None:
    """The nearest short sentence before it in its clause that stands there like a heading: `Claims.`, `What if it goes down?`."""
    for before in reversed(reading.sentences[max(0, sentence.index - RUN_IN) : sentence.index]):
        if before.text.rstrip().endswith("?") and before.index == sentence.index - 1:
            return before  # questions and answers
        if before.clause != sentence.clause:
            return None
        if before.kind == "heading" or (len(_WORD.findall(before.text)) <= SHORT and (_NEW.match(before.text) or bare(before))):
            return before
    return None


def bare(sentence: Sentence) -> bool:
    """Whether a sentence is a few words in small letters on a line of their own, which stand there like a heading: `claiming`."""
    text = sentence.text
    return sentence.kind == "prose" and text[:1].islower() and text[-1:].isalpha() and "\n" not in text and len(text.split()) <= SHORT


def is_item(sentence: Sentence) -> bool:
    """Whether a sentence begins as an item of a list does: `- …`, `(b) …`."""
    return _ITEM.match(sentence.text) is not None


def question_of(reading: Reading, sentence: Sentence) -> Sentence | None:
    """The question that a sentence answers, also where the two are marked "Q." and "A."."""
    for before in reversed(reading.sentences[max(0, sentence.index - ANSWERS) : sentence.index]):
        if before.kind == "heading" or before.text.rstrip().endswith("?"):
            return before
    return None


def answers(matches: Matches, rule: str, *groups: str) -> Iterator[Match]:
    """What follows a heading or a question in which the rule meets all these groups: "When does the clock start?"."""
    sentences = matches.reading.sentences
    for s in sentences:
        if not (s.kind == "heading" or s.text.rstrip().endswith("?")) or len(s.text.split()) > QUESTION:
            continue
        asked = matches.ask(rule, s)
        if all(g in asked for g in groups):
            yield from (matches.ask(rule, a) for a in sentences[s.index + 1 : s.index + 1 + ANSWERS] if a.kind == "prose")


def introduction(reading: Reading, sentence: Sentence) -> Sentence | None:
    """The line that introduces the list of which a sentence is an item, or the heading right above it."""
    if len(sentence.text.split()) > LONG:
        return None
    for before in reversed(reading.sentences[max(0, sentence.index - BACK) : sentence.index]):
        text = before.text.rstrip()
        if before.kind == "heading" or text.endswith((":", ":-", ": -")) or bare(before):
            return before
        if text.endswith(",") and not is_item(before) and is_item(reading.sentences[before.index + 1]):
            return before  # "The Host undertakes, for each quarter, / - that the store is available ..."
        if before.kind == "prose" and text[-1:].isalpha() and not text.endswith((" and", " or")) and before.clause != sentence.clause:
            return before  # "No interruption is counted / (a) while works are in progress;"
    return None
