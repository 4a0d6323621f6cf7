"""Whether credits are all that the customer gets."""

from __future__ import annotations

from contractlens.rulebook import Match, Matches
from contractlens.terms.zone import Zone

RULE = "credits/only-remedy"
BACK = 4  # sentences before it that may speak of the credits: "The foregoing is your sole remedy."
FAR = 8  # those that may tell of the service level that "this scheme" is about


def only_remedy(matches: Matches, zone: Zone) -> list[Match]:
    """The sentences that say so and are about a service level, by their own words or by those just before and above them."""
    return [m for m in matches.run(RULE, zone) if "about" in m or (zone.whole and "cites" in m) or _near(matches, m) or ("points_back" in m and zone.near(m.sentence, FAR))]


def _near(matches: Matches, match: Match) -> bool:
    reading, sentence = matches.reading, match.sentence
    before = [s for s in reading.sentences[max(0, sentence.index - BACK) : sentence.index] if s.clause == sentence.clause or s.kind == "heading"]
    return any("near" in matches.ask(RULE, s) for s in before) or any("near" in matches.ask_text(RULE, h) for h in reading.headings(sentence)[:2])
