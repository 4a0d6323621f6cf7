"""How words get onto a page: as Markdown in which nothing of a document is read as markup, or as HTML in which all of it is escaped."""

from __future__ import annotations

import functools
import logging
import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import ParamSpec

import streamlit as st

from app_pages import formats
from app_pages.formats import written
from contractlens.advice.finding import Review
from contractlens.documents import Evidence
from contractlens.errors import ContractLensError
from contractlens.exports import outline
from contractlens.exports.html import escape
from contractlens.exports.markdown import escape as escape_markdown
from contractlens.exports.words import day, in_days

PROMISE = "Everything happens on this machine and nothing leaves it. It is not legal advice: check each quote in the document before you act."
COLOURS = {"high": "red", "medium": "orange", "low": "blue"}
CATEGORIES = {"sla": "service level", "changes": "change of terms", "law": "governing law"}

HERE = {  # what the package says to users of the command line, as this page can do it
    "Give it with --password, or": "Give it in the field below, or",
    " with --reported.": " above.",
    " with --service.": " above.",
    "--view original reads it as it was before them": "above, it can be read as it was before them",
    "or allow more with --": "or allow more on the command line, with --",
    "Allow more with --": "The command line allows more with --",
    "Say which one we are with --we.": "Say on the Review page which one we are.",
    "Leave --we out, or name the customer.": "On the Review page, say that we are the customer.",
}
P = ParamSpec("P")
_SHORTCODE = re.compile(r":(?=[A-Za-z]|[\w+/-]+:)")  # Streamlit reads :red, :star: and :material/warning: even where they are escaped


def plain(text: str) -> str:
    """Words of a document as words: no mark in them is read as Markdown, HTML, a formula, a colour or an icon."""
    return _SHORTCODE.sub(":\u2060", escape_markdown(text))


def here(text: str) -> str:
    """The words, asking for the fields of the app where they ask for options of the command line."""
    for option, field in HERE.items():
        text = text.replace(option, field)
    return text


def html(body: str) -> None:
    """HTML of our own; whatever in it comes from a document is escaped by whoever wrote it."""
    st.html(body)


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """Words of ours as a sentence, their numbers as the reader writes them."""
    return f"{capital(written(text)).rstrip('.')}."


def category(name: str) -> str:
    return CATEGORIES.get(name, name)


def masthead(title: str, *, beside: str = "") -> None:
    """A page's title, and what stands beside it in small."""
    html(f'<div class="masthead"><h1>{escape(title)}</h1>{beside and f"<span>{escape(beside)}</span>"}</div>')


def next_to_act(name: str, act_by: date, today: date) -> None:
    """What comes first of many agreements, above all else."""
    html(f'<p class="lede">Next: {escape(name)}, <b>act by {day(act_by, weekday=True)}</b> ({in_days(act_by, today)}).</p>')


def about(review: Review) -> str:
    """`8 pages · Harbor DNS, Inc. → Fernhill Analytics, Inc.`"""
    return " · ".join(part for part in (written(outline.size(review)), outline.parties(review)) if part)


def quotes(evidence: Iterable[Evidence], most: int = 3) -> str:
    """The words that something comes from, each with its place, as HTML."""
    told = [f"<blockquote>{escape(e.quote)}<cite>{escape(outline.where(e))}</cite></blockquote>" for e in [*evidence][:most]]
    return "".join(told)


def foot() -> None:
    """What holds for all of the app, and how it writes numbers and dates."""
    with st.container(horizontal=True, key="foot", vertical_alignment="center"):
        html(f"<p>{PROMISE}</p>")
        with st.popover("Numbers and dates", icon=":material/language:", type="tertiary"):
            formats.choice()


def guarded(draw: Callable[P, None]) -> Callable[P, None]:
    """What goes wrong is one sentence, and never a trace."""

    @functools.wraps(draw)
    def drawn(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            draw(*args, **kwargs)
        except ContractLensError as error:
            st.error(plain(str(error)), icon=":material/error:")
        except Exception as error:
            logging.getLogger("contractlens").exception("The app failed")
            st.error(f"ContractLens failed where it should not have ({type(error).__name__}). Please report it with the kind of file you opened.")

    return drawn
