"""Who may end the agreement before its time: on what ground, with how much notice, after how long to cure, at what cost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import Literal

from contractlens.documents.place import Evidence
from contractlens.language.sentences import Sentence
from contractlens.language.value import Taken
from contractlens.rulebook import Match, Matches
from contractlens.terms.records import Ground, Termination
from contractlens.values import Duration, compare

By = Literal["customer", "vendor", "either"]

RIGHTS, AT_WILL, COSTS = "termination/who-may-end", "termination/for-convenience", "termination/leaving-early-costs"
BREACH = "termination/for-breach"
GROUNDS: tuple[tuple[Ground, str, str], ...] = (
    ("breach", BREACH, "breach"),
    ("insolvency", "termination/insolvency", "insolvent"),
    ("change_of_control", "termination/change-of-control", "sold"),
)
SIDES: tuple[By, ...] = ("customer", "vendor", "either")
LIST = 16  # sentences of a list of reasons
SHORT = 16  # words of a sentence that lets someone leave and says no more
NEXT = 2  # sentences after a right that may give the time to cure
QUOTES = 3  # sentences quoted for one right


@dataclass
class _Right:
    by: By
    ground: Ground
    sentences: list[Sentence]
    notice: Duration | None = None
    cure: Duration | None = None
    fee_due: bool = False


@dataclass
class _Rights:
    """The rights found so far: one for each side and ground, the first figures kept."""

    found: dict[tuple[By, Ground], _Right] = field(default_factory=dict)

    def add(self, new: _Right) -> None:
        old = self.found.setdefault((new.by, new.ground), new)
        if old is not new:
            old.notice = old.notice or new.notice
            old.cure = old.cure or new.cure
            old.sentences += [s for s in new.sentences if s not in old.sentences]


def read(matches: Matches, apart: Iterable[Evidence] = ()) -> tuple[Termination, ...]:
    """The rights to end the agreement, in reading order. `apart` are the sentences of its renewal, whose notice ends a term."""
    renewal = Taken((e.start, e.end) for e in apart)
    rights = _Rights()
    for match in matches.of(RIGHTS):
        if not renewal.touches(match.sentence.start, match.sentence.end):
            for by in _sides(match):
                for right in _of_sentence(matches, match, by):
                    rights.add(right)
    _with_costs(matches, rights)
    made = sorted(rights.found.values(), key=lambda r: r.sentences[0].index)
    return tuple(
        Termination(
            by=r.by, ground=r.ground, notice=r.notice, cure=r.cure, fee_due=r.fee_due, evidence=matches.reading.evidence(*r.sentences[:QUOTES])
        )
        for r in made
    )


def _sides(match: Match) -> list[By]:
    """Who may end it: of several that stand before one verb, the nearest."""
    barred = {h.last for h in match.groups.get("barred", [])}
    verbs: dict[int, tuple[int, By]] = {}
    for by in SIDES:
        for hit in match.groups.get(by, []):
            if hit.last not in barred:
                verbs[hit.last] = max(verbs.get(hit.last, (-1, by)), (hit.first, by))
    sides = {by for _, by in verbs.values()}
    if not barred:
        sides |= {by for by in SIDES if match.groups.get(f"by_{by}")}
    if "either" in sides or match.groups.get("pair") or {"customer", "vendor"} <= sides:
        return ["either"]
    return sorted(sides)


def _of_sentence(matches: Matches, match: Match, by: By) -> Iterator[_Right]:
    """The rights that a sentence gives to one side, and those of the list that it introduces."""
    own = list(_grounds(matches, match.sentence))
    listed = _list_below(matches, match.sentence) if _introduces(match.sentence) else []
    items = [(ground, item) for item in listed for ground in _grounds(matches, item)]
    for ground in own:
        yield _right(matches, by, ground, [match.sentence])
    for ground, item in items:
        yield _right(matches, by, ground, [match.sentence, item])
    if own or items:
        return
    asked = matches.ask(AT_WILL, match.sentence).groups
    if listed or "at_end" in asked:
        return
    if "without_reason" in asked or ("condition" not in asked and (("any_time" in asked or "notice" in asked) or _says_no_more(match.sentence))):
        yield _right(matches, by, "convenience", [match.sentence])
    elif "condition" in asked:
        yield _right(matches, by, "other", [match.sentence])


def _grounds(matches: Matches, sentence: Sentence) -> Iterator[Ground]:
    for ground, rule, group in GROUNDS:
        if group in matches.ask(rule, sentence).groups:
            yield ground


def _right(matches: Matches, by: By, ground: Ground, sentences: Sequence[Sentence]) -> _Right:
    cure = _cure(matches, sentences) if ground == "breach" else None
    stated = _length(matches, AT_WILL, "notice", sentences)
    notice = None if stated == _length(matches, BREACH, "cure", sentences) and "breach" in matches.ask(BREACH, sentences[-1]) else stated  # "within 30 days after written notice"
    return _Right(by, ground, list(sentences), notice, cure)


def _cure(matches: Matches, sentences: Sequence[Sentence]) -> Duration | None:
    """The time to put a breach right: in the right's own sentences, or in those that follow in its clause ("if it is not cured within")."""
    last = sentences[-1]
    following = [s for s in matches.reading.sentences[last.index + 1 : last.index + 1 + NEXT] if s.clause == last.clause]
    return _length(matches, BREACH, "cure", sentences) or next((n for s in following for n in [_length(matches, BREACH, "cure", [s])] if n), None)


def _length(matches: Matches, rule: str, name: str, sentences: Sequence[Sentence]) -> Duration | None:
    """The first length kept under a name, of the last sentence that has one; of several times to cure the longest, since the shorter one is that of invoices."""
    for sentence in reversed(sentences):
        found = [v.amount for v, _ in matches.ask(rule, sentence).values(name) if isinstance(v.amount, Duration)]
        if found:
            return reduce(lambda a, b: b if compare(a, b) == -1 else a, found) if name == "cure" else found[0]
    return None


def _introduces(sentence: Sentence) -> bool:
    return sentence.text.rstrip().rstrip("-–— ").endswith((":", " if", " upon", " by"))


def _says_no_more(sentence: Sentence) -> bool:
    return len(sentence.text.split()) <= SHORT and not _introduces(sentence) and not sentence.text[:1].islower()  # the end of a list


def _list_below(matches: Matches, sentence: Sentence) -> list[Sentence]:
    """The items of the list that a sentence introduces."""
    found: list[Sentence] = []
    clause = {s.index for s in matches.reading.around(sentence)}
    for after in matches.reading.sentences[sentence.index + 1 : sentence.index + 1 + LIST]:
        if after.kind == "heading" or (clause and after.index not in clause) or RIGHTS in {m.rule.id for m in matches.of(RIGHTS) if m.sentence is after}:
            break
        found.append(after)
        if after.text.rstrip().endswith("."):
            break
    return found


# ---------------------------------------------------------------- what it costs
def _with_costs(matches: Matches, rights: _Rights) -> None:
    """Mark the customer's right to leave that costs something; where no right is stated, what it costs is told by itself."""
    costs = [m.sentence for m in matches.of(COSTS) if _costs(m)]
    if not costs:
        return
    leaving = [r for key, r in rights.found.items() if key in (("customer", "convenience"), ("either", "convenience"))]
    for right in leaving:
        right.fee_due = True
        right.sentences += [s for s in costs[:1] if s not in right.sentences]
    if not leaving:
        rights.add(_Right("customer", "other", costs[:QUOTES], fee_due=True))
        rights.found["customer", "other"].fee_due = True


def _costs(match: Match) -> bool:
    """Whether the customer pays for leaving, and not only for a breach of its own."""
    groups = match.groups
    return "waived" not in groups and ("for_breach" not in groups or "unless_for_breach" in groups)
