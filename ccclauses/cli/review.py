"""`ccclauses review`: what a counterparty changed in the file that it returned."""

from __future__ import annotations

import dataclasses
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from ..model.diagnostic import errors
from .common import (
    FINDINGS,
    FINE,
    MISUSE,
    check_ending,
    file_argument,
    format_option,
    load_inputs,
    report,
    write_together,
    write_whole,
)

if TYPE_CHECKING:
    from ..model.negotiation import Side
    from ..model.review import Answer, Point, Review
    from ..ooxml.package import Package
    from ..review.known import Known

ReadAs = Literal["marked", "accepted", "rejected"]


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
    help="The answer to write; its points go into a .json beside it. Default: NAME-answer.docx beside the returned file.",
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
    against the library: on which rung of the fallback ladder it stands, what it breaks, what it costs.

    \b
    ccclauses review deal.yaml returned.docx
    ccclauses review sent.docx returned.docx -o review.html
    ccclauses review deal.yaml returned.docx --respond accept-fallbacks --response answer.docx

    Exit status: 0 nothing came back changed, 1 something did, 2 misuse or a file that can't be read.
    """
    from ..report.review_text import write_review_text
    from ..review.judging import judge_review

    if how and read_as != "marked":
        raise click.UsageError("--respond answers a file as it is marked; leave --as out")
    if not how and (response or author):
        raise click.UsageError("--response and --author go with --respond")
    check_ending(output, ("html", "json", "txt"), "The review is")
    check_ending(response, ("docx", "docm"), "The answer is")
    case = reviewed(sent, returned, read_as)
    result = judge_review(case.review, case.known) if case.known else case.review
    result = dataclasses.replace(
        result, lint=case.introduced(), notes=(*result.notes, *(() if case.known else (_UNJUDGED,)))
    )
    suffix = output.suffix.lower() if output else ""
    if suffix == ".html":
        from ..report.review_html import write_review_html

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
    from ..review.answering import decide

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
    respond_to(case, result, decide(result, policy, given), path, author, force)


def respond_to(
    case: Case, result: Review, answers: Mapping[int, Answer], path: Path, author: str, force: bool
) -> Sequence[Point]:
    """Write our answers into their file with the points beside it, and return the points."""
    from ..ooxml.package import write_package
    from ..review.answering import told
    from ..review.respond import respond

    name = author or (case.known.annex.client.name if case.known else "") or "Client"
    package, points = respond(case.sent, case.returned, result, answers, author=name, date=datetime.now(timezone.utc))
    told_points = [
        {
            "finding": p.number,
            "clause": p.title,
            "paragraph": p.finding.number,
            "change": f"{p.finding.source} {p.finding.kind}",
            "before": p.finding.before,
            "after": p.finding.after,
            "values": [str(v) for v in p.finding.values],
            "called_out": [str(c) for c in p.finding.callouts],
            "verdict": p.finding.judgement.verdict if p.finding.judgement else "",
            "breaks": list(p.finding.judgement.breaks) if p.finding.judgement else [],
            "decision": p.answer.decision,
            "done": p.done,
            "told": told(p.finding, p.answer, p.done) if p.done != "listed" else "",
        }
        for p in points
    ]
    body = {
        "returned": result.returned,
        "answer": str(path),
        "by": name,
        "points": told_points,
        "open": [p.number for p in points if p.is_open],
    }
    listed = json.dumps(body, indent=2, ensure_ascii=False) + "\n"
    write_together([(path, write_package(package.parts)), (path.with_suffix(".json"), listed.encode())], force=force)
    counted = Counter(p.done for p in points)
    click.echo(
        f"Wrote {path}: {', '.join(f'{n} {done}' for done, n in counted.items()) or 'nothing to answer'}; points in {path.with_suffix('.json')}.",
        err=True,
    )
    return points


def _keep(case: Case, folder: Path) -> None:
    """Keep both papers in a negotiation folder; the index is written last, so that it names whole files only."""
    from ..ooxml.package import write_package
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


_OTHER = (
    "{returned} was made of another annex than {sent} makes now: the profile or the library has changed since, so what "
    "counts as silent may be your own change; give the Word file that you sent instead"
)
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

        sent = self.known and self.known.document or read_docx(self.sent)
        return introduced(sent, read_docx(self.returned, name=self.review.returned))


def reviewed(
    sent: Path, returned: Path, read_as: ReadAs = "marked", *, all_open: bool = False, judged: bool = True
) -> Case:
    """What differs between the two, or leave with every problem of either printed; `judged` when it is to be judged."""
    from ..review.findings import review as find
    from ..read.within import annex_within, changed_outside, digest
    from ..review.known import read_sent
    from ..sides.annex import YAML_SUFFIXES
    from ..sides.package import word_package

    if returned.suffix.lower() in (*YAML_SUFFIXES, ".json"):
        raise click.UsageError(f"{returned} is no Word file; what is reviewed is the Word file that came back")
    (before, known, problems), (after, found) = (
        read_sent(sent, load_inputs, values=judged),
        word_package(returned, load_inputs),
    )
    if before is None or after is None:
        report(errors(problems + found), err=True)
        raise SystemExit(MISUSE)
    within = annex_within(after)
    around: tuple[str, ...] = ()
    if within is not None:
        after, around = within.package, within.told
        if sent.suffix.lower() in (".docx", ".docm"):
            whole, _ = word_package(sent, load_inputs)
            if whole is not None and (theirs := annex_within(whole)) is not None:
                around = (around[0], changed_outside([digest(t) for t in theirs.outside], within.outside))
    parties = (known.annex.client.name, known.annex.provider.name) if known else ()
    result = find(
        before,
        after,
        names=(str(sent), str(returned)),
        parties=[p for p in parties if p],
        read_as=read_as,
        all_open=all_open,
        ours=known.document if known else None,
    )
    if sent.suffix.lower() in (*YAML_SUFFIXES, ".json") and _made_of(after) - _made_of(before):
        result = dataclasses.replace(result, notes=(_OTHER.format(sent=sent, returned=returned), *result.notes))
    result = dataclasses.replace(result, notes=(*around, *result.notes))
    return Case(before, after, known, result)


def _made_of(package: Package) -> set[bytes]:
    """The fingerprint of the annex that a Word file was made of, where its properties still hold one."""
    return set(re.findall(rb"sha256:[0-9a-f]{64}", package.parts.get("docProps/core.xml", b"")))
