"""Which days are working days where a contract's law holds.

Saturdays and Sundays never are. Public holidays are those of the state or country that the governing law names; where it names
none that we know, only weekends are days off. Where it names several, a holiday in any of them is a day off, so that a day
counted back from the end of a term is never too late.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from contractlens.reckoning.reach import CannotReckon, shift

_REGIONS: dict[str, dict[str, str]] = {
    "US": {
        "Alabama": "AL", "Alaska": "AK", "Arizona": "AZ", "Arkansas": "AR", "California": "CA", "Colorado": "CO", "Connecticut": "CT",
        "Delaware": "DE", "District of Columbia": "DC", "Washington, D.C.": "DC", "Washington D.C.": "DC", "Washington, DC": "DC",
        "Florida": "FL", "Georgia": "GA", "Hawaii": "HI", "Idaho": "ID", "Illinois": "IL", "Indiana": "IN", "Iowa": "IA",
        "Kansas": "KS", "Kentucky": "KY", "Louisiana": "LA", "Maine": "ME", "Maryland": "MD", "Massachusetts": "MA", "Michigan": "MI",
        "Minnesota": "MN", "Mississippi": "MS", "Missouri": "MO", "Montana": "MT", "Nebraska": "NE", "Nevada": "NV",
        "New Hampshire": "NH", "New Jersey": "NJ", "New Mexico": "NM", "New York": "NY", "North Carolina": "NC", "North Dakota": "ND",
        "Ohio": "OH", "Oklahoma": "OK", "Oregon": "OR", "Pennsylvania": "PA", "Puerto Rico": "PR", "Rhode Island": "RI",
        "South Carolina": "SC", "South Dakota": "SD", "Tennessee": "TN", "Texas": "TX", "Utah": "UT", "Vermont": "VT",
        "Virginia": "VA", "Washington": "WA", "West Virginia": "WV", "Wisconsin": "WI", "Wyoming": "WY",
    },
    "CA": {
        "Alberta": "AB", "British Columbia": "BC", "Manitoba": "MB", "New Brunswick": "NB", "Newfoundland": "NL", "Nova Scotia": "NS",
        "Northwest Territories": "NT", "Nunavut": "NU", "Ontario": "ON", "Prince Edward Island": "PE", "Quebec": "QC", "Québec": "QC",
        "Saskatchewan": "SK", "Yukon": "YT",
    },
    "GB": {"England": "ENG", "Wales": "WLS", "Scotland": "SCT", "Northern Ireland": "NIR"},
    "AU": {
        "Australian Capital Territory": "ACT", "New South Wales": "NSW", "Northern Territory": "NT", "Queensland": "QLD",
        "South Australia": "SA", "Tasmania": "TAS", "Victoria": "VIC", "Western Australia": "WA",
    },
    "DE": {"Bavaria": "BY", "Berlin": "BE", "Hamburg": "HH", "Hesse": "HE", "Saxony": "SN"},
}  # fmt: skip
_COUNTRIES = {
    "Argentina": "AR", "Australia": "AU", "Austria": "AT", "Belgium": "BE", "Brazil": "BR", "Canada": "CA", "Chile": "CL", "China": "CN",
    "Colombia": "CO", "Czech Republic": "CZ", "Czechia": "CZ", "Denmark": "DK", "Finland": "FI", "France": "FR", "Germany": "DE",
    "Great Britain": "GB", "Greece": "GR", "Hong Kong": "HK", "Hungary": "HU", "India": "IN", "Ireland": "IE", "Israel": "IL",
    "Italy": "IT", "Japan": "JP", "Kazakhstan": "KZ", "Korea": "KR", "Luxembourg": "LU", "Malaysia": "MY", "Mexico": "MX",
    "Netherlands": "NL", "New Zealand": "NZ", "Norway": "NO", "Papua New Guinea": "PG", "Philippines": "PH", "Poland": "PL",
    "Portugal": "PT", "Romania": "RO", "Singapore": "SG", "South Africa": "ZA", "Spain": "ES", "Sweden": "SE", "Switzerland": "CH",
    "Taiwan": "TW", "Thailand": "TH", "Turkey": "TR", "UAE": "AE", "United Arab Emirates": "AE", "United Kingdom": "GB",
    "United States": "US", "Vietnam": "VN",
}  # fmt: skip
_CODES = {name.lower(): f"{country}-{code}" for country, names in _REGIONS.items() for name, code in names.items()}
_CODES |= {name.lower(): code for name, code in _COUNTRIES.items()}
# the longest name first: "West Virginia" is not Virginia, "Northern Ireland" not Ireland
_PLACE = re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(name) for name in sorted(_CODES, key=len, reverse=True))})(?!\w)", re.I)

MOST = 2600  # business days in ten years: no notice is longer, and a slip of the pen must not keep us counting


@lru_cache(maxsize=256)
def calendars(governing_law: str | None) -> tuple[str, ...]:
    """The holiday calendars of a governing law, by their ISO 3166 codes; none where it names no place that we know.

    >>> calendars("the laws of the State of New York"), calendars("England and Wales"), calendars("Ontario, Canada")
    (('US-NY',), ('GB-ENG', 'GB-WLS'), ('CA-ON',))
    >>> calendars("Federal Republic of Germany"), calendars(None)
    (('DE',), ())
    """
    found = dict.fromkeys(_CODES[place.group().lower()] for place in _PLACE.finditer(governing_law or ""))
    narrower = {code.partition("-")[0] for code in found if "-" in code}
    return tuple(code for code in found if code not in narrower)


def is_working_day(day: date, governing_law: str | None = None) -> bool:
    """Whether business is done on a day.

    >>> is_working_day(date(2026, 11, 26)), is_working_day(date(2026, 11, 26), "State of Delaware")    # Thanksgiving
    (True, False)
    """
    return day.weekday() < 5 and not any(day in _days_off(code, day.year) for code in calendars(governing_law))


def working_day_before(day: date, governing_law: str | None = None) -> date:
    """The last working day before a day, the day itself not counted.

    >>> working_day_before(date(2027, 1, 31))                          # a Sunday
    datetime.date(2027, 1, 29)
    """
    return count_working_days(day, -1, governing_law)


def count_working_days(anchor: date, count: int, governing_law: str | None = None) -> date:
    """The working day that many working days after `anchor`, or before it where `count` is negative; the anchor is day nought.

    >>> count_working_days(date(2027, 2, 28), -5), count_working_days(date(2026, 12, 24), 1, "England")
    (datetime.date(2027, 2, 22), datetime.date(2026, 12, 29))
    """
    if abs(count) > MOST:
        raise CannotReckon(f"{abs(count)} business days are more than ten years' worth")
    day, step = anchor, 1 if count > 0 else -1
    for _ in range(abs(count)):
        day = shift(day, step)
        while not is_working_day(day, governing_law):
            day = shift(day, step)
    return day


@lru_cache(maxsize=512)
def _days_off(code: str, year: int) -> frozenset[date]:
    """The holidays, and the country's own weekends, of one year."""
    import holidays  # slow to load, and few contracts count in business days

    country, _, region = code.partition("-")
    calendar = holidays.country_holidays(country, subdiv=region or None, years=year)
    first = date(year, 1, 1)
    days = (first + timedelta(days=n) for n in range((date(year, 12, 31) - first).days + 1))
    return frozenset(day for day in days if day in calendar or day.weekday() in calendar.weekend)
