"""What a credit amounts to, in a table's cell or in a few words: per cent, days of service, or a rate by the time or the point.

A month of service is 100 % of the month's fee; a week is seven days. A rate ("5% for each 30 minutes") is never a flat credit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from contractlens.language.amounts import amounts
from contractlens.language.value import Value
from contractlens.values import Duration, Percent

_MONTHS_WORTH = re.compile(
    r"(?P<half>(?:one[\s-])?half\s+(?:of\s+)?)?(?P<count>an?|one|two|three|1|2|3)?\s*(?:\(\d\)\s*)?(?:full|free|whole|entire)?\s*(?:month(?:'?s)?(?:'s)?(?:\s+free)?|months'?)\b", re.I
)
_COUNTS = {"a": 1, "an": 1, "one": 1, "1": 1, "two": 2, "2": 2, "three": 3, "3": 3, "four": 4, "five": 5, "seven": 7, "nine": 9}
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10, "twelfth": 12, "twentieth": 20}
_PART = re.compile(  # "one tenth of one month's fee"; a thirtieth of it is a day's worth
    r"\b(?:(?P<top>an?|one|two|three|four|five|seven|nine|1|2|3)[\s-]+|(?=half))(?P<bottom>half|third|quarter(?=s?\s+of)|fourth|fifth|sixth|eighth|tenth|twelfth|twentieth)s?\s*(?:\(\s*\d\s*/\s*\d{1,2}(?:th|rd)?\s*\)\s*)?(?:of\s+)?"
    r"(?:(?:the|that|one|an?|its|your|our|such)\s+)?(?:\(1\)\s+)?(?:[\w-]+\s+){0,2}?(?:month(?:'s|ly)?|fees?|charges?|rent(?:al)?|subscription|bill|invoice|price|payment|cost|hire|it|them)\b",
    re.I,
)
_BY_PART = re.compile(r"\bby\s+(?:(?P<top>an?|one|two|three|four|five|seven|nine)[\s-]+|(?=half))(?P<bottom>half|third|quarter|fourth|fifth|sixth|eighth|tenth|twelfth|twentieth)s?\b", re.I)
_FULL = re.compile(r"\b(?:full|entire|whole|total|all(?:\s+of)?|complete)\s+(?:of\s+)?(?:the\s+|that\s+)?(?:month(?:ly)?|recurring|service)?\s*(?:'s\s+)?(?:fees?|charges?|refund|credit|month)\b|\bwaived?\b|\bmonth\s+(?:is\s+|will\s+be\s+|shall\s+be\s+)?(?:free|on\s+us|at\s+no\s+(?:charge|cost))\b|\b(?:no|without)\s+(?:fee|charge)\b|\ball\s+of\s+(?:it|them)\b|\beverything\b|\bthe\s+(?:lot|whole\s+(?:of\s+it|amount|sum|thing|fee|bill|price|month|invoice))\b|\b(?:refunded|credited|returned|given\s+back|paid\s+back|waived)\s+in\s+full\b|\b(?:nothing|no\s+fee)\s+is\s+(?:due|payable|owed|charged)\b|\b(?:pay|owe|pays|owes)\s+nothing\b|\bfree\s+of\s+charge\b", re.I)
_NONE = re.compile(r"\s*(?:none|nil|no(?:\s+(?:\w+\s+){0,2}(?:credits?|compensation|refunds?))?|n\s*/?\s*a|not\s+applicable|-+|0|zero)\W*", re.I)
_RATE = re.compile(r"\b(?:per|for\s+(?:each|every|any)|each|every)\s+(?:additional\s+|full\s+|further\s+|complete\s+|continuous\s+|consecutive\s+|started\s+|commenced\s+|whole\s+|(?:block|period)s?\s+of\s+|1/10(?:th)?\s+of\s+)*$", re.I)
_RATE_UNIT = re.compile(r"\s*\(?\s*(?:per|for\s+(?:each|every)|each|every|/)\s+(?:additional\s+|full\s+|further\s+)?(?:hour|minute|day|percentage\s+point|point|percent)\b", re.I)
_RATE_TIME = re.compile(r"\b(?:for\s+(?:each|every)|per|each|every)\s+(?:additional\s+|full\s+|started\s+|whole\s+|further\s+|cumulative\s+)*(?:hour|minute|day)\b", re.I)
_RATE_POINTS = re.compile(  # "for each 0.1 percentage point"
    r"\b(?:for\s+(?:each|every)|per|each|every)\s+(?:full\s+|whole\s+|further\s+|additional\s+)*(?:\d+(?:[.,]\d+)?\s+|(?:one[\s-])?(?:tenth|half)\s+(?:of\s+)?(?:an?\s+|one\s+)?)?(?:percentage[\s-]+|per\s?cent[\s-]+)?points?\b", re.I
)
LONGEST_RATE = 80  # characters of "for every additional consecutive"
LEAST_LEVEL = Decimal(97)
_BELOW = re.compile(r"\s*(?:below|under|less\s+than)\b", re.I)
_WEEK = re.compile(r"\b(?P<count>an?|one|two|1|2)\s+(?:full\s+|free\s+|whole\s+)?week", re.I)


@dataclass(frozen=True, slots=True)
class CreditAmount:
    """A credit: `percent` of the period's fee, or `days` of service; `rate` where it is due for each such time or point."""

    percent: Decimal | None = None
    days: Decimal | None = None
    rate: bool = False

    @property
    def stated(self) -> bool:
        return self.percent is not None or self.days is not None


def credit_amount(text: str) -> CreditAmount | None:
    """The credit that a cell or a few words state; None where they state none.

    >>> credit_amount("10% of the monthly fee").percent, credit_amount("One month's fee").percent, credit_amount("3 days of service").days
    (Decimal('10'), Decimal('100'), Decimal('3'))
    >>> credit_amount("5% for each 30 minutes").rate, credit_amount("No Service Credit").percent
    (True, Decimal('0'))
    """
    plain = text.replace("\\", " ").strip(" []()")
    if _NONE.fullmatch(plain):
        return CreditAmount(percent=Decimal(0))
    values = amounts(text)
    rate = is_rate(text, values)
    percents = [v.amount.value for v in values if isinstance(v.amount, Percent) and not is_level(v.amount.value) and not _per_point(text, v)]
    if percents:
        return CreditAmount(percent=percents[0], rate=rate)
    if part := part_of(text):
        return CreditAmount(percent=part.percent, rate=rate)
    times = [v for v in values if isinstance(v.amount, Duration) and not _after_rate(text, v)]
    for value in times:
        assert isinstance(value.amount, Duration)
        worth = worth_of(value.amount, text[max(0, value.start - 16) : value.start])
        if worth:
            return CreditAmount(worth.percent, worth.days, rate)
    if week := _WEEK.search(text):
        return CreditAmount(days=Decimal(7 * _COUNTS[week.group("count").lower()]), rate=rate)
    if _FULL.search(text):
        return CreditAmount(percent=Decimal(100), rate=rate)
    month = _MONTHS_WORTH.search(text)
    if month and (month.group("count") or month.group("half")):
        count = Decimal(_COUNTS[(month.group("count") or "1").lower()])
        return CreditAmount(percent=count * (50 if month.group("half") else 100), rate=rate)
    return None


def is_level(percent: Decimal) -> bool:
    """Whether a percentage is a service level and no credit: credits are all of the fee, or well below it."""
    return LEAST_LEVEL <= percent < 100


def part_of(text: str) -> CreditAmount | None:
    """A part of the fee in words: `one quarter of your monthly fee`, `by a tenth`."""
    low = text.lower()
    if not any(part in low for part in _PARTS):
        return None
    part = _PART.search(text) or _BY_PART.search(text)
    if part is None:
        return None
    share = Decimal(100) * _COUNTS[(part.group("top") or "one").lower()] / _PARTS[part.group("bottom").lower()]
    return CreditAmount(percent=share.quantize(Decimal("0.01")).normalize() + 0)


def worth_of(time: Duration, before: str = "") -> CreditAmount | None:
    """A time of service as a credit: months as per cent of a month's fee, weeks and days as days, hours as parts of a day.

    >>> worth_of(Duration(1, "month")).percent, worth_of(Duration(1, "week")).days
    (Decimal('100'), Decimal('7'))
    """
    count = Decimal(time.count)
    half = Decimal("0.5") if re.search(r"\bhalf\s+(?:of\s+)?$", before, re.I) else Decimal(1)
    if time.unit == "month":
        return CreditAmount(percent=count * 100 * half)
    if time.unit in ("day", "week"):
        return CreditAmount(days=count * half * (7 if time.unit == "week" else 1))
    if time.unit == "hour":
        return CreditAmount(days=count * half / 24)
    return None


def is_rate(text: str, values: list[Value] | None = None) -> bool:
    """Whether the credit grows with the time or the points missed: "for each 30 minutes", "per 1% below"."""
    values = amounts(text) if values is None else values
    if any(_after_rate(text, v) for v in values if isinstance(v.amount, Duration | Percent)):
        return True
    if _RATE_TIME.search(text) or _RATE_POINTS.search(text):
        return True
    return any(_RATE_UNIT.match(text, v.end) for v in values if isinstance(v.amount, Duration | Percent)) or bool(re.search(r"\bper\s+(?:hour|minute|day)\s+of\b", text, re.I))


def _per_point(text: str, value: Value) -> bool:
    """Whether the percentage is what the rate counts in: the 5% of "3% per 5% below"."""
    before = text[: value.start]
    return _after_rate(text, value) or (bool(_BELOW.match(text, value.end)) and bool(re.search(r"%|per\s?cent", before, re.I)))


def _after_rate(text: str, value: Value) -> bool:
    """Whether "for each", "per additional" or the like stands right before a figure."""
    return bool(_RATE.search(text, max(0, value.start - LONGEST_RATE), value.start))
