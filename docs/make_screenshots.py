"""Make the pictures of the app that the README shows: python -m docs.make_screenshots

Needs the package Playwright and a Chromium (`--chromium PATH`, Debian's by default). `--all FOLDER` also saves every page
in light and dark, wide and as on a phone, to look through after a change.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Browser, Page

from tests.browsing import CHROMIUM, app_running, browser_running, settled

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = [ROOT / "samples" / f"{name}" for name in ("harbor-dns.pdf", "kestrel-cdn.docx", "northfield-hosting.pdf", "pingwell-monitoring.pdf", "overland-transit.docx")]
TODAY = "21112026"  # the day from which the samples are told, as it is typed into a field of an English browser
WIDE, PHONE = (1440, 900), (390, 844)
IMAGES = ROOT / "docs" / "images"


def opened(browser: Browser, address: str, size: tuple[int, int], scheme: str, files: list[Path]) -> Page:
    """The app with the files on its desk, seen from `TODAY`."""
    page = browser.new_page(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, locale="en-GB")  # type: ignore[arg-type]
    page.set_default_timeout(60_000)
    page.goto(address)
    page.get_by_text("Your agreements").first.wait_for()
    settled(page)
    if files:
        page.locator("input[type=file]").first.set_input_files(files)
        page.get_by_role("heading", name=files[0].name).wait_for()
        settled(page)
        page.get_by_role("button", name="Where it says so, and how it was counted").click()
        page.get_by_role("spinbutton", name="day, Seen from").click()
        page.keyboard.type(TODAY, delay=60)
        for _ in range(2):  # the calendar closes, and then what it stands on
            page.get_by_role("heading", name="What to ask for").click()
            settled(page)
    return page


def go(page: Page, name: str) -> None:
    """Turn to a page by the bar at the top, or on a phone by the one at the side."""
    side = page.get_by_test_id("stExpandSidebarButton")
    if side.count() and side.is_visible():
        side.click()
        settled(page)
    page.get_by_role("link", name=name, exact=True).click()
    settled(page)
    if (page.viewport_size or {}).get("width") == PHONE[0]:
        page.get_by_test_id("stSidebarCollapseButton").get_by_role("button").click()
        settled(page)


def find(page: Page, title: str) -> None:
    page.get_by_role("button", name=re.compile(title)).first.click()
    settled(page)


def shoot(page: Page, path: Path, *, height: int | None = None) -> None:
    """The window, or so much of the page, in few enough colours to be small."""
    if height:
        page.set_viewport_size({"width": (page.viewport_size or {"width": WIDE[0]})["width"], "height": height})
        settled(page)
    page.mouse.move(0, 0)
    page.evaluate("document.querySelector('[data-testid=stMain]').scrollTo(0, 0)")
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(path, optimize=True)
    print(f"{path} ({path.stat().st_size // 1024} kB)")


def scan(page: Page, register: Path) -> None:
    """The samples, scanned into a register on the portfolio's page."""
    page.get_by_role("textbox", name="Register").fill(str(register))
    page.get_by_role("textbox", name="Folder to scan").fill(str(ROOT / "samples"))
    page.get_by_role("textbox", name="Folder to scan").press("Enter")
    settled(page)
    page.get_by_role("button", name="Scan", exact=True).click()
    page.get_by_text("files scanned").wait_for()
    settled(page)


def every_page(open_app: Callable[..., Page], folder: Path, register: Path) -> None:
    for shape, size in (("wide", WIDE), ("phone", PHONE)):
        for scheme in ("light", "dark"):
            page = open_app(size, scheme, [])
            shoot(page, folder / f"{shape}-{scheme}-0-empty.png")
            page.close()
            page = open_app(size, scheme, SAMPLES)
            shoot(page, folder / f"{shape}-{scheme}-1-review.png")
            shoot(page, folder / f"{shape}-{scheme}-1-review-whole.png", height=2600 if size == WIDE else 5200)
            page.set_viewport_size({"width": size[0], "height": size[1]})
            for number, name in enumerate(("Redlines", "Calculator", "Deadlines", "Portfolio", "Rules"), 2):
                go(page, name)
                if name == "Portfolio":
                    scan(page, register)
                shoot(page, folder / f"{shape}-{scheme}-{number}-{name.lower()}.png")
            page.get_by_role("tab", name="Try a sentence").click()
            settled(page)
            shoot(page, folder / f"{shape}-{scheme}-7-try.png")
            page.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--chromium", default=CHROMIUM, help="the browser to drive")
    parser.add_argument("--all", type=Path, metavar="FOLDER", help="also save every page in every shape into this folder")
    wanted = parser.parse_args()
    with app_running() as address, browser_running(wanted.chromium) as browser:

        def open_app(size: tuple[int, int], scheme: str, files: list[Path]) -> Page:
            return opened(browser, address, size, scheme, files)

        page = open_app(WIDE, "light", SAMPLES[:1])
        page.get_by_test_id("stButtonGroup").get_by_text("renewal", exact=True).click()
        find(page, "Renews by itself")
        shoot(page, IMAGES / "app.png", height=1440)
        page.close()
        page = open_app(WIDE, "dark", SAMPLES[1:2])
        go(page, "Redlines")
        find(page, "The vendor alone may change the prices")
        shoot(page, IMAGES / "redlines.png")
        page.close()
        if wanted.all:
            with TemporaryDirectory() as kept:
                every_page(open_app, wanted.all, Path(kept, "register.db"))


if __name__ == "__main__":
    main()
