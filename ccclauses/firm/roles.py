"""Which style of a firm's document represents which role of an annex, and why; what is missing is proposed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..write.word.roles import LISTS, ROLES
from .survey import TEXT, ListUse, Survey

# Names of styles in the languages of the firms, as a whole or in part; the first style that fits is taken.
_NAMES: Mapping[str, str] = {
    "title": r"title|titel|titre|título|document ?title|dokumenttitel|vertragstitel",
    "subtitle": r"subtitle|untertitel|sous-titre|subtítulo",
    "heading": r"unnumbered heading|heading unnumbered|überschrift ohne nummer.*",
    "schedule": r".*(schedule|annex|appendix|exhibit|anlagen?|anhang|annexe|bijlage)[ _-]*(heading|title|head|titel|überschrift|ü)?\d?",
    "definition": r".*(definition|begriffsbestimmung|définition)s?( text)?",
    "recital": r".*(recital|whereas|präambel|background|considérant).*",
    "note": r".*(drafting note|note text|hinweis|anmerkung|remarque).*",
    "body": r"body ?text|textk(ö|oe)rper|flie(ß|ss)text|corps de texte|body|text body|standardtext|.*body ?te?xt",
    "table_head": r".*(table|tab|tabellen?|tableau)[ _-]*(head|header|heading|kopf|en-?tête).*",
    "table_text": r".*(table|tab|tabellen?|tableau)[ _-]*(text|body|inhalt|contents?|texte|cell)",
    "contents_heading": r"toc heading|inhaltsverzeichnis(überschrift)?",
}
_TERM_NAMES = re.compile(r".*(defined ?term|definition term|begriff|terme défini|def ?term).*", re.I)
_SCHEDULE_LABEL = re.compile(r"schedule|annex|appendix|exhibit|anlage|anhang|annexe|bijlage|anexo", re.I)
_FEW = 3  # paragraphs that a list has at least before it says what styles are for
# The role whose style a missing one is made from.
_FROM = {
    "subtitle": ("body",),
    "detail": ("body",),
    "heading": ("clause",),
    "contents_heading": ("heading", "clause"),
    "clause": ("heading",),
    "level_2": ("body",),
    "level_3": ("level_2", "body"),
    "level_4": ("level_3", "level_2", "body"),
    "clause_text": ("body",),
    "lead": ("body",),
    "note": ("body",),
    "opening": ("body",),
    "recital": ("body",),
    "example_step": ("body",),
    "definition": ("body",),
    "schedule": ("heading", "clause"),
    "schedule_2": ("level_2", "body"),
    "schedule_3": ("level_3", "level_2", "body"),
    "schedule_4": ("level_4", "level_3", "level_2", "body"),
    "table_number": ("table_text",),
    "table_number_head": ("table_head",),
    "signature_party": ("table_text",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The style of a role: one of the document's own, or one that is proposed and made from another (or from none)."""

    role: str
    style: str  # id in the document; empty when it is proposed
    base: str = ""  # id of the style that a proposed one is made from
    why: str


def choose(found: Survey, mapping: Mapping[str, str]) -> dict[str, Choice]:
    """A choice for every role. `mapping` names styles by id that are already settled."""
    out: dict[str, Choice] = {
        role: Choice(role=role, style=style, why="you named it") for role, style in mapping.items()
    }
    main, schedules = _lists(found)
    if main:
        _from_list(found, main, "clause", out)
    if schedules:
        _from_list(found, schedules, "schedule", out)
    if "title" not in out and not found.use(found.styles.find("Title", "paragraph")).paragraphs:
        for style, why in _used(found, "title", _taken(out, "title")):
            out["title"] = Choice(role="title", style=style, why=why)
    for role in ROLES:
        if role not in out and (fits := _found(found, role, out)):
            out[role] = Choice(role=role, style=fits[0], why=fits[1])
    _body(found, out, "body" in mapping)
    for role in ROLES:
        if role not in out:
            base = next((out[b].style or out[b].base for b in _FROM.get(role, ()) if b in out), "")
            why = f"made from “{found.shown_name(base)}”" if base else "made plainly, in the type of your text"
            out[role] = Choice(role=role, style="", base=base, why=why)
    return {role: out[role] for role in ROLES}


def main_list(found: Survey) -> ListUse | None:
    """The list that the clauses of the document count on."""
    return _lists(found)[0]


def _lists(found: Survey) -> tuple[ListUse | None, ListUse | None]:
    """The list of the clauses, which is the one used most, and that of the schedules, whose label says so."""
    counted = [one for one in found.lists.values() if one.levels.get(0) and one.levels[0].format != "bullet"]
    schedules = [one for one in counted if _SCHEDULE_LABEL.search(one.levels[0].text)]
    others = [one for one in counted if one not in schedules and one.total >= _FEW]
    main = max(others, key=lambda one: (min(len(one.used), 2), one.total), default=None)
    return main, max(schedules, key=lambda one: one.total, default=None)


def _from_list(found: Survey, of: ListUse, name: str, out: dict[str, Choice]) -> None:
    """The styles that count on the levels of a list represent the levels of ours."""
    listed = "list of schedules" if name == "schedule" else "list"
    for level, role in enumerate(LISTS[name][of.below :]):
        style = of.styles.get(level, "")
        if role in out or not style or style in _taken(out, role):
            continue
        if role != LISTS[name][0] and not found.looks_like_text(style):
            continue  # a list of headings: the styles of its deeper levels are not for paragraphs
        what = f"counts on level {level + 1} of your {listed}"
        if role != LISTS[name][0] and found.sheet.heading(style):  # the contents list would show every paragraph
            why = f"made from “{found.shown_name(style)}”, which {what} and is a heading to Word"
            out[role] = Choice(role=role, style="", base=style, why=why)
        else:
            out[role] = Choice(role=role, style=style, why=what)


def _taken(out: Mapping[str, Choice], role: str) -> frozenset[str]:
    """Styles that a role can't have: a style counts on one level only, and none both counts and does not."""
    if ROLES[role].list:
        return frozenset(c.style for c in out.values() if c.style)
    return frozenset(c.style for c in out.values() if c.style and ROLES[c.role].list)


def _merely_there(found: Survey, role: str, style: str, out: Mapping[str, Choice]) -> bool:
    """Whether a style that Word brings along is not used, and the document has one of its own next to it."""
    beside = {"subtitle": "title", "heading": "clause", "contents_heading": "clause"}.get(role, "")
    if beside not in out or found.use(style).paragraphs:
        return False
    return found.shown_name(out[beside].style).casefold() not in ("title", "heading 1", "heading 2")


def _found(found: Survey, role: str, out: Mapping[str, Choice]) -> tuple[str, str] | None:
    """A style by its name or by what it is used for, and why."""
    kind = ROLES[role].kind
    styles, taken = found.styles, _taken(out, role)
    for wanted in (ROLES[role].style_name, ROLES[role].style_id):
        style = styles.find(wanted, kind)
        if style and style not in taken and not _merely_there(found, role, style, out):
            return style, f"is named “{found.shown_name(style)}”"
    if kind == "table":
        used = [s for s, n in found.tables.most_common() if s and s != found.sheet.default_table]
        return (used[0], "is the style of most tables") if role == "table" and used else None
    if kind == "character":
        terms = (s for s in found.terms if role == "term" and _TERM_NAMES.fullmatch(found.shown_name(s)))
        style = next(terms, None)
        return (style, f"is named “{found.shown_name(style)}”") if style else None
    if pattern := _NAMES.get(role):
        named = {s for n, s in styles.names("paragraph").items() if re.fullmatch(pattern, n, re.I)} - taken
        fits = sorted(s for s in named if not _merely_there(found, role, s, out))
        if fits:
            style = max(fits, key=lambda s: found.use(s).paragraphs + found.cells[s] + found.heads[s])
            return style, f"is named “{found.shown_name(style)}”"
    return next(_used(found, role, taken), None)


def _used(found: Survey, role: str, taken: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Styles that are used as a role is."""
    default = found.sheet.default
    if role == "title":
        yield from (
            (s, "begins your document")
            for s, use in found.uses.items()
            if use.first == 0 and _stands_out(found, s, taken)
        )
    if role == "clause":
        headings = [s for s in found.uses if found.sheet.heading(s) and s not in taken]
        yield from (
            (s, "is the heading used most") for s in sorted(headings, key=lambda s: -found.uses[s].paragraphs)[:1]
        )
    if role == "table_head":
        common = found.heads.most_common(1)
        yield from (
            (s, "is the style of most header rows")
            for s, _ in common
            if s not in (default, *taken) and s not in found.cells
        )
    if role == "table_text":
        common = found.cells.most_common(1)
        yield from (
            (s, "is the style of most cells")
            for s, _ in common
            if s not in (default, *taken) and not found.use(s).paragraphs
        )


def _stands_out(found: Survey, style: str, taken: frozenset[str]) -> bool:
    if style in taken or style == found.sheet.default or found.uses[style].paragraphs > 2:
        return False
    return found.styles.size(style) > found.styles.size(found.sheet.default) or found.sheet.toggle(style, "b")


def _body(found: Survey, out: dict[str, Choice], named: bool) -> None:
    """Plain text: the style of most of it, unless one that is named so is used as well."""
    own = out.get("body")
    if named or (own and found.use(own.style).paragraphs >= _FEW):
        return
    taken = {c.style for r, c in out.items() if c.style and r != "body"}
    running = {
        s: use.characters
        for s, use in found.uses.items()
        if s not in taken and not found.sheet.heading(s) and use.numbered < use.paragraphs / 2 and use.length >= TEXT
    }
    if running:
        style = max(running, key=lambda s: running[s])
        out["body"] = Choice(role="body", style=style, why="is the style of most of your text")
    elif not own and found.sheet.default:
        out["body"] = Choice(role="body", style=found.sheet.default, why="is the style of plain text")
