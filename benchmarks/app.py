"""How long the app lets one wait: the first result after an upload, and the next finding. Run: python -m benchmarks.app

Drives the app in Chromium (`--chromium PATH`, Debian's by default) with an agreement of twelve pages, put together of two samples,
and tells the command line's time for the same file beside it. `--file PATH` takes another agreement.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
from playwright.sync_api import Page

from tests.browsing import CHROMIUM, app_running, browser_running

ROOT = Path(__file__).resolve().parents[1]
PAGES, ROUNDS, STEPS = 12, 5, 12


def twelve_pages(path: Path, salt: int) -> Path:
    """The pages of two samples as one file; the title differs, so that no round finds the one before it on the desk."""
    made = pypdfium2.PdfDocument.new()
    for name in ("harbor-dns.pdf", "granite-ridge-colocation.pdf"):
        with pypdfium2.PdfDocument(ROOT / "samples" / name) as sample:
            made.import_pages(sample, [*range(min(len(sample), PAGES - len(made)))])
    made.save(path)
    path.write_bytes(path.read_bytes() + f"\n% {salt}\n".encode())
    return path


def first_result(page: Page, address: str, file: Path) -> float:
    """Seconds from the upload until the day to act by is there to read."""
    page.goto(address)
    page.get_by_text("Your agreements").first.wait_for()
    page.wait_for_function("!document.querySelector('[data-testid=stStatusWidget]')")
    page.wait_for_timeout(500)
    start = time.perf_counter()
    page.locator("input[type=file]").first.set_input_files(file)
    page.get_by_role("heading", name="Act by").first.wait_for()
    return time.perf_counter() - start


def next_findings(page: Page, steps: int) -> list[float]:
    """Seconds from each press of "next" until the finding is open and its page is drawn."""
    taken = []
    page.get_by_role("heading", name="What to ask for").wait_for()
    for number in range(2, steps + 2):
        button = page.get_by_role("button", name="Next finding")
        if not button.is_enabled():
            break
        page.wait_for_timeout(400)
        start = time.perf_counter()
        button.click()
        page.wait_for_function(
            "n => document.querySelector('.st-key-viewer-bar')?.innerText.includes(`Finding ${n} of`)"
            " && [...document.querySelectorAll('.st-key-paper img')].every(i => i.complete)",
            arg=number,
            polling=10,
        )
        taken.append(time.perf_counter() - start)
    return taken


def by_command(file: Path) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "contractlens", "review", str(file)], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def told(name: str, seconds: list[float]) -> str:
    return f"{name:<44}{statistics.median(seconds):6.2f} s   (from {min(seconds):.2f} to {max(seconds):.2f} s, {len(seconds)} times)"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--chromium", default=CHROMIUM, help="the browser to drive")
    parser.add_argument("--file", type=Path, help="an agreement of your own")
    wanted = parser.parse_args()
    with TemporaryDirectory() as folder, app_running() as address, browser_running(wanted.chromium) as browser:
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.set_default_timeout(120_000)
        files = [wanted.file or twelve_pages(Path(folder, f"agreement-{n}.pdf"), n) for n in range(ROUNDS)]
        cold = first_result(page, address, files[0])
        print(told("the first agreement after the app's start", [cold]))
        print(told("an upload until the day to act by", [first_result(page, address, file) for file in files[1:]]))
        print(told("the next finding, with its page", next_findings(page, STEPS)))
        print(told("contractlens review, on the same file", [by_command(file) for file in files[1:]]))


if __name__ == "__main__":
    main()
