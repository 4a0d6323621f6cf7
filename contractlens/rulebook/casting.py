"""Who is who, where a paper introduces nobody: whoever may change it wrote it.

"Tillmark may restate these conditions" makes Tillmark the vendor. All names that might be somebody's are taken for the vendor's,
and those that the rules of the kind `changes` then meet are kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from itertools import chain

from contractlens.documents.document import Document
from contractlens.language.candidates import candidates, is_noun
from contractlens.language.marking import Reading
from contractlens.language.names import Cast, cast
from contractlens.rulebook.applying import Match, Matches
from contractlens.rulebook.loading import Rulebook

SOON = 5  # characters before the name with which a sentence begins
TERMS, PRICE = "terms", "price"


def who_is_who(document: Document, rulebook: Rulebook, we: str | None = None) -> Cast:
    """The document's parties, and what it calls them. `we` names the party that we are, or says which side."""
    made = cast(document, rulebook.words.roles, we)
    if not made.open:
        return made
    names = candidates(document.plain, rulebook.words.lists)
    buyers = {v.amount for v in made.mentions(document.plain) if v.kind == "customer"}
    names -= {n for n in made.customer if not buyers - {n}}  # "the Distributor may vary this by notice to the Customer"
    pronouns = rulebook.listed("pronouns")
    rights = [r for r in rulebook.of_kind("changes") if not r.spec.deferred]
    matches = Matches(rulebook, Reading(document, made.selling(names | pronouns)), frozenset(r.id for r in rights))
    met = [match for rule in rights for match in matches.of(rule.id)]
    found = _who_changes(matches, met, TERMS, names, pronouns)
    if not found and not any(p.role == "vendor" for p in made.parties):  # others may change their prices, too
        found = _who_changes(matches, met, PRICE, {n for n in names if not is_noun(n)}, pronouns)
    return made.selling(found)


def _who_changes(matches: Matches, met: list[Match], what: str, names: Set[str], pronouns: Set[str]) -> set[str]:
    """Those of the names that may change the terms, or prices; for a pronoun the name that the sentence before begins with."""
    found: set[str] = set()
    for match in met:
        for name in _named(matches, match, what):
            before = matches.reading.sentences[match.sentence.index - 1].text if name in pronouns and match.sentence.index else ""
            found |= {name, *(str(v.amount) for v in matches.reading.cast.mentions(before)[:1] if v.start < SOON)} & names
    return found


def _named(matches: Matches, match: Match, what: str) -> Iterator[str]:
    """Who has the role, or is named in the words that a rule met."""
    yield from (role.who for role in match.roles if role.what == what)
    groups = [name for name in chain(*match.rule.needs) if name == what or (what == PRICE and name != TERMS)]
    values = sorted(matches.reading.words(match.sentence).values.items())
    for hit in chain(*(match.groups.get(group, ()) for group in groups)):
        yield from [str(v.amount) for i, v in values if v.kind == "vendor" and hit.first <= i < hit.last][:1]
