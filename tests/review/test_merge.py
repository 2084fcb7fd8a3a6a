"""Two markups in one file: all accepted has both, all rejected is what was sent, and nothing is lost."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime, timezone

import pytest
from click.testing import CliRunner
from whole_product import sample

from ccclauses.cli import cli
from ccclauses.ooxml.package.package import Package, read_package, write_package
from ccclauses.ooxml.revisions import list_revisions
from ccclauses.read.word.docx import read_docx
from ccclauses.review.merging import Markup, _three_way, merge

from . import edits
from .test_edits import sent

DATE = datetime(2026, 2, 5, tzinfo=timezone.utc)
QUIET = (edits.change_number, edits.add_words, edits.paste_paragraph, edits.edit_cell, edits.delete_paragraph)
TRACKED = (
    edits.change_number_tracked,
    edits.paste_paragraph_tracked,
    edits.add_row_tracked,
    edits.delete_paragraph_tracked,
)


def markup(name: str, seed: int, made) -> Markup:
    draft = edits.Draft(sent(), seed=seed)
    for edit in made:
        edit(draft)
    return Markup(package=draft.package(), name=name, author=name)


def words(package: Package, view: str = "accepted") -> Counter[str]:
    return Counter(" ".join(p.text.split()) for p in read_docx(package, view=view).paragraphs() if p.text.strip())


def merged(first: Markup, second: Markup):
    result = merge(sent(), first, second, date=DATE)
    return result, read_package(write_package(result.package.parts))


@pytest.mark.parametrize(("one", "other"), sample([(3, 11), (5, 8), (1, 2), (7, 9)], 4))
@pytest.mark.parametrize("kinds", sample([(QUIET, TRACKED), (TRACKED, QUIET), (QUIET, QUIET)], 3))
def test_accepted_it_has_both_and_rejected_it_is_what_was_sent(one, other, kinds):
    first, second = markup("First", one, kinds[0]), markup("Second", other, kinds[1])
    result, file = merged(first, second)
    assert words(file, "rejected") == words(sent())
    was = words(sent())
    disputed = (was - words(first.package)).keys() & (was - words(second.package)).keys()
    for side in (first, second):
        lost = [t for t in words(side.package) - was if t not in words(file)]
        # A paragraph that both changed in different places reads like neither of them.
        assert len(lost) <= len(disputed)
        assert not [t for t in was - words(side.package) if words(file)[t] > was[t]]
    assert {r.author for r in list_revisions(file.xml(file.main_part))} == {"First", "Second"}


def swapped(old: str, new: str, name: str) -> Markup:
    """A markup that changes words of one paragraph, in which they are together."""
    draft = edits.Draft(sent(), seed=1)
    block = next(b for bs in draft.sections().values() for b in bs if old in edits.text_of(b))
    edits.set_text(block, edits.text_of(block).replace(old, new, 1))
    return Markup(package=draft.package(), name=name, author=name)


def paragraph() -> tuple[str, list[str]]:
    """A long paragraph of what was sent, and its words."""
    draft = edits.Draft(sent(), seed=1)
    text = next(
        edits.text_of(b)
        for bs in draft.sections().values()
        for b in bs
        if b.tag.endswith("}p") and len(edits.text_of(b).split(" ")) > 30 and "\u00a0" not in edits.text_of(b)
    )
    return text, text.split(" ")


def test_changes_of_one_paragraph_in_different_places_are_both_made():
    text, parts = paragraph()
    first, second = (
        swapped(text, " ".join(["Alpha", *parts[1:]]), "A"),
        swapped(text, " ".join([*parts[:-1], "omega."]), "B"),
    )
    result, file = merged(first, second)
    assert result.conflicts == () and " ".join(["Alpha", *parts[1:-1], "omega."]) in words(file)
    assert words(file, "rejected") == words(sent())


def test_the_same_change_is_made_once():
    text, parts = paragraph()
    first, second = (swapped(text, " ".join(["Alpha", *parts[1:]]), name) for name in "AB")
    result, file = merged(first, second)
    assert result.conflicts == () and words(file) == words(first.package)
    assert {r.author for r in list_revisions(file.xml(file.main_part))} == {"A"}


def test_a_conflict_is_shown_and_both_wordings_are_kept():
    text, parts = paragraph()
    first, second = (
        swapped(text, " ".join([word, *parts[1:]]), name) for word, name in (("Alpha", "A"), ("Beta", "B"))
    )
    result, file = merged(first, second)
    (conflict,) = result.conflicts
    assert conflict.first.startswith("Alpha") and conflict.second.startswith("Beta")
    assert {" ".join([word, *parts[1:]]) for word in ("Alpha", "Beta")} <= words(file).keys()
    (comment,) = read_docx(file).comments
    assert "Conflict" in comment.text and "Alpha" in comment.text and "Beta" in comment.text
    assert words(file, "rejected") == words(sent())


def test_comments_and_words_beside_the_body_of_both_are_kept():
    first = markup("A", 3, (edits.comment, edits.change_footnote))
    second = markup("B", 4, (edits.comment, edits.change_header))
    result, file = merged(first, second)
    said = {c.text for side in (first, second) for c in read_docx(side.package).comments}
    assert said <= {c.text for c in read_docx(file).comments}
    for view, sides in (("accepted", (first.package, second.package)), ("rejected", (sent(), sent()))):
        stories = {p.text for p in read_docx(file, view=view).stories}
        for story, side in zip(("footnote", "header"), sides):
            assert {p.text for p in read_docx(side).stories if p.story == story} <= stories


def test_what_no_text_can_show_is_listed():
    result, _ = merged(markup("A", 3, (edits.change_number,)), markup("B", 4, (edits.protect,)))
    assert len(result.unmerged) == 1 and "editing is restricted" in result.unmerged[0]


@pytest.mark.parametrize(
    ("old", "first", "second", "expected"),
    (
        ("a b c d e", "X b c d e", "a b c d Y", "X b c d Y"),
        ("a b c d e", "a b c d e", "a b Z d e", "a b Z d e"),
        ("a b c d e", "a c d e", "a b c d e f", "a c d e f"),
        ("a b c", "a X c", "a Y c", None),
        ("a b c", "X b c", "X b c", "X b c"),
    ),
)
def test_three_texts(old, first, second, expected):
    parts = _three_way(old, first, second)
    assert (parts and "".join((first, second)[side - 1][a:b] for side, (a, b) in parts)) == expected


def test_the_command(tmp_path):
    paths = {}
    for name, package in (
        ("sent", sent()),
        ("a", markup("A", 3, (edits.change_number_tracked,)).package),
        ("b", markup("B", 4, (edits.add_words,)).package),
    ):
        paths[name] = tmp_path / f"{name}.docx"
        paths[name].write_bytes(write_package(package.parts))
    out = tmp_path / "merged.docx"
    arguments = ("merge", str(paths["a"]), str(paths["b"]), "--base", str(paths["sent"]), "-o", str(out))
    result = CliRunner().invoke(cli, [*arguments, "--format", "json"])
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["by"] == [edits.AUTHOR, "b"] and out.exists()
    assert CliRunner().invoke(cli, list(arguments)).exit_code == 2  # it exists
    paths["a"].write_bytes(b"PK no file")
    refused = CliRunner().invoke(cli, [*arguments[:-1], str(tmp_path / "new.docx")])
    assert refused.exit_code == 2 and "Traceback" not in refused.output and not (tmp_path / "new.docx").exists()
