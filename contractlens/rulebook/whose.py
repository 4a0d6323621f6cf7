"""Whose renewal, whose term: a hit counts where its verb speaks of this agreement, not of an insurance, a lease, another agreement.

A rule that says `about: renewal/what-renews` leaves this to that rule's groups: `own` and `other` name things, `whose` reads
"the term of the lease", `it` is a word that points back, and `verb` the verbs that are asked about.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from contractlens.language.sentences import Sentence
from contractlens.rulebook.matching import Hit

if TYPE_CHECKING:
    from contractlens.rulebook.applying import Matches

BEHIND = 6  # words behind a verb in which its object stands
NEGATED = 4  # words before a verb in which a "not" makes it another one's: "its intention not to renew"
_HAS = 14  # words between a paper and the term that is its own
_HOLDS = 4  # the same where a preposition brings the paper in: "under a sublease having a term"
_BRINGS_IN = frozenset("from of under upon after before until in with to by for on at through following per".split())
_FOR = frozenset({"for", "by", "from", "on", "until"})  # "renews for a term" says nothing of what renews
Spans = list[tuple[int, int]]
_ON_TERM = frozenset("term terms renewal renewals renew duration extension extensions period validity expiration expiry".split())
_BESIDE_TERM = frozenset(
    "of and the this agreement contract initial termination automatic services service subscription effective date commencement conditions notice "
    "non-renewal license licence engagement appointment lease order option to a for section article clause contractual auto-renewal suspension survival".split()
)
_NOT = frozenset({"not", "non"})


def about_this(matches: Matches, about: str, sentence: Sentence, groups: dict[str, list[Hit]]) -> dict[str, list[Hit]]:
    """The groups without the hits that speak of something else."""
    verbs = [h.first for h in matches.ask(about, sentence).groups.get("verb", [])]
    words = [w.text for w in matches.reading.words(sentence).doc]
    plain = [v for v in verbs if not _NOT & set(words[max(0, v - NEGATED) : v])]
    kept: dict[str, list[Hit]] = {}
    for name, hits in groups.items():
        own = []
        for hit in hits:
            inside = [v for v in plain if hit.first <= v < hit.last] or [v for v in verbs if hit.first <= v < hit.last] or [hit.first]
            if is_own(matches, about, sentence, inside[0]):
                own.append(hit)
        if own:
            kept[name] = own
    return kept


def is_own(matches: Matches, about: str, sentence: Sentence, verb: int) -> bool:
    """Whether the word number `verb` of a sentence speaks of this agreement: its object does, else what stands last before it."""
    groups = matches.ask(about, sentence).groups
    words = [w.text for w in matches.reading.words(sentence).doc]
    other = [(h.first, h.last) for h in groups.get("other", [])] + _papers(matches, sentence)
    own = [(h.first, h.last) for h in groups.get("own", [])]
    pronouns = {(h.first, h.last) for h in groups.get("it", [])}
    own = [(a, b) for a, b in own if (a, b) not in pronouns and not any(c <= a and b <= d for c, d in other)]
    if any(verb - 1 <= h.first <= verb + BEHIND for h in groups.get("whose", [])):
        return False
    behind = sorted((a, kind) for kind, spans in ((True, own), (False, other)) for a, _ in spans if verb < a <= verb + BEHIND)
    if behind and not behind[0][1]:
        return False
    subject = _subject(matches, sentence, verb, own, other, [(h.first, h.last) for h in groups.get("term", [])])
    if subject is not None:
        return subject
    if behind and not _FOR & set(words[verb : behind[0][0]]):
        return True
    return _topic_is_own(matches, about, sentence) if groups.get("it") else _under_term(matches, sentence)


def _subject(matches: Matches, sentence: Sentence, verb: int, own: Spans, other: Spans, terms: Spans) -> bool | None:
    """Whether what is named last before a verb is this agreement; None where nothing is named.

    What a preposition brings in is passed over where there is something else: "from the Closing Date", "under the Lease". A term
    is that of the paper named just before it: "the Supply Agreement has a primary term of ten years and may be renewed".
    """
    words = [w.text for w in matches.reading.words(sentence).doc]
    named = sorted((b, a, kind) for kind, spans in ((True, own), (False, other)) for a, b in spans if b <= verb)
    plain = [n for n in named if not _BRINGS_IN & set(words[max(0, n[1] - 2) : n[1]])] or [n for n in named if n[2]]
    if not plain:
        return None
    end, at, kind = plain[-1]
    if any(a < end and b > at for a, b in terms):
        owner = next(
            (
                (b, k)
                for b, a, k in reversed(named)
                if b <= at and not any(c < b and d > a for c, d in terms) and ((b, a, k) in plain or at - b <= _HOLDS)
            ),
            None,
        )
        if owner is not None and not owner[1] and at - owner[0] <= _HAS:
            return False
    return kind


def _papers(matches: Matches, sentence: Sentence) -> list[tuple[int, int]]:
    """The other papers that a sentence names, by the numbers of their words."""
    words, found = matches.reading.words(sentence), []
    for start, end in matches.reading.papers.others(sentence.text):
        inside = words.between(sentence.start + start, sentence.start + end)
        if len(inside):
            found.append((inside.start, inside.stop))
    return found


def _topic_is_own(matches: Matches, about: str, sentence: Sentence) -> bool:
    """For a sentence that says "it": whether the one before speaks first of this agreement."""
    if sentence.index == 0:
        return True
    before = matches.reading.sentences[sentence.index - 1]
    groups = matches.ask(about, before).groups
    own = min((h.first for h in groups.get("own", [])), default=None)
    other = min((*(h.first for h in groups.get("other", [])), *(first for first, _ in _papers(matches, before))), default=None)
    return other is None or (own is not None and own <= other)


def _under_term(matches: Matches, sentence: Sentence) -> bool:
    """Whether it stands under a heading on the term and nothing else: "Term and Renewal", not "Support Renewals"."""
    if sentence.kind == "row":
        return True
    words = [set(re.findall(r"[a-z-]+", h.lower())) for h in matches.reading.headings(sentence)[:2]]
    return any(w & _ON_TERM and w <= _ON_TERM | _BESIDE_TERM for w in words)
