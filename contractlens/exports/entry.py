"""One line of a list of agreements: what it is, by when to act, what it costs, and what a person keeps beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from contractlens.advice.finding import Review
from contractlens.advice.kept import Kept, Status, act_by
from contractlens.exports import outline
from contractlens.exports.to_do import to_do
from contractlens.exports.words import clean
from contractlens.terms.records import Terms
from contractlens.values import Duration, Money


@dataclass(frozen=True, slots=True)
class Entry:
    """An agreement as lists show it. `act_by` is empty where nothing is to be done, or notice was given.

    `to_do` says what to do by then, or why there is no such day; `undated` says it, too, where there is no date at all.
    """

    id: str
    name: str
    paths: tuple[str, ...] = ()
    vendor: str = ""
    customer: str = ""
    kind: str = ""
    effective_date: date | None = None
    expiration_date: date | None = None
    renews_on: date | None = None
    ends_on: date | None = None
    act_by: date | None = None
    act_kind: str | None = None
    to_do: str = ""
    renewal: str = ""
    renewal_months: int | None = None
    uptime: str = ""
    high: int = 0
    medium: int = 0
    low: int = 0
    status: Status = "new"
    owner: str | None = None
    annual_cost: Money | None = None
    cost_from: str | None = None  # "document" or "register"
    carried: tuple[str, ...] = ()
    changed_on: date | None = None
    error_kind: str | None = None
    error_message: str | None = None
    undated: str = ""
    present: bool = True

    @property
    def at_risk(self) -> Money | None:
        """What one more renewal costs: the annual cost for as long as it renews."""
        if self.annual_cost is None or not self.renewal_months:
            return None
        amount = self.annual_cost.amount * self.renewal_months / 12
        return Money(amount.quantize(Decimal("0.01")), self.annual_cost.currency)

    @property
    def flag(self) -> str:
        """What to look at: that the paper changed after a person had set something for it, or that it is gone."""
        if self.carried:
            since = f" on {self.changed_on}" if self.changed_on else ""
            return f"the paper changed{since}; set for the earlier version: {', '.join(name.replace('_', ' ') for name in self.carried)}"
        return "" if self.present else "the file is gone"


def entry(review: Review, today: date, *, id: str | None = None, kept: Kept | None = None, paths: tuple[str, ...] = (), changed_on: date | None = None) -> Entry:
    """From a review whose dates were reckoned for `today`, with what a person keeps."""
    kept = kept or Kept()
    terms, document = review.terms, review.document
    due = None if kept.settled else outline.next_act(review, today)
    counts = outline.counts(review) if not review.error else {}
    dates = {d.kind: d.date for d in reversed(review.deadlines)}
    cost, cost_from = _cost(terms, kept)
    return Entry(
        id=id or document.sha256 or document.path,
        name=clean(document.name),
        paths=paths or (document.path,),
        vendor=outline.party_name(terms, "vendor"),
        customer=outline.party_name(terms, "customer"),
        kind=clean(terms.kind_of_agreement or "") if terms else "",
        effective_date=terms.effective_date if terms else None,
        expiration_date=terms.expiration_date if terms else None,
        renews_on=None if kept.settled else dates.get("renews_on"),
        ends_on=dates.get("expires_on") or dates.get("bound_until"),
        act_by=due.date if due else None,
        act_kind=due.kind if due else None,
        to_do=to_do(review, today, kept),
        renewal=outline.renewal(terms) if terms else "",
        renewal_months=renewal_months(terms),
        uptime="; ".join(map(outline.level, terms.uptime)) if terms else "",
        high=counts.get("high", 0),
        medium=counts.get("medium", 0),
        low=counts.get("low", 0),
        status=kept.status,
        owner=kept.owner,
        annual_cost=cost,
        cost_from=cost_from,
        carried=tuple(sorted(kept.carried)),
        changed_on=changed_on,
        error_kind=review.error.kind if review.error else None,
        error_message=clean(review.error.message) if review.error else None,
        undated="" if review.error or act_by(review, today) or review.deadlines else outline.why_no_act(review, today),
    )


def renewal_months(terms: Terms | None) -> int | None:
    """For how many months one renewal binds; None where it does not renew by itself, or for a length that is not known."""
    renewal = terms.renewal if terms else None
    if terms is None or renewal is None or renewal.kind == "optional":
        return None
    if renewal.kind == "month_to_month":
        return 1
    length = terms.initial_term if renewal.renewal_term == "initial_term" else renewal.renewal_term
    return length.months if isinstance(length, Duration) else None


def _cost(terms: Terms | None, kept: Kept) -> tuple[Money | None, str | None]:
    """The annual cost that a person set, else twelve of the month's fees that the document states."""
    if kept.annual_cost:
        return kept.annual_cost, "register"
    fee = terms.monthly_fee if terms else None
    return (Money(fee.amount * 12, fee.currency), "document") if fee else (None, None)
