"""Which party we are, and how tracked changes are read: all of the app follows, as on the command line."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from streamlit.testing.v1 import AppTest

import contractlens
from contractlens.exports import outline
from contractlens.exports.markdown import escape
from tests.app_driving import SAMPLES, TODAY, clean, dropped, found, on_page, started, words

HARBOR = SAMPLES / "harbor-dns.pdf"


def side(app: AppTest) -> object:
    return next(r for r in app.radio if r.label == "We are")


def test_the_parties_are_offered_and_the_customer_is_where_we_begin() -> None:
    app = dropped(started(), HARBOR)
    parties = [p.name for p in contractlens.review(HARBOR).terms.parties]  # type: ignore[union-attr]
    assert side(app).options == [escape(name) for name in parties]  # type: ignore[attr-defined]
    assert side(app).value == outline.party_name(contractlens.review(HARBOR).terms, "customer")  # type: ignore[attr-defined]


def test_all_follows_at_once_when_we_are_the_vendor() -> None:
    app = dropped(started(), HARBOR)
    before = found(app)
    side(app).set_value("Harbor DNS, Inc.").run()  # type: ignore[attr-defined]
    review = contractlens.review(HARBOR, today=TODAY, we="Harbor DNS, Inc.")
    told = outline.by_urgency(review.findings)
    assert [finding.title in label.replace("\\", "") for label, finding in zip(found(app), told, strict=True)] == [True] * len(told)
    assert found(app) != before
    assert outline.parties(review) in words(app)
    on_page(app, "redlines")
    assert "it is the customer who objects to the vendor's change. On the Review page, say that we are the customer." in words(app)
    assert any(escape(f.title) in label for f in told if f.redlines for label in found(app))
    on_page(app, "review")
    assert side(app).value == "Harbor DNS, Inc.", "another page loses nothing"  # type: ignore[attr-defined]
    assert clean(app)


@pytest.fixture
def tracked(tmp_path: Path) -> Path:
    """An agreement whose notice was sixty days, and is to be ninety."""
    made = docx.Document()
    made.add_paragraph('This Agreement is made as of March 1, 2026 (the "Effective Date") between Harbor, Inc. ("Provider") and Example Ltd. ("Customer").')
    made.add_paragraph("1. Term. The initial term of this Agreement is one (1) year from the Effective Date.")
    renews = made.add_paragraph("2. Renewal. This Agreement shall automatically renew for successive periods of one (1) year unless either party gives written notice of non-renewal at least ")
    for tag, inner, words_ in (("del", "delText", "sixty (60)"), ("ins", "t", "ninety (90)")):
        renews._p.append(parse_xml(f'<w:{tag} {nsdecls("w")} w:id="1" w:author="Ann" w:date="2026-01-01T00:00:00Z"><w:r><w:{inner}>{words_}</w:{inner}></w:r></w:{tag}>'))
    renews.add_run(" days before the end of the then-current term.")
    made.save(str(tmp_path / "tracked.docx"))
    return tmp_path / "tracked.docx"


def test_a_word_file_is_looked_at_as_it_was_before_its_tracked_changes(tracked: Path) -> None:
    app = dropped(started(), tracked)
    assert "Act by Mon 30 Nov 2026" in words(app)
    assert "--view" not in words(app), "the page has a field, not an option"
    view = next(r for r in app.radio if r.label == "Tracked changes are read")
    view.set_value("original").run()
    assert "Act by Wed 30 Dec 2026" in words(app)
    assert any("sixty (60) days" in e.value for e in app.get("html") if 'class="sheet"' in e.value)
    assert not any("Edit these words" in b.label for b in app.button), "what is sent goes by the accepted changes"
    on_page(app, "deadlines")
    assert "act by Mon 30 Nov 2026" in words(app)
    on_page(app, "review")
    assert "Act by Wed 30 Dec 2026" in words(app)
    assert clean(app)


def test_a_file_without_tracked_changes_asks_nothing_about_them() -> None:
    app = dropped(started(), SAMPLES / "kestrel-cdn.docx")
    assert [r.label for r in app.radio] == ["We are"]
