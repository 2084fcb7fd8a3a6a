"""A file fit to be sent: what was named is accepted or rejected, comments and metadata are gone, and all of it is said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from ccclauses.cli import cli
from ccclauses.ooxml.namespaces import w
from ccclauses.ooxml.package.package import Package, read_package, write_package
from ccclauses.ooxml.revisions import list_revisions
from ccclauses.read.word.docx import read_docx
from ccclauses.review.cleaning import Rule, clean

from . import edits
from .test_edits import sent

ONE, TWO = edits.AUTHOR, "Jane Doe"


def marked() -> Package:
    """A file with tracked changes and a comment by one author, and tracked changes by another."""
    draft = edits.Draft(sent(), seed=3)
    for edit in (
        edits.change_number_tracked,
        edits.comment,
        edits.delete_paragraph_tracked,
        edits.move_paragraph_tracked,
    ):
        edit(draft)
    second = edits.Draft(draft.package(), seed=11)
    before = set(second.root.iter(w("ins"), w("del")))
    edits.paste_paragraph_tracked(second)
    edits.add_row_tracked(second)
    for mark in second.root.iter(w("ins"), w("del")):
        if mark not in before:
            mark.set(w("author"), TWO)
    return second.package()


def words(package: Package, view: str = "accepted") -> list[str]:
    return [p.text for p in read_docx(package, view=view).paragraphs()]


def cleaned(*rules: Rule, **more):
    result, problems = clean(marked(), rules, **more)
    assert result is not None, problems
    return result


def authors(package: Package) -> set[str]:
    return {r.author for r in list_revisions(package.xml(package.main_part))}


@pytest.mark.parametrize(("verdict", "view"), (("accept", "accepted"), ("reject", "rejected")))
def test_all_settled_is_the_file_read_that_way(verdict, view):
    result = cleaned(Rule(verdict=verdict))
    assert authors(result.package) == set()
    assert words(result.package, "all") == words(marked(), view)
    assert not [line for line in result.left if "tracked" in line]


@pytest.mark.parametrize(("first", "second"), (("accept", "reject"), ("reject", "accept")))
def test_each_author_is_settled_alone_and_in_any_order(first, second):
    both = cleaned(Rule(verdict=first, by=ONE), Rule(verdict=second, by=TWO)).package
    one, _ = clean(marked(), [Rule(verdict=second, by=TWO)])
    other, _ = clean(one.package, [Rule(verdict=first, by=ONE)])
    assert words(both, "all") == words(other.package, "all")
    assert authors(one.package) == {ONE} and authors(both) == set()
    kept = cleaned(Rule(verdict=first, by=ONE)).package
    for view in ("accepted", "rejected"):
        rest, _ = clean(kept, [Rule(verdict=view[:6])])
        assert words(rest.package, "all") == words(kept, view)


def test_a_clause_goes_before_an_author_and_an_author_before_all():
    package = marked()
    clause = next(p for p in read_docx(package, view="all").paragraphs() if any(s.author == TWO for s in p.segments))
    assert clause
    result = cleaned(Rule(verdict="reject"), Rule(verdict="accept", by=ONE))
    accepted, _ = clean(package, [Rule(verdict="accept", by=ONE), Rule(verdict="reject", by=TWO)])
    assert words(result.package, "all") == words(accepted.package, "all")


def test_changes_of_one_clause_alone(tmp_path):
    draft = edits.Draft(sent(), seed=3)
    ((_, _, section),) = edits.change_number_tracked(draft)
    edits.paste_paragraph_tracked(draft)
    result, _ = clean(draft.package(), [Rule(verdict="reject", within=section)])
    left = edits.Draft(result.package).sections()
    assert not [m for b in left[section] for m in b.iter(w("ins"), w("del"))]
    assert authors(result.package) == {ONE}


def test_no_word_of_who_made_the_file_stays():
    package = marked()
    core = package.parts["docProps/core.xml"].replace(
        b"</cp:coreProperties>", b"<dc:creator>Secret Person</dc:creator></cp:coreProperties>"
    )
    package = read_package(write_package({**package.parts, "docProps/core.xml": core}))
    result, _ = clean(package, [Rule(verdict="accept")])
    again = read_package(write_package(result.package.parts))
    held = b"".join(again.parts.values())
    assert not [name for name in (ONE, TWO, "Secret Person") if name.encode() in held]
    assert not read_docx(again).comments and not [p for p in again.parts if "comments" in p]
    assert any(line.startswith("1 comment") for line in result.gone) and "author: Secret Person" in result.gone
    assert words(again) == words(package)
    twice, _ = clean(again, [])
    assert twice.gone == ()


def test_what_stays_is_said():
    result = cleaned(comments=False)
    assert any(line.endswith(f"tracked changes by {ONE}") for line in result.left)
    assert "1 comment" in result.left


def run(*arguments: str):
    return CliRunner().invoke(cli, ["clean", *arguments])


def test_every_rule_that_names_nobody_or_nothing_is_reported_and_nothing_is_written(tmp_path):
    file = tmp_path / "draft.docx"
    file.write_bytes(write_package(marked().parts))
    result = run(str(file), "--accept", "by Jane Do", "--reject", "in 999", "--accept", "all", "--reject", "all")
    assert result.exit_code == 2 and "did you mean `Jane Doe`" in result.output
    assert "there is no clause `999`" in result.output and "both accepted and rejected" in result.output
    assert not (tmp_path / "draft-clean.docx").exists()
    for wrong in ("Jane Doe", "by", "in "):
        assert run(str(file), "--accept", wrong).exit_code == 2
    (tmp_path / "no.docx").write_bytes(b"PK no file")
    assert run(str(tmp_path / "no.docx")).exit_code == 2


def test_the_command_says_what_went(tmp_path):
    file, out = tmp_path / "draft.docx", tmp_path / "out.docx"
    file.write_bytes(write_package(marked().parts))
    result = run(str(file), "-o", str(out), "--accept", "all", "--format", "json")
    assert result.exit_code in (0, 1), result.output
    said = json.loads(result.stdout)
    assert any(f"by {TWO} accepted" in line for line in said["gone"]) and Path(said["file"]) == out
    assert run(str(out), "-o", str(out), "--force").exit_code == 2
