"""The pages beside the review: redlines, calculator, deadlines, portfolio, rules."""

from __future__ import annotations

import shutil
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import contractlens
from app_pages import correcting, desk
from app_pages.desk import Agreement, House
from contractlens.errors import RuleError
from contractlens.exports.markdown import escape
from contractlens.portfolio import listing
from contractlens.portfolio.register import Register
from contractlens.redlining import key_of
from contractlens.values import Money
from tests.app_driving import SAMPLES, TODAY, clean, dropped, found, on_page, pressed, started, words

HARBOR, KESTREL, NORTHFIELD = (SAMPLES / n for n in ("harbor-dns.pdf", "kestrel-cdn.docx", "northfield-hosting.pdf"))


def on(name: str, *files: Path) -> AppTest:
    return on_page(dropped(started(), *files), name)


def agreement(app: AppTest) -> Agreement:
    (only,) = app.session_state["agreements"].values()
    return only  # type: ignore[no-any-return]


def tables(app: AppTest) -> dict[str, str]:
    """What stands below each heading of the trial."""
    headings = [s.value for s in app.subheader]
    return dict(zip(headings, [e.value for e in app.get("html") if e.value.startswith("<table") and "looked" in e.value], strict=True))


def house(app: AppTest) -> House:
    return app.session_state["house"]  # type: ignore[no-any-return]


@pytest.mark.parametrize("name", ["redlines", "calculator", "deadlines", "portfolio", "rules"])
def test_an_empty_page_teaches_and_does_not_fail(name: str) -> None:
    app = on(name)
    assert clean(app)
    if name == "portfolio":
        assert "Name a register" in words(app), "it says where to begin"
    elif name != "rules":
        assert "Review page" in words(app), "it says where to begin"


# ---- redlines


def test_the_words_of_a_finding_are_chosen_edited_and_never_lost() -> None:
    app = on("redlines", KESTREL)
    review = contractlens.review(KESTREL, today=TODAY)
    finding = next(f for f in review.findings if f.category == "renewal" and f.severity == "high")
    preferred, fallback = finding.redlines
    pressed(app, escape(finding.title))
    assert app.text_area[0].value == preferred.text
    app.text_area[0].set_value("This Agreement ends with the Initial Term.").run()
    assert "This Agreement ends with the Initial Term." in words(app)
    position = next(b for b in app.button_group if b.label == "Which words to ask for")
    position.set_value("fallback").run()
    assert app.text_area[0].value == fallback.text
    next(b for b in app.button_group if b.label == "Which words to ask for").set_value("preferred").run()
    assert app.text_area[0].value == "This Agreement ends with the Initial Term."
    on_page(app, "review")
    on_page(app, "redlines")
    assert app.text_area[0].value == "This Agreement ends with the Initial Term.", "another page loses nothing"
    assert agreement(app).choices[key_of(finding)].text == "This Agreement ends with the Initial Term."
    pressed(app, "Back to the suggested words")
    assert app.text_area[0].value == preferred.text


def test_the_change_is_shown_as_the_vendor_will_see_it() -> None:
    app = on("redlines", KESTREL)
    review = contractlens.review(KESTREL, today=TODAY)
    finding = next(f for f in review.findings if f.redlines and f.redlines[0].replace)
    assert finding.redlines[0].replace
    pressed(app, escape(finding.title))
    quote = finding.redlines[0].replace.quote
    app.text_area[0].set_value(quote.replace(quote.split()[-3], "CHANGED", 1)).run()
    tracked = next(e.value for e in app.get("html") if 'class="tracked"' in e.value)
    assert "<ins>CHANGED</ins>" in tracked
    assert tracked.count("<del>") == 1, "only the word that changes is struck out"


def test_presets_ask_for_the_grave_findings_alone() -> None:
    app = on("redlines", HARBOR)
    review = contractlens.review(HARBOR, today=TODAY)
    told = [f for f in review.findings if f.redlines]
    high = sum(f.severity == "high" for f in told)
    app.button_group[0].set_value("high only").run()
    assert f"{high} of {len(told)} findings are asked for." in words(app)
    assert sum("left as it is" in label for label in found(app)) == len(told) - high
    app.button_group[0].set_value("nothing").run()
    assert all(b.proto.disabled for b in app.get("download_button") if b.proto.label in ("Memo to the vendor (Word)", "E-mail (text)"))


def test_what_cannot_be_marked_is_named_with_the_reason() -> None:
    app = on("redlines", SAMPLES / "boardloom-terms.docx")
    assert "of them are left out" in words(app)
    assert "Left out: " in words(app)
    assert clean(app)


# ---- calculator


def test_a_percentage_is_told_as_time_with_maintenance() -> None:
    app = on("calculator", HARBOR)
    assert [n.value for n in app.number_input[:2]] == [99.9, 8.0], "from the agreement itself"
    assert "28 days (February) 39 min 50 s 8 h 39 min 50 s" in words(app)
    app.number_input[1].set_value(0.0).run()
    assert "28 days (February) 40 min 19 s" in words(app)


def test_an_outage_is_reckoned_beside_its_loss() -> None:
    app = on("calculator", HARBOR)
    began, _ended, _reported = app.get("date_time_input")
    began.set_value(datetime(2026, 3, 5)).run()
    app.get("date_time_input")[1].set_value(datetime(2026, 3, 6)).run()
    app.get("date_time_input")[2].set_value(datetime(2026, 3, 5, 12)).run()
    next(n for n in app.number_input if n.label.startswith("An hour down")).set_value(500.0).run()
    told = words(app)
    assert "The credit USD 0.50 of a fee of USD 31.00" in told, "the half day before the report does not count"
    assert "USD 12,000.00 is what it cost you" in told
    assert "Claim by Thu 30 Apr 2026" in told
    assert "--reported" not in told


def test_an_outage_that_ends_before_it_began_is_one_sentence() -> None:
    app = on("calculator", HARBOR)
    app.get("date_time_input")[1].set_value(datetime(2020, 1, 1)).run()
    assert len(app.warning) == 1
    assert not app.exception


def test_what_was_typed_is_there_again_after_another_page() -> None:
    app = on("calculator", HARBOR)
    app.number_input[0].set_value(99.5).run()
    app.get("date_time_input")[0].set_value(datetime(2026, 3, 5)).run()
    app.get("date_time_input")[2].set_value(datetime(2026, 3, 5, 12)).run()
    on_page(app, "rules")
    on_page(app, "calculator")
    assert app.number_input[0].value == 99.5
    assert [field.value for field in app.get("date_time_input")][::2] == [datetime(2026, 3, 5), datetime(2026, 3, 5, 12)]


def test_vendors_in_a_row_multiply() -> None:
    app = on("calculator", HARBOR, KESTREL)
    assert "99.85 % 2 vendors" in words(app)
    app.multiselect[0].set_value(["99.9", "99.9 %", "99,9"]).run()
    assert "99.7003 % 3 vendors" in words(app)
    assert "2 h 9 min 28 s" in words(app)
    app.multiselect[0].set_value(["much"]).run()
    assert "is not a percentage" in words(app)
    assert not app.exception


# ---- deadlines


def test_all_agreements_stand_by_the_day_to_act() -> None:
    app = on("deadlines", KESTREL, HARBOR, NORTHFIELD)
    assert "Next: harbor-dns.pdf, act by Fri 29 Jan 2027 (in 69 days)." in words(app)
    rows = app.dataframe[0].value
    assert [*rows["Agreement"]] == ["harbor-dns.pdf", "kestrel-cdn.docx", "northfield-hosting.pdf"]
    assert rows["Act by"][0] == date(2027, 1, 29)
    assert "northfield-hosting.pdf : It renews by itself, but" in words(app)
    next(d for d in app.date_input if "northfield" in d.label).set_value(date(2026, 2, 1)).run()
    assert [*app.dataframe[0].value["Agreement"]] == ["harbor-dns.pdf", "northfield-hosting.pdf", "kestrel-cdn.docx"]
    assert clean(app)


def test_agreements_that_lack_a_day_for_one_reason_are_named_together_and_asked_only_where_it_helps() -> None:
    plain = b"This Agreement is made between Harbor, Inc. and Example Ltd. Customer shall pay the fees within thirty (30) days of the invoice, and each party keeps secrets.\n"
    app = on_page(dropped(started(), NORTHFIELD, ("one.txt", plain), ("two.txt", plain + b"\nAnd so on.\n")), "deadlines")
    assert "one.txt, two.txt : No clause was found by which it renews." in words(app)
    assert [d.label.replace("\\", "") for d in app.date_input] == ["Effective date of northfield-hosting.pdf"]
    assert clean(app)


# ---- portfolio


@pytest.fixture
def team(tmp_path: Path) -> AppTest:
    """The page after the first scan of a folder with two agreements."""
    (tmp_path / "agreements" / "2026").mkdir(parents=True)
    shutil.copy(NORTHFIELD, tmp_path / "agreements")
    shutil.copy(HARBOR, tmp_path / "agreements" / "2026")
    return scanned(on("portfolio"), tmp_path / "register.db", tmp_path / "agreements")


def scanned(app: AppTest, register: Path, folder: Path) -> AppTest:
    app.text_input(key="register file").set_value(str(register)).run()
    app.text_input(key="folder to scan").set_value(str(folder)).run()
    return pressed(app, "Scan")


def edited(app: AppTest, row: int, **cells: object) -> AppTest:
    """Cells of the table edited, as the browser tells it."""
    rows = {row: {name.replace("_", " "): value for name, value in cells.items()}}
    app.session_state[app.data_editor[0].key] = {"edited_rows": rows, "added_rows": [], "deleted_rows": []}
    return app.run()


def listed(app: AppTest) -> list[str]:
    return [*app.data_editor[0].value["Agreement"]]


def test_a_folder_is_scanned_and_stands_by_the_day_to_act(team: AppTest, tmp_path: Path) -> None:
    assert "2 files scanned." in words(team)
    assert "Next: Harbor DNS, Inc., act by Fri 29 Jan 2027 (in 69 days)." in words(team)
    assert listed(team) == ["harbor-dns.pdf", "northfield-hosting.pdf"]
    assert team.data_editor[0].value["Act by"][0] == date(2027, 1, 29)
    assert "northfield-hosting.pdf : It renews by itself, but" in words(team)
    assert "--" not in words(team), "it asks for its own fields, not for options"
    again = on("portfolio")
    again.text_input(key="register file").set_value(str(tmp_path / "register.db")).run()
    assert listed(again) == listed(team), "another session opens it without a scan"


def test_filters_leave_the_agreements_that_are_so(team: AppTest) -> None:
    team.text_input(key="vendor is").set_value("northfield").run()
    assert listed(team) == ["northfield-hosting.pdf"]
    team.text_input(key="vendor is").set_value("").run()
    team.selectbox(key="due within").set_value(90).run()
    assert listed(team) == ["harbor-dns.pdf"]
    team.selectbox(key="due within").set_value(30).run()
    assert "No agreement in the register is so." in words(team)
    team.selectbox(key="due within").set_value(None).run()
    team.selectbox(key="status is").set_value("ended").run()
    assert not team.data_editor
    assert clean(team)


def test_what_is_edited_in_the_table_is_kept(team: AppTest, tmp_path: Path) -> None:
    edited(team, 0, Owner="Ana", Status="reviewed", Annual_cost="1,200 EUR", Note="ask <b>again</b>")
    edited(team, 1, Effective_date="2026-02-01")
    assert clean(team)
    with Register(tmp_path / "register.db") as register:
        first, second = listing.entries(register, TODAY)
        note = register.kept(first.id).note
    assert (first.owner, first.status, first.annual_cost, note) == ("Ana", "reviewed", Money(Decimal("1200"), "EUR"), "ask <b>again</b>")
    assert second.act_by, "the date that was missing is given"
    assert second.act_by == team.data_editor[0].value["Act by"][1]
    team.text_input(key="owner is").set_value("ana").run()
    assert listed(team) == ["harbor-dns.pdf"]
    edited(team, 0, Owner=None)
    with Register(tmp_path / "register.db") as register:
        assert not any(entry.owner for entry in listing.entries(register, TODAY)), "an emptied cell is taken back"


def test_a_cell_that_does_not_fit_is_one_sentence_and_the_others_are_kept(team: AppTest) -> None:
    edited(team, 0, Annual_cost="a lot", Owner="Ana")
    assert [e.value.replace("\\", "") for e in team.error] == [
        "harbor-dns.pdf, annual cost: 'a lot' is not an amount of money. Write it as 31, $31 or 31.50 EUR."
    ]
    assert team.data_editor[0].value["Owner"][0] == "Ana"
    assert clean(team.run()), "it is said once"


def test_a_value_is_corrected_and_taken_back_and_the_dates_follow(team: AppTest, tmp_path: Path) -> None:
    field = next(f for f in correcting.FIELDS if f.name == "renewal.notice_min")
    team.selectbox(key="correct field").set_value(field).run()
    as_it_is = next(t for t in team.text_input if t.label == "As it is")
    pressed(as_it_is.set_value("a while").run(), "Keep it")
    assert "a while: this does not fit. Write it like 60 days." in words(team)
    next(t for t in team.text_input if t.label == "As it is").set_value("60 days").run()
    pressed(team, "Keep it")
    assert "Next: Harbor DNS, Inc., act by Wed 30 Dec 2026" in words(team)
    assert team.data_editor[0].value["Act by"][0] == date(2026, 12, 30)
    with Register(tmp_path / "register.db") as register:
        assert next(listing.entries(register, TODAY)).act_by == date(2026, 12, 30)
    pressed(team, "Take back: How much notice is needed, P60D")
    assert team.data_editor[0].value["Act by"][0] == date(2027, 1, 29)
    assert clean(team)


def test_the_vendors_name_and_the_service_level_are_corrected(team: AppTest) -> None:
    for name, value in (("parties.{vendor}.name", "Harbor Renamed, Inc."), ("uptime.0.percent", "99,5 %")):
        team.selectbox(key="correct field").set_value(next(f for f in correcting.FIELDS if f.name == name)).run()
        next(t for t in team.text_input if t.label == "As it is").set_value(value).run()
        pressed(team, "Keep it")
    table = team.data_editor[0].value
    assert (table["Vendor"][0], table["Service level"][0]) == ("Harbor Renamed, Inc.", "99.5 % a month")
    assert clean(team)


def test_a_changed_paper_asks_whether_what_was_set_still_holds(team: AppTest, tmp_path: Path) -> None:
    edited(team, 0, Owner="Ana")
    (tmp_path / "agreements" / "2026" / "harbor-dns.pdf").write_bytes(HARBOR.read_bytes() + b"\n")
    pressed(team, "Scan")
    assert "the paper changed" in words(team)
    pressed(team, "It still holds")
    assert "the paper changed" not in words(team)
    assert team.data_editor[0].value["Owner"][0] == "Ana"
    team.session_state["portfolio tabs"] = "What moved since the last scan"
    assert "harbor-dns.pdf : the paper changed, act by 29 Jan 2027" in words(team.run())


def test_the_timeline_of_the_register_is_drawn(team: AppTest) -> None:
    team.session_state["portfolio tabs"] = "Timeline"
    team.run()
    (chart,) = team.get("vega_lite_chart")
    assert "Harbor DNS, Inc.: last day to send Fri 29 Jan 2027" in str(chart.proto)
    team.text_input(key="vendor is").set_value("northfield").run()
    assert "None of these agreements has a day to act by" in words(team)


@pytest.mark.parametrize(
    ("register", "folder", "told"),
    [
        ("register.db", "nowhere", "nowhere: there is no such folder."),
        ("register.db", "empty", "empty: there is no agreement in it."),
        ("empty", "papers", "empty: this is a folder."),
        ("papers/a.txt", "papers", "a.txt: this is no register, or it is damaged"),
        ("nowhere/register.db", "papers", "nowhere/register.db: the register cannot be written."),
    ],
)
def test_a_path_that_does_not_fit_is_one_sentence(tmp_path: Path, register: str, folder: str, told: str) -> None:
    for name in ("empty", "papers"):
        (tmp_path / name).mkdir()
    (tmp_path / "papers" / "a.txt").write_text("This Agreement renews automatically for successive terms of one (1) year.\n" * 20)
    app = scanned(on("portfolio"), tmp_path / register, tmp_path / folder)
    assert told in words(app)
    assert len(app.error) == 1
    assert not app.exception
    assert not (tmp_path / "register.db").exists(), "nothing is made in vain"


def test_an_app_that_others_reach_opens_no_folders(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONTRACTLENS_PORTFOLIO", "off")
    with pytest.raises(ValueError, match="Could not find a navigation page"):
        on("portfolio")


# ---- rules


def test_a_sentence_is_tried_on_the_rules() -> None:
    app = on("rules")
    app.text_area[0].set_value("This Agreement shall not automatically renew.").run()
    assert "renewal/automatic-renewal" in tables(app)["They nearly did"]
    assert "shall not" in tables(app)["They nearly did"], "and it says why"
    app.text_area[0].set_value("The term renews automatically for <b>one year</b> :red[now].").run()
    assert "renewal/automatic-renewal" in tables(app)["They fire"]
    assert not any("<b>one" in e.value for e in app.get("html"))
    assert clean(app)


def test_the_title_stands_before_the_rules_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def unreadable() -> None:
        raise RuleError("renewal/mine.yml, line 2: a slip.")

    app = started()
    monkeypatch.setattr(desk, "our_rules", unreadable)
    on_page(app, "rules")
    assert "Rules" in words(app)
    assert [e.value.replace("\\", "") for e in app.error] == ["renewal/mine.yml, line 2: a slip."]


def test_a_rule_that_is_off_says_nothing_and_no_date_goes_missing() -> None:
    app = on("rules", HARBOR)
    next(p for p in app.button_group if p.label == "Subject").set_value("renewal").run()
    app.toggle(key="rule on renewal/automatic-renewal").set_value(False).run()
    assert house(app).without == {"renewal/automatic-renewal"}
    on_page(app, "review")
    assert not any("Renews by itself" in label for label in found(app))
    assert "Act by Fri 29 Jan 2027" in words(app)
    pressed(on_page(app, "rules"), "As in the playbook")
    assert any("Renews by itself" in label for label in found(on_page(app, "review")))


def test_a_house_limit_decides_how_grave_a_finding_is() -> None:
    app = on("rules", HARBOR)
    limit = next(t for t in app.text_input if t.label == "Uptime percent")
    limit.set_value("99.99").run()
    on_page(app, "review")
    raised = next(label for label in found(app) if "How much of the time" in label)
    assert "LOW" not in raised, "99.9 % is below a limit of 99.99 %"
    on_page(app, "rules")
    assert next(t for t in app.text_input if t.label == "Uptime percent").value == "99.99"
    next(t for t in app.text_input if t.label == "Uptime percent").set_value("a lot").run()
    assert "That is no limit" in words(app)
    assert not app.exception


def test_a_playbook_of_ones_own_is_laid_over_ours_and_taken_away_again() -> None:
    app = on("rules", HARBOR)
    uploader = app.file_uploader[0]
    uploader.upload("my-rules/limits.yml", b"uptime_percent: 99.999\n").run()
    assert house(app).playbook
    assert house(app).playbook.limits["uptime_percent"] == 99.999  # type: ignore[union-attr]
    assert any("How much of the time" in label and "LOW" not in label for label in found(on_page(app, "review")))
    pressed(on_page(app, "rules"), "Without them again")
    assert house(app).playbook is None


def test_a_faulty_rule_is_told_in_one_line() -> None:
    app = on("rules")
    app.file_uploader[0].upload("my-rules/renewal/mine.yml", b"id: renewal/mine\ntitel: slip\n").run()
    assert len(app.error) == 1
    assert "renewal/mine.yml" in app.error[0].value.replace("\\", "")
    assert "/tmp" not in app.error[0].value
    assert not app.exception


# ---- letters, and what opens a file


def test_letters_are_offered_where_there_is_something_to_write() -> None:
    app = on("redlines", HARBOR)
    labels = [b.proto.label for b in app.get("download_button")]
    assert "Stop the renewal (Word)" in labels
    assert "Object to a change (Word)" in labels
    assert "so 15 Jan 2027 is the first day" in words(app), "and what to know before one is sent"
    assert "Write the claim (Word)" in [b.proto.label for b in on_page(app, "calculator").get("download_button")]
    assert clean(app)


def test_the_objection_is_to_the_change_that_the_reader_names() -> None:
    app = on("redlines", KESTREL)
    what = next(b for b in app.button_group if b.label == "What the vendor changes")
    assert what.options[0] == "the terms"
    what.set_value("price").run()
    assert clean(app)
    assert next(b for b in app.button_group if b.label == "What the vendor changes").value == "price"


def test_letters_are_written_in_the_words_of_the_sessions_playbook() -> None:
    app = on("rules", HARBOR)
    app.file_uploader[0].upload("my-rules/letters/non-renewal.yml", b"title: Ours\nparagraphs:\n  - say: We leave {customers}.\n").run()
    told = words(on_page(app, "redlines"))
    assert '"customers" stands for nothing here. Did you mean "customer"?' in told, "a slip in it is told"
    assert "/tmp" not in told
    pressed(on_page(app, "rules"), "Without them again")
    assert "stands for nothing" not in words(on_page(app, "redlines"))


def test_what_was_chosen_can_be_saved_for_the_command_line() -> None:
    app = on("redlines", KESTREL)
    assert "Your choices (JSON)" not in [b.proto.label for b in app.get("download_button")], "nothing was chosen yet"
    app.text_area[0].set_value("Ours.").run()
    assert "Your choices (JSON)" in [b.proto.label for b in app.get("download_button")]
    assert clean(app)


def test_a_file_with_a_password_asks_for_it_in_place(tmp_path: Path) -> None:
    pdfencrypt = pytest.importorskip("reportlab.lib.pdfencrypt")
    from reportlab.pdfgen import canvas

    made = canvas.Canvas(str(tmp_path / "locked.pdf"), encrypt=pdfencrypt.StandardEncryption("secret", canPrint=0))
    made.drawString(72, 720, "This Agreement renews automatically for successive terms of one (1) year.")
    made.save()
    app = dropped(started(), tmp_path / "locked.pdf")
    assert "Give it in the field below" in app.error[0].value, "and names no option of the command line"
    password = next(t for t in app.text_input if t.label.startswith("Password of locked"))
    password.set_value("wrong").run()
    assert len(app.error) == 1
    next(t for t in app.text_input if t.label.startswith("Password of locked")).set_value("secret").run()
    assert clean(app)
    assert "locked.pdf" in words(app)
