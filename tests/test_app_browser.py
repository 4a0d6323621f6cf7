"""The whole story in a real browser, started as users start it: from an upload to the files to send, page by page."""

from __future__ import annotations

import io
import os
import re
import shutil
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlsplit

import docx
import icalendar
import pytest
from PIL import Image

import contractlens
from contractlens.advice.finding import Finding
from contractlens.documents import Document, open_document
from contractlens.documents.pictures import LIT, lit_pages, page_picture
from contractlens.exports import outline
from contractlens.portfolio import listing
from contractlens.portfolio.register import Register
from contractlens.values import Money

playwright = pytest.importorskip("playwright.sync_api")

from tests.browsing import CHROMIUM, SOON, app_running, browser_running, settled  # noqa: E402  (it needs Playwright)

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
HARBOR, KESTREL, NORTHFIELD = (SAMPLES / name for name in ("harbor-dns.pdf", "kestrel-cdn.docx", "northfield-hosting.pdf"))
CORPUS = os.environ.get("CONTRACTLENS_CORPUS")

pytestmark = [pytest.mark.browser, pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="there is no Chromium")]


@pytest.fixture(scope="module")
def address():  # type: ignore[no-untyped-def]
    with app_running() as found:
        yield found


@pytest.fixture(scope="module")
def browser():  # type: ignore[no-untyped-def]
    with browser_running() as opened:
        yield opened


@pytest.fixture
def page(browser: playwright.Browser, address: str):  # type: ignore[no-untyped-def]
    """The app's first screen; at the end, everything it asked for must have come from this machine."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    opened = context.new_page()
    opened.set_default_timeout(SOON)
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto(address)
    opened.get_by_text("Your agreements").first.wait_for()
    yield opened
    context.close()
    assert {urlsplit(url).hostname for url in asked if url.startswith(("http", "ws"))} == {"127.0.0.1"}


def upload(page: playwright.Page, *files: Path) -> None:
    """Drop the files, and wait until the last that can be read is looked at."""
    if page.get_by_role("button", name="Add", exact=True).count():
        page.get_by_role("button", name="Add", exact=True).click()
    page.locator("input[type=file]").first.set_input_files([*files])


def to(page: playwright.Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).click()
    page.get_by_role("heading", name=name).first.wait_for()


def open_finding(page: playwright.Page, finding: Finding) -> None:
    page.get_by_role("button", name=re.compile(rf"{finding.severity.upper()}\W+{re.escape(finding.title)}")).first.click()
    page.get_by_text(finding.meaning, exact=True).first.wait_for()


def taken(page: playwright.Page, label: str, folder: Path) -> Path:
    """The file that a button gives."""
    button = page.get_by_role("button", name=label)
    button.wait_for()
    with page.expect_download() as coming:
        button.click()
    coming.value.save_as(folder / coming.value.suggested_filename)
    return folder / coming.value.suggested_filename


def shown_page(page: playwright.Page, alt: str) -> Image.Image:
    """The picture of the document's page, as the browser got it."""
    image = page.get_by_alt_text(alt)
    image.wait_for()
    return Image.open(io.BytesIO(page.request.get(image.evaluate("image => image.src")).body())).convert("RGB")


def is_lit(picture: Image.Image, document: Document, finding: Finding) -> bool:
    """Whether the marker's colour lies in the boxes of the clause, and nowhere else."""
    number, stretches = next(iter(lit_pages(document, finding.evidence).items()))
    boxes = page_picture(Path(document.source.path).read_bytes(), "it.pdf", number, stretches).boxes
    inside = 0
    for left, top, right, bottom in boxes:
        part = picture.crop((left + 1, top + 1, right - 1, bottom - 1))
        lit = sum(n for n, colour in part.getcolors(1 << 24) or [] if colour == LIT)
        inside += lit > part.width * part.height * 0.3
        picture.paste((255, 255, 255), (left, top, right + 1, bottom + 1))
    elsewhere = sum(n for n, colour in picture.getcolors(1 << 24) or [] if colour == LIT)
    return bool(boxes) and inside == len(boxes) and not elsewhere


def no_trace(page: playwright.Page) -> None:
    assert page.get_by_test_id("stException").count() == 0
    assert "Traceback" not in page.inner_text("body")
    assert "where it should not have" not in page.inner_text("body")


def test_a_pdf_from_upload_to_memo_and_calendar(page: playwright.Page, tmp_path: Path) -> None:
    review, document = contractlens.review(HARBOR), open_document(HARBOR)
    act = outline.acts(review, date.today())[0]
    upload(page, HARBOR)
    page.get_by_role("heading", name=f"Act by {act.when}").wait_for()

    finding = next(f for f in review.findings if f.category == "renewal")
    number = next(iter(lit_pages(document, finding.evidence)))
    open_finding(page, finding)
    alt = f"Page {number} of the document, with the quoted words lit"
    assert is_lit(shown_page(page, alt), document, finding)
    paper = page.locator(".st-key-paper").bounding_box()
    image = page.get_by_alt_text(alt).bounding_box()
    assert paper
    assert image
    top = min(box[1] for box in page_picture(HARBOR.read_bytes(), "it.pdf", number, lit_pages(document, finding.evidence)[number]).boxes)
    at = image["y"] + top / 1605 * image["height"]
    assert paper["y"] <= at <= paper["y"] + paper["height"], "the lit words are in view"

    page.keyboard.press("n")  # the next finding
    page.get_by_text(f"Finding {outline.by_urgency(review.findings).index(finding) + 2} of").wait_for()

    to(page, "Redlines")
    open_finding(page, finding)
    words = page.get_by_label(f"The wording, {outline.instead_of(finding.redlines[0])}")
    words.fill("This Agreement ends with the Initial Term.")
    page.keyboard.press("Control+Enter")
    page.locator(".tracked ins", has_text="ends with the Initial Term").first.wait_for()
    memo = docx.Document(str(taken(page, "Memo to the vendor (Word)", tmp_path)))
    xml = memo.element.xml
    assert "w:ins" in xml
    assert "ends with the Initial Term" in re.sub(r"<[^>]+>", "", xml)

    to(page, "Deadlines")
    events = icalendar.Calendar.from_ical(taken(page, "Dates for your calendar", tmp_path).read_bytes()).walk("VEVENT")
    assert sorted(event["DTSTART"].dt for event in events) == sorted(d.date for d in review.deadlines if d.kind != "bound_until")
    no_trace(page)


def test_a_word_file_from_upload_to_tracked_changes(page: playwright.Page, tmp_path: Path) -> None:
    review = contractlens.review(KESTREL)
    finding = next(f for f in review.findings if f.category == "renewal" and f.severity == "high")
    upload(page, KESTREL)
    page.get_by_role("heading", name="What to ask for").wait_for()
    open_finding(page, finding)
    mark = page.locator(".sheet mark", has_text=" ".join(finding.evidence[0].quote.split()[:5])).first
    mark.wait_for()
    assert " ".join(mark.inner_text().split()).startswith(" ".join(finding.evidence[0].quote.split())[:60])
    page.get_by_role("button", name="Edit these words").click()
    page.get_by_role("heading", name="Redlines").wait_for()
    page.get_by_text("Fallback", exact=True).click()
    page.locator(".tracked ins", has_text=finding.redlines[1].text[:20]).first.wait_for()
    page.get_by_role("button", name="Options").click()
    page.get_by_label("Whose changes they are").fill("Fernhill Legal")
    page.keyboard.press("Enter")
    settled(page)
    page.keyboard.press("Escape")
    file = taken(page, "Word with tracked changes", tmp_path)
    assert file.name == "kestrel-cdn.redlined.docx"
    body = zipfile.ZipFile(file).read("word/document.xml").decode()
    assert "<w:ins " in body
    assert "<w:del " in body
    assert 'w:author="Fernhill Legal"' in body
    assert finding.redlines[1].text[:30] in re.sub(r"<[^>]+>", "", body)
    no_trace(page)


def test_the_other_pages_reckon_and_explain(page: playwright.Page) -> None:
    upload(page, HARBOR)
    page.get_by_role("heading", name="What to ask for").wait_for()
    to(page, "Calculator")
    page.get_by_label("An hour down costs you").fill("500")
    page.keyboard.press("Enter")
    page.get_by_text("USD 12,000.00").first.wait_for()
    page.locator("[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg").first.wait_for()
    to(page, "Deadlines")
    settled(page)
    table = page.get_by_test_id("stDataFrame").bounding_box()
    assert table
    page.mouse.click(table["x"] + 300, table["y"] + 35 * 1.5)
    page.get_by_role("button", name=f"Open {HARBOR.name}").click()
    page.get_by_role("heading", name="What to ask for").wait_for()
    to(page, "Rules")
    page.get_by_role("tab", name="Try a sentence").click()
    page.get_by_label("A sentence, or a few").fill("Vendor may change the prices at any time.")
    page.keyboard.press("Control+Enter")
    page.locator("tr.looked", has_text="changes/price-change").first.wait_for()
    no_trace(page)


def at_rest(page: playwright.Page, name: str) -> playwright.FloatRect:
    """Where a part of the page is, once what stands above it has taken its place."""
    before, now = None, page.get_by_test_id(name).bounding_box()
    while before != now:
        page.wait_for_timeout(400)
        before, now = now, page.get_by_test_id(name).bounding_box()
    assert now
    return now


def typed_into(page: playwright.Page, row: int, **cells: str) -> None:
    """Cells of the portfolio's table edited by the keyboard, without a pause between them."""
    columns = ["Act by", "In", "Agreement", "Vendor", "High", "Owner", "Status", "Annual cost", "Renewal costs", "Effective date", "Note"]
    grid = at_rest(page, "stDataFrame")
    page.mouse.click(grid["x"] + 30, grid["y"] + 35 * (row + 1.5))
    page.locator("[data-testid=stDataFrame] [role=gridcell][aria-selected=true]").first.wait_for(state="attached")
    at = 0
    for name, value in cells.items():
        for _ in range(columns.index(name.replace("_", " ")) - at):
            page.keyboard.press("ArrowRight")
            page.wait_for_timeout(60)
        at = columns.index(name.replace("_", " "))
        page.locator(f"[data-testid=stDataFrame] [role=gridcell][aria-selected=true][aria-colindex='{at + 1}']").first.wait_for(state="attached")  # one looks where the cursor is
        page.keyboard.press("Enter")
        field = page.locator("#portal input, #portal textarea").first
        field.wait_for()  # one types once the cell is open, and has the cursor
        page.wait_for_function("document.querySelector('#portal')?.contains(document.activeElement)")
        if field.get_attribute("type") == "date":
            field.fill(value)  # its order of day and month is the machine's
        else:
            page.keyboard.press("Control+A")
            page.keyboard.type(value, delay=20)
        page.keyboard.press("Enter")
        field.wait_for(state="detached")
        page.keyboard.press("ArrowUp")
        page.wait_for_timeout(60)


def test_a_folder_is_scanned_into_a_register_and_kept_right_in_the_table(page: playwright.Page, tmp_path: Path) -> None:
    (tmp_path / "agreements" / "2026").mkdir(parents=True)
    shutil.copy(HARBOR, tmp_path / "agreements")
    shutil.copy(NORTHFIELD, tmp_path / "agreements" / "2026")
    (tmp_path / "agreements" / "broken.pdf").write_bytes(HARBOR.read_bytes()[:900])
    to(page, "Portfolio")
    page.get_by_role("textbox", name="Register").fill(str(tmp_path / "register.db"))
    page.get_by_role("textbox", name="Folder to scan").fill(str(tmp_path / "agreements"))
    page.get_by_role("button", name="Scan", exact=True).click()
    page.get_by_role("progressbar").first.wait_for()
    page.get_by_text("3 files scanned, of which 1 could not be read.").wait_for()
    settled(page)

    typed_into(page, 0, Owner="Ana", Annual_cost="1,200 EUR", Note="ask again")
    typed_into(page, 1, Owner="Ben", Status="confirmed", Effective_date="2026-02-02")
    settled(page)
    with Register(tmp_path / "register.db") as register:
        kept = {entry.name: (entry, register.kept(entry.id).note) for entry in listing.entries(register, date.today())}
    harbor, note = kept[HARBOR.name]
    assert (harbor.owner, harbor.annual_cost, note) == ("Ana", Money(Decimal("1200"), "EUR"), "ask again")
    northfield, _ = kept[NORTHFIELD.name]
    assert (northfield.owner, northfield.status, northfield.effective_date) == ("Ben", "confirmed", date(2026, 2, 2))
    assert northfield.act_by, "its dates have moved"

    page.get_by_role("textbox", name="Owner").fill("ben")
    page.keyboard.press("Enter")
    settled(page)
    page.get_by_role("tab", name="Timeline").click()
    page.locator("[aria-label*='Northfield'][aria-label*='last day to send']").first.wait_for()
    assert not page.locator("[aria-label*='Harbor DNS']").count()
    no_trace(page)


def test_what_floats_above_the_page_can_be_read_in_the_dark(browser: playwright.Browser, address: str) -> None:
    dark = browser.new_page(color_scheme="dark")
    dark.set_default_timeout(SOON)
    dark.goto(address)
    dark.get_by_text("Your agreements").first.wait_for()
    upload(dark, HARBOR)
    dark.get_by_role("button", name="Where it says so, and how it was counted").click()
    quote = dark.locator(".quoted blockquote").first
    quote.wait_for()
    ink, paper = (quote.evaluate(f"quote => getComputedStyle({where}).{what}") for where, what in (("quote", "color"), ("quote.closest('[data-testid=stPopoverBody]')", "backgroundColor")))
    assert brightness(ink) - brightness(paper) > 120
    dark.close()


def brightness(colour: str) -> float:
    red, green, blue = map(float, re.findall(r"[\d.]+", colour)[:3])
    return 0.299 * red + 0.587 * green + 0.114 * blue


def test_an_encrypted_and_a_broken_file_are_a_sentence_each(page: playwright.Page, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(HARBOR.read_bytes()[:900])
    encrypted = tmp_path / "encrypted.pdf"
    locked(encrypted)
    upload(page, broken, encrypted)
    page.get_by_test_id("stAlert").nth(1).wait_for()
    told = page.get_by_test_id("stAlert").all_inner_texts()
    assert len(told) == 2
    assert any("broken.pdf" in line and "damaged" in line for line in told)
    assert any("encrypted.pdf" in line and "password" in line for line in told)
    no_trace(page)


def locked(path: Path) -> None:
    """A PDF with a password, made by hand of the parts that matter."""
    from reportlab.lib import pdfencrypt
    from reportlab.pdfgen import canvas

    made = canvas.Canvas(str(path), encrypt=pdfencrypt.StandardEncryption("secret", canPrint=0))
    made.drawString(72, 720, "This Agreement renews by itself.")
    made.save()


def test_numbers_stand_as_the_browsers_language_has_them(browser: playwright.Browser, address: str) -> None:
    german = browser.new_page(viewport={"width": 1440, "height": 900}, locale="de-DE")
    german.set_default_timeout(SOON)
    german.goto(address)
    german.get_by_text("Your agreements").first.wait_for()
    upload(german, HARBOR)
    german.get_by_role("heading", name="Service level 99,9 % a month").wait_for()
    to(german, "Calculator")
    german.get_by_label("An hour down costs you").fill("500")
    german.keyboard.press("Enter")
    german.get_by_text("USD 12.000,00").first.wait_for()
    german.get_by_role("button", name="Numbers and dates").click()
    german.get_by_role("combobox", name="Numbers").click()
    german.get_by_role("option", name="12,000.00").click()
    german.get_by_text("USD 12,000.00").first.wait_for()
    german.close()


def test_two_sessions_do_not_see_each_others_agreements(page: playwright.Page, browser: playwright.Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    other = context.new_page()
    other.set_default_timeout(SOON)
    other.goto(address)
    other.get_by_text("Your agreements").first.wait_for()
    upload(page, HARBOR)
    upload(other, KESTREL)
    for mine, name, strange in ((page, HARBOR.name, KESTREL.name), (other, KESTREL.name, HARBOR.name)):
        mine.get_by_role("heading", name=name).wait_for()
        for where in ("Redlines", "Deadlines"):
            to(mine, where)
            assert strange not in mine.inner_text("body")
    other.get_by_role("link", name="Review", exact=True).click()
    other.get_by_role("heading", name=KESTREL.name).wait_for()
    context.close()


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
    page.get_by_role("heading", name="What to ask for").wait_for()
    open_finding(page, told)
    for place in ("blockquote", ".sheet mark"):
        quote = page.locator(place).filter(has_text="onerror").first
        quote.wait_for()
        assert "<img src=http://192.0.2.1/x onerror=alert(1)> [here](http://192.0.2.1/y) :red[now] $x^2$ :star: due:blue unless" in " ".join(quote.inner_text().split())
    assert page.locator("img[src*='192.0.2.1'], .katex").count() == 0
    assert page.get_by_role("link", name="here", exact=True).count() == 0


@pytest.mark.skipif(not CORPUS, reason="CONTRACTLENS_CORPUS is not set")
def test_a_real_agreement_shows_a_finding_on_its_page(page: playwright.Page) -> None:
    files = sorted(Path(CORPUS or "", "cuad").glob("*.pdf"))
    file = files[len(files) // 2]
    review, document = contractlens.review(file), open_document(file)
    finding = next(f for f in outline.by_urgency(review.findings) if f.evidence)
    upload(page, file)
    page.get_by_role("heading", name="What to ask for").wait_for()
    assert page.get_by_role("heading", name="Act by").first.is_visible(), "a day to act by, or that there is none"
    open_finding(page, finding)
    number = next(iter(lit_pages(document, finding.evidence)))
    assert is_lit(shown_page(page, f"Page {number} of the document, with the quoted words lit"), document, finding)
    no_trace(page)
