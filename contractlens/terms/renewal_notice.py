"""The notice that stops a renewal, or asks for one: how long before, on which day, in writing, by whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from contractlens.language.amounts import Value
from contractlens.language.marking import Words
from contractlens.language.sentences import Sentence
from contractlens.rulebook import Matches
from contractlens.rulebook.matching import Hit
from contractlens.values import Duration, compare

NOTICE, WHAT = "renewal/non-renewal-notice", "renewal/what-renews"
# Words at which another thought begins: what stands before them and what stands behind are not of one piece.
BREAKS = frozenset({"unless", "if", "except", "provided", "save", "within", "whereupon", ";"})
TELLING = 120  # characters of a key term in which it says how long
BESIDE = 8  # sentences: so near, a sentence on renewals needs not say of what
_DURATIONS = frozenset("day days week weeks month months year years".split())
_STOPPING = frozenset("prevent prevented stop continuing renewal renewed renews nonrenewal end expiry expiration close extension continue run wishing conclusion last".split())
_NOTICE_WORDS = frozenset("notice notification prior before written advance preceding".split())
_TERM_WORDS = frozenset("term terms period periods renewal renewals extension extensions basis".split())
_BY_NOTICE = BREAKS | {"by", "upon", "with", "on", ","}


@dataclass(frozen=True)
class Notice:
    least: Duration | None = None
    most: Duration | None = None
    day: str | None = None
    written: bool = False
    by: Literal["either", "customer", "vendor"] | None = None
    received: bool | None = None
    to: str | None = None  # what it is counted back from, where that is not the end of the term

    @property
    def found(self) -> bool:
        return bool(self.least or self.most or self.day)


def read(matches: Matches, own: Sentence, others: Iterable[Sentence], lengths: set[int], by_agreement: bool) -> tuple[Notice, Sentence]:
    """The notice of a renewing sentence or, where it gives none, of another sentence, and where it stands.

    `lengths` are the places of the durations that are lengths of renewals. A sentence of its clause counts where it speaks of
    renewing or of the end of the term (`by_agreement`: any notice that ends the agreement will do, month to month); one of
    another clause only where it says what stops a renewal. Of several the longest, which is never late.
    """
    stated = _in(matches, own, lengths)
    if stated.found:
        return _longer(matches, stated, own)
    named = _named(matches, own)
    if named is not None:
        return _joined(stated, named[0]), named[1]
    for sentence in others:
        groups = matches.ask(NOTICE, sentence).groups
        if not groups.get("notice") or groups.get("other_notice") or _of_something_else(matches, sentence):
            continue
        if groups.get("renewal") or (groups.get("end") and (by_agreement or not groups.get("at_will"))) or (by_agreement and groups.get("at_will")):
            near = _in(matches, sentence, set())
            if near.found:
                return _longer(matches, near, sentence)
    labelled = _labelled(matches)
    if labelled is not None:
        return _joined(stated, labelled[0]), labelled[1]
    return _elsewhere(matches, own) or (stated, own)


def _longer(matches: Matches, stated: Notice, own: Sentence) -> tuple[Notice, Sentence]:
    """The notice, or a longer one that another sentence or a key term asks for: of two the longer is never late."""
    best = stated, own
    for other in (_elsewhere(matches, own), _labelled(matches)):
        if other and other[0].least and best[0].least and compare(other[0].least, best[0].least) == 1 and other[0].by != "vendor":
            best = _joined(stated, other[0]), other[1]
    return best


def _of_something_else(matches: Matches, sentence: Sentence) -> bool:
    """Whether all that a sentence renews is something else: "Support renews yearly, of which Vendor gives 45 days' notice"."""
    topic = matches.topic(WHAT, sentence)
    return bool(topic.verbs) and not any(map(topic.is_own, topic.verbs))


def _labelled(matches: Matches) -> tuple[Notice, Sentence] | None:
    """The notice in a table or a list of key terms: "Non-Renewal Notice: 60 days"."""
    for name, made in matches.reading.definitions.items():
        groups = matches.ask_text(NOTICE, name)
        if not groups.get("label"):
            continue
        for definition in (d for d in made if d.how == "label"):
            text = matches.reading.document.plain[definition.start : definition.end][:TELLING]
            found = [v for v in matches.reading.values(text) if v.kind in ("duration", "yearday", "date")]
            if found and found[0].kind == "duration":
                return Notice(least=amount(found[0])), matches.reading.sentences[definition.sentence]
            if found:
                return Notice(day=_yearday(found[0])), matches.reading.sentences[definition.sentence]
    return None


def _elsewhere(matches: Matches, own: Sentence) -> tuple[Notice, Sentence] | None:
    """The notice in another clause that says what stops a renewal: "either party may end it at the end of any year by 60 days' notice"."""
    likely = (s for s in matches.reading.sentences if s.kind != "heading" and s.words & _DURATIONS and s.words & _STOPPING and s.index != own.index)
    found = [(notice, s) for s in likely if _says_what_stops(matches, s, own) and (notice := _in(matches, s, set())).found]
    if not found:
        return None
    longest = found[0]  # of several the longest, which is never late
    for other in found[1:]:
        if other[0].least and longest[0].least and compare(other[0].least, longest[0].least) == 1:
            longest = other
    return longest


def _says_what_stops(matches: Matches, sentence: Sentence, own: Sentence) -> bool:
    """Whether a sentence of another clause says what keeps this agreement from renewing."""
    groups = matches.ask(NOTICE, sentence).groups
    if not groups.get("stops") or groups.get("other_notice") or not (groups.get("notice") or groups.get("written")):
        return False
    what = matches.ask(WHAT, sentence).groups
    near = abs(sentence.index - own.index) <= BESIDE
    return (near or bool(what.get("own"))) and not what.get("other") and not any(True for _ in matches.reading.papers.others(sentence.text))


def _named(matches: Matches, own: Sentence) -> tuple[Notice, Sentence] | None:
    """The notice behind a defined name: "no later than the Non-Renewal Notice Date"."""
    for hit in matches.ask(NOTICE, own).groups.get("notice_date_named", []):
        doc = matches.reading.words(own).doc
        said = " ".join(doc[i].text for i in range(hit.first, hit.last)).replace(" - ", "-")
        for name, made in matches.reading.definitions.items():
            if not said.endswith(name):
                continue
            for definition in made:
                sentence = matches.reading.sentences[definition.sentence]
                found = _in(matches, sentence, set())
                if found.found:
                    return found, sentence
    return None


def _joined(own: Notice, found: Notice) -> Notice:
    """What the defined name says, with the form and the party of the sentence that uses it."""
    return replace(found, written=own.written or found.written, by=own.by or found.by, received=own.received or found.received)


def _in(matches: Matches, sentence: Sentence, lengths: set[int]) -> Notice:
    groups = matches.ask(NOTICE, sentence).groups
    if not (groups.get("notice") or groups.get("before")):
        return Notice(written=bool(groups.get("written")), by=_by(groups), received=True if groups.get("receipt") else None)
    words = matches.reading.words(sentence)
    most = kept(groups.get("notice_max", []), "notice_max", words)
    least = [v for v in kept(groups.get("notice_min", []), "notice_min", words) if v.note != "recurring" and v not in most]
    least = [v for v in least if not (v.start in lengths and (reads_as_term(v, words) or not reads_as_notice(v, words)))]
    others = {v.start for v in kept(groups.get("of_something_else", []), "notice_min", words)}
    least = [v for v in least if v.start not in others]
    day = kept(groups.get("notice_date", []), "notice_date", words)
    yearday = _yearday(day[0]) if day else None
    if yearday and groups.get("before_date") and not groups.get("by_date"):
        yearday = _day_before(yearday)
    shortest, longest = _chosen(least, groups, words), amount(most[0]) if most else None
    if shortest and longest and compare(shortest, longest) == 1:
        shortest, longest = longest, shortest  # "between thirty and sixty days"
    return Notice(
        shortest,
        longest,
        yearday,
        bool(groups.get("written")),
        _by(groups),
        True if groups.get("receipt") else None,
        _to(groups, words),
    )


def _yearday(value: Value) -> str:
    """The day of the year: --11-01 for "November 1 of each year", and for "November 1, 2026"."""
    return f"--{value.amount:%m-%d}" if isinstance(value.amount, date) else str(value.amount)


def _day_before(yearday: str) -> str:
    """"Before November 1" is by October 31; before March 1 it is the 28th of February, the earlier of two."""
    try:
        return f"--{date.fromisoformat(f'2027{yearday[1:]}') - timedelta(days=1):%m-%d}"
    except ValueError:  # 29 February; any other such day is none, and is told where it is counted
        return "--02-28" if yearday == "--02-29" else yearday


def _chosen(least: Sequence[Value], groups: dict[str, list[Hit]], words: Words) -> Duration | None:
    """Of several notices the one counted back from the end of the term, behind "unless"; of equals the longer, which is never late."""
    if not least:
        return None
    ends = {v.start for v in kept(groups.get("before_end", []), "notice_min", words)}
    breaks = [words.starts[i] for i in range(len(words.doc)) if words.doc[i].text in ("unless", "if", "provided", "whether")]

    def rank(value: Value) -> tuple[bool, bool]:
        return any(b < value.start for b in breaks), value.start in ends

    best = max(rank(v) for v in least)
    equals = [v for v in least if rank(v) == best]
    if groups.get("each_its_own"):  # "unless the Customer gives 90 days' notice, or the Provider 30 days'"
        equals = [v for v in least if rank(v)[0] == best[0]]
    lengths = [length for v in equals for length in (amount(v), v.other) if length]  # "ninety (60) days" says two
    chosen = lengths[0]
    for other in lengths[1:]:
        chosen = other if compare(other, chosen) == 1 else chosen
    return chosen


def _to(groups: dict[str, list[Hit]], words: Words) -> str | None:
    """What else than the end of the term a notice is counted back from, in the document's words."""
    hits = groups.get("before_other", [])
    return " ".join(words.doc[i].text for i in range(hits[0].first, hits[0].last)) if hits else None


def _by(groups: dict[str, list[Hit]]) -> Literal["either", "customer", "vendor"] | None:
    if groups.get("either"):
        return "either"
    customer = bool(groups.get("customer_only")) and not groups.get("to_customer")
    vendor = bool(groups.get("vendor_only")) and not groups.get("to_vendor")
    if customer != vendor:
        return "customer" if customer else "vendor"
    return "either" if customer else None


def kept(hits: Sequence[Hit], name: str, words: Words) -> list[Value]:
    """The values kept under a name, each once, in reading order; none by a hit that runs across "unless" or the like."""
    whole = [h for h in hits if not any(words.doc[i].text in BREAKS for i in range(h.first + 1, h.last))]
    found = {v.start: v for h in whole for n, v in h.values if n == name}
    return [found[k] for k in sorted(found)]


def amount(value: Value) -> Duration:
    assert isinstance(value.amount, Duration)
    return value.amount


def reads_as_notice(value: Value, words: Words) -> bool:
    """Whether the words behind a duration make it a notice: "90 days' prior written", but not "one year by written notice"."""
    following = _after(value, words, 3)
    if following and following[0] in _TERM_WORDS:
        return False
    for word in following:
        if word in _BY_NOTICE:
            return False
        if word in _NOTICE_WORDS:
            return True
    return False


def reads_as_term(value: Value, words: Words) -> bool:
    """Whether they make it the length of a term: "twelve (12) month periods"."""
    following = _after(value, words, 2)
    return bool(_TERM_WORDS & set(following)) and "notice" not in following


def _after(value: Value, words: Words, count: int) -> list[str]:
    at = next((i for i, start in enumerate(words.starts) if start == value.start), None)
    return [] if at is None else [words.doc[i].text for i in range(at + 1, min(at + 1 + count, len(words.doc)))]
