"""What follows from the terms by arithmetic alone."""

from __future__ import annotations

from datetime import date

from contractlens.reckoning.dates import expiration
from contractlens.reckoning.deadlines import first_opt_out
from contractlens.reckoning.downtime import allowed_downtime, effective_percent
from contractlens.terms.records import Terms


def reckoned(terms: Terms, start: date | None) -> Terms:
    """The terms with what follows from them by arithmetic alone; an end that they state stays. `start` is the day on which the initial term starts."""
    if terms.expiration_date is None and start and terms.initial_term:
        terms = terms.model_copy(update={"expiration_date": expiration(start, terms.initial_term)})
    credits = terms.service_credits
    planned = credits.maintenance if credits and credits.excludes_scheduled_maintenance else None
    uptime = tuple(
        u.model_copy(update={"allowed_downtime": allowed_downtime(u.percent, u.period), "effective_percent": effective_percent(u.percent, planned)})
        for u in terms.uptime
    )
    terms = terms.model_copy(update={"uptime": uptime})
    if terms.renewal:
        renewal = terms.renewal.model_copy(update={"first_opt_out_by": first_opt_out(terms)})
        terms = terms.model_copy(update={"renewal": renewal})
    return terms
