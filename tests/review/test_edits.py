"""Each edit that a counterparty makes is found, and nothing else is."""

from __future__ import annotations

from functools import lru_cache

import pytest
from whole_product import sample

from ccclauses.cli.common import load_inputs
from ccclauses.common.resources import library_folder
from ccclauses.ooxml.namespaces import make, w
from ccclauses.ooxml.package.package import Package, read_package
from ccclauses.pipeline import build_annex
from ccclauses.review.find.findings import review

from . import edits

EXAMPLES = library_folder().parent / "examples"
FILES = 12  # each of these files has every twelfth edit in it


@lru_cache(maxsize=2)
def whole(example: str = "startup-full") -> Package:
    profile, library, _ = load_inputs(EXAMPLES / f"{example}.yaml")
    built, problems = build_annex(profile, library)
    assert built, problems
    return read_package(built.data)


@lru_cache(maxsize=1)
def sent() -> Package:
    """What was sent: an annex with notes, boxes and controls as templates bring them, its schedules cut short."""
    draft = edits.Draft(edits.without_schedules(whole()), seed=1)
    edits.furnish(draft)
    return draft.package()


def edited(number: int, some=edits.EDITS) -> tuple[Package, list[edits.Expected]]:
    """A file with every twelfth of some edits made in it, and what is to be found; edits that it has no place for left out."""
    draft = edits.Draft(sent(), seed=number)
    expected = []
    for edit in some[number::FILES]:
        try:
            expected += edit(draft)
        except edits.NotHere:
            continue
    return draft.package(), sorted(expected)


def found(returned: Package) -> list[edits.Expected]:
    return sorted((f.source, f.kind, f.section) for f in review(sent(), returned).findings)


@pytest.mark.parametrize("number", sample(range(FILES), 2))
def test_every_edit_is_found_and_nothing_else(number):
    returned, expected = edited(number)
    assert len(expected) > 3
    assert found(returned) == expected


@pytest.mark.parametrize("disguise", ("other signs", "tracked formatting"))
def test_what_a_program_does_is_no_edit(disguise):
    draft = edits.Draft(sent(), seed=5)
    expected = edits.change_number(draft)
    edits.DISGUISES[disguise](draft)
    assert found(draft.package()) == expected


@pytest.mark.parametrize(
    "damage", (edits.strip_anchors, edits.flatten_styles, edits.plain_fields), ids=lambda d: d.__name__
)
def test_an_edit_is_found_in_a_file_that_lost_its_marks(damage):
    draft = edits.Draft(sent(), seed=5)
    expected = edits.change_number(draft)
    damage(draft)
    assert set(expected) <= set(found(draft.package()))


def test_several_edits_at_once():
    draft = edits.Draft(sent(), seed=8)
    expected = [
        *edits.change_number(draft),
        *edits.delete_sentence_tracked(draft),
        *edits.comment(draft),
        *edits.change_header(draft),
    ]
    assert found(draft.package()) == sorted(expected)


def test_nothing_is_found_in_what_comes_back_unchanged():
    assert [f for s in (sent(), whole()) for f in review(s, s).findings] == []


def put_in(part: str, before: bytes, what: bytes) -> list[tuple[str, str]]:
    """What is told of the file when `what` stands in one of its parts too."""
    draft = edits.Draft(sent())
    assert before in draft.parts[part]
    draft.parts[part] = draft.parts[part].replace(before, what + before)
    findings = review(sent(), draft.package()).findings
    assert {f.source for f in findings} == {"silent"}
    return [(f.what, f.after) for f in findings]


def test_an_address_outside_is_told():
    link = b'<Relationship Id="rId900" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"'
    link += b' Target="https://elsewhere.example/t.dotm" TargetMode="External"/>'
    ((what, address),) = put_in("word/_rels/document.xml.rels", b"</Relationships>", link)
    assert what == "link" and "https://elsewhere.example/t.dotm" in address


def test_a_setting_is_told():
    protection = b'<w:documentProtection w:edit="readOnly" w:enforcement="1"/>'
    ((what, _),) = put_in("word/settings.xml", b"</w:settings>", protection)
    assert what == "setting"


def test_a_term_that_was_renamed_everywhere_is_told_once():
    draft = edits.Draft(sent(), seed=5)
    edits.change_term_everywhere(draft)
    findings = review(sent(), draft.package()).findings
    assert [f.kind for f in findings if len(f.places) > 50] == ["reworded"]
    assert len(findings) <= 6, [(f.kind, f.section, f.before[:60], f.after[:60]) for f in findings]


def test_a_note_that_a_tracked_deletion_takes_along_is_no_silent_change():
    draft = edits.Draft(sent())
    reference = next(draft.root.iter(w("footnoteReference")))
    edits.track_runs(next(reference.iterancestors(w("p"))), "del")
    findings = review(sent(), draft.package()).findings
    assert findings and {f.source for f in findings} == {"tracked"}


def test_words_that_a_program_put_in_a_fill_in_field_are_no_change():
    draft = edits.Draft(sent(), seed=5)
    _, block = draft.paragraph()
    run = next(block.iter(w("r")))
    field = make("fldSimple")
    field.set(w("instr"), ' FILLIN "" ')
    run.addprevious(field)
    field.append(run)
    assert found(draft.package()) == []
