"""A house style made from a firm's own document: styles by what they are used for, headers that work in an annex."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner
from makers import OFFICE, field, german, odd

from ccclauses.cli import cli
from ccclauses.firm.make import MadeStyle, make_house_style
from ccclauses.model.diagnostic import Diagnostic, Severity, errors
from ccclauses.ooxml.namespaces import w
from ccclauses.ooxml.package.package import Package, read_package, write_package
from ccclauses.write.word.docx import load_house_style
from ccclauses.write.word.roles import ROLES

BASELINE = Path(__file__).parents[1] / "profiles" / "short.yaml"


def made(data: bytes, mapping: dict[str, str] | None = None) -> tuple[MadeStyle, list[Diagnostic]]:
    style, found = make_house_style(read_package(data), mapping, file="firm.docx")
    assert style is not None, errors(found)
    return style, found


def chosen(style: MadeStyle) -> dict[str, str]:
    return {shown.role: shown.style for shown in style.roles if not shown.proposed}


def banner_texts(package: Package, kind: str) -> set[str]:
    return {
        "".join(t.text or "" for t in package.xml(name).iter(w("t")))
        for name in package.parts
        if re.fullmatch(rf"word/{kind}\d+\.xml", name)
    }


def test_styles_with_odd_names_are_known_by_what_they_are_used_for():
    style, _ = made(odd())
    assert (
        chosen(style).items()
        >= {
            "title": "gmx.front",
            "clause": "gmx.I",
            "level_2": "gmx.II",
            "level_3": "gmx.III",
            "body": "gmx.run-on",
            "table_head": "gmx.cell-top",
            "table_text": "gmx.cell",
            "table": "Light List Accent 1",
        }.items()
    )
    # What Word brings along and the firm does not use is not mixed with the firm's own.
    assert {"heading", "subtitle", "contents_heading"}.isdisjoint(chosen(style))
    assert style.labels == ("1.", "1.1", "(A)")


def test_german_word_is_read_by_its_built_in_names_and_its_lists():
    style, _ = made(german())
    assert chosen(style).items() >= {"title": "Title", "clause": "heading 1", "schedule": "Anlagenüberschrift"}.items()
    proposed = {shown.role: shown.why for shown in style.roles if shown.proposed}
    # A heading style for whole paragraphs would put every paragraph into the contents list.
    assert "heading 2" in proposed["level_2"] and "heading 3" in proposed["level_3"]
    root = read_package(style.data).xml("word/styles.xml")
    level = next(s for s in root.iter(w("style")) if s.get(w("styleId")) == "ClauseLevel2")
    assert level.find(w("basedOn")).get(w("val")) == "berschrift2"
    assert level.find(f"{w('pPr')}/{w('outlineLvl')}").get(w("val")) == "9"


@pytest.mark.parametrize("maker", [odd, german])
def test_the_house_style_says_itself_what_its_styles_are_for(maker):
    style, _ = made(maker())
    again, found = load_house_style(read_package(style.data), file="house.docx")
    assert [d for d in found if d.rule != "template-header"] == []
    names = {role: again.styles.by_id[i].find(w("name")).get(w("val")) for role, i in again.role_styles.items()}
    assert names == {shown.role: shown.style for shown in style.roles}


@pytest.mark.parametrize("maker", [odd, german])
def test_equal_documents_give_equal_files_without_text_of_the_document(maker):
    first, second = made(maker())[0].data, made(maker())[0].data
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    parts = read_package(first).parts
    assert b"prudent" not in parts["word/document.xml"]
    assert not [n for n in parts if "customXml" in n or "thumbnail" in n or "comments" in n]
    document = docx.Document(io.BytesIO(first))
    shown = chosen(made(maker())[0]).values()
    assert {p.style.name.casefold() for p in document.paragraphs} >= {n.casefold() for n in shown} - {
        "header",
        "footer",
        "emphasis",
        "light list accent 1",
        "gmx.cell",
        "gmx.cell-top",
        "tabellentext",
    }


def test_the_labels_of_the_annex_look_like_those_of_the_firm(tmp_path):
    house = tmp_path / "house.docx"
    house.write_bytes(made(odd())[0].data)
    package = built(house, tmp_path)
    numbering = package.xml("word/numbering.xml")
    linked = {
        lv.find(w("pStyle")).get(w("val")): lv for lv in numbering.iter(w("lvl")) if lv.find(w("pStyle")) is not None
    }
    level = linked["GmxII"]
    assert level.find(f"{w('rPr')}/{w('color')}").get(w("val")) == "7A1F3D"
    assert level.find(f"{w('pPr')}/{w('ind')}").get(w("left")) == "851"
    assert level.find(w("lvlText")).get(w("val")) == "%1.%2"  # as the governing law counts


def built(template: Path, folder: Path) -> Package:
    result = CliRunner().invoke(
        cli, ["build", str(BASELINE), "--template", str(template), "-o", str(folder / "annex.docx")]
    )
    assert result.exit_code == 0, result.output
    return read_package(folder / "annex.docx")


def test_a_mapping_is_taken_and_a_wrong_one_refused_with_the_nearest_name():
    style, _ = made(odd(), {"recital": "gmx.run-on", "level_3": "gmx.cell"})
    assert chosen(style)["recital"] == "gmx.run-on" and chosen(style)["level_3"] == "gmx.cell"
    none, found = make_house_style(read_package(odd()), {"clause": "gmx.J", "clausse": "gmx.I"}, file="firm.docx")
    assert none is None
    assert {d.hint for d in errors(found)} == {"did you mean `gmx.I`?", "did you mean `clause`?"}


# --- what headers and footers lose


LOST = (
    # what the footer has, what is there afterwards, whether it is a warning
    (field("PAGE", "1"), "1", None),
    (field("NUMPAGES", "9"), "9", None),
    (field("PAGEREF Ende \\h", "9"), "9", Severity.NOTE),
    (field("SECTIONPAGES", "9"), "9", Severity.NOTE),
    (field("PAGEREF _Toc123", "8"), "", Severity.WARNING),
    (field("REF Preamble \\h", "Globex"), "", Severity.WARNING),
    (field("REF ClientName \\h", "Globex"), "{{client}}", Severity.NOTE),
    (field("DOCPROPERTY DocRef", "A-1"), "{{reference}}", Severity.NOTE),
    (field('DOCPROPERTY "Wholly Unknown"', "A-1"), "", Severity.WARNING),
    (field("DOCPROPERTY Company", "Acme LLP"), "Acme LLP", Severity.NOTE),
    (field("TITLE \\* Upper", "OLD DEAL"), "{{title}}", Severity.NOTE),
    (field("DATE", "1/1/20"), "{{date}}", Severity.NOTE),
    (field("FILENAME \\p", "C:\\x"), "", Severity.WARNING),
    (field("STYLEREF &quot;Überschrift 1&quot;", "Laufzeit"), "", None),
    (field("STYLEREF &quot;Nowhere&quot;", "Laufzeit"), "", Severity.WARNING),
    (field("INCLUDEPICTURE &quot;http://x.example/y.png&quot;", ""), "", Severity.WARNING),
    (field("IF " + field("PAGE", "1") + " = 1 x y", "x"), "1x", None),
    (
        '<w:fldSimple w:instr=" DOCPROPERTY MatterNo "><w:r><w:t>7</w:t></w:r></w:fldSimple>',
        "{{reference}}",
        Severity.NOTE,
    ),
    ('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x</w:instrText></w:r>', "", Severity.WARNING),
    ('<w:del w:id="1" w:author="A"><w:r><w:delText>old</w:delText></w:r></w:del>', "", Severity.NOTE),
    (
        '<w:sdt><w:sdtPr><w:tag w:val="DocDate"/><w:dataBinding w:xpath="/a:b/c:PublishDate"/></w:sdtPr>'
        "<w:sdtContent><w:r><w:t>2019</w:t></w:r></w:sdtContent></w:sdt>",
        "{{date}}",
        Severity.NOTE,
    ),
    (
        '<w:sdt><w:sdtPr><w:alias w:val="Secret"/><w:dataBinding w:xpath="/a:b/c:Sonstiges"/></w:sdtPr>'
        "<w:sdtContent><w:r><w:t>Globex</w:t></w:r></w:sdtContent></w:sdt>",
        "",
        Severity.WARNING,
    ),
    ("<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>Acme</w:t></w:r></w:sdtContent></w:sdt>", "Acme", None),
    ('<w:hyperlink w:anchor="Ende"><w:r><w:t>end</w:t></w:r></w:hyperlink>', "end", None),
    ('<w:bookmarkStart w:id="3" w:name="b"/><w:r><w:t>x</w:t></w:r><w:bookmarkEnd w:id="3"/>', "x", None),
)


@pytest.mark.parametrize("runs, left, severity", LOST)
def test_what_a_footer_has_works_in_an_annex_or_is_reported(runs, left, severity):
    footer = f"<w:r><w:t>[</w:t></w:r>{runs}<w:r><w:t>]</w:t></w:r>"
    style, found = load_house_style(read_package(german(footer=footer)), file="firm.docx")
    told = [d for d in found if d.message.startswith("the page footer")]
    assert [d.severity for d in told] == ([severity] if severity is not None else [])
    (banner,) = [b for b in style.banners if b.kind == "footer"]
    words = "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", banner.text))
    assert words == f"[{left}]"
    assert not re.search(r"w:sdt|bookmark|w:del|REF |DOCPROPERTY|anchor=", banner.text.replace("STYLEREF ", ""))


def picture(rel: str) -> str:
    return (
        '<w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        f'r:embed="{rel}"/></w:drawing></w:r>'
    )


def test_pictures_come_along_and_what_hangs_on_other_files_is_taken_out():
    rels = (
        f'<Relationship Id="p1" Type="{OFFICE}/image" Target="media/logo.png"/>'
        f'<Relationship Id="p2" Type="{OFFICE}/image" Target="http://x.example/spy.png" TargetMode="External"/>'
        f'<Relationship Id="p3" Type="{OFFICE}/oleObject" Target="embeddings/o.bin"/>'
        f'<Relationship Id="p4" Type="{OFFICE}/image" Target="media/gone.png"/>'
    )
    more = {"word/media/logo.png": b"\x89PNG\r\n\x1a\n", "word/embeddings/o.bin": b"secret"}
    header = "".join(map(picture, ("p1", "p2", "p3", "p4", "p9")))
    style, found = load_house_style(read_package(german(header=header, more=more, rels=rels)), file="firm.docx")
    assert set(style.carried) == {"word/media/logo.png"}
    (banner,) = [b for b in style.banners if b.kind == "header"]
    assert banner.text.count("<w:drawing>") == 1 and b"spy" not in banner.relationships
    told = " ".join(d.message for d in found if d.rule == "template-content")
    assert "http://x.example/spy.png" in told and "an embedded object" in told and "not in the file" in told


def test_a_header_that_no_page_of_the_template_shows_is_left_behind():
    style, _ = load_house_style(read_package(german()), file="firm.docx")  # even-page headers are switched off
    assert [b.type for b in style.banners if b.kind == "header"] == ["default"] and not style.even_and_odd


def test_a_first_page_header_of_an_earlier_section_is_reported():
    package = read_package(german())
    first = '<w:p><w:pPr><w:sectPr><w:headerReference w:type="first" r:id="rId5"/><w:titlePg/></w:sectPr></w:pPr></w:p>'
    document = package.parts["word/document.xml"].decode().replace("<w:body>", f"<w:body>{first}")
    changed = write_package({**package.parts, "word/document.xml": document.encode()})
    _, found = load_house_style(read_package(changed), file="firm.docx")
    assert any("first-page header in an earlier section" in d.message for d in found)


# --- the command


def run(*arguments: object):
    return CliRunner().invoke(cli, ["template", *map(str, arguments)])


def test_the_command_writes_a_house_style_that_builds(tmp_path):
    (tmp_path / "firm.docx").write_bytes(odd())
    result = run(tmp_path / "firm.docx")
    assert result.exit_code == 0, result.output
    house = tmp_path / "firm-house.docx"
    assert house.exists() and "gmx.I " in result.output and "Proposed" in result.output
    package = built(house, tmp_path)
    assert banner_texts(package, "header") == {"GRAYMOOR & MIX LLP", "Graymoor & Mix"}
    assert "GM-1187" not in "".join(banner_texts(package, "footer"))
    assert run(tmp_path / "firm.docx").exit_code == 1  # what exists is left as it is
    assert run(tmp_path / "firm.docx", "--force").exit_code == 0


def test_the_command_tells_as_data(tmp_path):
    (tmp_path / "firm.docx").write_bytes(german())
    result = run(tmp_path / "firm.docx", "-o", tmp_path / "h.docx", "--format", "json")
    told = json.loads(result.output)
    assert {row["role"] for row in told["roles"]} == set(ROLES) and told["labels"] == ["§ 1", "(1)", "a)"]


@pytest.mark.parametrize(
    "data, reason",
    [
        (b"no Word file", "is not a Word file"),
        (b"\xd0\xcf\x11\xe0rest", "old Word format"),
        (write_package({"[Content_Types].xml": b"<Types/>", "bomb.xml": b" " * (70 << 20)}), "unpacks to more than"),
        (german()[:-40], "damaged"),
    ],
)
def test_what_is_no_sound_word_file_is_refused_and_nothing_is_written(tmp_path, data, reason):
    (tmp_path / "firm.docx").write_bytes(data)
    result = run(tmp_path / "firm.docx", "-o", tmp_path / "h.docx")
    assert result.exit_code == 1 and reason in result.output and not (tmp_path / "h.docx").exists()


@pytest.mark.office
def test_a_document_of_libreoffice_serves(tmp_path):
    import shutil
    import subprocess

    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not there")
    page = "<h1>Terms</h1>" + f"<h2>Services</h2><p>{'The consultant performs the services with skill. ' * 3}</p>" * 4
    (tmp_path / "terms.html").write_text(f"<html><body>{page}</body></html>", encoding="utf-8")
    profile = f"-env:UserInstallation={(tmp_path / 'lo').as_uri()}"
    for kind, reader, source in (("odt:writer8", "HTML (StarWriter)", "terms.html"), ("docx", "writer8", "terms.odt")):
        command = ["soffice", profile, "--headless", f"--infilter={reader}", "--convert-to", kind, source]
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    style, _ = made((tmp_path / "terms.docx").read_bytes())
    assert chosen(style)["clause"].casefold() == "heading 2" and chosen(style)["body"] == "Body Text"
    (tmp_path / "house.docx").write_bytes(style.data)
    built(tmp_path / "house.docx", tmp_path)
