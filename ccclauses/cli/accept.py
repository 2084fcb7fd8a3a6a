"""`ccclauses accept`: the profile and the annex as data that an agreed text corresponds to."""

from __future__ import annotations

import os
from pathlib import Path

import click

from ..model.diagnostic import errors
from .common import (
    EXISTING_FILE,
    FINDINGS,
    FINE,
    check_ending,
    file_argument,
    format_option,
    load_inputs,
    print_json,
    report,
    write_together,
)


@click.command(epilog="Example: ccclauses accept signed.docx --sent deal.yaml")
@file_argument("returned")
@click.option(
    "--sent", required=True, type=EXISTING_FILE, help="What was sent: a profile, an annex as JSON or the Word file."
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The annex as data to write; the profile is written to the same folder. Default: NAME-agreed.json in the folder of the file.",
)
@click.option("--force", is_flag=True, help="Overwrite outputs that exist.")
@format_option
def accept(returned: Path, sent: Path, output: Path | None, force: bool, fmt: str) -> None:
    """Write what was agreed: the annex as data and, where a profile was sent, a profile that extends it.

    Tracked changes in RETURNED count as accepted. Calendar and calculator read either file, so they follow what was
    signed. Wording that no profile can say stays in the annex as data, and is listed.

    \b
    ccclauses accept signed.docx --sent deal.yaml
    ccclauses obligations signed-agreed.json

    Comments that are still open in RETURNED, ours on what was not agreed among them, are listed as a warning.

    Exit status: 0 a profile says all of it, 1 it can't say some wording or a value that differs by place, or a comment is open, 2 misuse or a file that can't be read.
    """
    from ..review.judge.agreed import agreed, profile_yaml
    from ..review.judge.judging import judge_review
    from ..sides.annex import YAML_SUFFIXES
    from ..write.data.annex_json import write_json
    from .review import reviewed

    check_ending(output, ("json",), "The annex as data is")
    case = reviewed(sent, returned, "accepted")
    if case.known is None:
        raise click.UsageError(f"{sent} holds no clause of this library, so what was agreed can't be read against it")
    result = agreed(judge_review(case.review, case.known), case.known, case.returned, name=str(returned))
    if result is None:
        raise click.UsageError(f"{returned} holds no clause")
    target = output or returned.with_name(f"{returned.stem}-agreed.json")
    files = [(target, write_json(result.annex))]
    if sent.suffix.lower() in YAML_SUFFIXES:
        base = os.path.relpath(sent.absolute(), target.absolute().parent)
        files.append(
            (target.with_suffix(".yaml"), profile_yaml(result, Path(base).as_posix(), sent.name, returned.name))
        )
    write_together([(path, text.encode()) for path, text in files], force=force)
    values = {name: str(value) for name, value in sorted(result.values.items())}
    if fmt == "json":
        told = {
            "values": values,
            "apart": list(result.apart),
            "wording": list(result.wording),
            "open": list(result.comments),
        }
        print_json({"files": [str(p) for p, _ in files], **told})
    else:
        for path, _ in files:
            click.echo(f"Wrote {path}.")
        for name, text in values.items():
            click.echo(f"  {name}: {text}")
        for line in result.apart:
            click.echo(f"  a value that differs from place to place; calendar and data follow each place: {line}")
        for line in result.wording:
            click.echo(f"  agreed wording that no profile says: {line}")
        if result.comments:
            count = "1 comment is" if len(result.comments) == 1 else f"{len(result.comments)} comments are"
            click.echo(f"warning: {count} still open; is all of it agreed?")
        for line in result.comments:
            click.echo(f"  open comment: {line}")
        if len(files) == 1:
            click.echo("No profile was written: one can only extend the profile that was sent.")
    if len(files) > 1:
        from ..resolve import resolve

        profile, library, problems = load_inputs(files[1][0])
        found = resolve(profile, library)[1] if profile and library else []
        # Both sides may agree on what a rule forbids; then they have to know.
        report(errors([*problems, *found]), err=True)
    raise SystemExit(FINDINGS if result.wording or result.apart or result.comments else FINE)
