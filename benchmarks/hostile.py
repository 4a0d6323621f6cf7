"""What awkward files come to on the command line, each in a run of its own: the outcome, the sentence, the time and the memory.

    python benchmarks/hostile.py FOLDER        with a manifest.jsonl in it, one {"file": …, "expect": …, "also_ok": […]} a line
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

OUTCOMES = {"no_text": "scan", "unsupported": "unreadable"}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path)
    folder = options.parse_args().folder
    cases = [json.loads(line) for line in (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines()]
    right = clear = 0
    longest = largest = 0.0
    for case in cases:
        code, review, told, seconds, megabytes = reviewed(folder / case["file"])
        error = review.get("error")
        outcome = OUTCOMES.get(error["kind"], error["kind"]) if error else "text" if review else "nothing"
        fits = outcome in (case["expect"], *case.get("also_ok", ())) or (case["expect"] == "scan" and _says_what_was_not_read(review))
        says = outcome == "text" or (code == 3 and told.count("\n") == 1 and told.startswith(case["file"]))
        right, clear, longest, largest = right + fits, clear + says, max(longest, seconds), max(largest, megabytes)
        print(f"{case['file']:44} {outcome:10} {'right' if fits else 'wrong':5} {seconds:5.1f} s {megabytes:5.0f} MB  {told.strip()[:110]}", flush=True)
    print(f"{right} of {len(cases)} with the right outcome, {clear} with a clear sentence, at worst {longest:.1f} s and {largest:.0f} MB")


def reviewed(file: Path) -> tuple[int, dict[str, Any], str, float, float]:
    """The exit code, the review, what was told, the seconds, and the megabytes of the largest process."""
    started = time.monotonic()
    with TemporaryFile() as out, TemporaryFile() as err:
        call = [sys.executable, "-m", "contractlens", "review", str(file), "--format", "json"]
        process = subprocess.Popen(call, stdout=out, stderr=err)
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.monotonic() - started
        out.seek(0)
        err.seek(0)
        data, told = out.read(), err.read().decode()
    assert "Traceback" not in told, told
    return os.waitstatus_to_exitcode(status), json.loads(data) if data else {}, told, seconds, used.ru_maxrss / 1024


def _says_what_was_not_read(review: dict[str, Any]) -> bool:
    return any(w["kind"] in ("page_not_read", "read_by_recognition") for w in review.get("warnings", ()))


if __name__ == "__main__":
    main()
