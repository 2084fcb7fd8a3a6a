"""Many suppliers: every row is checked, the others go on, and what a stopped run has done is kept."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
import zipfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from whole_product import takes_long

from ccclauses.batch.jobs import Here
from ccclauses.batch.plan import Job, plan
from ccclauses.batch.run import MANIFEST, Made, make, read_manifest, run
from ccclauses.cli import cli
from ccclauses.common.resources import examples_folder, library_folder
from ccclauses.load.library.library import load_library
from ccclauses.load.profile.profile import load_profile_text
from ccclauses.load.spreadsheet.table import read_table
from ccclauses.model.diagnostic import Diagnostic, Position
from ccclauses.pipeline import build_annex

BASE = examples_folder() / "startup-full.yaml"
TITLES = ["parties.provider.name", "parties.provider.country", "annex.reference", "settings.breach_notice"]


@pytest.fixture(scope="module")
def shipped():
    return load_library(library_folder())[0]


def table(path: Path, rows, titles=TITLES) -> Path:
    text = io.StringIO()
    csv.writer(text).writerows([titles, *rows])
    path.write_text(text.getvalue(), encoding="utf-8")
    return path


def suppliers(count: int):
    return [[f"Supplier {n} Ltd", "GB", f"REF-{n}", f"{n % 60 + 10} hours"] for n in range(count)]


def call(*args) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli, ["batch", *map(str, args)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


class TestRows:
    def test_an_annex_of_a_batch_is_the_one_built_singly(self, tmp_path, shipped):
        code, _, err = call(table(tmp_path / "v.csv", suppliers(2)), "--profile", BASE, "--out", tmp_path / "out")
        assert code == 0 and "error" not in err
        text = f"""\
extends: {BASE}
parties: {{provider: {{name: Supplier 1 Ltd, country: GB, address: "", registration: "", signatories: []}}}}
contacts:
  - {{party: client, role: Client Security Lead, name: Imogen Clarke, email: security@pebblebox.example, phone: "+44 117 496 0101", stand_in: Leo Marsh}}
sites: []
systems:
  - {{party: client, name: "Client's ticket system", keeps: All Client Data (a Client System)}}
annex: {{reference: REF-1}}
settings: {{breach_notice: 11 hours}}
"""
        profile, _ = load_profile_text(text, str(tmp_path / "x.yaml"), shipped)
        alone = build_annex(profile, shipped)[0].data
        made = (tmp_path / "out" / "supplier-1-ltd-ref-1.docx").read_bytes()
        document = [zipfile.ZipFile(io.BytesIO(d)).read("word/document.xml") for d in (alone, made)]
        assert document[0] == document[1]

    def test_each_bad_row_is_told_by_its_cell_and_the_others_go_on(self, tmp_path):
        rows = suppliers(4)
        rows[1][3], rows[2][1] = "999 hours", "Narnia"
        path = table(tmp_path / "v.csv", rows)
        code, out, err = call(path, "--profile", BASE, "--out", tmp_path / "out")
        assert code == 1
        assert f"{path}:3:4: error: line 3, column D (settings.breach_notice): `breach_notice` is 999 hours" in err
        assert f"{path}:4:2: error:" in err
        assert "2 annexes made" in out and "2 rows wrong" in out
        assert sorted(p.name for p in (tmp_path / "out").iterdir()) == [
            MANIFEST,
            "supplier-0-ltd-ref-0.docx",
            "supplier-3-ltd-ref-3.docx",
        ]

    def test_a_line_is_counted_as_an_editor_counts_it(self, tmp_path):
        rows = suppliers(2)
        rows[0][0] = "A name\nin two lines"
        rows[1][3] = "999 hours"
        path = table(tmp_path / "v.csv", rows)
        assert f"{path}:4:4: error" in call(path, "--profile", BASE, "--check")[2]

    @pytest.mark.parametrize(
        "titles, told",
        [
            (["parties.provider.nam"], "did you mean `parties.provider.name`?"),
            (["settings.breach_notic"], "did you mean `settings.breach_notice`?"),
            (["law", "law"], "the column `law` appears twice"),
            (["extends"], "`extends` can't be a column"),
            (["libraries"], "one library is loaded for all rows"),
            (["contacts.01.name"], "`contacts.01.name` is not a key"),
        ],
    )
    def test_a_column_that_is_no_key(self, tmp_path, titles, told):
        code, _, err = call(table(tmp_path / "v.csv", [["x"] * len(titles)], titles), "--profile", BASE, "--check")
        assert code == 1 and told in err and ":1:" in err

    def test_an_unknown_title_is_meant_for_the_supplier_and_can_be_mapped(self, tmp_path):
        _, _, err = call(table(tmp_path / "v.csv", [["GB"]], ["Country"]), "--profile", BASE, "--check")
        assert "did you mean `parties.provider.country`?" in err and '--map "Country=KEY"' in err

    def test_a_row_without_its_supplier_is_not_the_supplier_of_the_base(self, tmp_path):
        path = table(tmp_path / "v.csv", [["", "GB"], ["One Ltd", "GB"]], TITLES[:2])
        code, out, err = call(path, "--profile", BASE, "--check")
        assert (
            code == 1
            and f"{path}:2:1: error: line 2, column A (parties.provider.name): the row names no supplier" in err
            and "1 right, 1 wrong" in out
        )

    def test_what_no_annex_can_be_composed_of_is_told_with_the_rows(self, tmp_path):
        base = tmp_path / "base.yaml"
        text = BASE.read_text("utf-8").partition("processing:")[0]
        base.write_text(re.sub("^annex:", "annex:\n  status: final", text, flags=re.M), encoding="utf-8")
        rows = [*suppliers(3), ["Last Ltd", "GB", "R-9", "20 hours"]]
        code, out, err = call(table(tmp_path / "v.csv", rows), "--profile", base, "--check")
        assert code == 1 and "0 right, 4 wrong" in out
        assert (
            "still open: the subject matter of the processing; a final annex can't be made; 3 other rows lack it too"
            in err
        )
        base.write_text(text, encoding="utf-8")  # a draft prints brackets
        assert "4 right, 0 wrong" in call(table(tmp_path / "v.csv", rows), "--profile", base, "--check")[1]

    def test_titles_alone_are_no_table_of_suppliers(self, tmp_path):
        code, _, err = call(table(tmp_path / "v.csv", []), "--profile", BASE, "--check")
        assert code == 1 and "there is no row below the titles" in err

    def test_two_rows_with_one_file(self, tmp_path):
        path = table(tmp_path / "v.csv", [["One Ltd", "GB"], ["ONE LTD", "GB"]], TITLES[:2])
        code, _, err = call(path, "--profile", BASE, "--check")
        assert (
            code == 1
            and f"{path}:3:1: error: " in err
            and "the files of this row have the name of those of row 2" in err
        )

    @pytest.mark.parametrize("name", ("../x", "con", "a/b", ".hidden", "x" * 81))
    def test_a_name_that_is_no_file_name(self, tmp_path, name):
        code, _, err = call(table(tmp_path / "v.csv", [[name]], ["file"]), "--profile", BASE, "--check")
        assert code == 1 and "can't name files everywhere" in err

    def test_a_workbook_says_the_same(self, tmp_path):
        book = openpyxl.Workbook()
        for row in [TITLES, *suppliers(2)]:
            book.active.append(row)
        book.save(tmp_path / "v.xlsx")
        call(tmp_path / "v.xlsx", "--profile", BASE, "--out", tmp_path / "a")
        call(table(tmp_path / "v.csv", suppliers(2)), "--profile", BASE, "--out", tmp_path / "b")
        listed = [json.loads((tmp_path / n / MANIFEST).read_text("utf-8"))["annexes"] for n in "ab"]
        assert [[e["annex"], e["differs"]] for e in listed[0]] == [[e["annex"], e["differs"]] for e in listed[1]]

    def test_columns_of_other_names_are_mapped_or_left_out(self, tmp_path):
        path = table(tmp_path / "v.csv", [["One Ltd", "GB", "call them"]], ["Vendor", TITLES[1], "Notes"])
        code, out, err = call(
            path, "--profile", BASE, "--check", "--map", "Vendor=parties.provider.name", "--map", "Notes="
        )
        assert code == 0 and "error" not in err and "1 right" in out
        code, _, err = call(path, "--profile", BASE, "--check", "--map", "Vender=parties.provider.name")
        assert code == 1 and "names no column" in err

    @pytest.mark.parametrize(
        "data", (b"", b"\xff\xfea\0", b'a,b\n"never closed', b"\n\n\na,b", b"a\0b\nc", b"law\nx,y")
    )
    def test_a_broken_table_is_told(self, tmp_path, data):
        (tmp_path / "v.csv").write_bytes(data)
        code, _, err = call(tmp_path / "v.csv", "--profile", BASE, "--out", tmp_path / "out")
        assert code in (1, 2) and "error" in err and not (tmp_path / "out").exists()


class TestRuns:
    def test_what_a_worker_says_of_a_row_is_told_where_the_row_stands(self, tmp_path, monkeypatch):
        def refuses(profile, library, **how):
            return None, [Diagnostic(rule="made-up", message="no", at=Position(file=profile.file, line=7))]

        monkeypatch.setattr("ccclauses.batch.run.build_annex", refuses)
        path = table(tmp_path / "v.csv", suppliers(1))
        code, out, err = call(path, "--profile", BASE, "--out", tmp_path / "out", "--jobs", "1")
        assert code == 1 and f"{path}:2:1: error: no [made-up]" in err and "1 failed" in out

    def test_what_is_done_is_kept_and_what_changed_is_made_again(self, tmp_path):
        path, out = table(tmp_path / "v.csv", suppliers(3)), tmp_path / "out"
        call(path, "--profile", BASE, "--out", out)
        assert "0 annexes made, 3 kept" in call(path, "--profile", BASE, "--out", out)[1]
        rows = suppliers(3)
        rows[1][3] = "40 hours"
        (out / "supplier-2-ltd-ref-2.docx").unlink()
        assert "2 annexes made, 1 kept" in call(table(path, rows), "--profile", BASE, "--out", out)[1]

    def test_a_file_of_somebody_else_is_left_as_it_is(self, tmp_path):
        path, out = table(tmp_path / "v.csv", suppliers(2)), tmp_path / "out"
        out.mkdir()
        (out / "supplier-1-ltd-ref-1.docx").write_text("mine")
        code, printed, err = call(path, "--profile", BASE, "--out", out)
        assert code == 1 and "left as it is" in err and "1 annex made" in printed
        assert (out / "supplier-1-ltd-ref-1.docx").read_text() == "mine"
        assert call(path, "--profile", BASE, "--out", out, "--force")[0] == 0

    @pytest.mark.parametrize("manifest", ("", "[", "[1]", '{"annexes": 3}', '{"annexes": [{"row": 1}]}'))
    def test_a_damaged_manifest_is_as_none(self, tmp_path, manifest):
        path, out = table(tmp_path / "v.csv", suppliers(1)), tmp_path / "out"
        out.mkdir()
        (out / MANIFEST).write_text(manifest)
        assert call(path, "--profile", BASE, "--out", out)[0] == 0

    @pytest.mark.parametrize(
        "member, value",
        [
            ("differs", ["posture"]),
            ("differs", {"posture": 3}),
            ("files", {"a.docx": None}),
            ("supplier", "\ud800"),
            ("annex", ["x"]),
            ("row", "2"),
        ],
    )
    def test_a_line_of_a_manifest_that_no_run_wrote_is_passed_over(self, tmp_path, member, value):
        line = {
            "row": 2,
            "supplier": "S",
            "annex": "a",
            "job": "j",
            "files": {"a.docx": "0"},
            "differs": {"posture": "strict"},
        }
        lines = [line, {**line, member: value}]
        (tmp_path / MANIFEST).write_text(json.dumps({"annexes": lines}))
        assert [e.supplier for e in read_manifest(tmp_path)] == ["S"]

    def test_a_lost_worker_is_told_and_the_next_run_goes_on(self, tmp_path, shipped):
        rows, _ = read_table(table(tmp_path / "v.csv", suppliers(6)))
        jobs = plan(rows, BASE, {}, shipped)[0].jobs
        with ProcessPoolExecutor(1) as executor:
            outcomes = list(run(jobs, tmp_path / "out", executor, _dies_at_the_third, ahead=1))
        assert len(outcomes) == 6 and [o.entry is not None for o in outcomes][:3] == [True, True, False]
        assert all("run it again" in o.problems[0].hint for o in outcomes if not o.entry)
        again = list(run(jobs, tmp_path / "out", Here(), _work(shipped)))
        assert [o.kept for o in again] == [True, True, False, False, False, False] and all(o.entry for o in again)

    def test_one_job_that_fails_in_whatever_way_does_not_stop_the_others(self, tmp_path):
        def fails(job):
            if job.row == 2:
                raise ValueError("no good")
            return bytes_of(job)

        outcomes = sorted(run(jobs_of(3), tmp_path, Here(), fails), key=lambda o: o.job.row)
        assert [(o.job.row, o.entry is None) for o in outcomes] == [(1, False), (2, True), (3, False)]
        (problem,) = outcomes[1].problems
        assert "row 2 (Supplier 2) was not made: ValueError no good" in problem.message
        assert [e.row for e in read_manifest(tmp_path)] == [1, 3]

    def test_a_row_that_was_wrong_for_a_run_may_be_made_anew(self, tmp_path):
        """Its file is ours still, though the run in between made nothing of it."""
        one, two = jobs_of(2)
        list(run([one, two], tmp_path, Here(), bytes_of))
        list(run([one], tmp_path, Here(), bytes_of))
        assert {e.row for e in read_manifest(tmp_path)} == {1, 2}
        changed = replace(two, fingerprint="new", supplier="Supplier Two")
        (outcome,) = run([changed], tmp_path, Here(), lambda job: replace(bytes_of(job), files=(("docx", b"new"),)))
        assert outcome.entry and (tmp_path / "two.docx").read_bytes() == b"new"
        assert [(e.row, e.supplier) for e in read_manifest(tmp_path)] == [(1, "Supplier 1"), (2, "Supplier Two")]
        (tmp_path / "one.docx").unlink()
        list(run([], tmp_path, Here(), bytes_of))
        assert [e.row for e in read_manifest(tmp_path)] == [2]

    def test_what_a_library_other_than_the_planned_one_would_make_is_not_made(self, shipped):
        made = make(jobs_of(1)[0], ("docx",), None, (), "0" * 64)
        assert not made.files and [p.rule for p in made.problems] == ["library-differs"]

    def test_a_file_that_can_not_be_written_is_told_and_the_others_go_on(self, tmp_path):
        (tmp_path / "two.docx").mkdir()
        outcomes = sorted(run(jobs_of(3), tmp_path, Here(), bytes_of, force=True), key=lambda o: o.job.row)
        assert [o.entry is None for o in outcomes] == [False, True, False]
        assert "can't be written" in outcomes[1].problems[0].message
        assert outcomes[1].problems[0].at.file.endswith("two.docx")

    def test_what_a_run_left_half_written_is_swept_away(self, tmp_path):
        (tmp_path / ".one.docx.x.part").write_text("half")
        list(run(jobs_of(1), tmp_path, Here(), bytes_of))
        assert sorted(f.name for f in tmp_path.iterdir()) == [MANIFEST, "one.docx"]

    def test_a_manifest_that_names_files_elsewhere_keeps_nothing(self, tmp_path):
        """Else a file of the same bytes outside the folder would pass for the annex."""
        (job,) = jobs_of(1)
        (tmp_path / "elsewhere.docx").write_bytes(b"x")
        digest = hashlib.sha256(b"x").hexdigest()
        out = tmp_path / "out"
        out.mkdir()
        for name in ("../elsewhere.docx", 7, str(tmp_path / "elsewhere.docx")):
            entry = {
                "row": 1,
                "supplier": "",
                "annex": "",
                "job": job.fingerprint,
                "differs": {},
                "files": {name: digest},
            }
            (out / MANIFEST).write_text(json.dumps({"annexes": [entry]}))
            (outcome,) = run([job], out, Here(), bytes_of)
            assert not outcome.kept and (out / "one.docx").exists()

    @takes_long
    def test_killed_at_any_moment_it_leaves_whole_files_and_goes_on(self, tmp_path):
        path, out = table(tmp_path / "v.csv", suppliers(40)), tmp_path / "out"
        command = [
            sys.executable,
            "-m",
            "ccclauses",
            "batch",
            str(path),
            "--profile",
            str(BASE),
            "--out",
            str(out),
            "--jobs",
            "2",
        ]
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        limit = time.monotonic() + 60
        while len(list(out.glob("*.docx")) if out.exists() else ()) < 3 and time.monotonic() < limit:
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        found = list(out.glob("*.docx"))
        assert 3 <= len(found) < 40 and not (out / MANIFEST).exists()
        assert [zipfile.ZipFile(f).testzip() for f in found] == [None] * len(found)
        # Each is noted before it is written, so that none is made again.
        kept = len(found)
        assert {f.name for f in found} <= {name for e in read_manifest(out) for name in e.files}
        code, printed, err = call(path, "--profile", BASE, "--out", out)
        assert code == 0 and "error" not in err and f"{40 - kept} annexes made, {kept} kept" in printed
        assert len(list(out.glob("*.docx"))) == 40 and list(out.glob(".*.part")) == []


def jobs_of(count: int) -> list[Job]:
    """Jobs that need no profile, for a worker that makes anything."""
    return [
        Job(row=n, name=("one", "two", "three")[n - 1], supplier=f"Supplier {n}", text="", file="t.csv", differs=(), fingerprint=f"{n}")
        for n in range(1, count + 1)
    ]  # fmt: skip


def bytes_of(job: Job) -> Made:
    return Made(annex="a", files=(("docx", job.name.encode()),), problems=())


def _work(library):
    return partial(make, kinds=("docx",), template=None, folders=(), expected=library.fingerprint)


def _dies_at_the_third(job):
    if job.row == 4:
        os._exit(1)
    return _work(load_library(library_folder())[0])(job)


@pytest.mark.cluster
def test_a_cluster_that_loses_a_worker_in_the_middle_makes_them_all(tmp_path, shipped):
    distributed = pytest.importorskip("distributed", reason="distributed is not installed")
    rows, _ = read_table(table(tmp_path / "v.csv", suppliers(60)))
    jobs = plan(rows, BASE, {}, shipped)[0].jobs
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    where = tmp_path / "scheduler.json"
    module = [sys.executable, "-m", "dask"]
    started = [
        subprocess.Popen(
            [*module, "scheduler", "--port", "0", "--no-dashboard", "--scheduler-file", str(where)], **quiet
        )
    ]
    try:
        worker = [*module, "worker", "--no-nanny", "--nthreads", "1", "--no-dashboard", "--scheduler-file", str(where)]
        started += [
            subprocess.Popen([*worker, "--local-directory", str(tmp_path / f"w{n}")], **quiet) for n in range(2)
        ]
        limit = time.monotonic() + 30
        while not where.exists() and time.monotonic() < limit:
            time.sleep(0.1)
        with distributed.Client(scheduler_file=str(where), timeout="30s", set_as_default=False) as client:
            client.wait_for_workers(2, timeout=30)
            outcomes = []
            for outcome in run(jobs, tmp_path / "out", client.get_executor(), _work(shipped), ahead=16):
                outcomes.append(outcome)
                if len(outcomes) == 10:
                    started[1].send_signal(signal.SIGKILL)
            assert started[1].wait(10) == -signal.SIGKILL
    finally:
        for process in started:
            process.kill()
            process.wait()
    assert len(outcomes) == 60 and [o.problems for o in outcomes if not o.entry] == []
    assert len(list((tmp_path / "out").glob("*.docx"))) == 60
