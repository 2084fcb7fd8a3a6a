"""The command line: one file a command; each parses, calls one public function and prints."""

from __future__ import annotations

import gc
import importlib
import os
import sys
from typing import Any

import click

from .. import __version__

# Command → its module in this package. A module is imported only when its command is named or listed.
_COMMANDS = {
    "new": "new",
    "build": "build",
    "check": "check",
    "explain": "explain",
    "coverage": "coverage",
    "clauses": "clauses",
    "settings": "settings",
    "show": "show",
    "frameworks": "frameworks",
    "approve": "approve",
    "approvals": "approvals",
    "diff": "diff",
    "lint": "lint",
    "rules": "rules",
    "redline": "redline",
    "read": "read",
    "review": "review",
    "assess": "assess",
    "accept": "accept",
    "counter": "counter",
    "merge": "merge",
    "clean": "clean",
    "history": "history",
    "verify": "verify",
    "penalty": "penalty",
    "obligations": "obligations",
    "handbook": "handbook",
    "batch": "batch",
    "portfolio": "portfolio",
    "amend": "amend",
    "serve": "serve",
    "template": "template",
    "schema": "schema",
}


class _Commands(click.Group):
    def list_commands(self, context: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in _COMMANDS:
            return None
        return getattr(importlib.import_module(f".{_COMMANDS[name]}", __package__), name)

    def invoke(self, context: click.Context) -> Any:
        """Run the command. Where the reader of a pipe has left, as `head` does, Click would call that a failure.

        Ctrl+C has a status of its own: 1, which Click would give, means findings.
        """
        try:
            return super().invoke(context)
        except KeyboardInterrupt:
            click.echo("Stopped.", err=True)
            raise SystemExit(130) from None
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is still to be written has no reader
            raise SystemExit(0) from None

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """List each command with the whole first sentence of its help: half a sentence tells nobody what it is for."""
        commands = {name: self.get_command(context, name) for name in self.list_commands(context)}
        with formatter.section("Commands"):
            formatter.write_dl(
                [(name, command.get_short_help_str(200)) for name, command in commands.items() if command]
            )

    def resolve_command(
        self, context: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(context, args)
        except click.UsageError:
            from ..model.diagnostic import nearest

            message = f"there is no command `{args[0]}`"
            raise click.UsageError("; ".join(filter(None, (message, nearest(args[0], _COMMANDS)))), context) from None


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(prog)s %(version)s")
def cli() -> None:
    """Turn a requirements profile into an enforceable Word contract annex.

    \b
    ccclauses new my-deal.yaml            answer the questions of an intake meeting
    ccclauses build my-deal.yaml          write the annex
    ccclauses explain my-deal.yaml        see why each clause and value is in it

    Nothing that is shipped is legal advice; have a lawyer review what you sign.
    Exit status: 0 fine, 1 findings, 2 misuse, 130 stopped with Ctrl+C.
    """
    from .outside import take_environment

    if problems := take_environment():
        raise click.UsageError("\n".join(map(str, problems)))


def main() -> None:
    """The console script: no traceback reaches a user for what a user can cause."""
    # Libraries and annexes live to the end of a command and hold no cycles: looking for some takes a tenth of its time.
    # It is left to commands that make hundreds of thousands of objects, and a long run was not seen to need more memory.
    gc.set_threshold(300_000)
    # Windows consoles may not print every character of a contract; a mark is better than a crash.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        cli()
    finally:
        gc.freeze()  # the process ends, and Python needs not look for cycles among all that it holds
