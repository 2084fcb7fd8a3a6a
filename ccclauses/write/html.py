"""Annex → one HTML page that a person would like to read: self-contained, linked, printable, in light and dark.

Every paragraph has an id that stays the same while its clause does, references jump, definitions show where a term is
used, and a value can say where it came from. Nothing is loaded from anywhere, and no script runs.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from ..model.annex import (
    Annex,
    DefinitionBlock,
    Emphasis,
    Inline,
    Reference,
    SignatureBlock,
    Table,
    Term,
    Value,
    plain_text,
)
from .blocks import Heading, Placed, walk
from .labels import label, signature_rows, title_details

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE = """
:root { color-scheme: light dark; --ink: #1c2127; --paper: #fff; --soft: #f2f5f7; --line: #d3dae0; --dim: #56616c;
  --accent: #0b4f6c; --mark: #fff4cf; --target: #e3f1f8; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6eaee; --paper: #13171b; --soft: #1c2228; --line: #38424c;
  --dim: #a3afba; --accent: #86c5e0; --mark: #3a3212; --target: #17303c; } }
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0; color: var(--ink); background: var(--paper); font: 1.0625rem/1.6 Georgia, "Times New Roman", serif;
  }
.page { display: grid; grid-template-columns: minmax(13rem, 18rem) minmax(0, 46rem); gap: 3rem; max-width: 72rem;
  margin: 0 auto; padding: 2rem 1.5rem 6rem; }
nav { position: sticky; top: 0; align-self: start; max-height: 100vh; overflow: auto; padding: 1rem 0;
  font: .875rem/1.45 system-ui, sans-serif; }
nav ol { list-style: none; margin: 0; padding: 0; } nav li { padding: .15rem 0; } nav li.sub { padding-left: 1rem; }
nav .num { display: inline-block; min-width: 2.2em; color: var(--dim); }
nav a { color: inherit; text-decoration: none; } nav a:hover, nav a:focus { text-decoration: underline; }
h1, h2, h3, th, dt, .draft { font-family: system-ui, -apple-system, "Segoe UI", sans-serif; line-height: 1.25; }
h1 { font-size: 2rem; color: var(--accent); margin: 0 0 .25rem; }
h2 { font-size: 1.35rem; color: var(--accent); margin: 3rem 0 1rem; padding-bottom: .4rem;
  border-bottom: 1px solid var(--line); }
h3 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
h2 .num, h3 .num { margin-right: .75em; color: var(--dim); font-weight: 600; }
.parties { font-size: 1.15rem; color: var(--dim); margin: 0 0 1.25rem; }
.draft { display: inline-block; border: 2px solid currentColor; border-radius: .25rem; padding: .1rem .6rem;
  font-weight: 700; letter-spacing: .1em; color: var(--dim); }
dl.details { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1.5rem; margin: 1rem 0;
  font-size: .95rem; }
dl.details dt { color: var(--dim); font-size: .9rem; } dl.details dd { margin: 0; }
.para { display: grid; grid-template-columns: minmax(3.25rem, max-content) 1fr; margin: 0 0 .6rem; }
.para > .num { color: var(--dim); font-variant-numeric: tabular-nums; text-decoration: none; padding-right: .75rem;
  white-space: nowrap; }
.para > .num:hover, .para > .num:focus { text-decoration: underline; color: var(--accent); }
.para > p { margin: 0; } .l3 { margin-left: 3.25rem; } .l4 { margin-left: 6.5rem; } .in { margin: 0 0 .6rem 3.25rem; }
p.note { font-size: .95rem; border-left: 3px solid var(--line); padding-left: .75rem; }
:target { background: var(--target); outline: .35rem solid var(--target); border-radius: 2px; }
a { color: var(--accent); } a.ref { text-decoration-thickness: 1px; text-underline-offset: .15em;
  white-space: nowrap; }
a.term { color: inherit; text-decoration: underline dotted var(--dim) 1px; text-underline-offset: .2em; }
.value { background: var(--mark); border-radius: 2px; padding: 0 .1em; } .value[title] { cursor: help; }
.wide { overflow-x: auto; margin: 1rem 0 1.5rem; }
table { border-collapse: collapse; width: 100%; font-size: .93rem; line-height: 1.45; }
caption { text-align: left; color: var(--dim); font-size: .85rem; padding-bottom: .35rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid var(--line); }
thead th { background: var(--soft); font-size: .85rem; }
.right { text-align: right; font-variant-numeric: tabular-nums; }
.definition { margin: 0 0 .6rem; padding-left: 1.25rem; text-indent: -1.25rem; }
.signatures { display: grid; grid-template-columns: 1fr 1fr; gap: 2rem; } .signatures h3 { margin-top: 0; }
.signatures p { margin: 0; padding: 1.4rem 0 .15rem; border-bottom: 1px solid var(--dim); font-size: .93rem; }
footer { margin-top: 4rem; color: var(--dim); font: .8rem/1.4 system-ui, sans-serif; overflow-wrap: anywhere; }
@media (max-width: 56rem) { .page { display: block; padding: 1rem 1rem 4rem; }
nav { position: static; max-height: 35vh; margin-bottom: 1.5rem; border-bottom: 1px solid var(--line); }
  .l3 { margin-left: 1.25rem; } .l4 { margin-left: 2.5rem; } .in { margin-left: 0; }
  .signatures { grid-template-columns: 1fr; } }
@media print { :root { --ink: #000; --paper: #fff; --soft: #eee; --line: #999; --dim: #444; --accent: #000;
  --mark: transparent; }
  body { font-size: 10.5pt; } .page { display: block; max-width: none; padding: 0; }
  nav { position: static; max-height: none; break-after: page; }
  a, a.ref { color: inherit; text-decoration: none; } h2, h3 { break-after: avoid; }
  thead { display: table-header-group; }
  tr, .para, .definition, .signatures { break-inside: avoid; } .wide { overflow: visible; }
  p { orphans: 3; widows: 3; } }
"""


def write_html(annex: Annex, *, provenance: Mapping[str, str] | None = None) -> str:
    """The annex as a page; `provenance` says for a parameter, in a sentence, where its value came from."""
    return (
        f'<!doctype html>\n<html lang="{_attribute(annex.language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_attribute(_POLICY)}">\n'
        f"<title>{escape(annex.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f'<div class="page">\n{annex_contents(annex)}\n'
        f"<main>\n{annex_body(annex, provenance=provenance)}\n</main>\n</div>\n</body>\n</html>\n"
    )


def annex_contents(annex: Annex) -> str:
    """The contents list as a `nav`, with a link to each heading."""
    rows = [
        f'<li{" class=" + chr(34) + "sub" + chr(34) if item.level == 2 else ""}><a href="#{_attribute(item.anchor)}">'
        f"{_number(item.number)}{escape(item.title)}</a></li>"
        for item in walk(annex)
        if isinstance(item, Heading)
    ]
    return f'<nav aria-label="{_attribute(label(annex, "contents"))}"><ol>\n{chr(10).join(rows)}\n</ol></nav>'


def annex_body(annex: Annex, *, provenance: Mapping[str, str] | None = None, meanings: bool = True) -> str:
    """The annex itself as markup, for a page of one's own; `meanings` gives each use of a term its definition."""
    page = _Page(annex, provenance or {}, meanings)
    out = [*page.front()]
    for item in walk(annex):
        if isinstance(item, Heading):
            tag = f"h{item.level + 1}"
            out.append(f'<{tag} id="{_attribute(item.anchor)}">{_number(item.number)}{escape(item.title)}</{tag}>')
        elif isinstance(item, DefinitionBlock):
            words = page.inlines(item.inlines)
            term = f"“<b><dfn>{escape(item.term)}</dfn></b>”"
            out.append(f'<p class="definition" id="{_attribute(item.anchor)}">{term} {words}</p>')
        else:
            out.append(page.block(item))
    if annex.signatures:
        out.append(page.signatures())
    if annex.fingerprint:
        out.append(f"<footer>{escape(annex.reference)} · sha256:{escape(annex.fingerprint)}</footer>")
    return "\n".join(out)


class _Page:
    """What the parts of one page share: the definitions that terms show, and where values came from."""

    def __init__(self, annex: Annex, provenance: Mapping[str, str], meanings: bool) -> None:
        self.meanings = meanings
        self.annex = annex
        self.provenance = provenance
        self.definitions = {d.term: (d.anchor, f"{d.term} {plain_text(d.inlines)}") for d in annex.definitions}

    def front(self) -> list[str]:
        """The title block."""
        annex = self.annex
        rows = "".join(f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in title_details(annex))
        draft = [f'<p class="draft">{escape(label(annex, "watermark"))}</p>'] if annex.status == "draft" else []
        parties = f"{escape(annex.client.name)} – {escape(annex.provider.name)}"
        return [
            f"<h1>{escape(annex.title)}</h1>",
            f'<p class="parties">{parties}</p>',
            *draft,
            f'<dl class="details">{rows}</dl>',
        ]

    def block(self, placed: Placed) -> str:
        """A paragraph or table with its id."""
        block, name = placed.block, _attribute(placed.id)
        if isinstance(block, Table):
            return self.table(block, name)
        words = self.inlines(block.inlines)
        if block.level >= 2 and block.number:
            number = f'<a class="num" href="#{name}">{escape(block.number)}</a>'
            return f'<div class="para l{block.level}" id="{name}">{number}<p>{words}</p></div>'
        if block.number and not block.level:
            return f'<div class="para" id="{name}"><span class="num">{escape(block.number)}</span><p>{words}</p></div>'
        kind = {"note": ' class="note"'}.get(block.role, ' class="in"' if placed.part == "clause" else "")
        return f'<p{kind} id="{name}">{words}</p>'

    def table(self, table: Table, name: str) -> str:
        """A table with its header row and caption."""
        kinds = [' class="right"' if a == "right" else "" for a in table.align]
        head = "".join(f'<th scope="col"{kind}>{escape(text)}</th>' for kind, text in zip(kinds, table.header))
        rows = "".join(
            "<tr>"
            + "".join(f"<td{kind}>{self.inlines(cell.inlines)}</td>" for kind, cell in zip(kinds, row))
            + "</tr>\n"
            for row in table.rows
        )
        caption = f"<caption>{escape(table.title)}</caption>" if table.title else ""
        parts = f"{caption}<thead><tr>{head}</tr></thead>\n<tbody>{rows}</tbody>"
        return f'<div class="wide" id="{name}" tabindex="0"><table>{parts}</table></div>'

    def inlines(self, inlines: tuple[Inline, ...]) -> str:
        """Inlines as markup."""
        return "".join(map(self.inline, inlines))

    def inline(self, inline: Inline) -> str:
        """One inline as markup."""
        if isinstance(inline, Reference):
            return f'<a class="ref" href="#{_attribute(inline.target)}">{escape(inline.noun + inline.text)}</a>'
        if isinstance(inline, Value):
            source = self.provenance.get(inline.parameter)
            title = f' title="{_attribute(source)}"' if source else ""
            name = _attribute(inline.parameter)
            return f'<span class="value" data-parameter="{name}"{title}>{escape(inline.text)}</span>'
        if isinstance(inline, Term) and inline.term in self.definitions:
            anchor, meaning = self.definitions[inline.term]
            title = f' title="{_attribute(meaning)}"' if self.meanings else ""
            return f'<a class="term" href="#{_attribute(anchor)}"{title}>{escape(inline.text)}</a>'
        return f"<em>{escape(inline.text)}</em>" if isinstance(inline, Emphasis) else escape(inline.text)

    def signatures(self) -> str:
        """The places to sign, a column for each party."""
        sections = [self._signing(block) for row in signature_rows(self.annex) for block in row]
        return f'<div class="signatures">{"".join(sections)}</div>'

    def _signing(self, block: SignatureBlock | None) -> str:
        if block is None:
            return "<section></section>"
        lines = "".join(f"<p>{escape(f'{name}: {text}')}</p>" for name, text in block.lines)
        return f"<section><h3>{escape(block.lead)}</h3>{lines}</section>"


def _number(number: str) -> str:
    return f'<span class="num">{escape(number)}</span> ' if number else ""


def _attribute(text: str) -> str:
    return escape(" ".join(text.split()), quote=True)
