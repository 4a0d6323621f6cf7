"""Letters: what they say, what they leave blank, and what they tell the sender."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree
from typer.testing import CliRunner

import contractlens
from contractlens.advice.finding import DocumentSummary, Review
from contractlens.cli import app
from contractlens.documents import open_document
from contractlens.errors import DocumentError, RuleError, UsageError
from contractlens.letters import KINDS, Letter, letter
from contractlens.reckoning.credit import Credit, credit
from contractlens.reckoning.outages import Outage
from contractlens.values import Money
from tests.redlining.building import faults

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TODAY = date(2026, 11, 21)
DAY_DOWN = Outage(datetime(2026, 11, 5), datetime(2026, 11, 6), datetime(2026, 11, 5, 9, 30))
RULES = SAMPLES.parent / "rules"


def reviewed(words: str, tmp_path: Path, **more: object) -> Review:
    path = tmp_path / "agreement.txt"
    path.write_text(words)
    return contractlens.review(path, today=TODAY, **more)  # type: ignore[arg-type]


def agreement(*clauses: str) -> str:
    opening = 'This Hosting Agreement is made as of March 1, 2026 between Acme Hosting, Inc. ("Provider") and Example Ltd. ("Customer").\n\n'
    return opening + "\n\n".join(f"{n}. {clause}" for n, clause in enumerate(clauses, 1))


def said(written: Letter) -> tuple[str, str]:
    """The letter, and the page of checks."""
    at = next(i for i, line in enumerate(written.lines) if line.style == "NextPage")
    return tuple("\n".join(line.text for line in part) for part in (written.lines[:at], written.lines[at:]))  # type: ignore[return-value]


def of_sample(name: str, kind: str, **more: object) -> tuple[str, str]:
    review = contractlens.review(SAMPLES / name, today=TODAY)
    claim = credit(review.terms, DAY_DOWN, Money(Decimal(3100), "USD")) if kind == "credit-claim" and review.terms else None
    return said(letter(review, kind, today=TODAY, claim=claim, outage=DAY_DOWN if claim else None, **more))  # type: ignore[arg-type]


def test_notice_waits_for_its_window_and_cites_the_clause() -> None:
    text, checks = of_sample("harbor-dns.pdf", "non-renewal")
    assert "[date, not before 15 January 2027]" in text
    assert "legal@harbor-dns.example\nAttention: Legal Department, 400 Wharf Street" in text
    assert "[By email or courier: keep the one that you use]" in text
    assert "It ends on 28 February 2027." in text
    assert "under section 14.2 of the agreement" in text
    assert "Send it only from Fri 15 Jan 2027 on" in checks
    assert "Let it arrive by Fri 29 Jan 2027, in 69 days." in checks
    assert ("☐\tEmail: send" in checks, "☐\tCourier: use" in checks, "Registered" in checks, "Fax" in checks) == (True, True, False, False)


def test_a_window_that_has_closed_is_told_and_notice_given_for_the_next() -> None:
    text, checks = of_sample("ledgerleaf-saas.docx", "non-renewal")
    assert "It ends on 31 December 2027. Should this notice be late for that day" in text
    assert "The agreement binds you until 31 December 2027" in checks
    assert "“A notice is deemed received on the first business day after it was sent" in checks


def test_where_receipt_counts_the_letter_must_arrive() -> None:
    assert "It must have arrived by Tue 2 Mar 2027" in of_sample("pingwell-monitoring.pdf", "non-renewal")[1]


def test_what_the_document_does_not_say_is_a_marked_blank() -> None:
    text, checks = of_sample("northfield-hosting.pdf", "non-renewal")
    assert "[the vendor's address for notices]" in text
    assert "on [the day on which the term ends]" in text
    assert "could not be counted" in checks
    assert "--effective-date" in checks


def test_month_to_month_and_options() -> None:
    assert "with 30 days of notice, and not before the initial term ends on 30 September 2027" in of_sample("granite-ridge-colocation.pdf", "non-renewal")[0]
    text, checks = of_sample("overland-transit.docx", "non-renewal")
    assert "agree to no renewal or extension of it. It ends on 31 May 2027" in text
    assert "renews only if somebody acts" in checks


def test_where_only_the_vendor_can_stop_it_the_letter_asks_and_does_not_claim(tmp_path: Path) -> None:
    clause = "Term. The initial term is one (1) year. This Agreement renews automatically for successive terms of one (1) year unless Provider gives Customer sixty (60) days' written notice before the end of the term."
    written = letter(reviewed(agreement(clause), tmp_path), "non-renewal", today=TODAY)
    text, _ = said(written)
    assert "we give notice" not in text.lower()
    assert "the notice that stops it is yours to give. We ask you to give it, or to agree in writing that the agreement ends on 28 February 2027" in text
    assert any("only Acme Hosting, Inc. may stop the renewal" in told for told in written.told)


def test_where_nothing_renews_the_letter_is_a_precaution(tmp_path: Path) -> None:
    written = letter(reviewed(agreement("Term. This Agreement starts on March 1, 2026 and ends on February 28, 2027."), tmp_path), "non-renewal", today=TODAY)
    text, checks = said(written)
    assert "The agreement named above ends on 28 February 2027. We understand that nothing renews it. To be safe" in text
    assert any("precaution" in told for told in written.told)
    assert "No clause was found that says how notices are given." in checks
    assert "No way is laid down." in checks


@pytest.mark.parametrize(
    ("sentence", "words", "checks"),
    [
        pytest.param("If Customer does not agree to a change, Customer may terminate this Agreement before it takes effect.", "[Choose one: We do so.", "is to leave", id="leave"),
        pytest.param("Customer may reject any change by sending Provider notice within 30 days.", "lets us reject the change. We reject it.", "", id="reject"),
        pytest.param("If Customer objects, this Agreement continues under the previous terms until the end of the term.", "lets us stay on the terms", "", id="stay"),
        pytest.param("Continued use of the services is acceptance of the change.", "not our consent to the change", "gives no way out", id="use"),
    ],
)
def test_an_objection_uses_the_way_out_that_the_clause_gives(sentence: str, words: str, checks: str, tmp_path: Path) -> None:
    clause = f"Changes. Provider may modify the terms of this Agreement at any time by giving Customer thirty (30) days' notice by email. {sentence}"
    text, page = said(letter(reviewed(agreement(clause), tmp_path), "change-objection", today=TODAY))
    assert words in text
    assert checks in page
    assert "It asks for 30 days of notice by email." in text


def test_an_objection_without_such_a_clause_says_that_none_was_found() -> None:
    text, checks = of_sample("overland-transit.docx", "change-objection")
    assert "We find no clause in the agreement that lets you change the terms without our consent" in text
    assert "look before you say so" in checks


def test_an_objection_to_prices_cites_the_clause_on_prices() -> None:
    text, _ = of_sample("kestrel-cdn.docx", "change-objection", change="price")
    assert "Objection to a change of the prices" in text
    assert "section 10.1" not in text
    with pytest.raises(UsageError, match="Name one of: terms, price, service"):
        of_sample("kestrel-cdn.docx", "change-objection", change="weather")


def test_a_claim_shows_the_sum_and_quotes_what_grants_it() -> None:
    text, checks = of_sample("northfield-hosting.pdf", "credit-claim")
    assert "November 2026: 96.6667 % is below 97 %: 30 % of the monthly fee = USD 930.00" in text
    assert "“If it is less than 97.0 per cent, the credit shall be 30 per cent of the Monthly Charge.” (section 4.4, page 2)" in text
    assert "This claim comes in time: by our count it may be made until Mon 14 Dec 2026." in text
    assert "It must arrive by Mon 14 Dec 2026, in 23 days." in checks


def test_a_late_claim_asks_as_a_courtesy() -> None:
    text, checks = of_sample("pingwell-monitoring.pdf", "credit-claim")
    assert "comes in time" not in text
    assert "we ask you to grant the credit nonetheless" in text
    assert "The last safe day to claim, Thu 12 Nov 2026, has passed." in checks


def test_what_cannot_be_reckoned_is_a_blank() -> None:
    review = contractlens.review(SAMPLES / "harbor-dns.pdf", today=TODAY)
    claim = Credit(fee=Money(Decimal(100), None), outage="P1D", reason="Its rate could not be read.")
    text, checks = said(letter(review, "credit-claim", today=TODAY, claim=claim, outage=DAY_DOWN))
    assert "by our reading is [amount], on a fee of 100.00 a month" in text
    assert "The credit could not be reckoned: Its rate could not be read." in checks


def test_nothing_is_claimed_where_nothing_is_owed() -> None:
    with pytest.raises(UsageError, match="states no service credits"):
        of_sample("boardloom-terms.docx", "credit-claim")
    review = contractlens.review(SAMPLES / "kestrel-cdn.docx", today=TODAY)
    short = Outage(datetime(2026, 11, 5, 9), datetime(2026, 11, 5, 9, 5))
    assert review.terms
    with pytest.raises(UsageError, match="earns no credit"):
        letter(review, "credit-claim", today=TODAY, claim=credit(review.terms, short, Money(Decimal(100), None)), outage=short)


def test_a_file_that_was_not_read_gives_no_letter() -> None:
    with pytest.raises(DocumentError, match="nothing could be read"):
        letter(Review(document=DocumentSummary(name="a.pdf", path="a.pdf")), "non-renewal", today=TODAY)


def test_the_word_file_marks_blanks_in_yellow_and_checks_stand_on_a_page_of_their_own(tmp_path: Path) -> None:
    review = contractlens.review(SAMPLES / "boardloom-terms.docx", today=TODAY)
    data = letter(review, "non-renewal", today=TODAY).to_word()
    assert list(faults(data)) == []
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        main = etree.fromstring(zipped.read("word/document.xml"))
        assert b"<w:keepNext/><w:pageBreakBefore/>" in zipped.read("word/styles.xml")
    marked = ["".join(r.itertext()) for r in main.iter(W + "r") if r.find(f"{W}rPr/{W}highlight") is not None]
    assert "[our address]" in marked
    assert all(re.fullmatch(r"\[[^\[\]]+\]", words) for words in marked)
    path = tmp_path / "letter.docx"
    path.write_bytes(data)
    assert "Before you send it" in open_document(path).text


def test_words_of_the_document_are_no_markup(tmp_path: Path) -> None:
    clause = "Term. The initial term is one (1) year and renews automatically for terms of one <w:b/> & \u202e year unless Customer gives thirty (30) days' notice [●] before its end."
    data = letter(reviewed(agreement(clause), tmp_path), "non-renewal", today=TODAY).to_word()
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        main = zipped.read("word/document.xml").decode()
    assert "&lt;w:b/&gt; &amp; year" in main
    assert "\u202e" not in main


def test_a_playbook_may_bring_letters_of_its_own(tmp_path: Path) -> None:
    own = tmp_path / "letters"
    own.mkdir()
    (own / "non-renewal.yml").write_text("title: Kündigung\nparagraphs:\n  - say: Wir verlängern nicht. Ende ist {ends}.\n")
    review = contractlens.review(SAMPLES / "harbor-dns.pdf", today=TODAY, rules=tmp_path)
    text, _ = said(letter(review, "non-renewal", today=TODAY, rules=tmp_path))
    assert "Kündigung" in text
    assert "Wir verlängern nicht. Ende ist 28 February 2027." in text
    (own / "change-objection.yml").write_text("title: None of it\nparagraphs:\n  - say: By {notise}.\n")
    with pytest.raises(RuleError, match=r'change-objection.yml, line 3: "notise" stands for nothing here\. Did you mean "notice"'):
        letter(review, "change-objection", today=TODAY, rules=tmp_path)


def command(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["letter", *map(str, arguments), "--today", "2026-11-21"])
    if isinstance(done.exception, contractlens.ContractLensError):
        return -1, str(done.exception)
    return done.exit_code, done.output


def test_the_command(tmp_path: Path) -> None:
    output = tmp_path / "a.docx"
    harbor = SAMPLES / "harbor-dns.pdf"
    code, told = command(harbor, "--kind", "non-renewal", "--output", output)
    assert code == 0
    assert "harbor-dns.pdf: Send it only from Fri 15 Jan 2027 on" in told
    outage = ("--from", "2026-11-05", "--to", "2026-11-06", "--fee", "$31", "--reported", "2026-11-05T09:30")
    assert command(harbor, "--kind", "credit-claim", "--output", output, *outage)[0] == 0
    assert "A claim needs --fee and --from and --to" in command(harbor, "--kind", "credit-claim", "--output", output)[1]
    assert "--fee belongs to a claim" in command(harbor, "--kind", "non-renewal", "--output", output, "--fee", "$31")[1]
    assert "--change belongs to an objection" in command(harbor, "--kind", "non-renewal", "--output", output, "--change", "price")[1]
    assert "that is the vendor" in command(harbor, "--kind", "credit-claim", "--output", output, *outage, "--we", "Harbor")[1]
    assert "Name the Word file" in command(harbor, "--kind", "non-renewal")[1]
    assert command(harbor, "--kind", "love", "--output", output)[0] == 2


def test_the_vendor_may_stop_the_renewal_too(tmp_path: Path) -> None:
    review = contractlens.review(SAMPLES / "harbor-dns.pdf", today=TODAY, we="Harbor")
    text, _ = said(letter(review, "non-renewal", today=TODAY))
    assert text.startswith("Harbor DNS, Inc.\n[our address]")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("sample", [p.name for p in sorted(SAMPLES.iterdir()) if p.suffix in (".pdf", ".docx")])
def test_every_letter_of_every_sample_is_a_sound_file_without_odd_words(sample: str, kind: str) -> None:
    if (sample, kind) == ("boardloom-terms.docx", "credit-claim"):
        pytest.skip("no credits")
    text, checks = of_sample(sample, kind)
    for words in (text, checks):
        assert not re.search(r"\{|\bNone\b|\.\.|  | [,.;:](?!\d)|\[\]", words)
    assert "not legal advice" in checks
