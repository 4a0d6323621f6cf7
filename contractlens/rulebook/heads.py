"""Which noun a verb, a length or a day is said of, where no list names it: "the hire may be extended", "cards are valid for two years"."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from contractlens.rulebook.grammar import BE, DETERMINERS, MODALS, PREPOSITIONS, RELATIVES, is_adverb, is_word

FAR = 12  # words from a verb to the length or the day that it tells of its subject
HAVING = frozenset({"has", "have", "had", "having"})
_AUXILIARY = MODALS | BE | {"not", "been", "have", "has", "deemed", "considered", "treated", "regarded", "stand", "stands", "cease"}
_STATES = BE | HAVING | frozenset("expire expires expiring end ends ending run runs last lasts lapse lapses".split())
_BESIDE = frozenset("having expiring ending".split())  # right behind what has the length
_PARTS = frozenset("; : . if unless provided".split())
_NO_OBJECT = frozenset("for automatically tacitly on upon at until unless thereafter from annually yearly by each every in and , . ; without as from".split())
_NO_NOUN = frozenset("thereafter afterwards hereafter thereupon but".split())
_ANY = frozenset("a an any each every".split())


def head_before(words: Sequence[str], verbs: Collection[int], verb: int) -> int | None:
    """The noun right before a verb that is passive or has no object; None where none stands there.

    >>> words = "the hire of trucks may be extended by a year".split()
    >>> words[head_before(words, [6], 6)]
    'hire'
    """
    i = _before_auxiliaries(words, verb - 1)
    passive = bool(BE & set(words[i + 1 : verb]))
    if i == verb - 1 and not words[verb].endswith("s"):
        return None
    if not passive and verb + 1 < len(words) and words[verb + 1] not in _NO_OBJECT:
        return None
    return _noun_at(words, verbs, i)


def holder(words: Sequence[str], verbs: Collection[int], at: int) -> int | None:
    """The noun of which the length or the day of that number is said: what is valid for it, has a term of it or expires on it.

    >>> words = "the coupons of each player are valid for <duration> .".split()
    >>> holder(words, [], 8), holder("Acme shall pay for <duration> .".split(), [], 4)
    (4, None)
    """
    i = at - 1
    while i > max(0, at - FAR) and words[i] not in _STATES:
        if words[i] in _PARTS:
            return None
        i -= 1
    if i < 0 or words[i] not in _STATES or words[i + 1].endswith(("ed", "ing")):
        return None
    beside = words[i] in _BESIDE
    i = _before_auxiliaries(words, i, _STATES)
    if beside:
        return i if i >= 0 and is_word(words[i]) else None
    return _noun_at(words, verbs, i)


def is_this(words: Sequence[str], noun: int) -> bool:
    """Whether a noun is said to be this one: "this Agrement", "this deal"."""
    while noun > 0 and is_word(words[noun - 1]):
        noun -= 1
    return noun > 0 and words[noun - 1] == "this"


def _before_auxiliaries(words: Sequence[str], i: int, also: Collection[str] = ()) -> int:
    while i >= 0 and (words[i] in _AUXILIARY or words[i] in also or is_adverb(words[i])):
        i -= 1
    return i


def _noun_at(words: Sequence[str], verbs: Collection[int], i: int) -> int | None:
    """The head of the noun phrase whose last word is that of number `i`; phrases such as "of the Services" are passed over."""
    if i > 0 and words[i] in RELATIVES - {"as"}:
        return i - 1 if is_word(words[i - 1]) else None
    i = _before_participles(words, i)
    while i >= 0 and is_word(words[i]) and i not in verbs and words[i] not in _NO_NOUN | _STATES and not words[i].endswith("ed"):
        first = i
        while first > 0 and is_word(words[first - 1]):
            first -= 1
        if first > 0 and words[first - 1] in DETERMINERS:
            first -= 1
        before = words[first - 1] if first > 0 else ""
        if before not in PREPOSITIONS or (before == "of" and words[first] in _ANY):
            return i
        i = first - 2
    return None


def _before_participles(words: Sequence[str], i: int) -> int:
    """Back over what is told of a noun behind it: "the licence obtained by Acme on May 1"."""
    while i > 1 and words[i].startswith("<") and words[i - 1] in PREPOSITIONS:
        i -= 2
    return i - 1 if i > 0 and words[i].endswith("ed") and is_word(words[i - 1]) else i
