"""`ccclauses assess`: what of our position a supplier's own paper meets, and what to send back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .common import (
    EXISTING_FILE,
    FINDINGS,
    FINE,
    MISUSE,
    check_ending,
    format_option,
    load_inputs,
    put_text,
    report,
    write_together,
)
from .library import library_option, today

if TYPE_CHECKING:
    from ..model.annex import Annex
    from ..model.findings.assessment import AssessedPaper, AssessedPoint
    from ..model.library.library import Library
    from ..model.profile import Resolution
    from ..write.word.house_style import HouseStyle

_WORD = ("docx", "docm")


@click.command(epilog="Example: ccclauses assess supplier-dpa.docx --profile deal.yaml -o report.html")
@click.argument("papers", nargs=-1, required=True, type=EXISTING_FILE)
@click.option(
    "--profile", type=EXISTING_FILE, help="The deal: its clauses, values and frameworks are what is asked for."
)
@library_option
@click.option(
    "--corrections",
    type=EXISTING_FILE,
    help="Verdicts that a person corrected or accepted, as the page keeps them in a deal's folder; for one paper.",
)
@click.option("--why", metavar="QUESTION", help="Print why one question was answered as it was.")
@format_option
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write the report, by its ending: .html, .docx, .xlsx, .json or .txt.",
)
@click.option(
    "--respond",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Also answer in a copy of their Word file, with tracked changes and comments.",
)
@click.option(
    "--rider",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Also write a rider in Word that prevails over their paper.",
)
@click.option("--points", metavar="NUMBERS", help="Only these points in the answer or the rider: 1,4,7-9.")
@click.option(
    "--supplier", "suppliers", multiple=True, metavar="NAME", help="A name by which the paper calls the supplier."
)
@click.option("--client", "clients", multiple=True, metavar="NAME", help="A name by which the paper calls the client.")
@click.option("--author", default="", help="The name on our changes; default: the client's.")
@click.option("--force", is_flag=True, help="Overwrite an output that exists.")
def assess(
    papers: tuple[Path, ...],
    profile: Path | None,
    library: tuple[Path, ...],
    corrections: Path | None,
    why: str | None,
    fmt: str,
    output: Path | None,
    respond: Path | None,
    rider: Path | None,
    points: str | None,
    suppliers: tuple[str, ...],
    clients: tuple[str, ...],
    author: str,
    force: bool,
) -> None:
    """Judge a supplier's own PAPERS by our position: what is met, partly met or not found, where, and with which value.

    Papers are Word files, PDFs with a text layer, HTML pages or text files, in English; a paper in another language is not
    judged. Several papers are set side by side. Without --profile the whole library is asked, each value at its last rung.

    \b
    ccclauses assess dpa.docx --profile deal.yaml
    ccclauses assess a.docx b.pdf c.html --profile deal.yaml -o tender.xlsx
    ccclauses assess dpa.docx --profile deal.yaml --why breach-notice
    ccclauses assess dpa.docx --profile deal.yaml --respond answer.docx --rider rider.docx

    Exit status: 0 everything is met, 1 something is not, 2 misuse or a file that can't be read.
    """
    from ..assess.answer.points import assessed
    from ..assess.paper.paper import read_paper
    from ..assess.run import assess as judge
    from ..common.resources import library_folder
    from ..load.corrections import load_corrections
    from ..load.library.cues import load_cues
    from ..model.diagnostic import errors, nearest
    from ..report.paper import assessment as out

    check_ending(output, ("html", "docx", "xlsx", "json", "txt"), "The assessment is")
    check_ending(respond, _WORD, "The answer is")
    check_ending(rider, ("docx",), "The rider is")
    if (respond or rider) and (len(papers) != 1 or profile is None):
        raise click.UsageError("--respond and --rider answer one paper, and need --profile for our wording")
    if respond and papers[0].suffix.lower().lstrip(".") not in _WORD:
        raise click.UsageError(f"--respond writes into a Word file, and {papers[0].name} is not one; use --rider")
    known, resolution, annex, shorter = _deal(profile, library)
    cues, problems = load_cues(library_folder(), *library)
    if errors(problems):
        report(problems, err=True)
        raise SystemExit(MISUSE)
    if why and why not in cues.questions:
        hint = nearest(why, cues.questions) or f"questions are {', '.join(cues.questions)}"
        raise click.UsageError(f"there is no question `{why}`; {hint}")
    if corrections and len(papers) != 1:
        raise click.UsageError("--corrections are those of one paper; give that one alone")
    given, problems = load_corrections(corrections, cues.questions, papers[0]) if corrections else ({}, [])
    if errors(problems):
        report(problems, err=True)
        raise SystemExit(MISUSE)
    results = []
    for path in papers:
        paper, found = read_paper(path, supplier=suppliers, client=clients)
        report(found, err=True)
        if paper is None:
            continue
        if why:
            from ..report.paper.why import write_why

            click.echo(write_why(judge(paper, cues, known, [why]).answers[0], paper), nl=False)
            continue
        results.append(assessed(judge(paper, cues, known), known, resolution, annex, shorter, given))
    if why:
        raise SystemExit(FINE)
    if not results:
        raise SystemExit(MISUSE)
    kind = output.suffix.lower() if output else f".{'json' if fmt == 'json' else 'txt'}"
    if kind in (".xlsx", ".docx") and output:
        from ..report.paper.assessment_word import write_docx

        data = out.write_xlsx(results, today()) if kind == ".xlsx" else write_docx(results, _style(), today())
        write_together([(output, data)], force=force)
        click.echo(f"Wrote {output}.")
    else:
        text = {".html": out.write_html, ".json": out.write_json}.get(
            kind, lambda r: "\n".join(out.write_text(p) for p in r)
        )(results)
        put_text(text, output, force=force)
    if (respond or rider) and annex:
        chosen = _chosen(results[0], points)
        _answer(papers[0], results[0], chosen, annex, respond, rider, author, force)
    if len(results) < len(papers):
        raise SystemExit(MISUSE)
    raise SystemExit(FINDINGS if any(p.count("met") < len(p.points) for p in results) else FINE)


def _deal(
    profile: Path | None, folders: tuple[Path, ...]
) -> tuple[Library, Resolution | None, Annex | None, Annex | None]:
    """The library, and what the deal comes to, also in its shortest form; leaves with every problem printed."""
    from ..compose.annex import compose_annex
    from ..model.diagnostic import errors
    from ..resolve import resolve
    from .library import read_library

    if profile is None:
        return read_library(folders), None, None, None
    deal, library, problems = load_inputs(profile)
    resolution = annex = None
    if deal and library and not errors(problems):
        resolution, found = resolve(deal, library)
        problems = problems + found
    if resolution:
        annex, found = compose_annex(resolution)
        problems = problems + found
    if library is None or resolution is None or annex is None:
        report(errors(problems), err=True)
        raise SystemExit(MISUSE)
    forms = list(library.forms)
    shorter, _ = resolve(replace(deal, form=forms[-1]), library) if deal else (None, [])
    return library, resolution, annex, compose_annex(shorter)[0] if shorter else None


def _style() -> HouseStyle:
    from ..pipeline import HOUSE_STYLES, house_style

    style, problems = house_style(HOUSE_STYLES[0], None, None)
    if style is None:
        report(problems, err=True)
        raise SystemExit(MISUSE)
    return style


def _chosen(paper: AssessedPaper, points: str | None) -> list[AssessedPoint]:
    """The points to answer: those that were named, else all that are not met."""
    if points is None:
        return [p for p in paper.points if p.answer.verdict != "met"]
    wanted: set[int] = set()
    for part in points.replace(" ", "").split(","):
        first, _, last = part.partition("-")
        if not first.isdigit() or (last and not last.isdigit()):
            raise click.UsageError(f"--points takes numbers of points such as 1,4,7-9, not `{points}`")
        wanted.update(range(int(first), int(last or first) + 1))
    unknown = wanted - {p.number for p in paper.points}
    if unknown:
        raise click.UsageError(f"there is no point {min(unknown)}; the report has {len(paper.points)}")
    return [p for p in paper.points if p.number in wanted]


def _answer(
    path: Path,
    paper: AssessedPaper,
    chosen: list[AssessedPoint],
    annex: Annex,
    respond_to: Path | None,
    rider: Path | None,
    author: str,
    force: bool,
) -> None:
    from ..assess.answer.respond import respond
    from ..ooxml.package.package import read_package, write_package
    from ..report.paper.rider import write_rider

    files: list[tuple[Path, bytes]] = []
    if respond_to:
        name = author or annex.client.name or "Client"
        package, written = respond(read_package(path), paper, chosen, author=name, date=datetime.now(timezone.utc))
        files.append((respond_to, write_package(package.parts)))
        click.echo(f"{respond_to}: {len(written)} points answered.", err=True)
    if rider:
        files.append((rider, write_rider(paper, chosen, annex, _style(), today())))
        click.echo(f"{rider}: our wording for {len(chosen)} points.", err=True)
    write_together(files, force=force)
