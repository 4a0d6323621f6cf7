"""The app's page, run by Streamlit's own test runner: what it shows first, what it asks for, what it never shows."""

from __future__ import annotations

import re
import tempfile
import tomllib
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import contractlens
from contractlens.advice import reviewing
from contractlens.advice.finding import Review
from contractlens.exports import outline
from contractlens.exports.markdown import escape

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "samples"
TODAY = date(2026, 11, 21)

HOSTILE = """HOSTING AGREEMENT

This Agreement is made as of March 1, 2026 (the "Effective Date") between Harbor <b>Hosting</b>, Inc. ("Provider") and Example Ltd. ("Customer").

1. Term. The initial term of this Agreement is one (1) year from the Effective Date.

2. Renewal. This Agreement shall automatically renew for successive periods of one (1) year, **at** [a price](https://evil.example) of $x^2$
<img src=x onerror=alert(1)> :red[per year] :material/warning: `and` ~more~ | less, unless either party gives the other written notice of
non-renewal at least thirty (30) days before the end of the then-current term.
"""


@pytest.fixture
def app() -> AppTest:
    """The page, seen from the day from which the samples are told."""
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    page.session_state["today"] = TODAY
    return page.run()


def picked(app: AppTest, sample: str) -> AppTest:
    return app.selectbox(key="sample").set_value(SAMPLES / sample).run()


def uploaded(app: AppTest, name: str, data: bytes) -> AppTest:
    return app.file_uploader[0].upload(name, data).run()


def labels(app: AppTest) -> list[str]:
    """What stands on the folded findings."""
    return [e.label for e in app.expander if "-badge[" in e.label]


def opened(app: AppTest, review: Review, rule: str) -> AppTest:
    number, finding = next((n, f) for n, f in enumerate(outline.by_urgency(review.findings)) if f.rule.startswith(rule))
    app.session_state[f"finding {number} {finding.rule} {review.document.sha256}"] = True
    return app.run()


def shown(app: AppTest) -> list[str]:
    """All that Streamlit reads as Markdown."""
    bodies = [element.value for kind in (app.markdown, app.caption, app.subheader, app.error, app.warning, app.title) for element in kind]
    return bodies + [e.label for e in app.expander]


def test_the_first_screen_says_what_it_does_and_what_it_is_not(app: AppTest) -> None:
    promise = app.markdown[0].value
    assert "by which day to act" in promise
    assert "nothing leaves it" in promise
    assert "not legal advice" in promise
    assert len(app.selectbox(key="sample").options) >= 6
    assert not app.error
    assert not app.exception


def test_a_sample_shows_the_day_to_act_by_before_any_finding(app: AppTest) -> None:
    picked(app, "harbor-dns.pdf")
    assert [s.value for s in app.subheader][:2] == [":orange[Act by Fri 29 Jan 2027 (in 69 days)]", "What to ask for"]
    assert "**Give written notice, or it renews for 12 months on 1 Mar 2027.**" in [m.value for m in app.markdown]


def test_the_findings_stand_in_order_of_urgency(app: AppTest) -> None:
    picked(app, "harbor-dns.pdf")
    review = contractlens.review(SAMPLES / "harbor-dns.pdf", today=TODAY)
    found = outline.by_urgency(review.findings)
    assert found
    assert len(labels(app)) == len(found)
    for label, finding in zip(labels(app), found, strict=True):
        assert finding.severity.upper() in label
        assert escape(finding.title) in label
        assert escape(outline.place(finding)) in label


def test_an_opened_finding_shows_quote_reason_wording_and_its_page(app: AppTest) -> None:
    picked(app, "harbor-dns.pdf")
    review = contractlens.review(SAMPLES / "harbor-dns.pdf", today=TODAY)
    finding = next(f for f in review.findings if f.category == "renewal")
    before = len(app.image)
    opened(app, review, finding.rule)
    words = "\n".join(shown(app))
    assert escape(finding.meaning) in words
    assert f"> “{escape(finding.evidence[0].quote)}”" in words
    assert escape(finding.why) in words
    copied = [c.value for c in app.code]
    for redline in finding.redlines:
        assert redline.text in copied
        assert redline.note in copied
    assert len(app.image) == before + 1, "its page is drawn when it is opened, and not before"


def test_a_word_agreement_shows_the_paragraph_with_the_quote_marked(app: AppTest) -> None:
    picked(app, "kestrel-cdn.docx")
    review = contractlens.review(SAMPLES / "kestrel-cdn.docx", today=TODAY)
    finding = next(f for f in review.findings if f.category == "renewal")
    opened(app, review, finding.rule)
    assert any(f":orange-background[{escape(finding.evidence[0].quote)}]" in m.value for m in app.markdown)


def test_a_missing_effective_date_is_asked_for_in_place_and_everything_follows_from_it(app: AppTest) -> None:
    picked(app, "northfield-hosting.pdf")
    assert app.subheader[0].value == "No date to act by"
    assert not any("--" in words for words in shown(app) if "| ---" not in words), "the page has a field, not an option"
    assert any("effective date, in the field" in words for words in shown(app))
    app.date_input[0].set_value(date(2026, 2, 1)).run()
    assert app.subheader[0].value == ":orange[Act by Sun 31 Oct 2027 (in 344 days)]"


def test_the_date_given_for_one_document_is_not_used_for_the_next(app: AppTest) -> None:
    picked(app, "northfield-hosting.pdf")
    app.date_input[0].set_value(date(2026, 2, 1)).run()
    picked(app, "boardloom-terms.docx")
    assert app.date_input[0].value is None


def test_a_sample_takes_the_place_of_an_upload_and_the_other_way_round(app: AppTest) -> None:
    uploaded(app, "hosting.txt", HOSTILE.encode())
    assert app.caption[0].value.startswith("hosting.txt")
    picked(app, "harbor-dns.pdf")
    assert app.caption[0].value.startswith("harbor-dns.pdf")
    uploaded(app, "hosting.txt", HOSTILE.encode())
    assert app.caption[0].value.startswith("hosting.txt")
    assert app.selectbox(key="sample").value is None


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        pytest.param("cut.pdf", b"%PDF-1.7\n1 0 obj <</Type /Catal", "is damaged", id="a PDF cut short"),
        pytest.param("none.pdf", b"", "is empty", id="an empty file"),
        pytest.param("cut.docx", b"PK\x03\x04 and no more", "is damaged", id="a Word file cut short"),
        pytest.param("old.docx", b"\xd0\xcf\x11\xe0" + bytes(600), "older Word file", id="an old Word file"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_in_one_line(app: AppTest, name: str, data: bytes, says: str) -> None:
    uploaded(app, name, data)
    assert len(app.error) == 1
    assert says in app.error[0].value
    assert "\n" not in app.error[0].value
    assert not app.exception


def test_what_fails_in_ourselves_shows_no_trace(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a secret of the machine")

    monkeypatch.setattr(reviewing, "review_document", broken)
    uploaded(app, "other.txt", HOSTILE.replace("Harbor", "Haven").encode())
    assert len(app.error) == 1
    assert "secret" not in app.error[0].value
    assert not app.exception


def test_words_of_a_document_are_never_read_as_markup(app: AppTest, tmp_path: Path) -> None:
    file = tmp_path / "hosting.txt"
    file.write_text(HOSTILE, encoding="utf-8")
    review = contractlens.review(file, today=TODAY)
    uploaded(app, "<b>[x](y)$z$.txt", file.read_bytes())
    opened(app, review, next(f.rule for f in review.findings if f.category == "renewal"))
    words = "\n".join(shown(app))
    assert words.count("evil.example") >= 2, "the clause is quoted, and shown in its paragraph"
    for mark in ("[a price]", "[x]", "<img", "<b>", "$x", "$z", "**at**", "`and`", "~more~", ":red[", "| less"):
        assert not re.search(rf"(?<!\\){re.escape(mark)}", words), mark
    assert ":material/warning:" not in words


def test_no_file_stays_behind(app: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    uploaded(app, "passing.txt", HOSTILE.replace("Harbor", "Passing").encode())
    assert app.caption[0].value.startswith("passing.txt")
    assert list(tmp_path.iterdir()) == []


def test_the_downloads_are_offered_where_there_is_something_to_take(app: AppTest) -> None:
    picked(app, "harbor-dns.pdf")
    assert [b.proto.disabled for b in app.get("download_button")] == [False, False]
    picked(app, "northfield-hosting.pdf")
    assert [b.proto.disabled for b in app.get("download_button")] == [True, False], "no date, no calendar"


def test_the_settings_keep_it_on_this_machine() -> None:
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["server"]["address"] == "127.0.0.1"
    assert settings["server"]["maxUploadSize"] == 25
    assert settings["browser"]["gatherUsageStats"] is False
    assert settings["client"]["showErrorDetails"] == "none"
