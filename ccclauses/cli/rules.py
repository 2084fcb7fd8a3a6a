"""`ccclauses rules`: the lint rules and their manual pages."""

from __future__ import annotations

import click

from .common import format_option, print_json


@click.command(epilog="Example: ccclauses rules vague-time")
@click.argument("name", required=False)
@format_option
def rules(name: str | None, fmt: str) -> None:
    """List the lint rules, or print the page of one: what it finds, why it matters, what is flagged and accepted."""
    from ..lint.engine import all_rules
    from ..model.diagnostic import nearest

    known = {rule.name: rule for rule in all_rules()} | {rule.code: rule for rule in all_rules()}
    if name and name not in known:
        raise click.UsageError(f"unknown rule `{name}`; {nearest(name, known) or '`ccclauses rules` lists them'}")
    chosen = [known[name]] if name else list(all_rules())
    if fmt == "json":
        print_json([{"name": r.name, "code": r.code, "severity": str(r.severity), "page": r.page} for r in chosen])
    elif name:
        rule = chosen[0]
        click.echo(f"{rule.name} ({rule.code}, {rule.severity})\n\n{rule.page}")
    else:
        for rule in chosen:
            click.echo(f"{rule.code:<4} {rule.name:<24} {str(rule.severity):<8} {rule.summary}")
