"""What a verb speaks of: this agreement, or something else that renews, too."""

from __future__ import annotations

import pytest

from contractlens.documents import plain
from contractlens.documents.document import Source
from contractlens.language.marking import Reading
from contractlens.language.names import cast
from contractlens.rulebook import Matches, load_rules

OPENING = 'HOSTING AGREEMENT\n\nThis Hosting Agreement is made as of March 1, 2020 between Acme, Inc. ("Provider") and Beta LLC ("Customer").\n\n'

OWN = [
    "The term of this Agreement shall be renewed for a year.",
    "Upon expiration of the Lease, this Agreement shall renew for a year.",
    "Customer may renew this Agreement.",
    "The Hosting Agreement renews for a year.",
    "Subject to Customer's performance, the Initial Term shall be extended.",
    "The Order Form renews automatically.",
    "This Agreement ends in May. It shall be renewed for one year.",
    "The License Term renews annually.",
]
OTHER = [
    "Provider shall renew its insurance policy each year.",
    "The lease of the building has two renewal options.",
    "The Supply Agreement has a primary term of ten years and may be renewed.",
    "The Original Agreement, the term of which was two years, was renewed.",
    "Source code is held under an escrow agreement, which renews each year.",
    "Provider shall sublease the cars under a sublease having a term of five years, which shall renew.",
    "Customer shall post a letter of credit by which it is renewed each year.",
    "During the term of this Agreement Provider shall renew the registrations of the marks.",
    "The policy is kept in force. It shall be renewed each May.",
    "The term of the lease shall be extended.",
    "Provider, whose agreement with its carrier renews yearly, pays for the lines.",
]


@pytest.mark.parametrize(("text", "own"), [*((t, True) for t in OWN), *((t, False) for t in OTHER)])
def test_what_the_last_verb_of_a_text_speaks_of(text: str, own: bool) -> None:
    rules = load_rules()
    document = plain.read((OPENING + text).encode(), Source("a.txt", "a.txt", "", "text/plain"))
    matches = Matches(rules, Reading(document, cast(document, rules.words.roles)))
    topics = [matches.topic("renewal/what-renews", sentence) for sentence in matches.reading.sentences if sentence.start >= len(OPENING)]
    verbs = [topic.is_own(verb) for topic in topics for verb in topic.verbs]
    assert verbs, "a verb is there"
    assert verbs[-1] == own
