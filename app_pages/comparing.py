"""What changed in the terms between two versions of an agreement that lie on the desk."""

from __future__ import annotations

import streamlit as st

from app_pages import desk
from app_pages.drawing import html
from app_pages.formats import written
from contractlens.advice.differences import Difference, differences
from contractlens.exports.html import escape
from contractlens.exports.words import shorten

WORTH = {"worse": '<span class="bad" title="worse for the customer">▾ worse:</span> ', "better": '<span class="done" title="better for the customer">▴ better:</span> ', None: ""}


def compare(agreement: desk.Agreement) -> None:
    """The field to name the earlier version, and what changed since."""
    others = {a.key: a.name for a in desk.readable() if a.key != agreement.key}
    if not others:
        return
    with st.popover("Compare", icon=":material/compare_arrows:", type="tertiary"):
        earlier = st.selectbox("With an earlier version of it", others, index=None, format_func=lambda key: others.get(key, key), placeholder="Choose an agreement", key=f"compare {agreement.key}", width=340)
        if not earlier or earlier not in desk.agreements():
            return
        found = differences(desk.review(desk.agreements()[earlier]), desk.review_seen(agreement))
        if found:
            html(f'<div class="quoted lines"><ul>{"".join(map(_line, found))}</ul></div>')
        else:
            st.caption("Nothing that is read in it changed: neither a term, nor a day, nor a finding.")


def _line(change: Difference) -> str:
    return f"<li>{WORTH[change.for_us]}{escape(written(shorten(change.line(), 300)))}</li>"
