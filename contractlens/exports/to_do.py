"""What is to be done about an agreement, in a line of a list."""

from __future__ import annotations

from datetime import date

from contractlens.advice.finding import Review
from contractlens.advice.kept import Kept
from contractlens.exports.outline import next_act, what_to_do, why_no_act
from contractlens.exports.words import clean

SETTLED = {"notice_given": "notice was given", "ended": "it has ended"}


def to_do(review: Review, today: date, kept: Kept | None = None) -> str:
    """What to do by the next day to act by; where there is none, why, and what to give to get one."""
    if review.error:
        return clean(review.error.message)
    if kept and kept.settled:
        return SETTLED[kept.settled]
    due = next_act(review, today)
    return what_to_do(review, due) if due else why_no_act(review, today)
