"""What changed between two versions of an agreement, in numbers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from contractlens.advice.differences import differences
from contractlens.advice.finding import DocumentSummary, Finding, Review
from contractlens.reckoning.deadlines import Deadline
from contractlens.terms.records import Change, CreditTier, Liability, Renewal, ServiceCredits, Terms, Uptime
from contractlens.values import Duration, Money

DOCUMENT = DocumentSummary(name="a", path="a")


def review(**terms: object) -> Review:
    return Review(document=DOCUMENT, terms=Terms.model_validate(terms))


def lines(old: Review, new: Review) -> list[tuple[str, str | None]]:
    return [(d.line(), d.for_us) for d in differences(old, new)]


def levels(*percents: float, period: str | None = "month") -> Review:
    services = [None] if len(percents) == 1 else ["DNS", "mail"]
    return review(uptime=[Uptime.model_validate({"percent": p, "period": period, "service": s}) for p, s in zip(percents, services, strict=True)])


def test_a_lower_service_level_is_told_as_time() -> None:
    assert lines(levels(99.95), levels(99.9)) == [("service level: 99.95 → 99.9 %: 21 min 55 s more a month", "worse")]
    assert lines(levels(99.9, period="year"), levels(99.95, period="year")) == [("service level: 99.9 → 99.95 %: 4 h 22 min 59 s less a year", "better")]
    assert lines(levels(99.9), levels(99.9, period="year")) == [("service level: 99.9 % a month → 99.9 % a year", None)]


def test_services_are_held_against_their_own() -> None:
    assert lines(levels(99.9, 99.5), levels(99.9, 99)) == [("service level (mail): 99.5 → 99 %: 3 h 39 min 9 s more a month", "worse")]
    assert lines(levels(99.9), review()) == [("service level: no longer: 99.9 % a month", "worse")]


def renewal(**fields: object) -> Review:
    return review(renewal=Renewal.model_validate({"kind": "automatic", **fields}))


@pytest.mark.parametrize(
    ("old", "new", "told", "for_us"),
    [
        ("P30D", "P60D", "30 days → 60 days: 30 days more", "worse"),
        ("P2M", "P1M", "2 months → 1 month: 1 month less", "better"),
        ("P1Y", "P6M", "1 year → 6 months: 6 months less", "better"),
        ("P1M", "P30D", "1 month → 30 days: which of the two is longer depends on the months", None),
        ("P1M", "P45D", "1 month → 45 days: longer", "worse"),
        (None, "P30D", "new: 30 days", None),
    ],
)
def test_notice_in_its_own_units(old: str | None, new: str, told: str, for_us: str | None) -> None:
    assert lines(renewal(notice_min=old), renewal(notice_min=new)) == [(f"notice against renewal: {told}", for_us)]


def test_money_bands_and_rights() -> None:
    def made(cap: str, credit: int, *changes: Change) -> Review:
        tier = CreditTier(below=99.9, at_least=99, credit_percent=credit)
        return review(
            liability=Liability(amount=Money(Decimal(cap), "USD")),
            service_credits=ServiceCredits(tiers=(tier,)),
            changes=changes,
        )

    price = Change(what="price", notice=Duration(30, "day"))
    assert lines(made("1000.00", 10), made("1500.00", 5, price)) == [
        ("credit from 99 % below 99.9 %: 10 → 5 %", None),
        ("cap on liability: USD 1,000.00 → USD 1,500.00: USD 500.00 more (50.0%)", "better"),
        ("the vendor may change the price: no → yes", "worse"),
    ]


def test_days_and_findings() -> None:
    def made(day: date, *rules: tuple[str, str]) -> Review:
        found = [Finding(rule=r, category="sla", severity=s, title="t", meaning=f"Of {r}.", why="w") for r, s in rules]  # type: ignore[arg-type]
        return review().model_copy(update={"deadlines": (Deadline(kind="opt_out_by", date=day, basis="b"),), "findings": tuple(found)})

    old, new = made(date(2027, 1, 29), ("a/b", "low"), ("c/d", "high")), made(date(2027, 1, 14), ("a/b", "high"), ("e/f", "low"))
    assert lines(old, new) == [
        ("last day to give notice: 2027-01-29 → 2027-01-14: 15 days earlier", None),
        ("finding e/f: new: low, Of e/f.", "worse"),
        ("finding c/d: no longer: high, Of c/d.", "better"),
        ("finding a/b: low → high", None),
    ]
    assert lines(old, old) == []
