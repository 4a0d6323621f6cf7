"""Which paper a text speaks of: the document itself, or another agreement, lease or policy that it mentions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contractlens.documents.document import Document

HEAD = 6000  # characters in which a document says what it is
_NOUN = r"(?:agreement|contract|lease|licen[cs]e|sublease|deed|addendum|amendment|statement of work|order form|purchase order|letter|guaranty|note|indenture|price list|privacy policy|terms of (?:service|use)|quotation|proposal|certificate|resolution)"
_SMALL = "this|the|a|an|that|such|each|any|of|and|or|to|in|by|under|for|with|from|shall|will|is|are|may|not|on|upon|if|unless"
_NAMED = re.compile(
    r"\b(?P<det>this|the|such|said|an?|that\s+certain|that|those|any|each|every|its|their|our|your|his|her|another|separate|whose|all|other)\s+[\"']?"
    rf"(?P<adj>(?:(?!(?:{_SMALL})\b)[\w&'/-]+\s+){{0,4}}?)(?P<noun>{_NOUN})(?P<plural>s?)\b(?!\s+(?:term|period|fee|year|date)s?\b)",
    re.I,
)
_OF_EVEN_DATE = re.compile(r"\s+(?:of even date|dated|between|by and between|with (?:a|its|the) (?:third|landlord))\b", re.I)
_OWN = re.compile(rf"\bthis\s+(?P<name>(?:(?!(?:{_SMALL})\b|{_NOUN}\b)[\w&'/-]+\s+){{0,6}}?){_NOUN}\b", re.I)
_TITLE = re.compile(rf"^[^\n.;]{{0,90}}?\b{_NOUN}s?\b[^\n.;]{{0,30}}$", re.I | re.M)
# Words that tell no paper from another: "the entire agreement", "the present contract".
_PLAIN = frozenset(
    "entire present whole foregoing definitive written mutual parties' party's initial current then-current above aforementioned "
    "aforesaid within same complete binding final full further prior and or of the this new".split()
)
_THEIRS = frozenset({"lease", "sublease", "deed", "guaranty", "note", "indenture", "letter", "purchase order", "price list", "privacy policy", "terms of service", "terms of use", "quotation", "proposal", "certificate", "resolution"})
_ANOTHER = frozenset(
    "original prior previous earlier former existing old employment escrow loan lease credit support separate third-party underlying superior head ground "
    "individual labour labor enterprise union collective master".split()
)


class Papers:
    """The names under which a document speaks of itself, by which another paper is told from it."""

    def __init__(self, document: Document) -> None:
        head = document.plain[:HEAD]
        titles = (m.group() for m in _TITLE.finditer(head) if all(w[0].isupper() for w in re.findall(r"[A-Za-z]{4,}", m.group())))
        self.own: frozenset[str] = frozenset(_words(*titles, *(m.group() for m in _OWN.finditer(document.plain[: 3 * HEAD]))))

    def others(self, text: str) -> Iterator[tuple[int, int]]:
        """Where a text names another paper: "the Supply Agreement", "an employment agreement", "its lease"."""
        for m in _NAMED.finditer(text):
            if self._is_other(m, text):
                yield m.start("adj"), m.end()

    def _is_other(self, m: re.Match[str], text: str) -> bool:
        det, adjectives = m.group("det").lower(), _words(m.group("adj"))
        noun = m.group("noun").lower()
        telling = [w for w in adjectives if w not in _PLAIN]
        if det == "this":  # of an exhibit that is an agreement of its own
            return bool(telling) and self.own.isdisjoint(telling) and m.group("adj").strip()[:1].isupper()
        if not telling:
            return det == "whose" or (noun in _THEIRS and not self.own.issuperset(noun.split()))
        if any(w in _ANOTHER and w not in self.own for w in telling):
            return True
        if all(w in self.own for w in telling):
            return False
        capital = m.group("adj").strip()[:1].isupper() and m.group("noun")[:1].isupper()
        return capital or det == "that certain" or bool(_OF_EVEN_DATE.match(text, m.end()))


def _words(*texts: str) -> list[str]:
    return [w for text in texts for w in re.findall(r"[a-z][a-z'&/-]*", text.lower())]
