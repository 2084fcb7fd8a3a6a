"""`ccclauses build`: a profile becomes an annex in Word or another format."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..model.diagnostic import OPEN_RULES, Diagnostic, Severity
from .common import (
    EXISTING_FILE,
    FINDINGS,
    check_ending,
    exit_with,
    file_argument,
    format_option,
    load_inputs,
    print_json,
    report,
    report_dict,
    tally,
    write_whole,
)
from .into import build_into, into_options

if TYPE_CHECKING:
    from ..model.profile import OpenPoint, Profile
    from ..pipeline import Built

KINDS = ("docx", "html", "md", "txt", "json", "pdf")


@click.command(epilog="Example: ccclauses build examples/retail-uk.yaml -o annex.docx --template modern")
@file_argument()
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write; by default in the folder of the profile.",
)
@click.option(
    "--to",
    "kind",
    type=click.Choice(KINDS),
    help="What to write; by default what the output's name ends with, else docx.",
)
@click.option("--template", help="A house style (legal, modern) or any Word file of yours, instead of the profile's.")
@click.option("--styles", type=EXISTING_FILE, help="A YAML file: role → your style, for a template of yours.")
@click.option("--draft", is_flag=True, help="Mark the annex as a draft whatever its status.")
@click.option("--page-numbers", is_flag=True, help="Print page numbers in the contents list; LibreOffice counts them.")
@click.option(
    "--pages", is_flag=True, help="Count the pages with LibreOffice; done anyway where the profile sets max_pages."
)
@into_options
@click.option("--force", is_flag=True, help="Overwrite an output that exists.")
@format_option
def build(
    profile: Path,
    output: Path | None,
    kind: str | None,
    template: str | None,
    styles: Path | None,
    draft: bool,
    page_numbers: bool,
    pages: bool,
    force: bool,
    fmt: str,
    **put: Any,
) -> None:
    """Build the annex of PROFILE, as a file of its own or, with --into, as a part of an agreement.

    Every problem is reported at once, and nothing is written when one of them is an error. Notes are counted; `check`
    tells them.

    \b
    ccclauses build deal.yaml --into agreement.docx --at "Schedule 4" -o merged.docx
    ccclauses build deal.yaml --into agreement.docx --at "[Security Annex]" --track --author "Legal"
    """
    if put["agreement"] is not None:
        if kind not in (None, "docx") or page_numbers or pages:
            raise click.UsageError(
                "--into writes a Word file, and Word counts its pages: leave --to, --page-numbers and --pages out"
            )
        return build_into(profile, output, template=template, styles=styles, draft=draft, force=force, fmt=fmt, **put)
    given = [f"--{name.replace('_', '-')}" for name, value in put.items() if value not in (None, "", False)]
    if given:
        raise click.UsageError(f"{', '.join(given)} {'goes' if len(given) == 1 else 'go'} with --into")
    from ..derive.open_points import open_points
    from ..pipeline import build_annex

    if not kind:
        check_ending(output, KINDS, "The annex is")
        kind = output.suffix[1:].lower() if output else "docx"
    output = output or profile.with_suffix(f".{kind}")
    request, library, problems = load_inputs(profile)
    built = None
    if request and library:
        built, found = build_annex(
            request,
            library,
            kind=kind,
            template=template,
            styles=styles,
            draft=draft,
            page_numbers=page_numbers,
            pages=pages,
        )
        problems = problems + found
    if built:
        refused = write_whole(output, built.data, force=force)
        problems = problems + ([refused] if refused else [])
        built = None if refused else built
    if fmt == "json":
        print_json(
            {
                "written": str(output) if built else None,
                "open": [_point(p) for p in open_points(built.resolution)] if built else [],
                **report_dict(problems),
                **(_facts(built) if built else {}),
            }
        )
    else:
        # What the law and the rules make of the deal is the same at every build, and would bury what has to be done.
        left = [d for d in problems if d.severity == Severity.NOTE and not d.rule.startswith("template-")]
        listed = [d for d in problems if d.rule in OPEN_RULES and built]
        shown = [d for d in problems if d not in left and d not in listed]
        report(shown, err=True)
        more = f"{tally(left)}: ccclauses check {profile}" if left else ""
        if built:
            told = f"{tally(shown)} above" if shown else ""
            _summary(output, built, "; ".join(filter(None, (told, more))), listed)
        else:
            click.echo(
                "; ".join(filter(None, (f"Nothing was written: {tally(shown)}", more))) + ("" if more else "."),
                err=True,
            )
    if not built:
        raise SystemExit(FINDINGS)
    exit_with(problems)


def _point(point: OpenPoint) -> dict[str, str]:
    return {key: getattr(point, key) for key in ("path", "label", "kind", "printed", "why")}


def _facts(built: Built) -> dict[str, object]:
    from ..common.length import estimated_pages, words_of

    annex = built.annex
    return {
        "form": annex.form,
        "words": words_of(annex),
        "pages": built.pages,
        "pages_estimated": round(estimated_pages(annex)),
        "clauses": len(annex.headed),
        "paragraphs": sum(1 for _ in annex.paragraphs()),
        "definitions": len(annex.definitions),
        "schedules": len(annex.schedules),
        "obligations": len(annex.obligations),
        "fingerprint": annex.fingerprint,
    }


def _summary(output: Path, built: Built, problems: str, listed: list[Diagnostic]) -> None:
    """What was written, what is in it, and where to look next."""
    annex, resolution, facts = built.annex, built.resolution, _facts(built)
    told = (annex.title, annex.reference, f"version {annex.version}", annex.status)
    click.echo(f"Wrote {output}: {', '.join(filter(None, told))}.")
    click.echo(
        f"  {facts['clauses']} clauses, {facts['paragraphs']} paragraphs, {facts['definitions']} definitions, "
        f"{facts['schedules']} schedules, {facts['obligations']} obligations with their evidence."
    )
    words = f"{facts['words']:,} words in the {resolution.form.title.lower()}"
    if built.pages is None:
        click.echo(f"  About {facts['pages_estimated']} pages, {words}; --pages counts the pages of a Word file.")
    else:
        click.echo(f"  {built.pages} pages, {words}.")
    for framework in resolution.profile.frameworks:
        rows = [r for r in annex.coverage if r.framework == framework and r.kind == "contract_term"]
        covered = sum(1 for r in rows if r.paragraphs)
        click.echo(
            f"  {resolution.library.frameworks[framework].short}: {covered} of {len(rows)} contract terms covered."
        )
    if problems:
        click.echo(f"  {problems}")
    if listed:
        click.echo(f"Open before it can be final ({len(listed)}), in the order in which it is asked:")
        for number, diagnostic in enumerate(listed, 1):
            click.echo(f"  {number}. {diagnostic.message}; {diagnostic.hint}")
    click.echo("Nothing that is shipped is legal advice and no lawyer has reviewed it; have one review what you sign.")
    click.echo(f"Next: ccclauses explain {_profile_name(resolution.profile)} says why each clause and value is in it.")


def _profile_name(profile: Profile) -> str:
    return profile.file
