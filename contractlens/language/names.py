"""Who is who: the parties, what the document calls them, and which of them sells.

Role words ("Provider", "Subscriber") come from `rules/words.yml`. Names are learnt from the opening ("Acme, Inc., a
Delaware corporation ("Acme")") and, where there is none, from who reserves rights and grants licences.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from contractlens.documents.document import Document
from contractlens.language.learning import OPENING, credited, own_names, vendor_names
from contractlens.language.openings import PartyName, Role, introduced, short_name
from contractlens.language.patterns import beginning
from contractlens.language.titles import by_opposite, named_sides, often, titled
from contractlens.language.value import Value

SHORT = 30_000  # characters of a text that may be terms to which nobody is introduced; a longer one is an agreement or speaks to "you"
_WILLING = r"(?:(?:shall|will|hereby|agrees\s+to|desires\s+to|wishes\s+to)\s+)"
_ROLE_WORD = re.compile(r"\((?:[^()\"]{0,60}?)\"(?:the\s+)?(?P<word>[A-Z][A-Za-z ]{2,30}),?\"")
_US = re.compile(r"(?:BY|ALLOWS|ENTITLES|PERMITS) US(?:[.,;]| (?:AT|ON|IN|WITHOUT|FROM|WITH|TO)\b)")
_I = re.compile(r"I\s+(?:may|reserve|can|might|will)\b")
_ME = re.compile(r"(?:^|[.?!,:\n]\s+|\b(?:and|but|so|that)\s+)I\s+(?:may|reserve|can|might|will)\s+[^.;\n]{0,60}\b(?:change|amend|modify|revise|update|alter|raise|adjust|put\s+up)\b")  # a trade of one
_YOU = re.compile(beginning("You", "you") + r"\b")
_YOURS = re.compile(beginning("you", "your") + r"\b")


@dataclass(frozen=True)
class Cast:
    """The parties, and the words that stand for each side in this document."""

    parties: tuple[PartyName, ...]
    vendor: tuple[str, ...]
    customer: tuple[str, ...]
    itself: tuple[str, ...] = ()  # what the document calls itself, where that is no ordinary word: "T&Cs", "the MSA"
    open: bool = False  # whether nothing tells who sells, so that whoever changes the document does

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        def alternatives(words: Iterable[str]) -> str:
            ordered = sorted({re.sub(r"\s+", r" ", w) for w in words if w}, key=len, reverse=True)
            return "|".join(re.escape(w) for w in ordered) or r"(?!)"

        return re.compile(rf"(?<![\w-])(?:(?P<customer>{alternatives(self.customer)})|(?P<vendor>{alternatives(self.vendor)})|(?P<itself>{alternatives(self.itself)}))(?![\w-])")

    def mentions(self, text: str) -> list[Value]:
        """Where a sentence names one side or the other."""
        return [Value(_kind(m), m.start(), m.end(), m.group()) for m in self._pattern.finditer(text)]

    @cached_property
    def signs(self) -> dict[str, frozenset[str]]:
        """For each side that a text may name, words of which one is in each of its names; left out where a name has no such word."""
        named = {"<vendor>": self.vendor, "<customer>": self.customer, "<agreement>": self.itself}
        told = {kind: [max(re.findall(r"[a-z]+", name.lower()), key=len, default="") for name in names] for kind, names in named.items()}
        return {kind: frozenset(words) for kind, words in told.items() if all(words)}

    def selling(self, names: Set[str]) -> Cast:
        """The same with these names as the vendor's."""
        loud = {n.upper() for n in names if len(n) > 3}
        return replace(self, vendor=tuple(sorted({*self.vendor, *names, *loud})), customer=tuple(n for n in self.customer if n not in names | loud)) if names else self

    def called(self, role: Role) -> str | None:
        """What the document calls that side."""
        return next((p.called or p.name for p in self.parties if p.role == role), None)


def _kind(m: re.Match[str]) -> Literal["vendor", "customer", "agreement"]:
    return "vendor" if m.group("vendor") else "customer" if m.group("customer") else "agreement"


def cast(document: Document, roles: Mapping[str, Sequence[str]], we: str | None = None) -> Cast:
    """The document's parties. `roles` gives the role words: `vendor`, `customer` and `either` (words such as "Company").

    `we` names the party that we are, or says which side (`vendor`); that one is then the customer, and the other the vendor.
    """
    plain = document.plain
    vendor_words, customer_words, open_words = (frozenset(w.lower() for w in roles.get(k, ())) for k in ("vendor", "customer", "either"))
    to_you = len(_YOU.findall(plain)) >= 8 or len(_YOURS.findall(plain.lower())) >= max(4, len(plain) // 400)  # standard terms, addressed to whoever reads them
    used = named_sides(plain)
    parties = introduced(plain, vendor_words, customer_words, open_words)
    parties = _with_key_terms(document, vendor_words, customer_words, parties)
    parties = _as_we(_sides(plain, parties, vendor_words, customer_words, to_you, used), we)
    sides: dict[str, set[str]] = {"vendor": set(), "customer": set()}
    for party in parties:
        if party.role:
            sides[party.role] |= {party.name, short_name(party.name), party.called or party.name}
    taken = {w.lower() for w in sides["vendor"] | sides["customer"]}
    for role, words in (("vendor", vendor_words), ("customer", customer_words)):
        for word in words:
            if word not in taken:
                sides[role] |= {word.capitalize() if len(word) > 3 else word, word.upper() if len(word) > 3 else word}
    for role, words in (("vendor", vendor_words), ("customer", customer_words)):
        sides[role] |= _in_lower_case(plain, words - taken)
    sides["vendor"] |= {"we", "We", "WE", "us"} if "we" not in taken else set()
    sides["customer"] |= {"you", "You", "YOU"} if "you" not in taken else set()
    nobody_sells = not any(p.role == "vendor" for p in parties) and not often(used, vendor_words - frozenset(roles.get("members", ())))
    open_ended = nobody_sells and len(plain) < SHORT and (to_you or len(parties) < 2)
    if to_you or not any(p.role == "vendor" for p in parties):
        named = {n for p in parties if p.role is None for n in (p.called or p.name, short_name(p.name))} if to_you else set()
        learnt = vendor_names(plain, sides["customer"], named, open_words - taken if to_you else frozenset())
        sides["vendor"] |= learnt
        parties = _with_vendor(plain, parties, learnt) if to_you else parties
    if not any(p.role == "vendor" for p in parties) and (to_you or often(used, customer_words)) and not often(used, vendor_words):
        sides["vendor"] |= titled(plain, sides["customer"])
    if to_you and any(p.role == "vendor" and (p.called or p.name).lower() not in vendor_words for p in parties):
        sides["customer"] |= {form for word in roles.get("members", ()) for form in (word.capitalize(), word.upper(), f"{word.capitalize()}s")}
    sells, buys = by_opposite(used, vendor_words, customer_words, open_words - taken) if not to_you else (set(), set())
    sides["vendor"] |= sells
    sides["customer"] |= buys
    if not to_you and not any(p.role == "customer" for p in parties) and not often(used, customer_words):
        bought = credited(plain, vendor_words, used) - {p.called or p.name for p in parties if p.role == "vendor"}
        others = [p for p in parties if p.role is None and not {p.called, p.name} & bought]
        sides["vendor"] |= {n for p in others for n in (p.name, p.called or p.name)} if bought and len(others) == 1 else set()
        sides["customer"] |= bought
    if _I.search(plain) and _ME.search(plain):
        sides["vendor"] |= {"I"}
    if " US" in plain and _US.search(plain):
        sides["vendor"] |= {"US"}
    sides["vendor"] |= {n.upper() for n in sides["vendor"] if len(n) > 3}  # "ACME MAY CHANGE THESE TERMS"
    sides["vendor"] -= sides["customer"]
    vendor, customer = (tuple(sorted(filter(None, sides[side]))) for side in ("vendor", "customer"))
    return Cast(tuple(parties), vendor, customer, tuple(sorted(own_names(plain))), open_ended)


def _in_lower_case(plain: str, words: frozenset[str]) -> set[str]:
    """Role words of a document that writes none of them with a capital: "the supplier may change these conditions"."""
    found = {w for w in words if f"he {w} " in plain and plain.count(f" {w.capitalize()}") == plain.count(f". {w.capitalize()}")}
    return {f"{article} {w}" for w in found for article in ("the", "The")}


def _with_vendor(plain: str, parties: list[PartyName], learnt: set[str]) -> list[PartyName]:
    """The parties with the vendor among them, where standard terms only call it by a name that was learnt."""
    if any(p.role == "vendor" for p in parties):
        return parties
    for i, p in enumerate(parties):
        if p.role is None and learnt & {p.called, p.name, short_name(p.name)}:
            return [*parties[:i], PartyName(p.name, p.called, "vendor", p.start, p.end), *parties[i + 1 :]]
    if not learnt:
        return parties
    name = max(sorted(learnt), key=plain.count)
    at = plain.find(name)
    return [*parties, PartyName(name, name, "vendor", at, at + len(name))]


_PARTY_LINE = re.compile(r"^[ \t]*(?:The[ ])?(?P<label>[A-Z][A-Za-z ]{2,30}?)[ \t]*:[ \t]+(?P<rest>[A-Z0-9][^\n|:]{2,90})$", re.M)
_NAME_CELL = re.compile(r"\s*(?P<name>[A-Z0-9][^|\n]{1,80}?)(?:,\s+(?=\d|[A-Z][a-z]+\s+\d)|;|\n|,?\s+of\s+\d|\s*\(\s*(?:the\s+)?[\"\u201c]|$)")


def _with_key_terms(document: Document, vendor: frozenset[str], customer: frozenset[str], parties: list[PartyName]) -> list[PartyName]:
    """The parties, with those that a key-term table or a line names: `Customer | Example Ltd., 5 Mill Street`, "Licensee: Banner Bank"."""
    found = list(parties)
    cells = [(row.cells[0], row.cells[1]) for table in document.tables for row in table.rows if row.start <= OPENING and len(row.cells) > 1]
    lines = [(m.span("label"), m.span("rest")) for m in _PARTY_LINE.finditer(document.plain, 0, OPENING)]
    for (label_at, label_end), cell in cells + lines:
        word = document.plain[label_at:label_end].strip(" :*").lower().removesuffix(" name").removesuffix(" legal").removeprefix("the ")
        role: Role | None = "vendor" if word in vendor else "customer" if word in customer else None
        name = _NAME_CELL.match(document.plain[slice(*cell)])
        if role and name and not any(p.role == role for p in found):
            start = cell[0] + name.start("name")
            found.append(PartyName(" ".join(name.group("name").split()), word.capitalize(), role, start, cell[0] + name.end("name")))
    return found


def _as_we(parties: list[PartyName], we: str | None) -> list[PartyName]:
    """The parties with the one that `we` names as the customer."""
    named = [p for p in parties if we and (is_called(p, we) or p.role == we.lower())]
    named.sort(key=lambda p: p.name.lower() != (we or "").lower())  # "Acme" is Acme, where there is an Acme Hosting too
    if not named:
        return parties
    return [PartyName(p.name, p.called, "customer" if p is named[0] else "vendor", p.start, p.end) for p in parties]


def is_called(party: PartyName, we: str) -> bool:
    """Whether a user who writes `we` means that party: part of its name, or what the document calls it."""
    return we.lower() in party.name.lower() or we.lower() == (party.called or "").lower()


def _sides(plain: str, parties: list[PartyName], vendor: frozenset[str], customer: frozenset[str], to_you: bool, used: Counter[str]) -> list[PartyName]:
    """Give the side that is not said: the other one's opposite, else who provides, licenses or supplies."""
    roles: set[Role | None] = {p.role for p in parties}
    open_ones = [p for p in parties if p.role is None]
    if len(parties) == 1 and open_ones:
        # 'between Acme, Inc. ("Acme") and the customer named in the order form ("Customer")'
        words = {m.group("word").lower() for m in _ROLE_WORD.finditer(plain, 0, OPENING)}
        roles |= {"vendor"} if words & vendor else set()
        roles |= {"customer"} if words & customer else set()
        roles |= {"customer"} if not roles - {None} and often(used, customer) and not often(used, vendor) else set()
    if open_ones and len(roles - {None}) == 1:
        other: Role = "customer" if "vendor" in roles else "vendor"
        return [PartyName(p.name, p.called, other, p.start, p.end) if p is open_ones[0] else p for p in parties]
    if len(open_ones) == 2 and len(roles) == 1 and not to_you:  # two companies of one group may speak to "you"
        best = _seller(plain, open_ones[0], open_ones[1])
        if best:
            return [PartyName(p.name, p.called, "vendor" if p is best else "customer", p.start, p.end) if p in open_ones else p for p in parties]
    return parties


def _seller(plain: str, a: PartyName, b: PartyName) -> PartyName | None:
    """Which of two sells: the other pays and buys clearly more often, or it alone provides and licenses."""
    sales, purchases = {}, {}
    for p in (a, b):
        name = re.escape(p.called or p.name)
        name = rf"{name}(?<!\w{name})"  # at the beginning of a word: a search skips to the first letter of what stands before a look behind
        sales[p] = len(re.findall(rf"{name}(?:'s)?\s+(?:\w+\s+)?(?:provides?|grants?|hosts?|licenses?|supplies|Services|Software|Fees|website)\b|provided by {name}\b", plain))
        purchases[p] = len(re.findall(rf"{name}\s+{_WILLING}{{0,2}}(?:engages?|hires?|pays?|purchases?|buys?|orders?|compensates?|reimburses?)\b", plain))
    for seller, buyer in ((a, b), (b, a)):
        pays = purchases[buyer] >= purchases[seller] + 2 and purchases[buyer] > 2 * purchases[seller]
        gives = sales[seller] >= sales[buyer] + 2 and sales[seller] > 1.5 * sales[buyer] and purchases[seller] <= purchases[buyer]
        if (pays and 2 * sales[seller] + 2 >= sales[buyer]) or gives:
            return seller
    return None
