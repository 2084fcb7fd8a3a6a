"""The reader sees what a person sees: words wherever Word keeps them, numbers as Word counts them, changes as they are."""

import pytest
from click.testing import CliRunner
from whole_product import FEW

from ccclauses.cli import cli
from ccclauses.model.annex import Paragraph
from ccclauses.ooxml.package.package import read_package, write_package
from ccclauses.read.word.docx import read_docx

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def package(body: str, **parts: str):
    """A Word package with that body and further parts by the kind of their relationship."""
    types = "".join(
        f'<Override PartName="/word/{k}.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.{k}+xml"/>'
        for k in parts
    )
    relationships = "".join(
        f'<Relationship Id="r{i}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{k}" Target="{k}.xml"/>'
        for i, k in enumerate(parts)
    )
    files = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" ContentType='
        f'"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>{types}</Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
        ' Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relationships}</Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        f' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><w:body>{body}</w:body></w:document>',
        **{f"word/{k}.xml": v for k, v in parts.items()},
    }
    return read_package(write_package({name: text.encode() for name, text in files.items()}))


def p(content: str, properties: str = "") -> str:
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{content}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r>{f"<w:rPr>{properties}</w:rPr>" if properties else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def texts(body: str, view: str = "accepted") -> list[str]:
    return [b.text for b in read_docx(package(body), view=view).blocks]


CHANGED = p(
    r("keep ")
    + f'<w:ins w:author="A" w:date="2026-01-01T00:00:00Z">{r("new ")}</w:ins>'
    + '<w:del w:author="B"><w:r><w:delText>old</w:delText></w:r></w:del>'
)


@pytest.mark.parametrize("view, text", [("accepted", "keep new "), ("rejected", "keep old"), ("all", "keep new old")])
def test_tracked_changes_in_three_views(view, text):
    assert texts(CHANGED, view) == [text]


def test_who_changed_what_and_when():
    (paragraph,) = read_docx(package(CHANGED), view="all").blocks
    assert [(s.kind, s.author, s.date) for s in paragraph.segments] == [
        ("plain", "", ""),
        ("inserted", "A", "2026-01-01T00:00:00Z"),
        ("deleted", "B", ""),
    ]


@pytest.mark.parametrize(
    "content",
    [
        f"<w:hyperlink>{r('words')}</w:hyperlink>",
        f"<w:sdt><w:sdtPr/><w:sdtContent>{r('words')}</w:sdtContent></w:sdt>",
        f"<w:smartTag>{r('words')}</w:smartTag>",
        f"<w:fldSimple w:instr='REF x'>{r('words')}</w:fldSimple>",
        f"<mc:AlternateContent><mc:Choice>{r('words')}</mc:Choice><mc:Fallback>{r('twice')}</mc:Fallback></mc:AlternateContent>",
        f"<mc:AlternateContent><mc:Choice/><mc:Fallback>{r('words')}</mc:Fallback></mc:AlternateContent>",
        "<m:oMath><m:r><m:t>words</m:t></m:r></m:oMath>",
        r("words", "<w:vanish/>"),
        f"<w:moveTo w:author='A'>{r('words')}</w:moveTo>",
        f"<w:customXml>{r('words')}</w:customXml>",
        f"<w:dir>{r('words')}</w:dir>",
    ],
)
def test_words_are_found_wherever_word_keeps_them(content):
    assert texts(p(content)) == ["words"]


@pytest.mark.parametrize(
    "body",
    [f"<w:sdt><w:sdtContent>{p(r('words'))}</w:sdtContent></w:sdt>", f"<w:customXml>{p(r('words'))}</w:customXml>"],
)
def test_blocks_are_found_inside_what_wraps_them(body):
    assert texts(body) == ["words"]


def test_hidden_text_is_marked():
    (paragraph,) = read_docx(package(p(r("seen ") + r("unseen", "<w:vanish/>")))).blocks
    assert paragraph.hidden == "unseen"


def test_text_boxes_come_beside_the_body():
    box = f"<w:r><w:pict><w:txbxContent>{p(r('boxed'))}</w:txbxContent></w:pict></w:r>"
    document = read_docx(package(p(r("out") + box)))
    assert [b.text for b in document.blocks] == ["out"] and [s.text for s in document.stories] == ["boxed"]


def test_a_reference_knows_its_target_and_a_field_its_code():
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF _cc_a \\w \\h </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r("4.2")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    document = read_docx(package(p(r("under ") + field)))
    assert [(s.text, s.target) for s in document.blocks[0].segments] == [("under ", ""), ("4.2", "_cc_a")]
    assert [(f.code, f.shown) for f in document.fields] == [("REF _cc_a \\w \\h", "4.2")]


def test_tables_by_row_and_nested_ones_inside_their_cell():
    inner = f"<w:tbl><w:tr><w:tc>{p(r('in'))}</w:tc></w:tr></w:tbl>"
    table = f"<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc>{p(r('a'))}</w:tc><w:tc>{p(r('b'))}{inner}{p('')}</w:tc></w:tr></w:tbl>"
    (row,) = read_docx(package(table)).blocks
    assert row.header and row.texts == ("a", "b\nin\n")


def test_comments_with_their_words_and_thread():
    comments = (
        f'<w:comments xmlns:w="{W}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml">'
        f'<w:comment w:id="1" w:author="Ann" w:date="2026-01-02T00:00:00Z"><w:p w14:paraId="AA">{r("too long")}</w:p></w:comment></w:comments>'
    )
    body = p(
        '<w:commentRangeStart w:id="1"/>'
        + r("72 hours")
        + '<w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r>'
    )
    (comment,) = read_docx(package(body, comments=comments)).comments
    assert (comment.author, comment.about, comment.text) == ("Ann", "72 hours", "too long")


def numbering(*levels: tuple[str, str]) -> str:
    written = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{f}"/><w:lvlText w:val="{t}"/></w:lvl>'
        for i, (f, t) in enumerate(levels)
    )
    return f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">{written}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'


def test_numbers_are_counted_as_word_does():
    parts = numbering(("decimal", "%1."), ("decimal", "%1.%2"), ("lowerLetter", "(%3)"))
    body = "".join(
        p(r("x"), f'<w:numPr><w:ilvl w:val="{i}"/><w:numId w:val="1"/></w:numPr>') for i in (0, 1, 2, 2, 1, 0, 1, 2)
    )
    found = read_docx(package(body, numbering=parts)).blocks
    assert [b.number for b in found] == ["1.", "1.1", "(a)", "(b)", "1.2", "2.", "2.1", "(a)"]
    assert [b.full_number for b in found] == ["1", "1.1", "1.1(a)", "1.1(b)", "1.2", "2", "2.1", "2.1(a)"]


def test_a_paragraph_of_a_schedule_is_cited_as_a_reader_says_it():
    parts = numbering(("decimal", "Schedule %1"), ("decimal", "%2."), ("lowerLetter", "(%3)"))
    body = "".join(p(r("x"), f'<w:numPr><w:ilvl w:val="{i}"/><w:numId w:val="1"/></w:numPr>') for i in (0, 1, 1, 2))
    found = read_docx(package(body, numbering=parts)).blocks
    assert [b.full_number for b in found] == [
        "Schedule 1",
        "Schedule 1, paragraph 1",
        "Schedule 1, paragraph 2",
        "Schedule 1, paragraph 2(a)",
    ]


@pytest.mark.parametrize("profile", FEW, ids=lambda path: path.stem)
def test_the_numbers_of_our_own_files_are_those_of_the_annex(profile, tmp_path):
    for kind in ("docx", "json"):
        CliRunner().invoke(cli, ["build", str(profile), "-o", str(tmp_path / f"a.{kind}")])
    from ccclauses.write.data.annex_json import read_json

    annex, _ = read_json((tmp_path / "a.json").read_text(), "a.json")
    document = read_docx(read_package(tmp_path / "a.docx"))
    numbers = {a: b.full_number for b in document.paragraphs() for a in b.anchors}
    for clause in annex.clauses:
        first = next((b for b in clause.blocks if isinstance(b, Paragraph) and b.full_number), None)
        begun = first.full_number if clause.joined and first else clause.number  # a joined clause has no heading
        assert numbers[clause.anchor] == begun.rstrip(".")
    for paragraph in annex.paragraphs():
        if paragraph.anchor:
            assert numbers[paragraph.anchor] == paragraph.full_number


def test_white_space_at_the_ends_of_a_text_counts_where_it_is_preserved():
    assert texts(p("<w:r><w:t>\n  one  \n</w:t></w:r>" + r(" two "))) == ["one two "]
