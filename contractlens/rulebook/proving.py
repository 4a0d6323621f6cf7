"""Rules prove themselves: each runs over its own examples, and tells what it saw where one fails.

An example is read as a document of its own, so a heading or several sentences may stand in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from contractlens.documents.document import Document, Source
from contractlens.documents.plain import read_markdown
from contractlens.errors import UsageError
from contractlens.language.marking import Reading
from contractlens.language.sentences import Sentence
from contractlens.rulebook.applying import Match, Matches
from contractlens.rulebook.casting import who_is_who
from contractlens.rulebook.loading import Rulebook, read_duration
from contractlens.rulebook.roles import Explained
from contractlens.rulebook.roles import explain as explain_roles
from contractlens.rulebook.rule import Rule
from contractlens.rulebook.schema import MatchExample, MissExample
from contractlens.values import Duration, Money, Percent


@dataclass(frozen=True, slots=True)
class Proof:
    """One example of a rule: whether it holds, and what was found where it does not."""

    rule: str
    text: str
    should_match: bool
    holds: bool
    found: str = ""


@dataclass(frozen=True, slots=True)
class Looked:
    """What one rule saw in one sentence: the words that met each group, and what kept it from matching."""

    rule: str
    title: str
    sentence: str
    matched: bool
    groups: Mapping[str, tuple[str, ...]]
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    slots: tuple[Explained, ...] = ()  # of a rule about who may do what: one for each clause of the sentence
    why_not: str = ""


def prove(rulebook: Rulebook, rule_id: str | None = None) -> list[Proof]:
    """Run the examples of one rule, or of all, through the whole rulebook. Raises UsageError for a rule that is not there."""
    if rule_id is not None and rule_id not in rulebook.rules:
        raise UsageError(f"{rule_id}: there is no such rule. `contractlens rules list` lists them.")
    rules = [rulebook.rules[rule_id]] if rule_id else list(rulebook.rules.values())
    proofs = []
    for rule in rules:
        proofs += [_proved(rulebook, rule, example) for example in rule.spec.examples.should_match]
        proofs += [_disproved(rulebook, rule, example) for example in rule.spec.examples.should_not_match]
    return proofs


def explain(rulebook: Rulebook, text: str, rule_id: str | None = None) -> list[Looked]:
    """What each rule sees in a text: first those that match, then those that met something they need, and missed by the rest."""
    matches = _read(rulebook, text)
    rules = [rulebook.rules[rule_id]] if rule_id else rulebook.rules.values()
    looked = [_looked(matches, rule, s, told=bool(rule_id)) for rule in rules for s in matches.reading.sentences]
    return sorted((one for one in looked if one), key=lambda one: not one.matched)


# ---- examples


def _read(rulebook: Rulebook, text: str) -> Matches:
    source = Source("the example", "the example", "", "text/markdown")
    document: Document = read_markdown(text.encode(), source)
    return Matches(rulebook, Reading(document, who_is_who(document, rulebook)))


def _matches_of(matches: Matches, rule: Rule) -> list[Match]:
    """The rule's matches; of a rule that is only asked, what it says to each sentence."""
    if not rule.spec.asked:
        return matches.run(rule.id)
    return [m for s in matches.reading.sentences if (m := matches.ask(rule.id, s)).groups]


def _proved(rulebook: Rulebook, rule: Rule, example: MatchExample) -> Proof:
    matches = _read(rulebook, example.text)
    made = _matches_of(matches, rule)
    slips = list(_slips(made, example)) if made else [f"no match. {_seen(matches, rule)}"]
    return Proof(rule.id, example.text, True, not slips, "; ".join(slips))


def _disproved(rulebook: Rulebook, rule: Rule, example: MissExample) -> Proof:
    matches = _read(rulebook, example.text)
    made = _matches_of(matches, rule)
    return Proof(rule.id, example.text, False, not made, _seen(matches, rule) if made else "")


def _slips(made: Sequence[Match], example: MatchExample) -> Iterator[str]:
    """What the matches lack of that which the example asks for."""
    for name, want in example.values.items():
        kept = [value.amount for m in made for value, _ in m.values(name)]
        if not any(_equal(have, want) for have in kept):
            yield f"{name} is {', '.join(map(stated, kept)) or 'not found'}, and should be {want}"
    groups = {name for m in made for name in (*m.groups, *m.nearby, *(hit.what for hit in m.roles))}
    for name in example.groups:
        if name not in groups:
            yield f"{name} was not met, only {', '.join(sorted(groups)) or 'nothing'}"


def _equal(have: object, want: Any) -> bool:
    """Whether a value is what an example writes: `12 months`, `99.9`, `2026-03-01`, or words."""
    if isinstance(have, Percent):
        return _number(want) == have.value
    if isinstance(have, Money):
        return _number(want) == have.amount
    if isinstance(have, Decimal):
        return _number(want) == have
    if isinstance(have, Duration):
        try:
            return have == read_duration(str(want))
        except ValueError:
            return False
    return str(have) == str(want)


def _number(text: Any) -> Decimal | None:
    digits = str(text).strip().rstrip("% ").lstrip("$").replace(",", "")
    return Decimal(digits) if digits.replace(".", "", 1).isdigit() else None


def _seen(matches: Matches, rule: Rule) -> str:
    """What a rule saw in a text, in one line."""
    looked = [one for s in matches.reading.sentences if (one := _looked(matches, rule, s, told=True))]
    told = [" ".join(filter(None, (_groups_told(one), one.why_not and f"({one.why_not})"))) for one in looked]
    return "; ".join(line or "nothing that it looks for" for line in told)


def _groups_told(looked: Looked) -> str:
    parts = [f"{name}: {', '.join(map(repr, words))}" for name, words in looked.groups.items()]
    parts += [f"<{name}> = {', '.join(values)}" for name, values in looked.values.items()]
    return " ".join(parts)


def stated(amount: object) -> str:
    """A value as a person writes it: `12 months`, `99.9 %`, `2026-03-01`."""
    return amount.words() if isinstance(amount, Duration | Money | Percent) else str(amount)


# ---- why a rule matches, or does not


def _looked(matches: Matches, rule: Rule, sentence: Sentence, *, told: bool) -> Looked | None:
    """What the rule saw in a sentence; None where that tells nothing, unless it is to be `told` all the same."""
    if not (rule.spec.match or rule.spec.roles):
        return None
    asked = matches.ask(rule.id, sentence)
    made = [asked] if rule.spec.asked and asked.groups else matches.run(rule.id)
    match = next((m for m in made if m.sentence.index == sentence.index), None)
    shown = match or asked
    slots: tuple[Explained, ...] = ()
    if rule.roles:
        slots = tuple(explain_roles(rule.roles, matches.found(sentence), matches.rulebook.joiner))
    met = [need for need in rule.spec.needs if any(shown.groups.get(g) for g in need.split(" or "))]
    near = bool(met) or any(s.may and s.does for s in slots)
    if match is None and not near and not told:
        return None
    words = {
        name: tuple(dict.fromkeys(_words(matches, sentence, hit.first, hit.last) for hit in hits)) for name, hits in shown.groups.items()
    }
    values: dict[str, list[str]] = {}
    for hits in shown.groups.values():
        for hit in hits:
            for name, value in hit.values:
                values.setdefault(name, []).append(stated(value.amount))
    kept = {name: tuple(dict.fromkeys(amounts)) for name, amounts in values.items()}
    why_not = "" if match else _why_not(matches, rule, sentence, asked, slots)
    return Looked(rule.id, rule.spec.title, sentence.text, match is not None, words, kept, slots, why_not)


def _why_not(matches: Matches, rule: Rule, sentence: Sentence, asked: Match, slots: Iterable[Explained]) -> str:
    """The first thing that kept a rule from matching a sentence."""
    spec = rule.spec
    if spec.asked:
        return "nothing that it is asked for"
    if sentence.kind not in spec.kinds:
        return f"the rule does not look in a {sentence.kind}"
    empty = [need for need in spec.needs if not any(asked.groups.get(g) for g in need.split(" or "))]
    if empty:
        return f"it needs {' and '.join(empty)}, and nothing met {'it' if len(empty) == 1 else 'them'}"
    if _heading_differs(matches, rule, sentence):
        return "of the headings above it"
    if matches.match(rule, sentence):
        return f"it yields to {', '.join(spec.yields_to)}"
    if rule.roles and (why := next((s.why for s in slots if s.why), "")):
        return why
    for veto in rule.vetoes:
        around = matches.reading.around(sentence) if veto.within == "clause" else []
        for place in (sentence, *around):
            for hit in matches.hits(veto.phrases, place):
                return f'unless: "{hit.phrase}" met "{_words(matches, place, hit.first, hit.last)}"'
    if spec.about:
        return f"it speaks of something else than this agreement, or of nothing that is named (see {spec.about})"
    return "what it needs does not stand together"


def _heading_differs(matches: Matches, rule: Rule, sentence: Sentence) -> bool:
    """Whether the headings above a sentence are what keeps the rule out."""
    if not (rule.under_heading or rule.not_under_heading):
        return False
    joiner = matches.rulebook.joiner
    found = matches.found_text(" ; ".join(matches.reading.headings(sentence)[:3]))
    barred = any(joiner.join(p, found) for p in rule.not_under_heading)
    return barred or (bool(rule.under_heading) and not any(joiner.join(p, found) for p in rule.under_heading))


def _words(matches: Matches, sentence: Sentence, first: int, last: int) -> str:
    """The document's own words that a hit covers."""
    words = matches.reading.words(sentence)
    return " ".join(matches.reading.document.text[words.starts[first] : words.ends[last - 1]].split())
