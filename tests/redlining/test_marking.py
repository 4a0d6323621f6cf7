"""Tracked changes in our own XML: what is marked, what is left as it was, what is refused."""

from __future__ import annotations

import io
import json
import os
import zipfile
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from contractlens.documents.document import Source
from contractlens.documents.docx import read
from contractlens.redlining import Change, Marked, mark
from tests.redlining.building import LINKS, NAME, NAMES, OFFICE, W, faults, par, paragraphs, part, parts, run, word

WHEN = datetime(2026, 11, 21, 9, tzinfo=UTC)
CORPUS = os.environ.get("CONTRACTLENS_CORPUS")
SAMPLES = sorted((Path(__file__).resolve().parents[2] / "samples").glob("*.docx"))
DELETED = '<w:del w:id="7" w:author="Bo" w:date="2024-01-01T00:00:00Z"><w:r><w:delText xml:space="preserve">{}</w:delText></w:r></w:del>'
INSERTED = '<w:ins w:id="8" w:author="Ann" w:date="2024-01-01T00:00:00Z"><w:r><w:t>{}</w:t></w:r></w:ins>'


def text_of(data: bytes) -> str:
    return read(data, Source("a.docx", "a.docx", "", "")).text


def original_of(data: bytes) -> str:
    document = read(data, Source("a.docx", "a.docx", "", ""))
    return document.text if document.original is None else document.original


def replace(data: bytes, old: str, new: str, **more: object) -> Change:
    start = text_of(data).index(old)
    return Change(start, start + len(old), old, new, **more)  # type: ignore[arg-type]


def marked(data: bytes, *changes: Change, **more: object) -> Marked:
    done = mark(data, "a.docx", changes, when=WHEN, **more)  # type: ignore[arg-type]
    assert list(faults(done.data)) == []
    return done


def refused(data: bytes, *changes: Change) -> str:
    done = marked(data, *changes)
    assert done.data == data
    (refusal,) = done.refused
    return refusal.reason


def characters(data: bytes, view: str) -> list[tuple[str, str]]:
    """Each character with its formatting, all changes accepted or rejected."""
    gone = {"accept": W + "del", "reject": W + "ins"}[view]
    out = []
    for e in etree.fromstring(part(data)).iter(W + "t", W + "delText", W + "tab", W + "br"):
        if next(e.iterancestors(gone), None) is None and e.getparent().tag == W + "r":
            properties = e.getparent().find(W + "rPr")
            said = "" if properties is None else etree.tostring(properties, method="c14n").decode()
            out += [(c, said) for c in (e.text or "" if e.tag in (W + "t", W + "delText") else "\t")]
    return out


def test_only_the_words_that_change_are_marked_and_they_keep_their_formatting() -> None:
    data = word(par("Either party gives ", run("ninety (90)", "<w:b/>"), " days' notice."))
    done = marked(data, replace(data, "Either party gives ninety (90) days' notice.", "Either party gives thirty (30) days' notice."))
    assert part(done.data).decode().count("<w:rPr><w:b/></w:rPr>") == 2
    assert 'ninety (90)</w:delText></w:r></w:del><w:ins w:id="2" w:author="ContractLens" w:date="2026-11-21T09:00:00Z">' in part(done.data).decode()
    assert text_of(done.data) == "Either party gives thirty (30) days' notice."
    assert original_of(done.data) == text_of(data)


def test_every_other_paragraph_and_every_other_part_is_byte_for_byte_what_it_was() -> None:
    odd = "<w:p   w:rsidR='00A1'><w:r><w:t>It &#8212; stays</w:t></w:r><!-- a remark --></w:p>"
    data = word(odd + par("Fees rise.") + odd, styles=f'<w:styles xmlns:w="{NAME}"/>')
    done = marked(data, replace(data, "Fees rise.", "Fees fall.", why="We ask."))
    before, after = parts(data), parts(done.data)
    assert part(done.data).decode().count(odd) == 2
    assert list(after) == [*before, "word/comments.xml"]
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}


def test_entries_of_the_zip_are_copied_raw() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word(par("Fees rise.")))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, (2001, 2, 3, 4, 5, 6))
            info.compress_type = zipfile.ZIP_STORED if name.startswith("word/_") else zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(name))
        with new.open("word/streamed.bin", "w", force_zip64=True) as stream:  # sizes follow the data
            stream.write(b"x" * 5000)
        new.comment = b"ours"
    data = out.getvalue()
    done = marked(data, replace(data, "rise", "fall"))
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(io.BytesIO(done.data)) as new:
        assert new.testzip() is None
        assert new.comment == b"ours"
        assert [(i.filename, i.compress_type, i.date_time, i.external_attr) for i in new.infolist()] == [
            (i.filename, i.compress_type, i.date_time, i.external_attr) for i in old.infolist()
        ]


def test_a_new_paragraph_takes_style_and_number_and_the_mark_before_it_is_the_inserted_one() -> None:
    properties = '<w:pStyle w:val="Clause"/><w:pageBreakBefore/><w:numPr><w:ilvl w:val="1"/><w:numId w:val="3"/></w:numPr>'
    data = word(par("Credits lapse.", properties=properties) + par("Next."))
    done = marked(data, replace(data, "Credits lapse.", "They do not.", added=True, why="We ask."), replace(data, "lapse", "Nor will they.", added=True))
    first, second, third, fourth = paragraphs(done.data)
    assert "<w:rPr><w:ins " in first
    assert "<w:rPr><w:ins " in second
    assert "pageBreakBefore" not in second
    assert properties in third
    assert "<w:rPr>" not in third
    assert fourth == par("Next.")
    assert text_of(done.data) == "Credits lapse.\n\nThey do not.\n\nNor will they.\n\nNext."
    assert original_of(done.data) == text_of(data)


def test_changed_properties_of_others_are_copied_with_ids_of_their_own() -> None:
    change = '<w:pPrChange w:id="1" w:author="Bo" w:date="2024-01-01T00:00:00Z"><w:pPr/></w:pPrChange>'
    data = word(par("Credits lapse.", properties='<w:jc w:val="left"/>' + change))
    done = marked(data, replace(data, "Credits lapse.", "They do not.", added=True))
    assert part(done.data).count(b'w:author="Bo"') == 2


def test_comments_of_others_stay_and_ours_follow() -> None:
    theirs = '<w:comment w:id="0" w:author="Ann" w:date="2024-01-01T00:00:00Z" w:initials="A"><w:p><w:r><w:t>Why?</w:t></w:r></w:p></w:comment>'
    anchored = '<w:commentRangeStart w:id="0"/>' + run("Fees") + '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
    data = word(par(anchored, " rise."), comments=f'<w:comments xmlns:w="{NAME}">{theirs}</w:comments>')
    before = part(data, "[Content_Types].xml").replace(b"</Types>", b'<Override PartName="/word/comments.xml" ContentType="x"/></Types>')
    data = repacked(data, "[Content_Types].xml", before)
    done = marked(data, replace(data, "rise", "fall", why="It is & <fair>. We ask."), author="Fernhill Legal")
    comments = part(done.data, "word/comments.xml").decode()
    assert comments.startswith(f'<w:comments xmlns:w="{NAME}">{theirs}<w:comment w:id="1" w:author="Fernhill Legal"')
    assert 'w:initials="FL"' in comments
    assert "It is &amp; &lt;fair&gt;. We ask." in comments
    root = etree.fromstring(part(done.data))
    start = next(e for e in root.iter(W + "commentRangeStart") if e.get(W + "id") == "1")
    assert start.getnext().tag == W + "del"
    assert [e.tag for e in start.itersiblings()][1:3] == [W + "ins", W + "commentRangeEnd"]
    assert part(done.data, "[Content_Types].xml") == before


def repacked(data: bytes, name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        for key, old in parts(data).items():
            zipped.writestr(key, content if key == name else old)
    return out.getvalue()


def test_no_comments_no_comments_part() -> None:
    data = word(par("Fees rise."))
    assert "word/comments.xml" not in parts(marked(data, replace(data, "rise", "fall", why="We ask."), comments=False).data)


def test_control_characters_do_not_reach_the_xml() -> None:
    data = word(par("Fees rise."))
    done = marked(data, replace(data, "rise", "f\x00a\x1bll\tby\nhalf\ufffe \U0001f600", why="We\x07 ask."))
    assert text_of(done.data) == "Fees f a ll\tby\nhalf  \U0001f600."
    assert original_of(done.data) == "Fees rise."


def test_a_replacement_over_the_end_of_a_hyperlink() -> None:
    data = word(par("See ", f'<w:hyperlink r:id="r9">{run("our web", "<w:u/>")}{run(" page", "<w:u/>")}</w:hyperlink>', " for terms."))
    done = marked(data, replace(data, "web page for terms", "annex", why="We ask."))
    assert text_of(done.data) == "See our annex."
    assert original_of(done.data) == text_of(data)
    (new,) = etree.fromstring(part(done.data)).iter(W + "ins")
    assert new.getparent().tag == W + "p"
    assert b"<w:u/>" not in etree.tostring(new)


def test_an_automatic_number_before_the_words_stays() -> None:
    numbering = (
        f'<w:numbering xmlns:w="{NAME}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    data = word(par("Fees rise.", properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'), numbering=numbering)
    assert text_of(data) == "1. Fees rise."
    done = marked(data, replace(data, "1. Fees rise.", "Prices fall a little, and stay there."))
    assert text_of(done.data) == "1. Prices fall a little, and stay there."


def test_earlier_deletions_between_the_words_stay() -> None:
    data = word(par("Notice of ", DELETED.format("thirty "), "ninety days."))
    done = marked(data, replace(data, "Notice of ninety days.", "A letter sixty hours ahead"))
    assert DELETED.format("thirty ") in part(done.data).decode()
    assert "thirty " in original_of(done.data)


def test_strict_files_get_strict_markup() -> None:
    strict = word(par("Fees rise."))
    main = part(strict).decode().replace(NAME, "http://purl.oclc.org/ooxml/wordprocessingml/main")
    main = main.replace("schemas.openxmlformats.org/officeDocument/2006/", "purl.oclc.org/ooxml/officeDocument/")
    data = repacked(strict, "word/document.xml", main.encode())
    done = mark(data, "a.docx", [replace(data, "rise", "fall", why="We ask.")], when=WHEN)
    assert part(done.data).count(b"schemas.openxmlformats.org") == 1  # the names of markup compatibility are the same in both
    assert b"purl.oclc.org/ooxml/wordprocessingml/main" in part(done.data, "word/comments.xml")
    assert b"purl.oclc.org/ooxml/officeDocument/relationships/comments" in part(done.data, "word/_rels/document.xml.rels")
    assert text_of(done.data) == "Fees fall."


CONTROL = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>" + run("ninety days") + "</w:sdtContent></w:sdt>"
FIELD = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF a</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
BOX = f"<w:r><w:pict><w:txbxContent>{par('ninety days')}</w:txbxContent></w:pict></w:r>"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(INSERTED.format("ninety days"), "Ann's tracked insertion", id="insertion"),
        pytest.param(FIELD + run("ninety days") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>', "field", id="field"),
        pytest.param(f'<w:fldSimple w:instr="REF a">{run("ninety days")}</w:fldSimple>', "field", id="simple field"),
        pytest.param(CONTROL.format('<w:lock w:val="sdtContentLocked"/>'), "content control that is locked", id="locked"),
        pytest.param(CONTROL.format("<w:dropDownList/>"), "list to choose from", id="list"),
        pytest.param(CONTROL.format("<w:showingPlcHdr/>"), "placeholder", id="placeholder"),
        pytest.param(CONTROL.format('<w:dataBinding w:xpath="/a"/>'), "data", id="bound"),
        pytest.param(BOX, "text box", id="text box"),
    ],
)
def test_what_cannot_take_a_change_is_refused_in_a_sentence(content: str, reason: str) -> None:
    data = word(par("Notice of ", content, " before."))
    assert reason in refused(data, replace(data, "ninety days", "a month"))


@pytest.mark.parametrize("kind", ["<w:text/>", "<w:richText/>", '<w:alias w:val="Term"/>', '<w:showingPlcHdr w:val="0"/>'])
def test_other_content_controls_take_changes(kind: str) -> None:
    data = word(par("Notice of ", CONTROL.format(kind), " before."))
    done = marked(data, replace(data, "of ninety days before", "in a month, or later"))
    assert text_of(done.data) == "Notice in a month, or later."


def test_the_first_paragraph_of_a_control_around_paragraphs_is_refused_and_the_next_is_not() -> None:
    data = word(par("Terms.") + "<w:sdt><w:sdtPr/><w:sdtContent>" + par("Fees rise.") + par("Prices rise.") + "</w:sdtContent></w:sdt>")
    assert "LibreOffice loses" in refused(data, replace(data, "Fees rise", "Fees fall"))
    assert marked(data, replace(data, "Prices rise", "Prices fall")).refused == ()


def test_a_quote_over_the_cells_of_a_row_changes_the_cell_with_most_of_it() -> None:
    row = f"<w:tr><w:tc>{par('Renewal')}</w:tc><w:tc>{par('It renews for a year.')}</w:tc></w:tr>"
    data = word(f"<w:tbl>{row}<w:tr><w:tc>{par('Fee')}</w:tc><w:tc>{par('$5')}</w:tc></w:tr></w:tbl>")
    done = marked(data, replace(data, "Renewal | It renews for a year.", "It ends on the last day of the term."))
    assert text_of(done.data).startswith("Renewal | It ends on the last day of the term.")


def test_words_that_moved_overlap_or_say_so_already_are_refused() -> None:
    data = word(par("Fees rise.") + par("Prices rise."))
    assert "Review the file again" in refused(data, Change(0, 4, "Fee!", "x"))
    assert "says so already" in refused(data, replace(data, "Fees rise.", "Fees rise."))
    assert "end of a paragraph" in refused(data, replace(data, "rise.\n\nPrices", "x"))
    done = marked(data, replace(data, "Fees rise.", "Fees fall."), replace(data, "rise", "soar"))
    assert [len(done.made), len(done.refused)] == [1, 1]


words = st.text(alphabet="ab cd.,é–\u00ad", min_size=0, max_size=9)
formats = st.sampled_from(["", "<w:b/>", "<w:i/>", '<w:color w:val="FF0000"/>'])
pieces = st.lists(st.tuples(words, formats, st.booleans()), min_size=1, max_size=7)


@settings(max_examples=150, deadline=None)
@given(st.lists(pieces, min_size=1, max_size=3), st.data())
def test_random_replacements_over_random_runs_round_trip(built: list[list[tuple[str, str, bool]]], data: st.DataObject) -> None:
    body = "".join(
        par(*(f"<w:r>{f'<w:rPr>{f}</w:rPr>' if f else ''}<w:t xml:space='preserve'>{t}</w:t>{'<w:tab/>' if tab else ''}</w:r>" for t, f, tab in ps)) for ps in built
    )
    file = word(body + par("It stays."))
    document = read(file, Source("a.docx", "a.docx", "", ""))
    changes: list[Change] = []
    for p in document.paragraphs[:-1]:
        cuts = sorted(data.draw(st.lists(st.integers(p.start, p.end), max_size=4, unique=True)))
        for start, end in zip(cuts[::2], cuts[1::2], strict=False):
            changes.append(Change(start, end, document.text[start:end], data.draw(words), why=data.draw(st.sampled_from(["", "We ask."]))))
    done = marked(file, *data.draw(st.permutations(changes)))
    wanted, at = [], 0
    for c in sorted((c for c in done.made), key=lambda c: c.start):
        wanted += [document.text[at : c.start], c.text.strip()]
        at = c.end
    accepted = "".join([*wanted, document.text[at:]])
    assert "".join(text_of(done.data).split()) == "".join(accepted.replace("\u00ad", "").split())
    assert characters(done.data, "reject") == characters(file, "reject")


def known_files() -> list[tuple[Path, list[str], list[int]]]:
    if not CORPUS:
        return []
    rows = [json.loads(line) for line in (Path(CORPUS) / "docx" / "manifest.jsonl").read_text("utf-8").splitlines()]
    return [(Path(CORPUS) / "docx" / r["file"], [t["text"] for t in r["edit_targets"]], [t["paragraph"] for t in r["edit_targets"]]) for r in rows]


@pytest.mark.parametrize(("path", "phrases", "numbers"), [pytest.param(*f, id=f[0].stem) for f in known_files()])
def test_each_phrase_of_real_files_changes_its_own_paragraph_and_nothing_else(path: Path, phrases: list[str], numbers: list[int]) -> None:
    data = path.read_bytes()
    before, old = parts(data), etree.fromstring(part(data))
    was = set(faults(data))
    for phrase, number in zip(phrases, numbers, strict=True):
        done = mark(data, path.name, [replace(data, phrase, "what the parties agree (ninety days)", why="We ask for it. It is fair.")], when=WHEN)
        assert done.refused == ()
        assert set(faults(done.data)) <= was
        after, new = parts(done.data), etree.fromstring(part(done.data))
        assert {n for n in before if before[n] != after[n]} <= {"word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml", "word/comments.xml"}
        pairs = zip(old.iter(W + "p"), new.iter(W + "p"), strict=True)
        assert [i for i, (a, b) in enumerate(pairs) if etree.tostring(a) != etree.tostring(b)] == [number]
        ahead, behind = alike(part(data), part(done.data)), alike(part(data)[::-1], part(done.data)[::-1])
        assert ahead + behind >= len(part(data)) - len(etree.tostring(list(old.iter(W + "p"))[number]))
        start, end = (next(new.iter(W + tag)) for tag in ("commentRangeStart", "commentRangeEnd"))
        assert {e.tag for e in (start.getnext(), end.getprevious())} <= {W + "ins", W + "del"}


def alike(one: bytes, other: bytes) -> int:
    """How many bytes both start with."""
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def test_the_same_changes_give_the_same_bytes() -> None:
    data = SAMPLES[0].read_bytes()
    text = text_of(data)
    changes = [Change(0, 5, text[:5], "Other", why="We ask."), Change(0, 5, text[:5], "A clause.", added=True)]
    once, again = (mark(data, "a.docx", deepcopy(changes), when=WHEN).data for _ in range(2))
    assert once == again


def test_links_and_names_of_the_package_are_found_wherever_they_are() -> None:
    data = word(par("Fees rise."))
    moved = {name.replace("word/document.xml", "Doc/main.xml").replace("word/_rels/document.xml", "Doc/_rels/main.xml"): c for name, c in parts(data).items()}
    moved["_rels/.rels"] = moved["_rels/.rels"].replace(b"word/document.xml", b"Doc/main.xml")
    del moved["Doc/_rels/main.xml.rels"]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        for name, content in moved.items():
            zipped.writestr(name, content)
    done = mark(out.getvalue(), "a.docx", [replace(out.getvalue(), "rise", "fall", why="We ask.")], when=WHEN)
    after = parts(done.data)
    assert set(after) - set(moved) == {"Doc/comments.xml", "Doc/_rels/main.xml.rels"}
    assert after["Doc/_rels/main.xml.rels"].decode().endswith(
        f'<Relationships xmlns="{LINKS}"><Relationship Id="rId1" Type="{OFFICE}/comments" Target="comments.xml"/></Relationships>'
    )
    assert NAMES.split()[0].encode() in after["Doc/comments.xml"]


def test_a_new_clause_after_a_typed_number_gets_the_next_one_or_a_letter() -> None:
    data = word(par("1. Fees. They rise.") + par("2. Term. It renews.") + par("Signed."))
    done = marked(data, *(replace(data, old, new, added=True) for old, new in (("They rise.", "Or not."), ("They rise.", "Never."), ("It renews.", "Once."))))
    assert text_of(done.data).split("\n\n") == ["1. Fees. They rise.", "1A. Or not.", "1B. Never.", "2. Term. It renews.", "3. Once.", "Signed."]
