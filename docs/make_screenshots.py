"""Make the pictures of the app that the README shows: python docs/make_screenshots.py

Needs the package Playwright and a Chromium (`--chromium PATH`, Debian's by default). `--all FOLDER` also saves the page
in light and dark, wide and as on a phone, to look through after a change.
"""

from __future__ import annotations

import argparse
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "samples" / "harbor-dns.pdf"
TODAY = "2026-11-21"  # the day from which the samples are told
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run"]
WIDE, PHONE = (1440, 900), (390, 844)


@contextmanager
def app() -> Iterator[str]:
    """The app's address, while it runs."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    call = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless=true", f"--server.port={port}"]
    server = subprocess.Popen(call, cwd=ROOT, stdout=subprocess.DEVNULL)  # noqa: S603 (our own interpreter, and no shell)
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health").close()
                break
            except OSError:
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)


def settle(page: Page) -> None:
    """Wait until the app has drawn all that it has to."""
    page.wait_for_timeout(300)
    page.wait_for_function("!document.querySelector('[data-testid=stStatusWidget]')", timeout=60_000)
    page.wait_for_function("[...document.images].every(image => image.complete)")
    page.wait_for_timeout(400)


def show(page: Page, address: str, file: Path | None) -> None:
    """The page with the file in it, seen from `TODAY`."""
    page.goto(address)
    page.get_by_text("Your agreement").first.wait_for()
    if file:
        page.locator("input[type=file]").set_input_files(file)
        page.get_by_role("spinbutton", name="year, Seen from").wait_for()
        settle(page)
        page.get_by_role("spinbutton", name="year, Seen from").click()
        page.keyboard.type(TODAY.replace("-", ""), delay=50)
        page.keyboard.press("Enter")
        settle(page)
        page.get_by_role("heading", name="ContractLens").click()
    settle(page)


def open_only(page: Page, title: re.Pattern[str]) -> None:
    """Open the finding of that title, and fold the others."""
    for folded in page.locator("[data-testid=stExpander]").all():
        is_open = folded.locator("details[open]").count() > 0
        wanted = bool(title.search(folded.locator("summary").inner_text()))
        if is_open != wanted:
            folded.locator("summary").click()
            settle(page)


def shoot(page: Page, path: Path, *, whole: bool = False) -> None:
    """The window, or the whole page, in few enough colours to be small."""
    if whole:
        height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
        width = page.viewport_size["width"] if page.viewport_size else WIDE[0]
        page.set_viewport_size({"width": width, "height": min(height, 6000)})
        settle(page)
    page.mouse.move(0, 0)
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)
    print(f"{path} ({path.stat().st_size // 1024} kB)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--chromium", default=CHROMIUM, help="the browser to drive")
    parser.add_argument("--all", type=Path, metavar="FOLDER", help="also save the page in every shape into this folder")
    wanted = parser.parse_args()
    with app() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=wanted.chromium, args=FLAGS)

        def page(size: tuple[int, int], scheme: str) -> Page:
            opened = browser.new_page(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)  # type: ignore[arg-type]
            opened.set_default_timeout(60_000)
            return opened

        shot = page(WIDE, "light")
        show(shot, address, SAMPLE)
        shot.set_viewport_size({"width": WIDE[0], "height": 1480})
        settle(shot)
        shoot(shot, ROOT / "docs" / "images" / "app.png")
        if wanted.all:
            for shape, size in (("wide", WIDE), ("phone", PHONE)):
                for scheme in ("light", "dark"):
                    for name, file in (("empty", None), ("pdf", SAMPLE), ("word", SAMPLE.with_name("kestrel-cdn.docx")), ("undated", SAMPLE.with_name("northfield-hosting.pdf"))):
                        shot = page(size, scheme)
                        show(shot, address, file)
                        shoot(shot, wanted.all / f"{shape}-{scheme}-{name}.png")
                        if file:
                            open_only(shot, re.compile("renew", re.IGNORECASE))
                            shoot(shot, wanted.all / f"{shape}-{scheme}-{name}-whole.png", whole=True)
                        shot.close()
        browser.close()


if __name__ == "__main__":
    main()
