"""How often it renews, when notice is in time, and who may give it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from contractlens.reckoning import first_opt_out
from contractlens.terms.filling import Facts
from contractlens.values import Duration, compare

Read = Callable[..., Facts]
ONE_YEAR = "The initial term is one year. "


def same(expected: str | None, got: object) -> bool:
    return compare(Duration.parse(expected), got) == 0 if expected and isinstance(got, Duration) else expected == got


# id: the clause, again and again?, the most renewals
HOW_OFTEN: dict[str, tuple[str, bool | None, int | None]] = {
    "successive": ("It shall automatically renew for successive one-year terms.", True, None),
    "each anniversary": ("It shall be automatically renewed on each anniversary for one year.", True, None),
    "year to year": ("It then continues automatically from year to year.", True, None),
    "each renewal term": ("It renews automatically for one year at the end of the initial term and of each renewal term.", True, None),
    "one additional": ("It shall automatically renew for one (1) additional one-year term.", False, 1),
    "an additional": ("It shall automatically renew for an additional term of one year.", False, 1),
    "two further": ("It shall automatically renew for two (2) further terms of one year each.", False, 2),
    "up to three": ("It shall automatically renew for up to three additional one-year terms.", False, 3),
    "not more than four": ("It shall automatically renew for not more than four successive one-year terms.", False, 4),
    "five times": ("It shall automatically renew five times for one year.", False, 5),
    "once": ("It shall automatically be renewed once for one year.", False, 1),
    "maximum": ("It renews automatically for successive one-year terms, up to a maximum of five renewals.", False, 5),
}


@pytest.mark.parametrize(("clause", "again", "most"), HOW_OFTEN.values(), ids=HOW_OFTEN)
def test_how_often_it_renews(read_clause: Read, clause: str, again: bool | None, most: int | None) -> None:
    renewal = read_clause(ONE_YEAR + clause).terms.renewal
    assert renewal is not None
    assert (renewal.kind, renewal.successive, renewal.max_renewals) == ("automatic", again, most)


# id: the clause, the least and the most notice, the day of the year
WINDOWS: dict[str, tuple[str, str | None, str | None, str | None]] = {
    "least and most": ("unless either party gives notice not less than thirty (30) nor more than sixty (60) days before the end of the term", "P30D", "P60D", None),
    "most and least": ("unless either party gives written notice no more than 90 days and no less than 30 days before expiry", "P30D", "P90D", None),
    "between": ("unless either party gives notice between sixty and thirty days before the end of the term", "P30D", "P60D", None),
    "within": ("unless either party gives written notice within ninety (90) days prior to the end of the term", None, "P90D", None),
    "business days": ("unless cancelled at least ten (10) business days before the end of the term", "P10D", None, None),
    "half a year": ("unless notice is given at least half a year before its end", "P6M", None, None),
    "a month": ("unless either party gives a month's notice before its end", "P1M", None, None),
    "months and days beside it": ("unless either party gives notice at least three months before its end; any fee paid in advance is repaid within ten days", "P3M", None, None),
    "a day of each year": ("unless either party gives notice on or before November 1 of each year", None, None, "--11-01"),
    "day and month": ("unless either party gives notice by 30 September of the year", None, None, "--09-30"),
    "a price notice beside it": ("provided that Provider gives sixty (60) days' notice of new prices, unless either party gives notice of non-renewal at least 30 days before the end", "P30D", None, None),
}  # fmt: skip


@pytest.mark.parametrize(("clause", "least", "most", "day"), WINDOWS.values(), ids=WINDOWS)
def test_when_notice_is_in_time(read_clause: Read, clause: str, least: str | None, most: str | None, day: str | None) -> None:
    renewal = read_clause(f"{ONE_YEAR}It shall automatically renew for successive one-year terms, {clause}.").terms.renewal
    assert renewal is not None
    assert (same(least, _calendar(renewal.notice_min)), same(most, renewal.notice_max), renewal.notice_date) == (True, True, day), renewal


def _calendar(duration: Duration | None) -> Duration | None:
    return Duration(duration.count, duration.unit) if duration else None


NO_NOTICE = {
    "termination for breach": "It renews automatically for one year. Either party may end it for breach on thirty days' notice.",
    "termination at any time": "It renews automatically for one year. After the initial term Customer may terminate this Agreement at any time by three months' notice.",
    "payment days": "It renews automatically for one year at the then-current fees, payable within thirty days.",
    "the vendor's reminder": "It renews automatically for one year. Provider shall send a reminder at least 60 days before the end of the term.",
}  # fmt: skip


@pytest.mark.parametrize("clause", NO_NOTICE.values(), ids=NO_NOTICE)
def test_another_period_is_no_notice_of_non_renewal(read_clause: Read, clause: str) -> None:
    facts = read_clause(ONE_YEAR + clause)
    assert facts.terms.renewal is not None
    assert facts.terms.renewal.kind == "automatic"
    assert facts.terms.renewal.notice_min is None


BY_WHOM = {
    "either": ("unless either party gives thirty days' notice", "either"),
    "one of them": ("unless one of the parties gives thirty days' notice to the other", "either"),
    "the customer": ("unless Customer gives Provider thirty days' notice", "customer"),
    "you": ("unless Customer cancels at least thirty days before", "customer"),
    "the vendor": ("unless Provider gives Customer thirty days' notice of non-renewal", "vendor"),
    "by name": ("unless Acme Hosting, Inc. gives thirty days' notice of non-renewal", "vendor"),
}


@pytest.mark.parametrize(("clause", "who"), BY_WHOM.values(), ids=BY_WHOM)
def test_who_may_stop_it(read_clause: Read, clause: str, who: str) -> None:
    renewal = read_clause(f"{ONE_YEAR}It shall automatically renew for successive one-year terms {clause}.").terms.renewal
    assert renewal is not None
    assert renewal.notice_by == who


# What must never be late: the first opt-out day of an agreement of 1 March 2020, or none.
FIRST_DAY: dict[str, tuple[str, date | None]] = {
    "a year and thirty days": ("The initial term is one year from the Effective Date. It automatically renews for one year unless notice is given 30 days before the end.", date(2021, 1, 29)),
    "first and renewal term differ": ("This Agreement continues for an initial term of seven (7) years and automatically renews for three-year terms unless notice is given ninety (90) days before the end.", date(2026, 11, 30)),
    "two lengths for the first term": ("The initial term is one year. For Schedule B services the initial term is three years. It automatically renews for one year unless notice is given 30 days before the end.", date(2021, 1, 29)),
    "an event starts it": ("The initial term is one year from the date on which the Services go live. It automatically renews for one year unless notice is given 30 days before the end.", None),
    "delivery starts it": ("The initial term starts with delivery of the equipment and runs for two years. It automatically renews for one year unless notice is given 30 days before the end.", None),
    "a blank starts it": ("The initial term is one year from ____________, 2020. It automatically renews for one year unless notice is given 30 days before the end.", None),
    "the vendor alone": ("The initial term is one year. It automatically renews for one year unless Provider gives notice 30 days before the end.", None),
    "the later of": ("The initial term ends on the later of one year from the Effective Date and completion of the project. It automatically renews for one year unless notice is given 30 days before the end.", None),
    "the shorter of two ends": ("The initial term ends on December 31, 2020. It automatically renews for one year unless notice is given 30 days before the end.", date(2020, 12, 1)),
    "only the renewal's length": ("It automatically renews for five years at a time unless notice is given 30 days before the end.", None),
    "a warranty's length": ("The warranty runs for three years. This Agreement automatically renews for one year unless notice is given 30 days before the end.", None),
}  # fmt: skip


@pytest.mark.parametrize(("clause", "expected"), FIRST_DAY.values(), ids=FIRST_DAY)
def test_the_first_opt_out_day_is_never_late(read_clause: Read, end_of: Callable[[Facts], date | None], clause: str, expected: date | None) -> None:
    facts = read_clause(clause)
    assert first_opt_out(facts.terms.model_copy(update={"expiration_date": end_of(facts)})) == expected
