"""The notices clause: where notices go, by what means, and when they count as received."""

from __future__ import annotations

import re

from contractlens.language.sentences import Sentence
from contractlens.rulebook import Matches
from contractlens.terms import addresses
from contractlens.terms.records import Notices

RULE = "notices/notices-clause"
METHODS = ("email", "courier", "registered_mail", "mail", "hand", "fax")
FAR = 40  # sentences, most of them lines of addresses: what is further from the clause belongs to something else
_HOUSE = re.compile(r"\d{1,5}\s")  # "12 Wharf Road" looks like a heading
LONG = 12  # words: a sentence as long as this that does not speak of notices ends the clause


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
    address, stated = _address(matches, clause, main)
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


def _address(matches: Matches, clause: list[Sentence], main: Sentence) -> tuple[str | None, Sentence | None]:
    """The vendor's address for notices: where the clause says it is theirs, in a row that names them, or in the opening."""
    roles = {p.role for p in matches.reading.cast.parties}
    if None in roles and "vendor" not in roles:
        return None, None  # which of the parties sells is not known
    rows = [s for s in matches.reading.sentences if s.kind == "row" and ("@" in s.text or any(c.isdigit() for c in s.text))]
    below = _below(matches, main)
    found = [*addresses.stretches(matches, RULE, sorted({s.index: s for s in (*clause, *below)}.values(), key=lambda s: s.index))]
    theirs = addresses.of_vendor(found)
    if theirs:
        return theirs
    named = [s for s in (*clause, *rows) if matches.ask(RULE, s).groups.get("to_vendor")]
    for sentence in (*named, *(s for s in rows if s.index > clause[0].index and _names_vendor(matches, s))):
        if (address := addresses.in_text(_behind_vendor(matches, sentence))) and not matches.ask(RULE, sentence).groups.get("customer_side"):
            return address, sentence
    if any(matches.ask(RULE, s).groups.get("as_above") for s in (main, *clause)) and (opening := addresses.in_opening(matches)):
        return opening
    return _only_one(matches, [f for f in found if f.sentence in clause or f.sentence in below])


def _below(matches: Matches, main: Sentence) -> list[Sentence]:
    """The clause's sentences and the lines of addresses after it, up to one that speaks of something else."""
    found: list[Sentence] = []
    for s in matches.reading.sentences[main.index : main.index + FAR]:
        if len(s.text.split()) >= LONG and not matches.ask(RULE, s).groups.get("about") and not addresses.all_in(s.text):
            break
        if s.kind == "heading" and not _HOUSE.match(s.text) and s.index > main.index + 1 and len(found) > 1 and not any(c.isdigit() for c in found[-1].text):
            break
        found.append(s)
    return found


def _only_one(matches: Matches, found: list[addresses.Stretch]) -> tuple[str | None, Sentence | None]:
    """The one address of a clause that says of nobody whose it is, and names the vendor."""
    stated = [(a, s) for s in found for a in [addresses.in_text(s.text)] if a]
    if len({a for a, _ in stated}) == 1 and not any(s.whose for _, s in stated) and any(_names_vendor(matches, s.sentence) for s in found):
        return stated[0][0], stated[0][1].sentence
    return None, None


def _names_vendor(matches: Matches, sentence: Sentence) -> bool:
    return any(v.kind == "vendor" for v in matches.reading.words(sentence).values.values())


def _behind_vendor(matches: Matches, sentence: Sentence) -> str:
    """The words behind a sentence's first mention of the vendor."""
    first = min((v.end - sentence.start for v in matches.reading.words(sentence).values.values() if v.kind == "vendor"), default=0)
    return " ".join(sentence.text[first:].split())
