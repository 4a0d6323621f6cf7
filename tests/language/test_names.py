"""Who is who: the parties, what they are called, and which side each word stands for."""

from __future__ import annotations

import pytest

from contractlens.documents.document import Source
from contractlens.documents.plain import read_markdown
from contractlens.language.names import Cast, cast
from contractlens.rulebook import load_rules


def of(text: str, we: str | None = None) -> Cast:
    document = read_markdown(text.encode(), Source("a.md", "a.md", "", "text/markdown"))
    return cast(document, load_rules().words.roles, we)


def parties(text: str, we: str | None = None) -> list[tuple[str | None, str, str | None]]:
    return [(p.role, p.name, p.called) for p in of(text, we).parties]


PROVIDER = ("vendor", "Harbor DNS, Inc.", "Provider")
HARBOR = ("vendor", "Harbor DNS, Inc.", "Harbor")
ACME = ("customer", "Acme Ltd.", "Customer")
OPENINGS = {
    "role words": (
        'This Agreement is between Harbor DNS, Inc. ("Provider") and Acme Ltd. ("Customer").',
        [("vendor", "Harbor DNS, Inc.", "Provider"), ACME],
    ),
    "a name and a role word": ('This Agreement is made between Harbor DNS, Inc. ("Harbor") and Acme Ltd. ("Customer").', [HARBOR, ACME]),
    "described": (
        'by and between Harbor DNS, Inc., a Delaware corporation with offices at 1 Quay Street ("Harbor"), and Acme Ltd., a company '
        'incorporated in England ("Customer").',
        [HARBOR, ACME],
    ),
    "curly quotes": ("between Harbor DNS, Inc. (“Harbor”) and Acme Ltd. (the “Customer”).", [HARBOR, ACME]),
    "hereinafter": (
        'between Harbor DNS, Inc. (hereinafter referred to as "Provider") and Acme Ltd. (hereinafter the "Subscriber").',
        [("vendor", "Harbor DNS, Inc.", "Provider"), ("customer", "Acme Ltd.", "Subscriber")],
    ),
    "described behind the bracket": (
        'between Harbor DNS, Inc. ("Provider"), a Delaware corporation, and Acme Ltd. ("Customer"), a company registered in England.',
        [PROVIDER, ACME],
    ),
    "an address between": ('between Acme Ltd. ("Customer"), with an address at 2 Mill Road, Irvine, California 92618 and Harbor DNS, Inc. ("Provider").', [ACME, PROVIDER]),
    "an address behind the name": (
        'between Harbor DNS GmbH, Am Hafen 40, 40221 Bonn ("Provider") and Acme Ltd. ("Customer").',
        [("vendor", "Harbor DNS GmbH", "Provider"), ACME],
    ),
    "the article in the quotes": ('BETWEEN (1) HARBOR SERVICES LIMITED ("the Supplier"); and (2) Acme Ltd. ("the Customer")', [("vendor", "HARBOR SERVICES LIMITED", "Supplier"), ACME]),
    "as Seller": (
        "between HARBOR MINING COMPANY, a Kentucky corporation, as Seller, and ACME POWER, INC., a Tennessee corporation, as Buyer.",
        [("vendor", "HARBOR MINING COMPANY", "Seller"), ("customer", "ACME POWER, INC.", "Buyer")],
    ),
    "small letters first": (
        'between i-Harbor, Inc. ("i-Harbor") and 2Acme Ltd. (the "Customer").',
        [("vendor", "i-Harbor, Inc.", "i-Harbor"), ("customer", "2Acme Ltd.", "Customer")],
    ),
    "we": ('This Agreement is between HARBOR FRANCHISING, INC., a Georgia corporation ("we" or "us"), and the person who signs below ("you").', [("vendor", "HARBOR FRANCHISING, INC.", "we")]),
    "whoever orders": ('This Agreement is between Harbor DNS, Inc. ("Harbor") and the customer named in the order form ("Customer").', [HARBOR]),
    "made by": ('This Agreement is made by Harbor DNS, Inc. ("Provider") and Acme Ltd. ("Customer").', [PROVIDER, ACME]),
    "shipping": ('between Harbor Lines, Inc. ("Transporter") and Acme Ltd. ("Shipper")', [("vendor", "Harbor Lines, Inc.", "Transporter"), ("customer", "Acme Ltd.", "Shipper")]),
    "a name that is a role word": (
        'between Carrier Global Corporation ("Carrier") and Acme Ltd. ("Acme").',
        [(None, "Carrier Global Corporation", "Carrier"), (None, "Acme Ltd.", "Acme")],
    ),
}


@pytest.mark.parametrize(("text", "expected"), OPENINGS.values(), ids=OPENINGS)
def test_the_opening_introduces_the_parties(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert parties(text) == expected


def test_what_is_no_party_is_not_taken_for_one() -> None:
    text = 'This Agreement (the "Agreement") is between Harbor DNS, Inc. ("Harbor") and Acme Ltd. ("Customer") as of 1 March 2026 (the "Effective Date").'
    assert parties(text) == [HARBOR, ACME]


def test_things_and_offices_are_no_parties() -> None:
    text = 'between Harbor DNS, Inc. ("Provider") and Acme Ltd. ("Customer"). The General Manager ("General Manager") of Harbor and the United States Department of Trade ("USDT") agree.'
    assert parties(text) == [PROVIDER, ACME]


SIDES = {
    "who pays buys": ("Acme shall pay the fees monthly. Acme shall purchase the kits. Harbor provides them.", ["vendor", "customer"]),
    "who provides and is paid sells": ("Harbor provides the service. Harbor grants Acme a licence. Harbor hosts the data.", ["vendor", "customer"]),
    "both give and both pay": ("Harbor provides links. Acme provides links. Harbor shall pay half. Acme shall pay half.", [None, None]),
    "nothing is said": ("The parties work together.", [None, None]),
}


@pytest.mark.parametrize(("text", "roles"), SIDES.values(), ids=SIDES)
def test_who_sells_where_only_names_are_given(text: str, roles: list[str | None]) -> None:
    assert [role for role, _, _ in parties(f'between Harbor DNS, Inc. ("Harbor") and Acme Ltd. ("Acme"). {text}')] == roles


def test_who_we_are_may_be_said() -> None:
    text = 'between Harbor DNS, Inc. ("Harbor") and Acme Ltd. ("Acme"). Harbor provides the service.'
    assert [(role, called) for role, _, called in parties(text, we="Harbor")] == [("customer", "Harbor"), ("vendor", "Acme")]


def mentions(made: Cast, text: str) -> list[tuple[str, str]]:
    return [(v.kind, text[v.start : v.end]) for v in made.mentions(text)]


def test_a_side_is_known_by_its_name_its_role_word_and_its_pronoun() -> None:
    made = of('between Harbor DNS, Inc. ("Harbor") and Acme Ltd. ("Customer").')
    text = "Harbor may tell you; HARBOR and the Provider may tell Customer, and we may tell the Harbors nothing."
    assert mentions(made, text) == [
        ("vendor", "Harbor"),
        ("customer", "you"),
        ("vendor", "HARBOR"),
        ("vendor", "Provider"),
        ("customer", "Customer"),
        ("vendor", "we"),
    ]


TERMS = """# Terms of Service

Welcome to Boardloom. These terms of service (the "T&Cs") bind you when you use what Boardloom offers. Boardloom provides boards.

You may use your account. You may not sell it. You pay what you order. You own what you write. You may leave.

Boardloom reserves the right to change the T&Cs. Boardloom grants you a licence. Boardloom may end it. You are responsible for your users.
"""


def test_terms_of_service_name_their_vendor_without_introducing_it() -> None:
    made = of(TERMS)
    assert ("vendor", "Boardloom") in mentions(made, "Boardloom may change them.")
    assert made.called("vendor") == "Boardloom"


def test_what_a_document_calls_itself() -> None:
    assert mentions(of(TERMS), "change the T&Cs at any time") == [("agreement", "T&Cs")]


HEADS = {
    "a company on the first line": ("NAMEHARBOR, INC.\nDOMAIN AGREEMENT\n\n3. NameHarbor may amend this Agreement. You hold a name. You pay. You agree. You may leave.", "NameHarbor may"),
    "a name before the title": ("PULSEGRID SERVER MONITORING\nTERMS OF USE\n\n1. PulseGrid collects metrics from your servers. You agree. You pay. You may leave.", "PulseGrid collects"),
    "the Company and a Subscriber": ("Harborlink Private Limited\nTERMS\n\n1. The Company shall connect the Subscriber. The Subscriber shall pay the Company.", "The Company shall"),
}


@pytest.mark.parametrize(("text", "words"), HEADS.values(), ids=HEADS)
def test_the_head_of_standard_terms_names_the_vendor(text: str, words: str) -> None:
    assert [kind for kind, _ in mentions(of(text), words)] == ["vendor"]


def test_a_public_body_that_acts_is_no_vendor() -> None:
    made = of("RESELLER AGREEMENT WITH THE CITY OF MAKHONDO\n\n1. The City may change the place of delivery. The City may revise its rules. The Supplier shall deliver.")
    assert mentions(made, "The City may") == []


def test_who_is_credited_is_the_customer_where_nothing_else_says_so() -> None:
    text = "The Company will keep the system up. The Practice shall request a rebate in writing. The Practice may end the contract. The Practice shall pay monthly."
    sides = of(text)
    assert "Practice" in sides.customer
    assert "Practice" not in sides.vendor


def test_of_two_words_for_vendors_the_one_that_is_credited_buys() -> None:
    sides = of("Operator shall keep the trunk up. Carrier shall be granted a rebate. Carrier may withdraw from the contract.")
    assert ("Carrier" in sides.customer, "Operator" in sides.vendor) == (True, True)


def test_the_sellers_of_a_marketplace_are_its_customers() -> None:
    you = "You may list goods. You set your prices. You must ship in time. You agree to pay. You may leave. You may call us. You keep your rights. You accept this."
    sides = of(f'This Seller Agreement is between you and Barrowlane Corp. ("Barrowlane"). {you} Barrowlane may remove a listing. Barrowlane may change the Seller Policies.')
    assert ("Seller" in sides.customer, "Barrowlane" in sides.vendor) == (True, True)


def test_what_a_paper_calls_itself_is_no_party() -> None:
    made = of('This Supply Contract (the "Contract") is between Harbor DNS, Inc. ("Harbor") and Acme Ltd. ("Customer").\n\nThis Contract may be changed by both. The Contract shall end in May.')
    assert not {"Contract", "CONTRACT"} & {*made.vendor, *made.customer}
