"""The notices clause: where notices go, by what means, and when they count as received."""

from __future__ import annotations

import re
from collections.abc import Iterable

from contractlens.language.sentences import Sentence
from contractlens.rulebook import Matches
from contractlens.terms.records import Notices

RULE = "notices/notices-clause"
METHODS = ("email", "courier", "registered_mail", "mail", "hand", "fax")
FAR = 25  # sentences: an address further from the clause belongs to something else
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
# A street or a box with a town behind it: "400 Wharf Street, Suite 210, Wilmington, Delaware 19801".
_STREET = re.compile(
    r"(?:\b(?:Attn|Attention)[.:][^,;|\n]{1,60}, )?\b(?:\d{1,5}[A-Z]?(?:-\d{1,5})?,? (?:[A-Z][\w.'-]+|\d+(?:st|nd|rd|th))|P\.? ?O\.? Box \d+)[\w .'#&-]{0,50}(?:, ?[A-Z0-9#][\w .'#&-]{1,40}){1,6}"
)
_SENTENCE_TAIL = re.compile(r",? (?:with a copy|and (?:to|a copy)|which|or (?:to|by)|by (?:e-?mail|fax)|to the attention).*$", re.I | re.S)


def read(matches: Matches) -> Notices | None:
    """What the document says of notices; None where it has no such clause."""
    found = sorted(matches.of(RULE), key=lambda m: (-m.points, m.sentence.index))
    if not found:
        return None
    main = found[0].sentence
    clause = sorted({s.index: s for s in (main, *matches.reading.around(main)) if abs(s.index - main.index) < FAR}.values(), key=lambda s: s.index)
    used = [main]
    methods: list[str] = []
    deemed: Sentence | None = None
    for sentence in clause:
        groups = matches.ask(RULE, sentence).groups
        methods += [name for name in METHODS if groups.get(name) and name not in methods]
        if deemed is None and groups.get("deemed"):
            deemed = sentence
            used.append(sentence)
    address, stated = _address(matches, clause)
    text = matches.reading.document.text
    return Notices(
        address=address,
        methods=tuple(m.replace("_", " ") for m in methods),
        deemed_received=" ".join(text[deemed.start : deemed.end].split()) if deemed else None,
        evidence=matches.reading.evidence(*used, *([stated] if stated else [])),
    )


def on_receipt(matches: Matches) -> bool:
    """Whether the notices clause says that a notice counts from when it is received."""
    main = max(matches.of(RULE), key=lambda m: (m.points, -m.sentence.index), default=None)
    if main is None:
        return False
    clause = (main.sentence, *(s for s in matches.reading.around(main.sentence) if abs(s.index - main.sentence.index) < FAR))
    return any(matches.ask(RULE, sentence).groups.get("on_receipt") for sentence in clause)


def _address(matches: Matches, clause: list[Sentence]) -> tuple[str | None, Sentence | None]:
    """The vendor's address for notices: where the clause says it is theirs, else in a row that names them, else in the clause."""
    rows = [s for s in matches.reading.sentences if s.kind == "row" and ("@" in s.text or any(c.isdigit() for c in s.text))]
    named = [s for s in (*clause, *rows) if matches.ask(RULE, s).groups.get("to_vendor")]
    theirs = [s for s in rows if s.index > clause[0].index and _names_vendor(matches, s)]
    others = [s for s in clause if not matches.ask(RULE, s).groups.get("customer_side")]
    for sentence in (*named, *theirs, *others):
        found = _in(matches, sentence)
        if found:
            return found, sentence
    return None, None


def _names_vendor(matches: Matches, sentence: Sentence) -> bool:
    return any(v.kind == "vendor" for v in matches.reading.words(sentence).values.values())


def _in(matches: Matches, sentence: Sentence) -> str | None:
    """The address that a sentence states behind its mention of the vendor: by post where it has one, by e-mail where that comes first."""
    vendor: Iterable[int] = (v.end - sentence.start for v in matches.reading.words(sentence).values.values() if v.kind == "vendor")
    text = sentence.text
    tail = text[next(iter(vendor), 0) :]
    for part in (tail, text):
        street, mail = _STREET.search(part), _MAIL.search(part)
        if street:
            post = " ".join(_SENTENCE_TAIL.sub("", street.group()).split()).strip(" ,.;")
            return f"{mail.group()}, or {post}" if mail and mail.start() < street.start() else post
        if mail:
            return mail.group()
    return None
