"""Lists, levels and styles as Word counts them: starts, restarts, levels that are skipped, lists that a style names."""

from __future__ import annotations

import pytest

from ccclauses.read.word.docx import read_docx

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


def ilvl(style: str, of: str, level: int, more: str = "") -> str:
    """A style based on another that states a level and no list."""
    return (
        f'<w:style w:type="paragraph" w:styleId="{style}"><w:basedOn w:val="{of}"/>'
        f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/>{more}</w:numPr></w:pPr></w:style>'
    )


def with_styles(*more: str) -> str:
    return STYLES.replace("</w:styles>", "".join(more) + "</w:styles>")


# docx4j, change request 015, probe P4: Word prints 1. 1.1. 2. 2.1. 2.2.
def test_a_style_takes_its_list_from_the_one_it_is_based_on_and_its_level_from_itself():
    found = counted(
        numbering(THREE),
        *map(styled, ("One", "Sub", "One", "Sub", "Sub")),
        styles=with_styles(ilvl("Sub", "One", 1)),
    )
    assert found == ["1.", "1.1", "2.", "2.1", "2.2"]


def test_a_style_that_states_a_level_only_is_found_by_the_level_that_names_it():
    linked = level(0, "%1.") + level(1, "%1.%2", more='<w:pStyle w:val="Alone"/>')
    assert counted(numbering(linked), item(0), styled("Alone"), styles=with_styles(ilvl("Alone", "N", 1))) == [
        "1.",
        "1.1",
    ]


def test_a_style_may_leave_the_list_that_it_would_inherit():
    out = with_styles(ilvl("Out", "One", 0, '<w:numId w:val="0"/>'))
    assert counted(numbering(THREE), styled("One"), styled("Out"), styled("One"), styles=out) == ["1.", "", "2."]


# docx4j, change request 014, claim 5: no label, and the next paragraph goes on as if it were not there.
def test_a_level_that_one_style_names_numbers_no_other_style():
    linked = level(0, "%1.", more='<w:pStyle w:val="One"/>')
    other = ilvl("Other", "N", 0, '<w:numId w:val="1"/>')
    found = counted(
        numbering(linked), styled("One"), styled("Other"), item(0), styled("One"), styles=with_styles(other)
    )
    assert found == ["1.", "", "2.", "3."]


# The same, probe P6.
def test_the_default_style_numbers_paragraphs_without_one():
    default = '<w:name w:val="Normal"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = STYLES.replace('<w:name w:val="Normal"/>', default)
    assert counted(numbering(THREE), p(r("x")), p(r("y")), styles=styles) == ["1.", "2."]


# The same, probe P2: Word prints 1 2 3, 1 2 3, 4 5 6.
def test_a_list_that_a_style_describes_counts_by_itself():
    linked = '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="List"/></w:abstractNum>'
    parts = numbering(THREE, more=linked + '<w:num w:numId="8"><w:abstractNumId w:val="5"/></w:num>')
    items = [item(0)] * 3 + [item(0, 8)] * 3 + [item(0)] * 3
    assert counted(parts, *items, styles=STYLES) == "1. 2. 3. 1. 2. 3. 4. 5. 6.".split()


# The same, probe P7: each story counts from 1, a footer goes on from the header.
def test_each_story_counts_by_itself():
    box = f"<w:r><w:pict><w:txbxContent>{item(0)}{item(0)}</w:txbxContent></w:pict></w:r>"
    header = f'<w:hdr xmlns:w="{W}">{item(0)}{item(0)}</w:hdr>'
    body = [item(0), p(box), p(box), item(0)]
    parts = {"header": header, "footer": header.replace("w:hdr", "w:ftr"), "numbering": numbering(THREE)}
    document = read_docx(package("".join(body), **parts))
    assert [b.number for b in document.paragraphs()] == ["1.", "", "", "2."]
    assert [(s.story, s.number) for s in document.stories] == [
        ("header", "1."),
        ("header", "2."),
        ("footer", "3."),
        ("footer", "4."),
        *[("text box", "1."), ("text box", "2.")] * 2,
    ]


# The same, probe P8.
@pytest.mark.parametrize(("restart", "last"), [("0", "2.1.4"), ("1", "2.1.1")])
def test_a_level_not_yet_used_shows_its_start_below_it(restart, last):
    third = level(2, "%1.%2.%3", more=f'<w:lvlRestart w:val="{restart}"/>')
    parts = numbering(level(0, "%1.") + level(1, "%1.%2") + third)
    found = counted(parts, *map(item, (0, 1, 2, 2, 1, 2, 0, 2)))
    assert found == ["1.", "1.1", "1.1.1", "1.1.2", "1.2", "1.2.3", "2.", last]


def test_legal_numbers_are_digits_in_the_label_that_asks_for_them():
    legal = level(1, "Section %1.%2", more="<w:isLgl/>") + level(2, "%1.%2", more='<w:isLgl w:val="0"/>')
    parts = numbering(level(0, "Article %1.", "upperRoman") + legal)
    document = read_docx(package("".join(map(item, (0, 1, 2))), numbering=parts))
    assert [b.number for b in document.paragraphs()] == ["Article I.", "Section 1.1", "I.1"]


def test_an_empty_paragraph_of_a_list_is_counted_and_a_hidden_one_is_not():
    hidden = "<w:rPr><w:vanish/></w:rPr>"
    number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    gone = p(r("x", "<w:vanish/>"), number + hidden)
    joined = p(r("x"), number + hidden.replace("/>", "/><w:specVanish/>", 1))  # a style separator: shown all the same
    assert counted(numbering(THREE), item(0), p("", number), gone, joined, item(0)) == ["1.", "2.", "", "3.", "4."]


def test_a_paragraph_whose_deletion_is_tracked_leaves_its_number_to_the_next():
    number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    gone = p(
        f'<w:del w:author="A">{r("x").replace("w:t", "w:delText")}</w:del>',
        f'{number}<w:rPr><w:del w:author="A"/></w:rPr>',
    )
    source = package(item(0) + gone + item(0), numbering=numbering(THREE))
    numbers = {
        view: [b.number for b in read_docx(source, view=view).paragraphs()] for view in ("all", "accepted", "rejected")
    }
    assert numbers == {"all": ["1.", "2.", "2."], "accepted": ["1.", "2."], "rejected": ["1.", "2.", "3."]}


def test_a_label_without_a_number_is_shown_and_cited_without_one():
    parts = numbering(level(0, "Unless otherwise agreed,", "none") + level(1, "%1%2.", "decimal"))
    document = read_docx(package(item(0) + item(1), numbering=parts))
    assert [b.number for b in document.paragraphs()] == ["Unless otherwise agreed,", "1."]


@pytest.mark.parametrize(
    ("texts", "cited"),
    [
        (("%1.", "%1.%2", "(%3)"), ("1", "1.1", "1.1(a)")),
        (("Article %1", "%2.", "%2.%3"), ("Article 1", "Article 1, paragraph 1", "Article 1, paragraph 1.a")),
        (("%1.", "(%2)", "%3)"), ("1", "1(1)", "1(1)a)")),
    ],
)
def test_a_number_is_cited_from_the_level_that_its_label_begins_with(texts, cited):
    parts = numbering("".join(level(n, text, "lowerLetter" if n == 2 else "decimal") for n, text in enumerate(texts)))
    document = read_docx(package("".join(map(item, (0, 1, 2))), numbering=parts))
    assert tuple(b.full_number for b in document.paragraphs()) == cited


def test_a_format_of_a_makers_own_pads_its_digits():
    custom = (
        '<mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice>'
        '<mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>'
    )
    own = f'<w:lvl w:ilvl="0">{custom}<w:lvlText w:val="%1"/></w:lvl>'
    parts = numbering(own).replace(
        "<w:numbering ", '<w:numbering xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    )
    assert counted(parts, item(0), item(0)) == ["001", "002"]


def test_a_format_that_is_not_known_is_shown_in_digits_and_named():
    document = read_docx(package(item(0), numbering=numbering(level(0, "%1", "bahtText"))))
    assert document.blocks[0].number == "1"
    assert document.notes == ("numbers in the format “bahtText” are shown in digits",)
