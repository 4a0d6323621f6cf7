"""The document beside the findings: the page with the clause lit, drawn when it is seen, and kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import pairwise

import streamlit as st

from app_pages import desk
from app_pages.drawing import html, plain
from app_pages.findings import open_finding
from contractlens.advice.finding import Finding
from contractlens.documents import Evidence
from contractlens.documents.pictures import Picture, lit_pages
from contractlens.errors import ContractLensError
from contractlens.exports.sheets import as_sheet, sheet_at, sheets
from contractlens.redlining import key_of

LONG = 10  # pages, from which on one may go to a page by its number
ZOOMS = (100, 125, 150, 200)

# Brings the lit words into view once the page is there; it reads nothing but where they stand.
_SCROLL = """
export default function ({ data }) {
  const paper = document.querySelector('.st-key-paper');
  if (!paper) return;
  let box = paper;
  while (box && !(box.scrollHeight > box.clientHeight + 1 && getComputedStyle(box).overflowY !== 'visible')) box = box.parentElement;
  if (!box || !box.closest('.st-key-viewer')) return;
  const above = Math.min(box.clientHeight / 3, 90);
  const turn = () => {
    const mark = box.querySelector('mark');
    const image = box.querySelector('img');
    if (mark) box.scrollTop += mark.getBoundingClientRect().top - box.getBoundingClientRect().top - above;
    else if (image) {
      box.scrollTop = image.offsetTop + data.top * image.clientHeight - above;
      box.scrollLeft = data.left * image.clientWidth - 12;
    }
    else box.scrollTop = 0;
  };
  const image = box.querySelector('img');
  if (image && !image.complete) image.addEventListener('load', turn, { once: true });
  requestAnimationFrame(turn);
  setTimeout(turn, 150);
}
"""

_into_view = st.components.v2.component("contractlens_into_view", js=_SCROLL)


@st.cache_data(max_entries=120, ttl="2h", show_spinner=False, scope="session")
def picture(key: str, page: int, zoom: int, lit: tuple[tuple[int, int], ...], _agreement: desk.Agreement) -> Picture:
    """A page of the PDF with the quotes on it lit; `key` stands for the agreement."""
    document = desk.seen(_agreement)
    stretches = lit_pages(document, (document.evidence(start, end) for start, end in lit)).get(page, ()) if document else ()
    return desk.picture(_agreement, page, stretches, zoom / 100)


def side(agreement: desk.Agreement, found: Sequence[Finding], now: Finding | None) -> None:
    """The bar and the page below it."""
    document = desk.seen(agreement)
    if document is None:
        return
    is_pdf = document.source.media_type == "application/pdf"
    count = (document.pages or 1) if is_pdf else len(sheets(document))
    evidence = now.evidence if now else ()
    homes = pages_of(agreement, evidence)
    page = st.session_state.setdefault("page", {}).get(agreement.key) or (homes[0] if homes else 1)
    page = min(max(page, 1), count)
    with st.container(key="viewer"):
        html('<span id="the-document"></span>')
        zoom = _bar(agreement, found, now, page, count, "Page" if is_pdf else "Part")
        with st.container(key="paper", height=600, border=False):
            left, top = _picture(agreement, page, zoom, evidence) if is_pdf else _sheet(agreement, page, zoom, evidence)
        _into_view(data={"left": left, "top": top, "seen": f"{agreement.key} {page} {zoom} {now and key_of(now)}"}, key="into view")
    if is_pdf and now is not None:
        _ahead(agreement, found, now, zoom)


def _ahead(agreement: desk.Agreement, found: Sequence[Finding], now: Finding, zoom: int) -> None:
    """Draw the page of the finding that comes next while this one is read, so that it is there when it is wanted."""
    following = next((f for before, f in pairwise(found) if before is now), None)
    if following and (homes := pages_of(agreement, following.evidence)):
        with suppress(ContractLensError):  # it is told when the page is looked at
            picture(agreement.key, homes[0], zoom, _lit_in(following.evidence), agreement)


def pages_of(agreement: desk.Agreement, evidence: Sequence[Evidence]) -> list[int]:
    """The pages, or parts, on which the quotes stand, the first quote's first."""
    document = desk.seen(agreement)
    if document is None:
        return []
    if document.source.media_type == "application/pdf":
        return list(lit_pages(document, evidence))
    return list(dict.fromkeys(sheet_at(document, e.start) for e in evidence))


def _bar(agreement: desk.Agreement, found: Sequence[Finding], now: Finding | None, page: int, count: int, unit: str) -> int:
    """Next and previous finding, next and previous page, zoom."""
    number = next((i for i, f in enumerate(found) if f is now), -1)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="viewer-bar"):
        _sign("Previous finding", "keyboard_double_arrow_left", number > 0, _go_to, agreement, found, number - 1, key="P")
        st.caption(f"Finding {number + 1} of {len(found)}" if found else "No finding", width="content")
        _sign("Next finding", "keyboard_double_arrow_right", 0 <= number < len(found) - 1, _go_to, agreement, found, number + 1, key="N")
        st.space("stretch")
        _sign(f"Previous {unit.lower()}", "chevron_left", page > 1, _turn, agreement, page - 1)
        st.caption(f"{unit} {page} of {count}", width="content")
        _sign(f"Next {unit.lower()}", "chevron_right", page < count, _turn, agreement, page + 1)
        if count > LONG:
            _jump(agreement, page, count, unit.lower())
        st.space("stretch")
        zoom = st.session_state.get("zoom", ZOOMS[0])
        at = ZOOMS.index(zoom)
        _sign("Smaller", "zoom_out", at > 0, _zoom, ZOOMS[max(at - 1, 0)])
        _sign("Larger", "zoom_in", at < len(ZOOMS) - 1, _zoom, ZOOMS[min(at + 1, len(ZOOMS) - 1)])
    return int(zoom)


def _sign(label: str, icon: str, possible: bool, act: Callable[..., None], *arguments: object, key: str | None = None) -> None:
    """A button that shows a sign and says a word; `key` presses it, too."""
    with st.container(key=f"sign-{icon}", width="content"):
        st.button(label, key=f"sign {icon}", icon=f":material/{icon}:", type="tertiary", disabled=not possible, on_click=act, args=arguments, help=label, shortcut=key)


def _go_to(agreement: desk.Agreement, found: Sequence[Finding], number: int) -> None:
    open_finding(agreement, key_of(found[number]))


def _jump(agreement: desk.Agreement, page: int, count: int, unit: str) -> None:
    """A field to go to a page of a long agreement."""
    key = f"go to {agreement.key} {page}"

    def go() -> None:
        if number := st.session_state[key]:
            _turn(agreement, number)

    st.number_input(f"Go to {unit}", 1, count, value=None, step=1, placeholder=f"{unit} …", key=key, on_change=go, label_visibility="collapsed", width=84)


def _turn(agreement: desk.Agreement, page: int) -> None:
    st.session_state["page"][agreement.key] = page


def _zoom(zoom: int) -> None:
    st.session_state["zoom"] = zoom


def _picture(agreement: desk.Agreement, page: int, zoom: int, evidence: Sequence[Evidence]) -> tuple[float, float]:
    """Draw the page; where on it the lit words begin, as shares of its width and height."""
    try:
        drawn = picture(agreement.key, page, zoom, _lit_in(evidence), agreement)
    except ContractLensError as error:
        st.caption(plain(str(error)))
        return 0.0, 0.0
    alt = f"Page {page} of the document{', with the quoted words lit' if drawn.boxes else ''}"
    st.image(drawn.png, width="stretch" if zoom == 100 else int(7.6 * zoom), output_format="PNG", alt=alt)
    return min((box[0] for box in drawn.boxes), default=0) / drawn.width, min((box[1] for box in drawn.boxes), default=0) / drawn.height


def _lit_in(evidence: Sequence[Evidence]) -> tuple[tuple[int, int], ...]:
    return tuple((e.start, e.end) for e in evidence)


def _sheet(agreement: desk.Agreement, number: int, zoom: int, evidence: Sequence[Evidence]) -> tuple[float, float]:
    if document := desk.seen(agreement):
        html(f'<div class="zoom-{zoom}">{as_sheet(document, number, evidence)}</div>')
    return 0.0, 0.0
