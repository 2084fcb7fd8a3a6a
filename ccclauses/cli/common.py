"""What the commands share: reading the inputs, printing diagnostics, exit statuses, writing whole files."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from ..common.files import replace_whole
from ..model.diagnostic import OPEN_RULES, Diagnostic, Position, Severity, errors, nearest

if TYPE_CHECKING:
    from ..model.library.library import Library
    from ..model.profile import Profile

FINE, FINDINGS, MISUSE, STOPPED = 0, 1, 2, 130

FORMATS = ("text", "json")


def format_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option `--format text|json`, given to the command as `fmt`."""
    return click.option(
        "--format",
        "fmt",
        type=click.Choice(FORMATS),
        default="text",
        show_default=True,
        help="How to print the result.",
    )(command)


class _Existing(click.Path):
    """A file or folder that exists; a name that is none is reported with the nearest one next to it."""

    def __init__(self, *, file: bool = True, folder: bool = True) -> None:
        super().__init__(exists=True, file_okay=file, dir_okay=folder, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path, or what is wrong with it."""
        path = Path(value)
        if path.exists():
            return super().convert(value, param, ctx)
        what = " or ".join(w for w, fits in (("file", self.file_okay), ("folder", self.dir_okay)) if fits)
        near = nearest(path.name, self._beside(path))
        return self.fail("; ".join(filter(None, (f"there is no {what} `{value}`", near))), param, ctx)

    def _beside(self, path: Path) -> list[str]:
        try:
            return [p.name for p in path.parent.iterdir() if (self.dir_okay if p.is_dir() else self.file_okay)]
        except OSError:  # there is not a folder that could hold it, or it can't be read
            return []


EXISTING_FILE, EXISTING_FOLDER, EXISTING = _Existing(folder=False), _Existing(file=False), _Existing()


def file_argument(name: str = "profile", **kwargs: Any) -> Callable[..., Any]:
    """An argument that names an existing file, given to the command as a `Path`."""
    return click.argument(name, type=EXISTING_FILE, **kwargs)


def in_order(diagnostics: Iterable[Diagnostic], *, by_importance: bool = False) -> list[Diagnostic]:
    """The diagnostics by place, each once; by importance the errors come first, and what a law says anyway last."""

    def weight(d: Diagnostic) -> tuple[bool, int]:
        return (d.rule == "law", -d.severity) if by_importance else (False, 0)

    found = list(dict.fromkeys(diagnostics))
    listed = [d for d in found if d.rule in OPEN_RULES]  # in an order of their own
    place = {d: n for n, d in enumerate(listed, 1)}
    return sorted(
        found,
        key=lambda d: (weight(d), place.get(d, 0), d.at, -d.severity, d.rule, d.message),
    )


def report(diagnostics: Iterable[Diagnostic], fmt: str = "text", *, err: bool = False, sort: bool = True) -> None:
    """Print diagnostics, by place unless they are in order already; as text nothing is printed when there are none.

    `err` prints to standard error.
    """
    ordered = in_order(diagnostics) if sort else list(diagnostics)
    if fmt == "json":
        print_json(report_dict(ordered, sort=False), err=err)
    else:
        for diagnostic in ordered:
            click.echo(str(diagnostic), err=err)


def report_dict(diagnostics: Iterable[Diagnostic], *, sort: bool = True) -> dict[str, object]:
    """Diagnostics and their count by severity, as plain JSON values."""
    ordered = in_order(diagnostics) if sort else list(diagnostics)
    counts = {f"{s}s": sum(d.severity == s for d in ordered) for s in sorted(Severity, reverse=True)}
    return {"diagnostics": [d.as_dict() for d in ordered], **counts}


def terminal_width() -> int | None:
    """Characters of a line of the terminal; None when what is printed goes elsewhere, where nobody wants it wrapped."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def print_json(value: object, *, err: bool = False) -> None:
    """Print a value as JSON for people and programs."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=False), err=err)


def tally(diagnostics: Iterable[Diagnostic]) -> str:
    """The diagnostics counted in words: "2 errors, 1 warning"; empty when there are none."""
    ordered = list(diagnostics)
    counted = [(sum(d.severity == s for d in ordered), s) for s in sorted(Severity, reverse=True)]
    return ", ".join(f"{n} {severity}{'' if n == 1 else 's'}" for n, severity in counted if n)


def exit_with(diagnostics: Iterable[Diagnostic]) -> NoReturn:
    """Leave with the status that the diagnostics call for: 1 when one of them is an error, else 0."""
    raise SystemExit(FINDINGS if errors(diagnostics) else FINE)


def load_inputs(path: Path, *, as_far: bool = False) -> tuple[Profile | None, Library | None, list[Diagnostic]]:
    """The profile at `path` and its library; the reader is imported when a command first reads a profile."""
    from ..load.inputs import load_inputs as read

    return read(path, as_far=as_far)


def write_whole(path: Path, data: bytes, *, force: bool = False) -> Diagnostic | None:
    """Write `data` to `path` all at once, or say in a diagnostic why not; a file that exists needs `force`."""
    if path.exists() and not force:
        return _kept(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_whole(path, data)
    except OSError as problem:
        return _not_written(path, f"the file can't be written: {problem.strerror or problem}")
    return None


def write_together(files: Sequence[tuple[Path, bytes]], *, force: bool = False) -> None:
    """Write files that belong together, in order, or leave with the reason; none is written where one is in the way."""
    refused = [] if force else [_kept(path) for path, _ in files if path.exists()]
    for path, data in () if refused else files:
        if problem := write_whole(path, data, force=force):
            refused.append(problem)
            break
    if refused:
        report(refused, err=True)
        raise SystemExit(MISUSE)


def _kept(path: Path) -> Diagnostic:
    return _not_written(path, "the file exists and was left as it is", "write elsewhere, or overwrite it with --force")


def check_ending(output: Path | None, kinds: Iterable[str], what: str) -> None:
    """Refuse an output whose name ends with none of `kinds`: a file opened as what it is not is only noticed by others.

    `what` begins the sentence: "The duties are".
    """
    endings = [f".{kind}" for kind in kinds]
    if output and output.suffix.lower() not in endings:
        *others, last = endings
        listed = f"{', '.join(others)} or {last}" if others else last
        raise click.UsageError(f"{what} written to a {listed} file, not to `{output.name}`.")


def put_text(text: str, output: Path | None, *, force: bool) -> None:
    """Print `text`, or write it to `output`; leaves with status 2 when it can't be written."""
    if output is None:
        click.echo(text, nl=False)
        return
    refused = write_whole(output, text.encode(), force=force)
    if refused:
        report([refused], err=True)
        raise SystemExit(MISUSE)
    click.echo(f"Wrote {output}.")


def _not_written(path: Path, message: str, hint: str = "") -> Diagnostic:
    return Diagnostic(rule="output", message=message, at=Position(file=str(path)), hint=hint)
