"""Sentences that lean on the one before: items under "We may:", and "They may change" of terms named just before."""

from __future__ import annotations

import re
from collections.abc import Iterable

from contractlens.language.marking import Reading
from contractlens.language.sentences import Sentence
from contractlens.rulebook.applying import Matches
from contractlens.rulebook.roles import RoleHit, roles_in

FEW = 20  # items of a list
SOON = 5  # characters before the name of who acts
FEW_WORDS = 5  # before the name with which a sentence begins
SHORT = 40  # characters of an answer that says nothing without its question
_LEADING = ("right", "rights", "may", "can", "shall", "to", "that", "agree", "entitled")
_HEAD = re.compile(rf"(?P<head>.{{4,300}}?(?::|\b(?:{'|'.join(_LEADING)})(?=\s*\n|\s*$)))(?:\s*(?P<item>\(?\w{{1,4}}[.)]\s|[-*•–]\s?)|\s*$)", re.S)
_FOLLOWING = re.compile(r"\b(?:any\s+of\s+|all\s+of\s+)?the\s+following(?:\s+(?:items|matters|things|points))?\b", re.I)
_ITEM = re.compile(r"\s*(?:\(?[a-z0-9]{1,4}[.)]|[-*•–])\s*", re.I)
_LABEL = re.compile(r"(?:[QA]|Question|Answer)\s?[.:)]\s*")  # "Q: Can the rules change?"
_WILL = re.compile(r"^(?:Will|Do|Does|Are|Is|Could)\b")
_MODAL = r"(?:\s+|(?='))(?:may|can|might|could|reserves?|keeps?|retains?|will|(?:are|is|am|'re|remains?)\s+(?:free|entitled|allowed|permitted|authori[sz]ed|at\s+liberty))\b[^.;]{0,50}?"
_THEM = re.compile(rf"(?={_MODAL}\b(?:change|amend|modify|revise|update|alter|vary|replace|rewrite|edit|adapt|redraft|adjust|increase|raise|reset|put|set|fix|lift|index|review)\s+(?:them|it)\b)")
_DO_SO = re.compile(r"\b(?:may|can|might|could|(?:free|entitled|allowed)\s+to)\s+(?P<so>do\s+(?:so|this|that|it))\b")  # "Changing these terms: we may do so at any time"
_CELL = re.compile(r"(?P<label>[^|]{4,80}?)\s*\|\s*(?P<rest>.+)", re.S)
_BACK = frozenset({"them", "it"})
_IT = re.compile(r"(?P<before>(?:[A-Z][\w' ]{1,60}?,?\s)?)(?:[Ii]t|[Tt]hey|He|She)\s+(?=(?:may|can|might|could|reserves?|is\s+(?:free|entitled)|are\s+(?:free|entitled)|has|have)\b)")  # "Acme runs the list. It may change these rules."
_YES = re.compile(r"(?:Yes|Sometimes|Certainly|(?:It|We|They)\s+(?:can|may|might|could))\b")
_YOU = re.compile(r"\byou\b", re.I)
_PRONOUN = re.compile(r"(?:They|These|Both|All\s+of\s+(?:these|them))\s+(?=(?:may|can|might|are\s+subject)\b)")


def carried(matches: Matches, rule_ids: Iterable[str]) -> list[tuple[Sentence, RoleHit]]:
    """What the rules' roles find in such sentences once they are read on from the sentence that they lean on."""
    rules = [r for i in rule_ids if (r := matches.rulebook.rules[i]).roles]
    found: list[tuple[Sentence, RoleHit]] = []
    for sentence, text in _read_on(matches.reading):
        words = matches.reading.bag(text).words
        for rule in rules:
            if rule.roles and matches.rulebook.gate.is_near(rule, words):
                found += [(sentence, hit) for hit in roles_in(rule.roles, matches.found_text(text), matches.rulebook.joiner)]
    return found


def _read_on(reading: Reading) -> Iterable[tuple[Sentence, str]]:
    """Each such sentence, and its text with what it leans on before it."""
    head, items = "", 0
    sentences = reading.sentences
    for before, sentence in zip([None, *sentences], sentences, strict=False):
        if head and items < FEW and sentence.kind == "prose" and (m := _ITEM.match(sentence.text)):
            items += 1
            yield sentence, _joined(head, sentence.text[m.end() :])
            continue
        opened = _HEAD.match(sentence.text) if sentence.kind == "prose" and _may_open(sentence.text) else None
        head, items = (opened.group("head"), 0) if opened else ("", 0)
        answer = sentence.text.removeprefix(_label(sentence.text))
        question = before.text.removeprefix(_label(before.text)) if before else ""
        if before and question.endswith("?") and _YES.match(answer):  # "Can you change these terms? Yes, ..."
            yield (sentence if len(sentence.text) > SHORT else before), _WILL.sub("may", _YOU.sub("we", f"{question.rstrip('?')} at any time"))
        if before and (m := _PRONOUN.match(sentence.text)):
            for named in (before.text, *reading.headings(sentence)[:1]):
                yield sentence, f"{named.rstrip('.?!: ')}, and they {sentence.text[m.end() :]}"
        elif before and (m := _IT.match(answer)) and (vendor := _headed_by_vendor(reading, before.text)):
            named = f"{m['before']}{vendor} {answer[m.end() :]}"
            yield sentence, f"{question.rstrip('.: ')}, and {named}" if _THEM.search(named) else named
        elif so := _DO_SO.search(answer):
            yield from ((sentence, text) for text in _spelt_out(reading, sentence, answer, so))
        elif not sentence.words.isdisjoint(_BACK) and _vendor_changes_it(reading, answer):  # "These are our rules. We may change them."
            yield sentence, f"{question.rstrip('.?!: ')}, and {answer}".replace(";", ", and").lstrip(", ")


def _spelt_out(reading: Reading, sentence: Sentence, answer: str, so: re.Match[str]) -> Iterable[str]:
    """What "do so" stands for: the label of its row, or its heading."""
    row = _CELL.fullmatch(answer)
    label = row.group("label") if row else next(iter(reading.headings(sentence)), "")
    start = row.start("rest") if row else 0
    if label and start <= so.start():
        yield f"{answer[start : so.start('so')]}{label[:1].lower()}{label[1:]}{answer[so.end() :]}"


def _headed_by_vendor(reading: Reading, text: str) -> str | None:
    """The vendor's name, where a sentence begins with it."""
    first = next(iter(reading.cast.mentions(text)), None)
    return text[first.start : first.end] if first and first.kind == "vendor" and len(text[: first.start].split()) <= FEW_WORDS else None


def _vendor_changes_it(reading: Reading, text: str) -> bool:
    """Whether the vendor stands right before "may change them"."""
    ends = {m.start() for m in _THEM.finditer(text)}
    named = reading.cast.mentions(text) if ends else []
    return any(v.kind == "vendor" and v.end in ends for v in named) or bool(named and named[0].start < SOON and {v.kind for v in named} == {"vendor"})


def _label(text: str) -> str:
    """What says that a text is a question or an answer."""
    m = _LABEL.match(text)
    return m.group() if m else ""


def _may_open(text: str) -> bool:
    """Whether a text may open a list: a cheap look."""
    return ":" in text or "\n" in text or text.rstrip().endswith(_LEADING)


def _joined(head: str, item: str) -> str:
    """The head with the item in it: after it, or in place of "the following"."""
    item = item.rstrip(" ;,.")
    return _FOLLOWING.sub(lambda _: item, head, count=1) if _FOLLOWING.search(head) else f"{head} {item}"
