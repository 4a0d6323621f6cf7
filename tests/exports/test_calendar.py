"""The calendar file, read back by real clients: khal, and a Radicale server on this machine."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import icalendar
import pytest

from contractlens.advice.finding import Review
from contractlens.errors import UsageError
from contractlens.exports.calendar import calendar, events_of
from contractlens.reckoning.deadlines import Deadline
from contractlens.values import Duration
from tests.exports.clients import khal_in, radicale, read, request

STAMP = datetime(2026, 11, 21, tzinfo=UTC)
DAYS = {date(2027, 1, 15), date(2027, 1, 29), date(2027, 3, 1)}
MakeReview = Callable[..., Review]

__all__ = ["radicale"]


def alarms(event: icalendar.Event) -> list[timedelta]:
    return sorted(alarm["TRIGGER"].dt for alarm in event.walk("VALARM"))


def test_each_deadline_is_an_all_day_event_that_takes_no_time(make_review: MakeReview) -> None:
    events = read(calendar([make_review()], stamp=STAMP))
    assert {e.start for e in events} == DAYS
    assert all(e["DTEND"].dt - e["DTSTART"].dt == timedelta(days=1) and e["TRANSP"] == "TRANSPARENT" for e in events)


def test_the_summary_says_what_who_and_which_file(make_review: MakeReview) -> None:
    summaries = [str(e["SUMMARY"]) for e in read(calendar([make_review()], stamp=STAMP))]
    assert summaries[1] == "Last day to give notice: Harbor DNS, Inc. (harbor-dns.pdf)"


def test_the_description_says_what_to_do_how_it_was_counted_and_quotes_the_clause(make_review: MakeReview) -> None:
    text = str(read(calendar([make_review()], stamp=STAMP))[1]["DESCRIPTION"])
    assert text.startswith("Give written notice, or it renews for 12 months on 1 Mar 2027.")
    for part in (
        "the term ends 2027-02-28; 30 days before that",
        "§ 14.2, page 6",
        "renews automatically",
        "File: harbor-dns.pdf",
        "legal@",
    ):
        assert part in text


def test_alarms_ring_30_7_and_1_days_before_unless_others_are_asked_for(make_review: MakeReview) -> None:
    assert alarms(read(calendar([make_review()], stamp=STAMP))[0]) == [timedelta(days=-n) for n in (30, 7, 1)]
    asked = calendar([make_review()], alarms=[Duration(15, "hour"), Duration(2, "week"), Duration(14, "day")], stamp=STAMP)
    assert alarms(read(asked)[0]) == [timedelta(days=-14), timedelta(hours=-15)]


def test_an_alarm_a_month_before_is_counted_from_the_event(make_review: MakeReview) -> None:
    events = read(calendar([make_review()], alarms=[Duration(1, "month")], stamp=STAMP))
    assert [alarms(e) for e in events] == [[timedelta(days=-31)], [timedelta(days=-31)], [timedelta(days=-28)]]


@pytest.mark.parametrize("alarm", [Duration(0, "day"), Duration(99, "year"), Duration(10**12, "year"), Duration(10**20, "day")], ids=str)
def test_an_alarm_that_cannot_ring_is_refused(make_review: MakeReview, alarm: Duration) -> None:
    with pytest.raises(UsageError, match="--alarm"):
        calendar([make_review()], alarms=[alarm], stamp=STAMP)


def test_the_same_stamp_gives_the_same_bytes_and_a_moved_day_keeps_its_uid(make_review: MakeReview) -> None:
    assert calendar([make_review()], stamp=STAMP) == calendar([make_review()], stamp=STAMP)
    moved = make_review(deadlines=(Deadline(kind="opt_out_by", date=date(2028, 1, 29), basis="a year later"),))
    assert read(calendar([moved], stamp=STAMP))[0]["UID"] == read(calendar([make_review()], stamp=STAMP))[1]["UID"]


def test_two_files_of_the_same_bytes_give_one_set_of_events_that_names_both(make_review: MakeReview) -> None:
    events = read(calendar([make_review(), make_review(name="copy.pdf")], stamp=STAMP))
    assert len(events) == 3
    assert "Files: harbor-dns.pdf, copy.pdf" in events[0]["DESCRIPTION"]


def test_no_two_events_share_a_uid(make_review: MakeReview) -> None:
    twice = tuple(Deadline(kind="opt_out_by", date=day, basis="") for day in sorted(DAYS))
    nameless = make_review().document.model_copy(update={"sha256": None})
    events = read(calendar([make_review(deadlines=twice, document=nameless)] * 2, stamp=STAMP))
    assert len({str(e["UID"]) for e in events}) == len(events) == 6


def test_the_end_of_a_renewal_that_cannot_be_stopped_is_told_but_is_no_event(make_review: MakeReview) -> None:
    bound = Deadline(kind="bound_until", date=date(2028, 2, 28), basis="the window for 2027 has closed")
    by = Deadline(kind="opt_out_by", date=date(2028, 1, 29), basis="30 days before the end")
    review = make_review(deadlines=(bound, by))
    assert events_of(review) == [by]
    assert "Bound until 28 Feb 2028" in read(calendar([review], stamp=STAMP))[0]["DESCRIPTION"]


def test_words_of_the_document_cannot_add_properties(make_review: MakeReview) -> None:
    evil = "Evil\r\nATTACH:http://evil.example\nEND:VEVENT\x00\x1b[2J\u2028BEGIN:VEVENT;,\\"
    review = make_review(vendor=evil, name=f"{evil}.pdf", deadlines=(Deadline(kind="opt_out_by", date=date(2027, 1, 29), basis=evil),))
    data = calendar([review], stamp=STAMP)
    events = read(data)
    assert len(events) == 1
    assert "ATTACH" not in events[0]
    assert not any(line.startswith((b"ATTACH", b"END:VEVENT;")) for line in data.split(b"\r\n"))
    assert not {b for b in data if b < 32} - {13, 10}


def test_lines_are_folded_at_75_octets_and_end_in_crlf(make_review: MakeReview) -> None:
    data = calendar([make_review(vendor="Überlange Gesellschaft für Namensauflösung “§” " * 9)], stamp=STAMP)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert data.count(b"\n") == data.count(b"\r\n")


def test_what_rfc_5545_and_7986_require_is_there_once(make_review: MakeReview) -> None:
    lines = calendar([make_review()], stamp=STAMP).decode().split("\r\n")
    head = lines[: lines.index("BEGIN:VEVENT")]
    required = ["VERSION:2.0", "METHOD:PUBLISH", "NAME:Agreements", "X-WR-CALNAME:Agreements", "REFRESH-INTERVAL;VALUE=DURATION:P1D"]
    assert [head.count(line) for line in required] == [1] * len(required)
    for event in read("\r\n".join(lines)):
        assert all(name in event for name in ("UID", "DTSTAMP", "DTSTART", "SUMMARY", "CATEGORIES"))
        assert all(a["ACTION"] == "DISPLAY" and a["TRIGGER"].dt < timedelta() and a["DESCRIPTION"] for a in event.walk("VALARM"))


def test_khal_imports_the_days_and_the_alarms(make_review: MakeReview, tmp_path: Path) -> None:
    (tmp_path / "renewals.ics").write_bytes(calendar([make_review()], stamp=STAMP))
    khal = khal_in(tmp_path)
    khal("import", "--batch", "-a", "renewals", str(tmp_path / "renewals.ics"))
    shown = khal("list", "--day-format", "", "--format", "{start-date} {end-date} {title}", "2027-01-01", "90d").splitlines()
    assert shown == [
        "2027-01-15 2027-01-15 Notice window opens: Harbor DNS, Inc. (harbor-dns.pdf)",
        "2027-01-29 2027-01-29 Last day to give notice: Harbor DNS, Inc. (harbor-dns.pdf)",
        "2027-03-01 2027-03-01 Renews: Harbor DNS, Inc. (harbor-dns.pdf)",
    ]
    kept = [event for file in (tmp_path / "store").glob("*.ics") for event in read(file.read_bytes())]
    assert [alarms(e) for e in kept] == [[timedelta(days=-n) for n in (30, 7, 1)]] * 3


def test_radicale_keeps_the_days_and_the_alarms_and_moves_them_on_a_second_upload(make_review: MakeReview, radicale: str) -> None:
    url = f"{radicale}/lead/renewals/"
    status, _ = request("PUT", url, calendar([make_review()], stamp=STAMP))
    assert status == 201
    events = read(request("GET", url)[1])
    assert {e.start for e in events} == DAYS
    assert [alarms(e) for e in events] == [[timedelta(days=-n) for n in (30, 7, 1)]] * 3

    later = tuple(d.model_copy(update={"date": d.date + timedelta(days=365)}) for d in make_review().deadlines)
    request("PUT", url, calendar([make_review(deadlines=later)], stamp=STAMP + timedelta(days=9)))
    assert {e.start for e in read(request("GET", url)[1])} == {day + timedelta(days=365) for day in DAYS}
