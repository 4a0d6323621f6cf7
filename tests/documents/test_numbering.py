"""Automatic numbers, against hand-made lists and against LibreOffice's text export of real agreement forms."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from lxml import etree

from contractlens.documents.document import Source
from contractlens.documents.docx import read
from contractlens.documents.numbering import Numbering, Styles, figure

NAMES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def level(at: int, text: str, kind: str = "decimal", start: int | None = 1, more: str = "") -> str:
    begin = "" if start is None else f'<w:start w:val="{start}"/>'
    return f'<w:lvl w:ilvl="{at}">{begin}<w:numFmt w:val="{kind}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def numbering(*abstracts: str, nums: dict[int, tuple[int, str]] | None = None, styles: str = "") -> Numbering:
    """Lists: the abstract ones in order, and by default one list on each, from 1 on."""
    nums = nums or {i + 1: (i, "") for i in range(len(abstracts))}
    made = "".join(f'<w:abstractNum w:abstractNumId="{i}">{levels}</w:abstractNum>' for i, levels in enumerate(abstracts))
    made += "".join(f'<w:num w:numId="{i}"><w:abstractNumId w:val="{a}"/>{more}</w:num>' for i, (a, more) in nums.items())
    root = etree.fromstring(f"<w:numbering {NAMES}>{made}</w:numbering>")
    return Numbering(root, Styles(etree.fromstring(f"<w:styles {NAMES}>{styles}</w:styles>")))


def labels(numbers: Numbering, *places: tuple[int, int] | str) -> list[str]:
    """The labels of paragraphs, each given by its list and level or by its style."""
    out = []
    for place in places:
        if isinstance(place, str):
            out.append(numbers.label(None, place))
        else:
            own = f'<w:numPr><w:ilvl w:val="{place[1]}"/><w:numId w:val="{place[0]}"/></w:numPr>'
            out.append(numbers.label(etree.fromstring(f"<w:pPr {NAMES}>{own}</w:pPr>"), None))
    return [label.strip() for label in out]


CONTRACT = level(0, "ARTICLE %1", "upperRoman") + level(1, "%1.%2") + level(2, "(%3)", "lowerLetter") + level(3, "(%4)", "lowerRoman")
PLAIN = level(0, "%1.") + level(1, "%1.%2") + level(2, "(%3)", "lowerLetter")


def test_levels_count_within_the_level_above() -> None:
    places = [(1, 0), (1, 1), (1, 2), (1, 2), (1, 1), (1, 2), (1, 0), (1, 1)]
    assert labels(numbering(PLAIN), *places) == ["1.", "1.1", "(a)", "(b)", "1.2", "(a)", "2.", "2.1"]


def test_a_level_written_in_roman_stays_roman_below_unless_it_is_legal() -> None:
    legal = level(0, "ARTICLE %1", "upperRoman") + level(1, "%1.%2", more="<w:isLgl/>")
    assert labels(numbering(CONTRACT), (1, 0), (1, 1)) == ["ARTICLE I", "I.1"]
    assert labels(numbering(legal), (1, 0), (1, 0), (1, 1)) == ["ARTICLE I", "ARTICLE II", "2.1"]


def test_a_level_that_was_skipped_counts_as_begun() -> None:
    assert labels(numbering(PLAIN), (1, 1), (1, 1), (1, 0), (1, 2)) == ["1.1", "1.2", "2.", "(a)"]


def test_two_lists_on_one_abstract_list_go_on_counting() -> None:
    numbers = numbering(PLAIN, nums={1: (0, ""), 2: (0, "")})
    assert labels(numbers, (1, 0), (2, 0), (1, 0)) == ["1.", "2.", "3."]


def test_a_start_override_restarts_once() -> None:
    over = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>'
    numbers = numbering(PLAIN, nums={1: (0, ""), 2: (0, over)})
    assert labels(numbers, (1, 0), (2, 0), (2, 0), (1, 0), (2, 0)) == ["1.", "7.", "8.", "9.", "10."]


def test_an_override_can_replace_a_level() -> None:
    over = f'<w:lvlOverride w:ilvl="0">{level(0, "Schedule %1", "upperLetter")}</w:lvlOverride>'
    assert labels(numbering(PLAIN, nums={1: (0, over)}), (1, 0), (1, 0)) == ["Schedule A", "Schedule B"]


def test_a_level_may_never_restart_or_only_after_a_given_one() -> None:
    never = level(0, "%1.") + level(1, "%1.%2", more='<w:lvlRestart w:val="0"/>')
    assert labels(numbering(never), (1, 0), (1, 1), (1, 0), (1, 1)) == ["1.", "1.1", "2.", "2.2"]
    after_first = PLAIN.replace('<w:numFmt w:val="lowerLetter"/>', '<w:numFmt w:val="lowerLetter"/><w:lvlRestart w:val="1"/>')
    places = [(1, 0), (1, 1), (1, 2), (1, 1), (1, 2), (1, 0), (1, 2)]
    assert labels(numbering(after_first), *places) == ["1.", "1.1", "(a)", "1.2", "(b)", "2.", "(a)"]


def test_list_number_0_and_unknown_lists_give_no_number() -> None:
    assert labels(numbering(PLAIN), (0, 0), (99, 0), (1, 8)) == ["", "", ""]


def test_bullets_are_bullets_and_empty_texts_are_nothing() -> None:
    assert labels(numbering(level(0, "\uf0b7", "bullet"), level(0, "")), (1, 0), (2, 0)) == ["\u2022", ""]


HEADINGS = (
    '<w:style w:type="paragraph" w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="H2"><w:basedOn w:val="H1"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Mine"><w:basedOn w:val="H2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Off"><w:basedOn w:val="H2"/><w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style>'
)


def test_styles_give_numbers_and_pass_them_on() -> None:
    numbers = numbering(PLAIN, styles=HEADINGS)
    assert labels(numbers, "H1", "H2", "Mine", "Off", "Loop", "H1", "H2") == ["1.", "1.1", "1.2", "", "", "2.", "2.1"]


def test_a_level_that_names_a_style_is_that_styles_level() -> None:
    linked = level(0, "%1.", more='<w:pStyle w:val="A"/>') + level(1, "%1.%2", more='<w:pStyle w:val="B"/>')
    own = "<w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr>"
    styles = f'<w:style w:styleId="A">{own}</w:style><w:style w:styleId="B">{own}</w:style>'
    assert labels(numbering(linked, styles=styles), "A", "B", "B") == ["1.", "1.1", "1.2"]


def test_a_list_may_be_a_styles_list() -> None:
    style = '<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    numbers = numbering('<w:styleLink w:val="L"/>' + level(0, "%1)", "upperLetter"), '<w:numStyleLink w:val="L"/>', styles=style)
    assert labels(numbers, (2, 0), (1, 0)) == ["A)", "B)"]


def test_lists_that_lead_to_each_other_end() -> None:
    style = '<w:style w:styleId="L"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    assert labels(numbering('<w:numStyleLink w:val="L"/>', styles=style), (1, 0)) == [""]


@pytest.mark.parametrize(
    ("n", "kind", "expected"),
    [
        (9, "decimalZero", "09"), (1994, "upperRoman", "MCMXCIV"), (27, "lowerLetter", "aa"), (12, "ordinal", "12th"),
        (23, "ordinal", "23rd"),
        (21, "cardinalText", "Twenty-one"), (20, "ordinalText", "Twentieth"), (3, "none", ""), (0, "lowerRoman", "0"), (5, "chicago", "5"),
    ],
)  # fmt: skip
def test_figures_are_written_as_word_writes_them(n: int, kind: str, expected: str) -> None:
    assert figure(n, kind) == expected


CORPUS = os.environ.get("CONTRACTLENS_CORPUS")


@pytest.mark.slow
@pytest.mark.skipif(not CORPUS or not shutil.which("soffice"), reason="needs CONTRACTLENS_CORPUS and LibreOffice")
def test_every_line_that_libreoffice_exports_is_read_with_its_number(tmp_path: Path) -> None:
    files = sorted((Path(CORPUS or "") / "docx").glob("*.docx"))
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    subprocess.run(
        ["soffice", home, "--headless", "--convert-to", "txt:Text", "--outdir", tmp_path, *files], check=True, capture_output=True
    )
    missing = []
    for path in files:
        text = folded(read(path.read_bytes(), Source(path.name, str(path), "", "")).text)
        exported = (tmp_path / f"{path.stem}.txt").read_text(encoding="utf-8-sig").splitlines()
        missing += [(path.name, line) for line in map(folded, exported) if line not in text]
    assert files
    assert not missing


def folded(text: str) -> str:
    return " ".join(text.replace("\u2011", "-").replace("\ufeff", "").replace("\u200b", "").split())
