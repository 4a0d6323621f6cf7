"""Matching grows with the length of a sentence, and no faster; gaps and stretches hold."""

from __future__ import annotations

import time
from functools import partial
from itertools import chain, cycle, islice

import pytest

from contractlens.documents.document import Source
from contractlens.documents.plain import read_markdown
from contractlens.language.amounts import amounts
from contractlens.language.days import dates
from contractlens.language.marking import Reading, Words
from contractlens.language.names import cast
from contractlens.language.value import Value
from contractlens.rulebook import Matches, Rule, Rulebook, load_rules
from contractlens.rulebook.phrases import Phrase
from contractlens.values import Duration

SHORT, LONG = 550, 5_500
SLACK = 1.5  # tenfold words may cost fifteenfold steps, never a hundredfold


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rules()


def hostile(phrase: Phrase, length: int, *, whole: bool) -> Words:
    """A sentence made of the phrase's own words, over and over; without `whole` its last piece stands only in front, so that it never ends."""
    pieces = [max(sorted(slot.pieces), key=len) for slot in phrase.slots]
    front, again = ((), pieces) if whole or len(pieces) == 1 else (pieces[-1], pieces[:-1])
    tokens = list(islice(chain(front, cycle(word for piece in again for word in piece)), length))
    values = {i: Value(t[1:-1], i, i + 1, Duration(1, "day")) for i, t in enumerate(tokens) if t.startswith("<") and t.endswith(">")}  # type: ignore[arg-type]
    return Words(tokens, range(length), range(1, length + 1), values)


def steps(rulebook: Rulebook, phrase: Phrase, length: int, *, whole: bool) -> int:
    joiner = rulebook.joiner
    before = joiner.steps
    joiner.join(phrase, joiner.found(lambda: hostile(phrase, length, whole=whole)))
    return joiner.steps - before


def worst(rulebook: Rulebook, rule: Rule) -> tuple[Phrase, bool, int]:
    """The rule's phrase that costs most on a sentence made for it."""
    costs = [(p, whole, steps(rulebook, p, SHORT, whole=whole)) for p in dict.fromkeys(rule.phrases()) if len(p.slots) > 1 for whole in (True, False)]
    return max(costs, key=lambda cost: cost[2])


@pytest.mark.parametrize("rule_id", sorted(load_rules().rules))
def test_the_worst_phrase_of_a_rule_grows_linearly(rulebook: Rulebook, rule_id: str) -> None:
    rule = rulebook.rules[rule_id]
    if not any(len(p.slots) > 1 for p in rule.phrases()):
        pytest.skip("no phrase of several pieces")
    phrase, whole, short = worst(rulebook, rule)
    long = steps(rulebook, phrase, LONG, whole=whole)
    assert long <= LONG / SHORT * SLACK * short + LONG, f"{phrase.text}: {short} steps in {SHORT} words, {long} in {LONG}"


HOSTILE = {
    "unless": "unless either party renews automatically at any time ",
    "values": "thirty (30) days notice prior to the end of twelve (12) months ",
    "credits": "service credit 99.9% below uptime of the downtime of 30 days ",
    "rights": "Provider may change the fees and ",
    "rights denied": "Provider reserves the right to may amend these terms if ",
    "nouns": "fees, prices, terms and ",
}


def seconds(rulebook: Rulebook, text: str) -> float:
    document = read_markdown(text.encode(), Source("a", "a", "", "text/markdown"))
    reading = Reading(document, cast(document, rulebook.words.roles))
    start = time.process_time()
    Matches(rulebook, reading)
    return time.process_time() - start


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_sentence_takes_no_time_to_speak_of_with_all_rules(rulebook: Rulebook, text: str) -> None:
    """Of some 5,500 words: a wildcard would take minutes, and a loop in a loop seconds."""
    count = LONG // len(text.split())
    assert seconds(rulebook, text * count + ".") < 2.0


def matched(rulebook: Rulebook, rule_id: str, text: str) -> bool:
    document = read_markdown(text.encode(), Source("a", "a", "", "text/markdown"))
    return bool(Matches(rulebook, Reading(document, cast(document, rulebook.words.roles))).of(rule_id))


def test_the_look_at_the_words_never_hides_a_match(rulebook: Rulebook) -> None:
    """Whatever phrase stands in a sentence of the examples, the bag of its words lets it through."""
    joiner, checked = rulebook.joiner, 0
    phrases = {p.text: p for rule in rulebook.rules.values() for p in rule.phrases()}.values()
    for text in {e.text for rule in rulebook.rules.values() for e in (*rule.spec.examples.should_match, *rule.spec.examples.should_not_match)}:
        document = read_markdown(text.encode(), Source("a", "a", "", "text/markdown"))
        reading = Reading(document, cast(document, rulebook.words.roles))
        for sentence in reading.sentences:
            exact = joiner.found(partial(reading.words, sentence))
            lacking = joiner.slots.lacking(sentence.bag)
            for phrase in phrases:
                if joiner.join(phrase, exact):
                    assert not joiner.slots.needed[phrase.text] & lacking, f"{phrase.text}: {sentence.text}"
                    checked += 1
    assert checked > 1000


ODD_VALUES = (
    "a fortnight before", "two fortnights", "30 mins", "6 hrs", "3 yrs", "semi-annual period", "year to year", "day-by-day", "12 mo", "one (1) year", "biennial term", "half a year before",
    "three 9s", "four nines", "99.9 per cent", "one-half of one percent", "ninety-nine and one-half percent", "5 percentage points (5%)",
    "the second anniversary", "the end of the fifth (5th) contract year", "March 3, 2020", "the 5th day of March, Two Thousand and Four", "3/4/21", "November 1st, 199 8",
)  # fmt: skip


@pytest.mark.parametrize("text", ODD_VALUES)
def test_a_value_is_let_through_by_a_word_in_it(rulebook: Rulebook, text: str) -> None:
    """Whatever the value, its kind is in the bag."""
    document = read_markdown(f"It is {text}.".encode(), Source("a", "a", "", "text/markdown"))
    reading = Reading(document, cast(document, rulebook.words.roles))
    sentence = reading.sentences[0]
    kinds = {f"<{v.kind}>" for v in (*dates(sentence.text), *amounts(sentence.text))}
    assert kinds
    assert kinds <= sentence.words


def test_a_rule_looks_only_where_its_words_may_stand(rulebook: Rulebook) -> None:
    """The gate never hides a match: every example is found with it and without it."""
    for rule in rulebook.rules.values():
        for example in rule.spec.examples.should_match if rule.must else ():
            document = read_markdown(example.text.encode(), Source("a", "a", "", "text/markdown"))
            matches = Matches(rulebook, Reading(document, cast(document, rulebook.words.roles)))
            for sentence in matches.reading.sentences:
                if matches.match(rule, sentence):
                    assert rulebook.gate.is_near(rule, sentence.words), f"{rule.id}: {sentence.text}"
                    assert rulebook.gate.is_open(rule, matches.found(sentence).lacking), f"{rule.id}: {sentence.text}"
