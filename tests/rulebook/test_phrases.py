"""The language of phrases: each line says what the page in rules/README.md promises."""

from __future__ import annotations

import pytest

from contractlens.documents.document import Source
from contractlens.documents.plain import read
from contractlens.language.marking import Reading
from contractlens.language.names import Cast
from contractlens.rulebook.matching import Hit, Joiner
from contractlens.rulebook.phrases import PhraseError, Vocabulary, parse, parse_all

WORDS = Vocabulary(
    lists={"end": ["end", "expiry", "last day"], "nested": ["(service | uptime) credit", "rebate"]},
    forms={"renew": ["renewal", "renewals"], "begin": ["only", "begins", "began"]},
    phrases={"stops": ["not to renew", "gives notice"]},
)
READING = Reading(read(b"-", Source("a", "a", "", "text/plain")), Cast((), ("Provider", "We"), ("Customer",)))


def hits(phrase: str, sentence: str) -> list[Hit]:
    """Where the phrase stands in the sentence."""
    phrases = parse_all(phrase, WORDS)
    joiner = Joiner(phrases)
    found = joiner.found(lambda: READING.mark(sentence))
    return [h for p in phrases for h in joiner.join(p, found)]


MEETS = {
    "renew": "It will RENEW.",
    "renew+": "the Renewal of it",
    "carry+": "It carries on.",
    "change+": "It is changing.",
    "pass+": "It passes.",
    "auto-renew": "It will auto-renew each year.",
    "(cancel | end | leave at once)": "You may leave at once.",
    "prior [written] notice": "prior notice",
    "prior [written | advance] notice": "prior advance notice",
    "renew ... fees": "renew for the same full fees",
    "renew ...6 fees": "renew it for all of these same fees",
    "(renew | extend ...3 again) now": "extend it once more again now",
    "before the @end": "before the last day of the term",
    "@nested": "an uptime credit is due",
    "(no | any) @nested": "No service credit",
    "<duration> notice": "thirty (30) days' notice",
    "<notice: duration> ...2 notice": "ninety (90) days prior written notice",
    "<percent> of the time": "99,9 % of the time",
    "<vendor> may": "We may change it",
    "<party> gives": "Customer gives notice",
    "by <day: date>": "by 1 March 2026",
    "(at least <n: duration>)": "at least 60 days",
    "t&c": "the T&C",
    "party's": "the other party's account",
    "renew ; or": "renew; or leave",
}


@pytest.mark.parametrize(("phrase", "sentence"), MEETS.items(), ids=MEETS)
def test_a_phrase_meets(phrase: str, sentence: str) -> None:
    assert hits(phrase, sentence)


MISSES = {
    "renew": "the renewal",
    "renew+": "the tenant",
    "begin+": "It is beginning.",
    "prior [written] notice": "prior oral notice",
    "renew ... fees": "renew it for all of these same fees",
    "renew ...2 fees": "fees to renew",
    "before the @end": "before the deadline",
    "<duration> notice": "99.9 % notice",
    "<vendor> may": "Customer may change it",
    "(cancel | end) it": "ending it",
    "term": "to terminate",
}


@pytest.mark.parametrize(("phrase", "sentence"), MISSES.items(), ids=MISSES)
def test_a_phrase_does_not_meet(phrase: str, sentence: str) -> None:
    assert hits(phrase, sentence) == []


def test_a_value_is_kept_under_its_name() -> None:
    (hit,) = hits("at least <notice: duration> ...3 notice", "at least ninety (90) days prior written notice")
    value = hit.value("notice")
    assert value is not None
    assert str(value.amount) == "P90D"


def test_no_gap_runs_across_a_value_of_the_kind_that_it_ends_at() -> None:
    sentence = "unless it ends, for twelve months on thirty days notice"
    (hit,) = hits("unless ...20 <first: duration>", sentence)
    value = hit.value("first")
    assert value is not None
    assert str(value.amount) == "P12M"
    (hit,) = hits("<last: duration> ...9 notice", sentence)
    value = hit.value("last")
    assert value is not None
    assert str(value.amount) == "P30D"


def test_a_line_that_only_names_a_group_stands_for_its_phrases() -> None:
    assert WORDS.spelt_out(["@stops", "ends"]) == ["not to renew", "gives notice", "ends"]


def test_each_alternative_with_a_gap_is_a_phrase_of_its_own() -> None:
    assert [p.text for p in parse_all("(a ...2 b | c | d) e", WORDS)] == ["a ...2 b e", "(c | d) e"]


ERRORS = {
    "renew*": "stars are not used",
    "(a | b": "not closed",
    "a ) b": "bracket",
    "a | b": "outside a bracket",
    "[a]": "nothing in it must be there",
    "a ...": "ends with a gap",
    "a ...99 b": "wider than 60",
    "(a | )": "empty alternative",
    "@nowhere": "there is no word list 'nowhere'",
    "<notice: time>": "'time' is no kind of value",
    "(a | b] c": "bracket opened otherwise",
}


@pytest.mark.parametrize(("phrase", "told"), ERRORS.items(), ids=ERRORS)
def test_a_phrase_that_cannot_be_read_says_why(phrase: str, told: str) -> None:
    with pytest.raises(PhraseError) as error:
        parse_all(phrase, WORDS)
    assert told in str(error.value)
    assert repr(phrase)[:5] in str(error.value)


def test_a_bracket_that_multiplies_out_is_an_error_and_not_a_flood() -> None:
    many = " ".join(["(a | b | c | d e | f g)"] * 5)
    with pytest.raises(PhraseError, match="alternatives"):
        parse(f"({many})", WORDS)
