"""What the vendor may change, price rises, ways to end it and liability, each in a line of a report."""

from __future__ import annotations

from contractlens.terms.caps import cap_in_words
from contractlens.terms.records import Change, Liability, PriceRise, Termination, Terms

BY = {"customer": "you", "vendor": "the vendor", "either": "either side"}
WHAT = {"terms": "the terms", "price": "the prices", "service": "the service"}
FORMS = {"posting": "by posting", "email": "by e-mail", "written": "in writing", "in_product": "in the product"}
WAYS_OUT = {"terminate": "you may leave", "reject": "you may object", "keep_original": "you may stay on the old terms"}
GROUNDS = {
    "convenience": "without a reason",
    "breach": "for a breach",
    "insolvency": "at insolvency",
    "change_of_control": "when the other is sold",
    "other": "in cases that the clause names",
}


def lines(terms: Terms) -> list[tuple[str, str]]:
    """Labels and words; empty words where the document does not say."""
    return [
        ("May change alone", "; ".join(dict.fromkeys(map(change, terms.changes)))),
        ("Prices", prices(terms.price_rise) if terms.price_rise else ""),
        ("May be ended", "; ".join(map(ending, terms.termination))),
        ("Liability", liability(terms.liability) if terms.liability else ""),
    ]


def change(right: Change) -> str:
    """`the terms by e-mail, 30 days ahead; using it accepts them; you may leave`"""
    form = FORMS.get(right.notice_form or "", "")
    how = " ".join((WHAT[right.what], form)).strip()
    ahead = f"{right.notice.words()} ahead" if right.notice else "without a notice in days"
    accepts = "going on accepts it" if right.continued_use else ""
    return "; ".join(p for p in (f"{how}, {ahead}", accepts, WAYS_OUT.get(right.opt_out or "", "no way out")) if p)


def prices(rise: PriceRise) -> str:
    """`rise by up to 5 % at renewal, with CPI; notice 60 days`"""
    when = " and ".join(w for w, holds in (("at renewal", rise.at_renewal), ("during the term", rise.during_term)) if holds)
    much = f"by {rise.percent:g} %" if rise.percent is not None else f"by up to {rise.percent_max:g} %" if rise.percent_max is not None else ""
    moves = " ".join(("rise", *filter(None, (much, when)))) + (f", with {rise.index}" if rise.index else "") if much or rise.index else ""
    parts = (moves, "the vendor's rates of the day at renewal" if rise.then_current else "", "a discount ends" if rise.discount_lapses else "")
    notice = f"notice {rise.notice.words()}" if rise.notice else ""
    return "; ".join(p for p in (*parts, notice) if p)


def ending(right: Termination) -> str:
    """`by either side for a breach, 30 days to cure`"""
    if right.ground == "other" and right.fee_due:
        return "leaving early costs a fee or the rest of the term"
    parts = [f"by {BY[right.by]} {GROUNDS[right.ground]}"]
    parts += [f"notice {right.notice.words()}"] if right.notice else []
    parts += [f"{right.cure.words()} to cure"] if right.cure else []
    parts += ["at a cost"] if right.fee_due else []
    return ", ".join(parts)


def liability(cap: Liability) -> str:
    """`the vendor's capped at the fees of 12 months; no indirect loss`"""
    whose = {"vendor": "the vendor's", "either": "each side's"}.get(cap.whose or "", "")
    size = cap_in_words(cap)
    parts = [f"{whose} capped at {size}".strip() if size else "", "a higher cap for some claims" if cap.super_cap else ""]
    parts += ["no indirect loss" if cap.excludes_indirect else ""]
    parts += [f"but not for {', '.join(cap.carve_outs).replace('_', ' ')}" if cap.carve_outs else ""]
    return "; ".join(p for p in parts if p)
