"""Word files, built here part by part."""

import io
import zipfile

import docx as python_docx
import pytest

from contractlens.documents.document import Document, Source
from contractlens.documents.docx import read
from contractlens.errors import DocumentError

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
NAMES = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="{MC}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
BREAK = '<w:r><w:br w:type="page"/></w:r>'
NOTED = "<w:lastRenderedPageBreak/>"


def word(body: str, *, raw: str | None = None, **parts: str) -> bytes:
    """A Word file with that body; other parts by the name of their relationship (`header1` is a header with the id `header1`)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        links = [f'<Relationship Id="{p}" Type="{R}/{p.rstrip("0123456789")}" Target="{p}.xml"/>' for p in parts if p != "app"]
        main = raw or f"<w:document {NAMES}><w:body>{body}</w:body></w:document>"
        zipped.writestr("[Content_Types].xml", f'<Types xmlns="{TYPES}"/>')
        target = f'<Relationship Id="r1" Type="{R}/officeDocument" Target="word/document.xml"/>'
        zipped.writestr("_rels/.rels", f'<Relationships xmlns="{LINKS}">{target}</Relationships>')
        zipped.writestr("word/_rels/document.xml.rels", f'<Relationships xmlns="{LINKS}">{"".join(links)}</Relationships>')
        zipped.writestr("word/document.xml", main)
        for name, content in parts.items():
            zipped.writestr("docProps/app.xml" if name == "app" else f"word/{name}.xml", content)
    return out.getvalue()


def source(name: str = "agreement.docx") -> Source:
    return Source(name, name, "", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def par(content: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{content if content.startswith('<') else run(content)}</w:p>"


def row(*cells: str, properties: str = "") -> str:
    inner = "".join(c if c.startswith("<w:tc>") else f"<w:tc>{c if c.startswith('<') else par(c)}</w:tc>" for c in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"


def inserted(content: str, author: str = "Ann") -> str:
    return f'<w:ins w:id="1" w:author="{author}">{content}</w:ins>'


def deleted(text: str, author: str = "Bob") -> str:
    return f'<w:del w:id="2" w:author="{author}"><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'


def opened(body: str, **parts: str) -> Document:
    return read(word(body, **parts), source())


def lines(document: Document) -> list[str]:
    return [document.text[p.start : p.end] for p in document.paragraphs]


def kinds(document: Document) -> list[tuple[str, int | None]]:
    return [(p.kind, p.level) for p in document.paragraphs]


# Text


def test_runs_links_controls_and_results_of_fields_make_one_line() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x</w:instrText></w:r><w:r><w:t>no</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>4.2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    control = f"<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>{run('ninety')}</w:sdtContent></w:sdt>"
    simple = f'<w:fldSimple w:instr="DATE">{run("1 May")}</w:fldSimple>'
    link = f'<w:hyperlink r:id="x">{run("here")}</w:hyperlink>'
    document = opened(par(run("See ") + field + run(", ") + control + run(", ") + simple + run(", ") + link))
    assert lines(document) == ["See 4.2, ninety, 1 May, here"]


def test_a_field_whose_code_never_ends_loses_no_later_paragraph() -> None:
    assert lines(opened(par('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + run("lost")) + par("kept"))) == ["kept"]


def test_tabs_breaks_hyphens_and_symbols_become_characters() -> None:
    content = (
        "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t><w:softHyphen/><w:t>e</w:t>"
        '<w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="Symbol" w:char="F0B3"/></w:r>'
    )
    assert lines(opened(par(content))) == ["a\tb\nc\u2011de\u2611\u2265"]


def test_hidden_text_is_left_out_also_where_a_style_hides_it() -> None:
    gone = '<w:style w:type="character" w:styleId="Gone"><w:rPr><w:vanish/></w:rPr></w:style>'
    styles = f"<w:styles {NAMES}>{gone}</w:styles>"
    content = run("seen") + run("unseen", "<w:vanish/>") + run("unseen", '<w:rStyle w:val="Gone"/>') + run(" too", '<w:vanish w:val="0"/>')
    assert lines(opened(par(content), styles=styles)) == ["seen too"]


def test_a_style_separator_keeps_a_run_in_heading_and_its_clause_together() -> None:
    separated = par(run("Renewal. "), "<w:rPr><w:vanish/><w:specVanish/></w:rPr>") + par("It renews.")
    assert lines(opened(separated)) == ["Renewal. It renews."]


def test_a_text_box_is_read_once_and_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{par('in the box')}</w:txbxContent>"
    choice = f'<mc:Choice Requires="wps">{box}</mc:Choice>'
    shape = f"<mc:AlternateContent>{choice}<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    assert lines(opened(par(run("before ") + f"<w:r>{shape}</w:r>" + run("after")))) == ["before after", "in the box"]


@pytest.mark.parametrize(("state", "mark"), [("<w:checked/>", "\u2612"), ('<w:default w:val="0"/>', "\u2610")], ids=["checked", "open"])
def test_a_forms_check_box_shows_its_state(state: str, mark: str) -> None:
    box = f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox>{state}</w:checkBox></w:ffData></w:fldChar></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    assert lines(opened(par(box + end + run(" Renews")))) == [f"{mark} Renews"]


def test_notes_follow_the_paragraph_that_calls_them() -> None:
    separator, note = f'<w:footnote w:type="separator" w:id="0">{par("-")}', f'<w:footnote w:id="2">{par("the note")}'
    notes = f"<w:footnotes {NAMES}>{separator}</w:footnote>{note}</w:footnote></w:footnotes>"
    called = par(run("One") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + run(" goes on."))
    assert lines(opened(called + par("Two."), footnotes=notes)) == ["One goes on.", "the note", "Two."]


def test_headers_and_footers_run_once_at_the_end() -> None:
    header = f"<w:hdr {NAMES}>{par('Secret')}{par('Draft')}</w:hdr>"
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="header1"/><w:footerReference w:type="default" r:id="footer1"/></w:sectPr>'
    )
    document = opened(par("Text.") + section, header1=header, footer1=f"<w:ftr {NAMES}>{par('Secret')}</w:ftr>")
    assert list(zip(lines(document), kinds(document), strict=True)) == [
        ("Text.", ("prose", None)),
        ("Secret", ("running", None)),
        ("Draft", ("running", None)),
    ]


def test_a_web_page_set_into_the_file_is_read_in_its_place() -> None:
    data = word(par("Before.") + '<w:altChunk r:id="aFChunk1"/>' + par("After."), aFChunk1="<html><body><p>Chunk.</p></body></html>")
    assert lines(read(data, source())) == ["Before.", "Chunk.", "After."]


# Headings

STYLES = (
    f'<w:styles {NAMES}><w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="Mine"/><w:basedOn w:val="H2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="C"><w:name w:val="toc 1"/></w:style></w:styles>'
)


@pytest.mark.parametrize(
    ("style", "text", "kind"),
    [
        ("H2", "Term and Termination", ("heading", 2)),
        ("Mine", "Fees.", ("heading", 2)),
        ("T", "Master Services Agreement", ("heading", 1)),
        ("N", "Term and Termination", ("prose", None)),
        ("H2", "Fees. Customer pays all fees within thirty days.", ("prose", None)),
        ("H2", "Customer will no longer have any right to use the Product.", ("prose", None)),
        ("H2", "Customer " * 20, ("prose", None)),
        ("C", "4. Renewal 7", ("running", None)),
    ],
    ids=["named", "based-on", "title", "body", "run-in", "sentence", "long", "contents"],
)
def test_headings_are_short_and_no_sentences(style: str, text: str, kind: tuple[str, int | None]) -> None:
    assert kinds(opened(par("Body.") + par(text, f'<w:pStyle w:val="{style}"/>'), styles=STYLES))[1] == kind


def test_an_outline_level_makes_a_heading() -> None:
    assert kinds(opened(par("Fees", '<w:outlineLvl w:val="2"/>'))) == [("heading", 3)]


# Tables


def test_a_table_of_data_is_read_in_rows() -> None:
    document = opened(f"<w:tbl>{row('Uptime', 'Credit')}{row('99%', '5%')}</w:tbl>")
    assert document.text == "Uptime | Credit\n99% | 5%"
    assert [[document.text[a:b] for a, b in r.cells] for r in document.tables[0].rows] == [["Uptime", "Credit"], ["99%", "5%"]]


def test_merged_cells_are_given_once_and_keep_the_columns_apart() -> None:
    tall = f'<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{par("Tall")}</w:tc>'
    rest = f"<w:tc><w:tcPr><w:vMerge/></w:tcPr>{par('Tall')}</w:tc>"
    wide = f'<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{par("Wide")}</w:tc>'
    assert (
        opened(f"<w:tbl>{row(tall, 'a', 'b')}{row(rest, 'c', 'd')}{row(wide, 'e')}</w:tbl>").text == "Tall | a | b\n | c | d\nWide |  | e"
    )


def test_a_table_of_one_column_only_lays_out_prose() -> None:
    document = opened(f"<w:tbl>{row(par('First.') + par('Second.'))}{row('Third.')}</w:tbl>")
    assert kinds(document) == [("prose", None)] * 3
    assert not document.tables


def test_a_clause_set_beside_its_number_is_one_paragraph() -> None:
    clause = "The Supplier shall give notice. " * 5
    assert lines(opened(f"<w:tbl>{row('4.2', clause)}</w:tbl>")) == [f"4.2 {clause}".strip()]


def test_a_table_in_a_table_keeps_its_rows() -> None:
    inner = f"<w:tbl>{row('99%', '5%')}</w:tbl>{par('')}"
    assert lines(opened(f"<w:tbl>{row('Credits', inner)}</w:tbl>")) == ["Credits", "99% | 5%"]


def test_rows_and_cells_in_content_controls_are_read() -> None:
    held = f"<w:sdt><w:sdtContent>{row('a', 'b')}</w:sdtContent></w:sdt>"
    assert opened(f"<w:tbl>{held}{row('c', 'd')}</w:tbl>").text == "a | b\nc | d"


# Tracked changes


def test_the_text_stands_with_all_changes_accepted_and_the_original_beside_it() -> None:
    document = opened(par(run("Give ") + deleted("thirty") + inserted(run("ninety")) + run(" days.")))
    assert (document.text, document.original) == ("Give ninety days.", "Give thirty days.")
    assert [(w.kind, w.message) for w in document.warnings] == [
        ("tracked_changes", "Changes are pending: 1 deletion by Bob; 1 insertion by Ann. The text was read as if all were accepted; --view original reads it as it was before them.")
    ]


def test_without_changes_there_is_no_original() -> None:
    document = opened(par("Give ninety days."))
    assert (document.original, document.warnings) == (None, ())


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    document = opened(par(run("One "), "<w:rPr><w:del/></w:rPr>") + par("two."))
    assert (document.text, document.original) == ("One two.", "One\n\ntwo.")


def test_an_inserted_paragraph_is_not_in_the_original() -> None:
    document = opened(par("One.") + par(inserted(run("New.")), "<w:rPr><w:ins/></w:rPr>") + par("Two."))
    assert (document.text, document.original) == ("One.\n\nNew.\n\nTwo.", "One.\n\nTwo.")


def test_a_paragraph_whose_style_changed_too_still_joins() -> None:
    changed = '<w:rPr><w:ins/></w:rPr><w:pPrChange w:author="A"><w:pPr/></w:pPrChange>'
    assert opened(par(run("One ") + inserted(run("and ")), changed) + par("two.")).original == "One two."


def test_moved_text_stands_where_it_went() -> None:
    gone = f'<w:moveFrom w:author="A">{run("Moved.")}</w:moveFrom>'
    come = f'<w:moveTo w:author="A">{run("Moved.")}</w:moveTo>'
    document = opened(par(gone, "<w:rPr><w:moveFrom/></w:rPr>") + par("Stays.") + par(come, "<w:rPr><w:moveTo/></w:rPr>") + par("End."))
    assert (document.text, document.original) == ("Stays.\n\nMoved.\n\nEnd.", "Moved.\n\nStays.\n\nEnd.")


def test_tracked_rows_come_and_go() -> None:
    document = opened(f"<w:tbl>{row('a', 'b')}{row('old', '1', properties='<w:del/>')}{row('new', '2', properties='<w:ins/>')}</w:tbl>")
    assert (document.text, document.original) == ("a | b\nnew | 2", "a | b\nold | 1")


def test_a_deletion_within_an_insertion_is_in_neither_view() -> None:
    document = opened(par(run("x ") + inserted(run("kept ") + deleted("dropped")) + run("y")))
    assert (document.text, document.original) == ("x kept y", "x y")


# Pages


def app(pages: int) -> str:
    return (
        f'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Pages>{pages}</Pages></Properties>'
    )


def pages_of(document: Document) -> list[int | None]:
    return [document.page_at(p.start) for p in document.paragraphs]


def test_without_marks_no_page_is_claimed() -> None:
    document = opened(par("One.") + par("Two."))
    assert (document.pages, pages_of(document)) == (None, [None, None])


def test_a_file_that_says_it_has_one_page_is_believed() -> None:
    document = opened(par("One."), app=app(1))
    assert (document.pages, pages_of(document)) == (1, [1])


def test_a_break_and_words_mark_of_the_same_break_count_once() -> None:
    document = opened(
        par("One.") + par(BREAK) + par(f"<w:r>{NOTED}<w:t>Two.</w:t></w:r>") + par(f"<w:r><w:t>a</w:t>{NOTED}<w:t>b</w:t></w:r>")
    )
    assert (document.pages, pages_of(document)) == (3, [1, 2, 2])
    assert document.page_at(len(document.text) - 1) == 3


def test_sections_and_page_break_before_start_pages() -> None:
    section = "<w:sectPr/>"
    body = par("One.", section) + par("Two.", '<w:sectPr><w:type w:val="nextPage"/></w:sectPr>')
    body += par("Still two.") + par("Three.", "<w:pageBreakBefore/>") + '<w:sectPr><w:type w:val="continuous"/></w:sectPr>'
    assert pages_of(opened(body)) == [1, 2, 2, 3]


def test_a_row_parted_by_a_page_counts_the_break_once() -> None:
    cells = [par(f"<w:r><w:t>a</w:t>{NOTED}<w:t>b</w:t></w:r>")] * 3
    again = par(f"<w:r>{NOTED}<w:t>c</w:t></w:r>")
    assert opened(f"<w:tbl>{row(*cells)}{row(again, 'd')}</w:tbl>" + par("End.")).pages == 2


def test_where_marks_and_words_own_count_differ_no_page_is_claimed() -> None:
    document = opened(par("One.") + par(BREAK) + par("Two."), app=app(7))
    assert (document.pages, pages_of(document)) == (7, [None, None])


# Files that cannot or should not be read


def kind_of(data: bytes) -> str:
    with pytest.raises(DocumentError) as caught:
        read(data, source())
    assert str(caught.value).startswith("agreement.docx: ")
    return caught.value.kind


@pytest.mark.parametrize("keep", [4, 100, -40], ids=["head", "start", "no-end"])
def test_a_truncated_file_is_unreadable(keep: int) -> None:
    assert kind_of(word(par("Text."))[:keep]) == "unreadable"


def test_broken_xml_is_unreadable() -> None:
    assert kind_of(word("<w:p><w:r>")) == "unreadable"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_and_never_expanded(encoding: str) -> None:
    declared = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    raw = f"{declared}<w:document {NAMES}><w:body>{par('&e;')}</w:body></w:document>"
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word("<w:p/>"))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, raw.encode(encoding) if name == "word/document.xml" else old.read(name))
    assert kind_of(out.getvalue()) == "unreadable"


def test_a_part_that_swells_beyond_measure_is_too_large() -> None:
    assert kind_of(word(par("a" * 12_000_000))) == "too_large"


def test_more_tags_than_an_agreement_can_hold_are_too_large() -> None:
    assert kind_of(word("<w:p/>" * 2_000_001)) == "too_large"


def test_xml_nested_too_deep_is_unreadable() -> None:
    assert kind_of(word("<w:sdt>" * 20_000 + "</w:sdt>" * 20_000)) == "unreadable"


def test_tables_nested_too_deep_are_unreadable_and_no_recursion_error() -> None:
    assert kind_of(word("<w:tbl><w:tr><w:tc>" * 80 + par("x") + "</w:tc></w:tr></w:tbl>" * 80)) == "unreadable"


def test_a_workbook_in_a_word_files_name_is_unreadable() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        zipped.writestr("[Content_Types].xml", "<Types/>")
        zipped.writestr("xl/workbook.xml", "<workbook/>")
    assert kind_of(out.getvalue()) == "unreadable"


def test_pictures_alone_are_no_text() -> None:
    assert kind_of(word(par("<w:r><w:drawing><a:blip/></w:drawing></w:r>"))) == "no_text"


def test_an_empty_file_is_no_text() -> None:
    assert kind_of(word("<w:p/>")) == "no_text"


def test_strict_open_xml_is_read() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    raw = f'<w:document xmlns:w="{strict}"><w:body><w:p><w:r><w:t>Strict.</w:t></w:r></w:p></w:body></w:document>'
    assert read(word("", raw=raw), source()).text == "Strict."


def test_a_file_that_python_docx_made_is_read() -> None:
    made, out = python_docx.Document(), io.BytesIO()
    made.add_heading("Renewal", level=1)
    made.add_paragraph("It renews for one year.")
    made.add_paragraph("Notice", style="List Number")
    made.add_table(rows=1, cols=2).rows[0].cells[0].text = "Fee"
    made.save(out)
    document = read(out.getvalue(), source())
    assert document.text == "Renewal\n\nIt renews for one year.\n\n1. Notice\n\nFee"
    assert kinds(document)[0] == ("heading", 1)
