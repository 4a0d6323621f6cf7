"""Web pages as vendors publish their terms."""

import pytest

from contractlens.documents.document import Document, Source
from contractlens.documents.web import read
from contractlens.errors import DocumentError


def opened(page: str | bytes) -> Document:
    return read(page if isinstance(page, bytes) else page.encode(), Source("terms.html", "terms.html", "", "text/html"))


def lines(page: str | bytes) -> list[str]:
    document = opened(page)
    return [document.text[p.start : p.end] for p in document.paragraphs]


def test_headings_keep_their_level_and_blocks_are_paragraphs() -> None:
    document = opened("<h1>Terms</h1><div>One <p>Two</p> Three</div><h3>Fees</h3>")
    assert [(p.kind, p.level, document.text[p.start : p.end]) for p in document.paragraphs] == [
        ("heading", 1, "Terms"),
        ("prose", None, "One"),
        ("prose", None, "Two"),
        ("prose", None, "Three"),
        ("heading", 3, "Fees"),
    ]


def test_inline_elements_join_and_white_space_folds() -> None:
    assert lines("<p>auto-<b>re</b><i>new</i>s\n   for <a href=x>one</a>\tyear</p>") == ["auto-renews for one year"]


def test_entities_and_breaks_become_characters() -> None:
    assert lines("<p>Smith &amp; Co&shy;mpany<br>&sect;&nbsp;4 &#8220;Fees&#8221;</p>") == ["Smith & Company\n§\u00a04 “Fees”"]


def test_two_breaks_in_a_row_part_paragraphs() -> None:
    assert lines("One.<br><br>Two.<br>Still two.") == ["One.", "Two.\nStill two."]


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>x</script>",
        "<style>x</style>",
        "<p hidden>x</p>",
        '<div style="color:red; display: none"><p>x</p></div>',
        "<!-- x -->",
        "<title>x</title>",
    ],
    ids=["script", "style", "attribute", "css", "comment", "title"],
)
def test_what_a_browser_does_not_show_is_left_out(hidden: str) -> None:
    assert lines(f"<p>Seen.</p>{hidden}<p>Too.</p>") == ["Seen.", "Too."]


def test_lists_are_numbered_as_shown() -> None:
    page = "<ol start=4><li>Four<ol type=a><li>a</li><li><p>b</p><p>more</p></li></ol></li><li value=9>Nine</ol><ul><li>Dot</ul>"
    assert lines(page) == ["4. Four", "a. a", "b. b", "more", "9. Nine", "\u2022 Dot"]


def test_an_item_that_brings_its_own_number_gets_no_second() -> None:
    assert lines("<ol><li>1.1 Fees</li><li>(b) Taxes</li><li style='list-style:none'>Plain</li></ol>") == ["1.1 Fees", "(b) Taxes", "Plain"]


def test_a_table_of_data_is_read_in_rows() -> None:
    document = opened("<table><tr><th>Uptime<th>Credit<tr><td>99%<td>5%</table>")
    assert document.text == "Uptime | Credit\n99% | 5%"
    assert len(document.tables) == 1


def test_cells_over_several_rows_and_columns_keep_the_columns_apart() -> None:
    page = "<table><tr><td rowspan=2>A<td>b<td>c<tr><td>d<td>e<tr><td colspan=2>F<td>g</table>"
    assert opened(page).text == "A | b | c\n | d | e\nF |  | g"


def test_a_table_for_layout_is_read_as_paragraphs() -> None:
    document = opened("<table><tr><td><h2>Fees</h2><p>One.</p><p>Two.</p></td></tr></table>")
    assert [p.kind for p in document.paragraphs] == ["heading", "prose", "prose"]


def test_menus_run_along() -> None:
    document = opened("<nav><a>Home</a></nav><p>Text.</p>")
    assert [p.kind for p in document.paragraphs] == ["running", "prose"]


def test_preformatted_text_keeps_its_lines() -> None:
    assert lines("<pre>1. Fees\n   are due</pre>") == ["1. Fees\n   are due"]


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>café</p>".encode(), "café"),
        ("<p>café</p>".encode("utf-16"), "café"),
        (b"<meta charset=iso-8859-1><p>\x93caf\xe9\x94</p>", "“café”"),
        (b"<p>caf\xe9</p>", "café"),
        (b'<?xml version="1.0" encoding="utf-8"?><html><body><p>caf\xc3\xa9</p></body></html>', "café"),
    ],
    ids=["utf-8", "utf-16", "declared", "undeclared", "xhtml"],
)
def test_encodings_are_found(page: bytes, text: str) -> None:
    assert lines(page) == [text]


@pytest.mark.parametrize("depth", [200, 2_000, 100_000])
@pytest.mark.parametrize("tag", ["div", "b", "table><tr><td", "ol><li", "blockquote"])
def test_deep_nesting_ends_in_text_or_one_clear_error(tag: str, depth: int) -> None:
    try:
        outcome = "clause" in opened(f"<{tag}>" * depth + "clause").text
    except DocumentError as error:
        outcome = error.kind == "unreadable"
    assert outcome


def test_a_page_without_text_says_so() -> None:
    with pytest.raises(DocumentError, match="no text") as caught:
        opened("<html><body><script>app()</script><div id=root></div></body></html>")
    assert caught.value.kind == "no_text"


def test_nothing_outside_the_page_is_read() -> None:
    page = '<!DOCTYPE html [<!ENTITY e SYSTEM "file:///etc/passwd">]><p>&e; text</p><iframe src="file:///etc/passwd"></iframe>'
    assert "root:" not in opened(page).text


def test_a_page_beyond_measure_is_too_large() -> None:
    with pytest.raises(DocumentError) as caught:
        opened(b"<p>x</p>" * 2_000_000)
    assert caught.value.kind == "too_large"
