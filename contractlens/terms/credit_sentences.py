"""Tiers in sentences, and in lines that were a table before a PDF lost its rules."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from contractlens.language.amounts import amounts as values_of
from contractlens.language.sentences import Sentence
from contractlens.rulebook import Matches
from contractlens.terms.bands import Band, bands, in_points
from contractlens.terms.credit_amounts import CreditAmount, credit_amount, is_rate, part_of
from contractlens.terms.credit_cards import from_card, plans, steps
from contractlens.terms.credit_tables import CAPTION_END, RULE, from_grid
from contractlens.terms.defined_figures import DefinedFigures
from contractlens.terms.named_bands import named_bands
from contractlens.terms.tables import grids, says
from contractlens.terms.tiers import RawTier, RawTiers, TierGroup
from contractlens.values import Percent

LEAST = Decimal(70)  # a band of availability in a sentence is no lower; "less than 50 % of the royalties" is another matter
LISTED = "uptime/listed"
LIST = 12  # sentences before a line of a list that may say what it is about
NEAR = 3  # sentences between two lines of one list of tiers
SPARE_WORDS = 12  # words of a line beside its band and its credit


def raw_tiers(matches: Matches) -> RawTiers:
    """The tiers as printed. What is in a table of credits is no commitment."""
    names = DefinedFigures(matches)
    found = RawTiers(readings=names.readings(), defining=names.places)
    for grid in grids(matches):
        by_plan = plans(matches, grid)
        groups = [] if by_plan else from_grid(matches, grid) or steps(matches, grid)
        if by_plan:
            found.groups += by_plan
            found.beside |= {t.sentence.index for g in by_plan for t in g.tiers}
            found.claimed |= found.beside
        elif groups:
            found.groups += [replace(g, caption=grid.caption[-1].text if grid.caption else "") for g in groups]
            found.claimed |= {s.index for s in grid.sentences if s}
        else:
            found.groups += from_card(matches, grid)
    _from_prose(matches, found)
    if not found.groups and matches.of("uptime/listed"):
        found.groups += named_bands(matches, found.claimed)
    return found


def _from_prose(matches: Matches, found: RawTiers) -> None:
    """Tiers of sentences, joined in lists: those of one clause, or at most a few sentences apart."""
    made = [*_of_downtime(matches), *_of_points(matches, found.claimed)]
    found.claimed_shares |= {t.sentence.index for t in made}
    named = {m.sentence.index for m in matches.of("credits/tier")}
    read = [matches.reading.sentences[i] for i, text in found.readings.items() if i not in named and _states_share(matches.reading.sentences[i].text) and matches.ask_text("credits/tier", text).keys() >= {"credit", "edge"}]
    named |= {s.index for s in read}
    told = [m.sentence for m in (*matches.of("credits/tier"), *matches.of("credits/tier-line"))]
    listed = _listed(matches, named | found.claimed)
    told += [s for s in listed if s.index not in {t.index for t in told}]
    items = {s.index for s in listed}
    for sentence in sorted([*told, *read], key=lambda s: s.index):
        if sentence.index in found.claimed | found.claimed_shares or (made and made[-1].sentence.index == sentence.index):
            continue
        if not _about_service(matches, sentence):
            continue
        item = sentence.index in items
        tiers = sentence_tiers(sentence, found.readings.get(sentence.index, sentence.text), line=sentence.index not in named | items, item=item)
        follows = bool(made) and sentence.index - made[-1].sentence.index <= NEAR
        if sentence.index not in named | items and not follows and not _about_credits(matches, sentence) and not _tail_credits(matches, sentence, named):
            continue
        made += tiers
    groups: list[list[RawTier]] = []
    for tier in sorted(made, key=lambda t: t.sentence.index):
        last = groups[-1][-1].sentence if groups else None
        if last and (tier.sentence.index - last.index <= NEAR or tier.sentence.clause == last.clause):
            groups[-1].append(tier)
        else:
            groups.append([tier])
    groups = [kept for g in groups for kept in [_closed_above(g)] if kept]
    found.groups += [TierGroup(tuple(g), False) for g in groups]
    made = [t for g in groups for t in g]
    found.claimed |= {t.sentence.index for t in made if t.sentence.index not in named}


def _listed(matches: Matches, but: set[int]) -> list[Sentence]:
    """The items of lists whose introduction says what their figures are: `will extend the term by: (a) two days, where it was under 99%`."""
    return [s for s in matches.reading.sentences if s.kind == "prose" and s.index not in but and _states_share(s.text) and bands(s.text) and _led(matches, s)]


def _led(matches: Matches, sentence: Sentence) -> bool:
    """Whether the line that opens the list of a sentence, which may be one with its first item, speaks of credits."""
    for s in reversed(matches.reading.sentences[max(0, sentence.index - LIST) : sentence.index + 1]):
        head, opens, _ = s.text.partition(":\n")
        if opens or (s is not sentence and s.text.rstrip().endswith((":", ":-"))):
            return "lead" in matches.ask_text("credits/tier", head + " :")
        if s.kind == "heading" or not bands(s.text):
            return False
    return False


def _states_share(text: str) -> bool:
    return "%" in text or ("cent" in text.lower() and re.search(r"per\s?cent\b", text, re.I) is not None) or part_of(text) is not None


def _closed_above(group: list[RawTier]) -> list[RawTier]:
    """The tiers without those that say only what is reached and do not end where another begins: "at least 99%" alone is a commitment."""
    uppers = {t.band.below for t in group}
    return [t for t in group if t.band.named or t.band.below is not None or t.band.at_least in uppers]


def _of_downtime(matches: Matches) -> list[RawTier]:
    """Credits by the share of the time that was lost: `where downtime exceeds 1%, 10% of the fee`."""
    made = []
    for match in matches.of("credits/downtime-tier"):
        text = match.sentence.text
        edges = [b for b in bands(text, down=True) if not _OF_FEES.match(text, b.end) and b.below is not None]
        for k, band in enumerate(edges):
            until = edges[k + 1].start if k + 1 < len(edges) else len(text)
            amount = _prose_amount(text[band.end : until], False)
            if amount and amount.stated and not amount.rate and not is_rate(text):
                made.append(RawTier(band, amount, match.sentence))
    return made


def _of_points(matches: Matches, claimed: set[int]) -> list[RawTier]:
    """Credits by the points that were missed: `short by up to 0.5 percentage points, 5%; by more than that ...`."""
    made = []
    for match in (m for m in matches.of("credits/points-tier") if m.sentence.index not in claimed):
        text = in_points(match.sentence.text, bare=False)
        edges = [b for b in bands(text, down=True) if not _OF_FEES.match(text, b.end) and text[b.end :].strip()]
        for k, band in enumerate(edges):
            until = edges[k + 1].start if k + 1 < len(edges) else len(text)
            amount = _prose_amount(text[band.end : until], False)
            if amount and amount.stated and not amount.rate and not is_rate(text):
                made.append(RawTier(band, amount, match.sentence, points=True))
    return made


def _about_service(matches: Matches, sentence: Sentence) -> bool:
    """Whether a sentence, its heading or those before it speak of availability or a service level."""
    near = matches.reading.sentences[max(0, sentence.index - LIST) : sentence.index + 1]
    levels = {m.sentence.index for m in matches.of("uptime/commitment") if "uptime" in m}
    return any(s.index in levels for s in near) or any("service" in matches.ask(LISTED, s) for s in reversed(near)) or any("service" in matches.ask_text(LISTED, h) for h in matches.reading.headings(sentence))


def _tail_credits(matches: Matches, sentence: Sentence, named: set[int]) -> bool:
    """Whether the last line of the list says what its figures are: "... of the monthly fee will be credited"."""
    after = [s for s in matches.reading.sentences[sentence.index + 1 : sentence.index + 5] if s.clause == sentence.clause]
    return any(s.index in named for s in after)


def _about_credits(matches: Matches, sentence: Sentence) -> bool:
    before = [s.text for s in matches.reading.sentences[max(0, sentence.index - 2) : sentence.index]]
    return any(says(matches, RULE, "credit_near", t[-CAPTION_END:]) for t in (*before, *matches.reading.headings(sentence)[:1]))


def sentence_tiers(sentence: Sentence, text: str, *, line: bool, item: bool = False) -> list[RawTier]:
    """The tiers of one sentence: each band with the credit that follows it, or, where credits come first, precedes it.

    `text` is the sentence as read. A `line` holds little beside the two; the introduction of an `item` says what its figures are.
    """
    items = _ITEM.split(text)
    if len(items) > 1:
        return [t for piece in items for t in _tiers(piece, sentence, line, item)]
    return _tiers(text, sentence, line, item)


_OF_FEES = re.compile(r"\s*(?:of|off)\s+(?:[\w']+\s+){0,5}(?:fees?|charges?|rent|rental|invoices?|bill|spend|price|cost|amounts?|payments?)\b", re.I)
_ITEM = re.compile(r"\n\s*(?=(?:[-*\u2022\u00b7]|\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[.)]|[1-9]\d?\.[1-9]\d?\s)\s|[A-Z][\w /&'()-]{2,48}:\s)")  # lines of a list or a card in one sentence


def _tiers(text: str, sentence: Sentence, line: bool, item: bool = False) -> list[RawTier]:
    if not line and (steps := _or_better(text, sentence)):
        return steps
    edges = [b for b in bands(text) if b.named or ((b.below or (0 if line else b.at_least) or 0) >= LEAST and not _OF_FEES.match(text, b.end))]
    if not edges or (is_rate(text) and not line):
        return []
    taken = [(b.start, b.end) for b in bands(text)]
    if line:
        rest = text[: edges[0].start] + text[edges[-1].end :]
        if len(edges) != 1 or len(rest.split()) > SPARE_WORDS:
            return []
    edges, taken = _with_rest(text, edges, taken, line)
    pieces = _between(text, taken)
    amounts = _amounts(pieces, text, line or item, len(edges) > 1)
    first = amounts[0][0] if amounts else None
    leads = first is not None and first < edges[0].start and not _each_followed(edges, [at for at, _ in amounts], len(text))
    if leads:  # "10 % if it is missed, 25 % if it is below 99 %": the nearest figure before a band is the credit for it
        amounts = [(start, a) for start, piece in pieces for a in [_prose_amount(_last_share(piece), line or item) or _days_by(piece, text)] if a and a.stated and not a.rate]
    if first is not None and first < edges[0].start and len(amounts) == len(edges) + 1 and all(any(b.end <= at for at, _ in amounts) for b in edges[-1:]) and _BASE.search(pieces[0][1]):
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


def _amounts(pieces: Sequence[tuple[int, str]], text: str, line: bool, steps: bool) -> list[tuple[int, CreditAmount]]:
    """The credits of the pieces between bands; once one is told in full, "below 99%, a week; below 98%, all of it" is understood."""
    found: list[tuple[int, CreditAmount]] = []
    for start, piece in pieces:
        amount = _prose_amount(piece, line) or _days_by(piece, text) or (_short_amount(piece) if found and steps else None)
        if amount and amount.stated and not amount.rate:
            found.append((start, amount))
    return found


_ENDS = re.compile(r"[\s,.;:)\]]+(?:(?:if|where|when|and|or|for|in|should|it|is|was|month|months|falls?|uptime|availability|a|the|any|that|which)[\s,;:]*)*$", re.I)
_SHORT = re.compile(r"\b(?:half|quarter|third|fifth|tenth|days?|weeks?|fortnight|month|all|whole|lot|everything|full)\b", re.I)


def _short_amount(piece: str) -> CreditAmount | None:
    """A later step's credit, where the noun is understood: `half`, `a quarter`, `one week`, `all of it`."""
    plain = _ENDS.sub("", _CAPPED.sub("", piece)).strip(" ,;:-")
    if not _SHORT.search(plain) or len(plain.split()) > SPARE_WORDS:
        return None
    return credit_amount(_NOT_MONEY.sub(" ", plain)) or credit_amount(f"{plain} of the fee")


_REST = re.compile(
    r"\b(?:anything|everything|all|any\s+(?:figure|month|value)|whatever\s+is|whatever)\s+(?:that\s+is\s+)?(?:lower|less|below|under|worse|beneath)(?:\s+(?:than\s+)?(?:that|this|it)\b)?"
    r"|\b(?:if|where|for|when|should\s+it\s+be)\s+(?:it\s+(?:is|was|falls?|drops?)\s+)?(?:even\s+|still\s+)?(?:lower|less|worse)(?:\s+(?:than\s+)?(?:that|this))?(?=\s*(?:[,.;:)]|still|$))"
    r"|\b(?:below|under|beneath|lower\s+than|worse\s+than|less\s+than)\s+(?:that|this)\b",
    re.I,
)


def _with_rest(text: str, edges: list[Band], taken: list[tuple[int, int]], line: bool) -> tuple[list[Band], list[tuple[int, int]]]:
    """The bands, and "anything lower" behind them as what is below them all."""
    lowers = [b.at_least for b in edges if b.at_least is not None]
    rest = None if line or not lowers or len(lowers) != len(edges) else _REST.search(text, edges[-1].end)
    if rest is None:
        return edges, taken
    return [*edges, Band(min(lowers), None, rest.start(), rest.end())], [*taken, (rest.start(), rest.end())]


def _each_followed(edges: Sequence[Band], amounts: Sequence[int], end: int) -> bool:
    """Whether each of several bands has a credit of its own behind it, whatever stands before the first: the month in "if in a month it is"."""
    until = [*(e.start for e in edges[1:]), end]
    return len(edges) > 1 and all(any(e.end <= at < stop for at in amounts) for e, stop in zip(edges, until, strict=True)) and len(amounts) == len(edges) + 1


_ELSE = re.compile(r"\b(?:in\s+(?:all|any|every)\s+other\s+cases?|otherwise|if\s+(?:it\s+(?:is|was)\s+)?(?:lower|less|below)(?:\s+than\s+that)?|else)\b", re.I)


def _or_better(text: str, sentence: Sentence) -> list[RawTier]:
    """Descending steps by their lower edges: `1% if uptime was 99.9% or better, 2% if it was 99.5% or better, and 5% in all other cases`."""
    edges = [b for b in bands(text) if b.at_least is not None and b.at_least >= LEAST]
    last = _ELSE.search(text)
    if not edges or last is None or is_rate(text):
        return []
    pieces = [text[a:b] for a, b in zip([0, *(e.end for e in edges)], [*(e.start for e in edges), len(text)], strict=True)]
    amounts = [_prose_amount(piece, False) for piece in pieces]
    least = min(e.at_least for e in edges if e.at_least is not None)
    bottom = Band(least, None, last.start(), last.end())
    if amounts[0] is None:  # "99.9% or better: 1%": the credit follows its band, and the last piece holds two
        return []
    steps = [*(replace(e, named=not k) for k, e in enumerate(edges)), bottom]
    return [RawTier(b, a, sentence) for b, a in zip(steps, amounts, strict=True) if a and a.stated and not a.rate]


_BASE = re.compile(r"\"|\b(?:missed|not\s+(?:met|achieved|reached|attained|kept)|breached|(?:miss|fail)(?:s|ed)?|falls?\s+(?:short|below))\b", re.I)
_MISSED = re.compile(r"\b(?:missed|not\s+(?:met|achieved|reached|attained|kept)|breached|(?:miss|fail)(?:s|ed)?)\b", re.I)


def _if_missed(piece: str, sentence: Sentence) -> list[RawTier]:
    """The credit for missing the service level itself, before that of a band: `10 % if it is missed, 25 % if it is below 99 %`."""
    shares = [v for v in values_of(piece) if isinstance(v.amount, Percent)]
    if len(shares) != 2 or not _MISSED.search(piece, shares[0].end, shares[1].start):
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


_CAPPED = re.compile(r"\b(?:maximum|not\s+exceed|up\s+to|at\s+most|capped)\b.*", re.I | re.S)
_NOT_MONEY = re.compile(r"\bwithin\b.{0,40}|\b(?:month|monthly|calendar|billing)\s+(?:uptime|availability|cycle|period)\b|\bone\s*\(1\)\s*calendar\s+month\b|\b(?:in|for|during|within)\s+(?:any|a|the|that|each|every)\s+(?:\w+\s+){0,2}month\b|\b[\w()]+\s+(?:month|week|day)s?['\u2019]?s?\s+(?:\w+\s+){0,2}notice\b", re.I | re.S)


def _prose_amount(piece: str, line: bool) -> CreditAmount | None:
    """The credit in the words beside a band; a percentage before any time."""
    plain = _CAPPED.sub("", piece)
    percents = re.search(r"%|per\s?cent(?!age)", plain, re.I)
    if not percents:
        plain = _NOT_MONEY.sub(" ", plain)
        if not line and not re.search(r"credit|refund|free|waive|fee|charge|rent|service|hosting|compensat|rebate|\bhalf\s+(?:of|off)\b|\bthe\s+(?:lot|whole)\b|\boff\b|\bback\b|deduct|bill|invoice|price|\bpay\b|nothing|\bowe", plain, re.I):
            return None
    amount = credit_amount(plain)
    if amount and amount.percent == 0 and not percents:
        return None
    return amount
