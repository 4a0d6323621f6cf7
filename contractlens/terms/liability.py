"""The cap on the vendor's liability: how much, whose, what is excluded altogether, and what the cap does not hold for."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from contractlens.language.sentences import Sentence
from contractlens.rulebook import Match, Matches
from contractlens.terms.records import Liability
from contractlens.values import Duration, Money, Percent

CAP, INDIRECT, EXCEPTIONS = "liability/cap", "liability/indirect-loss", "liability/exceptions"
CARVE_OUTS = (
    "confidentiality",
    "data_protection",
    "indemnity",
    "intellectual_property",
    "gross_negligence",
    "wilful_misconduct",
    "fraud",
    "death_or_injury",
    "payment",
)
REACH = 6  # sentences on either side of a cap in which its exceptions stand
MONTH = Decimal("30.4375")  # days

Whose = Literal["vendor", "either"]


def read(matches: Matches) -> Liability | None:
    """The cap and the exclusion; None where the document has neither for the vendor."""
    caps = [(m, whose) for m in matches.of(CAP) if m.points >= 0 for whose in [_whose(m)] if whose]
    excluded = [(m, whose) for m in matches.of(INDIRECT) for whose in [_whose(m)] if whose]
    if not caps and not excluded:
        return None
    cap = max(caps, key=lambda pair: pair[0].points, default=None)
    said = [pair[0].sentence for pair in (*([cap] if cap else []), *excluded[:1])]
    names, super_cap, where = _exceptions(matches, said)
    made = Liability(
        whose=cap[1] if cap else None,
        excludes_indirect=bool(excluded),
        indirect_for=("either" if any(w == "either" for _, w in excluded) else "vendor") if excluded else None,
        carve_outs=names,
        super_cap=super_cap,
        evidence=matches.reading.evidence(*said, *where[:2]),
    )
    return made.model_copy(update=_size(cap[0])) if cap else made


def _whose(match: Match) -> Whose | None:
    """Whose liability: both sides', or the vendor's; None where it is the customer's alone."""
    if "either" in match:
        return "either"
    if "customer_only" in match:
        return None
    return "vendor" if "vendor" in match else "either" if "nobody" in match else None


def _size(match: Match) -> dict[str, object]:
    """What the cap is made of."""
    amount = next((v.amount for v, _ in match.values("amount") if isinstance(v.amount, Money)), None)
    percent = next((float(v.amount.value) for v, _ in match.values("percent") if isinstance(v.amount, Percent)), None)
    months = _months(match)
    times = next((v.amount for v, _ in match.values("times") if isinstance(v.amount, Decimal)), Decimal(2) if "twice" in match else None)
    if times is not None and months is not None:
        months, percent = (float(months * float(times)), percent) if months == 1 else (months, float(times * 100))
    either_of = "greater" if "greater" in match else "lesser" if "lesser" in match else None
    fees = months is None and ("paid" in match or percent is not None) and (amount is None or either_of is not None)
    several = amount is not None and (months is not None or fees)
    return {
        "amount": amount,
        "fee_months": months,
        "fee_percent": None if percent == 100 else percent,
        "all_fees": fees,
        "of_several": either_of if several else None,
    }


def _months(match: Match) -> float | None:
    for value, _ in match.values("months"):
        if isinstance(length := value.amount, Duration):
            if length.months:
                return float(length.months)
            if length.seconds and length.seconds >= 7 * 86400:
                return float(round(length.seconds / 86400 / MONTH, 1))
    return 12.0 if "a_year" in match else 1.0 if "a_month" in match else None


def _beside(matches: Matches, sentence: Sentence) -> list[Sentence]:
    """The sentences near it under the same main heading: "13.3 Exceptions" after "13.2 Cap"."""
    clauses = matches.reading.document.clauses

    def root(s: Sentence) -> int | None:
        return None if s.clause is None else (*clauses[s.clause].path, s.clause)[0]

    near = matches.reading.sentences[max(0, sentence.index - REACH) : sentence.index + REACH + 1]
    return [s for s in near if root(s) == root(sentence) and s.kind != "heading"]


def _exceptions(matches: Matches, said: list[Sentence]) -> tuple[tuple[str, ...], bool, list[Sentence]]:
    """What is named as not capped, whether some claims have a higher cap, and the sentences that say so."""
    near = {s.index: s for one in said for s in _beside(matches, one)}
    named: list[str] = []
    where: list[Sentence] = []
    higher = False
    for index in sorted(near):
        groups = matches.ask(EXCEPTIONS, near[index]).groups
        if not {"of_liability", "super_cap"} & groups.keys():
            continue  # "Notwithstanding the foregoing, each party may disclose Confidential Information"
        found = [name for name in CARVE_OUTS if name in groups] if "excepts" in groups else []
        higher = higher or "super_cap" in groups
        if found or "super_cap" in groups:
            named += [name for name in found if name not in named]
            where.append(near[index])
    return tuple(name for name in CARVE_OUTS if name in named), higher, where
