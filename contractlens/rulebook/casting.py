"""Who is who, where a paper introduces nobody: whoever may change it wrote it.

"Tillmark may restate these conditions" makes Tillmark the vendor. All names that might be somebody's are taken for the vendor's,
and those that the rules of the kind `changes` then meet are kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from contractlens.documents.document import Document
from contractlens.language.candidates import candidates, is_noun
from contractlens.language.marking import Reading
from contractlens.language.names import Cast, cast
from contractlens.rulebook.applying import Match, Matches
from contractlens.rulebook.carried import carried
from contractlens.rulebook.loading import Rulebook

TERMS, PRICE = "terms", "price"


def who_is_who(document: Document, rulebook: Rulebook, we: str | None = None) -> Cast:
    """The document's parties, and what it calls them. `we` names the party that we are, or says which side."""
    made = cast(document, rulebook.words.roles, we)
    if not made.open:
        return made
    names = candidates(document.plain, rulebook.words.lists)
    buyers = {v.amount for v in made.mentions(document.plain) if v.kind == "customer"}
    names -= {n for n in made.customer if not buyers - {n}}  # "the Distributor may vary this by notice to the Customer"
    rights = [r for r in rulebook.of_kind("changes") if not r.spec.deferred]
    matches = Matches(rulebook, Reading(document, made.selling(names)), frozenset(r.id for r in rights))
    named = [pair for rule in rights for match in matches.of(rule.id) for pair in _named(match, matches)]
    named += [(hit.what, hit.who) for _, hit in carried(matches, [r.id for r in rights])]
    found = {name for what, name in named if what == TERMS} & names
    if not found and not any(p.role == "vendor" for p in made.parties):  # others may change their prices, too
        found = {name for what, name in named if what == PRICE and not is_noun(name)} & names
    return made.selling(found)


def _named(match: Match, matches: Matches) -> Iterator[tuple[str, str]]:
    """What may be changed, and who has the role or is named in the words that a rule met."""
    yield from ((role.what, role.who) for role in match.roles)
    values = sorted(matches.reading.words(match.sentence).values.items())
    for group in chain(*match.rule.needs):
        for hit in match.groups.get(group, ()):
            who = next((str(v.amount) for i, v in values if v.kind == "vendor" and hit.first <= i < hit.last), "")
            yield (TERMS if group == TERMS else PRICE), who
