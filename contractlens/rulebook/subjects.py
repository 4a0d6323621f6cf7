"""Who or what a verb belongs to: the noun before the permission, or after "if"; what "which" and "them" stand for."""

from __future__ import annotations

from dataclasses import dataclass

from contractlens.rulebook.clauses import ClauseOf, Thing
from contractlens.rulebook.grammar import (
    BE,
    DETERMINERS,
    JOINING,
    PARTIES,
    POSTNOMINAL,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    STOPS,
    ends_noun,
    is_adverb,
    is_word,
)

LONGEST_ASIDE = 40


@dataclass(frozen=True, slots=True)
class Subject:
    """Who or what is said to act or be acted upon, and where its words begin and end."""

    role: str | None
    things: tuple[Thing, ...]
    words: str
    start: int
    end: int


def subject_after(c: ClauseOf, at: int) -> Subject | None:
    """Who or what stands right after "if", "when", "entitles"."""
    i = at
    while i < len(c.tokens) and (is_adverb(c.tokens[i]) or c.tokens[i] in (",", "the")):
        i += 1
    if i < len(c.tokens) and c.tokens[i] in PARTIES:
        if i + 1 < len(c.tokens) and c.tokens[i + 1] == "'s":
            return _thing_after(c, at)
        end = i + 1
        if end < len(c.tokens) and c.tokens[end] in ("to", "from"):
            end += 1
        return Subject(c.tokens[i][1:-1], (), c.words((i, i + 1)), i, end)
    return _thing_after(c, at)


def _thing_after(c: ClauseOf, at: int) -> Subject | None:
    for thing in c.things:
        if at <= thing.first <= at + 4 and c.is_head(thing) and not any(t in PREPOSITIONS | STOPS | JOINING for t in c.tokens[at : thing.first]):
            same = tuple(t for t in c.things if (t.first, t.last) == (thing.first, thing.last))
            return Subject(None, same, c.words((thing.first, thing.last)), at, thing.last)
    return None


def subject_before(c: ClauseOf, at: int) -> Subject | None:
    """Who or what stands before a permission that begins at `at`."""
    if c.tokens[at] == "as":  # "these Terms, as amended by Provider"
        return _antecedent(c, at)
    i = _skip_asides(c, at - 1)
    if i < 0:
        return None
    if c.tokens[i] in ("and", "or", "but", "and/or"):
        return (_earlier_party(c, i) if _has_object(c, at) else None) or _earlier_subject(c, i)
    if c.tokens[i] in PRONOUNS and i and c.tokens[i - 1] in RELATIVES - {"as"}:  # "makers have terms, which they may change"
        return None
    if c.tokens[i] in ("who", "he", "she") or (c.tokens[i] in ("it", "they") and _has_object(c, at)):
        return _party_before(c, i) or _antecedent(c, i)
    if c.tokens[i] in RELATIVES or c.tokens[i] in PRONOUNS:
        return _antecedent(c, i)
    return _phrase_before(c, i)


def _has_object(c: ClauseOf, at: int) -> bool:
    """Whether after a permission at `at` somebody acts on a thing: "it may amend these Terms", and not "they may be amended"."""
    following = next((d for d in c.does if d[0] >= at), None)
    return following is not None and not any(t in BE for t in c.tokens[at : following[0]]) and bool(c.objects(following[1]) or them(c, following[1]))


def _party_before(c: ClauseOf, i: int) -> Subject | None:
    """The party that "who" or "it" stands for: the last one named before, if it heads its clause."""
    for k in range(i - 1, -1, -1):
        if c.tokens[k] in PARTIES and c.tokens[k + 1 : k + 2] != ["'s"] and (c.tokens[i] == "who" or k == 0 or c.tokens[k - 1] not in PREPOSITIONS):
            return Subject(c.tokens[k][1:-1], (), c.words((k, k + 1)), k, k + 1)
    return None


def _skip_asides(c: ClauseOf, i: int) -> int:
    """Back over adverbs, over "shall" of "shall be entitled to", and over what stands between two commas."""
    while i >= 0:
        token = c.tokens[i]
        if is_adverb(token) or token in ("shall", "will", "would"):
            i -= 1
        elif token == ",":
            before = next((k for k in range(i - 1, max(i - LONGEST_ASIDE, -1), -1) if c.tokens[k] == ","), None)
            if i > 0 and c.tokens[i - 1] in PARTIES:
                i -= 1
            elif before is None:
                return i - 1
            else:
                i = before - 1
        else:
            break
    return i


def _phrase_before(c: ClauseOf, end: int) -> Subject | None:
    """The subject whose words end at `end`: its head noun, phrases such as "of the Services" passed over."""
    i = _before_a_relative(c, end)
    while i > 0 and c.tokens[i] in POSTNOMINAL and c.tokens[i] not in PARTIES:  # "all terms hereof may be"
        i -= 1
    for _ in range(6):
        while i > 0 and c.tokens[i].endswith("ed") and not any(t.last == i + 1 for t in c.things):
            i -= 1  # "all prices quoted are subject to change"
        start = c.start_of_noun(i)
        if start > i:
            return None
        prior = c.tokens[start - 1] if start > 0 else ""
        if prior in ("and", "or") and start > 1 and c.tokens[start] not in (*DETERMINERS, *PARTIES):  # "prices displayed on our sites and apps"
            other = c.start_of_noun(start - 2)
            if 0 < other <= start - 2 and c.tokens[other - 1] in PREPOSITIONS:
                start, prior = other, c.tokens[other - 1]
        if prior in PREPOSITIONS and not c.only_transparent(start - 1):
            i = start - 2
            while i >= 0 and (c.tokens[i] in PREPOSITIONS or (ends_noun(c.tokens[i]) and c.tokens[i] not in PARTIES and c.tokens[i] not in STOPS | JOINING | DETERMINERS and c.tokens[i][:1].isalpha())):
                i -= 1
            if i < 0:
                return None
            continue
        return _named(c, start, i)
    return None


def _before_a_relative(c: ClauseOf, end: int) -> int:
    """Back over "that we take" in "the commission that we take may be changed"."""
    k = end - 1
    while k > 0 and is_adverb(c.tokens[k]):
        k -= 1
    if k < 2 or not is_word(c.tokens[end]) or c.tokens[k] not in PARTIES:
        return end
    if c.tokens[k - 1] in ("that", "which"):
        return k - 2
    return k - 1 if any(t.last == k for t in c.things) else end


def _named(c: ClauseOf, start: int, end: int) -> Subject | None:
    """The party or the things that the noun phrase from `start` to `end` names, with those joined to it."""
    if c.tokens[end] in PARTIES:
        sides = {c.tokens[end][1:-1]}
        if start > 1 and c.tokens[start - 1] in ("and", "or", "&", "and/or", "nor") and (other := _party_at(c, start - 2)):
            sides.add(other[1:-1])
        if len(sides) == 2 and c.tokens[start - 1] != "or":
            return None  # both together
        return Subject("either" if len(sides) == 2 else sides.pop(), (), c.words((end, end + 1)), start, end + 1)
    things = [t for t in c.things if t.last == end + 1]
    joined = start > 0 and c.tokens[start - 1] in ("and", "or", "and/or", "&", ",")
    if not things and joined and start > 1 and c.tokens[start] in ("its", "their", "our", "any", "other", "the"):
        return _phrase_before(c, start - 2) if _party_at(c, start - 2) else None
    if not things and joined and c.tokens[start - 1] != ",":  # "the terms and charges in this tariff", of which one is what counts
        found = _joined_before(c, start - 1)
        first = min((t.first for t in found), default=0)
        things = found if first == 0 or c.tokens[c.start_of_noun(first) - 1] not in (*PREPOSITIONS, *PARTIES) else []
    elif things and joined and c.tokens[start - 1] != ",":
        things += _joined_before(c, start - 1)
    return Subject(None, tuple(things), c.words((things[0].first, things[0].last)), start, end + 1) if things else None


def _party_at(c: ClauseOf, i: int) -> str | None:
    while i >= 0 and (c.tokens[i] == "," or is_adverb(c.tokens[i])):
        i -= 1
    return c.tokens[i] if i >= 0 and c.tokens[i] in PARTIES else None


def _joined_before(c: ClauseOf, conjunction: int) -> list[Thing]:
    """The things joined by "and" and commas to the left: "prices, fees and these Terms"."""
    found: list[Thing] = []
    i = conjunction - 1
    while i >= 0:
        start = c.start_of_noun(i)
        here = [t for t in c.things if t.last == i + 1]
        if start > i or not here:
            break
        found += here
        if start < 1 or c.tokens[start - 1] not in JOINING:
            break
        i = start - 2
    return found


def _earlier_party(c: ClauseOf, conjunction: int) -> Subject | None:
    """The party that a sentence with two verbs begins with: "Provider reviews these Terms each year and may change them"."""
    i = next((k for k, token in enumerate(c.tokens[:conjunction]) if token in PARTIES), None)
    if i is None or c.tokens[i + 1] == "'s" or any(t in PREPOSITIONS | STOPS | JOINING for t in c.tokens[:i]) or any(t in PARTIES for t in c.tokens[i + 1 : conjunction]):
        return None
    return Subject(c.tokens[i][1:-1], (), c.words((i, i + 1)), conjunction, i + 1)


def _earlier_subject(c: ClauseOf, conjunction: int) -> Subject | None:
    """The subject of a sentence with two verbs: "Provider owns the Site and may change these Terms"."""
    for i in range(conjunction - 1, -1, -1):
        token = c.tokens[i]
        following = c.tokens[i + 1]
        prior = c.tokens[i - 1] if i else ""
        prior = c.tokens[i - 2] if prior in DETERMINERS and i > 1 else prior
        if token in PARTIES and prior not in PREPOSITIONS and not is_word(prior or ",") and following != "'s":
            return Subject(token[1:-1], (), c.words((i, i + 1)), conjunction, i + 1)
        things = tuple(t for t in c.things if t.last == i + 1)
        if things and c.is_head(things[0]) and (following in BE | STOPS or is_adverb(following)):
            return Subject(None, things, c.words((things[0].first, i + 1)), conjunction, i + 1)
    return _opening_thing(c, conjunction)


def _opening_thing(c: ClauseOf, conjunction: int) -> Subject | None:
    """What a sentence begins with, whatever is told of it: "Prices per call are those on our page and may go up"."""
    first = min((t.first for t in c.things), default=0)
    things = tuple(t for t in c.things if t.first == first and c.is_head(t))
    if not things or any(not is_word(t) and t not in DETERMINERS for t in c.tokens[:first]) or c.tokens[things[0].last] not in PREPOSITIONS:
        return None
    return Subject(None, things, c.words((first, things[0].last)), conjunction, things[0].last)


def _antecedent(c: ClauseOf, i: int) -> Subject | None:
    """What "which", "as" or "they" stands for: the listed noun right before it, or the last one before a pronoun."""
    if c.tokens[i] in RELATIVES or (i and c.tokens[i - 1] == "as"):
        k = i - 1 if c.tokens[i] in RELATIVES else i - 2
        while k >= 0 and c.tokens[k] in (",", "each", "all"):
            k -= 1
        right_before = next((t for t in c.things if t.last == k + 1), None)
        if right_before is None:
            found = _phrase_before(c, k) if k >= 0 else None
            return found if found and not found.role else None
        last: Thing | None = right_before
    else:
        last = next((t for t in reversed(c.things) if t.last <= i), None)
    if last is None or i - last.last > 30:
        return None
    return Subject(None, tuple(t for t in c.things if t.last == last.last), c.words((last.first, last.last)), last.first, last.last)


def which(c: ClauseOf, at: int) -> tuple[Thing, ...]:
    """The things before "which" or "that", where it stands right before `at`: "the Terms, which Provider may modify"."""
    i = at - 1
    if i < 0 or c.tokens[i] not in RELATIVES:
        return ()
    subject = _antecedent(c, i)
    return subject.things if subject else ()


def them(c: ClauseOf, at: int) -> tuple[Thing, ...]:
    """The things that "them" or "it", right after the verb, stands for: "these are our prices, and we may revise them"."""
    if at >= len(c.tokens) or c.tokens[at] not in ("them", "it", "either", "both", "same"):
        return ()
    subject = _antecedent(c, at)
    return subject.things if subject else ()
