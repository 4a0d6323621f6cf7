"""A document whose words would be formulas, scripts, events, terminal commands or XML where they go: all of it comes out as words."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import icalendar
import openpyxl
import pytest
from lxml import etree, html

from contractlens import Review, review, scan
from contractlens.exports import calendar, report, rows
from contractlens.redlining import ask
from tests.hostile import words

TODAY = date(2026, 11, 21)
FORMULA = '=HYPERLINK("http://127.0.0.1:9/","pay")'
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>"
TERMINAL = "\x1b[2J\x1b]0;owned\x07\x9b31m"
EVENT = "BEGIN:VALARM TRIGGER:-PT1M END:VALARM"
BIDI = "\u202eyadot\u202c"
TEXT = f"""HOSTING AGREEMENT

This Agreement is made as of March 1, 2026 (the "Effective Date") between {FORMULA} Harbor {SCRIPT} Hosting, Inc. ("Provider") and
Example {TERMINAL} Ltd. ("Customer").

1. Term {SCRIPT} {EVENT}. The initial term of this Agreement is one (1) year from the Effective Date. {FORMULA} {SCRIPT} {TERMINAL} {BIDI} {EVENT}
This Agreement shall automatically renew for successive periods of one (1) year unless either party {SCRIPT} {TERMINAL} {BIDI} gives the other
written notice of non-renewal at least thirty (30) days before the end of the then-current term.

2. Service Level. Provider will make the Service {FORMULA} available 99.9% of the time {SCRIPT} in each calendar month {TERMINAL}.

3. Changes. Provider may change these terms {SCRIPT} {BIDI} at any time by posting {TERMINAL} the new terms at {FORMULA} its website.

4. Notices. All notices shall be in writing and sent to =cmd|' /C calc'!A0 {SCRIPT} legal@harbor.example by email.

5. Governing law. This Agreement is governed by the laws of the State of Delaware.
"""
STEERING = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Review:
    path = tmp_path_factory.mktemp("hostile") / "=cmd;<b>.txt"
    path.write_text(TEXT, encoding="utf-8")
    made = review(path, today=TODAY)
    assert made.terms is not None
    assert made.terms.renewal is not None
    assert made.deadline("opt_out_by") is not None
    return made


@pytest.mark.parametrize("color", [False, True], ids=["plain", "in colour"])
def test_nothing_steers_a_terminal(found: Review, color: bool) -> None:
    text = report.as_text(found, TODAY, 100, color=color)
    assert not STEERING.search(re.sub(r"\x1b\[[\d;]*m", "", text) if color else text)
    assert "\x1b[2J" not in text
    assert not STEERING.search(rows.as_table([found], TODAY, 100, color=False))


def test_nothing_runs_in_a_browser(found: Review) -> None:
    page = html.fromstring(report.as_html(found, TODAY))
    assert [e.tag for e in page.iter("script", "img", "iframe", "object")] == []
    assert not [a for e in page.iter() for a in e.attrib if a.startswith("on")]
    assert not [link for _, _, link, _ in page.iterlinks() if not link.startswith("#")]
    assert not STEERING.search(page.text_content())


def test_nothing_is_markup_in_markdown(found: Review) -> None:
    text = report.as_markdown(found, TODAY)
    assert "<script" not in re.sub(r"\\<", "", text)
    assert not STEERING.search(text)


def test_nothing_is_a_formula_in_a_spreadsheet(found: Review, tmp_path: Path) -> None:
    from contractlens.exports.entry import entry
    from contractlens.exports.spreadsheet import write_workbook

    for row in csv.reader(io.StringIO("".join(rows.as_csv([found], TODAY)))):
        assert not [cell for cell in row if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]
        assert not STEERING.search("".join(row))
    write_workbook(tmp_path / "all.xlsx", [(entry(found, TODAY), found, None)])
    for sheet in openpyxl.load_workbook(tmp_path / "all.xlsx"):
        assert not [cell.coordinate for line in sheet.iter_rows() for cell in line if cell.data_type == "f" and "127.0.0.1" in str(cell.value)]
        assert not [cell.coordinate for line in sheet.iter_rows() for cell in line if cell.hyperlink and "127.0.0.1" in str(cell.hyperlink.target)]


def test_nothing_adds_an_event_to_a_calendar(found: Review) -> None:
    data = calendar.calendar([found], stamp=datetime(2026, 11, 21, tzinfo=UTC))
    made = icalendar.Calendar.from_ical(data)
    dates = {d.date for d in found.deadlines if d.date >= TODAY}
    events = made.walk("VEVENT")
    assert 0 < len(events) <= len(dates) + 1
    assert not [line for line in data.decode().splitlines() if line.startswith("BEGIN:VALARM ")]
    assert not STEERING.search(data.decode().replace("\r\n", ""))


def test_nothing_breaks_the_words_of_a_redline(found: Review, tmp_path: Path) -> None:
    body = "".join(words.par(p.translate(_XML)) for p in STEERING.sub("", TEXT).split("\n\n"))
    (tmp_path / "terms.docx").write_bytes(words.word(body))
    made = review(tmp_path / "terms.docx", today=TODAY)
    when = datetime(2026, 11, 21, tzinfo=UTC)
    author = "Ann <b>\x1b[2J & Sons"
    for result, data in ((made, (tmp_path / "terms.docx").read_bytes()), (found, TEXT.encode())):
        asked = ask(result, data, when=when, format="docx", position="preferred", only=[], author=author, comments=True)
        with zipfile.ZipFile(io.BytesIO(asked.data)) as zipped:
            for name in zipped.namelist():
                assert ".." not in name
                if name.endswith((".xml", ".rels")):
                    etree.fromstring(zipped.read(name))


_XML = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"}


def test_paths_in_a_zip_are_not_written_and_not_passed_on(folder: Path) -> None:
    body = "".join(words.par(p.translate(_XML)) for p in STEERING.sub("", TEXT).split("\n\n"))
    data = words.word(body, more=[("../../escaped.txt", "x"), ("/tmp/escaped.txt", "x")])
    (folder / "terms.docx").write_bytes(data)
    (result,) = scan(["terms.docx"], today=TODAY)
    assert not result.error
    asked = ask(result, data, when=datetime(2026, 11, 21, tzinfo=UTC), format="docx", position="preferred", only=[], author="Ann", comments=True)
    names = zipfile.ZipFile(io.BytesIO(asked.data)).namelist()
    assert not [n for n in names if ".." in n or n.startswith("/")]
    assert [p.name for p in folder.iterdir()] == ["terms.docx"]
