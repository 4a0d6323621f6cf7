"""The first page: by when to act, what the agreement is worth, and what to ask for, beside the page that says so."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import streamlit as st

from app_pages import adding, cards, desk, findings, sides, viewer
from app_pages.drawing import about, foot, guarded, masthead
from contractlens.advice.finding import Review
from contractlens.exports import calendar, outline


def page() -> None:
    if not desk.agreements():
        adding.invitation()
        return
    adding.not_read()
    if not desk.readable():
        adding.invitation()
        return
    agreement = head()
    review = desk.review_seen(agreement)
    unread(review)
    columns = st.columns([6, 5, 5], gap="medium")
    with columns[0]:
        cards.act_by(agreement, review)
    with columns[1]:
        cards.service_level(agreement, review)
    with columns[2]:
        cards.changes(review)
    side_by_side(agreement.key)
    foot()


def head() -> desk.Agreement:
    """Which agreement this is, another one to choose or to add, and the next step."""
    title, chooser = st.columns(2, gap="medium", vertical_alignment="center")
    with chooser, st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center", key="head"):
        agreement = adding.switcher() or desk.readable()[0]
        with st.popover("Add", icon=":material/add:", key=f"add {st.session_state.get('turn', 0)}"):  # closed again once files have come
            adding.intake()
            st.button("Take this agreement away", icon=":material/delete:", on_click=desk.remove, args=(agreement.key,), type="tertiary")
        _files(agreement, desk.review_seen(agreement), desk.review(agreement))
        if st.button("Write the redlines", type="primary", icon=":material/edit_note:"):
            st.switch_page("app_pages/redlines.py")
    with title:
        masthead(agreement.name, beside=about(desk.review_seen(agreement)))
        sides.fields(agreement)
    return agreement


def _files(agreement: desk.Agreement, review: Review, accepted: Review) -> None:
    """The dates, by the agreement with its changes accepted, and the review, to take away."""
    stem, dated = Path(agreement.name).stem, bool(calendar.events_of(accepted))
    today, stamp = desk.today(), desk.stamp()  # now: a file is made outside of the session
    with st.popover("Take away", icon=":material/download:"):
        st.download_button(
            "Dates for your calendar (.ics)", lambda: calendar.calendar([accepted], stamp=stamp), file_name=f"{stem}.ics", mime="text/calendar",
            icon=":material/event:", on_click="ignore", disabled=not dated, help=None if dated else "There is no date to put into it.", width="stretch",
        )  # fmt: skip
        st.download_button(
            "The review as a page (HTML)", lambda: as_page(review, today), file_name=f"{stem}.review.html", mime="text/html",
            icon=":material/description:", on_click="ignore", width="stretch",
        )  # fmt: skip
        st.download_button(
            "The review (JSON)", review.to_json(indent=2) + "\n", file_name=f"{stem}.review.json", mime="application/json",
            icon=":material/data_object:", on_click="ignore", width="stretch",
        )  # fmt: skip


def as_page(review: Review, today: date) -> str:
    from contractlens.exports.report import as_html

    return as_html(review, today)


def unread(review: Review) -> None:
    """Pages that could not be read, before anything is believed of the rest."""
    pages = sorted({w.page for w in review.warnings if w.kind == "page_not_read" and w.page})
    if pages:
        told = f"{'Page' if len(pages) == 1 else 'Pages'} {', '.join(map(str, pages[:12]))}{' …' if pages[12:] else ''} could not be read. What stands there is missing here."
        st.warning(told, icon=":material/visibility_off:")


@st.fragment
@guarded
def side_by_side(key: str) -> None:
    """The findings at the left, the document at the right; only this is drawn again when another finding is opened."""
    agreement = desk.agreements()[key]
    review = desk.review_seen(agreement)
    left, right = st.columns([5, 7], gap="large")
    with left:
        st.subheader("What to ask for", anchor=False)
        found = findings.filtered(agreement, review)
        now = findings.opened(agreement, found)
        findings.listed(agreement, found, now)
        findings.others(agreement, review, [outline.unknown(u) for u in cards.asking_here(review).unknown])
    with right:
        viewer.side(agreement, found, now)


page()
