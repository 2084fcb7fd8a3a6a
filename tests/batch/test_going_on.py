"""Whatever ends before its time (a worker, the run, the disk, a cluster), the rest is made and nothing is forgotten."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
import zipfile
from concurrent.futures import BrokenExecutor
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner
from whole_product import takes_long

from ccclauses.amend.papers import papers
from ccclauses.batch import run as batch_run
from ccclauses.batch.jobs import Here
from ccclauses.batch.plan import plan
from ccclauses.batch.run import JOURNAL, LOCK, MANIFEST, make, read_manifest, run
from ccclauses.cli import cli, executors
from ccclauses.cli.executors import processes
from ccclauses.cli.workers import Workers
from ccclauses.common.files import alone
from ccclauses.common.resources import examples_folder, library_folder
from ccclauses.load.library.library import load_library
from ccclauses.load.spreadsheet.table import read_table

BASE = examples_folder() / "startup-full.yaml"
TITLES = "parties.provider.name,parties.provider.country,settings.breach_notice,file"


@pytest.fixture(scope="module")
def shipped():
    return load_library(library_folder())[0]


def table(path: Path, rows) -> Path:
    """Row n of "One Ltd", "Two Ltd" and so on is written to `n.docx`; a pair gives its hours too."""
    lines = [f"{r[0]},GB,{r[1]} hours,{r[0]}" if isinstance(r, tuple) else f"{r},GB,36 hours,{r}" for r in rows]
    path.write_text("\n".join((TITLES, *lines, "")), encoding="utf-8")
    return path


def numbered(count: int) -> list[str]:
    return [f"s{n}" for n in range(count)]


def call(*args) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli, ["batch", *map(str, args)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def jobs_of(path: Path, library):
    return plan(read_table(path)[0], BASE, {}, library)[0].jobs


def work_of(library):
    return partial(make, kinds=("docx",), template=None, folders=(), expected=library.fingerprint)


def started(*args) -> subprocess.Popen[str]:
    """The command in a process of its own, as a user starts it."""
    command = [sys.executable, "-m", "ccclauses", "batch", *map(str, args)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)


def wait_for_files(out: Path, count: int, process: subprocess.Popen[str] | None = None) -> None:
    limit = time.monotonic() + 60
    while len(list(out.glob("*.docx"))) < count and time.monotonic() < limit:
        assert process is None or process.poll() is None, process.communicate()
        time.sleep(0.01)


class TestWorkers:
    def test_results_and_exceptions_come_back(self):
        executor = Workers(2)
        futures = [executor.submit(pow, 2, n) for n in range(20)] + [executor.submit(int, "x")]
        assert [f.result(60) for f in futures[:-1]] == [2**n for n in range(20)]
        with pytest.raises(RuntimeError, match="ValueError invalid literal"):
            futures[-1].result(60)
        executor.shutdown()
        assert executor.ended == 0

    def test_what_is_printed_is_no_answer_and_an_answer_may_be_long(self):
        executor = Workers(1)
        assert len(executor.submit(_prints_and_gives, 1 << 20).result(60)) == 1 << 20
        executor.shutdown()

    def test_a_job_that_ends_its_process_is_tried_twice_and_the_others_are_made(self, tmp_path):
        executor = Workers(1)
        bad = executor.submit(_ends, tmp_path / "tries")
        good = executor.submit(pow, 2, 3)
        with pytest.raises(BrokenExecutor, match="so did a second one"):
            bad.result(60)
        assert good.result(60) == 8
        executor.shutdown()
        assert (tmp_path / "tries").read_text() == "xx" and executor.ended == 2

    @takes_long
    def test_processes_that_only_end_are_not_started_for_ever(self, tmp_path):
        executor = Workers(2)
        futures = [executor.submit(_ends, tmp_path / "tries") for _ in range(40)]
        assert all(isinstance(f.exception(120), BrokenExecutor) for f in futures)
        executor.shutdown()
        assert executor.ended < 25

    def test_what_waits_is_cancelled_when_the_command_ends(self):
        executor = Workers(1)
        futures = [executor.submit(time.sleep, 0.2) for _ in range(50)]
        executor.shutdown(cancel_futures=True)
        assert sum(f.cancelled() for f in futures) >= 48

    @pytest.mark.skipif(os.name != "posix", reason="signals are sent")
    @takes_long
    @pytest.mark.parametrize("size", (1, 1 << 20))
    def test_killed_again_and_again_nothing_is_lost_and_nothing_hangs(self, size):
        # A large answer does not fit the pipe, so that its process is killed in the middle of it.
        executor = Workers(3)
        futures = [executor.submit(_says_who, size) for _ in range(60)]
        killed = 0
        for n, future in enumerate(futures):
            pid = future.result(60)[0]
            if n % 10 == 0:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
                    killed += 1
        executor.shutdown()
        assert killed >= 4 and executor.ended <= killed

    def test_so_many_as_there_are_cores_and_something_to_do(self, monkeypatch):
        monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(4)), raising=False)
        assert [processes(None, n) for n in (1, 39, 40, 10_000)] == [1, 1, 2, 4]
        assert processes(1, 10_000) == 1 and processes(16, 3) == 16
        monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(64)))
        assert processes(None, 10_000) == 8


class TestLostWorkers:
    @takes_long
    def test_a_row_that_ends_its_process_is_told_and_all_others_are_made(self, tmp_path, shipped):
        jobs = jobs_of(table(tmp_path / "v.csv", numbered(6)), shipped)
        executor = Workers(2)
        outcomes = list(run(jobs, tmp_path / "out", executor, _dies_at_row_4))
        executor.shutdown()
        (lost,) = [o for o in outcomes if not o.entry]
        assert len(outcomes) == 6 and lost.job.row == 4
        assert "row 4 (s2) was not made: its worker process ended" in lost.problems[0].message
        again = list(run(jobs, tmp_path / "out", Here(), work_of(shipped)))
        assert all(o.entry for o in again) and sum(o.kept for o in again) == 5

    def test_rows_that_are_left_when_no_process_lives_are_told_in_one_line(self, tmp_path, shipped):
        jobs = jobs_of(table(tmp_path / "v.csv", numbered(60)), shipped)
        outcomes = list(run(jobs, tmp_path / "out", _Broken(), work_of(shipped), ahead=2))
        told = {p for o in outcomes for p in o.problems}
        assert len(outcomes) == 60 and len(told) <= 2
        assert any("the rows that were left were not made: nothing works" in p.message for p in told)

    @takes_long
    @pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="the workers are found in /proc")
    def test_workers_of_the_command_killed_in_the_middle_cost_nothing(self, tmp_path):
        path = table(tmp_path / "v.csv", numbered(60))
        for turn in range(3):
            out = tmp_path / f"out{turn}"
            process = started(path, "--profile", BASE, "--out", out, "--jobs", "2")
            for count in (5, 25):
                wait_for_files(out, count, process)
                with contextlib.suppress(ProcessLookupError):
                    # The oldest: one that takes another's place has a row in hand that was lost once already.
                    for worker in _children(process.pid)[:1]:
                        os.kill(worker, signal.SIGKILL)
            printed, err = process.communicate(timeout=120)
            assert process.returncode == 0 and "60 annexes made" in printed and "0 failed" in printed
            assert err.count("ended early") == 1 and "Traceback" not in err
            assert [zipfile.ZipFile(f).testzip() for f in out.glob("*.docx")] == [None] * 60

    @takes_long
    @pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="the workers are found in /proc")
    def test_workers_end_with_the_command(self, tmp_path):
        out = tmp_path / "out"
        process = started(table(tmp_path / "v.csv", numbered(80)), "--profile", BASE, "--out", out, "--jobs", "2")
        wait_for_files(out, 5, process)
        workers = _children(process.pid)
        process.kill()
        process.communicate()
        limit = time.monotonic() + 30
        while any(_lives(w) for w in workers) and time.monotonic() < limit:
            time.sleep(0.05)
        assert len(workers) == 2 and not any(_lives(w) for w in workers)


class TestStopped:
    @takes_long
    @pytest.mark.skipif(os.name != "posix", reason="signals are sent")
    @pytest.mark.parametrize("jobs", (1, 2))
    def test_ctrl_c_says_how_far_it_got_and_the_same_command_goes_on(self, tmp_path, jobs):
        out = tmp_path / "out"
        args = [table(tmp_path / "v.csv", numbered(80)), "--profile", BASE, "--out", out, "--jobs", jobs]
        process = started(*args)
        wait_for_files(out, 5, process)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does
        printed, err = process.communicate(timeout=60)
        assert process.returncode == 130 and "Aborted" not in err and "Traceback" not in err
        made = len(list(out.glob("*.docx")))
        told = int(err.split("Stopped: ")[1].split()[0])
        assert 5 <= told <= made < 80 and "the same command goes on from there" in err
        code, printed, _ = call(*args)
        assert code == 0 and f"{80 - made} annexes made, {made} kept" in printed
        assert not (out / JOURNAL).exists() and not (out / LOCK).exists()

    def test_any_command_that_is_stopped_has_its_own_status(self, tmp_path, monkeypatch):
        def stopped(*_, **__):
            raise KeyboardInterrupt

        monkeypatch.setattr("ccclauses.portfolio.index.holdings", stopped)
        done = CliRunner().invoke(cli, ["portfolio", str(tmp_path)])
        assert (done.exit_code, done.stderr) == (130, "Stopped.\n")

    def test_a_folder_that_another_run_writes_into_is_left(self, tmp_path):
        path, out = table(tmp_path / "v.csv", ["one"]), tmp_path / "out"
        out.mkdir()
        with alone(out / LOCK):
            code, _, err = call(path, "--profile", BASE, "--out", out)
        assert code == 2 and "another run is writing into" in err and not list(out.glob("*.docx"))
        assert call(path, "--profile", BASE, "--out", out)[0] == 0

    def test_a_file_system_without_locks_is_written_to(self, tmp_path, monkeypatch):
        fcntl = pytest.importorskip("fcntl", reason="locks are others here")

        def none(*_):
            raise OSError(errno.ENOLCK, "No locks available")

        monkeypatch.setattr(fcntl, "flock", none)
        assert call(table(tmp_path / "v.csv", ["one"]), "--profile", BASE, "--out", tmp_path / "out")[0] == 0

    def test_one_holds_a_lock_whoever_asks(self, tmp_path):
        path, holding, most = tmp_path / "lock", [], []

        def hold():
            for _ in range(200):
                with contextlib.suppress(BlockingIOError), alone(path):
                    holding.append(1)
                    most.append(len(holding))
                    holding.pop()

        threads = [threading.Thread(target=hold) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert max(most) == 1 and not path.exists()


class TestFullDisk:
    @pytest.mark.parametrize("name", ("annex", "journal", "manifest"))
    def test_it_is_told_once_nothing_is_half_written_and_the_run_goes_on_later(self, tmp_path, monkeypatch, name):
        path, out = table(tmp_path / "v.csv", numbered(6)), tmp_path / "out"
        args = [path, "--profile", BASE, "--out", out]
        with monkeypatch.context() as patch:
            _fill(patch, name, 3)
            code, _, err = call(*args)
        assert code == 1 and err.count("error") == 1 and "can't go on: No space left on device" in err
        assert "annexes made, 0 kept from before; the same command goes on" in err
        assert [zipfile.ZipFile(f).testzip() for f in out.glob("*.docx")] == [None] * len(list(out.glob("*.docx")))
        assert list(out.glob(".*")) == [] and not (out / MANIFEST).exists()
        made = len(list(out.glob("*.docx")))
        code, printed, _ = call(*args)
        assert code == 0 and f"{6 - made} annexes made, {made} kept" in printed

    @takes_long
    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="mounting needs root")
    def test_a_disk_that_is_full(self, tmp_path):
        out = tmp_path / "small"
        out.mkdir()
        if subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=400k", "none", out], stderr=subprocess.DEVNULL
        ).returncode:
            pytest.skip("nothing can be mounted here")
        args = [table(tmp_path / "v.csv", numbered(12)), "--profile", BASE, "--out", out, "--jobs", "2"]
        try:
            code, _, err = call(*args)
            found = list(out.glob("*.docx"))
            assert code == 1 and "No space left on device" in err and 1 <= len(found) < 12
            assert [zipfile.ZipFile(f).testzip() for f in found] == [None] * len(found)
            subprocess.run(["mount", "-o", "remount,size=8m", out], check=True)
            code, printed, _ = call(*args)
            assert code == 0 and f"{12 - len(found)} annexes made, {len(found)} kept" in printed
        finally:
            subprocess.run(["umount", out], check=True)

    def test_a_line_that_was_cut_off_costs_no_other(self, tmp_path, shipped):
        jobs = jobs_of(table(tmp_path / "v.csv", numbered(2)), shipped)
        (tmp_path / "out").mkdir()
        (tmp_path / "out" / JOURNAL).write_text('\n{"row": 2, "supp')
        outcomes = run(jobs, tmp_path / "out", Here(), work_of(shipped))
        made = next(outcomes)
        outcomes.close()
        assert [e.supplier for e in read_manifest(tmp_path / "out")] == [made.job.supplier]

    def test_one_file_that_cannot_be_written_stops_no_other(self, tmp_path, monkeypatch):
        path, out = table(tmp_path / "v.csv", numbered(3)), tmp_path / "out"
        whole = batch_run.replace_whole

        def refused(place, data):
            if place.name == "s1.docx":
                raise PermissionError(errno.EACCES, "Permission denied")
            whole(place, data)

        monkeypatch.setattr(batch_run, "replace_whole", refused)
        code, printed, err = call(path, "--profile", BASE, "--out", out)
        assert code == 1 and "2 annexes made" in printed and "the file can't be written: Permission denied" in err


class TestEarlierRuns:
    def test_the_manifest_keeps_what_earlier_runs_made_and_says_so(self, tmp_path):
        out = tmp_path / "out"
        call(table(tmp_path / "v2.csv", ["one", "two", "three"]), "--profile", BASE, "--out", out)
        code, printed, _ = call(table(tmp_path / "v3.csv", [("two", 40)]), "--profile", BASE, "--out", out)
        assert code == 0 and "2 files of earlier runs" in printed and "one.docx, three.docx" in printed
        listed = json.loads((out / MANIFEST).read_text("utf-8"))
        names = {kind: [(e["table"], *e["files"]) for e in listed[kind]] for kind in ("annexes", "earlier")}
        assert names == {
            "annexes": [("v3.csv", "two.docx")],
            "earlier": [("v2.csv", "one.docx"), ("v2.csv", "three.docx")],
        }
        # `amend` finds the row of each file by the fingerprint in it.
        assert {e.supplier for p in papers(out, tmp_path / "x") for e in p.manifest} == {"one", "two", "three"}
        code, printed, _ = call(tmp_path / "v2.csv", "--profile", BASE, "--out", out)
        assert code == 0 and "1 annex made, 2 kept" in printed and "earlier" not in printed

    def test_files_of_a_kind_that_a_run_left_out_stay_ours(self, tmp_path):
        path, base, out = table(tmp_path / "v.csv", ["one", "two"]), tmp_path / "base.yaml", tmp_path / "out"
        shutil.copy(BASE, base)
        both = [path, "--profile", base, "--out", out, "--to", "docx", "--to", "json"]
        assert call(*both)[0] == 0
        code, printed, _ = call(*both[:5], "--to", "docx")
        assert code == 0 and "2 files of earlier runs" in printed and "one.json, two.json" in printed
        assert "2 annexes made" in call(*both)[1]  # one fingerprint stands for both files, and no entry has both
        call(*both[:5], "--to", "docx")
        base.write_text(base.read_text("utf-8").replace("2026-05-04", "2026-05-11"), encoding="utf-8")
        code, printed, err = call(*both)
        assert code == 0 and "2 annexes made" in printed and "the file exists" not in err

    def test_what_a_stopped_run_wrote_is_ours_when_its_row_changed(self, tmp_path, monkeypatch):
        path, out = table(tmp_path / "v.csv", ["one"]), tmp_path / "out"
        with monkeypatch.context() as patch:
            _fill(patch, "manifest", 0)
            call(path, "--profile", BASE, "--out", out)
        assert (out / JOURNAL).exists()
        assert call(table(path, [("one", 40)]), "--profile", BASE, "--out", out)[0] == 0

    def test_a_file_that_was_signed_since_is_still_known_and_still_left(self, tmp_path):
        path, out = table(tmp_path / "v.csv", ["one", "two"]), tmp_path / "out"
        call(path, "--profile", BASE, "--out", out)
        (out / "one.docx").write_bytes((out / "one.docx").read_bytes() + b"signed")
        assert call(table(path, [("one", 40)]), "--profile", BASE, "--out", out)[0] == 1
        assert {e.supplier for e in read_manifest(out)} == {"one", "two"}

    def test_what_is_gone_is_forgotten(self, tmp_path):
        out = tmp_path / "out"
        call(table(tmp_path / "a.csv", ["one", "two"]), "--profile", BASE, "--out", out)
        (out / "one.docx").unlink()
        _, printed, _ = call(table(tmp_path / "b.csv", ["three"]), "--profile", BASE, "--out", out)
        assert "1 file of an earlier run is not of this run and was left unchanged: two.docx." in printed
        assert {e.supplier for e in read_manifest(out)} == {"two", "three"}

    def test_many_are_counted_and_some_named(self, tmp_path):
        out = tmp_path / "out"
        call(table(tmp_path / "a.csv", numbered(8)), "--profile", BASE, "--out", out)
        code, printed, _ = call(table(tmp_path / "b.csv", ["s0"]), "--profile", BASE, "--out", out)
        assert "7 files of earlier runs" in printed and "s5.docx and 2 more." in printed
        code, printed, _ = call(tmp_path / "b.csv", "--profile", BASE, "--out", out, "--format", "json")
        assert json.loads(printed)["earlier"] == [f"s{n}.docx" for n in range(1, 8)]

    def test_a_row_that_moved_is_known_by_where_it_stands_now(self, tmp_path):
        out = tmp_path / "out"
        call(table(tmp_path / "a.csv", ["one", "two"]), "--profile", BASE, "--out", out)
        assert "1 kept" in call(table(tmp_path / "b.csv", ["two"]), "--profile", BASE, "--out", out)[1]
        (entry,) = [e for e in read_manifest(out) if e.supplier == "two"]
        assert (entry.table, entry.row) == ("b.csv", 2)


class TestDask:
    @pytest.mark.parametrize(
        "address, told",
        [
            ("foo", "--dask: `foo` can't be reached (missing port number"),
            ("", "--dask: `` can't be reached"),
            ("nosuch://here:8786", "can't be reached (unknown address scheme"),
            pytest.param("tcp://127.0.0.1:1", "no scheduler answers at `tcp://127.0.0.1:1`", marks=pytest.mark.cluster),
        ],
    )
    def test_an_address_where_nobody_is(self, tmp_path, address, told):
        pytest.importorskip("distributed", reason="distributed is not installed")
        path = table(tmp_path / "v.csv", ["one"])
        code, printed, err = call(path, "--profile", BASE, "--out", tmp_path / "out", "--dask", address)
        assert code == 2 and told in err and not printed and not (tmp_path / "out").exists()

    @pytest.mark.cluster
    def test_a_cluster_without_workers_is_not_waited_for_for_ever(self, tmp_path, monkeypatch):
        pytest.importorskip("distributed", reason="distributed is not installed")
        monkeypatch.setattr(executors, "_PATIENCE", 1.0)
        path = table(tmp_path / "v.csv", ["one"])
        with _scheduler(tmp_path) as (address, _):
            code, _, err = call(path, "--profile", BASE, "--out", tmp_path / "out", "--dask", address)
        assert code == 2 and "The cluster has no worker; waiting" in err and "no worker came to" in err

    @pytest.mark.cluster
    @pytest.mark.parametrize(
        "what, told",
        [
            ("worker", ["the cluster has had no worker for 2 seconds"]),
            # Whichever the client finds out first.
            ("scheduler", ["the scheduler of the cluster is gone", "the cluster dropped what it was to do"]),
        ],
    )
    def test_a_cluster_that_is_lost_in_the_middle_is_told(self, tmp_path, what, told):
        pytest.importorskip("distributed", reason="distributed is not installed")
        path, out = table(tmp_path / "v.csv", numbered(400)), tmp_path / "out"
        module = [sys.executable, "-m", "dask", "worker", "--no-nanny", "--nthreads", "1", "--no-dashboard"]
        # The client of a cluster writes what it lost to standard error when its process ends.
        patience = "from ccclauses.cli import executors, main; executors._PATIENCE = 2.0; main()"
        with _scheduler(tmp_path) as (address, scheduler):
            quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
            worker = subprocess.Popen([*module, address, "--local-directory", str(tmp_path / "w")], **quiet)
            args = ["batch", path, "--profile", BASE, "--out", out, "--dask", address]
            command = [sys.executable, "-c", patience, *map(str, args)]
            process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            try:
                wait_for_files(out, 5, process)
                (worker if what == "worker" else scheduler).kill()
                _, err = process.communicate(timeout=60)
            finally:
                process.kill()
                worker.kill()
                worker.wait()
        assert process.returncode == 1 and err.count("error") == 1 and "Traceback" not in err
        assert any(f"can't go on: {t}" in err for t in told) and "the same command goes on from there" in err


@contextlib.contextmanager
def _scheduler(folder: Path):
    where = folder / "scheduler.json"
    command = [sys.executable, "-m", "dask", "scheduler", "--port", "0", "--no-dashboard", "--scheduler-file", where]
    process = subprocess.Popen([*map(str, command)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        limit = time.monotonic() + 60
        while not where.exists() and time.monotonic() < limit:
            time.sleep(0.1)
        time.sleep(0.2)
        yield json.loads(where.read_text("utf-8"))["address"], process
    finally:
        process.kill()
        process.wait()


class _Broken(Here):
    def submit(self, fn, /, *args, **kwargs):
        raise BrokenExecutor("nothing works")


def _fill(patch, name: str, after: int) -> None:
    """Let the disk be full when the annex, line or manifest after that many is to be written."""
    left, whole, note = [after], batch_run.replace_whole, batch_run._note

    def spend(is_it: bool) -> None:
        if is_it and left[0] == 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        left[0] -= is_it

    def replace(place, data):
        spend(name == "manifest" and place.name == MANIFEST or name == "annex")
        whole(place, data)

    def line(out, entry):
        spend(name == "journal")
        note(out, entry)

    if name == "manifest":
        left[0] = 0
    patch.setattr(batch_run, "replace_whole", replace)
    patch.setattr(batch_run, "_note", line)


def _children(pid: int) -> list[int]:
    """The processes that a process and its threads have started."""
    found = [int(c) for t in Path(f"/proc/{pid}/task").iterdir() for c in (t / "children").read_text().split()]
    return sorted(found)


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def _prints_and_gives(size: int) -> bytes:
    print("not for the pipe")
    return b"x" * size


def _ends(tries: Path) -> None:
    with tries.open("a") as stream:
        stream.write("x")
    os._exit(1)


def _says_who(size: int) -> tuple[int, bytes]:
    time.sleep(0.01)
    return os.getpid(), b"x" * size


def _dies_at_row_4(job):
    if job.row == 4:
        os._exit(1)
    return work_of(load_library(library_folder())[0])(job)
