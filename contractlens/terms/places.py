"""States and countries as contracts name them: "the State of New York", "English", "PRC", "Victoria, Australia".

The names, and the words around them, are lists of `rules/words.yml`; adjectives stand in `rules/law/adjectives.yml`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from contractlens.language.patterns import any_of
from contractlens.rulebook import Matches

ADJECTIVES = "law/adjectives"
FAR = 800  # characters: "that State" is named nearer
WHOLE = "United States"  # of a state beside it, only the state is named


class Places:
    """The places of a rulebook, and where a text names them. Texts have single spaces."""

    def __init__(self, names: Mapping[str, str], lists: Mapping[str, tuple[str, ...]]) -> None:
        self.names = names  # from names and adjectives in lower case to the place
        self.name = rf"(?<![\w-]){any_of(names)}(?![\w-])"
        form = any_of(lists["place_forms"])
        joined = rf"{form}(?:\s+(?:and|or)\s+{form})?"
        self.form = rf"(?i:the\s+)?(?:{joined}\s+(?i:of)\s+(?i:the\s+)?)"
        self._known = re.compile(rf"(?i:the\s+)?(?:{self.form})??(?P<name>{self.name})(?:\s+(?:State|STATE|Province|PROVINCE)\b)?")
        # Capitalised words, joined by "of", "the" and the like.
        self._words = re.compile(
            rf"(?i:the\s+)?(?P<form>{self.form})?(?P<name>[A-Z][\w'.-]{{1,30}}(?:(?:\s+(?i:of|and|the)\s+|\s*,\s*|\s+|\s*&\s*)[A-Z][\w'.-]{{1,30}}){{0,6}})"
        )
        self._stop = re.compile(rf"\s*,?\s*(?<!\w)(?:{any_of(lists['ends_a_place'])})(?!\w).*|\.$", re.S)
        self._no_place = re.compile(rf"(?:{any_of(lists['no_place'])})(?:'s?)?(?:\s.*)?", re.S)
        self._ended = re.compile(rf"\s*(?:$|[.,;:()|/]|(?:{any_of(lists['ends_a_place'])})(?!\w))")
        self._beside = re.compile(rf"\s+and\s+(?:of\s+)?(?={self.form})")
        self._mention = re.compile(rf"(?P<name>{self.name})")

    def called(self, name: str) -> str:
        return self.names[" ".join(name.split()).lower()]

    def at(self, text: str, at: int) -> str | None:
        """The place that is named from `at` on: one that we know, else what the capitalised words there say."""
        known = self.known(text, at)
        return known[0] if known else self._unknown(text, at)

    def known(self, text: str, at: int) -> tuple[str, int] | None:
        """A place that we know, with the country behind it, and where its name ends."""
        m = self._known.match(text, at)
        if not m or not m.group("name")[0].isupper() or self._goes_on(text, m.group("name"), m.end()):
            return None
        name, end = self.called(m.group("name")), m.end()
        beside = self._beside.match(text, end)  # "the United States and the State of Tennessee"
        if beside and (narrower := self.known(text, beside.end())):
            return (narrower[0] if name == WHOLE else f"{narrower[0]}, {name}"), narrower[1]
        if text[end : end + 2] == ", " and (m := self._known.match(text, end + 2)) and m.group("name")[0].isupper() and not self._goes_on(text, m.group("name"), m.end()):
            country = self.called(m.group("name"))
            if country not in (WHOLE, name):
                return f"{name}, {country}", m.end()
        return name, end

    def _goes_on(self, text: str, name: str, end: int) -> bool:
        """Whether a further capitalised word belongs to the name: "Delaware Water Gap" is not Delaware."""
        return not name.isupper() and re.match(r"\s[A-Z]", text[end : end + 2]) is not None and not self._ended.match(text, end)

    def _unknown(self, text: str, at: int) -> str | None:
        m = self._words.match(text, at)
        if not m:
            return None
        name = self._stop.sub("", re.sub(r"\s*\.\s+[A-Z].*$", "", m.group("name"))).strip(" ,.")
        if not name or self._no_place.fullmatch(name):
            return None
        inner = re.search(rf"\bof (?:the )?(?P<name>{self.name})$", name, re.I)  # "the Grand Duchy of Luxembourg", "the Siate of Texas"
        if inner:
            return self.called(inner.group("name"))
        return name.title().replace(" Of ", " of ").replace(" And ", " and ") if name.isupper() and len(name) > 3 else name

    def fragment(self, text: str) -> str | None:
        """The place that stands alone at the start of a text: "California, without regard to ..."."""
        known = self.known(text, 0)
        return known[0] if known and self._ended.match(text, known[1]) else None

    def last_before(self, text: str, end: int) -> str | None:
        """The place that was named last: what "that State" stands for."""
        named = [m.group() for m in self._mention.finditer(text, max(0, end - FAR), end) if m.group()[0].isupper() and not self._goes_on(text, m.group(), m.end())]
        return self.called(named[-1]) if named else None


def places(matches: Matches) -> Places:
    """The places of the rulebook that was matched."""
    lists = matches.rulebook.words.lists
    adjectives = tuple((word, place) for place, group in matches.rulebook.rules[ADJECTIVES].spec.match.items() for word in group.phrases)
    return _made(tuple(lists["places"]), adjectives, *(tuple(lists[name]) for name in ("place_forms", "ends_a_place", "no_place")))


@lru_cache(maxsize=4)
def _made(names: tuple[str, ...], adjectives: tuple[tuple[str, str], ...], forms: tuple[str, ...], ends: tuple[str, ...], no_place: tuple[str, ...]) -> Places:
    called = {name.lower(): name for name in names} | {word.lower(): place for word, place in adjectives}
    return Places(called, {"place_forms": forms, "ends_a_place": ends, "no_place": no_place})
