"""A folder of annexes as a table: what stands in the files, what an index may and may not remember, and filters."""

from __future__ import annotations

import io
import json
import os
import sqlite3
import time
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from ccclauses.cli import cli
from ccclauses.common.resources import examples_folder, library_folder
from ccclauses.load.library.library import load_library
from ccclauses.load.profile.profile import load_profile
from ccclauses.pipeline import build_annex
from ccclauses.portfolio.filters import chosen, read_filter
from ccclauses.portfolio.holding import holding_of
from ccclauses.portfolio.index import INDEX, holdings, other_files
from ccclauses.report.portfolio import counts_said, write_portfolio_table

docx = pytest.importorskip("docx")

EXAMPLES = ("retail-uk", "insurer-germany", "startup-full")
TODAY = date(2026, 11, 24)
TESTS = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def shipped():
    return load_library(library_folder())[0]


@pytest.fixture(scope="module")
def built(shipped):
    return {n: build_annex(load_profile(examples_folder() / f"{n}.yaml", shipped)[0], shipped)[0] for n in EXAMPLES}


@pytest.fixture
def folder(tmp_path, built):
    for name, annex in built.items():
        (tmp_path / f"{name}.docx").write_bytes(annex.data)
    return tmp_path


@pytest.fixture
def one(tmp_path, built):
    """A folder of one annex, for what doesn't depend on how many there are."""
    (tmp_path / "startup-full.docx").write_bytes(built["startup-full"].data)
    return tmp_path


@pytest.fixture(scope="module")
def little():
    """The small library of the tests."""
    return load_library(TESTS / "library")[0]


@pytest.fixture(scope="module")
def short(little):
    """An annex of it, which is read in no time."""
    return build_annex(load_profile(TESTS / "profiles" / "full.yaml", little)[0], little)[0].data


@pytest.fixture
def short_one(tmp_path, short):
    """A folder of one short annex, for what doesn't depend on its words."""
    (tmp_path / "short.docx").write_bytes(short)
    return tmp_path


@pytest.fixture(scope="module")
def read(built, shipped):
    """All annexes, read."""
    return [holding_of(annex.data, f"{name}.docx", shipped, TODAY) for name, annex in built.items()]


def call(*args):
    result = CliRunner().invoke(cli, ["portfolio", *map(str, args)], env={"SOURCE_DATE_EPOCH": "1795000000"})
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_file_says_what_its_annex_holds(built, shipped, name):
    annex = built[name].annex
    found = holding_of(built[name].data, name, shipped, TODAY)
    assert (found.supplier, found.client, found.reference) == (annex.provider.name, annex.client.name, annex.reference)
    assert (found.fingerprint, found.date, found.changed) == (annex.fingerprint, annex.date.isoformat(), False)
    assert dict(found.clauses) == {c.id: str(c.version) for c in annex.clauses}
    assert found.posture == built[name].resolution.profile.posture
    assert date.fromisoformat(found.review) >= TODAY


def test_the_second_run_reads_only_what_changed(folder, shipped, built):
    first, fresh = holdings(folder, shipped, TODAY)
    assert fresh == 3
    second, fresh = holdings(folder, shipped, TODAY)
    assert (second, fresh) == (first, 0)
    (folder / "retail-uk.docx").write_bytes(built["insurer-germany"].data)
    (folder / "startup-full.docx").unlink()
    third, fresh = holdings(folder, shipped, TODAY)
    assert fresh == 1 and [h.supplier for h in third] == [built["insurer-germany"].annex.provider.name] * 2


def test_a_file_is_known_by_its_bytes_and_not_by_size_and_time(short_one, little, short):
    path = short_one / "short.docx"
    holdings(short_one, little, TODAY)
    stamp = path.stat()
    path.write_bytes(short[:-1] + b"x")
    os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert path.stat().st_size == stamp.st_size
    assert holdings(short_one, little, TODAY)[1] == 1
    path.write_bytes(short)
    os.utime(path, ns=(1, 1))
    holdings(short_one, little, TODAY)
    os.utime(path, ns=(2, 2))
    assert holdings(short_one, little, TODAY)[1] == 0


def test_an_index_that_another_program_holds_is_told_and_left_alone(short_one, little):
    first, _ = holdings(short_one, little, TODAY)
    holder = sqlite3.connect(short_one / INDEX, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    kept = (short_one / INDEX).stat().st_ino
    told = []
    begun = time.monotonic()
    again, fresh = holdings(short_one, little, TODAY, tell=lambda words: told.append((words, time.monotonic() - begun)))
    holder.close()
    assert (again, fresh) == (first, 1) and (short_one / INDEX).stat().st_ino == kept
    assert len(told) == 1 and "another program holds" in told[0][0] and told[0][1] < 2
    assert holdings(short_one, little, TODAY) == (first, 0)


@pytest.mark.parametrize("how", ("garbage", "empty", "stamp", "rows", "day", "asked"))
def test_an_index_in_doubt_is_made_again(short_one, little, how):
    first, _ = holdings(short_one, little, TODAY)
    path = short_one / INDEX
    if how == "garbage":
        path.write_bytes(b"not a database" * 100)
    elif how == "empty":
        path.write_bytes(b"")
    elif how in ("stamp", "rows"):
        with sqlite3.connect(path) as base:
            base.execute("UPDATE stamp SET text = '[]'" if how == "stamp" else "UPDATE holdings SET holding = '[1'")
        base.close()
    again, fresh = holdings(short_one, little, date(2026, 11, 25) if how == "day" else TODAY, rebuild=how == "asked")
    assert fresh == 1 and [h.supplier for h in again] == [h.supplier for h in first]
    assert holdings(short_one, little, TODAY)[1] in (0, 1)


def _rewritten(path, sql, *values):
    with sqlite3.connect(path) as base:
        for statement in sql.split("; "):
            base.execute(statement, values if "?" in statement else ())
    base.close()


@pytest.mark.parametrize(
    "member, value",
    [
        ("clauses", ["breach"]),
        ("values", {"breach_notice": 4}),
        ("coverage", {"gdpr": "all"}),
        ("supplier", None),
        ("supplier", "\ud800"),
        ("changed", "yes"),
        ("remarks", "none"),
        ("remarks", [3]),
        ("file", "../other.docx"),
        ("unknown", ""),
    ],
)
def test_a_row_that_no_file_could_tell_is_read_again(short_one, little, member, value):
    first, _ = holdings(short_one, little, TODAY)
    told = json.dumps({**asdict(first[0]), member: value})
    _rewritten(short_one / INDEX, "UPDATE holdings SET holding = ?", told)
    assert holdings(short_one, little, TODAY) == (first, 1)


@pytest.mark.parametrize("told", ("[" * 20_000, "3", '"x"', " " * 100_000 + "{}"))
def test_a_row_that_is_no_holding_is_read_again(short_one, little, told):
    first, _ = holdings(short_one, little, TODAY)
    _rewritten(short_one / INDEX, "UPDATE holdings SET holding = ?", told)
    assert holdings(short_one, little, TODAY) == (first, 1)


def test_an_index_that_runs_a_query_of_its_own_is_not_asked(short_one, little):
    first, _ = holdings(short_one, little, TODAY)
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS text FROM n WHERE i < 0"
    _rewritten(short_one / INDEX, f"DROP TABLE stamp; CREATE VIEW stamp AS {endless}")
    assert holdings(short_one, little, TODAY) == (first, 1)


@pytest.mark.skipif(os.geteuid() == 0 if hasattr(os, "geteuid") else True, reason="nothing is refused to the superuser")
def test_a_folder_that_can_only_be_read_has_no_index(folder, shipped):
    folder.chmod(0o500)
    try:
        assert len(holdings(folder, shipped, TODAY)[0]) == 3 and not (folder / INDEX).exists()
    finally:
        folder.chmod(0o700)


@pytest.mark.parametrize(
    "text, names",
    [
        ("breach_notice > 12 hours", {"startup-full"}),
        ("breach_notice <= 720 minutes", {"retail-uk", "insurer-germany"}),
        ("supplier ~ NORTH", {"retail-uk"}),
        ("dora = all", {"insurer-germany"}),
        ("dora < all", set()),
        ("breach-handling >= 1", set(EXAMPLES)),
        ("breach-handling < 1", set()),
        ("year > GBP 100,000", {"retail-uk"}),
        ("posture != strict", {"retail-uk", "startup-full"}),
        ("date < 2026-02-01", {"insurer-germany"}),
        ("changed = no", set(EXAMPLES)),
        ("remark ~ clause", set()),
    ],
)
def test_filters(read, shipped, text, names):
    asked, problem = read_filter(text, shipped)
    assert problem is None
    assert {h.file.removesuffix(".docx") for h in chosen(read, [asked])} == names


@pytest.mark.parametrize(
    "text",
    (
        "",
        "breach_notice",
        "breach_notic > 2 hours",
        "> 3",
        "supplier =",
        "breach_notice > 24",
        "year > 100000",
        "review < 01/02/2027",
        "date > yesterday",
        "year > much",
        "breach_notice > never",
        "breach-handling < two",
    ),
)
def test_what_is_no_filter_is_told(one, text):
    result = call(one, "--where", text)
    assert result.exit_code == 2 and "--where:1:1: error" in result.stderr


def test_a_file_that_is_none_is_a_row_that_says_why(one):
    (one / "bad.docx").write_bytes(b"PK\x03\x04 nothing")
    (one / "~$lock.docx").write_bytes(b"x")
    result = call(one)
    assert (
        result.exit_code == 1
        and "bad.docx" in result.stdout
        and "Remark" in result.stdout
        and "lock" not in result.stdout
    )


@pytest.mark.parametrize("width", (None, 200, 120, 80, 40))
def test_the_table_is_a_row_for_each_annex_and_fits(read, width):
    text = write_portfolio_table(read, width, counts_said(read))
    *lines, total = text.splitlines()
    assert total == "3 annexes." and "Remark" not in text
    below = next(i for i, line in enumerate(lines) if set(line) == {"-", " "})
    rule, rows = lines[below], lines[below + 1 :]
    if width is None:
        assert len(rows) == 3 and all(
            h.supplier in row and h.file in row and h.review in row for h, row in zip(read, rows)
        )
    else:
        assert max(map(len, text.splitlines())) <= width
        starts = [i for i in range(len(rule)) if rule[i] == "-" and (i == 0 or rule[i - 1] == " ")]
        cells = ["".join(row[a:b].strip() for row in rows) for a, b in zip(starts, [*starts[1:], None])]
        assert cells[1] == "".join(h.file for h in read) and cells[2] == "".join(h.date for h in read)


def test_a_block_for_each_annex_is_asked_for(one):
    short, full = call(one).stdout, call(one, "--long").stdout
    assert "Evergood" in short and "Reference" not in short and "  Reference: PB-SEC-1\n" in full


def test_page_workbook_and_data_hold_the_same_annexes(folder, tmp_path):
    for kind in ("html", "xlsx", "json"):
        assert call(folder, "-o", tmp_path / f"out.{kind}").exit_code == 0
    data = json.loads((tmp_path / "out.json").read_text("utf-8"))["annexes"]
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert book.sheetnames == ["Annexes", "Clauses", "Values"]
    assert [r[0] for r in book["Annexes"].iter_rows(min_row=2, values_only=True)] == [h["supplier"] for h in data]
    page = (tmp_path / "out.html").read_text("utf-8")
    assert all(h["supplier"] in page for h in data) and "<script" not in page
    assert call(folder, "-o", tmp_path / "out.html").exit_code == 2


def test_a_workbook_holds_numbers_and_dates(folder, tmp_path):
    call(folder, "-o", tmp_path / "out.xlsx")
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    head, *rows = book["Annexes"].iter_rows()
    row = {h.value: c for h, c in zip(head, rows[1])}
    assert row["File"].value == "retail-uk.docx" and row["Currency"].value == "GBP"
    assert (row["Most in a month"].value, row["Most in a month"].number_format) == (36000 + 18000, "#,##0.00")
    assert row["Date"].value.date() == date(2026, 3, 2) and row["Date"].number_format == "yyyy-mm-dd"
    assert isinstance(row["Clauses"].value, int)
    versions = {h.value: c.value for h, c in zip(*list(book["Clauses"].iter_rows())[:2])}
    assert isinstance(versions["breach-handling"], int)
    values = {h.value: c for h, c in zip(book["Values"][1], book["Values"][3])}
    assert (values["at_risk_month"].value, values["at_risk_month"].number_format) == (0.15, "0.00%")


def _contract(path):
    """A contract of somebody else."""
    document = docx.Document()
    for title in ("Services", "Fees", "Liability"):
        document.add_heading(f"1. {title}", 1)
        document.add_paragraph(f"The parties agree on {title.lower()}.")
    document.save(path)


def test_files_of_all_kinds_are_counted_apart(one, built):
    _contract(one / "other.docx")
    (one / "bad.docx").write_bytes(b"PK\x03\x04 nothing")
    (one / "copy.docx").write_bytes(built["startup-full"].data)
    for name in ("scan.pdf", "old.doc", "startup-full.yaml"):
        (one / name).write_bytes(b"x")
    lines = call(one).stdout.splitlines()
    assert lines[-2] == "2 annexes (1 with the fingerprint of another), 1 other contract, 1 file that can't be read."
    assert lines[-1] == "2 files of other kinds were not read: old.doc, scan.pdf."
    assert any("same fingerprint as copy.docx" in line for line in lines)
    data = json.loads(call(one, "--format", "json").stdout)
    assert data["counts"] == {"annexes": 2, "other_contracts": 1, "unreadable": 1}
    assert data["not_read"] == ["old.doc", "scan.pdf"] == other_files(one)
    assert {h["file"]: h["kind"] for h in data["annexes"]}["other.docx"] == "contract"
    assert "0 of 2 annexes" in call(one, "--where", "supplier ~ nobody").stdout


def _edited(data, path, old, new):
    document = docx.Document(io.BytesIO(data))
    runs = [r for p in document.paragraphs for r in p.runs if old in r.text]
    runs[0].text = runs[0].text.replace(old, new)
    document.save(path)


def test_an_edited_clause_is_found_by_its_own_words(tmp_path, built):
    notice = "at the latest 12 hours after"
    _edited(built["retail-uk"].data, tmp_path / "late.docx", notice, "at the latest 36 hours after")
    _edited(built["retail-uk"].data, tmp_path / "vague.docx", notice, "at the latest a reasonable time after")
    _edited(built["retail-uk"].data, tmp_path / "other.docx", "without undue delay and at", "at")
    text = call(tmp_path, "--where", "breach_notice > 24 hours").stdout
    assert (
        "late.docx" in text
        and "Notice of a Security Breach, from Awareness: clause 24.2 says 36 hours; the key terms: 12 hours" in text
    )
    assert "1 of 3 annexes" in text and "breach_notice is not known of vague.docx." in text
    rows = {h["file"]: h for h in json.loads(call(tmp_path, "--format", "json").stdout)["annexes"]}
    assert rows["late.docx"]["values"]["breach_notice"] == "36 hours" and rows["late.docx"]["changed"] is True
    assert (
        rows["other.docx"]["clauses"]["breach-handling"].endswith(", changed") and rows["other.docx"]["changed"] is True
    )
    assert "breach_notice" not in rows["vague.docx"]["values"]
    assert call(tmp_path, "--where", "breach-handling ~ changed").stdout.count("other.docx") >= 1


def test_the_library_that_an_annex_was_made_with_gives_its_versions(one, shipped, built):
    newer = {
        i: replace(c, version=c.version + 1,
                   variants=tuple(replace(v, text=v.text.replace(" shall ", " must ")) for v in c.variants),
                   parts=tuple(replace(p, text=p.text.replace(" shall ", " must ")) for p in c.parts))
        for i, c in shipped.clauses.items()
    }  # fmt: skip
    library = replace(shipped, clauses=newer, fingerprint="other")
    alone = holding_of(built["startup-full"].data, "a.docx", library, TODAY)
    assert "not known" in alone.clauses.values() and any("neither the version" in r for r in alone.remarks)
    beside = holding_of(built["startup-full"].data, "a.docx", library, TODAY, [shipped])
    assert beside.clauses == {i: str(shipped.clauses[i].version) for i in beside.clauses} and not beside.changed


def test_a_supplier_s_name_is_never_markup_or_a_formula(one, tmp_path, shipped):
    data = (
        (examples_folder() / "startup-full.yaml")
        .read_text("utf-8")
        .replace("Evergood Support Limited", "=cmd()<b>x</b>")
    )
    (tmp_path / "p.yaml").write_text(data, encoding="utf-8")
    (one / "evil.docx").write_bytes(build_annex(load_profile(tmp_path / "p.yaml", shipped)[0], shipped)[0].data)
    call(one, "-o", tmp_path / "out.html")
    call(one, "-o", tmp_path / "out.xlsx")
    assert "<b>x" not in (tmp_path / "out.html").read_text("utf-8")
    cells = [c for row in openpyxl.load_workbook(tmp_path / "out.xlsx")["Annexes"] for c in row]
    assert any("=cmd()" in str(c.value) for c in cells) and all(c.data_type != "f" for c in cells)
