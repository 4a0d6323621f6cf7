"""When it was agreed, when it starts, how long it runs, when it ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from contractlens.terms.filling import Facts
from contractlens.values import Duration, compare

Read = Callable[..., Facts]
End = Callable[[Facts], date | None]

# id: what the opening says, and the date of the agreement
AGREED: dict[str, tuple[str, date | None]] = {
    "made as of": ('This Services Agreement is made as of June 21, 2019 by and between Acme, Inc. ("Provider") and Beta LLC ("Customer").', date(2019, 6, 21)),
    "this day of": ('THIS AGREEMENT, made and entered into this 5th day of March, 2020, by and between Acme, Inc. ("Provider") and Beta LLC ("Customer"):', date(2020, 3, 5)),
    "in words": ('This Agreement is executed this twenty-first day of June 2019 between Acme, Inc. ("Provider") and Beta LLC ("Customer").', date(2019, 6, 21)),
    "dated": ('HOSTING AGREEMENT dated 3 May 2021 between Acme Ltd ("Provider") and Beta Ltd ("Customer")', date(2021, 5, 3)),
    "parenthesis": ('This Agreement ("Agreement") is entered into on 1 February 2018 (the "Effective Date") by Acme, Inc. ("Provider") and Beta LLC ("Customer").', date(2018, 2, 1)),
    "label": ("Agreement Date: 3 May 2021\n\nAcme, Inc. and Beta LLC agree as follows.", date(2021, 5, 3)),
    "a line of its own": ("March 12, 2019\n\nAcme, Inc. and Beta LLC agree as follows.", date(2019, 3, 12)),
    "before the parties": ('On this 9th of July, 2018, Acme, Inc. ("Provider") and Beta LLC ("Customer") conclude the following agreement.', date(2018, 7, 9)),
    "another agreement's date": ('Acme, Inc. and Beta LLC have entered into that certain Master Agreement dated May 4, 2011 and now agree as follows.', None),
    "a recital": ("WHEREAS, the parties entered into a prior agreement dated May 4, 2011;", None),
    "a statute": ("Acme, Inc., registered under the Companies Act of 12 May 1999, and Beta LLC agree as follows.", None),
    "a power of attorney": ("Acme, Inc., represented under the power of attorney dated January 3, 2015, and Beta LLC agree as follows.", None),
    "a filing": ("Filed with the Commission on April 2, 2016\n\nAcme, Inc. and Beta LLC agree as follows.", None),
    "a version": ("Version of 12 May 2017. Last updated May 12, 2017.\n\nAcme, Inc. and Beta LLC agree as follows.", None),
    "a blank": ('This Agreement is made as of this ____ day of May, 2020 between Acme, Inc. ("Provider") and Beta LLC ("Customer").', None),
    "a redaction": ('This Agreement is made as of [***], 2020 between Acme, Inc. ("Provider") and Beta LLC ("Customer").', None),
    "an invoice": ("Acme, Inc. and Beta LLC agree as follows. The first invoice is dated May 4, 2011.", None),
}  # fmt: skip


@pytest.mark.parametrize(("opening", "expected"), AGREED.values(), ids=AGREED)
def test_the_date_of_the_agreement(read_clause: Read, opening: str, expected: date | None) -> None:
    assert read_clause("The term is one year.", opening=opening).terms.agreement_date == expected


MADE = 'This Agreement is made on March 1, 2020 between Acme Hosting, Inc. ("Provider") and Beta LLC ("Customer").'

# id: the clause on the term of an agreement made on 1 March 2020, the start of its term (None: unknown)
STARTS: dict[str, tuple[str, date | None]] = {
    "nothing said": ("The initial term is one year.", date(2020, 3, 1)),
    "a day": ("This Agreement takes effect on April 15, 2020 and runs for one year.", date(2020, 4, 15)),
    "commences": ("The initial term is one year, commencing on April 15, 2020.", date(2020, 4, 15)),
    "defined": ('"Effective Date" means April 15, 2020. The initial term is one year from the Effective Date.', date(2020, 4, 15)),
    "first written above": ('The initial term is one year from the date first written above.', date(2020, 3, 1)),
    "the date hereof": ("The initial term is one year from the date hereof.", date(2020, 3, 1)),
    "signature": ("The initial term is one year from the date of signature of this Agreement.", date(2020, 3, 1)),
    "retroactive": ("With effect from January 1, 2020 this Agreement has an initial term of one year.", date(2020, 1, 1)),
    "launch": ("The initial term is one year from the Launch Date.", None),
    "launch, defined": ('"Launch Date" means the day on which the site is open to the public. The initial term is one year from the Launch Date.', None),
    "acceptance": ("The initial term is one year from acceptance of the System by Customer.", None),
    "activation": ("The initial term begins on the date on which the Services are activated and lasts one year.", None),
    "first delivery": ("This Agreement runs for one year following the first delivery of Products.", None),
    "regulatory approval": ("This Agreement becomes effective upon approval by the authority and remains in force for one year thereafter.", None),
    "closing": ("The initial term begins at the Closing and continues for one year.", None),
    "each service": ("The initial term of each Service is one year from its installation.", None),
    "blank": ("The Effective Date is ______ __, 2020. The initial term is one year from the Effective Date.", None),
    "a commencement date defined as a day": ('"Commencement Date" means 1 May 2020. The initial term is one year from the Commencement Date.', date(2020, 5, 1)),
}  # fmt: skip


@pytest.mark.parametrize(("clause", "expected"), STARTS.values(), ids=STARTS)
def test_what_the_term_is_counted_from(read_clause: Read, clause: str, expected: date | None) -> None:
    facts = read_clause(clause, opening=MADE)
    assert facts.start == expected
    assert expected or any(gap.needs == "--effective-date" for gap in facts.gaps)


# id: the clause of an agreement effective on 1 March 2020, the length of its first term, its end
TERMS: dict[str, tuple[str, str | None, date | None]] = {
    "from the effective date": ("The term of this Agreement is three years from the Effective Date.", "P3Y", date(2023, 2, 28)),
    "months": ("This Agreement commences on the Effective Date and continues for a period of eighteen (18) months.", "P18M", date(2021, 8, 31)),
    "table": ("\n\n| Subscription Term | 24 months |\n| --- | --- |\n| Start Date | March 1, 2020 |", "P24M", date(2022, 2, 28)),
    "label": ("\n\nInitial Term: 36 months", "P36M", date(2023, 2, 28)),
    "order form": ("\n\nSubscription Period: 12 months\n\nSubscription Start Date: 1 June 2020", "P12M", date(2021, 5, 31)),
    "until a day": ("This Agreement shall continue in effect until December 31, 2025, unless sooner terminated.", None, date(2025, 12, 31)),
    "from and until": ("The term runs from March 1, 2020 through and including February 28, 2022.", None, date(2022, 2, 28)),
    "expires on": ("Unless extended, this Agreement expires on 30 June 2021.", None, date(2021, 6, 30)),
    "second anniversary": ("This Agreement shall remain in force until the second anniversary of the Effective Date.", "P2Y", date(2022, 2, 28)),
    "the day before": ("The term continues through the day before the second (2nd) anniversary of the Effective Date.", "P2Y", date(2022, 2, 28)),
    "first anniversary in figures": ("The initial term ends on the 1st anniversary of the Effective Date.", "P1Y", date(2021, 2, 28)),
    "end of the calendar year": ("The initial term starts on the Effective Date and continues until the end of the calendar year.", None, date(2020, 12, 31)),
    "end of next year": ("This Agreement is concluded until the end of the calendar year 2022.", None, date(2022, 12, 31)),
    "fixed term": ("This Agreement is entered into for a fixed term of five (5) years.", "P5Y", date(2025, 2, 28)),
    "period of": ("The Provider is appointed for a period of two years.", "P2Y", date(2022, 2, 28)),
    "valid for": ("This contract is valid for one year.", "P1Y", date(2021, 2, 28)),
    "a hyphen": ("This Agreement has a 3-year initial term.", "P3Y", date(2023, 2, 28)),
    "brackets first": ("The Initial Term shall be 5 (five) years.", "P5Y", date(2025, 2, 28)),
    "secrecy is longer": ("The term is two years. Confidential information is kept secret for five years after the end of this Agreement.", "P2Y", date(2022, 2, 28)),
    "a warranty only": ("Provider warrants the System for a period of three years from delivery.", None, None),
    "a notice only": ("Either party may terminate this Agreement upon twelve months' notice.", None, None),
    "survival only": ("Sections 5 and 6 survive for a period of three years after termination of this Agreement.", None, None),
    "records only": ("Provider keeps its records during this Agreement and for a period of two (2) years thereafter.", None, None),
    "a payment plan": ("The price is paid over a period of three years in equal installments.", None, None),
    "perpetual": ("This Agreement is perpetual unless terminated. Support is charged for one year at a time.", None, None),
    "not before": ("Either party may terminate this Agreement by notice, but not before the second anniversary of the Effective Date.", None, None),
    "non-compete": ("For a period of two years after this Agreement ends, Provider shall not serve competitors of Customer.", None, None),
    "how long a thing is good for": ("Cards are valid for twenty-four (24) months, and Provider renews each of them.", None, None),
    "how long another licence is for": ("The database licence obtained by Provider on January 14, 2002 is a term licence of thirty-six (36) months.", None, None),
    "begins with an event, regardless": (
        "This Agreement is effective retroactively as of January 1, 2020 (the \"Service Date\"), regardless of the day on which it is signed, and shall remain in effect for two (2) years from the Effective Date.",
        "P2Y",
        date(2021, 12, 31),
    ),
    "a fraction": ("The initial term is one and one-half (1.5) years.", "P18M", date(2021, 8, 31)),
}  # fmt: skip


@pytest.mark.parametrize(("clause", "length", "end"), TERMS.values(), ids=TERMS)
def test_how_long_it_first_runs(read_clause: Read, end_of: End, clause: str, length: str | None, end: date | None) -> None:
    facts = read_clause(clause)
    term = facts.terms.initial_term
    assert compare(Duration.parse(length), term) == 0 if length and term else length == term, term
    assert end_of(facts) == end


OTHER_HEADINGS = {
    "SERVICES": "Provider shall provide the hosting described in Exhibit A.",
    "CONFIDENTIALITY": "The term is five years from the date hereof.",
    "NON-SOLICITATION": "Beginning on the date hereof, and for two years, neither party shall hire employees of the other.",
    "ESCROW": "It commences on the date hereof and shall continue for a period of three years.",
    "GOVERNING LAW": "The laws of Ohio govern this Agreement.",
}
OPENED = 'This Agreement is made as of March 1, 2020 (the "Effective Date") between Acme Hosting, Inc. ("Provider") and Beta LLC ("Customer").'

# id: the opening, the clause on the term, the length of the first term, its end
FROM_THE_OPENING: dict[str, tuple[str, str, str | None, date | None]] = {
    "the term of this agreement shall": (OPENED, "The term of this Agreement shall be for a period of two (2) years from and after the Effective Date, unless sooner terminated.", "P2Y", date(2022, 2, 28)),
    "this agreement will begin on the": (OPENED, "This Agreement will begin on the Effective Date and will remain in effect for thirty-six (36) consecutive months.", "P36M", date(2023, 2, 28)),
    "unless earlier terminated under section this": (OPENED, "Unless earlier terminated under Section 9, this Agreement shall have a term of five years commencing as of the Effective Date and expiring on the fifth anniversary thereof.", "P5Y", date(2025, 2, 28)),
    "the term commences on the effective": (OPENED, "The Term commences on the Effective Date and ends at midnight on February 28, 2023.", None, date(2023, 2, 28)),
    "customer engages provider and provider accepts": (OPENED, "Customer engages Provider, and Provider accepts the engagement, for a one-year period beginning March 15, 2020.", "P1Y", date(2021, 3, 14)),
    "subject to section the license granted": (OPENED, "Subject to Section 12, the license granted herein shall be in effect for a term of twenty (20) years.", "P20Y", date(2040, 2, 29)),
    "the consulting period shall begin on": (OPENED, "The Consulting Period shall begin on April 1, 2020 and end on September 30, 2020.", None, date(2020, 9, 30)),
    "this agreement shall terminate automatically on": (OPENED, "This Agreement shall terminate automatically on the third anniversary of its Effective Date.", "P3Y", date(2023, 2, 28)),
    "neither party may terminate this agreement": (OPENED, "Neither party may terminate this Agreement during the first two years. The initial term is four years.", "P4Y", date(2024, 2, 29)),
    "the term is three years during": (OPENED, "The term is three (3) years. During the last six months of the Term Customer may solicit bids from others.", "P3Y", date(2023, 2, 28)),
    "provider shall retain the data for": (OPENED, "Provider shall retain the data for seven years. The Agreement continues for 2 years.", "P2Y", date(2022, 2, 28)),
    "contract year means each period of": (OPENED, "Contract Year means each period of twelve months beginning on the Effective Date. The term of this Agreement is six Contract Years.", "P6Y", date(2026, 2, 28)),
    "all amounts are due in monthly": (OPENED, "All amounts are due in 24 monthly installments over a period of two years from the Effective Date.", None, None),
    "either party may bring an action": (OPENED, "Either party may bring an action only within two years from the date on which the cause of action arose.", None, None),
    "for a period of one year": (OPENED, "For a period of one (1) year from the Effective Date Provider will not raise its prices.", None, None),
    "provider grants customer exclusivity in the": (OPENED, "Provider grants Customer exclusivity in the Territory for a period of three years following the Effective Date.", None, None),
    "the products are warranted for one": (OPENED, "The Products are warranted for one year from the date of shipment.", None, None),
    "customer shall maintain insurance during the": (OPENED, "Customer shall maintain insurance during the term of this Agreement and for a period of three (3) years after its expiration.", None, None),
    "the employee lease term is five": (OPENED, "The employee lease term is five years for the premises at 1 Main Street.", None, None),
    "if the failure continues for a": (OPENED, "If the failure continues for a period of two months, either party may terminate this Agreement.", None, None),
    "during the term and for eighteen": (OPENED, "During the term and for eighteen months thereafter neither party shall hire employees of the other.", None, None),
    "the parties estimate that the project": (OPENED, "The parties estimate that the project will take a period of six months from commencement.", None, None),
    "the term of this agreement is": (MADE, "The term of this Agreement is two years beginning with the first commercial shipment of the Product.", "P2Y", None),
    "the initial term shall commence on": (MADE, "The Initial Term shall commence on the Go-Live Date and shall continue for a period of three years.", "P3Y", None),
    "the term shall run for one": (MADE, "The term shall run for one year from the date the last party signs this Agreement.", "P1Y", date(2021, 2, 28)),
    "this agreement becomes effective on the": (MADE, "This Agreement becomes effective on the date of the last signature below and remains in force for three years.", "P3Y", date(2023, 2, 28)),
    "the initial term begins on the": (MADE, "The initial term begins on the date the Network is connected and ends 24 months later.", "P24M", None),
    "the initial term of five years": (MADE, "The initial term of five years shall begin on the date on which FDA approval is obtained.", "P5Y", None),
    "effective date means the date on": (MADE, '"Effective Date" means the date on which all conditions in Section 3 are fulfilled. The initial term is two years from the Effective Date.', "P2Y", None),
    "commencement date means the date set": (MADE, '"Commencement Date" means the date set forth in the Order Form. The initial term is two years from the Commencement Date.', "P2Y", None),
    "this agreement is effective as of": (MADE, "This Agreement is effective as of January 1, 2020 and shall continue for one year.", "P1Y", date(2020, 12, 31)),
    "this agreement is effective for the": (MADE, "This Agreement is effective for the 2020-2021 season.", None, None),
    "the term is ten years from": ('This Agreement is entered into effective the 15th day of June, 2018 ("Effective Date"), by and between Acme, Inc. and Beta LLC.', "The term is ten years from the Effective Date.", "P10Y", date(2028, 6, 14)),
    "the term is one year": ('THIS AGREEMENT dated for reference the 2nd day of July, 2018, BETWEEN: ACME, INC. AND BETA LLC', "The term is one year.", "P1Y", date(2019, 7, 1)),
    "section of the agreement is amended": ('This First Amendment, dated May 1, 2019, amends the Agreement dated June 1, 2016 between Acme, Inc. and Beta LLC.', "Section 2 of the Agreement is amended to read: the term is three years from the Effective Date.", "P3Y", None),
    "the term is one year from": ('This Agreement, effective upon the later of the dates of signature below, is between Acme, Inc. and Beta LLC.', "The term is one year from the Effective Date.", "P1Y", None),
    "the term is one year, agreement made in duplicate this 3rd": ('MEMORANDUM OF AGREEMENT made in duplicate this 3rd day of January A.D. 2017 BETWEEN Acme, Inc. and Beta LLC', "The term is one year.", "P1Y", date(2018, 1, 2)),
    "this agreement shall commence on the": ('Date: 14 February 2019\n\nParties: Acme Ltd and Beta Ltd', "This agreement shall commence on the date when it has been signed by both parties and shall continue for one year.", "P1Y", date(2020, 2, 13)),
    "until the end of a counted year": (MADE, "This Agreement remains in force until December 31 of the fifth full calendar year following the Effective Date.", None, date(2025, 12, 31)),
    "until the last day of a counted year": (MADE, "The initial term of this Agreement runs until the last day of the second (2nd) calendar year after the date hereof.", None, date(2022, 12, 31)),
    "until a day of a counted year": (MADE, "This Agreement continues until June 30 of the third calendar year following its commencement.", None, date(2023, 6, 30)),
    "the end of a quarter": (MADE, "This Agreement continues until the close of the second calendar quarter of 2022.", None, date(2022, 6, 30)),
    "the end of the last quarter": (MADE, "The initial term expires at the end of the fourth quarter of the year 2023.", None, date(2023, 12, 31)),
    "months before their number": (MADE, "Initial Term (months):         24", "P24M", date(2022, 2, 28)),
    "crop years from a day": (MADE, "The term of this Agreement is five (5) Crop Years, beginning September 1, 2020.", "P5Y", date(2025, 8, 31)),
    "fiscal years with a start of their own": (MADE, "The term of this Agreement is three (3) Fiscal Years.", "P3Y", None),
    "granted for a period": (MADE, 'Provider grants to Customer, for a period of three (3) years from the Effective Date (the "Term"), the right to use the software.', "P3Y", date(2023, 2, 28)),
    "from a day of an event in brackets": (OPENED, 'The term shall begin on the Effective Date and shall expire twenty (20) years from the date on which the shop first opens for business (the "Opening Date").', "P20Y", None),
    "an end by a defined start": (OPENED, '"Campaign Start" means May 1, 2020. The term of this Agreement shall extend from the Effective Date until eighteen (18) months after the Campaign Start.', "P18M", date(2021, 10, 31)),
    "an end in the preamble": ('This Reseller Agreement, effective as of February 10, 2003 and continuing through February 9, 2006 (the "Term"), is between Acme, Inc. and Beta LLC.', "Reseller buys at list prices.", None, date(2006, 2, 9)),
    "another contract that expires": (MADE, '"GSA Schedule" means a contract of Provider, which expires March 31, 2024.', None, None),
    "a length that was": (MADE, "The Services Agreement had an initial term of three (3) years, commencing April 1, 2017.", None, None),
    "a right to leave after a time": (MADE, "Customer may terminate this Agreement in its entirety after the second anniversary of the Effective Date.", None, None),
    "a fee for no more than a time": (MADE, "Customer pays $55,000 each month, beginning March 15, 2020, for no more than seventeen (17) months.", None, None),
    "a day on which something else ends": (MADE, "The term is two years. The migration is provided until the Acceptance Date, or 30 September 2020 if earlier.", "P2Y", date(2022, 2, 28)),
    "an automatic extension beside the initial term": (MADE, "Initial Term: the period of two years from the Commencement Date.\n\nCommencement Date: the date of this agreement.\n\nIt shall continue for the Initial Term and shall automatically extend for 12 months at the end of the Initial Term.", "P2Y", date(2022, 2, 28)),
    "the earlier of a termination and a length": (OPENED, "This Agreement shall be effective until the earlier of (a) its termination in accordance with Article 14 or (b) the date that is two (2) years after the date of this Agreement.", "P2Y", date(2022, 2, 28)),
    "the earlier of an event and a length": (OPENED, "This Agreement shall be effective until the earlier of (a) completion of the Project or (b) the date that is two (2) years after the Effective Date.", "P2Y", None),
    "the earliest of three": (OPENED, "This Agreement shall be effective until the earliest of (a) its termination under Article 14, (b) the date that is two (2) years after the Effective Date and (c) the sale of the plant.", "P2Y", None),
    "a ticked box": (OPENED, "¨ Worldwide\n\nLicense Term Perpetual, unlimited runs x Other: 2 years", "P2Y", date(2022, 2, 28)),
    "an engagement of a length": (OPENED, "The Company agrees to a one year engagement of the Speaker.", "P1Y", date(2021, 2, 28)),
    "a cover's effective date": ("OUTSOURCING AGREEMENT\n\nBETWEEN ACME, INC. AND BETA LLC\n\nEFFECTIVE DATE\n\nJUNE 1, 2018", '"Effective Date" means the day on which all approvals are given. This Agreement continues for three years from the Effective Date.', "P3Y", date(2021, 5, 31)),
    "a counted year after an event": (MADE, "This Agreement continues until December 31 of the third full calendar year following the opening of the plant.", None, None),
    "a counted year that begins on its first day": ('This Agreement is made as of January 1, 2020 between Acme, Inc. and Beta LLC.', "This Agreement ends on the last day of the second full calendar year.", None, date(2021, 12, 31)),
    "an effective date by the first paragraph": (MADE, '"Effective Date" means the date set forth in the first paragraph of this Agreement. The initial term is two years from the Effective Date.', "P2Y", date(2022, 2, 28)),
    "a section that binds": (MADE, "This Section binds Recipient until the second anniversary of the last disclosure.", None, None),
    "while in effect and afterwards": (MADE, "While this Agreement is in effect and for two (2) years afterwards, neither party shall entice away employees of the other.", None, None),
    "the term of a joint venture": (MADE, 'The term of the Company (the "Joint Venture Term") is twenty (20) years from the date hereof.', "P20Y", date(2040, 2, 29)),
    "this restatement": (OPENED, "This Restatement comes into force on April 1, 2020 and shall terminate on December 31, 2023.", None, date(2023, 12, 31)),
    "a schedule set apart by blanks": (MADE, "The initial term is ten years commencing on the Commencement Date stated in Schedule 2.\n\nSCHEDULE 2\n\n1. Commencement Date (all Sites):     December 1, 2020\n2. Monthly fee:     $500", "P10Y", date(2030, 11, 30)),
    "an amendment of the agreement": ('This First Amendment is made as of May 1, 2019 and amends the Distribution Agreement dated June 1, 2016 (the "Agreement") between Acme, Inc. and Beta LLC.', "Section 11.1 is replaced: The term of this Agreement is extended and shall continue until February 28, 2022.", None, date(2022, 2, 28)),
    "the term is one year, is made and entered into by": ('This Agreement is made and entered into by and between Acme, Inc. and Beta LLC as of the 1st of October 2019.', "The term is one year.", "P1Y", date(2020, 9, 30)),
}  # fmt: skip


@pytest.mark.parametrize(("opening", "clause", "length", "end"), FROM_THE_OPENING.values(), ids=FROM_THE_OPENING)
def test_the_end_follows_from_opening_and_clause(
    read_clause: Read, end_of: End, opening: str, clause: str, length: str | None, end: date | None
) -> None:
    facts = read_clause(clause, opening=opening)
    term = facts.terms.initial_term
    assert compare(Duration.parse(length), term) == 0 if length and term else length == term, term
    assert end_of(facts) == end


def test_a_length_under_a_heading_on_something_else_is_no_term(read: Read) -> None:
    body = "\n\n".join(f"{i}. {name}\n\n{i}.1 {text}" for i, (name, text) in enumerate(OTHER_HEADINGS.items(), 1))
    assert read(f"{MADE}\n\n{body}\n").terms.initial_term is None


def test_a_date_given_by_the_user_is_what_the_term_is_counted_from(read: Read, end_of: End) -> None:
    facts = read("This Agreement is between Acme, Inc. and Beta LLC.\n\n1. Term. The initial term is one year from the Effective Date.", date(2024, 2, 1))
    assert (facts.terms.effective_date, end_of(facts)) == (date(2024, 2, 1), date(2025, 1, 31))


def test_the_date_beside_the_last_signature_is_the_agreement_s(read: Read) -> None:
    body = "\n\n".join(f"{i}. Clause. The parties agree on this point as well." for i in range(1, 12))
    signed = "By: ______ Provider\n\nDate: May 3, 2019\n\nBy: ______ Customer\n\nDate: May 7, 2019\n"
    facts = read(f'Acme, Inc. ("Provider") and Beta LLC ("Customer") agree as follows.\n\n{body}\n\n{signed}')
    assert facts.terms.agreement_date == date(2019, 5, 7)


def test_an_effective_date_that_is_the_last_signature_s_is_read_beside_the_signatures(read: Read, end_of: End) -> None:
    head = 'AGREEMENT dated 15 May 2019 between Acme Ltd ("Provider") and Beta Ltd ("Customer").'
    body = 'It enters into force upon its execution by both parties, being the later of the dates appearing beside their signatures (the "Effective Date"). The initial term is three years from the Effective Date.'
    filler = "\n\n".join(f"{i}. Clause. The parties agree on this point as well." for i in range(1, 12))
    signed = "Signature: A. Doe        Signature: B. Roe\nDate of signing: 15 May 2019        Date of signing: 21 May 2019\n"
    facts = read(f"{head}\n\n{body}\n\n{filler}\n\n{signed}")
    assert (facts.terms.agreement_date, facts.terms.effective_date, end_of(facts)) == (date(2019, 5, 15), date(2019, 5, 21), date(2022, 5, 20))


@pytest.mark.parametrize("label", ["End Date", "Expiration Date", "Delivery Date"])
def test_a_date_of_something_else_beside_signatures_is_not_the_agreement_s(read: Read, label: str) -> None:
    body = "\n\n".join(f"{i}. Clause. The parties agree on this point as well." for i in range(1, 12))
    facts = read(f'Acme, Inc. ("Provider") and Beta LLC ("Customer") agree as follows.\n\n{body}\n\nBy: A. Doe\n\nSubscription {label}: May 7, 2019\n')
    assert facts.terms.agreement_date is None


OTHER_DATES = {
    "amended and restated": "This Amended and Restated Agreement, amending the Original Agreement dated January 1, 2015, is made as of March 1, 2020 by Acme, Inc. and Beta LLC.",
    "recital first": "WHEREAS a Master Agreement dated January 1, 2015 exists;\n\nThis Order is made on March 1, 2020 between Acme, Inc. and Beta LLC.",
    "exhibit": "Filed as Exhibit 10.1 on May 5, 2021\n\nThis Agreement is made on March 1, 2020 between Acme, Inc. and Beta LLC.",
    "statute": "Under the Electronic Commerce Act of June 8, 2000 this Agreement is made on March 1, 2020 between Acme, Inc. and Beta LLC.",
}


@pytest.mark.parametrize("opening", OTHER_DATES.values(), ids=OTHER_DATES)
def test_another_document_s_date_is_not_the_agreement_s(read_clause: Read, opening: str) -> None:
    assert read_clause("The term is one year.", opening=opening).terms.agreement_date == date(2020, 3, 1)


# openings of papers of 24 August 2005 that amend, restate or hang on one of 1 July 2001
AMENDING = [
    'THIS AMENDMENT NO. 1 TO THE RESELLER AGREEMENT dated as of July 1, 2001 is made as of August 24, 2005 between Acme, Inc. ("Acme") and Beta LLC ("Beta").',
    'This First Amendment (the "Amendment") to the Services Agreement dated July 1, 2001 (the "Agreement") is entered into as of August 24, 2005, by and between Acme, Inc. ("Acme") and Beta LLC ("Beta").',
    'This Amendment No. 3 (this "Amendment") is dated August 24, 2005 and amends the Authorized Reseller Agreement dated as of July 1, 2001 (the "Base Agreement") between Acme, Inc. and Beta LLC.',
    'AMENDMENT dated as of August 24, 2005 to the License Agreement, dated as of July 1, 2001, by and between Acme, Inc. ("Acme") and Beta LLC ("Beta").',
    'This Second Amendment, effective as of August 24, 2005 (the "Amendment Date"), amends that certain Agreement dated July 1, 2001 between Acme, Inc. and Beta LLC.',
    'Acme, Inc. and Beta LLC, having entered into an Agreement dated July 1, 2001, hereby agree this 24th day of August, 2005 as follows:',
    'Reference is made to the Supply Agreement, dated as of July 1, 2001 (as amended, the "Agreement"), between Acme, Inc. and Beta LLC. This Amendment to the Agreement is made as of August 24, 2005.',
    'This Amendment Agreement (the "Amendment") to that certain Distribution Agreement, made and entered into as of July 1, 2001, is made this 24th day of August, 2005, by and among Acme, Inc. and Beta LLC.',
    'FIRST AMENDMENT TO MASTER SERVICES AGREEMENT\n\nThis First Amendment to Master Services Agreement ("Amendment") is effective August 24, 2005 and amends the Master Services Agreement between Acme, Inc. and Beta LLC dated July 1, 2001.',
    'This Supplemental Agreement No. 2 is entered into as of August 24, 2005, by Acme, Inc. and Beta LLC to supplement the Agreement between them of July 1, 2001.',
    'This Deed of Variation is made on 24 August 2005 between Acme, Inc. and Beta LLC and varies the agreement dated 1 July 2001.',
    'AMENDED AND RESTATED SERVICES AGREEMENT\n\nThis Amended and Restated Services Agreement amends and restates in its entirety the Services Agreement dated July 1, 2001, and is made as of August 24, 2005 between Acme, Inc. and Beta LLC.',
    'This Addendum, dated August 24, 2005, is attached to and made part of the Agreement of July 1, 2001 between Acme, Inc. and Beta LLC.',
    'This Statement of Work is entered into as of August 24, 2005 under the Master Agreement dated July 1, 2001 between Acme, Inc. and Beta LLC.',
]  # fmt: skip


@pytest.mark.parametrize("opening", AMENDING)
def test_an_amendment_has_its_own_date(read_clause: Read, opening: str) -> None:
    assert read_clause("All other terms of the Agreement remain in force.", opening=opening).terms.agreement_date == date(2005, 8, 24)


def test_a_term_defined_beside_other_names_counts(read_clause: Read) -> None:
    clause = 'In this Agreement "Facility" means the hall at Parkwest; "Commencement Date" means 1 October 2011; "Fixed Term" means the period of five years from the Commencement Date; "Cage" means the area hatched red. This Agreement takes effect on the Commencement Date.'
    terms = read_clause(clause, opening=MADE).terms
    assert (terms.initial_term, terms.effective_date) == (Duration(5, "year"), date(2011, 10, 1))
