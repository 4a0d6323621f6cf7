"""What share of the time the service must work."""

from __future__ import annotations

from contractlens.rulebook import Matches
from contractlens.terms.records import Uptime
from contractlens.terms.service_levels import service_levels


def read(matches: Matches) -> tuple[Uptime, ...]:
    """The commitments in reading order."""
    _, found = service_levels(matches)
    return tuple(
        Uptime(
            percent=float(c.percent),
            period=c.period,
            service=c.service,
            implied=c.implied,
            evidence=matches.reading.evidence(*c.sentences),
        )
        for c in sorted(found, key=lambda c: c.sentences[0].index)
    )
