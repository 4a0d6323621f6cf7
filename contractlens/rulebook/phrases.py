"""Phrases of the rule language become slots: pieces without gaps, and how far apart they may stand.

    renew          that word, upper or lower case
    renew+         its forms: renews, renewed, renewing, renewal
    (a | b c)      one of these
    [a]            may be there or not
    ...            up to 4 words in between; ...20 up to 20
    @list          one of a word list of rules/words.yml
    <notice: duration>   a value to keep, and its name; <duration> a value, not kept

No gap ever becomes a wildcard: pieces are found first, then joined (see matching.py), so the work grows linearly.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import get_args

from contractlens.language.marking import words_of
from contractlens.language.value import ValueKind

DEFAULT_GAP = 4
WIDEST_GAP = 60
MOST_ALTERNATIVES = 400
MOST_PHRASES = 60
KINDS = get_args(ValueKind)

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """One position of a phrase: any of `pieces`, at most `gap` words after the slot before it."""

    pieces: frozenset[Words]
    gap: int = 0
    optional: bool = False
    name: str | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase as written, and its slots."""

    text: str
    slots: tuple[Slot, ...]


class PhraseError(ValueError):
    """A phrase that cannot be read; the message says why."""


_TOKEN = re.compile(r"\s*(?:(?P<gap>\.\.\.(?P<n>\d*))|(?P<value><[^<>]*>)|(?P<open>[\[(])|(?P<close>[\])])|(?P<bar>\|)|(?P<list>@[a-z_]+)|(?P<word>[^\s\[\]()|<>@]+))")


@dataclass(frozen=True)
class Vocabulary:
    """The word lists, and the forms of words, that phrases may use."""

    lists: Mapping[str, Sequence[str]]
    forms: Mapping[str, Sequence[str]]
    phrases: Mapping[str, Sequence[str]] = field(default_factory=dict)
    read: dict[str, set[Words]] = field(default_factory=dict, compare=False, repr=False)  # the lists that were read already, as pieces

    def spelt_out(self, texts: Sequence[str]) -> list[str]:
        """The texts, with a line that only says @name, of a group of whole phrases, replaced by its phrases."""
        return [t for text in texts for t in (self.phrases.get(text[1:], (text,)) if text.startswith("@") else (text,))]

    def inflect(self, word: str) -> set[str]:
        """A word's forms: those of rules/words.yml where it is listed there, else a regular verb's."""
        base = word.lower()
        extra = set(self.forms.get(base, ()))
        if base in self.forms and "only" in extra:
            return {base, *(extra - {"only"})}
        stem = base[:-1] if base.endswith("e") else base
        if base.endswith("y") and base[-2:-1] not in "aeiou":
            regular = {base[:-1] + "ies", base[:-1] + "ied", base + "ing"}
        else:
            sibilant = base.endswith(("s", "x", "z", "ch", "sh"))
            regular = {base + ("es" if sibilant else "s"), stem + "ed", stem + "ing"}
        return {base, *regular, *extra}


def parse(text: str, vocabulary: Vocabulary) -> Phrase:
    """Read a phrase; raises PhraseError."""
    slots, end = _sequence(text, 0, vocabulary, None)
    if end != len(text.rstrip()):
        raise PhraseError(f"{text!r}: a bracket is closed that was not opened")
    if not any(not s.optional for s in slots):
        raise PhraseError(f"{text!r}: nothing in it must be there")
    for slot in slots:
        if len(slot.pieces) > MOST_ALTERNATIVES:
            raise PhraseError(f"{text!r}: one position has {len(slot.pieces)} alternatives, more than {MOST_ALTERNATIVES}; use fewer or a second phrase")
    return Phrase(text, tuple(slots))


def parse_all(text: str, vocabulary: Vocabulary) -> list[Phrase]:
    """Read what may be several phrases in one: each alternative with a gap inside a bracket is a phrase of its own."""
    made = _spread(" ".join(text.split()))
    if len(made) > MOST_PHRASES:
        raise PhraseError(f"{text!r}: its brackets with gaps make {len(made)} phrases, more than {MOST_PHRASES}; write fewer")
    return [parse(one, vocabulary) for one in made]


def _spread(text: str) -> list[str]:
    """The phrase once for each alternative that has a gap, so that no bracket has one."""
    for start, end in _brackets(text):
        parts = _parts(text[start + 1 : end])
        gaps = [p for p in parts if "..." in p]
        if not gaps:
            continue
        before, after = text[:start], text[end + 1 :]
        rest = [p for p in parts if "..." not in p]
        variants = [f"{before} {gap} {after}" for gap in gaps]
        if rest:
            variants.append(f"{before}{text[start]}{' | '.join(rest)}{text[end]}{after}")
        elif text[start] == "[":
            variants.append(f"{before} {after}")
        return [one for variant in variants for one in _spread(" ".join(variant.split()))]
    return [text]


def _brackets(text: str) -> list[tuple[int, int]]:
    """The outermost brackets; none where they do not pair, which parse() will tell."""
    found, opened = [], []
    for i, c in enumerate(text):
        if c in "([":
            opened.append(i)
        elif c in ")]" and opened:
            start = opened.pop()
            if not opened:
                found.append((start, i))
    return found


def _parts(text: str) -> list[str]:
    """The alternatives of a bracket, split at its own bars."""
    parts, depth, at = [], 0, 0
    for i, c in enumerate(text):
        depth += (c in "([") - (c in ")]")
        if c == "|" and depth == 0:
            parts.append(text[at:i].strip())
            at = i + 1
    return [*parts, text[at:].strip()]


def _sequence(text: str, at: int, vocabulary: Vocabulary, closing: str | None) -> tuple[list[Slot], int]:
    slots: list[Slot] = []
    gap = 0
    literal: list[str] = []

    def end_literal() -> None:
        nonlocal gap
        if literal:
            slots.append(Slot(frozenset({tuple(literal)}), gap))
            literal.clear()
            gap = 0

    while match := _TOKEN.match(text, at):
        at = match.end()
        if match.group("word"):
            word = match.group("word")
            if word.endswith("+") and len(word) > 1:
                end_literal()
                slots.append(Slot(frozenset(words_of(w) for w in vocabulary.inflect(word[:-1])), gap))
                gap = 0
            elif "*" in word and len(word) > 1:
                raise PhraseError(f"{text!r}: stars are not used, since term* also meets terminate; write renew+ for the forms of renew, or list the words")
            else:
                literal += words_of(word)
            continue
        end_literal()
        if match.group("gap"):
            gap = int(match.group("n") or DEFAULT_GAP)
            if gap > WIDEST_GAP:
                raise PhraseError(f"{text!r}: a gap of {gap} words is wider than {WIDEST_GAP}")
        elif value := match.group("value"):
            slots.append(_value(value, gap, text))
            gap = 0
        elif name := match.group("list"):
            slots.append(Slot(frozenset(_listed(name[1:], vocabulary, text)), gap))
            gap = 0
        elif match.group("open"):
            close = "]" if match.group("open") == "[" else ")"
            pieces, at = _alternatives(text, at, vocabulary, close)
            if isinstance(pieces, Slot):
                slots.append(Slot(pieces.pieces, gap, close == "]", pieces.name, pieces.kind))
            else:
                slots.append(Slot(frozenset(pieces), gap, close == "]"))
            gap = 0
        elif match.group("bar") or match.group("close"):
            raise PhraseError(f"{text!r}: {match.group().strip()!r} stands outside a bracket")
    end_literal()
    if gap:
        raise PhraseError(f"{text!r}: ends with a gap")
    return slots, at


def _alternatives(text: str, at: int, vocabulary: Vocabulary, close: str) -> tuple[set[Words] | Slot, int]:
    """The alternatives up to the closing bracket: sequences of words, without gaps."""
    done: set[Words] = set()
    current: set[Words] = {()}
    kept: Slot | None = None

    def put(choices: set[Words]) -> None:
        nonlocal current
        current = {a + b for a in current for b in choices}
        if len(current) > MOST_ALTERNATIVES:
            raise PhraseError(f"{text!r}: more than {MOST_ALTERNATIVES} alternatives in one bracket")

    while match := _TOKEN.match(text, at):
        at = match.end()
        if match.group("close"):
            if match.group("close") != close:
                raise PhraseError(f"{text!r}: {match.group('close')!r} closes a bracket opened otherwise")
            done |= current
            if kept and len(done) == 1:
                return kept, at
            if () in done:
                raise PhraseError(f"{text!r}: an empty alternative")
            return done, at
        if match.group("bar"):
            done |= current
            current = {()}
        elif word := match.group("word"):
            put({words_of(w) for w in vocabulary.inflect(word[:-1])} if word.endswith("+") and len(word) > 1 else {words_of(word)})
        elif name := match.group("list"):
            put(_listed(name[1:], vocabulary, text))
        elif value := match.group("value"):
            kept = _value(value, 0, text)
            put(set(kept.pieces))
        elif match.group("open"):
            inner, at = _alternatives(text, at, vocabulary, "]" if match.group("open") == "[" else ")")
            choices = set(inner.pieces) if isinstance(inner, Slot) else inner
            put(choices | {()} if match.group("open") == "[" else choices)
        else:
            raise PhraseError(f"{text!r}: no gap inside a bracket; write two phrases")
    raise PhraseError(f"{text!r}: a bracket is not closed")


def _listed(name: str, vocabulary: Vocabulary, text: str) -> set[Words]:
    if name not in vocabulary.lists:
        near = get_close_matches(name, vocabulary.lists)
        raise PhraseError(f"{text!r}: there is no word list {name!r} in words.yml" + (f"; did you mean {' or '.join(near)}?" if near else ""))
    found = vocabulary.read.get(name)
    if found is None:
        found = vocabulary.read[name] = set()
        for entry in vocabulary.lists[name]:
            pieces, _ = _alternatives(f"{entry})", 0, vocabulary, ")")
            found |= set(pieces.pieces) if isinstance(pieces, Slot) else pieces
    return found


def _value(value: str, gap: int, text: str) -> Slot:
    name, _, kind = value[1:-1].partition(":")
    name, kind = name.strip(), kind.strip()
    if not kind:
        name, kind = "", name
    kinds = ("vendor", "customer") if kind == "party" else (kind,)
    unknown = [k for k in kinds if k not in KINDS]
    if unknown:
        raise PhraseError(f"{text!r}: {kind!r} is no kind of value. The kinds are {', '.join(KINDS)} and party")
    return Slot(frozenset((f"<{k}>",) for k in kinds), gap, False, name or None, kind)
