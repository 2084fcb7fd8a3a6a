"""`ccclauses amend`: what a new clause library means for the signed annexes in a folder."""

from __future__ import annotations

import sys
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .common import EXISTING, EXISTING_FILE, FINDINGS, FINE, MISUSE, format_option, report, write_whole
from .executors import executor_of
from .library import today

if TYPE_CHECKING:
    from ..model.findings.amendment import Effect
    from ..write.word.house_style import HouseStyle

DAY = click.DateTime(formats=["%Y-%m-%d"])
SUMMARIES = ("summary.html", "summary.docx", "summary.xlsx", "summary.json")


@click.command(epilog="Example: ccclauses amend annexes/ --from library-2026/ --library library-2027/ --out amendments")
@click.argument("signed", metavar="FOLDER|ANNEX.docx", type=EXISTING)
@click.option(
    "--library",
    "new",
    multiple=True,
    metavar="FOLDER",
    help="The new library: a folder, or FOLDER@REVISION; may be given again. Default: the shipped one.",
)
@click.option(
    "--from",
    "old",
    multiple=True,
    metavar="FOLDER",
    help="The library that the annexes were built from, named in the same way. With --to: the day from which it counts.",
)
@click.option(
    "--profile",
    "base",
    type=EXISTING_FILE,
    help="The base profile of the batch that built the annexes. With --to: the profile of the signed annex.",
)
@click.option("--to", type=EXISTING_FILE, help="The profile of one deal as it is to be: amends ANNEX.docx alone.")
@click.option(
    "--out",
    default="amendments",
    show_default=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder to write into.",
)
@click.option("--date", "day", type=DAY, help="The date of the amendments. Default: today.")
@click.option("--effective", type=DAY, help="The day on which they take effect. Default: when the last party signs.")
@click.option("--reason", default="", help="The sentence by which the amendments give their reason.")
@click.option(
    "--template",
    default="",
    help="The house style of the amendments: legal, modern or a Word file. Default: that of the profile, else legal.",
)
@click.option("--form", default="", help="Move the annexes to this form: full, short. Each is restated as a whole.")
@click.option("--jobs", type=click.IntRange(1, 256), default=1, show_default=True, help="How many processes work.")
@click.option("--check", is_flag=True, help="Tell what would change and write nothing.")
@click.option("--force", is_flag=True, help="Overwrite files that exist.")
@format_option
def amend(
    signed: Path,
    new: tuple[str, ...],
    old: tuple[str, ...],
    base: Path | None,
    to: Path | None,
    out: Path,
    day: datetime | None,
    effective: datetime | None,
    reason: str,
    template: str,
    form: str,
    jobs: int,
    check: bool,
    force: bool,
    fmt: str,
) -> None:
    """Write amendments and redlines: of one deal that changes, or of each annex in FOLDER that a new library changes.

    Clauses that still say what the old library said get the new wording. Clauses that the parties negotiated stay as
    they are, and are listed with both wordings. Values that the new library no longer allows are reported.

    \b
    ccclauses amend annexes/ --from clause_library@v1.0 --library clause_library --check
    ccclauses amend annexes/ --from old/ --library new/ --reason "The Example Act applies from 1 January 2027."

    One deal changes with --to: its amendment says what changes from a day on and what stays, with a redline and the
    consolidated annex. Calendar and calculator go on with the consolidated annex as data (.json), by the terms of each day.

    \b
    ccclauses amend signed.docx --profile old.yaml --to new.yaml --from 2027-03-01

    With --form a deal moves to another form, such as from short to full: the amendment restates the annex, whose values
    are over, and clauses that the parties negotiated are listed with both wordings.

    Exit status: 0 no annex is affected, 1 an annex is affected or can't be reported, 2 misuse.
    """
    if to or signed.is_file():
        from .amend_deal import amend_deal

        if new or form or not (to and base and len(old) == 1) or not signed.is_file():
            raise click.UsageError(
                "One deal is amended as `amend ANNEX.docx --profile OLD.yaml --to NEW.yaml --from YYYY-MM-DD`."
            )
        amend_deal(
            signed, base, to, out, start=old[0], effective=effective, day=day, reason=reason,
            template=template, check=check, force=force, fmt=fmt,
        )  # fmt: skip
        return
    folder = signed
    from ..amend.papers import papers
    from ..amend.run import Order, effect_for, effects, fingerprints, library_once
    from ..amend.writing.document import Terms
    from ..compose.library import text_problems
    from ..model.diagnostic import Diagnostic, errors, nearest
    from ..portfolio.index import other_files, others_said
    from ..report.amend import amend_summary as summary
    from ..report.amend.amend_summary_word import write_summary_docx

    library_once.cache_clear()  # a folder may have changed since this process last read it
    after, problems = library_once(new)
    before, found = library_once(old) if old else (None, [])
    problems = problems + found + [p for library in (after, before) if library for p in text_problems(library)]
    if after is None or errors(problems):
        report(errors(problems), err=True)
        raise SystemExit(MISUSE)
    if form and form not in after.forms:
        hint = nearest(form, after.forms) or f"there are {', '.join(after.forms)}"
        raise click.UsageError(f"unknown form `{form}`; {hint}")
    signed_on = day.date() if day else today()
    if not check and not force and (out / SUMMARIES[0]).exists():
        raise click.UsageError(
            f"{out} holds the papers of an earlier run: name another folder, or overwrite them with --force"
        )
    terms = Terms(day=signed_on, effective=effective.date() if effective else None, reason=reason)
    expected = fingerprints(before, after)
    order = Order(
        old=old, new=new, expected=expected, base=base, template=template, terms=terms, papers=not check, form=form
    )
    results: list[Effect] = []
    refused: list[Diagnostic] = []
    written: set[str] = set()

    def write(name: str, data: bytes) -> None:
        # Two annexes whose names differ in their suffix alone would give papers of one name.
        problem = write_whole(out / name, data, force=force and name not in written)
        refused.extend([problem] if problem else [])
        written.add(name)

    hidden = fmt == "json" or not sys.stderr.isatty()
    found_papers = papers(folder, out)
    passed = others_said(other_files(folder, out))
    if not found_papers:
        raise click.UsageError(f"There is no Word file below {folder}.{f' {passed}.' if passed else ''}")
    with executor_of(jobs) as executor:
        each = effects(found_papers, executor, partial(effect_for, order=order), ahead=1 if jobs == 1 else 2 * jobs)
        with click.progressbar(each, length=len(found_papers), label="Reading", file=sys.stderr, hidden=hidden) as bar:
            for effect, files in bar:
                for name, data in files.items():
                    write(name, data)
                results.append(effect)
    if not check:
        title = f"What the new library means for the annexes in {folder.name or folder.absolute().name}"
        page = summary.write_summary_html(results, title, signed_on).encode()
        book = summary.write_summary_xlsx(results, title, signed_on)
        paper = write_summary_docx(results, title, signed_on, _style(template))
        for name, data in zip(SUMMARIES, (page, paper, book, summary.write_summary_json(results).encode())):
            write(name, data)
    report(refused, err=True)
    if fmt == "json":
        if passed:
            click.echo(f"{passed}.", err=True)
        click.echo(summary.write_summary_json(results), nl=False)
    else:
        click.echo(summary.write_summary_text(results), nl=False)
        if passed:
            click.echo(f"{passed}.")
        if not check and not refused:
            click.echo(f"{out / SUMMARIES[0]} is the summary for the board; nothing in it is for the other party.")
    if refused:
        raise SystemExit(MISUSE)
    raise SystemExit(FINE if all(e.state == "unaffected" for e in results) else FINDINGS)


def _style(template: str) -> HouseStyle:
    """The house style of the summary: that of the amendments where one was named, else `legal`."""
    from ..pipeline import HOUSE_STYLES, house_style

    named = template in HOUSE_STYLES or Path(template).is_file()
    style, _ = house_style(template if named else HOUSE_STYLES[0], None, None)
    style = style or house_style(HOUSE_STYLES[0], None, None)[0]
    assert style is not None  # the shipped ones are sound
    return style
