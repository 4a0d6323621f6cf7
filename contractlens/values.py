"""Amounts as a contract states them: durations, percentages, money.

Nothing is converted: two months stay two months, because no number of days is two months.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

Unit = Literal["second", "minute", "hour", "day", "week", "month", "year"]
UNITS: tuple[Unit, ...] = ("second", "minute", "hour", "day", "week", "month", "year")

_ISO = re.compile(
    r"P(?:(?P<year>\d+(?:\.\d+)?)Y)?(?:(?P<month>\d+(?:\.\d+)?)M)?(?:(?P<week>\d+(?:\.\d+)?)W)?(?:(?P<day>\d+(?:\.\d+)?)D)?"
    r"(?:T(?:(?P<hour>\d+(?:\.\d+)?)H)?(?:(?P<minute>\d+(?:\.\d+)?)M)?(?:(?P<second>\d+(?:\.\d+)?)S)?)?"
)
_LETTER = {"year": "Y", "month": "M", "week": "W", "day": "D", "hour": "H", "minute": "M", "second": "S"}
_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800}


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time in one unit; `business` where business (working) days are meant.

    >>> str(Duration(30, "day")), str(Duration(8, "hour")), Duration(1, "year").words()
    ('P30D', 'PT8H', '1 year')
    """

    count: int | Decimal
    unit: Unit
    business: bool = False

    @classmethod
    def parse(cls, text: str) -> Duration:
        """Read an ISO 8601 duration of one unit (`P30D`); of several, the sum in the smallest (`P1Y6M` is 18 months)."""
        match = _ISO.fullmatch(text.strip().upper())
        parts: dict[str, Decimal] = {k: Decimal(v) for k, v in match.groupdict().items() if v} if match else {}
        if not parts:
            raise ValueError(f"{text!r} is not an ISO 8601 duration, such as P30D, P6M or PT8H")
        if set(parts) == {"year", "month"}:
            return cls(_whole(parts["year"] * 12 + parts["month"]), "month")
        if len(parts) > 1:
            if {"year", "month"} & set(parts):
                raise ValueError(f"{text!r} mixes months with days: state it in one unit, such as P45D")
            smallest: Unit = next(u for u in UNITS if u in parts)
            seconds = sum((value * _SECONDS[unit] for unit, value in parts.items()), Decimal(0))
            return cls(_whole(seconds / _SECONDS[smallest]), smallest)
        unit, count = next(iter(parts.items()))
        return cls(_whole(count), unit)  # type: ignore[arg-type]

    def __str__(self) -> str:
        time = "T" if self.unit in ("hour", "minute", "second") else ""
        return f"P{time}{self.count}{_LETTER[self.unit]}"

    def words(self) -> str:
        """In words a person reads: `30 days`, `5 business days`, `1 year`."""
        business = "business " if self.business else ""
        return f"{self.count} {business}{self.unit}{'' if self.count == 1 else 's'}"

    @property
    def months(self) -> int | None:
        """The whole calendar months it counts, where it counts in months or years."""
        months = self.count * {"month": 1, "year": 12}.get(self.unit, 0)
        return int(months) if months and months == int(months) else None

    @property
    def seconds(self) -> Decimal | None:
        """Its fixed length in seconds; None for months, years and business days, which have none."""
        if self.business or self.unit not in _SECONDS:
            return None
        return Decimal(self.count) * _SECONDS[self.unit]

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        def read(value: Any) -> Duration:
            return value if isinstance(value, Duration) else cls.parse(str(value))

        return core_schema.no_info_before_validator_function(
            read,
            core_schema.is_instance_schema(cls),
            serialization=core_schema.to_string_ser_schema(),
            json_schema_input_schema=core_schema.str_schema(),
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: Any) -> dict[str, Any]:
        return {"type": "string", "format": "duration", "examples": ["P30D"]}


def compare(a: Duration, b: Duration) -> int | None:
    """-1, 0 or 1 as `a` is shorter than, equal to or longer than `b`; None where the units cannot tell.

    A month has 28 to 31 days, and a year 365 or 366, so 61 days are longer than one month but cannot be told from two.

    >>> compare(Duration(2, "month"), Duration(60, "day")) is None, compare(Duration(1, "year"), Duration(12, "month"))
    (True, 0)
    """
    (a_low, a_high), (b_low, b_high) = _days(a), _days(b)
    if a.months and b.months:
        return (a.months > b.months) - (a.months < b.months)
    if a.unit == b.unit and a.business == b.business:
        return (a.count > b.count) - (a.count < b.count)
    if a_low == a_high == b_low == b_high:
        return 0
    if a_low > b_high:
        return 1
    if a_high < b_low:
        return -1
    return None


def _days(duration: Duration) -> tuple[float, float]:
    """The fewest and the most days that it can be."""
    n = float(duration.count)
    if duration.business:
        return n, n * 2 + 4  # five days in a week of seven, and holidays
    low, high = {"month": (28, 31), "year": (365, 366)}.get(duration.unit, (0, 0))
    if low:
        return (n * 365.0 / 12 - 3, n * 366.0 / 12 + 3) if duration.unit == "month" and n > 1 else (n * low, n * high)
    seconds = float(duration.seconds or 0)
    return seconds / 86400, seconds / 86400


def _whole(value: Decimal) -> int | Decimal:
    return int(value) if value == value.to_integral_value() else value.normalize()


@dataclass(frozen=True, slots=True)
class Money:
    """An amount and its ISO 4217 currency; None where the symbol leaves it open."""

    amount: Decimal
    currency: str | None = None

    def words(self) -> str:
        return f"{self.currency or ''} {self.amount:,.2f}".strip()


@dataclass(frozen=True, slots=True)
class Percent:
    """A percentage as stated: `Percent(Decimal("99.9"))`."""

    value: Decimal

    def words(self) -> str:
        return f"{self.value.normalize():f} %"
