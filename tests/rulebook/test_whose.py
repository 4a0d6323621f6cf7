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
    "The contract between us renews for a year.",
    "This Agreement may be extended by an agreement in writing.",
    "Customer may renew the services for a year.",
    "Upon expiration of the initial term the parties' obligations hereunder shall continue from month to month.",
    "It was signed in March. This Agreement shall be renewed for a year.",
    "Renewal is by letter, and this Agreement will renew each year upon payment.",
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
    "Power is bought under a contract for two years that renews for like periods.",
    "A contract with evergreen wording needs the Provider's approval, and will be prolonged unless it is denounced.",
    "His service contract, for a fixed term of two years, will be renewed by the Provider.",
    "The agreement of August 1, 2001 was to remain in force from year to year.",
    "The agreement between Provider and Blue Basin Water shall be allowed to continue until it ends.",
    "The engine pooling agreement has a term of one year and is continued from year to year.",
    "The parties signed the letter of May 1, 2019 (the \"Pilot Letter\"). The Pilot Letter was renewed each month.",
    "Provider shall make units under a Supply Agreement to be signed. It shall have a term of three years and renew each year.",
    "Provider may extend the redirection for as many as three further months.",
    "When the initial term is over the sublicence is renewed for one year.",
    "Work is done at premises held until April 30, with two options to renew for three years.",
    "Through the clearing house, membership in which each party shall renew yearly, invoices are settled.",
    "It provided for a term of two years, with an option to renew it for three.",
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
