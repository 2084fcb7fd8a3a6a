"""Many annexes: several processes find and write what one does, and what goes wrong in one is told for its files."""

from __future__ import annotations

import os
import shutil
from concurrent.futures import ProcessPoolExecutor
from functools import partial

import docx
from click.testing import CliRunner
from whole_product import takes_long

from ccclauses.amend.papers import papers
from ccclauses.amend.run import Order, effect_for, effects
from ccclauses.amend.writing.document import Terms
from ccclauses.cli import cli
from ccclauses.cli.workers import Workers
from ccclauses.model.findings.amendment import Effect

from .annexes import ALL, DAY, NAME, SMALL, changed, sign


def several(folder, count):
    """Copies of one signed annex with its profile, and a file that is none."""
    sign(folder)
    for n in range(1, count):
        for suffix in (".docx", ".yaml"):
            shutil.copy(folder / f"{NAME}{suffix}", folder / f"{NAME}-{n}{suffix}")
    (folder / "broken.docx").write_bytes(b"no Word file")
    return folder


@takes_long
def test_two_processes_write_and_print_what_one_does(tmp_path):
    signed, new = several(tmp_path / "signed", 4), changed(tmp_path / "new", *ALL, adds=True)
    found = []
    for jobs in (1, 2):
        out = tmp_path / f"out-{jobs}"
        args = ["amend", signed, "--from", SMALL, "--library", new, "--out", out, "--date", DAY, "--format", "json"]
        done = CliRunner().invoke(cli, [*map(str, args), "--jobs", str(jobs)])
        found.append((done.exit_code, done.output, {p.name: p.read_bytes() for p in out.iterdir()}))
    assert found[0] == found[1]
    assert found[0][0] == 1 and len([n for n in found[0][2] if n.endswith("-amended.docx")]) == 4


def test_the_files_of_a_process_that_ended_are_told_in_their_order(tmp_path):
    found = papers(several(tmp_path / "signed", 3), tmp_path / "out")
    with ProcessPoolExecutor(1) as executor:
        told = [effect for effect, files in effects(found, executor, _dies, 2) if not files]
    assert [e.file for e in told] == [p.name for p in found]
    assert all(e.state == "unreadable" and "run it again" in e.problems[0] for e in told)


@takes_long
def test_a_file_whose_process_ended_once_is_read_by_another(tmp_path):
    found = papers(several(tmp_path / "signed", 2), tmp_path / "out")
    executor = Workers(1)
    told = [effect for effect, _ in effects(found, executor, partial(_dies_once, tmp_path / "died"), 2)]
    executor.shutdown()
    assert [e.problems for e in told] == [("read",)] * len(found) and executor.ended == 1


def test_a_library_that_changed_since_the_run_began_decides_nothing(tmp_path):
    (paper,) = papers(sign(tmp_path / "signed"), tmp_path / "out")
    order = partial(
        Order, old=(str(SMALL),), new=(str(SMALL),), base=None, template="", terms=Terms(day=DAY), papers=True
    )
    effect, files = effect_for(paper, order(expected=("", "")))
    assert effect.state == "unreadable" and "changed while" in effect.problems[0] and not files


def _dies_once(mark, paper):
    if not mark.exists():
        mark.touch()
        os._exit(1)
    return Effect(file=paper.name, state="unreadable", problems=("read",)), {}


def _dies(paper):
    os._exit(1)


def test_drafts_and_files_of_other_kinds_are_told_and_the_board_sees_each_file(tmp_path):
    signed, new = several(tmp_path / "signed", 2), changed(tmp_path / "new", *ALL, adds=True)
    (signed / "scan.pdf").write_bytes(b"x")
    for word in signed.glob(f"{NAME}*.docx"):
        document = docx.Document(str(word))
        next(p for p in document.paragraphs if p.text.startswith("Version\t")).add_run(" (draft)")
        document.save(str(word))
    out = tmp_path / "out"
    args = ["amend", signed, "--from", SMALL, "--library", new, "--out", out, "--date", DAY]
    done = CliRunner().invoke(cli, list(map(str, args)))
    assert done.output.count("it is marked as a draft") == 2
    assert "1 file of another kind was not read: scan.pdf." in done.output
    assert "does not tell what was edited since" in done.output
    page = (out / "summary.html").read_text("utf-8")
    board = page[page.index("Affected annexes") : page.index("</table>", page.index("Affected annexes"))]
    assert f"<td>{NAME}.docx</td>" in board and f"<td>{NAME}-1.docx</td>" in board


def test_a_folder_without_word_files_gives_no_summary(tmp_path):
    (tmp_path / "none").mkdir()
    (tmp_path / "none" / "old.doc").write_bytes(b"x")
    done = CliRunner().invoke(cli, ["amend", str(tmp_path / "none"), "--out", str(tmp_path / "out")])
    assert done.exit_code == 2 and "no Word file" in done.output and "old.doc" in done.output
    assert not (tmp_path / "out").exists()
