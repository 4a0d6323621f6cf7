"""Whose paper it is: the name at the head of standard terms, and who "the Company" is where only the other side is named.

    NAMEHARBOR, INC.                      a company in form, on a line of its own
    Ledgerlark - questions on your plan   the first words, which the text goes on to use as a name
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Set

from contractlens.language.learning import is_no_party
from contractlens.language.openings import FORM, short_name

HEAD = 400  # characters in which a title stands
LINES = 6
_FORMED = re.compile(rf"(?P<name>(?:[A-Z][\w.&'-]*,?\s+){{1,5}}?(?:\([A-Z][A-Za-z]{{1,8}}\)\s+)?(?i:{FORM})\b\.?)")
_WORDS = re.compile(r"[#*_\s]*(?P<name>[A-Z][\w&'.-]+(?: [A-Z][\w&'.-]+)?)")
_BODY = re.compile(r"^\W*(?:\d|(?:article|section|clause|part|preamble)\b)", re.I)
_ACTS = r"(?:'s|\s+(?:may|can|will|shall|is|has|does|reserves|provides|[a-z]{3,}s))\b"
_SIDES = re.compile(r"\b(?:[Tt]he\s+([A-Z][a-z]+)\b|([A-Z][a-z]+)(?=\s+(?:shall|may|will|must|agrees|is|has)\b))")
_QUESTIONS = frozenset("what who when where why how which can do does is are may will general special standard master hosted hosting business your our for schedule part framework request".split())


def titled(plain: str, customer: Set[str]) -> set[str]:
    """The names that the first lines give to whoever wrote the document; none where they name two companies.

    >>> sorted(titled('NAMEHARBOR, INC.\\nDOMAIN TERMS\\n\\n1. NameHarbor may change the fees.', set()))
    ['NAMEHARBOR', 'NAMEHARBOR, INC.', 'NameHarbor']
    """
    lines = _head(plain)
    formed = {" ".join(m.group("name").split()) for line in lines for m in _FORMED.finditer(line)} - customer
    if len(formed) > 1:
        return set()
    for name in formed:
        short = short_name(name)
        return {name, short, *_as_written(plain, short)} - customer
    for line in lines[:2]:
        if m := _WORDS.match(line):
            words = m.group("name").split()
            for candidate in (" ".join(words), words[0]):
                if found := _used_as_a_name(plain[len(line) :], candidate):
                    return found - customer
    return set()


def _head(plain: str) -> list[str]:
    lines: list[str] = []
    for line in plain[:HEAD].split("\n"):
        text = line.strip()
        if not text:
            continue
        words = [w for w in text.split() if w[:1].isalpha()]
        if _BODY.match(text) or len(lines) == LINES or len(text) > 100 or sum(w[0].islower() for w in words) > len(words) / 2:
            break
        lines.append(text)
    return lines


def _as_written(plain: str, name: str) -> set[str]:
    """The name, its beginning too, as the text writes it: "NameHarbor" of "NAMEHARBOR, INC."."""
    words = name.split()
    forms: set[str] = set()
    for n in range(len(words), 0, -1):
        candidate = " ".join(words[:n])
        if len(candidate) > 3 and (found := _used_as_a_name(plain[len(name) :], candidate)):
            forms |= found
    return forms


def _used_as_a_name(body: str, candidate: str) -> set[str]:
    """The ways in which the text writes a name that acts or owns in it, and is no ordinary word."""
    if is_no_party(candidate) or candidate.endswith("'s") or candidate.lower().split()[0] in _QUESTIONS or len(candidate) < 4:
        return set()
    if re.search(rf"(?<![\w./@-]){re.escape(candidate.lower())}(?![\w@/-]|\.\w)", body):  # written small, too: an ordinary word
        return set()
    written = {m.group() for m in re.finditer(rf"(?<![\w@./-]){re.escape(candidate)}(?![\w@./-])", body, re.I)}
    acts = re.search(rf"(?<![\w@./-])(?i:{re.escape(candidate)})(?:{_ACTS}|\s+(?:MAY|WILL|SHALL|DOES)\b)", body)
    return {w for w in written if w[0].isupper()} if acts else set()


def by_opposite(used: Counter[str], vendor: Set[str], customer: Set[str], open_words: Set[str]) -> tuple[set[str], set[str]]:
    """The sides of words such as "Company": the vendor, and the customer, where only the other side is called by its role."""
    sells, buys = often(used, vendor), often(used, customer)
    if sells == buys:
        return set(), set()
    named = {w.capitalize() for w in open_words if often(used, {w})}
    found = {*named, *(w.upper() for w in named)} if len(named) == 1 else set()
    return (found, set()) if buys else (set(), found)


def named_sides(plain: str) -> Counter[str]:
    """How often each word is used as the name of a side: with a capital, and the article or a verb."""
    return Counter(m.group(1) or m.group(2) for m in _SIDES.finditer(plain))


def often(used: Counter[str], words: Set[str]) -> bool:
    """Whether one of these role words is used as the name of a side, by `named_sides`."""
    return any(used[w.capitalize()] >= 2 for w in words)
