"""Who is who: the parties, what the document calls them, and which of them sells.

Role words ("Provider", "Subscriber") come from `rules/words.yml`. Names are learnt from the opening ("Acme, Inc., a
Delaware corporation ("Acme")") and, where there is none, from who reserves rights and grants licences.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from contractlens.documents.document import Document
from contractlens.language.amounts import Value
from contractlens.language.learning import NO_PARTY, OPENING, acting, own_names, vendor_names

Role = Literal["vendor", "customer"]

_CALLED = re.compile(
    r"\((?P<lead>[^()\"]{0,90}?)\"(?P<called>[A-Z][\w.&' /-]{0,50}?),?\"(?:[^()\"]{0,60}(?:or|and|,)\s*\"(?P<second>[A-Za-z][\w.&' /-]{0,50}?),?\")?(?P<rest>[^()]{0,120})\)"
)
_COMMA_CALLED = re.compile(r"(?:hereinafter|hereafter|herein)\s++(?:referred\s+to\s+as|called|known\s+as|as)?\s*+(?:the\s+)?\"(?P<called>[A-Z][\w.&' /-]{0,50}?),?\"", re.I)
_NAME_TAIL = re.compile(
    r"(?P<name>(?:[A-Z0-9][\w.&'*!+/-]*|\[[^\]]{1,40}\])(?:(?:,?\s+|\s*&\s*)(?:(?:and|of|the|de|for|und|du)\s+)?(?:[A-Z0-9&][\w.&'*!+/-]*|\([A-Z][\w .]{1,20}\)))*(?:,?\s+(?:Inc|Ltd|LLC|L\.L\.C|Corp|GmbH|Limited|Corporation|Company|Co|LP|L\.P|plc|PLC|B\.V|N\.V|S\.A|AG|AB|Oy|Pty|Pte)\b\.?)*)"
)
_DESCRIBED = re.compile(r",?\s+(?:an?\s|with\s+(?:its|a|an|offices)|having\s|whose\s|located|acting|organi[sz]ed|of\s+\d|incorporated|duly|on\s+behalf|and\s+its\s|company\s+number|registered|doing\s+business|formerly)", re.I)
_YOU = re.compile(r"\b[Yy]ou\b")
_BETWEEN = re.compile(r"\b(?:between|among|amongst)\b[\s:]*|\bby\s+and\s+(?:between|among)\b[\s:]*", re.I)


@dataclass(frozen=True, slots=True)
class PartyName:
    """A party as the opening introduces it."""

    name: str
    called: str | None
    role: Role | None
    start: int
    end: int


@dataclass(frozen=True)
class Cast:
    """The parties, and the words that stand for each side in this document."""

    parties: tuple[PartyName, ...]
    vendor: tuple[str, ...]
    customer: tuple[str, ...]
    itself: tuple[str, ...] = ()  # what the document calls itself, where that is no ordinary word: "T&Cs", "the MSA"

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        def alternatives(words: Iterable[str]) -> str:
            ordered = sorted({re.sub(r"\s+", r" ", w) for w in words if w}, key=len, reverse=True)
            return "|".join(re.escape(w) for w in ordered) or r"(?!)"

        return re.compile(rf"(?<![\w-])(?:(?P<customer>{alternatives(self.customer)})|(?P<vendor>{alternatives(self.vendor)})|(?P<itself>{alternatives(self.itself)}))(?![\w-])")

    def mentions(self, text: str) -> list[Value]:
        """Where a sentence names one side or the other."""
        return [Value(_kind(m), m.start(), m.end(), m.group()) for m in self._pattern.finditer(text)]

    def called(self, role: Role) -> str | None:
        """What the document calls that side."""
        return next((p.called or p.name for p in self.parties if p.role == role), None)


def _kind(m: re.Match[str]) -> Literal["vendor", "customer", "agreement"]:
    return "vendor" if m.group("vendor") else "customer" if m.group("customer") else "agreement"


def cast(document: Document, roles: Mapping[str, Sequence[str]], we: str | None = None) -> Cast:
    """The document's parties. `roles` gives the role words: `vendor`, `customer` and `either` (words such as "Company").

    `we` names the party that we are; that one is then the customer, and the other the vendor.
    """
    plain = document.plain
    vendor_words, customer_words, open_words = (frozenset(w.lower() for w in roles.get(k, ())) for k in ("vendor", "customer", "either"))
    parties = _introduced(plain, vendor_words, customer_words, open_words)
    parties = _labelled(document, vendor_words, customer_words, parties)
    parties = _as_we(_sides(plain, parties, vendor_words, customer_words), we)
    sides: dict[str, set[str]] = {"vendor": set(), "customer": set()}
    for party in parties:
        if party.role:
            sides[party.role] |= {party.name, _short(party.name), party.called or party.name}
    taken = {w.lower() for w in sides["vendor"] | sides["customer"]}
    for role, words in (("vendor", vendor_words), ("customer", customer_words)):
        for word in words:
            if word not in taken:
                sides[role] |= {word.capitalize() if len(word) > 3 else word, word.upper() if len(word) > 3 else word}
    to_you = len(_YOU.findall(plain)) >= 8  # standard terms, addressed to whoever reads them
    for role, words in (("vendor", vendor_words), ("customer", customer_words)):
        sides[role] |= _in_lower_case(plain, words - taken)
    sides["vendor"] |= {"we", "We", "WE", "us"} if "we" not in taken else set()
    sides["customer"] |= {"you", "You", "YOU"} if "you" not in taken else set()
    if to_you or not any(p.role == "vendor" for p in parties):
        named = {n for p in parties if p.role is None for n in (p.called or p.name, _short(p.name))} if to_you else set()
        learnt = vendor_names(plain, sides["customer"], named, open_words - taken if to_you else frozenset())
        sides["vendor"] |= learnt
        parties = _with_vendor(plain, parties, learnt) if to_you else parties
    sides["vendor"] |= acting(plain, open_words - taken)
    sides["vendor"] |= {n.upper() for n in sides["vendor"] if len(n) > 3}  # "ACME MAY CHANGE THESE TERMS"
    sides["vendor"] -= sides["customer"]
    vendor, customer = (tuple(sorted(filter(None, sides[side]))) for side in ("vendor", "customer"))
    return Cast(tuple(parties), vendor, customer, tuple(sorted(own_names(plain))))


def _in_lower_case(plain: str, words: frozenset[str]) -> set[str]:
    """Role words of a document that writes none of them with a capital: "the supplier may change these conditions"."""
    found = {w for w in words if f"he {w} " in plain and f" {w.capitalize()}" not in plain.replace(f". {w.capitalize()}", "")}
    return {f"{article} {w}" for w in found for article in ("the", "The")}


def _with_vendor(plain: str, parties: list[PartyName], learnt: set[str]) -> list[PartyName]:
    """The parties with the vendor among them, where standard terms only call it by a name that was learnt."""
    if any(p.role == "vendor" for p in parties):
        return parties
    for i, p in enumerate(parties):
        if p.role is None and learnt & {p.called, p.name, _short(p.name)}:
            return [*parties[:i], PartyName(p.name, p.called, "vendor", p.start, p.end), *parties[i + 1 :]]
    if not learnt:
        return parties
    name = max(sorted(learnt), key=plain.count)
    at = plain.find(name)
    return [*parties, PartyName(name, name, "vendor", at, at + len(name))]


_NAME_CELL = re.compile(r"\s*(?P<name>[A-Z0-9][^|\n]{1,80}?)(?:,\s+(?=\d|[A-Z][a-z]+\s+\d)|;|\n|,?\s+of\s+\d|$)")


def _labelled(document: Document, vendor: frozenset[str], customer: frozenset[str], parties: list[PartyName]) -> list[PartyName]:
    """Parties that a key-term table names: `Customer | Example Ltd., 5 Mill Street`."""
    found = list(parties)
    for table in document.tables:
        for row in table.rows:
            if row.start > OPENING or len(row.cells) < 2:
                continue
            label = document.plain[slice(*row.cells[0])].strip(" :*").lower()
            word = label.removesuffix(" name").removesuffix(" legal").removeprefix("the ")
            role: Role | None = "vendor" if word in vendor else "customer" if word in customer else None
            name = _NAME_CELL.match(document.plain[slice(*row.cells[1])])
            if role and name and not any(p.role == role for p in found):
                start = row.cells[1][0] + name.start("name")
                found.append(PartyName(" ".join(name.group("name").split()), word.capitalize(), role, start, row.cells[1][0] + name.end("name")))
    return found


def _as_we(parties: list[PartyName], we: str | None) -> list[PartyName]:
    """The parties with the one that `we` names as the customer."""
    named = [p for p in parties if we and is_called(p, we)]
    if not named:
        return parties
    return [PartyName(p.name, p.called, "customer" if p is named[0] else "vendor", p.start, p.end) for p in parties]


def is_called(party: PartyName, we: str) -> bool:
    """Whether a user who writes `we` means that party: part of its name, or what the document calls it."""
    return we.lower() in party.name.lower() or we.lower() == (party.called or "").lower()


def _introduced(plain: str, vendor: frozenset[str], customer: frozenset[str], either: frozenset[str]) -> list[PartyName]:
    parties: list[PartyName] = []
    opening, before = plain[:OPENING], 0
    for m in sorted([*_CALLED.finditer(opening), *_COMMA_CALLED.finditer(opening)], key=lambda m: m.start()):
        called = m.group("called").strip(" ,.")
        low = called.lower()
        known = low in vendor | customer | either
        if (not known and NO_PARTY.search(called)) or len(called.split()) > 5 or any(p.called == called for p in parties):
            continue
        found = _name_before(opening, before, m.start())
        before = m.end()
        if found and any(p.name == found[0] for p in parties):
            continue  # "the customer named below (the "Customer")": the name before it is the other party's
        if found and not known and found[0] in {p.called for p in parties}:
            continue  # 'Acme provides the Acme Kit (the "Kit")': a thing of a party that is known already
        if found is None or (not known and not _is_kin(called, found[0]) and len(parties) >= 2):
            continue
        name, start = found
        role: Role | None = "vendor" if low in vendor else "customer" if low in customer else None
        if not role and not _is_kin(called, name) and not known:
            continue
        parties.append(PartyName(_in_mixed_case(name, plain), called, role, start, m.end()))
        if len(parties) == 4:
            break
    return parties


def _in_mixed_case(name: str, text: str) -> str:
    """A name that the opening shouts, as the document writes it elsewhere."""
    if not name.isupper():
        return name
    quiet = (m.group() for m in re.finditer(re.escape(name), text, re.I) if not m.group().isupper())
    return next(quiet, name)


def _name_before(text: str, after: int, end: int) -> tuple[str, int] | None:
    """The party's name in the words before the bracket that says what it is called, and `after` the bracket before that."""
    start = max(0, end - 420, after)
    window = text[start:end]
    for stop in [*_BETWEEN.finditer(window)][-1:]:
        start, window = start + stop.end(), window[stop.end() :]
    cut = [m.end() for m in re.finditer(r"\)\s*,?\s*(?:and|&)\s+|\"\)?\s*;?,?\s+and\s+|\n\n|\bAND\b[\s:]+|;\s+and\s+", window)]
    if cut:
        start, window = start + cut[-1], window[cut[-1] :]
    described = _DESCRIBED.search(window)
    head = window[: described.start()] if described and described.start() > 2 else window
    m = _NAME_TAIL.search(re.sub(r"^\W*(?:(?:\(?[ivx\d]+\)|and|the|by|with|of|from)\s+)*", lambda k: " " * len(k.group()), head))
    if not m or len(m.group("name")) < 2:
        return None
    name = " ".join(m.group("name").split()).strip(" ,;").removeprefix("WHEREAS, ")
    thing = NO_PARTY.search(name) and _short(name) == name  # "This Acme Service Level Agreement", and not "Acme Services, Inc."
    numbered = re.match(r"\d+\.\d", name)
    return (name, start + m.start("name")) if len(name) <= 90 and not thing and not numbered else None


def _is_kin(called: str, name: str) -> bool:
    """Whether what it is called is made from its name: "Acme" of "Acme, Inc.", "IBM" of its initials."""
    words = {w.lower().strip(",.") for w in name.split()}
    first = {w.lower().strip(",.") for w in called.split()}
    initials = "".join(w[0] for w in name.split() if w[0].isupper())
    return bool(words & first) or called.replace(".", "").upper() in initials or name.lower().startswith(called.lower()[:4])


def _sides(plain: str, parties: list[PartyName], vendor: frozenset[str], customer: frozenset[str]) -> list[PartyName]:
    """Give the side that is not said: the other one's opposite, else who provides, licenses or supplies."""
    roles = {p.role for p in parties}
    open_ones = [p for p in parties if p.role is None]
    if open_ones and len(roles - {None}) == 1:
        other: Role = "customer" if "vendor" in roles else "vendor"
        return [PartyName(p.name, p.called, other, p.start, p.end) if p is open_ones[0] else p for p in parties]
    if len(open_ones) >= 2 and len(roles) == 1:
        gives = {p: len(re.findall(rf"\b{re.escape(p.called or p.name)}(?:'s)?\s+(?:\w+\s+)?(?:provides?|grants?|hosts?|licenses?|supplies|Services|Software|Products|Fees|website)\b|provided by {re.escape(p.called or p.name)}\b", plain)) for p in open_ones}  # fmt: skip
        best = max(gives, key=lambda p: gives[p])
        if gives[best] > 1.5 * max([n for p, n in gives.items() if p is not best], default=0):
            return [PartyName(p.name, p.called, "vendor" if p is best else "customer", p.start, p.end) if p in open_ones[:2] else p for p in parties]
    return parties


def _short(name: str) -> str:
    """The name without its legal form."""
    return re.sub(r",?\s+(?:Inc|Ltd|LLC|L\.L\.C|Corp|GmbH|Limited|Corporation|Company|Co|LP|L\.P|plc|PLC|B\.V|N\.V|S\.A|AG|AB|Oy|Pty|Pte)\b\.?", "", name).strip(" ,.") or name
