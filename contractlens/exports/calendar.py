"""Deadlines as an iCalendar file (RFC 5545): one all-day event each, with alarms well before.

An event keeps its UID for as long as the document's bytes and the kind of deadline stay the same, so a calendar that is
read again moves its events and adds none. `bound_until` asks nothing of anyone: it is told in the text of the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid5

from dateutil.relativedelta import relativedelta
from icalendar import STATUS, TRANSP, Alarm, Calendar, Event, vDuration

from contractlens.advice.finding import Review
from contractlens.errors import UsageError
from contractlens.exports import outline
from contractlens.exports.words import clean, day, shorten
from contractlens.reckoning.deadlines import Deadline
from contractlens.values import Duration

ALARMS = (Duration(30, "day"), Duration(7, "day"), Duration(1, "day"))

_NAMESPACE = UUID("7b6f0a4e-9c1d-5b0e-8a35-3f0c2d1e6b94")  # of ContractLens; a new one would double every event in users' calendars


@dataclass(frozen=True, slots=True)
class Plan:
    """An event as it should stand in a calendar. `kind` and `number` tell it from the others of its document: `opt_out_by`, 1.

    `sequence` rises each time that the event moves, is cancelled or comes back; `changed` is when anything of it last did.
    """

    kind: str
    number: int
    day: date
    summary: str
    description: str = ""
    alarms: tuple[timedelta, ...] = ()
    sequence: int = 0
    cancelled: bool = False
    changed: datetime | None = None


def calendar(
    reviews: Iterable[Review],
    *,
    alarms: Sequence[Duration] = ALARMS,
    stamp: datetime | None = None,
    name: str = "Agreements",
    reminders_as_events: bool = False,
) -> bytes:
    """The deadlines of the reviews as the bytes of an .ics file; the same ones for the same `stamp`, which is now if left out."""
    stamp = stamp_of(stamp)
    events: list[tuple[UUID, Plan]] = []
    taken: set[UUID] = set()
    check(alarms, stamp.date())
    for review, files in _by_document(reviews):
        for plan in plans(review, files, alarms, reminders_as_events=reminders_as_events):
            events.append((_uid(review, plan, taken), plan))
    return written(events, stamp, name)


def stamp_of(stamp: datetime | None) -> datetime:
    return (stamp or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)


def check(alarms: Sequence[Duration], today: date) -> None:
    """Raises UsageError for an alarm that cannot ring: a slip is told even where there is no event to ring for."""
    for alarm in alarms:
        _before(alarm, today)


def written(events: Iterable[tuple[UUID, Plan]], stamp: datetime, name: str = "Agreements") -> bytes:
    """The events as the bytes of an .ics file."""
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
    for uid, plan in events:
        ics.add_component(_event(uid, plan, stamp))
    return bytes(ics.to_ical())


def events_of(review: Review) -> list[Deadline]:
    """The deadlines that get an event, in order of date."""
    return sorted((d for d in review.deadlines if d.kind != "bound_until"), key=lambda d: (d.date, d.kind))


def plans(review: Review, files: Sequence[str], alarms: Sequence[Duration], *, reminders_as_events: bool = False) -> Iterator[Plan]:
    """The events of one document, in order of date; each with its alarms, or with an event for each alarm."""
    numbers: Counter[str] = Counter()
    for deadline in events_of(review):
        numbers[deadline.kind] += 1
        vendor, file = shorten(outline.party_name(review.terms, "vendor"), 80), shorten(files[0], 80)
        summary = f"{outline.label(review, deadline)}: {f'{vendor} ({file})' if vendor else file}"
        description = "\n".join(_description(review, deadline, list(files)))
        rings = {_before(alarm, deadline.date): alarm for alarm in alarms}
        at = () if reminders_as_events else tuple(sorted(rings, reverse=True))
        yield Plan(deadline.kind, numbers[deadline.kind], deadline.date, summary, description, at)
        for before, alarm in sorted(rings.items(), reverse=True) if reminders_as_events else ():
            if before >= timedelta(days=1):
                ahead = f"In {before.days} day{'' if before.days == 1 else 's'}, on {day(deadline.date)}: {summary}"
                yield Plan(f"{deadline.kind}-{alarm}", numbers[deadline.kind], deadline.date - before, ahead, description)


def ahead(review: Review, today: date) -> Review:
    """The review without the days that have passed: nobody wants to be reminded of them."""
    return review.model_copy(update={"deadlines": tuple(d for d in review.deadlines if d.date >= today)})


def _by_document(reviews: Iterable[Review]) -> Iterator[tuple[Review, list[str]]]:
    """Each document once, with the names of all files that hold its very bytes: a UID may stand in a calendar only once."""
    seen: dict[str, tuple[Review, list[str]]] = {}
    for i, review in enumerate(reviews):
        _, files = seen.setdefault(review.document.sha256 or f"no bytes {i}", (review, []))
        if (file := clean(review.document.name)) not in files:
            files.append(file)
    yield from seen.values()


def uid_of(document: str, kind: str, number: int) -> UUID:
    """From the document's bytes, or its name, and the kind of event; a second one of the same kind counts on."""
    key = f"{document}/{kind}".encode("utf-8", "replace").decode()
    return uuid5(_NAMESPACE, key if number == 1 else f"{key}/{number}")


def _uid(review: Review, plan: Plan, taken: set[UUID]) -> UUID:
    number = plan.number
    while (uid := uid_of(review.document.sha256 or review.document.name, plan.kind, number)) in taken:
        number += 1
    taken.add(uid)
    return uid


def _event(uid: UUID, plan: Plan, stamp: datetime) -> Event:
    changed = plan.changed or stamp
    event = Event.new(
        uid=str(uid),
        summary=plan.summary,
        description=plan.description or None,
        start=plan.day,
        end=plan.day + timedelta(days=1),  # the day after: DTEND is exclusive
        stamp=changed,
        last_modified=changed,
        sequence=plan.sequence,
        status=STATUS.CANCELLED if plan.cancelled else STATUS.CONFIRMED,
        transparency=TRANSP.TRANSPARENT,
        categories=["Agreements", "Deadline"],
    )
    for before in plan.alarms:
        event.add_component(Alarm.new_display(f"{plan.summary} ({day(plan.day)})", -before))
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
