"""An availability in per cent, told as time: in each real month and a year, with and without maintenance."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from contractlens.reckoning.downtime import DAY, MONTHS, combined, downtime, effective_availability, iso, words
from contractlens.values import Duration

_QUARTERS = (90, 91, 92)
_SPANS = {n: n * DAY for n in (*MONTHS, *_QUARTERS, 365, 366)}
_LABELS = {28: " (February)", 29: " (leap February)", **dict.fromkeys(_QUARTERS, " (quarter)"), 365: " (year)", 366: " (leap year)"}


def as_json(percents: Sequence[Decimal], maintenance: Duration | None = None) -> str:
    """The allowed outage over each span as ISO 8601; where maintenance is allowed each month, how long it may be down in all."""
    told: dict[str, object] = {
        "percents": [float(p) for p in percents],
        "combined_percent": float(_short(combined(percents))),
        "maintenance_per_month": str(maintenance) if maintenance else None,
        "allowed_downtime": {f"{span}_days": iso(time) for span, time in _outages(percents, maintenance).items()},
        "with_maintenance": {f"{span}_days": iso(time) for span, time in _in_all(percents, maintenance).items()} if maintenance else None,
        "effective_percent": _effective(percents, maintenance) if maintenance else None,
    }
    return json.dumps(told, indent=2) + "\n"


def as_text(percents: Sequence[Decimal], maintenance: Duration | None = None) -> str:
    """The same in words, one span on a line."""
    share = f"{_short(combined(percents)):f} %"
    head = share if len(percents) == 1 else f"{' and '.join(f'{p:f} %' for p in percents)} in a row: {share}"
    lines = [f"{head}{f', after {maintenance.words()} of maintenance a month' if maintenance else ''}", ""]
    in_all = _in_all(percents, maintenance) if maintenance else {}
    for span, time in _outages(percents, maintenance).items():
        more = f"{words(in_all[span])} with maintenance" if span in in_all else ""
        lines.append(f"{_span(span):<26}{words(time):<18}{more}".rstrip())
    month, half = _outages(percents, maintenance)[31], "measured by the month, one that runs over a month's end can last twice as long"
    lines += ["", f"The longest single outage of a month: {words(month)}; {half} ({words(2 * month)})."]
    if maintenance:
        lines += ["", f"An average month is up for {_effective(percents, maintenance)} % of the time at the least."]
    return "\n".join(lines) + "\n"


@dataclass(frozen=True, slots=True)
class Allowance:
    """What an availability allows in a span of so many days: an outage, and maintenance beside it."""

    days: int
    span: str
    outage: timedelta
    maintenance: timedelta


def allowances(percents: Sequence[Decimal], maintenance: Duration | None = None) -> list[Allowance]:
    """The allowance of each span, the shortest first."""
    outages = _outages(percents, maintenance)
    in_all = _in_all(percents, maintenance) if maintenance else outages
    return [Allowance(days, _span(days), outage, in_all[days] - outage) for days, outage in outages.items()]


def _span(days: int) -> str:
    return f"{days} days{_LABELS.get(days, '')}"


def _outages(percents: Sequence[Decimal], maintenance: Duration | None) -> dict[int, timedelta]:
    """What may fail beside maintenance, which does not count."""
    if not maintenance:
        return {span: downtime(combined(percents), time) for span, time in _SPANS.items()}
    return {span: max(time - _upkeep(span, maintenance), timedelta()) for span, time in _in_all(percents, maintenance).items()}


def _in_all(percents: Sequence[Decimal], maintenance: Duration) -> dict[int, timedelta]:
    """What may fail, and maintenance with it."""
    return {span: downtime(_after(percents, maintenance, span), time) for span, time in _SPANS.items()}


def _after(percents: Sequence[Decimal], maintenance: Duration, span: int) -> Decimal:
    effective_availability(100, maintenance)  # says what is wrong with a maintenance that has no fixed length
    return effective_availability(combined(percents), Duration(int(_upkeep(span, maintenance).total_seconds()), "second"), _SPANS[span])


def _upkeep(span: int, maintenance: Duration) -> timedelta:
    """The maintenance in a span: that of one month, of three in a quarter, of twelve in a year."""
    return timedelta(seconds=float(maintenance.seconds or 0)) * (12 if span > 92 else 3 if span in _QUARTERS else 1)


def _effective(percents: Sequence[Decimal], maintenance: Duration) -> float:
    return float(round(effective_availability(combined(percents), maintenance), 2))


def _short(percent: Decimal) -> Decimal:
    return round(percent, 6).normalize()
