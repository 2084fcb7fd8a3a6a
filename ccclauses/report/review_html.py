"""Review → one self-contained HTML page for the lawyer who has a minute: what was changed silently first and loud.

No script and nothing loaded from elsewhere, so the file can be mailed and opened anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import TYPE_CHECKING

from .diff_html import STYLE, VIEWS, both_views, table
from .review_text import exposure_lines, section_name, summary

if TYPE_CHECKING:
    from ..model.review import Finding, Review, SectionReview

_STYLE = """
.silent { border-left: .35rem solid var(--del); } .tracked { border-left: .35rem solid var(--line); }
.comment { border-left: .35rem solid var(--move); }
.finding { padding: .5rem .9rem; margin: .75rem 0; background: var(--soft); border-radius: 0 .3rem .3rem 0; overflow-wrap: anywhere; }
.finding p, .finding .inline, .finding .sides { margin: .3rem 0; } .finding .sides > div { background: var(--paper); }
.head, .judged, .values, .source { font-family: system-ui, sans-serif; font-size: .875rem; }
.head { color: var(--quiet); } .loud { color: var(--del); font-weight: 700; text-transform: uppercase; letter-spacing: .04em; }
.verdict { font-weight: 700; } .good { color: var(--ins); } .bad { color: var(--del); } .open { color: var(--move); }
ul.values { margin: .3rem 0; padding-left: 1.2rem; }
@media print { .finding { break-inside: avoid; } }
"""
_SOURCES = {"silent": "Silent changes: made without tracking", "tracked": "Tracked changes", "comment": "Comments"}
_GOOD, _BAD = frozenset({"preferred", "better", "rung", "between"}), "below walk-away"


def write_review_html(review: Review) -> str:
    """The report as a page."""
    title = escape(f"{review.sent} → {review.returned}")
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{STYLE}{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
        + review_body(review)
        + "\n</body>\n</html>\n"
    )


def review_body(review: Review) -> str:
    """The report as markup, for a page of one's own."""
    views = f"{VIEWS}\n" if any(f.words for s in review.sections for f in s.findings) else ""
    return f"{views}<main>\n" + "\n".join(_page(review)) + "\n</main>"


def _page(review: Review) -> Iterator[str]:
    told = summary(review)
    yield f"<p>{escape(told[:1].upper() + told[1:])}.</p>"
    changed = [s for s in review.sections if s.findings]
    if changed:
        rows = (
            (f'<a href="#{_id(s)}">{escape(section_name(s))}</a>', escape(", ".join(s.states)), _verdicts(s.findings))
            for s in changed
        )
        yield table("parts", "What came back changed", ("Part", "What happened", "Judged"), rows)
    money = exposure_lines(review)
    if money:
        yield table("exposure", "Exposure", ("Sum", "Sent", "Returned"), (map(escape, row) for row in money))
    seen: set[str] = set()
    names = {id(f): n for n, f in review.numbered()}
    for source, heading in _SOURCES.items():
        sections = [(s, [f for f in s.findings if f.source == source]) for s in changed]
        sections = [(s, found) for s, found in sections if found]
        if not sections:
            continue
        yield f'<h2 id="{source}">{escape(heading)}</h2>'
        for section, found in sections:
            anchor = "" if section.id in seen else f' id="{_id(section)}"'
            seen.add(section.id)
            yield f"<section{anchor}>\n<h3>{escape(section_name(section))}</h3>"
            yield from (_finding(f, names[id(f)]) for f in found)
            yield "</section>"
    yield from _list("lint", "What can't be enforced as it now reads", review.lint)
    yield from _list("notes", "Notes", review.notes)


def _list(id_: str, heading: str, items: Iterable[str]) -> Iterator[str]:
    told = "".join(f"<li>{escape(item)}</li>" for item in items)
    if told:
        yield f'<h2 id="{id_}">{escape(heading)}</h2>\n<ul>{told}</ul>'


def _id(section: SectionReview) -> str:
    return "part-" + "".join(c if c.isalnum() else "-" for c in section.id)


def _verdicts(found: Iterable[Finding]) -> str:
    verdicts = dict.fromkeys(f.judgement.verdict for f in found if f.judgement)
    return ", ".join(f'<span class="{_class(v)}">{escape(v)}</span>' for v in verdicts)


def _class(verdict: str) -> str:
    return "good" if verdict in _GOOD else "bad" if verdict == _BAD else "open"


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>\n")


def _finding(finding: Finding, name: int) -> str:
    who = ", ".join((*finding.authors, *finding.dates))
    head = (
        f"[{name}] "
        + " ".join(filter(None, (finding.number, finding.kind, finding.what)))
        + (f" by {who}" if who else "")
    )
    loud = '<span class="loud">Silent</span> ' if finding.source == "silent" else ""
    out = [f'<div class="finding {finding.source}">', f'<p class="head">{loud}{escape(head)}</p>']
    if finding.source == "comment":
        out += [f"<p>on “{escape(finding.before)}”</p>"] if finding.before else []
        out.append(f"<p>{escape(finding.after)}{' (done)' if finding.done else ''}</p>")
        out += [f'<p class="told">answer: {escape(answer)}</p>' for answer in finding.thread]
    elif finding.words:
        out.append(both_views(finding.words))
    elif finding.before == finding.after:
        out.append(f"<p>{_lines(finding.before)}</p>")
    else:
        out += [f"<p><del>{_lines(finding.before)}</del></p>"] if finding.before else []
        out += [f"<p><ins>{_lines(finding.after)}</ins></p>"] if finding.after else []
    if finding.values:
        out.append(f'<ul class="values">{"".join(f"<li>{escape(str(v))}</li>" for v in finding.values)}</ul>')
    if len(finding.places) > 1:
        out.append(f'<p class="head">in {len(finding.places)} places: {escape(", ".join(finding.places))}</p>')
    out += [f'<p class="head">{escape(finding.remark)}</p>'] if finding.remark else []
    judged = finding.judgement
    if judged:
        out.append(
            f'<p class="judged"><span class="verdict {_class(judged.verdict)}">{escape(judged.verdict)}</span>: {escape(judged.reason)}</p>'
        )
        out += [f'<p class="judged"><span class="verdict bad">breaks</span>: {escape(b)}</p>' for b in judged.breaks]
        out += [f'<p class="judged">They may be told: {escape(judged.shareable)}</p>'] if judged.shareable else []
    return "\n".join((*out, "</div>"))
