"""`ccclauses counter`: our wording, clause by clause, on top of the file that came back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from ..model.diagnostic import errors
from .common import FINDINGS, FINE, MISUSE, check_ending, file_argument, format_option, report
from .review import put_response, reviewed

if TYPE_CHECKING:
    from ..review.answer.countering import Counter


@click.command(epilog="Example: ccclauses counter deal.yaml returned.docx --rung breach-handling=standard")
@file_argument("sent")
@file_argument("returned")
@click.option(
    "--rung",
    "rungs",
    multiple=True,
    metavar="PLACE=POSTURE",
    help="Offer the wording of the ladder at that posture for a clause or a paragraph; may be repeated.",
)
@click.option(
    "--text",
    "texts",
    multiple=True,
    metavar="PLACE=WORDS",
    help="Offer your own words for a paragraph; may be repeated.",
)
@click.option("--reason", default="", help="Why, for the comments on these counters; the other side reads it.")
@click.option(
    "--otherwise",
    type=click.Choice(("open", "hold", "accept-fallbacks")),
    default="open",
    show_default=True,
    help="What is answered to every other change.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The answer to write, its points as .json in the same folder. Default: NAME-answer.docx in the folder of the returned file.",
)
@click.option("--author", default="", help="The name on our changes and comments; default: the client's.")
@click.option("--force", is_flag=True, help="Overwrite an output that exists.")
@format_option
def counter(
    sent: Path,
    returned: Path,
    rungs: tuple[str, ...],
    texts: tuple[str, ...],
    reason: str,
    otherwise: Literal["open", "hold", "accept-fallbacks"],
    output: Path | None,
    author: str,
    force: bool,
    fmt: str,
) -> None:
    """Answer the RETURNED file with wording of your own or of the fallback ladder, clause by clause.

    A clause is named by its number, its heading or its id; its changed paragraphs then read as the posture words them, with
    the values of that posture. A paragraph is named by its number as it was sent.

    \b
    ccclauses counter deal.yaml returned.docx --rung 23=standard --otherwise hold
    ccclauses counter deal.yaml returned.docx --text "23.1=Within 12 hours of becoming Aware, the Provider shall ..."

    Exit status: 0 nothing is left open, 1 points are still open between the parties, 2 misuse or a file that can't be read.
    """
    from ..review.answer.answering import decide
    from ..review.answer.countering import counters
    from ..review.judge.judging import judge_review

    check_ending(output, ("docx", "docm"), "The answer is")
    wanted = [*(_counter(text, "rung") for text in rungs), *(_counter(text, "text") for text in texts)]
    if not wanted:
        raise click.UsageError("name at least one clause with --rung or --text")
    case = reviewed(sent, returned)
    if case.known is None:
        raise click.UsageError(
            f"{sent} has no clause of this library, so it has no ladder; answer with `review --respond`"
        )
    result = judge_review(case.review, case.known)
    given, problems = counters(result, case.known, wanted, reason=" ".join(reason.split()))
    if errors(problems):
        report(problems, err=True)
        raise SystemExit(MISUSE)
    answers = decide(result, otherwise, given)
    target = output or returned.with_name(f"{returned.stem}-answer.docx")
    made = put_response(case, result, answers, target, author, force)
    if fmt == "json":
        click.echo(target.with_suffix(".json").read_text(encoding="utf-8"), nl=False)
    raise SystemExit(FINDINGS if made.open else FINE)


def _counter(text: str, kind: Literal["rung", "text"]) -> Counter:
    from ..review.answer.countering import Counter

    place, sign, offered = (part.strip() for part in text.partition("="))
    if not (place and sign and offered):
        what = "POSTURE, such as `--rung 23=standard`" if kind == "rung" else 'WORDS, such as `--text "23.1=Within …"`'
        raise click.UsageError(f"--{kind} `{text}`: write PLACE={what}")
    return (
        Counter(place=place, rung=offered) if kind == "rung" else Counter(place=place, text=" ".join(offered.split()))
    )
