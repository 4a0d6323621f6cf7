"""Which paper a text speaks of: the document itself, or another agreement, lease or policy that it mentions.

What papers are called, and what tells one from another, are lists of `rules/words.yml`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from contractlens.language.marking import Reading
from contractlens.language.patterns import any_of, beginning

OFTEN = 5  # times a document calls itself "this Agreement", after which "the contract" is another one
LEAD = 80  # characters between a paper and the name that is given to it
HEAD = 6000  # characters in which a document says what it is
LISTS = ("papers", "agreements", "papers_of_others", "paper_belongings", "identifies_a_paper", "points_at_an_agreement", "names_no_paper", "names_another_paper")
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_SMALL = "this|the|a|an|that|such|each|any|of|and|or|to|in|by|under|for|with|from|shall|will|is|are|may|not|on|upon|if|unless"
_DETERMINER = r"this|the|such|said|an?|that\s+certain|that|those|any|each|every|its|their|our|your|my|his|her|another|separate|whose|all|other|[A-Z][\w.&-]*'s"
_HERE = ("this ", "hereof", "hereunder")
_ANOTHER_THING = re.compile(r",\s+(?:an?|the|its|their|one)\s", re.I)  # 'under a lease that runs until 2031, an arena (the "Arena")'
_PERSONS = frozenset({"my", "his", "her"})
_THEIRS = frozenset({"its", "their", "his", "her", "whose"})
_POINTS = frozenset({"the", "that", "those", "such", "said"})
_IS = re.compile(r"(?<!which )(?<!that )\b(?:is|are)\b")
_THIS_TO = re.compile(r"\bthis\s+(?:(?!is\b|are\b|was\b|shall\b|will\b|may\b)[\w.#-]+\s+){1,6}(?:\([^)]{1,40}\)\s*)?,?\s*(?:to|of|under|amending|supplementing|relating\s+to)\s+(?:the\s+|that\s+certain\s+)?$", re.I)
_BY = re.compile(r"\bby\s+$", re.I)
_DATED = re.compile(r"\s+dated\b", re.I)
_BY_MEANS_OF = re.compile(r"\b(?:by|in|into|upon|on|with|without|through|to|unless|reach|until|means\s+of)\s+$", re.I)


class _Wording:
    """How papers are named, as patterns and sets made from the word lists."""

    def __init__(self, lists: Mapping[str, Sequence[str]]) -> None:
        noun, belonging, identified = (any_of(lists[name], " ") for name in ("papers", "paper_belongings", "identifies_a_paper"))
        self.named = re.compile(
            rf"\b(?P<det>{_DETERMINER})\s+[\"']?(?P<adj>(?:(?!(?:{_SMALL})\b)[\w&'/-]+\s+){{0,4}}?)"
            rf"(?P<noun>{noun})(?P<plural>s?)\b(?!\s+{belonging}s?\b)",
            re.I,
        )
        self.several = re.compile(rf"(?<=[a-z,;]\s)(?:[A-Z][\w&'/-]+\s+){{1,3}}(?:{'|'.join(n.title() for n in lists['agreements'])})s\s+(?:of|dated)\s+(?:{_MONTHS})")  # "Franchise Agreements of March 18, 2013"
        self.paper = re.compile(rf"\b{noun}s?\b", re.I)
        self.own = re.compile(rf"\bthis\s+(?P<name>(?:(?!(?:{_SMALL})\b|{noun}\b)[\w&'/-]+\s+){{0,6}}?){noun}\b", re.I)
        self.title = re.compile(rf"^[^\n.;]{{0,90}}?\b{noun}s?\b[^\n.;]{{0,30}}$", re.I | re.M)
        self.this = re.compile(rf"{beginning('this')}\s+(?P<noun>{any_of(lists['agreements'], ' ')})\b")
        self.pointed = re.compile(rf"\s+(?:{any_of(lists['points_at_an_agreement'], ' ')}\b(?!\s+(?:the\s+parties|us|you)\b)|of\s+(?:{_MONTHS}|\d))", re.I)
        self.identified = re.compile(rf"\s+{identified}\b", re.I)
        self.agreements = frozenset(lists["agreements"])
        self.theirs, self.plain = frozenset(lists["papers_of_others"]), frozenset(lists["names_no_paper"])
        self.another = frozenset(lists["names_another_paper"])


@lru_cache(maxsize=4)
def _wording(lists: tuple[tuple[str, tuple[str, ...]], ...]) -> _Wording:
    return _Wording(dict(lists))


class Papers:
    """The names under which a document speaks of itself, by which another paper is told from it."""

    def __init__(self, reading: Reading, lists: Mapping[str, Sequence[str]]) -> None:
        document = reading.document
        self._wording = _wording(tuple((name, tuple(lists[name])) for name in LISTS))
        lines = (m.group() for m in self._wording.title.finditer(document.plain[:HEAD]))
        titles = (line for line in lines if all(w[0].isupper() for w in re.findall(r"[A-Za-z]{4,}", line)))
        self.own: frozenset[str] = frozenset(_words(*titles, *(m.group() for m in self._wording.own.finditer(document.plain[: 3 * HEAD]))))
        said = Counter(m.group("noun") for m in self._wording.this.finditer(document.plain.lower()))
        self._never_own = {noun for noun in self._wording.agreements if not said[noun]} if sum(said.values()) >= OFTEN else set()
        # an amendment calls what it amends "the Agreement": that is no other paper
        called = [name for name, made in reading.definitions.items() for d in made if name not in lists["papers"] and d.how == "bracket" and self._calls_another(name, document.plain[d.start : d.end])]
        self._called = re.compile(rf"(?<![\w\"])(?:{'|'.join(re.escape(name) for name in called)})(?![\w\"])", re.I) if called else None

    def _calls_another(self, name: str, text: str) -> bool:
        """Whether what a name stands for ends with another paper: 'the agreement of August 1, 2001 (the "2001 Agreement")'."""
        last = max(self._wording.named.finditer(text), key=re.Match.start, default=None)
        if last is None or len(text) - last.end() >= LEAD or not self._is_other(last, text):
            return False
        return self._wording.paper.search(name) is not None or not _ANOTHER_THING.search(text, last.end())

    def others(self, text: str) -> Iterator[tuple[int, int]]:
        """Where a text names another paper: "the Supply Agreement", "an employment agreement", "its lease", "the NDA"."""
        if self._called:
            yield from (m.span() for m in self._called.finditer(text))
        for m in self._wording.named.finditer(text):
            if self._is_other(m, text):
                yield m.start("adj"), m.end()
        yield from (m.span() for m in self._wording.several.finditer(text))

    def of_another(self, text: str, at: int) -> bool:
        """Whether the last paper named before a place is another one: "the Supply Agreement has a primary term of ten years"."""
        before = [(start, end) for start, end in self.others(text) if end <= at]
        if not before:
            return False
        between = text[max(end for _, end in before) : at].lower()
        if re.search(r",\s+(?:is|are|shall|will|and)\b", between):
            return False  # "amending the Original Agreement of 2015, is made as of"
        if any(_IS.search(text[last:at]) and _THIS_TO.search(text[:first]) for first, last in before):
            return False  # "this Amendment to the Services Agreement of 2015 is made as of"
        return not any(word in between for word in _HERE)

    def _is_other(self, m: re.Match[str], text: str) -> bool:
        det, adjectives = m.group("det").lower(), _words(m.group("adj"))
        noun = m.group("noun").lower()
        telling = [w for w in adjectives if w not in self._wording.plain]
        if not telling and det in ("a", "an") and _BY.search(text[: m.start()]):
            return False  # "by a letter"
        if det == "this":  # of an exhibit that is an agreement of its own
            return bool(telling) and self.own.isdisjoint(telling) and m.group("adj").strip()[:1].isupper()
        if noun in self._wording.agreements and m.group("noun").islower() and self._is_another_agreement(m, text, det, telling):
            return True
        if not telling and det in ("a", "an") and _DATED.match(text, m.end()):
            return True  # "under a licence dated 1 February 2005"
        if not telling:
            return det == "whose" or (noun in self._wording.theirs and not self.own.issuperset(noun.split()))
        if any(w in self._wording.another and w not in self.own for w in telling):
            return True
        if all(w in self.own for w in telling):
            return False
        if (det in _THEIRS or det.endswith("'s")) and self.own.isdisjoint(telling):
            return True  # "its state alarm licence"
        capital = m.group("adj").strip()[:1].isupper() and m.group("noun")[:1].isupper()
        return capital or det == "that certain" or bool(self._wording.identified.match(text, m.end()))

    def _is_another_agreement(self, m: re.Match[str], text: str, det: str, telling: list[str]) -> bool:
        """Whether small letters name another agreement: "his service contract", "a contract that renews", "the agreement of 1 August", "the pooling agreement"."""
        if det in _PERSONS:
            return True
        if not telling and det in ("a", "an"):
            return not _BY_MEANS_OF.search(text[: m.start()])
        if not telling:
            return det in _POINTS and (m.group("noun") in self._never_own or bool(self._wording.pointed.match(text, m.end())))
        return det in _POINTS and self.own.isdisjoint(telling)


def _words(*texts: str) -> list[str]:
    return [w for text in texts for w in re.findall(r"[a-z][a-z'&/-]*", text.lower())]
