"""From when on an outage counts: what is named first behind "begins", "counted from" or the like."""

from __future__ import annotations

from typing import Literal

from contractlens.language.sentences import Sentence
from contractlens.rulebook import Match, Matches
from contractlens.rulebook.matching import Hit
from contractlens.terms.leads import ANSWERS, answers
from contractlens.terms.zone import Zone

Start = Literal["customer_notice", "provider_detection", "either", "actual"]
RULE = "credits/clock-starts"
EVENTS: dict[str, Start] = {"customer": "customer_notice", "vendor": "provider_detection", "actual": "actual"}
BY = 4  # words behind "logged by" that may name the customer
FAR = 8  # sentences before "Time runs from …" that may tell of outages
LONG = 40  # words of a line that introduces a list


def outage_start(matches: Matches, zone: Zone) -> tuple[Start | None, list[Sentence]]:
    """The start, and the sentence that says it: the fullest one, of equals the first."""
    best: tuple[int, Start, Sentence] | None = None
    for match, asked in [*((m, False) for m in matches.run(RULE, zone)), *((m, True) for m in zone.of(answers(matches, RULE, "question", "clock"))), *((m, False) for m in zone.of(_lists(matches)))]:
        said = _said(match)
        if said is None or not (asked or "clock" in match or _named_near(matches, match) or (zone.near(match.sentence, FAR) and any(h.first <= 1 for h in match.groups.get("timing", ())))):
            continue
        points = 2 * (asked or "begins" in match) + ("ends" in match)
        if best is None or points > best[0] or (points == best[0] and match.sentence.index < best[2].index):
            best = points, said, match.sentence
    return (best[1], [best[2]]) if best else (None, [])


def _lists(matches: Matches) -> list[Match]:
    """A beginning whose events are the items of a list: "starts at the earlier of / (i) the alarm / (ii) Customer's call".

    Or whose event is in the sentence before it: "Call us. From that moment we count the outage."
    """
    found = []
    sentences = matches.reading.sentences
    pointing = matches.rulebook.rules[RULE].groups["points_back"].phrases
    for s in sentences:
        whole = s.text.rstrip().endswith((".", "?", "!", ";"))
        if s.kind != "prose" or len(s.text.split()) > LONG or (whole and not matches.rulebook.joiner.may_hold(pointing, matches.found(s))):
            continue
        asked = matches.ask(RULE, s)
        if "begins" not in asked or "clock" not in asked or (whole and "points_back" not in asked):
            continue
        others = sentences[max(0, s.index - 1) : s.index] if whole else sentences[s.index + 1 : s.index + 1 + ANSWERS]
        found.append(Match(asked.rule, s, matches.ask_text(RULE, " ".join([s.text, *(o.text for o in others)]))))
    return found


def _named_near(matches: Matches, match: Match) -> bool:
    """Whether the sentence before it, or a heading above it, names the outage."""
    sentence = match.sentence
    before = matches.reading.sentences[max(0, sentence.index - 2) : sentence.index]
    return any("clock" in matches.ask(RULE, s) for s in before) or any("clock" in matches.ask_text(RULE, h) for h in matches.reading.headings(sentence)[:1])


def _said(match: Match) -> Start | None:
    """Both sides' words for it are "either" where one of the two is enough; else what comes first behind the beginning counts."""
    groups = match.groups
    if "unreported" in groups and "begins" not in groups:
        if "either" in groups:
            return "either"
        return "customer_notice"
    if "opens" in groups and "begins" not in groups and (opened := _opened(groups)):
        return opened
    ignored = groups.get("no_matter", [])
    first = min((h.last for h in groups.get("begins", [])), default=0)
    last = min((h.first for h in groups.get("ends", []) if h.first >= first), default=10_000)
    events = {name: _within([*groups.get(name, []), *(_by_others(groups) if name == "vendor" else [])], first, last, ignored) for name in EVENTS}
    if "either" in groups and events["actual"] and not (events["customer"] or events["vendor"]):
        return "actual"  # "from the first second in which it fails, whoever notices"
    if "either" in groups or (events["customer"] and events["vendor"] and "both" in groups):
        return "either"
    found = [(min(h.last for h in hits), EVENTS[name]) for name, hits in events.items() if hits]
    if found:  # the "time stamp of the first failed probe" is the vendor's, though something fails in it
        return min(found, key=lambda f: (f[0], f[1] == "actual"))[1]
    return (_opened(groups) if "opens" in groups else None) or ("actual" if ignored else None)


def _by_others(groups: dict[str, list[Hit]]) -> list[Hit]:
    """Where it is seen by somebody, and that is not the customer: "when logged by the operator on duty"."""
    customer = groups.get("customer", [])
    return [h for h in groups.get("seen", []) if not any(h.first - 1 <= c.first <= h.last + BY or c.first <= h.first < c.last for c in customer)]


def _opened(groups: dict[str, list[Hit]]) -> Start | None:
    """The event that stands before what it begins: "three failed polls open an outage", "our monitors note the start"."""
    opened = min(h.first for h in groups["opens"])
    before = [(-h.last, EVENTS[n]) for n in EVENTS for h in groups.get(n, []) if h.last <= opened + 1]
    return min(before)[1] if before else None


def _within(hits: list[Hit], first: int, last: int, ignored: list[Hit]) -> list[Hit]:
    """The hits that end behind `first`, begin before `last`, and do not belong to what is said not to matter."""
    return [h for h in hits if h.last > first and h.first < last and not any(i.first < h.last and h.first < i.last for i in ignored)]
