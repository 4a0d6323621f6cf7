"""Which party we are, and how the tracked changes of a Word file are read: what the whole review follows from."""

from __future__ import annotations

import streamlit as st

from app_pages import desk
from app_pages.drawing import plain
from contractlens.documents import View
from contractlens.exports import outline
from contractlens.exports.words import clean, shorten

MOST = 12  # parties to choose from
CUSTOMER = "The customer"  # whom the document does not name
VIEWS: dict[View, str] = {"accepted": "as if all were accepted", "original": "as before all of them"}


def fields(agreement: desk.Agreement) -> None:
    """What is chosen now, each to open and to change."""
    with st.container(horizontal=True, key="sides", gap="small"):
        _we(agreement)
        if agreement.document and agreement.document.original is not None:
            _view(agreement)


def _we(agreement: desk.Agreement) -> None:
    terms = desk.review_unsided(agreement).terms
    names = {clean(p.name): p.called for p in terms.parties[:MOST] if clean(p.name)} if terms else {}
    usual = outline.party_name(terms, "customer")
    if not names or (len(names) == 1 and usual):
        return
    options = [*names] if usual or len(names) > 1 else [CUSTOMER, *names]
    now = agreement.we or usual or (CUSTOMER if CUSTOMER in options else None)
    key = f"we {agreement.key}"

    def keep() -> None:
        picked = st.session_state[key]
        agreement.we = None if picked in (usual, CUSTOMER) else picked

    with st.popover(f"We are {plain(shorten(now, 48))}" if now else "Which party are we?", icon=":material/person:", type="tertiary"):
        st.radio(
            "We are", options, index=options.index(now) if now in options else None, key=key, on_change=keep,
            format_func=plain, captions=[f"called {plain(clean(names[n] or ''))}" if names.get(n) else "" for n in options],
        )  # fmt: skip
        st.caption("What to ask for, the letters and the dates are told from our side.")


def _view(agreement: desk.Agreement) -> None:
    key = f"view {agreement.key}"

    def keep() -> None:
        agreement.view = st.session_state[key]

    with st.popover(f"Tracked changes: {VIEWS[agreement.view]}", icon=":material/difference:", type="tertiary"):
        st.radio("Tracked changes are read", [*VIEWS], index=[*VIEWS].index(agreement.view), format_func=VIEWS.__getitem__, key=key, on_change=keep)
        st.caption("This is for the review on this page. Redlines, letters and the calendar go by the changes as accepted.")
