"""The service levels of a document, and the credits for missing them as they are printed."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from contractlens.rulebook import Matches
from contractlens.terms.commitment import Commitment
from contractlens.terms.commitments import commitments
from contractlens.terms.credit_sentences import raw_tiers
from contractlens.terms.tiers import RawTiers

_made: WeakKeyDictionary[Matches, tuple[RawTiers, list[Commitment]]] = WeakKeyDictionary()


def service_levels(matches: Matches) -> tuple[RawTiers, list[Commitment]]:
    """The tiers as printed, and the commitments; made once for a document."""
    if matches not in _made:
        raw = raw_tiers(matches)
        _made[matches] = raw, commitments(matches, raw)
    return _made[matches]
