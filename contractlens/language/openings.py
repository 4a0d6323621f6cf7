"""The opening introduces the parties: their names, and the words that stand for them from there on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from contractlens.language.learning import OPENING, is_no_party

Role = Literal["vendor", "customer"]

# What a party is called: Acme, i-Escrow, 2TheMart, "the Supplier", "we".
_WORD = r"(?:the\s+|The\s+)?(?P<called>(?:[A-Z]|[a-z]{0,2}-?[A-Z0-9]|\d{1,3}[A-Za-z]|[Ww]e\b|us\b)[\w.&' /-]{0,50}?)"
_CALLED = re.compile(
    rf"\((?P<lead>[^()\"]{{0,90}}?)(?:\"|''){_WORD},?(?:\"|'')(?:[^()\"]{{0,60}}(?:or|and|,)\s*\"(?P<second>[A-Za-z][\w.&' /-]{{0,50}}?),?\")?(?P<rest>[^()]{{0,120}})\)"
)
_COMMA_CALLED = re.compile(
    rf"(?:hereinafter|hereafter|herein)\s++(?:referred\s+to\s+as|called|known\s+as|as)?\s*+(?:the\s+)?\"{_WORD},?\"|"
    r"(?<=,)\s(?:as|in\s+its\s+capacity\s+as)\s(?:the\s)?(?P<as>[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)(?=\s*(?:[,.;]|and\b))",
    re.I,
)
FORM = (
    r"(?:Inc|Incorporated|Ltd|LLC|L\.L\.C|LLP|Corp|GmbH|Limited|Corporation|Company|Co|LP|L\.P|plc|PLC|B\.V|N\.V|S\.A\.?\s+de\s+C\.V|S\.A|S\.p\.A|S\.r\.l|SAS|SARL|AG|AB|ApS|Oy|Pty|Pte|K\.K|Kft)"
)
_NAME_TAIL = re.compile(
    r"(?P<name>(?:(?<![\w-])(?:[a-z]{1,2}-?(?=[A-Z0-9]))?[A-Z0-9][\w.&'*!+/-]*|\[[^\]]{1,40}\])(?:(?:,?\s+|\s*&\s*)(?:(?:and|of|the|de|for|und|du)\s+)?(?:[A-Z0-9&][\w.&'*!+/-]*|\([A-Z][\w .]{1,20}\)))*"
    rf"(?:,?\s+{FORM}\b\.?)*)"
)
_AFTER_FORM = re.compile(rf"(?<=[\w.),])\s+{FORM}\b\.?(?:\s*,?\s+{FORM}\b\.?|\s+&\s+Co\.?(?:\s+KG)?\b)*(?=,\s+(?!and\b|Inc|Ltd|LLC|L\.)|\s+(?:ABN|ACN|of)\b)", re.I)
# What the words before a bracket name, and is no party: a state, an officer, a section of the document, a thing.
_NOBODY = re.compile(
    r"^(?:State\s+of|Commonwealth\s+of|Province\s+of|United\s+States|U\.S\.|People's\s+Republic|Republic\s+of|Kingdom\s+of|Food\s+and\s+Drug|Article|Section|Exhibit|Schedule|Item|WHEREAS|Whereas|"
    r"\d+\.|This|That|These|Each|Such|Any|All|In|On|If|At|As|For|The(?:\s+\w+)?$)(?=\s|$)|\b(?:Department|Administration|Commission|Shares|Year|Quarter|President|Secretary)\b|^(?:The\s+)?(?:General|Managing|Executive)\s+\w*\s*(?:Manager|Director)"
)
_FAR = 1500  # characters from one party to the next: what is introduced further on is a thing that is defined
_DESCRIBED = re.compile(r",?\s+(?:an?\s|with\s+(?:its|a|an|offices)|having\s|whose\s|located|acting|organi[sz]ed|of\s+\d|incorporated|duly|on\s+behalf|and\s+its\s|company\s+number|registered|doing\s+business|formerly)", re.I)
_JOINED = re.compile(r",?\s+(?:and|AND|And)\s+(?:the\s+)?(?=[A-Z\d]|[a-z]{1,2}-?[A-Z])|\b\d{5}(?:-\d{4})?\s*,?\s+and\s+(?=[A-Z\d])")
_BETWEEN = re.compile(r",\s+by\s+(?-i:(?=[A-Z]))|\b(?:entered\s+into|made)\s+by\s+(?-i:(?=[A-Z]))|\b(?:between|among|amongst)\b[\s:]*|\bby\s+and\s+(?:between|among)\b[\s:]*", re.I)

_PRONOUNS: dict[str, Role] = {"we": "vendor", "us": "vendor"}


@dataclass(frozen=True, slots=True)
class PartyName:
    """A party as the opening introduces it."""

    name: str
    called: str | None
    role: Role | None
    start: int
    end: int


def introduced(plain: str, vendor: frozenset[str], customer: frozenset[str], either: frozenset[str]) -> list[PartyName]:
    parties: list[PartyName] = []
    opening, before = plain[:OPENING], 0
    for m in sorted([*_CALLED.finditer(opening), *_COMMA_CALLED.finditer(opening)], key=lambda m: m.start()):
        called = (m.group("called") or m.groupdict().get("as") or "").strip(" ,.")
        low = called.lower()
        known = low in vendor | customer | either | _PRONOUNS.keys()
        if m.groupdict().get("as") and (low not in vendor | customer or low == called):
            continue
        if parties and m.start() - parties[-1].end > _FAR:
            break
        if (not known and is_no_party(called)) or len(called.split()) > 5 or any(p.called == called for p in parties):
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
        if low in _PRONOUNS and short_name(name) == name:
            continue  # 'Visitors of our websites ("we")': only a company is meant in form
        role: Role | None = _PRONOUNS.get(low) or ("vendor" if low in vendor else "customer" if low in customer else None)
        if role and name.lower().startswith(f"{low} "):
            role = None  # Carrier Global Corporation ("Carrier") carries nothing
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
    if after and after == max(0, end - 420, after) and _BETWEEN.search(text[after:end]) is None and _DESCRIBED.match(window):
        # '("Shipper"), a Tennessee corporation, and Basin Lines, Inc. ("Carrier")': the name is behind the words on the party before
        joined = [m.end() for m in _JOINED.finditer(window)]
        if not joined:
            return None
        start, window = start + joined[0], window[joined[0] :]
    cut = [m.end() for m in re.finditer(r"\)\s*,?\s*(?:and|&)\s+|\"\)?\s*;?,?\s+and\s+|\n\n|\bAND\b[\s:]+|\b\d{5}\s*,?\s+and\s+(?=[A-Z\d])|;\s+and\s+", window)]
    if cut:
        start, window = start + cut[-1], window[cut[-1] :]
    described = _DESCRIBED.search(window)
    head = window[: described.start()] if described and described.start() > 2 else window
    m = _NAME_TAIL.search(re.sub(r"^\W*(?:(?:\(?[ivx\d]+\)|and|the|by|with|of|from)\s+)*", lambda k: " " * len(k.group()), head))
    if not m or len(m.group("name")) < 2:
        return None
    name = " ".join(m.group("name").split()).strip(" ,;").removeprefix("WHEREAS, ")
    if form := _AFTER_FORM.search(name):  # "Acme GmbH, Am Hafen 40, 40221 Bonn"
        name = name[: form.end()]
    if _NOBODY.search(name) or re.search(r"\b[Aa]n?\s$", head[: m.start()]):
        return None
    thing = is_no_party(name) and short_name(name) == name  # "This Acme Service Level Agreement", and not "Acme Services, Inc."
    if numbered := re.match(r"\d{1,2}\.\d{1,2}\.?\s+(?:[A-Z][a-z]+\.\s+)?(?=[A-Z])", name):  # "13.1 Licence. Acme Ltd. ("Acme") may"
        start, name = start + numbered.end(), name[numbered.end() :]
    numbered = re.match(r"\d+\.\d", name)
    return (name, start + m.start("name")) if len(name) <= 90 and not thing and not numbered else None


def _is_kin(called: str, name: str) -> bool:
    """Whether what it is called is made from its name: "Acme" of "Acme, Inc.", "IBM" of its initials."""
    words = {w.lower().strip(",.") for w in name.split()}
    first = {w.lower().strip(",.") for w in called.split()}
    initials = "".join(w[0] for w in name.split() if w[0].isupper())
    if words & first or called.replace(".", "").upper() in initials or name.lower().startswith(called.lower()[:4]):
        return True
    letters = iter(name.lower())  # "VRx" of Vitality Rx Online
    return len(called) <= 6 and called[1:2].isupper() and name[:1].lower() == called[:1].lower() and all(c in letters for c in called.lower())


def short_name(name: str) -> str:
    """The name without its legal form."""
    return re.sub(rf",?\s+{FORM}\b\.?", "", name, flags=re.I).strip(" ,.") or name
