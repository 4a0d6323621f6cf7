"""What may happen to a scan: it is killed, its workers are killed, the disk is full, another one runs beside it. Nothing done is lost or doubled."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from contractlens.portfolio.register import Register
from tests.portfolio.agreements import AGREEMENT, FAULTY

ROOT = Path(__file__).resolve().parents[2]
SCAN = """
import sys
from contractlens import cli
from contractlens.apart import crew
crew.START = {start!r}
sys.argv = ["contractlens", *sys.argv[1:]]
cli.main()
"""
SLOW = FAULTY.replace("    if name.startswith(\"hang\")", "    time.sleep(0.03)\n    if name.startswith(\"hang\")")


def scan(*arguments: object, start: str = SLOW) -> subprocess.Popen[str]:
    """The command line, in a process of its own, with workers that take a moment for a document and find nothing in it."""
    call = [sys.executable, "-c", SCAN.format(start=start), "scan", *map(str, arguments)]
    return subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)})


def finished(*arguments: object) -> str:
    out, err = scan(*arguments).communicate(timeout=120)
    assert "Traceback" not in err
    return out


@pytest.fixture
def many(tmp_path: Path) -> Path:
    place = tmp_path / "many"
    place.mkdir()
    for n in range(60):
        (place / f"{n:02}.txt").write_text(f"{AGREEMENT}{n}")
    return place


def places(register: Path) -> list[str]:
    with Register(register) as opened:
        assert opened.database.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        return [row["path"] for row in opened.database.execute("SELECT path FROM place")]


def wait_until(happens: object, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not happens():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.005)


@pytest.mark.parametrize("after", [1, 25])
def test_a_scan_that_is_killed_leaves_whole_lines_and_the_next_one_reads_the_rest(many: Path, tmp_path: Path, after: int) -> None:
    lines, register = tmp_path / "out.jsonl", tmp_path / "r.db"
    killed = scan(many, "--format", "jsonl", "--output", lines, "--register", register, "--jobs", "2")
    wait_until(lambda: lines.exists() and lines.read_bytes().count(b"\n") >= after)
    killed.kill()
    killed.communicate()
    text = lines.read_text()
    written = [json.loads(line)["document"]["path"] for line in text.splitlines()]
    assert text.endswith("\n")
    assert after <= len(written) < 60
    assert set(written) <= set(places(register)), "what was told is kept"
    with sqlite3.connect(register) as database:
        kept = database.execute("SELECT count(*), count(DISTINCT paper) FROM review").fetchone()
    assert kept[0] == kept[1] >= len(written)
    rest = finished(many, "--format", "jsonl", "--register", register)
    assert sorted(json.loads(line)["document"]["path"] for line in rest.splitlines()) == sorted(places(register)) == sorted(map(str, many.iterdir()))


def test_workers_that_are_killed_cost_the_documents_that_they_read(many: Path, tmp_path: Path) -> None:
    lines = tmp_path / "out.jsonl"
    running = scan(many, "--format", "jsonl", "--output", lines, "--jobs", "2")
    for done in (5, 20):
        wait_until(lambda done=done: lines.exists() and lines.read_bytes().count(b"\n") >= done)
        children = Path(f"/proc/{running.pid}/task/{running.pid}/children")
        found = [int(pid) for task in Path(f"/proc/{running.pid}/task").iterdir() for pid in (task / "children").read_text().split()]
        assert found, children
        os.kill(found[0], signal.SIGKILL)
    running.communicate(timeout=120)
    reviews = [json.loads(line) for line in lines.read_text().splitlines()]
    assert len(reviews) == len({r["document"]["path"] for r in reviews}) == 60
    assert sum(1 for r in reviews if r["error"]) <= 2


def test_a_worker_does_not_outlive_a_scan_that_is_killed(many: Path, tmp_path: Path) -> None:
    (many / "00.txt").rename(many / "hang.txt")
    lines = tmp_path / "out.jsonl"
    running = scan(many, "--format", "jsonl", "--output", lines, "--jobs", "2", "--timeout", "1")
    wait_until(lambda: lines.exists() and lines.read_bytes().count(b"\n") >= 5)
    workers = [int(pid) for task in Path(f"/proc/{running.pid}/task").iterdir() for pid in (task / "children").read_text().split()]
    running.kill()
    running.communicate()
    wait_until(lambda: not any(_lives(pid) for pid in workers))


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split(") ")[1][0] != "Z"
    except OSError:
        return False


def test_two_scans_at_once_lose_nothing_and_double_nothing(many: Path, tmp_path: Path) -> None:
    register = tmp_path / "r.db"
    both = [scan(many, "--format", "jsonl", "--register", register) for _ in range(2)]
    for running in both:
        out, err = running.communicate(timeout=120)
        assert len(out.splitlines()) == 60, err
    assert sorted(places(register)) == sorted(map(str, many.iterdir()))
    with sqlite3.connect(register) as database:
        assert database.execute("SELECT count(*) FROM review").fetchone()[0] == 60
        assert database.execute("SELECT count(*) FROM paper WHERE present").fetchone()[0] == 60


@pytest.mark.skipif(os.name == "nt" or not hasattr(os, "geteuid") or os.geteuid() != 0 or not shutil.which("mount"), reason="a small disk is mounted")
def test_a_full_disk_is_one_sentence_and_what_was_done_is_kept(many: Path, tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(small)], capture_output=True).returncode:
        pytest.skip("no disk can be mounted here")
    try:
        (small / "filler").write_bytes(b"x" * 40_000)
        running = scan(many, "--format", "jsonl", "--output", small / "out.jsonl", "--register", small / "r.db")
        _, err = running.communicate(timeout=120)
        assert running.returncode == 2
        assert len(err.splitlines()) == 1
        assert "room" in err
        assert all(json.loads(line) for line in (small / "out.jsonl").read_text().splitlines())
        (small / "filler").unlink()
        (small / "out.jsonl").unlink()
        assert subprocess.run(["mount", "-o", "remount,size=20m", str(small)]).returncode == 0
        assert len(finished(many, "--format", "jsonl", "--register", small / "r.db").splitlines()) == 60
        assert len(places(small / "r.db")) == 60
    finally:
        subprocess.run(["umount", "-l", str(small)], check=True)
