"""Word files as sides: ours, with and without the annex they came from, and anybody's."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from ccclauses.cli.common import load_inputs
from ccclauses.ooxml.package.package import read_package, write_package
from ccclauses.pipeline import build_annex
from ccclauses.report.diff.diff_text import write_diff_text
from ccclauses.sides.read import SideReader, compare_sides

sys.path.insert(0, str(Path(__file__).parent.parent / "redline"))
from redline_files import p, package, table  # noqa: E402

PROFILE = Path(__file__).parents[1] / "profiles" / "short.yaml"
READER = SideReader(load_profile=load_inputs)


def side(path):
    found, problems = READER.read(str(path))
    assert found is not None, problems
    return found


def report(before, after, only="substantive", **more) -> str:
    return write_diff_text(compare_sides(side(before), side(after), **more), only)


@pytest.fixture(scope="module")
def sent(tmp_path_factory):
    """The Word file of the example."""
    profile, library, _ = load_inputs(PROFILE)
    built, problems = build_annex(profile, library)
    assert built is not None, problems
    path = tmp_path_factory.mktemp("word") / "sent.docx"
    path.write_bytes(built.data)
    return path


def returned(sent, *changes: tuple[str, str]) -> Path:
    """The file with these replacements in the text of its document, as a counterparty would type them."""
    found = read_package(sent)
    text = found.parts[found.main_part].decode()
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    path = sent.with_name("returned.docx")
    path.write_bytes(write_package({**found.parts, found.main_part: text.encode()}))
    return path


def test_a_word_file_says_what_its_profile_says(sent):
    for sides in ((sent, PROFILE), (PROFILE, sent), (sent, sent)):
        assert "No differences" in report(*sides, only="all"), report(*sides, only="all")


def test_a_value_that_was_typed_over_is_told_with_its_direction(sent):
    profile, library, _ = load_inputs(PROFILE)
    built, _ = build_annex(profile, library, kind="json")
    value = built.annex.parameters["breach_notice"].text
    found = report(PROFILE, returned(sent, (f"at the latest {value} after", "at the latest 96 hours after")))
    assert f"{value} → 96 hours, looser" in found
    back = report(sent.with_name("returned.docx"), PROFILE)
    assert f"96 hours → {value}, stricter" in back
    assert "Coverage" not in found and "Definitions" not in found


def test_a_value_between_two_word_files_is_told_without_its_direction(sent):
    found = report(sent, returned(sent, ("at the latest 72 hours after", "at the latest 96 hours after")))
    assert "16.2: 72 hours → 96 hours\n" in found and "16 Security Breach: values changed" in found


def test_what_the_money_comes_to_follows_a_cap_that_was_typed_over(sent):
    profile, library, _ = load_inputs(PROFILE)
    annex = build_annex(profile, library, kind="json")[0].annex
    cap = annex.parameters["annual_cap"].text
    clause = next(c for c in annex.clauses if c.id == annex.parameters["annual_cap"].clause)
    paragraph = next(b.text for b in clause.blocks if f"{cap} of" in getattr(b, "text", ""))
    start = paragraph[: paragraph.index(f"{cap} of")][-25:]
    found = report(PROFILE, returned(sent, (f"{start}{cap} of", f"{start}1% of")))
    assert f"{cap} → 1%, looser" in found
    assert "Most that the credits of a year can come to: GBP 13,920.00 → GBP 1,740.00" in found


def test_a_definition_that_was_changed(sent):
    found = report(PROFILE, returned(sent, (", whoever employs them", "")))
    assert "“Personnel” reworded" in found


def test_tracked_changes_are_read_as_accepted_and_told(tmp_path):
    path = tmp_path / "tracked.docx"
    change = (
        '<w:del w:id="1" w:author="A" w:date="2025-01-01T00:00:00Z"><w:r><w:delText>10</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="A" w:date="2025-01-01T00:00:00Z"><w:r><w:t>20</w:t></w:r></w:ins>'
    )
    before = tmp_path / "plain.docx"
    before.write_bytes(write_package(package(p("Fees of 10 EUR are due.")).parts))
    path.write_bytes(write_package(package(p("Fees of ", change, " EUR are due.")).parts))
    _, problems = READER.read(str(path))
    assert any("tracked changes" in d.message for d in problems)
    assert "Fees of [-10-][+20+] EUR" in report(before, path)


FOREIGN = (
    p("Services Agreement")
    + p("1. Notices")
    + p("1.1 Notices are in writing and signed by an officer of the party.")
    + p("1.2 A notice takes effect 24 hours after it was sent.")
    + p("2. Fees")
    + p("2.1 The fees are EUR 1,000 for each month.")
    + p("“Fees” means the sums in clause 2.")
    + table(("Item", "Price"), ("Seat", "EUR 10"))
)


def test_a_contract_of_anybody_is_cut_at_its_headings(tmp_path):
    before, after = tmp_path / "a.docx", tmp_path / "b.docx"
    before.write_bytes(write_package(package(FOREIGN).parts))
    text = (
        FOREIGN.replace("1.1 Notices", "1.2 Notices")
        .replace("1.2 A notice", "1.1 A notice")
        .replace("24 hours", "48 hours")
    )
    text = text.replace("means the sums", "means all sums").replace("EUR 10<", "EUR 12<").replace("1,000", "900")
    after.write_bytes(write_package(package(text).parts))
    found = report(before, after)
    assert "1 Notices: " in found and "2 Fees: " in found
    assert "[-24-][+48+] hours" in found and "24 hours → 48 hours" in found
    assert "EUR [-1,000-][+900+]" in found and "Seat | EUR [-10-][+12+]" in found
    assert "“Fees” reworded: means [-the-][+all+] sums" in found
    assert "Notices are in writing" not in found  # only its typed number changed


def test_what_is_no_word_file_is_refused(tmp_path):
    path = tmp_path / "bad.docx"
    path.write_bytes(b"Dear colleague")
    found, problems = READER.read(str(path))
    assert found is None and "not a Word file" in problems[0].message


def test_a_profile_at_another_posture(sent):
    strict, problems = replace(READER, posture="strict").read(str(PROFILE))
    assert strict is not None, problems
    found = write_diff_text(compare_sides(side(sent), strict))
    assert "stricter" in found and "looser" not in found.split("Exposure")[0]


def test_a_heading_over_a_contents_list_is_no_entry_of_it(tmp_path):
    before, after = tmp_path / "a.docx", tmp_path / "b.docx"
    for path, words in ((before, "Contents"), (after, "What is in it")):
        path.write_bytes(write_package(package(p(words, properties='<w:pStyle w:val="TOCHeading"/>')).parts))
    assert "[-Contents-]" in report(before, after)


def test_words_in_the_field_of_a_contents_list_are_compared(tmp_path):
    field = '<w:fldSimple w:instr="TOC \\o"><w:r><w:t>The fee is {}.</w:t></w:r></w:fldSimple>'
    before, after = tmp_path / "a.docx", tmp_path / "b.docx"
    for path, fee in ((before, "EUR 5"), (after, "EUR 9")):
        path.write_bytes(write_package(package(p(field.format(fee))).parts))
    assert "[-5-][+9+]" in report(before, after)
