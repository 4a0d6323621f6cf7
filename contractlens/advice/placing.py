"""Where a clause goes that the document does not have: after its like, else at the end of the last clause before the signatures."""

from __future__ import annotations

from contractlens.documents.place import Evidence
from contractlens.language.sentences import Sentence
from contractlens.rulebook import Matches
from contractlens.terms.records import Terms

SIGNATURES = "term/signatures"
FEWEST_WORDS = 8
_HEAD = 0.3  # of the text: names and dates up to there are those of the opening


def place_of_new(rule: str, terms: Terms, matches: Matches) -> Evidence | None:
    """The words after which the new clause of a rule goes; None where no place is known."""
    credits = terms.service_credits.evidence if terms.service_credits else ()
    alike = {"credits": credits, "uptime": tuple(e for u in terms.uptime for e in u.evidence) or credits}.get(rule.split("/")[0], ())
    if alike:
        clause = _outermost(alike[0])
        return max((e for e in alike if _outermost(e) == clause), key=lambda e: e.start)
    sentence = _last_before_signatures(matches)
    return next(iter(matches.reading.evidence(sentence)), None) if sentence else None


def _outermost(evidence: Evidence) -> str:
    return (evidence.section or "").split(".")[0]


def _last_before_signatures(matches: Matches) -> Sentence | None:
    """The last full sentence of the last numbered clause before the signatures; of a document without numbers, the last at all."""
    document = matches.reading.document
    sentences = [s for s in matches.reading.sentences if s.kind == "prose"]
    late = (s for s in matches.reading.sentences if s.start > len(document.text) * _HEAD)
    signed = next((s.start for s in late if matches.ask(SIGNATURES, s).groups.get("beside")), len(document.text))
    full = [s for s in sentences if s.end <= signed and len(s.text.split()) >= FEWEST_WORDS and s.text.rstrip().endswith(".")]
    numbered = [s for s in full if (number := document.section_at(s.start)) and number[:1].isdigit()]
    return next(reversed(numbered or full), None)
