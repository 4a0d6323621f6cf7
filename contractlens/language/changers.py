"""Who may change or end things: names, as they stand, of those whom nothing introduces.

Two strengths. A name that "may change" something may be anybody's; whoever changes *this* paper ("the Librarian may relax
these rules", "these Terms may be amended by Acme", "as Acme updates them") writes it, whatever it is called.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from contractlens.language.patterns import beginning

_REST = r"[\w&'-]{0,40}"  # of a name's word: a longer one is no name, and an embedded picture is one of a megabyte
_FIRST = rf"(?:[a-z]{{0,2}}[A-Z]|\d{{1,3}}[A-Za-z]){_REST}(?:\.[a-z]{{2,4}}\b)?"  # Acme, eBay, 3Com, Booking.com
NAME = rf"(?P<name>{_FIRST}(?:[ ]+[A-Z]{_REST}){{0,2}})"
_FORM = r"(?:Inc|Ltd|LLC|L\.L\.C|Corp|Co|GmbH|Limited|plc|PLC|B\.V|BV|N\.V|S\.A|SA|AG|AB|Oy|Pty(?:\s+Ltd)?|SAS|SARL|ApS|S\.L|SpA|LLP|Pvt|KG|A/S|AS)\b\.?"
_PEOPLE = r"(?:[Tt]he\s+(?:\w+\s+)?(?:team|people|board|staff|management|directors|owners?|committee|secretary|operators?|editors?|volunteers)\s+(?:at|of|behind|from|who\s+run)\s+(?:the\s+)?)?"
_WRITTEN = rf"(?:{_FIRST}|[a-z]-[A-Z]{_REST}|[a-z][a-z0-9-]{{1,20}}\.(?:io|com|net|org|co|app|dev|eu|de|uk|nl|fr|in)\b)"
_LONG_NAME = rf"(?P<name>{_PEOPLE}{_WRITTEN}(?:[ ]+(?:&[ ]+|of[ ]+(?:the[ ]+)?)?[A-Z]{_REST}){{0,4}}(?:[ ]+\d{{1,4}}\b)?(?:'s[ ]+(?:board|management|council|committee|team|editors))?)(?P<form>,?[ ]+(?:&[ ]+)?{_FORM})?(?:\s*\([^()]{{1,80}}\))?"
_NOUN = r"(?P<noun>(?:[Tt]he|[Oo]ur)\s+[a-z]{3,20}(?:\s+[a-z]{3,20})?)"

_VERBS = r"modify|amend|change|revise|alter|update|vary|increase|terminate|suspend|discontinue|replace|supplement|adjust|rewrite|reword|raise|withdraw|substitute|restate"
_CHANGE = rf"\b(?:{_VERBS})\b"
_CHANGE_WORD = re.compile(_CHANGE)
_BEFORE_CHANGE = 300  # characters from whoever may change to the change
_CHANGES = re.compile(
    rf"(?<![.\w]){NAME}(?:,[^,.;]{{3,60}},)?\s+(?:may|can|might|reserves|retains|is\s+entitled|shall\s+be\s+entitled|has\s+the\s+(?:right|power)|shall\s+have\s+the\s+(?:right|power)"
    rf"|is\s+(?:permitted|allowed|authori[sz]ed|empowered)|is\s+free|(?:is|shall\s+be)\s+at\s+liberty)\b[^.;\n]{{0,70}}?{_CHANGE}"
)

# what this paper is called, with the word that says that it is this one
_NOUNS = (
    r"(?:agreement|terms|contract|conditions|licen[cs]e|rules|regulations|guidelines|polic(?:y|ies)|tariff|charter|schedules?|annex(?:es)?|addendum|appendix|appendices|attachments?"
    r"|notice|code|statutes|handbook|manual|guide|booklet|leaflet|scheme|mandate|document|text|page|MSA|SLA|EULA|TOS|T&Cs?|GTCs?)"
)
_PRICES = r"(?:costs?|fees?|charges?|prices?|rates?|tariffs?|dues|fares?|rentals?|rents?|premiums?|commissions?|surcharges?|discounts?|amounts?\s+payable|price\s+list|rate\s+card)"
_PART = r"(?:(?:any|all|some)\s+)?(?:(?:part|parts|portion|portions|provision|provisions|of|the|terms)\s+){0,4}"
_THIS = re.compile(rf"\b(?:{_PART}(?:this\s+|these\s+|(?-i:the\s+(?=[A-Z])))(?:[\w&'-]+\s+){{0,3}}?{_NOUNS}|(?:clause|section)\s+\d+)\b", re.I)
_OURS = re.compile(rf"\b(?:(?:(?:a|an|such|any)\s+)?(?:new|updated|revised|amended|modified|further|additional|replacement)\s+(?:\w+\s+){{0,2}}?{_NOUNS}|{_PART}(?:this|these|the|any|its|our)\s+(?:[\w&'-]+\s+){{0,3}}?(?:{_NOUNS}|{_PRICES})|all\s+{_PRICES}|(?:clause|section|schedule|annex|part|exhibit)\s+[\dA-Z]+)\b|(?:\A|\n|[.]\s+)(?:\w+\s+){{0,2}}?{_PRICES}\b", re.I)
_NEAR = 80  # characters from the verb to what is changed
_BASES = (
    "modify", "amend", "change", "revise", "alter", "update", "vary", "replace", "supplement", "adjust", "rewrite", "reword", "restate", "edit", "add", "impose", "post", "publish",
    "issue", "introduce", "increase", "raise", "make", "adapt", "relax", "redraft", "bring", "set", "lay", "prescribe", "release", "adopt", "delete", "remove", "refine", "extend", "pass", "swap", "index", "reprice", "lift", "tighten", "drop", "withdraw", "put",
)  # fmt: skip
_BROAD = beginning(*_BASES, *(f"{base.removesuffix('e')}ing" for base in _BASES))
_STEMS = ("modif", "amend", "chang", "revis", "alter", "updat", "vary", "vari", "increas", "replac", "supplement", "adjust", "rewrit", "reword", "rais", "restat", "edit", "publish", "post", "issu", "introduc", "impos",
          "set", "fix", "determin", "prescrib", "releas", "adopt", "review", "delet", "remov", "relax", "redraft", "repric", "lift", "drop", "withdraw", "add", "make", "made", "put", "pass", "bring", "lay", "swap", "index", "tighten", "refin", "extend", "adapt")  # fmt: skip
_ANY_CHANGE = re.compile(rf"{beginning(*_STEMS, *(stem.upper() for stem in ('modif', 'amend', 'chang', 'revis', 'vary', 'updat', 'alter', 'replac')))}")
_BROAD_WORD = re.compile(rf"{_BROAD}\b")
_MAY = (
    r"(?:(?:may|might|can|could)\b|(?:reserve|retain|keep|hold|enjoy)s\b|(?:is|are|shall\s+be|will\s+be|remains?)\s+(?:\w+\s+)?(?:entitled|permitted|allowed|authori[sz]ed|empowered|free|at\s+liberty)\b"
    r"|(?:has|shall\s+have|will\s+have)\s+(?:the\s+|a\s+|full\s+)?(?:sole\s+|absolute\s+)?(?:right|power|authority|discretion|option|freedom)\b|(?:will|shall)\s+from\s+time\s+to\s+time\b)"
)
_CHANGES_THIS = re.compile(rf"(?<![.\w])(?:{_LONG_NAME}|\b{_NOUN})(?:,[^,.;]{{3,60}},)?\s+(?:\w+ly\s+|hereby\s+|also\s+)?{_MAY}[^.;\n]{{0,90}}?{_BROAD}\b")
_DONE = r"(?:modified|amended|changed|revised|altered|updated|varied|replaced|supplemented|adjusted|rewritten|restated|edited|issued|published|increased|raised|adapted|made|introduced|announced|notified|set|quoted|fixed)"
_BY = re.compile(rf"\b(?:(?:may|might|can|could|as)\s[^.;\n]{{0,60}}?\b{_DONE}|(?:is|are)\s+(?:set|fixed|determined|decided|quoted|published)|(?:subject|liable)\s+to\s+(?:\w+\s+)?(?:change|alteration|amendment|variation|revision|modification|adjustment|increase|review))\s[^.;\n]{{0,30}}?\bby\s+(?:the\s+)?(?:{_LONG_NAME}|{_NOUN})(?=\s*(?:[.,;(]|\b(?:at|from|in|on|upon|with|by|without|as|where|whenever|when|to|acting|annually|yearly|once|not|every|each|periodically|occasionally|unilaterally|alone|and|or|under|after|giving|sending|posting|for|if|apply|applies|shall|will|is|are)\b))")
_FORM_OF = re.compile(
    rf"\bin\s+(?:the|whatever|such|its|their)\s+(?:\w+\s+)?(?:form|version|wording|edition|text)\s+(?:that|which|in\s+which|as)\s+{_LONG_NAME}(?P<noun>(?!))?\s+(?:\w+\s+){{0,2}}?"
    r"(?:publish|post|issue|provide|put|adopt|show|make|release)(?:s|es)?\b"
)
_RIGHT_OF = re.compile(rf"\b(?:(?:right|power|authority|freedom|discretion)\s+of|(?:lawful|possible|necessary)\s+for|open\s+to)\s+(?:the\s+)?{_LONG_NAME}(?P<noun>(?!))?\s+to\s+[^.;\n]{{0,40}}?{_BROAD}\s")
_HIS_RIGHT = re.compile(rf"(?<![.\w]){_LONG_NAME}(?P<noun>(?!))?'s?\s+(?:\w+\s+)?(?:right|power|freedom|discretion|entitlement|authority)\s+(?:to|of)\s+[^.;\n]{{0,40}}?{_BROAD}\s")
_LET = re.compile(rf"\b(?:authori[sz]es?|allows?|permits?|entitles?|empowers?|lets?|grants?|gives?|up\s+to|left\s+to|reserved\s+to|agrees?\s+(?:to|that)|consents?\s+to)\s+(?:the\s+)?{_LONG_NAME}(?P<noun>(?!))?\s+[^.;\n]{{0,40}}?{_BROAD}\s")
_CAPS = re.compile(rf"(?<![.\w]){_LONG_NAME}(?P<noun>(?!))?\s+(?:MAY|CAN|RESERVES)\b[^.;\n]{{0,60}}?\b(?:AMEND|CHANGE|MODIFY|REVISE|VARY|UPDATE|ALTER|REPLACE)\s")
_AS_THEY = re.compile(rf"\b(?:as|which|that)\s+(?:(?:the|our)\s+)?(?:{_LONG_NAME}|{_NOUN})\s+(?:(?:may|might|can|shall|will)\s+)?(?:from\s+time\s+to\s+time\s+|periodically\s+)?(?:update|amend|change|modify|revise|publish|post|issue|vary|replace|alter)(?:s|es)?\s+(?:them|it|the\s+same)\b")
_ASKS = re.compile(rf"(?:^|[\n.?:]\s*)(?:Can|May|Could|Might|Will|Should)\s+{_LONG_NAME}(?P<noun>(?!))?\s+[^.?\n]{{0,40}}?{_BROAD}\s")
_STOPS = re.compile(rf"\b(?:prevent|stop|restrict|limit|preclude|keep|bar|hinder)s?\s+{_LONG_NAME}(?P<noun>(?!))?\s+(?:from|in)\s+[^.;\n]{{0,40}}?{_BROAD}\s")
_TURNS = r"(?:set|fixe|determine|change|amend|modifie|revise|update|alter|varie|replace|publishe|rewrite|restate|edit|review|adjust|increase|raise)s"
_DOES = re.compile(rf"(?<![.\w])(?:{_LONG_NAME}|\b{_NOUN})\s+(?:(?:\w+ly|sometimes|from\s+time\s+to\s+time|now\s+and\s+then|at\s+times)\s+)?{_TURNS}\s")
_TOLD = re.compile(rf"(?<![.\w])(?:{_LONG_NAME}|\b{_NOUN})\s+(?:will|shall|must)\s+(?:notify|inform|tell|advise|announce|give|send|post|publish|e-?mail|write)\b[^.;\n]{{0,60}}?\b(?:change|amendment|modification|revision|update|variation|alteration)s?\s+(?:to|of|in)\s")
_SETS = re.compile(rf"\b{_PRICES}\s+(?:that|which|as)\s+{_LONG_NAME}(?P<noun>(?!))?\s+(?:(?:may|shall|will)\s+)?(?:from\s+time\s+to\s+time\s+)?(?:sets?|fix(?:es)?|determines?|publish(?:es)?|decides?)\b")
_CHANGE_BY = re.compile(rf"\b(?:[Cc]hange|[Aa]mendment|[Mm]odification|[Rr]evision|[Uu]pdate|[Vv]ariation|[Aa]lteration)s?\s+(?:to|of|in)\s[^.;\n]{{0,60}}?\sby\s+(?:the\s+)?{_LONG_NAME}(?P<noun>(?!))?")
_IT_MAY = re.compile(rf"\b(?:[Ii]t|[Tt]hey|[Hh]e|[Ss]he|who)\s+{_MAY}[^.;\n]{{0,60}}?{_BROAD}\b")
_NAMED = re.compile(rf"(?<![.\w])(?:[Tt]he\s+)?{_LONG_NAME}(?P<noun>(?!))?(?=\s+[a-z]|,)")
_ACTS = re.compile(
    rf"(?<![.\w]){_LONG_NAME}(?P<noun>(?!))?(?:\s+(?:reserves|undertakes|agrees|grants|keeps|posts|publishes|notifies|informs|tells|sends|gives|announces|communicates|decides|alone|offers|sells|provides|charges|e-?mails|writes|may|must|need\s+not|"
    r"(?:will|shall)\s+(?:not\s+|never\s+)?(?:notify|inform|tell|send|give|post|publish|e-?mail|write|change|amend|provide|charge|announce)|"
    r"(?:is|shall\s+be)\s+(?:not\s+|under\s+no\s+)?(?:bound|obliged|obligation|entitled|free|allowed|granted|liable|authori[sz]ed))\b|'s?\s+(?:terms|conditions|prices|price|services|general|standard|online|discretion|website|site)\b)"
)
_NO_WRITER = re.compile(
    r"\b(?:part(?:y|ies)|courts?|tribunal|arbitrators?|panel|judge|customers?|clients?|users?|subscribers?|members?|readers?|licensees?|buyers?|purchasers?|merchants?|sellers?|laws?|statutes?|state|legislat\w+|"
    r"congress|parliament|minister|ministry|government|authorit\w+|regulators?|commission|regulations?|directives?|rules|terms|conditions|agreement|contract|order|notice|amendment|change|changes|invoice|"
    r"quotation|proposal|form|work|schedule|annex|exhibit|appendix|addendum|policy|fees?|prices?|rates?|charges?|services?|products?|software|following|other|same|latter|former|receiving|disclosing|"
    r"shareholders?|stockholders?|employees?|members?\s+in|consumer|person|persons|recipient|tenant|lessee|index|version|text|date|term|period|event)\b",
    re.I,
)
_MADE_OF = re.compile(r"\s(?:services?|products?|software|data|app|apps|platform|site|content|property|plan|business|account|sla)\b", re.I)  # "Kestrel Web Services", "Meridian Data"
_NO_NOUN = re.compile(r"\b(?:administrator|market|platform|website|site|app|agent|hereby|also)\b")  # written small
_PUBLIC = frozenset("City County Council University Registry Government Ministry Parliament Congress Commission Authority State".split())
_BODIES = re.compile(r"\b(?:board|committee|trustees?|council|directors?)\b")  # of a company, too, which amend its plans
_GROUP = re.compile(r"^[Tt]he\s.*?\s(?:at|of|behind|from|run)\s|'s\s\w+$")  # "the board of Treehut", "Acme's council"
_NOBODY = frozenset("We You It They He She Each Either Neither Nobody Nothing No Any All Both Some Everyone Anyone Somebody This That These Those Such Who What".split())
_ONE_OF_MANY = frozenset("a an this these any each such no our your".split())
_OPENS = frozenset("The If In When Where But And As Yes".split())
_PAPERS = re.compile(r"\b(?:handbook|manual|guide|booklet|leaflet|scheme|mandate|programme|program|document|agreement|terms?|conditions?|contract|order|form|schedule|annex|exhibit|appendix|addendum|amendment|statement|policy|notice|licen[cs]e|section|article|clause|supplement|rider|level|law|act|code|part|rules|regulations)\b", re.I)


def names_of_changers(plain: str) -> set[str]:
    """The names, as they stand, of all who may change or end something."""
    found: set[str] = set()
    at = 0
    for change in _CHANGE_WORD.finditer(plain):
        at = max(at, change.start() - _BEFORE_CHANGE)
        while m := _CHANGES.search(plain, at, change.end()):
            found.add(m.group("name"))
            at = m.end()
    return found


def writers(plain: str) -> set[str]:
    """Who changes this paper alone, as it is called there: names, and nouns such as "the Librarian", with their articles.

    Of a noun it must be "this" paper: "the data centre may change its terms" speaks of another.

    >>> sorted(writers("The library may at any time revise these rules. The court may amend this Agreement."))
    ['The library', 'the library']
    >>> writers("Kestrel Web Services may, in its discretion, replace this Agreement with a new version.")
    {'Kestrel Web Services'}
    """
    found: set[str] = set()
    for start, end in _stretches(plain):
        found |= _writers_between(plain, start, end)
    return found


def _stretches(plain: str) -> Iterator[tuple[int, int]]:
    """The parts of a text that speak of a change of this paper or its prices: all that need to be looked at closely."""
    start = end = 0
    for verb in _ANY_CHANGE.finditer(plain):
        if not _OURS.search(plain, max(0, verb.start() - _NEAR), verb.end() + _NEAR):
            continue
        first, last = max(0, verb.start() - _BEFORE_CHANGE), min(len(plain), verb.end() + 2 * _NEAR)
        if first > end:
            if end:
                yield start, end
            start = first
        end = last
    if end:
        yield start, end


def _writers_between(plain: str, start: int, end: int) -> set[str]:
    found: set[str] = set()
    at = start
    for verb in _BROAD_WORD.finditer(plain, start, end):
        if not _OURS.search(plain, verb.end(), verb.end() + _NEAR):
            continue
        at = max(at, verb.start() - _BEFORE_CHANGE)
        while m := _CHANGES_THIS.search(plain, at, verb.end()):
            if m.end() == verb.end():
                found |= _called(m, plain, (verb.end(), verb.end() + _NEAR))
            at = m.end()
    for m in _BY.finditer(plain, start, end):
        found |= _called(m, plain, (max(m.start() - 2 * _NEAR, 0), m.start() + 1))
    for pattern in (_DOES, _TOLD, _ASKS, _STOPS, _RIGHT_OF, _HIS_RIGHT, _LET, _CAPS):
        for m in pattern.finditer(plain, start, end):
            found |= _called(m, plain, (m.end(), m.end() + _NEAR // 3))
    for m in _CHANGE_BY.finditer(plain, start, end):
        found |= _called(m, plain, (m.start(), m.end()))
    for m in _IT_MAY.finditer(plain, start, end):
        named = [n for n in _NAMED.finditer(plain, max(m.start() - 2 * _NEAR, 0), m.start()) if _THIS.search(plain, m.end(), m.end() + _NEAR) and _called(n, plain)]
        found |= _called(named[-1], plain) if named else set()
    return found.union(*(_called(m, plain) for pattern in (_AS_THEY, _SETS, _FORM_OF) for m in pattern.finditer(plain, start, end)))


def only_actor(plain: str) -> set[str]:
    """The one name that does what only a party can, where the text has no other: "Halcyon need not ask before it alters these terms".

    >>> only_actor("Halcyon undertakes to give notice. Halcyon's terms change.")
    {'Halcyon'}
    """
    found = set().union(*(_called(m, plain) for m in _ACTS.finditer(plain)))
    return found if len(found) == 1 else set()


def _called(m: re.Match[str], plain: str, what: tuple[int, int] | None = None) -> set[str]:
    """The ways in which the text may write the name that was met; none where it is no writer's, or no paper or price stands at `what`."""
    noun, name = m.group("noun"), m.group("name")
    if "interest" in plain[max(m.start() - _BEFORE_CHANGE // 2, 0) : m.end()]:  # "the reference rate as changed by the Riksbank"
        return set()
    if what and not (_THIS if noun else _OURS).search(plain, *what):
        return set()
    if noun:
        if _BODIES.search(noun) and what and "agreement" in plain[what[0] : what[1]].lower():
            return set()
        article, *others = noun.split()
        rest = " ".join(others)
        return set() if _NO_WRITER.search(rest) or _NO_NOUN.search(rest) or rest.endswith(("ly", "ed", "ing")) else {f"{article.lower()} {rest}", f"{article.capitalize()} {rest}"}
    words = name.split()
    if what and words[-1] in _PUBLIC and not _THIS.search(plain, *what):  # "the City may revise its rules"
        return set()
    before = plain[max(m.start("name") - 8, 0) : m.start("name")].lower().split()
    if _PAPERS.search(name) or words[0] in _NOBODY or (before and before[-1] in _ONE_OF_MANY):
        return set()
    made = " ".join(words[words[0] in _OPENS :])
    if not made or _NO_WRITER.search(_MADE_OF.sub(" ", _GROUP.sub("", made))):
        return set()
    return {made, *([f"{made}{' '.join(form.split())}" if form.startswith(",") else f"{made} {' '.join(form.split())}"] if (form := m.group("form")) else [])}
