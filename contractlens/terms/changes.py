"""Who may change what alone: one record for each clause, and each of terms, price and service, that it lets the vendor change.

The right is found by its roles. Its notice, its form, what counts as acceptance and what the customer can do are found on
their own, and then belong to the right that they stand nearest to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Literal

from contractlens.documents.place import Evidence
from contractlens.language.marking import is_web_address
from contractlens.language.sentences import Sentence
from contractlens.rulebook import Match, Matches
from contractlens.rulebook.carried import carried
from contractlens.terms.records import Change
from contractlens.values import Duration

Kind = Literal["terms", "price", "service"]
Form = Literal["posting", "email", "written", "in_product"]
WayOut = Literal["terminate", "reject", "keep_original"]

RIGHTS = ("changes/change-of-terms", "changes/price-change", "changes/service-change", "changes/implied-change", "changes/as-updated", "changes/reserved-right", "changes/habitual-change")
NOTICE, USE, OUT, WEB = "changes/notice-of-change", "changes/acceptance-by-use", "changes/ways-out", "changes/terms-on-the-web"
NEWER = "changes/newer-terms"
SET_PRICES, ANNOUNCED_PRICES = "changes/price-at-discretion", "changes/announced-price-change"
KINDS: tuple[Kind, ...] = ("terms", "price", "service")
FORMS: tuple[tuple[str, Form], ...] = (("emailed", "email"), ("posting", "posting"), ("in_product", "in_product"), ("written", "written"))
REACH = 12  # sentences after a right in which its notice, effect and ways out stand
LONG = 700  # characters of a sentence of which only a part is quoted
BEFORE = 3  # sentences before it
CLOSE = 3  # where a sentence does not say that it is about a change
NEXT = 2  # sentences after one that is about the right
MANY = 30  # sentences after a right, of a part that is headed as one about changes
LISTED = 3  # sentences from one item of a list to another that a sentence after it speaks about alike
LOOSE = ("plainly", "freely", "shown")  # groups that say enough right behind a right only
FIRM = ("leaves", "rejects", "keeps", "accepts", "loosely", "silent", "place", "stands")
LONGEST_HEADING = 80  # characters


@dataclass
class _Right:
    """A right to change, and what is said about it elsewhere."""

    kind: Kind
    sentences: list[Sentence]
    about: dict[str, list[Match]] = field(default_factory=dict)
    home: range = range(0)  # sentences under a heading about changes
    told_up_to: int = 0  # the last sentence that was found to speak about it
    ends: int = 0  # the next heading or row of a table, where something else may begin

    def __post_init__(self) -> None:
        self.told_up_to = self.sentences[-1].index

    def distance(self, sentence: Sentence) -> int | None:
        """How far a sentence stands from the right; None where too far."""
        gaps = [sentence.index - s.index for s in self.sentences]
        near = [abs(g) if g >= 0 else 2 * -g for g in gaps if -BEFORE <= g <= REACH]
        if not near and sentence.index in self.home:
            return REACH
        return min(near, default=None)

    def goes_on(self, sentence: Sentence) -> bool:
        """Whether a sentence that does not name the change still is about it: under a heading about changes, or right after one that is."""
        same = self.sentences[-1].clause == sentence.clause
        return sentence.index in self.home or (same and sentence.index < self.ends and 0 <= sentence.index - self.told_up_to <= NEXT)


class _Reached:
    """The sentences that may speak about a right: those near one, and, of rights over the terms, all that may name a change of them."""

    def __init__(self, matches: Matches, rule_id: str, rights: list[_Right]) -> None:
        groups = matches.rulebook.rules[rule_id].groups
        self._matches, self._rights = matches, rights
        far = ("changed", "about_terms") if any(r.kind == "terms" for r in rights) else ()
        self._far = [groups[name].phrases for name in far]
        self._anywhere = [groups["current_text"].phrases] if far and "current_text" in groups else []

    def __contains__(self, sentence: Sentence) -> bool:
        if any(right.distance(sentence) is not None for right in self._rights):
            return True
        found, may_hold = self._matches.found(sentence), self._matches.rulebook.joiner.may_hold
        return any(far and all(may_hold(phrases, found) for phrases in far) for far in (self._far, self._anywhere))


def read(matches: Matches) -> tuple[Change, ...]:
    """The vendor's rights to change, in reading order within each kind."""
    leaning = carried(matches, RIGHTS)
    found = {kind: _sentences(matches, kind) | {s.index: s for s, hit in leaning if hit.what == kind} for kind in KINDS}
    rights = [_Right(kind, sentences) for kind in KINDS for sentences in _by_clause(found[kind])]
    if not found["terms"]:
        rights = [*(_Right("terms", sentences) for sentences in _by_clause(_presumed(matches))), *rights]
    if not rights:
        return ()
    for right in rights:
        right.home = _home(matches, right.sentences)
        following = matches.reading.sentences[right.sentences[-1].index + 1 :]
        right.ends = next((s.index for s in following if s.kind != "prose"), len(matches.reading.sentences))
    about = [(match, rule) for rule in (NOTICE, USE, OUT, WEB) for match in matches.run(rule, _Reached(matches, rule, rights))]
    for match, rule in sorted(about, key=lambda pair: pair[0].sentence.index):
        for right in _belongs_to(match, rights):
            right.about.setdefault(rule, []).append(match)
            right.told_up_to = max(right.told_up_to, match.sentence.index)
    return tuple(_change(matches, right) for right in rights)


def _home(matches: Matches, sentences: list[Sentence]) -> range:
    """The sentences from the right to the end of the part that a heading says to be about changes; empty where there is none."""
    reading, own = matches.reading, sentences[0].clause
    if own is None:
        return range(0)
    clauses = reading.document.clauses
    for i in (own, *reversed(clauses[own].path)):
        heading = clauses[i].heading
        if heading and len(heading) <= LONGEST_HEADING and "changed" in matches.ask_text(NOTICE, heading):
            parts = {i, *(k for k, c in enumerate(clauses) if i in c.path)}
            following = reading.sentences[sentences[0].index : sentences[-1].index + MANY]
            inside = takewhile(lambda s, parts=parts: s.clause in parts, following)  # type: ignore[misc]
            return range(sentences[0].index, max(s.index for s in inside) + 1)
    return range(0)


def _sentences(matches: Matches, kind: Kind) -> dict[int, Sentence]:
    found = {m.sentence.index: m.sentence for rule in RIGHTS for m in matches.of(rule) if kind in m or any(r.what == kind for r in m.roles)}
    found = {i: s for i, s in found.items() if not s.text.endswith("?")}  # the answer tells
    if kind == "price":
        found |= {m.sentence.index: m.sentence for m in matches.of(SET_PRICES)}
        found = found or {m.sentence.index: m.sentence for m in matches.of(ANNOUNCED_PRICES)}
    return found


def _presumed(matches: Matches) -> dict[int, Sentence]:
    """Where no sentence gives the right to change the terms: those that take it as given, by what follows a change.

    "Changes to these Terms will be posted on this page", "to go on using the service is to accept the changed Terms".
    """
    found = {m.sentence.index: m.sentence for m in matches.meeting(USE, "changed", "about_terms", "accepts or silent")}
    found |= {m.sentence.index: m.sentence for m in matches.meeting(WEB, "binds", "about_terms") if _on_the_web(matches, m)}
    return found or {m.sentence.index: m.sentence for m in matches.run(NEWER)}


def _by_clause(sentences: Mapping[int, Sentence]) -> list[list[Sentence]]:
    """In reading order, those of one clause together."""
    groups: list[list[Sentence]] = []
    for _, s in sorted(sentences.items()):
        if groups and groups[-1][-1].clause == s.clause and s.index - groups[-1][-1].index <= REACH:
            groups[-1].append(s)
        else:
            groups.append([s])
    return groups


def _belongs_to(match: Match, rights: list[_Right]) -> list[_Right]:
    """The rights that a sentence speaks about.

    Those that it states itself; else those near it of the kind that it names, prices or terms; of several, those of its own
    clause, else the nearest. What speaks of changed terms far from any right belongs to all rights over the terms.
    """
    own = [r for r in rights if any(s.index == match.sentence.index for s in r.sentences)]
    if own:
        return own
    if "as_they_stand" in match and "changed" not in match:
        return []
    plainly = any(group in match for group in LOOSE) and not any(group in match for group in FIRM)
    changed, price, terms = "changed" in match and not plainly, "about_price" in match, "about_terms" in match
    near = [(d, r) for r in rights if (d := r.distance(match.sentence)) is not None and (changed or (d <= CLOSE and not plainly) or r.goes_on(match.sentence))]
    kinds = {"price"} if price and not terms else {"terms", "service"} if terms and not price else set(KINDS)
    fitting = [(d, r) for d, r in near if r.kind in kinds]
    home = match.sentence.clause
    here = [r for _, r in fitting or near if r.sentences[-1].clause == home is not None]
    if not fitting and here and changed:  # "an increase in fees or an amendment", below the right to amend
        return here
    if not fitting:
        return [r for r in rights if r.kind == "terms"] if (terms and not price and changed) or "current_text" in match else []
    closest = (here or [min(fitting, key=lambda pair: pair[0])[1]])[-1].sentences[-1]
    apart = [(abs(r.sentences[-1].index - closest.index), r) for _, r in fitting]
    return [r for n, r in apart if r in here or n <= 1 or (n <= LISTED and r.sentences[-1].clause == closest.clause)]


def _change(matches: Matches, right: _Right) -> Change:
    about = right.about
    return Change(
        what=right.kind,
        notice=_notice(about.get(NOTICE, [])),
        notice_form=_form(matches, right, about.get(NOTICE, [])),
        continued_use=any(_by_use(m) for m in about.get(USE, [])),
        opt_out=_way_out(about.get(OUT, [])),
        by_reference_url=any(_on_the_web(matches, m) for m in about.get(WEB, [])),
        evidence=_evidence(matches, right.sentences),
    )


def _notice(about: list[Match]) -> Duration | None:
    for match in about:
        found = match.value("notice")
        if found and isinstance(found[0].amount, Duration):
            return found[0].amount
    return None


def _form(matches: Matches, right: _Right, about: list[Match]) -> Form | None:
    """The form of the notice, None where it may be one or another: first what the right itself says, then who notifies, then what is posted.

    That new terms are posted gives way to a notice of them that is sent ahead: that is how one hears of them.
    """
    own = [m for m in about if any(s.index == m.sentence.index for s in right.sentences)]
    told = [m for m in about if "notifies" in m]
    sent = [forms for m in told if "notice" in m and "changed" in m and len(forms := _forms(m)) == 1]
    for among in (own, told, about):
        for match in among:
            here = _forms(match)
            if not here and "posted_at" in match and (match in own or "changed" in match or "notice" in match) and _has_address(matches, match):
                here = ["posting"]
            if here == ["posting"] and match not in told and sent:
                here = sent[0]
            if len(here) == 1:
                return here[0]
            if here and match in told:
                return None
    return None


def _forms(match: Match) -> list[Form]:
    forms = [form for group, form in FORMS if group in match]
    if {"posting", "in_product"} <= {*forms} and _same_words(match, "posting", "in_product"):
        forms.remove("posting")
    return forms


def _same_words(match: Match, general: str, special: str) -> bool:
    """Whether all that was met for the one overlaps with what was met for the other: what "is shown in the app" is shown."""
    hits = match.groups[special]
    return all(any(g.first < s.last and s.first < g.last for s in hits) for g in match.groups[general])


def _way_out(about: list[Match]) -> WayOut | None:
    if any("keeps" in m and "objects" in m and "until_end" not in m for m in about):  # the old terms go on because it objected
        return "reject"
    outs: tuple[tuple[str, WayOut], ...] = (("keeps", "keep_original"), ("leaves", "terminate"), ("rejects", "reject"), ("plainly", "terminate"))
    return next((out for group, out in outs for m in about if group in m), None)


def _by_use(match: Match) -> bool:
    """Whether to go on using the service is acceptance, and not a click or a silence."""
    if "accepts" in match or ("loosely" in match and "silent" not in match):
        return True
    return "freely" in match and not any(group in match for group in ("silent", "refuses", "expressly", "as_they_stand"))


def _on_the_web(matches: Matches, match: Match) -> bool:
    """Whether a named place on the web is where the terms stand: a website, or an address."""
    return "place" in match or _has_address(matches, match)


def _has_address(matches: Matches, match: Match) -> bool:
    return any(is_web_address(token) for token in matches.reading.words(match.sentence).tokens)


def _evidence(matches: Matches, sentences: list[Sentence]) -> tuple[Evidence, ...]:
    """The sentences that state the right; of a very long one only the part between semicolons that does."""
    found: list[Evidence] = []
    for s in sentences:
        start, end = s.start, s.end
        if end - start > LONG:
            hits = [r for rule in RIGHTS for m in matches.of(rule) if m.sentence.index == s.index for r in m.roles]
            words = matches.reading.words(s)
            if hits:
                first, last = words.starts[min(h.first for h in hits)], words.ends[max(h.last for h in hits) - 1]
                start += max(s.text.rfind(";", 0, first - start) + 1, 0)
                cut = s.text.find(";", last - s.start)
                end = s.start + cut if cut >= 0 else end
        found.append(matches.reading.document.evidence(start, end))
    return tuple(found)
