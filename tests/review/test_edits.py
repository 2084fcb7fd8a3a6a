"""Each edit that a counterparty makes is found, and nothing else is."""

from __future__ import annotations

from functools import lru_cache

import pytest

from ccclauses.build import build_annex
from ccclauses.cli.common import load_inputs
from ccclauses.ooxml.package import Package, read_package
from ccclauses.resources import library_folder
from ccclauses.review.findings import review

from . import edits

EXAMPLES = library_folder().parent / "examples"
# A term renamed everywhere is found too, but told in every clause instead of once.
EDITS = (
    edits.change_number,
    edits.change_number_tracked,
    edits.change_number_in_split_runs,
    edits.delete_sentence,
    edits.delete_sentence_tracked,
    edits.add_words,
    edits.delete_paragraph,
    edits.delete_paragraph_tracked,
    edits.paste_paragraph,
    edits.paste_paragraph_tracked,
    edits.repeat_paragraph,
    edits.split_paragraph,
    edits.merge_paragraphs,
    edits.move_paragraph,
    edits.swap_clauses,
    edits.delete_clause,
    edits.retype_heading,
    edits.edit_cell,
    edits.hide_words,
    edits.comment,
    edits.change_header,
    edits.wrong_reference,
)


@lru_cache(maxsize=2)
def whole(example: str = "startup-baseline") -> Package:
    profile, library, _ = load_inputs(EXAMPLES / f"{example}.yaml")
    built, problems = build_annex(profile, library)
    assert built, problems
    return read_package(built.data)


@lru_cache(maxsize=1)
def sent() -> Package:
    return edits.without_schedules(whole())


def found(returned: Package) -> list[edits.Expected]:
    return sorted((f.source, f.kind, f.section) for f in review(sent(), returned).findings)


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_an_edit_is_found_and_nothing_else(edit):
    draft = edits.Draft(sent(), seed=5)
    expected = edit(draft)
    assert expected
    assert found(draft.package()) == sorted(expected)


@pytest.mark.parametrize("damage", (edits.strip_anchors, edits.flatten_styles, edits.plain_fields), ids=lambda d: d.__name__)
def test_an_edit_is_found_in_a_file_that_lost_its_marks(damage):
    draft = edits.Draft(sent(), seed=5)
    expected = edits.change_number(draft)
    damage(draft)
    assert set(expected) <= set(found(draft.package()))


def test_several_edits_at_once():
    draft = edits.Draft(sent(), seed=8)
    expected = [*edits.change_number(draft), *edits.delete_sentence_tracked(draft), *edits.comment(draft), *edits.change_header(draft)]
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
