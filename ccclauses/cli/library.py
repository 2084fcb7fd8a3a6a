"""What the commands that look things up in the library share."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date, datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .common import EXISTING_FOLDER, FINDINGS, report

if TYPE_CHECKING:
    from ..model.library.library import Library


def library_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option `--library FOLDER`, which may be given again, handed to the command as a tuple of folders."""
    return click.option(
        "--library",
        multiple=True,
        type=EXISTING_FOLDER,
        help="A library folder of yours, read over the shipped one; may be given again.",
    )(command)


def read_library(folders: tuple[Path, ...]) -> Library:
    """The shipped library with those folders over it; leaves with its problems printed when it has errors."""
    from ..common.resources import library_folder
    from ..load.library.library import load_library
    from ..model.diagnostic import errors

    library, problems = load_library(library_folder(), *folders)
    if errors(problems):
        report(problems, err=True)
        raise SystemExit(FINDINGS)
    return library


def folder_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option `--folder DIR`, where the approvals file of a team lies."""
    return click.option(
        "--folder",
        type=EXISTING_FOLDER,
        help="The folder of approvals.yaml; by default the last --library, else the current folder.",
    )(command)


def approvals_folder(folder: Path | None, libraries: tuple[Path, ...]) -> Path:
    """The folder that holds a team's approvals."""
    return folder or (libraries[-1] if libraries else Path())


def today() -> date:
    """The day by SOURCE_DATE_EPOCH where it is set, else by the clock of this machine."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return date.today()
    try:
        return datetime.fromtimestamp(int(epoch), timezone.utc).date()
    except (ValueError, OverflowError, OSError):
        raise click.UsageError("SOURCE_DATE_EPOCH is not a number of seconds") from None
