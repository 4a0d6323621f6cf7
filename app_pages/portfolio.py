"""All agreements of a team: a folder scanned into a register, listed by the day to act, and kept there with what people add."""

from __future__ import annotations

import os
import time
from collections import deque
from contextlib import closing
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

import contractlens
from app_pages import adding, desk, keeping
from app_pages.drawing import foot, guarded, html, masthead, next_to_act, plain
from app_pages.formats import written
from app_pages.timeline import timeline
from contractlens.advice.finding import Severity
from contractlens.advice.kept import STATUSES
from contractlens.exports import calendar
from contractlens.exports.html import escape
from contractlens.exports.words import clean, day, shorten
from contractlens.portfolio import listing, moved, planning
from contractlens.portfolio.register import Register
from contractlens.portfolio.scanning import files_in

MOST_DRAWN = 20  # agreements on the line of time
MOST_MOVED = 50  # files that moved, told one by one
OFTEN = 0.1  # seconds between two looks at a scan that is under way
JOBS = max(1, min(4, (os.cpu_count() or 2) - 1))  # one processor is left to the page
WITHIN = {30: "30 days", 60: "60 days", 90: "90 days", 120: "120 days", 180: "half a year", 365: "a year"}
SEVERITIES: dict[Severity, str] = {"high": "high", "medium": "medium or high", "low": "any finding"}
TABS = ("Agreements", "Timeline", "What moved since the last scan")
TEACHES = (
    ("1. Name a register", "One file on this machine. It remembers what was found, so that a file it knows is not read again, and it is made with the first scan."),
    ("2. Scan a folder", "Every agreement in it, however deep: PDF, Word, text and HTML. A file that cannot be read is named, and stops nothing."),
    ("3. Keep it right", "Give each agreement an owner, a status and its cost, and correct a date: it outlives every scan, and the calendar follows."),
)


def page() -> None:
    masthead("Portfolio", beside=f"seen from {day(desk.today(), weekday=True)}")
    work(*_asked())
    foot()


@guarded
def work(where: Path | None, folder: Path | None, go: bool) -> None:
    """Scan, where that was asked for, and show the register."""
    said = st.container()  # always there: what is said in it moves nothing below it, where somebody may be typing
    wrong = _wrong(where, folder) if go else ""
    if wrong:
        said.error(plain(wrong), icon=":material/error:")
    go = go and not wrong
    if where is None or not (go or where.exists()):
        _teach(where)
        return
    with Register(where, make=go) as register:
        if go and folder:
            with said:
                scan(register, folder)
        shown(register)


def _asked() -> tuple[Path | None, Path | None, bool]:
    """The register and the folder as they were typed, and whether to scan now."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="portfolio"):
        where = st.text_input("Register", placeholder="~/agreements/register.db", key="register file", persist_state="session", help="A file on this machine; it is made if it is not there.")
        folder = st.text_input("Folder to scan", placeholder="~/agreements", key="folder to scan", persist_state="session", help="With all folders in it. The agreements stay as they are.")
        go = st.button("Scan", type="primary", icon=":material/document_scanner:")
    kept = desk.house()
    if kept.playbook or kept.without or kept.limits:
        st.caption("A scan reads with the rules that come with ContractLens: what you changed on the Rules page does not count here.")
    return _path(where), _path(folder), go


def _path(words: str | None) -> Path | None:
    """`~` is the home of whoever started the app."""
    return Path(os.path.expanduser(words.strip())) if words and words.strip() else None


def _teach(where: Path | None) -> None:
    """What the page would show, and the way there."""
    if where:
        st.info(f"There is no register at {plain(str(where))} yet. Name the folder of your agreements and scan it: the register is made then.", icon=":material/info:")
    for column, (heading, words) in zip(st.columns(3, gap="medium"), TEACHES, strict=True):
        with column.container(border=True, height="stretch", key=f"card-{heading}"):
            html(f'<div class="card"><p class="kicker">{heading}</p><p class="says">{words}</p></div>')


# ---- scanning


def _wrong(where: Path | None, folder: Path | None) -> str:
    """Why there is nothing to scan, in a sentence; empty where there is."""
    if where is None:
        return "Name the register first: a file such as ~/agreements/register.db, which is made if it is not there."
    if folder is None:
        return "Name the folder of your agreements, such as ~/agreements."
    if not folder.is_dir():
        return f"{folder}: there is no such folder. Check how it is spelled, and give it from the root or from ~."
    if not files_in(folder):
        return f"{folder}: there is no agreement in it. Give a folder with PDF, Word, text or HTML files."
    return ""


def scan(register: Register, folder: Path) -> None:
    """Scan the folder into the register, with a bar and a line for each file."""
    total = len(files_in(folder))
    failed = _follow(register, folder, total)
    keeping.again()
    st.success(f"{total} {'file' if total == 1 else 'files'} scanned" + (f", of which {failed} could not be read." if failed else "."), icon=":material/check:")


def _follow(register: Register, folder: Path, total: int) -> int:
    """Show the scan while it goes on, and in the end the files that could not be read; how many they are."""
    bar, told, seen = st.progress(0.0, "Starting to read …"), st.empty(), 0.0
    lines: deque[str] = deque(maxlen=adding.SHOWN)
    failed: list[str] = []
    with closing(contractlens.scan(folder, jobs=JOBS, register=register, today=desk.today())) as reviews:
        for number, review in enumerate(reviews, 1):
            lines.append(adding.line(review, register.kept(review.document.sha256) if review.document.sha256 else None))
            failed += [lines[-1]] if review.error else []
            if time.monotonic() - seen > OFTEN:
                seen = time.monotonic()
                bar.progress(min(number / total, 1.0), f"{number} of {total}: {plain(shorten(clean(review.document.name), 60))}")
                told.html(f'<div class="lines" role="status">{"".join(lines)}</div>')
    bar.empty()
    told.empty()
    if failed:
        told.html(f'<div class="lines" role="status">{"".join(failed[: adding.SHOWN])}</div>')
    return len(failed)


# ---- what is in the register


def shown(register: Register) -> None:
    first = next(listing.entries(register, desk.today()), None)
    if first is None:
        st.info("Nothing is in this register yet: name the folder of your agreements and scan it.", icon=":material/info:")
        return
    with st.container():  # always there, as the one above
        if first.act_by:
            next_to_act(first.vendor or first.name, first.act_by, desk.today())
    chosen = filters()
    table, line, moves = st.tabs(TABS, key="portfolio tabs", on_change="rerun")
    if table.open:
        with table:
            take_away(register.path, chosen)
            keeping.table(register, chosen)
    if line.open:
        with line:
            drawn(register, chosen)
    if moves.open:
        with moves:
            what_moved(register)


def filters() -> listing.Filter:
    """Which agreements the page is about."""
    with st.container(horizontal=True, key="filters-of-the-register"):
        vendor = st.text_input("Vendor", placeholder="any", key="vendor is", persist_state="session").strip()
        days = st.selectbox("To act on within", WITHIN, index=None, format_func=lambda n: WITHIN[n], placeholder="any time", key="due within", persist_state="session")
        severity = st.selectbox("Findings", SEVERITIES, index=None, format_func=lambda s: SEVERITIES[s], placeholder="any or none", key="findings are", persist_state="session")
        owner = st.text_input("Owner", placeholder="anyone or no one", key="owner is", persist_state="session").strip()
        status = st.selectbox("Status", STATUSES, index=None, format_func=keeping.spaced, placeholder="any", key="status is", persist_state="session")
    return listing.Filter(
        vendor=vendor or None,
        act_from=desk.today() if days else None,
        act_until=desk.today() + timedelta(days=days) if days else None,
        severity=severity,
        owner=owner or None,
        status=status,
    )


@guarded
def take_away(where: Path, chosen: listing.Filter) -> None:
    """What is listed as a workbook; the days of the whole register as one calendar file, which moves and cancels its own events."""
    today, stamp = desk.today(), desk.stamp()  # now: a file is made outside of the session
    with st.container(horizontal=True, key="take-away"):
        st.download_button(
            "These agreements (Excel)", lambda: workbook(where, chosen, today), file_name="agreements.xlsx", on_click="ignore", icon=":material/table_view:",
            mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        )  # fmt: skip
        st.download_button(
            "All dates for your calendar (.ics)", lambda: dates(where, today, stamp), file_name="renewals.ics", on_click="ignore", icon=":material/event:", mime="text/calendar",
            help="Of the whole register. Import it again after a change: what moved is moved, and what ended is cancelled.",
        )  # fmt: skip


def workbook(where: Path, chosen: listing.Filter, today: date) -> bytes:
    from contractlens.exports.spreadsheet import write_workbook

    with Register(where) as register, TemporaryDirectory() as folder:
        made = Path(folder, "agreements.xlsx")
        write_workbook(made, listing.in_full(register, today, chosen))
        return made.read_bytes()


def dates(where: Path, today: date, stamp: datetime) -> bytes:
    parts: list[bytes] = []
    with Register(where) as register:
        planning.calendar(register, today, parts.append, alarms=calendar.ALARMS, stamp=stamp)
    return b"".join(parts)


@guarded
def drawn(register: Register, chosen: listing.Filter) -> None:
    """The agreements to act on, the first ones first, on the next eighteen months."""
    due = [*islice((e for e in listing.entries(register, desk.today(), chosen) if e.act_by), MOST_DRAWN + 1)]
    if not timeline((entry.vendor or entry.name, register.review(entry.id, desk.today())) for entry in due[:MOST_DRAWN]):
        st.caption("None of these agreements has a day to act by in the next eighteen months.")
    if due[MOST_DRAWN:]:
        st.caption(f"The first {MOST_DRAWN} to act on. Filter to see others.")


@guarded
def what_moved(register: Register) -> None:
    """Since the scan before: new and gone files, and what changed in the others."""
    _, last, before = moved.last_scan(register)
    if before is None:
        st.caption("The register was scanned once. Scan again when papers have changed or time has gone by: here stands what moved.")
        return
    found = [*islice(moved.moved(register), MOST_MOVED + 1)]
    st.caption(f"Between the scans of {_moment(before)} and {_moment(last)}: {'nothing moved' if not found else 'this moved'}.")
    for file in found[:MOST_MOVED]:
        lines = "".join(f"<li>{escape(written(shorten(change.line(), 300)))}</li>" for change in file.differences)
        html(f'<div class="told"><p><b>{escape(clean(Path(file.path).name))}</b>: {escape(written(file.happened))}</p><ul>{lines}</ul></div>')
    if found[MOST_MOVED:]:
        st.caption(f"These are the first {MOST_MOVED} files. All of them:  contractlens moved --register {plain(str(register.path))}")


def _moment(words: str) -> str:
    return f"{words[:16].replace('T', ' ')} UTC"


page()
