"""Maintenance: whether it counts as an outage, how much there may be, with what notice."""

from __future__ import annotations

from contractlens.language.sentences import Sentence
from contractlens.rulebook import Match, Matches
from contractlens.terms.leads import introduction, question_of, run_in
from contractlens.terms.records import Maintenance, Period
from contractlens.terms.zone import Zone
from contractlens.values import Duration

RULE, ALLOWANCE = "credits/maintenance-excluded", "credits/maintenance-allowance"
SHORT = 5  # words of a lead with a full stop: "Not included."; longer ones say something of their own
PERIODS: tuple[Period, ...] = ("month", "week", "quarter", "year")


def excludes_maintenance(matches: Matches, zone: Zone) -> list[Sentence]:
    """The sentences that say so: by themselves, or as an item of a list of what does not count."""
    return [m.sentence for m in matches.run(RULE, zone) if ("direct" in m.groups and _about(matches, m, zone)) or _goes_on(matches, m) or ("maintenance" in m.groups and _listed(matches, m))]


def _about(matches: Matches, match: Match, zone: Zone) -> bool:
    """Whether it is about availability: by its own words in a long agreement, or those just before and above it."""
    at = match.sentence.index
    if zone.whole or "level" in match.groups or any("level" in matches.ask_text(RULE, h) for h in matches.reading.headings(match.sentence)[:2]):
        return True
    return any("level" in matches.ask(RULE, s) for s in matches.reading.sentences[max(0, at - 2) : at])


def _goes_on(matches: Matches, match: Match) -> bool:
    """Whether it says so of the maintenance that the sentence before it tells of: "Time so used is disregarded"."""
    at = match.sentence.index
    if not match.groups.keys() & {"goes_on", "denied"} or not at:
        return False
    question = question_of(matches.reading, match.sentence)
    asked = matches.ask(RULE, question).groups if question else {}
    if "denied" in match.groups and question and question.index == at - 1 and "asked_count" in asked:
        return True
    if "goes_on" not in match.groups:
        return False
    return "asked" in asked or bool(matches.ask(RULE, matches.reading.sentences[at - 1]).groups.keys() & {"maintenance", "upkeep"})


def _listed(matches: Matches, match: Match) -> bool:
    """Whether the line that introduces the list, or the heading above it, excludes what is listed."""
    reading, sentence = matches.reading, match.sentence
    intro = introduction(reading, sentence)
    asked = question_of(reading, intro) if intro else None  # "What doesn't count? / A few things:"
    if any(s and "excluded" in matches.ask(RULE, s) for s in (intro, asked)):
        return True
    lead = run_in(reading, sentence)
    if lead and "excluded" in matches.ask(RULE, lead) and not (lead.text.endswith(".") and len(lead.text.split()) > SHORT):
        return True
    return intro is None and any("excluded" in matches.ask_text(RULE, h) for h in reading.headings(sentence)[:1])


def maintenance(matches: Matches, zone: Zone) -> tuple[Maintenance | None, list[Sentence]]:
    """How much maintenance is allowed and how it is announced; the first figure of each."""
    allowed: Duration | None = None
    per: Period | None = None
    notice: Duration | None = None
    said: list[Sentence] = []
    for match in _allowances(matches, zone):
        a, n = match.value("allowed", in_clause=False), match.value("notice", in_clause=False)
        if a and allowed is None and isinstance(a[0].amount, Duration) and a[0].amount.unit in ("hour", "minute", "day") and not (n and n[0] == a[0]):
            allowed, per = a[0].amount, next((p for p in PERIODS if p in match.groups), None)
            said.append(match.sentence)
        if n and notice is None and isinstance(n[0].amount, Duration):
            notice = n[0].amount
            said.append(match.sentence)
    return (Maintenance(allowed=allowed, per=per, notice=notice), said) if allowed or notice else (None, said)


def _allowances(matches: Matches, zone: Zone) -> list[Match]:
    """Where a time of maintenance may stand: beside the word, and in the sentence that goes on about it ("It does not exceed ten hours")."""
    found = {m.sentence.index: m for m in matches.run(ALLOWANCE, zone)}
    for sentence in excludes_maintenance(matches, zone):
        following = matches.reading.sentences[sentence.index + 1 : sentence.index + 2]
        for after in following:
            if after.clause == sentence.clause and after.index not in found:
                found[after.index] = matches.ask(ALLOWANCE, after)
    return [found[i] for i in sorted(found)]
