"""Many suppliers: a table becomes an annex for each row, by the command as a user runs it."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

from .timing import spent

ROOT = Path(__file__).resolve().parent.parent


def batch(folder: Path, rows: int, processes: int) -> float:
    """Processor seconds of the whole command on all its processes, its start and the check of every row included."""
    table = folder / "vendors.csv"
    with table.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(
            ["parties.provider.name", "parties.provider.country", "annex.reference", "settings.breach_notice"]
        )
        writer.writerows([f"Supplier {n} Ltd", "GB", f"REF-{n}", f"{n % 60 + 10} hours"] for n in range(rows))
    base, out = ROOT / "examples" / "startup-full.yaml", folder / "out"
    command = [
        "-m",
        "ccclauses",
        "batch",
        str(table),
        "--profile",
        str(base),
        "--out",
        str(out),
        "--jobs",
        str(processes),
    ]
    seconds, status = spent(command)
    assert status == 0 and len(list(out.glob("*.docx"))) == rows
    return seconds


def amend(folder: Path, rows: int, *options: str) -> float:
    """Processor seconds of `amend` on the annexes of a batch, after a paragraph of one clause got other words."""
    batch(folder, rows, 1)
    new, base = folder / "new", ROOT / "examples" / "startup-full.yaml"
    shutil.copytree(ROOT / "clause_library", new)
    clause = new / "incidents" / "breach-handling.yaml"
    text = clause.read_text(encoding="utf-8")
    assert "The Provider shall notify the Client" in text
    clause.write_text(text.replace("shall notify the Client", "shall at once notify the Client", 1), encoding="utf-8")
    command = [
        "-m",
        "ccclauses",
        "amend",
        str(folder / "out"),
        "--from",
        str(ROOT / "clause_library"),
        "--library",
        str(new),
    ]
    seconds, status = spent([*command, "--profile", str(base), "--out", str(folder / "amendments"), *options])
    assert status == 1  # every annex is affected
    return seconds
