"""Words that stand in no run: charts, diagrams and lettering, the choice of a form's field, the number of a cell's paragraph."""

from datetime import datetime

import pytest

from ccclauses.ooxml.package.package import Package
from ccclauses.read.word.docx import read_docx
from ccclauses.redline import redline
from ccclauses.report.read_text import read_text
from ccclauses.review.find.findings import review

from .test_docx import W, p, package, r

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CHART = (
    f'<c:chartSpace xmlns:c="{C}" xmlns:a="{A}"><c:title><a:p><a:r><a:t>Credits by month</a:t></a:r></a:p></c:title>'
    "<c:ser><c:tx><c:v>Credit</c:v></c:tx><c:cat><c:v>May</c:v></c:cat><c:val><c:v>{}</c:v></c:val></c:ser></c:chartSpace>"
)
SHOWN = f'<w:r><w:drawing><c:chart xmlns:c="{C}" xmlns:r="{R}" r:id="r0"/></w:drawing></w:r>'
LETTERING = (
    '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textpath string="{}"/></v:shape></w:pict></w:r>'
)


def drawn(package: Package, view: str = "accepted") -> list[str]:
    return [s.text for s in read_docx(package, view=view).stories if s.story == "drawing"]


def told(before: Package, after: Package) -> list[tuple[str, str]]:
    return [(f.before, f.after) for f in review(before, after).findings]


def test_a_chart_is_read_and_a_figure_changed_in_it_is_found():
    before, after = (package(p(r("See the chart.") + SHOWN), chart=CHART.format(n)) for n in (5, 3))
    assert drawn(before) == ["Credits by month", "Credit | May | 5"]
    assert told(before, after) == [("Credit | May | 5", "Credit | May | 3")]


def test_a_chart_that_no_text_shows_is_not_read():
    assert drawn(package(p(r("See the chart.")), chart=CHART.format(5))) == []


def test_lettering_is_read_in_the_view_in_which_it_stands():
    marked = package(p('<w:ins w:id="1" w:author="A">' + LETTERING.format("DRAFT") + "</w:ins>" + r("text")))
    assert (drawn(marked), drawn(marked, "rejected")) == (["DRAFT"], [])


def test_a_watermark_on_more_kinds_of_pages_is_no_change():
    once, twice = (package(p(LETTERING.format("DRAFT")) * times + p(r("text"))) for times in (1, 2))
    assert drawn(once) == drawn(twice) == ["DRAFT"]


def form(settings: str) -> str:
    field = f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{settings}</w:ffData></w:fldChar></w:r>'
    return field + '<w:r><w:instrText>FORM</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'


def choice(result: str) -> str:
    entries = '<w:listEntry w:val="24 hours"/><w:listEntry w:val="72 hours"/>'
    return form(f'<w:ddList><w:result w:val="{result}"/>{entries}</w:ddList>')


@pytest.mark.parametrize(
    "field, shown",
    [
        (choice("1"), "72 hours"),
        (choice("7"), ""),
        (choice("x"), ""),
        (form("<w:checkBox><w:default w:val='0'/><w:checked/></w:checkBox>"), "☒"),
        (form("<w:checkBox><w:default w:val='0'/></w:checkBox>"), "☐"),
        (form("<w:textInput/>"), ""),
    ],
)
def test_a_form_field_shows_what_was_chosen(field, shown):
    assert read_docx(package(p(r("Notice: ") + field))).blocks[0].text == f"Notice: {shown}"


def test_another_choice_is_found_and_redlined():
    before, after = (package(p(r("Notice within ") + choice(n) + r(" of awareness."))) for n in "01")
    assert told(before, after) == [("Notice within 24 hours of awareness.", "Notice within 72 hours of awareness.")]
    marked = redline(before, after, date=datetime(2026, 1, 5)).package
    assert [read_docx(marked, view=v).blocks[0].text for v in ("rejected", "accepted")] == [
        "Notice within 24 hours of awareness.",
        "Notice within 72 hours of awareness.",
    ]


def test_the_number_of_a_paragraph_in_a_cell_is_printed():
    numbering = (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    item = p(r("Fee"), '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    assert "| 1. Fee / 2. Fee |" in read_text(
        read_docx(package(f"<w:tbl><w:tr><w:tc>{item}{item}</w:tc></w:tr></w:tbl>", numbering=numbering))
    )
