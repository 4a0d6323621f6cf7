"""What a scan survives: `python benchmarks/faults.py FOLDER`

A scan of copies of a folder's documents into a register is killed (SIGKILL) at ten random moments, begun again each time, and its workers
are killed while they read. Then it is left to end: nothing is lost, and nothing doubled.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from portfolio import ROOT, copies

KILLS = 10
WORKERS_KILLED = 5


def begin(place: Path, register: Path, lines: Path) -> subprocess.Popen[bytes]:
    call = [sys.executable, "-m", "contractlens", "scan", str(place), "--register", str(register), "--format", "jsonl", "--output", str(lines), "--jobs", "2"]
    return subprocess.Popen(call, stderr=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": str(ROOT)})


def kept(register: Path) -> tuple[int, int]:
    """Reviews in the register, and papers that they are of."""
    if not register.exists():
        return 0, 0
    with sqlite3.connect(register) as database:
        if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'review'").fetchone():
            return 0, 0
        whole = database.execute("PRAGMA integrity_check").fetchone()[0]
        assert whole == "ok", whole
        return tuple(database.execute("SELECT count(*), count(DISTINCT paper) FROM review").fetchone())


def lines_of(file: Path) -> list[str]:
    """The paths that were written; every line is whole."""
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    assert not text or text.endswith("\n"), "the last line was cut"
    return [json.loads(line)["document"]["path"] for line in text.splitlines()]


def children(pid: int) -> list[int]:
    """The processes that it started."""
    try:
        return [int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()]
    except OSError:
        return []


def killed_at_random(place: Path, register: Path, lines: Path, chance: random.Random) -> None:
    for number in range(1, KILLS + 1):
        lines.unlink(missing_ok=True)
        scan, least = begin(place, register, lines), chance.randint(0, 6)
        while scan.poll() is None and (lines.read_bytes().count(b"\n") if lines.exists() else -1) < least:
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 1))
        scan.kill()
        scan.wait()
        written, (reviews, papers) = lines_of(lines), kept(register)
        assert len(written) == len(set(written)) <= papers == reviews, (len(written), papers, reviews)
        print(f"kill {number}: {len(written)} lines, all whole; {papers} documents in the register, none twice", flush=True)


def workers_killed(place: Path, register: Path, lines: Path, chance: random.Random) -> None:
    """A scan whose workers are killed now and then while they read comes to its end, and the next one reads what they cost."""
    scan, ended = begin(place, register, lines), 0
    while scan.poll() is None:
        time.sleep(chance.uniform(1, 3))
        found = children(scan.pid)
        if found and ended < WORKERS_KILLED:
            os.kill(chance.choice(found), signal.SIGKILL)
            ended += 1
    failed = sum(1 for line in lines.read_text(encoding="utf-8").splitlines() if json.loads(line)["error"])
    print(f"{ended} workers were killed: the scan ended with code {scan.returncode}, {len(lines_of(lines))} lines, {failed} documents not read")


def main() -> None:
    parser = argparse.ArgumentParser(description="What a scan survives.")
    parser.add_argument("folder", type=Path, help="a folder of agreements to make copies of")
    parser.add_argument("--documents", type=int, default=60, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with TemporaryDirectory() as made:
        place, register, lines = Path(made) / "agreements", Path(made) / "register.db", Path(made) / "out.jsonl"
        place.mkdir()
        copies(options.folder, options.documents, place)
        killed_at_random(place, register, lines, chance)
        workers_killed(place, register, lines, chance)
        assert begin(place, register, lines).wait() == 0
        written, (reviews, papers) = lines_of(lines), kept(register)
        failed = [line for line in lines.read_text(encoding="utf-8").splitlines() if json.loads(line)["error"]]
        print(f"At the end: {len(written)} lines, {len(set(written))} paths, {papers} papers, {reviews} reviews, {len(failed)} not read, of {options.documents} documents")
        assert len(written) == len(set(written)) == papers == reviews == options.documents


if __name__ == "__main__":
    main()
