"""The right to leave after repeated failures, and its figures."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace

from contractlens.language.sentences import Sentence
from contractlens.rulebook import Match, Matches
from contractlens.terms.failures import Said, figures_of
from contractlens.terms.records import TerminationRight
from contractlens.terms.zone import Zone

RULE, LISTED = "credits/no-way-out", "credits/way-out-listed"
ITEMS = 1  # of a list that makes an event
BACK = 8  # lines of a list above one of them


def termination_right(matches: Matches, zone: Zone) -> tuple[TerminationRight | None, list[Sentence]]:
    """The right with the most figures; None where there is none.

    Rights to leave stand together at an agreement's end, far from its service levels: there their own words must name one.
    """
    best: tuple[int, TerminationRight, list[Sentence]] | None = None
    own = [m for m in matches.run(RULE) if "missed" in m or (m.sentence in zone and ("vendor_leaves" not in m or "failures_time" in m))]
    listed = [replace(m, groups={**m.groups, **matches.ask(RULE, m.sentence).groups}) for m in matches.run(LISTED) if m.sentence in zone and _introduced(matches, m.sentence)]
    for match, text in (*((m, None) for m in (*own, *listed)), *_answered(matches, zone)):
        right, said = _figures(match, text), [match.sentence]
        if right.failures is None and (named := _named_event(matches, match)):
            right, said = _figures(named), [named.sentence, match.sentence]
        points = 2 * ((right.failures is not None) + (right.within is not None)) + match.points
        if best is None or points > best[0]:
            best = points, right, said
    return (best[1], best[2]) if best else (None, [])


_NAME = re.compile(r"[A-Z][a-z]+(?:[ -][A-Z][a-z]+){1,4}")


def _named_event(matches: Matches, match: Match) -> Match | None:
    """Where the event that gives the right is made: `a Critical Failure occurs where … in two months of six`."""
    names = _NAME.findall(match.sentence.text)
    for s in matches.reading.sentences:
        if s.index == match.sentence.index or not any(n in s.text for n in names):
            continue
        asked = _with_items(matches, matches.ask(RULE, s))
        if "defined" in asked and ("failure" in asked or "missed" in asked) and _figures(asked).failures is not None:
            return asked
    return None


def _with_items(matches: Matches, match: Match) -> Match:
    """The match with the items of its list: "occurs where Availability / (a) is lower than 99.9% in any four months"."""
    if "defined" not in match.groups or match.sentence.text.rstrip().endswith((".", ";")):
        return match
    following = matches.reading.sentences[match.sentence.index + 1 : match.sentence.index + 1 + ITEMS]
    groups = matches.ask_text(RULE, " ".join([match.sentence.text, *(s.text for s in following)]))
    return Match(match.rule, match.sentence, groups)


def _introduced(matches: Matches, sentence: Sentence) -> bool:
    """Whether the line that introduces the list says that the customer may leave."""
    for before in reversed(matches.reading.sentences[max(0, sentence.index - BACK) : sentence.index]):
        if before.text.rstrip().endswith((":", ":-")):
            return "leave" in matches.ask(LISTED, before)
    return False


def _figures(match: Match, text: str | None = None) -> TerminationRight:
    """The figures of a match, or of a text of several sentences that its groups met."""
    return figures_of(Said(match.groups, match.sentence.text, match.sentence.start) if text is None else Said(match.groups, text))


def _answered(matches: Matches, zone: Zone) -> Iterator[tuple[Match, str]]:
    """Questions that the next sentence answers: "Have we missed it in three months of any six? Then you may leave."."""
    sentences = matches.reading.sentences
    for asks, answer in itertools.pairwise(sentences):
        if not asks.text.rstrip().endswith("?") or answer.kind != "prose" or asks not in zone:
            continue
        if "leave" in matches.ask(RULE, answer) and "failure" in matches.ask(RULE, asks):
            text = f"{asks.text} {answer.text}"
            yield Match(matches.rulebook.rules[RULE], answer, matches.ask_text(RULE, text)), text
