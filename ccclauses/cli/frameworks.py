"""`ccclauses frameworks`: the laws and standards that a profile may switch on."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from .common import FINE, format_option, print_json
from .library import library_option, read_library


@click.command()
@click.argument("framework", required=False)
@library_option
@format_option
def frameworks(framework: str | None, library: tuple[Path, ...], fmt: str) -> None:
    """List the frameworks, or the references of one, each with how its source was checked.

    \b
    ccclauses frameworks
    ccclauses frameworks gdpr
    ccclauses frameworks dora --format json
    """
    from ..model.diagnostic import nearest

    known = read_library(library).frameworks
    if framework and framework not in known:
        raise click.UsageError(
            f"unknown framework `{framework}`; {nearest(framework, known) or 'there are ' + ', '.join(known)}"
        )
    chosen = [known[framework]] if framework else list(known.values())
    if fmt == "json":
        print_json(
            {
                "frameworks": [
                    {
                        "id": f.id,
                        "title": f.title,
                        "short": f.short,
                        "jurisdiction": f.jurisdiction,
                        "note": f.note,
                        "references": [
                            {
                                "ref": r.ref,
                                "id": r.id,
                                "kind": r.kind,
                                "duty": r.duty,
                                "deadline": r.deadline,
                                "topics": list(r.topics),
                                "checked": r.checked,
                            }
                            for r in f.references.values()
                        ],
                    }
                    for f in chosen
                ]
            }
        )
        raise SystemExit(FINE)
    for f in chosen:
        counts: Counter[str] = Counter(r.checked for r in f.references.values())
        checked = ", ".join(f"{counts[c]} {words}" for c, words in _CHECKED.items() if counts[c])
        click.echo(f"{f.id}: {f.title} ({f.jurisdiction})")
        click.echo(f"    {len(f.references)} references: {checked}")
        if framework:
            click.echo(click.wrap_text(f.note, 100, "    ", "    ", preserve_paragraphs=False))
            for r in f.references.values():
                deadline = f" [{r.deadline}]" if r.deadline else ""
                click.echo(f"  {r.ref} ({r.kind.replace('_', ' ')}, {_ROW[r.checked]}): {r.duty}{deadline}")
    raise SystemExit(FINE)


_CHECKED = {
    "primary": "seen in the text of the law or standard",
    "secondary": "seen in a reliable summary",
    "unchecked": "not checked against a source",
}
_ROW = {"primary": "text seen", "secondary": "summary seen", "unchecked": "not checked"}
