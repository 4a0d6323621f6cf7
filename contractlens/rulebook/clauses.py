"""One clause of a sentence as roles see it: what it holds for each slot, and how its nouns hang together.

All positions count in the tokens that are left once brackets and asides ("at any time") are passed over.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from contractlens.rulebook.grammar import (
    ADDING,
    BE,
    DETERMINERS,
    HARD,
    JOINING,
    MODALS,
    PARTIES,
    PREPOSITIONS,
    RELATIVES,
    SOFT,
    STOPS,
    TRANSPARENT,
    ends_noun,
    is_adverb,
    is_word,
)
from contractlens.rulebook.matching import Found
from contractlens.rulebook.phrases import Phrase
from contractlens.rulebook.rule import Roles

Span = tuple[int, int]
Phrases = tuple[Phrase, ...]
MARKS = frozenset({"*", "_", "[", "]", '"', "**", "__", "`", "•", "|", "#"})


RELATIVE = 20  # words of a clause that is passed over within an object
_LETTERS = frozenset("bcdefgh")  # of annexes; "a" is an article more often


@dataclass(frozen=True, slots=True)
class Thing:
    """A noun that a rule lists, and its kind."""

    kind: str
    first: int
    last: int


class ClauseOf:
    """A clause, with the rule's phrases found in it."""

    def __init__(
        self,
        roles: Roles,
        found: Found,
        places: Callable[[Phrases], list[Span]],
        tokens: list[str],
        first: int,
        last: int,
        *,
        shown: Span | None = None,
        skipped: Span | None = None,
    ) -> None:
        """`shown`: a bracket that is read as part of the clause; `skipped`: words between a list's head and its item."""

        def spans(phrases: Phrases) -> list[Span]:
            return [(a, b) for a, b in places(phrases) if first <= a and b <= last]

        self._all, self._first, self._last = tokens, first, last
        self._values = found.words.values
        hidden = _hidden(tokens, first, last, spans(roles.aside), shown) | set(range(*skipped or (0, 0)))
        self.origin = [i for i in range(first, last) if i not in hidden]
        self.tokens = [tokens[i] for i in self.origin]
        place, n = {}, 0
        for i in range(first, last + 1):
            place[i] = n
            n += i < last and i not in hidden

        def seen(phrases: Phrases) -> list[Span]:
            return [(place[a], place[b]) for a, b in spans(phrases) if place[b] > place[a] and not (b - 1 in hidden and tokens[b - 1] in ("to", "of"))]  # "the option, on notice to Customer, of"

        self.may = self._nearest_to(seen(roles.may))
        self.does = seen(roles.does)
        self.vetoes = seen(roles.unless)
        self.alone = bool(spans(roles.alone))
        self.manners = {place[a] for a, _ in spans(roles.manner)}
        self.things = _longest(
            [Thing(kind, a, self._numbered(b)) for kind, phrases in roles.what.items() for a, b in _but_not(seen(phrases), seen(roles.but_not.get(kind, ())))]
        )

    def _numbered(self, last: int) -> int:
        """The end of a noun with its number: "Annex 2", "Schedule B"."""
        return last + (last < len(self.tokens) and (self.tokens[last].isdigit() or self.tokens[last] in _LETTERS))

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

    def start_of_noun(self, end: int) -> int:
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


    def objects(self, at: int) -> tuple[Thing, ...]:
        """The things that a verb which ends at `at` acts upon: the head nouns up to where its object ends."""
        found: list[Thing] = []
        i, headed, within, any_noun, words = at, False, False, False, 0
        while i < len(self.tokens):
            token = self.tokens[i]
            if token == "per" and self.tokens[i + 1 : i + 2] == ["-"]:  # "the per-minute rates"
                words, i = words + 1, i + 3
                continue
            if token == ":" and not headed:  # "may change any of the following: these Terms"
                within, words, i = False, 0, i + 1
                continue
            if i > at and token in HARD | RELATIVES and (past := self._past_a_relative(i)):
                i = past
                continue
            if token in STOPS and not (token in BE and i == at):
                break
            if words == 0 and token in SOFT and token == self.tokens[at - 1] and self.tokens[i - 1] in JOINING:
                i += 1  # "changes in the Policies and in this Agreement"
                continue
            if token in JOINING or token in ADDING:
                if not (within and headed and token not in (",", *ADDING)):
                    any_noun = any_noun or words > 1 or (words == 1 and _is_plural(self.tokens[i - 1]))
                    headed = within = False
                    words = 0
                i += 1
                continue
            thing = next((t for t in reversed(self.things) if t.first == i), None)
            if thing and not within and not headed and self.is_head(thing):
                found += [t for t in self.things if (t.first, t.last) == (thing.first, thing.last)]
                headed = any_noun = True
                i = thing.last
                continue
            if token in PREPOSITIONS:
                if headed and token in HARD:
                    break
                if not headed and not self.only_transparent(i):
                    within = True
                any_noun = any_noun or within
            elif words == 0 and any_noun and not headed and self._opens_verb(i):
                break
            elif words and token in PARTIES and self.tokens[i + 1 : i + 2] != ["'s"] and not any(t.first == i + 1 for t in self.things):
                within = True  # "content we believe violates these Terms"
            words += 1
            i += 1
        return tuple(found)

    def within(self, does: Span) -> tuple[Thing, ...]:
        """What stands inside a verb of several words: "bring the charges into line", "put its prices up"."""
        return tuple(t for t in self.objects(does[0] + 1) if t.last <= does[1]) if does[1] - does[0] > 2 else ()

    def _past_a_relative(self, i: int) -> int | None:
        """Where the object goes on behind "under which this site is offered, and the charges for it"; None where it does not."""
        start = i + (self.tokens[i] in PREPOSITIONS)
        if start >= len(self.tokens) or self.tokens[start] not in RELATIVES - {"as"}:
            return None
        for k in range(start, min(start + RELATIVE, len(self.tokens) - 1)):
            if self.tokens[k] in MODALS or self.tokens[k] == ";":
                return None
            if self.tokens[k] in ("and", "or") and self.tokens[k - 1] == "," and any(k < t.first <= k + 3 and self.is_head(t) for t in self.things):
                return k
        return None

    def is_head(self, thing: Thing) -> bool:
        """Whether the noun heads its phrase: no other noun follows in the same compound."""
        if thing.last >= len(self.tokens):
            return True
        following = self.tokens[thing.last]
        return following != "'s" and ends_noun(following)

    def only_transparent(self, preposition: int) -> bool:
        """Whether "of" or "to" follows words that only say how much of a thing: "any part of"."""
        return self.tokens[preposition] in SOFT and preposition > 0 and self.tokens[preposition - 1] in TRANSPARENT

    def _opens_verb(self, i: int) -> bool:
        """Whether a new verb begins here: "change the Services or terminate this Agreement"."""
        return is_word(self.tokens[i]) and i + 1 < len(self.tokens) and (self.tokens[i + 1] in DETERMINERS or self.tokens[i + 1] in PARTIES)

    def intransitive(self, does: Span) -> bool:
        """Whether the verb has no object: "prices may change at any time", "subject to change"."""
        if does[1] >= len(self.tokens):
            return True
        token = self.tokens[does[1]]
        return not (is_word(token) or token in DETERMINERS or token in PARTIES)


def _is_plural(token: str) -> bool:
    """Whether a lone word is a noun rather than another verb of a list: "change Services or terminate this Agreement"."""
    return token.endswith("s") and not token.endswith("ss")


def _but_not(spans: list[Span], barred: list[Span]) -> list[Span]:
    return [(a, b) for a, b in spans if not any(x <= a and b <= y for x, y in barred)]


def _longest(things: list[Thing]) -> list[Thing]:
    """Without those that stand inside a longer one: "service" in "service plan"."""
    kept = [t for t in things if not any(o.first <= t.first and t.last <= o.last and (o.first, o.last) != (t.first, t.last) for o in things)]
    return sorted(kept, key=lambda t: (t.first, t.last))


def brackets(tokens: list[str], first: int, last: int) -> list[Span]:
    """Where brackets open and close; one that only closes stands alone."""
    opened: list[int] = []
    found: list[Span] = []
    for i in range(first, last):
        if tokens[i] == "(":
            opened.append(i)
        elif tokens[i] == ")":
            found.append((opened.pop() if opened else i, i))
    return found


def _hidden(tokens: list[str], first: int, last: int, asides: list[Span], shown: Span | None) -> set[int]:
    """The words that are passed over: brackets, marks of layout, asides, and the commas around them."""
    hidden = {i for i in range(first, last) if tokens[i] in MARKS}
    for opened, closed in brackets(tokens, first, last):
        hidden.update((opened, closed) if (opened, closed) == shown else range(opened, closed + 1))
    for a, b in asides:
        hidden.update(range(a, b))
        if a > first and tokens[a - 1] == "," and b < last and tokens[b] == ",":
            hidden.update((a - 1, b))
    return hidden
