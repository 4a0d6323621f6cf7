"""What lies on the desk in this session: the agreements, what the reader told about them, and the rules they are read with.

All of it is kept in the session's own state, so that no session sees another's, nothing is lost when the page is drawn
again, and everything is gone with the session. `agreements()` are in the order in which they came.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from threading import BoundedSemaphore
from types import MappingProxyType
from typing import TypedDict
from weakref import WeakSet
from zoneinfo import ZoneInfo

import streamlit as st

from contractlens.advice.finding import DocumentSummary, Review, ReviewError
from contractlens.advice.reviewing import playbook, review_again
from contractlens.apart import Crew
from contractlens.documents import Document, read_document
from contractlens.documents.document import Stretch, View
from contractlens.documents.pictures import Picture, page_picture
from contractlens.errors import DocumentError
from contractlens.exports.words import clean
from contractlens.portfolio.keys import rules_hash
from contractlens.portfolio.readers import readers
from contractlens.redlining import Choice, chosen
from contractlens.rulebook import Rulebook
from contractlens.values import Duration, Money

KINDS = ("pdf", "docx", "docm", "dotx", "txt", "md", "html", "htm")
READERS = readers(version=rules_hash(None))  # what they read costs the server nothing: neither time, nor memory, nor its life
DRAWERS = Crew(timeout=20, memory=600, load="contractlens.documents.pictures")
MOST_KEPT = 8  # reviews of one agreement, as seen with other dates and rules


@dataclass
class Agreement:
    """A file, as it was read or why it was not, and what the reader told about it."""

    key: str
    name: str
    data: bytes = field(repr=False)
    document: Document | None = None
    error: DocumentError | None = None
    password: str | None = field(default=None, repr=False)
    effective_date: date | None = None
    we: str | None = None  # which party we are: the customer, unless the reader says another
    view: View = "accepted"  # how the reader looks at its tracked changes
    original: Document | None = field(default=None, repr=False)  # as it was before them, once it was looked at
    fee: Money | None = None
    hourly_loss: Money | None = None
    choices: dict[str, Choice] = field(default_factory=dict)
    words: dict[tuple[str, str], str] = field(default_factory=dict)  # as edited, by finding and position: none is lost by choosing another
    reviews: dict[object, Review] = field(default_factory=dict, repr=False)


@dataclass(eq=False)
class House:
    """The rules of this session: a playbook of one's own, rules that are off, limits that differ."""

    playbook: Rulebook | None = None
    loaded: int = 0  # how often a playbook was loaded or taken away again
    name: str = ""
    files: int = 0
    letters: dict[str, bytes] = field(default_factory=dict, repr=False)  # the playbook's own wording of letters, by the file's name
    without: set[str] = field(default_factory=set)
    limits: dict[str, Duration | float] = field(default_factory=dict)


def agreements() -> dict[str, Agreement]:
    return st.session_state.setdefault("agreements", {})  # type: ignore[no-any-return]


def readable() -> list[Agreement]:
    return [a for a in agreements().values() if a.document]


def house() -> House:
    return st.session_state.setdefault("house", House())  # type: ignore[no-any-return]


def chosen_agreement() -> Agreement | None:
    """The one that the reader looks at: the one picked, else the first that could be read."""
    found = readable()
    return next((a for a in found if a.key == st.session_state.get("agreement")), found[0] if found else None)


def choose(key: str) -> None:
    st.session_state["agreement"] = key


def today() -> date:
    """The day from which deadlines are seen: the one that the reader gave, else the reader's own today."""
    given = st.session_state.get("seen from")
    return given or readers_today()


def readers_today() -> date:
    """Today where the reader's browser is, and not where this machine is."""
    try:
        return datetime.now(ZoneInfo(st.context.timezone or "UTC")).date() if st.context.timezone else date.today()
    except (KeyError, ValueError, OSError):
        return date.today()


def stamp() -> datetime:
    """When files are written: now, or the start of the day that the reader gave."""
    given = st.session_state.get("seen from")
    return datetime(given.year, given.month, given.day, tzinfo=UTC) if given else datetime.now(UTC)


# ---- reading, in processes apart

MOST_AT_ONCE = max(os.cpu_count() or 2, 2)  # more would only be slower, and take memory
MOST_READY = 2  # that wait with the rules loaded: each holds a quarter of a gigabyte
OPEN: WeakSet[House] = WeakSet()  # the sessions, for as long as each is there
TURNS = BoundedSemaphore(MOST_AT_ONCE)


def ready() -> None:
    """Have processes load, or wait, for whatever comes next: of those that read a second one, where a second session is open."""
    OPEN.add(house())
    READERS.begin(MOST_AT_ONCE, waiting=min(len(OPEN), MOST_READY))
    DRAWERS.begin()


def picture(agreement: Agreement, page: int, stretches: Sequence[Stretch], zoom: float) -> Picture:
    """A page of the agreement's PDF with the stretches lit. Raises DocumentError where it cannot be drawn."""
    with TURNS:
        return DRAWERS.call(agreement.name, page_picture, agreement.data, agreement.name, page, stretches, zoom, password=agreement.password)


def add(name: str, data: bytes) -> Agreement:
    """Read a file and lay it on the desk; the same bytes lie there once."""
    key = hashlib.sha256(data).hexdigest()[:16]
    found = agreements().get(key)
    if found is None:
        found = agreements()[key] = Agreement(key, clean(name) or "document", data)
        _read(found)
    return found


def open_with(agreement: Agreement, password: str) -> None:
    """Try an encrypted file again, with its password."""
    agreement.password, agreement.error = password, None
    _read(agreement)


def remove(key: str) -> None:
    agreements().pop(key, None)


def _read(agreement: Agreement) -> None:
    try:
        with TURNS:
            agreement.document = READERS.call(agreement.name, read_document, agreement.data, agreement.name, password=agreement.password)
        review(agreement)
    except DocumentError as error:
        agreement.document, agreement.error = None, error


def seen(agreement: Agreement) -> Document | None:
    """The document as the reader looks at it: as if its tracked changes were accepted, or as it was before them."""
    if agreement.view == "accepted" or agreement.document is None:
        return agreement.document
    if agreement.original is None:
        with TURNS:
            agreement.original = READERS.call(agreement.name, read_document, agreement.data, agreement.name, view=agreement.view)
    return agreement.original


def review(agreement: Agreement) -> Review:
    """The review of an agreement, as the dates, the side and the rules of this session make it."""
    return _reviewed(agreement, agreement.document, agreement.we)


def review_seen(agreement: Agreement) -> Review:
    """The same of the document as the reader looks at it."""
    return _reviewed(agreement, seen(agreement), agreement.we)


def review_unsided(agreement: Agreement) -> Review:
    """The same as the document has its parties, whichever of them we are."""
    return _reviewed(agreement, agreement.document, None)


def _reviewed(agreement: Agreement, document: Document | None, we: str | None) -> Review:
    if document is None:
        return _not_read(agreement)
    key = (agreement.effective_date, today(), rules_key(), we, document is agreement.document)
    if key not in agreement.reviews:
        while len(agreement.reviews) >= MOST_KEPT:
            agreement.reviews.pop(next(iter(agreement.reviews)))
        with TURNS:
            agreement.reviews[key] = READERS.call(
                agreement.name, review_again, document, house().playbook, **_adjustments(), today=today(), effective_date=agreement.effective_date, we=we
            )
    return agreement.reviews[key]


def asked(agreement: Agreement) -> Review:
    """The review with what the reader chose to ask for."""
    return chosen(review(agreement), agreement.choices)


def _not_read(agreement: Agreement) -> Review:
    why = agreement.error or DocumentError("unreadable", f"{agreement.name}: it could not be read.")
    summary = DocumentSummary(name=agreement.name, path=agreement.name, sha256=hashlib.sha256(agreement.data).hexdigest())
    return Review(document=summary, error=ReviewError.model_validate({"kind": why.kind, "message": str(why)}))


# ---- the rules


@st.cache_resource(show_spinner="Reading the rules …")
def our_rules() -> Rulebook:
    """The rules that come with ContractLens, to be shown and tried: read once, for all sessions."""
    return playbook()


def base_rules() -> Rulebook:
    """The playbook of this session before anything in it is switched off."""
    return house().playbook or our_rules()


def rules_key() -> tuple[object, ...]:
    """What the rules of this session are known by: the same for as long as nothing about them changes."""
    kept = house()
    return kept.loaded, frozenset(kept.without), frozenset(kept.limits.items())


class Adjustments(TypedDict):
    without: set[str]
    house_limits: dict[str, Duration | float]


def _adjustments() -> Adjustments:
    """What is off in this session, and which limits differ, of the rules that it reviews with."""
    kept = house()
    if not kept.without and not kept.limits:
        return {"without": set(), "house_limits": {}}
    base = base_rules()
    return {"without": kept.without & set(base.rules), "house_limits": {name: value for name, value in kept.limits.items() if name in base.limits}}


def use_playbook(playbook: Rulebook | None, name: str = "", files: int = 0, letters: Mapping[str, bytes] = MappingProxyType({})) -> None:
    """Review with a playbook of one's own from now on, or with ours alone again."""
    kept = house()
    kept.playbook, kept.name, kept.files, kept.letters, kept.loaded = playbook, name, files, dict(letters), kept.loaded + 1
