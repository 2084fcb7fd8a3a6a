"""House styles: the shipped ones are what their maker makes; a client's own .docx serves, and what lacks is told."""

from __future__ import annotations

import importlib.util
import io
from pathlib import Path

import docx
import pytest
from annex_sample import sample_annex
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from lxml import etree

from ccclauses.common.resources import templates_folder
from ccclauses.model.diagnostic import Diagnostic, Position, Severity, errors
from ccclauses.ooxml.namespaces import MC, W, w
from ccclauses.ooxml.package.package import Package, read_package, serialize_xml, write_package
from ccclauses.write.word.docx import HouseStyle, load_house_style, write_docx
from ccclauses.write.word.roles import ROLES

MAKER = Path(__file__).resolve().parents[2] / "tools" / "house_styles.py"


@pytest.fixture(scope="module")
def maker():
    if not MAKER.exists():
        pytest.skip("the maker of the house styles is in the source tree only")
    spec = importlib.util.spec_from_file_location("house_styles", MAKER)
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules["house_styles"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["legal", "modern"])
def test_the_committed_files_are_what_the_maker_makes(maker, name):
    # By parts, not by bytes: another build of zlib packs equal parts differently.
    committed = read_package(templates_folder() / f"{name}.docx")
    made = read_package(maker.house_style(maker.LOOKS[name]))
    assert dict(committed.parts) == dict(made.parts)
    assert list(committed.parts) == list(made.parts)


def _luminance(rgb: str) -> float:
    parts = [int(rgb[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", ["legal", "modern"])
def test_colours_can_be_read(maker, name):
    look = maker.LOOKS[name]
    ink = "000000" if look.ink == "auto" else look.ink
    pairs = [
        (ink, "FFFFFF"),
        (look.accent, "FFFFFF"),
        (look.head_ink, look.head_fill),
        ("595959", "FFFFFF"),
        (ink, look.band_fill or "FFFFFF"),
    ]
    assert all(_contrast(*pair) >= 4.5 for pair in pairs)


def client_template(**header: str) -> bytes:
    """A client's own file: its text, its header with a token that Word broke up, a numbered heading."""
    document = docx.Document()
    document.add_paragraph("An old contract, not for other eyes")
    paragraph = document.sections[0].header.paragraphs[0]
    for words in ("ACME {{refer", "ence}} v", "{{ version }}"):
        paragraph.add_run(words)
    document.styles.add_style("Acme Klausel", WD_STYLE_TYPE.PARAGRAPH)
    heading = document.styles["Heading 1"].element.get_or_add_pPr()
    numbering = heading.makeelement(qn("w:numPr"), {})
    number = numbering.makeelement(qn("w:numId"), {qn("w:val"): "1"})
    numbering.append(number)
    heading.insert(0, numbering)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def load(
    mapping: dict[str, str] | None = None, places: dict[str, Position] | None = None
) -> tuple[HouseStyle, list[Diagnostic]]:
    return load_house_style(read_package(client_template()), mapping, file="acme.docx", places=places)


def test_a_clients_file_serves_as_it_is():
    style, found = load()
    assert not errors(found)
    package = read_package(write_docx(sample_annex(), style))
    assert "old contract" not in package.parts["word/document.xml"].decode()
    styles = {s.get(w("styleId")) for s in package.xml("word/styles.xml").findall(w("style"))}
    assert {"Heading1", "ClauseLevel2", "AcmeKlausel", "AnnexTable"} <= styles


def test_each_important_style_that_lacks_is_reported_and_the_lesser_ones_together():
    _, found = load()
    warnings = [d.message for d in found if d.severity == Severity.WARNING]
    assert (
        "the template has no style `Schedule Heading` for the heading of a schedule; a plain one was added" in warnings
    )
    assert len(warnings) == 7  # six levels and the schedule heading; the headings and body text are built in
    notes = [d.message for d in found if d.severity == Severity.NOTE]
    assert len(notes) == 1 and "`Defined Term` (term)" in notes[0]


def test_a_role_is_mapped_by_name_or_id():
    style, found = load({"clause": "acme klausel", "level_2": "ListNumber"})
    assert not errors(found)
    assert style.role_styles["clause"] == "AcmeKlausel" and style.role_styles["level_2"] == "ListNumber"
    package = read_package(write_docx(sample_annex(), style))
    linked = {p.get(w("val")) for p in package.xml("word/numbering.xml").iter(w("pStyle"))}
    assert {"AcmeKlausel", "ListNumber", "ScheduleHeading"} <= linked
    clause = next(s for s in package.xml("word/styles.xml") if s.get(w("styleId")) == "AcmeKlausel")
    assert clause.find(f"{w('pPr')}/{w('outlineLvl')}").get(w("val")) == "1"
    assert clause.find(f"{w('pPr')}/{w('keepNext')}") is not None


def test_a_mapping_to_nothing_names_the_nearest_style_where_it_is_written():
    at = Position(file="styles.yaml", line=3, column=1)
    _, found = load({"level_3": "List Numbr 2"}, {"level_3": at})
    (problem,) = errors(found)
    assert problem.at == at and problem.hint == "did you mean `List Number 2`?"
    assert "`List Numbr 2`" in problem.message


def test_an_unknown_role_names_the_nearest():
    _, found = load({"clausse": "Heading 2"})
    (problem,) = errors(found)
    assert problem.hint == "did you mean `clause`?"


def test_a_style_cannot_count_on_two_levels():
    _, found = load({"level_2": "List Number", "level_3": "List Number"})
    (problem,) = errors(found)
    assert "can't be used both for" in problem.message


def test_a_heading_of_the_template_that_counts_is_quiet_where_it_must_not_count():
    style, _ = load()
    package = read_package(write_docx(sample_annex(), style))
    heading = next(s for s in package.xml("word/styles.xml") if s.get(w("styleId")) == "Heading1")
    assert heading.find(f"{w('pPr')}/{w('numPr')}/{w('numId')}").get(w("val")) == "0"


def header_texts(package: Package) -> set[str]:
    return {
        "".join(t.text or "" for t in package.xml(n).iter(w("t"))) for n in package.parts if n.startswith("word/header")
    }


def test_tokens_of_a_header_are_filled_even_where_word_broke_them_up():
    style, _ = load()
    assert header_texts(read_package(write_docx(sample_annex(), style))) == {"ACME SA-2026-014 v1.2"}


def test_a_value_in_a_header_is_words_and_never_markup_or_a_token():
    import dataclasses

    style, _ = load()
    annex = dataclasses.replace(sample_annex(), reference="<w:x/> & {{version}}")
    assert header_texts(read_package(write_docx(annex, style))) == {"ACME <w:x/> & {{version}} v1.2"}


def test_ignorable_prefixes_stay_declared():
    style, _ = load()
    package = read_package(write_docx(sample_annex(), style))
    for name in ("word/styles.xml", "word/numbering.xml"):
        root = package.xml(name)
        assert set(root.get(f"{{{MC}}}Ignorable", "").split()) <= set(root.nsmap)


def test_what_a_template_has_besides_looks_is_left_behind():
    style, _ = load()
    names = set(read_package(write_docx(sample_annex(), style)).parts)
    assert not [n for n in names if "thumbnail" in n or "customXml" in n or n == "docProps/app.xml"]


def test_loading_changes_nothing_and_a_style_serves_many_annexes():
    style, _ = load()
    first = write_docx(sample_annex("decimal"), style)
    write_docx(sample_annex("article", page="Letter"), style)
    assert write_docx(sample_annex("decimal"), style) == first


def test_every_role_has_a_style_of_its_kind():
    style, _ = load()
    for name, role in ROLES.items():
        assert style.styles.by_id[style.role_styles[name]].get(w("type")) == role.kind


def test_every_role_and_token_is_in_the_reference():
    from ccclauses.ooxml.headers import TOKENS

    page = MAKER.parents[1] / "docs" / "reference" / "house-styles.md"
    if not page.exists():
        pytest.skip("the documentation is in the source tree only")
    text = page.read_text(encoding="utf-8")
    assert not [r for r in ROLES.values() if f"| `{r.name}` | {r.style_name} | {r.kind} | {r.what} |" not in text]
    assert not [t for t in TOKENS if f"`{{{{{t}}}}}`" not in text]


def changed_template(part: str, change) -> HouseStyle:
    found = read_package(client_template())
    tree = found.xml(part)
    change(tree)
    style, problems = load_house_style(
        read_package(write_package({**found.parts, part: serialize_xml(tree)})), file="acme.docx"
    )
    assert not errors(problems)
    return style


def test_a_style_of_another_kind_keeps_its_id():
    def taken(root):
        root.append(
            etree.fromstring(
                f'<w:style xmlns:w="{W}" w:type="paragraph" w:styleId="DefinedTerm"><w:name w:val="Terms"/></w:style>'
            )
        )

    style = changed_template("word/styles.xml", taken)
    ids = [
        s.get(w("styleId"))
        for s in read_package(write_docx(sample_annex(), style)).xml("word/styles.xml").findall(w("style"))
    ]
    assert len(ids) == len(set(ids)) and style.role_styles["term"] in ids and style.role_styles["term"] != "DefinedTerm"


def test_lists_of_a_template_come_without_pictures_and_in_order():
    def pictured(root):
        root.insert(0, etree.fromstring(f'<w:numPicBullet xmlns:w="{W}" w:numPicBulletId="0"/>'))
        root.append(etree.fromstring(f'<w:numIdMacAtCleanup xmlns:w="{W}" w:val="1"/>'))
        for number in root.findall(w("num")):
            root.remove(number)

    style = changed_template("word/numbering.xml", pictured)
    root = read_package(write_docx(sample_annex(), style)).xml("word/numbering.xml")
    kinds = list(dict.fromkeys(child.tag for child in root))
    assert kinds == [w("abstractNum"), w("num"), w("numIdMacAtCleanup")]
