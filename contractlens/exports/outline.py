"""What a report says and in which order, whatever the format: the days to act by first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from contractlens.advice.finding import SEVERITIES, Finding, Redline, Review, ReviewWarning, Unknown
from contractlens.documents.place import Evidence
from contractlens.exports import around
from contractlens.exports.words import clean, day, in_days, shorten
from contractlens.reckoning.deadlines import Deadline, DeadlineKind
from contractlens.reckoning.downtime import longest_outage, words
from contractlens.reckoning.steps import steps
from contractlens.terms.records import Terms, Uptime
from contractlens.values import Duration

NOT_ADVICE = "Not legal advice: check each quote in the document before you act."

ACTS: tuple[DeadlineKind, ...] = ("opt_out_by", "exercise_by", "claim_by")

DEADLINES: dict[str, str] = {
    "opt_out_opens": "Notice window opens",
    "opt_out_by": "Last day to give notice",
    "renews_on": "Renews",
    "bound_until": "Bound until",
    "expires_on": "Ends, and does not renew",
    "exercise_by": "Last day to use the option to renew",
    "claim_by": "Last day to claim the service credit",
}

FIELDS = {
    "deadlines": "the days to act by",
    "not_found": "what is missing",
    "terms.agreement_date": "the date of the agreement",
    "terms.effective_date": "the day on which the term starts",
    "terms.expiration_date": "the day on which the term ends",
    "terms.initial_term": "how long the first term is",
    "terms.governing_law": "which law governs",
    "terms.parties": "who the parties are",
    "terms.renewal": "whether it renews",
    "terms.renewal.first_opt_out_by": "the last day to give notice",
    "terms.renewal.notice_min": "how much notice is needed",
    "terms.renewal.notice_max": "when the window for notice opens",
    "terms.renewal.renewal_term": "for how long it renews",
    "terms.service_credits.claim_window": "how long credits can be claimed",
}

GOES_ON = "Goes on from month to month"

_DATED = ("deadlines", "terms.expiration_date", "terms.effective_date", "terms.agreement_date", "terms.initial_term")


@dataclass(frozen=True, slots=True)
class Act:
    """A day to act by, and what to do."""

    deadline: Deadline
    when: str
    what: str
    details: tuple[str, ...]


def label(review: Review, deadline: Deadline) -> str:
    """What a deadline is, in words."""
    by_the_month = review.terms and review.terms.renewal and review.terms.renewal.kind == "month_to_month"
    if deadline.kind == "expires_on" and review.in_part:
        return "Ends"  # whether it renews may stand on another page
    return GOES_ON if deadline.kind == "renews_on" and by_the_month else DEADLINES[deadline.kind]


def title(review: Review) -> str:
    """`samples/harbor-dns.pdf · 9 pages · Harbor DNS, Inc. → Example Ltd.`"""
    return " · ".join(part for part in (clean(review.document.path), size(review), parties(review)) if part)


def size(review: Review) -> str:
    """`9 pages`, or `5,210 words` where the format has no pages."""
    pages, count = review.document.pages, review.document.words
    return f"{pages} page{'' if pages == 1 else 's'}" if pages else f"{count:,} words" if count else ""


def parties(review: Review) -> str:
    """`Harbor DNS, Inc. → Example Ltd.`: who serves whom; of three or more, the two that have a role."""
    if not review.terms:
        return ""
    names = [party_name(review.terms, "vendor"), party_name(review.terms, "customer")]
    if all(names):
        return " → ".join(names)
    return " · ".join(clean(p.name) for p in review.terms.parties[:3])


def party_name(terms: Terms | None, role: str) -> str:
    party = next((p for p in terms.parties if p.role == role), None) if terms else None
    return clean(party.name or party.called or "") if party else ""


def next_act(review: Review, today: date) -> Deadline | None:
    """The first deadline from `today` on that asks the reader to act."""
    return min((d for d in review.deadlines if d.kind in ACTS and d.date >= today), key=lambda d: d.date, default=None)


def acts(review: Review, today: date) -> list[Act]:
    """The days to act by, the first one first."""
    due = sorted((d for d in review.deadlines if d.kind in ACTS and d.date >= today), key=lambda d: d.date)
    when = [f"{day(d.date, weekday=True)} ({in_days(d.date, today)})" for d in due]
    return [Act(d, at, what_to_do(review, d), tuple(_details(review, d, today))) for d, at in zip(due, when, strict=True)]


def what_to_do(review: Review, deadline: Deadline) -> str:
    """What to do by that day, and what follows from not doing it."""
    if deadline.kind == "claim_by":
        return "claim the service credit, or it is forfeit"
    if deadline.kind == "exercise_by":
        ends = review.deadline("expires_on")
        return "tell the vendor if you want to renew, or it ends" + (f" on {day(ends.date)}" if ends else "")
    renewal = review.terms.renewal if review.terms else None
    notice = "give written notice" if renewal and renewal.notice_written else "give notice"
    till = bound(review)  # then it is the renewal after that which can be stopped
    renews = till.date + timedelta(days=1) if till else min((d.date for d in review.deadlines if d.kind == "renews_on" and d.date > deadline.date), default=None)
    length = _renewal_length(review.terms) if review.terms else ""
    return f"{notice}, or it renews{length and f' for {length}'}{f' on {day(renews)}' if renews else ''}"


def _renewal_length(terms: Terms) -> str:
    length = terms.renewal.renewal_term if terms.renewal else None
    if isinstance(length, Duration):
        return length.words()
    if length is None:
        return ""
    return f"another {terms.initial_term.words()}" if terms.initial_term else "as long as the first term"


def _details(review: Review, deadline: Deadline, today: date) -> Iterator[str]:
    if deadline.kind == "opt_out_by":
        opens = max((d.date for d in review.deadlines if d.kind == "opt_out_opens" and d.date <= deadline.date), default=None)
        if opens == deadline.date:
            yield "the window opens that day"
        elif opens:
            yield f"window {'opens' if opens > today else 'open since'} {day(opens)}"
    decide = next((s.date for s in steps(review.terms, [deadline], today=today) if s.kind == "decide_by"), None) if review.terms else None
    if decide:
        yield f"decide by {day(decide)}"
    if place := next((where(e) for e in evidence_of(review, deadline) if where(e)), None):
        yield place
    if deadline.kind != "claim_by" and (notices := where_to_give_notice(review)):
        yield notices


def where_to_give_notice(review: Review) -> str:
    """`notices to legal@harbor-dns.example, in writing`, or as much of it as the document says."""
    if not (terms := review.terms):
        return ""
    written = "in writing" if terms.renewal and terms.renewal.notice_written else ""
    received = "received by the day" if terms.renewal and terms.renewal.notice_received else ""
    methods = [clean(m).replace("_", " ") for m in terms.notices.methods] if terms.notices else []
    address = f"to {shorten(terms.notices.address, 160)}" if terms.notices and terms.notices.address else ""
    if "@" in address and methods == ["email"]:
        methods = []  # the address says it
    by = f"by {', '.join(methods[:-1])}{' or ' if methods[1:] else ''}{methods[-1]}" if methods else ""
    how = ", ".join(part for part in (address, by, written, received) if part)
    return how and f"notices {how}"


def why_no_act(review: Review, today: date) -> str:
    """Why there is no day to act by."""
    if review.error:
        return clean(review.error.message)
    if not review.terms:
        return "nothing in it could be read"
    ends, renewal = review.deadline("expires_on"), review.terms.renewal
    part = " on the pages that were read" if review.in_part else ""
    if ends:
        return f"it {'ended' if ends.date < today else 'ends'} on {day(ends.date)} and {f'nothing{part} renews it' if part else 'does not renew'}"
    if renewal is None:
        return f"no clause was found by which it renews{part}"
    if renewal.kind == "month_to_month":
        notice = f" and can be ended with {renewal.notice_min.words()}' notice" if renewal.notice_min else ""
        goes_on = review.deadline("renews_on")
        when = f" from {day(goes_on.date)}" if goes_on and goes_on.date > today else ""
        first = f" ({goes_on.basis.rpartition('; ')[2]})" if goes_on and goes_on.date > today and "to leave with the end" in goes_on.basis else ""
        return f"it goes on from month to month{when}{notice}{first}"
    if renewal.kind == "optional":
        return "it renews only if someone acts, and no day is set for that or none can be counted"
    if renewal.notice_by == "vendor":
        return "it renews by itself, and only the vendor may stop that"
    missing = next((u for u in review.unknown if u.field in _DATED or u.field.startswith("terms.renewal")), None)
    if (renews := review.deadline("renews_on")) and not missing:
        return f"it renews by itself on {day(renews.date)}, and no notice that would stop it was found"
    why = f"{clean(missing.reason)}{_need(missing)}" if missing else "the document gives no date to count from"
    return why if why.startswith("it renews") else f"it renews by itself, but {why}"


def bound(review: Review) -> Deadline | None:
    """The end of a renewal that can no longer be stopped."""
    return review.deadline("bound_until")


def evidence_of(review: Review, deadline: Deadline) -> tuple[Evidence, ...]:
    """The sentences that a deadline follows from: its own, else those of the renewal."""
    if deadline.evidence or deadline.kind == "claim_by":
        return deadline.evidence
    return review.terms.renewal.evidence if review.terms and review.terms.renewal else ()


def where(evidence: Evidence, most: int = 60) -> str:
    """`§ 12.2, page 4`; a heading of more than `most` characters is cut."""
    return evidence.model_copy(update={"section": evidence.section and shorten(evidence.section, most)}).where()


def place(finding: Finding, most: int = 60) -> str:
    return next((where(e, most) for e in finding.evidence if where(e)), "")


def by_urgency(findings: Iterable[Finding], status: str = "stable") -> list[Finding]:
    """The findings of that status, the severest first."""
    return sorted((f for f in findings if f.status == status), key=lambda f: SEVERITIES.index(f.severity))


def counts(review: Review) -> dict[str, int]:
    """How many findings of each severity, drafts left out."""
    found = by_urgency(review.findings)
    return {severity: sum(f.severity == severity for f in found) for severity in SEVERITIES}


def redline(finding: Finding, position: str) -> Redline | None:
    return next((r for r in finding.redlines if r.position == position), None)


def instead_of(line: Redline) -> str:
    """Where the words go: `in place of the quote`, `after § 12.2`."""
    if line.replace:
        return "in place of the quote" if not where(line.replace) else f"in place of the words {_in(line.replace)}"
    if not line.after or not where(line.after):
        return "to add"
    return f"to add after {where(line.after)}" if line.after.section else f"to add after the words {_in(line.after)}"


def _in(evidence: Evidence) -> str:
    """`in § 12.2, page 4`, or `on page 4`"""
    return f"{'in' if evidence.section else 'on'} {where(evidence)}"


def unknown(item: Unknown) -> str:
    """`the day on which the term ends: the term starts at the Launch Date, an event; give it with --effective-date`"""
    field = FIELDS.get(item.field) or clean(item.field).removeprefix("terms.").replace("_", " ").replace(".", ", ")
    return f"{field}: {clean(item.reason)}{_need(item)}"


def _need(item: Unknown) -> str:
    needs = clean(item.needs or "")
    return "" if not needs else f"; give it with {needs}" if needs.startswith("-") else f"; it needs {needs}"


def warning(item: ReviewWarning) -> str:
    message = clean(item.message)
    return f"page {item.page}: {message}" if item.page and f"page {item.page}" not in message.lower() else message


def facts(review: Review) -> list[tuple[str, str]]:
    """The terms in a few lines, as labels and words; what the document does not say is left out."""
    terms = review.terms
    if not terms:
        return []
    rows = [
        ("Starts", day(terms.effective_date) if terms.effective_date else ""),
        ("First term", terms.initial_term.words() if terms.initial_term else ""),
        ("First term ends", day(terms.expiration_date) if terms.expiration_date else ""),
        ("Renewal", renewal(terms)),
        ("Service level", "; ".join(map(service_level, terms.uptime))),
        ("Credits claimed within", _claim_window(terms)),
        *around.lines(terms),
        ("Governing law", clean(terms.governing_law or "")),
        ("Notices", where_to_give_notice(review).removeprefix("notices ") if terms.notices else ""),
    ]
    return [row for row in rows if row[1]]


def level(uptime: Uptime) -> str:
    """`99.9 % a month (DNS)`"""
    period = f" a {uptime.period}" if uptime.period else ""
    return f"{uptime.percent:g} %{period}{f' ({clean(uptime.service)})' if uptime.service else ''}"


def service_level(uptime: Uptime) -> str:
    """`99.9 % a month (DNS), 44 min 38 s of outage at once; 98.8 % after maintenance`"""
    outage = f", {words(longest_outage(uptime.percent, uptime.period))} of outage at once" if uptime.period and uptime.percent < 100 else ""
    after = f"; {uptime.effective_percent:g} % after maintenance" if uptime.effective_percent is not None else ""
    return f"{level(uptime)}{outage}{after}"


def renewal(terms: Terms) -> str:
    """`automatic, for 1 year; notice 30 days before the end`"""
    if not (r := terms.renewal):
        return ""
    length = "" if r.kind == "month_to_month" else _renewal_length(terms)
    least, most = (n.words() if n else "" for n in (r.notice_min, r.notice_max))
    notice = f"{least} to {most}" if least and most else f"at least {least}" if least else f"at most {most}" if most else ""
    kind = {"automatic": "by itself", "optional": "only if someone acts", "month_to_month": "month to month"}[r.kind]
    return kind + (length and f", for {length}") + (notice and f"; notice {notice}{'' if r.kind == 'month_to_month' else ' before the end'}")


def _claim_window(terms: Terms) -> str:
    window = terms.service_credits.claim_window if terms.service_credits else None
    business = terms.service_credits and terms.service_credits.claim_window_unit == "business"
    return "" if not window else Duration(window.count, window.unit, bool(business)).words()
