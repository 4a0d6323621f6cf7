"""Who may change what alone, and what is said about it."""

import pytest

from contractlens.documents.document import Source
from contractlens.documents.plain import read as read_text
from contractlens.language.marking import Reading
from contractlens.rulebook import Matches, load_rules
from contractlens.rulebook.casting import who_is_who
from contractlens.terms.changes import read
from contractlens.terms.records import Change
from contractlens.values import Duration

YOU = " You may use the Service. You must keep your password safe. You agree to pay. You may cancel. You are responsible for your data. You may call us. You accept that you have read this."


def changes(text: str) -> tuple[Change, ...]:
    rulebook = load_rules()
    document = read_text(text.encode(), Source("a", "a", "", "text/plain"))
    return read(Matches(rulebook, Reading(document, who_is_who(document, rulebook))))


def terms(text: str) -> Change:
    return next(c for c in changes(text) if c.what == "terms")


def test_one_record_for_each_kind_that_a_clause_lets_the_vendor_change() -> None:
    made = changes("Provider may change prices, these Terms and the Services at any time.")
    assert [c.what for c in made] == ["terms", "price", "service"]


def test_the_quote_is_the_sentence_and_not_the_clause() -> None:
    made = terms("12. Changes. We value our customers. Provider may amend this Agreement at any time. Notices are sent by e-mail.")
    assert [e.quote for e in made.evidence] == ["Provider may amend this Agreement at any time."]


def test_of_a_very_long_sentence_only_the_part_that_says_it_is_quoted() -> None:
    filler = "that the services are used by many customers in many places for many purposes and in many ways, none of which is listed here; "
    made = terms(f"Customer understands: {filler * 6}that Provider may amend this Agreement at any time; {filler}and so on.")
    assert made.evidence[0].quote == "that Provider may amend this Agreement at any time"


def test_a_notice_its_form_and_a_way_out_are_read_from_the_sentences_after_the_right() -> None:
    made = terms(
        "The supplier may amend these conditions by giving the customer at least sixty (60) days' written notice. "
        "If the customer objects to the amendment, the customer may terminate the contract."
    )
    assert (made.notice, made.notice_form, made.opt_out, made.continued_use) == (Duration(60, "day"), "written", "terminate", False)


def test_posting_use_and_the_web_page() -> None:
    made = terms(
        "Foobar may revise the Terms at any time by posting the revised Terms on www.foobar.example. "
        "Your continued use of the service after a revision is posted means you accept it." + YOU
    )
    assert (made.notice, made.notice_form, made.continued_use, made.by_reference_url) == (None, "posting", True, True)


def test_to_stay_on_the_old_terms_outranks_the_right_to_object() -> None:
    made = terms(
        "Provider may modify this Agreement on forty-five (45) days' notice through the administration console. Customer may reject the "
        "modification within that period, in which event the existing terms continue to apply until the end of the term."
    )
    assert (made.notice, made.notice_form, made.opt_out) == (Duration(45, "day"), "in_product", "keep_original")


def test_silence_as_acceptance_is_no_acceptance_by_use() -> None:
    made = terms("Provider may amend the Agreement. Amendments are deemed accepted unless Customer objects within a month of being told.")
    assert made.continued_use is False


def test_a_time_to_object_is_no_notice() -> None:
    assert terms("Provider may amend the Agreement. Customer may reject the change within thirty (30) days.").notice is None


def test_one_form_or_another_is_no_form() -> None:
    assert terms("Provider may amend the Agreement. We will notify you of changes by e-mail or by posting them on our website.").notice_form is None


def test_the_notice_of_a_price_change_is_not_that_of_a_change_of_terms() -> None:
    made = changes(
        "Provider may change these Terms. Provider may change the Fees. Provider will notify Customer of changes to the Fees thirty (30) days in advance. "
        "Provider will notify Customer of changes to these Terms seven (7) days in advance."
    )
    assert {c.what: c.notice for c in made} == {"terms": Duration(7, "day"), "price": Duration(30, "day")}


def test_what_is_said_of_any_change_holds_for_all_rights_of_its_clause() -> None:
    made = changes(
        "9.1 Changes\nProvider may change these Terms on ninety (90) days' notice. Provider may change the prices on ninety (90) days' notice. "
        "If Customer disagrees with any such change, Customer may terminate this Agreement."
    )
    assert [c.opt_out for c in made] == ["terminate", "terminate"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Any changes to these Terms will be posted on our website.", id="posted"),
        pytest.param("Your use of our services after a change of these Terms is posted is deemed acceptance of it.", id="accepted by use"),
        pytest.param("If we change these Terms, we will post the new version.", id="if we change"),
        pytest.param("You comply with the Acceptable Use Policy, as updated by us from time to time.", id="as updated"),
        pytest.param("The then-current version of these Terms on our website applies to your use.", id="the current version applies"),
    ],
)
def test_a_right_that_is_only_taken_as_given_is_found(text: str) -> None:
    assert terms(text + YOU).what == "terms"


@pytest.mark.parametrize(
    "text",
    [
        "This Agreement may be amended only by a written instrument signed by both parties.",
        "Any amendment to this Agreement must be in writing.",
        "Provider may assign this Agreement upon a change of control.",
        "Provider shall comply with the laws as amended from time to time.",
        "Rates shown by the currency converter are subject to change.",
        "If a provision is unenforceable, the court may modify it so that the Agreement stays in force.",
        "Customer may change its settings at any time.",
        "Provider may correct typographical errors in the Agreement.",
    ],
)
def test_what_is_no_right_of_the_vendor_gives_nothing(text: str) -> None:
    assert changes(text) == ()


@pytest.mark.parametrize(
    ("opening", "name"),
    [
        pytest.param('Welcome to the site of Gardenia Ltd. ("Gardenia"). Gardenia is sometimes referred to herein as "we" or "us".', "Gardenia", id="is we"),
        pytest.param('eGrid Hosting, Inc. ("eGrid", "we", "us") provides servers.', "eGrid", id="in one bracket with we"),
        pytest.param("This is an agreement between you and Harbor.io for its services.", "Harbor.io", id="between you and"),
        pytest.param("NameCo provides domain names.", "NAMECO", id="in capitals later on"),
        pytest.param("The supplier provides hosting to the customer.", "The supplier", id="role words without capitals"),
    ],
)
def test_the_vendor_is_known_by_the_name_that_the_document_gives_it(opening: str, name: str) -> None:
    assert terms(f"{opening} {name} may amend these terms at any time.{YOU}").what == "terms"


def test_the_documents_own_name_for_itself_counts_as_its_terms() -> None:
    made = changes('These general conditions (the "Harbour Rules") apply to all orders. Provider may amend the Harbour Rules at any time.')
    assert [c.what for c in made] == ["terms"]


LISTS = {
    "items under a head": "14. We may:\n(a) replace the router;\n(b) raise our charges; and\n(c) add to, delete or rewrite any of these Conditions.",
    "the following": "The following may be changed by Provider on notice:\n(a) the fees;\n(b) these Terms.",
    "in one line": "We can change any of the following on 30 days' notice: the fees, the service levels, these Terms.",
    "by semicolons": "Provider may (a) replace equipment; (b) raise the fees; and (c) amend this Agreement.",
}


@pytest.mark.parametrize("text", LISTS.values(), ids=LISTS)
def test_each_item_of_a_list_is_a_right(text: str) -> None:
    assert {"terms", "price"} <= {c.what for c in changes(text)}


RIGHTS_IN_ODD_PLACES = {
    "in brackets inside a duty": "Customer shall observe the Terms of Occupancy in Annex 2 (which Provider may replace by publishing a new Annex 2 on its portal).",
    "an exception to what both must sign": "This Agreement may be varied either by agreement in writing or by the Supplier on three months' notice.",
    "of terms named the sentence before": "Our terms are on the website. They may change from time to time.",
    "including what follows": "Provider has the power to vary this contract, including the Tariff in Appendix 1.",
}


@pytest.mark.parametrize("text", RIGHTS_IN_ODD_PLACES.values(), ids=RIGHTS_IN_ODD_PLACES)
def test_a_right_is_seen_where_it_hides(text: str) -> None:
    assert terms(text).what == "terms"


def test_a_list_of_the_customers_rights_is_no_right_of_the_vendor() -> None:
    assert not changes("17. You may:\n(a) move the Service to other premises;\n(b) change these settings; and\n(c) amend your order under these Terms.")


def test_what_stands_under_a_heading_about_changes_belongs_to_the_right() -> None:
    made = terms(
        "12. Changes\n\n12.1 Provider may amend this Agreement at any time.\n\n12.2 The service is described in Annex 1.\n\n"
        "12.3 The support desk is open on working days.\n\n12.4 Annex 3 lists the sites.\n\n12.5 Customer may close the account without a fee.\n\n13. Fees\n\n13.1 Fees are due monthly."
    )
    assert made.opt_out == "terminate"


def test_what_follows_two_rights_belongs_to_both() -> None:
    made = changes("We may:\n(a) raise our charges; and\n(b) rewrite these Conditions.\n\nWe shall write to you not less than thirty days before anything in (a) or (b) affects you.")
    assert [(c.what, c.notice) for c in made] == [("terms", Duration(30, "day")), ("price", Duration(30, "day"))]


def test_newer_terms_count_only_where_no_right_is_given() -> None:
    newer = "Upon renewal, the then-current version of the Terms of Service will apply."
    assert terms(newer).evidence[0].quote == newer
    assert [e.quote for e in terms(f"Provider may amend the Terms of Service. {newer}").evidence] == ["Provider may amend the Terms of Service."]


def test_a_question_is_no_right_and_its_answer_may_be() -> None:
    assert not changes("Can Provider change these Terms? No, not without your signature.")
    assert terms("Can you change this agreement? Yes. We tell you by e-mail a month before.").evidence[0].quote == "Can you change this agreement?"


def test_an_objection_that_leaves_the_old_terms_is_a_right_to_reject() -> None:
    right = "Provider may amend these Terms. "
    assert terms(right + "If the customer objects to the amendment, the contract continues on the previous terms.").opt_out == "reject"
    assert terms(right + "If the customer objects to the amendment, the previous terms continue to apply until the end of its term.").opt_out == "keep_original"


def test_where_the_current_text_stands_may_be_said_far_from_the_right_to_change_it() -> None:
    between = "The line is repaired within two days. " * 20
    assert terms(f"The current edition of these Conditions can be seen at acme.example/terms. {between}Provider may change these Conditions at any time.").by_reference_url


def test_a_notice_by_one_means_or_another_has_no_form() -> None:
    right = "Provider may amend these Terms. "
    assert terms(right + "We will notify you of the change by letter or by e-mail. Other changes are posted on our website.").notice_form is None
    assert terms(right + "We will announce the change in the seller dashboard.").notice_form == "in_product"


def test_prices_in_brackets_are_changed_too() -> None:
    assert [c.what for c in changes("Provider may change these Conditions (including the Charges) at any time.")] == ["terms", "price"]


def test_what_is_joined_to_other_things_is_changed_with_them() -> None:
    assert [c.what for c in changes("The provisions and routes in this Agreement are subject to change by Provider without notice.")] == ["terms"]


def test_a_way_out_of_dearer_fees_or_other_terms_belongs_to_the_right_above_it() -> None:
    made = terms("10. Amendment. Processor may amend this Agreement at any time. If fees increase or an amendment is adverse to Merchant, Merchant may terminate this Agreement.")
    assert made.opt_out == "terminate"


@pytest.mark.parametrize(
    "text",
    [
        "These rules were drawn up by the Librarian, who may alter these rules.",
        "The board of Larkfield Allotments may amend these rules.",
        "Acme, Inc. may change these terms.",
        "These conditions may be amended by Quayside Marina at a month's notice.",
        "Nothing keeps Mosswood from bringing these terms up to date.",
        "Can Halden amend the contract?\nIt can, on a month's notice.",
        "Your use is subject to our Terms, as Halden may update them.",
        "Halden Fibre runs the network. It may change these conditions at any time.",
        "Q: May these terms change?\nA: Yes, we may change them.",
        "The Distributor may vary these Conditions by notice to the Customer.",
    ],
)
def test_whoever_changes_this_paper_alone_is_the_vendor(text: str) -> None:
    assert terms(text)


@pytest.mark.parametrize(
    "text",
    [
        "The court may amend this Agreement so far as is needed to make it lawful.",
        "If the data centre changes its terms, the designer tells the client.",
        "The users may change these settings.",
        "The shareholders may amend these rules by a vote.",
        "Order Form 3 may change the terms of this Agreement.",
    ],
)
def test_others_that_change_something_are_not(text: str) -> None:
    assert not [c for c in changes(text) if c.what == "terms"]


def test_what_stands_right_behind_the_right_needs_no_word_of_a_change() -> None:
    found = terms("Tonebox can amend these terms. It'll e-mail you 30 days before. If that's not for you, you can delete your account. Otherwise, by staying with us from then on you say yes to them.")
    assert (found.notice_form, found.opt_out, found.continued_use) == ("email", "terminate", True)
