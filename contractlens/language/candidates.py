"""Names that may be those of whoever wrote a paper that introduces nobody: "Tillmark", "the library", "the team behind Treehut".

Most of them are nobody. Which of them may change the paper is for the rules to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import takewhile

from contractlens.language.openings import FORM
from contractlens.language.patterns import any_of

_REST = r"[\w&'-]{0,40}"  # of a name's word: a longer one is no name, and an embedded picture is one of a megabyte
_WORD = rf"(?:(?:[a-z]{{0,2}}[A-Z]|\d{{1,3}}[A-Za-z]){_REST}(?:\.[a-z]{{2,4}}\b)?|[a-z]-[A-Z]{_REST}|[a-z][a-z0-9-]{{1,20}}\.(?:io|com|net|org|co|app|dev|eu|de|uk|nl|fr|in)\b(?!/))"  # Acme, eBay, 3Com, Booking.com
_NAME = re.compile(rf"(?<![\w./@-]){_WORD}(?:[ ]+(?:&[ ]+|of[ ]+(?:the[ ]+)?)?[A-Z]{_REST}){{0,11}}(?:[ ]+\d{{1,4}}\b)?")
_FORM = re.compile(rf"(?:,?[ ]+(?:&[ ]+)?(?:{FORM}|Pvt|BV|NV|SA|S\.L|KG|A/S|AS)\b\.?){{1,3}}", re.I)
_OF = re.compile(r"\bof $")
_NOUN = r"(?P<name>(?:[Tt]he|[Oo]ur)\s+[a-z]{3,20}(?:\s+[a-z]{3,20})?)"
LONGEST = 6  # words of a name
LISTS = ("no_writers", "things_in_names", "acts_of_writers", "groups_of_people")


class _Wording:
    """Word lists of words.yml, as sets and patterns."""

    def __init__(self, *lists: tuple[str, ...]) -> None:
        self.nobody, self.things, acts = map(frozenset, lists[:3])
        self.acting = re.compile(rf"(?<![.\w]){_NOUN}(?=,?\s+{any_of(acts)}(?!\w))")
        self.by = re.compile(rf"\bby\s+{_NOUN}(?=\s*(?:[.,;()]|$))")
        self.group = re.compile(rf"\b(?:[Tt]he\s+(?:\w+\s+)?)?{any_of(lists[3])}\s+(?:at|of|behind|from|who\s+run)\s+(?:the\s+)?$")
        self.groups_own = re.compile(rf"'s\s+{any_of(lists[3])}(?!\w)")
        self.acts = acts


@lru_cache(maxsize=8)
def _wording(*lists: tuple[str, ...]) -> _Wording:
    return _Wording(*lists)


def is_noun(name: str) -> bool:
    """Whether a candidate is a noun rather than a name: "the librarian"."""
    return name.startswith(("the ", "The ", "our ", "Our "))


def candidates(plain: str, lists: Mapping[str, Sequence[str]]) -> set[str]:
    """The names and nouns of a text that may stand for somebody, as they are written."""
    wording = _wording(*(tuple(lists[name]) for name in LISTS))
    return {*_names(plain, wording), *_nouns(plain, wording)}


def _names(plain: str, wording: _Wording) -> Iterator[str]:
    """Each name without ordinary words before and after it; with the company's form, and with "the board of" before it, too."""
    for m in _NAME.finditer(plain):
        words = list(re.finditer(r"\S+", m.group()))
        while words and _is_nobody(words[0].group(), wording):
            words = [] if words[0].group().isupper() and words[0].group().lower() in wording.acts else words[1:]
        words = list(takewhile(lambda w: w.group().lower() not in wording.acts, words))  # "ACME MAY CHANGE"
        while words and (_is_nobody(words[-1].group(), wording) or (words[-1].group().isdigit() and all(_is_nobody(w.group(), wording) for w in words[-2:-1]))):
            words = words[:-1]
        if not words or len(words) > LONGEST or words[0].group().lower() in wording.things:
            continue
        start, ends = m.start() + words[0].start(), [m.start() + w.end() for w in words]
        if _OF.search(plain, max(start - 4, 0), start) and not wording.group.search(plain, max(start - 40, 0), start) and not plain.startswith(" to ", ends[-1]):  # "the Rules of Conduct", and not "the right of Acme to"
            continue
        end = ends[-1] - 2 * plain[start : ends[-1]].endswith("'s")
        yield plain[start:end]
        for tail in (wording.groups_own.match(plain, end), *(_FORM.match(plain, e) for e in ends)):
            if tail:
                yield plain[start : tail.end()]
        if group := wording.group.search(plain, max(start - 40, 0), start):
            yield plain[group.start() : end]


def _is_nobody(word: str, wording: _Wording) -> bool:
    small = word.lower().removesuffix("'s")
    return small in wording.nobody or small.removesuffix("s") in wording.nobody or small in wording.acts


def _nouns(plain: str, wording: _Wording) -> Iterator[str]:
    """Nouns such as "the librarian", with a small and a large article."""
    for pattern in (wording.acting, wording.by):
        for m in pattern.finditer(plain):
            article, *others = m.group("name").split()
            if any(_is_nobody(w, wording) or w in wording.things or w.endswith(("ly", "ed", "ing")) for w in others):
                continue
            yield from (f"{a} {' '.join(others)}" for a in (article.lower(), article.capitalize()))
