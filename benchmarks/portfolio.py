"""What many agreements cost: `python benchmarks/portfolio.py jobs|rescan|scale|query FOLDER`

Copies of a folder's documents, each with other bytes, are scanned by the command line in a process of its own, as a user would. Ratios come from one run.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import zipfile
from datetime import date, timedelta
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from contractlens.documents.kinds import READABLE
from contractlens.portfolio.listing import Filter, entries
from contractlens.portfolio.register import Register
from contractlens.portfolio.scanning import scan

TODAY = date(2026, 11, 21)
ROOT = Path(__file__).resolve().parents[1]
CALL = """
import json, resource, sys
from contractlens import cli
sys.argv = ["contractlens", *sys.argv[1:]]
try:
    cli.main()
finally:
    parts = {name: resource.getrusage(getattr(resource, who)) for name, who in (("parent", "RUSAGE_SELF"), ("workers", "RUSAGE_CHILDREN"))}
    print(json.dumps({name: [use.ru_utime + use.ru_stime, use.ru_maxrss / 1024] for name, use in parts.items()}), file=sys.stderr)
"""


def copies(folder: Path, count: int, place: Path) -> None:
    """So many documents, each with bytes of its own: what is added is no part of what a reader shows."""
    sources = sorted(p for p in folder.rglob("*") if p.suffix.lower() in READABLE and p.stem.lower() != "readme")
    if not sources:
        sys.exit(f"{folder}: there is no agreement in it")
    for number, source in enumerate(islice(cycle(sources), count)):
        made = place / f"{number // 1000:03}" / f"{number:06}-{source.name}"
        made.parent.mkdir(exist_ok=True)
        shutil.copyfile(source, made)
        if source.suffix.lower() == ".docx":
            with zipfile.ZipFile(made, "a") as package:
                package.comment = str(number).encode()
        else:
            comment = {".pdf": f"\n%{number}\n", ".html": f"<!-- {number} -->", ".htm": f"<!-- {number} -->"}.get(source.suffix.lower(), f"\n\n{number}\n")
            with made.open("a", encoding="utf-8") as file:
                file.write(comment)


def scanned(place: Path, *arguments: object) -> tuple[float, dict[str, list[float]]]:
    """Seconds by the clock, and of parent and workers the CPU seconds and the peak of memory in MB."""
    start = perf_counter()
    call = [sys.executable, "-c", CALL, "scan", str(place), "--format", "jsonl", "--output", os.devnull, *map(str, arguments)]
    done = subprocess.run(call, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    return perf_counter() - start, json.loads(done.stderr.splitlines()[-1])


def jobs(folder: Path, count: int, rounds: int = 1) -> None:
    """Two jobs beside one, on the same documents, in turns."""
    with TemporaryDirectory() as made:
        copies(folder, count, Path(made))
        times = {n: [scanned(Path(made), "--jobs", n)[0] for _ in range(rounds)] for n in (1, 2)}
    one, two = (statistics.median(times[n]) for n in (1, 2))
    print(f"{count} documents: {one:.1f} s with one job, {two:.1f} s with two: {one / two:.2f} times as fast")


def rescan(folder: Path, count: int, jobs: int) -> None:
    """A second scan of an unchanged folder beside the first."""
    with TemporaryDirectory() as made:
        place = Path(made) / "agreements"
        place.mkdir()
        copies(folder, count, place)
        register = ("--register", Path(made) / "register.db", "--jobs", jobs)
        (first, used), (second, again) = scanned(place, *register), scanned(place, *register)
        size = (Path(made) / "register.db").stat().st_size / count / 1024
    cpu, cpu_again = (sum(part[0] for part in use.values()) for use in (used, again))
    print(f"{count} documents: {first:.1f} s the first time, {second:.2f} s the second: {first / second:.0f} times as fast")
    print(f"CPU {cpu:.1f} s and {cpu_again:.2f} s: {cpu / cpu_again:.0f} times as little; {size:.1f} KB a document in the register")


def scale(folder: Path, count: int, jobs: int) -> None:
    """A tenth of the documents, then all: memory of the parent and time for a document, which must not grow."""
    with TemporaryDirectory() as made:
        for part in (count // 10, count):
            place = Path(made) / str(part)
            place.mkdir()
            copies(folder, part, place)
            seconds, used = scanned(place, "--register", Path(made) / f"{part}.db", "--jobs", jobs)
            parent, workers = used["parent"], used["workers"]
            print(
                f"{part} documents, {jobs} jobs: {seconds:.0f} s, {1000 * seconds / part:.1f} ms each; CPU of the workers {1000 * workers[0] / part:.1f} ms each, "
                f"of the parent {1000 * parent[0] / part:.2f} ms; peak of the parent {parent[1]:.0f} MB, of a worker {workers[1]:.0f} MB"
            )
            shutil.rmtree(place)


def query(folder: Path, count: int) -> None:
    """Questions to a register of so many agreements: those of a folder, written down again and again under other hashes."""
    with TemporaryDirectory() as made, Register(Path(made) / "register.db", make=True) as register:
        list(scan(folder, register=register, today=TODAY, jobs=2))
        _multiply(register, count)
        questions = {
            "due in 90 days": Filter(act_from=TODAY, act_until=TODAY + timedelta(days=90)),
            "due in 90 days, of one vendor": Filter(vendor="dns", act_from=TODAY, act_until=TODAY + timedelta(days=90)),
            "of one owner": Filter(owner="Ann"),
        }
        for words, chosen in questions.items():
            times, found = [], 0
            for _ in range(7):
                start = process_time()
                found = len(list(entries(register, TODAY, chosen)))
                times.append(process_time() - start)
            print(f"{count} agreements, {words}: {1000 * statistics.median(times):.1f} ms of CPU for {found} found")


def _multiply(register: Register, count: int) -> None:
    """Agreements spread over ten years of days to act by, as a large register has them."""
    columns = [row["name"] for row in register.database.execute("PRAGMA table_info(paper)")]
    rows = [dict(row) for row in register.database.execute("SELECT * FROM paper WHERE error_kind IS NULL")]
    marks = ", ".join(f":{name}" for name in columns)
    register.database.execute("BEGIN")
    for number, row in enumerate(islice(cycle(rows), count)):
        day = (TODAY + timedelta(days=number * 7919 % 3650)).isoformat()
        made = {**row, "id": f"{number:064x}", "sha256": None, "act_by": day, "good_until": day, "owner": "Ann" if number % 5000 == 0 else None}
        register.database.execute(f"INSERT INTO paper VALUES ({marks})", made)
        register.database.execute("INSERT INTO place (path, paper, key, dates, scan) VALUES (?, ?, ?, '[]', 1)", (f"/made/{number}.pdf", made["id"], row["key"]))
    register.database.execute("COMMIT")


def main() -> None:
    parser = argparse.ArgumentParser(description="What many agreements cost.")
    parser.add_argument("what", choices=("jobs", "rescan", "scale", "query"))
    parser.add_argument("folder", type=Path, help="a folder of agreements to make copies of")
    parser.add_argument("--documents", type=int, metavar="N", help="how many [default: 1000; scale 20000, query 100000]")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="N", help="how many processes read at once")
    options = parser.parse_args()
    count = options.documents or {"scale": 20_000, "query": 100_000}.get(options.what, 1000)
    if options.what == "jobs":
        jobs(options.folder, count)
    elif options.what == "query":
        query(options.folder, count)
    else:
        (rescan if options.what == "rescan" else scale)(options.folder, count, options.jobs)


if __name__ == "__main__":
    main()
