"""What LibreOffice makes of our files: numbers that it counts itself, references that it refreshes, a PDF."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest
from annex_sample import SCHEMES, sample_annex

from ccclauses.common.length import estimated_pages
from ccclauses.common.resources import examples_folder, library_folder, templates_folder
from ccclauses.load.library.library import load_library
from ccclauses.load.profile.profile import load_profile
from ccclauses.model.annex import Annex, Reference
from ccclauses.ooxml.package.package import read_package, write_package
from ccclauses.pipeline import build_annex
from ccclauses.write import office
from ccclauses.write.pages import count_pages, page_numbers
from ccclauses.write.pdf import write_pdf
from ccclauses.write.word.docx import load_house_style, write_docx

needs_office = pytest.mark.skipif(office.find_office() is None, reason="LibreOffice is not installed")
needs_pdftotext = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext (poppler) is not installed")
LEGAL, _ = load_house_style(read_package(templates_folder() / "legal.docx"))


def stale(docx: bytes) -> bytes:
    """The file with every cached number of a reference replaced, so that only a refreshed field is right."""
    parts = dict(read_package(docx).parts)
    separate = rb'</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t xml:space="preserve">'
    pattern = rb"( REF [^<]*" + separate + rb")[^<]*"
    parts["word/document.xml"], count = re.subn(pattern, rb"\g<1>STALE", parts["word/document.xml"])
    assert count > 100
    return write_package(parts)


def pdf_words(data: bytes) -> str:
    text = subprocess.run(["pdftotext", "-raw", "-", "-"], input=data, capture_output=True, check=True).stdout.decode()
    text = re.sub(r"\n[^\n]*Page \d+ of \d+\n\f?[^\n]*\n", "\n", text)  # the foot of one page and the head of the next
    return re.sub(r"\s+", "", text)


def numbered(annex: Annex) -> list[str]:
    return [re.sub(r"\s+", "", p.number + p.text) for p in annex.paragraphs()]


@pytest.mark.office
@needs_office
@needs_pdftotext
@pytest.mark.parametrize("scheme", SCHEMES)
def test_libreoffice_counts_and_refers_as_the_annex_does(scheme):
    annex = sample_annex(scheme, status="final")
    assert sum(isinstance(i, Reference) for p in annex.paragraphs() for i in p.inlines) > 100
    pdf, found = write_pdf(stale(write_docx(annex, LEGAL)))
    assert not found and pdf is not None
    text = pdf_words(pdf)
    assert "STALE" not in text
    place = 0
    for paragraph in numbered(annex):  # in order, so that each schedule is seen to number afresh
        place = text.index(paragraph, place)


@pytest.mark.office
@needs_office
@needs_pdftotext
def test_page_numbers_are_those_of_the_pages():
    annex = sample_annex(status="final")
    pages, found = page_numbers(annex, LEGAL)
    assert not found and len(pages) == 25 + 5 + 5 + 4  # clauses, groups, schedules, other headings
    pdf, _ = write_pdf(write_docx(annex, LEGAL, pages=pages))
    listed = (
        subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
        .stdout.decode()
        .split("\f")
    )
    for schedule in annex.schedules:
        assert re.search(rf"^{schedule.number}\s+{schedule.title}", listed[pages[schedule.anchor] - 1], re.MULTILINE)


def test_without_libreoffice_the_reason_is_told(monkeypatch):
    monkeypatch.setattr(office, "find_office", lambda: None)
    pdf, (problem,) = write_pdf(b"")
    assert pdf is None and "not installed" in problem.message and problem.hint


def test_an_office_that_hangs_is_stopped(monkeypatch, tmp_path):
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nsleep 30\n")
    program.chmod(0o755)
    monkeypatch.setattr(office, "find_office", lambda: str(program))
    pdf, (problem,) = write_pdf(b"", timeout=0.3)
    assert pdf is None and "did not finish within 0.3 seconds" in problem.message


def test_an_office_that_makes_nothing_is_told(monkeypatch):
    monkeypatch.setattr(office, "find_office", lambda: shutil.which("true") or "true")
    pdf, (problem,) = write_pdf(b"")
    assert pdf is None and problem.rule == "office-failed"


@pytest.mark.office
@needs_office
@pytest.mark.parametrize("name", ["startup-baseline", "clinic-us"])
def test_the_estimate_is_within_a_page_of_what_libreoffice_lays_out(name):
    library, _ = load_library(library_folder())
    profile, problems = load_profile(examples_folder() / f"{name}.yaml", library)
    assert profile, problems
    built, problems = build_annex(profile, library)
    assert built, problems
    pages = count_pages(write_docx(built.annex, LEGAL))
    assert pages and abs(round(estimated_pages(built.annex)) - pages) <= 1
