"""The dates beside the signatures."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from contractlens.language.sentences import Sentence
from contractlens.language.value import Value
from contractlens.rulebook import Matches
from contractlens.rulebook.matching import Hit
from contractlens.terms.dated import Dated, dated

BESIDE = "term/signatures"
BLOCK = 12  # sentences: a date further from the signatures is not beside them
LONGEST_LABEL = 6  # words: "Date of signing: May 4, 2003"
_COLONS = frozenset({":", "::", "|", "-"})
_COLUMNS = re.compile(r"\s*\n\s*|[ \t]{4,}")
_LAST = 4  # sentences of a document, in which dates may stand beside signatures that are not labelled
_SHORT = 300  # characters: a longer sentence is no line of a signature block
PLACE_AND_DATE = re.compile(r"(?:(?:[A-Z][\w.]+[ /]?){1,4}(?:,\s*|\s{3,}))(?:the\s+|this\s+)?(?=\w{3,9}\.?\s+\d{1,2}|\d{1,2})[^;:]{6,30}$")


def last_signature(matches: Matches) -> Dated | None:
    """The last of the dates beside the first signatures; `earliest` is the first of them."""
    found: list[tuple[Value, Sentence]] = []
    for sentence in matches.reading.sentences:
        if "<date>" not in sentence.words or len(sentence.text) >= _SHORT:
            continue
        if found and sentence.index - found[-1][1].index > BLOCK:
            break  # the signatures of an exhibit
        values = _dates_of_signing(matches, sentence)
        if values and is_signed_near(matches, sentence):
            found += [(value, sentence) for value in values]
    if not found:
        return None
    value, sentence = max(found, key=lambda pair: str(pair[0].amount))
    return replace(dated(value, sentence), earliest=date.fromisoformat(min(str(v.amount) for v, _ in found)))


def _dates_of_signing(matches: Matches, sentence: Sentence) -> list[Value]:
    """The dates of a short line that are labelled so, that stand alone, or behind a place."""
    groups, tokens = matches.ask(BESIDE, sentence).groups, matches.reading.words(sentence).tokens
    if groups.get("of_something_else"):
        return []
    label = [h for h in groups.get("agreement_date", []) if _is_label(matches, h, tokens)]
    if label:
        return [value for hit in label for _, value in hit.values]
    values = dates_in(matches, sentence)
    if groups.get("columns") or not any(word[:1].isalnum() for word in tokens if word != "<date>"):
        return values
    columns = _COLUMNS.split(sentence.text)
    return values[: len(columns)] if all(PLACE_AND_DATE.match(column) for column in columns) else []


def _is_label(matches: Matches, hit: Hit, tokens: list[str]) -> bool:
    """Whether a date is labelled as that of a signature: "Date signed: May 4, 2003", but not "End Date: May 4, 2006"."""
    if hit.first and tokens[hit.first - 1] in matches.listed("dates_of_something_else"):
        return False
    return hit.first == 0 or tokens[hit.first - 1] == "<date>" or (hit.last - hit.first < LONGEST_LABEL and not _COLONS.isdisjoint(tokens[hit.first + 1 : hit.last - 1]))


def is_signed_near(matches: Matches, at: Sentence) -> bool:
    if at.index >= len(matches.reading.sentences) - _LAST:
        return True
    near = matches.reading.sentences[max(0, at.index - BLOCK) : at.index + BLOCK + 1]
    return any(len(s.text) < _SHORT and matches.ask(BESIDE, s).groups.get("beside") for s in near)


def dates_in(matches: Matches, sentence: Sentence) -> list[Value]:
    return [v for v in matches.reading.words(sentence).values.values() if v.kind == "date"]
