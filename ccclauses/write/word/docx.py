"""Annex → Word file: a house style's parts with a body, properties and filled headers of its own.

Equal annexes give equal bytes. What the file doesn't hold matters as much: no posture, note, fallback, path or user.
"""

from __future__ import annotations

from collections.abc import Mapping

from ...compose.texts.terms import terms_written
from ...model.annex import Annex
from ...ooxml import elements as el
from ...ooxml.headers import filled, with_watermark
from ...ooxml.package.archive import write_archive
from ...ooxml.package.properties import core_properties, timestamp
from ..labels import has_opening, label, written_date
from .house_style import HouseStyle, load_house_style
from .prepared import prepare
from .roles import ALWAYS_KEPT, ROLES
from .word_body import Body

__all__ = ["HouseStyle", "load_house_style", "write_docx"]

_OWN_STYLES = frozenset(role.style_id for role in ROLES.values() if not role.built_in)


def write_docx(
    annex: Annex,
    template: HouseStyle,
    *,
    draft: bool | None = None,
    pages: Mapping[str, int] | None = None,
    paper: str = "",
) -> bytes:
    """The Word file of an annex in a house style.

    `draft` lays the watermark across the pages; None takes the annex's own status. `pages` are the page numbers of
    headings by anchor, which `write.pages` calculates; without them the contents list has links and no page numbers.
    `paper` is a page of another size than the annex's own, as `page_size` takes it.
    """
    paper = paper or annex.page
    wide = any(schedule.landscape for schedule in annex.schedules)
    ready = prepare(template, annex.numbering, paper, annex.language, frozenset(), wide)
    body = Body(annex, template.role_styles, pages, ready.table_size)
    _write_body(body, ready.text_width, ready.wide_text_width, ready.portrait, ready.landscape)
    dropped = _dropped(template, body.used)
    if dropped:
        ready = prepare(template, annex.numbering, paper, annex.language, dropped, wide)
    parts = {
        "word/document.xml": _document(body.out),
        "docProps/core.xml": core_properties(document_properties(annex), timestamp(annex.date)).encode(),
    }
    values = header_values(annex)
    mark = label(annex, "watermark") if (annex.status == "draft" if draft is None else draft) else ""
    for number, banner in enumerate(ready.banners, 1):
        text = filled(banner.text, values)
        if mark and banner.kind == "header":
            text = with_watermark(text, mark, number)
        parts[banner.name] = text.encode()
    return write_archive(ready.packed, parts)


def _document(blocks: list[str]) -> bytes:
    """The main part. Each block is encoded by itself, which is quicker, since few of them go beyond ASCII."""
    return b"".join(map(str.encode, (el.part_start("document"), "<w:body>", *blocks, "</w:body></w:document>")))


def _write_body(body: Body, width: int, wide_width: int, portrait: str, landscape: str) -> None:
    """Everything in the order of the annex; schedules with wide tables are on landscape pages of their own."""
    annex = body.annex
    body.width = width
    body.title_block()
    body.contents()
    if annex.preliminaries and not has_opening(annex):
        body.heading(label(annex, "how-to-read"))
    body.opening(annex.preliminaries)
    if annex.key_terms.header:  # a file whose table of key terms is gone reads as an annex without one
        body.heading(label(annex, "key-terms"))
        body.blocks((annex.key_terms, *annex.key_values), "level", "body")
    group = ""
    for clause in annex.clauses:
        if clause.group != group and clause.group in annex.groups:
            body.heading(annex.groups[clause.group])
        group = clause.group
        body.clause(clause)
    body.definitions()
    turned = False
    for schedule in annex.schedules:
        if schedule.landscape != turned:
            body.close_section(landscape if turned else portrait)
            turned = schedule.landscape
            body.width = wide_width if turned else width
        body.schedule(schedule)
    if annex.signatures:
        if turned:
            body.close_section(landscape)
            turned, body.width = False, width
        body.signatures()
    if body.out[-1].endswith(el.TABLE_END):
        body.end_line()
    body.out.append(landscape if turned else portrait)


def _dropped(template: HouseStyle, used: set[str]) -> frozenset[str]:
    """Styles of ours that this annex has no use for; a client's own styles always stay."""
    in_use = {template.role_styles[role] for role in used}
    return frozenset(
        s for s in template.role_styles.values() if s in _OWN_STYLES and s not in in_use and s not in ALWAYS_KEPT
    )


def header_values(annex: Annex) -> dict[str, str]:
    """What the tokens of a header represent."""
    return {
        "title": annex.title,
        "reference": annex.reference,
        "version": annex.version,
        "date": written_date(annex.date, annex.language),
        "status": label(annex, annex.status),
        "classification": annex.classification,
        "agreement": annex.agreement,
        "client": annex.client.name,
        "provider": annex.provider.name,
    }


def document_properties(annex: Annex) -> dict[str, str]:
    """The document properties. The client speaks in them, since it issues the annex; no user is named."""
    fingerprint = f"sha256:{annex.fingerprint}" if annex.fingerprint else ""
    return {
        "dc:title": annex.title,
        "dc:subject": f"{annex.client.name} – {annex.provider.name}"
        + (f", {annex.reference}" if annex.reference else ""),
        "dc:creator": annex.client.name,
        # Word keeps the keywords through a save, and not every program keeps the identifier.
        "cp:keywords": "; ".join(filter(None, (fingerprint, terms_written(annex.terms.items())))),
        "dc:language": annex.language,
        "cp:category": annex.classification,
        "cp:version": annex.version,
        "cp:contentStatus": label(annex, annex.status),
        "dc:identifier": fingerprint,
    }
