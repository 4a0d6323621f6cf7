"""The app in a real browser, started as users start it: upload, the day to act by, a clause lit on its page, the downloads."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import icalendar
import pytest
from PIL import Image

import contractlens
from contractlens.documents.pictures import LIT
from contractlens.exports import outline

playwright = pytest.importorskip("playwright.sync_api")

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
HARBOR = SAMPLES / "harbor-dns.pdf"
CHROMIUM = os.environ.get("CONTRACTLENS_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
CORPUS = os.environ.get("CONTRACTLENS_CORPUS")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
SOON = 60_000  # milliseconds, on a machine with other work

pytestmark = [pytest.mark.browser, pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="there is no Chromium")]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where `contractlens app` answers, started from a folder that has nothing to do with it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    call = [sys.executable, "-m", "contractlens.cli", "app", "--server.headless=true", f"--server.port={port}"]
    folder = tmp_path_factory.mktemp("elsewhere")
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(call, cwd=folder, stdout=log, stderr=log, start_new_session=True)
        try:
            for _ in range(600):
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health").close()
                    break
                except OSError:
                    time.sleep(0.1)
            else:
                pytest.fail((folder / "log").read_text())
            yield f"http://127.0.0.1:{port}"
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(20)


@pytest.fixture(scope="module")
def browser() -> Iterator[playwright.Browser]:
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: playwright.Browser, address: str) -> Iterator[playwright.Page]:
    """The app's first screen; at the end, everything it asked for must have come from this machine."""
    opened = browser.new_page(viewport={"width": 1440, "height": 900})
    opened.set_default_timeout(SOON)
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto(address)
    opened.get_by_text("Your agreement").first.wait_for()
    yield opened
    opened.close()
    assert {urlsplit(url).hostname for url in asked if url.startswith(("http", "ws"))} == {"127.0.0.1"}


def upload(page: playwright.Page, file: Path) -> None:
    page.locator("input[type=file]").set_input_files(file)


def finding(page: playwright.Page, title: str) -> playwright.Locator:
    return page.get_by_test_id("stExpander").filter(has=page.locator("summary", has_text=title)).first


def test_an_agreement_goes_in_and_the_day_to_act_by_comes_out(page: playwright.Page) -> None:
    review = contractlens.review(HARBOR)
    act = outline.acts(review, date.today())[0]
    upload(page, HARBOR)
    heading = page.get_by_role("heading", name=f"Act by {act.when}")
    heading.wait_for()
    headings = page.get_by_role("heading").all_inner_texts()
    assert headings.index(f"Act by {act.when}") == 1, "only the app's name stands above it"


def test_an_opened_finding_shows_its_page_with_the_clause_lit(page: playwright.Page) -> None:
    review = contractlens.review(HARBOR)
    told = next(f for f in review.findings if f.category == "renewal")
    upload(page, HARBOR)
    folded = finding(page, told.title)
    folded.locator("summary").wait_for()
    if not folded.locator("details[open]").count():
        folded.locator("summary").click()
    image = folded.locator("img").first
    image.wait_for()
    picture = Image.open(BytesIO(page.request.get(image.evaluate("image => image.src")).body())).convert("RGB")
    lit = sum(n for n, colour in picture.getcolors(1 << 24) or [] if colour == LIT)
    assert lit > picture.width * picture.height / 200
    assert folded.get_by_text(told.redlines[0].text).first.is_visible()


def test_the_calendar_and_the_review_come_down_as_files(page: playwright.Page, tmp_path: Path) -> None:
    review = contractlens.review(HARBOR)
    upload(page, HARBOR)
    saved = {}
    for label, name in (("Dates for your calendar (.ics)", "harbor-dns.ics"), ("The review (JSON)", "harbor-dns.review.json")):
        button = page.get_by_role("button", name=label)
        button.wait_for()
        with page.expect_download() as coming:
            button.click()
        assert coming.value.suggested_filename == name
        coming.value.save_as(saved.setdefault(name, tmp_path / name))
    events = icalendar.Calendar.from_ical(saved["harbor-dns.ics"].read_bytes()).walk("VEVENT")
    assert sorted(event["DTSTART"].dt for event in events) == sorted(d.date for d in review.deadlines)
    taken = contractlens.Review.model_validate_json(saved["harbor-dns.review.json"].read_text(encoding="utf-8"))
    assert taken.document.path == taken.document.name == "harbor-dns.pdf", "where the upload lay is nobody's business"
    assert taken.model_copy(update={"document": review.document}) == review


def test_a_broken_file_is_told_in_one_sentence(page: playwright.Page, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(HARBOR.read_bytes()[:900])
    upload(page, broken)
    told = page.get_by_test_id("stAlert")
    told.wait_for()
    assert told.count() == 1
    assert "broken.pdf" in told.inner_text()
    assert page.get_by_test_id("stException").count() == 0
    assert "Traceback" not in page.inner_text("body")


def test_markup_in_a_document_stays_words(page: playwright.Page, tmp_path: Path) -> None:
    hostile = tmp_path / "hostile.txt"
    hostile.write_text(
        'This Agreement is made as of March 1, 2026 (the "Effective Date") between Harbor, Inc. ("Provider") and Example Ltd. ("Customer").\n\n'
        "1. Term. The initial term of this Agreement is one (1) year from the Effective Date. This Agreement shall automatically renew for\n"
        "successive periods of one (1) year <img src=http://192.0.2.1/x onerror=alert(1)> [here](http://192.0.2.1/y) :red[now] $x^2$ :star: due:blue unless\n"
        "either party gives the other written notice of non-renewal at least thirty (30) days before the end of the then-current term.\n",
        encoding="utf-8",
    )
    told = next(f for f in contractlens.review(hostile).findings if f.category == "renewal")
    upload(page, hostile)
    folded = finding(page, told.title)
    folded.locator("summary").wait_for()
    if not folded.locator("details[open]").count():
        folded.locator("summary").click()
    quote = folded.locator("blockquote").filter(has_text="onerror").first
    quote.wait_for()
    words = quote.inner_text().replace("\u2060", "")
    assert "<img src=http://192.0.2.1/x onerror=alert(1)> [here](http://192.0.2.1/y) :red[now] $x^2$ :star: due:blue unless" in words
    assert folded.locator("img, .katex").count() == 0
    assert folded.get_by_role("link", name="here", exact=True).count() == 0


@pytest.mark.skipif(not CORPUS, reason="CONTRACTLENS_CORPUS is not set")
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_real_agreements_give_a_review(page: playwright.Page, share: float) -> None:
    files = sorted(Path(CORPUS or "", "cuad").glob("*.pdf"))
    file = files[int(len(files) * share)]
    review = contractlens.review(file)
    upload(page, file)
    page.get_by_role("heading", name="What to ask for").wait_for()
    found = outline.by_urgency(review.findings)
    page.wait_for_function(f"document.querySelectorAll('[data-testid=stExpander] summary').length >= {len(found)}")
    assert page.get_by_role("heading", name="ct by").first.is_visible(), "a day to act by, or that there is none"
    assert page.get_by_test_id("stException").count() == 0
    assert "Traceback" not in page.inner_text("body")
