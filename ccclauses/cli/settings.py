"""`ccclauses settings`: the values that a profile may set, found by words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .common import FINDINGS, FINE, format_option, print_json
from .library import library_option, read_library

if TYPE_CHECKING:
    from ..derive.catalogue import SettingInfo


@click.command()
@click.argument("words", nargs=-1)
@library_option
@format_option
def settings(words: tuple[str, ...], library: tuple[Path, ...], fmt: str) -> None:
    """List the values that a profile may set, by subject, or those that hold all the WORDS, the nearest first.

    \b
    ccclauses settings
    ccclauses settings backup
    ccclauses settings breach notice --format json
    """
    from ..derive.catalogue import find_settings

    found = find_settings(read_library(library), " ".join(words))
    if fmt == "json":
        print_json({"settings": [info.as_dict() for info in found]})
    elif found:
        subject = ""
        for info in found:
            if not words and info.subject != subject:
                click.echo(info.subject)
            subject = info.subject
            for line in _lines(info):
                click.echo(line)
        click.echo(
            "Write a value under `settings` of the profile; `ccclauses explain deal.yaml --set NAME=VALUE` shows what it changes."
        )
    else:
        click.echo(f"No setting holds {' and '.join(f'`{w}`' for w in words)}.", err=True)
    raise SystemExit(FINE if found else FINDINGS)


def _lines(info: SettingInfo) -> Iterator[str]:
    yield f"  {info.name}: {info.label} ({info.bounds})"
    if info.values:
        yield f"      {', '.join(f'{posture} {value}' for posture, value in info.values)}"
    yield f"      printed in `{info.clause}`{f', for the {info.duties[0]}' if info.duties else ''}"
    costs = "; ".join(filter(None, (info.direction, f"failing it costs {info.cost}" if info.cost else "")))
    if costs:
        yield f"      {costs}"
