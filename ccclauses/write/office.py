"""LibreOffice as a converter, where it is installed: run apart, with a profile of its own, and never for long."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from ..common.limits import limits
from ..model.diagnostic import Diagnostic, Position, Severity

_NAMES = ("soffice", "libreoffice")
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)


def find_office() -> str | None:
    """The LibreOffice program, or None where it isn't installed."""
    return next((p for name in _NAMES if (p := shutil.which(name))), None) or next(
        (p for p in _PLACES if Path(p).is_file()), None
    )


def convert(data: bytes, to: str, *, timeout: float | None = None) -> tuple[bytes | None, list[Diagnostic]]:
    """A Word file in another format, as LibreOffice names it: "pdf", "pdf:writer_pdf_Export:{…}"; None on failure."""
    program, timeout = find_office(), timeout or limits().office_seconds
    if program is None:
        hint = "install LibreOffice, or build a Word file and save it as PDF from Word"
        return None, [_problem("office-missing", "a PDF is made by LibreOffice, which is not installed here", hint)]
    with tempfile.TemporaryDirectory(prefix="ccclauses-") as folder:
        source = Path(folder, "annex.docx")
        source.write_bytes(data)
        # A profile of our own: a running LibreOffice neither blocks this one nor lends it its settings.
        profile = Path(folder, "profile").as_uri()
        command = [
            program,
            f"-env:UserInstallation={profile}",
            "--headless",
            "--norestore",
            "--nolockcheck",
            "--convert-to",
            to,
        ]
        if not _run([*command, "--outdir", folder, str(source)], timeout):
            return None, [
                _problem(
                    "office-timeout",
                    f"LibreOffice did not finish within {timeout:g} seconds",
                    "try again, or raise the limit",
                )
            ]
        made = source.with_suffix(f".{to.partition(':')[0]}")
        if not made.is_file():
            return None, [
                _problem(
                    "office-failed",
                    "LibreOffice could not convert the file",
                    "open the Word file to see whether it is sound",
                )
            ]
        return made.read_bytes(), []


def _run(command: list[str], timeout: float) -> bool:
    """Run a command to its end; False when it had to be stopped, with everything it had started."""
    apart: dict[str, Any] = {"start_new_session": True} if os.name == "posix" else {}
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **apart
    ) as process:
        try:
            process.wait(timeout)
            return True
        except subprocess.TimeoutExpired:
            if os.name == "posix":
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
            return False


def _problem(rule: str, message: str, hint: str) -> Diagnostic:
    return Diagnostic(rule=rule, severity=Severity.ERROR, message=message, at=Position(file="LibreOffice"), hint=hint)
