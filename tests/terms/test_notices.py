"""The notices clause: whose address is the vendor's, by what means, and when a notice counts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from contractlens.terms.filling import Facts

ACME = 'This Agreement is between Acme, Inc., with offices at 9 Quay Street, Dover, DE 19901 ("Provider"), and Beta LLC, of 4 Mill Lane, Salem, OR 97301 ("Customer").'
CLAUSE = "7. Notices. All notices under this Agreement must be in writing and delivered by courier or by certified mail"
ADDRESSES = {
    "blocks": (
        f"{CLAUSE} to these addresses:\n\nIf to Customer:\n\nBeta LLC\n\n4 Mill Lane\n\nSalem, OR 97301\n\nIf to Provider:\n\nAcme, Inc.\n\n12 Wharf Road, Suite 3\n\nDover, DE 19901\n\nAttn: Legal",
        "12 Wharf Road, Suite 3, Dover, DE 19901",
    ),
    "one sentence": (f"{CLAUSE}, to Customer at 4 Mill Lane, Salem, OR 97301, and to Provider at 12 Wharf Road, Dover, DE 19901.", "12 Wharf Road, Dover, DE 19901"),
    "a copy to counsel": (
        f"{CLAUSE}.\n\nIf to Provider:\n\n12 Wharf Road\n\nDover, DE 19901\n\nwith a copy to:\n\nStone & Reed LLP\n\n88 Court Street, Dover, DE 19901",
        "12 Wharf Road, Dover, DE 19901",
    ),
    "the customer's only": (f"{CLAUSE}.\n\nIf to Customer:\n\nBeta LLC\n\n4 Mill Lane\n\nSalem, OR 97301", None),
    "as in the opening": (f"{CLAUSE} to the address of the party stated at the beginning of this Agreement.", "9 Quay Street, Dover, DE 19901"),
    "e-mail": ("7. Notices. A notice is given by e-mail to legal@acme.example or by letter to Provider. Notices to the Customer go to its contact.", "legal@acme.example"),
    "no address": (f"{CLAUSE}.", None),
}


def notices(read: Callable[..., Facts], clause: str, opening: str = ACME) -> tuple[str | None, tuple[str, ...], str | None]:
    found = read(f"SERVICES AGREEMENT\n\n{opening}\n\n1. Term. One year.\n\n{clause}\n\n8. General. The parties are independent contractors and neither is the agent of the other.\n").terms.notices
    assert found
    return found.address, found.methods, found.deemed_received


@pytest.mark.parametrize(("clause", "address"), ADDRESSES.values(), ids=ADDRESSES)
def test_the_vendor_s_address(read: Callable[..., Facts], clause: str, address: str | None) -> None:
    assert notices(read, clause)[0] == address


def test_whose_it_is_must_be_known(read: Callable[..., Facts]) -> None:
    """Of two parties with no side, neither address is the vendor's."""
    opening = 'This Agreement is between Acme, Inc. ("Acme") and Beta LLC ("Beta").'
    assert notices(read, f"{CLAUSE}.\n\nIf to Acme:\n\n12 Wharf Road, Dover, DE 19901\n\nIf to Beta:\n\n4 Mill Lane, Salem, OR 97301", opening)[0] is None


def test_the_means_and_when_it_counts(read: Callable[..., Facts]) -> None:
    clause = "7. Notices. Notices shall be in writing and personally delivered, or sent by registered post. A notice is deemed received on the third day after posting."
    _, methods, deemed = notices(read, clause)
    assert set(methods) == {"hand", "registered mail"}
    assert deemed is not None
    assert "third day" in deemed
