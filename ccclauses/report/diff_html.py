"""Comparison → one self-contained HTML page: a table of changes that links to each clause, inline or side by side.

No script: the view is switched by two radio buttons and CSS, so the file can be mailed and opened anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from ..model.comparison import Comparison, ParagraphChange, WordChange
from .diff_shown import Only, Shown, ShownPart, number_of, told_of

STYLE = """
:root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --line: #d5dae1; --soft: #f3f5f8; --quiet: #57606b;
  --ins: #0b6b2c; --ins-back: #dff5e5; --del: #a3161f; --del-back: #fde4e4; --move: #5b3a9e; --move-back: #ece5fb;
  --link: #0b57a4; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8ebef; --paper: #14171b; --line: #3a414b; --soft: #1e2329;
  --quiet: #a3adb9;
  --ins: #7fdc9c; --ins-back: #12351f; --del: #ff9ea4; --del-back: #451a1d; --move: #c8b2ff; --move-back: #2d2349;
  --link: #8cc2ff; } }
* { box-sizing: border-box; }
body { font: 16px/1.55 Georgia, "Times New Roman", serif; color: var(--ink); background: var(--paper); margin: 0 auto;
  max-width: 76rem; padding: 1.5rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .5rem; overflow-wrap: anywhere; }
h2 { font-size: 1.15rem; margin: 2.25rem 0 .5rem; border-top: 1px solid var(--line); padding-top: 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid var(--line);
  overflow-wrap: break-word; }
th, .happened, .views, .told, nav, .num { font-family: system-ui, sans-serif; font-size: .875rem; }
th { font-weight: 600; background: var(--soft); }
a { color: var(--link); }
ins { color: var(--ins); background: var(--ins-back); text-decoration: underline; }
del { color: var(--del); background: var(--del-back); }
del + ins { margin-left: .15em; }
.moved { color: var(--move); background: var(--move-back); text-decoration: underline double; }
del.moved { text-decoration: line-through double; }
.happened { font-weight: 400; color: var(--quiet); margin-left: .6rem; }
.told { color: var(--move); } .note { color: var(--quiet); }
.stricter { color: var(--ins); font-weight: 600; } .looser { color: var(--del); font-weight: 600; }
.paragraph { display: grid; grid-template-columns: 6rem 1fr; gap: .75rem; padding: .45rem 0;
  border-bottom: 1px dotted var(--line); }
.num { color: var(--quiet); padding-top: .15rem; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
.sides { display: none; grid-template-columns: 1fr 1fr; gap: 1rem; }
.sides > div { background: var(--soft); padding: .4rem .7rem; border-radius: .3rem; min-width: 0; }
.paragraph > div, .inline { min-width: 0; overflow-wrap: anywhere; }
#view-sides:checked ~ main .sides { display: grid; }
#view-sides:checked ~ main .inline { display: none; }
.views { margin-right: 1.25rem; cursor: pointer; }
input:focus-visible + label, a:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
@media (max-width: 40rem) { .sides { grid-template-columns: 1fr; } .paragraph { grid-template-columns: 1fr; gap: 0; }
  table { display: block; overflow-x: auto; } }
@media print { input, .views { display: none; } body { max-width: none; padding: 0; }
  .paragraph { break-inside: avoid; } }
"""


# The choice of view; it stands before the `main` that it switches.
VIEWS = (
    '<input type="radio" name="view" id="view-inline" checked><label class="views" for="view-inline">Inline</label>\n'
    '<input type="radio" name="view" id="view-sides"><label class="views" for="view-sides">Side by side</label>'
)


def write_diff_html(comparison: Comparison, only: Only = "substantive") -> str:
    """The report as a page."""
    title = escape(f"{comparison.before} → {comparison.after}")
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        f"<h1>{title}</h1>\n{_page(Shown(comparison, only))}\n</body>\n</html>\n"
    )


def diff_body(comparison: Comparison, only: Only = "substantive") -> str:
    """The report as markup, for a page of one's own."""
    return _page(Shown(comparison, only))


def _page(shown: Shown) -> str:
    told = f"<p>{escape(shown.summary[:1].upper() + shown.summary[1:])}.</p>"
    if not shown.different:
        return f"<main>{told}</main>"
    out = [
        told,
        VIEWS,
        "<main>",
        _contents(shown),
        _values(shown),
        _exposure(shown),
        *(_part(part, index) for index, part in enumerate(shown.parts)),
        _definitions(shown),
        _coverage(shown),
        _repeated(shown),
        "</main>",
    ]
    return "\n".join(o for o in out if o)


def table(id_: str, caption: str, header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table of cells that are HTML already."""
    head = "".join(f'<th scope="col">{escape(h)}</th>' for h in header)
    body = "\n".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    heading = f'<h2 id="{id_}">{escape(caption)}</h2>'
    return f"{heading}\n<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"


def _contents(shown: Shown) -> str:
    """The table of changes, with a link to each."""
    rows = [
        (f'<a href="#part-{index}">{escape(part.name)}</a>', escape(part.happened), str(len(part.paragraphs) or ""))
        for index, part in enumerate(shown.parts)
    ]
    for id_, name, found in (
        ("values", "Values", shown.values),
        ("exposure", "Exposure", shown.exposure),
        ("definitions", "Definitions", shown.definitions),
        ("coverage", "Coverage", shown.coverage),
    ):
        if found:
            rows.append((f'<a href="#{id_}">{name}</a>', "changed", str(len(found))))
    return table("changes", "Changes", ("Part", "What happened", "How many"), rows)


def _values(shown: Shown) -> str:
    if not shown.values:
        return ""
    rows = (
        (
            escape(title),
            escape(value.label),
            f"<del>{escape(value.before)}</del>" if value.before else "–",
            f"<ins>{escape(value.after)}</ins>" if value.after else "–",
            "" if value.direction == "different" else f'<span class="{value.direction}">{value.direction}</span>',
        )
        for title, values in shown.values_by_part()
        for value in values
    )
    return table("values", "Values", ("Clause", "Value", "Before", "After", "For the client"), rows)


def _exposure(shown: Shown) -> str:
    if not shown.exposure:
        return ""
    rows = ((escape(label), escape(was), escape(now)) for label, was, now in shown.exposure)
    return table("exposure", "Exposure", ("Sum", "Before", "After"), rows)


def _part(part: ShownPart, index: int) -> str:
    paragraphs = "\n".join(map(_paragraph, part.paragraphs))
    happened = f'<span class="happened">{escape(part.happened)}</span>' if part.happened else ""
    return f'<section id="part-{index}">\n<h2>{escape(part.name)} {happened}</h2>\n{paragraphs}\n</section>'


def _paragraph(paragraph: ParagraphChange) -> str:
    told = told_of(paragraph)
    note = f'<span class="told">{escape(told)}</span> ' if told else ""
    references = "".join(
        f'<p class="told">now refers to {escape(now)}, before to {escape(was)}</p>' for was, now in paragraph.references
    )
    return (
        f'<div class="paragraph"><span class="num">{escape(number_of(paragraph))}</span><div>{note}'
        f"{both_views(paragraph.words) or escape(paragraph.after)}{references}</div></div>"
    )


def inline(words: Iterable[WordChange]) -> str:
    """A change of words with what is gone and what is new marked."""
    return "".join(_word(w, "before") if w.kind == "equal" else _word(w, "before") + _word(w, "after") for w in words)


def both_views(words: Iterable[WordChange]) -> str:
    """A change of words inline and side by side, of which the page shows one."""
    words = tuple(words)
    if not words:
        return ""
    before, after = ("".join(_word(w, side) for w in words) for side in ("before", "after"))
    return f'<div class="inline">{inline(words)}</div><div class="sides"><div>{before}</div><div>{after}</div></div>'


def _word(word: WordChange, side: str) -> str:
    """What stands on one side of a change, marked."""
    text = escape(getattr(word, side))
    if not text or word.kind == "equal":
        return text
    tag = "del" if side == "before" else "ins"
    if word.kind not in ("moved_from", "moved_to"):
        return f"<{tag}>{text}</{tag}>"
    if not word.place:
        return f'<{tag} class="moved">{text}</{tag}>'
    told = f"{'to' if side == 'before' else 'from'} {escape(word.place)}"
    return f'<{tag} class="moved" title="moved {told}">{text}</{tag}> <span class="told">({told})</span>'


def _definitions(shown: Shown) -> str:
    if not shown.definitions:
        return ""
    rows = ((f"“{escape(d.term)}”", d.kind, inline(d.words)) for d in shown.definitions)
    return table("definitions", "Definitions", ("Term", "What happened", "Meaning"), rows)


def _coverage(shown: Shown) -> str:
    if not shown.coverage:
        return ""
    rows = (
        (
            escape(c.framework),
            escape(c.ref),
            f'<span class="{"looser" if c.kind == "lost" else "stricter"}">{c.kind}</span>',
            escape(c.duty),
        )
        for c in shown.coverage
    )
    return table("coverage", "Coverage", ("Framework", "Reference", "What happened", "Requirement"), rows)


def _repeated(shown: Shown) -> str:
    if not shown.repeated:
        return ""
    parts = ", ".join(f"{escape(name)} ({n})" for name, n in shown.repeated)
    return f'<p class="note">Rows that only repeat these changes: {parts}. <code>--only all</code> shows them.</p>'
