"""A review built by hand: a DNS service that renews by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from contractlens.advice.finding import DocumentSummary, Finding, NotFound, Redline, Review, ReviewWarning, Unknown
from contractlens.documents.place import Evidence
from contractlens.reckoning.deadlines import Deadline
from contractlens.terms.records import Notices, Party, Renewal, Terms, Uptime
from contractlens.values import Duration


def evidence(quote: str, section: str | None = "14.2", page: int | None = 6) -> Evidence:
    return Evidence(quote=quote, page=page, section=section, start=0, end=len(quote))


RENEWS = evidence(
    "This Agreement renews automatically for successive periods of twelve (12) months each, unless either party gives written notice "
    "of non-renewal between forty-five (45) and thirty (30) days before the end of the then-current term."
)
UPTIME = evidence("The Service is available 99.9% of each calendar month.", "5.1", 3)

DATES = (
    Deadline(kind="opt_out_opens", date=date(2027, 1, 15), basis="45 days before the renewal day"),
    Deadline(kind="opt_out_by", date=date(2027, 1, 29), basis="the term ends 2027-02-28; 30 days before that", evidence=(RENEWS,)),
    Deadline(kind="renews_on", date=date(2027, 3, 1), basis="the day after the term ends"),
)


def words(position: str, text: str, **more: object) -> Redline:
    return Redline.model_validate({"position": position, "with": text, **more})


@pytest.fixture
def make_review() -> Callable[..., Review]:
    """The review of harbor-dns.pdf, with other fields where they are given."""

    def make(
        *, name: str = "harbor-dns.pdf", vendor: str = "Harbor DNS, Inc.", deadlines: tuple[Deadline, ...] = DATES, **fields: object
    ) -> Review:
        renewal = Renewal(
            kind="automatic", renewal_term=Duration(12, "month"), notice_min=Duration(30, "day"), notice_written=True, evidence=(RENEWS,)
        )
        terms = Terms(
            parties=(Party(name=vendor, role="vendor", called="Provider"), Party(name="Customer", role="customer", called="Customer")),
            effective_date=date(2026, 3, 1),
            initial_term=Duration(1, "year"),
            expiration_date=date(2027, 2, 28),
            notices=Notices(address="legal@harbor-dns.example", methods=("email",)),
            renewal=renewal,
            uptime=(Uptime(percent=99.9, period="month", evidence=(UPTIME,)),),
        )
        findings = (
            Finding(
                rule="renewal/automatic-renewal",
                category="renewal",
                severity="medium",
                title="Renews by itself",
                meaning="It renews by itself for 12 months at a time.",
                why="One day late, and you pay for another term.",
                evidence=(RENEWS,),
                redlines=(words("preferred", "After the initial term this Agreement continues from month to month.", replace=RENEWS),),
            ),
            Finding(
                rule="uptime/level",
                category="sla",
                severity="high",
                title="99.9 % a month",
                meaning="99.9 % a month allows 40 min 19 s (February) to 44 min 38 s of outage.",
                why="What nobody reported did not happen.",
                evidence=(UPTIME,),
                redlines=(
                    words("preferred", "An outage begins when it begins, as detected by either party.", after=UPTIME, note="It is fair."),
                    words("fallback", "An outage begins when monitoring first detects it.", after=UPTIME),
                ),
            ),
        )
        made = Review(
            document=DocumentSummary(name=name, path=f"samples/{name}", sha256="ab" * 32, pages=9, words=4210),
            terms=terms,
            deadlines=deadlines,
            findings=findings,
            not_found=(NotFound(what="a right to end the agreement after repeated failures"),),
            unknown=(Unknown(field="terms.governing_law", reason="two laws are named"),),
            warnings=(ReviewWarning(kind="page_not_read", page=7, message="the page is a picture of text"),),
        )
        return made.model_copy(update=fields)

    return make
