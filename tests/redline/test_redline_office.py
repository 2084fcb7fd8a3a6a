"""LibreOffice reads AFTER in a redline whose changes it accepted, and BEFORE in one whose changes it rejected."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from redline_files import compare, p, package, table

from ccclauses.ooxml.package.package import write_package
from ccclauses.write import office

BRIDGED = Path("/usr/bin/python3")  # where Debian puts the bridge to LibreOffice


def has_bridge() -> bool:
    return BRIDGED.exists() and not subprocess.run([str(BRIDGED), "-c", "import uno"], capture_output=True).returncode


pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(
        office.find_office() is None or not has_bridge(), reason="LibreOffice with its Python bridge is not installed"
    ),
]

NOTICE = "The Provider shall notify the Client of each Security Breach within 24 hours of Awareness."
AUDIT = "The Client may audit the Provider once a year on 10 Business Days' notice."
ERASE = "The Provider shall erase Client Data within 30 days of the end of the Agreement."
END = "Signed by the parties."
PAIRS = {
    "a-number": ((NOTICE, AUDIT, END), (NOTICE.replace("24", "72"), AUDIT, END)),
    "a-sentence-more": ((NOTICE, AUDIT, END), (NOTICE, f"{AUDIT} It bears its own costs.", END)),
    "a-paragraph-less": ((NOTICE, AUDIT, ERASE, END), (NOTICE, ERASE, END)),
    "a-paragraph-more": ((NOTICE, END), (NOTICE, AUDIT, END)),
    "a-split": ((f"{NOTICE} {AUDIT}", END), (NOTICE, AUDIT, END)),
    "a-merge": ((NOTICE, AUDIT, END), (f"{NOTICE} {AUDIT}", END)),
    "a-move": ((NOTICE, AUDIT, ERASE, END), (ERASE, NOTICE, AUDIT, END)),
    "a-cell": (
        (NOTICE, table(("Severity 1", "4 hours"), ("Severity 2", "8 hours")), END),
        (NOTICE, table(("Severity 1", "2 hours"), ("Severity 2", "8 hours")), END),
    ),
    "a-row": (
        (NOTICE, table(("Severity 1", "4 hours"), ("Severity 3", "3 days")), END),
        (NOTICE, table(("Severity 1", "4 hours"), ("Severity 2", "8 hours"), ("Severity 3", "3 days")), END),
    ),
}


def body(blocks) -> str:
    return "".join(b if b.startswith("<") else p(b) for b in blocks)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Each pair and its redline, as LibreOffice reads them."""
    folder = tmp_path_factory.mktemp("redlines")
    for name, (before, after) in PAIRS.items():
        sides = {"before": package(body(before)), "after": package(body(after))}
        for side, file in {**sides, "redline": compare(sides["before"], sides["after"]).package}.items():
            (folder / f"{name}-{side}.docx").write_bytes(write_package(file.parts))
    script = Path(__file__).with_name("office_revisions.py")
    subprocess.run(
        [str(BRIDGED), str(script), str(office.find_office()), str(folder)],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return folder


@pytest.mark.parametrize("name", PAIRS)
def test_libreoffice_agrees(name, folder):
    def read(file: str) -> str:
        return (folder / f"{name}-{file}.txt").read_text(encoding="utf-8-sig")

    assert read("redline.accept") == read("after.plain")
    assert read("redline.reject") == read("before.plain")
    assert read("before.plain") != read("after.plain")
