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
    rebuild: bool,
    in_full: bool,
    force: bool,
    fmt: str,
) -> None:
    """Read the Word files below FOLDER into a table: supplier, clause versions, values, posture, coverage, exposure.

    Annexes of ours are read by their anchors and fingerprint, others as far as they can be. What was read is kept beside them
    in `.portfolio.sqlite`, so that the next run reads only what changed.

    \b
    ccclauses portfolio annexes/
    ccclauses portfolio annexes/ --where "supplier ~ north" --where "year > GBP 100,000"
    ccclauses portfolio annexes/ --where "dora < all" -o gaps.xlsx

    Exit status: 0 fine, 1 a file could not be read, 2 misuse.
    """
    from ..load.library import load_library
    from ..model.diagnostic import errors
    from ..portfolio.filters import chosen, read_filter
    from ..portfolio.index import holdings
    from ..resources import library_folder
    from ..write import portfolio as out

    known, problems = load_library(library_folder(), *library)
    read = [read_filter(w, known) for w in wheres]
    problems = problems + [p for _, p in read if p]
    if errors(problems):
        report(problems, err=True)
        raise SystemExit(MISUSE)
    day = today()
    every, fresh = holdings(folder, known, day, rebuild=rebuild)
    found = chosen(every, [f for f, _ in read if f])
    title = f"Annexes in {folder.name or folder.absolute().name}"
    if output:
        kind = kind or output.suffix[1:].lower()
        if kind not in KINDS:
            raise click.UsageError(f"{output}: name it .html, .xlsx or .json, or say which with --to")
        match kind:
            case "html":
                data = out.write_portfolio_html(found, title).encode()
            case "xlsx":
                data = out.write_portfolio_xlsx(found, title, day)
            case _:
                data = out.write_portfolio_json(found).encode()
        refused = write_whole(output, data, force=force)
        if refused:
            report([refused], err=True)
            raise SystemExit(MISUSE)
    elif kind:
        raise click.UsageError("--to goes with --output")
    if fmt == "json":
        click.echo(out.write_portfolio_json(found), nl=False)
    elif output:
        click.echo(
            f"Wrote {output}: {len(found)} of {len(every)} annexes; {fresh} files were read, {len(every) - fresh} kept from before."
        )
    else:
        text = out.write_portfolio_text(found) if in_full else out.write_portfolio_table(found, terminal_width())
        click.echo(text, nl=False)
    raise SystemExit(FINDINGS if any(h.problem for h in found) else FINE)
