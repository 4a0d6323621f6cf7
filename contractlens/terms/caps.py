"""A cap on liability in words, and as a number to hold against others."""

from __future__ import annotations

from contractlens.terms.records import Liability


def cap_in_words(cap: Liability) -> str | None:
    """`USD 50,000.00`, `125 % of the fees of 12 months`; None where there is no cap."""
    share = f"{cap.fee_percent:g} % of " if cap.fee_percent is not None else ""
    span = f" of {cap.fee_months:g} month{'' if cap.fee_months == 1 else 's'}" if cap.fee_months else " paid under the agreement" if cap.all_fees else ""
    parts = [cap.amount.words() if cap.amount else "", f"{share}the fees{span}" if span or share else ""]
    stated = [p for p in parts if p]
    which = f"the {cap.of_several} of " if cap.of_several and len(stated) > 1 else ""
    return which + " and ".join(stated) if stated else None


def cap_months(cap: Liability) -> float | None:
    """The cap in months of fees; None where it is not made of them."""
    return cap.fee_months * (cap.fee_percent if cap.fee_percent is not None else 100) / 100 if cap.fee_months else None
