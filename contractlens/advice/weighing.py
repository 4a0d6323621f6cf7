"""Records are weighed by the rules' `findings`, and become findings with words to ask for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from contractlens.advice.finding import SEVERITIES, Finding, NotFound, Redline
from contractlens.advice.placing import place_of_new
from contractlens.advice.wording import explain, wording
from contractlens.documents.place import Evidence
from contractlens.language.itself import USUAL
from contractlens.language.value import Taken
from contractlens.rulebook import Match, Matches, Rule
from contractlens.rulebook.conditions import holds, parse_condition
from contractlens.rulebook.schema import MissingSpec, RedlineSpec
from contractlens.terms.records import Record, Terms

Lookup = Callable[[str], Any]
CHECK_BY_HAND = "What the contract says cannot be compared with your limit; check it by hand."


@dataclass(frozen=True)
class Weighed:
    """One thing that a rule may have a finding about: a record, or a match of a rule that fills none."""

    record: Record | None
    evidence: tuple[Evidence, ...]
    values: Mapping[str, Any]
    met: tuple[Evidence, ...] = ()  # of a record: the sentences in the same clause that the rule itself met


def weigh(matches: Matches, terms: Terms, extras: Callable[[Record], Mapping[str, Any]], facts: Mapping[str, Any], unread: str = "") -> tuple[list[Finding], list[NotFound]]:
    """All findings, the most urgent first, and what was looked for and not found.

    `extras` gives what is reckoned from a record (minutes of downtime), `facts` what is known of the whole document
    (`opt_out_by`, `customer`, `vendor`). Where part of the document was not read, as `unread` says, no finding says that a clause is missing.
    """
    findings: list[Finding] = []
    not_found: list[NotFound] = []
    for rule in matches.rulebook.rules.values():
        made = [f for thing in _things(rule, matches, terms, extras) for f in [_finding(rule, thing, terms, matches, facts, unread)] if f]
        findings += _merged(made)
        missing = rule.spec.missing
        if missing and not _has(rule, matches, terms) and (not missing.in_agreements or terms.kind_of_agreement in missing.in_agreements):
            not_found.append(NotFound(what=missing.what, rule=rule.id))
            findings += _lack(rule, missing, terms, matches, _lookup(Weighed(None, (), {}), terms, matches, facts)) if not unread else ()
    order = {s: i for i, s in enumerate(SEVERITIES)}
    findings.sort(key=lambda f: (order[f.severity], f.evidence[0].start if f.evidence else 1 << 60))
    return findings, not_found


def _lack(rule: Rule, missing: MissingSpec, terms: Terms, matches: Matches, lookup: Lookup) -> Iterable[Finding]:
    """The finding that a clause is missing, where the rule has one and its conditions hold."""
    applies = holds([parse_condition(c) for c in _list(missing.applies_when)], lookup) is True
    if missing.severity and missing.say and rule.spec.category and applies:
        after = place_of_new(rule.id, terms, matches)
        yield Finding(
            rule=rule.id,
            category=rule.spec.category,
            severity=missing.severity,
            status="draft" if rule.spec.status == "draft" else "stable",
            title=missing.what[:1].upper() + missing.what[1:] + ": not found",
            meaning=explain(missing.say, lookup),
            why=explain(rule.spec.why_it_matters, lookup),
            redlines=tuple(r.model_copy(update={"after": after}) for r in _redlines(rule, (), lookup)),
        )


def _things(rule: Rule, matches: Matches, terms: Terms, extras: Callable[[Record], Mapping[str, Any]]) -> Iterable[Weighed]:
    """What a rule weighs: the records of its kind, where it says to which it applies or has itself met one; else its own matches."""
    if not rule.spec.findings:
        return
    own = matches.of(rule.id)
    records = _records(rule.spec.clause_kind, terms)
    if records is None:
        if rule.spec.deferred and terms.service_credits:  # it is met wherever days are counted; what counts is where the credits' own facts were read
            told = Taken((e.start, e.end) for e in terms.service_credits.evidence)
            own = [m for m in own if told.touches(m.sentence.start, m.sentence.end)] or own[:1]
            own = sorted(own, key=lambda m: (-len(m.groups), m.sentence.index))  # the sentence that says most first
        for match in own[:3]:
            yield Weighed(None, matches.reading.evidence(match.sentence), _kept(match))
        return
    if not rule.spec.applies_when and not own and (rule.groups or rule.roles):
        return
    for record in records:
        stated: tuple[Evidence, ...] = getattr(record, "evidence", ())
        told = Taken((e.start, e.end) for e in stated)
        used = [m for m in own if told.touches(m.sentence.start, m.sentence.end)]
        quotes = matches.reading.evidence(*(m.sentence for m in (used if stated else own)[:2]))
        met = tuple(e for m in own for e in matches.reading.evidence(m.sentence) if stated and e.section == stated[0].section)
        yield Weighed(record, quotes if quotes and not rule.spec.applies_when else stated[:3] or quotes, extras(record), met)


def _records(clause_kind: str, terms: Terms) -> Sequence[Record] | None:
    """The records of a clause kind; None of a kind that fills none."""
    found = {
        "renewal": terms.renewal,
        "uptime": terms.uptime,
        "service_credits": terms.service_credits,
        "changes": terms.changes,
        "notices": terms.notices,
        "price_rise": terms.price_rise,
        "termination": terms.termination,
        "liability": terms.liability,
        "terms": terms,
    }
    if clause_kind not in found:
        return None
    value = found[clause_kind]
    return () if value is None else value if isinstance(value, tuple) else (value,)


def _has(rule: Rule, matches: Matches, terms: Terms) -> bool:
    """Whether the document has what the rule is about."""
    if rule.groups or rule.roles:
        return bool(matches.of(rule.id))
    return bool(_records(rule.spec.clause_kind, terms))


def _kept(match: Match) -> dict[str, Any]:
    names = {n for hits in match.groups.values() for h in hits for n, _ in h.values}
    return {n: found[0].amount for n in names for found in [match.value(n)] if found}


def _lookup(thing: Weighed, terms: Terms, matches: Matches, facts: Mapping[str, Any]) -> Lookup:
    def look(name: str) -> Any:
        if name.startswith("limits."):
            return matches.rulebook.limits.get(name.removeprefix("limits."))
        for source in (thing.values, facts):
            if name in source:
                return _plain(source[name])
        return next((found for base in (thing.record, terms) for found in [_at(base, name)] if found is not None), None)

    return look


def _at(base: Any, dotted: str) -> Any:
    """What stands at a dotted name; of a list of records, in the first that has it."""
    found = base
    for part in dotted.split("."):
        if isinstance(found, tuple):
            found = next((one for one in found if getattr(one, part, None) is not None), None)
        found = getattr(found, part, None)
    return found


def _plain(value: Any) -> Any:
    return getattr(value, "value", value)


def _finding(rule: Rule, thing: Weighed, terms: Terms, matches: Matches, facts: Mapping[str, Any], unread: str) -> Finding | None:
    lookup = _lookup(thing, terms, matches, facts)
    if holds([parse_condition(c) for c in _list(rule.spec.applies_when)], lookup) is not True:
        return None
    unsure = False
    for line in rule.spec.findings:
        held = holds([parse_condition(c) for c in _list(line.when)], lookup)
        if held is None:
            unsure = True
        if held and not (unsure and line.when == "anything else"):
            severity, meaning, asks = line.severity, explain(line.say, lookup), line.ask
            if unread and line.absent:
                meaning = f"{meaning} But {unread}, and may say otherwise."
            break
    else:
        if not unsure:
            return None
        severity, meaning, asks = "medium", CHECK_BY_HAND, True
    assert rule.spec.category is not None
    return Finding(
        rule=rule.id,
        category=rule.spec.category,
        severity=severity,
        status="draft" if rule.spec.status == "draft" else "stable",
        title=explain(rule.spec.title, lookup) or rule.spec.title,
        meaning=meaning,
        why=explain(rule.spec.why_it_matters, lookup),
        evidence=thing.evidence,
        redlines=tuple(_redlines(rule, thing.evidence, lookup, thing.met)) if asks else (),
    )


def _list(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _redlines(rule: Rule, evidence: tuple[Evidence, ...], lookup: Lookup, met: tuple[Evidence, ...] = ()) -> Iterable[Redline]:
    def made(position: str, spec: RedlineSpec | None) -> Iterable[Redline]:
        if spec:
            gives_way = {"sentences": evidence, "met": met, "nothing": ()}[spec.replaces]
            replace = next((e for e in gives_way[:1] if not _says(e.quote, spec.unless_it_says)), None)
            after = None if replace else next((e for e in reversed(evidence) if e.section == evidence[0].section), None)
            text = wording(spec.wording, lookup).replace(USUAL, str(lookup("this_paper") or USUAL))
            note = explain(spec.tell_the_vendor, lookup)
            said = {"position": position, "replace": replace, "after": after, "with": text, "note": note, "covered_by": tuple(spec.covered_by)}
            yield Redline.model_validate(said)

    yield from made("preferred", rule.spec.redlines.preferred)
    yield from made("fallback", rule.spec.redlines.fallback)


def _says(quote: str, words: Sequence[str]) -> bool:
    return any(re.search(rf"\b{re.escape(w)}\b" if w[:1].isalnum() else re.escape(w), quote, re.I) for w in words)


def _merged(findings: list[Finding]) -> list[Finding]:
    """One finding for several records of which a rule says the same; their evidence together."""
    kept: dict[tuple[str, str], Finding] = {}
    for finding in findings:
        key = (finding.severity, finding.meaning)
        if key in kept:
            evidence = tuple({e.start: e for e in (*kept[key].evidence, *finding.evidence)}.values())
            kept[key] = kept[key].model_copy(update={"evidence": evidence})
        else:
            kept[key] = finding
    return list(kept.values())
