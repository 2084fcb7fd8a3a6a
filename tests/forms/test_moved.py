"""A signed deal moves from one form to the other by an amendment that restates its annex."""

from __future__ import annotations

from datetime import date

import pytest
from small_forms import PROFILE, built, read, write_library

from ccclauses.amend.effect import Case, effect_of
from ccclauses.amend.papers import papers
from ccclauses.amend.writing.document import Terms
from ccclauses.ooxml.package.package import read_package, write_package
from ccclauses.read.recover import recover_annex
from ccclauses.read.word.docx import read_docx

TERMS = Terms(day=date(2027, 3, 1))


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    return read(write_library(tmp_path_factory.mktemp("forms") / "library"))[0]


def moved(folder, library, form, old="short", words=None, profile=True):
    """What it means to move a deal that was signed in the old form, with a value of its own and perhaps other words."""
    lines = "settings: {leaver_revoke: 3 hours}"
    data = built(library, lines, form=old).data
    if words:
        package = read_package(data)
        text = package.parts["word/document.xml"].decode()
        assert words[0] in text
        data = write_package({**package.parts, "word/document.xml": text.replace(*words).encode()})
    (folder / "deal.docx").write_bytes(data)
    if profile:
        (folder / "deal.yaml").write_text(f"{PROFILE}form: {old}\n{lines}\n", "utf-8")
    (paper,) = papers(folder, folder / "out")
    return effect_of(paper, Case(old=library, new=library, base=None, template="", terms=TERMS, form=form))


def text_of(data):
    return "\n".join(b.text for b in read_docx(read_package(data), name="x").blocks if hasattr(b, "segments"))


@pytest.mark.parametrize("profile", [True, False], ids=["with its profile", "from the file alone"])
@pytest.mark.parametrize(("old", "new"), [("short", "full"), ("full", "short")])
def test_the_annex_is_restated_and_its_values_come_over(tmp_path, library, old, new, profile):
    effect, files = moved(tmp_path, library, new, old, profile=profile)
    assert effect.state == "affected" and effect.problems == () or "draft" in effect.problems[0]
    assert set(files) == {"deal-amendment.docx", "deal-restated.docx", "deal-restated.json", "deal-by-subject.txt"}
    annex, _ = recover_annex(read_docx(read_package(files["deal-restated.docx"]), name="restated"), library)
    assert annex.form == new
    assert str(annex.parameters["leaver_revoke"].value) == "3 hours"
    amendment = text_of(files["deal-amendment.docx"])
    assert "the parties replace the Annex as a whole" in amendment and f"{new} form)" in amendment
    assert f"in the {new} form, by subject" in files["deal-by-subject.txt"].decode()
    assert effect.left == ()


def test_words_that_the_parties_negotiated_are_listed_with_both_wordings(tmp_path, library):
    effect, _ = moved(tmp_path, library, "full", words=("Late notice is a failure.", "Late notice is forgiven."))
    (left,) = effect.left
    assert (left.id, left.why) == ("breach", "negotiated")
    assert "forgiven" in left.signed and "tell nobody else" in left.library


def test_an_annex_of_the_form_already_is_amended_as_ever(tmp_path, library):
    effect, files = moved(tmp_path, library, "short")
    assert effect.state == "unaffected" and not files
