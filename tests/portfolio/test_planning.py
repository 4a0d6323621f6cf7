"""The calendar of a register, read by real clients: an event that moves is moved and not doubled, one of what has ended is cancelled."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import icalendar
import pytest

from contractlens.errors import UsageError
from contractlens.exports.calendar import ALARMS
from contractlens.exports.files import write_whole
from contractlens.portfolio.planning import calendar
from contractlens.portfolio.register import Register
from contractlens.portfolio.scanning import scan
from contractlens.values import Duration
from tests.exports.clients import khal_in, radicale, read, request
from tests.portfolio.agreements import AGREEMENT

TODAY = date(2026, 11, 21)
EARLIER = {"effective_date": "2026-02-15"}  # fourteen days before the agreement's own
LAST_DAY, RENEWS = "Last day to give notice: Harbor Hosting, Inc. (a.txt)", "Renews: Harbor Hosting, Inc. (a.txt)"

__all__ = ["radicale"]


@pytest.fixture
def register(register: Register, folder: Path) -> Register:
    """A register that knows one agreement: notice by 29 January, renewal on 1 March 2027."""
    (folder / "2025" / "b.TXT").unlink()  # the same bytes
    list(scan(folder / "a.txt", register=register, today=TODAY))
    return register


def paper(register: Register) -> str:
    return str(register.database.execute("SELECT paper FROM place WHERE gone IS NULL").fetchone()[0])


def made(register: Register, day: int = 21, **options: bool) -> bytes:
    """The calendar as it is written on a day of November."""
    data: list[bytes] = []
    calendar(register, TODAY, data.append, alarms=ALARMS, stamp=datetime(2026, 11, day, tzinfo=UTC), **options)
    return data[0]


def events(data: bytes) -> dict[str, icalendar.Event]:
    found = {str(e["SUMMARY"]): e for e in read(data)}
    assert len(found) == len(read(data)) == len({str(e["UID"]) for e in found.values()})
    return found


def told(event: icalendar.Event) -> tuple[str, int, str]:
    return str(event["DTSTART"].dt), int(event["SEQUENCE"]), str(event["STATUS"])


def test_nothing_changes_where_nothing_moved(register: Register) -> None:
    first = made(register)
    assert {name: told(event) for name, event in events(first).items()} == {
        LAST_DAY: ("2027-01-29", 0, "CONFIRMED"),
        RENEWS: ("2027-03-01", 0, "CONFIRMED"),
    }
    assert made(register, 22) == first


def test_a_moved_day_keeps_its_uid_and_its_sequence_rises(register: Register) -> None:
    before = events(made(register))[LAST_DAY]
    register.set(paper(register), EARLIER, TODAY)
    after = events(made(register, 22))[LAST_DAY]
    assert told(after) == ("2027-01-15", 1, "CONFIRMED")
    assert after["UID"] == before["UID"]
    assert after["LAST-MODIFIED"].dt > before["LAST-MODIFIED"].dt


def test_what_has_ended_is_cancelled_and_comes_back_if_it_goes_on(register: Register) -> None:
    made(register)
    register.set(paper(register), {"status": "ended"}, TODAY)
    assert {told(e)[1:] for e in events(made(register, 22)).values()} == {(1, "CANCELLED")}
    assert {told(e)[1:] for e in events(made(register, 23)).values()} == {(1, "CANCELLED")}
    register.set(paper(register), {"status": "confirmed"}, TODAY)
    assert {told(e)[1:] for e in events(made(register, 24)).values()} == {(2, "CONFIRMED")}


def test_an_agreement_never_told_of_and_ended_gives_no_event(register: Register) -> None:
    register.set(paper(register), {"status": "ended"}, TODAY)
    assert events(made(register)) == {}


def test_a_new_version_of_the_paper_moves_the_events_of_the_one_before(register: Register, folder: Path) -> None:
    before = events(made(register))
    (folder / "a.txt").write_text(AGREEMENT.replace("March 1", "March 2"))
    list(scan(folder, register=register, today=TODAY))
    after = events(made(register, 22))
    assert {e["UID"] for e in after.values()} >= {e["UID"] for e in before.values()}
    assert told(after[LAST_DAY]) == ("2027-01-30", 1, "CONFIRMED")


def test_an_agreement_whose_file_is_gone_keeps_its_events(register: Register, folder: Path) -> None:
    first = made(register)
    (folder / "a.txt").unlink()
    list(scan(folder, register=register, today=TODAY))
    assert set(events(made(register, 22))) >= set(events(first))


def test_reminders_as_events_of_their_own_move_too(register: Register) -> None:
    first = events(made(register, reminders_as_events=True))
    ahead = f"In 30 days, on 29 Jan 2027: {LAST_DAY}"
    assert told(first[ahead]) == ("2026-12-30", 0, "CONFIRMED")
    assert len(first) == 8
    assert not any(e.walk("VALARM") for e in first.values())
    register.set(paper(register), EARLIER, TODAY)
    moved = {str(e["UID"]): e for e in events(made(register, 22, reminders_as_events=True)).values()}
    assert told(moved[str(first[ahead]["UID"])]) == ("2026-12-16", 1, "CONFIRMED")
    without = events(made(register, 23))
    assert [told(e)[2] for e in without.values()].count("CANCELLED") == 6


def test_an_alarm_that_cannot_ring_is_refused_and_nothing_is_written(register: Register) -> None:
    with pytest.raises(UsageError, match="--alarm"):
        calendar(register, TODAY, lambda _: pytest.fail("written"), alarms=[Duration(0, "day")])


def test_a_calendar_that_cannot_be_written_is_not_taken_as_told(register: Register, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be written"):
        calendar(register, TODAY, lambda data: write_whole(tmp_path / "none" / "x.ics", data), alarms=ALARMS)
    assert register.database.execute("SELECT count(*) FROM event").fetchone()[0] == 0


def test_khal_moves_the_events_and_adds_none(register: Register, tmp_path: Path) -> None:
    (tmp_path / ".khal").mkdir()
    khal = khal_in(tmp_path / ".khal")
    file = tmp_path / ".khal" / "renewals.ics"

    def shown() -> list[str]:
        khal("import", "--batch", "-a", "renewals", str(file))
        return khal("list", "--day-format", "", "--format", "{start-date} {title}", "2027-01-01", "90d").splitlines()

    write_whole(file, made(register))
    assert shown() == [f"2027-01-29 {LAST_DAY}", f"2027-03-01 {RENEWS}"]
    register.set(paper(register), EARLIER, TODAY)
    write_whole(file, made(register, 22))
    assert shown() == [f"2027-01-15 {LAST_DAY}", f"2027-02-15 {RENEWS}"]


def test_radicale_moves_the_events_and_cancels_those_of_what_has_ended(register: Register, radicale: str) -> None:
    url = f"{radicale}/lead/renewals/"
    request("PUT", url, made(register))
    register.set(paper(register), EARLIER, TODAY)
    request("PUT", url, made(register, 22))
    assert {told(e) for e in read(request("GET", url)[1])} == {("2027-01-15", 1, "CONFIRMED"), ("2027-02-15", 1, "CONFIRMED")}
    register.set(paper(register), {"status": "ended"}, TODAY)
    request("PUT", url, made(register, 23))
    assert {told(e)[1:] for e in read(request("GET", url)[1])} == {(2, "CANCELLED")}


def test_vdirsyncer_carries_a_moved_day_to_the_server(register: Register, tmp_path: Path, radicale: str) -> None:
    place = tmp_path / ".sync"
    place.mkdir()
    (place / "config").write_text(
        f"[general]\nstatus_path = \"{place / 'status'}\"\n\n"
        '[pair renewals]\na = "file"\nb = "server"\ncollections = null\nconflict_resolution = "a wins"\n\n'
        f"[storage file]\ntype = \"singlefile\"\npath = \"{place / 'renewals.ics'}\"\n\n"
        f'[storage server]\ntype = "caldav"\nurl = "{radicale}/lead/renewals/"\nusername = "lead"\npassword = "lead"\n'
    )
    url = f"{radicale}/lead/renewals/"
    request("MKCALENDAR", url)

    def synced() -> set[tuple[str, int, str]]:
        for step in (["discover"], ["sync"]):
            call = [sys.executable, "-c", "from vdirsyncer.cli import app; app()", "-c", str(place / "config"), *step]
            done = subprocess.run(call, capture_output=True, text=True, timeout=120)
            assert done.returncode == 0, done.stdout + done.stderr
        return {told(e) for e in read(request("GET", url)[1])}

    write_whole(place / "renewals.ics", made(register))
    assert synced() == {("2027-01-29", 0, "CONFIRMED"), ("2027-03-01", 0, "CONFIRMED")}
    register.set(paper(register), EARLIER, TODAY)
    write_whole(place / "renewals.ics", made(register, 22))
    assert synced() == {("2027-01-15", 1, "CONFIRMED"), ("2027-02-15", 1, "CONFIRMED")}
