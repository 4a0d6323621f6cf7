"""The days to act, as seen from a day."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from contractlens.documents.place import Evidence
from contractlens.reckoning import Deadline, deadlines, expiration, first_opt_out
from contractlens.reckoning.dates import add, renewal_day
from contractlens.reckoning.rolling import roll_of
from contractlens.terms.records import Gap, Renewal, Terms
from contractlens.values import Duration, compare

TODAY = date(2026, 11, 21)
ONE_DAY = timedelta(days=1)
YEARLY = {"renewal_term": "P1Y", "successive": True, "notice_min": "P30D"}


def quote(text: str, start: int = 0) -> Evidence:
    return Evidence(quote=text, page=1, section="2", start=start, end=start + len(text))


def agreement(
    ends: str | date | None = "2027-02-28", kind: str | None = "automatic", about: dict[str, Any] | None = None, **renewal: Any
) -> Terms:
    """Terms that end on a day, and renew as said; `about` is what else they say."""
    return Terms.model_validate(
        {"expiration_date": ends, "renewal": {"kind": kind, **renewal} if kind else None, **(about or {})},
    )


def seen(terms: Terms, today: str | date = TODAY) -> dict[str, str]:
    found, _ = deadlines(terms, today=date.fromisoformat(str(today)))
    assert len({d.kind for d in found}) == len(found), "one of each kind"
    assert list(found) == sorted(found, key=lambda d: d.date)
    return {d.kind: str(d.date) for d in found}


def basis(terms: Terms, kind: str, today: str | date = TODAY) -> str:
    found, _ = deadlines(terms, today=date.fromisoformat(str(today)))
    return next(d.basis for d in found if d.kind == kind)


def gaps(terms: Terms, today: str | date = TODAY) -> list[str]:
    return [gap.field for gap in deadlines(terms, today=date.fromisoformat(str(today)))[1]]


# ---------------------------------------------------------------- the first day to opt out
@pytest.mark.parametrize(
    ("renewal", "ends", "expected"),
    [
        pytest.param({"notice_min": "P30D"}, "2027-02-28", "2027-01-29", id="interface"),
        pytest.param({"notice_min": "P30D", "notice_max": "P45D"}, "2027-02-28", "2027-01-29", id="window"),
        pytest.param({"notice_min": "P6M"}, "2027-02-28", "2026-08-28", id="months"),
        pytest.param({"notice_max": "P45D"}, "2027-02-28", "2027-01-15", id="within-days-before"),
        pytest.param({"notice_date": "--11-01"}, "2026-12-31", "2026-11-01", id="a-day-of-each-year"),
        pytest.param({"notice_date": "--11-01", "notice_min": "P90D"}, "2026-12-31", "2026-10-02", id="both-limits-hold"),
        pytest.param({"notice_min": "P10D", "notice_unit": "business"}, "2026-12-31", "2026-12-16", id="business-days"),
        pytest.param({"notice_min": "P30D", "notice_by": "customer"}, "2027-02-28", "2027-01-29", id="customer"),
        pytest.param({"notice_min": "P30D", "notice_by": "vendor"}, "2027-02-28", None, id="only-the-vendor-may-stop-it"),
        pytest.param({"notice_min": "P30D", "max_renewals": 0}, "2027-02-28", None, id="no-renewal-left"),
        pytest.param({"notice_min": "P1.5M"}, "2027-02-28", None, id="no-whole-months"),
        pytest.param({"notice_min": "P3000Y"}, "2027-02-28", None, id="before-the-first-year"),
        pytest.param({"notice_date": "--02-31"}, "2027-02-28", None, id="no-such-day"),
        pytest.param({}, "2027-02-28", None, id="no-notice-stated"),
        pytest.param({"notice_min": "P30D"}, None, None, id="no-end"),
        pytest.param({"notice_min": "P30D"}, "2010-02-28", "2010-01-29", id="long-past-since-today-does-not-matter"),
    ],
)
def test_the_first_opt_out_follows_from_the_document_alone(renewal: dict[str, Any], ends: str | None, expected: str | None) -> None:
    law = {"governing_law": "New York"}
    found = first_opt_out(agreement(ends, about=law, **renewal))
    assert (str(found) if found else None) == expected


@pytest.mark.parametrize("kind", ["optional", "month_to_month", None])
def test_only_an_automatic_renewal_has_an_opt_out(kind: str | None) -> None:
    terms = agreement(kind=kind, **({"notice_min": "P30D"} if kind else {}))
    assert first_opt_out(terms) is None
    assert not {"opt_out_by", "opt_out_opens", "bound_until"} & set(seen(terms))


# ---------------------------------------------------------------- automatic renewal
def test_the_example_of_the_interface() -> None:
    terms = agreement(**YEARLY, notice_max="P45D")
    assert seen(terms) == {"opt_out_opens": "2027-01-15", "opt_out_by": "2027-01-29", "renews_on": "2027-03-01"}
    assert basis(terms, "opt_out_by") == "the term ends 2027-02-28; 30 days before that is 2027-01-29"


@pytest.mark.parametrize(
    ("ends", "renewal", "today", "expected"),
    [
        pytest.param(
            "2026-02-28",
            YEARLY,
            "2026-11-21",
            {"opt_out_by": "2027-01-29", "renews_on": "2027-03-01"},
            id="rolled-over-once",
        ),
        pytest.param(
            "2020-06-30",
            YEARLY,
            "2026-11-21",
            {"opt_out_by": "2027-05-31", "renews_on": "2027-07-01"},
            id="rolled-over-many-times",
        ),
        pytest.param("2027-02-28", YEARLY, "2027-01-29", {"opt_out_by": "2027-01-29", "renews_on": "2027-03-01"}, id="on-the-day-itself"),
        pytest.param(
            "2026-02-28",
            YEARLY,
            "2026-01-30",
            {"renews_on": "2026-03-01", "opt_out_by": "2027-01-29", "bound_until": "2027-02-28"},
            id="the-day-after-bound-for-a-year",
        ),
        pytest.param(
            "2026-02-28",
            YEARLY,
            "2026-02-28",
            {"renews_on": "2026-03-01", "opt_out_by": "2027-01-29", "bound_until": "2027-02-28"},
            id="last-day",
        ),
        pytest.param("2026-02-28", YEARLY, "2026-03-01", {"opt_out_by": "2027-01-29", "renews_on": "2027-03-01"}, id="renewed-today"),
        pytest.param(
            "2026-06-30",
            {"renewal_term": "P1M", "successive": True, "notice_min": "P90D"},
            "2026-11-21",
            {"renews_on": "2026-12-01", "opt_out_by": "2026-11-30", "bound_until": "2027-02-28"},
            id="a-notice-of-many-renewals",
        ),
        pytest.param(
            "2027-02-28",
            {**YEARLY, "notice_max": "P45D"},
            "2027-01-20",
            {"opt_out_by": "2027-01-29", "renews_on": "2027-03-01"},
            id="an-open-window-does-not-open",
        ),
        pytest.param(
            "2027-03-17",
            {"renewal_term": "P1Y", "successive": True, "notice_max": "P60D"},
            "2026-11-21",
            {"opt_out_opens": "2027-01-17", "opt_out_by": "2027-01-17", "renews_on": "2027-03-18"},
            id="within-60-days-before",
        ),
        pytest.param(
            "2027-03-17",
            {"renewal_term": "P1Y", "successive": True, "notice_max": "P60D"},
            "2027-02-01",
            {"opt_out_by": "2027-02-01", "renews_on": "2027-03-18"},
            id="within-60-days-and-they-have-begun-so-today",
        ),
        pytest.param(
            "2026-12-31",
            {"renewal_term": "P1Y", "successive": True, "notice_date": "--11-01"},
            "2026-11-21",
            {"renews_on": "2027-01-01", "opt_out_by": "2027-11-01", "bound_until": "2027-12-31"},
            id="a-day-of-each-year-that-has-passed",
        ),
        pytest.param("2020-06-30", {**YEARLY, "notice_by": "vendor"}, "2026-11-21", {"renews_on": "2027-07-01"}, id="only-the-vendor"),
        pytest.param("2020-06-30", {"renewal_term": "P1Y", "successive": True}, "2026-11-21", {"renews_on": "2027-07-01"}, id="no-notice"),
    ],
)
def test_deadlines_as_seen_from_a_day(ends: str, renewal: dict[str, Any], today: str, expected: dict[str, str]) -> None:
    assert seen(agreement(ends, **renewal), today) == expected


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        pytest.param("2023-06-01", {"opt_out_by": "2023-11-10", "renews_on": "2023-12-11"}, id="initial-term"),
        pytest.param("2024-06-01", {"opt_out_by": "2024-11-10", "renews_on": "2024-12-11"}, id="first-renewal"),
        pytest.param("2023-12-01", {"renews_on": "2023-12-11", "opt_out_by": "2024-11-10", "bound_until": "2024-12-10"}, id="first-missed"),
        pytest.param(
            "2024-12-01", {"renews_on": "2024-12-11", "bound_until": "2025-12-10", "expires_on": "2025-12-10"}, id="last-one-missed"
        ),
        pytest.param("2025-06-01", {"expires_on": "2025-12-10"}, id="last-renewal"),
        pytest.param("2026-11-21", {"expires_on": "2025-12-10"}, id="over"),
    ],
)
def test_after_the_last_renewal_that_is_allowed_it_expires(today: str, expected: dict[str, str]) -> None:
    terms = agreement("2023-12-10", renewal_term="P1Y", successive=False, max_renewals=2, notice_min="P30D")
    assert seen(terms, today) == expected


def test_a_renewal_that_is_not_successive_happens_once() -> None:
    terms = agreement("2025-12-10", renewal_term="P1Y", successive=False, notice_min="P30D")
    assert seen(terms) == {"expires_on": "2026-12-10"}
    assert basis(terms, "expires_on", "2027-01-01").endswith("it renews once at most, and so ended 2026-12-10")


def test_a_renewal_for_the_initial_term_is_as_long_as_that() -> None:
    terms = agreement("2024-02-29", renewal_term="initial_term", successive=True, notice_min="P30D", about={"initial_term": "P3Y"})
    assert seen(terms)["renews_on"] == "2027-03-01"


# ---------------------------------------------------------------- cases from users of other tools
def test_a_36_month_term_has_no_alarm_in_the_first_year() -> None:
    last_day = expiration(date(2026, 3, 1), Duration(36, "month"))
    terms = agreement(last_day, **YEARLY, about={"effective_date": "2026-03-01", "initial_term": "P36M"})
    assert seen(terms) == {"opt_out_by": "2029-01-29", "renews_on": "2029-03-01"}


def test_the_second_renewal_comes_after_the_initial_term_and_one_renewal_not_after_two_initial_terms() -> None:
    terms = agreement("2026-02-28", **YEARLY, about={"effective_date": "2023-03-01", "initial_term": "P3Y"})
    assert seen(terms, "2026-03-01")["renews_on"] == "2027-03-01"


def test_when_the_day_for_notice_has_passed_no_reminder_stays_on_it_and_the_reader_is_told_that_they_are_bound() -> None:
    terms = agreement("2026-12-10", **YEARLY)
    assert seen(terms) == {"renews_on": "2026-12-11", "opt_out_by": "2027-11-10", "bound_until": "2027-12-10"}
    assert "the last safe day to stop it, 2026-11-10, has passed" in basis(terms, "renews_on")
    assert basis(terms, "bound_until") == "the last safe day to stop the renewal on 2026-12-11 was 2026-11-10: it runs until 2027-12-10"


# ---------------------------------------------------------------- month ends and leap years
def test_renewals_are_counted_from_the_first_so_that_month_ends_hold() -> None:
    terms = agreement("2026-01-30", renewal_term="P1M", successive=True, notice_min="P5D")
    assert [seen(terms, day)["renews_on"] for day in ("2026-02-01", "2026-03-01", "2026-04-01")] == [
        "2026-02-28",
        "2026-03-31",
        "2026-04-30",
    ]


@pytest.mark.parametrize(
    ("start", "opt_out_by"),
    [
        pytest.param({"effective_date": "2026-03-01", "initial_term": "P1Y"}, "2028-01-30", id="the-term-is-known-to-run-from-1-march"),
        pytest.param({}, "2028-01-29", id="only-the-end-is-known-so-it-may-be-28-february-each-year"),
    ],
)
def test_29_february_is_the_end_of_a_renewal_from_1_march(start: dict[str, str], opt_out_by: str) -> None:
    terms = agreement("2027-02-28", **YEARLY, about=start)
    assert seen(terms, "2027-02-10") == {"renews_on": "2027-03-01", "bound_until": "2028-02-29", "opt_out_by": opt_out_by}


def test_of_two_readings_of_a_renewal_of_months_the_earlier_is_the_deadline_and_the_basis_says_so() -> None:
    terms = agreement("2026-06-30", renewal_term="P6M", successive=True, notice_min="P30D")
    assert seen(terms, "2026-07-01") == {"opt_out_by": "2026-11-30", "renews_on": "2027-01-01"}
    assert "counted to the same day of the month the term would end 2026-12-30" in basis(terms, "opt_out_by", "2026-07-01")


def test_who_missed_the_safe_day_is_told_of_a_later_reading() -> None:
    terms = agreement("2027-02-28", renewal_term="P1Y", successive=True, notice_min="P6M")
    assert "read loosely, notice is in time until 2026-08-31" in basis(terms, "bound_until", "2026-08-30")
    assert "loosely" not in basis(terms, "bound_until", "2026-09-01")


# ---------------------------------------------------------------- what the basis says
@pytest.mark.parametrize(
    ("renewal", "ends", "words"),
    [
        pytest.param({"notice_min": "P6M"}, "2027-08-31", "6 months before that is 2027-02-28", id="months"),
        pytest.param(
            {"notice_min": "P3M"}, "2027-02-28", "(counted from the renewal day it would be 2026-11-30: the earlier counts)", id="later"
        ),
        pytest.param(
            {"notice_min": "P6M"},
            "2027-08-30",
            "it renews on 2027-08-31; 6 months before that, and one day earlier, is 2027-02-27",
            id="renewal-day",
        ),
        pytest.param(
            {"notice_min": "P29D"},
            "2027-02-28",
            "2027-01-30 is a Saturday, and the working day before it is Friday 2027-01-29",
            id="saturday",
        ),
        pytest.param(
            {"notice_min": "P6D"},
            "2026-12-31",
            "2026-12-25 is a holiday (US-NY), and the working day before it is Thursday 2026-12-24",
            id="holiday",
        ),
        pytest.param(
            {"notice_min": "P10D", "notice_unit": "business"},
            "2026-12-31",
            "10 business days before that is 2026-12-16",
            id="business-days",
        ),
        pytest.param({"notice_min": "PT72H"}, "2026-12-31", "72 hours before that is 2026-12-28", id="hours"),
        pytest.param(
            {"notice_date": "--12-01"},
            "2026-12-31",
            "the last 1 December before it renews on 2027-01-01 is 2026-12-01",
            id="day-of-the-year",
        ),
        pytest.param({"notice_date": "--12-01", "notice_min": "P10D"}, "2026-12-31", "; the earlier counts", id="two-limits"),
        pytest.param({"notice_max": "P60D"}, "2027-03-17", "2027-01-17 is the day that meets both readings", id="within"),
        pytest.param(
            {"notice_min": "P30D", "notice_max": "P30D"}, "2027-02-28", "so no day meets every reading: ask", id="no-day-in-the-window"
        ),
        pytest.param(
            {"notice_min": "P30D"}, "2025-12-31", "in renewal 1 the term ends 2026-12-31; 30 days before that is 2026-12-01", id="rolled"
        ),
    ],
)
def test_the_basis_says_the_steps_of_the_sum(renewal: dict[str, Any], ends: str, words: str) -> None:
    terms = agreement(ends, about={"governing_law": "New York"}, renewal_term="P1Y", successive=True, **renewal)
    assert words in basis(terms, "opt_out_by")


def test_a_working_day_that_has_passed_is_not_advised() -> None:
    terms = agreement("2026-12-22", **YEARLY)  # 30 days before that is Sunday 22 November
    assert basis(terms, "opt_out_by").endswith("Friday 2026-11-20, which has passed: give notice at once")


def test_it_says_where_only_the_vendor_may_stop_the_renewal() -> None:
    assert basis(agreement(**YEARLY, notice_by="vendor"), "renews_on").endswith("only the vendor may stop it")


def test_a_deadline_quotes_the_renewal_and_the_end() -> None:
    renews, ends, starts, lasts = (quote(text, 10 * n) for n, text in enumerate(("renews", "ends", "starts", "lasts")))
    terms = agreement(**YEARLY, evidence=[renews], about={"evidence": {"expiration_date": [ends, renews], "effective_date": [starts]}})
    assert {d.evidence for d in deadlines(terms, today=TODAY)[0]} == {(renews, ends)}
    terms = agreement(kind=None, about={"evidence": {"effective_date": [starts], "initial_term": [lasts]}})
    assert [d.evidence for d in deadlines(terms, today=TODAY)[0]] == [(starts, lasts)]


# ---------------------------------------------------------------- other ways to go on, or not
@pytest.mark.parametrize(
    ("kind", "ends", "renewal", "expected", "words"),
    [
        pytest.param(None, "2027-02-28", {}, {"expires_on": "2027-02-28"}, "the term ends 2027-02-28", id="does-not-renew"),
        pytest.param(None, "2020-02-29", {}, {"expires_on": "2020-02-29"}, "the term ended 2020-02-29", id="ended-long-ago"),
        pytest.param("automatic", "2027-02-28", {"max_renewals": 0}, {"expires_on": "2027-02-28"}, "ends", id="no-renewal-allowed"),
        pytest.param(
            "optional",
            "2027-02-28",
            {"notice_min": "P30D"},
            {"exercise_by": "2027-01-29", "expires_on": "2027-02-28"},
            "unless the option to renew is exercised by 2027-01-29",
            id="option",
        ),
        pytest.param(
            "optional",
            "2027-02-28",
            {"notice_min": "P6M"},
            {"expires_on": "2027-02-28"},
            "the last safe day for that was 2026-08-28",
            id="option-missed",
        ),
        pytest.param(
            "optional",
            "2027-02-28",
            {"notice_max": "P30D"},
            {"exercise_by": "2027-01-30", "expires_on": "2027-02-28"},
            "by 2027-01-30",
            id="option-within",
        ),
        pytest.param(
            "optional", "2027-02-28", {}, {"expires_on": "2027-02-28"}, "no last day for that is given", id="option-with-no-notice"
        ),
        pytest.param(
            "optional", "2020-02-29", {}, {"expires_on": "2020-02-29"}, "unless the option to renew was exercised", id="option-past"
        ),
        pytest.param(
            "optional",
            "2027-02-28",
            {"notice_min": "P30D", "notice_by": "vendor"},
            {"expires_on": "2027-02-28"},
            "the vendor's option",
            id="vendor's-option",
        ),
        pytest.param(
            "month_to_month",
            "2027-02-28",
            {"notice_min": "P30D"},
            {"renews_on": "2027-03-01"},
            "it may be ended by 30 days of notice; to leave with the end of the term itself, give notice by 2027-01-29",
            id="by-the-month",
        ),
        pytest.param(
            "month_to_month",
            "2020-02-29",
            {"notice_min": "P30D"},
            {"renews_on": "2020-03-01"},
            "since the day after it goes on by the month, and it may be ended by 30 days of notice (given today, 2026-11-21: 2026-12-21)",
            id="by-the-month-since-long-ago",
        ),
        pytest.param(
            "month_to_month",
            "2020-02-29",
            {"renewal_term": "P1M", "successive": True},
            {"renews_on": "2026-12-01"},
            "no notice for ending it",
            id="each-month-a-term",
        ),
    ],
)
def test_agreements_that_do_not_renew_by_themselves(
    kind: str | None, ends: str, renewal: dict[str, Any], expected: dict[str, str], words: str
) -> None:
    terms = agreement(ends, kind, **renewal)
    assert seen(terms) == expected
    assert any(words in d.basis for d in deadlines(terms, today=TODAY)[0])


# ---------------------------------------------------------------- what cannot be reckoned
@pytest.mark.parametrize(
    ("about", "needs"),
    [
        pytest.param({"initial_term": "P1Y"}, "--effective-date", id="no-start"),
        pytest.param({"initial_term": "P1Y", "effective_date": "2026-03-01"}, "--effective-date", id="a-start-that-is-not-certain"),
        pytest.param({}, "the length of the initial term", id="no-length"),
        pytest.param({"initial_term": "P9000Y", "effective_date": "2026-03-01"}, None, id="no-such-day"),
    ],
)
@pytest.mark.parametrize("kind", ["automatic", "optional", "month_to_month", None])
def test_with_no_end_of_the_term_nothing_is_reckoned_and_what_is_needed_is_named(
    kind: str | None, about: dict[str, Any], needs: str | None
) -> None:
    found, missing = deadlines(agreement(None, kind, about=about), today=TODAY)
    assert found == ()
    assert [(gap.field, gap.needs) for gap in missing] == [("terms.expiration_date", needs)]


@pytest.mark.parametrize(
    ("ends", "renewal", "dates", "missing"),
    [
        pytest.param(
            "2027-02-28",
            {"notice_min": "P30D"},
            {"opt_out_by": "2027-01-29", "renews_on": "2027-03-01"},
            [],
            id="first-window-needs-no-length",
        ),
        pytest.param(
            "2026-12-10", {"notice_min": "P30D"}, {"renews_on": "2026-12-11"}, ["terms.renewal.renewal_term"], id="bound-for-how-long"
        ),
        pytest.param(
            "2025-12-10", {"notice_min": "P30D", "successive": True}, {}, ["terms.renewal.renewal_term"], id="renewed-for-how-long"
        ),
        pytest.param(
            "2025-12-10",
            {"notice_min": "P30D", "successive": True, "renewal_term": "initial_term"},
            {},
            ["terms.renewal.renewal_term"],
            id="as-long-as-an-initial-term-that-is-not-known",
        ),
        pytest.param(
            "2025-12-10", {"renewal_term": "P0D", "successive": True}, {}, ["terms.renewal.renewal_term"], id="a-renewal-of-nothing"
        ),
        pytest.param(
            "2027-02-28",
            {"renewal_term": "P1Y", "successive": True},
            {"renews_on": "2027-03-01"},
            ["terms.renewal.notice_min"],
            id="no-notice-stated",
        ),
        pytest.param(
            "2027-02-28",
            {"renewal_term": "P1Y", "successive": True, "notice_min": "P1.5M"},
            {"renews_on": "2027-03-01"},
            ["terms.renewal.first_opt_out_by"],
            id="half-a-month-of-notice",
        ),
        pytest.param(
            "2027-02-28",
            {"renewal_term": "P1Y", "notice_min": "P30D"},
            {"opt_out_by": "2027-01-29", "renews_on": "2027-03-01"},
            [],
            id="first-is-certain",
        ),
        pytest.param(
            "2026-12-10",
            {"renewal_term": "P1Y", "notice_min": "P30D"},
            {"renews_on": "2026-12-11", "opt_out_by": "2027-11-10", "bound_until": "2027-12-10"},
            ["terms.renewal.successive"],
            id="once-or-more",
        ),
        pytest.param("9999-12-31", {**YEARLY}, {}, ["deadlines"], id="the-last-day-of-the-calendar"),
    ],
)
def test_what_is_missing_leaves_a_gap_and_no_guess(ends: str, renewal: dict[str, Any], dates: dict[str, str], missing: list[str]) -> None:
    terms = agreement(ends, **renewal)
    assert seen(terms) == dates
    assert gaps(terms) == missing


def test_a_renewal_that_may_be_the_only_one_is_said_to_be_so_in_what_follows_from_the_next() -> None:
    terms = agreement("2026-12-10", renewal_term="P1Y", notice_min="P30D")
    proviso = "if it renews more than once, which the clause does not say"
    assert {d.kind for d in deadlines(terms, today=TODAY)[0] if proviso in d.basis} == {"opt_out_by"}


def test_a_slip_of_the_pen_does_not_keep_us_counting() -> None:
    terms = agreement("1900-01-01", renewal_term="P1D", successive=True, notice_min="P50Y")
    assert seen(terms) == {}
    assert gaps(terms) == ["deadlines"]
    assert seen(agreement("0001-01-01", renewal_term="P1D", successive=True)) == {"renews_on": "2026-11-22"}


# ---------------------------------------------------------------- what always holds
ends = st.dates(date(2000, 1, 1), date(2040, 12, 31))
todays = st.dates(date(2000, 1, 1), date(2060, 12, 31))
notices = st.one_of(
    st.integers(0, 400).map(lambda n: Duration(n, "day")),
    st.integers(0, 24).map(lambda n: Duration(n, "month")),
    st.integers(1, 30).map(lambda n: Duration(n, "day", business=True)),
)
lengths = st.one_of(
    st.integers(7, 800).map(lambda n: Duration(n, "day")),
    st.integers(1, 60).map(lambda n: Duration(n, "month")),
    st.integers(1, 5).map(lambda n: Duration(n, "year")),
)
laws = st.sampled_from([None, "New York", "England and Wales"])


@st.composite
def automatic(draw: st.DrawFn) -> Terms:
    notice = draw(st.sampled_from(["min", "max", "both", "date"]))
    renewal = Renewal(
        kind="automatic",
        renewal_term=draw(lengths),
        successive=draw(st.sampled_from([True, False, None])),
        max_renewals=draw(st.sampled_from([None, 1, 2, 5])),
        notice_min=draw(notices) if notice in ("min", "both") else None,
        notice_max=draw(notices) if notice in ("max", "both") else None,
        notice_date="--02-29" if notice == "date" else None,
    )
    return Terms(expiration_date=draw(ends), renewal=renewal, governing_law=draw(laws))


def of(found: tuple[Deadline, ...], kind: str) -> date | None:
    return next((d.date for d in found if d.kind == kind), None)


@given(automatic(), todays)
@example(Terms(expiration_date=date(2024, 2, 29), renewal=Renewal.model_validate({"kind": "automatic", **YEARLY})), date(2028, 2, 29))
def test_no_deadline_comes_after_the_renewal_that_it_stops(terms: Terms, today: date) -> None:
    found, _ = deadlines(terms, today=today)
    last = of(found, "bound_until")
    renews = renewal_day(last) if last else of(found, "renews_on")
    for kind in ("opt_out_opens", "opt_out_by"):
        day = of(found, kind)
        assert day is None or (renews is not None and today <= day < renews)


@given(automatic(), todays)
def test_the_next_day_to_act_is_ahead_or_the_reader_is_bound_or_it_ends(terms: Terms, today: date) -> None:
    found, missing = deadlines(terms, today=today)
    assert not {gap.field for gap in missing} - {"terms.renewal.successive"}
    opt_out = of(found, "opt_out_by")
    assert (opt_out is not None and opt_out >= today) or of(found, "bound_until") or of(found, "expires_on")
    assert of(found, "expires_on") or all(d.date >= today for d in found)
    assert all(str(d.date) in d.basis for d in found)


@given(automatic(), todays, notices, notices)
def test_a_longer_notice_never_gives_a_later_deadline(terms: Terms, today: date, one: Duration, other: Duration) -> None:
    assume(one.business == other.business)  # a long public holiday can make one business day longer than a week
    assume((order := compare(one, other)) is not None)
    shorter, longer = (one, other) if order == -1 else (other, one)
    assert terms.renewal

    def opt_out(notice: Duration) -> date:
        renewal = Renewal(kind="automatic", notice_min=notice)
        found = first_opt_out(terms.model_copy(update={"renewal": renewal}))
        assert found
        return found

    assert opt_out(longer) <= opt_out(shorter)


@given(ends, lengths, st.integers(0, 30))
@example(date(2024, 2, 28), Duration(1, "year"), 4)
@example(date(2024, 2, 29), Duration(1, "year"), 4)
def test_it_rolls_forward_by_exactly_the_renewal_term(last_day: date, each: Duration, number: int) -> None:
    terms = Terms(expiration_date=last_day, renewal=Renewal(kind="automatic", renewal_term=each, successive=True))
    roll = roll_of(terms)
    assert roll
    assert renewal_day(roll.end(number)) == add(renewal_day(last_day), each, number)
    assert roll.earliest_end(number) <= roll.end(number)
    assert (roll.running(roll.end(number)), roll.running(roll.end(number) + ONE_DAY)) == (number, number + 1)
    found, _ = deadlines(terms, today=roll.end(number))
    assert of(found, "renews_on") == roll.end(number) + ONE_DAY


@given(automatic(), todays, st.integers(0, 400))
def test_as_days_go_by_the_next_day_to_act_never_moves_back(terms: Terms, today: date, later: int) -> None:
    first, second = (of(deadlines(terms, today=day)[0], "opt_out_by") for day in (today, today + later * ONE_DAY))
    assert first is None or second is None or first <= second


@given(ends, todays, notices, laws)
def test_an_option_is_exercised_before_the_end(last_day: date, today: date, notice: Duration, law: str | None) -> None:
    terms = Terms(expiration_date=last_day, renewal=Renewal(kind="optional", notice_min=notice), governing_law=law)
    found, missing = deadlines(terms, today=today)
    exercise = of(found, "exercise_by")
    assert of(found, "expires_on") == last_day
    assert exercise is None or today <= exercise <= last_day
    assert missing == ()


def test_a_gap_is_a_record_of_its_three_parts() -> None:
    assert Gap(field="deadlines", reason="…").model_dump() == {"field": "deadlines", "reason": "…", "needs": None}


@pytest.mark.parametrize(("ends", "by"), [(date(2026, 12, 31), date(2026, 11, 1)), (date(2026, 9, 30), None)])
def test_a_notice_before_the_end_of_a_calendar_year_counts_where_the_term_ends_with_it(ends: date, by: date | None) -> None:
    renewal = Renewal(kind="automatic", renewal_term=Duration(1, "year"), notice_min=Duration(60, "day"), notice_to="end of any calendar year")
    assert first_opt_out(Terms(expiration_date=ends, renewal=renewal)) == by
