"""The notice that stops a renewal, or asks for one: of all that speak of one, the sentence that counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from contractlens.language.sentences import Sentence
from contractlens.rulebook import Matches
from contractlens.terms.stated_notice import NOTICE, Notice, amount, notice_in, yearday_of
from contractlens.values import compare

WHAT = "renewal/what-renews"
TELLING = 120  # characters of a key term in which it says how long
BESIDE = 8  # sentences: so near, a sentence on renewals needs not say of what
_DURATIONS = frozenset("day days week weeks month months year years".split())


def read(matches: Matches, own: Sentence, others: Iterable[Sentence], lengths: set[int], by_agreement: bool) -> tuple[Notice, Sentence]:
    """The notice of a renewing sentence or, where it gives none, of another sentence, and where it stands.

    `lengths` are the places of the durations that are lengths of renewals. A sentence of its clause counts where it speaks of
    renewing or of the end of the term (`by_agreement`: any notice that ends the agreement will do, month to month); one of
    another clause only where it says what stops a renewal. Of several the longest, which is never late.
    """
    stated = notice_in(matches, own, lengths)
    if stated.found:
        return _longer(matches, stated, own)
    named = _named(matches, own)
    if named is not None:
        return _joined(stated, named[0]), named[1]
    for sentence in others:
        groups = matches.ask(NOTICE, sentence).groups
        if not groups.get("notice") or groups.get("other_notice") or _of_something_else(matches, sentence):
            continue
        if groups.get("renewal") or groups.get("stops") or (groups.get("end") and (by_agreement or not groups.get("at_will"))) or (by_agreement and groups.get("at_will")):
            near = notice_in(matches, sentence, set())
            if near.found:
                return _longer(matches, near, sentence)
    key_term = _among_key_terms(matches)
    if key_term is not None:
        return _joined(stated, key_term[0]), key_term[1]
    return _elsewhere(matches, own) or (stated, own)


def _longer(matches: Matches, stated: Notice, own: Sentence) -> tuple[Notice, Sentence]:
    """The notice, or a longer one that another sentence or a key term asks for: of two the longer is never late."""
    best = stated, own
    for other in (_elsewhere(matches, own), _among_key_terms(matches)):
        if other and other[0].least and best[0].least and compare(other[0].least, best[0].least) == 1 and other[0].by != "vendor":
            best = _joined(stated, other[0]), other[1]
    return best


def _of_something_else(matches: Matches, sentence: Sentence) -> bool:
    """Whether all that a sentence renews is something else: "Support renews yearly, of which Vendor gives 45 days' notice"."""
    topic = matches.topic(WHAT, sentence)
    return bool(topic.verbs) and not any(map(topic.is_own, topic.verbs))


def _among_key_terms(matches: Matches) -> tuple[Notice, Sentence] | None:
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
                return Notice(day=yearday_of(found[0])), matches.reading.sentences[definition.sentence]
    return None


def _elsewhere(matches: Matches, own: Sentence) -> tuple[Notice, Sentence] | None:
    """The notice in another clause that says what stops a renewal: "either party may end it at the end of any year by 60 days' notice"."""
    stopping = matches.listed("stopping_words")
    others = (s for s in matches.reading.sentences if s.kind != "heading" and s.index != own.index)
    likely = (s for s in others if s.words & _DURATIONS and s.words & stopping)
    found = [(notice, s) for s in likely if _says_what_stops(matches, s, own) and (notice := notice_in(matches, s, set())).found]
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
    return (near or bool(what.get("own"))) and not what.get("other") and not any(True for _ in matches.papers.others(sentence.text))


def _named(matches: Matches, own: Sentence) -> tuple[Notice, Sentence] | None:
    """The notice behind a defined name: "no later than the Non-Renewal Notice Date"."""
    for hit in matches.ask(NOTICE, own).groups.get("notice_date_named", []):
        said = " ".join(matches.reading.words(own).tokens[hit.first : hit.last]).replace(" - ", "-")
        for name, made in matches.reading.definitions.items():
            if not said.endswith(name):
                continue
            for definition in made:
                sentence = matches.reading.sentences[definition.sentence]
                found = notice_in(matches, sentence, set())
                if found.found:
                    return found, sentence
    return None


def _joined(own: Notice, found: Notice) -> Notice:
    """What the defined name says, with the form and the party of the sentence that uses it."""
    return replace(found, written=own.written or found.written, by=own.by or found.by, received=own.received or found.received)
