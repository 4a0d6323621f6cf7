"""The steps from today to a renewal: when the window opens, by when to decide, the last day to send, the day it renews."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal

from contractlens.documents.place import Evidence
from contractlens.reckoning.deadlines import Deadline
from contractlens.reckoning.reach import CannotReckon
from contractlens.reckoning.workdays import count_working_days, is_working_day, working_day_before
from contractlens.terms.records import Record, Terms

StepKind = Literal["window_opens", "decide_by", "send_by", "renews_on", "ends_on"]
TIME_TO_WRITE = 5  # working days: to decide, to write the notice, and to have it signed


class Step(Record):
    """A day on the way to a renewal, how it was counted, and the sentences that it follows from."""

    kind: StepKind
    date: date
    basis: str
    evidence: tuple[Evidence, ...] = ()


def steps(terms: Terms, deadlines: Iterable[Deadline], *, today: date) -> tuple[Step, ...]:
    """The steps to the next renewal, in the order in which they are taken; none where no day to act is known.

    `send_by` is the last day for notice, or the working day before it where no business is done on that day; `decide_by` is our own
    advice, five working days before that. Neither is earlier than `today`.

    >>> found = steps(Terms(), [Deadline(kind="opt_out_by", date=date(2027, 1, 31), basis="a Sunday")], today=date(2026, 11, 21))
    >>> [(step.kind, str(step.date)) for step in found]
    [('decide_by', '2027-01-22'), ('send_by', '2027-01-29')]
    """
    dated = sorted(deadlines, key=lambda d: d.date)
    act = next((d for d in dated if d.kind in ("opt_out_by", "exercise_by") and d.date >= today), None)
    if act is None:
        return ()
    evidence = act.evidence or (terms.renewal.evidence if terms.renewal else ())
    opens = next((d for d in reversed(dated) if d.kind == "opt_out_opens" and d.date <= act.date), None)
    after = next((d for d in dated if d.kind in ("renews_on", "expires_on") and d.date > act.date), None)
    send = _send_by(act, terms, today)
    made = [Step(kind="window_opens", date=opens.date, basis=opens.basis, evidence=opens.evidence or evidence)] if opens else []
    made += [_decide_by(send, terms.governing_law, today), Step(kind="send_by", date=send, basis=act.basis, evidence=evidence)]
    if after:
        kind: StepKind = "renews_on" if after.kind == "renews_on" else "ends_on"
        made.append(Step(kind=kind, date=after.date, basis=after.basis, evidence=after.evidence or evidence))
    return tuple(made)


def _send_by(act: Deadline, terms: Terms, today: date) -> date:
    if is_working_day(act.date, terms.governing_law):
        return act.date
    return max(working_day_before(act.date, terms.governing_law), today)


def _decide_by(send: date, governing_law: str | None, today: date) -> Step:
    try:
        day = count_working_days(send, -TIME_TO_WRITE, governing_law)
    except CannotReckon:
        day = today
    basis = f"our advice: {TIME_TO_WRITE} working days before {send}, to write the notice and to have it signed"
    if day <= today:
        return Step(kind="decide_by", date=today, basis=f"{basis}; that day, {day}, has come: decide today")
    return Step(kind="decide_by", date=day, basis=basis)
