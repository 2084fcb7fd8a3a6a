"""Lists, levels and styles as Word counts them: starts, restarts, levels that are skipped, lists that a style names."""

from __future__ import annotations

import pytest

from ccclauses.read.docx import read_docx

from .test_docx import W, p, package, r


def level(number: int, text: str, form: str = "decimal", more: str = "") -> str:
    """One level of a list; elements of `more` stand where they are."""
    return f'<w:lvl w:ilvl="{number}">{more}<w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'


def numbering(levels: str, *lists: str, more: str = "") -> str:
    """One kind of list with its levels; list 1 is of it, and so are those that follow, each with its own overrides."""
    nums = "".join(
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="0"/>{own}</w:num>' for n, own in enumerate(("", *lists), 1)
    )
    return f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>{more}{nums}</w:numbering>'


def item(number: int, of: int | str = 1) -> str:
    return p(r("x"), f'<w:numPr><w:ilvl w:val="{number}"/><w:numId w:val="{of}"/></w:numPr>')


def counted(parts: str, *items: str, **more: str) -> list[str]:
    return [b.number for b in read_docx(package("".join(items), numbering=parts, **more)).paragraphs()]


THREE = level(0, "%1.") + level(1, "%1.%2") + level(2, "(%3)", "lowerLetter")


def test_a_list_starts_where_it_says():
    nought = '<w:start w:val="0"/>'
    first, second = level(0, "%1.", more='<w:start w:val="5"/>'), level(1, "%1.%2", more=nought)
    parts = numbering(first + second + level(2, "%3)", "lowerRoman", nought))
    found = counted(parts, item(0), item(1), item(2), item(1), item(0))
    assert found == ["5.", "5.0", "i)", "5.1", "6."]  # there is no Roman nought


def test_a_list_of_its_own_start_begins_there_once_and_goes_on():
    restarted = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="3"/></w:lvlOverride>'
    found = counted(numbering(THREE, restarted), item(0), item(0), item(0, 2), item(1, 2), item(0, 2), item(0))
    assert found == ["1.", "2.", "3.", "3.1", "4.", "5."]


def test_a_list_may_have_levels_of_its_own_and_goes_on_counting():
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "Annex %1", "upperLetter")}</w:lvlOverride>'
    assert counted(numbering(THREE, own), item(0), item(0, 2), item(1, 2), item(0)) == ["1.", "Annex B", "B.1", "3."]


@pytest.mark.parametrize(
    ("restart", "numbers"),
    [("", ["(a)", "(b)", "(a)", "(a)"]), ("0", ["(a)", "(b)", "(c)", "(d)"]), ("1", ["(a)", "(b)", "(c)", "(a)"])],
)
def test_a_level_starts_again_after_the_level_that_it_names(restart, numbers):
    third = level(2, "(%3)", "lowerLetter", f'<w:lvlRestart w:val="{restart}"/>' if restart else "")
    parts = numbering(level(0, "%1.") + level(1, "%1.%2") + third)
    found = counted(parts, item(0), item(1), item(2), item(2), item(1), item(2), item(0), item(1), item(2))
    assert [n for n in found if n.startswith("(")] == numbers


def test_a_level_that_was_skipped_counts_as_begun():
    assert counted(numbering(THREE), item(2), item(1), item(0), item(1)) == ["(a)", "1.2", "2.", "2.1"]


def test_what_is_no_list_has_no_number():
    bullets = level(0, "•", "bullet") + level(1, "", "none")
    assert counted(numbering(bullets), item(0), item(1)) == ["", ""]
    assert counted(numbering(THREE), item(0, 0), item(0, 9), item(8), item(0, "")) == [""] * 4
    assert counted(numbering(THREE).replace('abstractNumId w:val="0"', 'abstractNumId w:val="7"'), item(0)) == [""]


STYLES = f'''<w:styles xmlns:w="{W}">
<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="One"><w:name w:val="heading 1"/>
<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Two"><w:basedOn w:val="One"/><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>
<w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Like"><w:basedOn w:val="Two"/></w:style>
<w:style w:type="numbering" w:styleId="List"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
</w:styles>'''


def styled(style: str, more: str = "") -> str:
    return p(r("x"), f'<w:pStyle w:val="{style}"/>{more}')


def test_a_style_brings_its_list_and_its_level():
    linked = level(0, "%1.", more='<w:pStyle w:val="One"/>') + level(1, "%1.%2", more='<w:pStyle w:val="Two"/>')
    items = [
        styled("One"),
        styled("Two"),
        styled("Like"),
        styled("Two", '<w:numPr><w:ilvl w:val="0"/></w:numPr>'),  # a level of its own in the list of the style
        styled("Two", '<w:numPr><w:numId w:val="0"/></w:numPr>'),  # taken out of the list
        styled("N"),
    ]
    assert counted(numbering(linked), *items, styles=STYLES) == ["1.", "1.1", "1.2", "2.", "", ""]


def test_a_list_may_be_described_by_a_style():
    linked = '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="List"/></w:abstractNum>'
    parts = numbering(THREE, more=linked + '<w:num w:numId="8"><w:abstractNumId w:val="5"/></w:num>')
    assert counted(parts, item(0), item(1, 8), item(0, 8), styles=STYLES) == ["1.", "1.1", "2."]


@pytest.mark.parametrize(
    ("style", "own", "heading"),
    [
        ("One", "", 1),
        ("Two", "", 2),
        ("Like", "", 2),
        ("N", "", 0),
        ("N", "2", 3),
        ("Two", "9", 0),  # body text
        ("One", "x", 0),
    ],
)
def test_the_level_of_a_heading_is_its_own_before_that_of_its_style(style, own, heading):
    written = styled(style, f'<w:outlineLvl w:val="{own}"/>' if own else "")
    (found,) = read_docx(package(written, styles=STYLES)).paragraphs()
    assert found.heading == heading
