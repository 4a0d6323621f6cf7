"""Numbers and dates in the app stand as the reader writes them; what stands in documents stays."""

from __future__ import annotations

import doctest
import re
from decimal import Decimal
from pathlib import Path

import pytest

from app_pages import formats
from app_pages.formats import DATES_FIELD, NUMBERS_FIELD, POINTS, SPACES, TICKS, as_ours, by_locale, rewritten
from contractlens.portfolio import listing
from contractlens.portfolio.register import Register
from contractlens.values import Money
from tests.app_driving import SAMPLES, TODAY, clean, dropped, on_page, pressed, started, words

HARBOR = SAMPLES / "harbor-dns.pdf"


def test_the_examples_hold() -> None:
    assert doctest.testmod(formats).failed == 0


@pytest.mark.parametrize(
    ("locale", "example"),
    [("en-GB", "12,000.00"), ("de-DE", "12.000,00"), ("de", "12.000,00"), ("fr-FR", "12\u202f000,00"), ("de-CH", "12\u2019000.00"), ("es-MX", "12,000.00"), ("", "12,000.00"), (None, "12,000.00")],
)
def test_the_browsers_language_says_how_numbers_are_written(locale: str | None, example: str) -> None:
    assert by_locale(locale).example == example


@pytest.mark.parametrize(
    "text", ["§ 12.10, page 4", "Section 12.10 of it", "v1.2.3 of Web 2.0 Hosting", "2027-01-29T14:05", "21.11.2026", "12 months and 44 min 38 s", "rule credits/tiers.10"]
)
def test_what_is_no_amount_stays(text: str) -> None:
    assert rewritten(text, POINTS) == text


def test_a_day_in_a_sentence_is_written_out_and_one_in_a_name_stays() -> None:
    assert formats.written("30 days before that is 2027-01-29; of acme-2024-01-05.pdf, 2024-02-31.") == "30 days before that is 29 Jan 2027; of acme-2024-01-05.pdf, 2024-02-31."


@pytest.mark.parametrize(
    ("typed", "signs", "read"),
    [("1.200 EUR", POINTS, "1200 EUR"), ("1,200 EUR", POINTS, "1,200 EUR"), ("31,50", POINTS, "31.50"), ("USD 1\u202f200,50", SPACES, "USD 1200.50"), ("1'200.50", TICKS, "1200.50")],
)
def test_an_amount_is_read_as_the_reader_writes_it(typed: str, signs: formats.Signs, read: str) -> None:
    assert as_ours(typed, signs) == read


def test_cards_findings_and_calculator_follow_and_quotes_stay() -> None:
    app = dropped(started(), HARBOR)
    quotes = [q for e in app.get("html") for q in re.findall(r"<blockquote>(.*?)<cite>", e.value)]
    assert "99.9 % a month" in words(app)
    app.selectbox(key=NUMBERS_FIELD).set_value(POINTS).run()
    told = words(app)
    assert "Service level 99,9 % a month" in told
    assert "98,81 %" in told
    assert "earns USD 1,00 ." in told
    assert [q for e in app.get("html") for q in re.findall(r"<blockquote>(.*?)<cite>", e.value)] == quotes, "the document's words are as they were"
    next(n for n in app.number_input if n.label.startswith("An hour down")).set_value(500.0).run()
    assert "costs you USD 12.000,00" in words(app)
    on_page(app, "calculator")
    told = words(app)
    assert "99,9 % One vendor" in told
    assert "of a fee of USD 31,00" in told
    assert "USD 12.000,00 is what it cost you" in told
    (chart,) = app.get("vega_lite_chart")
    assert '"decimal": ","' in str(chart.proto).replace("\\", "")
    on_page(app, "rules")
    assert next(t for t in app.text_input if t.label == "Uptime percent").value == "99,9", "the choice holds on every page"
    assert clean(app)


def test_dates_in_fields_follow_the_choice() -> None:
    app = dropped(started(), HARBOR)
    app.selectbox(key=DATES_FIELD).set_value("DD.MM.YYYY").run()
    assert {d.proto.format for d in app.date_input} == {"DD.MM.YYYY"}
    assert "DD.MM.YYYY" in str(on_page(app, "deadlines").dataframe[0].proto.columns)


def test_a_cost_is_typed_and_shown_in_the_readers_way(tmp_path: Path) -> None:
    (tmp_path / "agreements").mkdir()
    (tmp_path / "agreements" / HARBOR.name).write_bytes(HARBOR.read_bytes())
    app = on_page(started(), "portfolio")
    app.selectbox(key=NUMBERS_FIELD).set_value(POINTS).run()
    app.text_input(key="register file").set_value(str(tmp_path / "register.db")).run()
    app.text_input(key="folder to scan").set_value(str(tmp_path / "agreements")).run()
    pressed(app, "Scan")
    app.session_state[app.data_editor[0].key] = {"edited_rows": {0: {"Annual cost": "1.200,50 EUR"}}, "added_rows": [], "deleted_rows": []}
    app.run()
    with Register(tmp_path / "register.db") as register:
        (entry,) = listing.entries(register, TODAY)
    assert entry.annual_cost == Money(Decimal("1200.50"), "EUR")
    assert app.data_editor[0].value["Annual cost"][0] == "EUR 1.200,50"
    assert clean(app)
