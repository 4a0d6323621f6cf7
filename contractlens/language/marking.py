"""Sentences become words with the values marked: what rules are matched against.

Only the sentences that some rule may match are ever tokenised. In them each value is one word (`<duration>`), each
mention of a party is one word (`<vendor>`), and all other words are spaCy's tokens in lower case.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from contractlens.documents.document import Document
from contractlens.documents.place import Evidence
from contractlens.language.amounts import amounts
from contractlens.language.days import dates, numeric_order
from contractlens.language.definitions import Definition, definitions
from contractlens.language.names import Cast
from contractlens.language.sentences import PARTIES, Bag, Sentence, bag_of, split
from contractlens.language.value import Taken, Value, disjoint

if TYPE_CHECKING:
    from spacy.language import Language


_AMERICAN = re.compile(r"\b(?:State of [A-Z]|United States|U\.S\.|Delaware|New York|California|Texas|Florida|Nevada|Illinois|[A-Z]{2} \d{5})")
_NOT_AMERICAN = re.compile(r"\b(?:England|Wales|GmbH|Germany|France|Netherlands|B\.V\.|London|Australia|India|European Union|Ireland|Limited)\b")
_CHUNK = re.compile(r"\S+")
BESIDE = 3  # sentences
_STUCK_NUMBER = re.compile(r"\s*\d{1,3}(?:\.\d{1,3})*\.?(?=[A-Z\"])")


@cache
def english() -> Language:
    """spaCy's English without a trained model: its tokenizer and vocabulary. It knows no faces: a bracket and a colon are two signs."""
    import spacy

    nlp = spacy.blank("en")
    tokenizer: Any = nlp.tokenizer
    tokenizer.rules = {written: parts for written, parts in tokenizer.rules.items() if any(map(str.isalnum, written))}
    return nlp


_PLAIN_WORD = re.compile(r"(?P<open>[\"(]{0,2})(?P<word>[A-Za-z]*(?:[a-z]|[A-Z]{2})|[A-Z](?!\.))(?P<close>[)\",;:]{0,3}\.?)")


@lru_cache(maxsize=1 << 16)
def _tokens(chunk: str) -> tuple[tuple[str, int, int], ...]:
    """The words of a stretch without white space, in lower case, with their places in it; no token of spaCy's runs over white space."""
    tokenizer: Any = english().tokenizer
    plain = _PLAIN_WORD.fullmatch(chunk)
    if plain and tokenizer.rules.keys().isdisjoint((plain.group("word"), plain.group("word") + ".")):  # most words; the tokenizer takes a hundred times as long to say the same
        return tuple(_one_by_one(*plain.group("open", "word", "close")))
    if "'" in chunk and chunk.isupper() and len(chunk.lower()) == len(chunk):
        chunk = chunk.lower()  # the tokenizer knows "isn't", and not "ISN'T"
    return tuple((t.lower_, t.idx, t.idx + len(t)) for t in tokenizer(chunk))


def _one_by_one(opened: str, word: str, closed: str) -> Iterator[tuple[str, int, int]]:
    at = 0
    for part in (*opened, word.lower(), *closed):
        yield part, at, at + len(part)
        at += len(part)


def is_web_address(word: str) -> bool:
    from spacy.lang.lex_attrs import like_url

    return "http" in word or like_url(word)


@lru_cache(maxsize=1 << 16)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a rule's phrase, split as sentences are."""
    return tuple(word for chunk in text.split() for word, _, _ in _tokens(chunk))


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence's words; `starts` and `ends` are their places in the document, `values` those that are values.

    The values' own offsets count in the document, too.
    """

    tokens: list[str]
    starts: Sequence[int]
    ends: Sequence[int]
    values: dict[int, Value]

    def between(self, start: int, end: int) -> range:
        """The indices of the words that start in a stretch of the document."""
        first = bisect_right(self.ends, start)
        last = bisect_right(self.starts, end - 1)
        return range(first, last)


class Reading:
    """A document with its sentences, definitions and parties at hand."""

    def __init__(self, document: Document, cast: Cast) -> None:
        self.document = document
        self.cast = cast
        self.sentences = split(document, cast.signs)
        self._words: dict[int, Words] = {}

    @cached_property
    def definitions(self) -> dict[str, list[Definition]]:
        return definitions(self.document, self.sentences)

    @cached_property
    def date_order(self) -> str:
        """How numeric dates are read, where another date of the document settles it."""
        plain = self.document.plain
        return numeric_order(plain) or ("MDY?" if len(_AMERICAN.findall(plain[:200_000])) > 3 * len(_NOT_AMERICAN.findall(plain[:200_000])) else "")

    @cached_property
    def by_clause(self) -> dict[int | None, list[int]]:
        """The sentences of each clause."""
        found: dict[int | None, list[int]] = {}
        for s in self.sentences:
            found.setdefault(s.clause, []).append(s.index)
        return found

    def around(self, sentence: Sentence) -> list[Sentence]:
        """The other sentences of its numbered clause, sub-items included; without numbered clauses, the few beside it."""
        if sentence.clause is None:
            near = self.sentences[max(0, sentence.index - BESIDE) : sentence.index + BESIDE + 1]
            return [s for s in near if s.index != sentence.index and s.clause is None]
        clauses = self.document.clauses
        own = clauses[sentence.clause]
        home = sentence.clause
        while own.level >= 45 and own.path:  # an item of a list: the whole list is its clause
            home = own.path[-1]
            own = clauses[home]
        inside = [i for i in range(home, len(clauses)) if i == home or home in clauses[i].path]
        return [self.sentences[k] for i in inside for k in self.by_clause.get(i, ()) if k != sentence.index]

    def headings(self, sentence: Sentence) -> list[str]:
        """The headings above a sentence, the nearest first."""
        if sentence.clause is None:
            return []
        own = self.document.clauses[sentence.clause]
        found = [own, *(self.document.clauses[i] for i in reversed(own.path))]
        return [c.heading for c in found if c.heading]

    def words(self, sentence: Sentence) -> Words:
        """The sentence's words with its values marked; made once."""
        made = self._words.get(sentence.index)
        if made is None:
            made = self._words[sentence.index] = self.mark(sentence.text, sentence.start, sentence.bag)
        return made

    def values(self, text: str, bag: Bag | None = None) -> list[Value]:
        """The values of a text in order: amounts, dates, parties. Dates win over amounts, amounts over parties."""
        may_hold = (bag or self.bag(text)).words
        numbered = "<number>" in may_hold
        days = dates(text, lambda: self.date_order if "/" in text or "." in text else "") if numbered else []
        stated = disjoint([*days, *amounts(text, numbered)])
        taken = Taken((v.start, v.end) for v in stated)
        mentions = [] if may_hold.isdisjoint(PARTIES) else self.cast.mentions(text)
        named = [v for v in mentions if not taken.touches(v.start, v.end)]
        return sorted([*stated, *named], key=lambda v: v.start)

    def bag(self, text: str) -> Bag:
        """What any text may hold."""
        return bag_of(text, self.cast.signs)

    def mark(self, text: str, offset: int = 0, bag: Bag | None = None) -> Words:
        """Any text's words, as if it stood at `offset`; `bag` is what it may hold, where that is known."""
        words: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        values: dict[int, Value] = {}

        def plain(start: int, end: int) -> None:
            for chunk in _CHUNK.finditer(text, start, end):
                at = offset + chunk.start()
                for word, first, last in _tokens(chunk.group()):
                    words.append(word)
                    starts.append(at + first)
                    ends.append(at + last)

        at = 0
        if stuck := _STUCK_NUMBER.match(text):  # "2.1Term": PDFs stick a clause's number to its first word
            plain(0, stuck.end())
            at = stuck.end()
        for value in self.values(text, bag):
            if value.start < at:
                continue
            plain(at, value.start)
            values[len(words)] = value._replace(start=offset + value.start, end=offset + value.end)
            words.append(f"<{value.kind}>")
            starts.append(offset + value.start)
            ends.append(offset + value.end)
            at = value.end
        plain(at, len(text))
        return Words(words, starts, ends, values)

    def evidence(self, *sentences: Sentence) -> tuple[Evidence, ...]:
        """The sentences as evidence, each once, in reading order."""
        chosen = sorted({s.index: s for s in sentences}.values(), key=lambda s: s.index)
        return tuple(self.document.evidence(s.start, s.end) for s in chosen)
