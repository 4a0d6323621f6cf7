"""Who may do what: the four slots of a rule about a right, filled clause by clause.

    who    the party that acts; in the passive ("these Terms may be changed") the one named after "by", or nobody
    may    the words that permit it
    does   the verb
    what   the things acted upon: the first nouns after the verb, and those joined to them; in the passive its subject

Words in brackets, and asides such as "at any time", are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from contractlens.rulebook.clauses import ClauseOf, Phrases, Span, Thing, brackets
from contractlens.rulebook.grammar import (
    ADDING,
    BE,
    DETERMINERS,
    JOINING,
    MODALS,
    NEGATIONS,
    PARTIES,
    PREPOSITIONS,
    RELATIVES,
    STOPS,
    SUBORDINATING,
    is_adverb,
    is_word,
)
from contractlens.rulebook.matching import Found, Joiner
from contractlens.rulebook.rule import Roles
from contractlens.rulebook.subjects import Subject, subject_after, subject_before, them, which


@dataclass(frozen=True, slots=True)
class RoleHit:
    """The four slots as filled: what kind of thing may be changed, and the words that say so (`who` is empty where nobody is named)."""

    what: str
    who: str
    first: int
    last: int
    may: str = ""
    does: str = ""
    noun: str = ""


@dataclass(frozen=True, slots=True)
class Explained:
    """What one clause of a sentence puts into each slot; a slot with no words stayed empty. `why` says what is amiss."""

    clause: str
    who: str
    may: str
    does: str
    what: str
    why: str


def roles_in(roles: Roles, found: Found, joiner: Joiner) -> Iterator[RoleHit]:
    """The ways in which the sentence fills the four slots."""
    for clause in clauses_of(roles, found, joiner, roles.needed):
        yield from _Filling(roles, clause).hits()


def explain(roles: Roles, found: Found, joiner: Joiner) -> list[Explained]:
    """For each clause of the sentence the words in each slot, and the first thing that kept the rule from matching."""
    made = []
    for clause in clauses_of(roles, found, joiner):
        filling = _Filling(roles, clause)
        hits = list(filling.hits())
        if hits:
            joined = ", ".join(dict.fromkeys(f"{h.noun} ({h.what})" for h in hits))
            made.append(Explained(clause.text(), hits[0].who or "nobody named", hits[0].may, hits[0].does, joined, ""))
        else:
            made.append(filling.explained())
    return made


def clauses_of(roles: Roles, found: Found, joiner: Joiner, needed: Sequence[Phrases] = ()) -> Iterator[ClauseOf]:
    """The sentence's clauses, cut at semicolons and provisos; of those only the ones in which something fills each needed slot."""
    places = found.places
    if not all(joiner.may_hold(slot, found) for slot in needed) or not all(places(slot) for slot in needed):
        return
    tokens = found.words.tokens
    cuts = {0, len(tokens), *(i for i, t in enumerate(tokens) if t == ";")}
    cuts |= {first for first, _ in places(roles.breaks)}
    if _EXCEPTING & set(tokens[:3]):
        cuts |= set([i for i, t in enumerate(tokens) if t in PARTIES and i and tokens[i - 1] == ","][:1])
    head: Span | None = None
    for first, last in pairwise(sorted(cuts)):
        if last - first < 3:
            continue
        mays = [m for m in places(roles.may) if first <= m[0] < last]
        if all(any(first <= a < last for a, _ in places(slot)) for slot in needed):
            yield ClauseOf(roles, found, places, tokens, first, last)
            for opened, closed in brackets(tokens, first, last):
                if ADDING & set(tokens[opened + 1 : opened + 2]):  # "these Conditions (including the Charges)"
                    yield ClauseOf(roles, found, places, tokens, first, last, shown=(opened, closed))
                elif any(opened < a < closed for a, _ in mays) and (_SIDES | RELATIVES - {"as"}) & set(tokens[opened + 1 : opened + 3]):
                    yield ClauseOf(roles, found, places, tokens, first, closed + 1, shown=(opened, closed))
        if head and not mays and _is_item(tokens, first, last, places(roles.does)):
            yield ClauseOf(roles, found, places, tokens, head[0], last, skipped=(head[1], first + (tokens[first] == ";")))
        elif mays:
            head = first, mays[0][1]


def _is_item(tokens: Sequence[str], first: int, last: int, does: Sequence[Span]) -> bool:
    """Whether a stretch between semicolons is an item of a list that the permission before it governs: "; (b) raise our charges"."""
    i = first
    while i < last and (tokens[i] in (";", ",", "and", "or", "and/or", "to", "(", ")") or is_adverb(tokens[i]) or (i and tokens[i - 1] == "(")):
        i += 1
    return any(a == i for a, _ in does)


MOST_VERBS = 12  # that one permission governs; keeps the work linear in a sentence that never ends
_NO_LESS = frozenset("less more fewer later earlier only".split())  # "not less than thirty days' notice" denies nothing
_EVENT = frozenset("event case time where should that".split())  # "in the event that", "each time", "should"
_SIDES = frozenset(PARTIES)
_WANTS = frozenset("need needs have has decide decides choose chooses want wants wish wishes intend intends plan plans propose proposes elect elects necessary add adds".split())
_EXCEPTING = frozenset("except save excepting other apart".split())  # "Except for the fees, which need consent, Provider may"


class _Filling:
    """Fills the slots of one clause, and remembers why it could not."""

    def __init__(self, roles: Roles, clause: ClauseOf) -> None:
        self.roles = roles
        self.clause = clause
        self.reasons: list[str] = []

    def hits(self) -> Iterator[RoleHit]:
        c = self.clause
        if not (c.may and c.does and c.things):
            return
        if c.vetoes and not self._alternative():
            self.reasons.append(f'"{c.words(c.vetoes[0])}" rules it out')
            return
        seen: set[tuple[str, str]] = set()
        for may in c.may:
            for hit in (*self._after(may), *self._before(may)):
                if (hit.what, hit.noun) not in seen:
                    seen.add((hit.what, hit.noun))
                    yield hit

    def _alternative(self) -> bool:
        """Whether after what rules it out the vendor is named as another who may act: "by a document signed by both, or by Provider"."""
        return self._other_agent(max(b for _, b in self.clause.vetoes) - 1) is not None

    def _after(self, may: Span) -> Iterator[RoleHit]:
        """What the permission lets somebody do: the verbs after it."""
        c = self.clause
        following = [d for d in c.does if d[0] >= may[1]][:MOST_VERBS]
        if not following:
            return
        subject, at = self._subject(may)
        if subject is None:
            self.reasons.append(f'nobody who counts stands at "{c.words(may)}"')
            return
        for does in following:
            path = c.tokens[at : does[0]]
            if c.tokens[may[0]] == "as" and len(path) > 2:
                return
            if not self._leads(path):
                self.reasons.append(f'"{c.words(may)}" does not lead to "{c.words(does)}"')
                continue
            who, things = self._active(subject, path, does) if subject.role else self._passive(subject, path, may, does)
            for thing in things:
                first, last = min(may[0], thing.first), max(does[1], thing.last)
                yield RoleHit(thing.kind, who, c.origin[first], c.origin[last - 1] + 1, c.words(may), c.words(does), c.words((thing.first, thing.last)))

    def _active(self, subject: Subject, path: Sequence[str], does: Span) -> tuple[str, tuple[Thing, ...]]:
        """Who acts, and on what: "Provider may change these Terms"."""
        c = self.clause
        behind_a_date = path[:1] and path[0] in PREPOSITIONS and DETERMINERS & {*c.tokens[does[0] + 1 : does[0] + 2], *c.tokens[does[1] : does[1] + 1]}  # "may at the start of a year raise the price"
        if path and (path[-1] in DETERMINERS or (is_word(path[-1]) and not is_adverb(path[-1]) and not behind_a_date)):
            self.reasons.append(f'"{c.words(does)}" is a thing there, not what somebody does')
        elif any(t in BE for t in path[-6:]) or not self._is_who(subject.role):
            self.reasons.append(f'who: "{subject.words}" is not the {self.roles.who}')
        else:
            things = c.within(does) or c.objects(does[1]) or which(c, subject.start) or them(c, does[1])
            if not things:
                self.reasons.append(f'what: nothing that counts is the object of "{c.words(does)}"')
            return subject.words, things
        return "", ()

    def _passive(self, subject: Subject, path: Sequence[str], may: Span, does: Span) -> tuple[str, tuple[Thing, ...]]:
        """Who acts, if anybody is named, and on what: "these Terms may be changed", "prices may change"."""
        c = self.clause
        passive = any(t in BE for t in path[-6:]) or c.tokens[may[0]] == "as"
        agent = self._agent(does[1]) if passive or c.intransitive(does) else None
        told = not passive and c.tokens[may[0]] in MODALS and len(path) > 1 and is_word(path[0])  # "whatever the Terms may say about changes"
        if agent is None or told or (path and path[-1] in ("the", "such", "those")):
            self.reasons.append(f'"{subject.words}" is not what "{c.words(does)}" acts on, or somebody else acts')
        elif not agent and passive and self.roles.alone and not c.alone:
            self.reasons.append("nobody is named who acts, and nothing says that one side may do it alone")
        else:
            return agent, subject.things
        return "", ()

    def _before(self, may: Span) -> Iterator[RoleHit]:
        for does in [d for d in self.clause.does if d[1] <= may[0]][-MOST_VERBS:]:
            yield from self._nominal(may, does)

    def _nominal(self, may: Span, does: Span) -> Iterator[RoleHit]:
        """The noun for the verb: "changes to these Terms may be made by Provider"."""
        c = self.clause
        if c.tokens[does[1] - 1] not in PREPOSITIONS or c.tokens[does[0]] in NEGATIONS or (does[0] and c.tokens[does[0] - 1] in (*NEGATIONS, "to", "by", "of")):
            return
        if not any(t in BE for t in c.tokens[may[1] : may[1] + 3]) or any(t in NEGATIONS | _SIDES for t in c.tokens[does[1] : may[1] + 3]):
            return
        things = tuple(t for t in c.objects(does[1]) if t.last <= may[0] <= t.last + 8)
        agent = self._agent(may[1]) if things else None
        if agent is None or (not agent and self.roles.alone and not c.alone):
            return
        for thing in things:
            yield RoleHit(thing.kind, agent, c.origin[does[0]], c.origin[may[1] - 1] + 1, c.words(may), c.words(does), c.words((thing.first, thing.last)))

    def _is_who(self, role: str | None) -> bool:
        return role == "either" or self.roles.who in ("either", "anyone", role)

    def _subject(self, may: Span) -> tuple[Subject | None, int]:
        """The subject, and where the way to the verb begins: before "may", or after "if", "when", "entitles"."""
        c = self.clause
        conditional = c.tokens[may[0]] in SUBORDINATING or c.tokens[may[1] - 1] in _EVENT
        after = subject_after(c, may[1])
        if after is not None and (conditional or after.role or not may[0]) and not any(t in NEGATIONS for t in c.tokens[max(may[0] - 4, 0) : may[0]]):
            return after, after.end
        before = None if conditional else subject_before(c, may[0])
        return (None if before is None or self._negated(before.start, may) else before), may[1]

    def _negated(self, start: int, may: Span) -> bool:
        """Whether the subject or the permission is denied: "no provision may", "may not", "does not reserve the right"."""
        tokens = self.clause.tokens
        return any(tokens[i] in NEGATIONS and not _NO_LESS & set(tokens[i + 1 : i + 2]) for i in range(max(start - 1, 0), may[1]))

    def _leads(self, path: Sequence[str]) -> bool:
        """Whether the words between the permission and the verb let the one govern the other."""
        i = 0
        while i < len(path):
            token = path[i]
            if token == "," and i + 1 < len(path) and path[i + 1] in PREPOSITIONS | SUBORDINATING | RELATIVES | {"no", "not"} and "," in path[i + 1 :]:
                i = i + 1 + path[i + 1 :].index(",")
                continue
            if token in NEGATIONS or token in STOPS - BE - {":"}:
                return False
            if token == "to" and i and path[i - 1] not in JOINING | _WANTS | {":", "-", "–"}:
                return False
            if token in PARTIES and (i == 0 or path[i - 1] not in PREPOSITIONS) and (i + 1 >= len(path) or path[i + 1] != "'s"):
                return False
            i += 1
        return True

    def _agent(self, at: int) -> str | None:
        """Who is named after "by": empty where nobody is, None where it is somebody else."""
        c = self.clause
        for i in range(at, min(at + 16, len(c.tokens) - 1)):
            if c.tokens[i] in STOPS:
                break
            if c.tokens[i] != "by":
                continue
            k = i + 1
            while k < len(c.tokens) - 1 and (c.tokens[k] in ("the", "a", "an", "our", "its", "any", "either") or is_adverb(c.tokens[k])):
                k += 1
            token = c.tokens[k]
            if token in PARTIES and not (k + 1 < len(c.tokens) and c.tokens[k + 1] == "'s"):
                return c.words((k, k + 1)) if self._is_who(token[1:-1]) else None
            if token == "it" and (named := next((t for t in reversed(c.tokens[:i]) if t in PARTIES), None)):
                return token if self._is_who(named[1:-1]) else None
            if token.endswith("ing") or token.startswith("<") or k in c.manners or i + 1 in c.manners:
                return ""
            return self._other_agent(i)
        return ""

    def _other_agent(self, at: int) -> str | None:
        """Who is named after a later "or by": "by a document that both have signed, or by Provider"."""
        tokens = self.clause.tokens
        for i in range(at, len(tokens) - 2):
            if tokens[i] in ("or", "and/or") and tokens[i + 1] == "by":
                k = i + 2 + (tokens[i + 2] in DETERMINERS)
                if k < len(tokens) and tokens[k] in PARTIES and tokens[k + 1 : k + 2] != ["'s"] and self._is_who(tokens[k][1:-1]):
                    return self.clause.words((k, k + 1))
        return None

    def explained(self) -> Explained:
        """The slots of a clause that did not fill them all."""
        c = self.clause
        who = next((c.words((i, i + 1)) for i, t in enumerate(c.tokens) if t in PARTIES and self._is_who(t[1:-1])), "")
        may, does = (c.words(spans[0]) if spans else "" for spans in (c.may, c.does))
        what = ", ".join(f"{c.words((t.first, t.last))} ({t.kind})" for t in c.things[:3])
        empty = [name for name, words in (("may", may), ("does", does), ("what", what)) if not words]
        why = f"nothing in the slot {' and '.join(empty)}" if empty else next(iter(self.reasons), "the verb stands before the permission")
        return Explained(c.text(), who, may, does, what, why)


__all__ = ["Explained", "RoleHit", "explain", "roles_in"]
