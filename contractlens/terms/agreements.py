"""What kind of agreement it is: hosting, DNS, software as a service, and so on."""

from __future__ import annotations

from contractlens.rulebook import Matches

TITLE = 12  # sentences in which the title stands
ENOUGH = 4.0


def read(matches: Matches) -> str | None:
    """The kind of agreement with the most telling words, those of its title counting most; None where none stands out."""
    scores: dict[str, float] = {}
    for rule in matches.rulebook.of_kind("agreement"):
        found = matches.of(rule.id)
        if found:
            title = sum(6.0 if m.sentence.index < 4 else 3.0 for m in found if m.sentence.index < TITLE)
            scores[rule.id.split("/")[-1]] = title + min(len(found), 30) * 0.5
    best = max(scores, key=lambda name: scores[name], default=None)
    return best if best and scores[best] >= ENOUGH else None
