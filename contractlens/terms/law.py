"""The governing law: a place, named behind "laws of", before "law", in the label of a key-term table or alone under its heading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from contractlens.documents.place import Evidence
from contractlens.language.patterns import any_of
from contractlens.language.sentences import Sentence
from contractlens.rulebook import Match, Matches
from contractlens.terms.places import WHOLE, Places, places

RULE = "law/governing-law"
ALONE = "law/under-its-heading"
SENTENCE = "law/as-a-sentence"
OTHER = "law/other-laws"
_BEFORE = 110  # characters before "law", in which it is said that another law is meant
_LABEL = re.compile(r"\W{0,4}(?:[\d.]{1,8}\s)?(?P<label>[^:|]{2,70}?)(?:\s?:|\s-)\s(?P<rest>.+)", re.S)
_THEREIN = re.compile(r",?\s+(?:applicable|in\s+force)\s+(?:therein|thereto|there|in)\b", re.I)
LONGEST_LAW = 90  # characters of a sentence that does no more than name a law
SURE = 3  # points: with as many, what comes first counts
LISTS = ("law_words", "law_qualifiers", "between_law_and_place", "that_place", "exceptions")


@dataclass(frozen=True)
class Governing:
    place: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class _Named:
    """A law that a sentence names: where its words begin, where "law" ends, where all ends, whose it is, and whether we know the place."""

    start: int
    law: int
    end: int
    place: str
    known: bool = True


class _Wording:
    """How a law is named, as patterns made from the word lists."""

    def __init__(self, where: Places, law: tuple[str, ...], qualifiers: tuple[str, ...], fillers: tuple[str, ...], those: tuple[str, ...], exceptions: tuple[str, ...]) -> None:
        word = rf"(?P<law>{any_of(law)})\b"
        between = rf"(?:,?\s{any_of(fillers)}(?!\w)|\s\([^()]{{0,60}}\)){{0,4}}"
        self.of = re.compile(rf"\b{word}{between},?\s(?:of|in|within|OF|IN|WITHIN),?\s(?=\w)")  # "pursuant to the laws of, the State of Kansas"
        self.before = re.compile(rf"(?P<name>{where.name})(?:'s?)?(?:\s?{any_of(qualifiers)}(?!\w)){{0,4}}\s{word}")
        self.that = re.compile(rf"\b{word}{between}\s{any_of(those)}\b")
        self.is_that = re.compile(rf"\b{word}\b[^.;:]{{0,80}}?\s(?:is|be)\sthat\sof\s", re.I)
        self.by_state = re.compile(rf"\b(?P<law>governed\s(?:and\s\w+\s)?by)\s(?={where.form})", re.I)
        self.qualified = re.compile(rf"(?i:the\s)?(?:{any_of(qualifiers)}\s){{0,3}}")
        self.breaks = re.compile(rf";|,?\s{any_of(exceptions)}(?!\w)")
        self.alone = re.compile(rf"(?i:the\s)?(?:{any_of(qualifiers)}\s){{0,3}}{any_of(law)}\s(?i:of|in)\s")


@lru_cache(maxsize=4)
def _wording(where: Places, *lists: tuple[str, ...]) -> _Wording:
    return _Wording(where, *lists)


def read(matches: Matches) -> Governing | None:
    """The state or country whose law governs; None where none is named, or where several are, each for some customers or a part."""
    reader = _Reader(matches)
    found: list[tuple[tuple[bool, bool, int, int], str, Sentence]] = []
    for match in (*matches.of(RULE), *matches.of(ALONE), *matches.of(SENTENCE)):
        place, sentence = reader.place(match), match.sentence
        if not place and (below := reader.below(sentence)):
            place, sentence = below
        if place:
            found.append((reader.rank(match), place, sentence))
    found.sort(key=lambda f: f[0])
    if not found or (any(found[0][0][:2]) and any(place != found[0][1] for _, place, _ in found)):
        return None
    _, place, sentence = found[0]
    return Governing(place, matches.reading.evidence(sentence))


class _Reader:
    def __init__(self, matches: Matches) -> None:
        self.matches = matches
        self.where = places(matches)
        self.wording = _wording(self.where, *(tuple(matches.rulebook.words.lists[name]) for name in LISTS))

    def rank(self, match: Match) -> tuple[bool, bool, int, int]:
        """What is said of all customers before what is said of some; of the whole before a part; then by points and order."""
        groups = self.matches.ask(OTHER, match.sentence).groups
        part = "part" in groups and "whole" not in groups
        return "conditional" in groups, part, -min(match.points + 2 * self._is_headed(match.sentence), SURE), match.sentence.index

    def _is_headed(self, sentence: Sentence) -> bool:
        return any(self._is_label(heading) for heading in self.matches.reading.headings(sentence)[:2])

    def place(self, match: Match) -> str | None:
        sentence = match.sentence
        text = " ".join(sentence.text.split())
        if match.rule.id == ALONE:
            return self._alone(re.sub(r"^[\W\d]{0,12}", "", text))
        if match.rule.id == SENTENCE:
            return self._begins_with_it(re.sub(r"^[\W\d]{0,12}", "", text))
        behind = self._behind_label(text, sentence.kind == "row")
        return behind or self._chosen(text, match)

    def below(self, sentence: Sentence) -> tuple[str, Sentence] | None:
        """The place alone in the sentence after one that is no more than a heading: "9. Governing law. Ontario."."""
        following = self.matches.reading.sentences[sentence.index + 1 : sentence.index + 2]
        place = self._alone(" ".join(following[0].text.split())) if following and self._is_label(sentence.text) else None
        return (place, following[0]) if place else None

    def _is_label(self, text: str) -> bool:
        return len(text.split()) <= 9 and "label" in self.matches.ask_text(RULE, " ".join(text.split()))

    def _behind_label(self, text: str, row: bool) -> str | None:
        """`Governing law | England and Wales`, `Choice of Law: Texas`."""
        cells = [cell.strip() for cell in text.split("|")] if row else []
        pairs = [*pairwise(cells)]
        if m := _LABEL.match(text) if not row or len(cells) < 2 else None:
            pairs.append((m.group("label"), m.group("rest").lstrip("|: ")))
        for label, rest in pairs:
            if self._is_label(label) and (place := self._alone(rest) or (self.where.at(rest, 0) if len(rest.split()) <= 5 else None)):
                return place
        return None

    def _alone(self, text: str) -> str | None:
        """The place of a text that is no sentence: "California, without regard to conflicts", "English law", "The laws of Peru"."""
        if (m := self.wording.before.match(text)) and m.group("name")[0].isupper():
            return self.where.called(m.group("name")) if re.match(r"\s*(?:$|[.,;:()|]|and\b|without\b|exclu)", text[m.end() :], re.I) else None
        if m := self.wording.alone.match(text):
            text = text[m.end() :]
        return self.where.fragment(text)

    def _begins_with_it(self, text: str) -> str | None:
        """The place of a short sentence without a verb: "Ohio law.", "Law of England and Wales; the English courts"."""
        begins = self.wording.before.match(text) or self.wording.alone.match(text)
        return self._alone(text) if begins and len(text) < LONGEST_LAW else None

    def _chosen(self, text: str, match: Match) -> str | None:
        """The law that a sentence chooses: of several, that of the whole agreement, and the state before its country."""
        sure = match.points > 0 or self._is_headed(match.sentence)
        named = [n for n in sorted(self._named(text, match.sentence), key=lambda n: n.start) if (n.known or sure) and not self._elsewhere(text, n)]
        if not named:
            return None
        breaks = [m.start() for m in self.wording.breaks.finditer(text)]
        best = min(named, key=lambda n: self._is_of_a_part(text, n, breaks))
        others = [n for n in named if n.place != best.place]
        for other in others:
            if best.place == WHOLE:
                return other.place
            if other.start > best.start and other.place != WHOLE and _THEREIN.match(text, other.end):
                return f"{best.place}, {other.place}"  # "the laws of Ontario and the laws of Canada applicable therein"
        return best.place

    def _named(self, text: str, sentence: Sentence) -> Iterator[_Named]:
        for m in self.wording.before.finditer(text):
            if m.group("name")[0].isupper():
                yield _Named(m.start(), m.end("law"), m.end("law"), self.where.called(m.group("name")))
        for pattern in (self.wording.of, self.wording.is_that, self.wording.by_state):
            for m in pattern.finditer(text):
                at = self.wording.qualified.match(text, m.end())
                start = at.end() if at and self.where.known(text, at.end()) else m.end()
                known = self.where.known(text, start)
                place = known[0] if known else self.where.at(text, start)
                if place and (known or pattern is self.wording.of):
                    yield _Named(m.start(), m.end("law"), known[1] if known else m.end(), place, known is not None)
        for m in self.wording.that.finditer(text):
            before = self.where.last_before(text, m.start()) or self._named_before(sentence)
            if before:
                yield _Named(m.start(), m.end("law"), m.end(), before)

    def _named_before(self, sentence: Sentence) -> str | None:
        """The place that the sentence before names: "This contract is made in Texas. The laws of that State govern it."."""
        earlier = self.matches.reading.sentences[max(0, sentence.index - 1)]
        text = " ".join(earlier.text.split())
        return self.where.last_before(text, len(text)) if earlier.clause == sentence.clause and earlier is not sentence else None

    def _elsewhere(self, text: str, named: _Named) -> bool:
        """Whether it is the law of something else: "organized under the laws of Delaware", "the tax laws of Peru"."""
        stretch = text[max(0, named.law - _BEFORE) : named.law]
        words = len(self.matches.found_text(stretch).words.tokens)
        return any(hit.last == words for hit in self.matches.ask_text(OTHER, stretch).get("elsewhere", ()))

    def _is_of_a_part(self, text: str, named: _Named, breaks: list[int]) -> bool:
        start = max((b for b in breaks if b <= named.start), default=0)
        end = min((b for b in breaks if b >= named.end), default=len(text))
        groups = self.matches.ask_text(OTHER, text[start:end])
        return "part" in groups and "whole" not in groups
