"""Writes docs/reference/rules.md out of the rules' own pages: `python tools/rule_pages.py`."""

from __future__ import annotations

import textwrap
from pathlib import Path

from ccclauses.lint.engine import Rule, all_rules

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "rules.md"
HEAD = """\
# Lint rules

`ccclauses lint` runs these over a clause library, an annex or any contract. Each page is the docstring of the rule's file
in `ccclauses/lint/rules/`; its examples are run as tests. `ccclauses rules NAME` prints one.

A finding in a clause can be allowed in place, with a reason: `allow: [{rule: and-or, reason: …, text: the words}]`. An
allowance that allows nothing any more is itself a finding (`stale-allowance`). The rules judge English: paragraphs of a contract
in another language are left out, and counted in a note (`other-language`). Words of a Word file that nobody sees, hidden, too pale or
too small, are found too (`hidden-words`).

| code | rule | severity | |
| --- | --- | --- | --- |
"""


def page() -> str:
    """The whole page."""
    rules = all_rules()
    rows = "".join(f"| {r.code} | [`{r.name}`](#{r.name}) | {r.severity} | {r.summary} |\n" for r in rules)
    return HEAD + rows + "".join(map(_section, rules))


def _section(rule: Rule) -> str:
    lines = [f"\n## {rule.name}\n", f"*{rule.code}, {rule.severity}*\n"]
    for block in rule.page.split("\n\n"):
        heading, _, rest = block.partition("\n")
        if heading in ("Flagged", "Accepted"):
            examples = textwrap.dedent(rest).replace("\n  ", " ")
            lines += [f"{heading}:\n", *(f"- {example}" for example in examples.split("\n")), ""]
        elif heading == "Why it matters":
            lines.append(f"{' '.join(rest.split())}\n")
        else:
            lines.append(f"{' '.join(block.split())}\n")
    return "\n".join(lines)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
