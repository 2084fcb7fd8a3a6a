"""What a Word file's clauses say goes before what its schedules repeat, and what differs from the library is told."""

from __future__ import annotations

import copy
import io

import pytest
from click.testing import CliRunner
from whole_product import FEW

from ccclauses.cli import cli
from ccclauses.common.resources import examples_folder, library_folder
from ccclauses.compare.annexes import exposure
from ccclauses.derive.coverage import coverage
from ccclauses.load.library.library import load_library
from ccclauses.load.profile.profile import load_profile
from ccclauses.ooxml.package.package import read_package
from ccclauses.pipeline import build_annex
from ccclauses.read.recover import DIFFERS, recover_with_standing
from ccclauses.read.word.docx import read_docx

docx = pytest.importorskip("docx")

NOTICE = "24-hour contact of a Security Breach by"
LABEL = "Notice of a Security Breach, from Awareness"


@pytest.fixture(scope="module")
def shipped():
    return load_library(library_folder())[0]


@pytest.fixture(scope="module")
def retail(shipped):
    return build_annex(load_profile(examples_folder() / "retail-uk.yaml", shipped)[0], shipped)[0]


def edited(data, *edits):
    """A Word file with edits made to it as python-docx makes them."""
    document = docx.Document(io.BytesIO(data))
    for edit in edits:
        edit(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def paragraph(document, words=NOTICE):
    return next(p for p in document.paragraphs if words in p.text)


def words(old, new, where=NOTICE):
    """An edit that replaces words inside one run of a paragraph."""

    def edit(document):
        run = next(r for r in paragraph(document, where).runs if old in r.text)
        run.text = run.text.replace(old, new)

    return edit


def rows(old, new):
    """An edit of the row of the key terms."""

    def edit(document):
        found = [r for t in document.tables for r in t.rows if r.cells[0].text == LABEL]
        assert len(found) == 1
        for run in (run for row in found for p in row.cells[1].paragraphs for run in p.runs):
            run.text = run.text.replace(old, new)

    return edit


def without(document):
    element = paragraph(document)._p
    element.getparent().remove(element)


def liability(document):
    element = copy.deepcopy(paragraph(document)._p)
    paragraph(document)._p.addnext(element)
    for child in [c for c in element if "bookmark" in c.tag]:
        element.remove(child)
    added = next(p for p in document.paragraphs if p._p is element)
    for run in added.runs:
        run.text = ""
    added.runs[0].text = "The Provider's total liability is limited to GBP 100."


def recovered(data, shipped):
    annex, standing, notes = recover_with_standing(read_docx(read_package(data), name="a.docx"), shipped)
    return annex, standing, [n.message for n in notes if n.rule in DIFFERS]


def notice(annex):
    entry = annex.parameters.get("breach_notice")
    return entry.value.wording() if entry else ""


def covered(annex, shipped):
    return {f.id: f.share("contract_term")[0] for f in coverage(annex, shipped).frameworks}


@pytest.mark.parametrize("name", [p.stem for p in FEW])
def test_an_annex_as_built_differs_in_nothing(shipped, name):
    built, _ = build_annex(load_profile(examples_folder() / f"{name}.yaml", shipped)[0], shipped)
    annex, standing, told = recovered(built.data, shipped)
    assert (standing.at_hand, standing.clauses, told) == (True, {}, [])
    assert {n: e.value for n, e in annex.parameters.items()} == {n: e.value for n, e in built.annex.parameters.items()}


def test_the_clause_goes_before_the_schedules(retail, shipped):
    annex, standing, told = recovered(edited(retail.data, words("12 hours", "36 hours")), shipped)
    assert notice(annex) == "36 hours" and standing.clauses == {}
    assert told == [f"{LABEL}: clause 24.2 says 36 hours; the key terms: 12 hours"]
    duty = next(o for o in annex.obligations if o.id == "breach-handling#breach-notice")
    assert duty.deadline.within.wording() == "36 hours"


def test_schedules_alone_change_no_value(retail, shipped):
    annex, _, told = recovered(edited(retail.data, rows("12 hours", "36 hours")), shipped)
    assert notice(annex) == "12 hours"
    assert told == [f"{LABEL}: clause 24.2 says 12 hours; the key terms: 36 hours"]


def test_a_value_that_was_negotiated_everywhere_is_no_difference(retail, shipped):
    annex, standing, told = recovered(
        edited(retail.data, words("12 hours", "36 hours"), rows("12 hours", "36 hours")), shipped
    )
    assert (notice(annex), standing.clauses, told) == ("36 hours", {}, [])


def test_a_paragraph_that_is_gone_takes_its_value_duty_and_cover(retail, shipped):
    before = recovered(retail.data, shipped)[0]
    annex, standing, told = recovered(edited(retail.data, without), shipped)
    assert notice(annex) == "" and standing.clauses == {"breach-handling": "changed"}
    assert f"only the key terms say, and no clause: {LABEL} (12 hours)" in told
    assert any("missing of the library's wording: 24.2 “The Provider shall notify" in t for t in told)
    assert not any(o.id == "breach-handling#breach-notice" for o in annex.obligations)
    # Art 28(3) and Art 33(2) of the UK GDPR.
    assert covered(annex, shipped)["uk_gdpr"] == covered(before, shipped)["uk_gdpr"] - 2


def test_reworded_and_added_paragraphs_are_told(retail, shipped):
    _, standing, told = recovered(edited(retail.data, words("without undue delay", "when convenient")), shipped)
    assert standing.clauses == {"breach-handling": "changed"}
    assert told == ["not worded as the library words it: 24.2"]
    _, standing, told = recovered(edited(retail.data, liability), shipped)
    assert standing.clauses == {"breach-handling": "changed"}
    assert told == ["not in the library's wording: 24.3 “The Provider's total liability is limited to GBP …”"]


def test_a_value_is_found_in_reworded_text_or_not_known(retail, shipped):
    both = edited(retail.data, words("without undue delay", "when convenient"), words("12 hours", "36 hours"))
    assert notice(recovered(both, shipped)[0]) == "36 hours"
    annex, standing, told = recovered(edited(retail.data, words("12 hours", "a reasonable time")), shipped)
    assert notice(annex) == "" and standing.clauses == {"breach-handling": "changed"}
    assert any("says “a reasonable time”, which is not a value that can be read" in t for t in told)


def test_exposure_goes_with_the_clause_on_credits(retail, shipped):
    cap = "The monthly cap for Credits other than late notice is"
    before = exposure(recovered(retail.data, shipped)[0]).month.amount
    annex, _, told = recovered(edited(retail.data, words("15%", "1%", where=cap)), shipped)
    assert exposure(annex).month.amount * 15 == before
    assert any("says 1%; " in t and "the key terms: 15%" in t for t in told)


def test_a_definition_that_was_reworded_is_told(retail, shipped):
    def edit(document):
        found = next(p for p in document.paragraphs if p.text.startswith("“Aware”"))
        found.runs[-1].text += " It begins with a written confirmation."

    _, _, told = recovered(edited(retail.data, edit), shipped)
    assert told == ["not worded as the library words it: the definition “Aware”"]


def test_another_library_is_not_taken_for_the_one_of_the_file(retail, shipped):
    from dataclasses import replace

    other = {
        i: replace(c, variants=tuple(replace(v, text=v.text.replace(" shall ", " must ")) for v in c.variants),
                   parts=tuple(replace(p, text=p.text.replace(" shall ", " must ")) for p in c.parts))
        for i, c in shipped.clauses.items()
    }  # fmt: skip
    annex, standing, _ = recover_with_standing(
        read_docx(read_package(retail.data), name="a"), replace(shipped, clauses=other)
    )
    assert not standing.at_hand and set(standing.clauses.values()) == {"not known"}
    assert notice(annex) == "12 hours" and not standing.missing and not standing.reworded


def test_obligations_are_dated_by_what_the_clause_says(retail, tmp_path):
    path = tmp_path / "edited.docx"
    path.write_bytes(edited(retail.data, words("12 hours", "36 hours")))
    result = CliRunner().invoke(
        cli, ["obligations", str(path), "--start", "2026-04-01", "-o", str(tmp_path / "duties.csv")]
    )
    assert "clause 24.2 says 36 hours" in result.stderr and result.exit_code == 0
    lines = (tmp_path / "duties.csv").read_text("utf-8-sig").splitlines()
    assert any("36 hours" in line and "24.2" in line for line in lines)
