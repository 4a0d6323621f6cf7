"""Which law governs."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from contractlens.terms.filling import Facts

PLACES = {
    "state": ("This Agreement is governed by and construed in accordance with the laws of the State of New York, without regard to conflicts of law.", "New York"),
    "commonwealth": ("The laws of the Commonwealth of Massachusetts shall govern this Agreement.", "Massachusetts"),
    "adjective": ("These terms are governed by English law.", "England"),
    "two places": ("This Agreement is governed by the laws of England and Wales.", "England and Wales"),
    "internal laws": ("This Agreement shall be governed by the internal laws of Delaware.", "Delaware"),
    "federal too": ("This Agreement is governed by the laws of the Province of Ontario and the federal laws of Canada applicable therein.", "Ontario"),
    "country": ("The validity of this contract is determined in accordance with the laws of Germany, excluding the CISG.", "Germany"),
    "republic": ("This Agreement is governed by the law of the People's Republic of China.", "People's Republic of China"),
    "special region": ("This Agreement is governed by the laws of the Hong Kong Special Administrative Region.", "Hong Kong"),
    "state before law": ("This Agreement shall be governed by California law.", "California"),
    "law as subject": ("New York law governs this Agreement.", "New York"),
    "all capitals": ("THIS AGREEMENT IS GOVERNED BY THE LAWS OF THE STATE OF TEXAS.", "Texas"),
    "label": ("Governing Law: State of Washington", "Washington"),
    "then in force": ("This Agreement is governed by the laws in force in the State of Victoria, Australia.", "Victoria"),
    "state's laws": ("The laws of the state of Nevada apply to this Agreement and any dispute under it.", "Nevada"),
    "possessive": ("This Agreement is governed by Switzerland's substantive law.", "Switzerland"),
    "courts too": ("This Agreement shall be governed by the laws of Ireland and the parties submit to the courts of Ireland.", "Ireland"),
    "kingdom": ("This agreement is governed by the laws of the Kingdom of the Netherlands.", "Netherlands"),
    "as applied": ("This Agreement shall be construed under the laws of the State of Illinois as applied to contracts made there.", "Illinois"),
    "where registered, too": ("Acme is a company organized under the laws of Delaware. This Agreement is governed by the laws of Florida.", "Florida"),
    "exclusively": ("All questions of interpretation of this Agreement will be governed exclusively by the laws of Colorado.", "Colorado"),
    "singapore": ("Singapore law applies to this Agreement.", "Singapore"),
    "courts only": ("Disputes are brought before the courts of Paris.", None),
    "organized only": ("Acme, Inc. is a corporation organized and existing under the laws of the State of Delaware.", None),
    "applicable laws": ("Each party shall comply with all applicable laws of any country.", None),
    "export laws": ("Customer shall comply with the export laws of the United States.", None),
}  # fmt: skip


@pytest.mark.parametrize(("clause", "place"), PLACES.values(), ids=PLACES)
def test_the_law_that_governs(read: Callable[..., Facts], clause: str, place: str | None) -> None:
    text = f'SERVICES AGREEMENT\n\nThis Agreement is between Acme, Inc. ("Provider") and Beta LLC ("Customer").\n\n1. Term. One year.\n\n2. General. {clause}\n'
    got = read(text).terms.governing_law
    assert got == place if place is None else got is not None and place in got
