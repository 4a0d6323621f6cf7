"""Write a letter: the wording of the playbook, filled in with what the document says, and a page of checks after it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from contractlens.advice.finding import Review
from contractlens.advice.wording import humanised
from contractlens.documents.place import Evidence
from contractlens.errors import DocumentError, UsageError
from contractlens.exports.words import clean
from contractlens.letters.claiming import of_claim
from contractlens.letters.facts import NOUNS, Facts, common, of_change, of_renewal
from contractlens.letters.loading import BLANK, CommonSpec, Kind, LetterSpec, Words, load_letter
from contractlens.reckoning.credit import Credit
from contractlens.reckoning.outages import Outage
from contractlens.redlining.paper import Line, paper
from contractlens.rulebook.conditions import holds, parse_condition


@dataclass(frozen=True, slots=True)
class Letter:
    """The letter's paragraphs with its page of checks, and what the sender must know before all else."""

    lines: tuple[Line, ...]
    told: tuple[str, ...]

    def to_word(self) -> bytes:
        return paper(self.lines)


def letter(
    review: Review,
    kind: Kind,
    *,
    today: date,
    claim: Credit | None = None,
    outage: Outage | None = None,
    change: str | None = None,
    rules: str | Path | None = None,
) -> Letter:
    """The letter to the vendor. A `credit-claim` needs the `outage` and its `claim`, as `reckoning.credit` gives it; `change` is
    what the vendor has changed: terms, price or service. Raises UsageError where there is nothing to write about, DocumentError for a
    review of a file that could not be read.
    """
    if review.error:
        raise DocumentError(review.error.kind, review.error.message)
    if review.terms is None:
        raise DocumentError("no_text", f"{review.document.name}: nothing could be read, so there is nothing to write about.")
    facts = common(review, today)
    if kind == "non-renewal":
        facts |= of_renewal(review, today)
    elif kind == "change-objection":
        facts |= of_change(review, _checked(change))
    elif outage is None or claim is None:
        raise UsageError("A claim needs the outage. Give the fee and the times: --fee '$31' --from 2026-03-05T00:00 --to 2026-03-06T00:00.")
    else:
        facts |= of_claim(review.terms, outage, claim, today)
    own, shared = load_letter(kind, str(rules) if rules else None, tuple(facts))
    return _Writer(own, shared, facts).letter(review)


def check_sender(review: Review, kind: Kind, we: str | None) -> None:
    """Raise UsageError where we are the vendor of the review, made without `we`, and only its customer writes such a letter."""
    vendor = review.terms.party("vendor") if review.terms else None
    named = (vendor.name.lower(), (vendor.called or "").lower()) if vendor else ("", "")
    if we and kind != "non-renewal" and (we.lower() == "vendor" or we.lower() in named[0] or we.lower() == named[1]):
        what = "claims a credit" if kind == "credit-claim" else "objects to the vendor's change"
        raise UsageError(f"{we}: that is the vendor, and it is the customer who {what}. Leave --we out, or name the customer.")


def _checked(change: str | None) -> str | None:
    if change is not None and change not in NOUNS:
        raise UsageError(f"{change!r} is nothing that a vendor changes here. Name one of: {', '.join(NOUNS)}.")
    return change


@dataclass(frozen=True, slots=True)
class _Writer:
    own: LetterSpec
    shared: CommonSpec
    facts: Facts

    def letter(self, review: Review) -> Letter:
        lines = [*self._head(), *self._body(self.own.paragraphs), *self._foot()]
        checks = list(self._checks(review))
        frame = self.shared.frame
        lines += [Line("NextPage", frame["checks"]), Line("Why", self._filled(frame["for_us"]), True)]
        lines += [Line("Check", f"☐\t{text}", True) for _, text in checks]
        return Letter(tuple(lines), tuple(text for tell, text in checks if tell))

    def _head(self) -> Iterator[Line]:
        """Who writes, when, to whom, how, and about what."""
        yield from (Line("Address", self._filled(f"{{{name}}}"), True) for name in ("customer", "customer_address"))
        yield Line("Gap", self._filled("{today}"), True)
        yield Line("Address", self._filled("{vendor}"), True)
        parts = str(self.facts["vendor_address"] or "").split(", or ")
        yield from (Line("Address", part if part else self._filled("{vendor_address}"), True) for part in parts)
        frame = self.shared.frame
        several = self.facts["several_methods"]
        yield Line("Gap", self._filled(frame["by_one_of" if several else "by"]), True)
        yield Line("Reference", self._filled(self.own.title), True)
        yield Line("Normal", self._filled(f"{{agreement}}, {frame['reference']}"), True)
        yield Line("Gap", self._filled(frame["greeting"]), True)

    def _foot(self) -> Iterator[Line]:
        frame = self.shared.frame
        yield Line("Gap", self._filled(frame["parting"]), True)
        yield Line("Sign", self._filled("{customer}"), True)
        yield Line("Address", self._filled(frame["signature"]), True)

    def _body(self, words: Sequence[Words]) -> Iterator[Line]:
        for w in words:
            if not self._holds(w):
                continue
            if w.quote:
                yield from (Line("Quote", _quoted(e)) for e in self.facts["quotes"])
            elif w.list:
                yield from (Line("Item", f"•\t{clean(item)}") for item in self.facts[w.list])
            else:
                yield Line("Normal", self._filled(w.say), True)

    def _checks(self, review: Review) -> Iterator[tuple[bool, str]]:
        """What to see to, and whether it is told on the screen, too: that of the letter, how to prove delivery, and the rest."""
        for w in (*self.shared.checks, *self.own.checks):
            yield from self._check(w)
        notices = review.terms.notices if review.terms else None
        methods = notices.methods if notices else ()
        yield from ((False, self._filled(self.shared.proof[m])) for m in methods if m in self.shared.proof)
        if not any(m in self.shared.proof for m in methods):
            yield False, self._filled(self.shared.proof["none"])
        for w in self.shared.last:
            yield from self._check(w)

    def _check(self, w: Words) -> Iterator[tuple[bool, str]]:
        if self._holds(w):
            texts = [clean(item) for item in self.facts[w.list]] if w.list else [self._filled(w.say)]
            yield from ((w.tell, text) for text in texts)

    def _holds(self, w: Words) -> bool:
        return holds([parse_condition(c) for c in w.conditions], self.facts.get) is True

    def _filled(self, text: str) -> str:
        """Words with their blanks filled; what the document does not say becomes a marked blank that says what is missing."""
        words = BLANK.sub(lambda m: self._value(m[1]), " ".join(text.split()))
        words = re.sub(r"(?<!\.)\.\.(?!\.)", ".", words)  # "… from Acme, Inc." ends the sentence, too
        return words[:1].upper() + words[1:]

    def _value(self, name: str) -> str:
        value = self.facts.get(name)
        if value is None:
            return f"[{self.facts.get(f'{name}_hint') or self.shared.blanks.get(name, name.replace('_', ' '))}]"
        return value if isinstance(value, str) else humanised(value)


def _quoted(evidence: Evidence) -> str:
    where = evidence.where().replace("§ ", "section ")
    return f"“{clean(evidence.quote)}”" + (f" ({clean(where)})" if where else "")
