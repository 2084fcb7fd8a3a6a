"""Comparison → one self-contained HTML page: a table of changes that links to each clause, inline or side by side.

No script: the view is switched by two radio buttons and CSS, so the file can be mailed and opened anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from ..model.comparison import ClauseChange, Comparison, ParagraphChange, WordChange
from .diff_text import KIND_WORDS, Only, different, exposure_lines, heading, shown_paragraphs, shown_parts, summary

_STYLE = """
:root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --line: #d5dae1; --soft: #f3f5f8; --ins: #0b6b2c;
  --ins-back: #dff5e5; --del: #a3161f; --del-back: #fde4e4; --move: #5b3a9e; --move-back: #ece5fb; --link: #0b57a4; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8ebef; --paper: #14171b; --line: #3a414b; --soft: #1e2329;
  --ins: #7fdc9c; --ins-back: #12351f; --del: #ff9ea4; --del-back: #451a1d; --move: #c8b2ff; --move-back: #2d2349; --link: #8cc2ff; } }
body { font: 16px/1.55 Georgia, "Times New Roman", serif; color: var(--ink); background: var(--paper); margin: 0 auto; max-width: 72rem; padding: 1.5rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; border-top: 1px solid var(--line); padding-top: 1rem; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid var(--line); }
th { font-weight: 600; background: var(--soft); } a { color: var(--link); }
ins { color: var(--ins); background: var(--ins-back); text-decoration: underline; } del { color: var(--del); background: var(--del-back); }
.moved { color: var(--move); background: var(--move-back); text-decoration: underline double; }
.kind { font: .85rem/1.2 system-ui, sans-serif; color: var(--move); } .num { white-space: nowrap; font-variant-numeric: tabular-nums; padding-right: .5rem; }
.paragraph { display: grid; grid-template-columns: 4.5rem 1fr; padding: .35rem 0; border-bottom: 1px dotted var(--line); }
.sides { display: none; grid-template-columns: 1fr 1fr; gap: 1rem; } .sides > div { background: var(--soft); padding: .4rem .6rem; border-radius: .3rem; }
#view-sides:checked ~ main .sides { display: grid; } #view-sides:checked ~ main .inline { display: none; }
.views { font-family: system-ui, sans-serif; } input, label { font-family: system-ui, sans-serif; margin-right: .4rem; }
@media (max-width: 40rem) { .sides { grid-template-columns: 1fr; } .paragraph { grid-template-columns: 3rem 1fr; } }
@media print { input, label { display: none; } body { max-width: none; } }
"""


def write_diff_html(comparison: Comparison, only: Only = "substantive") -> str:
    """The report as a page."""
    title = f"{comparison.before} → {comparison.after}"
    body = _page(comparison, only) if different(comparison, only) else "<main><p>No differences.</p></main>"
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<h1>{escape(comparison.before)} → {escape(comparison.after)}</h1>\n{body}\n</body>\n</html>\n"
    )


def _page(comparison: Comparison, only: Only) -> str:
    parts = list(shown_parts(comparison, only))
    told = summary(comparison, only)
    out = [
        f"<p>{escape(told[:1].upper() + told[1:])}.</p>",
        '<input type="radio" name="view" id="view-inline" checked><label for="view-inline">Inline</label>',
        '<input type="radio" name="view" id="view-sides"><label for="view-sides">Side by side</label>',
        "<main>",
        _values(comparison),
        _contents(parts, only),
        *(_part(part, index, only) for index, part in enumerate(parts)),
    ]
    if only != "values":
        out += [_exposure(comparison), _definitions(comparison), _coverage(comparison)]
    return "\n".join([*(o for o in out if o), "</main>"])


def _table(caption: str, header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table of cells that are HTML already."""
    head = "".join(f'<th scope="col">{escape(h)}</th>' for h in header)
    body = "\n".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<h2>{escape(caption)}</h2>\n<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"


def _values(comparison: Comparison) -> str:
    if not comparison.values:
        return ""
    rows = (
        (
            escape(v.label),
            f"<del>{escape(v.before)}</del>" if v.before else "–",
            f"<ins>{escape(v.after)}</ins>" if v.after else "–",
            "" if v.direction == "different" else v.direction,
        )
        for v in comparison.values
    )
    return _table("Values", ("Value", "Before", "After", "Protects the client"), rows)


def _contents(parts: list[ClauseChange], only: Only) -> str:
    rows = (
        (
            f'<a href="#part-{index}">{escape(f"{part.number} {part.title}".strip())}</a>',
            escape(", ".join(KIND_WORDS[k] for k in (part.kind, *part.also) if k in KIND_WORDS)),
            str(sum(1 for _ in shown_paragraphs(part, only))),
        )
        for index, part in enumerate(parts)
    )
    return _table("Changes", ("Part", "What happened", "Paragraphs"), rows) if parts else ""


def _part(part: ClauseChange, index: int, only: Only) -> str:
    paragraphs = "\n".join(_paragraph(p) for p in shown_paragraphs(part, only))
    return f'<section id="part-{index}">\n<h2>{escape(heading(part))}</h2>\n{paragraphs}\n</section>'


def _paragraph(paragraph: ParagraphChange) -> str:
    number = paragraph.after_number or paragraph.before_number
    kind = f'<span class="kind">{KIND_WORDS[paragraph.kind]}</span> ' if paragraph.kind not in ("reworded", "added", "removed") else ""
    if paragraph.kind == "moved" and not paragraph.after:
        kind = f'<span class="kind">moved to {escape(paragraph.after_number or "another place")}</span> '
    references = "".join(f'<p class="kind">refers to {escape(b)} and no longer to {escape(a)}</p>' for a, b in paragraph.references)
    return (
        f'<div class="paragraph"><span class="num">{escape(number)}</span><div>{kind}'
        f'<div class="inline">{_inline(paragraph.words) or escape(paragraph.before)}</div>'
        f'<div class="sides"><div>{_side(paragraph.words, "before") or escape(paragraph.before)}</div>'
        f"<div>{_side(paragraph.words, 'after')}</div></div>{references}</div></div>"
    )


def _inline(words: Iterable[WordChange]) -> str:
    return "".join(_word(w.kind, w.before, w.after) for w in words)


def _word(kind: str, before: str, after: str) -> str:
    if kind == "equal":
        return escape(before)
    if kind in ("moved_from", "moved_to"):
        tag = "del" if kind == "moved_from" else "ins"
        return f'<{tag} class="moved">{escape(before or after)}</{tag}>'
    return (f"<del>{escape(before)}</del>" if before else "") + (f"<ins>{escape(after)}</ins>" if after else "")


def _side(words: Iterable[WordChange], side: str) -> str:
    return "".join(
        _word(w.kind, w.before if side == "before" else "", w.after if side == "after" else "")
        for w in words
        if w.kind == "equal" or getattr(w, side)
    ).replace("<del></del>", "")


def _exposure(comparison: Comparison) -> str:
    lines = exposure_lines(comparison)
    return "<h2>Exposure</h2>\n" + "\n".join(f"<p>{escape(line)}</p>" for line in lines) if lines else ""


def _definitions(comparison: Comparison) -> str:
    if not comparison.definitions:
        return ""
    rows = ((escape(d.term), d.kind, _inline(d.words)) for d in comparison.definitions)
    return _table("Definitions", ("Term", "What happened", "Meaning"), rows)


def _coverage(comparison: Comparison) -> str:
    if not comparison.coverage:
        return ""
    rows = ((escape(c.framework), escape(c.ref), c.kind, escape(c.duty)) for c in comparison.coverage)
    return _table("Coverage", ("Framework", "Reference", "What happened", "Requirement"), rows)
