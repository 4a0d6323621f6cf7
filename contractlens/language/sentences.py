"""Paragraphs become sentences that fit contracts: not broken by "Section 4.2.", "No. 5" or "Acme Inc. shall"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from contractlens.documents.document import Document
from contractlens.language.amounts import kinds_in

_END = re.compile(r"(?<![.?!])[.?!]+[\"')\]]*(?:\s++(?=[\"'(\[]{0,2}[A-Z0-9]|\([a-z]{1,4}\)\s+[A-Z]|[•▪●◦])|[^\S\n]*+\n\s*+(?=\S))|;[^\S\n]*+\n\s*+(?=\S)")
_ABBREVIATION = re.compile(
    r"(?:\b(?:No|Nos|[Mm]ax|Inc|INC|Ltd|LTD|Corp|CORP|CO|Co|Cos|LLC|L\.L\.C|Sec|Sect|Art|Para|Cl|Fig|Ex|Exh|Mr|Mrs|Ms|Dr|Prof|St|Ste|Ave|Blvd|Rd|Bldg|Fl|Dept|Attn|Tel|Fax|"
    r"vs|v|cf|viz|approx|incl|excl|resp|e\.g|i\.e|etc|p|pp|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|a\.m|p\.m|U\.S|U\.K|U\.S\.A|D\.C|N\.Y|N\.A|"
    r"S\.A|B\.V|N\.V|Pty|Pte|Pvt|GmbH|Gmbh|P\.O|Rev|Stat|U\.S\.C|C\.F\.R|Ph\.D|Esq|Jr|Sr|Bros|Hon)|\b[A-Z]|(?:^|\s)\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-z]|[ivx]{1,4})\)?)\.$",
)
_MONTH_THEN_DAY = re.compile(r"(?:\b|_)(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.\s*\d{1,2}\b")
_DAY_THEN_YEAR = re.compile(r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\s+\d{1,2}\.$")  # "March 5. 2009", as scans have it
_HARD_ABBREVIATION_THEN_SENTENCE = re.compile(r"(?:Inc|INC|Ltd|LTD|Corp|CORP|Co|CO|LLC|etc|U\.S|a\.m|p\.m)\.$")
_STARTS_SENTENCE = re.compile(r"[\"'(]{0,2}(?:The|This|These|In|If|Any|All|Each|Either|Neither|Such|Upon|For|Unless|No|It|We|You|Customer|Provider|At|By|As|Where|When|Following)\s")
_DATED = re.compile(r"(?:19|20)\s?\d\s?\d(?!\d)|,\s['\u2019]\d\d\b|\d[/.-]\d{1,2}[/.-]'?\d\d|\d[ -][A-Z][a-z]{2,8}[ -]\d\d\b|[Tt]wo\s+[Tt]housand|TWO\s+THOUSAND|[Nn]ineteen\s+(?:[Nn]inety|[Hh]undred)|NINETEEN|[Aa]\.\s?[Dd]\.|[Tt]wenty\s+(?:[Tt]en|[Ee]leven|[Tt]welve|[A-Za-z]+teen|[Tt]wenty)\b|TWENTY")
LONGEST = 10_000  # characters; the longest sentence that we have seen has a third of them
_WORDS = re.compile(r"[a-z]+|[%$\u20ac\u00a3\u20b9]|\d+")
_SHORTENED = re.compile(r"\b(?P<verb>[a-z]{2,6})n['\u2019]t\b")  # "don't" is read as "do" and "n't"


@dataclass(frozen=True, slots=True)
class Bag:
    """A text's words in lower case: as a set, with the values that it may hold (`<date>`, `<vendor>`), and in a line, blanks at both ends."""

    words: frozenset[str]
    line: str

    def pairs(self) -> set[str]:
        """The words that stand next to one another, two by two."""
        return set(map(" ".join, pairwise(self.line.split())))


Signs = Mapping[str, Set[str]]  # by kind of value: words of which a text must hold one to name that side; a kind that is left out may be anywhere
PARTIES = ("<vendor>", "<customer>", "<agreement>")


@dataclass(slots=True)
class Sentence:
    """A sentence, a heading or a table's row, by its place in the document. `text` is as rules read it.

    `bag` is what it may hold, by which most rules are ruled out.
    """

    index: int
    start: int
    end: int
    text: str
    kind: Literal["prose", "heading", "row"]
    clause: int | None
    bag: Bag

    @property
    def words(self) -> frozenset[str]:
        return self.bag.words


def split(document: Document, signs: Signs | None = None) -> list[Sentence]:
    """All the document's sentences in reading order; running lines have none."""
    sentences: list[Sentence] = []
    plain = document.plain
    for paragraph in document.paragraphs:
        if paragraph.kind == "running":
            continue
        kind = paragraph.kind
        spans = [(paragraph.start, paragraph.end)] if kind != "prose" else spans_of(plain, paragraph.start, paragraph.end)
        for start, end in (part for span in spans for part in _in_parts(plain, *span)):
            text = plain[start:end]
            sentences.append(Sentence(len(sentences), start, end, text, kind, document.clause_at(start), bag_of(text, signs)))
    return sentences


def bag_of(text: str, signs: Signs | None = None) -> Bag:
    """What a text may hold: cheap to tell, and never too little."""
    small = text.lower()
    found = _WORDS.findall(small.replace("cannot", "can not"))  # two words to the tokenizer
    words = set(found)
    if "9s" in small or "9's" in small:
        words.add("nines")
    if "t" in words:
        words |= {"n't", *(m.group("verb") for m in _SHORTENED.finditer(small))}
    kinds = kinds_in(words, small)
    if "<date>" in kinds and not _DATED.search(text):
        kinds.remove("<date>")
    words |= kinds
    for kind in PARTIES:
        telling = signs.get(kind) if signs else None
        if telling is None or not words.isdisjoint(telling):
            words.add(kind)
    return Bag(frozenset(words), f" {' '.join(found)} ")


def spans_of(plain: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences' ranges within a paragraph."""
    at = start
    for match in _END.finditer(plain, start, end):
        stop = match.start() + len(match.group().rstrip())
        head = plain[max(at, match.start() - 24) : match.start() + 1]
        if match.group().lstrip()[:1] == "." and _goes_on(head, plain[match.end() : match.end() + 20], at == max(at, match.start() - 24)):
            continue
        if plain[at:stop].strip():
            yield _trimmed(plain, at, stop)
        at = match.end()
    if plain[at:end].strip():
        yield _trimmed(plain, at, end)


def _in_parts(plain: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The range itself; of one that is longer than any sentence, parts that end with a semicolon, a comma or a word."""
    while end - start > LONGEST:
        near = (plain.rfind(mark, start + LONGEST // 2, start + LONGEST) for mark in ";, ")
        at = next((i for i in near if i >= 0), start + LONGEST - 1) + 1
        if plain[start:at].strip():
            yield _trimmed(plain, start, at)
        while at < end and plain[at].isspace():
            at += 1
        start = at
    yield start, end


def _goes_on(head: str, following: str, at_start: bool) -> bool:
    """Whether the full stop at the end of `head` belongs to an abbreviation or a number."""
    if _MONTH_THEN_DAY.search(head[-6:] + " " + following[:3]):
        return True
    if head[-2:-1].isdigit() and _DAY_THEN_YEAR.search(head[-20:]) and re.match(r"(?:19|20)\d\d\b", following):
        return True
    if head.endswith("NO.") and following[:1].isdigit():  # "AMENDMENT NO. 1"
        return True
    if not _ABBREVIATION.search(head):
        return False
    if re.search(r"(?:^|\s)\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-z]|[ivx]{1,4})\)?\.$", head):
        return at_start and re.fullmatch(r"\W*(?:(?:section|article|sec|art|clause)\W*)?[\w.()]{1,9}\.", head.strip(), re.I) is not None
    return not (_HARD_ABBREVIATION_THEN_SENTENCE.search(head) and _STARTS_SENTENCE.match(following))


def _trimmed(plain: str, start: int, end: int) -> tuple[int, int]:
    text = plain[start:end]
    return start + len(text) - len(text.lstrip()), end - (len(text) - len(text.rstrip()))
