"""Whose renewal, whose term: a hit counts where its verb speaks of this agreement, not of an insurance, a lease, another agreement.

A rule that says `about: renewal/what-renews` leaves this to that rule's groups: `own` and `other` name things, `term` the own
ones that are a term, `whose` reads "the term of the lease", `it` and `they` are words that point back (an agreement is never "they"), and
`verb` are the verbs asked about.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import proxy

from contractlens.language.sentences import Sentence
from contractlens.rulebook.grammar import is_word
from contractlens.rulebook.heads import HAVING, head_before, holder, is_this
from contractlens.rulebook.matching import Hit

if TYPE_CHECKING:
    from contractlens.rulebook.applying import Matches

BEHIND = 6  # words behind a verb in which its object stands
NEGATED = 4  # words before a verb in which a "not" makes it another one's: "its intention not to renew"
HAS = 14  # words between a paper and the term that is its own
OBJECT = 3  # words behind a verb within which its object stands, if nothing parts them: "they shall renew this Agreement"
OPENS = 3  # words before a verb with which a sentence begins: "Customer may renew for another year"
REACH = 6  # words before a verb in which an "it" may be its subject
HOLDS = 4  # the same where a preposition brings the paper in: "under a sublease having a term"
_BRINGS_IN = frozenset("from of under upon after before until in with to by for on at through following per".split())
_WHEN = frozenset("from upon after before until on by following per".split())  # "for one year from the Closing Date"
_BREAKS = frozenset({",", ";", "for", "by", "from", "on", "until", "to", "into", "with", "under", "in", "of"})
_FOR = frozenset({"for", "by", "from", "on", "until", "to", "into", "with"})  # "renews for a term" says nothing of what renews
_IS = frozenset({"is", "are", "was", "were"})
_NOT = frozenset({"not", "non"})
_ACTIVE = frozenset({"renew", "extend", "prolong", "renewing", "extending", "prolonging"})
_TELLING = frozenset("was were had provided ran expired contained allowed gave".split())  # "it provided for an option to renew"
_NOW = frozenset("shall will may can must agree agrees is are has have hereby".split())
_PAST = frozenset({"was", "were", "had"})
_TOLD = 3  # words before a verb in which these tell of what was: "was to remain in force"
_HOLDING = frozenset({"for", "having", "with"})
_FOR_A = frozenset({",", "for", "a", "an", "the", "having", "with", "of"})  # "his contract, for a fixed term of two years"
_SUCH = frozenset("such said that any each its their".split())
_NOT_SPOKEN_OF = frozenset({"party", "parties", "date", "day", "year", "years", "season", "seasons"})
_DETERMINERS = frozenset("the a an its their such his her said those these".split())


@dataclass(frozen=True, slots=True, order=True)
class Named:
    """A thing that a sentence names: its words from `first` to before `last`, and whether it is this agreement or its term."""

    last: int
    first: int
    own: bool
    term: bool = False
    brought_in: bool = False  # by a preposition: "from the Closing Date", "under the Lease"


def _outside_brackets(words: list[str]) -> list[str]:
    """The words of a stretch that stand in no bracket: "the Plant Contract (Exhibit B), for a term of five years"."""
    if "(" in words and ")" in words[words.index("(") :]:
        first = words.index("(")
        return words[:first] + _outside_brackets(words[words.index(")", first) + 1 :])
    return words


def about_this(matches: Matches, about: str, sentence: Sentence, groups: dict[str, list[Hit]]) -> dict[str, list[Hit]]:
    """The groups without the hits that speak of something else."""
    topic = matches.topic(about, sentence)
    kept = {name: [hit for hit in hits if topic.is_own(topic.verb_of(hit))] for name, hits in groups.items()}
    return {name: hits for name, hits in kept.items() if hits}


class Topic:
    """What the verbs of one sentence speak of."""

    def __init__(self, matches: Matches, about: str, sentence: Sentence) -> None:
        self.matches: Matches = proxy(matches)  # which keeps the topics: if both held one another, they would not go with the document
        self.about, self.sentence = about, sentence
        groups = matches.ask(about, sentence).groups
        self.words = matches.reading.words(sentence).tokens
        self.verbs = sorted({h.first for h in groups.get("verb", [])})
        self._plain_verbs = [v for v in self.verbs if not _NOT & set(self.words[max(0, v - NEGATED) : v])]
        self._its = [h.first for h in groups.get("it", [])]
        self._whose = sorted(h.first for h in groups.get("whose", []))
        self._named = self._name(groups)
        they = {h.first for h in groups.get("they", [])}
        self._starts = sorted((n.first, n.own) for n in self._named if n.first not in they)
        self._subjects = [n for n in self._named if not n.brought_in]
        self._known: dict[int, bool] = {}

    def _name(self, groups: dict[str, list[Hit]]) -> list[Named]:
        other = {self._before_its_verb(h) for name in ("other", "they") for h in groups.get(name, [])} | set(self._papers())
        covered = {i for first, last in other for i in range(first, last)}
        pronouns = {(h.first, h.last) for h in groups.get("it", [])}
        terms = {i for h in groups.get("term", []) for i in range(h.first, h.last)}
        own = {self._before_its_verb(h) for h in groups.get("own", [])} - pronouns
        own = {(a, b) for a, b in own if b - a > 1 or not self._is_a_right_among_others(a)}
        own = {(a, b) for a, b in own if not any((c, d) != (a, b) and c <= a and b <= d for c, d in own)}
        spans = [(a, b, True) for a, b in own if not covered.issuperset(range(a, b))] + [(a, b, False) for a, b in other]
        return sorted(Named(b, a, kind, kind and not terms.isdisjoint(range(a, b)), bool(_BRINGS_IN & set(self.words[max(0, a - 2) : a]))) for a, b, kind in spans)

    def _before_its_verb(self, hit: Hit) -> tuple[int, int]:
        """The words of a thing that is named with its verb: "the service" of "the service shall renew"."""
        return hit.first, min([hit.last, *(v for v in self.verbs if hit.first < v < hit.last)])

    def _is_a_right_among_others(self, at: int) -> bool:
        """Whether a word is a right that is told from the one that the agreement grants: "the liquor licence"."""
        if at == 0 or self.words[at] not in self.matches.listed("rights_in_agreements"):
            return False
        kind = self.words[at - 1]
        return is_word(kind) and kind not in self.matches.papers.own | self.matches.listed("names_no_paper") | self.matches.listed("kinds_of_rights")

    def _papers(self) -> list[tuple[int, int]]:
        """The other papers that the sentence names, by the numbers of their words."""
        marked = self.matches.reading.words(self.sentence)
        named = self.matches.papers.others(self.sentence.text)
        inside = (marked.between(self.sentence.start + a, self.sentence.start + b) for a, b in named)
        return [(at.start, at.stop) for at in inside if len(at)]

    def verb_of(self, hit: Hit) -> int:
        """The verb that a hit turns on: its first that is not denied; without one, its first word."""
        for verbs in (self._plain_verbs, self.verbs):
            at = bisect_left(verbs, hit.first)
            if at < len(verbs) and verbs[at] < hit.last:
                return verbs[at]
        return hit.first

    def is_own(self, verb: int) -> bool:
        """Whether the word of that number speaks of this agreement: its object does, else what stands last before it."""
        known = self._known.get(verb)
        if known is None:
            known = self._known[verb] = self._is_own(verb)
        return known

    def is_of_another(self, at: int) -> bool:
        """Whether the word of that number belongs to something else that is named before it: "the cards are valid for two years"."""
        return self._subject(at) is False or self.is_of_an_unknown_noun(at)

    def is_of_an_unknown_noun(self, at: int) -> bool:
        """Whether the length or day of that number is said of a noun that names no agreement, no term and no party."""
        return self._is_unknown(holder(self.words, self.verbs, at))

    def _is_own(self, verb: int) -> bool:
        if self.matches.in_a_form(self.sentence) or self._is_told(verb) or self._has_an_object_that_is_no_paper(verb):
            return False
        at = bisect_left(self._whose, verb - 1)
        if at < len(self._whose) and self._whose[at] <= verb + BEHIND:
            return False
        at = bisect_left(self._starts, (verb, False))
        behind = self._starts[at] if at < len(self._starts) and self._starts[at][0] <= verb + BEHIND else None
        if behind is not None and not behind[1]:
            return False
        if behind is not None and behind[0] <= verb + OBJECT and not _BREAKS & set(self.words[verb : behind[0]]):
            return True
        if self._is_unknown(head_before(self.words, self.verbs, verb)):
            return False
        subject = self._subject(verb)
        if subject is not None:
            return subject
        if behind is not None and not _FOR & set(self.words[max(verb, behind[0] - 3) : behind[0]]):
            return True
        says_it = max((at for at in self._its if verb - REACH <= at <= verb + 1), default=None)  # "which it may renew", "of renewing it"
        if says_it is None:
            return self._under_term() or (verb <= OPENS and (verb == 0 or self.words[verb] in _ACTIVE) and not self._named and self._goes_on_from_before())
        named = [n for n in self._named if n.last <= says_it]
        return self._topic_before() if not named or named[-1].own else False  # "upon a lease of five years, and tells if it be renewed"

    def _is_told(self, at: int) -> bool:
        """Whether a word stands behind a verb of the past: what earlier papers said."""
        i = bisect_right(self.verbs, at)
        verb = self.verbs[i - 1] if i else at
        if _PAST & set(self.words[max(0, verb - _TOLD) : verb]):
            return True
        words = set(self.words)
        return self.words[verb - 1] == "to" and bool(words & _TELLING) and not words & _NOW

    def _has_an_object_that_is_no_paper(self, verb: int) -> bool:
        """Whether a verb acts on a thing that is no agreement, no term and no service: "may extend the redirection"."""
        if self.words[verb] not in _ACTIVE or verb + 2 >= len(self.words) or self.words[verb + 1] not in _DETERMINERS:
            return False
        at = bisect_left(self._starts, (verb, False))
        return at == len(self._starts) or self._starts[at][0] > verb + BEHIND

    def _is_unknown(self, at: int | None) -> bool:
        """Whether the noun of that number is neither a term, a paper nor a party."""
        if at is None or is_this(self.words, at) or self.words[at] in self.matches.papers.own | _NOT_SPOKEN_OF:
            return False  # "maintenance" of a maintenance addendum
        if self._is_a_right_among_others(at):
            return True
        if any(self.words[at] in self.matches.listed(name) for name in ("term_names", "what_ends", "what_renews")):
            return False
        if self.words[at] in self.matches.listed("services_agreed"):
            return at > 0 and self.words[at - 1] in _SUCH
        return not any(n.first <= at < n.last for n in self._named)

    def _subject(self, verb: int) -> bool | None:
        """Whether what is named last before a verb is this agreement; None where nothing is named.

        What a preposition brings in is passed over where there is something else. A term is that of the paper named just before
        it: "the Supply Agreement has a primary term of ten years and may be renewed".
        """
        limit = Named(verb, len(self.words), True, True, True)
        at = bisect_right(self._subjects, limit) - 1
        if at < 0:
            before = [n for n in self._named[: bisect_right(self._named, limit)] if n.own or not _WHEN & set(self.words[max(0, n.first - 2) : n.first])]
            if not before or not any(n.term for n in before):
                return any(n.own for n in before) if before else None
            return self._owner([n for n in before if n.term][-1])
        while at > 0 and self._is_predicate(self._subjects[at].first):
            at -= 1  # "the tool licences are annual subscriptions that renew"
        found = self._subjects[at]
        return self._owner(found) if found.term else found.own

    def _owner(self, found: Named) -> bool:
        """Whether a term is that of this agreement: not where another paper stands just before it."""
        if any(found.first <= at < found.last for at in self._whose):
            return False
        if self._its and HAVING & set(self.words[max(0, found.first - 3) : found.first]) and any(found.first - REACH <= at < found.first for at in self._its):
            return self._topic_before()  # "It shall have a term of three years"
        which = "which" in self.words[found.last : found.last + 3]
        has = bool(HAVING & set(self.words[max(0, found.first - 3) : found.first]))
        for i in range(bisect_left(self._named, found) - 1, -1, -1):
            owner = self._named[i]
            if owner.last <= found.first - (2 * HAS if has else HAS):
                break
            between = _outside_brackets(self.words[owner.last : found.first])
            told = which or has or "which" in between  # "the Lease of May 1, 2005, which was for an initial term of"
            apart = "," in between and not (told or (set(between[:4]) <= _FOR_A and _HOLDING & set(between)))  # "subject to its performance, the Initial Term"
            if owner.last <= found.first and not owner.term and not apart and (not owner.brought_in or "which" in between or len(between) <= HOLDS):
                return owner.own
        return found.own

    def _is_predicate(self, first: int) -> bool:
        """Whether a thing is what another is: "are annual subscriptions", and not "is over the sublicence"."""
        return bool(_IS & set(self.words[max(0, first - 3) : first])) and self.words[first - 1] != "the"

    def _topic_before(self) -> bool:
        """For a sentence that says "it": whether the one before speaks first of this agreement."""
        if self.sentence.index == 0:
            return True
        before = self.matches.topic(self.about, self.matches.reading.sentences[self.sentence.index - 1])
        first = min(before._starts, default=None)
        return first is None or first[1]

    def _goes_on_from_before(self) -> bool:
        """Whether the sentence before, in the same clause, speaks of this agreement alone: "It is for 12 months. Customer may renew for another 12"."""
        if self.sentence.index == 0:
            return False
        sentence = self.matches.reading.sentences[self.sentence.index - 1]
        if sentence.kind != "prose" or sentence.clause != self.sentence.clause:
            return False
        before = self.matches.topic(self.about, sentence)
        return bool(before._starts) and all(own for _, own in before._starts)

    def _under_term(self) -> bool:
        """Whether it stands under a heading on the term and nothing else: "Term and Renewal", not "Support Renewals"."""
        if self.sentence.kind == "row":
            return True
        on_term = self.matches.listed("on_the_term")
        allowed = on_term | self.matches.listed("beside_the_term")
        headings = [set(re.findall(r"[a-z-]+", h.lower())) for h in self.matches.reading.headings(self.sentence)[:2]]
        return any(words & on_term and words <= allowed for words in headings)
