"""Matches become one typed record for each clause kind. This is the list of kinds."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from contractlens.rulebook import Matches
from contractlens.terms import agreements, changes, credits, dates, law, liability, notices, price_rise, renewal, termination, uptime
from contractlens.terms.records import Gap, Notices, Party, Renewal, Terms


@dataclass(frozen=True)
class Facts:
    """What a document says, what it leaves open, and the day on which its initial term starts."""

    terms: Terms
    start: date | None = None
    gaps: tuple[Gap, ...] = ()
    warnings: tuple[tuple[str, str], ...] = field(default=())


def fill(matches: Matches, effective_date: date | None = None) -> Facts:
    """Read all clause kinds of a document. `effective_date` is the one that the user gives, if any."""
    renews = renewal.find(matches)
    dated = dates.read(matches, renews.match.sentence if renews else None, effective_date)
    governing = law.read(matches)
    evidence = {**dated.evidence, **({"governing_law": governing.evidence} if governing else {})}
    clause = notices.read(matches)
    renewed = renewal.read(matches)
    levels, credited = uptime.read(matches), credits.read(matches)
    terms = Terms(
        kind_of_agreement=agreements.read(matches),
        parties=_parties(matches),
        agreement_date=dated.agreement_date,
        effective_date=dated.effective_date,
        initial_term=dated.initial_term,
        expiration_date=dated.expiration_date,
        governing_law=governing.place if governing else None,
        notices=clause,
        renewal=_with_receipt(renewed, clause, notices.on_receipt(matches)),
        uptime=levels,
        service_credits=credited,
        changes=changes.read(matches),
        monthly_fee=price_rise.monthly_fee(matches) if levels or credited else None,
        price_rise=price_rise.read(matches),
        termination=termination.read(matches, renewed.evidence if renewed else ()),
        liability=liability.read(matches),
        evidence=evidence,
    )
    return Facts(terms, dated.start, dated.gaps, tuple(("dates", note) for note in dated.notes))


def _with_receipt(found: Renewal | None, clause: Notices | None, on_receipt: bool) -> Renewal | None:
    """The renewal, with what the notices clause says of receipt where its own does not say it."""
    if found is None or clause is None or found.notice_received is not None or not on_receipt:
        return found
    return found.model_copy(update={"notice_received": True})


def _parties(matches: Matches) -> tuple[Party, ...]:
    return tuple(Party(name=p.name, role=p.role, called=p.called) for p in matches.reading.cast.parties)
