"""What letters are filled in with: the parties, the notices clause, the dates, as far as the document says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from contractlens.advice.finding import Review
from contractlens.advice.wording import humanised
from contractlens.documents.place import Evidence
from contractlens.exports.outline import unknown
from contractlens.exports.words import clean, day, in_days, shorten
from contractlens.terms.records import Change, Terms

Facts = dict[str, Any]
FORMS = {"posting": "by posting", "email": "by email", "written": "in writing", "in_product": "within the service"}
NOUNS = {"terms": "the terms", "price": "the prices", "service": "the service"}
_RUNS_ON = 70  # characters: a longer heading is no name for a clause


def common(review: Review, today: date) -> Facts:
    """What every letter may name."""
    assert review.terms is not None
    terms, notices = review.terms, review.terms.notices
    names = {role: clean(party.name) if (party := terms.party(role)) else None for role in ("customer", "vendor")}
    return {
        **names,
        "customer_address": None,
        "document": clean(review.document.name),
        "today": today,
        "agreement": _agreement(terms, names),
        "agreement_date": terms.agreement_date,
        "vendor_address": clean(notices.address) if notices and notices.address else None,
        "methods": _or([clean(m) for m in notices.methods]) if notices and notices.methods else None,
        "several_methods": notices is not None and len(notices.methods) > 1,
        "notices_said": notices is not None,
        "notices_clause": cited(notices.evidence) if notices else None,
        "deemed": clean(notices.deemed_received) if notices and notices.deemed_received else None,
    }


def of_renewal(review: Review, today: date) -> Facts:
    """For the notice of non-renewal."""
    assert review.terms is not None
    renewal = review.terms.renewal
    by, opens, renews = (review.deadline(kind) for kind in ("opt_out_by", "opt_out_opens", "renews_on"))
    bound, expires = review.deadline("bound_until"), review.deadline("expires_on")
    counted = by or renews or expires
    if renewal and renewal.kind == "month_to_month":
        ends = review.terms.expiration_date
    else:
        ends = bound.date if bound else renews.date - timedelta(days=1) if renews else expires.date if expires else None
    gap = next((u for u in review.unknown if u.field.startswith(("terms.expiration", "terms.effective", "terms.initial", "terms.renewal", "deadlines"))), None)
    waits = opens is not None and opens.date > today
    return {
        "kind": renewal.kind if renewal else None,
        "stopped_by": None if not renewal or renewal.kind != "automatic" else "them" if renewal.notice_by == "vendor" else "us",
        "ends": ends,
        "ended": expires is not None and expires.date < today,
        "first_end": ends if ends and ends >= today else None,
        "notice": (renewal.notice_min or renewal.notice_max) if renewal else None,
        "notice_written": bool(renewal and renewal.notice_written),
        "arrives": bool(renewal and renewal.notice_received),
        "opt_out_by": day(by.date, weekday=True) if by else None,
        "opt_out_in": in_days(by.date, today) if by else None,
        "opens": day(opens.date, weekday=True) if opens and waits else None,
        "opens_basis": clean(opens.basis) if opens else None,
        "bound_until": bound.date if bound else None,
        "basis": clean(counted.basis) if counted else None,
        "gap": unknown(gap) if gap else "the document gives no date to count from",
        "clause": cited(renewal.evidence) if renewal else None,
        "quotes": renewal.evidence[:2] if renewal else (),
        **({"today": None, "today_hint": f"date, not before {humanised(opens.date)}"} if opens and waits else {}),
    }


def of_change(review: Review, what: str | None) -> Facts:
    """For the objection: the clause about such changes that says most; by default about the terms, else the prices, else the service."""
    assert review.terms is not None
    changes = review.terms.changes
    chosen = what or next((k for k in NOUNS if any(c.what == k for c in changes)), "terms")
    change = max((c for c in changes if c.what == chosen), key=_said, default=None)
    others = [NOUNS[k] for k in NOUNS if k != chosen and any(c.what == k for c in changes)]
    return {
        "what": NOUNS[chosen],
        "others": _or(others) if others and not what else None,
        "clause": cited(change.evidence) if change else None,
        "quotes": change.evidence[:2] if change else (),
        "notice": change.notice if change else None,
        "form": FORMS.get(str(change.notice_form)) if change else None,
        "way_out": change.opt_out if change else None,
        "by_use": bool(change and change.continued_use),
    }


def cited(evidence: tuple[Evidence, ...]) -> str | None:
    """`section 14.2`, or the heading that a clause without a number stands under; None where nothing was found."""
    if not evidence:
        return None
    section = next((clean(e.section) for e in evidence if e.section), "")
    if section[:1].isdigit():
        return f"section {section}"
    return f"the clause under “{shorten(section, _RUNS_ON)}”" if section else "the clause below"


def _agreement(terms: Terms, names: Mapping[str, str | None]) -> str:
    between = " and ".join(n for n in (names["vendor"], names["customer"]) if n)
    dated = f" dated {humanised(terms.agreement_date)}" if terms.agreement_date else " dated [date of the agreement]"
    with_whom = f" between {between}" if names["vendor"] and names["customer"] else f" with {between}" if between else ""
    return f"the agreement{with_whom}{dated}"


def _said(change: Change) -> tuple[int, int]:
    """How much a clause says: one that gives a way out, a notice or a form goes before a summary."""
    told = sum(v is not None for v in (change.opt_out, change.notice, change.notice_form)) + change.continued_use
    return told, max((len(e.quote) for e in change.evidence), default=0)


def _or(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
