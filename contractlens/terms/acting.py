"""Who does what a verb says: told by who stands before it and who behind it."""

from __future__ import annotations

from collections.abc import Mapping

from contractlens.rulebook import Match, Matches
from contractlens.rulebook.matching import Hit

GROUP = "asks"
REACH = 6  # words before a verb where its subject may stand
_TO = frozenset("to with from by at of for tell notify inform contact call ask ping let e-mail email mail message text ring write".split())


def by_customer(matches: Matches, match: Match, group: str = GROUP) -> bool:
    """Whether the customer, or nobody who is named, does what the verbs of a group say: "Ping support", and not "we tell you"."""
    words, noun = matches.reading.words(match.sentence), matches.listed("noun_before")
    sides = {i: v.kind for i, v in words.values.items() if v.kind in ("vendor", "customer")}
    verbs = [h for h in match.groups.get(group, ()) if not (h.first and words.tokens[h.first - 1] in noun)]
    return any(_acts(hit, words.tokens, sides) for hit in verbs)


def _acts(hit: Hit, tokens: list[str], sides: Mapping[int, str]) -> bool:
    if any(sides.get(i) == "customer" and tokens[i + 1 : i + 2] != ["'s"] and tokens[i] != "your" for i in (hit.last, hit.last + 1)):
        return False  # "notify you", "write to you"
    for i in range(hit.first - 1, max(-1, hit.first - 1 - REACH), -1):
        if i in sides and not (i and tokens[i - 1] in _TO):
            return sides[i] == "customer"
    return True
