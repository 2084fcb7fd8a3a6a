"""`ccclauses review`: what a counterparty changed in the file that it returned."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from ..model.diagnostic import errors
from .common import FINDINGS, FINE, MISUSE, file_argument, format_option, load_inputs, report, write_whole

if TYPE_CHECKING:
    from ..model.review import Review
    from ..ooxml.package import Package
    from ..review.known import Known

ReadAs = Literal["marked", "accepted", "rejected"]


@click.command(epilog="Example: ccclauses review sent.docx returned.docx")
@file_argument("sent")
@file_argument("returned")
@format_option
@click.option("--as", "read_as", type=click.Choice(("marked", "accepted", "rejected")), default="marked", show_default=True, help="How to read the returned file: with its changes as they are marked, all accepted, or all rejected.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Where to write, instead of to the terminal: a page (.html), .json or text.")
@click.option("--force", is_flag=True, help="Overwrite an output that exists.")
def review(sent: Path, returned: Path, fmt: str, read_as: ReadAs, output: Path | None, force: bool) -> None:
    """Tell what differs in the RETURNED Word file from what was SENT: a profile, an annex as JSON or the Word file.

    Changes that nobody tracked come first, then tracked ones with who made them and when, then comments. Each is judged
    against the library: on which rung of the fallback ladder it stands, what it breaks, what it costs.

    \b
    ccclauses review deal.yaml returned.docx
    ccclauses review sent.docx returned.docx -o review.html

    Exit status: 0 nothing came back changed, 1 something did, 2 misuse or a file that can't be read.
    """
    from ..review.judging import judge_review
    from ..write.review_text import write_review_text

    case = reviewed(sent, returned, read_as)
    result = judge_review(case.review, case.known) if case.known else case.review
    result = dataclasses.replace(result, lint=case.introduced(), notes=(*result.notes, *(() if case.known else (_UNJUDGED,))))
    suffix = output.suffix.lower() if output else ""
    if suffix == ".html":
        from ..write.review_html import write_review_html

        text = write_review_html(result)
    elif fmt == "json" or suffix == ".json":
        text = json.dumps(dataclasses.asdict(result), indent=2, ensure_ascii=False, default=str) + "\n"
    else:
        text = write_review_text(result)
    if output is None:
        click.echo(text, nl=False)
    else:
        refused = write_whole(output, text.encode(), force=force)
        if refused:
            report([refused], err=True)
            raise SystemExit(MISUSE)
        click.echo(f"Wrote {output}.")
    raise SystemExit(FINDINGS if result.findings else FINE)


_UNJUDGED = "not judged: the sent file holds no clause of this library"


@dataclasses.dataclass(frozen=True)
class Case:
    """What was sent and what came back, read and reviewed."""

    sent: Package
    returned: Package
    known: Known | None
    review: Review

    def introduced(self) -> tuple[str, ...]:
        """What the returned text says that can't be enforced, and the sent one did not."""
        from ..linting import introduced
        from ..read.docx import read_docx

        return introduced(read_docx(self.sent), read_docx(self.returned, name=self.review.returned))


def reviewed(sent: Path, returned: Path, read_as: ReadAs = "marked") -> Case:
    """What differs between the two, or leave with every problem of either printed."""
    from ..review.findings import review as find
    from ..review.known import read_sent
    from ..sides.package import word_package
    from ..sides.read import YAML_SUFFIXES

    if returned.suffix.lower() in (*YAML_SUFFIXES, ".json"):
        raise click.UsageError(f"{returned} is no Word file; what is reviewed is the Word file that came back")
    (before, known, problems), (after, found) = read_sent(sent, load_inputs), word_package(returned, load_inputs)
    if before is None or after is None:
        report(errors(problems + found), err=True)
        raise SystemExit(MISUSE)
    parties = (known.annex.client.name, known.annex.provider.name) if known else ()
    result = find(before, after, names=(str(sent), str(returned)), read_as=read_as, parties=[p for p in parties if p])
    return Case(before, after, known, result)
