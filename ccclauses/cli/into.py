"""`ccclauses build --into`: the annex as a part of the client's own agreement."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..model.diagnostic import Severity
from .common import (
    EXISTING_FILE,
    FINDINGS,
    MISUSE,
    exit_with,
    load_inputs,
    print_json,
    report,
    report_dict,
    tally,
    write_whole,
)

if TYPE_CHECKING:
    from ..into.merge import Merged
    from ..model.diagnostic import Diagnostic

_OPTIONS = (
    click.option("--into", "agreement", type=EXISTING_FILE, help="Put the annex into this agreement, a Word file, which is left as it is."),
    click.option("--at", default="", metavar="PLACE", help="Where: a heading's number or words, a marker paragraph, bookmark:NAME or end."),
    click.option("--instead", is_flag=True, help="Replace the text under that heading; the heading itself is kept."),
    click.option("--track", is_flag=True, help="Enter the annex as tracked changes."),
    click.option("--author", default="", help="The name on the tracked changes; default: the client's."),
    click.option("--date", type=click.DateTime(["%Y-%m-%d"]), help="The day of the tracked changes; default: that of the annex."),
    click.option(
        "--inner-schedules",
        type=click.Choice(("part", "appendix", "attachment", "keep")),
        help="What the annex's own schedules are called; default: Part where the agreement has schedules too.",
    ),
    click.option("--header", type=click.Choice(("annex", "host")), help="Whose headers its pages have; default: the annex's."),
    click.option("--look", type=click.Choice(("host", "annex")), help="Whose font it is in; default: that of the agreement."),
    click.option("--title", is_flag=True, help="Keep the title block of the annex."),
    click.option("--signatures", is_flag=True, help="Keep the signatures of the annex."),
)  # fmt: skip


def into_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of `--into` to a command."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def build_into(
    profile: Path,
    output: Path | None,
    *,
    agreement: Path,
    at: str,
    instead: bool,
    track: bool,
    author: str,
    date: datetime | None,
    inner_schedules: str | None,
    header: str | None,
    look: str | None,
    title: bool,
    signatures: bool,
    template: str | None,
    styles: Path | None,
    draft: bool,
    force: bool,
    fmt: str,
) -> None:
    """Put the annex of a profile into an agreement, and report what was altered in it and what both say otherwise."""
    from ..into.merge import Choices, merge

    if (author or date) and not track:
        raise click.UsageError("--author and --date go with --track")
    output = output or agreement.with_name(f"{agreement.stem}-with-annex{agreement.suffix}")
    if output.suffix.lower() not in (".docx", ".docm"):
        raise click.UsageError(f"the agreement is written as .docx, not {output.suffix or 'a file without ending'}")
    if output.resolve() == agreement.resolve():
        raise click.UsageError(f"{agreement} itself is never overwritten; name another file with -o")
    request, library, problems = load_inputs(profile)
    merged = None
    if request and library:
        data = agreement.read_bytes()
        choices = Choices(
            at=at or _asked(data, agreement),
            instead=instead,
            tracked=track,
            author=author,
            date=date,
            inner=inner_schedules or "",
            header=header or "annex",
            look=look or "host",
            title=title,
            signatures=signatures,
        )
        merged, found = merge(
            request, library, data, name=str(agreement), choices=choices, template=template, styles=styles, draft=draft
        )
        problems = [*problems, *found]
    unfit = any(d.rule == "not-put-in" for d in problems)
    if merged is not None and merged.macros != (output.suffix.lower() == ".docm"):
        kind, ending = ("holds macros", ".docm") if merged.macros else ("holds no macros", ".docx")
        raise click.UsageError(
            f"{agreement} {kind}, and Word opens such a file only as {ending}: name the output {output.stem}{ending}"
        )
    if merged is not None and (refused := write_whole(output, merged.data, force=force)):
        problems, merged = [*problems, refused], None
    _told(merged, problems, output, agreement, fmt)
    if merged is None:
        raise SystemExit(MISUSE if unfit else FINDINGS)
    exit_with(problems)


def _asked(data: bytes, agreement: Path) -> str:
    """The place that a person chooses from the headings; without a terminal the list itself is the answer."""
    from ..into.host.host import Host, Refused, open_host
    from ..into.host.place import listed_places, older_annexes
    from ..into.merge import refused
    from ..ooxml.package.parse import PackageError

    try:
        host = Host(open_host(data, agreement.name))
    except (PackageError, Refused) as problem:
        report([refused(problem, str(agreement))], err=True)
        raise SystemExit(MISUSE) from None
    if older_annexes(host):
        return ""
    places = listed_places(host)
    for number, (name, text) in enumerate(places, 1):
        click.echo(f"{number:4}  {text}" + ("" if name in text else f"   --at “{name}”"), err=True)
    if not sys.stdin.isatty():
        raise click.UsageError(f"{agreement} has these places; name one with --at")
    chosen = click.prompt("Under which of them", type=click.IntRange(1, len(places)), err=True)
    return places[chosen - 1][0]


def _told(merged: Merged | None, problems: list[Diagnostic], output: Path, agreement: Path, fmt: str) -> None:
    if fmt == "json":
        told = {
            "written": str(output) if merged else None,
            **report_dict([*problems, *(merged.clashes if merged else ())]),
        }
        if merged:
            told |= {"place": merged.place, "altered": list(merged.altered), "notes": list(merged.notes)}
        print_json(told)
        return
    shown = [d for d in problems if d.severity > Severity.NOTE]
    report(shown, err=True)
    if merged is None:
        click.echo(f"Nothing was written: {tally(shown)}.", err=True)
        return
    click.echo(f"Wrote {output}: {merged.annex.title} in {agreement.name}, {merged.place}.")
    for title, lines in (
        ("Altered in the agreement", merged.altered),
        ("To know", merged.notes),
        ("What agreement and annex say otherwise; nothing of it was changed", [f"{d.message}" for d in merged.clashes]),
    ):
        if lines:
            click.echo(f"{title}:")
        for line in lines:
            click.echo(f"  - {line}")
    click.echo("Nothing that is shipped is legal advice and no lawyer has reviewed it; have one review what you sign.")
