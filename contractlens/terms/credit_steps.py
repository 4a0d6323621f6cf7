"""The steps of credits that one sentence states: each band with the credit that belongs to it, in whichever order they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from contractlens.language.amounts import amounts as values_of
from contractlens.language.sentences import Sentence
from contractlens.terms.band_words import MISSED
from contractlens.terms.bands import Band, bands
from contractlens.terms.credit_amounts import CreditAmount, credit_amount, is_rate, part_of
from contractlens.terms.tiers import RawTier
from contractlens.values import Percent

LEAST = Decimal(70)  # a band of availability in a sentence is no lower; "less than 50 % of the royalties" is another matter
SPARE_WORDS = 12  # words of a line beside its band and its credit


def sentence_tiers(sentence: Sentence, text: str, *, line: bool, item: bool = False) -> list[RawTier]:
    """The tiers of one sentence: each band with the credit that follows it, or, where credits come first, precedes it.

    `text` is the sentence as read. A `line` holds little beside the two; the introduction of an `item` says what its figures are.
    """
    items = _ITEM.split(text)
    if len(items) > 1:
        return [t for piece in items for t in _tiers(piece, sentence, line, item)]
    return _tiers(text, sentence, line, item)


OF_FEES = re.compile(r"\s*(?:of|off)\s+(?:[\w']+\s+){0,5}(?:fees?|charges?|rent|rental|invoices?|bill|spend|price|cost|amounts?|payments?)\b", re.I)
_ITEM = re.compile(r"\n\s*(?=(?:[-*\u2022\u00b7]|\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[.)]|[1-9]\d?\.[1-9]\d?\s)\s|[A-Z][\w /&'()-]{2,48}:\s)")  # lines of a list or a card in one sentence


def _tiers(text: str, sentence: Sentence, line: bool, item: bool = False) -> list[RawTier]:
    if not line and (steps := _or_better(text, sentence)):
        return steps
    found = bands(text) or (bands(text, bare=True) if not line and (_LEVELS.search(text) or _RANGES.search(text)) else [])
    edges = [b for b in found if b.named or ((b.below or (0 if line else b.at_least) or 0) >= LEAST and not OF_FEES.match(text, b.end))]
    if not edges or (is_rate(text) and not line):
        return []
    taken = [(b.start, b.end) for b in found]
    edges = _under_top(edges)
    item = item or (len(edges) > 1 and _CREDITS.search(text, 0, edges[0].start) is not None and "%" not in text[: edges[0].start])
    if line:
        rest = text[: edges[0].start] + text[edges[-1].end :]
        if len(edges) != 1 or len(rest.split()) > SPARE_WORDS:
            return []
    edges, taken = _with_rest(text, edges, taken, line)
    pieces = _between(text, taken)
    amounts = _amounts(pieces, text, line or item, len(edges) > 1)
    if 0 < len(amounts) < len(edges) and (each := _each_once(pieces, len(edges))):
        return [RawTier(b, a, sentence) for b, a in zip(edges, each, strict=True)]
    first = amounts[0][0] if amounts else None
    leads = first is not None and first < edges[0].start and not _each_followed(edges, [at for at, _ in amounts], len(text))
    if leads:  # "10 % if it is missed, 25 % if it is below 99 %": the nearest figure before a band is the credit for it
        amounts = [(start, a) for start, piece in pieces for a in [prose_amount(_last_share(piece), line or item) or _days_by(piece, text)] if a and a.stated and not a.rate]
    if first is not None and first < edges[0].start and len(amounts) == len(edges) + 1 and all(any(b.end <= at for at, _ in amounts) for b in edges[-1:]) and MISSED.search(pieces[0][1]):
        base = RawTier(Band(None, None, 0, 0, named=True), amounts[0][1], sentence)  # "7 % for a month in which it is missed; if below 98 %, 21 %"
        return [base, *(RawTier(b, a, sentence) for b, (_, a) in zip(edges, amounts[1:], strict=True))]
    tiers = _if_missed(pieces[0][1], sentence) if leads else []
    for k, band in enumerate(edges):
        until = edges[k + 1].start if k + 1 < len(edges) else len(text)
        after = edges[k - 1].end if k else 0
        nearby = [a for at, a in amounts if (after <= at < band.start if leads else band.end <= at < until)]
        if nearby:
            tiers.append(RawTier(band, nearby[-1] if leads else nearby[0], sentence))
    return tiers


_LEVELS = re.compile(r"\b(?:uptime|availability|sla)\b", re.I)  # of figures without a sign
_RANGES = re.compile(r"(?<![\w.,])9\d(?:[.,]\d+)?\s*(?:-|\u2013|to)\s*(?:9\d(?:[.,]\d+)?|100)(?![\w%]|[.,]\d)")
_CREDITS = re.compile(r"\b(?:credit\w*|refund\w*|reduc\w+|deduct\w*|rebates?|extend\w*|lengthen\w*|penalt\w+|abate\w*|lowered|get\s+back)\b", re.I)
_PARTS = re.compile(r";|,\s*(?:and\s+)?|\band\b|\b(?:rises?|increas\w+|grows?|goes\s+up)\s+to\b", re.I)


def _each_once(pieces: Sequence[tuple[int, str]], count: int) -> list[CreditAmount]:
    """One credit for each band in turn, some before and some behind theirs: "below 99.9% it is 5%; this rises to 10% below 99%"."""
    parts = [part for _, piece in pieces for part in _PARTS.split(piece) if "%" in part or re.search(r"\bper\s?cent\b", part, re.I)]
    found = [a for part in parts for a in [prose_amount(part, True)] if a and a.stated and not a.rate]
    return found if len(found) == count else []


def _amounts(pieces: Sequence[tuple[int, str]], text: str, line: bool, steps: bool) -> list[tuple[int, CreditAmount]]:
    """The credits of the pieces between bands; once one is told in full, "below 99%, a week; below 98%, all of it" is understood."""
    found: list[tuple[int, CreditAmount]] = []
    for start, piece in pieces:
        amount = prose_amount(piece, line) or _days_by(piece, text) or (short_amount(piece) if found and steps else None)
        if amount and amount.stated and not amount.rate:
            found.append((start, amount))
    return found


_PLAIN_PART = re.compile(r"(?<!in )(?<!each )(?<!every )(?<!per )(?<!any )(?<!the )(?<!that )\b((?:an?|one|two|three|four|five|seven|nine)[\s-]+)?(half|third|quarter|fourth|fifth|sixth|eighth|tenth|twelfth|twentieth)s?\b(?!\s+(?:month|year|day|week|party|hour))", re.I)
WHOLE = re.compile(r"\b(?:all|whole|lot|everything|full|entire|free|waived?|100)\b(?!\s+(?:times?|other|hours?|days?))", re.I)
_PLAIN_TIME = re.compile(r"\b(?:days?|weeks?|fortnight|month)\b", re.I)


def short_amount(piece: str) -> CreditAmount | None:
    """A later step's credit, where the noun is understood: `half`, `three tenths otherwise`, `one week`, `all of it`."""
    plain = _NOT_MONEY.sub(" ", _CAPPED.sub("", piece))
    if len(plain.split()) > SPARE_WORDS:
        return None
    if part := _PLAIN_PART.search(plain):
        return part_of(f"{part.group(1) or 'one '}{part.group(2)} of the fee")
    if _PLAIN_TIME.search(plain) and (time := credit_amount(plain)):
        return time
    return CreditAmount(percent=Decimal(100)) if WHOLE.search(plain) else None


REST = re.compile(
    r"\b(?:greater|larger|bigger|any\s+other|all\s+other|every\s+other)\s+(?:shortfalls?|misses|gaps?|months?|cases?|results?|figures?|values?)\b|\b(?:otherwise|the\s+rest)\b"
    r"|\b(?:anything|everything|all|any\s+(?:figure|month|value)|whatever\s+is|whatever)\s+(?:that\s+is\s+)?(?:lower|less|below|under|worse|beneath)(?:\s+(?:than\s+)?(?:that|this|it)\b)?"
    r"|\b(?:if|where|for|when|should\s+it\s+be)\s+(?:it\s+(?:is|was|falls?|drops?)\s+)?(?:even\s+|still\s+|any\s+)?(?:lower|less|worse)(?:\s+(?:than\s+)?(?:that|this))?(?=\s*(?:[,.;:)]|still|$))"
    r"|\bbelow(?=\s*:)"
    r"|\b(?:below|under|beneath|lower\s+than|worse\s+than|less\s+than)\s+(?:that|this)\b",
    re.I,
)


def _with_rest(text: str, edges: list[Band], taken: list[tuple[int, int]], line: bool) -> tuple[list[Band], list[tuple[int, int]]]:
    """The bands, and "anything lower" behind them as what is below them all."""
    lowers = [b.at_least for b in edges if b.at_least is not None]
    rest = None if line or not lowers or len(lowers) != len(edges) else REST.search(text, edges[-1].end)
    if rest is None:
        return edges, taken
    return [*edges, Band(min(lowers), None, rest.start(), rest.end())], [*taken, (rest.start(), rest.end())]


def _under_top(edges: list[Band]) -> list[Band]:
    """The bands, where a threshold comes before them all: `if below 99.95%, (a) 5% if 99.9% or above; (b) 10% if below that`."""
    if len(edges) < 3 or edges[0].below is None or edges[0].at_least is not None or edges[1].below is not None or edges[1].at_least is None:
        return edges
    return [replace(edges[1], below=edges[0].below), *edges[2:]] if edges[0].below > edges[1].at_least else edges


def _each_followed(edges: Sequence[Band], amounts: Sequence[int], end: int) -> bool:
    """Whether each of several bands has a credit of its own behind it, whatever stands before the first: the month in "if in a month it is"."""
    until = [*(e.start for e in edges[1:]), end]
    return len(edges) > 1 and all(any(e.end <= at < stop for at in amounts) for e, stop in zip(edges, until, strict=True)) and len(amounts) == len(edges) + 1


_NOTHING = re.compile(r"\b(?:no|none|nil|nothing|without)\b", re.I)
_ELSE = re.compile(r"\b(?:in\s+(?:all|any|every)\s+other\s+cases?|otherwise|if\s+(?:it\s+(?:is|was)\s+)?(?:lower|less|below)(?:\s+than\s+that)?(?!\s+(?:than\s+)?\d)|else)\b", re.I)


def _or_better(text: str, sentence: Sentence) -> list[RawTier]:
    """Descending steps by their lower edges: `1% if uptime was 99.9% or better, 2% if it was 99.5% or better, and 5% in all other cases`."""
    edges = [b for b in bands(text) if b.at_least is not None and b.at_least >= LEAST]
    last = _ELSE.search(text)
    if not edges or last is None or is_rate(text):
        return []
    pieces = [text[a:b] for a, b in zip([0, *(e.end for e in edges)], [*(e.start for e in edges), len(text)], strict=True)]
    amounts = [prose_amount(piece, False) or (short_amount(piece) if k else None) for k, piece in enumerate(pieces)]
    if amounts[0] is None and len(edges) > 1 and all(amounts[1:]):
        amounts[0] = short_amount(_last_part(pieces[0]))  # "a rebate on the month's charge: one tenth if it was 98.5% or more"
    least = min(e.at_least for e in edges if e.at_least is not None)
    bottom = Band(least, None, last.start(), last.end())
    if amounts[0] is None:
        behind = _behind(text, edges, last)
        below = [None, *(e.at_least for e in edges)]
        steps = [replace(e, below=e.below or above) for e, above in zip([*edges, bottom], below, strict=True)]
        return [RawTier(b, a, sentence) for b, a in zip(steps, behind, strict=True) if b.below is not None] if behind else []
    steps = [*(replace(e, named=not k) for k, e in enumerate(edges)), bottom]
    return [RawTier(b, a, sentence) for b, a in zip(steps, amounts, strict=True) if a and a.stated and not a.rate]


def _last_part(piece: str) -> str:
    """What stands behind the last colon or comma of a piece."""
    return re.split(r"[:,;]", piece)[-1]


def _behind(text: str, edges: Sequence[Band], last: re.Match[str]) -> list[CreditAmount]:
    """The credits that follow their bands, all of them or none: `99.9% or better: none; 99% or better: 5%; otherwise 10%`."""
    until = [*(e.start for e in edges[1:]), last.start(), len(text)]
    after = [*(e.end for e in edges), last.end()]
    if until[-2] < after[-2]:
        return []
    found = [prose_amount(text[a:b], True) or (CreditAmount(percent=Decimal(0)) if _NOTHING.search(text[a:b]) else None) for a, b in zip(after, until, strict=True)]
    stated = [a for a in found if a and a.stated and not a.rate]
    return stated if len(stated) == len(found) else []


def _if_missed(piece: str, sentence: Sentence) -> list[RawTier]:
    """The credit for missing the service level itself, before that of a band: `10 % if it is missed, 25 % if it is below 99 %`."""
    shares = [v for v in values_of(piece) if isinstance(v.amount, Percent)]
    if len(shares) != 2 or not MISSED.search(piece, shares[0].end, shares[1].start):
        return []
    assert isinstance(shares[0].amount, Percent)
    return [RawTier(Band(None, None, 0, 0, named=True), CreditAmount(percent=shares[0].amount.value), sentence)]


def _last_share(piece: str) -> str:
    """The words from the last percentage of several on."""
    shares = [v for v in values_of(piece) if isinstance(v.amount, Percent)]
    return piece[shares[-1].start :] if len(shares) > 1 else piece


def _days_by(piece: str, text: str) -> CreditAmount | None:
    """Days by which a term grows: `for 95-98% by 10 days`, where the sentence has said what is extended."""
    if re.search(r"\bby\s+[\w()\s-]*\b(?:days?|weeks?|months?)\b", piece, re.I) and re.search(r"\bextend|\badd(?:s|ed)?\b|extension", text, re.I):
        return credit_amount(piece)
    return None


def _between(text: str, taken: Sequence[tuple[int, int]]) -> list[tuple[int, str]]:
    pieces, at = [], 0
    for start, end in (*taken, (len(text), len(text))):
        pieces.append((at, text[at:start]))
        at = max(at, end)
    return pieces


_STILL_PAID = re.compile(r"\b(?:you|customers?|clients?|subscribers?|licensees?)\s+(?:shall\s+|will\s+|need\s+)?(?:only\s+)?(?:pays?|owes?)\s+(?:only\s+|just\s+)?(?P<share>\d{1,2}(?:[.,]\d+)?)\s*(?:%|per\s?cent)", re.I)
_CAPPED = re.compile(r"\b(?:maximum|not\s+exceed|up\s+to|at\s+most|capped)\b.*", re.I | re.S)
_NOT_MONEY = re.compile(r"\bwithin\b.{0,40}|\b\w+\s+(?:consecutive|successive|straight|running)\s+(?:calendar\s+)?months?\b|\b\w+\s+months?\s+(?:running|in\s+a\s+row)\b|\b(?:month|monthly|calendar|billing)\s+(?:uptime|availability|cycle|period)\b|\bone\s*\(1\)\s*calendar\s+month\b|\b(?:in|for|during|within)\s+(?:any|a|the|that|each|every)\s+(?:\w+\s+){0,2}month\b|\b[\w()]+\s+(?:month|week|day)s?['\u2019]?s?\s+(?:\w+\s+){0,2}notice\b", re.I | re.S)


def still_paid(text: str) -> CreditAmount | None:
    """What is left of the fee, as what is credited: `you pay only 90% of the fee`."""
    left = _STILL_PAID.search(text)
    return CreditAmount(percent=100 - Decimal(left.group("share").replace(",", "."))) if left else None


def prose_amount(piece: str, line: bool) -> CreditAmount | None:
    """The credit in the words beside a band; a percentage before any time."""
    plain = _CAPPED.sub("", piece)
    if left := still_paid(plain):
        return left
    percents = re.search(r"%|per\s?cent(?!age)", plain, re.I)
    if not percents:
        plain = _NOT_MONEY.sub(" ", plain)
        if not line and not re.search(r"credit|refund|free|waive|fee|charge|rent|service|hosting|compensat|rebate|\bhalf\s+(?:of|off)\b|\bthe\s+(?:lot|whole)\b|\boff\b|\bback\b|deduct|bill|invoice|price|\bpay\b|nothing|\bowe", plain, re.I):
            return None
    amount = credit_amount(plain)
    if amount and amount.percent == 0 and not percents:
        return None
    return amount
