"""The governing law: a place, named behind "laws of", or in the label of a key-term table."""

from __future__ import annotations

import re
from dataclasses import dataclass

from contractlens.documents.place import Evidence
from contractlens.language.sentences import Sentence
from contractlens.rulebook import Matches

# A place's name: capitalised words, joined by "of", "the" and the like; "the State of New York, United States of America".
_PLACE = re.compile(
    r"\s*(?i:the\s+|internal\s+|substantive\s+|domestic\s+)*(?P<form>(?i:State|Commonwealth|Province|Republic|Kingdom|Canton|District|Federal\s+Republic|Territory|Emirate|Country|Nation)\s+(?i:of\s+(?:the\s+)?))?"
    r"(?P<name>[A-Z][\w'.-]+(?:(?:\s+(?i:of|and|the|the\s+State\s+of)\s+|\s*,\s*|\s+|\s*&\s*)[A-Z][\w'.-]+){0,6})"
)
_STOP = re.compile(
    r"\s*,?\s*(?:\b(?:Without|Any|The\s+parties|Each|All|Both|Either|This|As|Regardless|Excluding|Except|Applicable|USA|U\.S\.A\.?|U\.S\.?|United\s+States(?:\s+of\s+America)?|Courts?|Customer|Provider|Its|Not|And\s+The|In|To|For|With|Irrespective|Exclusive\s+Of|Applied|Which|Other|Principles)\b.*|\.$)",
    re.I,
)
_LAW_OF = re.compile(r"\b(?i:laws?|legislation)\s+(?:\([^)]{0,60}\)\s+)?(?:and\s+(?:regulations|decisions|statutes|rules)\s+|and\s+jurisdiction\s+|then\s+in\s+(?:force|effect)\s+|in\s+(?:force|effect)\s+|applicable\s+)?(?:of|in|within)\b", re.I)
_NAME = r"(?P<name>(?:PRC|[A-Z][a-z]+)(?:\s+(?:and\s+)?[A-Z][a-z]+){0,2})(?:'s(?:\s+(?:substantive|internal|domestic|national))?)?"
_BEFORE_LAW = re.compile(rf"\b(?:governed|construed|interpreted|subject)\b.{{0,60}}?\b{_NAME}\s+(?:[Ll]aws?|LAWS?)\b")
_LAW_GOVERNS = re.compile(rf"{_NAME}\s+[Ll]aws?\s+(?:shall\s+|will\s+)?(?:govern|appl)")
_NO_PLACE = re.compile(r"\b(?:Applicable|Such|This|The|All|Any|Governing|Local|Federal|State|These|Those|Common|International|Mandatory|Other)\b")
_STATE = re.compile(r"\b(?:State|Commonwealth|Province)\s+of\s+(?P<name>[A-Z][a-z]+(?:\s+[A-Z][a-z]+){0,2})")
_THAT_STATE = re.compile(r"\blaws?\s+(?:thereof|of\s+(?:that|such|said)\s+(?:State|Commonwealth|Province|Country|jurisdiction))\b", re.I)
_ADJECTIVES = {
    "english": "England", "swiss": "Switzerland", "german": "Germany", "french": "France", "dutch": "Netherlands", "irish": "Ireland", "scottish": "Scotland",
    "danish": "Denmark", "swedish": "Sweden", "norwegian": "Norway", "finnish": "Finland", "belgian": "Belgium", "austrian": "Austria", "italian": "Italy",
    "spanish": "Spain", "portuguese": "Portugal", "polish": "Poland", "canadian": "Canada", "australian": "Australia", "indian": "India", "japanese": "Japan",
    "israeli": "Israel", "chinese": "China", "luxembourg": "Luxembourg", "brazilian": "Brazil", "mexican": "Mexico", "russian": "Russia", "prc": "People's Republic of China",
}  # fmt: skip


@dataclass(frozen=True)
class Governing:
    place: str
    evidence: tuple[Evidence, ...]


def read(matches: Matches) -> Governing | None:
    """The state or country whose law governs; None where none is named."""
    ordered = sorted(matches.of("law/governing-law"), key=lambda m: (-m.points, m.sentence.index))
    for match in ordered:
        place = _place(match.sentence)
        if place:
            return Governing(place, matches.reading.evidence(match.sentence))
    return None


def _place(sentence: Sentence) -> str | None:
    text = " ".join(sentence.text.split())
    if sentence.kind == "row" or re.match(r"\W*(?:[\d.]+\s*)?(?:Governing|Applicable|Choice of)\s+[Ll]aw[^:|]{0,30}[:|]", text):
        label = re.search(r"(?:[Ll]aw[^:|]{0,30})\s*[:|]\s*(?P<rest>.+)", text)
        if label:
            rest = re.sub(r"^(?:the\s+)?laws?\s+of\s+", "", label.group("rest"))
            named = _clean(_PLACE.match(rest)) if not re.search(r"\b(?:shall|will|is|are)\b", rest) else None
            if named:
                return named
    for m in _LAW_OF.finditer(text):
        found = _clean(_PLACE.match(text, m.end()))
        if found and found.startswith("United States") and (state := _STATE.search(text, m.end())):
            return state.group("name")
        if found:
            return found
    if _THAT_STATE.search(text) and (state := _STATE.search(text)):
        return state.group("name")
    for m in (*_BEFORE_LAW.finditer(text), *_LAW_GOVERNS.finditer(text)):
        name = m.group("name").strip()
        if name.split()[-1].lower() in _ADJECTIVES:
            return _ADJECTIVES[name.split()[-1].lower()]
        if not _NO_PLACE.search(name):
            return name
    return None


def _clean(m: re.Match[str] | None) -> str | None:
    if not m:
        return None
    name = re.sub(r"\s*\.\s+[A-Z].*$", "", m.group("name"))
    name = _STOP.sub("", name).strip(" ,.")
    if name.isupper() and len(name) > 3:
        name = name.title().replace(" Of ", " of ").replace(" And ", " and ").replace(" The ", " the ")
    return name or ({"united states": "United States"}.get(m.group("name").lower()[:13]))
