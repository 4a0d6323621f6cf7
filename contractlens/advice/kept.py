"""What a person keeps beside an agreement: its status, its owner, its cost, and values of the terms that were confirmed or corrected.

A value is set by the name of its field in `terms` (`effective_date`, `renewal.notice_min`, `uptime.0.percent`), as the review's JSON writes it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal, get_args

from pydantic import ValidationError

from contractlens.advice.finding import Review, Unknown
from contractlens.advice.restating import restated
from contractlens.errors import UsageError
from contractlens.reckoning.dates import expiration
from contractlens.reckoning.deadlines import Deadline, DeadlineKind, deadlines
from contractlens.reckoning.following import reckoned
from contractlens.terms.records import Gap, Terms
from contractlens.values import Money

Status = Literal["new", "reviewed", "confirmed", "notice_given", "ended"]
STATUSES: tuple[Status, ...] = get_args(Status)
ACTS: tuple[DeadlineKind, ...] = ("opt_out_by", "exercise_by", "claim_by")

_DATING = ("effective_date", "initial_term")  # what the end of the first term is reckoned from


@dataclass(frozen=True, slots=True)
class Kept:
    """What was set for one paper. `carried` names what was set for an earlier version of it, and not yet again for this one."""

    status: Status = "new"
    owner: str | None = None
    annual_cost: Money | None = None
    note: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    carried: frozenset[str] = frozenset()

    @property
    def settled(self) -> Literal["notice_given", "ended"] | None:
        """Whether nothing is to be done any more; what was said of an earlier paper does not settle this one."""
        return self.status if self.status in ("notice_given", "ended") and "status" not in self.carried else None


def kept(facts: Mapping[str, str], carried: frozenset[str] = frozenset()) -> Kept:
    """From the words that are stored, by field."""
    own = {name: facts.get(name) for name in ("owner", "note")}
    cost = facts.get("annual_cost")
    status: Status = next((s for s in STATUSES if s == facts.get("status")), "new")
    values = {name: value for name, value in facts.items() if name not in (*own, "annual_cost", "status")}
    return Kept(status, own["owner"], stored_money(cost) if cost else None, own["note"], values, carried & facts.keys())


def stored_money(words: str) -> Money:
    """`1200.50 EUR`, or without a currency."""
    amount, _, currency = words.partition(" ")
    return Money(Decimal(amount), currency or None)


def corrected(review: Review, kept: Kept, today: date) -> Review:
    """The review with its dates reckoned anew, as seen from `today`, from the terms as a person corrected them.

    Where values were set for an earlier version of the paper, both readings are reckoned, and the one by which to act earlier counts.
    """
    if review.terms is None:
        return review
    own = {name: value for name, value in kept.values.items() if name not in kept.carried}
    made = _with(review, own, today)
    if own.keys() == kept.values.keys():
        return made
    earlier = _with(review, kept.values, today)
    return min((made, earlier), key=lambda r: act_by(r, today) or date.max)


def act_by(review: Review, today: date) -> date | None:
    """The next day by which to act."""
    return min((d.date for d in review.deadlines if d.kind in ACTS and d.date >= today), default=None)


def _with(review: Review, values: Mapping[str, str], today: date) -> Review:
    assert review.terms
    terms = corrected_terms(review.terms, values) if values else review.terms
    dated, gaps = deadlines(terms, today=today)
    if values:
        dated = tuple(_told(d, values) for d in dated)
    findings = restated(review.findings, review.deadlines, dated, values)
    return review.model_copy(update={"terms": terms, "deadlines": dated, "unknown": _unknown(review, terms, gaps), "findings": findings})


def _told(deadline: Deadline, values: Mapping[str, str]) -> Deadline:
    given = ", ".join(f"{name.replace('_', ' ').replace('.', ', ')} {value}" for name, value in values.items())
    return deadline.model_copy(update={"basis": f"{deadline.basis}; counted with what was set in the register: {given}"})


def _unknown(review: Review, terms: Terms, gaps: tuple[Gap, ...]) -> tuple[Unknown, ...]:
    """What is still not known; what is known now is left out."""
    left = {u.field: u for u in review.unknown if _is_open(u.field, terms)}
    left.update({g.field: Unknown(field=g.field, reason=g.reason, needs=g.needs) for g in gaps if g.field not in left})
    return tuple(left.values())


def _is_open(name: str, terms: Terms) -> bool:
    value: Any = terms
    for part in name.removeprefix("terms.").split("."):
        value = getattr(value, part, None)
    return value is None and name != "deadlines"


# ---- values


def corrected_terms(terms: Terms, values: Mapping[str, str]) -> Terms:
    """The terms with these values in place of what was read, and what follows from them. Raises UsageError for one that does not fit."""
    data = terms.model_dump(mode="json")
    for name, value in values.items():
        _put(data, name, value)
    try:
        made = Terms.model_validate_json(json.dumps(data))
    except ValidationError as error:
        raise _does_not_fit(error, values) from None
    start = _start(terms, made, values)
    if "expiration_date" not in values and start and made.initial_term and values.keys() & set(_DATING):
        made = made.model_copy(update={"expiration_date": None})
    return reckoned(made, start)


def _start(read: Terms, made: Terms, values: Mapping[str, str]) -> date | None:
    """The day from which the first term counts: the one that a person set, else the document's, where its end was counted from it."""
    if "effective_date" in values:
        return made.effective_date
    stated = read.evidence.get("expiration_date")
    counted = read.effective_date and read.initial_term and expiration(read.effective_date, read.initial_term) == read.expiration_date
    return read.effective_date if counted and not stated else None


def _put(data: dict[str, Any], name: str, value: str) -> None:
    if not re.fullmatch(r"[a-z_]+(\.([a-z_]+|\d{1,3}))*", name):
        raise UsageError(f"{name}: this is no field of the terms. Name one such as effective_date or renewal.notice_min (contractlens schema lists them).")
    *way, last = name.split(".")
    at: Any = data
    for step in way:
        inner = at[int(step)] if isinstance(at, list) and step.isdigit() and int(step) < len(at) else at.get(step) if isinstance(at, dict) else None
        if inner is None and isinstance(at, dict):
            inner = at[step] = {}
        if inner is None:
            raise UsageError(f"{name}: there is no {step} in it to correct.")
        at = inner
    made = None if value.lower() in ("", "null", "none") else value
    if isinstance(at, list):
        if not last.isdigit() or int(last) >= len(at):
            raise UsageError(f"{name}: there is no {last} in it to correct.")
        at[int(last)] = made
    else:
        at[last] = made


def _does_not_fit(error: ValidationError, values: Mapping[str, str]) -> UsageError:
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    name = next((n for n in values if where == n or where.startswith(f"{n}.")), where)
    value = f' "{values[name]}"' if name in values else ""
    reason = "it is not a day, such as 2026-03-01" if str(first["type"]).startswith("date") else str(first["msg"]).removeprefix("Value error, ")
    return UsageError(f"{name}:{value} does not fit: {reason[:1].lower()}{reason[1:]}. `contractlens schema` says what each field of the terms holds.")
