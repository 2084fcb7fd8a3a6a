"""The last look before signature, which loads no more than it needs: a lawyer asks it at the table."""

from __future__ import annotations

from pathlib import Path

from ..model.findings.review import Review
from ..review.case import read_case


def verify(final: Path | str, against: Path | str) -> Review:
    """Whether a Word file to be signed says what was agreed; `findings` is empty where it does.

    A change that is still tracked and a comment that is still there count as differences: they are open. `against` is a
    profile, an annex as JSON or a Word file. Raises `InputError` for a file that can't be read.

        >>> api.verify("agreed.docx", "examples/startup-baseline.yaml").findings
        ()
    """
    return read_case(Path(against), Path(final), all_open=True, judged=False).review
