"""What share of the time the service must work."""

from __future__ import annotations

from contractlens.rulebook import Matches
from contractlens.terms.commitments import commitments
from contractlens.terms.credit_sentences import raw_tiers
from contractlens.terms.records import Uptime


def read(matches: Matches) -> tuple[Uptime, ...]:
    """The commitments in reading order."""
    found = commitments(matches, raw_tiers(matches))
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
