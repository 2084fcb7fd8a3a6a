"""`ccclauses portfolio`: the annexes of all suppliers in a folder, as a table."""

from __future__ import annotations

from pathlib import Path

import click

from .common import EXISTING_FOLDER, FINDINGS, FINE, MISUSE, format_option, report, terminal_width, write_whole
from .library import library_option, today

KINDS = ("html", "xlsx", "json")


@click.command(epilog='Example: ccclauses portfolio annexes/ --where "breach_notice > 24 hours"')
@click.argument("folder", type=EXISTING_FOLDER)
@click.option(
    "--where", "wheres", multiple=True, help="Only annexes of which this is true; may be given again, and all must be."
)
@click.option(
    "--to", "kind", type=click.Choice(KINDS), help="What to write to --output; by default what its name ends with."
)
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="The page, workbook or data to write."
)
@library_option
@click.option(
    "--from",
    "olds",
    multiple=True,
    metavar="FOLDER",
    help="An earlier library, FOLDER or FOLDER@REVISION, for annexes that were made with it; may be given again.",
)
@click.option("--rebuild", is_flag=True, help="Read every file again, whatever the index says.")
@click.option("--long", "in_full", is_flag=True, help="Print a block for each annex instead of a row.")
@click.option("--force", is_flag=True, help="Overwrite an output that exists.")
@format_option
def portfolio(
    folder: Path,
    wheres: tuple[str, ...],
    kind: str | None,
    output: Path | None,
    library: tuple[Path, ...],
    olds: tuple[str, ...],
    rebuild: bool,
    in_full: bool,
    force: bool,
    fmt: str,
) -> None:
    """Read the Word files below FOLDER into a table: supplier, clause versions, values, posture, coverage, exposure.

    Annexes of ours are read by their anchors and fingerprint, others as far as they can be. What was read is kept next to them
    in `.portfolio.sqlite`, so that the next run reads only what changed.

    \b
    ccclauses portfolio annexes/
    ccclauses portfolio annexes/ --where "supplier ~ north" --where "year > GBP 100,000"
    ccclauses portfolio annexes/ --where "dora < all" -o gaps.xlsx

    Exit status: 0 fine, 1 a file could not be read, 2 misuse.
    """
    from ..common.resources import library_folder
    from ..load.library.library import load_library
    from ..model.diagnostic import errors
    from ..portfolio.filters import chosen, name_of, read_filter, silent
    from ..portfolio.index import holdings, other_files, others_said
    from ..report import portfolio as out
    from ..sides.library import library_named

    known, problems = load_library(library_folder(), *library)
    read = [read_filter(w, known) for w in wheres]
    problems = problems + [p for _, p in read if p]
    earlier = []
    for old in olds:
        before, found = library_named((old,))
        problems = problems + errors(found)
        earlier += [before] if before else []
    if errors(problems):
        report(problems, err=True)
        raise SystemExit(MISUSE)
    day = today()
    every, fresh = holdings(
        folder, known, day, rebuild=rebuild, earlier=earlier, tell=lambda words: click.echo(words, err=True)
    )
    asked = [f for f, _ in read if f]
    rows = chosen(every, asked)
    others = other_files(folder, *([output] if output else []))
    unknown = {name_of(w): files for w in wheres if (files := silent(every, w))}
    count = out.counts_said(every, rows if asked else None)
    untold = [f"{name} is not known of {', '.join(files)}." for name, files in unknown.items()]
    passed = others_said(others)
    total = "\n".join([count, *untold, *([f"{passed}."] if passed else [])])
    title = f"Annexes in {folder.name or folder.absolute().name}"
    if output:
        kind = kind or output.suffix[1:].lower()
        if kind not in KINDS:
            raise click.UsageError(f"{output}: name it .html, .xlsx or .json, or say which with --to")
        match kind:
            case "html":
                data = out.write_portfolio_html(rows, title, total).encode()
            case "xlsx":
                data = out.write_portfolio_xlsx(rows, title, day)
            case _:
                data = out.write_portfolio_json(rows, every, others, unknown).encode()
        refused = write_whole(output, data, force=force)
        if refused:
            report([refused], err=True)
            raise SystemExit(MISUSE)
    elif kind:
        raise click.UsageError("--to goes with --output")
    if fmt == "json":
        click.echo(out.write_portfolio_json(rows, every, others, unknown), nl=False)
    elif output:
        click.echo(
            "\n".join(
                [
                    f"Wrote {output}: {count} {fresh} files were read, {len(every) - fresh} kept from before.",
                    *total.splitlines()[1:],
                ]
            )
        )
    else:
        text = (
            out.write_portfolio_text(rows, total)
            if in_full
            else out.write_portfolio_table(rows, terminal_width(), total)
        )
        click.echo(text, nl=False)
    raise SystemExit(FINDINGS if any(h.problem for h in every) else FINE)
