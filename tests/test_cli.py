"""The command line: each command has help, writes where it should, and leaves with the promised code."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import NamedTuple

import icalendar
import jsonschema
import pytest
import typer

from contractlens import cli
from contractlens.rulebook.proving import Proof

AGREEMENT = """HOSTING AGREEMENT

This Agreement is made as of March 1, 2026 (the "Effective Date") between Harbor Hosting, Inc. ("Provider") and Example Ltd. ("Customer").

1. Term. The initial term of this Agreement is one (1) year from the Effective Date. This Agreement shall automatically renew for successive
periods of one (1) year unless either party gives the other written notice of non-renewal at least thirty (30) days before the end of the
then-current term.

2. Service Level. Provider will make the Service available 99.9% of the time in each calendar month.
"""
UNDATED = "LICENCE\n\n1. Fees. Customer shall pay the fees of “Harbor” within thirty (30) days.\n"
TODAY = ("--today", "2026-11-21")


class Done(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Calls the console script with these arguments."""

    def call(*arguments: object) -> Done:
        monkeypatch.setattr(sys, "argv", ["contractlens", *map(str, arguments)])
        try:
            cli.main()
            code: object = 0
        except SystemExit as error:
            code = error.code
        out, err = capfd.readouterr()
        assert "Traceback" not in err
        return Done(code if isinstance(code, int) else 0, out, err)

    return call


@pytest.fixture
def agreement(tmp_path: Path) -> Path:
    path = tmp_path / "harbor.txt"
    path.write_text(AGREEMENT)
    return path


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "broken.pdf"
    path.write_bytes(b"%PDF-1.7 nothing more")
    return path


def commands() -> list[list[str]]:
    names: list[list[str]] = []
    for name, command in typer.main.get_command(cli.app).commands.items():  # type: ignore[attr-defined]
        names += [[name, inner] for inner in command.commands] if hasattr(command, "commands") else [[name]]
    return names


@pytest.mark.parametrize("command", [[], ["rules"], *commands()], ids=" ".join)
def test_every_command_and_option_has_help(run: Run, command: list[str]) -> None:
    done = run(*command, "--help")
    assert done.code == 0
    assert done.err == ""
    for line in done.out.partition("Options:")[2].splitlines():
        if line.strip().startswith("-"):
            assert len(line.split("  ")) > 2 or line.rstrip().endswith(("]", ">")), f"no help: {line}"


def test_the_commands_of_the_specification_are_there() -> None:
    assert {"review", "text", "scan", "calendar", "downtime", "schema", "app"} <= {c[0] for c in commands()}
    assert [c[1] for c in commands() if c[0] == "rules"] == ["list", "show", "test", "try"]


def test_the_version(run: Run) -> None:
    done = run("--version")
    assert done.out.startswith("contractlens 0.")


def test_a_review_begins_with_the_day_to_act_by(run: Run, agreement: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(agreement.parent)
    done = run("review", "harbor.txt", *TODAY)
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[0].startswith("harbor.txt · ")
    assert lines[2].startswith("ACT BY   Fri 29 Jan 2027 (in 69 days)")


@pytest.mark.parametrize(("form", "start"), [("json", "{"), ("markdown", "# harbor.txt"), ("html", "<!doctype html>")])
def test_a_review_in_other_forms_goes_to_a_file(run: Run, agreement: Path, tmp_path: Path, form: str, start: str) -> None:
    done = run("review", agreement, "--format", form, "--output", tmp_path / "out", *TODAY)
    assert (done.code, done.out, done.err) == (0, "", "")
    assert (tmp_path / "out").read_text().startswith(start)


def test_a_review_keeps_to_the_schema_that_is_printed(run: Run, agreement: Path) -> None:
    jsonschema.validate(json.loads(run("review", agreement, "--format", "json", *TODAY).out), json.loads(run("schema").out))


def test_fail_on_gives_1_where_a_finding_is_as_severe(run: Run, agreement: Path, tmp_path: Path) -> None:
    assert run("review", agreement, "--fail-on", "low", *TODAY).code == 1
    assert run("scan", agreement, "--fail-on", "low", *TODAY).code == 1
    (tmp_path / "quiet.txt").write_text("LETTER\n\nThank you for lunch. It was very good of you to come along with all your friends.\n")
    assert run("review", tmp_path / "quiet.txt", "--fail-on", "high", *TODAY).code == 0


LEAVES = 'LETTER\n\nThis Agreement is between Harbor, Inc. ("Provider") and Example Ltd. ("Customer").\n\n1. {} may terminate this Agreement at any time on ten days\' notice.\n'
GRAVE = {"high": "Provider", "medium": "Either party", "low": "Customer"}


@pytest.mark.parametrize("worst", GRAVE)
@pytest.mark.parametrize("fail_on", GRAVE)
def test_fail_on_takes_the_severity_and_all_above_it(run: Run, tmp_path: Path, worst: str, fail_on: str) -> None:
    (tmp_path / "a.txt").write_text(LEAVES.format(GRAVE[worst]))
    found = [f["severity"] for f in json.loads(run("review", tmp_path / "a.txt", "--format", "json", *TODAY).out)["findings"]]
    assert found == [worst]
    code = 1 if list(GRAVE).index(worst) <= list(GRAVE).index(fail_on) else 0
    assert run("review", tmp_path / "a.txt", "--fail-on", fail_on, *TODAY).code == code
    assert run("scan", tmp_path, "--fail-on", fail_on, *TODAY).code == code
    assert run("review", tmp_path / "a.txt", *TODAY).code == 0


def test_a_draft_fails_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(LEAVES.format("Nobody"))
    rule = 'id: trial/leave\ntitle: Leaving\nclause_kind: trial\ncategory: termination\nstatus: {}\nmatch: {{leaves: ["nobody may terminate"]}}\nneeds: [leaves]\nfindings: [{{when: anything else, severity: high, say: Leaving.}}]\n'
    examples = 'examples:\n  should_match: [{text: Nobody may terminate.}, {text: "So nobody may terminate."}, {text: "Nobody may terminate it."}]\n  should_not_match: [{text: A., because: a}, {text: B., because: b}, {text: C., because: c}]\n'
    for status, code in (("draft", 0), ("stable", 1)):
        folder = tmp_path / status / "trial"
        folder.mkdir(parents=True)
        (folder / "leave.yml").write_text(rule.format(status) + examples)
        assert run("review", tmp_path / "a.txt", "--rules", folder.parent, "--fail-on", "low", *TODAY).code == code


def test_we_turns_the_review_around(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(LEAVES.format("Provider"))
    for command in ("review", "scan"):
        assert run(command, tmp_path / "a.txt", "--fail-on", "high", *TODAY).code == 1
        for we in ("vendor", "Harbor", "Provider"):
            assert run(command, tmp_path / "a.txt", "--fail-on", "high", "--we", we, *TODAY).code == 0
        assert run(command, tmp_path / "a.txt", "--fail-on", "high", "--we", "Example", *TODAY).code == 1
    assert "No party by the name" in run("review", tmp_path / "a.txt", "--we", "Acme", *TODAY).out


@pytest.mark.parametrize(
    "arguments",
    [
        ["review"],
        ["review", "x.txt", "--format", "odt"],
        ["review", "x.txt", "--today", "21 November"],
        ["review", "x.txt", "--fail-on", "all"],
        ["scan"],
        ["scan", "x.txt", "--jobs", "0"],
        ["scan", "--files-from", "no-such-list"],
        ["calendar"],
        ["calendar", "x.txt", "--alarm", "a week"],
        ["downtime"],
        ["downtime", "lots"],
        ["downtime", "101"],
        ["downtime", "99.9", "--maintenance", "P1M"],
        ["rules", "show", "no/such-rule"],
        ["no-such-command"],
    ],
    ids=" ".join,
)
def test_wrong_usage_gives_2_and_a_sentence(run: Run, arguments: list[str]) -> None:
    done = run(*arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err.strip()


def test_an_alarm_that_cannot_ring_gives_2(run: Run, agreement: Path) -> None:
    done = run("calendar", agreement, "--alarm", "P0D", *TODAY)
    assert done.code == 2
    assert "P30D" in done.err


def test_a_folder_of_rules_that_is_not_there_gives_2(run: Run, agreement: Path) -> None:
    for command in (["review", agreement], ["scan", agreement], ["calendar", agreement], ["rules", "list"]):
        assert run(*command, "--rules", agreement.parent / "no-such-folder").code == 2


@pytest.mark.parametrize("command", ["review", "text", "scan", "calendar"])
def test_a_file_that_cannot_be_read_gives_3_and_a_sentence(run: Run, command: str, broken: Path) -> None:
    done = run(command, broken)
    assert done.code == 3
    assert "broken.pdf" in done.err
    assert len(done.err.splitlines()) == 1


def test_a_folder_without_agreements_gives_3(run: Run, tmp_path: Path) -> None:
    assert run("scan", tmp_path).code == 3


def test_the_agreement_is_never_written_over(run: Run, agreement: Path) -> None:
    for command in ("review", "text", "scan", "calendar"):
        done = run(command, agreement, "--output", agreement)
        assert done.code == 2
        assert agreement.read_text() == AGREEMENT


def test_an_output_that_cannot_be_written_gives_2(run: Run, agreement: Path) -> None:
    done = run("review", agreement, "--output", agreement.parent / "no-such-folder" / "out.txt")
    assert done.code == 2
    assert "cannot be written" in done.err


def test_text_prints_exactly_what_offsets_count_in(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(UNDATED)
    (tmp_path / "b.txt").write_text(UNDATED.rstrip())
    assert run("text", tmp_path / "a.txt").out == UNDATED
    assert run("text", tmp_path / "b.txt").out == UNDATED


def test_text_says_where_there_are_no_pages_to_mark(run: Run, agreement: Path) -> None:
    done = run("text", agreement, "--pages")
    assert done.out == AGREEMENT
    assert "no pages" in done.err


def test_scan_writes_a_line_for_each_path(run: Run, agreement: Path, broken: Path) -> None:
    done = run("scan", agreement.parent, "--format", "jsonl", *TODAY)
    lines = [json.loads(line) for line in done.out.splitlines()]
    assert done.code == 0
    assert sorted(line["document"]["path"] for line in lines) == [str(broken), str(agreement)]
    assert "broken.pdf" in done.err


def test_scan_as_csv_and_as_a_table(run: Run, agreement: Path, broken: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = list(csv.DictReader(StringIO(run("scan", agreement, broken, "--format", "csv", *TODAY).out)))
    assert [row["error"] for row in rows] == ["", "unreadable"]
    assert rows[0]["act_by"] == "2027-01-29"
    monkeypatch.chdir(agreement.parent)
    table = run("scan", agreement.name, broken.name, *TODAY).out.splitlines()
    assert table[0].startswith("Act by")
    assert table[1].startswith("29 Jan 2027")
    assert any(line.startswith("not read") for line in table[2:])


def test_scan_takes_a_list_of_paths(run: Run, agreement: Path, tmp_path: Path) -> None:
    (tmp_path / "list").write_text(f"{agreement}\n\n{agreement}\n")
    assert len(run("scan", "--files-from", tmp_path / "list", "--format", "jsonl").out.splitlines()) == 2


def test_the_calendar_names_the_files_that_gave_no_date(run: Run, agreement: Path, broken: Path, tmp_path: Path) -> None:
    (tmp_path / "undated.txt").write_text(UNDATED)
    done = run("calendar", tmp_path, "--output", tmp_path / "renewals.ics", "--alarm", "P60D", "--alarm", "P3D", *TODAY)
    assert (done.code, done.out) == (0, "")
    assert "undated.txt" in done.err
    assert "broken.pdf" in done.err
    assert "harbor.txt" not in done.err
    events = icalendar.Calendar.from_ical((tmp_path / "renewals.ics").read_bytes()).walk("VEVENT")
    by = next(e for e in events if str(e["SUMMARY"]).startswith("Last day to give notice"))
    assert str(by["DTSTART"].dt) == "2027-01-29"
    assert len(by.walk("VALARM")) == 2


def test_the_same_call_with_the_same_day_writes_the_same_calendar(run: Run, agreement: Path) -> None:
    assert run("calendar", agreement, *TODAY).out == run("calendar", agreement, *TODAY).out


def test_downtime(run: Run) -> None:
    assert "43 min 12 s" in run("downtime", "99.9 %").out
    assert json.loads(run("downtime", "99.9", "99.9", "99.9", "--format", "json").out)["combined_percent"] == 99.7003
    assert "98.86 %" in run("downtime", "99.95", "--maintenance", "PT8H").out


def test_a_reader_that_leaves_early_is_no_error(agreement: Path) -> None:
    call = [sys.executable, "-m", "contractlens.cli", "scan", "--format", "jsonl", *[str(agreement)] * 200]
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(call, stdout=writer, stderr=subprocess.PIPE, text=True, timeout=120)
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_slip_of_ours_is_one_sentence(run: Run, agreement: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def slip(*_: object, **__: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr("contractlens.exports.report.as_text", slip)
    done = run("review", agreement)
    assert done.code == 3
    assert "KeyError" in done.err


def test_the_app_starts_on_this_machine_only_and_passes_options_on(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    calls: list[list[str]] = []
    monkeypatch.setattr(subprocess, "call", lambda call: calls.append(call) or 0)
    monkeypatch.setattr(cli, "app_page", lambda: tmp_path / "app.py")
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "config.toml").write_text("[server]\nmaxUploadSize = 25\n[client]\nshowErrorDetails = 'none'\n")
    assert run("app", "--server.port", "8600").code == 0
    flags = calls[0][5:]
    assert flags[-2:] == ["--server.port", "8600"]
    fixed = {"--server.address=127.0.0.1", "--browser.gatherUsageStats=false", "--server.showEmailPrompt=false"}
    assert fixed | {"--server.maxUploadSize=25", "--client.showErrorDetails=none"} <= set(flags)


def test_rules_are_listed_and_shown(run: Run) -> None:
    assert re.search(r"^renewal/automatic-renewal +stable", run("rules", "list").out, re.M)
    shown = run("rules", "show", "renewal/automatic-renewal").out
    assert "id: renewal/automatic-renewal" in shown
    assert "should_not_match:" in shown


def test_a_rule_that_is_not_there_has_its_nearest_named(run: Run) -> None:
    for command in ("show", "test"):
        done = run("rules", command, "renewal/automatic-renewals")
        assert done.code == 2
        assert "Did you mean renewal/automatic-renewal" in done.err


@pytest.mark.parametrize(("holds", "code"), [(True, 0), (False, 1)])
def test_a_rule_whose_example_fails_gives_1(run: Run, monkeypatch: pytest.MonkeyPatch, holds: bool, code: int) -> None:
    proofs = [Proof("renewal/x", "It renews.", True, True), Proof("renewal/x", "It does not.", False, holds, "renews: 'It'")]
    monkeypatch.setattr("contractlens.rulebook.proving.prove", lambda *_: proofs)
    done = run("rules", "test")
    assert done.code == code
    assert done.out.startswith("2 examples" if holds else "renewal/x: this sentence should not match:")


def test_a_sentence_is_tried(run: Run) -> None:
    fires = "This Agreement shall automatically renew for successive periods of one (1) year."
    assert "FIRES  renewal/automatic-renewal" in run("rules", "try", fires).out
    assert run("rules", "try", "Lunch is at noon.").out.startswith("No rule fires.")
    assert "because" in run("rules", "try", "Lunch is at noon.", "--rule", "renewal/automatic-renewal").out


CREDITS = """DNS AGREEMENT

This Agreement is made as of March 1, 2026 between Zone Keepers, Inc. ("Provider") and Example Ltd. ("Customer").

1. Service Level. Provider guarantees that the name servers are available 99.9% of the time in each calendar month.

2. Credits. If the service level is missed, Provider credits the fees pro rata for the duration of the downtime, on request within
thirty (30) days after the end of the month in which it occurred.
"""
A_DAY = ("--fee", "$31", "--from", "2026-03-05T00:00", "--to", "2026-03-06T00:00")


def test_credit_tells_the_sum_the_last_day_to_claim_and_the_loss(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "dns.txt"
    path.write_text(CREDITS)
    done = run("credit", path, *A_DAY, "--hourly-loss", "$500", "--today", "2026-03-07")
    assert done.code == 0
    assert re.search(r"^CREDIT +USD 1\.00 ", done.out, re.M)
    assert re.search(r"^CLAIM BY +Thu 30 Apr 2026 ", done.out, re.M)
    assert re.search(r"^LOSS +USD 12,000\.00 ", done.out, re.M)


def test_credit_as_json(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "dns.txt"
    path.write_text(CREDITS)
    told = json.loads(run("credit", path, *A_DAY, "--format", "json").out)
    assert told["credit"] == {"amount": "1.00", "currency": "USD"}
    assert told["claim_by"] == "2026-04-30"
    assert told["periods"][0]["downtime"] == "PT24H"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--fee", "a lot", *A_DAY[2:]), "not an amount of money"),
        (("--fee", "31", "--from", "yesterday", *A_DAY[4:]), "not a time"),
        (("--fee", "31", "--from", "2026-03-07T00:00", *A_DAY[4:]), "in order"),
        ((*A_DAY, "--service", "gas"), 'no service level for "gas"'),
        (A_DAY[2:], "--fee"),
    ],
)
def test_credit_says_what_is_wrong_with_its_inputs(run: Run, tmp_path: Path, options: tuple[str, ...], told: str) -> None:
    path = tmp_path / "dns.txt"
    path.write_text(CREDITS)
    done = run("credit", path, *options)
    assert done.code == 2
    assert told in done.err


def test_a_rule_that_is_off_and_a_house_limit_count_in_every_command_that_reviews(run: Run, agreement: Path, tmp_path: Path) -> None:
    off = ("--without", "renewal/automatic-renewal")
    redline = ("redline", agreement, "--format", "email", *TODAY)
    assert "2 changes are asked for" in run(*redline).err
    assert "one change is asked for" in run(*redline, *off).err, "nothing is asked for by a rule that is off"
    (line,) = run("scan", agreement, "--format", "jsonl", *TODAY, *off).out.splitlines()
    assert "renewal/automatic-renewal" not in {f["rule"] for f in json.loads(line)["findings"]}
    assert json.loads(line)["terms"]["renewal"]["first_opt_out_by"] == "2027-01-29", "and no date goes missing"
    calendar = run("calendar", agreement, *TODAY, *off)
    assert (calendar.code, calendar.out.count("BEGIN:VEVENT")) == (0, 2)
    assert run("letter", agreement, "--kind", "non-renewal", "--output", tmp_path / "letter.docx", *TODAY, *off).code == 0
    limit = ("--limit", "uptime_percent=99.99")
    for severity, options in (("low", ()), ("high", limit)):
        (line,) = run("scan", agreement, "--format", "jsonl", *TODAY, *options).out.splitlines()
        told = {f["rule"]: f["severity"] for f in json.loads(line)["findings"]}
        assert (told["uptime/commitment"] == "low") == (severity == "low")


@pytest.mark.parametrize("command", [["review"], ["scan"], ["calendar"], ["redline", "--format", "email"], ["letter", "--kind", "non-renewal", "--output", "x.docx"], ["credit", "--fee", "$1", "--from", "2026-03-05", "--to", "2026-03-06"]])
def test_a_rule_or_a_limit_that_is_not_there_is_named_by_every_command(run: Run, agreement: Path, command: list[str]) -> None:
    done = run(command[0], agreement, *command[1:], "--without", "renewal/automatic-renewl")
    assert done.code == 2
    assert "renewal/automatic-renewal" in done.err
    done = run(command[0], agreement, *command[1:], "--limit", "uptime=1")
    assert done.code == 2
    assert "uptime_percent" in done.err
