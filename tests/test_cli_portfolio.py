"""The commands on many agreements and on registers: what they print, where they write, and the codes that they leave with."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path

import icalendar
import openpyxl
import pytest

from contractlens.exports.words import day as in_words
from tests.test_cli import AGREEMENT, TODAY, Done, agreement, broken, run

__all__ = ["agreement", "broken", "run"]

Run = Callable[..., Done]


@pytest.fixture
def register(run: Run, agreement: Path) -> Path:
    """A register of one agreement, in a folder of its own."""
    path = agreement.parent / ".kept.db"
    assert run("scan", agreement, "--register", path, *TODAY).code == 0
    return path


def test_a_register_is_listed_as_a_table_json_and_csv(run: Run, register: Path) -> None:
    table = run("register", "list", "--register", register, *TODAY)
    assert table.out.splitlines()[1].startswith("29 Jan 2027  in 69 days  harbor.txt")
    (entry,) = json.loads(run("register", "list", "--register", register, "--format", "json", *TODAY).out)
    assert (entry["act_by"], entry["vendor"], entry["status"]) == ("2027-01-29", "Harbor Hosting, Inc.", "new")
    (row,) = csv.DictReader(StringIO(run("register", "list", "--register", register, "--format", "csv", *TODAY).out))
    assert row["act_by"] == "2027-01-29"
    assert run("register", "list", "--register", register, "--due-within", "30", *TODAY).out == "No agreement in the register is so.\n"


def test_what_is_set_is_shown_and_moves_the_dates(run: Run, register: Path) -> None:
    done = run("register", "set", "harbor.txt", "--register", register, "--effective-date", "2026-02-15", "--owner", "Ann", "--annual-cost", "$1200", *TODAY)
    assert (done.code, done.err) == (0, "harbor.txt: act by 2027-01-15.\n")
    shown = run("register", "show", "harbor.txt", "--register", register, *TODAY).out
    for words in ("owner: Ann", "Annual cost: USD 1,200.00", "effective date = 2026-02-15", "ACT BY   Fri 15 Jan 2027"):
        assert words in shown
    data = json.loads(run("register", "show", "harbor.txt", "--register", register, "--format", "json", *TODAY).out)
    assert data["kept"]["values"] == {"effective_date": "2026-02-15"}
    assert data["review"]["terms"]["renewal"]["first_opt_out_by"] == data["agreement"]["act_by"] == "2027-01-15"
    assert run("register", "set", "harbor.txt", "--register", register, "--unset", "effective_date", *TODAY).err == "harbor.txt: act by 2027-01-29.\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["register", "set", "harbor.txt"],
        ["register", "set", "other.txt", "--owner", "Ann"],
        ["register", "set", "harbor.txt", "--value", "nonsense"],
        ["register", "set", "harbor.txt", "--status", "lost"],
        ["register", "show", "other.txt"],
        ["register", "list", "--format", "xlsx"],
    ],
    ids=" ".join,
)
def test_wrong_usage_of_a_register_gives_2_and_a_sentence(run: Run, register: Path, arguments: list[str]) -> None:
    done = run(*arguments, "--register", register)
    assert (done.code, done.out) == (2, "")
    assert done.err.strip()


@pytest.mark.parametrize("command", [["register", "list"], ["register", "sheet"], ["moved"], ["calendar"]], ids=" ".join)
def test_a_register_that_is_not_there_gives_2(run: Run, tmp_path: Path, command: list[str]) -> None:
    done = run(*command, "--register", tmp_path / "none.db")
    assert done.code == 2
    assert "there is no register" in done.err
    assert not (tmp_path / "none.db").exists()


def test_a_scan_as_a_workbook_needs_a_file_and_writes_it(run: Run, agreement: Path, tmp_path: Path) -> None:
    assert run("scan", agreement, "--format", "xlsx").code == 2
    done = run("scan", agreement, "--format", "xlsx", "--output", tmp_path / "a.xlsx", *TODAY)
    assert (done.code, done.out) == (0, "")
    assert openpyxl.load_workbook(tmp_path / "a.xlsx")["Agreements"]["D2"].value == "harbor.txt"


def test_a_register_as_a_workbook_and_as_the_page_for_a_meeting(run: Run, register: Path, tmp_path: Path) -> None:
    run("register", "list", "--register", register, "--format", "xlsx", "--output", tmp_path / "a.xlsx", *TODAY)
    assert openpyxl.load_workbook(tmp_path / "a.xlsx")["Agreements"]["A2"].value.isoformat().startswith("2027-01-29")
    page = run("register", "sheet", "--register", register, *TODAY).out
    assert page.startswith("<!doctype html>")
    assert "29 Jan 2027" in page


def test_the_calendar_of_a_register_moves_its_events(run: Run, register: Path, tmp_path: Path) -> None:
    def last_day() -> tuple[str, str, int]:
        assert run("calendar", "--register", register, "--output", tmp_path / "r.ics", *TODAY).code == 0
        events = icalendar.Calendar.from_ical((tmp_path / "r.ics").read_bytes()).walk("VEVENT")
        event = next(e for e in events if str(e["SUMMARY"]).startswith("Last day"))
        return str(event["UID"]), str(event["DTSTART"].dt), int(event["SEQUENCE"])

    uid, day, sequence = last_day()
    assert (day, sequence) == ("2027-01-29", 0)
    run("register", "set", "harbor.txt", "--register", register, "--effective-date", "2026-02-15", *TODAY)
    assert last_day() == (uid, "2027-01-15", 1)


def test_the_calendar_of_paths_and_a_register_scans_the_paths_into_it(run: Run, agreement: Path, tmp_path: Path) -> None:
    done = run("calendar", agreement, "--register", tmp_path / "new.db", "--output", tmp_path / "r.ics", *TODAY)
    assert done.code == 0
    assert "BEGIN:VEVENT" in (tmp_path / "r.ics").read_text()
    assert len(json.loads(run("register", "list", "--register", tmp_path / "new.db", "--format", "json", *TODAY).out)) == 1


def test_moved_as_text_and_json(run: Run, register: Path, agreement: Path) -> None:
    assert "was the first" in run("moved", "--register", register).out
    agreement.write_text(AGREEMENT.replace("99.9%", "99.95%"))
    run("scan", agreement, "--register", register, *TODAY)
    assert "service level: 99.9 → 99.95 %: 21 min 55 s less a month" in run("moved", "--register", register).out
    (file,) = json.loads(run("moved", "--register", register, "--format", "json").out)["moved"]
    assert file["change"] == "changed"
    assert file["differences"][0]["for_us"] == "better"


def test_compare_tells_the_change_in_numbers(run: Run, agreement: Path, tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_text(AGREEMENT.replace("99.9%", "99.95%"))
    done = run("compare", tmp_path / "old.txt", agreement, *TODAY)
    assert done.code == 0
    assert "  - service level: 99.95 → 99.9 %: 21 min 55 s more a month\n" in done.out
    told = json.loads(run("compare", tmp_path / "old.txt", agreement, "--format", "json", *TODAY).out)
    assert [d["meaning"] for d in told["differences"]] == ["21 min 55 s more a month"]
    assert "Nothing that is read in it changed" in run("compare", agreement, agreement, *TODAY).out


def test_limits_that_make_no_sense_give_2(run: Run, agreement: Path) -> None:
    for option in (("--timeout", "0"), ("--memory", "0"), ("--scheduler", "nonsense://x")):
        assert run("scan", agreement, *option).code == 2


def test_an_unchanged_folder_is_scanned_without_what_reads_documents(register: Path, agreement: Path) -> None:
    """Neither the rules nor the libraries that read files are loaded where nothing has to be read: they take longer than the scan."""
    script = (
        "import sys; from contractlens import cli\n"
        "sys.argv = ['contractlens', *sys.argv[1:]]\n"
        "try: cli.main()\n"
        "except SystemExit: pass\n"
        "print(sorted({'spacy', 'pdfplumber', 'pypdfium2', 'docx', 'lxml', 'dateparser', 'contractlens.rulebook.loading'} & sys.modules.keys()))\n"
    )
    call = [sys.executable, "-c", script, "scan", str(agreement), "--register", str(register), "--format", "jsonl", *TODAY]
    lines = subprocess.run(call, capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[1])}).stdout.splitlines()
    assert json.loads(lines[0])["deadlines"]
    assert lines[1] == "[]"


def test_a_calendar_of_a_register_names_what_it_cannot_date(run: Run, register: Path, agreement: Path, tmp_path: Path) -> None:
    (tmp_path / "undated.txt").write_text(AGREEMENT.replace("March 1, 2026", "the day of launch"))
    assert run("scan", tmp_path / "undated.txt", "--register", register, *TODAY).code == 0
    told = run("calendar", "--register", register, "--output", tmp_path / "all.ics", *TODAY)
    assert told.code == 0
    assert told.err.startswith("No date for the calendar: undated.txt. `contractlens register list` says why")
    listed = run("register", "list", "--register", register, *TODAY).out
    assert "--effective-date" in " ".join(listed.split())


def test_a_scan_tells_what_was_recorded_and_leaves_out_what_is_no_more_to_act_on(run: Run, register: Path, agreement: Path) -> None:
    other = agreement.parent / "other.txt"
    other.write_text(AGREEMENT.replace("Harbor", "Quay"), encoding="utf-8")
    scan = ("scan", agreement, other, "--register", register, *TODAY)
    assert "Status" not in run(*scan).out, "nothing was recorded yet"
    assert run("register", "set", "harbor.txt", "--register", register, "--status", "notice_given", "--owner", "Ann", *TODAY).code == 0
    head, first, second = (line for line in run(*scan).out.splitlines() if "Vendor" in line or ".txt" in line)
    assert head.endswith("Status")
    assert "other.txt" in first
    assert first.startswith("29 Jan 2027")
    assert second.startswith("-  ")
    assert "notice was given" in second
    assert second.endswith("notice given")
    rows = {Path(row["path"]).name: row for row in csv.DictReader(StringIO(run(*scan, "--format", "csv").out))}
    assert [(row["act_by"], row["status"], row["owner"]) for row in (rows["harbor.txt"], rows["other.txt"])] == [("", "notice_given", "Ann"), ("2027-01-29", "new", "")]
    listed = json.loads(run("register", "list", "--register", register, "--format", "json", *TODAY).out)
    assert {entry["name"]: entry["act_by"] or "" for entry in listed} == {name: row["act_by"] for name, row in rows.items()}, "as the register lists them"


@pytest.mark.parametrize(
    ("value", "cells", "day"),
    [
        ("expiration_date=2027-06-30", {"expiration_date": "2027-06-30"}, "2027-05-31"),
        ("renewal.notice_min=P60D", {}, "2026-12-30"),
        ("uptime.0.percent=99.5", {"uptime": "99.5 % a month"}, "2027-01-29"),
        ("parties.0.name=Quay Ltd.", {"vendor": "Quay Ltd."}, "2027-01-29"),
    ],
)
def test_a_corrected_value_is_in_every_list_at_once_with_its_dates(run: Run, register: Path, tmp_path: Path, value: str, cells: dict[str, str], day: str) -> None:
    assert run("register", "set", "harbor.txt", "--register", register, "--value", value, *TODAY).code == 0
    of = ("--register", register, *TODAY)
    (entry,) = json.loads(run("register", "list", "--format", "json", *of).out)
    assert {name: entry[name] for name in cells} == cells
    assert entry["act_by"] == day
    assert [e["act_by"] for e in json.loads(run("register", "list", "--due-within", "365", "--format", "json", *of).out)] == [day]
    sheet = run("register", "sheet", "--days", "365", *of).out
    assert in_words(date.fromisoformat(day)) in sheet
    assert cells.get("vendor", "Harbor") in sheet
    events = {str(e["DTSTART"].dt) for e in icalendar.Calendar.from_ical(run("calendar", *of).out).walk("VEVENT")}
    assert day in events
    assert run("register", "list", "--format", "xlsx", "--output", tmp_path / "all.xlsx", *of).code == 0
    book = openpyxl.load_workbook(tmp_path / "all.xlsx")
    row = [str(cell.value) for cell in book["Agreements"][2]]
    assert row[0].startswith(day)
    assert all(any(words in cell for cell in row) for words in cells.values())
    assert any(str(line[0].value).startswith(day) for line in book["Deadlines"])
