"""What one form gives up against another → a page of text, Markdown, HTML or JSON."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from ...common.markup import render_page
from ...compare.forms import FormsCompared, Subject
from ...model.words.plurals import counted

_WIDTH = 110
_SHOWN = 3  # duties, values or failures that are named of one subject; the rest is counted


def write_forms_text(found: FormsCompared) -> str:
    """The page for a terminal."""
    out: list[str] = []
    for heading, lines in _sections(found):
        out += ["", heading] if out else [heading]
        for line in lines:
            out += textwrap.wrap(line, _WIDTH, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False)
    return "\n".join(out) + "\n"


def write_forms_markdown(found: FormsCompared) -> str:
    """The page in Markdown."""
    out: list[str] = []
    for heading, lines in _sections(found):
        out += [*([""] if out else []), f"{'##' if out else '#'} {heading}", "", *(f"- {line}" for line in lines)]
    return "\n".join(out) + "\n"


def write_forms_html(found: FormsCompared) -> str:
    """The page as a file of its own for a browser."""
    (title, lengths), *sections = _sections(found)
    return render_page("diff_forms.html", language="en", title=title, lengths=lengths, sections=sections)


def write_forms_json(found: FormsCompared) -> str:
    """The whole of it as data."""
    return json.dumps(asdict(found), indent=1, ensure_ascii=False) + "\n"


def _sections(found: FormsCompared) -> Iterator[tuple[str, list[str]]]:
    (old, *was), (new, *now) = found.lengths
    lengths = [f"{form} form: about {pages} pages, {words:,} words" for form, pages, words in found.lengths]
    yield f"{found.before} ({old} form) → {found.after} ({new} form)", lengths
    changed = [s for s in found.subjects if s.gone or s.new or s.lost or s.gained]
    given_up, gained = [s for s in changed if s.gone or s.lost], [s for s in changed if s.new or s.gained]
    if given_up:
        yield f"Given up in the {new} form, by subject", [_said(s, s.lost, s.gone, new) for s in given_up]
    if gained:
        yield f"Gained in the {new} form, by subject", [_said(s, s.gained, s.new, old) for s in gained]
    same = [s.title for s in found.subjects if s not in changed]
    if same:
        yield "The same duties in both", ["; ".join(same)]
    rest = [
        *_counted(found.failures, "failure that carries a credit", "failures that carry a credit"),
        *_counted(found.values, "stated value", "stated values"),
        *_counted(found.requirements, "answered requirement", "answered requirements"),
        *(f"{label}: {before} → {after}" for label, before, after in found.changed),
    ]
    if rest:
        yield "Credits, values and requirements", rest


def _said(subject: Subject, duties: Sequence[str], whole: bool, form: str) -> str:
    if whole:
        number = subject.before or subject.after
        return f"{subject.title}: the {form} form has no such clause" + (
            f" ({counted(number, 'duty')})" if number else ""
        )
    return f"{subject.title} ({subject.before} → {subject.after} duties): {_some(duties)}"


def _counted(sides: tuple[tuple[str, ...], tuple[str, ...]], one: str, many: str) -> Iterator[str]:
    for labels, word in zip(sides, ("fewer", "more")):
        if labels:
            yield f"{len(labels)} {word} {one if len(labels) == 1 else many}: {_some(labels)}"


def _some(items: Sequence[str]) -> str:
    more = f"; and {len(items) - _SHOWN} more" if len(items) > _SHOWN else ""
    return "; ".join(items[:_SHOWN]) + more
