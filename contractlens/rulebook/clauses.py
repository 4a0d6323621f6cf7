"""One clause of a sentence as roles see it: what it holds for each slot, and how its nouns hang together.

All positions count in the tokens that are left once brackets and asides ("at any time") are passed over.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from contractlens.rulebook.grammar import (
    BE,
    DETERMINERS,
    HARD,
    JOINING,
    PARTIES,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    SOFT,
    STOPS,
    TRANSPARENT,
    ends_noun,
    is_adverb,
    is_word,
)
from contractlens.rulebook.loading import Roles
from contractlens.rulebook.matching import Found
from contractlens.rulebook.phrases import Phrase

Span = tuple[int, int]
Phrases = tuple[Phrase, ...]
MARKS = frozenset({"*", "_", "[", "]", '"', "**", "__", "`", "•", "|", "#"})
LONGEST_ASIDE = 40


@dataclass(frozen=True, slots=True)
class Thing:
    """A noun that a rule lists, and its kind."""

    kind: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Subject:
    """Who or what is said to act or be acted upon, and where its words begin and end."""

    role: str | None
    things: tuple[Thing, ...]
    words: str
    start: int
    end: int


class ClauseOf:
    """A clause, with the rule's phrases found in it."""

    def __init__(self, roles: Roles, found: Found, places: Callable[[Phrases], list[Span]], tokens: list[str], first: int, last: int) -> None:
        def spans(phrases: Phrases) -> list[Span]:
            return [(a, b) for a, b in places(phrases) if first <= a and b <= last]

        self._all, self._first, self._last = tokens, first, last
        self._values = found.words.values
        hidden = _hidden(tokens, first, last, spans(roles.aside))
        self.origin = [i for i in range(first, last) if i not in hidden]
        self.tokens = [tokens[i] for i in self.origin]
        place, n = {}, 0
        for i in range(first, last + 1):
            place[i] = n
            n += i < last and i not in hidden

        def seen(phrases: Phrases) -> list[Span]:
            return [(place[a], place[b]) for a, b in spans(phrases) if place[b] > place[a]]

        self.may = self._nearest_to(seen(roles.may))
        self.does = seen(roles.does)
        self.vetoes = seen(roles.unless)
        self.alone = bool(spans(roles.alone))
        self.manners = {place[a] for a, _ in spans(roles.manner)}
        self.things = _longest([Thing(kind, a, b) for kind, phrases in roles.what.items() for a, b in _but_not(seen(phrases), seen(roles.but_not.get(kind, ())))])

    def _nearest_to(self, may: list[Span]) -> list[Span]:
        """Of "reserves the right to use data to", only "reserves the right to"."""
        nearest: dict[int, int] = {}
        for a, b in may:
            if self.tokens[b - 1] == "to":
                nearest[a] = min(b, nearest.get(a, b))
        return [(a, b) for a, b in may if self.tokens[b - 1] != "to" or nearest[a] == b]

    def text(self) -> str:
        return " ".join(self._word(i) for i in range(self._first, self._last))

    def words(self, span: Span) -> str:
        """The words of a span, parties by the names that the document gives them."""
        return " ".join(self._word(self.origin[i]) for i in range(*span))

    def _word(self, i: int) -> str:
        value = self._values.get(i)
        return str(value.amount) if value and value.kind in ("vendor", "customer", "agreement") else self._all[i]

    # ------------------------------------------------------------ nouns after a verb

    def objects(self, at: int) -> tuple[Thing, ...]:
        """The things that a verb which ends at `at` acts upon: the head nouns up to where its object ends."""
        found: list[Thing] = []
        i, headed, within, any_noun, words = at, False, False, False, 0
        while i < len(self.tokens):
            token = self.tokens[i]
            if token in STOPS and not (token in BE and i == at):
                break
            if token in JOINING:
                if not (within and headed and token != ","):
                    any_noun = any_noun or words > 1 or (words == 1 and _is_plural(self.tokens[i - 1]))
                    headed = within = False
                    words = 0
                i += 1
                continue
            thing = next((t for t in reversed(self.things) if t.first == i), None)
            if thing and not within and not headed and self._is_head(thing):
                found += [t for t in self.things if (t.first, t.last) == (thing.first, thing.last)]
                headed = any_noun = True
                i = thing.last
                continue
            if token in PREPOSITIONS:
                if headed and token in HARD:
                    break
                if not headed and not self._only_transparent(i):
                    within = True
                any_noun = any_noun or within
            elif words == 0 and any_noun and not headed and self._opens_verb(i):
                break
            words += 1
            i += 1
        return tuple(found)

    def _is_head(self, thing: Thing) -> bool:
        """Whether the noun heads its phrase: no other noun follows in the same compound."""
        if thing.last >= len(self.tokens):
            return True
        following = self.tokens[thing.last]
        return following != "'s" and ends_noun(following)

    def _only_transparent(self, preposition: int) -> bool:
        """Whether "of" or "to" follows words that only say how much of a thing: "any part of"."""
        return self.tokens[preposition] in SOFT and preposition > 0 and self.tokens[preposition - 1] in TRANSPARENT

    def _opens_verb(self, i: int) -> bool:
        """Whether a new verb begins here: "change the Services or terminate this Agreement"."""
        return is_word(self.tokens[i]) and i + 1 < len(self.tokens) and (self.tokens[i + 1] in DETERMINERS or self.tokens[i + 1] in PARTIES)

    def which(self, at: int) -> tuple[Thing, ...]:
        """The things before "which" or "that", where it stands right before `at`: "the Terms, which Provider may modify"."""
        i = at - 1
        if i < 0 or self.tokens[i] not in RELATIVES:
            return ()
        subject = self._antecedent(i)
        return subject.things if subject else ()

    def them(self, at: int) -> tuple[Thing, ...]:
        """The things that "them" or "it", right after the verb, stands for: "these are our prices, and we may revise them"."""
        if at >= len(self.tokens) or self.tokens[at] not in ("them", "it"):
            return ()
        subject = self._antecedent(at)
        return subject.things if subject else ()

    def intransitive(self, does: Span) -> bool:
        """Whether the verb has no object: "prices may change at any time", "subject to change"."""
        if does[1] >= len(self.tokens):
            return True
        token = self.tokens[does[1]]
        return not (is_word(token) or token in DETERMINERS or token in PARTIES)

    # ------------------------------------------------------------ the noun before a verb

    def subject_after(self, at: int) -> Subject | None:
        """Who or what stands right after "if", "when", "entitles"."""
        i = at
        while i < len(self.tokens) and (is_adverb(self.tokens[i]) or self.tokens[i] in (",", "the")):
            i += 1
        if i < len(self.tokens) and self.tokens[i] in PARTIES:
            if i + 1 < len(self.tokens) and self.tokens[i + 1] == "'s":
                return self._thing_after(at)
            end = i + 1
            if end < len(self.tokens) and self.tokens[end] in ("to", "from"):
                end += 1
            return Subject(self.tokens[i][1:-1], (), self.words((i, i + 1)), i, end)
        return self._thing_after(at)

    def _thing_after(self, at: int) -> Subject | None:
        for thing in self.things:
            if at <= thing.first <= at + 4 and self._is_head(thing) and not any(t in PREPOSITIONS | STOPS | JOINING for t in self.tokens[at : thing.first]):
                same = tuple(t for t in self.things if (t.first, t.last) == (thing.first, thing.last))
                return Subject(None, same, self.words((thing.first, thing.last)), at, thing.last)
        return None

    def subject_before(self, at: int) -> Subject | None:
        """Who or what stands before a permission that begins at `at`."""
        if self.tokens[at] == "as":  # "these Terms, as amended by Provider"
            return self._antecedent(at)
        i = self._skip_asides(at - 1)
        if i < 0:
            return None
        if self.tokens[i] in ("and", "or", "but", "and/or"):
            return self._earlier_subject(i)
        if self.tokens[i] in RELATIVES or self.tokens[i] in PRONOUNS:
            return self._antecedent(i)
        return self._phrase_before(i)

    def _skip_asides(self, i: int) -> int:
        """Back over adverbs, over "shall" of "shall be entitled to", and over what stands between two commas."""
        while i >= 0:
            token = self.tokens[i]
            if is_adverb(token) or token in ("shall", "will", "would"):
                i -= 1
            elif token == ",":
                before = next((k for k in range(i - 1, max(i - LONGEST_ASIDE, -1), -1) if self.tokens[k] == ","), None)
                if i > 0 and self.tokens[i - 1] in PARTIES:
                    i -= 1
                elif before is None:
                    return i - 1
                else:
                    i = before - 1
            else:
                break
        return i

    def _phrase_before(self, end: int) -> Subject | None:
        """The subject whose words end at `end`: its head noun, phrases such as "of the Services" passed over."""
        i = end
        for _ in range(6):
            while i > 0 and self.tokens[i].endswith("ed") and not any(t.last == i + 1 for t in self.things):
                i -= 1  # "all prices quoted are subject to change"
            start = self._start_of_noun(i)
            if start > i:
                return None
            prior = self.tokens[start - 1] if start > 0 else ""
            if prior in ("and", "or") and start > 1 and self.tokens[start] not in (*DETERMINERS, *PARTIES):  # "prices displayed on our sites and apps"
                other = self._start_of_noun(start - 2)
                if 0 < other <= start - 2 and self.tokens[other - 1] in PREPOSITIONS:
                    start, prior = other, self.tokens[other - 1]
            if prior in PREPOSITIONS and not self._only_transparent(start - 1):
                i = start - 2
                while i >= 0 and (self.tokens[i] in PREPOSITIONS or (ends_noun(self.tokens[i]) and self.tokens[i] not in PARTIES and self.tokens[i] not in STOPS | JOINING | DETERMINERS and self.tokens[i][:1].isalpha())):
                    i -= 1
                if i < 0:
                    return None
                continue
            return self._named(start, i)
        return None

    def _start_of_noun(self, end: int) -> int:
        """Where the noun phrase that ends at `end` begins."""
        if self.tokens[end] in PARTIES:
            return end - 1 if end and self.tokens[end - 1] == "the" else end
        start = end + 1
        for k in range(end, max(end - 9, -1), -1):
            token = self.tokens[k]
            if token in DETERMINERS and k < end:  # "Exhibit A": a letter there, no article
                return k - 1 if k and self.tokens[k - 1] in DETERMINERS else k
            if token in PREPOSITIONS | STOPS | JOINING | RELATIVES or is_adverb(token):
                inside = any(t.first < k < t.last - 1 for t in self.things)  # "terms of service", "terms and conditions"
                if not inside:
                    break
            start = k
        return start

    def _named(self, start: int, end: int) -> Subject | None:
        """The party or the things that the noun phrase from `start` to `end` names, with those joined to it."""
        if self.tokens[end] in PARTIES:
            sides = {self.tokens[end][1:-1]}
            if start > 1 and self.tokens[start - 1] in ("and", "or", "&", "and/or", "nor") and (other := self._party_at(start - 2)):
                sides.add(other[1:-1])
            if len(sides) == 2 and self.tokens[start - 1] != "or":
                return None  # both together
            return Subject("either" if len(sides) == 2 else sides.pop(), (), self.words((end, end + 1)), start, end + 1)
        things = [t for t in self.things if t.last == end + 1]
        joined = start > 0 and self.tokens[start - 1] in ("and", "or", "and/or", "&", ",")
        if not things and joined and start > 1 and self.tokens[start] in ("its", "their", "our", "any", "other", "the"):
            return self._phrase_before(start - 2) if self._party_at(start - 2) else None
        if things and joined and self.tokens[start - 1] != ",":
            things += self._joined_before(start - 1)
        return Subject(None, tuple(things), self.words((things[0].first, things[0].last)), start, end + 1) if things else None

    def _party_at(self, i: int) -> str | None:
        while i >= 0 and (self.tokens[i] == "," or is_adverb(self.tokens[i])):
            i -= 1
        return self.tokens[i] if i >= 0 and self.tokens[i] in PARTIES else None

    def _joined_before(self, conjunction: int) -> list[Thing]:
        """The things joined by "and" and commas to the left: "prices, fees and these Terms"."""
        found: list[Thing] = []
        i = conjunction - 1
        while i >= 0:
            start = self._start_of_noun(i)
            here = [t for t in self.things if t.last == i + 1]
            if start > i or not here:
                break
            found += here
            if start < 1 or self.tokens[start - 1] not in JOINING:
                break
            i = start - 2
        return found

    def _earlier_subject(self, conjunction: int) -> Subject | None:
        """The subject of a sentence with two verbs: "Provider owns the Site and may change these Terms"."""
        for i in range(conjunction - 1, -1, -1):
            token = self.tokens[i]
            following = self.tokens[i + 1]
            prior = self.tokens[i - 1] if i else ""
            prior = self.tokens[i - 2] if prior in DETERMINERS and i > 1 else prior
            if token in PARTIES and prior not in PREPOSITIONS and not is_word(prior or ",") and following != "'s":
                return Subject(token[1:-1], (), self.words((i, i + 1)), conjunction, i + 1)
            things = tuple(t for t in self.things if t.last == i + 1)
            if things and self._is_head(things[0]) and (following in BE | STOPS or is_adverb(following)):
                return Subject(None, things, self.words((things[0].first, i + 1)), conjunction, i + 1)
        return None

    def _antecedent(self, i: int) -> Subject | None:
        """What "which", "as" or "they" stands for: the listed noun right before it, or the last one before a pronoun."""
        if self.tokens[i] in RELATIVES or (i and self.tokens[i - 1] == "as"):
            k = i - 1 if self.tokens[i] in RELATIVES else i - 2
            while k >= 0 and self.tokens[k] in (",", "each", "all"):
                k -= 1
            right_before = next((t for t in self.things if t.last == k + 1), None)
            if right_before is None:
                found = self._phrase_before(k) if k >= 0 else None
                return found if found and not found.role else None
            last: Thing | None = right_before
        else:
            last = next((t for t in reversed(self.things) if t.last <= i), None)
        if last is None or i - last.last > 30:
            return None
        return Subject(None, tuple(t for t in self.things if t.last == last.last), self.words((last.first, last.last)), last.first, last.last)


def _is_plural(token: str) -> bool:
    """Whether a lone word is a noun rather than another verb of a list: "change Services or terminate this Agreement"."""
    return token.endswith("s") and not token.endswith("ss")


def _but_not(spans: list[Span], barred: list[Span]) -> list[Span]:
    return [(a, b) for a, b in spans if not any(x <= a and b <= y for x, y in barred)]


def _longest(things: list[Thing]) -> list[Thing]:
    """Without those that stand inside a longer one: "service" in "service plan"."""
    kept = [t for t in things if not any(o.first <= t.first and t.last <= o.last and (o.first, o.last) != (t.first, t.last) for o in things)]
    return sorted(kept, key=lambda t: (t.first, t.last))


def _hidden(tokens: list[str], first: int, last: int, asides: list[Span]) -> set[int]:
    """The words that are passed over: brackets, marks of layout, asides, and the commas around them."""
    hidden = {i for i in range(first, last) if tokens[i] in MARKS}
    opened: list[int] = []
    for i in range(first, last):
        if tokens[i] == "(":
            opened.append(i)
        elif tokens[i] == ")":
            start = opened.pop() if opened else i
            hidden.update(range(start, i + 1))
    for a, b in asides:
        hidden.update(range(a, b))
        if a > first and tokens[a - 1] == "," and b < last and tokens[b] == ",":
            hidden.update((a - 1, b))
    return hidden
