"""`ccclauses review`: what a counterparty changed in the file that it returned."""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..model.diagnostic import InputError, errors
from .common import (
    FINDINGS,
    FINE,
    MISUSE,
    check_ending,
    file_argument,
    format_option,
    report,
    write_together,
    write_whole,
)

if TYPE_CHECKING:
    from ..model.findings.negotiation import Side
    from ..model.findings.review import Answer, Review
    from ..review.answer.response import Response
    from ..review.case import Case, ReadAs


@click.command(epilog="Example: ccclauses review sent.docx returned.docx")
@file_argument("sent")
@file_argument("returned")
@format_option
@click.option(
    "--as",
    "read_as",
    type=click.Choice(("marked", "accepted", "rejected")),
    default="marked",
    show_default=True,
    help="How to read the returned file: with its changes as they are marked, all accepted, or all rejected.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write, instead of to the terminal: a page (.html), .json or text.",
)
@click.option(
    "--respond",
    "how",
    default="",
    metavar="HOW",
    help="Also write our answer: accept-fallbacks, hold, or a FILE with answers (.yaml, .json).",
)
@click.option(
    "--response",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The answer to write; its points go into a .json in the same folder. Default: NAME-answer.docx in the folder of the returned file.",
)
@click.option("--author", default="", help="The name on our changes and comments; default: the client's.")
@click.option(
    "--keep",
    type=click.Path(file_okay=False, path_type=Path),
    help="Also keep both papers as a round in this negotiation folder, for `ccclauses history`.",
)
@click.option("--force", is_flag=True, help="Overwrite an output that exists.")
def review(
    sent: Path,
    returned: Path,
    fmt: str,
    read_as: ReadAs,
    output: Path | None,
    how: str,
    response: Path | None,
    author: str,
    keep: Path | None,
    force: bool,
) -> None:
    """Tell what differs in the RETURNED Word file from what was SENT: a profile, an annex as JSON or the Word file.

    Changes that nobody tracked come first, then tracked ones with who made them and when, then comments. Each is judged
    against the library: on which rung of the fallback ladder it is, what it breaks, what it costs.

    \b
    ccclauses review deal.yaml returned.docx
    ccclauses review sent.docx returned.docx -o review.html
    ccclauses review deal.yaml returned.docx --respond accept-fallbacks --response answer.docx

    Exit status: 0 nothing came back changed, 1 something did, 2 misuse or a file that can't be read.
    """
    from ..report.review.review_text import write_review_text

    if how and read_as != "marked":
        raise click.UsageError("--respond answers a file as it is marked; leave --as out")
    if not how and (response or author):
        raise click.UsageError("--response and --author go with --respond")
    check_ending(output, ("html", "json", "txt"), "The review is")
    check_ending(response, ("docx", "docm"), "The answer is")
    case = reviewed(sent, returned, read_as)
    result = case.judged()
    suffix = output.suffix.lower() if output else ""
    if suffix == ".html":
        from ..report.review.review_html import write_review_html

        text = write_review_html(result)
    elif fmt == "json" or suffix == ".json":
        text = json.dumps(dataclasses.asdict(result), indent=2, ensure_ascii=False, default=str) + "\n"
    else:
        text = write_review_text(result)
    if keep:
        _keep(case, keep)
    if how:
        _respond(case, result, how, response or returned.with_name(f"{returned.stem}-answer.docx"), author, force)
    if output is None:
        click.echo(text, nl=False)
    else:
        refused = write_whole(output, text.encode(), force=force)
        if refused:
            report([refused], err=True)
            raise SystemExit(MISUSE)
        click.echo(f"Wrote {output}.")
    raise SystemExit(FINDINGS if result.findings else FINE)


def _respond(case: Case, result: Review, how: str, path: Path, author: str, force: bool) -> None:
    """Write our answer and its points, or leave with every problem of the answers printed."""
    from ..load.answers import POLICIES, load_answers
    from ..review.answer.answering import decide

    given: Mapping[int, Answer] = {}
    policy = how
    if how not in POLICIES:
        if not Path(how).is_file():
            raise click.UsageError(
                f"--respond takes accept-fallbacks, hold or a file with answers; there is no file `{how}`"
            )
        given, policy, problems = load_answers(Path(how), result.findings)
        if errors(problems):
            report(problems, err=True)
            raise SystemExit(MISUSE)
    put_response(case, result, decide(result, policy, given), path, author, force)


def put_response(
    case: Case, result: Review, answers: Mapping[int, Answer], path: Path, author: str, force: bool
) -> Response:
    """Write our answer with its points next to it, and say what was done."""
    from ..review.answer.response import answer_case

    made = answer_case(case, result, answers, author=author, date=datetime.now(timezone.utc))
    listed = path.with_suffix(".json")
    write_together([(path, made.data), (listed, made.as_json(str(path)).encode())], force=force)
    counted = Counter(p.done for p in made.points)
    done = ", ".join(f"{n} {what}" for what, n in counted.items()) or "nothing to answer"
    click.echo(f"Wrote {path}: {done}; points in {listed}.", err=True)
    return made


def reviewed(sent: Path, returned: Path, read_as: ReadAs = "marked", **how: bool) -> Case:
    """What differs between the two, or leave with every problem of either printed."""
    from ..review.case import read_case

    try:
        return read_case(sent, returned, read_as, **how)
    except InputError as refused:
        report(errors(refused.problems), err=True)
        raise SystemExit(MISUSE) from None


def _keep(case: Case, folder: Path) -> None:
    """Keep both papers in a negotiation folder; the index is written last, so that it names whole files only."""
    from ..ooxml.package.package import write_package
    from ..review.rounds import INDEX, index_text, next_stages, read_rounds

    stages, problems = read_rounds(folder)
    if problems:
        report(problems, err=True)
        raise SystemExit(MISUSE)
    sent, returned = (
        path.read_bytes() if path.suffix.lower() not in (".yaml", ".yml", ".json") else write_package(package.parts)
        for path, package in ((Path(case.review.sent), case.sent), (Path(case.review.returned), case.returned))
    )
    papers: Mapping[Side, tuple[str, bytes]] = {
        "sent": (Path(case.review.sent).name, sent),
        "returned": (Path(case.review.returned).name, returned),
    }
    new = next_stages(stages, papers, datetime.now(timezone.utc).date().isoformat())
    files = [(folder / stage.file, data) for stage, data in new]
    index = index_text([*stages, *(s for s, _ in new)])
    write_together([*files, (folder / INDEX, index.encode())], force=True)
    kept = ", ".join(str(stage) for stage, _ in new) or "nothing new"
    click.echo(f"Kept in {folder}: {kept}.", err=True)
