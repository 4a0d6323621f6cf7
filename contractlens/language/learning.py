"""Names that nothing introduces in form: who "we" are in terms of service, and what a document calls itself.

Standard terms seldom open with "between A (the "Provider") and B". They say "Acme" and "we" in turn, and speak of "these
T&Cs"; without those names nobody is seen to do anything in them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Set

from contractlens.language.patterns import beginning

_REST = r"[\w&'-]{0,40}"  # of a name's word: a longer one is no name, and an embedded picture is one of a megabyte
_N = rf"(?P<name>(?:[a-z]{{0,2}}[A-Z]|\d{{1,3}}[A-Za-z]){_REST}(?:\.[a-z]{{2,4}}\b)?(?:[ ]+[A-Z]{_REST}){{0,2}})"  # Acme, eBay, 3Com, Booking.com
OPENING = 9000  # characters in which a document says what it calls itself and its parties

NO_PARTY = re.compile(
    r"\b(?:agreements?|term|date|services?|products?|software|territory|fees?|confidential|party|parties|exhibit|schedule|effective|site|property|program|affiliates?|act|law|order|policy|documents?|sla|period|platform|content|marks?|intellectual|closing|business|plan|transaction|website|terms|credits?|uptime|form|licen[sc]e|conditions?|recipient|account|data|app|apps|rates?|prices?|pricing|charges?|features?|modifications?|amendments?|changes?|revisions?|updates?|notices?|plans?|specifications?|you|your|user|users|section)\b",
    re.I,
)
_PAPER = re.compile(r"\b(?:contracts?|deeds?|leases?|addendum|memorandum|instrument|letter)\b", re.I)
_COMMON = frozenset(
    "The This These Any All Such Each Either Neither No If In You Your Users User It Its They Party Parties Section Customer Services Service "
    "Nothing Agreement We Our Us And Or But For By To On At As Upon When Where While Please Not Who That There Here I Member Members "
    "What How Why Which Can Does City County Council University Regents Registry Registries Government Ministry Icann Fcc Ofcom Parliament Congress".split()
)
_ACTS = re.compile(rf"(?<![.\w]){_N}\s+(?:(?:hereby\s+|expressly\s+)*(?P<strong>reserves?|grants?|disclaims?|RESERVES?|DISCLAIMS?)\b|(?P<weak>may|will|shall|provides|does not|makes no|cannot|MAY|WILL|SHALL)\b)")
_INCORPORATED = re.compile(rf"{_N}(?:\s+[A-Z][\w&'-]{{0,40}})?,?\s+(?:Inc|Ltd|LLC|L\.L\.C|Corp|GmbH|Limited|Corporation|plc|PLC|B\.?V|N\.?V|S\.?A|AG|AB|Oy|Pty|Pte|SAS|SARL|ApS|AS|S\.?L|SpA|S\.p\.A|LLP|a\.s|s\.r\.o|d\.o\.o|A/S|Kft|Sp\. z o\.o|Sdn|Pvt|UAB|GmbH & Co)\b")
_TO_CUSTOMER = (
    # between Acme Ltd of Leeds and the customer named in the order
    re.compile(rf"\b(?:between|BETWEEN)\s+{_N}(?:[^.;()\"\n]|\.(?=[\w,])){{0,90}}?,?\s+and\s+(?:the|its|each|any|every|our)\s+(?:\w+\s+)?(?:[Cc]ustomer|[Ss]ubscriber|[Cc]lient|[Uu]ser|[Mm]ember|[Mm]erchant|[Pp]artner|[Ll]icensee|[Bb]uyer)s?\b"),
    # Customer accepts the Acme Terms of Service
    re.compile(rf"\b(?:[Aa]ccepts?|[Aa]grees?\s+to|[Ss]ubject\s+to|[Gg]overned\s+by|[Uu]nder|[Bb]ound\s+by|[Ii]ncorporates?)\s+(?:the|these)\s+{_N}\s+(?:(?:Customer|Online|Hosting|Standard|General|Subscription|Master|Website|User|Software)\s+){{0,2}}(?:Terms|Conditions|Acceptable\s+Use\s+Policy|Customer\s+Agreement|Service\s+Agreement|Subscription\s+Agreement)\b"),
    # Acme Travel S.L., Valencia ("Acme") and the hotel named overleaf (the "Partner")
    re.compile(rf"\((?:the\s+)?\"{_N}\"\)\s+and\s+(?:the|its|each|any)\s+[^()\"]{{3,80}}\((?:the\s+)?\"(?:Customer|Subscriber|Client|User|Member|Merchant|Partner|Licensee|Buyer|Reseller|Host|Seller|Publisher)\"\)"),
)
_IS_WE = (
    # Acme Ltd. ("Acme", "we" or "us")
    re.compile(r"\((?P<inside>[^()]{0,160}\"(?:we|us|our)[,.]?\"[^()]{0,120})\)", re.I),
    # "we", "us" and "Acme" mean Acme Ltd.
    re.compile(r"(?P<inside>(?:\"[\w .&'-]{1,40},?\"[\s,/]*+(?:and|or)?\s*+){1,4}\"(?:we|us|our)[,.]?\"|\"(?:we|us|our)[,.]?\"(?:[\s,/]*+(?:and|or)?\s*+\"[\w .&'-]{1,40},?\"){1,4})\s+(?:means?|refers?|shall|is|are)\b", re.I),
)
_QUOTED = re.compile(r"\"(?P<called>[A-Z][\w.&' -]{0,40}?),?\"")
_REFERRED = re.compile(rf"(?<![.\w]){_N}\s+(?:is|may\s+be)\s+(?:\w+\s+)?(?:referred\s+to|called|known)\s+(?:\w+\s+)?(?:herein\s+)?as\s+\"(?:we|us|our)\b")
_MEANS_WE = re.compile(rf"\"(?:[Ww]e|[Uu]s|[Oo]ur)[,.]?\"\)?\s*(?:means?|refers?\s+to|is|are)\s+(?:to\s+)?{_N}")
_HOLDS_HARMLESS = beginning("indemnify", "release", "defend", r"hold\s+harmless")
_CUES = (
    re.compile(rf"{beginning('between', 'with', 'BETWEEN')}\s+(?:[Yy]ou|YOU|[Yy]our\s+\w+)\s*(?:\([^()]*\)\s*)?(?:and|AND)\s+{_N}"),
    re.compile(rf"{beginning('between', 'BETWEEN')}\s+{_N},?\s+(?:[\w.]+,?\s+)?(?:and|AND)\s+(?:[Yy]ou|YOU)\b"),
    re.compile(rf"{beginning('Provided', 'provided', 'Offered', 'offered', 'Operated', 'operated', 'Owned', 'owned')}\s+(?:(?:and|or)\s+\w+\s+)?by\s+{_N}"),
    re.compile(r"(?P<name>[A-Z](?<![.\w].)[\w&-]{0,40}(?:[ ]+[A-Z][\w&-]{0,40}){0,2})'s?\s+(?:\w+\s+)?(?:[Ww]ebsites?|[Ss]ervices?|[Pp]latform|[Nn]etwork|sites?|[Pp]roducts?|facilities|systems?|servers?|liability|then-current|discretion|sole)\b"),
    re.compile(rf"{beginning('Welcome', 'welcome')}\s+to\s+{_N}"),
    re.compile(rf"(?:\u00a9|\([Cc]\)|Copyright|copyright)\s*(?:\d{{4}}[-,\s]*)*{_N}"),
    re.compile(rf"{_HOLDS_HARMLESS}\b[^.;]{{0,60}}?\b{_N},?\s+(?:and\s+)?its\b"),
    re.compile(rf"{beginning('To', 'to', 'By', 'by', 'From', 'from')}\s+{_N}\s+(?:or|and)\s+its\s+(?:affiliates|licensors|subsidiaries|suppliers)\b"),
)
FEW = 2  # times that a word is used as a name, where that is no slip
_BESIDE_CREDIT = 400  # characters
_ASKED = r"\b(?:credit|rebate|refund|reduction|abatement|adjustment|allowance|compensation)s?\b"
_CREDITS = re.compile(rf"{_ASKED}|\bcredited\b")
_CREDITED = (
    re.compile(rf"\bcredit(?:s|ed)?\s+(?:to\s+)?the\s+{_N}\b"),
    re.compile(rf"(?<![.\w]){_N}\s+(?:shall|will|may|is|are)\s+(?:then\s+|also\s+)?(?:be\s+)?(?:entitled\s+to|eligible\s+for|credited\s+with|granted|given|owed)\s+(?:receive\s+)?(?:an?\s+|the\s+)?(?:\w+\s+){{0,3}}{_ASKED}"),
    re.compile(rf"(?<![.\w]){_N}\s+(?:shall|must|may|will|should)\s+(?:request|claim|apply\s+for|lodge|submit)\s+(?:\w+\s+){{0,4}}{_ASKED}"),
)
_ITSELF = re.compile(
    r"\b(?:this|these|the\s+following|our)\s++(?P<kind>[^.;\"()]{2,140}?)\s*\((?:[^()\"]{0,60}?)\"(?P<a>[A-Z][^\"\n]{0,40}?),?\""
    r"(?:\s*(?:,|or|and|,\s*or)\s*(?:the\s+|this\s+|these\s+)?\"(?P<b>[A-Z][^\"\n]{0,40}?),?\")?",
    re.I,
)
_WRITING = re.compile(r"\b(?:agreements?|contracts?|terms|conditions|framework|addendum|charter|code|licen[cs]e|tariff|rules)\s*(?:of\s+\w+|and\s+\w+)?$", re.I)
_RULES = r"(Regulations|Rules|Guidelines|By-?laws|Byelaws|Statutes|Ordinances|Instructions)\b"
_THESE = re.compile(rf"{beginning('These', 'these')}\s+{_RULES}")  # then "the Regulations" are these, too
_THIS_BOOK = re.compile(rf"{beginning('This', 'this')}\s+(?:[A-Z][a-z]+\s+)?(Handbook|Manual|Guide|Charter|Code|Tariff|Booklet|Leaflet|Scheme|Mandate|Undertaking)\b")
_THIS_AGREEMENT = re.compile(rf"{beginning('this')}\s+(?:Agreement|Contract)\b")
_THE_RULES = re.compile(rf"{beginning('The', 'the')}\s+{_RULES}")
_THE_SMALL_RULES = re.compile(r"\b([Tt]he\s+(?:rules|guidelines|regulations|handbook|charter|code|by-?laws|byelaws|house\s+rules|notes))\b")
_ORDINARY_PAPER = re.compile(r"\b(?:agreement|contract|terms|conditions|licen[cs]e)\b", re.I)
_ORDINARY = re.compile(r"\b(?:agreements?|contracts?|terms|conditions|services?|polic(?:y|ies)|website|site|orders?|products?|platform|software|we|us|you|party|parties|fees?|customer|provider|company)\b", re.I)


def vendor_names(plain: str, customer: Set[str], introduced: Set[str] = frozenset(), role_words: Set[str] = frozenset()) -> set[str]:
    """What the vendor is called where no opening introduces it.

    Who is said to be "we"; who reserves rights and grants licences; who acts, and has services, a website or a notice of
    copyright. One sign alone is not enough: "Data" may be lost, too. Of a name that the opening introduces, with no side, and
    of a role word such as "Company", to have acted is enough.
    """
    weak: Counter[str] = Counter()
    strong: Counter[str] = Counter()
    cues: dict[str, set[int]] = {}
    for m in _ACTS.finditer(plain):
        if name := _name(m.group("name"), customer):
            (strong if m.group("strong") else weak)[name] += 1
    for number, cue in enumerate(_CUES):
        for m in cue.finditer(plain):
            if name := _name(m.group("name"), customer):
                cues.setdefault(name, set()).add(number)
                first = name.split()[0]
                cues.setdefault(first, set()).add(number)
    in_form = {name for m in _INCORPORATED.finditer(plain[:OPENING]) if (name := _name(m.group("name"), customer))}
    total = sum(weak.values()) + sum(strong.values())
    found = _who_is_we(plain, customer) | _towards_customer(plain, customer)
    for name in {*weak, *strong}:
        acts, signs = weak[name] + strong[name], len(cues.get(name, ()))
        if (strong[name] and acts >= 2) or weak[name] >= max(3, 0.3 * total) or (acts and signs >= 2) or (strong[name] and signs) or name in in_form or name in introduced or name.lower() in role_words:
            found.add(name)
    return found


def credited(plain: str, vendor: Set[str], used: Counter[str]) -> set[str]:
    """The names of who gets credits, or asks for them: the customer, where nothing else says who it is.

    Of two words that both stand for vendors elsewhere, the one that is credited is the customer here: "Operator shall credit Carrier".

    >>> sorted(credited("The Host shall credit the Trust. The Practice shall request a rebate.", set(), Counter(Trust=2, Practice=3)))
    ['Practice', 'Trust']
    """
    near = [(max(0, m.start() - _BESIDE_CREDIT), m.end() + _BESIDE_CREDIT) for m in _CREDITS.finditer(plain)]
    named = {name for cue in _CREDITED for span in near for m in cue.finditer(plain, *span) if (name := _name(m.group("name"), frozenset()))}
    sells = {word for word in vendor if used[word.capitalize()]}
    return {n for n in named if used[n] >= FEW and (n.lower() not in vendor or sells - {n.lower()})}


def _who_is_we(plain: str, customer: Set[str]) -> set[str]:
    found: set[str] = set()
    opening = plain[: 2 * OPENING]
    for pattern in _IS_WE:
        for m in pattern.finditer(opening):
            if re.search(r"\"(?:you|your)\b", m.group("inside"), re.I):
                continue
            names = {_name(q.group("called"), customer) for q in _QUOTED.finditer(m.group("inside"))}
            found |= {n for n in names if n}
    for pattern in (_REFERRED, _MEANS_WE):
        found |= {n for m in pattern.finditer(opening) if (n := _name(m.group("name"), customer))}
    return found


def _towards_customer(plain: str, customer: Set[str]) -> set[str]:
    """Who stands across from "the customer", or whose terms it accepts; and the first word of that name alone."""
    named = {name for cue in _TO_CUSTOMER for m in cue.finditer(plain[:OPENING]) if (name := _name(m.group("name"), customer))}
    return named | {first for name in named if (first := _name(name.split()[0], customer)) and len(first) > 3}


def is_no_party(name: str) -> bool:
    """Whether a name is that of a thing, a paper or a part of one: "Services", "Contract".

    >>> is_no_party("Mobile App Contract"), is_no_party("Acme")
    (True, False)
    """
    return bool(NO_PARTY.search(name) or _PAPER.search(name))


def _name(name: str, customer: Set[str]) -> str | None:
    words = [w.removesuffix("'s").removesuffix("'") for w in name.split()]
    while words and words[0].capitalize() in _COMMON:
        words = words[1:]
    made = " ".join(words)
    if len(made) < 2 or made in customer or is_no_party(made) or (made.isupper() and len(made) > 12):
        return None
    return made


def own_names(plain: str) -> set[str]:
    """What the document calls itself, where an ordinary word such as "Agreement" or "Terms" is not part of it.

    >>> own_names('These general terms and conditions (the "GTCs") apply to all orders.')
    {'GTCs'}
    """
    found = {m.group(1) for m in _THESE.finditer(plain)}
    books = Counter(m.group(1) for m in _THIS_BOOK.finditer(plain))
    found |= {book for book, times in books.items() if times > len(_THIS_AGREEMENT.findall(plain))}  # else one that is attached to an agreement
    if not _ORDINARY_PAPER.search(plain):
        found |= {m.group(1) for pattern in (_THE_RULES, _THE_SMALL_RULES) for m in pattern.finditer(plain)}
    for m in _ITSELF.finditer(plain[:OPENING]):
        if not _WRITING.search(" ".join(m.group("kind").split())):
            continue
        for called in (m.group("a"), m.group("b")):
            name = (called or "").strip(" ,.")
            if name and name[0].isupper() and len(name.split()) <= 3 and not _ORDINARY.search(name) and not NO_PARTY.search(name):
                found.add(name)
    return found
