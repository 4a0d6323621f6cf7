"""The app's page: open an agreement, see by when to act, what to ask for in which words, and where it says so.

It draws what the package returns, and what it shows the command line prints too. Whatever comes from a document passes
through `plain`, or stands in a code block, where nothing is read as markup.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from contractlens.advice.finding import SEVERITIES, Finding, Redline, Review
from contractlens.advice.reviewing import review_document
from contractlens.documents import Document, Evidence, open_document
from contractlens.documents.pictures import lit_pages, page_picture, paragraphs_around
from contractlens.errors import ContractLensError
from contractlens.exports import calendar, outline
from contractlens.exports.markdown import escape
from contractlens.exports.words import clean, day
from contractlens.rulebook import load_rules

PROMISE = (
    "Reads a vendor agreement and says by which day to act, what to renegotiate, and in which words to ask for it. "
    "Everything happens on this machine and nothing leaves it. It is not legal advice."
)
KINDS = ("pdf", "docx", "txt", "md", "html")
COLOURS = {"high": "red", "medium": "orange", "low": "blue"}
CATEGORIES = {"sla": "service level", "changes": "change of terms", "law": "governing law"}
EFFECTIVE_DATE = "--effective-date"  # what a review calls the input that this page has a field for
STYLE = """<style>
.stMainBlockContainer { padding-top: 2.5rem }
[data-testid="stImage"] img { border: 1px solid rgb(128 128 128 / 45%) }
</style>"""  # white paper on a white screen needs an edge
FIRST_DAY, LAST_DAY = date(1970, 1, 1), date(2099, 12, 31)

_SHORTCODE = re.compile(r":(?=[A-Za-z]|[\w+/-]+:)")  # Streamlit reads :red, :star: and :material/warning: even where they are escaped


def plain(text: str) -> str:
    """Words of a document as words: no mark in them is read as Markdown, HTML, a formula, a colour or an icon."""
    return _SHORTCODE.sub(":\u2060", escape(text))


# ---- what is worked out, kept by the file's bytes


@st.cache_data(max_entries=16, ttl="2h", show_spinner=False)
def read(data: bytes, name: str) -> Document:
    """The document. Readers want a path, so the bytes go through a temporary file, which is gone when this returns."""
    with TemporaryDirectory(prefix="contractlens-") as folder:
        path = Path(folder) / "document"
        path.write_bytes(data)
        document = open_document(path, name=name)
    return replace(document, source=replace(document.source, path=name))


@st.cache_data(max_entries=64, ttl="2h", show_spinner=False)
def reviewed(data: bytes, name: str, effective_date: date | None, today: date) -> Review:
    return review_document(read(data, name), load_rules(), effective_date=effective_date, today=today)


@st.cache_data(max_entries=64, ttl="2h", show_spinner=False)
def picture(data: bytes, name: str, page: int, evidence: tuple[tuple[int, int], ...]) -> bytes:
    document = read(data, name)
    lit = lit_pages(document, (document.evidence(start, end) for start, end in evidence))
    return page_picture(data, name, page, lit.get(page, ()))


# ---- what to read


def samples() -> list[Path]:
    """The made-up agreements: beside this page, or in the package that it was installed with."""
    here = Path(__file__).resolve().parent
    folders = (here / "samples", here.parent / "_samples")
    return next((sorted(p for p in f.iterdir() if p.suffix in (".pdf", ".docx")) for f in folders if f.is_dir()), [])


def choose() -> tuple[bytes, str] | None:
    """The bytes and the name of the file that was dropped or picked, whichever came last."""
    state = st.session_state
    turn = state.setdefault("turn", 0)
    left, right = st.columns([3, 2], gap="medium")
    uploaded = left.file_uploader(
        "Your agreement", type=KINDS, key=f"upload {turn}", on_change=lambda: state.update(sample=None), help="It stays on this machine."
    )
    sample = right.selectbox(
        "Or try a sample",
        samples(),
        index=None,
        format_func=lambda path: path.name,
        placeholder="Choose a made-up agreement",
        key="sample",
        on_change=lambda: state.update(turn=turn + 1),
    )
    if uploaded:
        return uploaded.getvalue(), clean(uploaded.name) or "document"
    return (sample.read_bytes(), sample.name) if sample else None


def invitation() -> None:
    """What to expect, before anything is chosen."""
    parts = (
        ("By when", "The last safe day to give notice before it renews, counted from the document's own words, for your calendar."),
        ("What it means", "Service level, credits, renewal, change of terms: in plain words and numbers, with the clause lit on its page."),
        ("What to ask for", "Wording that fits this contract, the one to prefer and one to fall back on, ready to copy."),
    )
    for column, (heading, words) in zip(st.columns(3, gap="medium"), parts, strict=True):
        with column.container(border=True, height="stretch"):
            st.markdown(f"**{heading}**")
            st.markdown(words)


# ---- the days to act


def act_by(data: bytes, name: str) -> tuple[Review, date]:
    """What to do by when, and the two dates it is counted from; the review as those dates make it."""
    document = read(data, name)
    with st.container(border=True, key="act-by"):
        told, asked = st.columns([3, 1], gap="large")
        effective_date = asked.date_input(
            "Effective date",
            value=None,
            min_value=FIRST_DAY,
            max_value=LAST_DAY,
            format="YYYY-MM-DD",
            key=f"effective {document.source.sha256}",
            help="The day on which the term starts, where the document does not say. Where it does, yours is used, and a warning says so.",
        )
        today = asked.date_input(
            "Seen from",
            value="today",
            min_value=FIRST_DAY,
            max_value=LAST_DAY,
            format="YYYY-MM-DD",
            key="today",
            help="Today, or another day to look from.",
        )
        review = reviewed(data, name, effective_date, today)
        with told:
            _acts(_asking_here(review), today)
    return review, today


def _acts(review: Review, today: date) -> None:
    st.caption(plain(outline.title(review)))
    due = outline.acts(review, today)
    for act in due:
        st.subheader(f":orange[Act by {plain(act.when)}]", anchor=False)
        st.markdown(f"**{_sentence(act.what)}**")
        st.markdown(plain(_capital(" · ".join(act.details))))
    if not due:
        st.subheader("No date to act by", anchor=False)
        st.markdown(_sentence(outline.why_no_act(review, today)))
    if bound := outline.bound(review):
        st.markdown(f"**Bound until {day(bound.date, weekday=True)}**: that renewal can no longer be stopped.")


def _sentence(text: str) -> str:
    return plain(f"{_capital(text).rstrip('.')}.")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _asking_here(review: Review) -> Review:
    """The review, asking for the field of this page where it asks for an option of the command line."""
    unknown = tuple(u.model_copy(update={"needs": "the effective date, in the field of that name"}) if u.needs == EFFECTIVE_DATE else u for u in review.unknown)
    return review.model_copy(update={"unknown": unknown})


def files(review: Review, today: date) -> None:
    """The deadlines and the review, to take away."""
    stem = Path(review.document.name).stem
    with st.container(horizontal=True):
        st.download_button(
            "Dates for your calendar (.ics)",
            calendar.calendar([review], stamp=datetime.combine(today, time(), UTC)),
            file_name=f"{stem}.ics",
            mime="text/calendar",
            icon=":material/event:",
            type="primary",
            on_click="ignore",
            disabled=not calendar.events_of(review),
            help=None if calendar.events_of(review) else "There is no date to put into it.",
        )
        st.download_button(
            "The review (JSON)",
            review.to_json(indent=2) + "\n",
            file_name=f"{stem}.review.json",
            mime="application/json",
            icon=":material/data_object:",
            on_click="ignore",
        )


def dates_and_terms(review: Review) -> None:
    dates = [(day(d.date, weekday=True), outline.label(review, d), plain(d.basis)) for d in sorted(review.deadlines, key=lambda d: d.date)]
    terms = [(label, plain(words)) for label, words in outline.facts(review)]
    if dates or terms:
        with st.expander("How the dates were counted, and the terms in short", icon=":material/calculate:"):
            _table(("Date", "What", "How it was counted"), dates)
            _table(("Term", "What the document says"), terms)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    if lines:
        st.markdown("\n".join([f"| {' | '.join(head)} |", "|" + " --- |" * len(head), *lines]))


# ---- the findings


def findings(review: Review, data: bytes, name: str) -> None:
    found = outline.by_urgency(review.findings)
    counts = outline.counts(review)
    st.subheader("What to ask for", anchor=False)
    if not found:
        st.markdown("Nothing was found to ask for.")
        return
    st.caption(" · ".join(f"{counts[severity]} {severity}" for severity in SEVERITIES if counts[severity]))
    for number, finding in enumerate(found):
        _finding(finding, data, name, f"{number} {finding.rule} {review.document.sha256}", first=number == 0)


@st.fragment
def _finding(finding: Finding, data: bytes, name: str, key: str, *, first: bool) -> None:
    """One finding, folded; its page is drawn only once it is opened."""
    colour, place = COLOURS[finding.severity], outline.place(finding)
    subject = CATEGORIES.get(finding.category, finding.category)
    label = f":{colour}-badge[{finding.severity.upper()}] **{plain(finding.title)}** :gray[· {subject}{place and f' · {plain(place)}'}]"
    folded = st.expander(label, expanded=first, key=f"finding {key}", on_change="rerun")
    if not folded.open:
        return
    with folded:
        if not finding.evidence:
            _words(finding)
            return
        left, right = st.columns(2, gap="large")
        with left:
            _words(finding)
        with right:
            _place(finding.evidence, data, name, key)


def _words(finding: Finding) -> None:
    st.markdown(f"**{plain(finding.meaning)}**")
    for evidence in finding.evidence:
        where = outline.where(evidence)
        st.markdown(f"> “{plain(evidence.quote)}”{where and f' :gray[({plain(where)})]'}")
    if finding.why:
        st.markdown(f"**Why it matters.** {plain(finding.why)}")
    asks = [(name, line) for name, position in (("Ask for", "preferred"), ("Or else", "fallback")) if (line := outline.redline(finding, position))]
    if asks:
        for tab, (_, line) in zip(st.tabs([name for name, _ in asks]), asks, strict=True):
            with tab:
                _redline(line)


def _redline(line: Redline) -> None:
    st.caption(f"The wording, {plain(outline.instead_of(line))}")
    st.code(clean(line.text), language=None, wrap_lines=True)
    if line.note:
        st.caption("The note to the vendor")
        st.code(clean(line.note), language=None, wrap_lines=True)


def _place(evidence: tuple[Evidence, ...], data: bytes, name: str, key: str) -> None:
    """The page with the words lit; in a file without pages, the paragraph with the words marked."""
    document = read(data, name)
    pages = list(lit_pages(document, evidence))
    if not pages:
        for quote in evidence:
            before, words, after = paragraphs_around(document, quote)
            with st.container(border=True):
                st.markdown(f"{plain(before)} :orange-background[{plain(words)}] {plain(after)}".strip())
                if where := outline.where(quote):
                    st.caption(plain(where))
        return
    page = pages[0]
    if len(pages) > 1:
        page = st.segmented_control("Page", pages, default=page, format_func=lambda n: f"Page {n}", key=f"page {key}") or page
    try:
        png = picture(data, name, page, tuple((quote.start, quote.end) for quote in evidence))
    except ContractLensError as error:
        st.caption(plain(str(error)))
        return
    alt = f"Page {page} of the document, with the quoted words lit"
    st.image(png, caption=f"Page {page}, with the words lit", width="stretch", output_format="PNG", alt=alt)


# ---- what else the review says


def warnings(review: Review) -> None:
    for warning in review.warnings:
        st.warning(plain(outline.warning(warning)), icon=":material/warning:")


def gaps(review: Review) -> None:
    asked = _asking_here(review)
    drafts = outline.by_urgency(review.findings, "draft")
    _list("Looked for and not found", (n.what for n in review.not_found))
    _list("Could not be worked out", (outline.unknown(u) for u in asked.unknown))
    _list("From rules on trial, which count for nothing yet", (f"{f.meaning} {outline.place(f)}" for f in drafts))


def _list(heading: str, items: Iterable[str]) -> None:
    lines = [f"- {plain(item)}" for item in items]
    if lines:
        st.markdown(f"**{heading}**\n\n" + "\n".join(lines))


# ---- the page


def page() -> None:
    st.html(STYLE)
    st.title("ContractLens", anchor=False)
    st.markdown(PROMISE)
    chosen = choose()
    invited = st.empty()
    if chosen is None:
        with invited.container():
            invitation()
        return
    data, name = chosen
    with st.spinner("Reading …"):
        read(data, name)
    review, today = act_by(data, name)
    warnings(review)
    files(review, today)
    dates_and_terms(review)
    findings(review, data, name)
    gaps(review)
    st.caption(outline.NOT_ADVICE)


def main() -> None:
    st.set_page_config(page_title="ContractLens", layout="wide", initial_sidebar_state="collapsed")
    try:
        page()
    except ContractLensError as error:
        st.error(plain(str(error)), icon=":material/error:")
    except Exception as error:
        logging.getLogger("contractlens").exception("The app failed")
        st.error(f"ContractLens failed where it should not have ({type(error).__name__}). Please report it with the kind of file you opened.")


main()
