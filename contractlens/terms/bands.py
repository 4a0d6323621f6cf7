"""Bands of availability, in a table's cell or in a sentence: one grammar for `< 99.9% and >= 99.0%`, `95.00-98.99`, `below 99%`.

A band is half-open: `below` is its open upper edge, `at_least` its closed lower one. A band printed as a closed range is
joined to its neighbour where the two are one unit of their last digit apart: "95.00-98.99" beside "99.00-99.89" is below 99.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from contractlens.language.amounts import amounts
from contractlens.terms.band_words import (
    AT_LEAST,
    AT_MOST,
    BARE,
    CHAIN,
    DOWN_TO,
    ENDS,
    EXCLUDED,
    FROM_ZERO,
    INCLUDED,
    INTERVAL,
    JOIN,
    LESS,
    MORE,
    NAMED,
    NOUNS,
    OPENS_RANGE,
    RANGE,
    SHARED,
    SIGNS,
    SUFFIXES,
    TO,
    TO_BELOW,
    UNDER_IT,
    UP_TO,
)
from contractlens.values import Percent

MOST_DOWN = Decimal(20)  # per cent; credits are often more than that, and shares of downtime less
LOWEST = Decimal(40)  # an edge of a band of availability is no smaller; credits mostly are


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of availability; `closed` where the document prints `below` as part of the band. Offsets are the text's."""

    below: Decimal | None
    at_least: Decimal | None
    start: int
    end: int
    closed: bool = False
    named: bool = False  # the upper edge is "the SLA", not a figure
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class _Edge:
    """A figure of the text, and what the words beside it make of it: `<`, `<=`, `>`, `>=`, or nothing."""

    value: Decimal
    sign: str
    start: int
    end: int
    decimals: int


def bands(text: str, *, bare: bool = False, down: bool = False) -> list[Band]:
    """The bands of a text in order. With `bare`, figures from 40 to 100 without a per cent sign are read too.

    With `down`, its figures are shares of downtime: "more than 0.1% but not more than 1%" is below 99.9 and at least 99.

    >>> [(str(b.below), str(b.at_least)) for b in bands("less than 99.9% but equal to or greater than 99.0%")]
    [('99.9', '99.0')]
    >>> [(str(b.below), str(b.at_least), b.closed) for b in bands("95.00 - 98.99", bare=True)]
    [('98.99', '95.00', True)]
    """
    if not down:
        text = FROM_ZERO.sub(lambda m: "<=".ljust(len(m.group())), text)
    edges = _edges(text, bare, Decimal(0) if down else LOWEST, MOST_DOWN if down else Decimal(100))
    low = text.lower()
    found: list[Band] = []
    i = 0
    while i < len(edges):
        band = _pair(edges[i], edges[i + 1], low) if i + 1 < len(edges) else None
        if band:
            found.append(band)
            i += 2
            continue
        band = _alone(edges[i])
        if band:
            found.append(band)
        i += 1
    return [_turned(b) for b in found] if down else _with_names(low, found)


_POINTS = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:(?:percentage|per\s?cent|%)[\s-]*points?|points?\b|p\.?p\.?)", re.I)


def in_points(text: str, *, bare: bool = True) -> str:
    """Points of availability as per cent: `up to 0.5 percentage points` as `up to 0.5%`; with `bare`, its other figures, too.

    >>> in_points("more than 0.5, up to 1.0 percentage points")
    'more than 0.5%, up to 1.0%'
    """
    text = _POINTS.sub(r"\1%", text)
    return re.sub(r"(?<![\d.,])(\d+[.,]\d+)(?![\d%]|\s*%)", r"\1%", text) if bare else text


def _turned(band: Band) -> Band:
    """A band of downtime as one of availability."""
    below, at_least = (None if v is None else 100 - v for v in (band.at_least, band.below))
    return replace(band, below=below, at_least=at_least, closed=False)


def _edges(text: str, bare: bool, least: Decimal, most: Decimal) -> list[_Edge]:
    values = [(v.start, v.end, v.amount.value) for v in amounts(text) if isinstance(v.amount, Percent)]
    if bare:
        taken = [(a, b) for a, b, _ in values]
        more = [(m.start(1), m.end(1), Decimal(m.group(1).replace(",", "."))) for m in BARE.finditer(text)]
        values += [v for v in more if LOWEST <= v[2] <= 100 and all(v[1] <= a or b <= v[0] for a, b in taken)]
    else:  # "98.0-98.9%": the sign of the second figure is that of the first
        values += [(m.start(1), m.end(1), Decimal(m.group(1).replace(",", "."))) for m in BARE.finditer(text) if any(SHARED.fullmatch(text, m.end(1), a) for a, _, _ in values)]
    values = sorted(v for v in values if least <= v[2] <= most)
    low = text.lower().replace("\\", " ")
    edges, before = [], 0
    for i, (start, end, value) in enumerate(values):
        until = values[i + 1][0] if i + 1 < len(values) else len(low)
        left, right = low[before:start], low[end:until]
        sign = next((s for s, p in SIGNS if p.search(left)), "")
        behind = None if sign else next(((s, m.end()) for s, p in SUFFIXES if (m := p.match(right))), None)
        sign = behind[0] if behind else sign
        figures = re.search(r"\d+[.,](\d+)", text[start:end])
        edges.append(_Edge(value, sign, start, end, max(len(figures.group(1)) if figures else 0, _decimals(value))))
        before = end + (behind[1] if behind else 0)  # "94.9% or below: 100% of the fee" is no band below 100
    return edges


def _pair(a: _Edge, b: _Edge, low: str) -> Band | None:
    """The band that two neighbouring figures make, if they make one."""
    between = low[a.end : b.start].replace("\\", " ")
    lower, upper = min(a, b, key=lambda e: e.value), max(a, b, key=lambda e: e.value)
    start, end, decimals = a.start, b.end, max(a.decimals, b.decimals)
    if lower.value == upper.value:
        return None
    if (chain := CHAIN.fullmatch(between)) and (chain.group("a")[0] in "<\u2264=") == (chain.group("b")[0] in "<\u2264="):  # "98.5% <= x < 99.5%"
        upper_sign = chain.group("a" if upper is a else "b")
        return Band(upper.value, lower.value, start, end, closed=upper_sign not in ("<", ">"), decimals=decimals)
    if a is upper and a.sign in ("", "<", "<=") and (DOWN_TO.fullmatch(between) or (a.sign and not b.sign and lower.value >= 70 and TO.fullmatch(between))):  # "below 99.5% down to and including 99.0%"
        return Band(upper.value, lower.value, start, end, closed=a.sign != "<", decimals=decimals)
    if TO_BELOW.fullmatch(between) and a is lower and a.sign in ("", ">", ">="):  # "99.00% to < 99.99%"
        return Band(upper.value, lower.value, start, end, decimals=decimals)
    if a is lower and (opened := _interval(low, a, b, between)):
        return Band(upper.value, lower.value, start, end, closed=opened == "closed", decimals=decimals)
    if lower.sign in (">", ">=") and upper.sign in ("<", "<=") and _joined(between):
        return Band(upper.value, lower.value, start, end, closed=upper.sign == "<=", decimals=decimals)
    plain = (not b.sign or (b.sign == "<=" and UP_TO.fullmatch(between) is not None)) and a.sign in ("", "<=", ">=")
    if plain and RANGE.fullmatch(between):
        if re.search(r"\band\b", between) and not OPENS_RANGE.search(low[: a.start]):
            return None  # "99% and 99.9%" are two figures, "between 99% and 99.9%" is a band
        return Band(upper.value, lower.value, start, end, closed=True, decimals=decimals)
    return None


def _interval(low: str, a: _Edge, b: _Edge, between: str) -> str:
    """Whether a range's upper end is left out, as in `[99.0%, 99.5%)` and `99.0% inclusive to 99.5% exclusive`: "open", "closed", or ""."""
    if INTERVAL.fullmatch(between):
        opens, closes = low[: a.start].rstrip()[-1:], low[b.end :].lstrip(" %")[:1]
        return ("open" if closes in ")[" else "closed") if (opens in tuple("[(]") and closes in tuple(")[]") and "[" in opens + closes) or "]" in opens + closes else ""
    return "open" if INCLUDED.fullmatch(between) and EXCLUDED.match(low, b.end) else ""


def _joined(between: str) -> bool:
    """Whether only the words of the second comparison, and what joins the two, stand between the figures."""
    rest = between
    for part in (AT_LEAST, AT_MOST, LESS, MORE):
        rest = re.sub(part, " ", rest)
    rest = NOUNS.sub(" ", rest)
    return JOIN.fullmatch(rest) is not None or len(rest.split()) <= 3


def _alone(edge: _Edge) -> Band | None:
    if edge.sign in ("<", "<="):
        return Band(edge.value, None, edge.start, edge.end, closed=edge.sign == "<=", decimals=edge.decimals)
    if edge.sign in (">", ">="):
        return Band(None, edge.value, edge.start, edge.end, decimals=edge.decimals)
    return None


def _with_names(low: str, found: list[Band]) -> list[Band]:
    """Bands whose upper edge is a name: "< SLA and >= 99.0%"."""
    for m in NAMED.finditer(low):
        near = [b for b in found if b.below is None and 0 <= b.start - m.end() <= 40]
        if near:
            at = found.index(near[0])
            found[at] = replace(found[at], named=True, start=m.start())
        elif not any(b.start <= m.end() + 30 and b.below is not None and m.start() <= b.end and not ENDS.search(low, m.end(), max(b.start, m.end())) for b in found):
            found.append(Band(None, None, m.start(), m.end(), named=True))
    found += [Band(None, None, m.start(), m.end(), named=True) for m in UNDER_IT.finditer(low) if "%" in low[m.end() :]]  # "10% off if we're under that, 30% if under 99%"
    return sorted(found, key=lambda b: b.start)


def half_open(rows: Sequence[Band], tops: Iterable[Decimal] = ()) -> list[Band]:
    """The bands of one table or list as half-open ones; `tops` are the figures that the vendor commits to.

    Cumulative rows ("less than 99.9", "less than 99.5") end where the next begins, as do rows with a lower edge alone.

    >>> b = lambda below, at_least, closed=False: Band(below and Decimal(below), at_least and Decimal(at_least), 0, 0, closed)
    >>> [(str(x.below), str(x.at_least)) for x in half_open([b("99.9", None), b("99.5", None)])]
    [('99.9', '99.5'), ('99.5', 'None')]
    """
    lowers = {b.at_least for b in rows if b.at_least is not None}
    uppers = {b.below for b in rows if b.below is not None}
    made = [replace(b, below=_opened(b, lowers, uppers, set(tops)), closed=False) if b.closed and b.below is not None else b for b in rows]
    uppers = {b.below for b in made if b.below is not None}
    edges = uppers | {b.at_least for b in made if b.at_least is not None}
    out = []
    for b in made:
        if (b.below is not None or b.named) and b.at_least is None and len(made) > 1:
            b = replace(b, at_least=max((u for u in uppers if b.below is None or u < b.below), default=None))
        elif b.below is None and not b.named and b.at_least is not None:
            above = min((e for e in edges if e > b.at_least), default=None)
            others_open = all(x.below is None or x.at_least is None for x in rows)
            b = replace(b, below=above) if others_open and above is not None else b
        out.append(b)
    return out


def _opened(band: Band, lowers: set[Decimal], uppers: set[Decimal], tops: set[Decimal]) -> Decimal:
    """The open upper edge of a band that is printed closed."""
    assert band.below is not None
    edge = band.below
    if edge in tops or edge in lowers - {band.at_least}:
        return edge
    unit = Decimal(1).scaleb(-band.decimals)
    finer = Decimal(1).scaleb(-max([band.decimals, *(_decimals(v) for v in lowers | tops)]))
    for step in (unit, finer):
        if edge + step in lowers | tops:
            return edge + step
    nines = str(edge).endswith(("9", "4")) and band.at_least is not None and band.decimals > 0
    return min(edge + unit, Decimal(100)) if nines else edge


def _decimals(value: Decimal) -> int:
    return max(0, -int(value.as_tuple().exponent))
