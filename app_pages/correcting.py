"""A value of an agreement in the register, corrected or taken back: all lists and dates follow."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Literal, NamedTuple

import streamlit as st

from app_pages import desk
from app_pages.cards import FIRST_DAY, LAST_DAY
from app_pages.drawing import plain
from app_pages.formats import as_ours, date_format, signs
from contractlens.errors import UsageError
from contractlens.exports.entry import Entry
from contractlens.exports.words import clean
from contractlens.portfolio.register import Register
from contractlens.rulebook.adjusting import read_limit
from contractlens.values import Duration


class Field(NamedTuple):
    """A field of the terms, as people call it, what it holds, and how that is written."""

    name: str
    label: str
    holds: Literal["day", "length", "share", "words"]
    like: str = ""


FIELDS = (
    Field("expiration_date", "Last day of the first term", "day"),
    Field("initial_term", "How long the first term is", "length", "24 months"),
    Field("renewal.renewal_term", "How long a renewal binds", "length", "1 year"),
    Field("renewal.notice_min", "How much notice is needed", "length", "60 days"),
    Field("renewal.notice_max", "How early the window for notice opens", "length", "90 days"),
    Field("uptime.0.percent", "Service level, per cent", "share", "99.9"),
    Field("parties.{vendor}.name", "Vendor’s name", "words", "Harbor DNS, Inc."),
)


def correct(register: Register, entries: Sequence[Entry]) -> bool:
    """The fields to correct a value of one of the agreements with; whether one was kept or taken back."""
    named = {entry.id: entry.name for entry in entries if not entry.error_kind}
    if not named:
        return False
    with st.popover("Correct a value", icon=":material/edit:"):
        paper = st.selectbox("Agreement", named, format_func=lambda id: plain(named.get(id) or id), key="correct agreement", width=340)
        field = st.selectbox("What is wrong", FIELDS, format_func=lambda field: field.label, key="correct field", width=340)
        given = _given(field, f"correct {paper} {field.name}")
        if st.button("Keep it", type="primary", key="correct") and given:
            try:
                register.set(paper, {_name(register, paper, field): _stored(field, given)}, desk.today())
            except UsageError as error:
                st.error(plain(str(error)), icon=":material/error:")
                return False
            return True
        return _taken_back(register, paper)


def _given(field: Field, key: str) -> date | str | None:
    if field.holds == "day":
        given: date | None = st.date_input("As it is", value=None, min_value=FIRST_DAY, max_value=LAST_DAY, format=date_format(), key=key, width=340)
        return given
    words: str = st.text_input("As it is", placeholder=f"such as {field.like}", max_chars=200, key=key, width=340)
    return words.strip()


def _name(register: Register, paper: str, field: Field) -> str:
    """The field's name in this agreement's terms. Raises UsageError where there is no such thing in it."""
    terms = register.as_found(paper).terms
    vendor = next((n for n, party in enumerate(terms.parties) if party.role == "vendor"), None) if terms else None
    if "{vendor}" in field.name and vendor is None:
        raise UsageError("No vendor was found in it, so there is no name to correct.")
    return field.name.format(vendor=vendor)


def _stored(field: Field, given: date | str) -> str:
    """What was given, as the register keeps it. Raises UsageError."""
    if isinstance(given, date):
        return given.isoformat()
    try:
        if field.holds == "length":
            return str(read_limit(as_ours(given, signs()), Duration(1, "day")))
        return str(read_limit(as_ours(given, signs()), 1.0)) if field.holds == "share" else given
    except ValueError:
        raise UsageError(f"{given}: this does not fit. Write it like {field.like}.") from None


def _taken_back(register: Register, paper: str) -> bool:
    """What was set for the agreement, each to be taken back; whether one was."""
    kept = register.kept(paper)
    for name, value in sorted(kept.values.items()):
        if st.button(f"Take back: {plain(_label(name))}, {plain(clean(value))}", key=f"take back {paper} {name}", icon=":material/undo:", type="tertiary"):
            register.set(paper, {name: None}, desk.today())
            return True
    return False


def _label(name: str) -> str:
    """What people call a field, by its name in the terms."""
    return next((f.label for f in FIELDS if re.fullmatch(re.escape(f.name).replace(re.escape("{vendor}"), r"\d+"), name)), name.replace("_", " ").replace(".", ", "))
