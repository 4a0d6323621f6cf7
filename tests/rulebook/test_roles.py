"""Who may do what: the four slots, and what empties them."""

from functools import partial

import pytest

from contractlens.documents.document import Source
from contractlens.documents.plain import read
from contractlens.language.marking import Reading
from contractlens.language.names import cast
from contractlens.rulebook import Matches, load_rules
from contractlens.rulebook.roles import Explained, RoleHit, explain, roles_in

TERMS, PRICE = "changes/change-of-terms", "changes/price-change"


def matches_of(text: str) -> Matches:
    rulebook = load_rules()
    document = read(text.encode(), Source("a", "a", "", "text/plain"))
    return Matches(rulebook, Reading(document, cast(document, rulebook.words.roles)))


def hits(text: str, rule: str = TERMS) -> list[RoleHit]:
    matches = matches_of(text)
    roles = matches.rulebook.rules[rule].roles
    assert roles
    return [h for s in matches.reading.sentences for h in roles_in(roles, matches.found(s), matches.rulebook.joiner)]


def explained(text: str, rule: str = TERMS) -> list[Explained]:
    matches = matches_of(text)
    roles = matches.rulebook.rules[rule].roles
    assert roles
    return [e for s in matches.reading.sentences for e in explain(roles, matches.found(s), matches.rulebook.joiner)]


@pytest.mark.parametrize(
    ("text", "who", "noun"),
    [
        pytest.param("Provider may change these Terms.", "Provider", "terms", id="active"),
        pytest.param("These Terms may be changed by Provider.", "Provider", "terms", id="passive, by somebody"),
        pytest.param("These Terms may be changed at any time.", "", "terms", id="passive, by nobody named"),
        pytest.param("The terms are subject to change without notice.", "", "terms", id="subject to change"),
        pytest.param("You agree that we may revise this contract.", "we", "contract", id="in a clause of its own"),
        pytest.param("Provider owns the site and may amend the Agreement.", "Provider", "agreement", id="a second verb"),
        pytest.param("Provider, in its sole discretion, may at any time amend the Agreement.", "Provider", "agreement", id="asides"),
        pytest.param("Provider (and its affiliates) may amend the Agreement.", "Provider", "agreement", id="brackets"),
        pytest.param("You accept the Terms, which Provider may modify.", "Provider", "terms", id="which"),
        pytest.param("Nothing prevents us from changing the Terms.", "us", "terms", id="nothing prevents"),
        pytest.param("Changes to the Agreement may be made by us.", "us", "agreement", id="the noun for the verb"),
    ],
)
def test_the_slots_are_filled(text: str, who: str, noun: str) -> None:
    assert [(h.who, h.noun) for h in hits(text)] == [(who, noun)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Provider may not change these Terms.", id="may not"),
        pytest.param("No provision of these Terms may be changed by Provider.", id="no provision"),
        pytest.param("In no event may Provider change these Terms.", id="in no event"),
        pytest.param("Customer may change these Terms.", id="the other side"),
        pytest.param("Provider and Customer may change these Terms.", id="both together"),
        pytest.param("The court may change these Terms.", id="somebody else"),
        pytest.param("These Terms may be changed at any time by the court.", id="somebody else, in the passive"),
        pytest.param("Provider shall change these Terms.", id="a duty"),
        pytest.param("Provider may change the Service or terminate this Agreement.", id="another verb's object"),
        pytest.param("Provider may change the way in which the Agreement is printed.", id="not the head noun"),
        pytest.param("Provider may modify data in accordance with the Agreement.", id="behind a preposition"),
        pytest.param("Provider may use your data to change the Terms.", id="another verb between"),
        pytest.param("Provider may amend this Agreement if both parties agree to it.", id="both agree"),
    ],
)
def test_a_slot_stays_empty(text: str) -> None:
    assert hits(text) == []


def test_the_price_under_an_agreement_is_a_price_and_no_term() -> None:
    text = "Provider may change the fees under this Agreement."
    assert [h.what for h in hits(text, PRICE)] == ["price"]
    assert hits(text) == []


def test_all_joined_nouns_count() -> None:
    text = "Provider may change plans, prices, these Terms, and the kit."
    assert [h.noun for h in hits(text)] == ["terms"]
    assert [h.noun for h in hits(text, PRICE)] == ["prices"]


def test_a_proviso_is_a_clause_of_its_own() -> None:
    text = "This Agreement may be amended only by a writing signed by both parties; provided, however, that Provider may amend it on thirty days' notice."
    assert hits(text.replace("amend it", "amend the Agreement"))[0].who == "Provider"


def test_not_less_than_denies_nothing() -> None:
    assert hits("The Provider shall be entitled, on giving not less than one month's notice, to vary this Agreement.")


def test_the_empty_slot_is_named() -> None:
    (seen,) = explained("Provider changes the Terms.")
    assert (seen.who, seen.may, seen.does, seen.what) == ("Provider", "", "changes", "terms (terms)")
    assert seen.why == "nothing in the slot may"


def test_what_ruled_a_clause_out_is_quoted() -> None:
    (seen,) = explained("Provider may amend the Agreement by a document signed by both parties.")
    assert "signed" in seen.why or "both parties" in seen.why


def test_a_full_set_of_slots_has_no_reason() -> None:
    (seen,) = explained("Provider may, at any time, amend the Agreement.")
    assert (seen.who, seen.may, seen.does, seen.what, seen.why) == ("Provider", "may", "amend", "agreement (terms)", "")


@pytest.mark.parametrize("text", ["may", "Provider may", "may change", "as amended", "subject to", "the Agreement may not", "if"])
def test_scraps_do_no_harm(text: str) -> None:
    assert hits(text) == []


def test_the_work_grows_with_the_sentence_and_no_faster() -> None:
    def steps(times: int) -> int:
        matches = matches_of("We reserve the right to change or amend these Terms at any time in our sole discretion, and the right to revise them, " * times)
        joiner = matches.rulebook.joiner
        roles = matches.rulebook.rules[TERMS].roles
        assert roles
        before = joiner.steps
        for s in matches.reading.sentences:
            list(roles_in(roles, joiner.found(partial(matches.reading.words, s)), joiner))  # afresh: `matches` keeps what it has found
        return joiner.steps - before

    assert 0 < steps(40) < 5 * steps(10)


def test_a_sentence_with_no_word_of_permission_is_never_tokenised() -> None:
    matches = matches_of("The Agreement and its terms change hands with the company.")
    assert "words" not in vars(matches.found(matches.reading.sentences[0]))
