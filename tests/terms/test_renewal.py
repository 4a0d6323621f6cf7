"""How agreements renew: the ways of wording it, and what looks like it and is not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from contractlens.terms.filling import Facts
from contractlens.values import Duration, compare

Read = Callable[..., Facts]
LIKE = "initial_term"


def same(expected: str | None, got: object) -> bool:
    """The same length of time, however it is counted: twelve months are a year."""
    return compare(Duration.parse(expected), got) == 0 if expected and isinstance(got, Duration) else expected == got


# id: the clause, the length of a renewal, the least notice
BY_ITSELF: dict[str, tuple[str, str | None, str | None]] = {
    "a like term": ("The initial term is two years. It shall automatically renew for a like term unless either party gives notice of non-renewal at least sixty (60) days before its end.", LIKE, "P60D"),
    "terms of equal length": ("The Initial Term is one year and will be automatically renewed for successive terms equal in duration to the Initial Term, unless either party objects in writing no fewer than 45 days before the end of the then-current term.", LIKE, "P45D"),
    "another term": ("After the initial term of three years, this Agreement automatically renews for consecutive terms of one (1) year each, unless a party notifies the other of its intention not to renew ninety (90) days or more before expiry.", "P1Y", "P90D"),
    "year to year": ("The term is 24 months. Thereafter this Agreement shall continue from year to year unless terminated by either party by three months' notice prior to the end of any year.", "P1Y", "P3M"),
    "on a yearly basis": ("The initial term is one year, and thereafter the term is extended automatically on a year-to-year basis unless cancelled in writing thirty days before the anniversary date.", "P1Y", "P30D"),
    "tacitly": ("This Agreement has a term of one year and is tacitly renewed for periods of the same length, unless one of the parties denounces it by registered letter at least three months before its expiry.", LIKE, "P3M"),
    "tacit renewal": ("The Contract is concluded for twelve months, with tacit renewal for further periods of twelve months save where either party gives two months' notice of termination before the end of the current period.", "P12M", "P2M"),
    "evergreen": ("The initial term is one year. The term is evergreen: it renews each year for another year unless a party gives thirty (30) days' written notice before the anniversary.", "P1Y", "P30D"),
    "unless terminated": ("This Agreement has an initial term of three years and shall be renewed for further periods of one year each unless terminated by either party on not less than 90 days' written notice before the end of the initial term or any renewal period.", "P1Y", "P90D"),
    "intention not to renew": ("The term shall be five years and shall thereafter be extended for additional one-year periods unless either party gives the other written notice of its intention not to renew at least one hundred eighty (180) days prior to the end of the then-current period.", "P1Y", "P180D"),
    "silence of both": ("The term is one year. If neither party notifies the other at least 30 days before the end of the term that it does not wish to go on, the term shall be extended for one more year.", "P1Y", "P30D"),
    "no notice given": ("The initial term is 36 months. Where no notice of termination has been given sixty days before its end, this Agreement renews for twelve months.", "P12M", "P60D"),
    "absence of notice": ("The initial term is two years. In the absence of written notice to the contrary given at least three (3) months before expiry, it shall be renewed for a further two years.", "P2Y", "P3M"),
    "deemed renewed": ("The term is one year. Unless Customer informs Provider otherwise no later than 30 days before expiry, the Agreement is deemed renewed for one additional year.", "P1Y", "P30D"),
    "payment renews": ("The initial term is one year. Payment by Customer of the renewal invoice, or use of the Services after the end of the term, automatically renews this Agreement for a further year.", "P1Y", None),
    "rolls over": ("The initial subscription period is 12 months. At the end of each period it rolls over for another 12 months unless you cancel at least 14 days before.", "P12M", "P14D"),
    "auto-renewal": ("Subscription Term: 24 months. Auto-renewal: 12 months at a time, unless either party opts out 60 days before the end of the term.", "P12M", "P60D"),
    "is renewed by itself": ("The term of this Agreement is one year. It renews itself for one year at a time unless notice is given one month before the end of a year.", "P1Y", "P1M"),
    "notice before the verb": ("The initial term is three years. Unless either party gives the other not less than six (6) months' prior written notice of termination, this Agreement will, upon expiry of the initial term, renew for successive two-year terms.", "P2Y", "P6M"),
    "without such notice": ("The initial term is three years. Either party may elect not to renew by giving written notice at least 120 days before the end of the term. Without such notice the term shall automatically be extended by one year.", "P1Y", "P120D"),
    "notice in the next sentence": ("The initial term is one year and this Agreement shall automatically renew for successive one-year terms. A party that does not wish to renew must give written notice at least ninety (90) days before the end of the then-current term.", "P1Y", "P90D"),
    "notice in another sub-clause": ("(a) The initial term is two years.\n\n(b) It shall renew automatically for additional terms of one year.\n\n(c) Either party may prevent renewal by giving the other sixty days' written notice before the end of the initial term or of a renewal term.", "P1Y", "P60D"),
    "items": ("This Agreement shall (i) commence on the Effective Date, (ii) continue for an initial term of four (4) years, and (iii) thereafter automatically renew for successive periods of two (2) years, unless either party gives notice of non-renewal ninety (90) days before the end of the then-current period.", "P2Y", "P90D"),
    "all in one sentence": ('This Agreement commences on the Effective Date and continues for an initial term of seven (7) years (the "Initial Term"), and will automatically renew for up to three consecutive terms of two (2) years each (each, a "Renewal Term" and together with the Initial Term, the "Term"), unless either party notifies the other party in writing of its intent not to renew at least one hundred eighty (180) days before the expiry of the Initial Term or then-current Renewal Term.', "P2Y", "P180D"),
    "subject to earlier termination": ("Subject to earlier termination as provided in Section 9 (which requires thirty (30) days' notice), the initial term is five years, and the Agreement shall automatically be renewed thereafter for periods of one year unless written notice of non-renewal is given ninety days before.", "P1Y", "P90D"),
    "all capitals": ("THE INITIAL TERM IS TWELVE (12) MONTHS. THIS AGREEMENT SHALL AUTOMATICALLY RENEW FOR ADDITIONAL TWELVE (12) MONTH PERIODS UNLESS EITHER PARTY GIVES WRITTEN NOTICE OF NON-RENEWAL AT LEAST THIRTY (30) DAYS PRIOR TO EXPIRATION.", "P12M", "P30D"),
    "odd numbers": ("The initial term is one (1) year and the term auto-renews for one(1)-year terms unless notice is given 30-days prior to the end.", "P1Y", "P30D"),
    "annual terms": ("The initial term is 18 months. It automatically renews for successive annual terms unless either party gives notice of non-renewal at least two (2) months before the end of the term.", "P1Y", "P2M"),
    "passive": ("The initial term is ten years. The term shall be automatically prolonged by five years each time, unless terminated in writing by one of the Parties with a notice period of twelve months before the end of the respective term.", "P5Y", "P12M"),
    "let lapse": ("The initial term is one year. It renews automatically for one year unless a party declares at least three months before its end that it lets it lapse.", "P1Y", "P3M"),
    "weeks": ("The term is one year, automatically renewed for one year unless cancelled by either side at least six weeks before the end of the year.", "P1Y", "P6W"),
    "before the anniversary": ("The initial term is three years; the Agreement shall be automatically extended on each anniversary of the Effective Date thereafter for one additional year unless either party gives notice to the contrary at least 60 days before such anniversary.", "P1Y", "P60D"),
    "expiring with the term": ("The term is one year. It continues thereafter for successive years unless terminated by not less than one month's notice expiring at the end of the first or any later year.", "P1Y", "P1M"),
    "not terminated in time": ("The contract runs for two years. If it is not terminated at least three months before the end of its term, it is extended by one year in each case.", "P1Y", "P3M"),
    "shall remain in force for further": ("This Agreement remains in force for three years and, unless one party gives the other at least six months' notice before the end of that period, shall remain in force for further periods of one year.", "P1Y", "P6M"),
    "licence to keep going": ("The licence is granted for one year and shall automatically extend for additional one-year periods upon payment of the annual fee, unless Licensee gives thirty days' notice before the end of the year.", "P1Y", "P30D"),
    "by the customer alone": ("The initial term is one year. The Services renew for successive terms of one year unless Customer notifies Provider in writing at least 30 days before the end of the current term.", "P1Y", "P30D"),
    "unless a reminder": ("The initial term is 12 months. Not later than 60 days before its end Provider reminds Customer; unless Customer cancels at least thirty (30) days before the end, the Agreement will renew automatically for 12 months.", "P12M", "P30D"),
    "automatically, may": ("The initial term is two years. The parties agree that this Agreement may automatically renew for one-year terms unless either party sends notice of non-renewal ninety days before the end.", "P1Y", "P90D"),
    "no notice named": ("The initial term is two years. Thereafter it shall automatically renew for successive one-year terms.", "P1Y", None),
    "another party's words": ("The initial term is two years, and this Agreement will auto renew for periods of two (2) additional years each unless either Party advises the other of its desire to terminate, in writing, on or before ninety (90) days prior to the end.", "P2Y", "P90D"),
    "same terms and conditions": ("The initial term is one year. Upon its expiration this Agreement shall renew automatically upon the same terms and conditions for a period of six (6) months, unless one month's notice is given.", "P6M", "P1M"),
    "unless sooner terminated": ("The initial term is one year, unless sooner terminated, and the Agreement shall be automatically renewed thereafter for additional one-year periods, unless at least thirty days before the end of the period either party notifies the other that it elects to let the Agreement expire.", "P1Y", "P30D"),
    "a threshold": ("The initial term is five years. If Distributor has bought 10,000 units in the last year, the Agreement shall automatically renew for a further five years.", "P5Y", None),
    "for so long as": ("The initial term is one year. Thereafter the Agreement shall automatically renew for one-year terms for so long as neither party has given ninety days' notice of non-renewal before the end of the term.", "P1Y", "P90D"),
}  # fmt: skip


@pytest.mark.parametrize(("clause", "length", "notice"), BY_ITSELF.values(), ids=BY_ITSELF)
def test_it_renews_by_itself(read_clause: Read, clause: str, length: str | None, notice: str | None) -> None:
    renewal = read_clause(clause).terms.renewal
    assert renewal is not None
    assert renewal.kind == "automatic"
    assert same(length, renewal.renewal_term), renewal.renewal_term
    assert same(notice, renewal.notice_min), renewal.notice_min


# id: the clause, and the least notice for asking
OPTIONS: dict[str, tuple[str, str | None]] = {
    "the customer's": ("The initial term is two years. Customer may renew this Agreement for one further year by written notice given at least ninety (90) days before the end of the initial term.", "P90D"),
    "the vendor's": ("The initial term is one year. Provider shall have the right to extend the term for two years upon sixty days' notice to Customer.", "P60D"),
    "by agreement": ("The initial term is three years and may be extended by written agreement of the parties.", None),
    "mutual consent": ("This Agreement is for five years. It may be renewed upon the mutual written consent of both parties no later than 30 days before expiry.", "P30D"),
    "by negotiation": ("The initial term is ten years. The parties shall meet in its last year to negotiate in good faith an extension of this Agreement.", None),
    "on conditions": ("The term is ten years. Franchisee may renew the franchise for one additional ten-year term if it is not in default, has remodelled the premises and pays the renewal fee.", None),
    "first refusal": ("The initial term is four years. At its end Customer has a right of first refusal to renew this Agreement on the terms offered to others.", None),
    "options to extend": ("The initial term is three years. Customer has two (2) options to extend the Term, each for one (1) year, exercisable by notice at least 120 days before the end of the then-current Term.", "P120D"),
    "renewable": ("This Agreement is valid for one year, renewable by mutual agreement for further years.", None),
    "automatic, but by agreement": ("The initial term is two years. It shall automatically renew for one year only if both parties agree in writing on the prices of the coming year.", None),
    "elects": ("The initial term is three years. If Customer elects to renew, it shall so notify Provider at least three months before the end; the renewal term is two years.", "P3M"),
    "unless renewed": ("This Agreement shall expire at the end of the initial term of one year unless renewed by a written instrument signed by both parties.", None),
    "new order": ("The subscription term is 12 months. To renew, Customer must place a new Order with Provider before the end of the term.", None),
    "will discuss": ("The initial term is two years. The parties will discuss a possible renewal of this Agreement during the last six months.", None),
    "at the option of": ("The term is five years, renewable at the option of the Customer for a further term of five years.", None),
    "board's approval": ("This Agreement continues for two years and thereafter from year to year only if such continuance is specifically approved at least annually by the board of directors.", None),
}  # fmt: skip


@pytest.mark.parametrize(("clause", "notice"), OPTIONS.values(), ids=OPTIONS)
def test_it_renews_only_if_somebody_acts(read_clause: Read, clause: str, notice: str | None) -> None:
    renewal = read_clause(clause).terms.renewal
    assert renewal is not None
    assert renewal.kind == "optional"
    assert same(notice, renewal.notice_min), renewal.notice_min


# id: the clause, and the notice that ends it
BY_THE_MONTH: dict[str, tuple[str, str | None]] = {
    "month to month": ("The initial term is one year, after which this Agreement continues month to month until ended by thirty (30) days' notice.", "P30D"),
    "monthly basis": ("The initial term is twelve months. Thereafter the Services are provided on a month-to-month basis.", None),
    "monthly renewals": ("The minimum term is six months. Thereafter the contract renews for successive periods of one month each unless cancelled.", None),
    "until terminated after a term": ("This Agreement has an initial term of three years and shall continue thereafter until terminated by either party on ninety (90) days' written notice.", "P90D"),
    "indefinitely": ("The initial period is two years; after that the Agreement continues indefinitely until either party gives six months' notice.", "P6M"),
    "rolling": ("The minimum commitment is 12 months, after which it becomes a rolling monthly contract.", None),
    "holds over": ("The initial term is one year. If the parties go on after it without a new agreement, it shall be deemed to continue on a month-to-month basis.", None),
}  # fmt: skip


@pytest.mark.parametrize(("clause", "notice"), BY_THE_MONTH.values(), ids=BY_THE_MONTH)
def test_it_goes_on_by_the_month(read_clause: Read, clause: str, notice: str | None) -> None:
    renewal = read_clause(clause).terms.renewal
    assert renewal is not None
    assert renewal.kind == "month_to_month"
    assert same(notice, renewal.notice_min), renewal.notice_min


NOT_AT_ALL = {
    "says nothing": "The term of this Agreement is three years from the Effective Date.",
    "non-renewable": "The term is one year and is non-renewable.",
    "does not renew": "The term is one year. This Agreement does not renew automatically or otherwise.",
    "expires": "This Agreement shall expire three years after the Effective Date without renewal.",
    "until terminated from the start": "This Agreement starts on the Effective Date and continues until terminated by either party on thirty days' notice.",
    "no obligation": "The term is two years. Neither party has any obligation to renew or extend this Agreement.",
    "what follows": "The term is two years. Upon any termination or non-renewal of this Agreement, Customer returns the equipment.",
    "insurance": "The term is two years. Provider shall renew its insurance policies automatically each year and give thirty days' notice of any cancellation.",
    "an authority's licence": "The term is two years. Provider's licence from the telecommunications authority is automatically renewed every five years unless the authority objects.",
    "patents": "The term is two years. Licensor shall file, maintain and renew all patents for successive periods.",
    "domain names": "The term is two years. Domain names registered for Customer renew automatically for one year unless Customer gives notice thirty days before their expiry.",
    "certificates": "The term is two years. SSL certificates are automatically renewed each year.",
    "registrations": "The term is two years. Each trademark registration shall be renewed for successive ten-year periods unless Owner notifies Agent otherwise.",
    "a lease inside": "The term is two years. The lease of the building renews automatically for five years unless the landlord gives six months' notice.",
    "time limits": "The term is two years. The time for performance shall be automatically extended by the length of the delay.",
    "force majeure": "The term is two years. If force majeure lasts, the obligations are suspended and every period is extended automatically by a like period.",
    "warranty": "The term is two years. The warranty of repaired goods is automatically extended for an additional ninety (90) days.",
    "credit facility": "The term is two years. The letter of credit shall contain an evergreen clause and renew automatically for one year unless the bank gives sixty days' notice.",
    "a policy as renewed": "The term is two years. Provider keeps the policy, as extended or renewed from time to time, with an insurer of good standing.",
    "a recital": "The term is two years. WHEREAS the earlier agreement between the parties was automatically renewed for one year and has ended;",
    "the vendor's own suppliers": "The term is two years. Provider's contracts with its carriers may be renewed or replaced at any time.",
    "secrecy": "The term is two years. The duty of confidentiality continues for successive years after the end of this Agreement until released.",
    "a cure period": "The term is two years. The cure period shall automatically be extended for thirty days while the party works on a cure.",
    "efforts": "The term is two years. Provider shall continue to extend support and renew its efforts each year.",
    "an option on shares": "The term is two years. The option to purchase shares may be extended for a further year by agreement of the shareholders.",
    "a moratorium": "The term is two years. The exclusivity period shall automatically be extended for one month at a time.",
    "employment": "The term is two years. Each key employee's employment contract shall be renewed for consecutive one-year terms.",
}  # fmt: skip


@pytest.mark.parametrize("clause", NOT_AT_ALL.values(), ids=NOT_AT_ALL)
def test_the_agreement_does_not_renew(read_clause: Read, clause: str) -> None:
    assert read_clause(clause).terms.renewal is None
