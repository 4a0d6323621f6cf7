"""Who is the vendor where nothing introduces anybody."""

import pytest

from contractlens.documents.document import Source
from contractlens.documents.plain import read
from contractlens.rulebook import load_rules
from contractlens.rulebook.casting import who_is_who


def found(text: str) -> set[str]:
    document = read(text.encode(), Source("a", "a", "", "text/plain"))
    return {name for name in who_is_who(document, load_rules()).vendor if name in text and name not in ("us", "we", "We")}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Tillmark may at the start of each year restate these conditions.", {"Tillmark"}),
        ("The library may at any time revise these rules.", {"The library"}),
        ("Kestrel Web Services may, in its discretion, replace this Agreement with a new version.", {"Kestrel Web Services"}),
        ("The General Terms may be amended from time to time by Zonewright B.V. on its website.", {"Zonewright B.V."}),
        ("The team behind Treehut may change these rules.", {"The team behind Treehut"}),
        ("You accept these Terms as Booking.com updates them from time to time.", {"Booking.com"}),
        ("The Conditions of Hire may be changed by Studio North at any time.", {"Studio North"}),
        ("Nothing prevents Halcyon from altering these Terms.", {"Halcyon"}),
        ("All charges are reviewable by Ferrowline on each anniversary.", {"Ferrowline"}),
        ("ORCHARD GAMES MAY MODIFY THIS AGREEMENT AT ANY TIME.", {"ORCHARD GAMES"}),
        ("The court may amend this Agreement.", set()),
        ("The data centre may change its terms.", set()),
        ("Amendments of Part 12 may be made by the parties.", set()),
        ("Halden Fibre runs the network. It may change these conditions at any time.", {"Halden Fibre"}),
        ("The Distributor may vary these Conditions by notice to the Customer.", {"Distributor"}),
        ("The members may amend these By-laws by a vote at a general meeting.", set()),
    ],
)
def test_whoever_may_change_a_paper_wrote_it(text: str, names: set[str]) -> None:
    assert found(text) == names
