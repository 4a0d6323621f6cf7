"""The register: what was seen is not read again, what a person set stays and moves the dates, and a changed paper is flagged."""

from __future__ import annotations

import sqlite3
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from contractlens.advice.finding import Review
from contractlens.errors import UsageError
from contractlens.exports.entry import Entry
from contractlens.portfolio import scanning, schema
from contractlens.portfolio.listing import Filter, entries, find, one
from contractlens.portfolio.register import Register, named
from contractlens.portfolio.scanning import scan
from contractlens.values import Money
from tests.portfolio.agreements import AGREEMENT

TODAY = date(2026, 11, 21)
ACT_BY = date(2027, 1, 29)
UNDATED = AGREEMENT.replace("made as of March 1, 2026 between", "between").replace(", March 1, 2026", "")


def scanned(register: Register, *paths: Path, today: date = TODAY, **options: object) -> list[Review]:
    return [review for path in paths for review in scan(path, register=register, today=today, **options)]  # type: ignore[arg-type]


def only(register: Register, today: date = TODAY, **chosen: object) -> Entry:
    (entry,) = entries(register, today, Filter(**chosen))  # type: ignore[arg-type]
    return entry


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths that are read, as they are."""
    paths: list[str] = []
    real = scanning.review_here
    monkeypatch.setattr(scanning, "_spread", _noting(scanning._spread, paths, real))
    return paths


def _noting(spread, paths, real):  # type: ignore[no-untyped-def]
    def review(path, options):  # type: ignore[no-untyped-def]
        paths.append(Path(path).name)
        return real(path, options)

    def spread_noting(reading, executor, jobs, *_):  # type: ignore[no-untyped-def]
        return spread(reading, executor, jobs, review)

    return spread_noting


def test_a_file_that_was_seen_is_not_read_again_wherever_it_lies(folder: Path, register: Register, reads: list[str]) -> None:
    first = scanned(register, folder / "a.txt")
    (folder / "elsewhere.txt").write_text(AGREEMENT)
    second = scanned(register, folder / "a.txt", folder / "elsewhere.txt")
    assert reads == ["a.txt"]
    assert second[0] == first[0]
    assert second[1].document.name == "elsewhere.txt"
    assert set(only(register).paths) == {str(folder / "a.txt"), str(folder / "elsewhere.txt")}


def test_another_day_other_options_and_other_rules_are_told_apart(folder: Path, register: Register, reads: list[str], tmp_path: Path) -> None:
    scanned(register, folder / "a.txt")
    scanned(register, folder / "a.txt", today=date(2026, 12, 1))
    assert reads == ["a.txt"], "no deadline has passed, so what was found holds"
    scanned(register, folder / "a.txt", today=date(2027, 2, 1))
    assert reads == ["a.txt"] * 2, "the words of the findings name a day that has passed"
    scanned(register, folder / "a.txt", today=date(2027, 2, 1), we="Example")
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "limits.yml").write_text("uptime_percent: 99.5\n")
    scanned(register, folder / "a.txt", today=date(2027, 2, 1), rules=tmp_path / "rules")
    assert reads == ["a.txt"] * 4


def test_a_file_that_cannot_be_read_is_listed_with_its_reason(folder: Path, register: Register) -> None:
    scanned(register, folder / "broken.pdf")
    entry = only(register)
    assert entry.error_kind == "unreadable"
    assert entry.name == "broken.pdf"


def test_a_file_that_never_was_there_is_not_kept(folder: Path, register: Register) -> None:
    (review,) = scanned(register, folder / "missing.pdf")
    assert review.error
    assert list(entries(register, TODAY)) == []


def test_an_effective_date_that_a_person_sets_moves_the_dates_and_outlives_a_scan(folder: Path, register: Register) -> None:
    (folder / "undated.txt").write_text(UNDATED)
    scanned(register, folder / "undated.txt")
    before = only(register)
    assert before.act_by is None
    assert before.undated
    made = register.set(before.id, {"effective_date": "2026-03-01", "owner": "Ann", "annual_cost": "1200 EUR"}, TODAY)
    assert (made.act_by, made.owner, made.at_risk) == (ACT_BY, "Ann", Money(Decimal("1200.00"), "EUR"))
    (review,) = scanned(register, folder / "undated.txt")
    assert review.deadline("opt_out_by").date == ACT_BY  # type: ignore[union-attr]
    assert "29 January 2027" in " ".join(f.meaning for f in review.findings), "the findings' words follow"
    assert (only(register).act_by, only(register).owner) == (ACT_BY, "Ann")


def test_a_corrected_value_is_reckoned_with_and_can_be_taken_back(folder: Path, register: Register) -> None:
    scanned(register, folder / "a.txt")
    paper = only(register).id
    assert register.set(paper, named(["renewal.notice_min=P60D"]), TODAY).act_by == date(2026, 12, 30)
    assert "set in the register" in register.review(paper, TODAY).deadlines[0].basis
    assert register.set(paper, named(["initial_term=P2Y"]), TODAY).act_by == date(2027, 12, 31)
    assert register.set(paper, {"renewal.notice_min": None, "initial_term": None}, TODAY).act_by == ACT_BY


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"renewal.notice_min": "soon"}, "does not fit"),
        ({"effective_date": "yesterday"}, "does not fit"),
        ({"no_such_field": "1"}, "does not fit"),
        ({"renewal; drop table": "1"}, "no field"),
        ({"uptime.7.percent": "1"}, "no 7 in it"),
        ({"status": "lost"}, "no status"),
    ],
)
def test_a_value_that_does_not_fit_is_told_and_not_kept(folder: Path, register: Register, facts: dict[str, str], said: str) -> None:
    scanned(register, folder / "a.txt")
    before = only(register)
    with pytest.raises(UsageError, match=said):
        register.set(before.id, facts, TODAY)
    assert only(register) == before
    assert register.kept(before.id).values == {}


def test_a_changed_paper_is_flagged_and_the_earlier_of_the_two_readings_counts(folder: Path, register: Register) -> None:
    scanned(register, folder / "a.txt")
    register.set(only(register).id, {"owner": "Ann", "renewal.notice_min": "P60D", "status": "ended"}, TODAY)
    assert only(register).act_by is None
    (folder / "a.txt").write_text(AGREEMENT.replace("99.9%", "99.5%"))
    scanned(register, folder / "a.txt")
    entry = only(register, flagged=True)
    assert entry.carried == ("owner", "renewal.notice_min", "status")
    assert "the paper changed" in entry.flag
    assert entry.act_by == date(2026, 12, 30), "that the earlier paper had ended does not settle this one"
    assert entry.owner == "Ann"
    assert register.confirm(entry.id, TODAY).flag == ""
    assert only(register).act_by is None


def test_an_agreement_of_which_notice_was_given_is_not_to_be_acted_on(folder: Path, register: Register) -> None:
    scanned(register, folder / "a.txt")
    register.set(only(register).id, {"status": "notice_given"}, TODAY)
    assert only(register).act_by is None
    assert list(entries(register, TODAY, Filter(act_from=TODAY, act_until=date(2028, 1, 1)))) == []


def test_a_list_read_later_shows_the_next_day_without_a_scan(folder: Path, register: Register) -> None:
    scanned(register, folder / "a.txt")
    assert only(register, today=date(2027, 2, 15)).act_by == date(2028, 1, 30)
    assert only(register).act_by == ACT_BY


def test_search_and_filters(folder: Path, register: Register) -> None:
    (folder / "z.txt").write_text(AGREEMENT.replace("Harbor Hosting", "Northwest Hosting").replace("March", "June"))
    scanned(register, folder / "a.txt", folder / "z.txt")
    register.set(find(register, "a.txt"), {"owner": "Ann", "status": "confirmed"}, TODAY)
    everything = [entry.name for entry in entries(register, TODAY)]
    assert everything == ["a.txt", "z.txt"], "by the day to act"

    def names(**chosen: object) -> list[str]:
        return [entry.name for entry in entries(register, TODAY, Filter(**chosen))]  # type: ignore[arg-type]

    assert names(vendor="harbor") == ["a.txt"]
    assert names(vendor="northw") == ["z.txt"]
    assert names(vendor="N_rth") == names(vendor="N%st") == []
    assert names(act_until=date(2027, 2, 1)) == ["a.txt"]
    assert names(act_from=date(2027, 2, 1)) == ["z.txt"]
    assert names(owner="an") == names(status="confirmed") == ["a.txt"]
    assert names(text="99.9") == everything
    assert names(severity="low") == everything
    assert names(vendor="'; DROP TABLE paper; --") == []


def test_an_agreement_is_found_by_path_hash_name_and_vendor(folder: Path, register: Register) -> None:
    scanned(register, folder / "a.txt")
    paper = only(register).id
    for words in (str(folder / "a.txt"), paper, paper[:8], "a.txt", "harbor"):
        assert find(register, words) == paper
    with pytest.raises(UsageError, match="no such agreement"):
        find(register, "z.txt")
    (folder / "z.txt").write_text(AGREEMENT.replace("99.9", "99.5"))
    scanned(register, folder / "z.txt")
    with pytest.raises(UsageError, match="2 agreements"):
        find(register, "Harbor")


def test_what_is_gone_is_told_by_a_scan_of_its_folder_alone(folder: Path, register: Register) -> None:
    files = [folder / "2025" / "b.TXT", folder / "a.txt"]
    (folder / "a.txt").write_text(AGREEMENT + "\n")
    scanned(register, *files)
    files[0].unlink()
    files[1].unlink()
    list(scan(folder / "2025", register=register, today=TODAY))
    assert [e.name for e in entries(register, TODAY)] == ["a.txt"]
    assert [e.name for e in entries(register, TODAY, Filter(gone=True))] == ["b.TXT"]


def test_the_cost_comes_from_the_document_where_it_says_so(folder: Path, register: Register) -> None:
    (folder / "fee.txt").write_text(AGREEMENT + "\n3. Fees. The monthly fee is $400.\n")
    scanned(register, folder / "fee.txt")
    entry = only(register)
    assert (entry.annual_cost, entry.cost_from) == (Money(Decimal("4800.00"), "USD"), "document")
    assert entry.at_risk == Money(Decimal("4800.00"), "USD")
    assert register.set(entry.id, {"annual_cost": "5000 USD"}, TODAY).cost_from == "register"
    _, review, kept = one(register, entry.id, TODAY)
    assert review.terms
    assert kept.annual_cost == Money(Decimal(5000), "USD")


def test_a_file_of_something_else_a_newer_register_and_a_damaged_one_are_refused(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "other.db")
    other.execute("CREATE TABLE t (x)")
    other.commit()
    with pytest.raises(UsageError, match="something else"):
        Register(tmp_path / "other.db")
    with Register(tmp_path / "new.db", make=True) as made:
        made.database.execute("PRAGMA user_version = 99")
    with pytest.raises(UsageError, match="newer"):
        Register(tmp_path / "new.db")
    (tmp_path / "junk.db").write_bytes(b"junk" * 1000)
    for path in ("junk.db", "missing.db", "."):
        with pytest.raises(UsageError):
            Register(tmp_path / path)


def test_a_register_of_an_earlier_version_becomes_one_of_this(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Register(tmp_path / "r.db", make=True).close()
    monkeypatch.setattr(schema, "STEPS", (*schema.STEPS, "ALTER TABLE paper ADD COLUMN colour TEXT;\n"))
    with Register(tmp_path / "r.db") as opened:
        assert "colour" in [row["name"] for row in opened.database.execute("PRAGMA table_info(paper)")]
        assert opened.database.execute("PRAGMA user_version").fetchone()[0] == len(schema.STEPS)
    monkeypatch.setattr(schema, "STEPS", (*schema.STEPS, "CREATE TABLE half (x);\nnonsense;\n"))
    with pytest.raises(UsageError):
        Register(tmp_path / "r.db")
    half = sqlite3.connect(tmp_path / "r.db")
    assert half.execute("SELECT count(*) FROM sqlite_master WHERE name = 'half'").fetchone()[0] == 0, "a step is whole or not at all"


def test_what_was_set_holds_at_once_wherever_it_is_told(folder: Path, register: Register) -> None:
    scanned(register, folder / "a.txt")
    paper = only(register).id
    register.set(paper, {"effective_date": "2026-06-01"}, TODAY)
    entry, review, _ = one(register, paper, TODAY)
    (renews,) = (f for f in review.findings if f.rule == "renewal/automatic-renewal")
    assert entry.act_by == date(2027, 5, 1)
    assert "1 May 2027" in renews.meaning
    assert "29 January" not in str([f.meaning for f in review.findings])
    (again,) = scanned(register, folder / "a.txt")
    assert [f.meaning for f in again.findings] == [f.meaning for f in review.findings], "a scan that reads it with that date says the same"
    register.set(paper, {"renewal.notice_min": "P60D"}, TODAY)
    _, review, _ = one(register, paper, TODAY)
    (renews,) = (f for f in review.findings if f.rule == "renewal/automatic-renewal")
    assert "set in the register: renewal, notice min P60D" in renews.meaning
    assert "1 May 2027" not in renews.meaning


def test_findings_do_not_speak_of_a_day_that_has_passed(folder: Path, register: Register) -> None:
    scanned(register, folder / "a.txt")
    _, review, _ = one(register, only(register).id, date(2027, 6, 1))
    (renews,) = (f for f in review.findings if f.rule == "renewal/automatic-renewal")
    assert "30 January 2028" in renews.meaning
    assert "2027" not in renews.meaning


def test_a_locked_paper_is_tried_again_with_a_password(register: Register, tmp_path: Path) -> None:
    file = tmp_path / "locked.pdf"
    page = Canvas(str(file), encrypt=StandardEncryption("open sesame"))
    page.drawString(72, 700, "This Agreement renews by itself for one year.")
    page.save()
    (first,) = scanned(register, file)
    assert first.error
    assert first.error.kind == "encrypted"
    (opened,) = scanned(register, file, password="open sesame")
    assert opened.error is None


def test_a_register_of_the_first_version_takes_scans(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as before:
        before.setattr(schema, "STEPS", schema.STEPS[:1])
        Register(tmp_path / "old.db", make=True).close()
    with Register(tmp_path / "old.db") as opened:
        scanned(opened, folder / "a.txt")
        assert only(opened).to_do.startswith("give written notice, or it renews for")
