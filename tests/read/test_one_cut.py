"""One file has one set of headings and one text, whichever command reads it."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest
from whole_product import FEW
from word_pairs import DIFFERENT, item, level, levels, p, package, r, style

from ccclauses.common.resources import examples_folder, library_folder
from ccclauses.compare.contents import tidy_text
from ccclauses.load.library.library import load_library
from ccclauses.load.profile.profile import load_profile
from ccclauses.model.annex import plain_text
from ccclauses.ooxml.package.package import Package, read_package
from ccclauses.pipeline import build_annex
from ccclauses.read.sections import headings, sections
from ccclauses.read.word.document import ReadDocument, ReadParagraph
from ccclauses.read.word.docx import read_docx
from ccclauses.redline import redline
from ccclauses.review.find.units import read_units
from ccclauses.sides.word import document_contents

HEADED = style("H", '<w:outlineLvl w:val="0"/>') + style("B")
LINES = ("Scope", "The Provider shall answer every call.", "Fees", "The fee is GBP 1,000.")


def flat(*numbers: str) -> Package:
    """A contract whose headings are lines with typed numbers."""
    texts = [f"{number} {LINES[n]}".strip() for n, number in enumerate(numbers)]
    return package("".join(p(r(text)) for text in texts))


OTHERS: dict[str, Package] = {
    "by style": package(
        "".join(p(r(t), f'<w:pStyle w:val="{"B" if n % 2 else "H"}"/>') for n, t in enumerate(LINES)), styles=HEADED
    ),
    "by articles": flat("Article 1", "1.1", "Article 2", "2.1"),
    "by numbers": flat("1.", "1.1", "2.", "2.1"),
    "by bare numbers": flat("1", "1.1", "2", "2.1"),
    "by Roman numbers": flat("I.", "(a)", "II.", "(a)"),
    "by sections": flat("§ 1", "(1)", "§ 2", "(1)"),
    "by a list": package(
        "".join(item(t, n % 2) for n, t in enumerate(LINES)), numbering=levels(level("%1."), level("%1.%2"))
    ),
    "not at all": flat("", "", "", ""),
}


def titles(document: ReadDocument) -> list[str]:
    return [tidy_text(h.title) for h in headings(document).values()]


def is_within(some: list[str], all_: list[str]) -> bool:
    """Whether some titles are among others in their order."""
    rest = iter(all_)
    return all(title in rest for title in some)


def agree(file: Package) -> list[str]:
    """What read, diff and review call the headings of a file; they are one."""
    document = read_docx(file)
    named = titles(document)
    # A clause that is joined to another is a part of its own under the same heading.
    assert [tidy_text(s.title) for s in sections(document) if s.title and not s.joined] == named
    front = {"Beginning", "Title page"} | {f"{s.story.capitalize()}s" for s in document.stories}
    of_diff = [tidy_text(part.title) for part in document_contents(document).parts if part.title not in front]
    assert is_within(of_diff, named)  # a heading of a group, with nothing under it, is no part of a comparison
    of_review = [part.title for part in read_units(document).parts[1:]]
    assert is_within(of_review, named)
    assert len(of_review) >= len(of_diff)
    return named


def words(document: ReadDocument) -> str:
    return tidy_text(" ".join(b.text for b in document.blocks if isinstance(b, ReadParagraph) and not b.contents))


@pytest.mark.parametrize("kind", OTHERS)
def test_headings_have_one_name_in_files_of_others(kind):
    assert agree(OTHERS[kind]) == ([] if kind == "not at all" else ["Scope", "Fees"])


@pytest.mark.parametrize("kind", [kind for kind in OTHERS if kind != "not at all"])
def test_a_redline_names_the_same_headings(kind):
    before = OTHERS[kind]
    changed = before.parts[before.main_part].replace(b"1,000", b"2,000")
    after = Package({**before.parts, before.main_part: changed}, before.main_part, before.main_type)
    (change,) = redline(before, after, date=datetime(2026, 1, 1)).changes
    assert change.where.endswith("Fees")


@pytest.mark.parametrize("name", [path.stem for path in FEW])
def test_our_own_headings_have_one_name(name):
    library, _ = load_library(library_folder())
    profile, _ = load_profile(examples_folder() / f"{name}.yaml", library)
    built, _ = build_annex(profile, library)
    file = read_package(built.data)
    named = agree(file)
    assert {tidy_text(c.title) for c in built.annex.clauses} <= set(named)
    assert {tidy_text(s.title) for s in built.annex.schedules} <= {t.partition(": ")[2] or t for t in named} | set(
        named
    )


@pytest.mark.parametrize("way", DIFFERENT)
def test_diff_and_review_read_the_same_words(way):
    for file in DIFFERENT[way]():
        document = read_docx(file)
        lines = [
            line
            for part in document_contents(document).parts
            if not part.id.startswith("front:")
            for line in part.lines
        ]
        of_diff = [tidy_text(plain_text(line.inlines)) for line in lines]
        of_review = [u.text.replace("#", "") for u in read_units(document).units if u.kind != "heading" and u.text]
        seen = [t for t in of_diff if t]
        if not any(s.hidden or s.field for b in document.paragraphs() for s in b.segments):
            assert seen == of_review


@pytest.mark.skipif("CCCLAUSES_WORD_FILES" not in os.environ, reason="a folder of Word files of others is not named")
def test_headings_have_one_name_in_a_folder_of_files():
    for path in sorted(Path(os.environ["CCCLAUSES_WORD_FILES"]).rglob("*.docx")):
        agree(read_package(path))
