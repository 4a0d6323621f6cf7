"""What a contract obliges to, typed: the `terms` of a review.

Each record is what the document says, never what was reckoned from it, but for the fields marked "reckoned", which
`contractlens.reckoning` fills in. What the document does not say is None or empty.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

from contractlens.documents.place import Evidence
from contractlens.values import Duration, Money

Number = Annotated[float, PlainSerializer(lambda v: int(v) if v == int(v) else v, return_type=float | int)]
Quotes = Annotated[tuple[Evidence, ...], Field(description="The sentences that say it.")]


class Record(BaseModel):
    """What all records share: they are frozen, and know no other fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Party(Record):
    name: str
    role: Literal["vendor", "customer"] | None = None
    called: str | None = None


class Notices(Record):
    address: str | None = None
    methods: tuple[str, ...] = ()
    deemed_received: str | None = None
    evidence: Quotes = ()


class Renewal(Record):
    kind: Literal["automatic", "optional", "month_to_month"]
    renewal_term: Duration | Literal["initial_term"] | None = None
    successive: bool | None = None
    max_renewals: int | None = None
    notice_min: Duration | None = None
    notice_max: Duration | None = None
    notice_date: str | None = Field(default=None, description="`--11-01` for a day of each year.")
    notice_unit: Literal["calendar", "business"] | None = None
    notice_written: bool = False
    notice_received: bool | None = Field(default=None, description="Whether notice must have arrived by the day, not only been sent; null where not said.")
    notice_clear: bool = Field(default=False, description="Clear days: neither the day of the notice nor the day that it is counted to counts.")
    notice_by: Literal["either", "customer", "vendor"] | None = None
    notice_to: str | None = Field(default=None, description="What the notice is counted back from, where that is not the end of the term.")
    first_opt_out_by: date | None = Field(default=None, description="Reckoned: the last safe day before the first renewal.")
    evidence: Quotes = ()


class AllowedDowntime(Record):
    """Reckoned: the longest outage that meets the figure over each span, as ISO 8601 rounded down to the second."""

    day: str | None = None
    week: str | None = None
    month: str | None = None
    quarter: str | None = None
    year: str | None = None


Period = Literal["day", "week", "month", "quarter", "year"]


class Uptime(Record):
    percent: Number
    period: Period | None = None
    service: str | None = None
    implied: bool = Field(default=False, description="No sentence commits to it; it is the top edge of the credit bands.")
    allowed_downtime: AllowedDowntime = AllowedDowntime()
    effective_percent: Number | None = Field(default=None, description="Reckoned: the availability of an average month after the maintenance that does not count.")
    evidence: Quotes = ()


class CreditTier(Record):
    below: Number | None = None
    at_least: Number | None = None
    credit_percent: Number | None = None
    credit_days: Number | None = None
    service: str | None = None


class OutageTier(Record):
    over: Duration | None = None
    up_to: Duration | None = None
    credit_percent: Number | None = None
    credit_days: Number | None = None


class CreditRate(Record):
    """What a credit by the time down is made of: so much of the period's fee for each such time or points missed, or a multiple of the fee for the time lost."""

    credit_percent: Number | None = None
    credit_days: Number | None = None
    per: Duration | None = None
    per_points: Number | None = Field(default=None, description="Percentage points of availability below the service level, for each of which the credit is due.")
    times_fee: Number | None = Field(default=None, description="1 where the credit is the fee for the time lost itself (pro rata), 10 for ten times that.")
    evidence: Quotes = ()


class Gap(Record):
    """What could not be worked out, why, and what is needed for it: an option, or a fact to look up."""

    field: str
    reason: str
    needs: str | None = None


class TerminationRight(Record):
    failures: int | None = None
    within: Duration | None = None


class Maintenance(Record):
    allowed: Duration | None = None
    per: Period | None = None
    notice: Duration | None = None


class ServiceCredits(Record):
    tiers: tuple[CreditTier, ...] = ()
    prorata: bool = False
    rates: tuple[CreditRate, ...] = Field(default=(), description="What `prorata` is made of, where it says so.")
    cap_percent: Number | None = None
    cap_days: Number | None = None
    claim_window: Duration | None = None
    claim_window_unit: Literal["calendar", "business"] | None = None
    claim_from: Literal["outage", "period_end", "same_period", "invoice"] | None = Field(
        default=None, description="What the claim window runs from; `same_period`: the claim is due within it. Null where not said."
    )
    outage_start: Literal["customer_notice", "provider_detection", "either", "actual"] | None = None
    exclusive_remedy: bool = False
    termination_right: TerminationRight | None = None
    excludes_scheduled_maintenance: bool = False
    maintenance: Maintenance | None = None
    outage_tiers: tuple[OutageTier, ...] = ()
    evidence: Quotes = ()


class Change(Record):
    what: Literal["terms", "price", "service"]
    notice: Duration | None = None
    notice_form: Literal["posting", "email", "written", "in_product"] | None = None
    continued_use: bool = False
    opt_out: Literal["terminate", "reject", "keep_original"] | None = None
    by_reference_url: bool = False
    evidence: Quotes = ()


Index = Literal["CPI", "RPI", "HICP", "PPI", "ECI", "inflation"]


class PriceRise(Record):
    """How prices move at renewal or during the term."""

    at_renewal: bool = False
    during_term: bool = False
    then_current: bool = Field(default=False, description="The vendor's rates or list prices of that day apply.")
    percent: Number | None = Field(default=None, description="The rise that is stated.")
    percent_max: Number | None = Field(default=None, description="The most that prices may rise by.")
    index: Index | None = Field(default=None, description="The index that prices follow; `inflation` where none is named.")
    discount_lapses: bool = False
    notice: Duration | None = None
    evidence: Quotes = ()


Ground = Literal["convenience", "breach", "insolvency", "change_of_control", "other"]


class Termination(Record):
    """Who may end the agreement before its time, and on what ground."""

    by: Literal["customer", "vendor", "either"]
    ground: Ground
    notice: Duration | None = None
    cure: Duration | None = Field(default=None, description="The time to put a breach right.")
    fee_due: bool = Field(default=False, description="Leaving early costs a fee, or the rest of the term's.")
    evidence: Quotes = ()


class Liability(Record):
    """The cap on the vendor's liability, and what is excluded from it altogether."""

    amount: Money | None = None
    fee_months: Number | None = Field(default=None, description="The cap is the fees of so many months.")
    fee_percent: Number | None = Field(default=None, description="The per cent of those fees, where it is not 100.")
    all_fees: bool = Field(default=False, description="The cap is the fees paid under the agreement, with no span named.")
    of_several: Literal["greater", "lesser"] | None = Field(default=None, description="Which of the amount and the fees counts, where both are named.")
    whose: Literal["vendor", "either"] | None = None
    excludes_indirect: bool = False
    indirect_for: Literal["vendor", "either"] | None = Field(default=None, description="Who is not liable for indirect loss.")
    carve_outs: tuple[str, ...] = Field(default=(), description="What the cap does not hold for: `confidentiality`, `gross_negligence`.")
    super_cap: bool = Field(default=False, description="For some claims a higher cap applies.")
    evidence: Quotes = ()


class Terms(Record):
    kind_of_agreement: str | None = None
    parties: tuple[Party, ...] = ()
    agreement_date: date | None = None
    effective_date: date | None = None
    initial_term: Duration | None = None
    expiration_date: date | None = None
    governing_law: str | None = None
    notices: Notices | None = None
    renewal: Renewal | None = None
    uptime: tuple[Uptime, ...] = ()
    service_credits: ServiceCredits | None = None
    changes: tuple[Change, ...] = ()
    monthly_fee: Money | None = Field(default=None, description="Where the document states one fee a month, and a service level.")
    price_rise: PriceRise | None = None
    termination: tuple[Termination, ...] = ()
    liability: Liability | None = None
    evidence: dict[str, tuple[Evidence, ...]] = Field(default={}, description="The quotes of the fields that are no record of their own.")

    def party(self, role: Literal["vendor", "customer"]) -> Party | None:
        return next((p for p in self.parties if p.role == role), None)
