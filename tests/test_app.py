"""The review page: what it shows first, what it asks for, what it never shows."""

from __future__ import annotations

import os
import re
import tempfile
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import contractlens
from app_pages import desk
from contractlens.apart import Crew, crew
from contractlens.exports import outline
from contractlens.exports.markdown import escape
from tests.app_driving import ROOT, SAMPLES, TODAY, clean, dropped, found, pressed, started, words

HARBOR, KESTREL, NORTHFIELD = (SAMPLES / n for n in ("harbor-dns.pdf", "kestrel-cdn.docx", "northfield-hosting.pdf"))
CORPUS = os.environ.get("CONTRACTLENS_CORPUS")
HOSTILE = """HOSTING AGREEMENT

This Agreement is made as of March 1, 2026 (the "Effective Date") between Harbor <b>Hosting</b>, Inc. ("Provider") and Example Ltd. ("Customer").

1. Term. The initial term of this Agreement is one (1) year from the Effective Date.

2. Renewal. This Agreement shall automatically renew for successive periods of one (1) year, **at** [a price](https://evil.example) of $x^2$
<img src=x onerror=alert(1)> :red[per year] :material/warning: `and` ~more~ | less, unless either party gives the other written notice of
non-renewal at least thirty (30) days before the end of the then-current term.
"""


@pytest.fixture
def app() -> AppTest:
    return started()


def test_the_first_screen_says_what_it_does_and_what_it_is_not(app: AppTest) -> None:
    told = words(app)
    assert "by which day to act" in told
    assert "nothing leaves it" in told
    assert "not legal advice" in told
    assert len(app.selectbox[0].options) >= 6, "samples to try"
    assert clean(app)


def test_a_sample_is_read_at_once(app: AppTest) -> None:
    app.selectbox[0].set_value(HARBOR).run()
    assert "Act by Fri 29 Jan 2027 (in 69 days)" in words(app)
    assert clean(app)


def test_the_day_to_act_by_comes_first_with_the_way_there_and_its_arithmetic(app: AppTest) -> None:
    dropped(app, HARBOR)
    told = words(app)
    steps = ["15 Jan 2027 Window opens", "22 Jan 2027 Decide by", "29 Jan 2027 Last day to send", "1 Mar 2027 Renews"]
    places = [told.index(step) for step in ("Act by Fri 29 Jan 2027 (in 69 days)", *steps)]
    assert places == sorted(places)
    assert "Give written notice, or it renews for 12 months on 1 Mar 2027." in told
    assert "30 days before that is 29 Jan 2027" in told
    review = contractlens.review(HARBOR, today=TODAY)
    assert review.terms
    assert review.terms.renewal
    assert escape(review.terms.renewal.evidence[0].quote).replace("\\", "")[:60] in told


def test_the_service_level_is_told_as_time_and_held_against_the_loss(app: AppTest) -> None:
    dropped(app, HARBOR)
    told = words(app)
    assert "Service level 99.9 % a month" in told
    assert "44 min 38 s" in told
    assert "98.81 %" in told
    assert "A whole day down earns USD 1.00 ." in told
    next(n for n in app.number_input if n.label.startswith("An hour down")).set_value(500.0).run()
    assert "earns USD 1.00 , and costs you USD 12,000.00" in words(app)


def test_a_fee_that_the_agreement_does_not_state_is_asked_for(app: AppTest) -> None:
    dropped(app, KESTREL)
    fee = next(n for n in app.number_input if n.label.startswith("Monthly fee"))
    assert fee.value is None
    assert "A whole day down" not in words(app)
    fee.set_value(1000.0).run()
    assert "A whole day down earns 500.00" in words(app)


def test_what_the_vendor_may_change_is_told_with_the_notice_and_the_way_out(app: AppTest) -> None:
    dropped(app, HARBOR)
    assert "The terms by posting, without a notice in days; going on accepts it; no way out." in words(app)


def test_the_findings_stand_in_order_of_urgency_and_can_be_filtered(app: AppTest) -> None:
    dropped(app, HARBOR)
    review = contractlens.review(HARBOR, today=TODAY)
    told = outline.by_urgency(review.findings)
    assert len(found(app)) == len(told)
    for label, finding in zip(found(app), told, strict=True):
        assert finding.severity.upper() in label
        assert escape(finding.title) in label
    app.button_group[0].set_value(["low"]).run()
    assert len(found(app)) == outline.counts(review)["low"]
    app.button_group[1].set_value(["liability"]).run()
    assert len(found(app)) == sum(f.category == "liability" and f.severity == "low" for f in told)


def test_an_opened_finding_shows_quote_reason_wording_and_its_page(app: AppTest) -> None:
    dropped(app, HARBOR)
    review = contractlens.review(HARBOR, today=TODAY)
    finding = next(f for f in review.findings if f.category == "renewal")
    pressed(app, escape(finding.title))
    told = words(app)
    assert finding.meaning in told
    assert finding.evidence[0].quote in told
    assert finding.why in told
    assert all(line.text in [c.value for c in app.code] for line in finding.redlines)
    assert f"Page {finding.evidence[0].page} of 8" in told
    assert len(app.image) == 1, "one page is drawn, and no more"


def test_the_reader_walks_from_finding_to_finding_and_turns_pages(app: AppTest) -> None:
    dropped(app, HARBOR)
    assert "Finding 1 of 17" in words(app)
    pressed(app, "Next finding")
    assert "Finding 2 of 17" in words(app)
    assert "Page 4 of 8" in words(app)
    pressed(app, "Next page")
    assert "Page 5 of 8" in words(app)
    pressed(app, "Previous finding")
    assert "Page 3 of 8" in words(app), "another finding turns to its own page again"
    assert clean(app)


def test_a_word_agreement_is_shown_as_text_with_the_quote_marked(app: AppTest) -> None:
    dropped(app, KESTREL)
    review = contractlens.review(KESTREL, today=TODAY)
    finding = next(f for f in review.findings if f.category == "renewal")
    pressed(app, escape(finding.title))
    sheet = next(e.value for e in app.get("html") if 'class="sheet"' in e.value)
    marked = " ".join(re.findall(r"<mark>(.*?)</mark>", sheet, re.S))
    assert finding.evidence[0].quote[:80] in marked
    assert not app.image


def test_a_missing_effective_date_is_asked_for_in_place_and_everything_follows_from_it(app: AppTest) -> None:
    dropped(app, NORTHFIELD)
    assert "No date to act by" in words(app)
    assert "--effective" not in words(app), "the page has a field, not an option"
    next(d for d in app.date_input if d.label == "Effective date").set_value(date(2026, 2, 1)).run()
    assert "Act by Sun 31 Oct 2027 (in 344 days)" in words(app)
    assert "29 Oct 2027 Last day to send" in words(app), "the working day before a Sunday"


def test_what_is_given_for_one_agreement_is_not_used_for_another_and_not_lost(app: AppTest) -> None:
    dropped(app, NORTHFIELD)
    next(d for d in app.date_input if d.label == "Effective date").set_value(date(2026, 2, 1)).run()
    dropped(app, SAMPLES / "boardloom-terms.docx")
    assert next(d for d in app.date_input if d.label == "Effective date").value is None
    switch = next(s for s in app.selectbox if s.label == "Agreement")
    switch.set_value(next(key for key in app.session_state["agreements"] if app.session_state["agreements"][key].name == NORTHFIELD.name)).run()
    assert "Act by Sun 31 Oct 2027" in words(app)


def test_the_same_file_lies_on_the_desk_once(app: AppTest) -> None:
    dropped(app, HARBOR, HARBOR, KESTREL)
    assert len(app.session_state["agreements"]) == 2
    assert "kestrel-cdn.docx" in words(app), "the file that came last is looked at"


def test_what_was_looked_for_and_not_found_is_said(app: AppTest) -> None:
    dropped(app, HARBOR)
    assert "Looked for and not found" in words(app)
    assert "A right to end the agreement after repeated failures." in words(app)


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        pytest.param("cut.pdf", b"%PDF-1.7\n1 0 obj <</Type /Catal", "is damaged", id="a PDF cut short"),
        pytest.param("none.pdf", b"", "is empty", id="an empty file"),
        pytest.param("cut.docx", b"PK\x03\x04 and no more", "is damaged", id="a Word file cut short"),
        pytest.param("old.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le"), "older Word file", id="an old Word file"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_in_one_line_and_can_be_taken_away(app: AppTest, name: str, data: bytes, says: str) -> None:
    dropped(app, (name, data))
    assert len(app.error) == 1
    assert says in app.error[0].value
    assert "\n" not in app.error[0].value
    assert not app.exception
    pressed(app, "Take")
    assert clean(app)


def test_many_files_that_cannot_be_read_leave_room_for_the_others(app: AppTest) -> None:
    dropped(app, HARBOR, *((f"cut-{n}.pdf", b"%PDF-1.7\n1 0 obj " + bytes([65 + n])) for n in range(6)))
    assert [e.label for e in app.expander][:1] == ["3 more files could not be read"]
    assert len(app.error) == 6, "each has its sentence"
    pressed(app, "Take all that could not be read away")
    assert clean(app)
    assert "Act by Fri 29 Jan 2027" in words(app)


def test_one_bad_file_does_not_cost_the_others_their_review(app: AppTest) -> None:
    dropped(app, ("cut.pdf", b"%PDF-1.7\n1 0 obj"), HARBOR)
    assert len(app.error) == 1
    assert "Act by Fri 29 Jan 2027" in words(app)


HARMFUL = """
import os, sys, time
sys.path[:] = sys.argv[1:]
from contractlens.apart import serving
from contractlens.documents import opening, pictures
def harmful(data, name, *_, **__):
    if name.startswith("fails"):
        raise RuntimeError("a secret of the machine")
    time.sleep(600 if name.startswith("hangs") else 0)
    return bytearray(10**12) if name.startswith("greedy") else os._exit(1)
opening.read_document = pictures.page_picture = harmful
serving.main()
"""


@pytest.fixture
def harmful(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every document does harm to what reads it, as its name says."""
    crew.end_all()
    monkeypatch.setattr(crew, "START", HARMFUL)
    monkeypatch.setattr(desk, "READERS", Crew(timeout=1, memory=500))
    yield
    crew.end_all()


@pytest.mark.usefixtures("harmful")
@pytest.mark.parametrize(
    ("name", "said"),
    [("fails", "something in it stopped the review (RuntimeError)"), ("hangs", "took longer than 1 seconds and was stopped"), ("greedy", "needs more than the 500 MB"), ("crash", "ended the process")],
)
def test_a_document_that_does_harm_is_a_sentence(app: AppTest, name: str, said: str) -> None:
    dropped(app, (f"{name}.txt", name.encode()), (f"{name}-again.txt", b"again"))
    assert len(app.error) == 2
    for error in app.error:
        assert said in error.value.replace("\\", "")
        assert "secret" not in error.value
    assert not app.exception


def test_a_page_that_cannot_be_drawn_leaves_the_findings(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    dropped(app, HARBOR)
    crew.end_all()
    monkeypatch.setattr(crew, "START", HARMFUL)
    pressed(app, "Next page")
    assert "ended the process that read it" in words(app)
    assert found(app)
    assert not app.exception
    crew.end_all()


def test_words_of_a_document_are_never_read_as_markup(app: AppTest) -> None:
    dropped(app, ("<b>[x](y)$z$.txt", HOSTILE.encode()))
    pressed(app, "Renews by itself")
    bodies = [e.value for kind in (app.markdown, app.caption, app.subheader, app.error, app.warning) for e in kind] + [b.label for b in app.button]
    as_html = "\n".join(e.value for e in app.get("html"))
    assert words(app).count("evil.example") >= 2, "the clause is quoted, and shown on its sheet"
    for mark in ("[a price]", "[x]", "<img", "<b>", "$x", "$z", "**at**", "`and`", "~more~", ":red[per"):
        assert not re.search(rf"(?<!\\){re.escape(mark)}", "\n".join(bodies)), mark
    assert "<img" not in as_html
    assert "Hosting</b>" not in as_html
    assert ":material/warning:" not in "\n".join(bodies)


def test_no_file_stays_behind(app: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    dropped(app, ("passing.txt", HOSTILE.replace("Harbor", "Passing").encode()))
    assert "passing.txt" in words(app)
    assert list(tmp_path.iterdir()) == []


def test_the_settings_keep_it_on_this_machine() -> None:
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["server"]["address"] == "127.0.0.1"
    assert settings["server"]["maxUploadSize"] == 25
    assert settings["browser"]["gatherUsageStats"] is False
    assert settings["client"]["showErrorDetails"] == "none"


@pytest.mark.slow
@pytest.mark.skipif(not CORPUS, reason="CONTRACTLENS_CORPUS is not set")
def test_hostile_files_one_after_another_never_show_a_trace(app: AppTest) -> None:
    files = sorted(p for p in Path(CORPUS or "", "hostile").iterdir() if p.suffix in (".pdf", ".docx"))
    assert len(files) > 40
    for file in files:
        dropped(app, file)
        assert not app.exception, file.name
        assert not any("where it should not have" in e.value or "\n" in e.value for e in app.error), file.name
    assert len(app.session_state["agreements"]) == len({f.read_bytes() for f in files})
