"""A contract's terms become dates by which someone must act."""

from __future__ import annotations

from datetime import date
from typing import Literal

from contractlens.documents.place import Evidence
from contractlens.reckoning.dates import add, expiration, renewal_day
from contractlens.reckoning.reach import CannotReckon
from contractlens.reckoning.rolling import Roll, roll_of
from contractlens.reckoning.windows import Window, window, workday_remark
from contractlens.terms.records import Gap, Record, Renewal, Terms

DeadlineKind = Literal["opt_out_opens", "opt_out_by", "renews_on", "bound_until", "expires_on", "exercise_by", "claim_by"]
_ORDER: tuple[DeadlineKind, ...] = ("opt_out_opens", "opt_out_by", "exercise_by", "claim_by", "renews_on", "bound_until", "expires_on")
_MOST_WINDOWS = 1000  # a notice of many renewal terms is a slip of the pen, and must not keep us counting


class Deadline(Record):
    """A day, how it was counted (`basis`), and the sentences that it follows from."""

    kind: DeadlineKind
    date: date
    basis: str
    evidence: tuple[Evidence, ...] = ()


_Found = tuple[list[Deadline], list[Gap]]


def first_opt_out(terms: Terms) -> date | None:
    """The last safe day to give notice before the first renewal.

    None unless it renews by itself, at an end that is known, with a notice to count; and where only the vendor may stop it.

    >>> from contractlens.values import Duration
    >>> renewal = Renewal(kind="automatic", notice_min=Duration(30, "day"))
    >>> first_opt_out(Terms(expiration_date=date(2027, 2, 28), renewal=renewal))
    datetime.date(2027, 1, 29)
    """
    renewal, last_day = terms.renewal, terms.expiration_date
    if renewal is None or last_day is None or renewal.kind != "automatic" or renewal.notice_by == "vendor" or renewal.max_renewals == 0:
        return None
    try:
        found = window(renewal, last_day, governing_law=terms.governing_law)
    except CannotReckon:
        return None
    return found.by if found else None


def deadlines(terms: Terms, *, today: date) -> tuple[tuple[Deadline, ...], tuple[Gap, ...]]:
    """The days to act as seen from `today`, the earliest first, and what could not be reckoned.

    An agreement that has ended keeps its `expires_on`, and one that has gone over to running month to month its `renews_on`:
    these alone may lie in the past, and their basis says so.

    >>> from contractlens.values import Duration
    >>> renewal = Renewal(kind="automatic", renewal_term=Duration(1, "year"), successive=True, notice_min=Duration(30, "day"))
    >>> found, gaps = deadlines(Terms(expiration_date=date(2027, 2, 28), renewal=renewal), today=date(2026, 11, 21))
    >>> [(deadline.kind, str(deadline.date)) for deadline in found]
    [('opt_out_by', '2027-01-29'), ('renews_on', '2027-03-01')]
    """
    if terms.expiration_date is None:
        return (), (_no_end(terms),)
    renewal, roll = terms.renewal, roll_of(terms)
    try:
        if renewal is None or roll is None or roll.most == 0:
            found, gaps = _ending(terms, terms.expiration_date, today)
        elif renewal.kind == "automatic":
            found, gaps = _automatic(terms, renewal, roll, today)
        elif renewal.kind == "month_to_month":
            found, gaps = _month_to_month(terms, renewal, roll, today)
        else:
            found, gaps = _optional(terms, renewal, roll, today)
    except CannotReckon as why:
        return (), (Gap(field="deadlines", reason=str(why)),)
    return tuple(sorted(found, key=lambda deadline: (deadline.date, _ORDER.index(deadline.kind)))), tuple(gaps)


def _automatic(terms: Terms, renewal: Renewal, roll: Roll, today: date) -> _Found:
    """It renews by itself: the next renewal that can still be stopped, and what can no longer be."""
    if today > roll.first and not roll.known:
        return [], [_no_length(f"the initial term ended {roll.first}, and the length of a renewal is not known")]
    now = roll.running(today)
    if roll.most is not None and now >= roll.most:
        return [_last_end(terms, roll, today)], []
    coming, gaps = (None, []) if renewal.notice_by == "vendor" else _window_or_gap(terms, renewal, roll, now, today)
    if coming is None and renewal.notice_by != "vendor" and not gaps:
        gaps.append(_NO_NOTICE)
    if roll.certain is not None and (now >= roll.certain or (coming is not None and coming.by < today and roll.known)):
        gaps.append(_ONCE_OR_MORE)
    found = [_renews_on(terms, roll, now, today, coming)]
    if coming is not None and coming.by >= today:
        found += _opt_out(terms, roll, now, today, coming)
    elif coming is not None and roll.known:
        found += _bound(terms, renewal, roll, now, today)
    elif coming is not None:
        gaps.append(_no_length(f"the last day for notice, {coming.by}, has passed, and the length of the renewal is not known"))
    return found, gaps


def _renews_on(terms: Terms, roll: Roll, now: int, today: date, coming: Window | None) -> Deadline:
    day = renewal_day(roll.end(now))
    basis = f"{_history(roll, now, today)}the term ends {roll.end(now)}, and it renews by itself on the day after, {day}"
    if terms.renewal and terms.renewal.notice_by == "vendor":
        basis += "; only the vendor may stop it"
    elif coming is None:
        basis += "; no last day for notice can be counted, so to leave, give notice well before"
    elif coming.by < today:
        basis += f"; the last safe day to stop it, {coming.by}, has passed"
    return _deadline(terms, "renews_on", day, basis + _if_again(roll, now))


def _opt_out(terms: Terms, roll: Roll, number: int, today: date, found: Window) -> list[Deadline]:
    """The last day to stop the renewal after term `number`, and the first where it is still to come."""
    history = _history(roll, number, today)
    acts = []
    basis = history + found.how + _arrives(terms) + workday_remark(found.by, terms.governing_law, today)
    if found.opens and found.opens >= today:
        acts.append(_deadline(terms, "opt_out_opens", found.opens, history + found.how_opens + _if_again(roll, number)))
    elif found.opens:
        basis += f"; notice has been possible since {found.opens}"
    return [*acts, _deadline(terms, "opt_out_by", found.by, basis + _if_again(roll, number))]


def _arrives(terms: Terms) -> str:
    """That sending is not enough, where the document says so."""
    return "; notice must have been received by then" if terms.renewal and terms.renewal.notice_received else ""


def _bound(terms: Terms, renewal: Renewal, roll: Roll, now: int, today: date) -> list[Deadline]:
    """The end of the last renewal that can no longer be stopped, and the first one that can."""
    missed: list[tuple[int, Window]] = []
    for number in range(now, now + _MOST_WINDOWS):
        found = None if number == roll.most else _window(terms, renewal, roll, number, today)
        if found is not None and found.by < today:
            missed.append((number, found))
            continue
        renewed = renewal_day(roll.end(number - 1))
        basis = f"the last safe day to stop the renewal on {renewed} was {missed[-1][1].by}: it runs until {roll.end(number)}"
        loose = next(((roll.end(n), w.latest) for n, w in missed if w.latest >= today), None)
        if loose:
            basis += f"; read loosely, notice is in time until {loose[1]} and the end is {loose[0]}: to leave, give it at once"
        acts = [_deadline(terms, "bound_until", roll.end(number), basis + _if_again(roll, number - 1))]
        return [*acts, *(_opt_out(terms, roll, number, today, found) if found else [_last_end(terms, roll, today)])]
    raise CannotReckon("the notice is longer than a thousand renewals")


def _last_end(terms: Terms, roll: Roll, today: date) -> Deadline:
    most = roll.most or 0
    end = roll.end(most)
    times = "once" if most == 1 else f"{most} times"
    basis = f"the initial term {_ends(roll.first, today)}; it renews {times} at most, and so {_ends(end, today)}"
    return _deadline(terms, "expires_on", end, basis)


def _history(roll: Roll, number: int, today: date) -> str:
    """How the term came to be the one numbered so; nothing for the initial one."""
    if not number or roll.each is None:
        return ""
    return f"the initial term {_ends(roll.first, today)}, and it renews for {roll.each.words()} at a time; in renewal {number} "


def _if_again(roll: Roll, number: int) -> str:
    """The proviso of what follows from a renewal after term `number`, where the clause does not say that there is one."""
    unsure = roll.certain is not None and number >= roll.certain
    return "; all this if it renews more than once, which the clause does not say" if unsure else ""


def _window(terms: Terms, renewal: Renewal, roll: Roll, number: int, today: date) -> Window | None:
    return window(renewal, roll.end(number), today=today, also=roll.earliest_end(number), governing_law=terms.governing_law)


def _window_or_gap(terms: Terms, renewal: Renewal, roll: Roll, number: int, today: date) -> tuple[Window | None, list[Gap]]:
    try:
        return _window(terms, renewal, roll, number, today), []
    except CannotReckon as why:
        return None, [Gap(field="terms.renewal.first_opt_out_by", reason=str(why), needs="the last day for notice, counted by hand")]


def _ends(day: date, today: date) -> str:
    return f"{'ended' if day < today else 'ends'} {day}"


def _month_to_month(terms: Terms, renewal: Renewal, roll: Roll, today: date) -> _Found:
    """It goes on by the month after the term: the day on which that begins or, once begun, the next month where a month is its term."""
    notice = renewal.notice_min
    how = f"it may be ended by {notice.words()} of notice" if notice else "the clause gives no notice for ending it"
    if today <= roll.first:
        found, gaps = _window_or_gap(terms, renewal, roll, 0, today)
        if found and found.by >= today:
            how += f"; to leave with the end of the term itself, give notice by {found.by}"
        basis = f"the term ends {roll.first}; from the day after it goes on by the month, and {how}"
        return [_deadline(terms, "renews_on", renewal_day(roll.first), basis)], gaps
    if notice and notice.unit in ("day", "week", "month", "year") and not notice.business:
        how += f" (given today, {today}: {add(today, notice)})"
    number = roll.running(today) if roll.known else 0
    basis = f"the term ended {roll.first}; since the day after it goes on by the month, and {how}"
    return [_deadline(terms, "renews_on", renewal_day(roll.end(number)), basis)], []


def _optional(terms: Terms, renewal: Renewal, roll: Roll, today: date) -> _Found:
    """It renews only if someone acts: the last safe day for that, and the end."""
    whose = "vendor's option" if renewal.notice_by == "vendor" else "option"
    ends = f"the term {_ends(roll.first, today)}, unless the {whose} to renew {'was' if roll.first < today else 'is'} exercised"
    if renewal.notice_by == "vendor":
        return [_deadline(terms, "expires_on", roll.first, ends)], []
    found, gaps = _window_or_gap(terms, renewal, roll, 0, today)
    if found is None:
        return [_deadline(terms, "expires_on", roll.first, f"{ends}; no last day for that is given")], gaps
    if found.by < today:
        return [_deadline(terms, "expires_on", roll.first, f"{ends}; the last safe day for that was {found.by}")], gaps
    how = found.how + _arrives(terms) + workday_remark(found.by, terms.governing_law, today) + (f"; not before {found.opens}" if found.opens else "")
    return [_deadline(terms, "exercise_by", found.by, how), _deadline(terms, "expires_on", roll.first, f"{ends} by {found.by}")], gaps


def _ending(terms: Terms, last_day: date, today: date) -> _Found:
    return [_deadline(terms, "expires_on", last_day, f"the term {_ends(last_day, today)}, and nothing that renews it was found")], []


def _no_end(terms: Terms) -> Gap:
    """Why there is no end of the term to count from."""
    field = "terms.expiration_date"
    if terms.initial_term is None:
        return Gap(field=field, reason="neither the end of the term nor its length was found", needs="the length of the initial term")
    if terms.effective_date is None:
        reason = f"no day was found from which the term of {terms.initial_term.words()} runs"
    elif expiration(terms.effective_date, terms.initial_term) is None:
        reason = f"a term of {terms.initial_term.words()} from {terms.effective_date} has no last day that can be counted"
        return Gap(field=field, reason=reason)
    else:
        reason = f"it is not certain that the term of {terms.initial_term.words()} runs from {terms.effective_date}"
    return Gap(field=field, reason=reason, needs="--effective-date")


_NO_NOTICE = Gap(
    field="terms.renewal.notice_min",
    reason="it renews by itself, and the clause gives no notice to count back",
    needs="how long before the end notice must be given",
)
_ONCE_OR_MORE = Gap(
    field="terms.renewal.successive",
    reason="the clause does not say whether it renews once or again and again",
    needs="whether it renews more than once",
)


def _no_length(reason: str) -> Gap:
    return Gap(field="terms.renewal.renewal_term", reason=reason, needs="the length of a renewal")


def _deadline(terms: Terms, kind: DeadlineKind, day: date, basis: str) -> Deadline:
    """With the sentences it follows from: the renewal's first, then those of the end, or of the start and the length."""
    quotes = terms.renewal.evidence if terms.renewal else ()
    quotes += terms.evidence.get("expiration_date") or (*terms.evidence.get("effective_date", ()), *terms.evidence.get("initial_term", ()))
    return Deadline(kind=kind, date=day, basis=basis, evidence=tuple(dict.fromkeys(quotes)))
