"""Texts that almost say what the rules look for, over and over."""

NEAR_MISSES = {
    "unless without end": "unless ",
    "opening brackets": "( ",
    "numbers": "thirty (30) ",
    "digits": "1234567890",
    "commas in figures": "1,000,",
    "dates": "January 1, ",
    "quotes": "“Term ",
    "sections": "1.1.1.1. ",
    "pipes": "a | ",
    "white space": " \t",
    "line breaks": "\n \n",
    "blanks to fill in": "____ ",
    "capitals": "PROVIDER ",
    "renewals": "renew automatically for successive periods of ",
    "posting": "may change these terms by ",
    "credits": "a credit of 10% of ",
    "mail": "a@a.a.",
    "one long word": "a",
    "hyphens": "month-to-",
    "marks": "* [a](",
    "angles": "<a ",
}


def repeated(piece: str, length: int) -> bytes:
    """So many characters of it, and an end."""
    return ((piece * (length // len(piece) + 1))[:length] + " end.").encode()
