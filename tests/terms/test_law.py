"""Which law governs."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from contractlens.documents.document import Source
from contractlens.documents.plain import read_markdown
from contractlens.language.marking import Reading
from contractlens.language.names import cast
from contractlens.rulebook import Matches, load_rules
from contractlens.terms import law
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
    "heading of two parts": ("Choice of Law: Venue. This Agreement shall be governed by the laws of the State of Arizona.", "Arizona"),
    "then in force": ("This Agreement is governed by the laws in force in the State of Victoria, Australia.", "Victoria"),
    "state's laws": ("The laws of the state of Nevada apply to this Agreement and any dispute under it.", "Nevada"),
    "possessive": ("This Agreement is governed by Switzerland's substantive law.", "Switzerland"),
    "courts too": ("This Agreement shall be governed by the laws of Ireland and the parties submit to the courts of Ireland.", "Ireland"),
    "kingdom": ("This agreement is governed by the laws of the Kingdom of the Netherlands.", "Netherlands"),
    "as applied": ("This Agreement shall be construed under the laws of the State of Illinois as applied to contracts made there.", "Illinois"),
    "where registered, too": ("Acme is a company organized under the laws of Delaware. This Agreement is governed by the laws of Florida.", "Florida"),
    "exclusively": ("All questions of interpretation of this Agreement will be governed exclusively by the laws of Colorado.", "Colorado"),
    "singapore": ("Singapore law applies to this Agreement.", "Singapore"),
    "governs alone": ("Idaho law governs.", "Idaho"),
    "shall control": ("Kansas law shall control, and venue lies in Johnson County.", "Kansas"),
    "internal laws of": ("Montana's internal laws apply.", "Montana"),
    "shall be applied": ("Vermont law shall be applied.", "Vermont"),
    "a matter of law": ("The construction of this Agreement is a matter of Maine law.", "Maine"),
    "subject to": ("This licence is subject to Scots law and to the exclusive jurisdiction of the courts at Edinburgh.", "Scotland"),
    "an exception between": ("Ohio law, to the exclusion of its conflicts rules, governs this Agreement.", "Ohio"),
    "that State": ("This Agreement is governed by the Uniform Commercial Code as enacted in Iowa and otherwise by the laws of that State.", "Iowa"),
    "that State, of the sentence before": ("This contract is made in Utah. The laws of that State govern it.", "Utah"),
    "no convention": ("The terms are governed by the law of the Republic of China; otherwise by the United Nations Convention on Contracts.", "Republic of China"),
    "to the exclusion of": ("This Agreement is construed in accordance with the law of the Federal Republic of Germany to the exclusion of the UN Convention.", "Germany"),
    "alone under its heading": ("9. GOVERNING LAW. Louisiana, without regard to conflict of laws.", "Louisiana"),
    "adjective under its heading": ("9. Applicable law and forum. Norwegian law. The courts of Bergen have jurisdiction.", "Norway"),
    "chosen": ("The parties choose Swiss law, excluding the CISG.", "Switzerland"),
    "proper law": ("The proper law of this contract is English law.", "England"),
    "law is that of": ("The law governing this Agreement is that of the State of Maine.", "Maine"),
    "by the State": ("This Agreement shall be governed by the State of Alabama.", "Alabama"),
    "the country, too": ("The laws of the United States and the State of Tennessee govern this Agreement.", "Tennessee"),
    "province and country": ("This contract is governed by the laws of Alberta and the laws of Canada applicable therein.", "Alberta, Canada"),
    "grand duchy": ("This Agreement shall be governed by the laws of the Grand Duchy of Luxembourg.", "Luxembourg"),
    "kingdom unheard of": ("This Agreement shall be governed by the laws of the Kingdom of Ruritania.", "Ruritania"),
    "another court": ("This Agreement is governed by Delaware law, and the courts of Texas have jurisdiction.", "Delaware"),
    "another place's conflicts rules": ("Oregon law governs this Agreement, without regard to the conflict of laws rules of the State of Nevada.", "Oregon"),
    "a part by another": ("Georgia law applies, except that the law of Alabama governs Section 10.", "Georgia"),
    "a part first": ("Real estate is governed by the laws of Ohio; in all other respects the laws of Indiana govern.", "Indiana"),
    "arbitration by another": ("The arbitration is governed by the laws of England. The remainder of this Agreement is governed by the laws of Singapore.", "Singapore"),
    "organized in the same sentence": ("Acme, a corporation organized under the laws of Delaware, agrees that this Agreement is governed by the laws of Hawaii.", "Hawaii"),
    "a place that begins like a state": ("9. Governing law. Delaware Water Gap, Pennsylvania is where the parties meet.", None),
    "data protection laws": ("Personal data is governed by the data protection laws of Ireland.", None),
    "insurance laws": ("The policy is governed by the insurance laws of Ohio.", None),
    "as the law permits": ("Interest runs at the highest rate permitted by Texas law.", None),
    "where the premises are": ("This Agreement is governed by the laws of the State in which the premises are located.", None),
    "where the customer lives": ("If you live in Germany, German law applies. If you live in France, French law applies.", None),
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


ROWS = {
    "place": ("| Governing law | England and Wales |", "England and Wales"),
    "laws of": ("| Term | 12 months |\n| Applicable law | The laws of Delaware, USA |", "Delaware"),
    "courts, too": ("| Law and jurisdiction | Swedish law; courts of Lund |", "Sweden"),
    "nothing yet": ("| Governing law | to be agreed |", None),
}


@pytest.mark.parametrize(("rows", "place"), ROWS.values(), ids=ROWS)
def test_a_key_term_table_names_it(rows: str, place: str | None) -> None:
    document = read_markdown(f"# Order form\n\n| Item | Value |\n|---|---|\n{rows}\n".encode(), Source("a.md", "a.md", "", "text/markdown"))
    rules = load_rules()
    found = law.read(Matches(rules, Reading(document, cast(document, rules.words.roles))))
    assert (found.place if found else None) == place


def test_a_region_that_names_its_country_keeps_it(read: Callable[..., Facts]) -> None:
    text = "SERVICES AGREEMENT\n\n1. General. This Agreement is governed by the laws of Victoria, Australia.\n"
    assert read(text).terms.governing_law == "Victoria, Australia"


@pytest.mark.parametrize("unit", ["Texas law governs, ", "laws of that State govern ", "laws of the State of ", "law and regulations "])
def test_a_text_that_never_ends_takes_no_longer_than_its_length(read: Callable[..., Facts], unit: str) -> None:
    start = time.process_time()
    read("This Agreement is governed by " + unit * (9_000 // len(unit)))
    assert time.process_time() - start < 3
