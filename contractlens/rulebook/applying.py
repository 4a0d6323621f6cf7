"""Rules meet a document: the gate picks candidate sentences, phrases are matched there, scopes and vetoes decide."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Protocol

from contractlens.language.marking import Reading
from contractlens.language.papers import Papers
from contractlens.language.sentences import Sentence
from contractlens.language.value import Value
from contractlens.rulebook.loading import Rulebook
from contractlens.rulebook.matching import Found, Hit
from contractlens.rulebook.phrases import Phrase
from contractlens.rulebook.roles import RoleHit, roles_in
from contractlens.rulebook.rule import Group, Rule
from contractlens.rulebook.whose import Topic, about_this

FIRST_FORM = 0.3  # of a document: before that, "Form of Distribution Agreement" is its own title
_FORM = re.compile(r"\bforms?\s+of\s+(?!(?:\w+\s+)?(?:order|quote|quotation|statement|payment|notice)\b)", re.I)


@dataclass(frozen=True)
class Match:
    """A rule met a sentence: the hits of its groups there, and, of a rule that looks in the clause, those near it."""

    rule: Rule
    sentence: Sentence
    groups: dict[str, list[Hit]]
    points: int = 0
    nearby: dict[str, list[tuple[Sentence, Hit]]] = field(default_factory=dict)
    roles: tuple[RoleHit, ...] = ()

    def __contains__(self, group: str) -> bool:
        return bool(self.groups.get(group)) or group in self.nearby

    def values(self, name: str, *, in_clause: bool = True) -> list[tuple[Value, Sentence]]:
        """The values kept under a name, with their sentences: its own sentence first."""
        own = [(v, self.sentence) for hits in self.groups.values() for h in hits for n, v in h.values if n == name]
        seen: set[int] = set()
        unique = [(v, s) for v, s in sorted(own, key=lambda p: p[0].start) if not (v.start in seen or seen.add(v.start))]  # type: ignore[func-returns-value]
        if in_clause:
            unique += [(v, s) for pairs in self.nearby.values() for s, h in pairs for n, v in h.values if n == name]
        return unique

    def value(self, name: str, *, in_clause: bool = True) -> tuple[Value, Sentence] | None:
        found = self.values(name, in_clause=in_clause)
        return found[0] if found else None


class Part(Protocol):
    """A part of a document."""

    def __contains__(self, sentence: Sentence, /) -> bool: ...


class Matches:
    """All matches of a rulebook in a document, by rule; or those of some of its rules."""

    def __init__(self, rulebook: Rulebook, reading: Reading, only: Container[str] | None = None) -> None:
        self.rulebook = rulebook
        self.reading = reading
        self._found: dict[int, Found] = {}
        self._found_text: dict[str, Found] = {}  # headings and heads of tables, which many sentences share
        self._by_rule: dict[str, list[Match]] = {}
        self._asked: dict[tuple[str, int], Match] = {}  # by rule and sentence: a sentence is asked for each of its figures
        self._topics: dict[tuple[str, int], Topic] = {}
        self._fitting: dict[tuple[str, str], bool] = {}  # by rule and headings: whether it looks below them
        self._forms: dict[int, bool] = {}  # by clause
        self._run(only)

    def of(self, rule_id: str) -> list[Match]:
        """A rule's matches in reading order."""
        return self._by_rule.get(rule_id, [])

    def run(self, rule_id: str, inside: Part | None = None) -> list[Match]:
        """A deferred rule's matches, all or those inside a part of the document; from then on `of` has them, too.

        A rule is run once: whoever runs it first says in which part, so all who run it name the same.
        """
        rule = self.rulebook.rules[rule_id]
        if rule.spec.deferred and rule_id not in self._by_rule:
            open_to = [s for s in self.reading.sentences if self.rulebook.gate.is_near(rule, s.words) and (inside is None or s in inside) and self._is_open(rule, s)]
            self._by_rule[rule_id] = [m for s in open_to for m in [self.match(rule, s)] if m]
        found = self.of(rule_id)
        return found if inside is None else [m for m in found if m.sentence in inside]

    def meeting(self, rule_id: str, *needs: str) -> list[Match]:
        """The matches of a deferred rule that meet these groups, too: `changed`, `accepts or silent`."""
        rule = self.rulebook.rules[rule_id]
        groups = [need.split(" or ") for need in needs]
        joiner, gate = self.rulebook.joiner, self.rulebook.gate
        met = []
        for s in self.reading.sentences:
            if not gate.is_near(rule, s.words) or not self._is_open(rule, s):
                continue
            if all(joiner.may_hold([p for g in need for p in rule.groups[g].phrases], self.found(s)) for need in groups):
                match = self.match(rule, s)
                if match and all(any(g in match for g in need) for need in groups):
                    met.append(match)
        return met

    def of_kind(self, clause_kind: str) -> list[Match]:
        return [m for rule in self.rulebook.of_kind(clause_kind) for m in self.of(rule.id)]

    def best(self, rule_id: str) -> Match | None:
        """The match with the most points; of equal ones the first."""
        return max(self.of(rule_id), key=lambda m: m.points, default=None)

    def ask(self, rule_id: str, sentence: Sentence) -> Match:
        """What the groups of a rule meet in one sentence, whatever its gate, needs and vetoes say."""
        key = rule_id, sentence.index
        if key not in self._asked:
            rule = self.rulebook.rules[rule_id]
            self._asked[key] = Match(rule, sentence, self._groups(rule, sentence))
        return self._asked[key]

    def kept(self, rule_id: str, sentence: Sentence) -> Match:
        """The same without what the vetoes on words and values take away."""
        asked = self.ask(rule_id, sentence)
        return replace(asked, groups=self._values_kept(asked.rule, sentence, asked.groups))

    def topic(self, about: str, sentence: Sentence) -> Topic:
        """What the verbs of a sentence speak of, by the groups of the rule `about`; made once."""
        key = about, sentence.index
        if key not in self._topics:
            self._topics[key] = Topic(self, about, sentence)
        return self._topics[key]

    def ask_text(self, rule_id: str, text: str) -> dict[str, list[Hit]]:
        """The same for any text."""
        found = self.found_text(text)
        groups = self.rulebook.rules[rule_id].groups
        return {
            name: hits
            for name, g in groups.items()
            for hits in [self.rulebook.joiner.join_any(g.phrases, found)]
            if hits
        }

    def listed(self, name: str) -> frozenset[str]:
        """The words of a list of words.yml."""
        return self.rulebook.listed(name)

    @cached_property
    def papers(self) -> Papers:
        """Which other papers the document names."""
        return Papers(self.reading, self.rulebook.words.lists)

    def in_a_form(self, sentence: Sentence) -> bool:
        """Whether a sentence stands in a form of another paper that is attached: "Exhibit C - Form of Employment Agreement"."""
        if sentence.clause is None:
            return False
        if sentence.clause not in self._forms:
            document = self.reading.document
            above = (document.clauses[i] for i in (sentence.clause, *document.clauses[sentence.clause].path))
            self._forms[sentence.clause] = any(c.start > FIRST_FORM * len(document.text) and _FORM.search(c.heading or "") for c in above)
        return self._forms[sentence.clause]

    def of_another(self, sentence: Sentence, at: int) -> bool:
        """Whether what stands at a place of the document is that of another paper."""
        return self.in_a_form(sentence) or self.papers.of_another(sentence.text, at - sentence.start)

    def _run(self, only: Container[str] | None) -> None:
        for sentence in self.reading.sentences:
            for rule in self.rulebook.gate.near(sentence.words):
                if (only is not None and rule.id not in only) or (rule.spec.opening and sentence.index >= rule.spec.opening) or not self._is_open(rule, sentence):
                    continue
                match = self.match(rule, sentence)
                if match:
                    self._by_rule.setdefault(rule.id, []).append(match)
        for rule in self.rulebook.rules.values():
            for other in rule.spec.yields_to:
                taken = {m.sentence.index for m in self.of(other)}
                if taken and rule.id in self._by_rule:
                    self._by_rule[rule.id] = [m for m in self._by_rule[rule.id] if m.sentence.index not in taken]

    def _is_open(self, rule: Rule, sentence: Sentence) -> bool:
        return self.rulebook.gate.is_open(rule, self.found(sentence).lacking)

    def found(self, sentence: Sentence) -> Found:
        made = self._found.get(sentence.index)
        if made is None:
            made = self._found[sentence.index] = self.rulebook.joiner.found(partial(self.reading.words, sentence), sentence.bag)
        return made

    def found_text(self, text: str) -> Found:
        made = self._found_text.get(text)
        if made is None:
            bag = self.reading.bag(text)
            made = self._found_text[text] = self.rulebook.joiner.found(partial(self.reading.mark, text, bag=bag), bag)
        return made

    def hits(self, phrases: Iterable[Phrase], sentence: Sentence) -> list[Hit]:
        """Where any of the phrases stand in a sentence; a hit inside a longer one is left out."""
        hits = self.rulebook.joiner.join_any(phrases, self.found(sentence))
        return sorted(set(hits), key=lambda h: (h.first, -h.last)) if hits else hits

    def match(self, rule: Rule, sentence: Sentence) -> Match | None:
        """The rule's match in the sentence, if it has one there."""
        spec = rule.spec
        if sentence.kind not in spec.kinds or not (spec.match or spec.roles):
            return None
        if not self._heading_fits(rule, sentence):
            return None
        groups = self._values_kept(rule, sentence, self._groups(rule, sentence, needed=True))
        if spec.about and _all_met(rule, groups):
            groups = about_this(self, spec.about, sentence, groups)
        if not _all_met(rule, groups):
            return None
        roles = tuple(roles_in(rule.roles, self.found(sentence), self.rulebook.joiner)) if rule.roles else ()
        if rule.roles and not roles:
            return None
        if self._vetoed(rule, sentence):
            return None
        points = sum(bool(self.hits([p], sentence)) for p in rule.prefer) - sum(bool(self.hits([p], sentence)) for p in rule.avoid)
        nearby = self._nearby(rule, sentence, groups) if spec.look_in == "clause" else {}
        return Match(rule, sentence, groups, points, nearby, roles)

    def _groups(self, rule: Rule, sentence: Sentence, *, needed: bool = False) -> dict[str, list[Hit]]:
        """What the groups of a rule meet; where all that it needs is `needed`, nothing once a need is not met."""
        groups: dict[str, list[Hit]] = {}
        for name, group in rule.groups.items():
            hits = [h for h in self.hits(group.phrases, sentence) if _in_stretch(h, group, groups)]
            if hits:
                groups[name] = hits
            elif needed and any(groups.keys().isdisjoint(need) for need in rule.settled_by.get(name, ())):
                return {}
        return groups

    def _values_kept(self, rule: Rule, sentence: Sentence, groups: dict[str, list[Hit]]) -> dict[str, list[Hit]]:
        """The groups without the hits that a veto takes away: the 99.9 of "uptime falls below 99.9%" is no commitment."""
        dropped: set[int] = set()
        for veto in rule.vetoes:
            if veto.within == "words" and groups:
                near = self.hits(veto.phrases, sentence)
                spared = self.hits(veto.but_not, sentence) if near else []
                groups = {n: [h for h in hits if _near(h, spared, 0) or not _near(h, near, veto.words)] for n, hits in groups.items()} if near else groups
            if veto.within == "value" and groups:
                kept = {i for h in self.hits(veto.but_not, sentence) for i in range(h.first, h.last)}
                dropped |= {i for h in self.hits(veto.phrases, sentence) for i in range(h.first, h.last)} - kept
        if not dropped:
            return groups
        values = self.reading.words(sentence).values
        gone = {v.start for i, v in values.items() if i in dropped}
        left = {name: [h for h in hits if not any(v.start in gone for _, v in h.values)] for name, hits in groups.items()}
        return {name: hits for name, hits in left.items() if hits}

    def _nearby(self, rule: Rule, sentence: Sentence, groups: dict[str, list[Hit]]) -> dict[str, list[tuple[Sentence, Hit]]]:
        """What the groups that were not met in the sentence itself meet in the rest of its clause."""
        missing = {n: g for n, g in rule.groups.items() if n not in groups}
        found: dict[str, list[tuple[Sentence, Hit]]] = {}
        if not missing:
            return found
        for other in self.reading.around(sentence):
            if abs(other.index - sentence.index) > 12 or other.kind == "heading":
                continue
            for name, group in missing.items():
                hits = self.hits(group.phrases, other)
                if hits:
                    found.setdefault(name, []).extend((other, h) for h in hits)
        return found

    def _heading_fits(self, rule: Rule, sentence: Sentence) -> bool:
        if not rule.under_heading and not rule.not_under_heading:
            return True
        key = rule.id, " ; ".join(self.reading.headings(sentence)[:3])
        if key not in self._fitting:
            found, joiner = self.found_text(key[1]), self.rulebook.joiner
            allowed = not rule.under_heading or bool(joiner.join_any(rule.under_heading, found))
            self._fitting[key] = allowed and not joiner.join_any(rule.not_under_heading, found)
        return self._fitting[key]

    def _vetoed(self, rule: Rule, sentence: Sentence) -> bool:
        for veto in rule.vetoes:
            if veto.within in ("value", "words"):
                continue
            if self.hits(veto.phrases, sentence):
                return True
            if veto.within == "clause" and any(self.hits(veto.phrases, s) for s in self.reading.around(sentence)):
                return True
        return False


def _all_met(rule: Rule, groups: dict[str, list[Hit]]) -> bool:
    return all(any(groups.get(group) for group in need) for need in rule.needs)


def _in_stretch(hit: Hit, group: Group, groups: dict[str, list[Hit]]) -> bool:
    """Whether the hit ends after the first hit of an `after` group, and begins before that of a `before` group."""
    after = [h for name in group.after for h in groups.get(name, [])]
    before = [h for name in group.before for h in groups.get(name, [])]
    if group.after and (not after or hit.last <= min(h.first for h in after)):
        return False
    return not before or hit.first < min(h.first for h in before)


def _near(hit: Hit, others: Iterable[Hit], words: int) -> bool:
    """Whether one of the others stands within so many words of a hit."""
    return any(hit.first - words < other.last and other.first < hit.last + words for other in others)
