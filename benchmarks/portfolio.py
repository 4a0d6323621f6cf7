"""What many agreements cost: `python benchmarks/portfolio.py jobs|rescan|scale|query|beside FOLDER`

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
import json, os, resource, sys
from contractlens import cli
if os.environ.get("STUB"):
    from contractlens.apart import crew
    crew.START = os.environ["STUB"]
sys.argv = ["contractlens", *sys.argv[1:]]
try:
    cli.main()
finally:
    parts = {name: resource.getrusage(getattr(resource, who)) for name, who in (("parent", "RUSAGE_SELF"), ("workers", "RUSAGE_CHILDREN"))}
    print(json.dumps({name: [use.ru_utime + use.ru_stime, use.ru_maxrss / 1024] for name, use in parts.items()}), file=sys.stderr)
"""
STUB = """
import sys
sys.path[:] = sys.argv[1:]
from itertools import cycle
from contractlens.advice import reviewing
from contractlens.advice.finding import Review
from contractlens.apart import serving
from contractlens.portfolio import reading
from contractlens.portfolio.results import at_path, sha256_of
made = cycle([Review.model_validate_json(line) for line in open({reviews!r}, encoding="utf-8")])
def review_file(path, *arguments, **options):
    review = at_path(next(made), path)
    return review.model_copy(update={{"document": review.document.model_copy(update={{"sha256": sha256_of(path)}})}})
reviewing.playbook = lambda rules: None
reading.review_file = review_file
serving.main()
"""  # a worker that reads nothing, and answers with reviews that were made before: what is left is the work of the scan itself
STUBBED = 40  # reviews that it answers with, in turn


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


def scanned(place: Path, *arguments: object, stub: str = "") -> tuple[float, dict[str, list[float]]]:
    """Seconds by the clock, and of parent and workers the CPU seconds and the peak of memory in MB."""
    start = perf_counter()
    call = [sys.executable, "-c", CALL, "scan", str(place), "--format", "jsonl", "--output", os.devnull, *map(str, arguments)]
    done = subprocess.run(call, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT), "STUB": stub})
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


def scale(folder: Path, count: int, jobs: int, *, stubbed: bool) -> None:
    """A tenth of the documents, then all: memory of the parent and time for a document, which must not grow."""
    with TemporaryDirectory() as made:
        stub = _stub(folder, Path(made)) if stubbed else ""
        for part in (count // 10, count):
            place = Path(made) / str(part)
            place.mkdir()
            copies(folder, part, place)
            seconds, used = scanned(place, "--register", Path(made) / f"{part}.db", "--jobs", jobs, stub=stub)
            parent, workers = used["parent"], used["workers"]
            print(
                f"{part} documents, {jobs} jobs: {seconds:.0f} s, {1000 * seconds / part:.1f} ms each; CPU of the workers {1000 * workers[0] / part:.1f} ms each, "
                f"of the parent {1000 * parent[0] / part:.2f} ms; peak of the parent {parent[1]:.0f} MB, of a worker {workers[1]:.0f} MB",
                flush=True,
            )
            shutil.rmtree(place)


def _stub(folder: Path, made: Path) -> str:
    """A worker that answers with reviews of some documents of the folder."""
    place, reviews = made / "some", made / "reviews.jsonl"
    place.mkdir()
    copies(folder, STUBBED, place)
    scanned(place, "--output", reviews)
    return STUB.format(reviews=str(reviews))


def beside(folder: Path, count: int, program: str) -> None:
    """redline-buddy and this, each by its command line on the same PDFs, one at a time, in turns; CPU of all that is started."""
    with TemporaryDirectory() as made:
        for path in sorted(folder.rglob("*.pdf"))[:count]:
            (Path(made) / path.name).symlink_to(path.resolve())
        count = len(os.listdir(made))
        theirs = [program, "review", made, "--playbook", "saas-vendor", "--format", "json"]
        ours = [sys.executable, "-m", "contractlens", "scan", made, "--format", "jsonl"]
        taken: dict[str, list[float]] = {"redline-buddy": [], "contractlens": []}
        for _ in range(3 if count <= 60 else 1):
            for name, call in zip(taken, (theirs, ours), strict=True):
                taken[name].append(_cpu_of(call))
        a, b = (count / statistics.median(times) for times in taken.values())
    print(f"{count} PDFs: {a:.2f} a second of CPU by redline-buddy, {b:.2f} by ContractLens: {b / a:.2f} times as many")


def _cpu_of(call: list[str]) -> float:
    """CPU seconds of a program and of those that it starts."""
    before = os.times()
    subprocess.run(call, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": str(ROOT)})
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


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
    parser.add_argument("what", choices=("jobs", "rescan", "scale", "query", "beside"))
    parser.add_argument("folder", type=Path, help="a folder of agreements to make copies of")
    parser.add_argument("--documents", type=int, metavar="N", help="how many [default: 1000; scale 20000, query 100000, beside 60]")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="N", help="how many processes read at once")
    parser.add_argument("--stub", action="store_true", help="scale: with workers that read nothing, to see what the scan itself takes")
    parser.add_argument("--program", default="redline", help="beside: the other program, installed in an environment of its own")
    options = parser.parse_args()
    count = options.documents or {"scale": 20_000, "query": 100_000, "beside": 60}.get(options.what, 1000)
    if options.what == "scale":
        scale(options.folder, count, options.jobs, stubbed=options.stub)
    elif options.what == "rescan":
        rescan(options.folder, count, options.jobs)
    elif options.what == "beside":
        beside(options.folder, count, options.program)
    else:
        (jobs if options.what == "jobs" else query)(options.folder, count)


if __name__ == "__main__":
    main()
