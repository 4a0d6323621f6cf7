"""Deadlines as an iCalendar file (RFC 5545): one all-day event each, with alarms well before.

An event keeps its UID for as long as the document's bytes and the kind of deadline stay the same, so a calendar that is
read again moves its events and adds none. `bound_until` asks nothing of anyone: it is told in the text of the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid5

from dateutil.relativedelta import relativedelta
from icalendar import TRANSP, Alarm, Calendar, Event, vDuration

from contractlens.advice.finding import Review
from contractlens.errors import UsageError
from contractlens.exports import outline
from contractlens.exports.words import clean, day, shorten
from contractlens.reckoning.deadlines import Deadline
from contractlens.values import Duration

ALARMS = (Duration(30, "day"), Duration(7, "day"), Duration(1, "day"))

_NAMESPACE = UUID("7b6f0a4e-9c1d-5b0e-8a35-3f0c2d1e6b94")  # of ContractLens; a new one would double every event in users' calendars


def calendar(
    reviews: Iterable[Review], *, alarms: Sequence[Duration] = ALARMS, stamp: datetime | None = None, name: str = "Agreements"
) -> bytes:
    """The deadlines of the reviews as the bytes of an .ics file; the same ones for the same `stamp`, which is now if left out."""
    stamp = (stamp or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)
    for alarm in alarms:
        _before(alarm, stamp.date())  # a slip is told even where there is no event to ring for
    ics = Calendar()
    for key, value in {
        "PRODID": "-//ContractLens//Deadlines//EN",
        "VERSION": "2.0",
        "METHOD": "PUBLISH",
        "NAME": name,
        "X-WR-CALNAME": name,
    }.items():
        ics.add(key, value)
    ics.add("REFRESH-INTERVAL", vDuration(timedelta(days=1)), parameters={"VALUE": "DURATION"})
    ics.add("X-PUBLISHED-TTL", "P1D")
    taken: set[UUID] = set()
    for review, files in _by_document(reviews):
        for deadline in events_of(review):
            ics.add_component(_event(review, deadline, files, alarms, stamp, _uid(review, deadline, taken)))
    return bytes(ics.to_ical())


def events_of(review: Review) -> list[Deadline]:
    """The deadlines that get an event, in order of date."""
    return sorted((d for d in review.deadlines if d.kind != "bound_until"), key=lambda d: (d.date, d.kind))


def _by_document(reviews: Iterable[Review]) -> Iterator[tuple[Review, list[str]]]:
    """Each document once, with the names of all files that hold its very bytes: a UID may stand in a calendar only once."""
    seen: dict[str, tuple[Review, list[str]]] = {}
    for i, review in enumerate(reviews):
        _, files = seen.setdefault(review.document.sha256 or f"no bytes {i}", (review, []))
        if (file := clean(review.document.name)) not in files:
            files.append(file)
    yield from seen.values()


def _uid(review: Review, deadline: Deadline, taken: set[UUID]) -> UUID:
    """From the document's bytes, or its name, and the kind of deadline; a second one of the same kind counts on."""
    key = f"{review.document.sha256 or review.document.name}/{deadline.kind}".encode("utf-8", "replace").decode()
    n = 1
    while (uid := uuid5(_NAMESPACE, key if n == 1 else f"{key}/{n}")) in taken:
        n += 1
    taken.add(uid)
    return uid


def _event(review: Review, deadline: Deadline, files: list[str], alarms: Sequence[Duration], stamp: datetime, uid: UUID) -> Event:
    vendor = shorten(outline.party_name(review.terms, "vendor"), 80)
    file = shorten(files[0], 80)
    summary = f"{outline.label(review, deadline)}: {f'{vendor} ({file})' if vendor else file}"
    event = Event.new(
        uid=str(uid),
        summary=summary,
        description="\n".join(_description(review, deadline, files)),
        start=deadline.date,
        end=deadline.date + timedelta(days=1),  # the day after: DTEND is exclusive
        stamp=stamp,
        last_modified=stamp,
        transparency=TRANSP.TRANSPARENT,
        categories=["Agreements", "Deadline"],
    )
    for before in sorted({_before(alarm, deadline.date) for alarm in alarms}, reverse=True):
        event.add_component(Alarm.new_display(f"{summary} ({day(deadline.date)})", -before))
    return event


def _description(review: Review, deadline: Deadline, files: list[str]) -> Iterator[str]:
    if deadline.kind in outline.ACTS:
        what = outline.what_to_do(review, deadline)
        yield f"{what[0].upper()}{what[1:]}."
        if deadline.kind != "claim_by" and (notices := outline.where_to_give_notice(review)):
            yield f"{notices[0].upper()}{notices[1:]}."
    yield f"How the day was counted: {clean(deadline.basis)}"
    if bound := outline.bound(review):
        yield f"Bound until {day(bound.date)}: {clean(bound.basis)}"
    for evidence in outline.evidence_of(review, deadline):
        at = outline.where(evidence)
        yield f"The clause{at and f' ({at})'}: “{shorten(evidence.quote, 1200)}”"
    yield f"File{'s' if files[1:] else ''}: {', '.join(files)}"
    yield outline.NOT_ADVICE


def _before(alarm: Duration, day: date) -> timedelta:
    """How long before the day the alarm rings. Months and years have no fixed length there, so they are counted in days.

    Outlook passes over an alarm that rings after its event has begun, so none may.
    """
    months = alarm.months
    if alarm.unit in ("month", "year") and months is None:
        raise UsageError(f"--alarm {alarm}: an alarm is a whole number of months, weeks, days or hours before the day, such as P30D")
    try:
        before = day - (day - relativedelta(months=months)) if months else timedelta(seconds=float(alarm.seconds or 0))
    except (OverflowError, ValueError):
        before = timedelta()
    if not timedelta(seconds=1) <= before <= timedelta(days=3660):
        raise UsageError(f"--alarm {alarm}: an alarm rings between a second and ten years before the day, such as P30D")
    return timedelta(days=before.days, seconds=before.seconds)
