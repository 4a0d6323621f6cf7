"""A term rolls forward through its renewals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from contractlens.reckoning.dates import add, expiration, renewal_day
from contractlens.reckoning.reach import CannotReckon, shift
from contractlens.terms.records import Terms
from contractlens.values import Duration

_LONGEST = {"day": 1, "week": 7, "month": 31, "year": 366}


@dataclass(frozen=True, slots=True)
class Roll:
    """The ends of a term and of its renewals: number 0 is the initial term, 1 the first renewal.

    `most` is how many renewals there can be, None where there is no end to them; `certain` says up to which renewal the clause
    itself goes (a clause that does not say whether it renews again and again is certain of the first alone, as `certain=1`).
    """

    first: date
    each: Duration | None
    most: int | None = None
    certain: int | None = None
    from_renewal_day: bool = True

    @property
    def known(self) -> bool:
        """Whether the length of a renewal is known, and is one to count with."""
        each = self.each
        return each is not None and each.count > 0 and not each.business and each.unit in _LONGEST

    def end(self, number: int) -> date:
        """The last day of a renewal: so many renewal terms after the first renewal day, and one day earlier.

        From 1 March 2027 by the year: 29 February 2028, 28 February 2029.
        """
        return shift(self._after(renewal_day(self.first), number), -1)

    def earliest_end(self, number: int) -> date:
        """The same, counted as safely as can be: also as so many terms after the last day of the first.

        Six months after 30 June end on 30 December (the corresponding day: Dodds v Walker, House of Lords 1981) or with 31 December
        (whole months from 1 July). Where the term is known to run from the renewal day's own day of the month, only the latter.
        """
        return self.end(number) if self.from_renewal_day else min(self.end(number), self._after(self.first, number))

    def running(self, today: date) -> int:
        """The number of the term that runs on a day; also where it comes after the last one allowed."""
        if today <= self.first:
            return 0
        each = self._each()
        # a jump that falls short of the day for sure, then one term at a time
        number = max(0, int((today - self.first).days / (float(each.count) * _LONGEST.get(each.unit, 1))) - 1)
        while self.end(number) < today:
            number += 1
        return number

    def _after(self, day: date, number: int) -> date:
        return add(day, self._each(), number) if number else day

    def _each(self) -> Duration:
        if self.each is None or not self.known:
            raise CannotReckon("the length of a renewal is not known")
        return self.each


def roll_of(terms: Terms) -> Roll | None:
    """How a contract's term rolls forward; None where it has no known end, or does not renew.

    A renewal term that the clause does not give stays unknown: it is not taken to be the initial one.
    """
    renewal, last_day = terms.renewal, terms.expiration_date
    if renewal is None or last_day is None:
        return None
    each = renewal.renewal_term if isinstance(renewal.renewal_term, Duration) else None
    if renewal.renewal_term == "initial_term":
        each = terms.initial_term
    once = 1 if renewal.successive is False else None
    most = renewal.max_renewals if renewal.max_renewals is not None else once
    certain = 1 if most is None and renewal.successive is None else None
    starts = [day for day in (terms.effective_date, terms.agreement_date) if day]
    counted = terms.initial_term is not None and any(expiration(start, terms.initial_term) == last_day for start in starts)
    return Roll(last_day, each, most, certain, from_renewal_day=counted)
