"""The findings, the most urgent first: a list to filter and to walk through, with one opened."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app_pages import desk
from app_pages.drawing import COLOURS, category, here, html, plain, quotes, sentence
from app_pages.formats import written
from contractlens.advice.finding import SEVERITIES, Finding, Redline, Review
from contractlens.exports import outline
from contractlens.exports.html import escape
from contractlens.exports.words import clean
from contractlens.redlining import key_of


def filtered(agreement: desk.Agreement, review: Review) -> list[Finding]:
    """The findings that the filters leave, by urgency; the filters themselves, where there is something to choose from."""
    found = outline.by_urgency(review.findings)
    counts = outline.counts(review)
    grave = [s for s in SEVERITIES if counts[s]]
    subjects = list(dict.fromkeys(f.category for f in found))
    with st.container(key="filters", gap=None):
        severity = st.pills(
            "Severity", grave, selection_mode="multi", format_func=lambda s: f"{counts[s]} {s}", key=f"severity {agreement.key}",
            label_visibility="collapsed", persist_state="session", wrap=True,
        )  # fmt: skip
        subject = st.pills(
            "Category", subjects, selection_mode="multi", format_func=category, key=f"category {agreement.key}", label_visibility="collapsed", persist_state="session", wrap=True
        )
    return [f for f in found if (not severity or f.severity in severity) and (not subject or f.category in subject)]


def opened(agreement: desk.Agreement, found: Sequence[Finding]) -> Finding | None:
    """The finding that is open: the one that was picked, else the first."""
    wanted = st.session_state.get("finding", {}).get(agreement.key)
    return next((f for f in found if key_of(f) == wanted), found[0] if found else None)


def open_finding(agreement: desk.Agreement, key: str) -> None:
    """Open a finding, and turn to its page."""
    st.session_state.setdefault("finding", {})[agreement.key] = key
    st.session_state.setdefault("page", {}).pop(agreement.key, None)


def listed(agreement: desk.Agreement, found: Sequence[Finding], now: Finding | None) -> None:
    """The list; the finding that is open stands opened in its place."""
    if not found:
        st.markdown("Nothing was found to ask for." if not outline.by_urgency(desk.review_seen(agreement).findings) else "No finding is left by these filters.")
    with st.container(key="findings-list", gap=None):
        for number, finding in enumerate(found):
            is_open = finding is now
            place = outline.place(finding, 24)
            label = f":{COLOURS[finding.severity]}[**{finding.severity.upper()}**]  {'**' if is_open else ''}{plain(finding.title)}{'**' if is_open else ''}  "
            label += f":gray[{category(finding.category)}{place and f' · {plain(place)}'}]"
            with st.container(key="finding-open" if is_open else f"finding-{number}"):
                st.button(label, key=f"find {agreement.key} {key_of(finding)} {number}", type="tertiary", width="stretch", on_click=open_finding, args=(agreement, key_of(finding)))
            if is_open:
                with st.container(key="opened"):
                    _opened(finding, may_edit=agreement.view == "accepted")


def _opened(finding: Finding, *, may_edit: bool) -> None:
    why = f'<p class="why">{escape(written(finding.why))}</p>' if finding.why else ""
    html(f'<div class="told"><p><b>{escape(written(finding.meaning))}</b></p>{quotes(finding.evidence)}{why}{_jump(finding)}</div>')
    asks = [(name, line) for name, position in (("Ask for", "preferred"), ("Or else", "fallback")) if (line := outline.redline(finding, position))]
    if asks:
        for tab, (_, line) in zip(st.tabs([name for name, _ in asks]), asks, strict=True):
            with tab:
                _redline(line)
        if may_edit and st.button("Edit these words", key="edit", icon=":material/edit_note:"):
            st.session_state["redline"] = key_of(finding)
            st.switch_page("app_pages/redlines.py")


def _jump(finding: Finding) -> str:
    """On a phone, where the document stands below the findings: the way to it."""
    return '<p class="jump"><a href="#the-document" target="_self">See it in the document</a></p>' if finding.evidence else ""


def _redline(line: Redline) -> None:
    st.caption(f"The wording, {plain(outline.instead_of(line))}")
    st.code(clean(line.text), language=None, wrap_lines=True)
    if line.note:
        html(f'<p class="told why"><b>Say:</b> {escape(line.note)}</p>')


def others(agreement: desk.Agreement, review: Review, unknown: Sequence[str]) -> None:
    """What was looked for and not found, what could not be worked out, what could not be read, and what is on trial."""
    drafts = outline.by_urgency(review.findings, "draft")
    not_read = [w for w in review.warnings if w.page is not None or w.kind in ("page_not_read", "language")]
    shown = (
        ("Looked for and not found", [sentence(n.what) for n in review.not_found]),
        ("Could not be worked out", [sentence(line) for line in unknown]),
        ("Not read", [sentence(here(outline.warning(w))) for w in not_read]),
        ("Good to know", [sentence(here(outline.warning(w))) for w in review.warnings if w not in not_read]),
        ("From rules on trial, which count for nothing yet", [f"{written(f.meaning)} {outline.place(f)}".strip() for f in drafts]),
    )
    for heading, lines in shown:
        if lines:
            st.markdown(f"**{heading}**\n\n" + "\n".join(f"- {plain(line)}" for line in lines))
