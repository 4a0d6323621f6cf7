"""How agreements come onto the desk: dropped, or picked from the samples; one line for each file while they are read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import streamlit as st

from app_pages import desk
from app_pages.drawing import foot, here, html, plain
from app_pages.formats import written
from contractlens.advice.finding import Review
from contractlens.advice.kept import Kept
from contractlens.exports import outline
from contractlens.exports.html import escape
from contractlens.exports.to_do import SETTLED
from contractlens.exports.words import clean, day, shorten

SHOWN = 8  # files that are told one by one while they are read
FIRST = 3  # files that were not read, told above all; the others are told when they are asked for
TEACHES = (
    ("By when to act", "The last safe day to give notice before it renews, counted from the document’s own words, with the sum beside it."),
    ("What it is worth", "The service level as minutes, what a lost day earns you in credits, and what the vendor may change alone."),
    ("What to ask for", "Words that fit this contract, as tracked changes in its Word file, as a memo, or as one e-mail."),
)


def samples() -> list[Path]:
    """The made-up agreements: beside the app, or in the package that it was installed with."""
    here = Path(__file__).resolve().parents[1]
    folders = (here / "samples", here.parent / "_samples")
    return next((sorted(p for p in f.iterdir() if p.suffix in (".pdf", ".docx")) for f in folders if f.is_dir()), [])


def invitation() -> None:
    """The first screen: one thing to do, and what comes of it."""
    html(
        '<div class="masthead"><h1>Which agreement is to be signed?</h1></div>'
        '<p class="lede">Drop a vendor’s agreement. In a few seconds you see by which day to act, which clauses to renegotiate, and in which words.</p>'
    )
    intake()
    for column, (heading, words) in zip(st.columns(3, gap="medium"), TEACHES, strict=True):
        with column.container(border=True, height="stretch", key=f"card-{heading}"):
            html(f'<div class="card"><p class="kicker">{heading}</p><p class="says">{words}</p></div>')
    foot()


def nothing_yet(what: str) -> None:
    """An empty page that says what it would show, and where to begin."""
    st.info(f"{what} There is no agreement on the desk yet: drop one on the Review page, or try a sample there.", icon=":material/info:")
    if st.button("Open an agreement", type="primary", icon=":material/fact_check:"):
        st.switch_page("app_pages/review.py")


def intake() -> None:
    """The field to drop files on, the samples, and what became of the files that came last."""
    turn = st.session_state.setdefault("turn", 0)
    left, right = st.columns([3, 2], gap="medium")
    dropped = left.file_uploader(
        "Your agreements: drop PDF or Word files here, as many as you like", type=desk.KINDS, accept_multiple_files=True, key=f"upload {turn}", help="PDF, Word, text or HTML. They stay on this machine."
    )
    picked = right.selectbox(
        "Or try a sample", samples(), index=None, format_func=lambda path: path.name, placeholder="Choose a made-up agreement", key=f"sample {turn}"
    )
    files = [(file.name, file.getvalue()) for file in dropped] + ([(picked.name, picked.read_bytes())] if picked else [])
    if not files:
        return
    read(files)
    st.session_state["turn"] = turn + 1  # the fields are empty again; the files lie on the desk
    st.rerun()


def read(files: Iterable[tuple[str, bytes]]) -> None:
    """Read the files, with a bar and a line for each, and open the first that could be read."""
    files = [*files]
    bar, told, lines, first = st.progress(0.0), st.empty(), [], None
    for number, (name, data) in enumerate(files):
        bar.progress(number / len(files), f"Reading {plain(shorten(name, 60))} ({number + 1} of {len(files)}) …")
        agreement = desk.add(name, data)
        lines.append(line(desk.review(agreement)))
        told.html(f'<div class="lines" role="status">{"".join(lines[-SHOWN:])}</div>')
        first = first or (agreement.key if agreement.document else None)
    bar.empty()
    if first:
        desk.choose(first)


def line(review: Review, kept: Kept | None = None) -> str:
    """One file in a line: by when to act, that nothing is to be done any more, or why it could not be read."""
    if review.error:
        return f'<div><span class="bad">✗</span> {escape(here(review.error.message))}</div>'
    act = outline.next_act(review, desk.today())
    said = SETTLED[kept.settled] if kept and kept.settled else f"act by {day(act.date)}" if act else "no date to act by"
    return f'<div><span class="done">✓</span> {escape(clean(review.document.name))} · {written(outline.size(review))} · {said}</div>'


def not_read() -> None:
    """The files that could not be read, a sentence each."""
    failed = [a for a in desk.agreements().values() if a.error]
    for agreement in failed[:FIRST]:
        _failed(agreement)
    if others := failed[FIRST:]:
        with st.expander(f"{len(others)} more {'file' if len(others) == 1 else 'files'} could not be read", icon=":material/error:"):
            st.button("Take all that could not be read away", key="all away", icon=":material/close:", on_click=_take_away, args=(failed,))
            for agreement in others:
                _failed(agreement)


def _failed(agreement: desk.Agreement) -> None:
    told, away = st.columns([12, 1], vertical_alignment="center")
    told.error(plain(here(str(agreement.error))), icon=":material/error:")
    if agreement.error and agreement.error.kind == "encrypted" and agreement.data[:1024].find(b"%PDF-") >= 0:
        _password(agreement)
    with away.container(key=f"sign-away-{agreement.key}"):
        st.button(f"Take {plain(clean(agreement.name))} away", key=f"away {agreement.key}", icon=":material/close:", type="tertiary", on_click=desk.remove, args=(agreement.key,))


def _take_away(failed: Iterable[desk.Agreement]) -> None:
    for agreement in failed:
        desk.remove(agreement.key)


def _password(agreement: desk.Agreement) -> None:
    key = f"password {agreement.key}"

    def unlock() -> None:
        if st.session_state[key]:
            desk.open_with(agreement, st.session_state[key])

    st.text_input(f"Password of {plain(agreement.name)}", type="password", key=key, on_change=unlock, help="It is used to open this file, and is not kept longer than the file.", width=320)


def switcher() -> desk.Agreement | None:
    """The agreement that the page is about, and, of several, the field to choose another."""
    found = desk.readable()
    current = desk.chosen_agreement()
    if current is None or len(found) < 2:
        return current
    names = {a.key: a.name for a in found}
    key = st.selectbox(
        "Agreement", names, index=[*names].index(current.key), format_func=lambda key: names.get(key, key), key="agreement field", label_visibility="collapsed"
    )
    desk.choose(key)
    return desk.agreements()[key]
