"""The package in Python: quick to import, one call to build, a python-docx document to go on with."""

from __future__ import annotations

import configparser
import io
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from docx import Document

import ccclauses
from ccclauses.ooxml.package.package import write_package
from ccclauses.ooxml.package.parse import PackageError

ROOT = Path(__file__).parents[1]
SHORT = ROOT / "tests" / "profiles" / "short.yaml"


def test_every_public_name_is_there():
    assert [name for name in ccclauses.__all__ if getattr(ccclauses, name, None) is None] == []


def test_the_example_of_the_documentation_runs(tmp_path, monkeypatch):
    page = ROOT / "docs" / "how-to" / "python.md"
    if not page.exists():
        pytest.skip("the documentation is in the source tree only")
    (code,) = re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    exec(compile(code, str(page), "exec"), {})
    written = Document(str(tmp_path / "annex.docx"))
    assert written.paragraphs[0].text == "For signature by Friday."
    assert written.tables[-1].rows[0].cells[1].text == "A. Example"


def test_what_is_handed_over_is_the_annex_and_is_saved_the_same_each_time():
    built = ccclauses.build(SHORT)
    first = ccclauses.document_bytes(built.document())
    time.sleep(2.1)  # the clock of a zip archive has steps of two seconds
    assert ccclauses.document_bytes(built.document()) == first
    texts = [p.text for p in Document(io.BytesIO(built.data)).paragraphs]
    assert [p.text for p in built.document().paragraphs] == texts
    assert built.document() is not built.document()


def test_a_profile_that_gives_no_annex_raises_every_problem(tmp_path):
    (tmp_path / "deal.yaml").write_text("client: 3\nsuplier: x\n", encoding="utf-8")
    with pytest.raises(ccclauses.InputError) as caught:
        ccclauses.build(tmp_path / "deal.yaml")
    assert len(caught.value.problems) > 1 and "deal.yaml:2:1" in str(caught.value)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04",
        write_package({"[Content_Types].xml": b"<Types/>"}),
        write_package({"[Content_Types].xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><Types>&b;</Types>"}),
    ],
)
def test_what_is_no_sound_word_file_is_one_kind_of_error(data):
    with pytest.raises(PackageError):
        ccclauses.open_document(data)


def test_a_relationship_to_nothing_is_told_as_damage():
    from ccclauses.ooxml.package.package import read_package

    parts = dict(read_package(ccclauses.build(SHORT).data).parts)
    del parts["word/numbering.xml"]
    with pytest.raises(PackageError, match="do not fit together"):
        ccclauses.open_document(write_package(parts))


@pytest.mark.parametrize("arguments", [["--help"], ["build", str(SHORT), "-o", "annex.docx"]])
def test_python_docx_is_imported_only_where_it_works(tmp_path, arguments):
    code = f"import sys\nfrom ccclauses.cli import cli\ncli({arguments!r}, standalone_mode=False)\n"
    check = "assert 'docx' not in sys.modules, 'python-docx was imported'\n"
    script = f"import atexit, sys, os\natexit.register(lambda: 'docx' in sys.modules and os._exit(9))\n{code}{check}"
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_importing_the_package_imports_next_to_nothing():
    code = "import sys, ccclauses\nprint([m for m in ('docx', 'lxml', 'yaml', 'jinja2', 'click') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "[]\n"


def test_the_readme_gives_a_reason_for_each_package_that_is_required():
    if not (ROOT / "README.md").exists():
        pytest.skip("the documentation is in the source tree only")
    parser = configparser.ConfigParser()
    parser.read(ROOT / "setup.cfg", encoding="utf-8")
    required = {re.split(r"[ ><=;]", line)[0] for line in parser["options"]["install_requires"].split("\n") if line}
    section = (ROOT / "README.md").read_text(encoding="utf-8").split("## What it requires")[1].split("\n## ")[0]
    rows = [row.split("|") for row in section.splitlines() if row.startswith("| `")]
    listed = {name for row in rows for name in re.findall(r"`([^`]+)`", row[1])}
    assert listed == required and all(row[2].strip() for row in rows)
