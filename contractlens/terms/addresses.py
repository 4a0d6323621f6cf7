"""Addresses for notices: whose each one is, by the words "If to Provider:" above it or the name before it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from contractlens.language.sentences import Sentence
from contractlens.language.value import Taken
from contractlens.rulebook import Matches

SHORT = 14  # words: a line that names a party, and no sentence
LINES = 8  # of an address
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,60}(?:\.[\w-]{1,60}){1,6}")
# A street or a box with a town behind it: "400 Wharf Street, Suite 210, Wilmington, Delaware 19801".
_STREET = re.compile(
    r"(?:(?:Attn|Attention)[.:][^,;|\n]{1,60}, )?(?<![\w.,-])(?:(?:\d{1,5}[A-Z]?(?:-\d{1,5})?|One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten),? (?!This|The |Agreement|Section|Article|Business|North American)"
    r"(?:[A-Z][\w.'-]+|\d+(?:st|nd|rd|th))|P\.? ?O\.? Box \d+)[\w .'#&-]{0,60}(?:, ?[A-Z0-9#][\w .'#&-]{1,40}){1,6}"
)
_TAIL = re.compile(
    r"[,;]? (?:with a copy|and (?:to|a copy)|which|or (?:to|by)|by (?:e-?mail|fax)|to the attention|(?:Attn|ATTN|Attention|ATTENTION|Tel|TEL|Phone|Fax|FAX|Telephone|Facsimile|Telecopy|Telecopier|Email|E-mail|With a copy|Contact)\b).*$|, ?(?:(?:If to|To|This|The|All|Any|Such|Notices?|If|Each|Either) |\d{1,2}\.? [A-Z]+[A-Za-z]*(?:$|\.|,? [A-Z]{3})).*$|(?<=\d{5})\. .*$|, \d{1,3}$",
    re.S,
)
_PART = re.compile(r"\b(?:Suite|Ste\.?|Apt\.?|Unit|Room|Floor|No\.)\s*$", re.I)
_ROAD = re.compile(r"\b(?:Road|Street|Avenue|Lane|Drive|Boulevard|Building|Plaza|Park)$")
_TO = re.compile(r"(?:\b(?:to|for|upon|on)\s+(?:the\s+)?|(?:^|[;:(|])\W{0,4}(?:\(?[a-zivx\d]{1,3}[.)]\s*)?(?:the\s+)?)$", re.I)
_AT = re.compile(r"\W{0,3}(?:'s?\s+(?:notice\s+|e-?mail\s+|postal\s+)?(?:address|contact)|\s*:|\s*\||,?\s+at\b|\s*$)", re.I)


@dataclass(frozen=True)
class Stretch:
    """Words said of one addressee: `vendor`, `customer`, `other` or, where nobody is named, ``."""

    whose: str
    sentence: Sentence
    text: str


def stretches(matches: Matches, rule: str, sentences: Sequence[Sentence]) -> Iterator[Stretch]:
    """The sentences of a notices clause, cut where another addressee is named."""
    names = _Names(matches)
    whose = ""
    for sentence in sentences:
        for part, copied in _parts(matches, rule, sentence):
            whose = "other" if copied else whose
            text, at = " ".join(part.split()), 0
            for start, end, kind in names.addressed(text):
                if start > at:
                    yield Stretch(whose, sentence, text[at:start])
                whose, at = kind, end
            yield Stretch(whose, sentence, text[at:])


def _parts(matches: Matches, rule: str, sentence: Sentence) -> list[tuple[str, bool]]:
    """A line's words up to "with a copy to", and those from there on."""
    hits = matches.ask(rule, sentence).groups.get("copy_to") if len(sentence.text.split()) <= SHORT else None
    if not hits:
        return [(sentence.text, False)]
    cut = matches.reading.words(sentence).starts[hits[0].first] - sentence.start
    return [(sentence.text[:cut], False), (sentence.text[cut:], True)]


class _Names:
    """Who is addressed in a text."""

    def __init__(self, matches: Matches) -> None:
        cast = matches.reading.cast
        self.mentions = cast.mentions
        others = sorted({n for p in cast.parties if p.role is None for n in (p.name, p.called) if n}, key=len, reverse=True)
        self.others = re.compile("|".join(rf"(?<!\w){re.escape(n)}(?!\w)" for n in others) or r"(?!)")

    def addressed(self, text: str) -> list[tuple[int, int, str]]:
        found = [(m.start(), m.end(), "other") for m in self.others.finditer(text)]
        taken = Taken((a, b) for a, b, _ in found)
        found += [(m.start, m.end, m.kind) for m in self.mentions(text) if m.kind in ("vendor", "customer") and not taken.touches(m.start, m.end)]
        short = len(text.split()) <= SHORT
        return sorted((a, b, kind) for a, b, kind in found if self._is_addressed(text, a, b, short))

    def _is_addressed(self, text: str, start: int, end: int, short: bool) -> bool:
        told = _TO.search(text[max(0, start - 24) : start]) is not None
        return told if short else told and _AT.match(text[end : end + 40]) is not None


def of_vendor(found: Sequence[Stretch]) -> tuple[str, Sentence] | None:
    """The vendor's address: in the words behind the first mention of it as an addressee that has one."""
    for i, stretch in enumerate(found):
        if stretch.whose != "vendor":
            continue
        block = [stretch]
        for following in found[i + 1 : i + LINES]:
            if following.whose != "vendor" or len(following.text.split()) > 2 * SHORT:
                break
            block.append(following)
        if address := in_text(", ".join(s.text.strip(" ,;:") for s in block if s.text.strip(" ,;:"))):
            return address, next((s.sentence for s in block if address[:12] in s.text), stretch.sentence)
    return None


def in_text(text: str) -> str | None:
    """The address that a text states: by post where it has one, by e-mail where that comes first."""
    street, mail = _STREET.search(text), _MAIL.search(text)
    if street:
        start = street.start()
        if _PART.search(text[max(0, start - 8) : start]):  # "Thirty Mill Lane Suite 200, Dover": the street's own words are before
            start = max(text.rfind(", ", 0, start), 0)
            if _ROAD.search(text, max(0, start - 12), start):
                start = max(text.rfind(", ", 0, start), 0)
        post = " ".join(_TAIL.sub("", text[start : street.end()]).split()).strip(" ,.;")
        return f"{mail.group()}, or {post}" if mail and mail.start() < street.start() else post
    return mail.group() if mail else None


def all_in(text: str) -> set[str]:
    """All the addresses that a text states."""
    return {m.group() for pattern in (_STREET, _MAIL) for m in pattern.finditer(text)}


def in_opening(matches: Matches) -> tuple[str, Sentence] | None:
    """The vendor's address where the opening introduces it: "Acme, Inc., with offices at 1 Quay Street, Dover ("Acme")"."""
    plain = matches.reading.document.plain
    parties = sorted(matches.reading.cast.parties, key=lambda p: p.start)
    for i, party in enumerate(parties):
        if party.role != "vendor":
            continue
        end = min([p.start for p in parties[i + 1 :]], default=party.end + 250)
        address = in_text(" ".join(plain[party.start : min(max(end, party.end), party.end + 250)].split()))
        sentence = next((s for s in matches.reading.sentences if s.start <= party.start < s.end), None)
        return (address, sentence) if address and sentence else None
    return None
